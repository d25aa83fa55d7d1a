"""For how much less than its worth a council may pass land on, by nation and date.

The duty to get the best consideration that can reasonably be had (England: Local Government Act
1972 s. 123) binds a freehold and any lease but a short one, whoever takes it: a land trust, a
co-operative, an enterprise. A general consent allows an undervalue up to a sum; above it the
Secretary of State must consent. This is a model's reading of the law, not advice.
"""

from dataclasses import dataclass
from functools import cache
from typing import Final

from scenarios.tables.countries import HOME
from scenarios.tables.reading import in_force, month_of, rows
from scenarios.tables.subsidy_law import NO_LIMIT

PENCE, YEAR = 100, 12
FREEHOLD: Final = 10**6
"""Longer than any lease [months]."""


@dataclass(frozen=True, slots=True)
class DisposalLaw:
    """What binds disposals of land at a date.

    Attributes
    ----------
    year, month : int
        From when it applies.
    law, consent : str
        The article, and the general consent under it.
    limit_pence : int
        Undervalue that the general consent allows [pence]; NO_LIMIT where nothing binds.
    short_months : int
        Longest lease that is no disposal [months].
    source : str
        Where the figures stand.
    """

    year: int
    month: int
    law: str
    consent: str
    limit_pence: int
    short_months: int
    source: str

    def most(self, months: int = FREEHOLD, consented: bool = False) -> int:
        """Return the largest undervalue at which land may be passed on [pence].

        Parameters
        ----------
        months : int
            Term of the lease.
        consented : bool
            Whether the Secretary of State has consented to this disposal.
        """
        short = months <= self.short_months
        return NO_LIMIT if consented or short else self.limit_pence


@cache
def _disposal_laws(nation: str) -> tuple[DisposalLaw, ...]:
    out = []
    for row in rows("disposal_law"):
        if row["nation"] != nation:
            continue
        year, month = month_of(row["from"])
        limit = int(row["limit"]) * PENCE if row["limit"] else NO_LIMIT
        short = int(row["short_years"] or 0) * YEAR
        out.append(
            DisposalLaw(year, month, row["law"], row["consent"], limit, short, row["source"])
        )
    return tuple(out)


@cache
def disposal_law(year: int, month: int = 1, nation: str = HOME) -> DisposalLaw:
    """Find the law of disposals in force in a month; before the first row, the first row."""
    return in_force(_disposal_laws(nation), year, month)


def worth_of_term(years_purchase: float, years: int) -> float:
    """Return what a pound a year is worth for the years of a lease.

    At the market's yield, the inverse of the years' purchase: the longer the term, the nearer it
    comes to that.
    """
    worth, factor = 0.0, 1.0
    for _ in range(years):
        factor /= 1.0 + 1.0 / years_purchase
        worth += factor
    return worth
