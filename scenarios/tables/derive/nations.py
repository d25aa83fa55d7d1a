"""England and the nations beside it: people, homes, enterprises, incomes, and jobs by sector.

What is published by district is summed; residents and jobs are published by nation.
"""

from collections.abc import Iterable, Mapping
from pathlib import Path

from scenarios.tables.classifications import sectors
from scenarios.tables.derive import figures, homes
from scenarios.tables.derive.published import number, sheet_rows, text_rows, whole
from scenarios.tables.reading import rows

JOBS = "bres-employment/UK_BRES_2019_Employment.xlsx"
COLUMNS = {"england": "D", "wales": "F", "scotland": "H", "northern-ireland": "L"}
"""Columns of the workbook: employment in Great Britain, employees in Northern Ireland."""

NATIONS = {
    "england": ("E92000001", "England", "TLB"),
    "wales": ("W92000004", "Wales", "TLL"),
    "scotland": ("S92000003", "Scotland", "TLM"),
    "northern-ireland": ("N92000002", "Northern Ireland", "TLN"),
}
"""ONS code, name and ITL code of each nation."""

RESIDENTS_YEAR = "2022"
FULL_TIME = "gva-itl/itl2_totalFTjobcounts.csv"
FULL_TIME_YEAR = "2021"


def by_nation(folder: Path) -> Iterable[Mapping[str, object]]:
    """One row a nation."""
    residents = {row["ITL code"]: row[RESIDENTS_YEAR] for row in text_rows(folder, homes.RESIDENTS)}
    counted = {
        row["A"]: whole(row["C"])
        for row in sheet_rows(folder, homes.CENSUS, "Dataset")
        if row.get("A", "")[:3] in ("E06", "E07", "E08", "E09", "W06")
    }
    firms = {
        column: figures.enterprises(folder, column) for column in ("active_2022", "active10_2022")
    }
    incomes = figures.taxpayers(folder)
    for name, (code, title, itl) in NATIONS.items():
        letter = code[0]
        paid = [row for key, row in incomes.items() if key.startswith(letter)]
        taxpayers = sum(count for count, _, _ in paid)
        yield {
            "code": code,
            "id": name,
            "name": title,
            "population_2022": whole(residents[itl]),
            "households_2021": _total(counted, letter) or "",
            **{column: _total(found, letter) for column, found in firms.items()},
            "taxpayers_2022": taxpayers,
            "income_mean_2022": sum(count * mean for count, mean, _ in paid) // taxpayers,
            "income_median_2022": sum(count * middle for count, _, middle in paid) // taxpayers,
        }


def jobs_by_sector(folder: Path) -> Iterable[Mapping[str, object]]:
    """One row a sector, one column a nation [jobs]; divisions of a sector are summed."""
    found: dict[int, dict[str, int]] = {}
    for row in sheet_rows(folder, JOBS, "Data"):
        division = row.get("A", "").partition(" : ")[0]
        if division.isdigit():
            found[int(division)] = {
                nation: int(number(row.get(column, "")) or 0) for nation, column in COLUMNS.items()
            }
    for sector in sectors():
        jobs = [found[division] for division in sector.sic_divisions if division in found]
        yield {"sector": sector.id} | {
            nation: sum(one[nation] for one in jobs) for nation in COLUMNS
        }


def full_time_jobs(folder: Path) -> Iterable[Mapping[str, object]]:
    """One row an ITL2 area of England; names differ in commas and capitals only."""
    counted = {
        _plain(row["GEOGRAPHY_NAME"]): whole(row["COUNT"])
        for row in text_rows(folder, FULL_TIME)
        if row["DATE"] == FULL_TIME_YEAR
    }
    for row in rows("itl2"):
        yield {"code": row["code"], "full_time_2021": counted[_plain(row["name"])]}


def _plain(name: str) -> str:
    return name.replace(",", "").lower()


def _total(found: Mapping[str, int], letter: str) -> int:
    return sum(many for code, many in found.items() if code.startswith(letter))
