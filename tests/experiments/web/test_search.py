"""A district is found by whatever a person calls it, and nothing is chosen for them."""

import pytest

from experiments.web.places.search import payers, search
from scenarios.tables import uk_districts


def names(typed: str) -> list[str]:
    """Names of what is found."""
    return [one.name for one in search(typed)]


def test_every_district_is_found_by_its_code_and_its_name() -> None:
    """All 361 of them."""
    for code, one in uk_districts().items():
        assert [hit.code for hit in search(code)] == [code]
        assert code in [hit.code for hit in search(one.name)]
        assert code in [hit.code for hit in search(one.name.upper())]
    assert len(uk_districts()) == 361


@pytest.mark.parametrize(("typed", "name"), [
    ("Tamside", "Tameside"), ("st helens", "St. Helens"), ("leeds city council", "Leeds"),
    ("blackburn", "Blackburn with Darwen"), ("rhonda cynon taf", "Rhondda Cynon Taf"),
    ("London Borough of Hackney", "Hackney"), ("  york ", "York"), ("e08000008", "Tameside"),
])  # fmt: skip
def test_slips_and_names_of_councils_are_forgiven(typed: str, name: str) -> None:
    """The likeliest stands first."""
    assert names(typed)[0] == name


def test_a_county_gives_its_districts_and_a_former_district_what_holds_it() -> None:
    """With the reason beside it."""
    assert len(names("Lancashire")) == 12
    assert [(one.name, one.why) for one in search("Harrogate")] == [
        ("North Yorkshire", "Harrogate is part of it now")
    ]


@pytest.mark.parametrize("typed", ["", "   ", "zzzzzz", "<script>", "%", "'" * 500, "\x00"])
def test_what_is_no_place_gives_nothing(typed: str) -> None:
    """And breaks nothing."""
    assert search(typed) == []
    assert payers(typed) == []


def test_several_of_one_name_are_all_shown() -> None:
    """Newcastle is two."""
    assert names("newcastle") == ["Newcastle-under-Lyme", "Newcastle upon Tyne"]
    assert len(payers("Newcastle")) == 2


def test_a_county_council_is_told_from_a_district_of_its_name() -> None:
    """A county council pays for twelve districts, of which one is looked at."""
    (county,) = payers("Lancashire County Council")

    assert county.code == "E10000017"
    assert len(county.districts) == 12
    assert [one.name for one in payers("Tameside MBC")] == ["Tameside"]
