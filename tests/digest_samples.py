"""Digests made by hand, as the engines would make them: five languages, both directions, every kind of block."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

from briefing.types import (
    Answer,
    Certainty,
    Change,
    Check,
    Claim,
    ClaimKind,
    Correction,
    Counts,
    Coverage,
    DateAhead,
    Digest,
    Disagreement,
    Evidence,
    Failure,
    Genre,
    Headline,
    NotRun,
    Outlet,
    Position,
    PostCard,
    Reason,
    Speaker,
    Story,
    Summary,
)

GAZA = (
    "https://diplomatique.ma/en/moroccan-military-personnel-en-route-to-gaza-within-an-international-force-the-early-"
    "signs-of-a-lasting-peace-or-the-global-management-of-an-endless-conflict/"
)
TWEET_URL = "https://x.com/ItayBlumental/status/2069371568317218830"
HEADLINE = (
    "“Moroccan military personnel en route to Gaza within an international force: the early signs of a lasting peace "
    "or the global management of an endless conflict?”"
)
TWEET = (
    "נציגים ראשונים מטעם הכוחות המזויינים של מרוקו הגיעו למפקדה האמרקנית בקריית גת במסגרת כוח הייצוב הבינלאומי "
    "(ISF) מטעם מועצת השלום"
)
SAID: dict[int, str] = {
    2: "Far from humanitarian convoys, diplomatic statements, and official communiqués, reports have revealed the "
    "arrival in Israel of the first elements of the International Stabilisation Force, a prelude to their future "
    "deployment in the Palestinian enclave as part of international arrangements designed to manage the post-war "
    "period.",
    5: "Yet behind this development lies a much deeper question: what will Gaza look like after the war?",
    6: "And what role are Arab states now being called upon to play in managing a conflict that has long transcended "
    "Palestinian borders?",
    9: f"{TWEET} 🇲🇦@kaisos1987 pic.twitter.com/GojRmBk4Vg",
    11: "According to available information, the International Stabilisation Force is part of a broader "
    "institutional architecture created following agreements that ended hostilities.",
    12: "Its mandate would include monitoring the ceasefire, securing humanitarian corridors, supporting "
    "reconstruction programmes, assisting new Palestinian security structures, and preventing a renewed "
    "outbreak of armed conflict.",
    13: "Morocco is said to be among the states that have agreed to contribute to this international effort alongside "
    "several Arab, Asian, and European partners.",
    21: "This raises several questions: what exactly is the nature of this force’s mandate?",
    22: "What will be the scope of its authority?",
    45: "It may represent one of the first signs of a new stage in the history of Gaza and, more broadly, the Middle "
    "East.",
    47: "And one question remains suspended above all others: are we witnessing the construction of the foundations of "
    "a lasting peace that would allow Palestinians to regain the conditions of a normal life, or the "
    "emergence of a new "
    "international mechanism designed to manage the conflict without ever resolving it?",
}
CUT = SAID[2].replace(
    " as part of international arrangements designed to manage the post-war period.",
    " …",
)


def evidence(post: str, number: int, quote: str, url: str | None = None) -> Evidence:
    """A sentence of a post; its link carries a text fragment, as real ones do."""
    return Evidence(post, number, 10 * number, 10 * number + len(quote), quote, url or f"{post}#:~:text={number}")


def claim(
    text: str,
    *grounds: Evidence,
    kind: ClaimKind = "fact",
    certainty: Certainty = "asserted",
    hedges: tuple[str, ...] = (),
    speaker: Speaker | None = None,
) -> Claim:
    """A selected claim that was found supported."""
    return Claim("c", text, grounds, kind, speaker, certainty, hedges, check=Check("carried", ("evidence",)))


def _gaza(number: int) -> Evidence:
    return evidence(GAZA, number, SAID[number])


def gaza() -> Summary:
    """The post of the Moroccan personnel, with what an extractive engine selects from it."""
    unnamed = Speaker("reports", "unnamed")
    tweet = Speaker("embedded tweet", "named", "Itay Blumental")
    return Summary(
        post=PostCard(
            key=GAZA,
            title=HEADLINE,
            source="diplomatique.ma/en",
            url=GAZA,
            published=datetime(2026, 6, 23, 14, 47, 24, tzinfo=UTC),
            modified=datetime(2026, 6, 23, 15, 49, 10, tzinfo=UTC),
            language="en",
        ),
        engine="extractive",
        genre=Genre("opinion", "no source named; “History teaches that …”"),
        headline=Headline(HEADLINE, is_question=True, not_in_text=("personnel", "en route")),
        counts=Counts(
            sentences=47,
            words=1043,
            doubt=(2, 3, 4, 11, 12, 13, 33, 38, 45, 49),
            questions=(5, 6, 21, 22, 23, 29, 47),
            embeds=1,
            figures=("tens of billions of dollars",),
        ),
        claims=(
            claim(CUT, _gaza(2), certainty="reported", hedges=("reports have revealed",), speaker=unnamed),
            claim(SAID[13], _gaza(13), certainty="alleged", hedges=("is said to be",)),
            claim(
                f"{SAID[11]} {SAID[12]}",
                _gaza(11),
                _gaza(12),
                certainty="conditional",
                hedges=("According to available information", "would"),
                speaker=Speaker("available information", "unnamed"),
            ),
            claim(
                SAID[45],
                _gaza(45),
                kind="opinion",
                certainty="possible",
                hedges=("may",),
                speaker=Speaker("the author", "author"),
            ),
        ),
        embeds=(claim(TWEET, evidence(GAZA, 9, SAID[9], TWEET_URL), kind="attributed", speaker=tweet),),
        questions=tuple(claim(SAID[n], _gaza(n), kind="question") for n in (47, 5, 6, 21, 22)),
        provenance=("The HTML carries a chat assistant's markup.",),
    )


def french() -> Summary:
    """A short signed report with a quotation and a date ahead."""
    url = "https://example.org/gazette/le-port-rouvre/"
    said = {
        1: "Le quai nord du port de Valmer a rouvert mardi 23 juin, après onze mois de travaux, a annoncé "
        "la direction.",
        2: "« Les premiers cargos sont attendus dès jeudi », a déclaré sa directrice, Anne Morel.",
        3: "Un second quai devrait suivre le 1er septembre 2026, selon une source proche du chantier.",
    }
    return Summary(
        post=PostCard(
            key=url,
            title="Valmer : le port rouvre son quai nord après onze mois de travaux",
            source="La Gazette de Valmer",
            url=url,
            author="Claire Benoît",
            published=datetime(2026, 6, 23, 9, 5, tzinfo=UTC),
            language="fr",
        ),
        engine="extractive",
        genre=Genre("report", "signed, names its sources"),
        headline=Headline("Valmer : le port rouvre son quai nord après onze mois de travaux"),
        counts=Counts(9, 164, doubt=(1, 3), quotes=(2,), speakers=("Anne Morel",), dates_ahead=1, figures=("4,2 M€",)),
        claims=(
            claim(
                said[1],
                evidence(url, 1, said[1]),
                kind="attributed",
                certainty="reported",
                hedges=("a annoncé",),
                speaker=Speaker("la direction du port", "named", "la direction du port"),
            ),
            claim(
                said[3],
                evidence(url, 3, said[3]),
                kind="attributed",
                certainty="conditional",
                hedges=("devrait", "selon"),
                speaker=Speaker("une source proche du chantier", "unnamed"),
            ),
        ),
        quotes=(
            claim(
                said[2], evidence(url, 2, said[2]), kind="attributed", speaker=Speaker("a dit", "named", "Anne Morel")
            ),
        ),
        dates_ahead=(DateAhead("le 1er septembre 2026", evidence(url, 3, said[3]), date(2026, 9, 1)),),
    )


def arabic() -> Summary:
    """An Arabic report with a Latin abbreviation in it, and a Hebrew embed."""
    url = "https://example.org/sahifa/iadat-fath/"
    said = {
        1: "أعلنت بلدية الواحة مساء الاثنين عودة المياه إلى ثلاثة أحياء من أصل خمسة، بعد انقطاع دام ٤٨ ساعة.",
        3: "وبحسب مصدر في شركة (GWC) للمياه، قد يستمر العمل في الحيين الباقيين حتى يوم الخميس ٢٥ يونيو ٢٠٢٦.",
        4: "ولم تؤكد البلدية هذا الموعد.",
        6: "המים חזרו לשלוש שכונות, כך לפי העירייה",
    }
    return Summary(
        post=PostCard(
            key=url,
            title="بلدية الواحة تعلن عودة المياه إلى ثلاثة أحياء",
            source="صحيفة الواحة",
            url=url,
            author="سلمى الإدريسي",
            published=datetime(2026, 6, 23, 5, 30, tzinfo=UTC),
            language="ar",
        ),
        engine="extractive",
        genre=Genre("report"),
        headline=Headline("بلدية الواحة تعلن عودة المياه إلى ثلاثة أحياء"),
        counts=Counts(6, 71, doubt=(1, 3, 4), embeds=1, dates_ahead=1, figures=("٤٨ ساعة",)),
        claims=(
            claim(
                said[1],
                evidence(url, 1, said[1]),
                kind="attributed",
                certainty="reported",
                hedges=("أعلنت",),
                speaker=Speaker("بلدية الواحة", "named", "بلدية الواحة"),
            ),
            claim(
                said[3],
                evidence(url, 3, said[3]),
                kind="attributed",
                certainty="possible",
                hedges=("وبحسب مصدر", "قد"),
                speaker=Speaker("مصدر في شركة (GWC)", "unnamed"),
            ),
            claim(said[4], evidence(url, 4, said[4]), certainty="denied", hedges=("ولم تؤكد",)),
        ),
        embeds=(
            claim(
                said[6],
                evidence(url, 6, said[6], "https://x.example/s/1"),
                speaker=Speaker("embedded post", "named", "@iriya"),
            ),
        ),
        dates_ahead=(DateAhead("يوم الخميس ٢٥ يونيو ٢٠٢٦", evidence(url, 3, said[3]), date(2026, 6, 25)),),
    )


def japanese() -> Summary:
    """A report in a script without spaces."""
    url = "https://example.org/shimbun/asaichi/"
    said = {
        1: "港町の商工会は二十三日、これまで月一回だった朝市を八月一日から毎週土曜日に開くと発表した。",
        3: "商工会によると、来場者は一回あたり三千人を超える見込みだという。",
    }
    return Summary(
        post=PostCard(url, "港町の朝市、八月から毎週土曜に", "港町新聞", url, language="ja"),
        engine="extractive",
        genre=Genre("unknown"),
        headline=Headline("港町の朝市、八月から毎週土曜に"),
        counts=Counts(5, 168, doubt=(1, 3)),
        claims=(
            claim(said[1], evidence(url, 1, said[1]), kind="attributed", certainty="reported", hedges=("と発表した",)),
            claim(
                said[3],
                evidence(url, 3, said[3]),
                kind="attributed",
                certainty="reported",
                hedges=("によると", "という"),
            ),
        ),
    )


def empty() -> Summary:
    """A post in which no engine found a line, without address, date or title."""
    return Summary(PostCard("k", "", ""), "extractive", Genre("unknown"), Headline(""), Counts(1, 2))


def written() -> Summary:
    """What a model writes of the same post: rewritten, one line repaired, one translated, one put more strongly."""
    card = gaza()
    tweet = evidence(GAZA, 9, SAID[9], TWEET_URL)
    text = (
        "Itay Blumental wrote on X that the first representatives of Morocco’s armed forces had arrived in Kiryat Gat."
    )
    not_run = NotRun("names, wording", "the claim is English, the sentence Hebrew: a person must look")
    return Summary(
        post=card.post,
        engine="model",
        genre=card.genre,
        headline=card.headline,
        counts=card.counts,
        claims=(
            Claim(
                "c1",
                text,
                (tweet,),
                "attributed",
                Speaker("embedded tweet", "named", "Itay Blumental"),
                origin="written",
                translated_from="he",
                check=Check("unread", not_run=(not_run,), reasons=("place",), before="WITHHELD: soldiers in Gaza."),
            ),
            Claim(
                "c2",
                "The force’s first elements are in Israel, according to reports that the post does not name.",
                (_gaza(2),),
                "attributed",
                Speaker("reports", "unnamed"),
                "reported",
                ("according to reports",),
                origin="written",
                put_more_strongly=(evidence(GAZA, 0, HEADLINE),),
            ),
            Claim("c3", "The desk will call Rabat today.", (), origin="editor"),
        ),
        withheld=(Claim("w1", "WITHHELD", ()),),
        written_headline=Claim("c4", "Moroccan representatives reported in Kiryat Gat", (tweet,), origin="written"),
        bottom_line=(Claim("c5", "A tweet says that first representatives have arrived.", (tweet,), origin="written"),),
        why_it_matters=(Claim("c6", "The author expects close attention.", (_gaza(45),), "opinion", origin="written"),),
        disputed=(Claim("c7", "Where: Israel, or Kiryat Gat.", (_gaza(2), tweet), origin="written"),),
        missing=("how many", "when", "whose command"),
    )


def digest(*summaries: Summary, language: str = "en", title: str = "Morning digest") -> Digest:
    """A digest of the summaries, a story each; of all of them where none is given."""
    chosen = summaries or (gaza(), french(), arabic(), japanese(), empty())
    return Digest(
        title=title,
        made_at=datetime(2026, 6, 24, 5, 0, tzinfo=UTC),
        stories=tuple(Story(f"s{n}", s.post.title, (s,)) for n, s in enumerate(chosen, 1)),
        coverage=Coverage(
            sources=("diplomatique.ma/en", "La Gazette de Valmer", "صحيفة الواحة", "港町新聞"),
            sources_failed=(Failure("https://example.net/news", "no answer within 20 seconds"),),
            posts_read=len(chosen) + 1,
            posts_used=len(chosen),
            posts_dropped=(Failure("Members only: the week in numbers", "protected by a password"),),
            sentences=sum(s.counts.sentences for s in chosen),
            claims=sum(len(s.lines) for s in chosen),
            withheld=sum(len(s.withheld) for s in chosen),
            words_dropped={"script": 12, "sharing row": 9, "related posts": 41},
            provenance=(Failure(HEADLINE, "The HTML carries a chat assistant's markup."),),
        ),
        language=language,
        timezone="Europe/Paris",
    )


MADE = datetime(2026, 6, 24, 5, 0, tzinfo=UTC)
FERRY = "https://example.org/courier/ferry-stranded/"
FERRY_RADIO = "https://example.net/radio/ferry/"
FERRY_WIRE = "https://example.com/wire/ferry-copy/"
_COURIER = {
    1: "The ferry Alba ran aground off Valmer on Monday evening with 212 people aboard, the harbour office said.",
    2: "Nine passengers were taken to hospital, none in danger, according to the coast guard.",
    3: "“The engine failed twice before we struck,” said Captain Rui Meireles.",
    5: "The owner denies that the ship was overdue for inspection.",
    6: "An inquiry opens on 29 June 2026.",
}
_RADIO = {
    1: "Twelve people were in hospital on Tuesday after the ferry Alba grounded near Valmer, the hospital said.",
    2: "The ship’s inspection had been overdue since March, a dockworkers’ union said.",
    4: "It is not known why the crossing was not called off, and the port authority did not answer questions.",
}


def _card(key: str, title: str, source: str, hour: int, language: str = "en") -> PostCard:
    published = datetime(2026, 6, 23, hour, 10, tzinfo=UTC)
    return PostCard(key, title, source, key, "Ines Carvalho", published, None, language)


def ferry() -> Story:
    """A story of three posts, one of them a copy, told before: what is new, who disagrees, who says what."""
    said = {FERRY: _COURIER, FERRY_RADIO: _RADIO, FERRY_WIRE: _COURIER}

    def at(key: str, number: int) -> Evidence:
        return evidence(key, number, said[key][number])

    guard, hospital = Speaker("the coast guard", "named", "the coast guard"), Speaker("hospital", "named", "hospital")
    aground = claim(_COURIER[1], at(FERRY, 1), at(FERRY_RADIO, 1), certainty="reported", hedges=("said",))
    nine = claim(
        _COURIER[2], at(FERRY, 2), at(FERRY_WIRE, 2), certainty="reported", hedges=("according to",), speaker=guard
    )
    twelve = claim(_RADIO[1], at(FERRY_RADIO, 1), certainty="reported", hedges=("said",), speaker=hospital)
    denied = claim(_COURIER[5], at(FERRY, 5), certainty="denied", hedges=("denies",))
    overdue = claim(_RADIO[2], at(FERRY_RADIO, 2), certainty="alleged", hedges=("said",))
    quoted = claim(_COURIER[3], at(FERRY, 3), speaker=Speaker("Captain Rui Meireles", "named", "Captain Rui Meireles"))
    cards = (
        _card(FERRY, "Ferry aground off Valmer with 212 aboard", "The Valmer Courier", 18),
        _card(FERRY_RADIO, "Twelve hurt as ferry grounds", "Radio Littoral", 20),
        _card(FERRY_WIRE, "Ferry aground off Valmer with 212 aboard", "Coast Wire", 21),
    )
    first, second, third = (
        Summary(card, "extractive", Genre("report"), Headline(card.title), Counts(6, 88, doubt=(1, 2)))
        for card in cards
    )
    return Story(
        id="ferry",
        title="Ferry aground off Valmer",
        summaries=(
            replace(first, quotes=(quoted,), dates_ahead=(DateAhead("29 June 2026", at(FERRY, 6), date(2026, 6, 29)),)),
            replace(second, missing=("why the crossing was not called off",)),
            third,
        ),
        standing="update",
        since=MADE - timedelta(days=1),
        reasons=(Reason("sources", "2"), Reason("standing", "update"), Reason("question", "Is the coast safe?")),
        claims=(overdue, aground, nine, twelve, denied),
        changed=(overdue,),
        positions=(
            Position("The owner", (denied,)),
            Position("Captain Rui Meireles", (quoted,)),
            Position("Radio Littoral", (twelve, overdue), is_outlet=True),
        ),
        disagreements=(Disagreement("number", (nine, twelve)), Disagreement("whether", (overdue, denied))),
        copies=(FERRY_WIRE,),
        shared=("Alba", "Valmer", "aground"),
        section="Coast",
    )


def answered() -> Answer:
    """A key question that two posts answer in part."""
    story = ferry()
    return Answer(
        id="q1",
        question="Is the coast safe to travel?",
        state="partly",
        engine="extractive",
        claims=(story.claims[1], story.claims[0]),
        disputed=(story.claims[4],),
        missing=("when crossings resume", "who inspects the ships"),
        positions=(Position("The owner", (story.claims[4],)),),
        before="unanswered",
        before_at=MADE - timedelta(days=1),
        changed=(story.claims[0],),
        follow_ups=("How many were hurt?",),
        passages=14,
        passages_left_out=3,
    )


def corrected() -> Correction:
    """A post that was briefed yesterday and says something else today."""
    return Correction(
        post=_card("https://example.org/courier/budget/", "Council passes the budget", "The Valmer Courier", 9),
        kind="changed",
        briefed_at=MADE - timedelta(days=1),
        noticed_at=MADE - timedelta(hours=2),
        changes=(
            Change(
                "The council passed the budget by 31 votes to 12.", "The council passed the budget by 21 votes to 12."
            ),
            Change("", "An earlier version gave the wrong number of votes."),
        ),
        lines=("The budget passed by 31 votes to 12.",),
    )


def whole(language: str = "en") -> Digest:
    """A digest in which every part of the page has something to say."""
    day = timedelta(days=1)
    goes_on = Story("s4", japanese().post.title, (japanese(),), "continuing", MADE - 3 * day, section="Coast")
    stories = (
        ferry(),
        Story("s2", gaza().post.title, (gaza(),), "new", section="World", reasons=(Reason("newest"),)),
        Story("s3", arabic().post.title, (arabic(),), "new", section="World"),
        goes_on,
    )
    base = digest(gaza(), arabic(), japanese(), language=language)
    asked = replace(
        answered(), id="q2", question="Who inspects the ferries?", state="unanswered", claims=(), disputed=()
    )
    return replace(
        base,
        stories=stories,
        since=MADE - day,
        until=MADE,
        compared_with=MADE - day,
        bottom_line=(ferry().claims[0], gaza().claims[1]),
        also=(Story("s5", french().post.title, (french(),)), Story("s6", empty().post.title, (empty(),), "update")),
        corrections=(
            corrected(),
            replace(corrected(), kind="withdrawn", changes=(), lines=()),
        ),
        answers=(answered(), asked, replace(answered(), state="answered", asked_by="posts", id="q3", before=None)),
        outlets=(Outlet("Radio Littoral", "Coastal Media plc", "centre-left", "Valmer"),),
        coverage=replace(
            base.coverage,
            sources_stale=(Failure("https://example.net/radio", "no answer; posts of 22 June 2026 shown"),),
        ),
    )
