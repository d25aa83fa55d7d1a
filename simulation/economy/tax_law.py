"""The tax law of a date as monthly bands: the latest tax year in the tables that has begun.

UK rates as HM Revenue and Customs publishes them (scenarios/tables/tax_years.csv). A tax year
runs from April; a date before the first year in the tables takes the first.
"""

from scenarios import tables
from simulation.economy.taxes import TaxYear, marginal_bands

APRIL = 3
MONTHS = 12
PENCE = 100


def law_of(calendar: int) -> tables.TaxYear:
    """Find the tax year in force.

    Parameters
    ----------
    calendar : int
        Months since year 0.

    Returns
    -------
    tables.TaxYear
        The latest in the tables not later than that month, else the first after it.
    """
    years = {int(name.partition("-")[0]): law for name, law in tables.tax_years().items()}
    began = (calendar - APRIL) // MONTHS
    return years[max((year for year in years if year <= began), default=min(years))]


def tax_year_of(calendar: int) -> TaxYear:
    """Return the bands and rates in force in a month.

    Parameters
    ----------
    calendar : int
        Months since year 0.

    Returns
    -------
    TaxYear
        Income tax and employee's National Insurance as monthly bands in whole pence; the main
        rate of corporation tax for small companies.
    """
    law = law_of(calendar)
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
    floors, rates = marginal_bands(income_tax, insurance)
    return TaxYear(
        floors=floors,
        rates=rates,
        employer_floor=_monthly(law["ni_employer_from"]),
        employer_rate=law["ni_employer_rate"],
        corporation_rate=law["corporation_tax_small"],
        vat_rate=law["vat_standard_rate"],
        living_wage_hour=law["living_wage_voluntary"] * PENCE,
    )


def _monthly(pounds_a_year: float) -> int:
    return round(pounds_a_year * PENCE / MONTHS)
