"""A secondary co-operative: its members are the other co-ops of the focus, which share services.

Members pay by their sales; it buys professional services for them, which spares each a part of its
inputs and makes it more skilled at bidding, and returns what is left once a year by patronage: by
what each has paid. What its rules or its members keep is a reserve that buys more services. After
Mondragon's and other federations' service co-operatives.
"""

import numpy as np

from scenarios.vocabulary import Kind, OwnerKind
from simulation.economy.apportion import largest_remainder
from simulation.economy.enterprises import Enterprise
from simulation.economy.founding import pay
from simulation.economy.shared_assembly import YEAR, hold_assembly, yearly_of_reserve
from simulation.economy.society import Society
from simulation.economy.town import Town
from simulation.procurement.assembly import spared_by

LEAST = 2
"""Members without which there is nothing to share."""


def share_services(town: Town, seller: int) -> None:
    """Let co-ops join and leave, pay, be served, and have the year's surplus back.

    Parameters
    ----------
    town : Town, updated
    seller : int
        Row of who sells professional services in the focus.
    """
    society = town.society
    if society is None:
        return
    living = [one for one in town.enterprises.living if _may_join(town, one)]
    _let_go(town, society, living)
    if len(living) >= LEAST:
        if len(society.members) < LEAST or town.a["coop.shared_admission"] == 0.0:
            _take_in(town, society, living)
        inside = [one for one in living if one.uid in society.members]
        charged = sum(_charge(town, society, one) for one in inside)
        town.ledger.settle(Kind.INTERMEDIATE)
        _serve(town, society, seller, charged, inside)
    if town.month % YEAR == 0:
        _take_in(town, society, hold_assembly(town, society, living))
        _give_back(town, society)


def _serve(
    town: Town, society: Society, seller: int, charged: int, inside: list[Enterprise]
) -> None:
    """Buy services for what is charged and what the reserve earns, and spare members inputs."""
    a, row = town.a, society.row
    drawn = yearly_of_reserve(town, society) // YEAR
    town.ledger.save(town.economy.bank, row, np.array([-drawn], dtype=np.int64))
    served = int(charged * a["coop.shared_cost"]) + drawn
    if served > 0:
        pay(town, Kind.PROCESS_COST, row, seller, served)
        town.settle_sales(Kind.PROCESS_COST)
    usual = a["coop.shared_charge"]
    sales = sum(int(town.now.sales_last[one.row]) for one in inside)
    spent = society.rules.charge / usual
    spent += drawn / (sales * usual * a["coop.shared_cost"]) if sales > 0 else 0.0
    part = a["coop.shared_saving"] * spared_by(spent, a["coop.shared_half"])
    for one in inside:
        town.terms.spare(town.economy.firms, one.row, part)


def _may_join(town: Town, one: Enterprise) -> bool:
    here = town.economy.parties.area[one.row] == town.economy.areas.focus
    return bool(here) and one.seat.kind == OwnerKind.COOP


def _take_in(town: Town, society: Society, living: list[Enterprise]) -> None:
    for one in [one for one in living if one.uid not in society.members]:
        society.members[one.uid] = one.row
        town.economy.firms.bid_skill[one.row] += town.a["coop.shared_skill"]


def _let_go(town: Town, society: Society, living: list[Enterprise]) -> None:
    """Let those who are co-ops no more be as they were; where too few are left, all of them."""
    stay = {one.uid for one in living} if len(living) >= LEAST else set()
    for uid in [uid for uid in society.members if uid not in stay]:
        society.part_with(uid, town.economy.firms, town.terms, town.a)


def _charge(town: Town, society: Society, one: Enterprise) -> int:
    """Let a member pay by its sales, as far as its account reaches; return what it paid [pence]."""
    row = one.row
    due = int(town.now.sales_last[row] * society.rules.charge)
    pence = min(due, max(int(town.ledger.deposits[row] - town.now.payroll[row]), 0))
    if pence > 0:
        pay(town, Kind.INTERMEDIATE, row, society.row, pence)
        town.now.duties[row] += pence
        society.paid[one.uid] = society.paid.get(one.uid, 0) + pence
    return max(pence, 0)


def _give_back(town: Town, society: Society) -> None:
    """Return members' part of what is in the account by what each has paid; the rest is kept."""
    members = sorted(society.paid)
    if not members:
        return
    paid = np.array([society.paid[uid] for uid in members], dtype=np.float64)
    held = int(town.ledger.deposits[society.row])
    back = int(held * society.rules.back)
    for uid, pence in zip(members, largest_remainder(back, paid).tolist(), strict=True):
        row = society.members[uid]
        if pence > 0:
            pay(town, Kind.PATRONAGE, society.row, row, pence)
            town.now.duties[row] -= pence
    town.ledger.settle(Kind.PATRONAGE)
    town.ledger.save(town.economy.bank, society.row, np.array([held - back], dtype=np.int64))
    society.paid.clear()
