"""Firms buy from firms: one step along the supply network, as far as credit reaches.

Inputs follow expected sales by the technology of the sector (Leontief proportions). A firm that
is short of cash draws an overdraft within its limit before it buys; only the bank creates money.
"""

import numpy as np

from scenarios.vocabulary import Kind
from simulation.economy.town import Town
from simulation.kernels import trading


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
    economy, now = town.economy, town.now
    n = town.n_firms
    _reckon_bills(town)
    bills = now.inputs + now.payroll[:n] + now.rent_paid + now.vat_paid + now.interest_paid
    rows = np.flatnonzero((bills > town.ledger.deposits[:n]) & economy.firms.alive)
    short = bills[rows] - town.ledger.deposits[rows]
    months = town.a["finance.overdraft_months"]
    limit = (economy.firms.sales_expected[rows] * months).astype(np.int64)
    room = np.maximum(limit - economy.parties.loans[rows], 0)
    drawn = np.minimum(short, room)
    town.ledger.lend(economy.bank, rows.astype(np.int32), drawn)
    economy.parties.loans[rows] += drawn
    town.ledger.settle(Kind.LOAN_DRAWN)


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
    economy = town.economy
    rows = np.flatnonzero(economy.parties.loans[: town.n_firms] > 0)
    months = town.a["firms.working_balance_months"]
    wanted = (economy.firms.sales_expected[rows] * months).astype(np.int64)
    spare = np.maximum(town.ledger.deposits[rows] - wanted, 0)
    share = town.a["finance.repayment_share"]
    paid = np.minimum(economy.parties.loans[rows], (spare * share).astype(np.int64))
    town.ledger.repay(economy.bank, rows.astype(np.int32), paid)
    economy.parties.loans[rows] -= paid
    town.ledger.settle(Kind.LOAN_REPAID)
