"""Who of a council's staff is dismissed for want of work, and what they are paid for it."""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from scenarios.vocabulary import Kind
from simulation.economy.town import Town
from simulation.economy.transfers import Commuters, chosen
from simulation.model.dyeing import split_along
from simulation.model.instructions import within_funds
from simulation.model.own_staff import NOBODY, OwnStaff

Int32 = NDArray[np.int32]


class Dismissed(NamedTuple):
    """Residents and commuters of one group of a buyer's staff."""

    workers: Int32
    commuters: Commuters


def part_of(town: Town, staff: OwnStaff, group: int, many: int) -> Dismissed:
    """Choose so many of a group: residents by lot, and commuters, in proportion."""
    residents, away = staff.residents(group), staff.commuters.get(group, NOBODY)
    whole = residents.size + away.jobs
    many = min(many, whole)
    here = round(many * residents.size / whole) if whole else 0
    jobs = min(many - here, away.jobs)
    pay = away.pay * jobs // away.jobs if away.jobs else 0
    return Dismissed(chosen(town, residents, here), Commuters(jobs, pay))


def redundancy_pay(town: Town, row: int, gone: Dismissed, months: float) -> int:
    """Pay people off, as far as the buyer's account reaches.

    Parameters
    ----------
    town : Town, updated
    row : int
        The buyer.
    gone : Dismissed
    months : float
        Pay for how many months, gross; no tax is due on it.

    Returns
    -------
    int
        What was paid in all [pence].
    """
    economy, workers = town.economy, town.economy.workers
    each = (workers.wage_pence[gone.workers] * months).astype(np.int64)
    homes = (economy.households.first + workers.household[gone.workers]).astype(np.int32)
    away = np.array([int(gone.commuters.pay * months)], dtype=np.int64)
    _, far, theirs = split_along(town, np.array([row], dtype=np.int32), away)
    payee, pence = np.concatenate([homes, far.astype(np.int32)]), np.concatenate([each, theirs])
    payee, pence = payee[pence > 0], pence[pence > 0]
    if not pence.size:
        return 0
    order = np.lexsort((pence, economy.parties.uid[payee]))
    payee, payer = payee[order], np.full(payee.size, row, dtype=np.int32)
    paid = within_funds(town, payer, pence[order])
    town.ledger.listed(Kind.REDUNDANCY, payer, payee, paid)
    town.ledger.settle(Kind.REDUNDANCY)
    return int(paid.sum())
