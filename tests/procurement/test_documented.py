"""The page of a way of buying states the numbers and the dates in law that are reckoned with.

A councillor reads `docs/regimes/`, the model reads the register: value, range, the value at which a
mechanism is absent, and the months in which a legal basis can be used must be the same in both.
"""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest

from scenarios.assumptions import Entry
from simulation.procurement.alliance_entries import ALLIANCE_ENTRIES, ALLIANCE_ROUTES
from simulation.procurement.club_entries import CLUB_ENTRIES, CLUB_ROUTES
from simulation.procurement.commons_entries import COMMONS_ENTRIES, COMMONS_ROUTES
from simulation.procurement.framework_entries import FRAMEWORK_ENTRIES, FRAMEWORK_ROUTES
from simulation.procurement.grant_entries import GRANT_ENTRIES, GRANT_ROUTES
from simulation.procurement.incubation_entries import COOP_ENTRIES, COOP_ROUTES
from simulation.procurement.insourcing_entries import INSOURCING_ENTRIES, INSOURCING_ROUTES
from simulation.procurement.lowest_price import LowestPrice
from simulation.procurement.price_quality import PriceQuality
from simulation.procurement.reserved_entries import LOCAL_ENTRIES, LOCAL_ROUTES, MUTUAL_ENTRIES
from simulation.procurement.routes import Route
from simulation.procurement.social_value import SocialValue
from simulation.procurement.venture_entries import VENTURE_ENTRIES, VENTURE_ROUTES

PAGES = Path(__file__).resolve().parents[2] / "docs" / "regimes"
ENTRIES = {
    "alliance": ALLIANCE_ENTRIES,
    "cooperative_membership": CLUB_ENTRIES,
    "ethical_framework": FRAMEWORK_ENTRIES,
    "grant": GRANT_ENTRIES,
    "incubated_coop": COOP_ENTRIES,
    "insourcing": INSOURCING_ENTRIES,
    "joint_venture": VENTURE_ENTRIES,
    "price_quality": PriceQuality.parameters,
    "public_commons": COMMONS_ENTRIES,
    "reserved_local": LOCAL_ENTRIES,
    "reserved_mutual": MUTUAL_ENTRIES,
    "social_value": SocialValue.parameters,
}
ROUTES = {
    "alliance": ALLIANCE_ROUTES,
    "cooperative_membership": CLUB_ROUTES,
    "ethical_framework": FRAMEWORK_ROUTES,
    "grant": GRANT_ROUTES,
    "incubated_coop": COOP_ROUTES,
    "insourcing": INSOURCING_ROUTES,
    "joint_venture": VENTURE_ROUTES,
    "lowest_price": LowestPrice.lawful,
    "price_quality": PriceQuality.lawful,
    "public_commons": COMMONS_ROUTES,
    "reserved_local": LOCAL_ROUTES,
    "social_value": SocialValue.lawful,
}
NUMBER = r"\d[\d,]*(?:\.\d+)?"
SPAN = rf"(?:,? \(?(?:drawn )?({NUMBER}) to ({NUMBER})(?: each)?\)?)?"
WORTH = re.compile(rf"({NUMBER}){SPAN}(?:, |$)")
MONTH = r"(\d{4})-(\d{2})"


class Told(NamedTuple):
    """A row of a page: names of levers, what each is worth, and where they are absent."""

    names: list[str]
    worths: list[tuple[float, ...]]
    nulls: set[float]


def number(text: str) -> float:
    """Read 400,000 as a number."""
    return float(text.replace(",", ""))


def rows(page: str) -> Iterator[Told]:
    """Read the rows of a page's table of parameters that state a number for each lever."""
    text = (PAGES / f"{page}.md").read_text("utf-8")
    _, _, table = text.partition("\n| parameter | value ")
    head, *lines = table.partition("\n\n")[0].splitlines()
    ranged = head.startswith("| range")
    for line in lines[1:]:
        cells = [cell.strip() for cell in line.strip("|").split(" |")]
        names = re.findall(r"`(\w+)`", cells[0])
        first = names[0].partition("_")[0]
        names = [f"{first}{name}" if name.startswith("_") else name for name in names]
        found = [
            tuple(number(one) for one in match.groups() if one is not None)
            for match in WORTH.finditer(cells[1])
        ]
        if ranged:
            spans = re.findall(rf"({NUMBER}) to ({NUMBER})|lever", cells[2])
            spans = spans * len(names) if len(spans) == 1 else spans
            found = [
                (*one, *(number(end) for end in ends if end))
                for one, ends in zip(found, spans or [()] * len(found), strict=True)
            ]
        if len(found) == len(names):
            nulls = {number(one) for one in re.findall(NUMBER, cells[3 if ranged else 2])}
            yield Told(names, found, nulls)


@pytest.mark.parametrize("page", sorted(ENTRIES))
def test_a_page_states_the_numbers_that_are_reckoned_with(page: str) -> None:
    """Each lever that a page names has its value there, and where a range is stated, its range."""
    of = {entry.name.partition(".")[2]: entry for entry in ENTRIES[page]}
    told = list(rows(page))

    assert told
    for row in told:
        for name, (value, *span) in zip(row.names, row.worths, strict=True):
            entry = of[name]
            assert entry.value == value, name
            if span:
                assert [entry.low, entry.high] == span, name


@pytest.mark.parametrize("page", sorted(ENTRIES))
def test_a_page_states_where_each_mechanism_is_absent(page: str) -> None:
    """The values at which the levers of a row do nothing are those that the page names."""
    of: dict[str, Entry] = {entry.name.partition(".")[2]: entry for entry in ENTRIES[page]}

    for row in rows(page):
        absent = {of[name].null for name in row.names} - {None}
        assert absent == row.nulls, row.names


@pytest.mark.parametrize("page", sorted(ROUTES))
def test_a_page_dates_every_legal_basis_as_the_model_does(page: str) -> None:
    """A page names the month from which a basis can be used, and its last or the first after it."""
    routes: tuple[Route, ...] = ROUTES[page]
    text = (PAGES / f"{page}.md").read_text("utf-8")
    named = {12 * int(year) + int(month) for year, month in re.findall(MONTH, text)}

    for one in routes:
        assert 12 * one.since[0] + one.since[1] in named, one.power
        if one.until is not None:
            first_after = 12 * one.until[0] + one.until[1]
            assert {first_after, first_after - 1} & named, one.power
