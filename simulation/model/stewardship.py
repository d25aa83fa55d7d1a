"""Stewardship: what was let is served, checked, paid, settled and, when it ends, let again."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from scenarios.spec import PlatformDown
from scenarios.vocabulary import Kind
from simulation.economy.founding import grow
from simulation.economy.town import Town
from simulation.kernels import instructing, serving
from simulation.model.accrual import Accruals
from simulation.model.appraisals import Appraisals
from simulation.model.budget import Budget
from simulation.model.direct_provision import DirectProvision
from simulation.model.dyeing import Dyer
from simulation.model.in_house_month import afforded, serve_in_house
from simulation.model.incubator import pay_in_and_charge, plan_by_orders
from simulation.model.instructions import carry_out, within_funds
from simulation.model.joint import Due, costs_shared
from simulation.model.journal import Journal
from simulation.model.letting import Office, dockets_for, let_all
from simulation.model.levers import Levers
from simulation.model.lots import VACANT, Lot
from simulation.model.market import public_part
from simulation.model.member_loans import note_member_loans
from simulation.model.orders import note_orders
from simulation.model.outage import stop_work
from simulation.model.own_work import note_own_staff
from simulation.model.payables import Invoices, Payables
from simulation.model.policies import ResolvedPolicy
from simulation.model.register import ArrangementRegister
from simulation.model.settlements import note_asked, note_settlements
from simulation.model.subsidies import settle_law
from simulation.procurement.commissioning import Commission, enlarge
from simulation.procurement.delivery import Delivery
from simulation.procurement.interface import OWN_STAFF, Arrangement, Instruction, Regime
from simulation.procurement.payments import Payments, alike, joined, written
from simulation.procurement.portfolio import Portfolio, Suppliers
from simulation.procurement.settled import Settled

Int32 = NDArray[np.int32]
Int64 = NDArray[np.int64]
Float64 = NDArray[np.float64]
NOBODY = np.zeros(0, dtype=np.int32)
FOREVER = 1 << 14


class Stewardship:
    """All public buyers' arrangements, from award to end.

    Parameters
    ----------
    seed : int
        The replicate's seed.
    policy : ResolvedPolicy
    office : Office
    budget : Budget
    lots : list of Lot
    adviser : int32[n_areas]
        Who sells staff time and advice in each area.
    """

    def __init__(
        self,
        seed: int,
        policy: ResolvedPolicy,
        office: Office,
        budget: Budget,
        lots: list[Lot],
        adviser: Int32,
    ) -> None:
        self.policy = policy
        self.office = office
        self.budget = budget
        self.lots = lots
        self.adviser = adviser
        self.portfolio = Portfolio(seed)
        self.register = ArrangementRegister()
        self.payables = Payables()
        self.accruals = Accruals(*budget.owed.shape)
        self.dyer = Dyer()
        self.own = DirectProvision(*budget.owed.shape)
        self.levers = Levers()
        self.appraisals = Appraisals()
        self.journal: Journal | None = None
        self.lots_of: dict[int, list[Lot]] = {}
        self.clubs: dict[tuple[int, int], int] = {}
        self.docket: list[Lot] = []
        self.waiting: list[Instruction] = []
        self.numbers: Int64 = np.zeros(0, dtype=np.int64)
        self.telling = False
        self.outages: Sequence[PlatformDown] = ()
        self._seen: Suppliers | None = None
        self._asked: Int64 = np.zeros(0, dtype=np.int64)
        self._needed = self._count_needs()

    def let_docket(self, town: Town) -> None:
        """Let what public buyers have put on the docket this month."""
        grow(town)
        let_all(self, town, self.docket)
        self.docket.clear()

    def sign(self, town: Town, made: Sequence[tuple[Lot, Arrangement, Regime]]) -> None:
        """Enter arrangements for lots, each by its way of buying, and put them in service."""
        asked, entries = [], []
        made = [(lot, self.own.keep_on(lot, arrangement), way) for lot, arrangement, way in made]
        for lot, arrangement, regime in made:
            policy = self._policy_code(arrangement.need.category_id)
            club = -1 if regime.by_area else town.clubs.get((lot.buyer, lot.category), -1)
            asked.append((arrangement, regime, policy, club))
            entries.append(self.register.open(town, arrangement, policy))
        for number, entry, (lot, arrangement, regime) in zip(
            self.portfolio.enter(asked), entries, made, strict=True
        ):
            self.lots_of[number] = [lot]
            self.appraisals.signed(lot, number, entry)
            self.office.subsidies.note_award(town, arrangement)
            self.own.open(number, lot, arrangement, self.portfolio.standing[number].policy)
            lot.arrangement = number
            lot.ends = arrangement.end if regime.by_area else FOREVER
            if not regime.by_area:
                self.clubs[lot.buyer, lot.category] = number
        self.numbers = np.concatenate([self.numbers, np.array(entries, dtype=np.int64)])

    def policy_codes(self) -> Int64:
        """Return the code under which each category is written: int64[n_categories]."""
        codes = [self._policy_code(category) for category in self.office.category_ids]
        return np.array(codes, dtype=np.int64)

    def _policy_code(self, category: str) -> int:
        return 1 if self.telling and category in self.policy.treated else 0

    def release(self, number: int, month: int, reason: str) -> None:
        """Note the end of an arrangement; its lots are vacant and will be let again."""
        self.register.close(self.numbers[number], month, reason)
        self.own.close(number)
        for lot in self.lots_of.pop(number, []):
            lot.arrangement, lot.ends = VACANT, month
        for pair in [pair for pair, club in self.clubs.items() if club == number]:
            del self.clubs[pair]

    def retire(self, lot: Lot, month: int) -> Int32:
        """End the arrangement of a lot whose term is over; return who served it."""
        incumbents = self.suppliers_of(lot.arrangement)
        if lot.arrangement != VACANT:
            number = lot.arrangement
            self.own.note_outgoing(lot, self.portfolio.standing[number].arrangement)
            self.portfolio.close([number])
            self.release(number, month - 1, "")
        return incumbents

    def club_of(self, lot: Lot) -> int | None:
        """Return the number of the buyer's standing club for a lot's category, if any."""
        return self.clubs.get((lot.buyer, lot.category))

    def join_club(self, lot: Lot, number: int) -> None:
        """Let a standing club serve one more lot."""
        larger = enlarge(self.portfolio.standing[number].arrangement, lot.units_month)
        self.portfolio.rewrite(number, larger)
        self.register.enlarge(int(self.numbers[number]), larger.need.value_pence)
        self.lots_of[number].append(lot)
        lot.arrangement, lot.ends = number, FOREVER

    def suppliers_of(self, number: int) -> Int32:
        """Return the rows that serve an arrangement."""
        standing = self.portfolio.standing.get(number)
        return standing.arrangement.suppliers if standing else NOBODY

    def committed(self, town: Town) -> Float64:
        """Return the units a month that each trading row serves under arrangements."""
        return self.portfolio.committed(town.n_firms)

    def note_tenders(self, town: Town, signings: Sequence[tuple[Due, Commission]]) -> None:
        """Enter tenders in the register and charge budgets with their costs.

        That own staff take the work is no tender; its cost is charged all the same.
        """
        if not signings:
            return
        costs, policies = [], []
        for due, result in signings:
            for part in due.parts:
                self.appraisals.note_result(part.lot, town.month, result)
            policies.append(self._policy_code(due.need.category_id))
            both = zip(
                costs_shared(due, result.buyer_cost_pence),
                costs_shared(due, result.bidder_cost_pence), strict=True,
            )  # fmt: skip
            costs += [
                (part.lot.buyer, part.lot.category, policies[-1], *pence)
                for part, pence in zip(due.parts, both, strict=True)
            ]
        held = [at for at, (_, done) in enumerate(signings) if not done.outcome.award.own_staff]
        if held:
            tenders, codes = [signings[at] for at in held], [policies[at] for at in held]
            self.register.note_tenders(town, tenders, codes, self.journal)
        self._charge(costs)

    def spend(self, buyer: int, category: int, category_id: str, pence: int) -> None:
        """Book what a buyer pays towards a need beside prices, which its budget must bear."""
        self.budget.owed[buyer, category] += pence
        self.accruals.spend(buyer, category, self._policy_code(category_id), pence)

    def take_on(self, work: Instruction, cell: tuple[int, int] | None) -> None:
        """Have a buyer's work on how it buys paid this month, by a cell of its budget if any."""
        if work.pence <= 0:
            return
        self.waiting.append(work)
        if cell is not None:
            policy = self._policy_code(self.office.category_ids[cell[1]])
            self._charge([(*cell, policy, work.pence, 0)])

    def _charge(self, costs: list[tuple[int, int, int, int, int]]) -> None:
        """Book procedures: buyer, category, policy code, cost of each side [pence]."""
        if not costs:
            return
        buyer, category, policy, buyer_pence, bidder_pence = np.array(costs, dtype=np.int64).T
        np.add.at(self.budget.owed.reshape(-1), self._cell(buyer, category), buyer_pence)
        self.accruals.process(buyer, category, policy, buyer_pence, bidder_pence)

    def forget(self) -> None:
        """Drop the register's past; arrangements in force are entered anew."""
        old = self.register
        self.register = ArrangementRegister()
        self.accruals = Accruals(*self.budget.owed.shape)
        for number in self.portfolio.standing:
            self.numbers[number] = self.register.carry_over(old, self.numbers[number])

    def turn_back(self, months: int) -> None:
        """Move all dates of agreements and invoices back by a number of months."""
        for lot in self.lots:
            lot.ends -= months
        self.own.turn_back(months)
        for number, standing in list(self.portfolio.standing.items()):
            old = standing.arrangement
            need = old.need._replace(month=old.need.month - months)
            moved = old._replace(need=need, start=old.start - months, end=old.end - months)
            self.portfolio.rewrite(number, moved)
            self.register.turn_back(self.numbers[number], months)
        self.office.memory.contracts.turn_back(months)
        self.office.subsidies.turn_back(months)
        self.payables.due = {
            month - months: batches for month, batches in self.payables.due.items()
        }

    def drop_failed(self, town: Town) -> None:
        """Take closed suppliers out of their arrangements; who has none left is let again."""
        places = self.portfolio.places
        firms, uid = town.economy.firms, town.economy.parties.uid
        gone = np.zeros(town.n_firms, dtype=np.bool_)
        changed = uid[places.supplier] != places.uid
        gone[places.supplier[changed | ~firms.alive[places.supplier]]] = True
        if gone.any():
            for number in self.portfolio.drop_suppliers(gone):
                self.release(number, town.month, "the supplier closed")

    def deliver(self, town: Town) -> None:
        """Serve, check, pay and settle one month."""
        memory, portfolio = self.office.memory, self.portfolio
        suppliers = self._suppliers(town)
        pay_in_and_charge(self, town)
        settle_law(self, town)
        self._charge(self.own.open_month(town, self.portfolio))
        note_own_staff(self, town)
        volume, whole = afforded(self, town)
        units = portfolio.divide(town.month, volume, suppliers, memory, town.a)
        stop_work(self.outages, portfolio, units)
        plan_by_orders(town, portfolio.places, units)
        done = portfolio.deliver(town.month, units, suppliers, memory, town.a)
        self.accruals.serve(portfolio.places, done)
        note_orders(self.journal, town, portfolio.places, done, self.numbers)
        self.appraisals.note_month(self, done, serve_in_house(self, town, whole))
        self._pay(town, done)
        asked = [written(self.waiting), *self._checks(done)]
        self.waiting = []
        self.register.note_delivery(portfolio.places, done, self.numbers)
        settled = portfolio.settle(town.month, done, suppliers, memory, town.a)
        asks = joined([*asked, *self._settle(town, settled)])
        note_asked(self, town, asks)
        carry_out(town, asks, self.adviser)
        note_member_loans(town, portfolio, self.clubs.values())
        self.appraisals.review(self, town)
        memory.settle()

    def _suppliers(self, town: Town) -> Suppliers:
        firms, places = town.economy.firms, self.portfolio.places
        if self._seen is None or self._seen.room.size != town.n_firms:
            self._seen = Suppliers(*np.zeros((4, town.n_firms)))
        seen = self._seen
        serving.look_at_suppliers(
            places.whole, places.size,
            (firms.alive, firms.capacity_pence, firms.sales_expected, firms.honesty),
            public_part(town.a), seen.room, seen.utilisation, seen.honesty,
        )  # fmt: skip
        return replace(seen, cash=town.ledger.deposits)

    def _cell(self, buyer: NDArray[Any], category: NDArray[Any]) -> Int64:
        """Return the position of a buyer's category in a flat table."""
        cell: Int64 = buyer * self.budget.owed.shape[1] + category
        return cell

    def _by_need(self, cell: Int64, units: Float64) -> Float64:
        """Add up by buyer and category: float64[B, C]."""
        shape = self.budget.owed.shape
        sums = np.bincount(cell, weights=units, minlength=shape[0] * shape[1])
        return sums.astype(np.float64).reshape(shape)

    def need_units(self) -> Float64:
        """Return what is needed a month by buyer and category: float64[B, C] units."""
        return self._needed

    def _count_needs(self) -> Float64:
        """Count what the lots need, which stands still from the opening on."""
        buyer = np.array([lot.buyer for lot in self.lots], dtype=np.int64)
        category = np.array([lot.category for lot in self.lots], dtype=np.int64)
        units = np.array([lot.units_month for lot in self.lots])
        return self._by_need(self._cell(buyer, category), units)

    def _pay(self, town: Town, done: Delivery) -> None:
        """Send invoices, pay those due, collect remedies, and queue the cost of checking."""
        places = self.portfolio.places
        invoices = Invoices(
            buyer=places.buyer.astype(np.int32),
            supplier=places.supplier.astype(np.int32),
            pence=done.paid,
            category=places.category.astype(np.int32),
            policy=places.policy.astype(np.int32),
            arrangement=places.arrangement.astype(np.int32),
        )
        self.payables.add(town, invoices, places.payment_days)
        paid = self.payables.pay(town)
        self.dyer.purchases(town, paid)
        self.accruals.note_purchases(town, paid, self.numbers)
        town.settle_sales(Kind.PURCHASE)
        due = done.remedy > 0
        if due.any():
            payer, payee = places.supplier[due].astype(np.int32), places.buyer[due].astype(np.int32)
            uid = town.economy.parties.uid
            order = np.lexsort((uid[payee], uid[payer]))
            payer, payee, pence = payer[order], payee[order], done.remedy[due][order]
            town.ledger.listed(Kind.REMEDY, payer, payee, within_funds(town, payer, pence))
            town.ledger.settle(Kind.REMEDY)
        self.budget.give_back(town)

    def _checks(self, done: Delivery) -> list[Payments]:
        """Ask for the cost of checking, on both sides, and charge the buyers' budgets with it."""
        places = self.portfolio.places
        owed, asked = self.budget.owed, []
        instructing.charge_places(places.whole, done.buyer_process, owed.shape[1], owed.reshape(-1))
        for payer, pence, reason in (
            (places.buyer, done.buyer_process, "monitoring"),
            (places.supplier, done.supplier_process, "reporting"),
        ):
            n_rows = int(payer.max(initial=-1)) + 1
            if n_rows > self._asked.size:
                self._asked = np.zeros(n_rows, dtype=np.int64)
            rows = np.empty(payer.size, dtype=np.int64)
            many = instructing.sum_by_payer(payer, pence, self._asked, rows)
            rows = np.sort(rows[:many], kind="stable")
            asked.append(alike(rows, OWN_STAFF, self._asked[rows], Kind.PROCESS_COST, reason))
            self._asked[rows] = 0
        return asked

    def _settle(self, town: Town, settled: Settled) -> list[Payments]:
        """Book settlements, end what ended, admit newcomers where asked; return the payments."""
        note_settlements(self.journal, town, settled, self.numbers)
        policy = self.policy_codes()
        self.budget.fees += self.accruals.settle(settled, policy)
        for number, reason in settled.ended.items():
            for lot in self.lots_of[number]:
                lot.on_baseline = number not in settled.again
            self.release(number, town.month, reason)
        going_on = [number for number in settled.reopened if number not in settled.ended]
        reopened = self.portfolio.with_free_places(going_on)
        groups: dict[int, list[int]] = {}
        for number in reopened:
            groups.setdefault(id(self.portfolio.standing[number].regime), []).append(number)
        welcomed = [written(self._readmit(town, group)) for group in groups.values()]
        return [settled.payments, *welcomed]

    def _readmit(self, town: Town, numbers: list[int]) -> list[Instruction]:
        """Open arrangements of one way of buying to newcomers; return what is asked to be paid."""
        standing = [self.portfolio.standing[number] for number in numbers]
        needs = [s.arrangement.need._replace(month=town.month) for s in standing]
        lots = [self.lots_of[number][0] for number in numbers]
        incumbents = [s.arrangement.suppliers for s in standing]
        ways = [(standing[0].regime, len(needs))]
        (docket,) = dockets_for(self, town, ways, needs, incumbents, {}, outside=True)
        outcomes = self.portfolio.readmit(numbers, docket, town.a)
        costs = [
            (lot.buyer, lot.category, self._policy_code(need.category_id),
             outcome.buyer_cost_pence, outcome.bidder_cost_pence)
            for lot, need, outcome in zip(lots, needs, outcomes, strict=True)
        ]  # fmt: skip
        self._charge(costs)
        return [one for outcome in outcomes for one in outcome.instructions]
