"""Tables of Wales, Scotland and Northern Ireland come from the published ones by steps."""

import os
from pathlib import Path

import pytest

from scenarios.tables.derive import figures, homes, nation_districts, nation_jobs
from scenarios.tables.derive.published import number, sheet_rows, text_rows
from scenarios.tables.reading import rows

GROWTH = (-0.025, 0.03)
"""Residents of an ITL area differ by less: the census of Scotland moved areas by up to 2.8 %."""

ARRAN_AND_HELENSBURGH = 0.04
"""ITL2 areas of Scotland differ by so much from the districts put into them whole."""


@pytest.fixture(scope="module")
def folder():
    """Folder of published files."""
    found = os.environ.get("POUNDFLOW_DATA")
    if found is None or not (Path(found) / "bres-employment").is_dir():
        pytest.skip("set POUNDFLOW_DATA to a folder that holds the published files")
    return Path(found)


def test_what_is_held_back_is_what_is_missing_to_the_total():
    """Two sections are hidden: they share the 10 missing as the nation has 6 and 4 of them left."""
    nation = {"A": 20, "B": 13, "C": 9}
    known = {"x": {"A": 20}, "y": {"B": 7, "C": 5}}

    found = nation_jobs.filled(known, {"x": 30, "y": 12}, nation)

    assert found == {"x": {"A": 20, "B": 6, "C": 4}, "y": {"A": 0, "B": 7, "C": 5}}


def test_rounding_of_sections_gives_way_to_the_total():
    """Sections printed sum to 11 where the total printed is 10: the total is kept."""
    found = nation_jobs.filled({"x": {"A": 8, "B": 3}}, {"x": 10}, {"A": 8, "B": 3})

    assert sum(found["x"].values()) == 10


def test_every_sector_lies_in_one_section():
    """From farms in A to people's own staff in S."""
    found = [name for section in nation_jobs.SECTIONS for name in nation_jobs._sectors_of(section)]

    assert found == [row["id"] for row in rows("sectors")]


def test_names_of_members_are_those_of_the_boundaries(folder):
    """Who was put into an ITL area by hand is called as its publisher calls it, and all are."""
    known = {
        row["LAD22CD"]: row["LAD22NM"] for row in text_rows(folder, nation_districts.BOUNDARIES)
    }

    members = {row["code"]: row["name"] for row in rows("nations_members")}

    assert members == {code: name for code, name in known.items() if code[0] in "WSN"}


def test_members_of_itl_areas_have_their_residents(folder):
    """Districts put into an ITL area by hand hold the people that the ONS counts there."""
    people = nation_districts.residents(folder)
    then = nation_districts.itl_residents(folder, "2022")
    now: dict[str, int] = {}
    for code, area in nation_districts.members().items():
        now[area] = now.get(area, 0) + people[code]

    held = {area for area in now if area in then}
    assert held >= {area for area in then if len(area) == 5 and area[:4] not in ("TLM6", "TLM8")}
    for area in held:
        assert GROWTH[0] < now[area] / then[area] - 1 < GROWTH[1], area


def test_districts_that_cross_an_area_hardly_move_it(folder):
    """Arran lies in the Highlands and Islands, Helensburgh in West Central Scotland."""
    people = nation_districts.residents(folder)
    then = nation_districts.itl_residents(folder, "2021")
    now: dict[str, int] = {}
    for code, area in nation_districts.members().items():
        now[area[:4]] = now.get(area[:4], 0) + people[code]

    for area, count in now.items():
        assert count / then[area] - 1 == pytest.approx(0, abs=ARRAN_AND_HELENSBURGH), area


def test_ages_of_northern_ireland_are_a_filler_and_are_not_taken(folder):
    """Its ten rows are one and the same, the mean of all others, which nobody counted."""
    rows_of_ages = text_rows(folder, figures.AGES)
    others = [number(row["all"]) for row in rows_of_ages if not row["code"].startswith("N")]
    filled = {number(row["all"]) for row in rows_of_ages if row["code"].startswith("N")}

    assert len(filled) == 1
    assert filled.pop() not in nation_districts.residents(folder).values()
    assert len(others) == 350


def test_ages_of_scotland_are_those_of_england_and_wales_and_are_not_taken(folder):
    """Each council area has England and Wales's shares by age; only its total is its own."""
    rows_of_ages = text_rows(folder, figures.AGES)
    south = [row for row in rows_of_ages if row["code"][0] in "EW"]
    share = sum(number(row["40"]) for row in south) / sum(number(row["all"]) for row in south)

    for row in (row for row in rows_of_ages if row["code"].startswith("S")):
        assert number(row["40"]) / number(row["all"]) == pytest.approx(share, rel=1e-9)


def test_district_totals_of_northern_ireland_are_read_as_printed(folder):
    """Employee jobs of table 1.1 and farms of the annex, nothing lost between."""
    table = sheet_rows(folder, nation_jobs.NORTHERN_IRELAND, "DCA")
    printed = next(row for row in table if row.get("A") == "Total")
    names = {row["code"]: row["name"] for row in rows("nations_members")}

    found = nation_jobs.northern_ireland(folder, {name: code for code, name in names.items()})

    whole = sum(sum(row.values()) for row in found.values())
    assert abs(whole - int(printed["H"]) - 11_910) <= len(found)


def test_households_of_wales_are_counted_ones(folder):
    """22 districts, and no other nation's, which the table does not hold."""
    counted = nation_districts.census_homes(folder)

    assert len(counted) == 22
    assert homes.counted(folder).keys().isdisjoint(counted)
