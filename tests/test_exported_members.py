"""The public names are what they are on purpose: an accidental name is for ever."""

import briefing


def test_every_name_can_be_imported() -> None:
    for name in briefing.__all__:
        assert getattr(briefing, name).__name__ == name


def test_names_are_in_order_and_listed() -> None:
    assert briefing.__all__ == sorted(briefing.__all__, key=str.lower)
    assert set(dir(briefing)) == set(briefing.__all__)
