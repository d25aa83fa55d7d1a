"""What is left over goes where the rules of the owner say.

A branch sends its cash to the head office; a company pays its owners; a worker co-op splits
between an indivisible reserve, its members and a social fund; an organisation that may not
distribute builds a reserve and then spends on its mission. Owner kinds differ only in the shares
of the register, never in the code path: every row's surplus is split by the same four shares.
"""

import numpy as np
from numpy.typing import NDArray

from scenarios.vocabulary import Kind, OwnerKind
from simulation.economy.town import Town
from simulation.kernels import trading
from simulation.kernels.trading import Parts, Rules, Shared

Int32 = NDArray[np.int32]
Int64 = NDArray[np.int64]
Float64 = NDArray[np.float64]

DISTRIBUTES = np.array(
    [kind not in (OwnerKind.VCSE, OwnerKind.PUBLIC) for kind in sorted(OwnerKind)]
)
"""Kinds of owner that may take a surplus out: bool[n_owner_kinds]."""


def divide_surplus(town: Town) -> None:
    """Tax profits, pool groups' cash, and divide each row's surplus by its owners' rule."""
    tax_profits(town)
    town.ledger.settle(Kind.CORPORATION_TAX)
    pool_group_cash(town)
    town.ledger.settle(Kind.GROUP_TRANSFER)
    distribute(town)
    town.ledger.settle(Kind.DIVIDEND)


def tax_profits(town: Town) -> None:
    """Charge corporation tax on the month's profit after losses carried forward."""
    now, n = town.now, town.n_firms
    trading.tax_profits(
        now.sales_last, now.inputs, now.payroll[:n], now.paid_share[:n], now.duties,
        town.trading_rows(), DISTRIBUTES, town.tax.corporation_rate, now.loss, now.profit,
        now.tax_paid,
    )  # fmt: skip
    town.ledger.to_one(Kind.CORPORATION_TAX, 0, now.tax_paid, town.economy.government)


def pool_group_cash(town: Town) -> None:
    """Send branches' spare cash to their head offices (cash pooling; no re-spending hop)."""
    group, pooled = town.links.group, town.now.pooled
    trading.pool_cash(
        group.linked, town.trading_rows(), debts(town),
        town.a["firms.working_balance_months"], town.a["firms.cash_pooling"], pooled,
    )  # fmt: skip
    town.ledger.along(group, pooled)


def surplus_shares(town: Town) -> Float64:
    """Return how each kind of owner divides a surplus: owners, members, social fund, reserve.

    Returns
    -------
    float64[n_owner_kinds, 4]
        Shares of the surplus of one month; what is not named stays in the account.
    """
    a = town.a
    by_kind = np.zeros((len(OwnerKind), 4))
    by_kind[OwnerKind.LOCAL, 0] = a["firms.payout_local"]
    by_kind[OwnerKind.OUTSIDE, 0] = a["firms.payout_outside"]
    by_kind[OwnerKind.COOP, 1:] = (
        a["firms.coop_members"], a["firms.coop_social_fund"], a["firms.coop_reserve"],
    )  # fmt: skip
    by_kind[OwnerKind.VCSE, 3] = 1.0
    by_kind[OwnerKind.PUBLIC, 0] = 1.0
    return by_kind


def debts(town: Town) -> Int64:
    """Return what each trading row owes lenders, who come before its owners: int64[n_firms]."""
    owed = town.economy.parties.loans[: town.n_firms]
    for lender in town.lenders:
        owed = owed + lender.owed
    return owed


def distribute(town: Town) -> None:
    """Divide each row's spare cash by the rule of its owners.

    Reserves are set aside up to a ceiling; rows without owners spend the rest on their mission.
    Enterprises divide theirs by charter (`simulation/economy/enterprise_surplus.py`).
    """
    parties, now, n = town.economy.parties, town.now, town.n_firms
    members, fund = np.empty((2, n), dtype=np.int64)
    rules = Rules(surplus_shares(town), town.a["firms.reserve_months"], DISTRIBUTES)
    parts = Parts(now.paid_out, members, fund, now.to_reserve, now.extra_inputs)
    trading.share_surplus(
        town.trading_rows(), debts(town), town.a["firms.working_balance_months"],
        parties.savings[:n], town.links.group.start, town.links.owners.start, rules, parts,
    )  # fmt: skip
    for part in parts:
        part[[one.row for one in town.enterprises.living]] = 0
    town.ledger.along(town.links.owners, now.paid_out)
    _pay_members(town, members)
    _pay_social_fund(town, fund)


def keep_reserves(town: Town) -> None:
    """Move what was set aside into the indivisible reserves."""
    kept = np.minimum(town.now.to_reserve, np.maximum(town.ledger.deposits[: town.n_firms], 0))
    town.ledger.save(town.economy.bank, 0, kept)


def _pay_members(town: Town, pence: Int64) -> None:
    """Pay worker members in equal parts; members who are commuters by the row's owner account."""
    firms, now = town.economy.firms, town.now
    now.to_members[:] = 0
    rows = np.flatnonzero(pence > 0).astype(np.int32)
    if rows.size == 0:
        return
    most = int(now.roll.heads[rows].sum())
    payer, payee = np.empty((2, most), dtype=np.int32)
    shared = Shared(payer, payee, np.empty(most, dtype=np.int64))
    away = np.empty(rows.size, dtype=np.int64)
    n = trading.share_among_members(
        rows, pence, now.heads, firms.aggregate_jobs, now.roll, town.economy.households.first,
        now.to_members, away, shared,
    )  # fmt: skip
    town.ledger.listed(Kind.DIVIDEND, *(column[:n] for column in shared))
    owned = (away > 0) & (firms.owner[rows] >= 0)
    payer = rows[owned]
    now.paid_out[payer] += away[owned]
    town.ledger.listed(Kind.DIVIDEND, payer, firms.owner[payer], away[owned])


def _pay_social_fund(town: Town, pence: Int64) -> None:
    """Give co-ops' social fund to the non-distributing row of the same area, where there is one."""
    now, parties = town.now, town.economy.parties
    now.to_fund[:] = 0
    rows = np.flatnonzero(pence > 0).astype(np.int32)
    if rows.size == 0:
        return
    to = mission_rows(town)[parties.area[rows]]
    rows, to = rows[to >= 0], to[to >= 0]
    now.to_fund[rows] = pence[rows]
    town.ledger.listed(Kind.SOCIAL_FUND, rows, to, pence[rows])


def mission_rows(town: Town) -> Int32:
    """Return the non-distributing row of lowest uid in each area, -1 where there is none."""
    parties, n = town.economy.parties, town.n_firms
    first = np.empty(len(town.economy.areas.ids), dtype=np.int32)
    trading.first_of_kind(
        town.trading_rows(), int(OwnerKind.VCSE), parties.uid[:n], parties.area[:n], first
    )
    return first
