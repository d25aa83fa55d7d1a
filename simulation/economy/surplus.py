"""What is left over goes where the rules of the owner say.

A branch sends its cash to the head office; a company pays its owners; a worker co-op splits
between an indivisible reserve, its members and a social fund; an organisation that may not
distribute builds a reserve and then spends on its mission. Owner kinds differ only in the shares
of the register, never in the code path: every row's surplus is split by the same four shares.
"""

import numpy as np
from numpy.typing import NDArray

from scenarios.vocabulary import Kind, OwnerKind
from simulation.economy.roll import staff_of
from simulation.economy.town import Town
from simulation.kernels import trading

Int32 = NDArray[np.int32]
Int64 = NDArray[np.int64]
Float64 = NDArray[np.float64]


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
    taxable = _distributes(town.economy.parties.owner_kind[:n]) & town.economy.firms.alive
    trading.tax_profits(
        now.sales_last, now.inputs, now.payroll[:n], now.paid_share[:n], now.duties, taxable,
        town.tax.corporation_rate, town.ledger.deposits[:n], now.loss, now.profit, now.tax_paid,
    )  # fmt: skip
    town.ledger.to_one(Kind.CORPORATION_TAX, 0, now.tax_paid, town.economy.government)


def _distributes(kinds: NDArray[np.int8]) -> NDArray[np.bool_]:
    shares: NDArray[np.bool_] = (kinds != int(OwnerKind.VCSE)) & (kinds != int(OwnerKind.PUBLIC))
    return shares


def spare_cash(town: Town) -> Int64:
    """Return cash above the working balance, where no loan is owed [pence]."""
    economy, n = town.economy, town.n_firms
    spare = np.empty(n, dtype=np.int64)
    trading.spare_cash(
        town.ledger.deposits[:n], economy.firms.sales_expected,
        town.a["firms.working_balance_months"], economy.parties.loans[:n], economy.firms.alive,
        spare,
    )  # fmt: skip
    return spare


def pool_group_cash(town: Town) -> None:
    """Send branches' spare cash to their head offices (cash pooling; no re-spending hop)."""
    pooled, branch = town.now.pooled, branches(town)
    pooled[:] = 0
    pooled[branch] = (spare_cash(town)[branch] * town.a["firms.cash_pooling"]).astype(np.int64)
    town.ledger.along(town.links.group, pooled)


def branches(town: Town) -> Int32:
    """Return the rows whose head office is another row."""
    return town.links.group.linked


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


def distribute(town: Town) -> None:
    """Divide each row's spare cash by the rule of its owners."""
    spare, shares = spare_cash(town), surplus_shares(town)
    spare[branches(town)] = 0
    parts = np.empty((shares.shape[1], spare.size), dtype=np.int64)
    trading.divide_by_rule(spare, town.economy.parties.owner_kind[: spare.size], shares, parts)
    owners, members, fund, reserve = parts
    np.multiply(owners, has_owner(town), out=town.now.paid_out)
    town.ledger.along(town.links.owners, town.now.paid_out)
    _pay_members(town, members)
    _pay_social_fund(town, fund)
    _set_aside(town, reserve)


def _set_aside(town: Town, reserve: Int64) -> None:
    """Set reserves aside up to a ceiling; rows without owners spend the rest on their mission."""
    economy, now = town.economy, town.now
    now.to_reserve[:] = 0
    now.extra_inputs[:] = 0
    rows = np.flatnonzero(reserve > 0)
    months = town.a["firms.reserve_months"]
    ceiling = (economy.firms.sales_expected[rows] * months).astype(np.int64)
    room = np.maximum(ceiling - economy.parties.savings[rows], 0)
    kept = np.minimum(reserve[rows], room)
    now.to_reserve[rows] = kept
    kinds = economy.parties.owner_kind[rows]
    now.extra_inputs[rows] = np.where(_distributes(kinds), 0, reserve[rows] - kept)


def keep_reserves(town: Town) -> None:
    """Move what was set aside into the indivisible reserves."""
    kept = np.minimum(town.now.to_reserve, np.maximum(town.ledger.deposits[: town.n_firms], 0))
    town.ledger.save(town.economy.bank, 0, kept)


def has_owner(town: Town) -> NDArray[np.bool_]:
    """Say which rows pay their surplus to somebody."""
    return np.diff(town.links.owners.start) > 0


def _pay_members(town: Town, pence: Int64) -> None:
    """Pay worker members in equal parts; members who are commuters by the row's owner account."""
    economy, workers, now = town.economy, town.economy.workers, town.now
    now.to_members[:] = 0
    rows = np.flatnonzero(pence > 0)
    if rows.size == 0:
        return
    heads, commuters = now.heads[rows], economy.firms.aggregate_jobs[rows]
    members = heads + commuters
    each: Int64 = np.where(members > 0, pence[rows] // np.maximum(members, 1), 0)
    now.to_members[rows] = each * heads
    staff = staff_of(town, rows[each > 0].astype(np.int32))
    employer = workers.employer[staff]
    payee = economy.households.first + workers.household[staff]
    gets = each[np.searchsorted(rows, employer)]
    town.ledger.listed(Kind.DIVIDEND, employer, payee.astype(np.int32), gets)
    away: Int64 = each * commuters
    owned = (away > 0) & (economy.firms.owner[rows] >= 0)
    payer = rows[owned].astype(np.int32)
    now.paid_out[payer] += away[owned]
    town.ledger.listed(Kind.DIVIDEND, payer, economy.firms.owner[payer], away[owned])


def _pay_social_fund(town: Town, pence: Int64) -> None:
    """Give co-ops' social fund to the non-distributing row of the same area, where there is one."""
    now, parties = town.now, town.economy.parties
    now.to_fund[:] = 0
    rows = np.flatnonzero(pence > 0).astype(np.int32)
    if rows.size == 0:
        return
    to = _mission_rows(town)[parties.area[rows]]
    rows, to = rows[to >= 0], to[to >= 0]
    now.to_fund[rows] = pence[rows]
    town.ledger.listed(Kind.SOCIAL_FUND, rows, to, pence[rows])


def _mission_rows(town: Town) -> Int32:
    """Return the non-distributing row of lowest uid in each area, -1 where there is none."""
    parties, n = town.economy.parties, town.n_firms
    mission = np.flatnonzero(
        (parties.owner_kind[:n] == int(OwnerKind.VCSE)) & town.economy.firms.alive
    ).astype(np.int32)
    falling = mission[np.argsort(parties.uid[mission], kind="stable")[::-1]]
    first_of = np.full(len(town.economy.areas.ids), -1, dtype=np.int32)
    first_of[parties.area[falling]] = falling
    return first_of
