"""The command line put together: arguments in, exit code out."""

from __future__ import annotations

import logging
import sys
import traceback
from collections.abc import Callable, Sequence
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
from briefing.cli.console import EXIT_DONE, EXIT_USAGE, code_of, say
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

        typer.echo(f"briefing {version('briefing')}")
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
    try:
        code = app(given, standalone_mode=False)
    except typer.TyperException as error:
        said = error.format_message().replace("Value error, ", "").rstrip(".")
        say(f"briefing: {said}; see `briefing --help`")
        sys.exit(EXIT_USAGE)
    except BriefingError as error:
        if debug:
            traceback.print_exc()
        say(f"briefing: {error}")
        sys.exit(code_of(error))
    except typer.Abort:
        sys.exit(130)
    except KeyboardInterrupt:
        sys.exit(130)
    except BrokenPipeError:
        # The reader of the pipe has gone; what is left to flush has nowhere to go either.
        sys.stderr.close()
        sys.exit(EXIT_DONE)
    sys.exit(code if isinstance(code, int) else EXIT_DONE)
