"""Firms buy from firms: one step along the supply network, as far as credit reaches.

Inputs follow expected sales by the technology of the sector (Leontief proportions). A firm that
is short of cash draws an overdraft within its limit before it buys; only the bank creates money.
"""

import numpy as np
from numpy.typing import NDArray

from scenarios.assumptions import Assumptions
from scenarios.vocabulary import Kind, OwnerKind
from simulation.economy.town import Town
from simulation.kernels import trading

Float64 = NDArray[np.float64]


def sell_outside(town: Town) -> None:
    """Let the rest of the country and the world buy what they buy."""
    firms = town.economy.firms
    orders = np.where(firms.alive, firms.export_pence, 0)
    town.ledger.from_one(Kind.EXPORT, town.economy.outside_demand, 0, orders)
    town.settle_sales(Kind.EXPORT)


def draw_overdrafts(town: Town) -> None:
    """Lend to trading rows that cannot meet this month's bills, within their limit.

    Interest of the month is on what was owed before.
    """
    economy, now, n = town.economy, town.now, town.n_firms
    _reckon_bills(town)
    rows, drawn = np.empty(n, dtype=np.int32), np.empty(n, dtype=np.int64)
    many = trading.find_overdrafts(
        town.trading_rows(), economy.parties.loans[:n], overdraft_months(town.a),
        now.payroll[:n], now.inputs, now.rent_paid, now.vat_paid, now.interest_paid, rows, drawn,
    )  # fmt: skip
    town.ledger.lend(economy.bank, rows[:many], drawn[:many])
    economy.parties.loans[rows[:many]] += drawn[:many]
    town.ledger.settle(Kind.LOAN_DRAWN)


def overdraft_months(a: Assumptions) -> Float64:
    """Return the largest overdraft by kind of owner [months of sales]; co-ops may have less."""
    months = np.full(len(OwnerKind), a["finance.overdraft_months"])
    months[OwnerKind.COOP] *= 1.0 - a["finance.coop_rationing"]
    return months


def _reckon_bills(town: Town) -> None:
    """Write down what each trading row wants to buy and has to pay; paying may cut it."""
    firms, now = town.economy.firms, town.now
    trading.reckon_bills(
        firms.alive, firms.sales_expected, firms.intermediate_share, firms.vat_share,
        now.extra_inputs, now.sales_last, firms.landlord, firms.rent_pence,
        town.economy.parties.loans[: town.n_firms], town.a["finance.loan_rate"] / 12.0,
        now.inputs, now.rent_paid, now.vat_paid, now.interest_paid,
    )  # fmt: skip


def buy_inputs(town: Town) -> None:
    """Pay suppliers along the supply network."""
    now = town.now
    np.minimum(now.inputs, town.ledger.deposits[: town.n_firms], out=now.inputs)
    now.extra_inputs[:] = 0
    town.ledger.along(town.links.supply, now.inputs)
    town.settle_sales(Kind.INTERMEDIATE)


def pay_premises_and_vat(town: Town) -> None:
    """Pay commercial rent, VAT on last month's sales, and interest on loans."""
    now, held = town.now, town.ledger.deposits[: town.n_firms]
    np.minimum(now.rent_paid, held, out=now.rent_paid)
    town.ledger.along(town.links.premises, now.rent_paid)
    now.duties += now.rent_paid
    for kind, due, payee in (
        (Kind.VAT, now.vat_paid, town.economy.government),
        (Kind.INTEREST, now.interest_paid, town.economy.bank),
    ):
        np.minimum(due, held, out=due)
        town.ledger.to_one(kind, 0, due, payee)
        now.duties += due
    town.ledger.settle(Kind.VAT)


def repay_loans(town: Town) -> None:
    """Repay overdrafts from cash above the working balance."""
    economy, n = town.economy, town.n_firms
    rows, paid = np.empty(n, dtype=np.int32), np.empty(n, dtype=np.int64)
    many = trading.find_repayments(
        town.trading_rows(), economy.parties.loans[:n], town.a["firms.working_balance_months"],
        town.a["finance.repayment_share"], rows, paid,
    )  # fmt: skip
    town.ledger.repay(economy.bank, rows[:many], paid[:many])
    economy.parties.loans[rows[:many]] -= paid[:many]
    town.ledger.settle(Kind.LOAN_REPAID)
