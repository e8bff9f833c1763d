"""What is known of a sentence is found out once: no function of language/ reads the same text twice in a run."""

import importlib
import inspect
import sys
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from pkgutil import iter_modules
from typing import Any

import pytest

import briefing
from briefing import language
from briefing.language.reading import TextReading

EXAMPLES = Path(__file__).parents[2] / "briefing" / "examples"
QUESTIONS = ["Who is to lead the force in Gaza?", "Combien de personnes ont été évacuées ?"]
# A word or two is no sentence: what reads single words keeps them (folding, stems).
FEWEST_CHARS = 25


def readers() -> Iterator[tuple[str, Callable[..., Any]]]:
    """The public functions of the room that read a text or a line, by their names."""
    for found in iter_modules(language.__path__):
        module = importlib.import_module(f"briefing.language.{found.name}")
        for name, function in inspect.getmembers(module, inspect.isfunction):
            if function.__module__ == module.__name__ and not name.startswith("_"):
                first = next(iter(inspect.signature(function).parameters), "")
                if first in ("text", "line"):
                    yield f"{found.name}.{name}", function


@pytest.fixture
def calls(monkeypatch: pytest.MonkeyPatch) -> Counter[tuple[str, str, str]]:
    """How often each function read each text in a language; every module that imported one is watched."""
    counted: Counter[tuple[str, str, str]] = Counter()

    def watched(name: str, function: Callable[..., Any]) -> Callable[..., Any]:
        def call(*given: Any, **named: Any) -> Any:
            subject = given[0]
            text = subject.text if isinstance(subject, TextReading) else subject
            spoken = subject.language if isinstance(subject, TextReading) else str(given[1:2])
            if len(text) >= FEWEST_CHARS and " " in text:
                counted[name, text, spoken] += 1
            return function(*given, **named)

        return call

    briefing.make_digest([], engine="extractive")  # everything is imported
    known = {id(function): watched(name, function) for name, function in readers()}
    for name, module in list(sys.modules.items()):
        if name.startswith("briefing"):
            for attribute, value in list(vars(module).items()):
                if id(value) in known:
                    monkeypatch.setattr(module, attribute, known[id(value)])
    return counted


def test_no_sentence_is_read_twice(calls: Counter[tuple[str, str, str]]) -> None:
    posts = [post for path in sorted(EXAMPLES.glob("*.json")) for post in briefing.load(path)]
    digest = briefing.make_digest(posts, engine="extractive", questions=QUESTIONS)
    assert digest.stories
    assert calls.total() > 1000
    twice = {call for call, number in calls.items() if number > 1 and not _is_read_anew(*call)}
    assert twice == set()


def _is_read_anew(function: str, text: str, spoken: str) -> bool:
    """A question is read as a sentence, and as what is asked; which language a line is in is asked of its fields."""
    return text.rstrip().endswith("?") or function.startswith("sentence_language.")
