"""What a reader must know of figures that payments and a register gave, in sentences."""

from scenarios.place_file.sizes import ENOUGH, Register
from scenarios.place_file.spending import MOST_UNKNOWN, YEAR_MONTHS, Spending
from scenarios.sources.postcodes import bare

START_YEAR = 2024
OLD_YEARS = 2
"""Payments of so many years before the start and earlier have other prices."""

FAR_APART = 1.25
"""Where the payments' year and the estimate differ by more, one of them covers something else."""

LITTLE = 0.005
"""What is less of the whole needs no sentence."""


def payments_warnings(spending: Spending, estimate: float) -> list[str]:
    """Say what the payments do not tell, and what was done about it.

    Parameters
    ----------
    spending : Spending
    estimate : float
        What the tables say that the council buys in a year [GBP].
    """
    out = []
    months = spending.months
    if not months:
        out.append(
            "No payment has a month: the categories are parted as paid, and their sum is the "
            "estimate of the tables."
        )
    elif len(months) != YEAR_MONTHS:
        out.append(
            f"{len(months)} months are covered, {months[0]} to {months[-1]}; pounds are times "
            f"{spending.factor:.4g}. What is paid once a year is over- or understated so."
        )
    if months and int(months[0][:4]) <= START_YEAR - OLD_YEARS:
        out.append(f"Pounds are as paid in {months[0][:4]}; prices have risen since.")
    whole = spending.pence or 1
    if abs(spending.undated_pence) > LITTLE * abs(whole):
        out.append(f"{_pounds(spending.undated_pence)} of purchases without a month are left out.")
    if spending.unknown > MOST_UNKNOWN:
        out.append(
            f"Of {spending.unknown:.0%} of the pounds nobody knows the category, and some may be "
            "no buying at all: the estimate of the tables stays, with what is known beside it."
        )
    elif spending.unknown > LITTLE:
        out.append(
            f"{spending.unknown:.1%} of the pounds have no known category and are spread as the "
            "others are."
        )
    if spending.unread:
        named = "; ".join(f"{name}, {_pounds(pence)}" for name, pence in spending.unread)
        out.append(f"The largest payees of no known category: {named}.")
    for kind, pence in spending.left_out.items():
        out.append(f"{_pounds(pence)} of payments that are no purchases ({kind}) are left out.")
    if spending.capital is None:
        out.append("Capital and revenue are not told apart: works of a single year may be in it.")
    year = spending.year_pounds
    if year and estimate and not 1.0 / FAR_APART < year / estimate < FAR_APART:
        out.append(
            f"A year of these payments is {year / estimate:.2g} times the "
            f"GBP {estimate / 1e6:,.0f}m that the tables estimate: see whether all payments are "
            "in the list, and whether benefits, schools, loans or levies are."
        )
    if spending.local and all(one.taken is None for one in spending.local.values()):
        out.append(
            "Where suppliers are based is unknown of most pounds: the share of spending with local "
            "suppliers is left to the model."
        )
    return out


def register_warnings(register: Register, name: str) -> list[str]:
    """Say whose contracts these are, and what of them was not used.

    Parameters
    ----------
    register : Register
    name : str
        Of the place.
    """
    out = []
    others = [buyer for buyer in register.buyers if bare(buyer) != bare(name)]
    if register.buyers and len(others) == len(register.buyers):
        out.append(f"The register is of {others[0]}: only sizes and lengths are taken from it.")
    elif not register.buyers:
        out.append("The register does not say whose it is.")
    if register.unread:
        out.append(
            f"{register.unread:,} of its {register.contracts:,} contracts have no known category."
        )
    few = sorted(set(register.sizes) - set(register.enough()))
    if few:
        out.append(f"Fewer than {ENOUGH} contracts, and so not used: {', '.join(few)}.")
    return out


def _pounds(pence: int) -> str:
    return f"GBP {pence / 100:,.0f}"
