"""Firms buy from firms: one step along the supply network, as far as credit reaches.

Inputs follow expected sales by the technology of the sector (Leontief proportions). A firm that
is short of cash draws an overdraft within its limit before it buys; only the bank creates money.
"""

import numpy as np
from numpy.typing import NDArray

from scenarios.vocabulary import Kind
from simulation.economy.town import Town

Int64 = NDArray[np.int64]


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
    now.interest_paid[:] = _interest(town)
    duties = _rent(town) + _vat(town) + now.interest_paid
    bills = wanted_inputs(town) + now.payroll[:n] + duties
    short = np.maximum(bills - town.ledger.deposits[:n], 0)
    limit = (economy.firms.sales_expected * town.a["finance.overdraft_months"]).astype(np.int64)
    room = np.maximum(limit - economy.parties.loans[:n], 0)
    drawn = np.where(economy.firms.alive, np.minimum(short, room), 0)
    rows = np.arange(n, dtype=np.int32)
    town.ledger.lend(economy.bank, rows, drawn)
    economy.parties.loans[:n] += drawn
    town.ledger.settle(Kind.LOAN_DRAWN)


def wanted_inputs(town: Town) -> Int64:
    """Return what each trading row wants to buy from others this month [pence]."""
    firms = town.economy.firms
    share = firms.intermediate_share * (1.0 - firms.vat_share)
    wanted = (firms.sales_expected * share).astype(np.int64) + town.now.extra_inputs
    return np.where(firms.alive, wanted, 0)


def buy_inputs(town: Town) -> None:
    """Pay suppliers along the supply network."""
    paid = np.minimum(wanted_inputs(town), town.ledger.deposits[: town.n_firms])
    town.now.inputs[:] = paid
    town.now.extra_inputs[:] = 0
    town.ledger.along(town.links.supply, paid)
    town.settle_sales(Kind.INTERMEDIATE)


def pay_premises_and_vat(town: Town) -> None:
    """Pay commercial rent, VAT on last month's sales, and interest on loans."""
    now, held = town.now, town.ledger.deposits[: town.n_firms]
    rent = np.minimum(_rent(town), held)
    town.ledger.along(town.links.premises, rent)
    vat = np.minimum(_vat(town), held)
    town.ledger.along(town.links.vat, vat)
    interest = np.minimum(now.interest_paid, held)
    owing = np.flatnonzero(interest).astype(np.int32)
    bank = np.full(owing.size, town.economy.bank, dtype=np.int32)
    town.ledger.listed(Kind.INTEREST, owing, bank, interest[owing])
    now.duties += rent + vat + interest
    now.rent_paid[:], now.vat_paid[:], now.interest_paid[:] = rent, vat, interest
    town.ledger.settle(Kind.VAT)


def _rent(town: Town) -> Int64:
    firms = town.economy.firms
    return np.where(firms.alive & (firms.landlord >= 0), firms.rent_pence, 0)


def _vat(town: Town) -> Int64:
    firms = town.economy.firms
    due = (town.now.sales_last * firms.vat_share).astype(np.int64)
    return np.where(firms.alive, due, 0)


def _interest(town: Town) -> Int64:
    rate = town.a["finance.loan_rate"] / 12.0
    due: Int64 = (town.economy.parties.loans[: town.n_firms] * rate).astype(np.int64)
    return due


def repay_loans(town: Town) -> None:
    """Repay overdrafts from cash above the working balance."""
    economy, n = town.economy, town.n_firms
    spare = np.maximum(town.ledger.deposits[:n] - working_balance(town), 0)
    share = town.a["finance.repayment_share"]
    paid = np.minimum(economy.parties.loans[:n], (spare * share).astype(np.int64))
    town.ledger.repay(economy.bank, np.arange(n, dtype=np.int32), paid)
    economy.parties.loans[:n] -= paid
    town.ledger.settle(Kind.LOAN_REPAID)


def working_balance(town: Town) -> Int64:
    """Return the cash that each trading row likes to keep [pence]."""
    months = town.a["firms.working_balance_months"]
    return (town.economy.firms.sales_expected * months).astype(np.int64)
