"""What is known of each language, and the page that says so."""

from __future__ import annotations

from benchmarks import passports
from briefing.language.passport import known_languages, passport
from briefing.verify.checks.registry import knowing


def test_the_page_says_what_is_known_now() -> None:
    page = passports.PAGE.read_text(encoding="utf-8")
    assert [row for row in passports.known() if row not in page] == [], "run make languages"


def test_a_language_with_more_data_is_known_by_more_checks() -> None:
    assert set(knowing("da")) < set(knowing("nl")) < set(knowing("en"))
    assert {"names", "quotes"} <= set(knowing("lb"))
    assert passport("en")["negators"] > 0
    assert "mul" not in known_languages()
