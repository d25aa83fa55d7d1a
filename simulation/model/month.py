"""One month of a local economy. The order of the acts is the theory.

Each act decides on the balances at its opening, pays, and folds; so neither the order of agents
within an act nor the number of threads can matter. The order of acts is an assumption.
"""

from collections.abc import Callable
from typing import TYPE_CHECKING

from scenarios.vocabulary import Kind
from simulation.economy.enterprise_surplus import settle_enterprises
from simulation.economy.firm_life import (
    enter,
    fail,
    learn_sales,
    redirect_customers,
    set_prices,
)
from simulation.economy.hiring import adjust_jobs, review_wages
from simulation.economy.inputs import (
    buy_inputs,
    draw_overdrafts,
    pay_premises_and_vat,
    repay_loans,
    sell_outside,
)
from simulation.economy.lending import lend_where_refused, repay_lender
from simulation.economy.members import enrol, remember_pay
from simulation.economy.payroll import pay_wages_and_taxes, reckon_payroll
from simulation.economy.public_income import close_public_income, open_public_income
from simulation.economy.shared_services import share_services
from simulation.economy.spending import spend_household_income
from simulation.economy.steady_jobs import share_hours
from simulation.economy.surplus import divide_surplus, keep_reserves
from simulation.economy.union_savings import pay_dividend, save_with_union
from simulation.model.standing import ADJUSTED, STRUCK

if TYPE_CHECKING:
    from simulation.model.economy_model import EconomyModel


def live_one_month(model: "EconomyModel") -> None:
    """Let the place live one month."""
    for name, act in ACTS.items():
        model.note_standing(name)
        act(model)


def open_the_month(model: "EconomyModel") -> None:
    """Set the month's workings to zero, let shocks strike, and reckon what staff will cost."""
    model.town.ledger.month = model.town.month
    model.town.now.duties[:] = 0
    model.shocks.strike(model)
    model.note_standing(STRUCK)
    reckon_payroll(model.town)


def public_income(model: "EconomyModel") -> None:
    """Grants, pensions, benefits; council tax and business rates, which end with the next act."""
    open_public_income(model.town)


def commission_needs(model: "EconomyModel") -> None:
    """Councils let what has run out, each category by its way of buying; nothing is paid yet."""
    for buyer in model.buyers:
        buyer.step()
    model.stewardship.let_docket(model.town)
    close_public_income(model.town)


def deliver_contracts(model: "EconomyModel") -> None:
    """Suppliers deliver, councils pay what is due, regimes settle; pillars get their money."""
    model.stewardship.deliver(model.town)
    model.pull_levers()


def trade(model: "EconomyModel") -> None:
    """Sales outside, overdrafts, community loans, inputs, premises and VAT, shared services."""
    sell_outside(model.town)
    draw_overdrafts(model.town)
    save_with_union(model.town)
    lend_where_refused(model.town)
    buy_inputs(model.town)
    pay_premises_and_vat(model.town)
    share_services(model.town, int(model.stewardship.adviser[model.town.economy.areas.focus]))


def pay_staff(model: "EconomyModel") -> None:
    """Wages, tax, National Insurance and pensions."""
    pay_wages_and_taxes(model.town)
    model.stewardship.dyer.payroll(model.town)
    model.town.ledger.settle(Kind.WAGES)
    model.note_payroll()


def share_surplus(model: "EconomyModel") -> None:
    """Loans repaid, profits taxed, groups pooled, owners and members paid."""
    repay_loans(model.town)
    repay_lender(model.town)
    pay_dividend(model.town)
    divide_surplus(model.town)
    settle_enterprises(model.town)
    keep_reserves(model.town)


def households_spend(model: "EconomyModel") -> None:
    """Homes, shops near and far, savings."""
    spend_household_income(model.town)


def adjust_firms(model: "EconomyModel") -> None:
    """Learn, price, fail, enter, hire."""
    town = model.town
    model.note_month()
    before = model.staff()
    learn_sales(town)
    set_prices(town)
    fail(town)
    enter(town)
    redirect_customers(town)
    review_wages(town)
    model.widen_support()
    paid = remember_pay(town)
    adjust_jobs(town)
    enrol(town, paid)
    share_hours(town)
    model.note_staff(before)
    model.note_standing(ADJUSTED)


def close_the_month(model: "EconomyModel") -> None:
    """Both residuals are zero to the penny, or the run stops."""
    model.town.ledger.close_month()
    model.file_month()


ACTS: dict[str, Callable[["EconomyModel"], None]] = {
    "open": open_the_month,
    "public income": public_income,
    "commissioning": commission_needs,
    "delivery": deliver_contracts,
    "trade": trade,
    "wages and taxes": pay_staff,
    "surplus": share_surplus,
    "households": households_spend,
    "adjustment": adjust_firms,
    "closing": close_the_month,
}
"""The phases of a month in order, by the names that benchmarks and documents use."""
