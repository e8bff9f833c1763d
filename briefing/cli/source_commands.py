"""The commands for the desk's sources: try them, and write them into a briefing.toml."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from briefing.cli.console import EXIT_DONE, EXIT_NOTHING, EXIT_PARTLY, Debug, Quiet, print_line, progress, say
from briefing.cli.digest_commands import sources_given
from briefing.exceptions import ConfigError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from briefing.config import Settings
    from briefing.types import Source
    from briefing.workflow.gathering import SourceTrial


def init(
    addresses: Annotated[list[str], typer.Argument(metavar="ADDRESS...", help="Addresses of sites, feeds or pages.")],
    *,
    opml: Annotated[Path | None, typer.Option(metavar="FILE", help="Take the feeds of an OPML file, too.")] = None,
    force: Annotated[bool, typer.Option("--force", help="Replace a briefing.toml that is there.")] = False,
    quiet: Quiet = False,
    debug: Debug = False,
) -> None:
    """Try the addresses and write a commented briefing.toml that names them as sources.

    \b
    briefing init https://example.org/en https://example.com/feed
    """
    from briefing.config import TOML, settings, source_name
    from briefing.types import Source, encodable

    target = Path(TOML)
    if target.exists() and not force:
        raise ConfigError(f"{TOML} is there already; add [[sources]] to it by hand, or replace it with --force")
    given = [Source(source_name(address), address) for address in addresses] + _of_opml(opml)
    tried = _tried(given, settings(), quiet)
    target.write_text(encodable(_toml(tried)), encoding="utf-8")
    print_line(target)
    _tell(tried)
    raise typer.Exit(_outcome(tried))


def _of_opml(path: Path | None) -> list[Source]:
    from briefing.fetch.sandbox import worker_returns
    from briefing.sources.opml import sources_from_opml
    from briefing.sources.source_kind import SECONDS

    if path is None:
        return []
    try:
        return worker_returns(
            partial(sources_from_opml, path.read_bytes(), source=str(path)), seconds=SECONDS, source=str(path)
        )
    except OSError as error:
        raise ConfigError(f"{path}: cannot be read: {error.strerror}") from error


def try_sources(
    given: Annotated[
        list[str] | None, typer.Argument(metavar="SOURCE...", help="By default those of briefing.toml.")
    ] = None,
    *,
    quiet: Quiet = False,
    debug: Debug = False,
) -> None:
    """Try each source and print what it is: kind, number of posts, newest, language, problems. Nothing is kept."""
    from briefing.config import settings

    config = settings()
    tried = _tried(sources_given(given or [], config), config, quiet)
    _tell(tried)
    raise typer.Exit(_outcome(tried))


def _tried(found: Sequence[Source], config: Settings, quiet: bool) -> list[SourceTrial]:
    from briefing.workflow.gathering import VisitContext, rules_of, try_all
    from briefing.workflow.pipeline import run

    with progress(len(found), "sources", quiet=quiet) as tell:
        return run(try_all(found, VisitContext(now=datetime.now(UTC), rules=rules_of(config)), tell=tell))


def _outcome(tried: Sequence[SourceTrial]) -> int:
    failed = sum(one.failure is not None for one in tried)
    return EXIT_DONE if not failed else EXIT_NOTHING if failed == len(tried) else EXIT_PARTLY


def _tell(tried: Sequence[SourceTrial]) -> None:
    """A line a source, in columns, and its problems below it."""
    rows = [("source", "kind", "posts", "newest", "language")]
    rows += [(one.source.name, one.kind or "-", str(one.posts), _day(one.newest), one.language or "-") for one in tried]
    widths = [max(len(row[column]) for row in rows) for column in range(len(rows[0]))]
    for row, problems in zip(rows, [(), *(one.problems for one in tried)], strict=True):
        print_line("  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip())
        for problem in problems:
            say(f"  {problem}")


def _day(moment: datetime | None) -> str:
    return f"{moment:%Y-%m-%d %H:%M}" if moment else "-"


_HEAD = """\
# The desk's settings. `briefing config` shows what holds, `briefing sources` tries every source.
# Keys and passwords do not belong here: set them in the environment or in .env.

# timezone = "Europe/Paris"          # days begin and end here; default UTC
# language = "en"                    # of the labels, and of what a model writes
# reader = "the press officer of an embassy"
# contact = "https://example.org/about"   # told to the sites you read, in the User-Agent
# model = "gpt-5.4-mini"             # asked where OPENAI_API_KEY or OPENAI_BASE_URL is set
# max_usd = 1.00                     # never spend more than this in one run
"""
_TAIL = """
# What is known of a source stands beside what it says:
# owner = "", leaning = "", country = "", weight = 1.0, section = "World", language = "fr",
# categories = ["world"], tags = [], include = ["Gaza"], exclude = ["sport"],
# full_text = true                   # load the page behind a feed's excerpt

# Questions that every digest answers, or says are not answered in its posts:
# [[questions]]
# text = "What is Morocco's role?"

# A newsletter; `briefing newsletter run`, from cron or a timer, makes and sends what is due:
# [[newsletters]]
# name = "morning"
# title = "Morning brief"
# schedule = "0 7 * * 1-5"
# from = "Desk <desk@example.org>"
# recipients = "recipients.csv"
"""


def _toml(tried: Sequence[SourceTrial]) -> str:
    return _HEAD + "".join(map(_table, tried)) + _TAIL


def _table(one: SourceTrial) -> str:
    lines = [
        "[[sources]]",
        f"name = {_quoted(' '.join(one.name.split()) or one.source.name)}",
        f"address = {_quoted(one.source.address)}",
    ]
    if one.kind:
        lines.append(f"kind = {_quoted(one.kind)}")
    if one.failure is not None:
        lines = [f"# {line}" for line in (f"could not be read: {' '.join(one.failure.split())}", *lines)]
    return "\n" + "\n".join(lines) + "\n"


def _quoted(text: str) -> str:
    """A TOML basic string: JSON's escapes are among its own."""
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")
