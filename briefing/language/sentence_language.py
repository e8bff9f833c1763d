"""The language a sentence is read in, which need not be its document's."""

from __future__ import annotations

from briefing.language.profile import BY_SCRIPT, profile
from briefing.language.stopwords import stopwords
from briefing.language.words import script, words


def sentence_language(text: str, language: str) -> str:
    """The document's language, unless the sentence is in another script (a Hebrew tweet in an English post)."""
    primary = language.split("-")[0].casefold()
    if text.isascii() and profile(primary).script == "latin" and primary != "und":
        return primary
    written = script(text)
    if primary == "und" or (written and written != profile(primary).script):
        if written == "latin":
            return tongue(text, "en")
        if written == "cjk" and any("\u3041" <= letter <= "\u30ff" for letter in text):
            return "ja"
        return BY_SCRIPT.get(written, primary)
    return primary


_LATIN = ("en", "fr", "es", "pt", "it", "de", "nl", "vi")


def tongue(text: str, otherwise: str) -> str:
    """The Latin-script language whose small words the text has most of; `otherwise` where none clearly leads."""
    keys = [text[word.start : word.end].casefold() for word in words(text[:600], "fr")]
    if len(keys) < 4:
        return otherwise
    if sum(key in stopwords(otherwise) for key in keys) >= 0.3 * len(keys):
        return otherwise
    counts = {language: sum(key in stopwords(language) for key in keys) for language in _LATIN}
    best = max(counts, key=lambda language: counts[language])
    known = counts.get(otherwise, 0)
    return best if counts[best] >= known + max(2, len(keys) // 8) else otherwise
