"""Who has been given what by whom, within which law; and what has to be paid back.

Every gift of a public buyer to an enterprise passes here: founding grants and soft loans, grants
for services, pay borne by a lever, advice and loans to staff who buy their firm. What the law of
the date lets be given is given; each decision to give more than is small is assessed, which costs
hours, and may be challenged (Subsidy Control Act 2022 s. 70: by decision). A challenge that
succeeds takes back what was above the small sum of what has been had by then, and stops what is
still to come. What a lever pays one enterprise month by month in a financial year is one decision.
"""

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
from numpy.typing import NDArray

from scenarios import tables
from scenarios.tables import SubsidyLaw
from scenarios.vocabulary import Kind
from simulation.economy.enterprises import Capital
from simulation.economy.town import Town
from simulation.model.instructions import within_funds
from simulation.procurement.founding import Sources, Stack, sources_of
from simulation.procurement.interface import OWN_STAFF, Arrangement, Form, Instruction
from simulation.procurement.luck import luck_of
from simulation.procurement.subsidy import (
    NOT_ABOVE,
    YEAR,
    Course,
    Ruling,
    Way,
    counted,
    gift_of_loan,
    outcome_of_review,
    rate_within,
    ruled,
)
from simulation.streams import Purpose

if TYPE_CHECKING:
    from simulation.model.stewardship import Stewardship

Int32 = NDArray[np.int32]
Int64 = NDArray[np.int64]

INSTALMENT = Course()
APRIL = 3
MOST_ROWS = 1 << 32
"""More than the parties of any place: draws of a month's second gift begin there."""
QUASHED = "a court quashed the grant: subsidy control"


class Giver(NamedTuple):
    """A public buyer: party row, appetite for legal risk, and the cell of its budget that bears it.

    The cell is buyer and category; None where a lever bears what giving costs.
    """

    row: int
    appetite: float
    cell: tuple[int, int] | None = None


class Recovery(NamedTuple):
    """A gift that a court has ordered back: when that is due, when it was given, and its course.

    Of what has been had by then the part is due that the whole gift stands above what is small.
    """

    month: int
    given: int
    giver: int
    row: int
    uid: int
    ruling: Ruling
    course: Course = INSTALMENT

    def follows(self, begun: int, gift: "Recovery") -> bool:
        """Say whether a gift is an instalment of what this one, given in some month, began."""
        mine = (self.given, self.giver, self.uid, self.course.way)
        return mine == (begun, gift.giver, gift.uid, gift.course.way)

    def due(self, month: int) -> tuple[int, int]:
        """Return what has been had by a month, and what of it is due back [pence]."""
        had = self.course.had(self.ruling.pence, month - self.given)
        return had, had * self.ruling.above // self.ruling.pence


class Decision(NamedTuple):
    """When something was assessed and how it is had."""

    month: int
    way: Way


@dataclass(slots=True)
class Subsidies:
    """All gifts of a run, by the identity of who had them.

    `given` are months and pence; `assessed` the decisions that stand on an assessment, by giver and
    who had them; `barred` who may have no more than is small since a challenge succeeded. `nation`
    is whose law binds, `appetite` each giver's, by its party row. `asked` are payments for staff
    time and courts that wait to be made, with the cell of the budget that bears each.
    """

    given: dict[int, list[tuple[int, int]]] = field(default_factory=dict)
    assessed: dict[tuple[int, int], list[Decision]] = field(default_factory=dict)
    barred: set[int] = field(default_factory=set)
    due: list[Recovery] = field(default_factory=list)
    nation: str = tables.HOME
    appetite: dict[int, float] = field(default_factory=dict)
    asked: list[tuple[Instruction, tuple[int, int] | None]] = field(default_factory=list)

    def giver(self, row: int) -> Giver:
        """Return a public buyer whose levers give."""
        return Giver(row, self.appetite.get(row, 1.0))

    def law(self, town: Town) -> SubsidyLaw:
        """Return the subsidy control of the month that is lived."""
        year, month = divmod(town.calendar, 12)
        return tables.subsidy_law(year, month + 1, self.nation)

    def had(self, uid: int, month: int, law: SubsidyLaw) -> int:
        """Return what an enterprise was given in the time that the law counts [pence]."""
        return sum(pence for when, pence in self.given.get(uid, ()) if when > month - law.months)

    def rule(
        self, town: Town, giver: Giver, uid: int, asked: int, law: SubsidyLaw | None = None
    ) -> Ruling:
        """Say how much an enterprise may be given now, by the month's law; nothing is noted."""
        law = law or self.law(town)
        appetite = NOT_ABOVE if uid in self.barred else giver.appetite
        return ruled(asked, self.had(uid, town.month, law), law, appetite, town.a)

    def give(
        self, town: Town, giver: Giver, row: int, uid: int, ruling: Ruling,
        course: Course = INSTALMENT,
    ) -> None:  # fmt: skip
        """Note a gift; what needs an assessment is assessed, and may be challenged.

        An instalment under a decision that stands is not assessed anew; where a court has that
        decision before it, the instalment goes back with the rest.
        """
        if ruling.pence <= 0:
            return
        self.given.setdefault(uid, []).append((town.month, ruling.pence))
        if not ruling.assessed:
            return
        one = Recovery(0, town.month, giver.row, row, uid, ruling, course)
        begun = self._begun(town, one)
        if begun is None:
            self._decide(town, giver, one)
        else:
            before = [due for due in self.due if due.follows(begun, one)]
            self.due += [one._replace(month=due.month) for due in before[:1]]

    def _begun(self, town: Town, gift: Recovery) -> int | None:
        """Return the month in which the decision behind an instalment was taken, if it was."""
        if gift.course.way is not Way.INSTALMENT:
            return None
        first = town.month - (town.calendar - APRIL) % YEAR
        taken = self.assessed.get((gift.giver, gift.uid), ())
        months = (one.month for one in taken if one.way is Way.INSTALMENT and one.month >= first)
        return next(months, None)

    def _decide(self, town: Town, giver: Giver, gift: Recovery) -> None:
        """Assess a gift, and see whether somebody challenges the decision and wins."""
        taken, a = self.assessed.setdefault((gift.giver, gift.uid), []), town.a
        turn = MOST_ROWS * sum(one.month == town.month for one in taken)
        taken.append(Decision(town.month, gift.course.way))
        self._ask(giver, a["subsidy.assessment_hours"] * a["tender.buyer_hour_pence"], "subsidy")
        luck = luck_of(town.seed, gift.uid, town.month)
        ids = np.array([turn + giver.row, -1 - turn - giver.row], dtype=np.int64)
        first, second = luck.uniform(Purpose.SUBSIDY, ids).tolist()
        challenged, lost = outcome_of_review((first, second), a)
        if challenged:
            self._ask(giver, a["tender.challenge_cost_pence"], "subsidy challenged")
        if lost:
            self.due.append(gift._replace(month=town.month + round(a["subsidy.months"])))

    def bounded(
        self, town: Town, giver: Giver, rows: Int32, uids: Int64, pence: Int64,
        course: Course = INSTALMENT, law: SubsidyLaw | None = None,
    ) -> Int64:  # fmt: skip
        """Return what some enterprises may be paid of what is meant, and note it: int64[n]."""
        allowed = pence.copy()
        for k in np.flatnonzero(pence > 0).tolist():
            uid = int(uids[k])
            ruling = self.rule(town, giver, uid, int(pence[k]), law)
            self.give(town, giver, int(rows[k]), uid, ruling, course)
            allowed[k] = ruling.pence
        return allowed

    def recover(self, town: Town) -> list[Recovery]:
        """Take back what courts have ordered back, as far as those who had it can pay.

        What has not been had is not given: it counts no more, and the caller stops it.

        Returns
        -------
        list of Recovery
            Those of this month, of enterprises that are still in business.
        """
        now = [one for one in self.due if one.month <= town.month]
        self.due = [one for one in self.due if one.month > town.month]
        parties, firms = town.economy.parties, town.economy.firms
        self.barred |= {one.uid for one in now}
        now = [one for one in now if int(parties.uid[one.row]) == one.uid and firms.alive[one.row]]
        for one in now:
            had, back = one.due(town.month)
            payer, payee = np.array([[one.row], [one.giver]], dtype=np.int32)
            pence = within_funds(town, payer, np.array([back], dtype=np.int64))
            if pence.any():
                town.ledger.listed(Kind.REMEDY, payer, payee, pence)
                town.ledger.settle(Kind.REMEDY)
            to_come = one.ruling.pence - had
            self.given[one.uid].append((one.given, -to_come - int(pence[0])))
        return now

    def turn_back(self, months: int) -> None:
        """Move all dates back by a number of months."""
        for uid, gifts in self.given.items():
            self.given[uid] = [(when - months, pence) for when, pence in gifts]
        for who, taken in self.assessed.items():
            self.assessed[who] = [one._replace(month=one.month - months) for one in taken]
        self.due = [
            one._replace(month=one.month - months, given=one.given - months) for one in self.due
        ]

    def aid(self, month: int, law: SubsidyLaw) -> tuple[tuple[int, int], ...]:
        """Return what each enterprise was given in the time that the law counts (uid, pence)."""
        return tuple((uid, self.had(uid, month, law)) for uid in sorted(self.given))

    def note_award(self, town: Town, arrangement: Arrangement) -> None:
        """Note what a grant for a service gives to each, over the time that counts."""
        if arrangement.form is not Form.GRANT:
            return
        need, law = arrangement.need, self.law(town)
        if arrangement.terms.entrusted:
            law = law.for_services()
        sums = counted(need, arrangement.shares, arrangement.unit_prices, law)
        giver = Giver(need.buyer, need.appetite, (need.buyer_index, need.category))
        wait = max(arrangement.start - town.month, 0)
        course = Course(Way.GRANT, months=min(need.months, law.months), wait=wait)
        self.bounded(town, giver, arrangement.suppliers, arrangement.uid, sums, course, law)

    def _ask(self, giver: Giver, pence: float, reason: str) -> None:
        work = Instruction(giver.row, OWN_STAFF, round(pence), Kind.PROCESS_COST, reason)
        self.asked.append((work, giver.cell))


def settle_law(stewardship: "Stewardship", town: Town) -> None:
    """Take back what is due; have assessments, courts and opinions paid by their budgets."""
    office = stewardship.office
    for one in office.subsidies.recover(town):
        _stop(stewardship, town, one)
    bills = list(office.subsidies.asked)
    office.subsidies.asked.clear()
    for buyer, risk in enumerate(office.risks):
        bills += [(work, (buyer, category)) for work, category in risk.bills]
        risk.bills.clear()
    for work, cell in bills:
        stewardship.take_on(work, cell)


def _stop(stewardship: "Stewardship", town: Town, one: Recovery) -> None:
    """Stop what is still to come of a gift that a court has quashed.

    The giver's grants to it end, its loan bears the market's rate, the rent is whole again.
    """
    firms, portfolio = town.economy.firms, stewardship.portfolio
    if one.course.way is Way.GRANT:
        gone = np.zeros(town.n_firms, dtype=np.bool_)
        gone[one.row] = True
        theirs = {
            number
            for number, s in portfolio.standing.items()
            if s.arrangement.form is Form.GRANT and s.arrangement.need.buyer == one.giver
        }
        for number in portfolio.drop_suppliers(gone, theirs):
            stewardship.release(number, town.month, QUASHED)
    elif one.course.way is Way.RENT:
        firms.rent_pence[one.row] += round(one.ruling.pence / max(one.course.months, 1))
    enterprise = town.enterprises.in_business_at(one.row)
    if one.course.way is Way.ASSETS and enterprise is not None:
        for lease, rent in ((its.lease, its.month) for its in enterprise.premises):
            if lease is not None:
                lease.ground_rent = rent
    if one.course.way is Way.LOAN and enterprise is not None:
        stack, market = enterprise.charter.stack, town.a["finance.loan_rate"]
        dear = stack._replace(loan_rate=max(stack.loan_rate, market))
        enterprise.charter = enterprise.charter._replace(stack=dear)


def course_of_loan(at_once: int, months: float) -> Course:
    """Return when a sum given at once, and what a loan below the market's rate saves, are had."""
    return Course(Way.LOAN, at_once, max(round(months), 1))


def within_law(
    book: Subsidies, town: Town, giver: Giver, uid: int, stack: Stack, whole: int
) -> Stack:
    """Cut the grant and raise the rate of the loan until what they give is within the law.

    Parameters
    ----------
    book : Subsidies
    town : Town
    giver : Giver
    uid : int
        Of the enterprise to be founded.
    stack : Stack
    whole : int
        Capital wanted [pence].

    Returns
    -------
    Stack
        As it was where all of it may be given.
    """
    asked = gift_of(town, stack, sources_of(stack, whole, 0))
    ruling = book.rule(town, giver, uid, asked)
    if ruling.pence >= asked:
        return stack
    stack = stack._replace(grant_limit_pence=min(stack.grant_limit_pence, ruling.pence))
    sources = sources_of(stack, whole, 0)
    market, months = town.a["finance.loan_rate"], round(stack.loan_months)
    least = rate_within(sources.loan, market, months, ruling.pence - sources.grant)
    return stack._replace(loan_rate=max(stack.loan_rate, least))


def gift_of(town: Town, stack: Stack, paid: Sources | Capital) -> int:
    """Return what a grant and a loan below the market's rate give together [pence]."""
    market, months = town.a["finance.loan_rate"], round(stack.loan_months)
    return paid.grant + gift_of_loan(paid.loan, stack.loan_rate, market, months)


def rent_let_off(law: SubsidyLaw, rent_month: Int64, discount: float) -> Int64:
    """Return what rents below the market's give in the time that the law counts: int64[n] pence."""
    given: Int64 = np.rint(rent_month * (discount * law.months)).astype(np.int64)
    return given
