"""The tables of districts, put together from the published ones column by column."""

import csv
import io
from collections.abc import Iterable, Mapping
from pathlib import Path

from scenarios.tables.derive import (
    budgets,
    figures,
    former,
    homes,
    nation_districts,
    nations,
    value_added,
)
from scenarios.tables.derive.parts import (
    KINDS,
    REGIONS,
    Part,
    area_id,
    councils,
    formers,
    parts,
    summed,
    weighted,
)
from scenarios.tables.derive.published import text_rows
from scenarios.tables.reading import rows
from scenarios.tables.sector_groups import sector_groups

BOUNDARIES = "la-geography/Local_Authority_Districts_December_2022_UK.csv"
COMBINED = "la-geography/lad22_cauth22.csv"
SQUARE_METRES = 1e6
LONDON = "GLA"
Cells = Mapping[str, object]


def tables(folder: Path) -> dict[str, str]:
    """Derive every table of districts and nations.

    Parameters
    ----------
    folder : Path
        Holds the published files in the folders that districts.md names.

    Returns
    -------
    dict of str to str
        Name of the table, without `.csv` -> its text.

    Raises
    ------
    MissingSourceError
        Where a published file is not there.
    """
    where = parts(folder)
    itl3 = {row["code"]: row["itl3"] for row in rows("itl3_members")}
    return {
        "counties_former": _text(former.counties(folder)),
        "districts": _text(_districts(folder, where, itl3)),
        "districts_budgets": _text(budgets.by_council(folder)),
        "districts_former": _text(
            {"code": f.code, "name": f.name, "ended": f.ended, "district": f.district}
            for f in formers(folder)
        ),
        "districts_parents": _text(_parents(folder)),
        "districts_value_added": _text(_value_added(folder, where, itl3)),
        "itl2_jobs": _text(nations.full_time_jobs(folder)),
        "nations": _text(nations.by_nation(folder)),
        "nations_districts": _text(nation_districts.by_district(folder)),
        "nations_districts_jobs": _text(nation_districts.jobs_by_sector(folder)),
        "nations_former": _text(former.of_nations(folder)),
        "nations_itl2": _text(nation_districts.itl2_areas(folder)),
        "nations_jobs": _text(nations.jobs_by_sector(folder)),
        "nations_value_added": _text(nation_districts.value_added_of_wales(folder)),
    }


def _districts(folder: Path, where: list[Part], itl3: Mapping[str, str]) -> Iterable[Cells]:
    """One row a district, in order of ONS code."""
    ages = figures.ages(folder)
    names = {row["code"]: row["name"] for row in ages}
    people = {row["code"]: figures.people(row) for row in ages}
    latest = figures.people_2024(folder, names)
    area, east, north = _land(folder, where)
    census = summed(where, homes.counted(folder))
    together = homes.joined(where, itl3)
    grown = homes.grown(census, latest, homes.residents(folder, homes.CENSUS_YEAR), together)
    firms = {
        column: summed(where, figures.enterprises(folder, column)) for column in figures.ENTERPRISES
    }
    county, combined = _counties(folder), _combined(folder)
    region = {part.district: part.region for part in where}
    income, pay = figures.taxpayers(folder), figures.pay(folder)
    weekly = [figures.northern_pay(folder, f"{mean}_weekly_wage") for mean in ("mean", "median")]
    for code, name in names.items():
        yield {
            "code": code,
            "id": area_id(name),
            "name": name,
            "kind": KINDS[code[:3]],
            "county": county.get(code, ""),
            "combined": combined.get(code, ""),
            "region": region[code],
            "easting_m": round(east[code]),
            "northing_m": round(north[code]),
            "area_km2": f"{area[code] / SQUARE_METRES:.2f}",
            "population_2023": people[code][0],
            "working_age_2023": people[code][1],
            "population_2024": latest[code],
            "households_2021": census[code],
            "households_2024": grown[code],
            **{column: firms[column][code] for column in firms},
            **_named(
                ("taxpayers_2022", "income_mean_2022", "income_median_2022"), income.get(code)
            ),
            **_named(("pay_median_2024", "pay_error_2024"), pay.get(code)),
            "weekly_pay_mean_2023": weekly[0].get(code, ""),
            "weekly_pay_median_2023": weekly[1].get(code, ""),
        }


def _land(folder: Path, where: list[Part]) -> tuple[dict[str, float], ...]:
    """Area [m2], easting and northing of the centroid [m]; parts weigh by their area."""
    shapes = {row["LAD22CD"]: row for row in text_rows(folder, BOUNDARIES)}

    def area(code: str) -> float:
        return float(shapes[code]["Shape__Area"])

    whole: dict[str, float] = {}
    for part in where:
        whole[part.district] = whole.get(part.district, 0.0) + area(part.code)
    east = weighted(where, lambda code: float(shapes[code]["BNG_E"]), area)
    north = weighted(where, lambda code: float(shapes[code]["BNG_N"]), area)
    return whole, east, north


def _counties(folder: Path) -> dict[str, str]:
    """ONS code of a district's county council, where it has one."""
    known = councils(folder)
    codes = {row["local-authority-code"]: row["gss-code"] for row in known}
    return {
        row["gss-code"]: codes[row["county-la"]]
        for row in known
        if row["current-authority"] == "True" and row["county-la"]
    }


def _combined(folder: Path) -> dict[str, str]:
    """ONS code of a district's combined authority, for London of its Greater London Authority."""
    known = councils(folder)
    london = next(row["gss-code"] for row in known if row["local-authority-code"] == LONDON)
    out = {row["gss-code"]: london for row in known if row["combined-authority"] == LONDON}
    out.update({row["LAD22CD"]: row["CAUTH22CD"] for row in text_rows(folder, COMBINED)})
    return out


def _parents(folder: Path) -> Iterable[Cells]:
    """County councils, combined authorities, Greater London, and regions."""
    known = councils(folder)
    current = [row for row in known if row["current-authority"] == "True"]
    counties = {
        r["gss-code"]: r["nice-name"] for r in current if r["local-authority-type"] == "CTY"
    }
    combined = {row["CAUTH22CD"]: row["CAUTH22NM"] for row in text_rows(folder, COMBINED)}
    london = {
        r["gss-code"]: r["official-name"] for r in current if r["local-authority-code"] == LONDON
    }
    regions = {row["RGN22CD"]: row["RGN22NM"] for row in text_rows(folder, REGIONS)}
    for kind, names in (
        ("county", counties),
        ("combined", combined),
        ("greater_london", london),
        ("region", regions),
    ):
        for code in sorted(names):
            yield {"code": code, "name": names[code], "kind": kind}


def _value_added(folder: Path, where: list[Part], itl3: Mapping[str, str]) -> Iterable[Cells]:
    """One row a district, one column a group [GBP million]."""
    groups = sector_groups()
    households = homes.counted(folder)
    active, active10 = (
        figures.enterprises(folder, column) for column in ("active_2022", "active10_2022")
    )
    weights = {
        part.code: value_added.Weights(
            households[part.code], active[part.code], active10[part.code]
        )
        for part in where
    }
    areas = value_added.by_area(folder, groups)
    shares = value_added.shared(where, itl3, areas, weights, groups)
    for code in sorted(shares):
        tenths = {group.group: divmod(shares[code][group.group], 10) for group in groups}
        yield {"code": code} | {name: f"{pounds}.{rest}" for name, (pounds, rest) in tenths.items()}


def _named(columns: tuple[str, ...], values: tuple[object, ...] | None) -> Cells:
    """Cells of columns, empty where nothing is known."""
    found = values if values is not None else ("",) * len(columns)
    return {c: "" if v is None else v for c, v in zip(columns, found, strict=True)}


def _text(table: Iterable[Cells]) -> str:
    """Write a table as comma-separated text, one line a row."""
    lines = list(table)
    out = io.StringIO()
    writer = csv.DictWriter(out, list(lines[0]), lineterminator="\n")
    writer.writeheader()
    writer.writerows(lines)
    return out.getvalue()
