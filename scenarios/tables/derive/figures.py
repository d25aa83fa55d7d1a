"""Counts, incomes and pay of districts as their publishers print them, by ONS code."""

from pathlib import Path

from scenarios.tables.derive.parts import area_id
from scenarios.tables.derive.published import Row, document, number, sheet_rows, text_rows, whole

AGES = "population-households/age.csv"
LATEST = "council-budgets/council_population_2024.json"
INCOMES = "household-income/spi_by_la.csv"
PAY = "earnings/nomis_earning_jobs_data.xlsx"
NORTHERN_PAY = "earnings/weekly-earnings.csv"
ENTERPRISES = {
    "active_2022": "business-demography-la/active_firmdemography_to_2022.csv",
    "active10_2022": "business-demography-la/active10plus_firmdemography_to_2022.csv",
    "births_2022": "business-demography-la/births_firmdemography_to_2022.csv",
    "deaths_2022": "business-demography-la/deaths_firmdemography_to_2022.csv",
}
WORKING_AGES = range(16, 65)
KEYS = {"county-durham": "durham", "dorset": "dorset-ua", "medway": "medway-towns"}
"""Names in the file of mid-2024 that are not the district's own."""

THOUSAND = 1000
"""HMRC prints numbers of taxpayers to the thousand; any other number is a filler."""


def ages(folder: Path) -> list[Row]:
    """Residents of the 296 districts by single year of age, mid-2023, in order of code."""
    rows = [row for row in text_rows(folder, AGES) if row["code"].startswith("E")]
    return sorted(rows, key=lambda row: row["code"])


def people(row: Row) -> tuple[int, int]:
    """All residents, and those aged 16 to 64 [people]."""
    working = sum(whole(row[str(age)]) for age in WORKING_AGES)
    return whole(row["all"]), working


def people_2024(folder: Path, names: dict[str, str]) -> dict[str, int]:
    """Residents in mid-2024 [people].

    Parameters
    ----------
    folder : Path
        Data folder.
    names : dict of str to str
        ONS code -> name.
    """
    known = document(folder, LATEST)["populations"]
    return {code: int(known[KEYS.get(area_id(n), area_id(n))]) for code, n in names.items()}


def enterprises(folder: Path, column: str) -> dict[str, int]:
    """Enterprises in 2022 by ONS code of December 2022."""
    rows = text_rows(folder, ENTERPRISES[column])
    return {row["code"]: whole(row["2022"]) for row in rows}


def taxpayers(folder: Path) -> dict[str, tuple[int, int, int]]:
    """Taxpayers, and mean and median of their total income, 2022-23 [people, GBP, GBP].

    The file at hand fills two gaps with the mean of all districts, and gives the four councils of
    April 2023 the figures of the row above them. Both are left out here: unknown is not a guess.
    """
    out: dict[str, tuple[int, int, int]] = {}
    above: list[str] = []
    for row in text_rows(folder, INCOMES):
        figures = [text for key, text in row.items() if key not in ("code", "name")]
        count = number(row["total_income_count"])
        filled = count is None or count % THOUSAND != 0
        if not filled and figures != above:
            out[row["code"]] = (
                whole(row["total_income_count"]),
                whole(row["total_income_mean"]),
                whole(row["total_income_median"]),
            )
        above = figures
    return out


def pay(folder: Path) -> dict[str, tuple[int, float | None]]:
    """Median gross annual pay of residents, 2024, and its standard error [GBP, per cent].

    What the ONS holds back as unreliable is left out.
    """
    out: dict[str, tuple[int, float | None]] = {}
    for row in sheet_rows(folder, PAY, "Data"):
        median = number(row.get("E", ""))
        if row.get("B", "").startswith("E") and median is not None:
            out[row["B"]] = (int(median), number(row.get("F", "")))
    return out


def northern_pay(folder: Path, variable: str) -> dict[str, float]:
    """Weekly pay in 2023 in the three northern regions, the only ones in the file [GBP a week]."""
    out: dict[str, float] = {}
    for row in text_rows(folder, NORTHERN_PAY):
        value = number(row["value"])
        if row["variable_name"] == variable and value is not None:
            out[row["geography_code"]] = value
    return out
