"""Firms learn, price, fail and begin: the slow changes that follow a month of trade.

A firm that cannot pay its staff is in arrears and after some months insolvent; others close for
reasons of their own. The bank is paid first, owners last, and what is not recovered is written
off. Customers go to the next firm of the same kind and place until someone opens there again.
"""

import numpy as np
from numpy.typing import NDArray

from scenarios.vocabulary import Kind, SizeBand
from simulation import streams
from simulation.economy.town import Town
from simulation.economy.traits import draw_honesty, draw_quality
from simulation.streams import Purpose

Int32 = NDArray[np.int32]
Int64 = NDArray[np.int64]


def learn_sales(town: Town) -> None:
    """Move expected sales towards what was sold (adaptive expectations)."""
    firms, now = town.economy.firms, town.now
    gap = (now.sales - firms.sales_expected) * town.a["firms.expectation_speed"]
    firms.sales_expected += gap.astype(np.int64)
    np.maximum(firms.sales_expected, 0, out=firms.sales_expected)
    now.sales_last[:] = now.sales
    now.sales[:] = 0


def set_prices(town: Town) -> None:
    """Move prices towards what being busier or idler than at the start calls for."""
    firms, a = town.economy.firms, town.a
    busy = firms.sales_expected / np.maximum(firms.capacity_pence, 1) - town.now.base_share
    called_for = 1.0 + a["firms.price_response"] * np.minimum(np.maximum(busy, -1.0), 1.0)
    firms.price += a["firms.price_speed"] * (called_for - firms.price)


def fail(town: Town) -> None:
    """Close insolvent firms and those whose time has come."""
    firms, now, agents = town.economy.firms, town.now, town.economy.firms.n_agents
    unpaid = now.paid_share[: town.n_firms] < 65536
    firms.arrears_months[:] = np.where(unpaid, firms.arrears_months + 1, 0)
    firms.age_months += 1
    insolvent = firms.arrears_months[:agents] > town.a["finance.arrears_months"]
    lot = streams.uniform(town.seed, Purpose.DEATH, town.economy.parties.uid[:agents], town.month)
    closing = firms.alive[:agents] & (insolvent | (lot < closure_hazard(town)[:agents]))
    closing &= firms.jobs[:agents] > 0
    rows = np.flatnonzero(closing).astype(np.int32)
    if rows.size:
        wind_up(town, rows)
    now.deaths += rows.size


def closure_hazard(town: Town) -> NDArray[np.float64]:
    """Return the monthly chance that a firm closes for reasons of its own, by size and age."""
    firms, a = town.economy.firms, town.a
    by_band = np.zeros(len(SizeBand))
    by_band[SizeBand.MICRO] = a["firms.closure_micro"]
    by_band[SizeBand.SMALL] = a["firms.closure_small"]
    by_band[SizeBand.MEDIUM] = a["firms.closure_medium"]
    by_band[SizeBand.LARGE] = a["firms.closure_large"]
    young = np.where(firms.age_months < 60, a["firms.closure_young"], 1.0)
    return by_band[firms.size_band] * young / 12.0


def wind_up(town: Town, rows: Int32) -> None:
    """Close the listed firms: staff leave, the bank is paid first, owners get the rest."""
    economy, firms, workers = town.economy, town.economy.firms, town.economy.workers
    closed = np.zeros(economy.parties.uid.size, dtype=np.bool_)
    closed[rows] = True
    out = np.flatnonzero(workers.status == 2)
    out = out[closed[workers.employer[out]]]
    workers.status[out] = 1
    workers.employer[out] = -1
    firms.alive[rows] = False
    firms.aggregate_jobs[rows] = 0
    firms.aggregate_payroll[rows] = 0
    town.ledger.save(economy.bank, 0, _reserves_back(town, closed))
    paid = np.minimum(economy.parties.loans[rows], town.ledger.deposits[rows])
    town.ledger.repay(economy.bank, rows, paid)
    town.ledger.settle(Kind.LOAN_REPAID)
    lost = economy.parties.loans[rows] - paid
    town.ledger.write_off(economy.bank, rows, lost)
    economy.parties.loans[rows] = 0
    left = town.ledger.deposits[rows]
    owner = np.where(firms.owner[rows] >= 0, firms.owner[rows], economy.government)
    town.ledger.listed(Kind.DIVIDEND, rows, owner.astype(np.int32), left)
    town.ledger.settle(Kind.DIVIDEND)
    firms.sales_expected[rows] = 0


def _reserves_back(town: Town, closed: NDArray[np.bool_]) -> Int64:
    n = town.n_firms
    return -np.where(closed[:n], town.economy.parties.savings[:n], 0)


def enter(town: Town) -> None:
    """Let new firms open where old ones closed, with a bank loan and no staff yet."""
    economy, firms, a = town.economy, town.economy.firms, town.a
    empty = np.flatnonzero(~firms.alive[: firms.n_agents])
    if empty.size == 0:
        return
    old = economy.parties.uid[empty]
    lot = streams.uniform(town.seed, Purpose.BIRTH, old, town.month)
    rows = empty[lot < 1.0 / a["firms.vacancy_months"]].astype(np.int32)
    rows = rows[np.argsort(economy.parties.uid[rows], kind="stable")]
    if rows.size == 0:
        return
    town.now.departed.append(_as_parties(town, rows))
    born = [streams.key("birth", int(u), town.calendar) for u in economy.parties.uid[rows]]
    economy.parties.uid[rows] = born
    town.now.party[rows] = town.now.parties_ever + np.arange(rows.size, dtype=np.int32)
    town.now.parties_ever += rows.size
    firms.alive[rows] = True
    firms.age_months[rows] = 0
    firms.arrears_months[rows] = 0
    firms.price[rows] = 1.0
    town.now.loss[rows] = 0
    begin = town.now.base_sales[rows] * a["firms.entry_scale"]
    firms.sales_expected[rows] = begin.astype(np.int64)
    uid = economy.parties.uid[rows]
    firms.quality[rows] = draw_quality(uid, a, town.seed)
    firms.honesty[rows] = draw_honesty(uid, a, town.seed)
    loan = (begin * a["finance.start_up_months"]).astype(np.int64)
    town.ledger.lend(economy.bank, rows, loan)
    economy.parties.loans[rows] += loan
    town.ledger.settle(Kind.LOAN_DRAWN)
    town.now.births += rows.size


def _as_parties(town: Town, rows: Int32) -> dict[str, NDArray[np.int64]]:
    """Copy the identity of rows that are about to be taken over, for the Books."""
    parties = town.economy.parties
    names = ("uid", "institution", "klass", "area", "sector", "owner_kind", "owner_area")
    columns = {name: getattr(parties, name)[rows] for name in names}
    columns["party"] = town.now.party[rows]
    columns["size_band"] = town.economy.firms.size_band[rows]
    return columns


def redirect_customers(town: Town) -> None:
    """Send the customers of closed firms to the next open one of the same class, by uid."""
    parties, firms = town.economy.parties, town.economy.firms
    agents = firms.n_agents
    town.ledger.redirect[:agents] = np.arange(agents, dtype=np.int32)
    closed = np.flatnonzero(~firms.alive[:agents])
    if closed.size == 0:
        return
    opened = np.flatnonzero(firms.alive[:agents] & (firms.sales_expected[:agents] > 0))
    order = opened[np.lexsort((parties.uid[opened], parties.klass[opened]))]
    klass = parties.klass[order]
    begins = np.searchsorted(klass, parties.klass[closed], side="left")
    ends = np.searchsorted(klass, parties.klass[closed], side="right")
    size = ends - begins
    turn = parties.uid[closed] % np.maximum(size, 1)
    to = np.where(size > 0, order[np.minimum(begins + turn, order.size - 1)], -1)
    town.ledger.redirect[closed] = to
