"""What is left over goes where the rules of the owner say.

A branch sends its cash to the head office; a company pays its owners; a worker co-op splits
between an indivisible reserve, its members and a social fund; an organisation that may not
distribute builds a reserve and then spends on its mission. Owner kinds differ only in the shares
of the register, never in the code path: every row's surplus is split by the same four shares.
"""

import numpy as np
from numpy.typing import NDArray

from scenarios.vocabulary import Kind, OwnerKind
from simulation.economy.inputs import working_balance
from simulation.economy.town import Town

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
    firms = town.economy.firms
    kinds = town.economy.parties.owner_kind[:n]
    payroll = (now.payroll[:n] * now.paid_share[:n]) >> 16
    before = now.sales_last - now.inputs - payroll - now.duties
    taxed = np.maximum(before - now.loss, 0)
    taxed = np.where(_distributes(kinds) & firms.alive, taxed, 0)
    now.loss[:] = np.maximum(now.loss - before, 0)
    tax = (taxed * town.tax.corporation_rate).astype(np.int64)
    tax = np.minimum(tax, town.ledger.deposits[:n])
    now.profit[:] = before - tax
    now.tax_paid[:] = tax
    town.ledger.along(town.links.tax, tax)


def _distributes(kinds: NDArray[np.int8]) -> NDArray[np.bool_]:
    shares: NDArray[np.bool_] = (kinds != OwnerKind.VCSE) & (kinds != OwnerKind.PUBLIC)
    return shares


def spare_cash(town: Town) -> Int64:
    """Return cash above the working balance, where no loan is owed [pence]."""
    n = town.n_firms
    spare = np.maximum(town.ledger.deposits[:n] - working_balance(town), 0)
    owes = town.economy.parties.loans[:n] > 0
    return np.where(owes | ~town.economy.firms.alive, 0, spare)


def pool_group_cash(town: Town) -> None:
    """Send branches' spare cash to their head offices (cash pooling; no re-spending hop)."""
    share = town.a["firms.cash_pooling"]
    town.now.pooled[:] = np.where(
        town.economy.firms.head != np.arange(town.n_firms),
        (spare_cash(town) * share).astype(np.int64),
        0,
    )
    town.ledger.along(town.links.group, town.now.pooled)


def surplus_shares(town: Town) -> Float64:
    """Return how each row divides its surplus: owners, members, social fund, reserve.

    Returns
    -------
    float64[n_firms, 4]
        Shares of the surplus of one month; what is not named stays in the account.
    """
    a, n = town.a, town.n_firms
    by_kind = np.zeros((len(OwnerKind), 4))
    by_kind[OwnerKind.LOCAL, 0] = a["firms.payout_local"]
    by_kind[OwnerKind.OUTSIDE, 0] = a["firms.payout_outside"]
    by_kind[OwnerKind.COOP, 1:] = (
        a["firms.coop_members"], a["firms.coop_social_fund"], a["firms.coop_reserve"],
    )  # fmt: skip
    by_kind[OwnerKind.VCSE, 3] = 1.0
    by_kind[OwnerKind.PUBLIC, 0] = 1.0
    return by_kind[town.economy.parties.owner_kind[:n]]


def distribute(town: Town) -> None:
    """Divide each row's spare cash by the rule of its owners."""
    economy, ledger, n = town.economy, town.ledger, town.n_firms
    spare, shares = spare_cash(town), surplus_shares(town)
    branch = economy.firms.head != np.arange(n)
    spare = np.where(branch, 0, spare)
    owners = np.where(has_owner(town), (spare * shares[:, 0]).astype(np.int64), 0)
    town.now.paid_out[:] = owners
    ledger.along(town.links.owners, owners)
    _pay_members(town, (spare * shares[:, 1]).astype(np.int64))
    _pay_social_fund(town, (spare * shares[:, 2]).astype(np.int64))
    reserve = (spare * shares[:, 3]).astype(np.int64)
    ceiling = (economy.firms.sales_expected * town.a["firms.reserve_months"]).astype(np.int64)
    kept = np.minimum(reserve, np.maximum(ceiling - economy.parties.savings[:n], 0))
    town.now.to_reserve[:] = kept
    kinds = economy.parties.owner_kind[:n]
    town.now.extra_inputs[:] = np.where(_distributes(kinds), 0, reserve - kept)


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
    if not (pence > 0).any():
        return
    members = now.heads[: pence.size] + economy.firms.aggregate_jobs
    each: Int64 = np.where(members > 0, pence // np.maximum(members, 1), 0)
    now.to_members[:] = each * now.heads[: pence.size]
    employed = np.flatnonzero(workers.status == 2)
    employer = workers.employer[employed]
    inside = employer < pence.size
    employed, employer = employed[inside], employer[inside]
    gets = each[employer] > 0
    employed, employer = employed[gets], employer[gets]
    payee = economy.households.first + workers.household[employed]
    town.ledger.listed(Kind.DIVIDEND, employer, payee.astype(np.int32), each[employer])
    commuters: Int64 = each * economy.firms.aggregate_jobs
    rows = np.flatnonzero((commuters > 0) & (economy.firms.owner >= 0)).astype(np.int32)
    now.paid_out[rows] += commuters[rows]
    town.ledger.listed(Kind.DIVIDEND, rows, economy.firms.owner[rows], commuters[rows])


def _pay_social_fund(town: Town, pence: Int64) -> None:
    """Give co-ops' social fund to the non-distributing row of the same area, where there is one."""
    n = town.n_firms
    town.now.to_fund[:] = 0
    area = town.economy.parties.area
    mission = np.flatnonzero(
        (town.economy.parties.owner_kind[:n] == OwnerKind.VCSE) & town.economy.firms.alive
    )
    if mission.size == 0:
        return
    order = np.argsort(town.economy.parties.uid[mission], kind="stable")
    first_of = np.full(int(area.max()) + 1, -1, dtype=np.int32)
    first_of[area[mission[order]][::-1]] = mission[order][::-1]
    to = first_of[area[:n]]
    rows = np.flatnonzero((pence > 0) & (to >= 0)).astype(np.int32)
    town.now.to_fund[rows] = pence[rows]
    town.ledger.listed(Kind.SOCIAL_FUND, rows, to[rows], pence[rows])
