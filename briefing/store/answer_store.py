"""The model's answers, so that the same question is not paid for twice."""

from __future__ import annotations

from dataclasses import asdict
from datetime import datetime

import sqlalchemy as sa

from briefing.store.database import Database, upsert
from briefing.store.records import AnswersInfo, StoredAnswer
from briefing.store.tables import model_answers


class Answers:
    """The methods of `Store` for the model's answers."""

    database: Database

    def answer(self, key: str) -> StoredAnswer | None:
        """The answer under `key`, if there is one."""
        with self.database.reading() as connection:
            row = connection.execute(sa.select(model_answers).where(model_answers.c.key == key)).mappings().first()
        return None if row is None else StoredAnswer(**{**row, "stored_at": datetime.fromisoformat(row["stored_at"])})

    def has_answer(self, key: str) -> bool:
        """Whether there is an answer under `key`."""
        with self.database.reading() as connection:
            return (
                connection.execute(sa.select(model_answers.c.key).where(model_answers.c.key == key)).first() is not None
            )

    def keep_answer(self, answer: StoredAnswer) -> None:
        """Keep an answer, in the place of any under its key; it outlives this process from here on."""
        row = {**asdict(answer), "stored_at": answer.stored_at.isoformat(timespec="seconds")}
        self.database.write(lambda connection: upsert(connection, model_answers, [row]))

    def answers_info(self) -> AnswersInfo:
        """What `briefing cache info` tells."""
        column = model_answers.c
        totals = sa.select(
            sa.func.count(),
            sa.func.coalesce(sa.func.sum(sa.func.length(column.reply)), 0),
            sa.func.min(column.stored_at),
            sa.func.max(column.stored_at),
        ).select_from(model_answers)
        with self.database.reading() as connection:
            count, chars, first, last = connection.execute(totals).one()
            models = connection.scalars(sa.select(column.model).distinct()).all()
        first, last = (None if text is None else datetime.fromisoformat(text) for text in (first, last))
        return AnswersInfo(count, tuple(sorted(models)), int(chars), first, last)

    def clear_answers(self) -> int:
        """Forget every answer; returns how many there were."""
        with self.database.writing() as connection:
            return connection.execute(sa.delete(model_answers)).rowcount
