"""Paired measures: gains here, losses there, and what one more pound does."""

from collections.abc import Mapping

import pytest

from experiments.validation.little_town import (
    BUYER,
    REST_FIRMS,
    REST_HOMES,
    THE_WORLD,
    TOWN,
    TOWN_FIRMS,
    TOWN_HOMES,
    A,
    bought,
    flows,
    little_books,
    rows,
)
from scenarios.vocabulary import Instrument, Kind
from simulation.accounting.books import Books, Table, table
from simulation.measures.marginal import marginal_multiplier
from simulation.measures.measure import Pair, Undefined
from simulation.measures.net import displacement, net_gain_after_cost, net_local_income
from simulation.measures.view import View


def run(town_pay: int, rest_pay: int, orders: int = 1_000, delivered: int = 10_000) -> View:
    """A month in which the homes of town and rest earn so much, and firms serve such orders."""
    return View(
        little_books(
            flows=flows(
                (Kind.WAGES, TOWN_FIRMS, TOWN_HOMES, town_pay),
                (Kind.WAGES, REST_FIRMS, REST_HOMES, rest_pay),
                (Kind.EXPORT, THE_WORLD, TOWN_FIRMS, orders),
            ),
            dues=rows("dues", (TOWN_FIRMS, TOWN, Kind.DIVIDEND, 50)),
            needs=rows("needs", (BUYER, 0, 0, 1, delivered, 10**6, 1, 0, 0, 0, 1)),
        )
    )


YEARLY = 12 / 100
"""One month's pence as pounds a year."""


def test_a_gain_that_is_a_loss_next_door_nets_to_nothing():
    """Moving 300 of pay from the neighbours to the town is no gain for the whole."""
    pair = Pair(run(1_300, 700), run(1_000, 1_000), None)

    assert displacement(pair, "district") == pytest.approx(300 * YEARLY)
    assert net_local_income(pair, "district") == pytest.approx(0.0)
    assert net_local_income(pair, "county") == pytest.approx(0.0)


def test_private_orders_forgone_are_displacement():
    """Firms that served the council let 200 of exports go; more orders would be no loss."""
    fewer = Pair(run(1_300, 1_000, orders=800), run(1_000, 1_000), None)
    more = Pair(run(1_300, 1_000, orders=1_900), run(1_000, 1_000), None)

    assert net_local_income(fewer, "district") == pytest.approx((300 - 200) * YEARLY)
    assert net_local_income(more, "district") == pytest.approx(300 * YEARLY)


def test_services_lost_are_set_against_incomes_gained():
    """Two units less of a pound each a month cost what the gain is worth less 24 a year."""
    pair = Pair(run(1_300, 1_000, delivered=8_000), run(1_000, 1_000), None)

    assert net_gain_after_cost(pair, "district") == pytest.approx(300 * YEARLY - 24)


def twin_books(outlay: int, pay: int, left: int) -> Books:
    """Town homes earn `pay` of `outlay` and hold `left` at the end; they spend half in town."""
    stocks: Mapping[str, object] = {"instrument": [Instrument.DEPOSITS], "pence": [left]}
    table_of: Table = table("stocks", month=[1], klass=[TOWN_HOMES], **stocks)
    return little_books(
        purchases=bought((A, outlay)),
        payroll=rows("payroll"),
        stocks=table_of,
        dues=rows("dues"),
        flows=flows(
            (Kind.WAGES, TOWN_FIRMS, TOWN_HOMES, pay),
            (Kind.IMPORT, TOWN_FIRMS, THE_WORLD, pay),
            (Kind.CONSUMPTION, TOWN_HOMES, TOWN_FIRMS, 50),
            (Kind.IMPORT, TOWN_HOMES, THE_WORLD, 50),
        ),
    )


def test_the_marginal_pound_counts_what_it_did_and_what_it_will_do():
    """100 more brought 40 of pay, and 30 still held brings 30 x 0.25 / (1 - 0.25) more."""
    plain, twin = View(twin_books(1_000, 500, 10)), View(twin_books(1_100, 540, 40))

    found = marginal_multiplier(Pair(plain, plain, twin), "district")

    assert found == pytest.approx((40 + 30 * 0.25 / 0.75) / 100)


def test_without_a_twin_there_is_no_marginal_pound():
    """The reason says that no twin was run."""
    plain = View(twin_books(1_000, 500, 10))

    with pytest.raises(Undefined, match="no twin"):
        marginal_multiplier(Pair(plain, plain, None), "district")
