"""The commands that make a digest or a summary, and check and render it again."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from briefing.cli.console import (
    EXIT_DONE,
    EXIT_NOTHING,
    EXIT_PARTLY,
    EXIT_UNVERIFIED,
    Debug,
    EngineOption,
    InFormats,
    InLanguage,
    ModelOption,
    OfLength,
    PrintedAs,
    Prompts,
    Quiet,
    RequireOption,
    ShowWithheld,
    Templates,
    WithSecondReader,
    code_of,
    formats_of,
    many,
    period_of,
    print_line,
    progress,
    say,
    tell_page,
    tell_withheld,
)
from briefing.exceptions import ConfigError, LoadError
from briefing.types import Notice

if TYPE_CHECKING:
    from briefing.config import Settings
    from briefing.types import Claim, Digest, Document, ModelUse, Post, Source, Summary
    from briefing.workflow.desk_run import Edition, Order
    from briefing.workflow.gathering import LoadResult
    from briefing.workflow.pipeline import DigestRun
    from briefing.workflow.recount import Recount


def sources_given(given: Sequence[str], config: Settings) -> tuple[Source, ...]:
    """The sources named on the command line, with what the desk knows of them; none named: all of the desk's."""
    from briefing.config import source_name
    from briefing.types import Source

    known = {key: source for source in config.sources for key in (source.address, source.name)}
    if not given and not config.sources:
        raise ConfigError(
            "no source given; name a site's address, a file or folder of saved posts, or - for standard input; "
            "`briefing init ADDRESS...` writes a briefing.toml to keep them in"
        )
    for name in given:
        if "://" in name and not name.startswith(("http://", "https://")):
            raise ConfigError(f"{name}: only http and https addresses can be read")
    return tuple(known.get(name) or Source(source_name(name), name) for name in given) or config.sources


def standard_input(sources: Sequence[Source]) -> bytes:
    """What is piped in, where a source is "-"."""
    return piped_in() if any(source.address == "-" for source in sources) else b""


def piped_in() -> bytes:
    """Standard input, to its end. LoadError where it is closed or cannot be read."""
    try:
        return sys.stdin.buffer.read()
    except (AttributeError, OSError, ValueError) as error:  # Python has None for what was closed when it started
        raise LoadError("standard input", getattr(error, "strerror", None) or "it is closed") from error


def _example() -> tuple[Source, ...]:
    from importlib.resources import as_file, files

    from briefing.types import Source

    with as_file(files("briefing").joinpath("examples")) as path:
        return (Source("the bundled posts", str(path)),)


def tell_failures(loaded: LoadResult, quiet: bool) -> None:
    """A line for whatever could not be read, and for what a person should know of a source."""
    for failure in (*loaded.sources_failed, *loaded.items_failed, *loaded.stale, *loaded.notes):
        say(f"{failure.what}: {failure.why}", quiet=quiet)
    if loaded.not_posts:
        from briefing.sources.states import counted

        taken = len(loaded.posts)
        read = taken + len(loaded.left_out) + len(loaded.items_failed) + len(loaded.not_posts)
        say(f"{many(read, 'item')}: {taken} taken, {counted(loaded.not_posts)}", quiet=quiet)


def _tell_nothing(edition: Edition, quiet: bool) -> int:
    """Say why there is no digest; a live source with nothing new is no failure."""
    failed = edition.gathered.loaded.sources_failed
    if not edition.is_quiet or edition.made.failures > len(failed):
        say(_nothing(edition.made))
        return EXIT_NOTHING
    since = edition.gathered.period.since
    when = f" since {since:%Y-%m-%d %H:%M} UTC" if since else ""
    but = f"; {many(len(failed), 'source')} could not be read" if failed else ""
    left_out = len(edition.made.digest.coverage.posts_dropped)
    out = f"; {many(left_out, 'post')} left out" if left_out else ""
    say(f"nothing new{when}{but}{out}; no digest was written", quiet=quiet)
    return EXIT_PARTLY if failed else EXIT_DONE


def _nothing(made: DigestRun) -> str:
    """Why there is no digest, in one line."""
    reasons = [failure.why for failure in made.digest.coverage.posts_dropped]
    if not reasons:
        return "nothing to brief: no post could be read"
    first = max(set(reasons), key=lambda reason: (reasons.count(reason), reason))
    return f"nothing to brief: {len(reasons)} posts read, none used; {reasons.count(first)} of them: {first}"


def digest(
    sources: Annotated[
        list[str] | None,
        typer.Argument(metavar="SOURCE...", help="Addresses of sites, feeds or pages; files, folders, - for stdin."),
    ] = None,
    *,
    out: Annotated[Path, typer.Option(metavar="DIR", help="Where the files are written.")] = Path("digest"),
    since: Annotated[
        str | None,
        typer.Option(metavar="WHEN", help="What is new or changed since 2026-06-23, or in the last 24h, 7d."),
    ] = None,
    date: Annotated[str | None, typer.Option(metavar="DAY", help="One day only, as in 2026-06-23.")] = None,
    format: InFormats = None,
    title: Annotated[str, typer.Option(metavar="TITLE", help="The digest's title.")] = "",
    question: Annotated[
        list[str] | None, typer.Option(metavar="TEXT", help="A key question to answer; repeat for several.")
    ] = None,
    length: OfLength = None,
    language: InLanguage = None,
    engine: EngineOption = None,
    model: ModelOption = None,
    prompts: Prompts = None,
    templates: Templates = None,
    second_reader: WithSecondReader = None,
    require: RequireOption = None,
    show_withheld: ShowWithheld = False,
    max_usd: Annotated[float | None, typer.Option(metavar="USD", help="Never spend more than this.")] = None,
    max_tokens: Annotated[int | None, typer.Option(metavar="N", help="Never use more tokens than this.")] = None,
    estimate: Annotated[
        bool, typer.Option("--estimate", help="Print what the model would be sent and cost; send nothing.")
    ] = False,
    example: Annotated[bool, typer.Option("--example", help="Use the posts that come with briefing.")] = False,
    quiet: Quiet = False,
    debug: Debug = False,
) -> None:
    """Write the digest of posts: HTML, Markdown, text and JSON.

    \b
    briefing digest --example
    briefing digest https://example.org/en --since 24h
    briefing digest saved/ --date 2026-06-23 --title "Morning brief"
    briefing digest https://example.org/feed --question "What is Morocco's role?"
    """
    from briefing.config import settings
    from briefing.workflow.pipeline import run

    formats = formats_of(format)
    config = settings(
        length=length,
        language=language,
        engine=engine,
        model=model,
        prompts=prompts,
        templates=templates,
        second_reader=second_reader,
        require=require,
        max_usd=max_usd,
        max_tokens=max_tokens,
        questions=tuple(question) if question else None,
    )
    order = _order(
        _example() if example else sources_given(sources or [], config), bool(sources), since, date, title, config
    )
    run(
        _digest(order, config, out=out, formats=formats, is_estimate=estimate, show_withheld=show_withheld, quiet=quiet)
    )


def _order(
    sources: tuple[Source, ...], is_given: bool, since: str | None, date: str | None, title: str, config: Settings
) -> Order:
    from briefing.types import encodable
    from briefing.workflow.desk_run import Order, series_of

    return Order(
        sources=sources,
        series=series_of(sources, is_given=is_given),
        period=period_of(since, date, config.timezone),
        title=encodable(title),
        questions=config.questions,
    )


async def _digest(
    order: Order,
    config: Settings,
    *,
    out: Path,
    formats: Sequence[str],
    is_estimate: bool,
    show_withheld: bool,
    quiet: bool,
) -> None:
    from briefing.workflow.desk_run import Desk
    from briefing.workflow.editing import check_edited_folder

    if not is_estimate:
        check_edited_folder(out, formats)
    async with Desk.opened(config, now=datetime.now(UTC), has_past=order.series is not None) as desk:
        with progress(len(order.sources), "sources", quiet=quiet) as tell:
            gathered = await desk.gather(order, standard_input=standard_input(order.sources), tell=tell)
        tell_failures(gathered.loaded, quiet)
        if is_estimate and gathered.loaded.posts:
            for line in await desk.estimate(gathered):
                print_line(line)
            raise typer.Exit(EXIT_DONE)
        with progress(len(gathered.loaded.posts), "posts", quiet=quiet) as tell:
            edition = await desk.make(gathered, tell=tell, show=partial(_rendered, formats=formats, config=config))
        for failure in edition.kept:
            say(f"left out: {failure.what}: {failure.why}")
        if edition.is_empty:
            raise typer.Exit(_tell_nothing(edition, quiet))
        written = _write(edition.made, out, formats, config, await desk.images(edition), quiet)
        desk.keep(edition, shown=written)
    if show_withheld:
        tell_withheld(withheld_of(edition.made.digest))
    raise typer.Exit(_outcome_code(edition.made))


def _rendered(made: DigestRun, formats: Sequence[str], config: Settings) -> None:
    """As it will be written, so that a post at which that breaks is found while it can be left out."""
    from briefing.render.renderer import render_all
    from briefing.render.schema import documents_to_json

    render_all(made.digest, formats, templates=config.templates)
    documents_to_json(list(made.documents))


def _write(
    made: DigestRun, out: Path, formats: Sequence[str], config: Settings, images: Mapping[str, str], quiet: bool
) -> Digest:
    """Write the files; the digest as it is shown, which may carry an edit of one that was made before it."""
    from briefing.workflow.editing import write_edited

    rendered = write_edited(made.digest, made.texts, out, formats=formats, templates=config.templates, images=images)
    for path in rendered.paths:
        print_line(path)
    for line in rendered.lost:
        say(line)
    for line in _facts(made):
        say(line, quiet=quiet)
    if made.stopped:
        say(f"briefing: {made.stopped}; what the model had not done was selected, and is marked")
    for why, posts in _alike(made.not_written).items():
        say(f"{many(posts, 'post')} selected, not written: {why}")
    if made.not_read:
        say(f"the second reader: {made.not_read}; the lines that it has not read are marked")
    return rendered.digest


def withheld_of(finished: Digest) -> Iterator[Claim]:
    """Every line of a digest that is not shown."""
    for story in (*finished.stories, *finished.also):
        for summary in story.summaries:
            yield from (*summary.withheld, *summary.left_out)
    for answer in finished.answers:
        yield from (*answer.withheld, *answer.left_out)


def _outcome_code(made: DigestRun) -> int:
    if made.stopped:
        return code_of(made.stopped)
    return EXIT_PARTLY if made.failures else EXIT_DONE


def _facts(made: DigestRun) -> list[str]:
    """Three lines on what is in the digest."""
    covered = made.digest.coverage
    sites = sorted({document.post.source for document in made.documents if document.post.source})
    languages = sorted({document.language for document in made.documents})
    dropped = f"; {len(covered.posts_dropped)} not used" if covered.posts_dropped else ""
    used = covered.model
    done = f"{covered.claims} lines {'shown' if covered.engine == 'model' else 'selected'}"
    text = f"{covered.sentences} sentences read"
    if used:
        text = f"{covered.posts_written} written, {covered.posts_selected} selected; {covered.sentences} sentences"
    cost = f"; {_cost(used)}" if used else ""
    left_out = f", {covered.left_out} left out unread" if covered.left_out else ""
    return [
        f"{many(covered.posts_used, 'post')}, {many(len(sites), 'site')}, "
        f"{many(len(languages), 'language')} ({', '.join(languages)}){dropped}",
        f"{text}; {done}, {covered.withheld} withheld{left_out}{cost}",
        "Every line carries its sentences; `briefing verify` checks them again.",
    ]


def _alike(causes: Iterable[str]) -> dict[str, int]:
    """How often something happened, by the first words it was told in: the same but for its numbers is the same."""
    first: dict[str, str] = {}
    return Counter(first.setdefault(why.code if isinstance(why, Notice) else why, why) for why in causes)


def _cost(used: ModelUse) -> str:
    price = "price unknown" if used.cost_usd is None else f"{used.cost_usd:.4f} USD"
    return f"{used.calls} calls, {used.input_tokens} tokens in, {used.output_tokens} out, {price}"


def summarise_source(
    source: Annotated[
        str, typer.Argument(metavar="SOURCE", help="One post: its address, saved JSON, HTML or text; - for stdin.")
    ],
    *,
    format: PrintedAs = "text",
    length: OfLength = None,
    language: InLanguage = None,
    engine: EngineOption = None,
    model: ModelOption = None,
    prompts: Prompts = None,
    second_reader: WithSecondReader = None,
    require: RequireOption = None,
    show_withheld: ShowWithheld = False,
    debug: Debug = False,
) -> None:
    """Print the summary of one post.

    \b
    briefing summarise post.json
    briefing summarise article.html --format markdown --length short
    """
    from briefing.config import settings
    from briefing.render.renderer import render
    from briefing.workflow.pipeline import document_of, run

    config = settings(
        length=length,
        language=language,
        engine=engine,
        model=model,
        prompts=prompts,
        second_reader=second_reader,
        require=require,
    )
    document = document_of(subject_of(source))
    summary = run(_summary(document, config))
    tell_page(render(summary, format, language=config.language))
    if show_withheld:
        tell_withheld((*summary.withheld, *summary.left_out))


def subject_of(source: str) -> Post | Path:
    """The post that a command is given: at an address, piped in, or in a file, which is read later."""
    from briefing.sources.files import post_from_bytes

    if source.startswith(("http://", "https://")):
        return _post_at(source)
    return post_from_bytes(piped_in(), source="standard input") if source == "-" else Path(source)


def _post_at(address: str) -> Post:
    from briefing.workflow.pipeline import load

    found = load(address, on_error=lambda error: say(str(error)))
    if len(found) > 1:
        raise LoadError(address, f"holds {len(found)} posts; make a digest of them, or give the address of one")
    return found[0]


async def _summary(document: Document, config: Settings) -> Summary:
    from briefing.summarise.summary import summarise_document
    from briefing.workflow.engines import brief_of, opened

    async with opened(config, now=datetime.now(UTC)) as found:
        return await summarise_document(document, found.engine, brief_of(config), second_reader=found.second_reader)


def verify_folder(
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="The folder of a finished digest.")],
    *,
    quiet: Quiet = False,
    debug: Debug = False,
) -> None:
    """Check a finished digest again: every line against its sentences, every file against its hash."""
    from briefing.language.annotation import annotate
    from briefing.workflow.digest_folder import changed_files, changed_pages, read_digest_folder
    from briefing.workflow.recheck import editors, lines
    from briefing.workflow.recount import Recount, label_faults, withheld_faults

    finished, cleaned = read_digest_folder(folder)
    documents = {key: annotate(document) for key, document in cleaned.items()}
    checked = list(lines(finished, documents))
    fallen = [f"{name}: {'; '.join(why)}" for name, why in checked if why]
    wrong = label_faults(finished, documents) + withheld_faults(finished, documents)
    changed = changed_files(folder, finished)
    pages = changed_pages(folder, finished, cleaned.values(), templates=_templates_of(finished))
    changed += pages.faults
    for line in fallen + wrong + changed:
        say(line, quiet=quiet)
    stand = f"{len(checked) - len(fallen)} of {len(checked)} lines stand"
    mine, unchecked = editors(finished)
    own = f"; {mine} of the editor's, {unchecked} of them without evidence" if mine else ""
    print_line(f"{stand}{own}; {len(wrong)} labels wrong; {len(changed)} files changed")
    for line in _recounted(Recount.of(finished, documents), pages.not_compared):
        print_line(line)
    raise typer.Exit(EXIT_UNVERIFIED if fallen or wrong or changed else EXIT_DONE)


def _templates_of(finished: Digest) -> Path | None:
    """The desk's own templates, where the digest was rendered with some."""
    from briefing.config import settings

    if finished.rendering is None or not finished.rendering.templates:
        return None
    try:
        return settings().templates
    except ConfigError as error:
        say(f"templates: {error}")
        return None


def _recounted(found: Recount, not_compared: str) -> Iterator[str]:
    """What was worked out again, and what was not: that stands on the word of whoever made the digest."""
    otherwise = f"; {found.otherwise} of them would be marked otherwise by this version" if found.otherwise else ""
    yield f"worked out again: {found.carried} carried, {found.unread} unread, {found.withheld} withheld{otherwise}"
    by = [f"{number} read by “{who}”" for who, number in sorted(found.read_by.items())]
    refused = [f"{found.refused_by_readers} refused by a reader"] if found.refused_by_readers else []
    mine = [f"{many(found.editors, 'line')} of the editor's"] if found.editors else []
    earlier = [f"{many(found.earlier_lines, 'line')} of earlier digests"] if found.earlier_lines else []
    if apart := [*by, *refused, *mine, *earlier]:
        yield f"not checked again: {', '.join(apart)}"
    if not_compared:
        yield not_compared
    if found.is_anothers:
        yield "made by another version: its labels and marks not compared"
    yield (
        "not proved: where the texts in documents.json come from, and what only the maker knows: "
        "title, period, questions, sections, notes on sources, what failed or was left out"
    )


def render_digest(
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="The folder of a finished digest.")],
    *,
    templates: Templates = None,
    quiet: Quiet = False,
    debug: Debug = False,
) -> None:
    """Render a finished digest again, with the edit beside it, or after a change of its digest.json by hand.

    A line that its sentences do not carry ends it with code 5, and nothing is written.
    """
    from briefing.cli.edit_commands import render_edited
    from briefing.config import settings

    render_edited(folder, templates=settings(templates=templates).templates, quiet=quiet)
