"""The command line: arguments in, exit code out; the only place that prints or asks the time."""

from __future__ import annotations

import logging
import sys
import traceback
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, NoReturn, get_args

import typer

from briefing.exceptions import BriefingError, BudgetError, ConfigError, DeliveryError, ModelError
from briefing.types import EngineChoice, Format, Length

if TYPE_CHECKING:
    from briefing.config import Settings
    from briefing.digest.digest import Period
    from briefing.pipeline import Loaded, Made
    from briefing.types import Document, ModelUse, Post, Summary

DONE, NOTHING, PARTLY, OPERATOR, USAGE, UNVERIFIED = range(6)

app = typer.Typer(
    name="briefing",
    help="Briefings you can check: digests of posts in which every line points at the sentences it rests on.",
    epilog="Exit codes: 0 done, 1 nothing done, 2 partly done, 3 needs the operator, 4 usage or configuration, "
    "5 a digest that does not verify.",
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
)


_Engine = Annotated[
    EngineChoice | None,
    typer.Option(help="auto (default): the model where OPENAI_API_KEY or OPENAI_BASE_URL is set; else extractive."),
]
_Model = Annotated[str | None, typer.Option(metavar="NAME", help="Which model writes; default BRIEFING_MODEL.")]
_Prompts = Annotated[Path | None, typer.Option(metavar="DIR", help="A folder whose prompt files replace ours.")]
_Length = Annotated[Length | None, typer.Option(help="short: the best three sentences of each post.")]
_Language = Annotated[
    str | None, typer.Option(metavar="LANG", help="Language of the output, as in fr; with no model, of the labels.")
]
_SecondReader = Annotated[
    bool | None,
    typer.Option("--second-reader", help="Let the model read each line against its sentences once more."),
]
_ShowWithheld = Annotated[bool, typer.Option("--show-withheld", help="Print the lines that did not stand, and why.")]
_Quiet = Annotated[bool, typer.Option("--quiet", "-q", help="Print results only.")]
_Debug = Annotated[bool, typer.Option("--debug", help="Show tracebacks and what the libraries log.")]


def _say(line: str, *, quiet: bool = False) -> None:
    """Talk goes to stderr, so that stdout holds nothing but results."""
    if not quiet:
        typer.echo(line, err=True)


@contextmanager
def _progress(total: int, *, quiet: bool) -> Iterator[Callable[[int], None]]:
    """A bar on a terminal for long work; silence in a pipe."""
    if quiet or total < 20 or not sys.stderr.isatty():
        yield lambda done: None
        return
    from rich.console import Console
    from rich.progress import Progress

    with Progress(console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("posts", total=total)
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


def _period(since: str | None, day: str | None, timezone: str) -> Period:
    from briefing.digest.digest import Period

    if since is not None and day is not None:
        raise ConfigError("--since and --date exclude each other: --date is for one day")
    if day is not None:
        return Period.of_day(_date(day, "--date"), timezone)
    return Period() if since is None else Period(since=_since(since, timezone))


def _formats(given: Sequence[str] | None) -> list[Format]:
    known: tuple[Format, ...] = get_args(Format)
    for name in given or ():
        if name not in known:
            raise ConfigError(f"--format {name!r}: not one of {', '.join(known)}")
    return [name for name in known if not given or name in given]


def _sources(sources: Sequence[str], example: bool) -> tuple[list[Path | bytes], list[str]]:
    """Paths and their names; `-` is standard input."""
    if example:
        from importlib.resources import as_file, files

        folder = files("briefing").joinpath("examples")
        with as_file(folder) as path:
            return [path], ["the bundled posts"]
    if not sources:
        raise ConfigError("no source given; name a saved WordPress response, a folder of them, or - for standard input")
    given: list[Path | bytes] = []
    for source in sources:
        if source.startswith(("http://", "https://")):
            raise ConfigError(f"{source}: this version reads saved responses only; save the site's wp-json/wp/v2/posts")
        given.append(sys.stdin.buffer.read() if source == "-" else Path(source))
    return given, ["standard input" if source == "-" else Path(source).name or source for source in sources]


def _tell_failures(loaded: Loaded, quiet: bool) -> None:
    for failure in (*loaded.sources_failed, *loaded.items_failed):
        _say(f"{failure.what}: {failure.why}", quiet=quiet)


def _nothing(made: Made) -> str:
    """Why there is no digest, in one line."""
    reasons = [failure.why for failure in made.digest.coverage.posts_dropped]
    if not reasons:
        return "nothing to brief: no post could be read"
    first = max(set(reasons), key=lambda reason: (reasons.count(reason), reason))
    return f"nothing to brief: {len(reasons)} posts read, none used; {reasons.count(first)} of them: {first}"


@app.command()
def digest(
    sources: Annotated[
        list[str] | None, typer.Argument(metavar="SOURCE...", help="Saved posts: files, folders, or - for stdin.")
    ] = None,
    *,
    out: Annotated[Path, typer.Option(metavar="DIR", help="Where the files are written.")] = Path("digest"),
    since: Annotated[
        str | None,
        typer.Option(metavar="WHEN", help="What is new or changed since 2026-06-23, or in the last 24h, 7d."),
    ] = None,
    date: Annotated[str | None, typer.Option(metavar="DAY", help="One day only, as in 2026-06-23.")] = None,
    format: Annotated[
        list[str] | None,
        typer.Option(metavar="FORMAT", help="html, markdown, text or json; repeat for several, by default all four."),
    ] = None,
    title: Annotated[str, typer.Option(metavar="TITLE", help="The digest's title.")] = "",
    length: _Length = None,
    language: _Language = None,
    engine: _Engine = None,
    model: _Model = None,
    prompts: _Prompts = None,
    second_reader: _SecondReader = None,
    show_withheld: _ShowWithheld = False,
    max_usd: Annotated[float | None, typer.Option(metavar="USD", help="Never spend more than this.")] = None,
    max_tokens: Annotated[int | None, typer.Option(metavar="N", help="Never use more tokens than this.")] = None,
    estimate: Annotated[
        bool, typer.Option("--estimate", help="Print what the model would be sent and cost; send nothing.")
    ] = False,
    example: Annotated[bool, typer.Option("--example", help="Use the posts that come with briefing.")] = False,
    quiet: _Quiet = False,
    debug: _Debug = False,
) -> None:
    """Write the digest of posts: HTML, Markdown, text and JSON.

    \b
    briefing digest --example
    briefing digest posts.json --out today
    briefing digest saved/ --date 2026-06-23 --title "Morning brief"
    curl -s "https://example.org/wp-json/wp/v2/posts?per_page=100" | briefing digest -
    """
    from briefing.config import settings
    from briefing.pipeline import load_all, run

    formats = _formats(format)
    held = settings(
        length=length,
        language=language,
        engine=engine,
        model=model,
        prompts=prompts,
        second_reader=second_reader,
        max_usd=max_usd,
        max_tokens=max_tokens,
    )
    period = _period(since, date, held.timezone)
    given, names = _sources(sources or [], example)
    loaded = load_all(given, names=names)
    _tell_failures(loaded, quiet)
    if estimate and loaded.posts:
        for line in run(_estimate(loaded, held, period)):
            typer.echo(line)
        raise typer.Exit(DONE)
    made = run(_made(loaded, held, period, title, quiet))
    if not made.documents:
        _say(_nothing(made))
        raise typer.Exit(NOTHING)
    _write(made, out, formats, quiet)
    if show_withheld:
        _tell_withheld(s for story in made.digest.stories for s in story.summaries)
    raise typer.Exit(_outcome_code(made))


async def _made(loaded: Loaded, held: Settings, period: Period, title: str, quiet: bool) -> Made:
    from briefing.engines import brief_of, opened
    from briefing.pipeline import make

    async with opened(held) as found:
        with _progress(len(loaded.posts), quiet=quiet) as tell:
            return await make(
                loaded,
                engine=found.engine,
                brief=brief_of(held),
                made_at=datetime.now(UTC),
                period=period,
                timezone=held.timezone,
                title=title,
                tell=tell,
                second_reader=found.second_reader,
                model_use=found.use,
            )


async def _estimate(loaded: Loaded, held: Settings, period: Period) -> list[str]:
    from briefing.engines import estimate, opened
    from briefing.pipeline import in_period

    async with opened(held) as found:
        return (await estimate(in_period(loaded, period), found, held)).lines()


def _write(made: Made, out: Path, formats: Sequence[Format], quiet: bool) -> None:
    from briefing.digest.folder import write

    for path in write(made.digest, made.documents, out, formats=formats):
        typer.echo(path)
    for line in _facts(made):
        _say(line, quiet=quiet)
    if made.stopped:
        _say(f"briefing: {made.stopped}; what the model had not done was selected, and is marked")


def _tell_withheld(summaries: Iterable[Summary]) -> None:
    for summary in summaries:
        for claim in summary.withheld:
            numbers = " ".join(f"[{evidence.sentence}]" for evidence in claim.evidence)
            reasons = "; ".join(claim.check.reasons) if claim.check else ""
            _say(f"withheld: {claim.text} {numbers}: {reasons}")


def _outcome_code(made: Made) -> int:
    if made.stopped:
        return _code(made.stopped)
    return PARTLY if made.failures else DONE


def _facts(made: Made) -> list[str]:
    """Three lines on what is in the digest."""
    covered = made.digest.coverage
    sites = sorted({document.post.source for document in made.documents if document.post.source})
    languages = sorted({document.language for document in made.documents})
    dropped = f"; {len(covered.posts_dropped)} not used" if covered.posts_dropped else ""
    used = covered.model
    done = f"{covered.claims} lines {'written' if covered.engine == 'model' else 'selected'}"
    cost = f"; {_cost(used)}" if used else ""
    return [
        f"{_many(covered.posts_used, 'post')}, {_many(len(sites), 'site')}, "
        f"{_many(len(languages), 'language')} ({', '.join(languages)}){dropped}",
        f"{covered.sentences} sentences read; {done}, {covered.withheld} withheld{cost}",
        "Every line carries its sentences; `briefing verify` checks them again.",
    ]


def _many(number: int, noun: str) -> str:
    return f"{number} {noun}{'' if number == 1 else 's'}"


def _cost(used: ModelUse) -> str:
    price = "price unknown" if used.cost_usd is None else f"{used.cost_usd:.4f} USD"
    return f"{used.calls} calls, {used.input_tokens} tokens in, {used.output_tokens} out, {price}"


@app.command()
def summarise(
    source: Annotated[str, typer.Argument(metavar="SOURCE", help="One post: saved JSON, HTML or text; - for stdin.")],
    *,
    format: Annotated[Format, typer.Option(help="How it is printed.")] = "text",
    length: _Length = None,
    language: _Language = None,
    engine: _Engine = None,
    model: _Model = None,
    prompts: _Prompts = None,
    second_reader: _SecondReader = None,
    show_withheld: _ShowWithheld = False,
    debug: _Debug = False,
) -> None:
    """Print the summary of one post.

    \b
    briefing summarise post.json
    briefing summarise article.html --format markdown --length short
    """
    from briefing.config import settings
    from briefing.digest.renderer import render
    from briefing.pipeline import document_of, run

    held = settings(
        length=length, language=language, engine=engine, model=model, prompts=prompts, second_reader=second_reader
    )
    document = document_of(_subject(source))
    summary = run(_summary(document, held))
    typer.echo(render(summary, format, language=held.language).rstrip("\n"))
    if show_withheld:
        _tell_withheld([summary])


def _subject(source: str) -> Post | Path:
    from briefing.loader.files import post_from_bytes

    return post_from_bytes(sys.stdin.buffer.read(), source="standard input") if source == "-" else Path(source)


async def _summary(document: Document, held: Settings) -> Summary:
    from briefing.engines import brief_of, opened
    from briefing.summariser.summary import summarise_document

    async with opened(held) as found:
        return await summarise_document(document, found.engine, brief_of(held), second_reader=found.second_reader)


@app.command()
def verify(
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="The folder of a finished digest.")],
    *,
    quiet: _Quiet = False,
    debug: _Debug = False,
) -> None:
    """Check a finished digest again: every line against its sentences, every file against its hash."""
    from briefing.digest.folder import changed_files, read
    from briefing.recheck import labels, lines

    finished, documents = read(folder)
    checked = list(lines(finished, documents))
    fallen = [f"{name}: {'; '.join(why)}" for name, why in checked if why]
    wrong, changed = labels(finished, documents), changed_files(folder, finished)
    for line in fallen + wrong + changed:
        _say(line, quiet=quiet)
    stand = f"{len(checked) - len(fallen)} of {len(checked)} lines stand"
    typer.echo(f"{stand}; {len(wrong)} labels wrong; {len(changed)} files changed")
    raise typer.Exit(UNVERIFIED if fallen or wrong or changed else DONE)


@app.command()
def render(
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="The folder of a finished digest.")],
    *,
    debug: _Debug = False,
) -> None:
    """Render a finished digest again from its digest.json, after a change by hand."""
    from briefing.digest.folder import render_again

    for path in render_again(folder):
        typer.echo(path)


@app.command()
def schema(*, debug: _Debug = False) -> None:
    """Print the JSON Schema of digest.json."""
    import json

    from briefing.digest.schema import json_schema

    typer.echo(json.dumps(json_schema(), ensure_ascii=False, indent=2))


@app.command()
def config(*, debug: _Debug = False) -> None:
    """Show every setting as it holds, and where it comes from; keys are masked."""
    from briefing.config import held

    settings = held()
    widths = [max(len(getattr(setting, name)) for setting in settings) for name in ("variable", "value")]
    for setting in settings:
        typer.echo(f"{setting.variable:{widths[0]}}  {setting.value:{widths[1]}}  {setting.origin}")


prompts_app = typer.Typer(name="prompts", help="The prompts that a model is sent.", rich_markup_mode=None)
app.add_typer(prompts_app)


@prompts_app.command("list")
def list_prompts(*, prompts: _Prompts = None, debug: _Debug = False) -> None:
    """List the prompt files, and where each is read from."""
    from briefing.config import settings
    from briefing.summariser.prompts import files

    for name, path in sorted(files(settings(prompts=prompts).prompts).items()):
        typer.echo(f"{name:32}  {path}")


@prompts_app.command("show")
def show_prompt(
    task: Annotated[
        str, typer.Argument(metavar="TASK", help="summarise_document, or summarise_chunk for a long post.")
    ],
    source: Annotated[str, typer.Argument(metavar="SOURCE", help="One post: saved JSON, HTML or text; - for stdin.")],
    *,
    language: _Language = None,
    length: _Length = None,
    prompts: _Prompts = None,
    debug: _Debug = False,
) -> None:
    """Print exactly what a model would be sent for a post, and its tokens. Nothing is sent."""
    from briefing.config import settings
    from briefing.engines import brief_of
    from briefing.pipeline import document_of
    from briefing.summariser.model import prompts_of
    from briefing.summariser.tokens import count_tokens

    held = settings(language=language, length=length, prompts=prompts)
    document = document_of(_subject(source))
    shown = prompts_of(document, brief_of(held), input_tokens=held.input_tokens, prompts=held.prompts)
    wanted = [prompt for prompt in shown if prompt.task == task]
    if not wanted:
        raise ConfigError(f"{task!r}: this post would be sent as {shown[0].task}; `briefing prompts list` names all")
    for number, prompt in enumerate(wanted, 1):
        counted = count_tokens(prompt.system), count_tokens(prompt.user)
        typer.echo(f"### {prompt.task} {number} of {len(wanted)}, system: {counted[0]} tokens\n\n{prompt.system}\n")
        typer.echo(f"### {prompt.task} {number} of {len(wanted)}, user: {counted[1]} tokens\n\n{prompt.user}\n")


cache_app = typer.Typer(name="cache", help="The model's answers that are kept.", rich_markup_mode=None)
app.add_typer(cache_app)


@cache_app.command("info")
def cache_info(*, debug: _Debug = False) -> None:
    """Say how many answers are kept, of which models."""
    from briefing.config import settings
    from briefing.engines import open_store

    with open_store(settings()) as store:
        info = store.answers_info()
    of = f" of {', '.join(info.models)}" if info.models else ""
    since = (
        f", the first of {info.first:%Y-%m-%d}, the last of {info.last:%Y-%m-%d}" if info.first and info.last else ""
    )
    typer.echo(f"{info.answers} answers{of}, {info.reply_chars} characters{since}")


@cache_app.command("clear")
def cache_clear(*, debug: _Debug = False) -> None:
    """Forget every answer: the next run asks, and pays, again."""
    from briefing.config import settings
    from briefing.engines import open_store

    with open_store(settings()) as store:
        typer.echo(f"{store.clear_answers()} answers forgotten")


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


def _code(error: BriefingError) -> int:
    """The exit code an error ends the run with."""
    codes: list[tuple[type[BriefingError], int]] = [
        (ConfigError, USAGE),
        (ModelError, OPERATOR),
        (DeliveryError, OPERATOR),
        (BudgetError, PARTLY),
    ]
    return next((code for kind, code in codes if isinstance(error, kind)), NOTHING)


def main(arguments: Sequence[str] | None = None) -> NoReturn:
    """Run the command line and exit: one clear line on stderr for what went wrong, a traceback only with --debug."""
    given = list(sys.argv[1:] if arguments is None else arguments) or ["--help"]
    debug = "--debug" in given
    logging.basicConfig(level=logging.DEBUG if debug else logging.ERROR)
    try:
        code = app(given, standalone_mode=False)
    except typer.TyperException as error:
        said = error.format_message().replace("Value error, ", "").rstrip(".")
        _say(f"briefing: {said}; see `briefing --help`")
        sys.exit(USAGE)
    except BriefingError as error:
        if debug:
            traceback.print_exc()
        _say(f"briefing: {error}")
        sys.exit(_code(error))
    except typer.Abort:
        sys.exit(130)
    except KeyboardInterrupt:
        sys.exit(130)
    except BrokenPipeError:
        # The reader of the pipe has gone; what is left to flush has nowhere to go either.
        sys.stderr.close()
        sys.exit(DONE)
    sys.exit(code if isinstance(code, int) else DONE)


if __name__ == "__main__":
    main()
