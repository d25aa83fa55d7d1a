"""Once a year the members of each co-operative meet and vote: on surplus, on newcomers, on a sale.

Enterprises without a vote in their rules go on by their charter. Every member has one vote, and how
long each expects to stay and how much each would forgo is a matter of luck that is the member's.
"""

from typing import NamedTuple

import numpy as np

from scenarios.vocabulary import Kind, OwnerKind
from simulation import streams
from simulation.economy.columns import Float64
from simulation.economy.endings import end
from simulation.economy.enterprises import Decided, Enterprise
from simulation.economy.founding import pay
from simulation.economy.handed import Owners
from simulation.economy.hands import put_in_hands
from simulation.economy.members import homes_of, pay_out
from simulation.economy.patronage import by_patronage
from simulation.economy.roll import change_pay
from simulation.economy.succession import buyer_from_outside, price_of
from simulation.economy.town import Town
from simulation.procurement.assembly import (
    ideal_part,
    middle,
    would_admit,
    would_sell,
)
from simulation.streams import Purpose

YEAR = 12


class Voters(NamedTuple):
    """One class of members: its part of what members get, and how long each expects to stay.

    `had` is what all of them got in the last year, `forgone` what solidarity is worth to them
    [pence]; patrons are counted as one, since all expect the same.
    """

    part: float
    years: Float64
    had: int
    forgone: float


def meet(town: Town) -> None:
    """Hold the assemblies that are due this month; who is sold leaves the list."""
    for one in list(town.enterprises.living):
        age = town.month - one.founded
        if age > 0 and age % YEAR == 0:
            price = _price(town, one)
            if _sells(town, one, price):
                _sell(town, one, price)
            else:
                one.decided = Decided(_part_of_members(town, one), _admits(town, one))
                one.year_pence = one.year_refund = 0


def _years(town: Town, one: Enterprise) -> Float64:
    """Return how long each worker member expects to stay: 0 to twice the mean [years]."""
    leaving = town.a["labour.separation_rate"] + town.now.move_rate
    uid = town.economy.workers.uid[one.members.worker]
    lot = streams.uniform(town.seed, Purpose.HORIZON, uid)
    years: Float64 = 2.0 * lot / max(leaving * YEAR, 1e-3)
    return years


def _classes(town: Town, one: Enterprise) -> list[Voters]:
    """Return the classes in which somebody votes; their parts make up the whole."""
    life = one.charter.life
    forgone = life.solidarity * int(town.now.roll.pay[one.row]) * YEAR
    patrons = np.array([town.a["coop.patron_months"] / YEAR])
    voting = [
        each
        for each in (
            Voters(life.workers_part, _years(town, one), one.year_pence, forgone),
            Voters(1.0 - life.workers_part, patrons, one.year_refund, 0.0),
        )
        if each.part > 0.0 and each.years.size
    ]
    whole = sum(each.part for each in voting)
    return [each._replace(part=each.part / whole) for each in voting]


def _part_of_members(town: Town, one: Enterprise) -> float:
    """Return members' part over that of the charter, as the middle voters of each class wish.

    A class in which nobody votes has no say; where no class votes the charter stands.
    """
    life, split, a = one.charter.life, one.charter.split, town.a
    usual = split.individual + split.workers
    if life.vote == 0.0 or usual == 0.0:
        return 1.0
    rate, yearly = a["coop.discount"], a["coop.reserve_return"]
    voting = _classes(town, one)
    if not voting:
        return 1.0
    wish = sum(each.part * middle(ideal_part(each.years, rate, yearly)) for each in voting)
    named = split.social + split.fund + split.council + split.partner
    voted = wish * max(1.0 - named - life.least_reserve, 0.0)
    return 1.0 + life.vote * (voted / usual - 1.0)


def _admits(town: Town, one: Enterprise) -> bool:
    """Say whether most worker members would share with those who work beside them."""
    life, of = one.charter.life, one.members
    heads = int(town.now.roll.heads[one.row])
    if life.nonmembers == 0.0:
        return True
    uid = town.economy.workers.uid[of.worker]
    lot = streams.uniform(town.seed, Purpose.VOTE, uid, town.month)
    wages = town.economy.workers.wage_pence[of.worker]
    mean = YEAR * int(wages.sum()) // max(of.worker.size, 1)
    outside = heads - of.worker.size
    return would_admit(one.year_pence, mean, of.worker.size, outside, 2.0 * life.solidarity * lot)


def _worth(town: Town, one: Enterprise) -> int:
    """Return money, claims and freeholds less all that is owed [pence]."""
    parties, row = town.economy.parties, one.row
    held = int(town.ledger.deposits[row] + parties.savings[row] + parties.receivable[row])
    held += sum(premises.worth for premises in one.premises)
    return held - int(parties.loans[row] + parties.payable[row])


def _sells(town: Town, one: Enterprise, price: int) -> bool:
    """Say whether the rules allow a sale, and enough of each class would be better off by it."""
    if not one.charter.life.demutualise or one.charter.asset_lock:
        return False
    voting, members = _classes(town, one), _of_members(one, price)
    return bool(voting) and all(
        would_sell(
            (members * each.part - each.forgone) / each.years.size, each.had / each.years.size,
            each.years, town.a["coop.discount"], town.a["coop.majority"],
        )
        for each in voting
    )  # fmt: skip


def _price(town: Town, one: Enterprise) -> int:
    """Return what the whole is sold for: years of profit, and money left after all debts."""
    (years,) = price_of(town, np.array([one.row], dtype=np.int32)).tolist()
    left = _worth(town, one) - one.council_loan - one.members.owed
    return int(years) + max(left, 0)


def _of_members(one: Enterprise, price: int) -> int:
    """Return what members get of a price; the rest is for those who hold shares."""
    return int(price * (1.0 - one.charter.owned))


def _sell(town: Town, one: Enterprise, whole: int) -> None:
    """Pay lenders, accounts and members out of the buyer's money; the firm is an outsider's now."""
    economy, of = town.economy, one.members
    buyer, council = buyer_from_outside(town, one.row), int(whole * one.charter.owned)
    price, staff = _of_members(one, whole), one.charter.life.workers_part if of.worker.size else 0.0
    workers = int(price * staff) // max(of.worker.size, 1)
    patrons = price - int(price * staff) if staff < 1.0 else 0
    for payee, pence in (
        (one.row, of.owed + one.council_loan), (one.council, council),
        *((home, workers) for home in homes_of(town, one)),
        *zip(*(rows.tolist() for rows in by_patronage(town, one, patrons)), strict=True),
    ):  # fmt: skip
        if pence > 0:
            pay(town, Kind.CAPITAL, buyer, payee, pence)
    town.ledger.settle(Kind.CAPITAL)
    pay(town, Kind.CAPITAL_REPAID, one.row, one.council, one.council_loan)
    town.enterprises.give_back(one, council + one.council_loan)
    one.at_risk.close(one.council_loan, council)
    change_pay(town, of.worker.astype(np.int32), of.kept_back + of.forgone)
    pay_out(town, one, of.owed)
    town.ledger.settle(Kind.CAPITAL_REPAID)
    one.sold = True
    end(town, one)
    area = int(economy.parties.area[buyer])
    put_in_hands(town, one.row, Owners(buyer, int(OwnerKind.OUTSIDE), area))
