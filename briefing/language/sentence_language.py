"""The language a sentence is read in, which need not be its document's."""

from __future__ import annotations

from typing import Final

from briefing.language.detect import is_written_in, language_of
from briefing.language.profile import BY_SCRIPT, profile
from briefing.language.reading import TextReading
from briefing.language.stopwords import stopwords

_LATIN: Final = ("en", "fr", "es", "pt", "it", "de", "nl", "vi")
_LOOKED_AT_CHARS: Final = 600
_CODES: Final = {"latin": "Latn", "arabic": "Arab", "hebrew": "Hebr", "cyrillic": "Cyrl", "greek": "Grek"}  # ISO 15924


def sentence_language(line: TextReading) -> str:
    """The language of the line, its document's, unless it is in another script (a Hebrew tweet in an English post)."""
    text, primary = line.text, line.language
    if text.isascii() and profile(primary).script == "latin" and primary != "und":
        return primary
    if primary == "und" or (line.script and line.script != profile(primary).script):
        is_own = primary != "und" and line.script in _CODES and is_written_in(primary, _CODES[line.script])
        if line.script == "latin":
            return tongue(line, primary if is_own else "en")
        if is_own:  # Serbian in Latin letters, and a language of which no script is known
            return primary
        if line.script == "cjk" and any("\u3041" <= letter <= "\u30ff" for letter in text):
            return "ja"
        return BY_SCRIPT.get(line.script, primary)
    return primary


def tongue(line: TextReading, otherwise: str) -> str:
    """The Latin-script language whose small words the line has most of; `otherwise` where none clearly leads."""
    if otherwise != "und" and not stopwords(otherwise):
        return language_of(line.text, otherwise)
    keys = [line.text[word.start : word.end].casefold() for word in line.words if word.end <= _LOOKED_AT_CHARS]
    if len(keys) < 4:
        return otherwise
    known = sum(key in stopwords(otherwise) for key in keys)
    if known >= 0.3 * len(keys):
        return otherwise
    counts = {language: sum(key in stopwords(language) for key in keys) for language in _LATIN}
    best = max(counts, key=lambda language: counts[language])
    return best if counts[best] >= known + max(2, len(keys) // 8) else otherwise
