"""The words of the archive itself, by output language; all others are those of `briefing.render.labels`."""

from __future__ import annotations

from collections.abc import Mapping

from briefing.render.labels import Labels

_WORDS: Mapping[str, Mapping[str, str]] = {
    "en": {
        "archive": "Archive", "all": "All digests", "older": "Older", "newer": "Newer", "earlier": "Earlier digests",
        "by_source": "Posts by source and day", "feed": "Feed", "none": "No digest is stored yet.",
        "bars": "A bar is the posts of one day, higher for more; a cross is a day on which the source failed.",
        "posts_on": "{day}: {n}", "failed_on": "{day}: failed", "none_on": "no post",
        "story": "Story", "question": "Question", "first": "First briefed {when}", "last": "last {when}",
        "digests": "{n} digests", "named": "named only", "life": "Over time", "in_digest": "In the digest of {when}",
        "here": "These stories and questions over time", "told": "Told",
    },
    "fr": {
        "archive": "Archives", "all": "Toutes les synthèses", "older": "Précédente", "newer": "Suivante",
        "earlier": "Synthèses antérieures", "by_source": "Articles par source et par jour", "feed": "Flux",
        "none": "Aucune synthèse n’est encore conservée.",
        "bars": "Une barre : les articles d’un jour ; une croix : un jour où la source a échoué.",
        "posts_on": "{day} : {n}", "failed_on": "{day} : échec", "none_on": "aucun article",
        "story": "Sujet", "question": "Question", "first": "Traité d’abord le {when}",
        "last": "dernière fois le {when}",
        "digests": "{n} synthèses", "named": "seulement cité", "life": "Au fil du temps",
        "in_digest": "Dans la synthèse du {when}", "here": "Ces sujets et questions au fil du temps", "told": "Traité",
    },
    "es": {
        "archive": "Archivo", "all": "Todos los resúmenes", "older": "Anterior", "newer": "Siguiente",
        "earlier": "Resúmenes anteriores", "by_source": "Artículos por fuente y día", "feed": "Canal",
        "none": "Aún no se guarda ningún resumen.",
        "bars": "Una barra: los artículos de un día; una cruz: un día en que la fuente falló.",
        "posts_on": "{day}: {n}", "failed_on": "{day}: falló", "none_on": "ningún artículo",
        "story": "Tema", "question": "Pregunta", "first": "Tratado por primera vez el {when}",
        "last": "por última vez el {when}", "digests": "{n} resúmenes", "named": "solo mencionado",
        "life": "A lo largo del tiempo", "in_digest": "En el resumen del {when}",
        "here": "Estos temas y preguntas a lo largo del tiempo", "told": "Tratado",
    },
    "de": {
        "archive": "Archiv", "all": "Alle Ausgaben", "older": "Ältere", "newer": "Neuere",
        "earlier": "Frühere Ausgaben", "by_source": "Beiträge nach Quelle und Tag", "feed": "Feed",
        "none": "Noch ist keine Ausgabe gespeichert.",
        "bars": "Ein Balken: die Beiträge eines Tages; ein Kreuz: ein Tag, an dem die Quelle ausfiel.",
        "posts_on": "{day}: {n}", "failed_on": "{day}: ausgefallen", "none_on": "kein Beitrag",
        "story": "Thema", "question": "Frage", "first": "Zuerst berichtet {when}", "last": "zuletzt {when}",
        "digests": "{n} Ausgaben", "named": "nur genannt", "life": "Im Lauf der Zeit",
        "in_digest": "In der Ausgabe vom {when}", "here": "Diese Themen und Fragen im Lauf der Zeit",
        "told": "Berichtet",
    },
    "pt": {
        "archive": "Arquivo", "all": "Todos os resumos", "older": "Anterior", "newer": "Seguinte",
        "earlier": "Resumos anteriores", "by_source": "Artigos por fonte e dia", "feed": "Feed",
        "none": "Ainda não há nenhum resumo guardado.",
        "bars": "Uma barra: os artigos de um dia; uma cruz: um dia em que a fonte falhou.",
        "posts_on": "{day}: {n}", "failed_on": "{day}: falhou", "none_on": "nenhum artigo",
        "story": "Tema", "question": "Pergunta", "first": "Tratado primeiro em {when}", "last": "por último em {when}",
        "digests": "{n} resumos", "named": "apenas citado", "life": "Ao longo do tempo",
        "in_digest": "No resumo de {when}", "here": "Estes temas e perguntas ao longo do tempo", "told": "Tratado",
    },
    "ar": {
        "archive": "الأرشيف", "all": "كل الموجزات", "older": "الأقدم", "newer": "الأحدث",
        "earlier": "موجزات سابقة", "by_source": "المنشورات حسب المصدر واليوم", "feed": "الخلاصة",
        "none": "لا يوجد موجز محفوظ بعد.",
        "bars": "العمود منشورات يوم واحد، والعلامة × يوم تعذّرت فيه قراءة المصدر.",
        "posts_on": "{day}: {n}", "failed_on": "{day}: تعذّر", "none_on": "لا منشور",
        "story": "موضوع", "question": "سؤال", "first": "ورد أول مرة في {when}", "last": "وآخر مرة في {when}",
        "digests": "عدد الموجزات: {n}", "named": "ذُكر فقط", "life": "على مرّ الأيام",
        "in_digest": "في موجز {when}", "here": "هذه الموضوعات والأسئلة على مرّ الأيام", "told": "ورد",
    },
    "he": {
        "archive": "ארכיון", "all": "כל התקצירים", "older": "הקודם", "newer": "הבא",
        "earlier": "תקצירים קודמים", "by_source": "פוסטים לפי מקור ויום", "feed": "עדכונים",
        "none": "עדיין לא נשמר תקציר.",
        "bars": "עמודה היא הפוסטים של יום אחד; איקס הוא יום שבו המקור נכשל.",
        "posts_on": "{day}: {n}", "failed_on": "{day}: נכשל", "none_on": "אין פוסט",
        "story": "נושא", "question": "שאלה", "first": "הובא לראשונה {when}", "last": "לאחרונה {when}",
        "digests": "{n} תקצירים", "named": "הוזכר בלבד", "life": "לאורך זמן",
        "in_digest": "בתקציר של {when}", "here": "הנושאים והשאלות האלה לאורך זמן", "told": "הובא",
    },
}  # fmt: skip


def archive_words(labels: Labels) -> Mapping[str, str]:
    """The archive's words in the language of the labels."""
    return _WORDS[labels.language]
