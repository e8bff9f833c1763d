import asyncio
import json
import os
from collections.abc import Iterator
from pathlib import Path

import hypothesis
import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefing.clean.cleaner import clean
from briefing.language.annotation import annotate
from briefing.language.sentences import split
from briefing.sources.wordpress.rest import post_from
from briefing.summarise.extractive import ExtractiveEngine, extract
from briefing.types import Block, Brief, Document, Draft, Drafts, Embed, Length, Post, Sentence

EXAMPLE = Path(__file__).parents[2] / "briefing" / "examples" / "moroccan-personnel-gaza.json"


def document(*paragraphs: str, title: str = "", language: str = "en", kinds: tuple[str, ...] = ()) -> Document:
    whole, sentences = "", [Sentence(0, 0, len(title), -1)]
    blocks: list[Block] = []
    for index, paragraph in enumerate(paragraphs):
        start = len(whole) + 2 if whole else 0
        whole = f"{whole}\n\n{paragraph}" if whole else paragraph
        first = len(sentences)
        for low, high in split(paragraph, language):
            sentences.append(Sentence(len(sentences), start + low, start + high, len(blocks)))
        kind = kinds[index] if kinds else "paragraph"
        embed = Embed("twitter", "Ann Lee", "annlee", "June 23, 2026") if kind == "embed" else None
        blocks.append(Block(kind, start, len(whole), first, len(sentences) - 1, embed=embed))  # type: ignore[arg-type]
    return Document(Post("k", title, ""), title, whole, tuple(blocks), tuple(sentences), language)


def numbers(drafts: tuple[Draft, ...]) -> list[tuple[int, ...]]:
    return [tuple(number for _, number in draft.evidence) for draft in drafts]


def every(drafts: Drafts) -> Iterator[Draft]:
    yield from (*drafts.embeds, *drafts.claims, *drafts.questions, *drafts.quotes)


@pytest.fixture(scope="module")
def example() -> Document:
    return clean(post_from(json.loads(EXAMPLE.read_text(encoding="utf-8")), source=EXAMPLE.name))


def test_the_example_shows_its_reports_its_tweet_and_its_main_question(example: Document) -> None:
    drafts = extract(example)
    first_eight = numbers((*drafts.embeds, *drafts.claims, *drafts.questions))[:8]
    assert (9, 10) in first_eight
    assert {(2,), (13,), (11, 12), (47,)} <= set(first_eight)


def test_the_example_s_maxims_and_questions_are_not_reports(example: Document) -> None:
    for length in ("short", "medium", "long"):
        reported = [draft for draft in extract(example, length).claims if draft.kind != "opinion"]
        assert not {25, 29, 42} & {number for draft in reported for _, number in draft.evidence}


def test_every_word_of_doubt_of_the_example_is_marked(example: Document) -> None:
    by_number = {draft.evidence[0][1]: draft for draft in extract(example, "long").claims}
    assert by_number[2].hedges == ("reports have revealed",)
    assert by_number[13].hedges == ("is said to be",)
    assert by_number[11].hedges == ("According to available information", "would")
    assert by_number[11].certainty == "conditional"


def test_the_tweet_is_its_author_s_word_without_picture_links(example: Document) -> None:
    (tweet,) = extract(example).embeds
    assert tweet.speaker is not None
    assert "Itay Blumental" in str(tweet.speaker.name)
    assert tweet.speaker.voice == "embedded tweet"
    assert tweet.text == example.quote(9)[: len(tweet.text)]
    assert "pic.twitter.com" not in tweet.text


def test_the_engine_is_the_same_by_its_asynchronous_door(example: Document) -> None:
    assert asyncio.run(ExtractiveEngine().summarise(example, Brief())) == extract(example)


def test_an_empty_document_gives_nothing() -> None:
    assert extract(document()) == Drafts()


def test_two_sentences_are_not_padded() -> None:
    drafts = extract(document("The bridge opened on Monday. The mayor cut the ribbon."))
    assert numbers(drafts.claims) == [(1,), (2,)]
    assert len(list(every(drafts))) == 2


def test_a_post_of_nothing_but_a_tweet() -> None:
    drafts = extract(document("They came.", "— Ann Lee (@annlee) June 23, 2026", kinds=("embed", "embed")))
    assert [draft.text for draft in drafts.embeds] == ["They came."]
    assert numbers(drafts.embeds) == [(1, 2)]
    assert drafts.claims == ()


def test_short_is_three_sentences_in_the_order_of_the_text(example: Document) -> None:
    drafts = extract(example, "short")
    assert len(drafts.claims) == 3
    assert numbers(drafts.claims) == sorted(numbers(drafts.claims))
    assert (drafts.embeds, drafts.questions, drafts.quotes) == ((), (), ())


def test_the_main_question_is_the_last_one_and_stands_first() -> None:
    drafts = extract(document("The town is old. Who will stay? The road is new. Who will go?"), "long")
    assert numbers(drafts.questions) == [(4,), (2,)]


def test_a_sentence_that_leans_brings_the_one_before() -> None:
    text = (
        "The Harbour Board named a new director on Monday. She would reportedly close both piers of Port Ellen in May."
    )
    drafts = extract(document("Short words here.", text), "long")
    assert (2, 3) in numbers(drafts.claims)
    pair = next(draft for draft in drafts.claims if len(draft.evidence) == 2)
    assert pair.text == text


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        ("en", "Its mandate would include this.", True),
        ("en", "“They left.”", True),
        ("en", "It is important that they left.", False),
        ("en", "Italy left.", False),
        ("fr", "Cette force partira.", True),
        ("fr", "Il y a du monde.", False),
        ("es", "Su mandato termina.", True),
        ("ar", "وهذا القرار جديد", True),
        ("he", "הוא הגיע", True),
        ("ru", "Это решение новое.", True),
        ("zh", "该部队将抵达。", True),
        ("ja", "この部隊は到着した。", True),
        ("und", "", False),
    ],
)
def test_what_leans(language: str, text: str, *, expected: bool) -> None:
    assert annotate(text, language).is_anaphoric is expected


def test_a_named_speaker_is_named_and_the_words_that_say_so_are_marked() -> None:
    (draft,) = extract(document("The bridge is safe, said Ann Lee.")).claims
    assert draft.speaker is not None
    assert (draft.speaker.name, draft.speaker.sourcing) == ("Ann Lee", "named")
    assert (draft.kind, draft.certainty, draft.hedges) == ("attributed", "reported", ("said",))


def test_list_items_stand_in_where_there_is_no_running_text() -> None:
    drafts = extract(document("Bring a hat.", "Bring water.", kinds=("list_item", "list_item")))
    assert numbers(drafts.claims) == [(1,), (2,)]


WORDS = st.sampled_from(
    ["Reports say", "it", "would", "may", "Its", "town", "Ann Lee", "said", "“no”", "not,", "5%", "why"]
)
LINES = st.builds(
    lambda words, end: " ".join(words).capitalize() + end,
    st.lists(WORDS, min_size=1, max_size=40),
    st.sampled_from(".?!"),
)


@hypothesis.example(["“no”. Reports say."], "short")
@hypothesis.example(["Reports say? “no”?"], "short")
@given(
    st.lists(st.lists(LINES, min_size=1, max_size=4).map(" ".join), max_size=5),
    st.sampled_from(["short", "medium", "long"]),
)
def test_whatever_is_selected_stands_in_the_text_with_all_its_doubt(paragraphs: list[str], length: Length) -> None:
    source = document(*paragraphs)
    drafts = extract(source, length)
    for draft in every(drafts):
        quotes = [source.quote(number) for _, number in draft.evidence]
        shown = [quote for quote in quotes if quote[:10] in draft.text]
        assert draft.text.removesuffix(" …") in " ".join(shown)
        assert draft.origin == "selected"
        if shown != quotes:  # a sentence that tells who says it: its doubt is the line's certainty
            assert draft.speaker is not None
            assert (draft.kind, draft.certainty) != ("fact", "asserted")
        if draft.kind != "question":
            own = " ".join(shown)
            doubt = [own[hedge.start : hedge.end] for hedge in annotate(own, "en").hedges]
            assert all(any(word in marked for marked in draft.hedges) for word in doubt)
    assert extract(source, length) == drafts


@pytest.mark.skipif("BRIEFING_DATA" not in os.environ, reason="BRIEFING_DATA: the folder of real posts, is not set")
def test_every_real_post_is_selected_from_to_the_letter() -> None:
    files = sorted((Path(os.environ["BRIEFING_DATA"]) / "wordpress").glob("*/*.json"))
    read = 0
    for file in files:
        for item in json.loads(file.read_text(encoding="utf-8")):
            source = clean(post_from(item, source=file.name))
            read += 1
            for draft in every(extract(source)):
                cited = " ".join(source.quote(number) for _, number in draft.evidence)
                assert draft.text.removesuffix(" …") in cited, (file.name, source.title, draft)
                position = 0
                for words in draft.hedges:
                    position = draft.text.index(words, position) + len(words)
    assert read > 200


def test_a_sentence_inside_a_longer_quotation_is_its_speaker_s_word() -> None:
    parts = [
        "“The town must move at once, and everybody in it has known that for years.",
        "There is no other way left to us at all now,” said Ann Lee.",
        "The council met on Monday in the old hall of the town.",
    ]
    text = " ".join(parts)
    starts = [text.index(part) for part in parts]
    sentences = [Sentence(0, 0, 0, -1)]
    for number, (start, part) in enumerate(zip(starts, parts, strict=True), 1):
        sentences.append(Sentence(number, start, start + len(part), 0))
    found = Document(Post("k", "", ""), "", text, (Block("paragraph", 0, len(text), 1, 3),), tuple(sentences), "en")
    first = next(draft for draft in extract(found, "long").claims if draft.text.startswith("“The town"))
    assert first.kind == "attributed"
    assert first.speaker is not None
    assert first.speaker.name == "Ann Lee"
    assert numbers((first,)) == [(1, 2)]


def test_one_word_is_not_the_main_question_and_a_quoted_one_is_not_the_author_s() -> None:
    found = document("Who will pay for all of this work? Nobody says. Why? “It is odd. How much better can it get?” ")
    (asked,) = extract(found).questions
    assert asked.text == "Who will pay for all of this work?"


def test_labels_addresses_and_salutations_are_not_what_it_reports() -> None:
    found = document(
        "Dear customers and friends!",
        "For Immediate Release",
        "The plant in the north will open its new hall to all visitors in spring.",
        "Its workers built four hundred heaters for hospitals during the winter months.",
        "https://example.org/more",
    )
    texts = [draft.text for draft in extract(found).claims]
    assert texts
    assert not {"Dear customers and friends!", "For Immediate Release", "https://example.org/more"} & set(texts)


def test_a_quotation_of_somebody_unnamed_is_shown_where_nobody_named_is_quoted() -> None:
    found = document(
        "The water was cut in three quarters of the town on Monday. The repair will cost the town a lot of money."
        " The pumps are older than the hall. The work will take four more days in all. “We were never told anything,”"
        " said a resident."
    )
    (quoted,) = extract(found).quotes
    assert quoted.speaker is not None
    assert (quoted.speaker.voice, quoted.speaker.sourcing) == ("a resident", "unnamed")
