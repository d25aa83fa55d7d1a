"""Once a year the members of the secondary co-operative vote: on charge, surplus and membership.

Its members are enterprises, and each votes for what is best for itself: the more inputs per pound
of sales it has, the more services it wants; the sooner it is likely to close, the less it wants
kept; the more the reserve earns, the fewer it wants to share it with. They vote as members of other
co-operatives do (`simulation.procurement.assembly`), with one vote each or by use.
"""

import numpy as np

from simulation import streams
from simulation.economy.closures import chance_of_closing
from simulation.economy.columns import Bool, Float64
from simulation.economy.enterprises import Enterprise
from simulation.economy.society import SharedRules, Society
from simulation.economy.town import Town
from simulation.procurement.assembly import (
    ideal_charge,
    ideal_part,
    middle,
    votes_by_use,
    would_admit,
)
from simulation.streams import Purpose

YEAR = 12


def hold_assembly(town: Town, society: Society, living: list[Enterprise]) -> list[Enterprise]:
    """Let members vote on the rules of the next year, and on the surplus of this one.

    Parameters
    ----------
    town : Town, updated
        Whoever is voted out is as it was before it joined.
    society : Society, updated
        Its rules and its members.
    living : list of Enterprise
        Those who may be members.

    Returns
    -------
    list of Enterprise
        Those who are admitted; nobody where all may join at any time, or none would be with them.
    """
    a = town.a
    inside = [one for one in living if one.uid in society.members]
    if not inside:
        return []
    use = np.array([society.paid.get(one.uid, 0) for one in inside], dtype=np.float64)
    votes = votes_by_use(use, a["coop.shared_use_votes"], a["coop.shared_most_votes"])
    society.rules = _voted(town, inside, votes)
    if a["coop.shared_admission"] == 0.0:
        return []
    outside = [one for one in living if one.uid not in society.members]
    every = np.ones(use.size, dtype=np.bool_)
    welcome = not outside or _admit(town, society, inside, votes, every, len(outside))
    for k in np.flatnonzero(use == 0.0).tolist() if use.any() else []:
        if not _admit(town, society, inside, votes, np.arange(use.size) != k, 1):
            society.part_with(inside[k].uid, town.economy.firms, town.terms, a)
    return outside if welcome else []


def yearly_of_reserve(town: Town, society: Society) -> int:
    """Return what of the reserve is spent on services in a year: as much as it is said to earn."""
    reserve = int(town.ledger.savings[society.row])
    return int(reserve * town.a["coop.reserve_return"])


def _voted(town: Town, inside: list[Enterprise], votes: Float64) -> SharedRules:
    """Return the charge and the part of surplus paid back as the middle voter wishes each."""
    a, firms = town.a, town.economy.firms
    rows = np.array([one.row for one in inside], dtype=np.int32)
    years = 1.0 / np.maximum(chance_of_closing(town, rows) * YEAR, 1e-3)
    wish = middle(ideal_part(years, a["coop.discount"], a["coop.reserve_return"]), votes)
    back = (1.0 - a["coop.shared_reserve"]) * (1.0 + a["coop.shared_vote"] * (wish - 1.0))
    usual = a["coop.shared_charge"]
    costs = usual * (1.0 - (1.0 - a["coop.shared_cost"]) * back)
    inputs = np.array([town.terms.unspared(firms, row) for row in rows.tolist()])
    charges = ideal_charge(a["coop.shared_saving"] * inputs, costs, a["coop.shared_half"])
    times = middle(charges, votes)
    return SharedRules(usual * (1.0 + a["coop.shared_vote"] * (times - 1.0)), back)


def _admit(
    town: Town, society: Society, inside: list[Enterprise], votes: Float64, voting: Bool, many: int
) -> bool:
    """Say whether those who vote would rather share the reserve with so many more than not."""
    uid = np.array([one.uid for one in inside], dtype=np.int64)[voting]
    rows = np.array([one.row for one in inside], dtype=np.int32)[voting]
    sales = YEAR * int(town.now.sales_last[rows].sum()) // max(rows.size, 1)
    lot = streams.uniform(town.seed, Purpose.VOTE, uid, town.month)
    forgo = 2.0 * town.a["coop.shared_solidarity"] * lot
    earns = yearly_of_reserve(town, society)
    return would_admit(earns, sales, rows.size, many, forgo, votes[voting])
