"""Districts of Wales, Scotland and Northern Ireland: what is published of each, and their homes.

None of them ended or began between 2022 and 2026, so that every table names the same 65.
"""

from collections.abc import Iterable, Mapping
from pathlib import Path

from scenarios.tables.derive import figures, homes, nation_jobs, value_added
from scenarios.tables.derive.apportion import apportion
from scenarios.tables.derive.parts import Part, area_id
from scenarios.tables.derive.published import number, sheet_rows, text_rows, whole
from scenarios.tables.reading import rows
from scenarios.tables.sector_groups import SectorGroup, sector_groups

BOUNDARIES = "la-geography/Local_Authority_Districts_December_2022_UK.csv"
SQUARE_METRES = 1e6
NATIONS = {"W": "wales", "S": "scotland", "N": "northern-ireland"}
"""First letter of an ONS code -> id of the nation."""

RESIDENTS_YEAR = {"W": "2023", "S": "2022", "N": "2022"}
"""Of the latest count or estimate at hand by district."""

ITL2 = 4
"""Letters of an ITL code that are its ITL2 area's."""

IDS = {"TLN0": "all-northern-ireland"}
"""Where the area is called like the nation."""

FULL_TIME = "gva-itl/itl2_totalFTjobcounts.csv"
FULL_TIME_YEAR = "2021"
CALLED = {"West Wales and The Valleys": "West Wales"}
"""What the table of full-time jobs calls an area."""

Cells = Mapping[str, object]


def members() -> dict[str, str]:
    """ITL area by ONS code: ITL3, or ITL2 where a district crosses ITL3 areas."""
    return {row["code"]: row["itl"] for row in rows("nations_members")}


def by_district(folder: Path) -> Iterable[Cells]:
    """One row a district, in order of ONS code."""
    land = {row["LAD22CD"]: row for row in text_rows(folder, BOUNDARIES)}
    itl = members()
    ages = {row["code"]: row for row in text_rows(folder, figures.AGES)}
    people = residents(folder)
    census = census_homes(folder)
    now = homes_now(folder, people, census)
    firms = {
        column: figures.enterprises(folder, column) for column in ("active_2022", "active10_2022")
    }
    income = figures.taxpayers(folder)
    jobs = nation_jobs.by_district(folder, _names(folder))
    for code, name in _names(folder).items():
        taxpayers, mean, median = income.get(code, ("", "", ""))
        yield {
            "code": code,
            "id": area_id(name),
            "name": name,
            "nation": NATIONS[code[0]],
            "itl2": itl[code][:ITL2],
            "easting_m": land[code]["BNG_E"],
            "northing_m": land[code]["BNG_N"],
            "area_km2": f"{float(land[code]['Shape__Area']) / SQUARE_METRES:.2f}",
            "population": people[code],
            "population_year": RESIDENTS_YEAR[code[0]],
            "working_age": figures.people(ages[code])[1] if code.startswith("W") else "",
            "households_2021": census.get(code, ""),
            "households": now[code],
            **{column: found[code] for column, found in firms.items()},
            "taxpayers_2022": taxpayers,
            "income_mean_2022": mean,
            "income_median_2022": median,
            "jobs_2019": sum(jobs[code].values()) if code in jobs else "",
        }


def residents(folder: Path) -> dict[str, int]:
    """Residents of each district, in the year of `RESIDENTS_YEAR` [people].

    The file of ages holds one number for every district of Northern Ireland, the mean of all
    others; each of the eleven is an ITL3 area, whose residents the ONS prints.
    """
    counted = {row["code"]: row["all"] for row in text_rows(folder, figures.AGES)}
    areas = itl_residents(folder, RESIDENTS_YEAR["N"])
    itl = members()
    return {
        code: areas[itl[code]] if code.startswith("N") else round(number(counted[code]) or 0)
        for code in itl
    }


def itl_residents(folder: Path, year: str) -> dict[str, int]:
    """Residents of each ITL area beyond England in mid-year; what is not published is left out."""
    return {
        row["ITL code"]: whole(row[year])
        for row in text_rows(folder, homes.RESIDENTS)
        if row["ITL code"].startswith(("TLL", "TLM", "TLN")) and number(row[year]) is not None
    }


def census_homes(folder: Path) -> dict[str, int]:
    """Households of the Welsh districts (Census 2021, TS041)."""
    return {
        row["A"]: whole(row["C"])
        for row in sheet_rows(folder, homes.CENSUS, "Dataset")
        if row.get("A", "").startswith("W06")
    }


def homes_now(folder: Path, people: Mapping[str, int], census: Mapping[str, int]) -> dict[str, int]:
    """Households: in Wales grown as in England, elsewhere the nation's shared by residents."""
    itl = members()
    areas = {code: frozenset({itl[code]}) for code in census}
    out = homes.grown(census, people, itl_residents(folder, homes.CENSUS_YEAR), areas)
    known = {row["name"]: row["value"] for row in rows("scaling")}
    for letter in ("S", "N"):
        weights = {code: many for code, many in people.items() if code.startswith(letter)}
        out |= apportion(int(known[f"households_{NATIONS[letter]}"]), weights)
    return out


def value_added_of_wales(folder: Path) -> Iterable[Cells]:
    """One row a district, one column a group [GBP million], as of those of England."""
    groups = sector_groups()
    shares = _shared(folder, groups)
    for code in sorted(shares):
        tenths = {group.group: divmod(shares[code][group.group], 10) for group in groups}
        yield {"code": code} | {name: f"{pounds}.{rest}" for name, (pounds, rest) in tenths.items()}


def itl2_areas(folder: Path) -> Iterable[Cells]:
    """One row an ITL2 area: code, id, name, and full-time jobs where they are published."""
    counted = {
        row["GEOGRAPHY_NAME"]: row["COUNT"]
        for row in text_rows(folder, FULL_TIME)
        if row["DATE"] == FULL_TIME_YEAR
    }
    for row in text_rows(folder, homes.RESIDENTS):
        code, name = row["ITL code"], row["Region name"]
        if row["ITL"] == "ITL2" and code.startswith(("TLL", "TLM", "TLN")):
            yield {
                "code": code,
                "id": IDS.get(code, area_id(name)),
                "name": name,
                "full_time_2021": counted.get(CALLED.get(name, name), ""),
            }


def jobs_by_sector(folder: Path) -> Iterable[Cells]:
    """One row a district of Scotland and Northern Ireland, one column a sector."""
    found = nation_jobs.by_district(folder, _names(folder))
    for code in sorted(found):
        yield {"code": code, **found[code]}


def _shared(folder: Path, groups: tuple[SectorGroup, ...]) -> dict[str, dict[str, int]]:
    households = census_homes(folder)
    itl = {code: area for code, area in members().items() if code in households}
    where = [Part(code, name, "", code) for code, name in _names(folder).items() if code in itl]
    active, active10 = (
        figures.enterprises(folder, column) for column in ("active_2022", "active10_2022")
    )
    weights = {
        code: value_added.Weights(households[code], active[code], active10[code]) for code in itl
    }
    return value_added.shared(where, itl, value_added.by_area(folder, groups), weights, groups)


def _names(folder: Path) -> dict[str, str]:
    """Names of the 65 by ONS code, in its order."""
    found = {row["LAD22CD"]: row["LAD22NM"] for row in text_rows(folder, BOUNDARIES)}
    return {code: found[code] for code in sorted(found) if code[0] in NATIONS}
