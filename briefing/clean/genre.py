"""What kind of text a post is, where it says so: by its categories, tags, title, first and last words.

Cheap on purpose (a few microseconds a post). What only a reading of the whole text shows is told by
`briefing.summarise.document_facts.genre`.
"""

from __future__ import annotations

import re

from briefing.types import Genre, GenreKind, Notice, Post

_HEAD_CHARS = 260
_TAIL_CHARS = 260

# A category or tag that is one of these names the kind, as written by the source (compared lower-cased).
_TERMS: dict[GenreKind, str] = {
    "opinion": """opinion|opinions|op-ed|op-eds|oped|editorial|editorials|comment|commentary|columns|column|columnists
        |viewpoint|views|perspective|perspectives|blog opinion|letters|tribune|tribunes|tribune libre|éditorial|édito
        |éditos|point de vue|points de vue|billet|opinión|opiniones|columna|columnas|columnistas
        |tribuna|editoriales|opinião|opiniões|coluna|colunas|editoriais|artigo de opinião|meinung|meinungen|kommentar
        |kommentare|leitartikel|gastbeitrag|kolumne|opinione|opinioni|editoriale|commenti|opinie|мнение|мнения|колонка
        |колонки|думка|думки|колонки авторів|رأي|الرأي|آراء|مقالات رأي|مقالات الرأي|افتتاحية|דעה|דעות|טור דעה|社説|論説
        |コラム|オピニオン|评论|社论|观点|評論|社論|quan điểm|góc nhìn|bình luận|görüş|yorum""",
    "press release": """press release|press releases|press-release|press-releases|news release|news releases
        |media release|media releases|communiqué|communiqués|communiqué de presse|communiqués de presse
        |comunicado|comunicados|comunicado de prensa|comunicados de prensa|nota de prensa|notas de prensa
        |nota à imprensa|pressemitteilung|pressemitteilungen|presseaussendung|comunicato stampa|comunicati stampa
        |persbericht|persberichten|пресс-релиз|пресс-релизы|прес-реліз|прес-релізи|بيان صحفي|بيانات صحفية
        |הודעה לעיתונות|הודעות לעיתונות|プレスリリース|ニュースリリース|新闻稿|新聞稿|thông cáo báo chí""",
    "interview": """interview|interviews|q&a|q & a|entretien|entretiens|grand entretien|entrevista|entrevistas
        |intervista|interviste|gespräch|интервью|інтерв'ю|інтерв’ю|مقابلة|مقابلات|حوار|حوارات|ראיון|ראיונות|インタビュー
        |访谈|专访|訪談|專訪|phỏng vấn|röportaj""",
    "live blog": """live blog|live blogs|liveblog|live updates|en direct|en vivo|en directo|ao vivo|liveticker
        |minuto a minuto|онлайн-трансляция""",
    "report": """reportage|reportages|reportaje|reportajes|dispatch|dispatches|breaking news|news report|reportagem
        |репортаж|репортажи|تقرير|تقارير|ルポ""",
}
_KIND_OF_TERM: dict[str, GenreKind] = {
    term.strip(): kind for kind, terms in _TERMS.items() for term in terms.replace("\n", " ").split("|")
}

_TITLE = re.compile(
    r"\W{0,2}(?:(?P<opinion>(?:opinion|op-ed|editorial|commentary|viewpoint|tribune|édito|éditorial|opinión|tribuna"
    r"|opinião|meinung|kommentar|мнение|رأي|דעה|社説|评论)\s?(?=[:|\]–—：]))"
    r"|(?P<release>(?:press|news|media) release\b|communiqué de presse\b|comunicado(?: de prensa)?\s?:|nota de prensa\b"
    r"|pressemitteilung\b|пресс-релиз\b|بيان صحفي)"
    r"|(?P<live>live(?: blog| updates?)?\s?[:|–—]|live updates\b|en direct\s?[:|–—.]|direct\s?[:–—]|en vivo\s?[:|]"
    r"|liveticker\b|ao vivo\s?[:|])"
    r"|(?P<interview>(?:interview|entretien|entrevista|intervista|интервью|مقابلة|حوار|ראיון|phỏng vấn)\b))",
    re.IGNORECASE,
)
_TITLE_END = re.compile(
    r"[:|–—(\[-]\s?(?:(?P<interview>interview|entretien|entrevista|q&a)|(?P<live>live updates|live blog"
    r"|as it happened)|(?P<opinion>opinion|op-ed|editorial))\W*$",
    re.IGNORECASE,
)

_RELEASE_HEAD = (
    "for immediate release", "embargoed until", "pour diffusion immédiate", "press contact", "media contact",
    "para publicación inmediata", "para divulgação imediata", "communiqué de presse", "comunicado de prensa",
    "pressemitteilung", "press release", "/prnewswire/", "(business wire)", "(globe newswire)", "пресс-релиз",
)  # fmt: skip
_RELEASE_TAIL = (
    "press contact", "media contact", "contact presse", "contacts presse", "contacto de prensa", "pressekontakt",
    "media enquiries", "media inquiries", "press enquiries", "press inquiries", "notes to editors", "# # #",
    "contact médias", "relations presse", "assessoria de imprensa", "контакты для прессы",
)  # fmt: skip
_OPINION_EDGE = (
    "the views expressed", "views expressed in this", "opinions expressed", "the author’s own", "the author's own",
    "les opinions exprimées", "les propos tenus n'engagent", "n’engagent que", "n'engagent que l",
    "las opiniones expresadas",
    "as opiniões expressas", "мнение автора может", "мнение редакции может", "الآراء الواردة", "آراء الكاتب",
    "this is an opinion",
)  # fmt: skip
_INTERVIEW = (
    "has been edited for length", "edited for clarity", "edited and condensed", "propos recueillis",
)  # fmt: skip
# One of these stands in every phrase above: a text without any is not searched for them.
_STEMS = ("press", "immediat", "immédiat", "inmediat", "imediat", "embargo", "contact", "médias", "wire", "media ",
          "editors", "imprensa", "prensa", "пресс", "# # #", "opini", "views", "author", "propos", "engage", "мнение",
          "الآراء", "آراء", "edited")  # fmt: skip
_AGENCY = re.compile(
    r".{0,60}?[(（](?:Reuters|AP|AFP|EFE|dpa|ANSA|UPI|Xinhua|MAP|ANI|IANS|PTI|TASS|Lusa|رويترز|أ ?ف ?ب|ومع)[)）]"
    # A broadcaster opens its comments with its name too: only a place before it makes a dateline.
    r"|[A-Z][\w, -]{2,40}[(]CNN[)]"
)


def genre_of(post: Post, title: str, text: str) -> Genre:
    """The kind of a post, with what says so; "unknown" where nothing does. `text` is its cleaned text."""
    return _by_terms(post) or _by_title(title) or _by_edges(text) or Genre("unknown")


def _by_terms(post: Post) -> Genre | None:
    for is_tag, terms in enumerate((post.categories, post.tags)):
        for term in terms:
            kind = _KIND_OF_TERM.get(term.strip().lower())
            if kind:
                return Genre(kind, Notice("tag “{x}”", x=term) if is_tag else Notice("category “{x}”", x=term))
    return None


_KIND_OF_GROUP: dict[str, GenreKind] = {
    "opinion": "opinion",
    "release": "press release",
    "live": "live blog",
    "interview": "interview",
}


def _by_title(title: str) -> Genre | None:
    found = _TITLE.match(title) or _TITLE_END.search(title, max(0, len(title) - 40))
    if found is None or found.lastgroup is None:
        return None
    words = found[found.lastgroup].strip(" :|–—")
    return Genre(_KIND_OF_GROUP[found.lastgroup], Notice("the headline says “{x}”", x=words))


def _by_edges(text: str) -> Genre | None:
    """By what stands in the first and the last few hundred characters: a release's contact, a disclaimer, an agency."""
    head, tail = text[:_HEAD_CHARS].lower(), text[-_TAIL_CHARS:].lower()
    return (_by_phrase(head, tail) if _first(_STEMS, head + tail) else None) or _by_agency(text)


def _by_phrase(head: str, tail: str) -> Genre | None:
    if words := _first(_RELEASE_HEAD, head) or _first(_RELEASE_TAIL, tail):
        return Genre("press release", _says(words))
    if words := _first(_INTERVIEW, head) or _first(_INTERVIEW, tail):
        return Genre("interview", _says(words))
    if words := _first(_OPINION_EDGE, head) or _first(_OPINION_EDGE, tail):
        return Genre("opinion", _says(f"{words} …"))
    return None


def _says(words: str) -> Notice:
    return Notice("the text says “{x}”", x=words)


def _by_agency(text: str) -> Genre | None:
    opening = text[:90]
    if "(" not in opening and "（" not in opening:
        return None
    agency = _AGENCY.match(opening)
    if agency is None:
        return None
    return Genre("report", Notice("it opens with an agency’s dateline, “{x}”", x=agency.group()))


def _first(phrases: tuple[str, ...], text: str) -> str | None:
    for phrase in phrases:
        if phrase in text:
            return phrase
    return None
