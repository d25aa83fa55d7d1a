"""Firms learn, price, fail and begin: the slow changes that follow a month of trade.

A firm that cannot pay its staff is in arrears and after some months insolvent; others close for
reasons of their own. The bank is paid first, owners last, and what is not recovered is written
off. Customers go to the next firm of the same kind and place until someone opens there again.
"""

import numpy as np
from numpy.typing import NDArray

from scenarios.vocabulary import Kind
from simulation import streams
from simulation.economy.closures import closure_by_band, spare
from simulation.economy.council_premises import sell_premises_of
from simulation.economy.enterprise_surplus import sell_shares_of, wind_up_enterprises
from simulation.economy.hands import back_to_founders
from simulation.economy.lending import recover
from simulation.economy.newcomers import take_over
from simulation.economy.roll import let_go, staff_of
from simulation.economy.town import Town
from simulation.economy.traits import draw_honesty, draw_quality
from simulation.kernels import adjusting
from simulation.kernels.successors import find_successors
from simulation.streams import Purpose

Int32 = NDArray[np.int32]
Int64 = NDArray[np.int64]


def learn_sales(town: Town) -> None:
    """Move expected sales towards what was sold (adaptive expectations)."""
    firms, now = town.economy.firms, town.now
    speed = town.a["firms.expectation_speed"]
    adjusting.learn_sales(speed, now.sales, now.sales_last, firms.sales_expected)


def set_prices(town: Town) -> None:
    """Move prices towards what being busier or idler than at the start calls for."""
    firms, a = town.economy.firms, town.a
    adjusting.set_prices(
        a["firms.price_response"], a["firms.price_speed"], firms.sales_expected,
        firms.capacity_pence, town.now.base_share, firms.price,
    )  # fmt: skip


def fail(town: Town) -> None:
    """Close insolvent firms and those whose time has come."""
    firms, now, agents = town.economy.firms, town.now, town.economy.firms.n_agents
    adjusting.grow_older(now.paid_share, firms.arrears_months, firms.age_months)
    lot = streams.uniform(town.seed, Purpose.DEATH, town.economy.parties.uid[:agents], town.lived)
    closing = np.empty(agents, dtype=np.bool_)
    adjusting.find_closing(
        firms.alive, firms.jobs, firms.arrears_months, town.a["finance.arrears_months"],
        firms.size_band, closure_by_band(town), firms.age_months, town.a["firms.closure_young"],
        lot, closing,
    )  # fmt: skip
    spare(town, lot, closing)
    rows = np.flatnonzero(closing).astype(np.int32)
    if rows.size:
        wind_up(town, rows)
    now.deaths += rows.size


def wind_up(town: Town, rows: Int32) -> None:
    """Close the listed firms: staff leave, the bank is paid first, owners get the rest."""
    economy, firms, n = town.economy, town.economy.firms, town.n_firms
    if town.enterprises.living:
        sell_shares_of(town, rows)
        sell_premises_of(town, rows)
    let_go(town, staff_of(town, rows))
    firms.alive[rows] = False
    firms.aggregate_jobs[rows] = 0
    firms.aggregate_payroll[rows] = 0
    reserves = np.zeros(n, dtype=np.int64)
    reserves[rows] = economy.parties.savings[rows]
    town.ledger.save(economy.bank, 0, -reserves)
    paid = np.minimum(economy.parties.loans[rows], town.ledger.deposits[rows])
    if paid.any():
        town.ledger.repay(economy.bank, rows, paid)
        town.ledger.settle(Kind.LOAN_REPAID)
    lost = economy.parties.loans[rows] - paid
    town.ledger.write_off(economy.bank, rows, lost)
    economy.parties.loans[rows] = 0
    recover(town, rows)
    wind_up_enterprises(town, rows)
    left = town.ledger.deposits[rows]
    owner = np.where(firms.owner[rows] >= 0, firms.owner[rows], economy.government)
    town.ledger.listed(Kind.DIVIDEND, rows, owner.astype(np.int32), left)
    town.ledger.settle(Kind.DIVIDEND)
    firms.sales_expected[rows] = 0


def enter(town: Town) -> None:
    """Let new firms open where old ones closed, with a bank loan and no staff yet."""
    economy, firms, a = town.economy, town.economy.firms, town.a
    empty = np.flatnonzero(~firms.alive[: firms.n_agents])
    empty = np.setdiff1d(empty, town.enterprises.rows, assume_unique=True)
    if empty.size == 0:
        return
    old = economy.parties.uid[empty]
    lot = streams.uniform(town.seed, Purpose.BIRTH, old, town.lived)
    rows = empty[lot < 1.0 / a["firms.vacancy_months"]].astype(np.int32)
    rows = rows[np.argsort(economy.parties.uid[rows], kind="stable")]
    if rows.size == 0:
        return
    take_over(town, rows)
    back_to_founders(town, rows)
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


def redirect_customers(town: Town) -> None:
    """Send the customers of closed firms to the next open one of their class and sector."""
    firms, now, agents = town.economy.firms, town.now, town.economy.firms.n_agents
    find_successors(
        now.class_begins, now.class_rows, town.economy.parties.uid, firms.alive,
        firms.sales_expected, np.empty(agents, dtype=np.int32), town.ledger.redirect,
    )  # fmt: skip
