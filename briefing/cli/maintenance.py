"""The commands that look after what is there: what is not as it should be, and a copy of the database."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from briefing.cli.console import Debug, Quiet, code_of, print_line
from briefing.exceptions import ConfigError


def doctor(
    *,
    ask: Annotated[
        bool, typer.Option("--ask", help="Let the model answer with one token: the only thing here that may cost.")
    ] = False,
    quiet: Quiet = False,
    debug: Debug = False,
) -> None:
    """Try settings, model, sources, database, clock, mail server and newsletters: each line ok, or what to do.

    Nothing is sent. "look" lines are for you to see to. Exit code 4 where a setting is wrong, 3 for the rest.
    """
    from datetime import UTC, datetime

    from briefing.cli.doctor import DoctorFinding, examine, examine_settings, exit_code
    from briefing.config import effective_settings, names_given, settings
    from briefing.workflow.pipeline import run

    def tell(findings: list[DoctorFinding]) -> list[DoctorFinding]:
        for finding in findings:
            if finding.state != "ok" or not quiet:
                print_line(finding)
        return findings

    try:
        config, all_settings = settings(), effective_settings()
    except ConfigError as error:
        raise typer.Exit(exit_code(tell([DoctorFinding("fix", "settings", str(error), code_of(error))]))) from error
    found = tell(list(examine_settings(all_settings, names_given(), Path(".env"))))
    found += tell(run(examine(config, clock=lambda: datetime.now(UTC), ask=ask)))
    raise typer.Exit(exit_code(found))


def backup(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="Where the copy is written; must not exist.")],
    *,
    debug: Debug = False,
) -> None:
    """Copy the whole database into one file, whatever runs meanwhile, and check the copy."""
    from briefing.config import settings
    from briefing.workflow.engines import open_store

    with open_store(settings()) as store:
        store.backup(file)
        source = store.database.shown
    _check_copy(file)
    print_line(f"{file}: {_size(file.stat().st_size)}, a copy of {source}")


def _check_copy(file: Path) -> None:
    import sqlite3
    from contextlib import closing

    try:
        with closing(sqlite3.connect(f"{file.resolve().as_uri()}?mode=ro", uri=True)) as copy:
            found = copy.execute("PRAGMA integrity_check(1)").fetchone()[0]
    except sqlite3.Error as error:
        found = str(error)
    if found != "ok":
        raise ConfigError(f"{file}: the copy is damaged, and so is the database, or one of their disks: {found}")


def _size(octets: int) -> str:
    return f"{octets / 1e6:.1f} MB" if octets >= 1e5 else f"{octets / 1e3:.0f} kB"
