"""How much an enterprise may be given: what is small in law, what an assessment adds, what is cut.

Whatever its form a gift counts: a grant, a loan below the market's rate, pay that is borne, rent
forgone. After the subsidy control of the date (`scenarios.tables.subsidy_law`); since 2023 the
Subsidy Control Act 2022, s. 12 and Schedule 1 (principles), s. 36 (minimal financial assistance),
ss. 70 to 74 (review by the Competition Appeal Tribunal, recovery).
"""

from enum import IntEnum
from typing import Final, NamedTuple

import numpy as np

from scenarios.assumptions import Assumptions
from scenarios.tables import SubsidyLaw
from simulation.kernels.scales import PENCE_A_UNIT
from simulation.procurement.interface import Float64, Int64, Need

YEAR = 12
NOT_ABOVE: Final = -1.0
"""Appetite of a council that gives nothing above what is small in law."""


class Ruling(NamedTuple):
    """What may be given of what was meant, and how much of it only by an assessment [pence]."""

    pence: int
    above: int = 0

    @property
    def assessed(self) -> bool:
        """Whether it stands on an assessment."""
        return self.above > 0


class Way(IntEnum):
    """How a gift is had: by instalments of a lever, a grant for a service, a soft loan, low rent.

    ASSETS are passed on by the council itself, a freehold at once, a lease month by month.

    An instalment is had when it is given; those of a financial year are one decision.
    """

    INSTALMENT = 0
    GRANT = 1
    LOAN = 2
    RENT = 3
    ASSETS = 4


class Course(NamedTuple):
    """When a gift is had, which counts in full from the day on which it is given.

    Attributes
    ----------
    way : Way
    at_once : int
        Part that is had on that day, whatever the way [pence].
    months : int
        Over which the rest is had: in equal parts; a loan's as the debt falls.
    wait : int
        Months until the first of them.
    """

    way: Way = Way.INSTALMENT
    at_once: int = 0
    months: int = 0
    wait: int = 0

    def had(self, pence: int, months: int) -> int:
        """Return what of a gift of so much has been had after some months [pence]."""
        if self.way is Way.INSTALMENT:
            return pence
        rest, whole = max(pence - self.at_once, 0), max(self.months, 1)
        gone = min(max(months - self.wait, 0), whole)
        part, of = gone, whole
        if self.way is Way.LOAN:
            part, of = gone * (2 * whole - gone + 1), whole * (whole + 1)
        return pence - rest + rest * part // of


def ruled(asked: int, had: int, law: SubsidyLaw, appetite: float, a: Assumptions) -> Ruling:
    """Say how much may be given.

    Parameters
    ----------
    asked : int
        What is meant to be given now [pence].
    had : int
        What the same enterprise was given in the time that the law counts [pence].
    law : SubsidyLaw
        Of the date.
    appetite : float
        Chance of a challenge up to which the council assesses and gives; else it cuts.
    a : Assumptions

    Returns
    -------
    Ruling
        All of it where it is small.
    """
    room = max(law.small_pence - had, 0)
    if asked <= room:
        return Ruling(asked)
    if law.exempts and a["subsidy.believed_risk"] <= appetite:
        return Ruling(asked, asked - room)
    return Ruling(room)


def counted(need: Need, shares: Float64, unit_prices: Float64, law: SubsidyLaw) -> Int64:
    """Return what parts of a need come to at some prices in the time that the law counts [pence].

    Parameters
    ----------
    need : Need
    shares, unit_prices : float64[n]
        Of the need's units; 1.0 the price of the start.
    law : SubsidyLaw

    Returns
    -------
    int64[n]
    """
    months = min(need.months, law.months)
    pence = PENCE_A_UNIT * need.units_month * months * shares * unit_prices
    return np.rint(pence).astype(np.int64)


def gift_of_loan(loan: int, rate: float, market_rate: float, months: int) -> int:
    """Return what a loan below the market's rate gives, repaid by equal parts [pence].

    The interest saved on what is still owed: loan x (market rate - rate) x (months + 1) / 24.
    """
    saved = max(market_rate - rate, 0.0) * (months + 1) / (2.0 * YEAR)
    return round(loan * saved)


def rate_within(loan: int, market_rate: float, months: int, gift: int) -> float:
    """Return the lowest rate at which a loan gives no more than a sum."""
    each = loan * (months + 1) / (2.0 * YEAR)
    return market_rate - gift / each if each > 0.0 else market_rate


def outcome_of_review(draws: tuple[float, float], a: Assumptions) -> tuple[bool, bool]:
    """Say whether an assessed subsidy is challenged, and whether it is to be recovered."""
    challenged = draws[0] < a["subsidy.risk"]
    return challenged, challenged and draws[1] < a["subsidy.lost"]
