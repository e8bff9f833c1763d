import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from briefing.language.annotation import annotate
from briefing.language.hedges import certainty
from briefing.types import Certainty


def words(text: str, language: str) -> list[str]:
    return [text[hedge.start : hedge.end] for hedge in annotate(text, language).hedges]


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        ("en", "Far from it, reports have revealed the arrival.", ["reports have revealed"]),
        ("en", "Morocco is said to be among them.", ["is said to be"]),
        ("en", "According to available information, it is so.", ["According to available information"]),
        ("en", "Its mandate would include this; it may grow.", ["would", "may"]),
        ("en", "It is therefore seen as a pillar expected to last.", ["is therefore seen as", "expected to"]),
        ("en", "It should not be seen as an event of May 2024.", []),
        ("en", "He appeared on stage and would like tea.", []),
        ("fr", "Selon des sources, il aurait démissionné, peut-être.", ["Selon des sources", "aurait", "peut-être"]),
        ("fr", "Il espérait un retrait et montrait son portrait.", []),
        ("es", "Habría renunciado, según fuentes oficiales.", ["Habría", "según fuentes oficiales"]),
        ("es", "La secretaría abría la librería.", []),
        ("pt", "Segundo a polícia, teria fugido.", ["Segundo a polícia", "teria"]),
        ("pt", "Ficou em segundo plano.", []),
        ("de", "Er soll laut Polizei geflohen sein.", ["soll", "laut Polizei"]),
        ("ar", "يقال إن المغرب وافق، وبحسب مصادر قد يصل غدا", ["يقال", "وبحسب مصادر قد يصل غدا"]),
        ("he", "לפי דיווחים הגיעו חיילים. ייתכן שיגיעו עוד.", ["לפי דיווחים הגיעו חיילים", "ייתכן"]),
        ("ru", "По данным источников, он якобы ушёл.", ["По данным источников", "якобы"]),
        ("ja", "報道によると、辞任するとされる。", ["によると", "とされる"]),
        ("zh", "据路透社报道，总统可能辞职。", ["据路透社报道", "可能"]),
        ("vi", "Ông có thể từ chức, được cho là vậy.", ["có thể", "được cho là"]),
        ("pt", "Deverá chover, há dúvidas.", ["Deverá", "há dúvidas"]),
        ("pt", "Tire suas dúvidas de acordo com suas necessidades.", []),
        ("it", "A detta del sindaco, pare che potrebbe piovere.", ["A detta del sindaco", "pare", "potrebbe"]),
        ("it", "Secondo la legge, senza dubbio.", []),
        ("ru", "Судя по всему, ущерб может вырасти.", ["Судя по всему", "может вырасти"]),
        ("ru", "Он может петь без сомнения.", []),
        ("uk", "Подейкують, що ймовірна причина — град.", ["Подейкують", "ймовірна"]),
        ("uk", "Він може співати.", []),
        ("es", "Se cree que hay dudas.", ["Se cree que", "hay dudas"]),
        ("fr", "Il est soupçonné d’avoir volé la barque.", ["soupçonné d’"]),
        ("de", "Er habe nichts gewusst, das sei unklar.", ["habe", "sei", "unklar"]),
        ("de", "Das habe ich ohne Zweifel gesehen.", []),
        ("nl", "Naar verluidt zou hij mogelijk gevlucht zijn.", ["Naar verluidt", "zou", "mogelijk"]),
        ("nl", "Volgens de wet moet hij thuisblijven.", []),
        ("sv", "Mannen ska ha flytt, kanske utomlands.", ["ska ha flytt", "kanske"]),
        ("sv", "Båda ska ha nyckel, och hon har gott rykte.", []),
        ("pl", "Podobno sprawca miał uciec, prawdopodobnie autem.", ["Podobno", "miał", "prawdopodobnie"]),
        ("pl", "Bez wątpliwości chciałbym herbaty.", []),
        ("ro", "Potrivit poliției, bărbatul ar fi fugit, probabil.", ["Potrivit poliției", "ar", "probabil"]),
        ("ro", "Fără îndoială, cel mai bine.", []),
        ("el", "Φέρεται να διέφυγε, ίσως στο εξωτερικό.", ["Φέρεται να", "ίσως"]),
        ("el", "Χωρίς αμφιβολία έφυγε χθες.", []),
        ("fi", "Poliisin mukaan mies olisi ehkä paennut.", ["Poliisin mukaan", "olisi", "ehkä"]),
        ("fi", "Lain mukaan poliisi lähti mukaan.", []),
    ],
)
def test_words_of_report_and_doubt(language: str, text: str, expected: list[str]) -> None:
    assert words(text, language) == expected


def test_a_line_in_another_script_is_read_in_its_own_language() -> None:
    assert words("ייתכן שיגיעו", "en") == ["ייתכן"]
    assert words("Il peut-être", "sw") == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Nothing of the kind.", "asserted"),
        ("Reports say so.", "reported"),
        ("Reportedly it would.", "conditional"),
        ("It may.", "possible"),
        ("He allegedly stole it.", "alleged"),
    ],
)
def test_certainty_is_that_of_the_weakest_wording(text: str, expected: Certainty) -> None:
    assert certainty(annotate(text, "en").hedges) == expected


@pytest.mark.parametrize(
    ("language", "text", "voice", "sourcing", "name"),
    [
        ("en", "“It was bad,” said John Smith.", "John Smith", "named", "John Smith"),
        ("en", "Officials said on Monday that it failed.", "Officials", "unnamed", None),
        ("en", "According to the BBC, nobody died.", "the BBC", "named", "BBC"),
        ("en", "A spokesman said it was over.", "A spokesman", "unnamed", None),
        ("fr", "« C’est fini », a déclaré Jean Dupont.", "Jean Dupont", "named", "Jean Dupont"),
        ("es", "Es así, según fuentes oficiales.", "fuentes oficiales", "unnamed", None),
        ("de", "„Nein“, sagte Angela Merkel.", "Angela Merkel", "named", "Angela Merkel"),
        ("ru", "Это так, сообщил Дмитрий Песков.", "Дмитрий Песков", "named", "Дмитрий Песков"),
        ("zh", "发言人王毅表示不会。", "发言人王毅", "named", "发言人王毅"),
    ],
)
def test_who_is_said_to_say_so(language: str, text: str, voice: str, sourcing: str, name: str | None) -> None:
    (found,) = annotate(text, language).attributions
    assert (text[found.start : found.end], found.sourcing, found.name) == (voice, sourcing, name)


@pytest.mark.parametrize("text", ["Morocco is said to be among them.", "We believe it.", "Role of Arab states now."])
def test_nobody_is_said_to_say_so(text: str) -> None:
    assert annotate(text, "en").attributions == ()


def test_a_pronoun_is_marked_as_one() -> None:
    (found,) = annotate("He said it was over.", "en").attributions
    assert found.is_pronoun
    assert found.name is None


@settings(deadline=None)
@given(st.text(max_size=80), st.sampled_from(["en", "fr", "de", "ar", "he", "ja", "zh", "ru", "und", "tr"]))
def test_marks_lie_inside_the_text_in_order(text: str, language: str) -> None:
    end_before = 0
    for hedge in annotate(text, language).hedges:
        assert end_before <= hedge.start < hedge.end <= len(text)
        end_before = hedge.end
    for voice in annotate(text, language).attributions:
        assert 0 <= voice.start < voice.end <= len(text)


@pytest.mark.parametrize("part", ["a ", "is ", "media ", "x", "according to ", "said ", "reports have "])
def test_time_grows_with_the_text_and_no_faster(part: str) -> None:
    def seconds(size: int) -> float:
        text = part * (size // len(part))
        began = time.process_time()
        found = annotate(text, "en")
        assert isinstance((found.hedges, found.attributions), tuple)
        return time.process_time() - began

    least, most = (min(seconds(size) for _ in range(3)) for size in (8_000, 80_000))  # of three: a busy machine
    assert most < 30 * max(least, 0.002)


@pytest.mark.parametrize(
    ("language", "text", "voice", "sourcing", "name"),
    [
        ("es", "Abrirá los domingos, informó este martes el ayuntamiento.", "el ayuntamiento", "named", None),
        ("es", "Es así, indican fuentes cercanas a Moncloa.", "fuentes cercanas", "unnamed", None),
        ("es", "Según indica Ana Ortega, subirá.", "Ana Ortega", "named", "Ana Ortega"),
        (
            "es",
            "Ana Montero, ministra de Igualdad, anunció este año la proposición de ley sobre la protección"
            " jurídica de las"
            " personas mayores y de quienes las cuidan en casa.",
            "Ana Montero",
            "named",
            "Ana Montero",
        ),
        ("fr", "Il rouvre, a annoncé la direction du port dans un communiqué.", "la direction du port", "named", None),
        ("fr", "Il rouvre, a annoncé samedi le ministère des Affaires étrangères.",
         "le ministère des Affaires étrangères", "named", None),
        ("fr", "Il y a urgence, a estimé sur LCI M. Larcher.", "M. Larcher", "named", "M. Larcher"),
        ("fr", "Jean Dupont se dit favorable à une loi.", "Jean Dupont", "named", "Jean Dupont"),
        ("en", "Pope Francis, who was elected in 2013, told a network that it rains.",
         "Pope Francis", "named", "Pope Francis"),
        ("en", "Manchester City boss Pep Guardiola says it was bad.",
         "Manchester City boss Pep Guardiola", "named", "Pep Guardiola"),
        ("en", "“It makes sense,” says Dr. Ann Lee.", "Dr. Ann Lee", "named", "Dr. Ann Lee"),
        ("en", "It left, according to Croatian police.", "Croatian police", "named", None),
        ("en", "They differ, according to a study published today in a journal.", "a study", "unnamed", None),
        ("en", "“No,” the North High School principal told a reporter.",
         "the North High School principal", "named", None),
        ("ar", "أعلنت بلدية الواحة مساء الاثنين عودة المياه.", "بلدية الواحة", "named", "بلدية الواحة"),
        ("ar", "أعلنت وزارة الصحة تسجيل خمس حالات.", "وزارة الصحة", "named", "وزارة الصحة"),
        ("ar", "وقالت البلدية في بيان إن السبب هو عطل.", "البلدية", "named", "البلدية"),
        ("ar", "قال وزير الخارجية ناصر بوريطة إن المغرب وافق.", "وزير الخارجية ناصر بوريطة", "named",
         "وزير الخارجية ناصر بوريطة"),
        ("ru", "Это так, сообщил в понедельник Дмитрий Песков.", "Дмитрий Песков", "named", "Дмитрий Песков"),
        ("he", "הודיע אתמול משרד הבריאות כי נפתח.", "משרד הבריאות", "named", "משרד הבריאות"),
        ("ja", "港町の商工会は二十三日、朝市を開くと発表した。", "港町の商工会", "named", "港町の商工会"),
    ],
)  # fmt: skip
def test_a_voice_ends_before_when_and_where_it_spoke(
    language: str, text: str, voice: str, sourcing: str, name: str | None
) -> None:
    (found,) = annotate(text, language).attributions
    assert (text[found.start : found.end], found.sourcing, found.name) == (voice, sourcing, name)


@pytest.mark.parametrize("text", ["C’est fini, ajoute-t-on.", "C’est fini, a-t-il dit."])
def test_a_french_pronoun_behind_its_verb_is_a_voice(text: str) -> None:
    (found,) = annotate(text, "fr").attributions
    assert found.is_pronoun
    assert text[found.start : found.end] in ("on", "il")


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "Prices differ according to age."),
        ("fr", "Le prix change selon leurs revenus."),
        ("es", "El precio cambia según el tipo."),
        ("en", "It stepped down, said his predecessor had reopened a door."),
    ],
)
def test_what_only_looks_like_a_source(language: str, text: str) -> None:
    assert annotate(text, language).attributions == ()


@pytest.mark.parametrize(
    ("language", "text"),
    [("es", "Usted no podrá llevar su auto."), ("fr", "Sept départements sont en risque de niveau élevé."),
     ("fr", "L’homme aurait dû rester."), ("fr", "Le prix change selon leurs revenus.")],
)  # fmt: skip
def test_what_is_no_doubt(language: str, text: str) -> None:
    assert words(text, language) == []
