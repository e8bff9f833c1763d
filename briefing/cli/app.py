"""The command line put together: arguments in, exit code out."""

from __future__ import annotations

import io
import logging
import os
import sys
import traceback
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Annotated, Final, NoReturn

import typer

from briefing.cli import (
    ask_command,
    check_command,
    digest_commands,
    edit_commands,
    inspect,
    maintenance,
    newsletter_commands,
    source_commands,
)
from briefing.cli.console import EXIT_DONE, EXIT_NOTHING, EXIT_USAGE, TerminalFormatter, code_of, print_line, say
from briefing.exceptions import BriefingError

app = typer.Typer(
    name="briefing",
    help="Briefings you can check: digests of posts in which every line points at the sentences it rests on.",
    epilog="Exit codes: 0 done, 1 nothing done, 2 partly done, 3 needs the operator, 4 usage or configuration, "
    "5 a digest that does not verify.",
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
)


_COMMANDS: Final[dict[str, Callable[..., None]]] = {
    "digest": digest_commands.digest,
    "ask": ask_command.ask_posts,
    "check": check_command.check_text,
    "summarise": digest_commands.summarise_source,
    "verify": digest_commands.verify_folder,
    "render": digest_commands.render_digest,
    "edit": edit_commands.edit,
    "archive": edit_commands.archive,
    "init": source_commands.init,
    "sources": source_commands.try_sources,
    "config": inspect.config,
    "schema": inspect.schema,
    "doctor": maintenance.doctor,
    "backup": maintenance.backup,
}
for name, command in _COMMANDS.items():
    app.command(name)(command)
app.add_typer(inspect.prompts_app)
app.add_typer(inspect.cache_app)
app.add_typer(newsletter_commands.newsletter_app)


def _version(value: bool) -> None:
    if value:
        from importlib.metadata import version

        print_line(f"briefing {version('briefing')}")
        raise typer.Exit


@app.callback()
def _callback(
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Print the version.")
    ] = False,
) -> None:
    pass


def main(arguments: Sequence[str] | None = None) -> NoReturn:
    """Run the command line and exit: one clear line on stderr for what went wrong, a traceback only with --debug."""
    given = list(sys.argv[1:] if arguments is None else arguments) or ["--help"]
    debug = "--debug" in given
    logging.basicConfig(level=logging.DEBUG if debug else logging.ERROR)
    for handler in logging.getLogger().handlers:
        handler.setFormatter(TerminalFormatter(logging.BASIC_FORMAT))
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(errors="backslashreplace")  # as stderr: a path may hold what no encoder takes
    code = _code(given, debug=debug)
    sys.exit(_code_once_flushed(code))


def _code(given: list[str], *, debug: bool) -> int:
    """What the command ends with, whatever it raises."""
    try:
        code = app(given, standalone_mode=False)
    except typer.TyperException as error:
        said = error.format_message().replace("Value error, ", "").rstrip(".")
        say(f"briefing: {said}; see `briefing --help`")
        return EXIT_USAGE
    except BriefingError as error:
        if debug:
            say(traceback.format_exc())
        say(f"briefing: {error}")
        return code_of(error)
    except (typer.Abort, KeyboardInterrupt):
        return 130
    except BrokenPipeError:
        _to_nowhere()
        return EXIT_DONE
    except SystemExit as error:
        if isinstance(error.__context__, BrokenPipeError):  # which Typer ends with an exit of its own
            _to_nowhere()
            return EXIT_DONE
        return error.code if isinstance(error.code, int) else EXIT_NOTHING
    except Exception as error:  # noqa: BLE001 - the last net
        if debug:
            say(traceback.format_exc())
        say(f"briefing: {_unforeseen(error)}")
        return EXIT_NOTHING
    return code if isinstance(code, int) else EXIT_DONE


def _unforeseen(error: Exception) -> str:
    """What happened, in one line: what the system refuses by its own words, anything else as the mistake it is."""
    if isinstance(error, OSError) and error.strerror:
        is_printing = any(frame.name == typer.echo.__name__ for frame in traceback.extract_tb(error.__traceback__))
        what = error.filename or ("standard output" if is_printing else "")
        return f"{what}: {error.strerror}" if what else error.strerror
    if isinstance(error, MemoryError):
        return "there is not enough memory for it"
    where = traceback.extract_tb(error.__traceback__)[-1:]
    at = "".join(f", at {Path(frame.filename).name}:{frame.lineno}" for frame in where)
    said = " ".join(str(error).split())[:_MOST_SAID]
    what = f"{type(error).__name__}{f': {said}' if said else ''}{at}"
    return (
        f"a mistake in briefing itself ({what}); please report it where you got briefing, with what you ran and what"
        " --debug shows"
    )


_MOST_SAID = 200


def _code_once_flushed(code: int) -> int:
    """The exit code; where standard output cannot take what was printed, that is told, and the code is never 0."""
    failure = _flush_failure()
    if failure is None:
        return code
    _to_nowhere()
    if isinstance(failure, BrokenPipeError):  # its reader has what it wants
        return code
    say(f"briefing: standard output: {getattr(failure, 'strerror', None) or failure}")
    return code or EXIT_NOTHING


def _flush_failure() -> OSError | ValueError | None:
    """Why standard output does not take what was printed; one that was closed from the start takes everything."""
    try:
        if sys.stdout is not None:
            sys.stdout.flush()
    except (OSError, ValueError) as error:
        return error
    return None


def _to_nowhere() -> None:
    """What is left to flush has nowhere to go: https://docs.python.org/3/library/signal.html#note-on-sigpipe."""
    try:
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, sys.stdout.fileno())
        os.close(nowhere)
    except (OSError, ValueError):
        pass
