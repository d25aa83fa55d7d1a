"""Carries out what a way of buying asks to be paid, as far as the payer's account reaches."""

import numpy as np
from numpy.typing import NDArray

from scenarios.tables import sector_code
from scenarios.vocabulary import Kind
from simulation.economy.town import Town
from simulation.kernels import instructing
from simulation.procurement.interface import BUILDER, LENDER, OWN_STAFF
from simulation.procurement.payments import Payments

Int32 = NDArray[np.int32]
Int64 = NDArray[np.int64]


def advisers(town: Town) -> Int32:
    """Return the row that sells professional services in each area, the largest one by uid.

    Process costs buy staff time or advice; both are paid where the payer is.

    Returns
    -------
    int32[n_areas]
        The government's row where an area has nobody: the cost leaves the circuit.
    """
    return largest_of("professional", town)


def largest_of(sector: str, town: Town) -> Int32:
    """Return the largest trading row of a sector in each area by uid: int32[n_areas].

    The government's row where an area has nobody.
    """
    economy, parties, n = town.economy, town.economy.parties, town.n_firms
    sells = parties.sector[:n] == sector_code()[sector]
    rows = np.flatnonzero(sells & economy.firms.alive)
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
    if into.any():
        _pay(town, payments.take(into), adviser)
        payments = payments.take(~into)
    if payments.size:
        _pay(town, payments, adviser)


def _pay(town: Town, batch: Payments, adviser: Int32) -> None:
    economy, uid = town.economy, town.economy.parties.uid
    payer, payee = batch.payer, batch.payee.copy()
    built = payee == BUILDER
    if built.any():
        payee[built] = largest_of("construction", town)[economy.parties.area[payer[built]]]
    stands_for = OWN_STAFF, LENDER, economy.bank
    instructing.name_payees(
        payer, payee, economy.parties.area, adviser, stands_for, economy.government
    )
    order = np.lexsort((uid[payee], batch.kind, uid[payer]))
    kinds, pence = batch.kind[order], batch.pence[order]
    by, to = payer[order].astype(np.int32), payee[order].astype(np.int32)
    instructing.cut_to_funds(by, pence, town.ledger.deposits)
    lowest, highest = int(kinds.min()), int(kinds.max())
    for kind in np.unique(kinds).tolist() if lowest < highest else (lowest,):
        chosen = kinds == kind if lowest < highest else slice(None)
        town.ledger.listed(Kind(kind), by[chosen], to[chosen], pence[chosen])
    for sold in (Kind.PROCESS_COST, Kind.INTERMEDIATE) if built.any() else (Kind.PROCESS_COST,):
        instructing.note_sales(to, kinds, pence, int(sold), town.now.sales)
    gain = kinds == Kind.GAIN_SHARE
    if gain.any():
        _count_as_profit(town, by[gain], to[gain], pence[gain])
    town.ledger.settle(Kind.PROCESS_COST)


def _count_as_profit(town: Town, payer: Int32, payee: Int32, pence: Int64) -> None:
    """Let shared gain raise firms' profit and shared pain lower it, as duties do the other way."""
    for rows, sign in ((payer, 1), (payee, -1)):
        firms = rows < town.n_firms
        np.add.at(town.now.duties, rows[firms], sign * pence[firms])


def within_funds(town: Town, payer: Int32, pence: Int64) -> Int64:
    """Return payments, cut in their order to what is left on each payer's account."""
    paid = pence.copy()
    instructing.cut_to_funds(payer, paid, town.ledger.deposits)
    return paid
