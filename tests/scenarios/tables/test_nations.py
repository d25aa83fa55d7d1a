"""Nations, counties of the regional accounts, county halls, and what a service's pound buys."""

import pytest

from scenarios.tables import (
    CouncilBudget,
    UnknownRowError,
    council_budgets,
    council_spending,
    county_halls,
    districts,
    itl2_areas,
    nations,
    parents,
    scaling,
    sectors,
    service_rules,
    technology,
)
from scenarios.tables.reading import rows

ROUNDING = 0.03
"""BRES rounds each division of a nation by itself; small sectors feel it most."""


def test_england_is_the_sum_of_its_districts():
    """Enterprises and households of the nation are those of the 296 districts."""
    england = nations()["england"]
    here = districts().values()

    assert england.active_2022 == sum(one.active_2022 for one in here)
    assert england.active10_2022 == sum(one.active10_2022 for one in here)
    assert england.households_2021 == sum(one.households_2021 for one in here)


def test_jobs_of_four_nations_are_those_of_the_technology():
    """Nations by sector sum to the United Kingdom's jobs, rounding apart."""
    national = technology("uk_2019").jobs

    for sector, jobs in zip(sectors(), national, strict=True):
        found = sum(one.jobs_2019[sector.id] for one in nations().values())
        assert found == pytest.approx(jobs, rel=ROUNDING), sector.id


def test_every_district_lies_in_one_county_of_its_region():
    """33 ITL2 areas hold all 296 districts, and none crosses a region."""
    held = [one.code for area in itl2_areas() for one in area.districts]

    assert len(itl2_areas()) == 33
    assert sorted(held) == sorted(districts())
    assert all(len({one.region for one in area.districts}) == 1 for area in itl2_areas())


def test_a_county_council_sits_within_its_county():
    """All 21 have a seat in a district under them."""
    counties = {code for code, one in parents().items() if one.kind == "county"}

    assert set(county_halls()) == counties
    assert all(districts()[seat].county == county for county, seat in county_halls().items())


def test_every_service_and_category_of_the_rules_exists():
    """Each service of the returns has a use, each use a reason and a known category."""
    services = {name for one in council_budgets().values() for name in one.services}
    known = {row["id"] for row in rows("categories")}

    assert {rule.service for rule in service_rules()} == services | {"all_but_education"}
    assert {rule.category for rule in service_rules()} <= known
    assert all(rule.reason and rule.bought + rule.payroll > 0 for rule in service_rules())
    assert len({(rule.service, rule.category) for rule in service_rules()}) == len(service_rules())


def test_a_service_that_earns_buys_nothing():
    """A surplus of parking is no spending, and takes nothing from other services."""
    with_parking = CouncilBudget("x", {"transport": -500, "cultural": 1000})
    without = CouncilBudget("x", {"cultural": 1000})

    assert council_spending(with_parking) == council_spending(without)


def test_a_pound_of_culture_is_spent_by_its_rules():
    """Rules of the service and of every service add up, in pounds."""
    bought, payroll = council_spending(CouncilBudget("x", {"cultural": 1000}))

    rules = [one for one in service_rules() if one.service in ("cultural", "all_but_education")]
    assert sum(bought.values()) == pytest.approx(1e6 * sum(one.bought for one in rules))
    assert payroll["leisure_culture"] == pytest.approx(320_000)


def test_schools_are_no_part_of_a_council():
    """Most of education is passed on: little of it is bought, and less is payroll."""
    bought, payroll = council_spending(CouncilBudget("x", {"education": 1000}))

    assert 0.1 < sum(bought.values()) / 1e6 < 0.2
    assert sum(payroll.values()) / 1e6 < 0.1


def test_single_figures_have_unit_year_source_and_grade():
    """Each row says where it is from; one that is not there is answered with the nearest."""
    for row in rows("scaling"):
        assert all(row[key] for key in ("unit", "year", "source"))
        assert row["grade"] in ("official", "survey", "judgement")
    with pytest.raises(UnknownRowError, match="owned_england"):
        scaling("owned_englnd")


def test_tenures_of_a_place_sum_to_one():
    """England's and London's shares are of all households."""
    for place in ("england", "london"):
        whole = sum(scaling(f"{name}_{place}") for name in ("owned", "social", "private"))
        assert whole == pytest.approx(1)
