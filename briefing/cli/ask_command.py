"""The command that answers one question from posts."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Annotated

import typer

from briefing.cli.console import (
    EXIT_DONE,
    EXIT_NOTHING,
    EXIT_PARTLY,
    Debug,
    EngineOption,
    InLanguage,
    ModelOption,
    PrintedAs,
    Prompts,
    Quiet,
    RequireOption,
    ShowWithheld,
    WithSecondReader,
    many,
    period_of,
    progress,
    say,
    tell_page,
    tell_withheld,
)
from briefing.cli.digest_commands import sources_given, standard_input, tell_failures
from briefing.exceptions import ConfigError

if TYPE_CHECKING:
    from briefing.config import Settings
    from briefing.workflow.desk_run import Order


def ask_posts(
    question: Annotated[str, typer.Argument(metavar="QUESTION", help="The question, in quotation marks.")],
    sources: Annotated[
        list[str] | None,
        typer.Argument(metavar="SOURCE...", help="Addresses of sites, feeds or pages; files, folders, - for stdin."),
    ] = None,
    *,
    history: Annotated[bool, typer.Option("--history", help="Ask past digests and their posts, too.")] = False,
    since: Annotated[
        str | None, typer.Option(metavar="WHEN", help="Posts since 2026-06-23, or of the last 24h, 30d; default 7d.")
    ] = None,
    format: PrintedAs = "text",
    language: InLanguage = None,
    engine: EngineOption = None,
    model: ModelOption = None,
    prompts: Prompts = None,
    second_reader: WithSecondReader = None,
    require: RequireOption = None,
    show_withheld: ShowWithheld = False,
    quiet: Quiet = False,
    debug: Debug = False,
) -> None:
    """Answer one question from the posts, each line with its evidence, or say that it is not in them.

    \b
    briefing ask "What is Morocco's role?" https://example.org/en --since 30d
    briefing ask "Who pays?" saved/
    briefing ask "Who pays?" --history
    """
    from briefing.config import settings
    from briefing.types import encodable
    from briefing.workflow.pipeline import run

    config = settings(
        language=language, engine=engine, model=model, prompts=prompts, second_reader=second_reader, require=require
    )
    question = encodable(question)
    if not question.strip():
        raise ConfigError("the question is empty")
    order = _order(sources or [], since, history, config)
    run(_ask(question, order, config, history, format=format, show_withheld=show_withheld, quiet=quiet))


def _order(given: list[str], since: str | None, history: bool, config: Settings) -> Order:
    from briefing.stories.coverage import Period
    from briefing.workflow.desk_run import Order
    from briefing.workflow.gathering import is_live

    found = () if history and not given else sources_given(given, config)
    asked = period_of(since, None, config.timezone)
    if asked is None and any(map(is_live, found)):
        asked = period_of("7d", None, config.timezone)
    return Order(sources=found, period=asked or Period())


async def _ask(
    question: str, order: Order, config: Settings, history: bool, *, format: str, show_withheld: bool, quiet: bool
) -> None:
    from briefing.render.renderer import render
    from briefing.summarise.summary import card
    from briefing.workflow.desk_run import Desk
    from briefing.workflow.gathering import is_live

    now = datetime.now(UTC)
    has_past = history or any(map(is_live, order.sources))
    async with Desk.opened(config, now=now, has_past=has_past) as desk:
        with progress(len(order.sources), "sources", quiet=quiet) as tell:
            gathered = await desk.gather(order, standard_input=standard_input(order.sources), tell=tell)
        tell_failures(gathered.loaded, quiet)
        documents = desk.documents(gathered, has_history=history)
        if not documents:
            say("nothing to ask: no post could be read")
            raise typer.Exit(EXIT_NOTHING)
        answer = await desk.ask(question, documents)
    cards = [card(document) for document in documents.values()]
    tell_page(render(answer, format, language=config.language, templates=config.templates, posts=cards))
    of = f"; {answer.passages_left_out} passages left out" if answer.passages_left_out else ""
    say(f"asked of {many(len(documents), 'post')}{of}", quiet=quiet)
    if show_withheld:
        tell_withheld((*answer.withheld, *answer.left_out))
    raise typer.Exit(EXIT_PARTLY if gathered.loaded.sources_failed else EXIT_DONE)
