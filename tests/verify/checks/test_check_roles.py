"""Roles: who did it to whom, told with another verb or in the passive: "A lost to B" for "A beat B"."""

from __future__ import annotations

import pytest
from claims import verdict

GAME = "Spain defeated the Netherlands 1-0 in the 2010 championship hosted by South Africa."
LOAN = "Japan granted Mauritania a loan of 25 million dollars for a plant in Nouakchott."


@pytest.mark.parametrize(
    ("claim", "source", "expected"),
    [
        ("In the 2010 championship, Spain lost 1-0 to the Netherlands.", GAME, "withheld"),
        ("In the 2010 championship, the Netherlands lost 1-0 to Spain.", GAME, "stands"),
        ("The Netherlands were defeated by Spain in the 2010 championship.", GAME, "stands"),
        ("Spain was defeated by the Netherlands in the 2010 championship.", GAME, "withheld"),
        ("Mauritania received a loan of 25 million dollars from Japan.", LOAN, "stands"),
        ("Japan received a loan of 25 million dollars from Mauritania.", LOAN, "withheld"),
    ],
)
def test_the_same_event_told_from_its_other_side(claim: str, source: str, expected: str) -> None:
    assert verdict(claim, source) == expected


def test_a_month_is_no_actor() -> None:
    said = "Der Tarnsee trocknete im Juli 2019 völlig aus."
    assert verdict("Im Juli 2019 trocknete der Tarnsee aus.", said, language="de") == "stands"
