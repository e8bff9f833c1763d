"""The commands that show what holds: settings, prompts, kept answers, the schema."""

from __future__ import annotations

from typing import Annotated

import typer

from briefing.cli.console import Debug, InLanguage, OfLength, Prompts, print_line
from briefing.cli.digest_commands import subject_of
from briefing.exceptions import ConfigError


def schema(*, debug: Debug = False) -> None:
    """Print the JSON Schema of digest.json."""
    import json

    from briefing.render.schema import json_schema

    print_line(json.dumps(json_schema(), ensure_ascii=False, indent=2))


def config(*, debug: Debug = False) -> None:
    """Show every setting as it holds, and where it comes from; keys are masked."""
    from briefing.config import effective_settings

    settings = effective_settings()
    widths = [max(len(getattr(setting, name)) for setting in settings) for name in ("variable", "value")]
    for setting in settings:
        print_line(f"{setting.variable:{widths[0]}}  {setting.value:{widths[1]}}  {setting.origin}")


prompts_app = typer.Typer(name="prompts", help="The prompts that a model is sent.", rich_markup_mode=None)


@prompts_app.command("list")
def list_prompts(*, prompts: Prompts = None, debug: Debug = False) -> None:
    """List the prompt files, and where each is read from."""
    from briefing.config import settings
    from briefing.model.prompts import files

    for name, path in sorted(files(settings(prompts=prompts).prompts).items()):
        print_line(f"{name:32}  {path}")


@prompts_app.command("show")
def show_prompt(
    task: Annotated[
        str, typer.Argument(metavar="TASK", help="summarise_document, or summarise_chunk for a long post.")
    ],
    source: Annotated[str, typer.Argument(metavar="SOURCE", help="One post: saved JSON, HTML or text; - for stdin.")],
    *,
    language: InLanguage = None,
    length: OfLength = None,
    prompts: Prompts = None,
    debug: Debug = False,
) -> None:
    """Print exactly what a model would be sent for a post, and its tokens. Nothing is sent."""
    from briefing.config import settings
    from briefing.model.tokens import count_tokens
    from briefing.summarise.model_engine import prompts_of
    from briefing.workflow.engines import brief_of
    from briefing.workflow.pipeline import document_of

    config = settings(language=language, length=length, prompts=prompts)
    document = document_of(subject_of(source))
    shown = prompts_of(document, brief_of(config), input_tokens=config.input_tokens, prompts=config.prompts)
    wanted = [prompt for prompt in shown if prompt.task == task]
    if not wanted:
        raise ConfigError(f"{task!r}: this post would be sent as {shown[0].task}; `briefing prompts list` names all")
    for number, prompt in enumerate(wanted, 1):
        counted = count_tokens(prompt.system), count_tokens(prompt.user)
        print_line(f"### {prompt.task} {number} of {len(wanted)}, system: {counted[0]} tokens\n\n{prompt.system}\n")
        print_line(f"### {prompt.task} {number} of {len(wanted)}, user: {counted[1]} tokens\n\n{prompt.user}\n")


cache_app = typer.Typer(name="cache", help="The model's answers that are kept.", rich_markup_mode=None)


@cache_app.command("info")
def cache_info(*, debug: Debug = False) -> None:
    """Say how many answers are kept, of which models."""
    from briefing.config import settings
    from briefing.workflow.engines import open_store

    with open_store(settings()) as store:
        info = store.answers_info()
    of = f" of {', '.join(info.models)}" if info.models else ""
    since = (
        f", the first of {info.first:%Y-%m-%d}, the last of {info.last:%Y-%m-%d}" if info.first and info.last else ""
    )
    print_line(f"{info.answers} answers{of}, {info.reply_chars} characters{since}")


@cache_app.command("clear")
def cache_clear(*, debug: Debug = False) -> None:
    """Forget every answer: the next run asks, and pays, again."""
    from briefing.config import settings
    from briefing.workflow.engines import open_store

    with open_store(settings()) as store:
        print_line(f"{store.clear_answers()} answers forgotten")
