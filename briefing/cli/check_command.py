"""The command that checks any text against posts."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Annotated

import typer

from briefing.cli.console import (
    EXIT_DONE,
    EXIT_NOTHING,
    EXIT_PARTLY,
    EXIT_UNVERIFIED,
    Debug,
    InLanguage,
    PrintedAs,
    Quiet,
    many,
    progress,
    say,
    tell_page,
)
from briefing.cli.digest_commands import sources_given, standard_input, subject_of, tell_failures
from briefing.exceptions import ConfigError

if TYPE_CHECKING:
    from briefing.config import Settings
    from briefing.types import CheckedText, Document, Source


def check_text(
    text: Annotated[
        str | None,
        typer.Argument(metavar="FILE", help="The text: plain, Markdown or HTML; - for stdin."),
    ] = None,
    *,
    words: Annotated[
        str | None, typer.Option("--text", metavar="WORDS", help="The text itself, in quotation marks.")
    ] = None,
    against: Annotated[
        list[str] | None,
        typer.Option(metavar="SOURCE", help="Posts to check it against: address, file or folder; repeatable."),
    ] = None,
    format: PrintedAs = "text",
    language: InLanguage = None,
    quiet: Quiet = False,
    debug: Debug = False,
) -> None:
    """Check a text, sentence by sentence, against posts: what they carry, what nobody read, what they do not say.

    \b
    briefing check draft.md --against https://example.org/en
    briefing check --text "The bridge reopened on Friday." --against saved/
    """
    from briefing.config import settings
    from briefing.render.renderer import render
    from briefing.workflow.pipeline import document_of, run

    config = settings(language=language)
    if (text is None) == (words is None):
        raise ConfigError("name a file, - for standard input, or give the text itself by --text")
    if not against:
        raise ConfigError("say what to check it against: --against and an address, file or folder of posts")
    document = document_of(words if words is not None else subject_of(str(text)))
    checked, failed = run(_checked(document, sources_given(against, config), config, quiet=quiet))
    tell_page(render(checked, format, language=config.language, templates=config.templates))
    say(f"checked against {many(checked.posts_read, 'post')}", quiet=quiet)
    raise typer.Exit(EXIT_UNVERIFIED if checked.count("withheld") else _exit_code(checked, failed))


def _exit_code(checked: CheckedText, failed: int) -> int:
    return EXIT_PARTLY if checked.count("unread") or failed else EXIT_DONE


async def _checked(
    document: Document, sources: tuple[Source, ...], config: Settings, *, quiet: bool
) -> tuple[CheckedText, int]:
    """The text checked, and how many sources could not be read."""
    from briefing.workflow.desk_run import Desk, Order
    from briefing.workflow.text_check import check_document

    async with Desk.opened(config, now=datetime.now(UTC), has_past=False) as desk:
        with progress(len(sources), "sources", quiet=quiet) as tell:
            gathered = await desk.gather(Order(sources=sources), standard_input=standard_input(sources), tell=tell)
        tell_failures(gathered.loaded, quiet)
        documents = desk.documents(gathered, has_history=False)
    if not documents:
        say("nothing to check it against: no post could be read")
        raise typer.Exit(EXIT_NOTHING)
    return check_document(document, list(documents.values())), len(gathered.loaded.sources_failed)
