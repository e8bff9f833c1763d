"""The commands for newsletters: made, looked at, decided on, sent, and the people who want no more of them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from briefing.cli.console import (
    EXIT_DONE,
    EXIT_NOTHING,
    EXIT_OPERATOR,
    EXIT_PARTLY,
    EXIT_UNVERIFIED,
    EXIT_USAGE,
    Debug,
    Quiet,
    code_of,
    many,
    print_line,
    say,
    tell_page,
)
from briefing.cli.digest_commands import piped_in
from briefing.exceptions import ConfigError

if TYPE_CHECKING:
    from briefing.newsletter.commands import CommandResult
    from briefing.newsletter.issues import IssueRecord
    from briefing.newsletter.scheduler import IssueStatus, Press
    from briefing.newsletter.subscribers import Suppression, Suppressions

newsletter_app = typer.Typer(
    name="newsletter",
    help="Newsletters of briefing.toml: build, preview, approve, send; each recipient once.",
    rich_markup_mode=None,
)

Name = Annotated[str, typer.Argument(metavar="NAME", help="The newsletter's name in briefing.toml.")]
Day = Annotated[str, typer.Argument(metavar="DATE", help="The issue's date; 2026-11-23/1 is its first correction.")]
MaybeDay = Annotated[str | None, typer.Argument(metavar="DATE", help="The issue's date; by default the newest.")]
By = Annotated[str, typer.Option("--by", metavar="WHO", help="Who decides; it is recorded.")]
Force = Annotated[bool, typer.Option("--force", help="The database, and the clock, are the right ones: go on.")]
AddressArgument = Annotated[str, typer.Argument(metavar="ADDRESS", help="An e-mail address.")]
# The worst that happened decides: what the operator has to set right, then what is missing.
_WORST = (EXIT_DONE, EXIT_PARTLY, EXIT_NOTHING, EXIT_OPERATOR, EXIT_USAGE)


@contextmanager
def _press(*, quiet: bool = False) -> Iterator[Press]:
    """The newsletters at work; somebody else at work already is no error."""
    from briefing.config import settings
    from briefing.newsletter.commands import BusyError
    from briefing.newsletter.outbox import AlreadySendingError
    from briefing.newsletter.scheduler import Press

    try:
        with Press.opened(settings(), clock=_now, tell=lambda line: say(line, quiet=quiet)) as press:
            yield press
    except (BusyError, AlreadySendingError) as error:
        say(str(error), quiet=quiet)
        raise typer.Exit(EXIT_DONE) from error


def _now() -> datetime:
    return datetime.now(UTC)


def _day(text: str | None) -> date | None:
    try:
        return None if text is None else date.fromisoformat(text)
    except ValueError as error:
        raise ConfigError(f"{text!r}: not a date; write it as 2026-06-23") from error


def _tell(done: Iterable[CommandResult], *, quiet: bool = False) -> int:
    """A line for each, what failed on stderr; the exit code of the worst."""
    worst = EXIT_DONE
    for one in done:
        if one.error is not None:
            say(f"briefing: {one}")
        elif not quiet or one.is_partly:
            print_line(str(one))
        code = code_of(one.error) if one.error else EXIT_PARTLY if one.is_partly else EXIT_DONE
        worst = max(worst, code, key=_WORST.index)
    return worst


@newsletter_app.command()
def build(
    name: Name,
    *,
    date: Annotated[str | None, typer.Option(metavar="DAY", help="The issue's date; by default today.")] = None,
    quiet: Quiet = False,
    debug: Debug = False,
) -> None:
    """Make the issue of a date and freeze it; made again, it is another one and needs a new approval.

    \b
    briefing newsletter build morning
    briefing newsletter build morning --date 2026-06-23
    """
    with _press(quiet=quiet) as press:
        raise typer.Exit(_tell([press.build(press.newsletter(name), _day(date))]))


@newsletter_app.command()
def preview(
    name: Name,
    day: MaybeDay = None,
    *,
    html: Annotated[
        Path | None, typer.Option("--html", metavar="FILE", help="Write its HTML to a file to look at instead.")
    ] = None,
    quiet: Quiet = False,
    debug: Debug = False,
) -> None:
    """Print what an issue's readers get, and say what is wrong with the message."""
    with _press(quiet=quiet) as press:
        newsletter = press.newsletter(name)
        record = press.record(newsletter, day)
        frozen, wrong = press.preview(newsletter, record)
        folder = press.folder(newsletter, record)
    if html is None:
        tell_page(f"Subject: {frozen.issue.subject}\n\n{frozen.issue.text}")
    else:
        _write(html, frozen.issue.html)
        print_line(html)
    say(f"{record.id}: {record.state}, {record.hash[:12]}, in {folder}", quiet=quiet)
    for line in wrong:
        say(f"{record.id}: {line}")
    raise typer.Exit(EXIT_PARTLY if wrong else EXIT_DONE)


def _write(path: Path, text: str) -> None:
    try:
        path.write_text(text, encoding="utf-8")
    except OSError as error:
        raise ConfigError(f"{path}: cannot be written: {error.strerror}") from error


@newsletter_app.command()
def diff(name: Name, day: MaybeDay = None, *, debug: Debug = False) -> None:
    """Print how an issue's text differs from the one that went out before it."""
    with _press() as press:
        newsletter = press.newsletter(name)
        for line in press.diff(newsletter, press.record(newsletter, day)):
            print_line(line)


@newsletter_app.command("edit")
def edit_issue(
    name: Name,
    day: Day,
    *,
    by: By = "",
    quiet: Quiet = False,
    debug: Debug = False,
) -> None:
    """Write the file in which a person edits an issue; once it is edited, check it and freeze the issue anew.

    \b
    briefing newsletter edit morning 2026-06-23              prints the file's path
    briefing newsletter edit morning 2026-06-23 --by Ann     applies what was edited in it
    """
    from briefing.workflow.editing import EditError

    try:
        with _press(quiet=quiet) as press:
            newsletter = press.newsletter(name)
            path, done = press.edit(newsletter, press.record(newsletter, day), who=by)
    except EditError as error:
        if not error.is_unsupported:
            raise
        for line in error.lines:
            say(line)
        say("nothing was changed: change these lines, or mark them [own] as your own words", quiet=quiet)
        raise typer.Exit(EXIT_UNVERIFIED) from error
    if done is not None:
        raise typer.Exit(_tell([done]))
    print_line(path)
    say(f"edit this file, then `briefing newsletter edit {name} {day} --by NAME` applies it", quiet=quiet)


@newsletter_app.command("test")
def send_test(name: Name, address: AddressArgument, day: MaybeDay = None, *, debug: Debug = False) -> None:
    """Send an issue to one address, as its readers would get it."""
    with _press() as press:
        newsletter = press.newsletter(name)
        raise typer.Exit(_tell([press.test(newsletter, press.record(newsletter, day), address)]))


@newsletter_app.command()
def approve(
    name: Name,
    day: Day,
    *,
    by: By,
    as_it_is: Annotated[
        bool, typer.Option("--as-it-is", help="Though posts that it cites have changed since it was built.")
    ] = False,
    debug: Debug = False,
) -> None:
    """Let an issue go out, these very bytes of it; its posts are asked for once more first."""
    with _press() as press:
        newsletter = press.newsletter(name)
        record = press.record(newsletter, day)
        raise typer.Exit(_tell([press.approve(newsletter, record, who=_who(by), as_it_is=as_it_is)]))


@newsletter_app.command()
def reject(
    name: Name,
    day: Day,
    *,
    by: By,
    why: Annotated[str, typer.Option(metavar="WHY", help="The reason; it is recorded.")] = "",
    debug: Debug = False,
) -> None:
    """Keep an issue from going out."""
    with _press() as press:
        newsletter = press.newsletter(name)
        raise typer.Exit(_tell([press.reject(press.record(newsletter, day), who=_who(by), why=why)]))


def _who(by: str) -> str:
    if not by.strip():
        raise ConfigError("--by is empty: say who decides")
    return by.strip()


@newsletter_app.command()
def send(
    name: Name,
    day: Day,
    *,
    late: Annotated[bool, typer.Option("--late", help="Though it is too late to go out by itself.")] = False,
    force: Force = False,
    debug: Debug = False,
) -> None:
    """Send an issue now, or go on with one that is on its way."""
    with _press() as press:
        newsletter = press.newsletter(name)
        record = press.record(newsletter, day)
        raise typer.Exit(_tell([press.send(newsletter, record, is_late=late, force=force)]))


@newsletter_app.command()
def resend(
    name: Name,
    day: Day,
    *,
    uncertain: Annotated[
        bool, typer.Option("--uncertain", help="Those of whom nobody knows whether they got it; they may get it twice.")
    ] = False,
    to: Annotated[list[str] | None, typer.Option(metavar="ADDRESS", help="Only this one; repeat for several.")] = None,
    force: Force = False,
    debug: Debug = False,
) -> None:
    """Send an issue once more to those who may not have got it; only ever by hand."""
    if not uncertain:
        raise ConfigError("resend: say --uncertain; all others got it, or were refused")
    with _press() as press:
        newsletter = press.newsletter(name)
        record = press.record(newsletter, day)
        raise typer.Exit(_tell([press.resend(newsletter, record, addresses=to, force=force)]))


@newsletter_app.command()
def resume(name: Name, day: Day, *, debug: Debug = False) -> None:
    """Go on with an issue that was paused; the next run sends it."""
    with _press() as press:
        newsletter = press.newsletter(name)
        raise typer.Exit(_tell([press.resume(press.record(newsletter, day))]))


@newsletter_app.command()
def correct(
    name: Name,
    day: Day,
    *,
    text: Annotated[str, typer.Option(metavar="TEXT", help="What was wrong, and what is right.")] = "",
    file: Annotated[Path | None, typer.Option(metavar="FILE", help="The text in a file; - for stdin.")] = None,
    debug: Debug = False,
) -> None:
    """Make a correction to those who got an issue; it is approved and sent like an issue."""
    if bool(text.strip()) == (file is not None):
        raise ConfigError("correct: give either --text or --file")
    words = text if file is None else _read(file)
    with _press() as press:
        newsletter = press.newsletter(name)
        raise typer.Exit(_tell([press.correct(newsletter, press.record(newsletter, day), words)]))


@newsletter_app.command()
def status(
    name: Annotated[str | None, typer.Argument(metavar="NAME", help="By default all newsletters.")] = None,
    *,
    debug: Debug = False,
) -> None:
    """Say where the issues are, who got them (audience = sent + refused + …), and what needs a person."""
    with _press() as press:
        wanted = [press.newsletter(name)] if name else press.settings.newsletters
        if not wanted:
            say("no newsletter; add [[newsletters]] to briefing.toml")
        for newsletter in wanted:
            print_line(f"{newsletter.name}: {press.next_due(newsletter)}")
            for standing in press.standings(newsletter):
                _tell_standing(standing)


def _tell_standing(standing: IssueStatus) -> None:
    record = standing.record
    about = f"  {record.day}  {standing.state}"
    if record.hash:
        about += f"  {record.hash[:12]}  {record.subject}"
    print_line(about)
    if standing.counts is not None:
        print_line(f"    {standing.counts}")
    for need in standing.needs:
        print_line(f"    ! {need}")


@newsletter_app.command()
def log(name: Name, day: Day, *, debug: Debug = False) -> None:
    """Print what was decided about an issue: when, by whom, on which bytes."""
    with _press() as press:
        record: IssueRecord = press.record(press.newsletter(name), day)
        for act in press.issues.acts(record.id):
            why = f": {act.why}" if act.why else ""
            print_line(f"{act.at:%Y-%m-%d %H:%M} UTC  {act.act} {act.hash[:12]} by {act.who or 'somebody'}{why}")


@newsletter_app.command("run")
def run_due(
    names: Annotated[list[str] | None, typer.Argument(metavar="NAME...", help="By default all newsletters.")] = None,
    *,
    force: Force = False,
    quiet: Quiet = False,
    debug: Debug = False,
) -> None:
    """Make and send whatever is due now, and exit; safe to call every minute, and from two machines."""
    with _press(quiet=quiet) as press:
        raise typer.Exit(_tell(press.run(names or [], force=force), quiet=quiet))


@newsletter_app.command()
def suppress(
    address: AddressArgument,
    *,
    why: Annotated[str, typer.Option(metavar="WHY", help="The reason; it is kept.")] = "",
    debug: Debug = False,
) -> None:
    """Send nothing more to an address, of any newsletter."""
    from briefing.newsletter.subscribers import Suppression

    _suppress([Suppression("by hand", _normalised(address), note=why)])


@newsletter_app.command()
def unsubscribe(name: Name, address: AddressArgument, *, debug: Debug = False) -> None:
    """Send an address nothing more of one newsletter."""
    from briefing.newsletter.subscribers import Suppression

    _suppress([Suppression("unsubscribed", _normalised(address), newsletter=name)], name=name)


@newsletter_app.command("import-unsubscribes")
def import_unsubscribes(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="A CSV with a column token or address, or - for stdin.")],
    *,
    newsletter: Annotated[
        str, typer.Option(metavar="NAME", help="Of which newsletter the addresses unsubscribed; by default of all.")
    ] = "",
    debug: Debug = False,
) -> None:
    """Read who unsubscribed: the tokens that the web server wrote down, or addresses."""
    from briefing.newsletter.subscribers import unsubscribes

    _import(unsubscribes(_read(file), newsletter=newsletter, name=str(file)), file, name=newsletter)


@newsletter_app.command("import-bounces")
def import_bounces(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="A CSV: address, and kind or status; - for stdin.")],
    *,
    debug: Debug = False,
) -> None:
    """Read whose mail came back for good, or who complained."""
    from briefing.newsletter.subscribers import bounces

    _import(bounces(_read(file), name=str(file)), file)


@newsletter_app.command()
def secret(*, debug: Debug = False) -> None:
    """Print the secret by which a web server checks unsubscribe links, where it was made here."""
    with _press() as press:
        made = press.issues.made_secret()
    if made is None:
        raise ConfigError("the secret is the one in BRIEFING_UNSUBSCRIBE_SECRET; it is not kept here")
    print_line(made)


def _import(found: Suppressions, file: Path, *, name: str = "") -> None:
    for line in found.rejected:
        say(f"{file} line {line.line}: {line.why}")
    if found.rejected and not found.accepted:
        raise ConfigError(f"{file}: no line of it could be used")
    _suppress(found.accepted, name=name, rejected=len(found.rejected))


def _suppress(suppressions: Iterable[Suppression], *, name: str = "", rejected: int = 0) -> None:
    with _press() as press:
        if name:
            press.newsletter(name)
        some = list(suppressions)
        new, forged = press.outbox.suppress(some)
    print_line(f"{new} suppressed, {len(some) - new - forged} were already")
    if forged:
        say(f"{many(forged, 'token')} not made here, left out")
    raise typer.Exit(EXIT_PARTLY if forged or rejected else EXIT_DONE)


def _normalised(address: str) -> str:
    from briefing.newsletter.subscribers import parse_address

    try:
        return parse_address(address).normalised
    except ValueError as error:
        raise ConfigError(str(error)) from error


def _read(path: Path) -> str:
    try:
        return (piped_in() if str(path) == "-" else path.read_bytes()).decode("utf-8-sig")
    except (OSError, ValueError) as error:
        raise ConfigError(f"{path}: cannot be read: {error}") from error
