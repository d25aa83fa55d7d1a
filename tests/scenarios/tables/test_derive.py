"""Tables of districts come from the published ones by steps that can be run again."""

import csv
import os
from importlib.resources import files
from pathlib import Path

import pytest

from scenarios.tables.derive import figures, homes, value_added
from scenarios.tables.derive.assemble import tables
from scenarios.tables.derive.parts import (
    Part,
    area_id,
    councils,
    parts,
    successor,
    summed,
    weighted,
)
from scenarios.tables.derive.published import number, text_rows, whole
from scenarios.tables.reading import rows
from scenarios.tables.sector_groups import sector_groups

SOURCES = (
    "bres-employment",
    "business-demography-la",
    "council-budgets",
    "earnings",
    "gva-itl",
    "household-income",
    "la-geography",
    "population-households",
)
GROWTH = (-0.01, 0.03)
"""Residents of an ITL3 area change by less than this in a year, mid-2022 to mid-2023."""

REVISION = 0.01
"""Residents of 2020 were revised by less than this in Cumbria after the census."""


@pytest.fixture(scope="module")
def folder():
    """Folder of published files."""
    found = os.environ.get("POUNDFLOW_DATA")
    if found is None or not all((Path(found) / name).is_dir() for name in SOURCES):
        pytest.skip(f"set POUNDFLOW_DATA to a folder that holds {', '.join(SOURCES)}")
    return Path(found)


@pytest.fixture(scope="module")
def derived(folder):
    """All tables, derived anew."""
    return tables(folder)


@pytest.fixture
def two_counties():
    """Two old districts joined into one that crosses ITL3 areas, and one that stayed."""
    return [Part("a", "A", "r", "new"), Part("b", "B", "r", "new"), Part("c", "C", "r", "c")]


def itl3_of():
    """ITL3 area by ONS code of December 2022."""
    return {row["code"]: row["itl3"] for row in rows("itl3_members")}


def rows_of(text):
    """Rows of a derived table."""
    return csv.DictReader(text.splitlines())


def test_old_districts_sum_into_the_new(two_counties):
    """Counts add; a centroid is the mean of the parts by their area."""
    assert summed(two_counties, {"a": 2, "b": 3, "c": 5}) == {"new": 5, "c": 5}
    middle = weighted(
        two_counties, {"a": 0.0, "b": 4.0, "c": 9.0}.get, {"a": 3, "b": 1, "c": 2}.get
    )
    assert middle == {"new": 1.0, "c": 9.0}


def test_areas_that_a_district_crosses_are_taken_together(two_counties):
    """Households of the joined district grow as the residents of both areas together."""
    together = homes.joined(two_counties, {"a": "X", "b": "Y", "c": "Y"})

    now = homes.grown({"new": 100, "c": 10}, {"new": 210, "c": 120}, {"X": 100, "Y": 200}, together)

    assert together == {"new": {"X", "Y"}, "c": {"X", "Y"}}
    assert now == {"new": 110, "c": 11}


def test_larger_enterprises_weigh_more():
    """An enterprise with ten employees or more weighs as one of its size in the country does."""
    small = value_added.jobs_weight(value_added.Weights(1, active=1, active10=0))
    large = value_added.jobs_weight(value_added.Weights(1, active=1, active10=1))

    assert small == 3611
    assert large == 72_353


def test_value_added_is_shared_within_its_area(two_counties):
    """What follows homes goes by homes, what follows enterprises by these, to the last tenth."""
    groups = sector_groups()
    areas = {"X": {group.group: 10 for group in groups}, "Y": {group.group: 7 for group in groups}}
    weights = {
        "a": value_added.Weights(5, 9, 1),
        "b": value_added.Weights(1, 8, 0),
        "c": value_added.Weights(3, 4, 4),
    }

    shares = value_added.shared(
        two_counties, {"a": "X", "b": "Y", "c": "Y"}, areas, weights, groups
    )

    assert shares["c"]["education"] == 52
    assert shares["new"]["education"] == 100 + 18
    assert shares["c"]["retail"] == 64
    assert shares["new"]["retail"] + shares["c"]["retail"] == 170


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("Bristol, City of", "bristol"),
        ("King's Lynn and West Norfolk", "kings-lynn-and-west-norfolk"),
        ("St. Helens", "st-helens"),
        ("Bournemouth, Christchurch and Poole", "bournemouth-christchurch-and-poole"),
    ],
)
def test_ids_are_plain(name, expected):
    """An id is letters and hyphens."""
    assert area_id(name) == expected


def test_every_old_district_lies_in_one_itl3_area():
    """309 districts of December 2022, 133 ITL3 areas of England, none of them empty."""
    members = rows("itl3_members")

    assert len({row["code"] for row in members}) == len(members) == 309
    assert len({row["itl3"] for row in members}) == 133


def test_tables_derive_anew_to_the_byte(derived):
    """What is shipped is what the published files give."""
    for name, text in derived.items():
        shipped = files("scenarios").joinpath("tables", f"{name}.csv").read_text(encoding="utf-8")

        assert shipped == text, name


def test_members_of_itl3_areas_have_their_residents(folder):
    """Who was put into an ITL3 area by hand are the people that the ONS counts there."""
    then = homes.residents(folder, "2022")
    people = {row["code"]: figures.people(row)[0] for row in figures.ages(folder)}
    now: dict[frozenset[str], int] = {}

    for code, areas in homes.joined(parts(folder), itl3_of()).items():
        now[areas] = now.get(areas, 0) + people[code]

    assert {area for areas in now for area in areas} == then.keys()
    for areas, count in now.items():
        growth = count / sum(then[area] for area in areas) - 1
        assert GROWTH[0] < growth < GROWTH[1], areas


def test_old_districts_of_cumbria_lie_on_their_side(folder):
    """Areas that were taken together above hold, each by itself, the residents of 2020."""
    then = homes.residents(folder, "2020")
    people = {row["gss-code"]: number(row["pop-2020"]) for row in councils(folder)}
    now = {"TLD11": 0.0, "TLD12": 0.0}

    for code, area in itl3_of().items():
        if area in now:
            now[area] += people[code]

    for area, count in now.items():
        assert abs(count / then[area] - 1) < REVISION, area


def test_names_of_members_are_those_of_the_publisher(folder):
    """The table of ITL3 members and the lookup of the ONS name the same districts."""
    published = {part.code: part.name for part in parts(folder)}

    assert {row["code"]: row["name"] for row in rows("itl3_members")} == published


def test_districts_sum_to_their_sources(folder, derived):
    """Each column sums to the sum of the published table; none is counted twice."""
    table = list(rows_of(derived["districts"]))

    for column, name in figures.ENTERPRISES.items():
        published = [row for row in text_rows(folder, name) if row["code"].startswith("E")]
        assert sum(int(r[column]) for r in table) == sum(int(r["2022"]) for r in published)
    households = sum(homes.counted(folder).values())
    assert sum(int(row["households_2021"]) for row in table) == households
    people = sum(whole(row["all"]) for row in figures.ages(folder))
    assert sum(int(row["population_2023"]) for row in table) == people


def test_value_added_sums_to_its_source(folder, derived):
    """Each group sums to that of England's ITL3 areas, and all industries to their totals."""
    groups = sector_groups()
    areas = value_added.by_area(folder, groups)
    england = {area: made for area, made in areas.items() if homes.in_england(area)}
    table = list(rows_of(derived["districts_value_added"]))

    for group in groups:
        tenths = sum(round(10 * float(row[group.group])) for row in table)
        assert tenths == 10 * sum(made[group.group] for made in england.values())
    for row in text_rows(folder, value_added.TABLE):
        if row["SIC07 code"] == "Total" and row["ITL code"] in england:
            difference = sum(england[row["ITL code"]].values()) - whole(row["2022"])
            assert abs(difference) <= len(groups), row["Region name"]


def test_fillers_of_the_income_file_are_left_out(folder):
    """Rows that repeat the row above them or hold a mean of all districts are unknown."""
    known = figures.taxpayers(folder)

    assert known["E06000062"] == (230_000, 37_200, 27_400)
    assert not known.keys() & {"E06000063", "E06000064", "E06000065", "E06000066"}
    assert not known.keys() & {"E06000027", "E06000053"}


def test_every_old_code_leads_to_a_district_of_today(folder):
    """No chain of joinings ends in a council that is gone."""
    current = {part.district for part in parts(folder)}

    assert len(current) == 296
    assert set(successor(councils(folder)).values()) <= current
