"""What community lenders do in a month: they lend where the bank refuses, and are repaid.

The bank is repaid first, lenders next, owners last. A credit union lends to owners of the smallest
firms as its members, and to companies and co-ops in a part of its loans alone, as the law has it.
Nothing happens where a place has no lender.
"""

import numpy as np
from numpy.typing import NDArray

from scenarios.vocabulary import Kind, OwnerKind, SizeBand
from simulation.economy.lender import CreditUnion, Lender
from simulation.economy.town import Town
from simulation.kernels.ordering import order_by
from simulation.pillars import finance

Int32 = NDArray[np.int32]
Int64 = NDArray[np.int64]
MONTHS = 12


def lend_where_refused(town: Town) -> None:
    """Lend to firms of the place that cannot meet this month's bills when the bank has lent."""
    for lender in town.lenders:
        cash = int(town.ledger.deposits[lender.row])
        if cash <= 0:
            continue
        rows = local_firms(town)
        short = _bills(town, rows) - town.ledger.deposits[rows]
        rows, short = rows[short > 0], short[short > 0]
        if not isinstance(lender, CreditUnion):
            _lend(town, lender, rows, short, cash)
            continue
        owners = _borrow_in_own_name(town)
        kept = int(lender.shares.sum() * town.a["pillars.union_liquidity"])
        cash -= kept + _lend(town, lender, rows[owners[rows]], short[owners[rows]], cash - kept)
        by_owners = int(lender.owed[owners].sum())
        room = finance.room_for_companies(
            by_owners, int(lender.owed.sum()) - by_owners, town.a["pillars.union_companies"]
        )
        others = ~owners[rows]
        _lend(town, lender, rows[others], short[others], min(cash, room))


def _lend(town: Town, lender: Lender, rows: Int32, short: Int64, cash: int) -> int:
    """Lend to firms in the order given, as far as cash reaches; return what was lent [pence]."""
    a = town.a
    given = finance.lent(
        short, lender.owed[rows], town.economy.firms.sales_expected[rows],
        town.now.base_sales[rows], max(cash, 0), a["pillars.lender_months"],
        a["pillars.lender_viable"],
    )  # fmt: skip
    _pay(town, np.full_like(rows, lender.row), rows, given, Kind.COMMUNITY_LOAN)
    lender.owed[rows] += given
    return int(given.sum())


def _borrow_in_own_name(town: Town) -> NDArray[np.bool_]:
    """Say which trading rows are micro firms of a local owner, who borrows as a person."""
    n = town.n_firms
    micro = town.economy.firms.size_band == SizeBand.MICRO
    own: NDArray[np.bool_] = micro & (town.economy.parties.owner_kind[:n] == OwnerKind.LOCAL)
    return own


def repay_lender(town: Town) -> None:
    """Pay lenders their interest and part of what is owed, once nothing is owed to the bank."""
    for lender in town.lenders:
        _repay(town, lender)


def _repay(town: Town, lender: Lender) -> None:
    a = town.a
    rate = a["pillars.lender_rate"]
    if isinstance(lender, CreditUnion):
        rate = a["pillars.union_rate"]
    rows = np.flatnonzero(lender.owed > 0).astype(np.int32)
    to, held = np.full_like(rows, lender.row), town.ledger.deposits
    due = np.rint(lender.owed[rows] * (rate / MONTHS)).astype(np.int64)
    due = np.minimum(due, held[rows])
    _pay(town, rows, to, due, Kind.INTEREST)
    if isinstance(lender, CreditUnion):
        lender.earned += int(due.sum())
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
    for lender in town.lenders:
        owes = rows[lender.owed[rows] > 0]
        paid = np.minimum(lender.owed[owes], town.ledger.deposits[owes])
        _pay(town, owes, np.full_like(owes, lender.row), paid, Kind.COMMUNITY_LOAN_REPAID)
        lost = lender.owed[owes] - paid
        town.ledger.write_off(lender.row, owes, lost)
        lender.owed[owes] = 0
        if isinstance(lender, CreditUnion):
            lender.earned -= int(lost.sum())


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
