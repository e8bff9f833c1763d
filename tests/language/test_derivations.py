"""Words made of one another: done again, and who does it."""

from briefing.language.derivations import again, is_who_does


def test_a_verb_may_be_done_again() -> None:
    assert again("reopen") == ("rereopen", "open")
    assert again("elect") == ("reelect",)
    assert again("open") == again("открыт") == ()


def test_who_does_it_is_named_by_an_ending() -> None:
    assert is_who_does("farmer", "farm")
    assert is_who_does("inspector", "inspect")
    assert not is_who_does("farm", "farmer")
