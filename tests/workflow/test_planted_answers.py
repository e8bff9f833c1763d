"""Digests of planted answers: whatever a model writes, what is shown of it stands when it is checked again."""

from __future__ import annotations

import asyncio
import random
import re
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from briefing.config import Settings
from briefing.language.annotation import annotate
from briefing.model.prompts import Prompt
from briefing.model.replies import AnswerReply, DocumentReply, Line, LinesReply, MendReply
from briefing.summarise.model_engine import ModelEngine
from briefing.types import Digest, Document, Post
from briefing.workflow.digest_folder import read_digest_folder, write_digest_folder
from briefing.workflow.engines import EngineSession
from briefing.workflow.gathering import LoadResult
from briefing.workflow.pipeline import Plan, make
from briefing.workflow.recheck import lines
from briefing.workflow.recount import label_faults, withheld_faults

NOW = datetime(2026, 6, 24, 6, tzinfo=UTC)
DIGESTS = 100

# By language: a headline, its paragraphs, and lines that a model might write on them, wrong in ways of models.
POSTS: dict[str, tuple[str, tuple[str, ...], tuple[str, ...]]] = {
    "en": (
        "Ferry runs aground off Port Tarn",
        (
            "The ferry Selka ran aground off Port Tarn on Tuesday, the harbour authority said. It would have been the "
            "worst accident there since 1998. “We had three boats alongside within the hour,” coastguard commander "
            "Mara Holt told reporters.",
            "According to leaked papers, the owner had plans to sell. Its debts would exceed $40 million.",
            "Tarn Lines reportedly paid no fee in May. The ship may have lost power before it hit the rocks, Luca "
            "Brand said, but the cause is not known. He called the crew “calm and quick”. Members of the 'sea' party "
            "asked for an inquiry if the owner is found at fault.",
        ),
        (
            "The ferry Selka ran aground off Port Tarn on Tuesday.",
            "It was the worst accident there since 1998.",
            "It will have been the worst accident there since 1998.",
            "“We had four boats alongside within the hour,” Mara Holt told reporters.",
            "Luca Brand said: “We had three boats alongside within the hour.”",
            "The debts exceed $40 million.",
            "Its debts will exceed $40 million.",
            "Tarn Lines paid no fee in May.",
            "The ship lost power before it hit the rocks.",
            "The ship lost power before it hit the rocks, Luca Brand said.",
            "He called the crew “calm and quick” and “brave”.",
            "The crew was “calm and fast”, Brand said.",
            "Members of the “sea party” asked for an inquiry.",
            "The owner had plans to sell.",
            "Harbour authority: ferry aground off Port Tarn.",
        ),
    ),
    "fr": (
        "Un barrage fissuré à Vaur",
        (
            "Le barrage de Vaur présente des fissures, selon la préfecture. Il serait fermé en juillet. « Nous ne "
            "prendrons aucun risque », a déclaré la préfète Anne Rivet.",
            "L’exploitant aurait caché deux rapports. Sa directrice, Maud Perrin, a promis « une enquête rapide et "
            "complète ». Deux villages seraient évacués si l’eau monte.",
        ),
        (
            "Le barrage de Vaur présente des fissures.",
            "Le barrage sera fermé en juillet.",
            "Il est fermé en juillet.",
            "« Nous ne prendrons pas de risque », a déclaré la préfète Anne Rivet.",
            "L’exploitant a caché deux rapports.",
            "L’exploitant aura caché deux rapports.",
            "Maud Perrin a promis « une enquête lente et complète ».",
            "Anne Rivet a promis « une enquête rapide et complète ».",
            "Deux villages seront évacués.",
        ),
    ),
    "es": (
        "El puerto de Norl reabre",
        (
            "El puerto de Norl reabrió el lunes, informó el ayuntamiento. Según los sindicatos, faltan 40 empleados. "
            "«No vamos a parar», dijo la alcaldesa Ada Robles.",
            "El coste podría superar los dos millones. La empresa habría recibido ayudas.",
        ),
        (
            "El puerto de Norl reabrió el lunes.",
            "Faltan 40 empleados.",
            "«No vamos a ceder», dijo la alcaldesa Ada Robles.",
            "El coste supera los dos millones.",
            "El coste superará los dos millones.",
            "La empresa ha recibido ayudas.",
        ),
    ),
    "ar": (
        "عودة المياه إلى الواحة",
        (
            "أعلنت بلدية الواحة عودة المياه إلى المدينة. وقال رئيس البلدية سامي الحداد: «لن نقطع المياه هذا الصيف».",
            "وبحسب مصادر محلية، قد تبلغ الكلفة ٤٠ مليون دينار.",
        ),
        (
            "عادت المياه إلى المدينة.",
            "قال سامي الحداد: «لن نقطع الكهرباء هذا الصيف».",
            "تبلغ الكلفة ٤٠ مليون دينار.",
        ),
    ),
    "de": (
        "Brücke bei Wern gesperrt",
        (
            "Die Brücke bei Wern ist seit Montag gesperrt, teilte die Stadt mit. Sie soll im Mai abgerissen werden. "
            "„Wir haben keine Wahl“, sagte Bürgermeister Kai Tessen.",
            "Laut einem Gutachten könnten die Kosten 3 Millionen Euro erreichen.",
        ),
        (
            "Die Brücke bei Wern ist seit Montag gesperrt.",
            "Sie wird im Mai abgerissen.",
            "„Wir haben keine Zeit“, sagte Bürgermeister Kai Tessen.",
            "Die Kosten erreichen 3 Millionen Euro.",
        ),
    ),
}  # fmt: skip


class Model:
    """A model that writes the lines above, in any order, on any sentences, and says of them what it likes."""

    def __init__(self, draw: random.Random) -> None:
        self.draw = draw

    async def __call__(self, prompt: Prompt, shape: type[Any], *, post: str) -> Any:
        if shape is DocumentReply:
            return self._document(post.rpartition("/")[2])
        if shape is LinesReply:  # the bottom line of all, from the first lines of each
            shown = re.findall(r"^\[(\d+)\] (.*)$", prompt.user, re.M)
            return LinesReply(lines=[self._line(text, [int(number)]) for number, text in shown])
        if shape is MendReply:
            return MendReply(lines=[])
        return AnswerReply(state="unanswered", answer=[], disputed=[], missing=[])

    def _document(self, language: str) -> DocumentReply:
        _, paragraphs, told = POSTS[language]
        most = sum(paragraph.count(". ") + 1 for paragraph in paragraphs)
        numbers = (self.draw.sample(range(most + 1), self.draw.choice((1, 2, most))) for _ in told)
        drawn = [
            self._line(text, cited) for text, cited in zip(self.draw.sample(told, len(told)), numbers, strict=True)
        ]
        return DocumentReply(
            headline=drawn[0],
            bottom_line=drawn[1:3],
            what_happened=drawn[2:],
            why_it_matters=[],
            disputed=drawn[:1],
            missing=["the price of a ticket"],
        )

    def _numbers(self, most: int) -> list[int]:
        return self.draw.sample(range(most + 1), self.draw.choice((1, 2, most)))

    def _line(self, text: str, numbers: list[int]) -> Line:
        return Line(
            text=text,
            rests_on=numbers,
            kind=self.draw.choice(("fact", "attributed", "forecast")),
            speaker=None,
            voice=self.draw.choice((None, "officials")),
            certainty=self.draw.choice(("asserted", "reported", "possible")),
        )


def post(language: str) -> Post:
    headline, paragraphs, _ = POSTS[language]
    url = f"https://example.org/{language}"
    html = "".join(f"<p>{paragraph}</p>" for paragraph in paragraphs)
    return Post(key=url, url=url, title=headline, html=html, source="example.org", published=NOW, language=language)


def digest(seed: int) -> tuple[Digest, tuple[Document, ...]]:
    draw = random.Random(seed)
    posts = tuple(map(post, draw.sample(list(POSTS), 2)))
    plan = Plan(made_at=NOW, settings=Settings(), title="Planted")
    run = asyncio.run(make(LoadResult((), posts), plan, EngineSession(ModelEngine(Model(draw)))))
    assert not run.failures
    return run.digest, run.documents


@pytest.mark.parametrize("first", range(0, DIGESTS, 10))
def test_no_line_of_a_fresh_digest_falls_when_it_is_checked_again(first: int, tmp_path: Path) -> None:
    for seed in range(first, first + 10):
        finished, documents = digest(seed)
        write_digest_folder(finished, documents, tmp_path, formats=("json",))
        read, kept = read_digest_folder(tmp_path)
        again = {key: annotate(document) for key, document in kept.items()}
        assert {name: why for name, why in lines(read, again) if why} == {}
        assert label_faults(read, again) + withheld_faults(read, again) == []


def test_these_answers_have_lines_of_every_end() -> None:
    """Else the digests above would say nothing of repairs."""
    checks = [line.check for seed in range(10) for line in digest(seed)[0].lines if line.check]
    assert {check.verdict for check in checks} >= {"carried", "unread"}
    assert sum(check.before is not None for check in checks) > 20
