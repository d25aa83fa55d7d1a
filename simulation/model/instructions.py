"""Carries out what a way of buying asks to be paid, as far as the payer's account reaches."""

import numpy as np
from numpy.typing import NDArray

from scenarios.tables import sector_code
from scenarios.vocabulary import Kind
from simulation.economy.town import Town
from simulation.procurement.interface import LENDER, OWN_STAFF
from simulation.procurement.payments import Payments

Int32 = NDArray[np.int32]


def advisers(town: Town) -> Int32:
    """Return the row that sells professional services in each area, the largest one by uid.

    Process costs buy staff time or advice; both are paid where the payer is.

    Returns
    -------
    int32[n_areas]
        The government's row where an area has nobody: the cost leaves the circuit.
    """
    economy, parties, n = town.economy, town.economy.parties, town.n_firms
    rows = np.flatnonzero(parties.sector[:n] == sector_code()["professional"])
    order = np.lexsort((parties.uid[rows], -economy.firms.jobs[rows], parties.area[rows]))
    rows = rows[order]
    first = np.full(len(economy.areas.ids), economy.government, dtype=np.int32)
    first[parties.area[rows][::-1]] = rows[::-1]
    return first


def carry_out(town: Town, payments: Payments, adviser: Int32) -> None:
    """Make the payments, members' contributions first, so that a club can pay out of them.

    Parameters
    ----------
    town : Town
    payments : Payments
    adviser : int32[n_areas]
        From `advisers`.
    """
    into = payments.kind == Kind.MEMBER_CONTRIBUTION
    for batch in (into, ~into) if into.any() else (~into,):
        if batch.any():
            _pay(town, payments.take(batch), adviser)


def _pay(town: Town, batch: Payments, adviser: Int32) -> None:
    economy = town.economy
    payer, payee = batch.payer.astype(np.int32), batch.payee.astype(np.int32)
    pence, kinds = batch.pence, batch.kind
    payee = np.where(payee == OWN_STAFF, adviser[economy.parties.area[payer]], payee)
    payee = np.where(payee == LENDER, economy.bank, payee).astype(np.int32)
    payee = np.where(payee == payer, economy.government, payee).astype(np.int32)
    order = np.lexsort((economy.parties.uid[payee], kinds, economy.parties.uid[payer]))
    payer, payee, pence, kinds = payer[order], payee[order], pence[order], kinds[order]
    pence = within_funds(town, payer, pence)
    for kind in np.unique(kinds).tolist():
        chosen = kinds == kind
        town.ledger.listed(Kind(kind), payer[chosen], payee[chosen], pence[chosen])
    n = town.n_firms
    earned = payee < n
    sold = earned & (kinds == Kind.PROCESS_COST)
    np.add.at(town.now.sales, payee[sold], pence[sold])
    town.ledger.settle(Kind.PROCESS_COST)


def within_funds(town: Town, payer: Int32, pence: NDArray[np.int64]) -> NDArray[np.int64]:
    """Cut payments, in their order, to what is left on each payer's account."""
    before = np.cumsum(pence) - pence
    opens = np.flatnonzero(np.concatenate([[True], payer[1:] != payer[:-1]]))
    sizes = np.diff(np.concatenate([opens, [payer.size]]))
    already = before - np.repeat(before[opens], sizes)
    left = np.maximum(town.ledger.deposits[payer] - already, 0)
    return np.minimum(pence, left)
