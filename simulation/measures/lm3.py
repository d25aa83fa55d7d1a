"""LM3: what of a council's pound is spent here once, twice and a third time.

(R1 + R2 + R3) / R1 of the New Economics Foundation (Sacks 2002, *The Money Trail*). R1 is what is
paid out, in prices and beside them (gain shared, fees to a club), R2 what of it is paid to
suppliers based and staff living in the place, R3 what of R2 they spend there again: LM3 = 1 + s2 +
s2 s3. Taxes, savings, debts and what is kept are not re-spent. Pay counts as take-home. The two
variants are never mixed: `lm3_council` starts from all outlay on services, own staff included;
`lm3_contract` from what suppliers are paid, with R2 their pay, purchases and dividends in the
place. What the books do not show (where a supplier is, what it does with the money, what its
receivers do) makes a range.
"""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from scenarios.vocabulary import Institution
from simulation.measures.circulation import circulation
from simulation.measures.measure import Measure, Undefined, ratio
from simulation.measures.respent import NOBODY, respent
from simulation.measures.spending import (
    HOMEWARD,
    RESPENT,
    Suppliers,
    all_outlay_followed,
    arrivals,
    paid_for_services,
    payroll,
)
from simulation.measures.view import Place, View

Float64 = NDArray[np.float64]

NOTHING_SPENT = "no service outlay in the window"
SAME = 1e-12
SOURCE = "New Economics Foundation (Sacks 2002)"


class Rounds(NamedTuple):
    """Money of the three rounds [pence]; where a flow is not covered, between low and high."""

    r1: float
    r2_low: float
    r2_high: float
    r3_low: float
    r3_high: float

    def plus(self, other: "Rounds") -> "Rounds":
        """Add the rounds of other buyers."""
        return Rounds(*(mine + its for mine, its in zip(self, other, strict=True)))

    @property
    def low(self) -> float:
        """The least that LM3 can be."""
        return 1 + (self.r2_low + self.r3_low) / self.r1

    @property
    def high(self) -> float:
        """The most that LM3 can be."""
        return 1 + (self.r2_high + self.r3_high) / self.r1


NOTHING = Rounds(0.0, 0.0, 0.0, 0.0, 0.0)


def council_rounds(view: View, tier: str) -> Rounds:
    """Return R1 to R3 of all outlay on services that the source covers.

    Parameters
    ----------
    view : View
        Books that cover at least `purchases`, `parties` and `areas`.
    tier : str
        The place, around each buyer's own area.

    Raises
    ------
    Undefined
        When purchases are not covered or nothing was spent.
    """
    all_outlay_followed(view)
    total = NOTHING
    for place in view.places(tier):
        for firms, paid in paid_for_services(view, place):
            total = total.plus(_bought_rounds(firms, paid, place))
        total = total.plus(_staff_rounds(view, place, tier))
    ratio(total.r1, total.r1, NOTHING_SPENT)
    return total


def contract_rounds(view: View, tier: str) -> Rounds:
    """Return R1 to R3 of what suppliers are paid; parameters and raises as `council_rounds`."""
    total = NOTHING
    for place in view.places(tier):
        for firms, paid in paid_for_services(view, place):
            total = total.plus(_contract_rounds(view, firms, paid, place, tier))
    ratio(total.r1, total.r1, NOTHING_SPENT)
    return total


def _contract_rounds(
    view: View, firms: Suppliers, paid: Float64, place: Place, tier: str
) -> Rounds:
    second = float((paid * firms.share_to(place.areas, RESPENT)).sum())
    high = float((paid * firms.most_to(place, RESPENT)).sum())
    if not view.covers("flows"):
        low_third, high_third = _handed_on(view, firms, paid, place, tier)
        return Rounds(float(paid.sum()), second, high, low_third, high_third)
    ring = circulation(view, place.areas)
    first = arrivals(view, firms, paid, ring, place.areas, RESPENT)
    third = float((first * ring.respent).sum())
    return Rounds(float(paid.sum()), second, high, third, third + (high - second))


def _handed_on(
    view: View, firms: Suppliers, paid: Float64, place: Place, tier: str
) -> tuple[float, float]:
    """Least and most of the third round where no flow shows it [pence]."""
    low, high = np.zeros(paid.size), np.zeros(paid.size)
    greatest = np.zeros(paid.size)
    for role in RESPENT:
        who = Institution.HOUSEHOLD if role in HOMEWARD else Institution.FIRM
        least, most = respent(view, who, tier, firms.party)
        low += firms.share_to(place.areas, (role,)) * least
        high += firms.share_to(place.may, (role,)) * most
        greatest = np.maximum(greatest, most)
    return float((paid * low).sum()), float((paid * np.where(firms.known, high, greatest)).sum())


def _bought_rounds(firms: Suppliers, paid: Float64, place: Place) -> Rounds:
    here, may = place.areas[firms.area], place.may[firms.area]
    second = float(paid[here].sum())
    third = float((paid * firms.share_to(place.areas, RESPENT))[here].sum())
    most = float((paid * firms.most_to(place, RESPENT))[may].sum())
    return Rounds(float(paid.sum()), second, float(paid[may].sum()), third, most)


def _staff_rounds(view: View, place: Place, tier: str) -> Rounds:
    if not view.covers("payroll"):
        return NOTHING
    gross, home = payroll(view, place)
    if not view.covers("flows"):
        living = float(home[place.areas[view.classes.area]].sum())
        most_living = float(home[place.may[view.classes.area]].sum())
        least, most = respent(view, Institution.HOUSEHOLD, tier, NOBODY)
        third, most_third = living * float(least[0]), most_living * float(most[0])
        return Rounds(gross, living, most_living, third, most_third)
    ring = circulation(view, place.areas)
    pay = ring.gathered(home)
    third = float((pay * ring.respent).sum())
    return Rounds(gross, float(pay.sum()), float(pay.sum()), third, third)


def council_range(view: View, tier: str) -> tuple[float, float]:
    """Return the least and the most that LM3 of all outlay on services can be.

    Where own payroll is not covered, all outlay is what suppliers are paid and a sum that nobody
    knows for staff. LM3 of the two together lies between that of the one and that of the other,
    whatever the sum is.

    Parameters and raises as `council_rounds`.
    """
    rounds = council_rounds(view, tier)
    if view.covers("payroll"):
        return rounds.low, rounds.high
    home, most_home = respent(view, Institution.BUYER, tier, NOBODY)
    least, most = respent(view, Institution.HOUSEHOLD, tier, NOBODY)
    low = 1 + float(home[0]) * (1 + float(least[0]))
    high = 1 + float(most_home[0]) * (1 + float(most[0]))
    return min(rounds.low, low), max(rounds.high, high)


def lm3_council(view: View, tier: str) -> float:
    """Return LM3 of all outlay on services, own payroll included, in [1, 3]."""
    missing = "" if view.covers("payroll") else "payroll is not covered; "
    return _point(*council_range(view, tier), missing)


def lm3_contract(view: View, tier: str) -> float:
    """Return LM3 of what suppliers are paid, in [1, 3]."""
    rounds = contract_rounds(view, tier)
    return _point(rounds.low, rounds.high, "")


def _point(low: float, high: float, missing: str) -> float:
    if high - low > SAME:
        raise Undefined(
            f"{missing}LM3 lies between {low:.2f} and {high:.2f}: the books do not cover every flow"
        )
    return low


MEASURES = (
    Measure(
        name="lm3_council",
        unit="GBP per GBP",
        direction="up",
        nature="flow",
        what="Three rounds of spending in the place per pound of outlay on services, own payroll "
        "included, over the first round.",
        source=SOURCE,
        of_run=lm3_council,
    ),
    Measure(
        name="lm3_contract",
        unit="GBP per GBP",
        direction="up",
        nature="flow",
        what="Three rounds of spending in the place per pound of contract income: suppliers' pay, "
        "purchases and dividends in the place, and what is re-spent of them.",
        source=SOURCE,
        of_run=lm3_contract,
    ),
)
