"""The lines of a briefing written by hand, each with the beginnings of the sentences it cites, and wrong lines.

"" is the headline, "@" the line that names the tweet's author. "Arab states have become involved …" is left out of the wrong
lines: it is a fair paraphrase.
"""

# ruff: noqa: E501 - a line of the briefing a line

Line = tuple[str, tuple[str, ...]]

WRONG: tuple[Line, ...] = (
    ("Moroccan troops are heading to Gaza.", ("",)),
    ("Moroccan troops have arrived in Gaza.", ("Thus, the arrival",)),
    ("Moroccan soldiers have arrived in Gaza.", ("Thus, the arrival",)),
    ("Moroccan troops are heading to Gaza.", ("Far from",)),
    ("Morocco has agreed to join the force.", ("Morocco is said",)),
    (
        "The force will monitor the ceasefire, secure humanitarian corridors and support reconstruction programmes.",
        ("Its mandate",),
    ),
    ("Morocco announced that it has agreed to contribute to the force.", ("Morocco is said",)),
    ("Officials announced the arrival of the first elements in Israel.", ("Far from",)),
    ("Experts say the force succeeds by local trust.", ("These experiences",)),
    ("The first Moroccan elements arrived in Israel.", ("Far from", "נציגים")),
    (
        "Israeli journalist Itay Blumental wrote that representatives of Morocco's armed forces had arrived.",
        ("נציגים", "@"),
    ),
    ("King Mohammed VI chairs the Al-Quds Committee.", ("For decades",)),
    ("Trump's Board of Peace runs the force.", ("נציגים",)),
    ("The American headquarters is in Kiryat Gat near the Gaza border.", ("נציגים",)),
    ("The deployment marks a paradigm shift.", ("This transf",)),
    ("The deployment marks a new stage in the history of Gaza.", ("It may",)),
    ("Tens of billions of dollars have been pledged for the reconstruction of Gaza.", ("The reconstruction of",)),
    ("History shows that economic development alone is never sufficient.", ("History shows",)),
    ("The war is over.", ("According to available",)),
    ("Agreements ended hostilities.", ("According to available",)),
    ("The first elements of the International Stabilisation Force have arrived in Israel.", ("Far from",)),
    ("“Moroccan military personnel en route to Gaza within an international force”", ("",)),
)

RIGHT: tuple[Line, ...] = (
    (
        "Itay Blumental wrote on X on 23 June 2026 that the first representatives of Morocco’s armed forces had arrived at the American headquarters in Kiryat Gat as part of the International Stabilisation Force.",
        ("נציגים", "@"),
    ),
    (
        "The first elements of the International Stabilisation Force have arrived in Israel ahead of a future deployment in Gaza, according to reports that the post does not name.",
        ("Far from",),
    ),
    (
        "According to available information, the force’s mandate would include monitoring the ceasefire, securing humanitarian corridors, supporting reconstruction programmes, assisting new Palestinian security structures and preventing a renewed outbreak of armed conflict.",
        ("According to available", "Its mandate"),
    ),
    (
        "The author, who takes “the arrival of Moroccan soldiers” as given, argues that it should not be seen as a mere security event and may be one of the first signs of a new stage in the history of Gaza and the Middle East.",
        ("Thus, the arrival", "It may"),
    ),
    (
        "A tweet says the first representatives of Morocco's armed forces have arrived at the American headquarters in Kiryat Gat.",
        ("נציגים",),
    ),
    (
        "The post itself says only that “first elements” of the International Stabilisation Force, nationality not given, have arrived in Israel.",
        ("Far from",),
    ),
    ("No official statement, no troop number, no date of deployment.", ()),
    ("The headline's “en route to Gaza” is not in the text, which speaks of “future deployment”.", ("Far from",)),
    (
        "The rest is argument: what counts is not troop numbers but the conflict's causes and a political horizon.",
        ("But this ambition", "The real issue", "It lies"),
    ),
    ("Its own question, lasting peace or a conflict managed without end, it leaves open.", ("And one question",)),
    (
        "The force's first elements are in Israel, “a prelude to their future deployment” in Gaza; “reports have revealed”.",
        ("Far from",),
    ),
    (
        "Morocco “is said to be” among the states that have agreed to contribute, with Arab, Asian and European partners, none named.",
        ("Morocco is said",),
    ),
    (
        "The mandate “would include” monitoring the ceasefire, securing humanitarian corridors, supporting reconstruction, assisting new Palestinian security structures, preventing renewed conflict.",
        ("According to available", "Its mandate"),
    ),
    ("Morocco chairs the Al-Quds Committee and is committed to two states.", ("For decades",)),
    (
        "Any Moroccan engagement in Gaza will be watched by Arab and Muslim opinion and judged on balancing security with Palestinian aspirations.",
        ("In this context", "It will be assessed"),
    ),
    ("Forces succeed by local trust, not numbers.", ("These experiences",)),
    (
        "Rebuilding needs “tens of billions of dollars”, and no investor can sustainably commit amid instability.",
        ("The reconstruction of", "Yet no investor"),
    ),
    (
        "An embedded tweet says the first representatives of Morocco's armed forces have arrived there for the stabilisation force.",
        ("נציגים",),
    ),
    (
        "The post says, from unnamed reports, that the force's “first elements” are in Israel and that Morocco “is said to be” a contributor.",
        ("Far from", "Morocco is said"),
    ),
    ("Arab and Muslim opinion will watch closely.", ("In this context",)),
    ("Not in the post: numbers, date, command, any official word.", ()),
    (
        "Not in this post: how many, when, which unit, whose command, what legal basis, who pays; any word from Rabat, Israel, Washington or a Palestinian; any dissent.",
        (),
    ),
    ("Several are involved in security frameworks; only Morocco is named.", ("From a geo",)),
)
