"""A service by the council's own staff: how many it takes, what a unit costs, when it goes back.

An in-house service buys what a supplier would buy and pays who a supplier would pay, but keeps no
margin. It begins with more staff than it needs once it is learned (Arrow 1962), and where nobody
competes its costs drift and the overspend is met: Leibenstein's (1966) X-inefficiency under
Kornai's (1986) soft budget.
"""

from dataclasses import dataclass, replace
from typing import Final

from simulation.kernels.scales import PENCE_A_UNIT

YEAR: Final = 12
NEVER: Final = -1


@dataclass(frozen=True, slots=True)
class StaffRules:
    """How staff come, are paid and go; see the parameters of `insourcing`."""

    transfer: float
    premium: float
    harmonise: float
    pension: float
    redundancy_months: float


@dataclass(frozen=True, slots=True)
class CostRules:
    """What makes own work dearer than its bare cost; see the parameters of `insourcing`."""

    learning: float
    learning_months: float
    soft_budget: float
    overspend_met: float


@dataclass(frozen=True, slots=True)
class InHouse:
    """What a council decided when it took a service in house, and how it has gone since.

    Attributes
    ----------
    wait : int
        Months from the start of the arrangement until own staff begin; below zero where they had
        begun before.
    like : int
        Trading row of the firm whose methods and sellers are taken over, -1 for nobody's.
    pay, other : float
        Cost of a unit once it is learned: gross pay; all else, a firm's payments on top of pay
        among it.
    pay_ratio : float
        Pay of those who do such work now, over the Real Living Wage.
    quality : float
    social : float
        Social value that a unit does by who does it and where they live and buy [pence].
    believed : float
        Price of a unit that a tender is believed to find; infinite where nobody would bid.
    staff : StaffRules
    costs : CostRules
    dear : float
        Share by which inputs cost more than usual just now.
    tested : int
        Age of the service at the last market test, `NEVER` before the first.
    units, pence : float
        Units done since the last test, and all that they cost.
    """

    wait: int
    like: int
    pay: float
    other: float
    pay_ratio: float
    quality: float
    social: float
    believed: float
    staff: StaffRules
    costs: CostRules
    dear: float = 0.0
    tested: int = NEVER
    units: float = 0.0
    pence: float = 0.0

    def learning(self, age: int) -> float:
        """Return the work that a unit takes, over what it takes once learned.

        1 + l max(1 - age / m, 0), with l the extra work at the beginning and m the months that
        experience takes to end it.
        """
        rules = self.costs
        if rules.learning_months <= 0.0:
            return 1.0
        return 1.0 + rules.learning * max(1.0 - age / rules.learning_months, 0.0)

    def drift(self, age: int) -> float:
        """Return how far costs have drifted: 1 + s x years, while nobody competes."""
        return 1.0 + self.costs.soft_budget * age / YEAR

    def overspend_met(self, age: int) -> float:
        """Return the part of what is spent that is drift and is met whatever the budget says."""
        return self.costs.overspend_met * (1.0 - 1.0 / self.drift(age))

    def staff_needed(self, units: float, age: int, head_pence: float) -> float:
        """Return how many staff a month's units take.

        Parameters
        ----------
        units : float
        age : int
            Months since own staff began.
        head_pence : float
            Pay of one who does such work for a firm [pence a month].
        """
        bare = PENCE_A_UNIT * self.pay * units / max(head_pence, 1.0)
        return bare * self.learning(age) * self.drift(age)

    def units_of(self, staff: float, age: int, head_pence: float) -> float:
        """Return the units that so many staff can do in a month.

        People come whole and work does not: less than half a post short is worked off.
        """
        each = self.staff_needed(1.0, age, head_pence)
        return (staff + 0.5) / each if each > 0.0 else float("inf")

    def bought_in(self, units: float, age: int, on_costs: float) -> float:
        """Return what the units' materials and bought-in services cost [pence].

        Parameters
        ----------
        units : float
        age : int
        on_costs : float
            What a firm would pay on top of each penny of pay (insurance, pension); own staff's
            are paid with their pay, so they are taken out here.
        """
        each = max(self.other - self.pay * on_costs, 0.0) * (1.0 + self.dear)
        return PENCE_A_UNIT * units * each * self.drift(age)

    def done(self, units: float, pence: float) -> "InHouse":
        """Take note of a month: units, and all that they cost."""
        return replace(self, units=self.units + units, pence=self.pence + pence)

    def asked(self, believed: float, age: int) -> "InHouse":
        """Take note of a market test."""
        return replace(self, believed=believed, tested=age)

    def verdict(self, tolerance: float) -> str:
        """Say why the service goes back to the market after a test; nothing where it stays.

        It goes where what a unit has cost since the last test is above what a tender is believed
        to find by more than the tolerance.
        """
        if self.units <= 0.0:
            return ""
        cost = self.pence / (PENCE_A_UNIT * self.units)
        if cost <= self.believed * (1.0 + tolerance):
            return ""
        return f"a unit cost {cost:.3f} in house and {self.believed:.3f} by tender, it is believed"

    def stays(self) -> "InHouse":
        """Begin to count anew after a test that was passed."""
        return replace(self, units=0.0, pence=0.0)
