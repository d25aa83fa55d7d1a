"""What a community lender does in a month: it lends where the bank refuses, and is repaid.

The bank is repaid first, the lender next, owners last. Nothing happens where a place has none.
"""

import numpy as np
from numpy.typing import NDArray

from scenarios.vocabulary import Kind
from simulation.economy.town import Town
from simulation.kernels.ordering import order_by
from simulation.pillars import finance

Int32 = NDArray[np.int32]
Int64 = NDArray[np.int64]
MONTHS = 12


def lend_where_refused(town: Town) -> None:
    """Lend to firms of the place that cannot meet this month's bills when the bank has lent."""
    lender, a = town.lender, town.a
    if lender is None or town.ledger.deposits[lender.row] <= 0:
        return
    rows = local_firms(town)
    short = _bills(town, rows) - town.ledger.deposits[rows]
    rows, short = rows[short > 0], short[short > 0]
    given = finance.lent(
        short, lender.owed[rows], town.economy.firms.sales_expected[rows],
        town.now.base_sales[rows], int(town.ledger.deposits[lender.row]),
        a["pillars.lender_months"], a["pillars.lender_viable"],
    )  # fmt: skip
    _pay(town, np.full_like(rows, lender.row), rows, given, Kind.COMMUNITY_LOAN)
    lender.owed[rows] += given


def repay_lender(town: Town) -> None:
    """Pay the lender its interest and part of what is owed, once nothing is owed to the bank."""
    lender, a = town.lender, town.a
    if lender is None:
        return
    rows = np.flatnonzero(lender.owed > 0).astype(np.int32)
    to, held = np.full_like(rows, lender.row), town.ledger.deposits
    due = np.rint(lender.owed[rows] * (a["pillars.lender_rate"] / MONTHS)).astype(np.int64)
    _pay(town, rows, to, np.minimum(due, held[rows]), Kind.INTEREST)
    free = town.economy.parties.loans[rows] == 0
    keeps = town.economy.firms.sales_expected[rows] * a["firms.working_balance_months"]
    paid = finance.repaid(
        held[rows], keeps.astype(np.int64), lender.owed[rows], a["pillars.lender_repayment"]
    )
    paid = np.where(free, paid, 0)
    _pay(town, rows, to, paid, Kind.COMMUNITY_LOAN_REPAID)
    lender.owed[rows] -= paid


def recover(town: Town, rows: Int32) -> None:
    """Take from closing firms what is left after the bank; the rest of their debt is lost."""
    lender = town.lender
    if lender is None:
        return
    owes = rows[lender.owed[rows] > 0]
    paid = np.minimum(lender.owed[owes], town.ledger.deposits[owes])
    _pay(town, owes, np.full_like(owes, lender.row), paid, Kind.COMMUNITY_LOAN_REPAID)
    town.ledger.write_off(lender.row, owes, lender.owed[owes] - paid)
    lender.owed[owes] = 0


def local_firms(town: Town) -> Int32:
    """Return the single firms of the focus that are open, by uid."""
    economy, n = town.economy, town.economy.firms.n_agents
    here = economy.parties.area[:n] == economy.areas.focus
    rows = np.flatnonzero(here & economy.firms.alive[:n]).astype(np.int32)
    return rows[order_by(economy.parties.uid[rows])]


def _bills(town: Town, rows: Int32) -> Int64:
    now = town.now
    return (
        now.payroll[rows] + now.inputs[rows] + now.rent_paid[rows] + now.vat_paid[rows]
        + now.interest_paid[rows]
    )  # fmt: skip


def _pay(town: Town, payer: Int32, payee: Int32, pence: Int64, kind: Kind) -> None:
    some = pence > 0
    if some.any():
        town.ledger.listed(kind, payer[some], payee[some], pence[some])
        town.ledger.settle(kind)
