"""The commands that let a person edit a finished digest, and that build the archive of those stored."""

from __future__ import annotations

import json
import shlex
import subprocess
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, NoReturn

import typer

from briefing.cli.console import (
    EXIT_DONE,
    EXIT_NOTHING,
    EXIT_UNVERIFIED,
    Debug,
    Quiet,
    Templates,
    many,
    print_line,
    say,
)
from briefing.exceptions import ConfigError

if TYPE_CHECKING:
    from datetime import datetime

    from briefing.archive.timelines import ArchivedDigest
    from briefing.store import Store
    from briefing.types import Digest


def edit(
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="The folder of a finished digest.")],
    *,
    open_it: Annotated[bool, typer.Option("--open", help="Open it in $VISUAL or $EDITOR.")] = False,
    debug: Debug = False,
) -> None:
    """Write the file in which a person edits a digest, and print its path; `briefing render DIR` applies it.

    \b
    briefing edit digest/ --open
    briefing render digest/
    """
    from briefing.workflow.editing import start

    path = start(folder)
    print_line(path)
    if open_it:
        _open(path)


def _open(path: Path) -> None:
    from briefing.config import editor

    command = editor()
    if not command:
        raise ConfigError("neither VISUAL nor EDITOR names an editor; open the file yourself")
    try:
        subprocess.run([*shlex.split(command), str(path)], check=True)
    except (OSError, ValueError, subprocess.CalledProcessError) as error:
        raise ConfigError(f"{command}: {error}") from error


def render_edited(folder: Path, *, templates: Path | None, quiet: bool = False) -> NoReturn:
    """Render a finished digest again, with the edit beside it; a line that does not stand ends it with code 5."""
    from briefing.language.annotation import annotate
    from briefing.workflow.digest_folder import read_digest_folder
    from briefing.workflow.editing import EditError, render_folder
    from briefing.workflow.recheck import editors, lines

    try:
        rendered = render_folder(folder, templates=templates)
    except EditError as error:
        if not error.is_unsupported:
            raise
        for line in error.lines:
            say(line)
        say("nothing was rendered: change these lines, or mark them [own] as your own words", quiet=quiet)
        raise typer.Exit(EXIT_UNVERIFIED) from error
    for path in rendered.paths:
        print_line(path)
    if rendered.made and rendered.made.until:
        _remember(rendered.made, rendered.digest)
    mine, unchecked = editors(rendered.digest)
    if mine:
        say(f"{many(mine, 'line')} of the editor's, {unchecked} of them without evidence", quiet=quiet)
    finished, cleaned = read_digest_folder(folder)
    documents = {key: annotate(document) for key, document in cleaned.items()}
    fallen = [f"{name}: {'; '.join(why)}" for name, why in lines(finished, documents) if why]
    for line in fallen:
        say(line)
    raise typer.Exit(EXIT_UNVERIFIED if fallen else EXIT_DONE)


def _remember(made: Digest, digest: Digest) -> None:
    """So that the archive shows the digest as it was edited; a digest that is not stored is none of its."""
    from briefing.config import settings
    from briefing.workflow.editing import remember_edit
    from briefing.workflow.engines import open_store

    try:
        with open_store(settings()) as store:
            remember_edit(store, made, digest)
    except ConfigError as error:
        say(f"the archive still has the digest as it was made: {error}")


def archive(
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="Where the site is written.")],
    *,
    series: Annotated[
        str | None, typer.Option(metavar="NAME", help="One series only: its name, or the end of it.")
    ] = None,
    since: Annotated[
        str | None, typer.Option(metavar="WHEN", help="Digests since 2026-06-23, or of the last 30d.")
    ] = None,
    title: Annotated[str, typer.Option(metavar="TITLE", help="The site's title.")] = "",
    url: Annotated[str, typer.Option(metavar="URL", help="Where the site will stand; for the feed.")] = "",
    templates: Templates = None,
    quiet: Quiet = False,
    debug: Debug = False,
) -> None:
    """Build a static site of the digests stored: by day, by story, by question, with a feed; it reads from disk.

    \b
    briefing archive site/
    briefing archive site/ --since 90d --url https://example.org/briefings/
    """
    from briefing.archive.archive_folder import write_site
    from briefing.archive.site import site
    from briefing.cli.console import period_of
    from briefing.config import settings
    from briefing.workflow.engines import open_store

    config = settings(templates=templates)
    period = period_of(since, None, config.timezone)
    with open_store(config) as store:
        names = _series(store, series)
        stored = list(_stored(store, names, period.since if period else None))
        if not stored:
            say("no digest is stored; `briefing digest` of a live source stores what it makes")
            raise typer.Exit(EXIT_NOTHING)
        known = list(known_stories(store, names))
    files, changed = write_site(site(stored, known=known, title=title, url=url, templates=config.templates), folder)
    print_line(folder / "index.html")
    say(f"{many(len(stored), 'digest')}; {many(files, 'file')}, {changed} of them new or changed", quiet=quiet)


def _series(store: Store, name: str | None) -> list[str]:
    """The series of that name, or whose name ends with it; all of them, where none is given."""
    names = store.series()
    found = [one for one in names if name in (None, one) or Path(one).name == name]
    if name is not None and not found:
        raise ConfigError(f"--series {name!r}: there is none of that name; there are {', '.join(names) or 'none'}")
    return found


def _stored(store: Store, names: list[str], since: datetime | None) -> Iterator[ArchivedDigest]:
    from briefing.archive.timelines import ArchivedDigest
    from briefing.render.schema import from_json

    for name in names:
        for record in store.digests(name, since):
            try:
                yield ArchivedDigest(name, record.since, record.until, from_json(record.digest))
            except ValueError as error:
                say(f"the digest of {record.made_at:%Y-%m-%d %H:%M} was left out: {str(error).splitlines()[0]}")


def known_stories(store: Store, names: Iterable[str]) -> Iterator[tuple[str, list[str]]]:
    """The posts that the store remembers as one story."""
    for name in names:
        for told in store.briefed(name):
            yield name, list(json.loads(told.record).get("posts", ()))
