"""How a council's buying is cut and where it goes at the start: sizes, terms, local shares.

A register of contracts tells their sizes and lengths where it has enough of a category. Else the
payments tell how concentrated the suppliers are, and there are as many contracts as equal suppliers
would be as concentrated. Where neither tells, the assumption of the model stays.
"""

from collections.abc import Iterator, Mapping

from scenarios.place_file.figures import PAYMENTS, REGISTER, Figure, suppliers_told
from scenarios.place_file.sizes import ENOUGH, Register
from scenarios.place_file.spending import Line, Spending

DIGITS = 3
"""Figures of a size that stand in the file; a mean of a few contracts holds no more."""

OF_REGISTER = "Contracts of the register, their value a year"
OF_TERMS = "Contracts of the register from start to end, extensions left out, a year at least"
OF_PAYMENTS = "Payments of the import: as many contracts as equal suppliers would be"
OF_SHARES = "Payments of the import, by where their suppliers are based"

WITHIN = 2.0
"""Where most of the pounds is of no known category, what is known of one speaks for it within this
factor of its estimate. Grade: judgement."""

SAME = 0.0005
"""Shares nearer to each other are written alike."""

LOTS, TERMS, SHARES = "contracts.lot_pounds", "contracts.months", "contracts.share_in"


def lot_figures(
    budget: Mapping[str, float], spending: Spending | None, register: Register | None
) -> Iterator[Figure]:
    """Give the usual yearly value of a contract by category.

    Parameters
    ----------
    budget : mapping of str to float
        Category -> what is bought in a year [GBP].
    spending : Spending or None
        Payments of the council that has this budget; None where none are known, or where others
        buy beside it.
    register : Register or None

    Yields
    ------
    Figure
        In order of the budget; nothing for a category of which neither tells.
    """
    sizes = register.enough() if register else {}
    for category, pounds in budget.items():
        size, line = sizes.get(category), _known_line(spending, category, pounds)
        beside = ""
        if line and line.suppliers:
            alike = f"as concentrated as {line.as_many_as:.1f} equal ones"
            beside = f"{suppliers_told(line.suppliers)}, {alike}"
        if size:
            told = f"mean of {size.contracts} contracts, the middle one GBP {size.middle:,.0f}"
            told += f"; paid: {beside}" if beside else ""
            yield Figure(f"{LOTS}.{category}", rounded(size.mean), REGISTER, OF_REGISTER, told)
        elif beside and line and pounds > 0:
            lot = rounded(pounds / line.as_many_as)
            yield Figure(f"{LOTS}.{category}", lot, PAYMENTS, OF_PAYMENTS, beside)


def _known_line(spending: Spending | None, category: str, pounds: float) -> Line | None:
    """Payments for a category that speak for all of it: these are near to what is bought."""
    line = spending.lines.get(category) if spending else None
    if spending is None or line is None or spending.tells_mix:
        return line
    near = bool(spending.months) and pounds / WITHIN <= line.pounds <= pounds * WITHIN
    return line if near else None


def term_figures(budget: Mapping[str, float], register: Register | None) -> Iterator[Figure]:
    """Give the length of contracts by category where a register has enough of them [months]."""
    sizes = register.enough() if register else {}
    for category in budget:
        size = sizes.get(category)
        if size and size.terms >= ENOUGH:
            told = f"middle of {size.terms} contracts"
            yield Figure(f"{TERMS}.{category}", size.months, REGISTER, OF_TERMS, told)


def share_figures(spending: Spending | None) -> Iterator[Figure]:
    """Give the share of spending with suppliers in each area, where most of it is known."""
    for area, local in (spending.local if spending else {}).items():
        if local.taken is not None:
            told = range_told(spending, area)
            yield Figure(f"{SHARES}.{area}", local.taken, PAYMENTS, OF_SHARES, told)


def range_told(spending: Spending | None, area: str) -> str:
    """Say between what bounds a local share lies; empty where nothing is known."""
    local = spending.local.get(area) if spending else None
    if local is None:
        return ""
    known = ""
    if local.taken is not None:
        known = f"{local.known_low:.1%}"
        if local.known_high - local.known_low >= SAME:
            known += f" to {local.known_high:.1%}"
        known += " of what is known; of all "
    return (
        f"{known}between {local.low:.1%} and {local.high:.1%}, since of {local.unknown:.1%} nobody "
        "knows where the supplier is based"
    )


def rounded(pounds: float) -> int:
    """Round to a few figures, a thousand pounds at least."""
    whole = max(round(pounds), 1000)
    return int(round(whole, DIGITS - len(str(whole))))
