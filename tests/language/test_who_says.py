"""Whose word a sentence is: of whom it names, of whom those beside it name, its author's, or not recognised."""

import pytest

from briefing.clean.cleaner import clean
from briefing.language.annotation import annotate
from briefing.language.who_says import Voicing, who_says
from briefing.types import Post


def telling(*paragraphs: str, language: str = "en") -> Voicing:
    """Who says the last sentence of the last paragraph."""
    html = "".join(f"<p>{one}</p>" for one in paragraphs)
    document = annotate(clean(Post(key="k", title="", html=html, language=language)))
    return who_says(document, document.annotations[-1])


def told(*paragraphs: str, language: str = "en") -> tuple[str, str | None]:
    """The sourcing, and the name or else the words that name who says it."""
    speaker = telling(*paragraphs, language=language).speaker
    return speaker.sourcing, speaker.name or speaker.voice


def test_a_pronoun_is_whom_the_sentence_before_names() -> None:
    said = telling("Harbour master Odile Renn closed the lock on Friday.", "“The gate had moved,” she said.")
    assert (said.speaker.sourcing, said.speaker.name, said.number) == ("named", "Harbour master Odile Renn"[15:], 1)


def test_a_pronoun_that_could_mean_two_is_not_recognised() -> None:
    said = told("Odile Renn met Petra Vass on Friday.", "“The gate had moved,” she said.")
    assert said == ("unknown", "she")


def test_a_title_is_whom_a_sentence_before_gives_it_to() -> None:
    said = telling("Mayor Odile Renn closed the lock.", "The gate had moved.", "The mayor said it would open again.")
    assert (said.speaker.voice, said.speaker.name, said.number) == ("The mayor", "Odile Renn", 1)


def test_a_title_that_two_hold_names_nobody() -> None:
    said = telling("Mayor Odile Renn met Mayor Petra Vass of Sund.", "The mayor said the lock would open again.")
    assert (said.speaker.voice, said.speaker.name) == ("The mayor", None)


def test_a_quotation_that_goes_on_in_the_next_paragraph_is_the_same_speakers() -> None:
    said = telling("“The gate had moved,” said Odile Renn.", "“Then the water came.”", "“Nobody slept.”")
    assert (said.speaker.name, said.number) == ("Odile Renn", 1)


def test_a_quotation_of_whom_nobody_names_is_not_recognised() -> None:
    assert told("The lock was closed on Friday.", "“Nobody in the valley slept that night.”") == ("unknown", "")


@pytest.mark.parametrize(
    ("sentence", "language"),
    [
        ("Boats queued for hours after the harbour said it would close the lock.", "en"),
        ("Die Boote stauten sich, nachdem der Hafen die Sperrung angekündigt hatte.", "de"),
        ("Les bateaux ont fait demi-tour après que le port a annoncé la fermeture.", "fr"),
        ("Los barcos dieron la vuelta después de que el puerto anunció el cierre.", "es"),
    ],
)
def test_a_saying_that_is_itself_what_is_told_makes_it_nobodys_word(sentence: str, language: str) -> None:
    assert told(sentence, language=language) == ("author", "the post")


def test_what_only_the_mood_of_a_verb_reports_is_said_by_who_spoke_before() -> None:
    said = telling("Anwalt Jost Brehm bestritt die Vorwürfe.", "Renn habe das Geld nie gesehen.", language="de")
    assert (said.speaker.name, said.number) == ("Anwalt Jost Brehm", 1)


def test_without_known_verbs_of_saying_nothing_is_called_the_texts_own_word() -> None:
    assert told("Slūžas tika slēgtas piektdienas rītā.", language="lv") == ("unknown", "")


def test_a_sentence_without_any_word_of_saying_is_the_texts_own() -> None:
    assert told("The lock of Norl was closed on Friday morning.") == ("author", "the post")
