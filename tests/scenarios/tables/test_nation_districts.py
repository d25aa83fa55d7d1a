"""Wales, Scotland and Northern Ireland district by district, and what is asked for by mistake."""

import pytest

from scenarios.tables import (
    FormerDistrictError,
    NotADistrictError,
    UnknownRowError,
    council_budgets,
    districts,
    nation_budgets,
    nation_district_jobs,
    nation_districts,
    nation_itl2_areas,
    nation_values_added,
    nations,
    scaling,
    services_run,
    uk_district,
    uk_districts,
)

COUNTS = {"wales": 22, "scotland": 32, "northern-ireland": 11}
WALES_2023, SCOTLAND_2022, NORTHERN_IRELAND_2022 = 3_164_404, 5_439_843, 1_910_544
"""ONS mid-2023; Scotland's Census 2022, sum of its council areas; ONS mid-2022, sum of areas."""

NI_EMPLOYEES, NI_FARMS = 773_960, 11_910
"""Employee jobs and those on farms, as NISRA prints them for all districts."""

WALES_VALUE_ADDED = 74_545
"""GBP million, 2022 (ONS Table 1)."""


def of(nation):
    """Districts of one nation."""
    return [one for one in nation_districts().values() if one.nation == nation]


def test_there_are_361_districts_each_once():
    """296 and 65, with codes, ids and names of their own."""
    rows = list(uk_districts().values())

    assert {nation: len(of(nation)) for nation in COUNTS} == COUNTS
    assert len(rows) == 361
    for key in ("code", "id", "name"):
        assert len({getattr(row, key) for row in rows}) == 361


def test_residents_sum_to_those_of_the_nation():
    """Each nation's districts hold its people, of the year that the table names."""
    found = {nation: sum(one.population for one in of(nation)) for nation in COUNTS}

    assert found["wales"] == WALES_2023
    assert found["scotland"] == SCOTLAND_2022
    assert abs(found["northern-ireland"] - NORTHERN_IRELAND_2022) <= 11
    for nation, people in found.items():
        assert people == pytest.approx(nations()[nation].population_2022, rel=0.011)


@pytest.mark.parametrize("nation", COUNTS)
def test_enterprises_and_households_sum_to_the_nation(nation):
    """What is published by district adds up; what is shared keeps the total that was shared."""
    here = of(nation)

    assert sum(one.active_2022 for one in here) == nations()[nation].active_2022
    assert sum(one.active10_2022 for one in here) == nations()[nation].active10_2022
    if nation == "wales":
        assert sum(one.households_2021 or 0 for one in here) == nations()[nation].households_2021
        assert all(one.households >= (one.households_2021 or 0) * 0.98 for one in here)
    else:
        assert sum(one.households for one in here) == scaling(f"households_{nation}")


def test_jobs_of_scotland_are_those_of_the_nation_rounding_apart():
    """Sum of 32 council areas by sector: each division of each is rounded by the ONS."""
    known = nations()["scotland"].jobs_2019
    found = dict.fromkeys(known, 0)
    for one in of("scotland"):
        for sector, jobs in nation_district_jobs()[one.code].items():
            found[sector] += jobs

    assert sum(found.values()) == pytest.approx(sum(known.values()), rel=0.002)
    for sector, jobs in known.items():
        assert found[sector] == pytest.approx(jobs, rel=0.06), sector


def test_jobs_of_northern_ireland_are_those_printed_for_each_district():
    """Employees and farms; what is held back of a section changes no district's total."""
    found = {one.code: one.jobs_2019 for one in of("northern-ireland")}

    assert found["N09000003"] == 230_649 + 19
    assert found["N09000009"] == 58_414 + 1_756
    assert abs(sum(found.values()) - NI_EMPLOYEES - NI_FARMS) <= 11
    for code, row in nation_district_jobs().items():
        assert sum(row.values()) == nation_districts()[code].jobs_2019
        assert min(row.values()) >= 0


def test_value_added_of_wales_sums_to_its_own():
    """What Wales made in 2022, but for the rounding of twelve areas."""
    made = sum(sum(row.values()) for row in nation_values_added().values())

    assert len(nation_values_added()) == 22
    assert made == pytest.approx(WALES_VALUE_ADDED, abs=6)


def test_each_district_lies_in_one_county_of_its_nation():
    """Eight ITL2 areas hold the 65, and none crosses a border."""
    held = [one.code for area in nation_itl2_areas() for one in area.districts]

    assert len(nation_itl2_areas()) == 8
    assert sorted(held) == sorted(nation_districts())
    assert all(len({one.nation for one in area.districts}) == 1 for area in nation_itl2_areas())


def test_a_council_of_northern_ireland_runs_no_schools_and_no_care():
    """Leisure, waste and streets, planning, and its own offices: nothing else has a budget."""
    belfast = nation_budgets()["N09000003"]

    assert set(belfast.services) == {"cultural", "environmental", "planning", "central_services"}
    assert "public_health" not in services_run()["scotland"]
    assert set(services_run()["wales"]) == set(services_run()["scotland"])


def test_a_council_costs_per_resident_what_englands_unitary_councils_do():
    """Scotland's education: England's unitary councils', by residents, and no other council's."""
    like = [one for one in districts().values() if one.kind == "unitary"]
    spent = sum(council_budgets()[one.code].services["education"] for one in like)
    people = sum(one.population_2024 for one in like)
    fife = uk_district("fife")

    found = nation_budgets()[fife.code].services["education"]

    assert found == round(spent / people * fife.population)


@pytest.mark.parametrize(
    ("asked", "name"),
    [
        ("E08000010", "Wigan"),
        ("wigan", "Wigan"),
        ("Bristol", "Bristol, City of"),
        ("s12000049", "Glasgow City"),
        (" Na h-Eileanan Siar ", "Na h-Eileanan Siar"),
        ("W06000015", "Cardiff"),
        ("armagh-city-banbridge-and-craigavon", "Armagh City, Banbridge and Craigavon"),
    ],
)
def test_a_district_is_found_by_code_id_or_name(asked, name):
    """Capitals and spaces around do not matter."""
    assert uk_district(asked).name == name


@pytest.mark.parametrize(
    ("asked", "error", "told"),
    [
        ("E07000027", FormerDistrictError, "Westmorland and Furness, E06000064"),
        ("S12000015", FormerDistrictError, "Fife, S12000047"),
        ("S12000046", FormerDistrictError, "Glasgow City, S12000049"),
        ("W06000017", FormerDistrictError, "Merthyr Tydfil, W06000024"),
        ("95O", FormerDistrictError, "Armagh City, Banbridge and Craigavon, N09000002"),
        ("Limavady", FormerDistrictError, "Causeway Coast and Glens, N09000004"),
        ("E10000017", NotADistrictError, "county council of Lancashire"),
        ("E10000027", NotADistrictError, "ended in 2023"),
        ("E10000006", NotADistrictError, "Cumberland (E06000063), Westmorland and Furness"),
        ("E47000001", NotADistrictError, "combined authority Greater Manchester"),
        ("E12000002", NotADistrictError, "and 29 more"),
        ("TLM6", NotADistrictError, "Shetland Islands (S12000027)"),
        ("TLL23", NotADistrictError, "Flintshire, Wrexham"),
        ("TLC11", NotADistrictError, "Hartlepool, Stockton-on-Tees"),
        ("N92000002", NotADistrictError, "the nation Northern Ireland"),
        ("K02000001", NotADistrictError, "the United Kingdom"),
        ("W06000099", UnknownRowError, "W06000009"),
        ("Aberden City", UnknownRowError, "Aberdeen City"),
    ],
)
def test_a_wrong_code_is_answered_with_what_to_ask_for(asked, error, told):
    """Old codes with what replaced them, areas with the districts in them, else the nearest."""
    with pytest.raises(error) as caught:
        uk_district(asked)

    assert told in str(caught.value)
    assert str(type(caught.value)(*caught.value.__reduce__()[1])) == str(caught.value)
