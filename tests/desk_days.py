"""Days of a desk whose feeds change: a port that reopens, is corrected and goes on, and what else there is."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from pathlib import Path

from faults import Server, response
from test_desk_run import DAY, MONDAY, ORCHESTRA, PORT, RYE, Feed, Item, morning, order_of

from briefing.config import Settings, settings
from briefing.workflow.desk_run import Edition, Order

QUESTIONS = ("How many ships are waiting outside the harbour?", "Who pays for the tour of the orchestra?")
AGENCY = Item(
    "agency",
    "Sfax harbour open again",
    "The port of Sfax reopened on Sunday after a storm, harbour master Amel Trabelsi told reporters.\n"
    "Eleven ships wait outside the harbour of Sfax. A crane is still broken.",
    MONDAY - timedelta(hours=8),
)
UNLOADED = Item(
    "unloaded",
    "Port of Sfax: ships unloaded",
    "The port of Sfax has unloaded seven of the ships that waited outside the harbour, the harbour master Amel "
    "Trabelsi said on Monday.\nFour ships are waiting outside the harbour of Sfax still.",
    MONDAY + timedelta(hours=9),
)
AGAIN = Item(
    "again",
    "Sfax port works normally",
    "The port of Sfax works normally again, the harbour master Amel Trabelsi said on Tuesday.\n"
    "No ships are waiting outside the harbour of Sfax.",
    MONDAY + DAY + timedelta(hours=9),
)
WATER = Item(
    "water",
    "بلدية الواحة تعلن عودة المياه إلى ثلاثة أحياء",
    "أعلنت بلدية الواحة مساء الاثنين عودة المياه إلى ثلاثة أحياء من أصل خمسة.\n"
    "وقالت البلدية في بيان إن سبب الانقطاع هو عطل في المضخة الرئيسية.",
    MONDAY + DAY + timedelta(hours=20),
)


def held_in(folder: Path) -> Settings:
    return settings(
        database_url=f"sqlite:///{folder}/desk.db", allow_private_hosts=frozenset({"127.0.0.1"}), pause_seconds=0
    )


def apart(held: Settings, order: Order, now: datetime, *, is_kept: bool = True) -> Edition:
    """One run in a thread of its own: where a browser is open, the main thread has its event loop."""
    with ThreadPoolExecutor(1) as pool:
        return pool.submit(morning, held, order, now, is_kept=is_kept).result()


@dataclass
class Days:
    """Two feeds, and the desk that reads them."""

    held: Settings
    feed: Feed
    agency: Feed
    servers: tuple[Server, Server]

    def make(self, day: int, *, is_kept: bool = True) -> Edition:
        """The digest of the day, counted from Monday."""
        order = order_of(*self.servers, questions=QUESTIONS, title="Morning brief")
        return apart(self.held, order, MONDAY + day * DAY, is_kept=is_kept)

    def go_on(self) -> None:
        """Tuesday's news: a correction, an update, something new."""
        self.feed.items[0] = replace(PORT, text=PORT.text.replace("4 million", "9 million"))
        self.feed.items += [ORCHESTRA, UNLOADED]


@contextmanager
def days(folder: Path) -> Iterator[Days]:
    feed, agency = Feed([PORT, RYE]), Feed([AGENCY])
    with Server(feed) as wire, Server(agency) as other:
        yield Days(held_in(folder), feed, agency, (wire, other))


def three_days(folder: Path) -> list[Edition]:
    """Monday to Wednesday in one series, the agency failing on the last day, and a second series in Arabic."""
    with days(folder) as desk:
        made = [desk.make(0)]
        desk.go_on()
        made.append(desk.make(1))
        desk.agency.fails = response(429)
        desk.feed.items.append(AGAIN)
        made.append(desk.make(2))
        with Server(Feed([WATER])) as third:
            made.append(apart(desk.held, order_of(third), MONDAY + 2 * DAY + timedelta(hours=1)))
    return made
