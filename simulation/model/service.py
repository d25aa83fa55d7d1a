"""A service that a public buyer runs with its own staff, and the department that does the work."""

from dataclasses import dataclass, field
from typing import Final, NamedTuple

from simulation.model.in_house_inputs import Sellers
from simulation.model.lots import Lot
from simulation.model.own_staff import OwnStaff
from simulation.procurement.in_house import InHouse
from simulation.procurement.interface import Arrangement


@dataclass(slots=True, eq=False)
class Service:
    """One lot served in house.

    Attributes
    ----------
    number : int
        Of its arrangement.
    lot : Lot
    policy : int
        Policy code.
    start : int
        Month in which the arrangement starts.
    state : InHouse
        As the regime left it last.
    outgoing : Arrangement, optional
        Under which it was served before; None where it was not.
    sellers : Sellers, optional
        Of what it buys in; None until posts are opened.
    head_pence : float
        Pay of one who does such work for a firm, at the decision [pence a month].
    begun : bool
        Whether own staff do the work.
    leaving : bool
        Whether it has ended and its staff wait for whoever takes the work over.
    """

    number: int
    lot: Lot
    policy: int
    start: int
    state: InHouse
    outgoing: Arrangement | None
    sellers: Sellers | None = None
    head_pence: float = 0.0
    begun: bool = False
    leaving: bool = False

    def age(self, month: int) -> int:
        """Months since own staff began; negative before."""
        return month - self.start - self.state.wait

    def staff_needed(self, month: int, part: float = 1.0) -> float:
        """Return the staff that a part of the need takes."""
        units = part * self.lot.units_month
        return self.state.staff_needed(units, max(self.age(month), 0), self.head_pence)


class Bill(NamedTuple):
    """What a department's staff cost in a month [pence].

    `gross` is their pay, `on_costs` what any employer pays on top, `pension` what the council's
    scheme takes beyond that.
    """

    heads: int
    gross: int
    on_costs: int
    pension: int

    @property
    def whole(self) -> int:
        """All of it."""
        return self.gross + self.on_costs + self.pension

    @property
    def rate(self) -> float:
        """On-costs for each penny of pay."""
        return self.on_costs / self.gross if self.gross else 0.0

    @property
    def each(self) -> float:
        """Cost of one of the staff; nothing where there is none."""
        return self.whole / self.heads if self.heads else 0.0


NO_BILL: Final = Bill(0, 0, 0, 0)
"""Nobody is paid."""


@dataclass(slots=True, eq=False)
class Department:
    """All services of one buyer in one category: their staff work for all of them.

    Attributes
    ----------
    category : int
    staff : OwnStaff
        Of the buyer; the department is one group of it.
    services : list of Service
        Whose posts have been opened, those included that have ended and wait.
    part : float
        The part of the need that the budget would pay for, staff included.
    bill : Bill
        This month's.
    """

    category: int
    staff: OwnStaff
    services: list[Service] = field(default_factory=list)
    part: float = 1.0
    bill: Bill = NO_BILL

    @property
    def group(self) -> int:
        """Its group among the buyer's staff; 0 is all other work."""
        return self.category + 1

    @property
    def size(self) -> int:
        """How many work there."""
        return self.staff.size(self.group)

    def needed(self, month: int) -> float:
        """Return the staff that the needs take, of services that have ended and wait too."""
        return sum(one.staff_needed(month) for one in self.services if one.begun)

    def wanted(self, month: int) -> float:
        """Return the staff that the budget would pay for, of services about to begin too.

        Who is to come over is not looked for.
        """
        some = (one for one in self.services if one.begun or one.outgoing is None)
        return sum(one.staff_needed(month, self.part) for one in some)

    def staffed(self, month: int) -> list[tuple[Service, float]]:
        """Return the services that own staff do, ended ones too, with the staff each takes."""
        return [(one, one.staff_needed(month)) for one in self.services if one.begun]

    def able(self, needed: float) -> float:
        """Return the part of the need that is done: staff who are paid are put to work.

        People come whole and work does not: less than half a post short is worked off.

        Parameters
        ----------
        needed : float
            Staff that the whole need takes.
        """
        heads = self.bill.heads
        reach = (heads + 0.5) / needed if heads and needed > 0.0 else 0.0
        return min(reach, max(self.part, 1.0))

    def planned(self, month: int) -> tuple[float, float, float]:
        """Return what the services take of the budget.

        Returns
        -------
        units : float
            Their needs.
        committed : float
            What the budget bears first: the staff, and what they use, less drift met [pence].
        whole : float
            What meeting the needs whole would cost, with as many staff as that takes [pence].
        """
        staffed = self.staffed(month)
        needed = sum(staff for _, staff in staffed)
        drift = sum(staff * one.state.overspend_met(one.age(month)) for one, staff in staffed)
        borne = 1.0 - (drift / needed if needed > 0.0 else 0.0)
        each = self.bill.each or self.staff.grades.get(self.group, 0.0)
        pay = sum(staff for one, staff in staffed if not one.leaving) * each
        serving = [one for one, _ in staffed if not one.leaving]
        return (
            sum(one.lot.units_month for one in serving),
            self.bill.whole * borne + self._inputs(serving, month, self.able(needed)),
            pay * borne + self._inputs(serving, month, 1.0),
        )

    def _inputs(self, serving: list[Service], month: int, part: float) -> float:
        """Return what a part of the needs takes in materials and services, less drift met."""
        bought = 0.0
        for one in serving:
            age = one.age(month)
            pence = one.state.bought_in(part * one.lot.units_month, age, self.bill.rate)
            bought += pence * (1.0 - one.state.overspend_met(age))
        return bought


class OwnMonth(NamedTuple):
    """A month of one service: units, and what was bought in and paid to staff [pence]."""

    service: Service
    units: float
    bought_pence: int
    staff_pence: int
