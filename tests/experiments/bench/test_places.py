"""The growth of a month with its place is reckoned from places whose people are counted."""

import pytest

from experiments.bench import places
from experiments.bench.places import PLACES, Lived, growth_rows
from scenarios.read import read_scenario


@pytest.mark.parametrize(("seconds", "exponent", "holds"), [(0.1, 1.0, True), (1.0, 2.0, False)])
def test_the_exponent_is_of_the_largest_place_beside_the_smallest(
    monkeypatch: pytest.MonkeyPatch, seconds: float, exponent: float, holds: bool
) -> None:
    """Ten times the accounts: ten times the time is 1, a hundred times is 2 and misses the bar."""
    took = {"small": (1_000, 0.01), "middle": (3_000, 9.0), "large": (10_000, seconds)}
    monkeypatch.setattr(places, "PLACES", dict.fromkeys(took, lambda: None))
    monkeypatch.setattr(places, "_live", lambda name, scenario: Lived(name, *took[name]))

    *months, row = growth_rows(tuple(took))

    assert [month.value for month in months] == [10.0, 9_000.0, 1_000.0 * seconds]
    assert row.value == pytest.approx(exponent)
    assert row.holds is holds
    assert "1,000 to 10,000 agents" in row.name


def test_a_tenth_has_a_tenth_of_the_people_and_of_what_is_spent() -> None:
    """Every place of the city is there, each with a tenth, rounded down."""
    tenth, city = PLACES["a tenth of preston-2012"](), read_scenario("preston-2012")

    pairs = list(zip(tenth.areas, city.areas, strict=True))

    assert [one.id for one, _ in pairs] == [whole.id for _, whole in pairs]
    assert all((one.households or 0) == (whole.households or 0) // 10 for one, whole in pairs)
    for part, whole in zip(tenth.buyers, city.buyers, strict=True):
        assert part.budget == {name: pounds // 10 for name, pounds in whole.budget.items()}


def test_in_the_county_every_district_is_of_agents() -> None:
    """No area of the county is left as suppliers alone."""
    county = PLACES["lancashire, all districts agents"]()

    assert "suppliers" not in {area.resolution for area in county.areas}
    assert sum(area.resolution == "agents" for area in county.areas) == 14
