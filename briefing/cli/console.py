"""What every command shares: its options, its exit codes, and how it talks."""

from __future__ import annotations

import logging
import re
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from briefing.exceptions import BriefingError, BudgetError, ConfigError, DeliveryError, DigestError, ModelError
from briefing.render.registry import OUTPUTS
from briefing.types import EngineChoice, Length, Requirement

if TYPE_CHECKING:
    from briefing.stories.coverage import Period
    from briefing.types import Claim

EXIT_DONE, EXIT_NOTHING, EXIT_PARTLY, EXIT_OPERATOR, EXIT_USAGE, EXIT_UNVERIFIED = range(6)

EngineOption = Annotated[
    EngineChoice | None,
    typer.Option(help="auto (default): the model where OPENAI_API_KEY or OPENAI_BASE_URL is set; else extractive."),
]
ModelOption = Annotated[str | None, typer.Option(metavar="NAME", help="Which model writes; default BRIEFING_MODEL.")]
Prompts = Annotated[Path | None, typer.Option(metavar="DIR", help="A folder whose prompt files replace ours.")]
_FORMATS = ", ".join(output.name + (f" ({output.note})" if output.note else "") for output in OUTPUTS.values())
_USUAL = ", ".join(output.name for output in OUTPUTS.values() if output.is_usual)
InFormats = Annotated[
    list[str] | None,
    typer.Option(metavar="FORMAT", help=f"{_FORMATS}; repeat for several, by default {_USUAL}."),
]
if TYPE_CHECKING:
    _TextFormat = str
else:
    _TextFormat = Literal[tuple(output.name for output in OUTPUTS.values() if output.is_text)]
PrintedAs = Annotated[_TextFormat, typer.Option(help="How it is printed.")]
OfLength = Annotated[Length | None, typer.Option(help="short: the best three sentences of each post.")]
InLanguage = Annotated[
    str | None, typer.Option(metavar="LANG", help="Language of the output, as in fr; with no model, of the labels.")
]
WithSecondReader = Annotated[
    bool | None,
    typer.Option(
        "--second-reader/--no-second-reader",
        help="Where a model writes: whether one reads the lines that code cannot account for (default).",
    ),
]
RequireOption = Annotated[
    Requirement | None,
    typer.Option("--require", help="read: leave out lines that neither code accounts for nor anybody read."),
]
Templates = Annotated[Path | None, typer.Option(metavar="DIR", help="A folder whose template files replace ours.")]
ShowWithheld = Annotated[bool, typer.Option("--show-withheld", help="Print the lines that did not stand, and why.")]
Quiet = Annotated[bool, typer.Option("--quiet", "-q", help="Print results only.")]
Debug = Annotated[bool, typer.Option("--debug", help="Show tracebacks and what the libraries log.")]


def say(line: str, *, quiet: bool = False) -> None:
    """Talk goes to stderr, so that stdout holds nothing but results; where that is closed or full, nobody listens."""
    if not quiet:
        with suppress(OSError, ValueError):
            typer.echo(for_terminal(line), err=True)


def print_line(line: object) -> None:
    """A line of results, or several: whatever stands in it, a terminal shows it and does nothing else."""
    typer.echo(for_terminal(str(line)))


def tell_page(page: str) -> None:
    """A rendered page, which sets words of the other direction apart; templates of one's own escape nothing."""
    typer.echo(_NOT_ON_A_PAGE.sub("", _encodable(page).rstrip("\n")))


def for_terminal(text: str) -> str:
    """The text without what a terminal would obey, and without what nobody sees: escapes, other control characters,
    marks of direction, zero-width characters. Line breaks stay."""
    from briefing.clean.invisible import without_invisible

    return "\n".join(without_invisible(_BLANK.sub(" ", line)) for line in _encodable(text).split("\n"))


class TerminalFormatter(logging.Formatter):
    """What libraries log, as a terminal may have it."""

    def format(self, record: logging.LogRecord) -> str:
        return for_terminal(super().format(record))


def _encodable(text: str) -> str:
    """With bytes of a file name that are no characters, and halves of some, written out."""
    return text.encode(errors="backslashreplace").decode()


_BLANK = re.compile("[\t\v\f\r\x1c-\x1f\x85\u2028\u2029]")
# All that a terminal obeys or nobody sees, but for isolates and joiners: pages need these.
_NOT_ON_A_PAGE = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u200b\u200e\u200f\u202a-\u202e\u2060-\u2065\u206a-\u206f\ufeff]"
)


@contextmanager
def progress(total: int, what: str, *, quiet: bool) -> Iterator[Callable[[int], None]]:
    """A bar on a terminal for long work; silence in a pipe."""
    if quiet or total < 20 or sys.stderr is None or not sys.stderr.isatty():
        yield lambda done: None
        return
    from rich.console import Console
    from rich.progress import Progress

    with Progress(console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task(what, total=total)
        yield lambda done: bar.advance(task, done)


def _date(value: str, name: str) -> date:
    try:
        return date.fromisoformat(value)
    except ValueError as error:
        raise ConfigError(f"{name} {value!r}: not a date; write it as 2026-06-23") from error


def _since(value: str, timezone: str) -> datetime:
    """A date or time in the desk's zone, or a span back from now, as in 24h or 7d."""
    from zoneinfo import ZoneInfo

    if value[:-1].isdecimal() and value[-1:] in ("h", "d"):
        try:
            return datetime.now(UTC) - _span(value)
        except OverflowError as error:
            raise ConfigError(f"--since {value!r}: too long ago") from error
    try:
        moment = datetime.fromisoformat(value)
    except ValueError as error:
        raise ConfigError(
            f"--since {value!r}: write a date (2026-06-23), a time (2026-06-23T07:00) or 24h, 7d"
        ) from error
    try:
        return (moment if moment.tzinfo else moment.replace(tzinfo=ZoneInfo(timezone))).astimezone(UTC)
    except OverflowError as error:
        raise ConfigError(f"--since {value!r}: too long ago") from error


def _span(value: str) -> timedelta:
    return timedelta(hours=int(value[:-1])) if value.endswith("h") else timedelta(days=int(value[:-1]))


def period_of(since: str | None, day: str | None, timezone: str) -> Period | None:
    """The period that --since or --date asks for; None for neither."""
    from briefing.stories.coverage import Period

    if since is not None and day is not None:
        raise ConfigError("--since and --date exclude each other: --date is for one day")
    if day is not None:
        return Period.of_day(_date(day, "--date"), timezone)
    return None if since is None else Period(since=_since(since, timezone))


def formats_of(given: Sequence[str] | None) -> list[str]:
    """The formats that are asked for; none asked for: the usual ones."""
    for name in given or ():
        if name not in OUTPUTS:
            raise ConfigError(f"--format {name!r}: not one of {', '.join(OUTPUTS)}")
    return [output.name for output in OUTPUTS.values() if (output.name in given if given else output.is_usual)]


def many(number: int, noun: str) -> str:
    """The number and its noun, as in "3 posts"."""
    return f"{number} {noun}{'' if number == 1 else 's'}"


def code_of(error: BriefingError) -> int:
    """The exit code an error ends the run with."""
    codes: list[tuple[type[BriefingError], int]] = [
        (DigestError, EXIT_UNVERIFIED),
        (ConfigError, EXIT_USAGE),
        (ModelError, EXIT_OPERATOR),
        (DeliveryError, EXIT_OPERATOR),
        (BudgetError, EXIT_PARTLY),
    ]
    return next((code for kind, code in codes if isinstance(error, kind)), EXIT_NOTHING)


def tell_withheld(claims: Iterable[Claim]) -> None:
    """The lines that are not shown, each with the reason."""
    for claim in claims:
        numbers = " ".join(f"[{evidence.sentence}]" for evidence in claim.evidence)
        reasons = "; ".join(claim.check.reasons) if claim.check else ""
        rows = f" (found by {'; '.join(claim.check.rows)})" if claim.check and claim.check.rows else ""
        what = "left out, nobody has read it" if claim.check and claim.check.verdict == "unread" else "withheld"
        say(f"{what}: {claim.text} {numbers}: {reasons}{rows}")
