"""A secondary co-operative: its members are the other co-ops of the focus, which share services.

Members pay by their sales; it buys professional services for them, which spares each a part of its
inputs and makes it more skilled at bidding, and returns what is left once a year by patronage: by
what each has paid. After Mondragon's and other federations' service co-operatives.
"""

import numpy as np

from scenarios.vocabulary import Kind, OwnerKind
from simulation.economy.apportion import largest_remainder
from simulation.economy.enterprises import Enterprise
from simulation.economy.founding import pay
from simulation.economy.society import Joined, Society
from simulation.economy.town import Town

YEAR = 12
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
        _take_in(town, society, living)
        charged = sum(_charge(town, society, one) for one in living)
        town.ledger.settle(Kind.INTERMEDIATE)
        served = int(charged * town.a["coop.shared_cost"])
        if served > 0:
            pay(town, Kind.PROCESS_COST, society.row, seller, served)
            town.settle_sales(Kind.PROCESS_COST)
    if town.month % YEAR == 0:
        _give_back(town, society)


def _may_join(town: Town, one: Enterprise) -> bool:
    here = town.economy.parties.area[one.row] == town.economy.areas.focus
    return bool(here) and one.seat.kind == OwnerKind.COOP


def _take_in(town: Town, society: Society, living: list[Enterprise]) -> None:
    firms, a = town.economy.firms, town.a
    for one in [one for one in living if one.uid not in society.members]:
        society.members[one.uid] = Joined(one.row, float(firms.intermediate_share[one.row]))
        firms.intermediate_share[one.row] *= 1.0 - a["coop.shared_saving"]
        firms.bid_skill[one.row] += a["coop.shared_skill"]


def _let_go(town: Town, society: Society, living: list[Enterprise]) -> None:
    """Let those who are co-ops no more be as they were; where too few are left, all of them."""
    stay = {one.uid for one in living} if len(living) >= LEAST else set()
    for uid in [uid for uid in society.members if uid not in stay]:
        society.part_with(uid, town.economy.firms, town.a)


def _charge(town: Town, society: Society, one: Enterprise) -> int:
    """Let a member pay by its sales, as far as its account reaches; return what it paid [pence]."""
    row = one.row
    due = int(town.now.sales_last[row] * town.a["coop.shared_charge"])
    pence = min(due, max(int(town.ledger.deposits[row] - town.now.payroll[row]), 0))
    if pence > 0:
        pay(town, Kind.INTERMEDIATE, row, society.row, pence)
        town.now.duties[row] += pence
        society.paid[one.uid] = society.paid.get(one.uid, 0) + pence
    return max(pence, 0)


def _give_back(town: Town, society: Society) -> None:
    """Return what is in the account by what each present member has paid in the year."""
    members = sorted(society.paid)
    paid = np.array([society.paid[uid] for uid in members], dtype=np.float64)
    held = int(town.ledger.deposits[society.row])
    for uid, pence in zip(members, largest_remainder(held, paid).tolist(), strict=True):
        row = society.members[uid].row
        if pence > 0:
            pay(town, Kind.PATRONAGE, society.row, row, pence)
            town.now.duties[row] -= pence
    town.ledger.settle(Kind.PATRONAGE)
    society.paid.clear()
