"""Days of a desk whose feeds on loopback change: a port that reopens, is corrected and goes on, and what else there is.

Each run reads them into one store at a known time.
"""

from __future__ import annotations

import asyncio
import socket
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from pathlib import Path
from xml.sax.saxutils import escape

from faults import Asked, Server, response

from briefing.config import Settings, settings
from briefing.types import Source
from briefing.workflow.desk_run import Desk, Edition, Order, series_of

MONDAY = datetime(2026, 6, 22, 7, tzinfo=UTC)
DAY = timedelta(days=1)


@dataclass
class Item:
    name: str
    title: str
    text: str
    at: datetime


@dataclass
class Feed:
    """An RSS feed that answers conditional requests; `fails` is what it answers instead."""

    items: list[Item] = field(default_factory=list)
    fails: bytes = b""

    def __call__(self, connection: socket.socket, asked: Asked) -> bool:
        body = self._body(asked.headers["host"])
        tag = f'"{hash(body)}"'
        if self.fails:
            connection.sendall(self.fails)
        elif asked.headers.get("if-none-match") == tag:
            connection.sendall(response(304, headers={"ETag": tag}))
        else:
            connection.sendall(response(200, body, {"ETag": tag, "Content-Type": "application/rss+xml"}))
        return True

    def _body(self, host: str) -> bytes:
        items = "".join(
            f"<item><title>{escape(i.title)}</title><link>http://{host}/{i.name}</link><guid>{i.name}</guid>"
            f"<pubDate>{format_datetime(i.at)}</pubDate><content:encoded>{escape(html(i.text))}</content:encoded></item>"
            for i in self.items
        )
        head = '<?xml version="1.0"?><rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/">'
        return f"{head}<channel><title>Wire</title><language>en</language>{items}</channel></rss>".encode()


def html(text: str) -> str:
    return "".join(f"<p>{part}</p>" for part in text.split("\n"))


PORT = Item(
    "port",
    "Port of Sfax reopens",
    "The port of Sfax reopened on Sunday after a storm, the harbour master Amel Trabelsi said.\n"
    "Repairs cost 4 million dinars, she said. Eleven ships are waiting outside the harbour.",
    MONDAY - timedelta(hours=9),
)
RYE = Item(
    "rye",
    "Farmers in Jutland sow less rye",
    "Farmers in Jutland have sown 11 percent less rye this spring, the ministry in Copenhagen reported.\n"
    "The union Bæredygtigt Landbrug blamed late frost. Bread prices may rise in autumn.",
    MONDAY - timedelta(hours=5),
)
ORCHESTRA = Item(
    "orchestra",
    "Orchestra of Lyon tours Japan",
    "The orchestra of Lyon will tour Japan in May, its director Nikolaj Szeps said on Monday.\n"
    "Six concerts in Osaka and Sendai are planned. Tickets go on sale in January.",
    MONDAY + timedelta(hours=6),
)
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


def order_of(*servers: Server, questions: tuple[str, ...] = (), **changes: object) -> Order:
    sources = tuple(Source(f"wire {n}", f"{server.url}/feed", kind="feed") for n, server in enumerate(servers, 1))
    order = Order(sources, series=series_of(sources, is_given=True), questions=questions)
    return replace(order, **changes)  # type: ignore[arg-type]


def morning(held: Settings, order: Order, now: datetime, *, is_kept: bool = True) -> Edition:
    """One run, as `briefing digest` makes it."""

    async def run() -> Edition:
        async with Desk.opened(held, now=now) as desk:
            edition = await desk.make(await desk.gather(order))
            if is_kept and not edition.is_empty:
                desk.keep(edition)
            return edition

    return asyncio.run(run())


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
