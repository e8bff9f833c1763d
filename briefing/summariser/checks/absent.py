"""Lines that say what is not in the posts: they need no evidence, and are checked against every sentence.

Catches "No word from Rabat" where a sentence has Rabat saying something. Lets pass "not in this post: how many, when".
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from briefing.language.doubt import attribution
from briefing.language.numbers import quantities
from briefing.language.words import common_words, fold, stem, words
from briefing.summariser.checks.ground import Finding, Page, Passage

_LINE = re.compile(
    r"^\W*(?:no |none |nothing |nobody |neither |not (?:in|given|named|said|answered|stated|mentioned)|unanswered|"
    r"(?:the|this|these) (?:posts?|texts?|articles?) (?:do|does) not |it (?:does|is) not |"
    r"aucune? |rien |personne |pas d|(?:l[’']article|le texte) ne |(?:absent|absente) |"
    r"ningun|nada |nadie |no (?:se|hay|figura|consta|aparece)|(?:el|la) (?:texto|artículo|nota) no |sin |"
    r"nenhum|não |لا |ليس |لم |לא |אין |nicht |kein|нет |не |немає |không )",
    re.I,
)
_META = frozenset(
    map(
        fold,
        "post posts text article say says said name names named give gives given mention mentions mentioned "
        "state stated word words official "
        "statement number numbers date dates figure figures detail details answered answer command basis "
        "order orders unit legal "
        "dissent confirmation independent response comment source sources no not any whose which who how many "
        "when where "
        "texte article dit donne nomme mentionne chiffre date aucun texto artículo dice menciona cifra fecha".split(),
    )
)
_COUNTS = frozenset(
    map(
        fold,
        "number numbers figure figures toll count many chiffre chiffres nombre cifra cifras número números "
        "عدد أعداد רقם מספר".split(),
    )
)


def is_line(text: str) -> bool:
    """Whether a line says what the posts do not say."""
    return bool(_LINE.match(text))


def check(text: str, language: str, pages: Iterable[Page]) -> Iterator[Finding]:
    """A finding for each thing a line calls missing that a sentence of the posts has."""
    passages = [passage for page in pages for passage in page.passages[1:]]
    for group in re.split(r"[;؛]", text.partition(":")[2] or text):
        is_word_from = bool(_WORD_FROM.search(group))
        for part in _PARTS.split(group):
            yield from _present(part, language, passages, is_word_from)


_PARTS = re.compile(r"[,،、]|\bor\b|\band\b|\bou\b|\bet\b|\by\b|\bo\b")
_WORD_FROM = re.compile(r"\b(?:word|statement|comment|response|reaction|mot|palabra) (?:from|of|by|de)\b", re.I)


# "Names of the other states": that the states are spoken of is no answer.
_NAMES_OF = re.compile(
    r"\W*(?:the |les? |los )?(?:names?|identit\w+|noms?|nombres?|nomes?) (?:of|de|des|dos|das)\b", re.I
)


def _present(part: str, language: str, passages: list[Passage], is_word_from: bool) -> Iterator[Finding]:
    if _NAMES_OF.match(part):
        return
    common = common_words(language)
    content = [word for word in words(part, language) if word.key not in common and word.key not in _META]
    if not content or len(content) > 12:
        return
    stems = [stem(word.key, language) for word in content]
    for passage in passages:
        if not all(item in passage.stems for item in stems):
            continue
        if is_word_from and not _says(stems, passage):
            continue
        if len(stems) == 1 and not is_word_from and not _COUNTS.isdisjoint(word.key for word in words(part, language)):
            continue
        if (
            len(stems) == 1
            and not is_word_from
            and not quantities(part, language)
            and not _is_the_whole(part, content[0].key)
        ):
            continue
        said = part.strip(" .")
        yield Finding("absence", "fail", f"absence: “{said}” stands in the text [{passage.number}]", (said,))
        return


def _is_the_whole(part: str, key: str) -> bool:
    """Whether the part is one bare name ("Rabat"), not one word of a question that the post only touches."""
    return len(part.split()) <= 3 and fold(part.split()[-1].strip(".")) == key and part.split()[-1][:1].isupper()


def _says(stems: list[str], passage: Passage) -> bool:
    for voice in attribution(passage.text, passage.language):
        said = {word.stem for word in words(passage.text[voice.start : voice.end], passage.language)}
        if any(item in said for item in stems):
            return True
    return False
