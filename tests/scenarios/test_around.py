"""The places around a council, and in which of them others are."""

from itertools import pairwise

import pytest

from scenarios.errors import InputError
from scenarios.from_tables.around import around
from scenarios.tables import parents, uk_districts
from scenarios.vocabulary import Tier

TAMESIDE, MANCHESTER, PRESTON, LEEDS, ABERDEEN = (
    "E08000008", "E08000003", "E07000123", "E08000035", "S12000033",
)  # fmt: skip


def test_a_metropolitan_district_has_its_statistical_county() -> None:
    """Tameside, Greater Manchester, the North West, the country."""
    found = [(one.tier, one.name) for one in around(TAMESIDE).levels]

    assert found == [
        (Tier.DISTRICT, "Tameside"),
        (Tier.COUNTY, "Greater Manchester"),
        (Tier.REGION, "North West"),
        (Tier.UK, "United Kingdom"),
    ]


def test_a_district_under_a_county_council_has_that_county() -> None:
    """Preston lies in Lancashire, whose council's own place is the county."""
    assert around(PRESTON).levels[1].code == "E10000017"
    assert [one.tier for one in around("E10000017").levels] == [Tier.COUNTY, Tier.REGION, Tier.UK]


def test_rings_go_outwards() -> None:
    """Who may be in two places is between their rings; who is unknown, anywhere."""
    here = around(TAMESIDE)

    assert [here.ring(code) for code in (TAMESIDE, MANCHESTER, PRESTON, LEEDS, ABERDEEN)] == [
        0, 1, 2, 3, 3,
    ]  # fmt: skip
    assert here.ring("abroad") == 4
    assert here.between([TAMESIDE, PRESTON]) == (0, 2)
    assert here.between(None) == here.between([]) == (0, 4)


def test_a_district_that_has_ended_is_where_it_was() -> None:
    """Allerdale lies in Cumberland now, in the North West."""
    assert around(TAMESIDE).ring("E07000026") == 2


def test_whatever_holds_districts_may_be_a_place() -> None:
    """A statistical county, a nation beyond England, the country; England is no region."""
    told = {code: [one.tier for one in around(code).levels]
            for code in ("TLD3", "E12000002", "S92000003", "K02000001")}  # fmt: skip

    assert told == {
        "TLD3": [Tier.COUNTY, Tier.REGION, Tier.UK],
        "E12000002": [Tier.REGION, Tier.UK],
        "S92000003": [Tier.REGION, Tier.UK],
        "K02000001": [Tier.UK],
    }
    assert around("K02000001").between([TAMESIDE, ABERDEEN]) == (0, 0)
    with pytest.raises(InputError, match="the nation England"):
        around("E92000001")


def test_every_area_of_the_tables_has_places_around_it() -> None:
    """Each holds the one before, and the last is the country."""
    for code in (*uk_districts(), *parents()):
        levels = around(code).levels
        assert levels[-1].tier == Tier.UK
        assert all(a.districts < b.districts for a, b in pairwise(levels[:-1]))
        assert [one.tier for one in levels] == sorted({one.tier for one in levels})


def test_beyond_england_the_nation_stands_for_a_region() -> None:
    """Cardiff, its statistical area, Wales, the country; Bath is elsewhere in it."""
    cardiff = around("W06000015")

    assert [one.name for one in cardiff.levels][::2] == ["Cardiff", "Wales"]
    assert [cardiff.ring(code) for code in ("W06000015", "W06000001", "E06000022")] == [0, 2, 3]


def test_an_unknown_code_is_an_error() -> None:
    """And so is that of a district that is no more: the message says what it became."""
    with pytest.raises(InputError):
        around("E99999999")
    with pytest.raises(InputError, match="Cumberland"):
        around("E07000026")
