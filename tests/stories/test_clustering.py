"""Which posts make a story, and which never do."""

from __future__ import annotations

import random
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from story_samples import MORNING, QUAKE, QUAKE_TOLD_ELSEWHERE, RATES, later, post, read

from briefing.stories.clustering import MOST_STORY_POSTS, group
from briefing.types import Post, Source, Story

ONE_EVENT = {
    "en": (QUAKE, QUAKE_TOLD_ELSEWHERE),
    "ar": (
        (
            "زلزال يضرب شمال المغرب ومقتل تسعة أشخاص",
            "ضرب زلزال بقوة 6.1 درجات مدينة الحسيمة شمال المغرب مساء الثلاثاء وأدى إلى مقتل تسعة أشخاص على الأقل "
            "وإصابة أكثر من 40 آخرين، حسب وزارة الداخلية.",
            "وأمر الملك محمد السادس الجيش بإقامة مستشفيات ميدانية.",
        ),
        (
            "ارتفاع حصيلة ضحايا زلزال الحسيمة",
            "قالت وزارة الداخلية المغربية إن عدد ضحايا الزلزال الذي ضرب الحسيمة بلغ 12 قتيلا وعشرات المصابين.",
            "وبدأ الجيش إقامة مستشفيات ميدانية في المنطقة بعد الزلزال الذي بلغت قوته 6.1 درجات.",
        ),
    ),
    "he": (
        (
            "שריפה במפעל כימיקלים בחיפה: 200 תושבים פונו",
            "שריפה פרצה הבוקר במפעל כימיקלים במפרץ חיפה, וכ-200 תושבים פונו מבתיהם.",
            "חברת לוברקס מסרה כי מקור השריפה הוא קצר חשמלי.",
        ),
        (
            "הושגה שליטה על השריפה במפרץ חיפה",
            "הכבאים השתלטו בערב על השריפה שפרצה במפעל של חברת לוברקס במפרץ חיפה.",
            "כ-200 תושבים שפונו חזרו לבתיהם, ועל פי החשד קצר חשמלי גרם לשריפה.",
        ),
    ),
    "ja": (
        (
            "中央銀行、政策金利を0.5%に引き上げ",
            "日本銀行は木曜日、金融政策決定会合で政策金利を0.5%に引き上げることを決めた。",
            "植田総裁は記者会見で、物価上昇が続けば追加の利上げもあり得ると述べた。",
        ),
        (
            "日銀が利上げ決定、0.5%に",
            "日銀は金融政策決定会合で利上げを決定し、政策金利は0.5%となった。",
            "植田総裁は会見で「物価が上がり続けるなら追加利上げを検討する」と語った。",
        ),
    ),
}


@pytest.mark.parametrize("language", ONE_EVENT)
def test_two_reports_of_one_event_are_one_story(language: str) -> None:
    one, other = ONE_EVENT[language]
    (story,) = group(read(post("a", one), post("b", other, at=later(0.2))))
    assert [summary.post.key for summary in story.summaries] == ["a", "b"]
    assert story.title == one[0]
    assert story.shared


def test_the_features_that_joined_a_story_stand_in_its_posts() -> None:
    (story,) = group(read(post("a", QUAKE), post("b", QUAKE_TOLD_ELSEWHERE)))
    text = " ".join(QUAKE)
    assert all(word in text for word in story.shared)
    assert "Hoceima" in story.shared


OTHER_EVENT = {
    "another result": (
        (
            "Chelsea beat Arsenal 2-0",
            "Two late goals gave Chelsea a 2-0 win over Arsenal on Saturday, Diego Costa first.",
        ),
        (
            "Arsenal draw with Chelsea",
            "Arsenal drew 0-0 with Chelsea on Sunday after Diego Costa missed a late chance.",
        ),
    ),
    "the same people": (
        (
            "Apple unveils thinner iPad",
            "Apple on Tuesday presented a thinner iPad with its M5 chip, and chief executive Tim Cook put it at $599.",
        ),
        (
            "Apple fined 500 million euros",
            "The European Commission fined Apple 500 million euros on Tuesday; chief executive Tim Cook will appeal.",
        ),
    ),
    "two languages, the same people": (
        (
            "Macron meets Merz in Paris",
            "French president Emmanuel Macron received German chancellor Friedrich Merz in Paris on Monday to speak of "
            "European defence.",
        ),
        (
            "Macron et Merz en désaccord sur le Mercosur",
            "Le chancelier allemand Friedrich Merz a défendu à Berlin l'accord avec le Mercosur, que le président "
            "Emmanuel Macron juge inacceptable pour les agriculteurs.",
        ),
    ),
}


@pytest.mark.parametrize("case", OTHER_EVENT)
def test_the_same_names_do_not_make_one_story(case: str) -> None:
    one, other = OTHER_EVENT[case]
    assert len(group(read(post("a", one), post("b", other)))) == 2


def test_the_same_kind_of_bulletin_a_month_later_is_another_story() -> None:
    march = (
        "Unemployment in Norland falls to 4.1 percent in March",
        "The jobless rate in Norland fell to 4.1 percent in March from 4.3 percent, the statistics office said.",
        "Employers added 21,000 jobs, most of them in construction.",
    )
    june = (
        "Unemployment in Norland rises to 4.6 percent in June",
        "The jobless rate in Norland rose to 4.6 percent in June from 4.4 percent, the statistics office said.",
        "Employers cut 9,000 jobs, most of them in retail.",
    )
    assert len(group(read(post("a", march), post("b", june, at=later(90))))) == 2


def test_two_languages_are_one_story_where_numbers_and_names_are_the_same() -> None:
    french = (
        "Maroc : un séisme de magnitude 6,1 fait neuf morts à Al Hoceima",
        "Un tremblement de terre de magnitude 6,1 a frappé mardi soir la région d'Al Hoceima, faisant neuf morts et "
        "plus de 40 blessés, selon le ministère de l'Intérieur.",
        "Des maisons se sont effondrées à Imzouren et des répliques ont été ressenties à Melilla.",
    )
    (story,) = group(read(post("a", QUAKE), post("b", french)))
    assert {summary.post.language for summary in story.summaries} == {"en", "fr"}


ACROSS = {
    "ar": (
        "الرئيس التونسي يقيل رئيس الحكومة",
        "أقال الرئيس التونسي قيس سعيد مساء الأربعاء رئيس الحكومة كمال المدوري وعين سارة الزعفراني خلفا له.",
    ),
    "fr": (
        "Tunisie : Kaïs Saïed limoge le chef du gouvernement",
        "Le président tunisien a démis mercredi soir le Premier ministre Kamel Madouri et nommé Sarra Zaafrani.",
    ),
    "en": (
        "Tunisia's president fires prime minister",
        "Kais Saied dismissed Prime Minister Kamel Madouri late on Wednesday and appointed Sarra Zaafrani.",
    ),
}


def test_what_happened_to_whom_joins_three_languages_without_a_number() -> None:
    (story,) = group(read(*(post(language, text) for language, text in ACROSS.items())))
    assert {summary.post.language for summary in story.summaries} == {"ar", "fr", "en"}
    assert story.shared


def test_what_happens_everywhere_joins_no_two_languages() -> None:
    """The same happening, no name, place or number in common."""
    spanish = ("Sismo sacude la costa", "Un terremoto se sintió anoche en Camaná y los vecinos salieron a la calle.")
    russian = ("На Камчатке произошло землетрясение", "Землетрясение ощутили жители Петропавловска, пострадавших нет.")
    assert len(group(read(post("a", spanish), post("b", russian)))) == 2


def town(number: int) -> tuple[str, ...]:
    return (
        f"The quay of town {number} reopened",
        f"The quay of town {number} reopened on {number + 2} March after {number + 3} months. It cost {number} million",
        "The harbour master thanked the crews and the fishermen for their patience.",
    )


def test_one_template_filled_by_one_site_is_as_many_stories_without_a_disagreement() -> None:
    stories = group(read(*(post(f"p{n}", town(n), source="site", at=later(n)) for n in range(1, 8))))
    assert len(stories) == 7
    assert not any(story.disagreements for story in stories)


def test_a_rising_toll_from_one_site_is_one_story() -> None:
    one, other = (post(key, text, source="site") for key, text in (("a", QUAKE), ("b", QUAKE_TOLD_ELSEWHERE)))
    assert len(group(read(one, other))) == 1


def test_the_market_report_of_the_next_day_is_another_story() -> None:
    up = (
        "La Bourse de Paris termine en hausse de 0,8%",
        "Le CAC 40 a gagné 0,8% lundi à 7 912 points, soutenu par les valeurs du luxe. LVMH a pris 2,1%.",
    )
    down = (
        "La Bourse de Paris termine en baisse de 0,5%",
        "Le CAC 40 a perdu 0,5% mardi à 7 872 points, pénalisé par les valeurs bancaires. BNP Paribas a cédé 1,9%.",
    )
    assert len(group(read(post("a", up, source="x"), post("b", down, source="y", at=later(1))))) == 2


# --- copies ----------------------------------------------------------------------------------------------------------

WIRE = {
    "latin": QUAKE,
    "arabic": (
        "مؤتمر في الرباط",
        "اجتمع وزراء خارجية سبع دول في الرباط يوم الأربعاء لبحث الهجرة والطاقة والتجارة بين ضفتي البحر المتوسط "
        "خلال السنوات الخمس المقبلة، وقال البيان الختامي إن الدول "
        "المشاركة اتفقت على إنشاء صندوق مشترك لتمويل مشاريع الطاقة الشمسية.",
    ),
    "unspaced": (
        "花莲地震",
        "台湾花莲县周二晚间发生强烈地震，造成至少九人死亡、四十多人受伤。救援人员在倒塌的大楼中搜寻被困者。当局表示，军队已派出人员协助救灾，学校全部停课。",
    ),
}


@pytest.mark.parametrize("script", WIRE)
def test_a_copy_of_the_wire_is_no_source_of_its_own(script: str) -> None:
    text = WIRE[script]
    copied = ("Another headline", *text[1:])
    (story,) = group(read(post("wire", text), post("copy", copied, at=later(0.1))))
    assert story.copies == ("copy",)
    assert {piece.post for claim in story.claims for piece in claim.evidence} == {"wire"}


def test_a_bulletin_with_other_figures_is_no_copy() -> None:
    body = "The lake stood at {} centimetres this morning, {} more than the day before, the water office said."
    one = (
        "Level of the lake",
        body.format(412, 3),
        "Boats may leave the harbour, and the lower path along the shore is open.",
    )
    other = ("Level of the lake", body.format(431, 19), *one[2:])
    stories = group(read(post("a", one), post("b", other, at=later(1))))
    assert not any(story.copies for story in stories)


def test_more_than_twelve_copies_are_still_one_story() -> None:
    posts = [post(f"p{number}", QUAKE, at=later(number / 100)) for number in range(20)]
    (story,) = group(read(*posts))
    assert len(story.copies) == 19


# --- invariants ------------------------------------------------------------------------------------------------------

_TEXTS = (QUAKE, QUAKE_TOLD_ELSEWHERE, RATES, *(text for pair in OTHER_EVENT.values() for text in pair))
_READ = read(*(post(f"p{number}", text) for number, text in enumerate(_TEXTS)))


@given(st.permutations(_READ), st.integers(0, len(_READ)))
def test_every_post_is_in_exactly_one_story_whatever_the_order(pairs: list, count: int) -> None:  # type: ignore[type-arg]
    chosen = pairs[:count]
    keys = [summary.post.key for story in group(chosen) for summary in story.summaries]
    assert sorted(keys) == sorted(document.key for document, _ in chosen)


@given(st.randoms(use_true_random=False))
def test_the_order_of_the_posts_changes_no_story(chance: random.Random) -> None:
    shuffled = list(_READ)
    chance.shuffle(shuffled)
    assert _members(group(shuffled)) == _members(group(_READ))


def _members(stories: tuple[Story, ...]) -> set[frozenset[str]]:
    return {frozenset(summary.post.key for summary in story.summaries) for story in stories}


def test_a_chain_of_posts_makes_no_lump() -> None:
    """Each post shares two paragraphs with the next: neighbours are alike, the ends have nothing in common."""
    facts = [f"{verb} {thing} number {number}" for number, (verb, thing) in enumerate(_facts())]
    posts = [
        post(f"p{at:02}", (f"{facts[at]} and {facts[at + 1]}", *(f"{fact}." for fact in facts[at : at + 3])))
        for at in range(20)
    ]
    stories = group(read(*posts))
    assert max(len(story.summaries) - len(story.copies) for story in stories) <= MOST_STORY_POSTS
    ends = {"p00", "p19"}
    assert not any(ends <= {summary.post.key for summary in story.summaries} for story in stories)


def _facts() -> list[tuple[str, str]]:
    verbs = "Harbours Glaciers Orchards Tunnels Violins Beehives Quarries Lanterns Saddles Kilns Anchors".split()
    things = "froze under marble|sank beside copper|burned behind velvet".split("|")
    return [(verb, thing) for thing in things for verb in verbs]


def test_a_section_is_the_sources_or_the_category_it_is_asked_by() -> None:
    sources = {
        "a": Source("a", "https://a.example", section="World"),
        "b": Source("b", "https://b.example", categories=("Economy",)),
    }
    rates = replace(post("b", RATES), categories=("Banks", "economy"))
    stories = group(read(post("a", QUAKE), rates), sources=sources)
    assert {story.title: story.section for story in stories} == {QUAKE[0]: "World", RATES[0]: "Economy"}


def test_the_newest_story_comes_first_and_no_posts_make_none() -> None:
    undated = Post(
        "c", "Nobody knows when", "<p>A cat sat on the mat of the museum in Ghent for a whole afternoon.</p>"
    )
    stories = group(read(post("a", QUAKE), post("b", RATES, at=later(1)), undated))
    assert [story.summaries[0].post.key for story in stories] == ["b", "a", "c"]
    assert [story.id for story in stories] == ["s1", "s2", "s3"]
    assert group([]) == ()
    assert stories[1].summaries[0].post.published == MORNING
