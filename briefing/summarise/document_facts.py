"""What code can tell of a document without judging it: counts, its headline against its text, dates ahead, genre."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from functools import cache

from briefing.language.calendar import Mention, mentions
from briefing.language.figure_spans import figures
from briefing.language.hedges import attribution, compiled, hedges, lowered, vocabulary
from briefing.language.question_types import asks
from briefing.language.quotation_marks import quotations
from briefing.language.script import word_count
from briefing.language.stopwords import is_unspaced, stopwords
from briefing.language.words import same_word, words
from briefing.types import Block, Counts, DateAhead, Document, Evidence, Genre, Headline, Notice, Sentence

# Fewer quoted words than these are a term or a title, not somebody's speech, unless a verb of saying stands beside
# them.
_SPEECH_WORDS = 4
_ASKING_ENDS = ("?", "？", "؟", "⁇", "⁈", "か。", "かな。")


def prose(document: Document) -> Iterator[Sentence]:
    """The sentences that are the post's own: no headline, nothing embedded."""
    embedded = {index for index, block in enumerate(document.blocks) if block.kind == "embed"}
    return (sentence for sentence in document.sentences[1:] if sentence.block not in embedded)


def embeds(document: Document) -> list[tuple[Block, ...]]:
    """The embedded posts, each with its blocks: neighbouring ones of the same author, day and permalink are one."""
    groups: list[list[Block]] = []
    previous: Block | None = None
    for block in document.blocks:
        if block.kind == "embed":
            if previous is not None and block.embed is not None and previous.embed == block.embed:
                groups[-1].append(block)
            else:
                groups.append([block])
        previous = block if block.kind == "embed" else None
    return [tuple(group) for group in groups]


def counts(document: Document) -> Counts:
    """The document counted. Doubt in a question is not counted: a question claims nothing."""
    lines = [(sentence.number, document.quote(sentence.number)) for sentence in prose(document)]
    language = document.language
    questions = tuple(number for number, text in lines if asks(text))
    asked = frozenset(questions)
    quotes = tuple(number for number, text in lines if is_quoted(text, language))
    return Counts(
        sentences=len(lines),
        words=sum(word_count(text) for _, text in lines),
        doubt=tuple(number for number, text in lines if number not in asked and hedges(text, language)),
        questions=questions,
        quotes=quotes,
        speakers=_speakers((text for _, text in lines), language),
        embeds=len(embeds(document)),
        dates_ahead=len(dates_ahead(document)),
        figures=tuple(dict.fromkeys(text[start:end] for _, text in lines for start, end in figures(text, language))),
    )


def is_quoted(text: str, language: str) -> bool:
    """Whether somebody is quoted in a sentence: words between quotation marks that are more than a term or a title."""
    spans = quotations(text)
    if not spans:
        return False
    if any(word_count(text[start:end]) >= _SPEECH_WORDS for start, end in spans):
        return True
    return bool(attribution(text, language))


def _speakers(texts: Iterable[str], language: str) -> tuple[str, ...]:
    """Who by name or office is said to say something, each once; a surname alone joins the full name before it."""
    names: list[str] = []
    for text in texts:
        for voice in attribution(text, language):
            name = voice.name
            if voice.sourcing == "named" and name is None and not voice.is_pronoun:
                name = text[voice.start : voice.end]  # an office or an institution: "the ministry", "la direction"
            if name and not any(name.lower() in known.lower() for known in names):
                names.append(name)
    return tuple(names)


# --- the headline -----------------------------------------------------------------------------------------------------

_PARTS = re.compile(r"\s*[:：]\s+|\s+[–—|-]\s+")
_PARTICLE_LETTERS = 3
# A headline of which nearly nothing stands in the text is in another language, or about something else altogether.
_FEWEST_COMPARED, _MOST_ABSENT = 4, 0.8
_LETTERS = re.compile(r"[^\W\d_]")


def headline(document: Document) -> Headline:
    """The headline as it stands, whether it asks, and its words that stand nowhere in the text.

    Of a headline "this: or that?" only the part before the question is compared, since a question claims nothing.
    Without an answer (no words) where text and headline are in different scripts, or written without spaces.
    """
    title = document.title
    return Headline(title, is_question=asks(title), not_in_text=_not_in_text(document, _claimed(title)))


def _claimed(title: str) -> str:
    if not asks(title):
        return title
    return " ".join(part for part in _PARTS.split(title) if not asks(part))


def _not_in_text(document: Document, title: str) -> tuple[str, ...]:
    language = document.language
    title = _FIXED.sub(lambda match: " " * len(match.group()), title)
    if is_unspaced(title) or vocabulary(title, language) != vocabulary(document.text[:400], language):
        return ()
    common = stopwords(language)
    text_words = _Lookup(document, language)
    if not text_words.is_known:
        return ()
    missing: list[tuple[int, int]] = []
    compared = absent = 0
    for word in words(title, language):
        said = title[word.start : word.end].lower()
        if (
            said in common
            or said in _EMPTY
            or word.key in common
            or not _LETTERS.search(said)
            or _is_tail(title, word.start)
        ):
            continue
        compared += 1
        if word.key in text_words or word.stem in text_words.stems:
            continue
        absent += 1
        if missing and not title[missing[-1][1] : word.start].strip() and _is_particle(title, missing[-1][1]):
            missing[-1] = (missing[-1][0], word.end)
        else:
            missing.append((word.start, word.end))
    if compared >= _FEWEST_COMPARED and absent > _MOST_ABSENT * compared:
        return ()
    return tuple(title[start:end] for start, end in missing)


def _is_tail(title: str, start: int) -> bool:
    """Whether letters only end a number: "ra" of the Spanish "3ra"."""
    return start > 0 and title[start - 1].isdigit()


def _is_particle(title: str, end: int) -> bool:
    """Whether the word that ends there is too short to be shown alone: "en" of "en route"."""
    return len(title[:end].split()[-1]) <= _PARTICLE_LETTERS


class _Lookup:
    """The words of a document's own text; a word is in it if a form of it is."""

    def __init__(self, document: Document, language: str) -> None:
        found = [word for s in prose(document) for word in words(document.quote(s.number), language)]
        self._keys = {form for word in found for form in _hebrew_forms(word.key)}
        self.stems = {word.stem for word in found} | {_arabic_root(word.key) for word in found if _is_arabic(word.key)}
        self._by_start: dict[str, list[str]] = {}
        for key in self._keys:
            self._by_start.setdefault(key[:3], []).append(key)

    @property
    def is_known(self) -> bool:
        """Whether there is a text of its own at all."""
        return bool(self._keys)

    def __contains__(self, key: str) -> bool:
        if key in self._keys:
            return True
        if _is_arabic(key) and _arabic_root(key) in self.stems:
            return True
        bare = key[2:] if key.startswith("ال") else key[1:] if key[:1] in "הובלמשכבو" and len(key) > 3 else key
        candidates = [*self._by_start.get(key[:3], ()), *self._by_start.get(bare[:3], ())]
        return any(same_word(key, other) or _same_stem(bare, other) for other in candidates)


def _hebrew_forms(key: str) -> Iterator[str]:
    """The word, and what is left of a Hebrew one without the one or two letters that may be written onto it."""
    yield key
    if "\u0590" <= key[:1] <= "\u05ff":
        for cut in (1, 2):
            if len(key) - cut >= 3 and set(key[:cut]) <= set("ובלמשכה"):
                yield key[cut:]


def _is_arabic(key: str) -> bool:
    return "\u0600" <= key[:1] <= "\u06ff"


_ARABIC_VERB = re.compile(r"(?:[وف]?(?:ال|لل|س)?)?[أاإتينم]?(\w{3,}?)(?:ت|وا|ون|ين|ها|هم|ه|ان|ات|ة)?$")


def _arabic_root(key: str) -> str:
    """A rough root: "تعلن" and "أعلنت" are one verb; the word itself where little would be left."""
    match = _ARABIC_VERB.match(key)
    return f"√{match[1]}" if match else key


# Fixed phrases whose content word says nothing of its own, and words that ask or announce.
_FIXED = re.compile(
    r"(?<!\w)(?:a partir de[l]?|a pesar de|a través de|por parte de|en honor (?:a|de)|a partir d[eo]"
    r"|apesar d[eo]|por meio"
    r" de|à partir d(?:e|u)|en raison d(?:e|u)|à cause d(?:e|u)|grâce aux?|face aux?|afin de|in spite of|in terms of"
    r"|because of|ahead of|in order to|in the wake of|as well as|all you need to know|в честь"
    r"|в фокусе внимания|по поводу"
    r"|в связи с|в течение|на честь|у зв['’]язку з|כל מה ש\w+ לדעת|על ידי|בזכות|بسبب|من أجل|من خلال"
    r"|كل ما تحتاج معرفته)(?!\w)",
    re.IGNORECASE,
)
_EMPTY = frozenset(
    "what why how who when where which during something anything everything someone here there vs via per"
    " amid among despite"
    " get got gets cuál cuáles qué cómo quién quiénes dónde cuándo cuánto cuánta algo alguien durante mediante comment"
    " pourquoi quand combien voici voilà lorsque pendant malgré selon quais como onde quando porque durante как почему"
    " зачем когда кто где який як чому коли де ما ماذا كيف لماذا متى أين هل من מה איך למה מתי איפה מי כיצד מדוע".split()
)


def _same_stem(one: str, other: str) -> bool:
    """Whether two words share all but an ending of at most three letters, and at least four letters."""
    shared = 0
    for left, right in zip(one, other, strict=False):
        if left != right:
            break
        shared += 1
    return shared >= 4 and max(len(one), len(other)) - shared <= 3


# --- dates ahead ------------------------------------------------------------------------------------------------------

# Words that make a date a future one. Without them only a date with its year, after the post's own day, counts.
_FUTURE = {
    "en": r"will|shall|is due|are due|due to|scheduled|planned|plans to|expected|to be held|to take place|set to"
    r"|going to"
    r"|deadline|until|upcoming|takes place|open[s]? on|begins?|starts?|ends? on|next|register|join us|slated|ahead of",
    "fr": r"aura|auront|sera|seront|[^\W\d_]{2,}(?:era|eront|ira|iront)|prévue?s?|prochaine?s?|doit|doivent|jusqu['’]au"
    r"|se tiendra|devrait|attendue?s?|d['’]ici",
    "es": r"será|serán|habrá|tendrá|[^\W\d_]{2,}(?:ará|arán|erá|erán|irá|irán|drá|drán)|previst[oa]s?|próxim[oa]s?"
    r"|hasta el"
    r"|va a|van a|se espera|a partir del",
    "pt": r"será|serão|haverá|terá|[^\W\d_]{2,}(?:ará|arão|erá|erão|irá|irão)|previst[oa]s?|próxim[oa]s?|até|vai|vão"
    r"|a partir d[eo]",
    "de": r"wird|werden|soll|sollen|geplant|nächste[nrs]?|bis zum|ab dem|findet|finden|beginnt|startet|voraussichtlich",
    "it": r"sarà|saranno|[^\W\d_]{2,}(?:erà|eranno|irà|iranno)|previst[oaie]|prossim[oaie]|entro",
    "ru": r"будет|будут|состоится|состоятся|пройдёт|пройдет|пройдут|начнётся|начнется|запланирован\w*|ожидается|до"
    r"|планируется|планируют|предстоит|следующ\w+|откроется",
    "uk": r"буде|будуть|відбудеться|відбудуться|пройде|почнеться|заплановано|очікується|планується|наступн\w+|до",
    "ar": r"سوف|سي\w+|ست\w+|المقبل|المقبلة|القادم|القادمة|من المقرر|المقرر|يعتزم|حتى|قبل",
    "he": r"יתקיים|תתקיים|יתקיימו|צפוי\w*|הקרוב|הקרובה|הבא|הבאה|מתוכנן\w*|עתיד\w*|עד|יחל|תחל|ייפתח",
    "ja": r"予定|まで|開催します|開催する|より開始|に開始|来月|来週|来年",
    "zh": r"将|將|预计|預計|计划|計劃|截至|下月|明年|即将|举行",
    "vi": r"sẽ|dự kiến|sắp|trước ngày|đến ngày|tới",
}
# A past verb or a look back beside the date: the sentence tells what was.
_FARTHEST_DAYS = 366 * 30
_YEARLESS_DAYS = 300
_HAS_DATE = re.compile(
    r"\d|tomorrow|demain|mañana|amanhã|morgen|domani|завтра|غدا|מחר|明日|next|prochain|próxim|nächst|следующ|наступн",
    re.IGNORECASE,
)
_LONGEST_CHARS = 240


def dates_ahead(document: Document) -> tuple[DateAhead, ...]:
    """The days after the post's own that it names, each once, the earliest first; none where the post has no date.

    Conservative: a date without a year or "tomorrow" counts only beside a word of the future. `text` is the sentence,
    or the part of a long one that holds the date; `evidence.url` is left to the caller.
    """
    if document.post.published is None:
        return ()
    written = document.post.published.date()
    found: dict[date, DateAhead] = {}
    for sentence in prose(document):
        text = document.quote(sentence.number)
        if _HAS_DATE.search(text):
            for day, start, end in _days_ahead(text, document.language, written):
                found.setdefault(day, _ahead(document, sentence, day, start, end))
    return tuple(found[day] for day in sorted(found))


def _days_ahead(text: str, language: str, written: date) -> Iterator[tuple[date, int, int]]:
    primary = language.split("-")[0].lower()
    cue = _future(primary)
    is_future = cue is not None and cue.search(lowered(text, primary)) is not None
    for mention in mentions(text, primary):
        day = _day(mention, written, is_future)
        if day and written < day <= written + timedelta(days=_FARTHEST_DAYS):
            yield day, mention.start, mention.end


@cache
def _future(language: str) -> re.Pattern[str] | None:
    cues = _FUTURE.get(language)
    return compiled(cues, language) if cues else None


def _day(mention: Mention, written: date, is_future: bool) -> date | None:
    """The day a mention stands for if it must lie ahead; a date that can be read in two ways has none."""
    if mention.other is not None:
        return None
    if mention.year and mention.month and mention.day:
        return _safe(mention.year, mention.month, mention.day)
    if not is_future:
        return None
    if mention.shift is not None:
        return written + timedelta(days=mention.shift)
    if mention.year is None and mention.month and mention.day:
        this_year = _safe(written.year, mention.month, mention.day)
        day = this_year if this_year and this_year > written else _safe(written.year + 1, mention.month, mention.day)
        return day if day and (day - written).days <= _YEARLESS_DAYS else None
    return None


def _safe(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _ahead(document: Document, sentence: Sentence, day: date, start: int, end: int) -> DateAhead:
    quote = document.quote(sentence.number)
    evidence = Evidence(document.key, sentence.number, sentence.start, sentence.end, quote)
    return DateAhead(_around(quote, start, end), evidence, day)


def _around(quote: str, start: int, end: int) -> str:
    """The sentence, or of a long one the words around the date, cut between words with "…" at the cut."""
    if len(quote) <= _LONGEST_CHARS:
        return quote
    low, high = max(0, start - _LONGEST_CHARS // 2), min(len(quote), end + _LONGEST_CHARS // 2)
    low = quote.find(" ", low, start) + 1 if low else 0
    high = quote.rfind(" ", end, high) if high < len(quote) else high
    high = high if high > 0 else end
    return f"{'… ' if low else ''}{quote[low:high]}{' …' if high < len(quote) else ''}"


# --- the genre, by the whole text -------------------------------------------------------------------------------------

# Words with which a text argues: what must be, what the real question is, what history teaches, "we", "I".
_ARGUMENT = {
    "en": r"must|should|ought to|need(?:s)? to|have to|the (?:real|fundamental|true|deeper|central) \w+"
        r"|history (?:shows|teaches|tells)"
    r"|far beyond|above all|no longer|not merely|more than (?:just )?a|lies in|rests on|depends on|in truth"
    r"|thus|therefore|in my (?:view|opinion)|i (?:think|believe|suspect|argue|fear)|we (?:must|should|need|cannot"
    r"|have to)|let us"
    r"|in reality|the fact is|the truth is|it is time|cannot be|never sufficient|decisive|deserves"
    r"|significance|paradigm|unprecedented|undoubtedly|clearly|obviously|inevitably|absurd|shameful|outrage\w*"
    r"|a (?:stage|world|future) (?:where|in which)|this is where|at stake|ultimately|fundamental(?:ly)?"
    r"|essential(?:ly)?",
    "fr": r"il faut|il faudrait|doit|doivent|devons|l['’]histoire (?:montre|enseigne|nous)|bien au-delà|avant tout"
        r"|ne saurait"
    r"|à mon (?:avis|sens)|je (?:pense|crois|crains)|nous devons|en réalité|en vérité|force est de|la vraie \w+"
    r"|le véritable \w+"
    r"|il est temps|repose sur|réside dans|dès lors|évidemment|clairement|certes|en somme|au fond|enjeu\w*",
    "es": r"hay que|debe(?:mos|n)?|deber[íi]a\w*|la historia (?:muestra|enseña)|más allá|ante todo|en mi opinión"
        r"|creo que"
    r"|pienso que|necesitamos|en realidad|es hora de|el verdadero \w+|la verdadera \w+|por lo tanto|evidentemente"
    r"|claramente|en definitiva|no puede|no podemos",
    "pt": r"é preciso|deve(?:mos|m)?|deveria\w*|a história (?:mostra|ensina)|muito além|acima de tudo"
        r"|na minha opinião|acho que"
    r"|penso que|precisamos|na verdade|é hora de|portanto|evidentemente|claramente",
    "de": r"muss|müssen|sollte(?:n)?|die Geschichte (?:zeigt|lehrt)|vor allem|meiner Meinung|ich (?:glaube|denke"
        r"|meine|finde)"
    r"|wir (?:müssen|brauchen|dürfen)|in Wahrheit|es ist (?:höchste )?Zeit|eigentlich|letztlich|offensichtlich",
    "ru": r"должн[аоы]?|должен|нужно|необходимо|надо|нельзя|история (?:учит|показывает)|прежде всего"
        r"|по моему мнению|я считаю"
    r"|я думаю|мы должны|на самом деле|пора|очевидно|следовательно|разумеется",
    "uk": r"повинн\w+|мусить|мусимо|потрібно|необхідно|треба|історія (?:вчить|показує)|насамперед|на мою думку|я вважаю"
    r"|насправді|час уже|очевидно|отже",
    "ar": r"يجب|ينبغي|لا بد|التاريخ (?:يعلمنا|يثبت)|في رأيي|أعتقد|نحن بحاجة|في الحقيقة|في الواقع|حان الوقت"
        r"|من الواضح|إذن|لذلك",
    "he": r"חייבים|חייב|צריך|צריכים|יש ל\w+|ההיסטוריה מלמדת|לדעתי|אני (?:חושב|סבור|מאמין)|בעצם|למעשה|הגיע הזמן"
        r"|ברור ש\w*",
    "ja": r"べきだ|べきである|なければならない|と思う|と考える|はずだ|まさに",
    "zh": r"必须|必須|应该|應該|应当|我认为|我們|事实上|事實上|历史告诉|显然|归根结底",
    "vi": r"cần phải|phải|nên|theo tôi|tôi nghĩ|thực ra|rõ ràng|lịch sử cho thấy",
}  # fmt: skip
_FEWEST_SENTENCES = 12
_FEWEST_ARGUMENTS = 5
_FEWEST_QUESTIONS = 3
_LEAST_SHARE = 0.2
_ADDRESSED = re.compile(
    r"(?<!\w)(?:you|your|vous|votre|vos|usted|você|tu|Sie|Ihr|вы|вам|ваш\w*|bạn)(?!\w)", re.IGNORECASE
)


def argues(text: str, language: str) -> int:
    """How many words of argument a sentence has ("must", "the real issue", "history teaches")."""
    primary = vocabulary(text, language)
    pattern = _argument(primary)
    return len(pattern.findall(lowered(text, primary))) if pattern else 0


@cache
def _argument(language: str) -> re.Pattern[str] | None:
    cues = _ARGUMENT.get(language)
    return compiled(cues, language) if cues else None


def genre(document: Document) -> Genre:
    """The document's genre; where its source does not tell, "opinion" if the whole text argues, with the counts.

    It argues if it asks questions of its own, quotes nobody, names nobody who says something, does not address the
    reader (as instructions and offers do), and a fifth of its sentences are argument, more than carry a report.
    """
    if document.genre.kind != "unknown" or sum(map(document.text.count, _ASKING_ENDS)) < _FEWEST_QUESTIONS:
        return document.genre
    lines = [document.quote(sentence.number) for sentence in prose(document)]
    language = document.language
    questions = sum(map(asks, lines))
    if len(lines) < _FEWEST_SENTENCES or questions < _FEWEST_QUESTIONS:
        return document.genre
    arguing = sum(argues(line, language) > 0 for line in lines if not asks(line))
    if arguing < max(_FEWEST_ARGUMENTS, _LEAST_SHARE * len(lines)):
        return document.genre
    addressed = sum(_ADDRESSED.search(line) is not None for line in lines)
    if addressed > len(lines) // 10 or _speakers(lines, language) or any(is_quoted(line, language) for line in lines):
        return document.genre
    return Genre(
        "opinion",
        Notice(
            "{a} questions of its own and {b} of {c} sentences of argument; nobody is quoted",
            a=questions,
            b=arguing,
            c=len(lines),
        ),
    )
