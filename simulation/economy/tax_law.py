"""The tax law of a date as monthly bands: the latest tax year in the tables that has begun.

Rates as each nation's authorities publish them (scenarios/tables/tax_years.csv, tax_bands.csv). A
tax year begins in the month that the table says; a date before the first year takes the first.
"""

from scenarios import tables
from simulation.economy.taxes import TaxYear, marginal_bands

MONTHS = 12
PENCE = 100


def law_of(calendar: int, nation: str = tables.HOME) -> tables.TaxYear:
    """Find the tax year in force.

    Parameters
    ----------
    calendar : int
        Months since year 0.
    nation : str
        As in scenarios/tables/countries.csv.

    Returns
    -------
    tables.TaxYear
        The latest in the tables not later than that month, else the first after it.
    """
    began = {_first_month(name, law): law for name, law in tables.tax_years(nation).items()}
    return began[max((first for first in began if first <= calendar), default=min(began))]


def _first_month(name: str, law: tables.TaxYear) -> int:
    return int(name.partition("-")[0]) * MONTHS + int(law["first_month"]) - 1


def tax_year_of(calendar: int, nation: str = tables.HOME) -> TaxYear:
    """Return the bands and rates in force in a month.

    Parameters
    ----------
    calendar : int
        Months since year 0.
    nation : str
        As in scenarios/tables/countries.csv.

    Returns
    -------
    TaxYear
        Every tax on earnings as monthly bands in whole pence, in the UK income tax and employee's
        National Insurance; the main rate of corporation tax for small companies.
    """
    law = law_of(calendar, nation)
    schedules = [
        [(_monthly(begins), rate) for begins, rate in bands] for bands in law.bands.values()
    ]
    floors, rates = marginal_bands(*(schedules or _by_allowances(law)))
    return TaxYear(
        floors=floors,
        rates=rates,
        employer_floor=_monthly(law["ni_employer_from"]),
        employer_rate=law["ni_employer_rate"],
        corporation_rate=law["corporation_tax_small"],
        vat_rate=law["vat_standard_rate"],
        living_wage_hour=law["living_wage_voluntary"] * PENCE,
        nation=nation,
    )


def _by_allowances(law: tables.TaxYear) -> list[list[tuple[int, float]]]:
    """Income tax and National Insurance, whose bands follow from allowances and widths."""
    allowance = law["personal_allowance"]
    income_tax = [
        (_monthly(allowance), law["basic_rate"]),
        (_monthly(allowance + law["basic_rate_band"]), law["higher_rate"]),
        (_monthly(law["additional_rate_from"]), law["additional_rate"]),
    ]
    insurance = [
        (_monthly(law["ni_employee_from"]), law["ni_employee_rate"]),
        (_monthly(law["ni_employee_upper"]), law["ni_employee_upper_rate"]),
    ]
    return [income_tax, insurance]


def _monthly(pounds_a_year: float) -> int:
    return round(pounds_a_year * PENCE / MONTHS)
