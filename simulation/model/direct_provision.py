"""Services that public buyers run with their own staff, from the day staff come over to the last.

A regime has decided by the Market's columns (`procurement.in_house`); here people move, work and
are paid. A service's outlay is its staff's pay with insurance and pensions and what it buys in.
Staff are paid whether there is work or not, so they are put to work; a budget bears them and what
they use first, and later months bear what is beyond it.
"""

from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from simulation.economy.payroll import reckon_payroll
from simulation.economy.town import Town
from simulation.model.handing_over import PaidOff, bring_over, dismiss_some, give_over
from simulation.model.in_house_inputs import InputPrices, sellers_like, split
from simulation.model.lots import VACANT, Lot
from simulation.model.own_staff import OwnStaff
from simulation.model.payables import Invoices
from simulation.model.portraits import living_wage_month
from simulation.model.service import NO_BILL, Bill, Department, OwnMonth, Service
from simulation.procurement.commissioning import SUPPLIER_COLUMNS
from simulation.procurement.in_house import InHouse
from simulation.procurement.interface import Arrangement, Form
from simulation.procurement.portfolio import Portfolio

Int64 = NDArray[np.int64]
Float64 = NDArray[np.float64]


class DirectProvision:
    """All services in house, and the staff of the buyers that run them.

    Parameters
    ----------
    n_buyers, n_categories : int

    Attributes
    ----------
    cost : int64[n_buyers, n_categories]
        What staff of services cost this month [pence].
    paid_off : list of PaidOff
        Who was dismissed this month, in that order.
    prices : InputPrices
        What inputs cost just now, which a decision taken now must not carry on for good.
    """

    def __init__(self, n_buyers: int, n_categories: int) -> None:
        self.cost: Int64 = np.zeros((n_buyers, n_categories), dtype=np.int64)
        self.services: dict[int, Service] = {}
        self.departments: dict[tuple[int, int], Department] = {}
        self.paid_off: list[PaidOff] = []
        self.prices = InputPrices()
        self._outgoing: dict[int, Arrangement] = {}

    def note_outgoing(self, lot: Lot, arrangement: Arrangement) -> None:
        """Remember who served a lot until now, for a decision of this month."""
        if arrangement.form in (Form.CONTRACT, Form.ENTERPRISE, Form.GRANT):
            self._outgoing[lot.key] = arrangement

    def keep_on(self, lot: Lot, arrangement: Arrangement) -> Arrangement:
        """Let whoever served a lot serve on until own staff begin.

        A firm or an enterprise does so at the old price. Staff of the council's own go on at once,
        and what they have learned stays learned.
        """
        state, old = arrangement.state, self._outgoing.get(lot.key)
        if not isinstance(state, InHouse):
            return arrangement
        state = self.prices.as_usual(state)
        arrangement = arrangement._replace(state=state)
        now = arrangement.need.month
        for one in self._ended(lot):
            state = replace(state, wait=-one.age(now))
            return arrangement._replace(start=now, end=now + arrangement.terms.months, state=state)
        if old is None or arrangement.start == now:
            return arrangement
        columns = {name: getattr(old, name) for name in SUPPLIER_COLUMNS}
        state = replace(state, wait=arrangement.start - now)
        return arrangement._replace(start=now, state=state, **columns)

    def _ended(self, lot: Lot) -> list[Service]:
        """Return the services of a lot that have ended and whose staff wait."""
        return [
            one for one in self.services.values() if one.leaving and one.begun and one.lot is lot
        ]

    def open(self, number: int, lot: Lot, arrangement: Arrangement, policy: int) -> None:
        """Enter the service of an arrangement, where it is one by own staff."""
        outgoing = self._outgoing.pop(lot.key, None)
        if isinstance(arrangement.state, InHouse):
            self.services[number] = Service(
                number, lot, policy, arrangement.start, arrangement.state, outgoing
            )

    def close(self, number: int) -> None:
        """Note that an arrangement has ended; its staff wait to be taken over or dismissed."""
        if number in self.services:
            self.services[number].leaving = True

    def turn_back(self, months: int) -> None:
        """Move all dates back by a number of months."""
        for service in self.services.values():
            service.start -= months

    def open_month(self, town: Town, portfolio: Portfolio) -> list[tuple[int, int, int, int, int]]:
        """Let staff come and go as the month of service begins, and reckon what they will cost.

        Parameters
        ----------
        town : Town, updated
        portfolio : Portfolio
            Says what state services are in, and who takes over those that ended.

        Returns
        -------
        list of (int, int, int, int, int)
            Redundancy paid: buyer, category, policy code, cost of the buyer and of others [pence].
        """
        self._outgoing.clear()
        self.paid_off.clear()
        self.cost[:] = 0
        if not self.services:
            return []
        for staff in self._employers():
            staff.refresh(town)
        paid = []
        for service in list(self.services.values()):
            if service.leaving:
                paid.append((service, self._end(town, portfolio, service)))
                continue
            service.state = _state_now(town, portfolio, service)
            if service.sellers is None and service.age(town.month) >= -1:
                self._open_posts(town, service)
            if not service.begun and service.age(town.month) >= 0:
                self._begin(town, service)
        for department in self.departments.values():
            if department.services:
                paid.append((department.services[0], self._fit(town, department)))
        for staff in self._employers():
            staff.want(town)
        self._reckon(town)
        return [
            (one.lot.buyer, one.lot.category, one.policy, pence, 0) for one, pence in paid if pence
        ]

    def _employers(self) -> list[OwnStaff]:
        """Return the staff of each buyer that has services, once."""
        return list({id(one.staff): one.staff for one in self.departments.values()}.values())

    def _department(self, town: Town, lot: Lot) -> Department:
        """Return the department of a lot, opened where there is none."""
        pair = lot.buyer, lot.category
        if pair not in self.departments:
            others = [one.staff for (at, _), one in self.departments.items() if at == lot.buyer]
            staff = others[0] if others else OwnStaff.of(town, lot.buyer)
            self.departments[pair] = Department(lot.category, staff)
        return self.departments[pair]

    def _open_posts(self, town: Town, service: Service) -> None:
        """Open a service's posts; they are advertised where nobody is to come over."""
        department = self._department(town, service.lot)
        staff, group = department.staff, department.group
        service.sellers = sellers_like(town, service.state.like, staff.row)
        service.head_pence = service.state.pay_ratio * living_wage_month(town)
        grade = service.head_pence * (1.0 + service.state.staff.premium)
        new, old = service.staff_needed(town.month), department.needed(town.month)
        had = staff.grades.get(group, grade)
        staff.grades[group] = (had * old + grade * new) / (old + new) if old + new else grade
        department.services.append(service)
        if service.outgoing is None and not self._ended(service.lot):
            staff.advertise(town, new)

    def _begin(self, town: Town, service: Service) -> None:
        """Let the staff of whoever served until now come over, and begin."""
        department = self._department(town, service.lot)
        service.begun = True
        if service.outgoing is not None:
            short = service.staff_needed(town.month) - bring_over(town, department, service)
            service.outgoing = None
            if short > 0.0:
                department.staff.advertise(town, short)
        for old in self._ended(service.lot):
            department.services.remove(old)
            del self.services[old.number]

    def _fit(self, town: Town, department: Department) -> int:
        """Say how many staff a department wants; dismiss those beyond what employers hold on to.

        It wants one at least; what is short or too many by less is borne.
        """
        needed = department.wanted(town.month)
        department.staff.jobs[department.group] = max(needed, 1.0)
        surplus = department.size - needed * (1.0 + town.a["labour.hoarding"]) - 1.0
        many = int(surplus * town.a["labour.adjustment_speed"] + 0.5) if surplus > 0.0 else 0
        months = department.services[0].state.staff.redundancy_months
        return self._dismiss(town, department, many, months)

    def _dismiss(self, town: Town, department: Department, many: int, months: float) -> int:
        """Dismiss some of a department's staff; return what they were paid off with [pence]."""
        gone = dismiss_some(town, department, many, months)
        if gone is None:
            return 0
        self.paid_off.append(gone)
        return gone.pence

    def _end(self, town: Town, portfolio: Portfolio, service: Service) -> int:
        """Let a service's staff go to whoever took the work over; dismiss the others.

        Staff stay on until the new arrangement starts, or the new service of the council's own.
        """
        number = service.lot.arrangement
        after = None if number == VACANT else portfolio.standing[number].arrangement
        follows = after is not None and isinstance(after.state, InHouse)
        if service.begun and after is not None and (follows or after.start > town.month):
            return 0
        paid = 0
        if service.begun:
            department = self._department(town, service.lot)
            share = service.staff_needed(town.month) / max(department.needed(town.month), 1e-9)
            theirs = round(department.size * min(share, 1.0))
            if after is not None:
                theirs -= give_over(town, department, service, after, theirs)
            months = service.state.staff.redundancy_months
            paid = self._dismiss(town, department, theirs, months)
        self._strike(town, service)
        return paid

    def _strike(self, town: Town, service: Service) -> None:
        """Take a service off the list; a department without services has no posts."""
        del self.services[service.number]
        department = self.departments.get((service.lot.buyer, service.lot.category))
        if department is None or service not in department.services:
            return
        department.services.remove(service)
        if not department.services:
            department.staff.close(department.group)
            department.bill, department.part = NO_BILL, 1.0

    def _reckon(self, town: Town) -> None:
        """Reckon payroll anew, now that staff have moved, with the council's own pensions."""
        reckon_payroll(town)
        now, tax = town.now, town.tax
        for (buyer, category), department in self.departments.items():
            staff, heads = department.staff, department.size
            gross = staff.pay(town, department.group)
            insured = int(max(gross - heads * tax.employer_floor, 0) * tax.employer_rate)
            on_costs = insured + int(gross * town.a["labour.pension_rate"])
            rate = department.services[0].state.staff.pension if department.services else 0.0
            department.bill = Bill(heads, gross, on_costs, int(gross * rate))
            now.pension[staff.row] += department.bill.pension
            now.payroll[staff.row] += department.bill.pension
            self.cost[buyer, category] = department.bill.whole

    def plan(self, town: Town) -> Float64:
        """Return what services take of budgets this month.

        Returns
        -------
        float64[3, n_buyers, n_categories]
            Units of their needs; what their staff cost with what they use; what meeting their
            needs whole would cost, with the staff that takes. In pence, without drift that is met.
        """
        planned = np.zeros((3, *self.cost.shape))
        for (buyer, category), department in self.departments.items():
            planned[:, buyer, category] = department.planned(town.month)
        return planned

    def serve(self, town: Town, whole: Float64, portfolio: Portfolio) -> list[OwnMonth]:
        """Let every service do the month's work, as far as its staff reach.

        Parameters
        ----------
        town : Town
        whole : float64[n_buyers, n_categories]
            What budgets would pay for, staff and all, as a part of the needs; staff follow it.
        portfolio : Portfolio, updated
            States take note of units and cost.
        """
        months = []
        for pair, department in self.departments.items():
            if department.services:
                months += _month_of(town, department, portfolio)
                department.part = float(whole[pair])
        return months


def _state_now(town: Town, portfolio: Portfolio, service: Service) -> InHouse:
    """Return the state that a service is in; own staff begin early where nobody is left to serve.

    Whoever was kept on may fail before they are ready. The council does not take its decision
    back: it takes over at once with whom it finds, as Oxfordshire did with school meals and
    cleaning when Carillion fell in January 2018.
    """
    standing = portfolio.standing[service.number]
    state: InHouse = standing.arrangement.state
    if service.outgoing is None or service.begun or standing.arrangement.suppliers.size:
        return state
    state = replace(state, wait=min(state.wait, town.month - service.start))
    standing.arrangement = standing.arrangement._replace(state=state)
    return state


def _month_of(town: Town, department: Department, portfolio: Portfolio) -> list[OwnMonth]:
    """Let a department serve what it can; what staff cost is spread by the staff needed."""
    month, staffed = town.month, department.staffed(town.month)
    part = department.able(sum(staff for _, staff in staffed))
    taken = np.array([staff for _, staff in staffed])
    upto = np.floor(np.cumsum(taken) / max(float(taken.sum()), 1e-9) * department.bill.whole)
    if staffed:
        upto[-1] = department.bill.whole
    months = []
    for (service, _), pence in zip(staffed, np.diff(upto, prepend=0.0).tolist(), strict=True):
        units = 0.0 if service.leaving else part * service.lot.units_month
        age, staff_pence = service.age(month), int(pence)
        bought = round(service.state.bought_in(units, age, department.bill.rate))
        months.append(OwnMonth(service, units, bought, staff_pence))
        if not service.leaving:
            standing = portfolio.standing[service.number]
            after = service.state.done(units, bought + staff_pence)
            standing.arrangement = standing.arrangement._replace(state=after)
    return months


def invoices_of(town: Town, months: list[OwnMonth]) -> tuple[Invoices, Float64]:
    """Write what services bought in as invoices, with the days in which each is paid."""
    own, days, sold, buyers = [], [], [], town.economy.buyers
    for one in months:
        lot, sellers = one.service.lot, one.service.sellers
        if one.bought_pence and sellers is not None:
            sold.append((sellers, one.bought_pence))
            row = int(buyers.row[lot.buyer])
            own.append((row, lot.category, one.service.policy, one.service.number))
            days.append(float(buyers.payment_days[lot.buyer]))
    many, seller, pence = split(town, sold)
    columns = np.repeat(np.array(own, dtype=np.int32).reshape(-1, 4), many, axis=0).T.copy()
    buyer, category, policy, number = columns
    return Invoices(buyer, seller, pence, category, policy, number), np.repeat(days, many)
