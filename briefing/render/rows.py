"""What a page says of its grounds: the top line, and the coverage at its foot, counted by code."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping

from briefing.render.catalogue import Catalogue
from briefing.render.lines import NO_WORDS, named, notice, ours_of, outside
from briefing.render.view_model import VERDICTS, PlainWords, Row
from briefing.types import Answer, CheckedText, Claim, Coverage, Failure, ModelUse, Receipt, Summary


def top(coverage: Coverage, words: Catalogue) -> tuple[str, ...]:
    """What was read and what failed; what did not happen is left to the coverage."""
    counted = [("posts_read", coverage.posts_read), ("sources", len(coverage.sources))]
    marked = [("carried", coverage.carried), ("read", coverage.read), ("unread", coverage.unread)]
    optional = [("posts_dropped", len(coverage.posts_dropped)), *marked]
    optional += [("withheld", coverage.withheld), ("left_out", coverage.left_out)]
    top = [words.count(key, number) for key, number in counted]
    troubles = {"sources_failed": len(coverage.sources_failed), "sources_stale": len(coverage.sources_stale)}
    said = [words.count(key, number) for key, number in troubles.items() if number]
    if said:
        top[1] = f"{top[1]} ({words['comma'].join(said)})"
    return tuple(top + [words.count(key, number) for key, number in optional if number])


def failures(failed: Iterable[Failure], words: Catalogue) -> tuple[tuple[PlainWords, PlainWords], ...]:
    """What could not be used and why, in the words of the page where they are ours."""
    return tuple((named("part", one.what, words), notice(one.why, words)) for one in failed)


def digest_rows(coverage: Coverage, claims: Iterable[Claim], words: Catalogue) -> Iterator[Row]:
    """What a digest rests on; of its claims, which languages how many checks have no words for."""
    say = words.count
    sources = (say("sources", len(coverage.sources)), say("sources_failed", len(coverage.sources_failed)))
    yield Row(words["sources"], sources, tuple((outside(source), None) for source in coverage.sources))
    yield from _listed("failed", coverage.sources_failed, words)
    yield from _listed("stale", coverage.sources_stale, words)
    posts = (say("posts_read", coverage.posts_read), say("posts_shown", coverage.posts_used))
    done = (say("posts_written", coverage.posts_written), say("posts_selected", coverage.posts_selected))
    by_model = done if coverage.engine == "model" else ()
    yield Row(words["posts"], (*posts, *by_model, say("posts_dropped", len(coverage.posts_dropped))))
    yield from _dropped(coverage.posts_dropped, words)
    yield from _not_posts(coverage.not_posts, words)
    seen = _seen(coverage.sentences_unseen, coverage.receipt, words)
    yield Row(words["text"], (say("sentences", coverage.sentences), seen))
    yield _lines(coverage.claims, coverage.withheld, coverage.left_out, words)
    yield _marks(Counter(carried=coverage.carried, read=coverage.read, unread=coverage.unread), words)
    yield from _passports(claims, words)
    yield from _listed("fallbacks", coverage.fallbacks, words)
    if coverage.words_dropped:
        rules = (
            (named("rule", rule, words), PlainWords(str(n), words.direction, words.language, is_ours=True))
            for rule, n in coverage.words_dropped.items()
        )
        yield Row(words["rules"], (say("words", sum(coverage.words_dropped.values())),), tuple(rules))
    yield from _listed("provenance", coverage.provenance, words)
    yield Row(words["engine"], (words.name("engine", coverage.engine),))
    yield from _receipt(coverage.receipt, words)
    if coverage.model:
        yield _model(coverage.model, words)


def summary_rows(summary: Summary, words: Catalogue) -> Iterator[Row]:
    """What a single summary rests on."""
    say = words.count
    seen = _seen(len(summary.unseen), summary.receipt, words)
    yield Row(words["text"], (say("sentences", summary.counts.sentences), seen))
    yield _lines(len(summary.lines), len(summary.withheld), len(summary.left_out), words)
    yield _marks(Counter(claim.check.verdict for claim in summary.lines if claim.check), words)
    yield from _passports(summary.lines, words)
    if summary.provenance:
        notes = tuple((notice(note, words), None) for note in summary.provenance)
        yield Row(words["provenance"], (), notes)
    yield Row(words["engine"], (words.name("engine", summary.engine),))
    yield from _receipt(summary.receipt, words)


def answer_rows(answer: Answer, words: Catalogue) -> Iterator[Row]:
    """What a single answer rests on."""
    if answer.passages:
        left = answer.passages_left_out
        read = words.count("passages", answer.passages)
        yield Row(words["text"], (read, *((words.count("passages_left_out", left),) if left else ())))
    yield _lines(len(answer.lines), len(answer.withheld), len(answer.left_out), words)
    yield _marks(Counter(claim.check.verdict for claim in answer.lines if claim.check), words)
    yield from _passports(answer.lines, words)
    yield Row(words["engine"], (words.name("engine", answer.engine),))


def checked_rows(checked: CheckedText, words: Catalogue) -> Iterator[Row]:
    """What the marks of a checked text rest on."""
    yield Row(words["posts"], (words.count("posts_read", checked.posts_read),))
    yield _marks({mark: checked.count(mark) for mark in VERDICTS}, words)
    yield from _passports(checked.lines, words)


def _listed(key: str, failed: Iterable[Failure], words: Catalogue) -> Iterator[Row]:
    items = failures(failed, words)
    if items:
        yield Row(words[key], (), items)


_MOST_NAMED = 10  # posts of one reason


def _dropped(failed: Iterable[Failure], words: Catalogue) -> Iterator[Row]:
    """The posts left out by name; those of a reason that many share as a number, in the place of the first."""
    by_reason: dict[str, list[Failure]] = {}
    for one in failed:
        by_reason.setdefault(one.why, []).append(one)
    items: list[tuple[PlainWords, PlainWords]] = []
    for why, found in by_reason.items():
        if len(found) <= _MOST_NAMED:
            items += failures(found, words)
        else:
            items.append((ours_of(words.count("posts", len(found)), words), notice(why, words)))
    if items:
        yield Row(words["dropped"], (), tuple(items))


def _not_posts(items: Mapping[str, int], words: Catalogue) -> Iterator[Row]:
    """The items that are no published posts, counted by state and type; the types by the names that they bear."""
    types = {cause.removeprefix("type "): n for cause, n in items.items() if cause.startswith("type ")}
    unpublished = sum(items.values()) - sum(types.values())
    pages = types.pop("page", 0)
    number = {"unpublished": unpublished, "pages": pages, "other_types": sum(types.values())}
    counts = tuple(words.count(key, n) for key, n in number.items() if n)
    if counts:
        yield Row(words["not_posts"], counts, tuple((outside(kind), None) for kind in types))


def _lines(shown: int, withheld: int, left_out: int, words: Catalogue) -> Row:
    held = words.count("withheld", withheld)
    if withheld:
        held = f"{held} ({words['withheld_why']})"
    unread = (words.count("left_out", left_out),) if left_out else ()
    return Row(words["lines"], (words.count("lines", shown), held, *unread))


def _marks(lines: Mapping[str, int], words: Catalogue) -> Row:
    """How many lines bear each mark, and what the marks mean."""
    borne = [mark for mark in VERDICTS if lines.get(mark)]
    meant = tuple((ours_of(words[f"marks.{mark}"], words), None) for mark in borne)
    return Row(words["marks"], tuple(words.count(mark, lines[mark]) for mark in borne), meant)


def without_words(claims: Iterable[Claim], words: Catalogue) -> tuple[str, ...]:
    """By language, the checks that no words are known for, as a sentence each."""
    return tuple(
        words["unchecked"].format(
            language=words.language_name(language),
            checks=words["comma"].join(words.name("check", check) for check in missing),
        )
        for language, (missing, _) in _unknowing(claims).items()
    )


def _passports(claims: Iterable[Claim], words: Catalogue) -> Iterator[Row]:
    """Of each language that a check does not know, how many do."""
    counted = tuple(
        words["known_by"].format(n=total, known=total - len(missing), language=words.language_name(language))
        for language, (missing, total) in _unknowing(claims).items()
    )
    if counted:
        yield Row(words["languages"], counted)


def _unknowing(claims: Iterable[Claim]) -> dict[str, tuple[tuple[str, ...], int]]:
    """By language (its name in English), the checks that have no words for it, and how many checks there are."""
    found: dict[str, tuple[dict[str, None], int]] = {}
    for check in (claim.check for claim in claims if claim.check):
        for one in check.not_run:
            if one.why.startswith(NO_WORDS):
                language = one.why.removeprefix(NO_WORDS)
                missing, most = found.get(language, ({}, 0))
                total = len({*check.passed, *(other.check for other in check.not_run)} - _NO_CHECK_OF_WORDING)
                found[language] = (missing | {one.check: None}, max(most, total))
    return {language: (tuple(missing), total) for language, (missing, total) in found.items()}


_NO_CHECK_OF_WORDING = {"evidence", "second reader"}


def _seen(unseen: int, receipt: Receipt | None, words: Catalogue) -> str:
    """How many sentences no engine saw; that all were seen is not said where nobody knows."""
    is_known = receipt is None or receipt.prompt_tokens_read is not None
    return words["receipt.sent"] if not unseen and not is_known else words.count("unseen", unseen)


def _receipt(receipt: Receipt | None, words: Catalogue) -> Iterator[Row]:
    """What the model's server read of what it was sent, which it may not tell."""
    if receipt is None:
        return
    key = "receipt.unreported" if receipt.prompt_tokens_read is None else "receipt.read"
    said = words[key].format(n=receipt.prompt_tokens_read, sent=receipt.prompt_tokens)
    yield Row(words["receipt"], (said,))


def _model(use: ModelUse, words: Catalogue) -> Row:
    cost = words["price_unknown"] if use.cost_usd is None else f"{use.cost_usd:.4f} USD"
    tokens = words["tokens"].format(n=use.input_tokens, out=use.output_tokens)
    kept = (words.count("kept", use.answers_stored),) if use.answers_stored else ()
    counted = (words.count("calls", use.calls), *kept, tokens, cost)
    return Row(words["model"], counted, ((outside(use.model), ours_of(f"{words['prompts']} {use.prompts}", words)),))
