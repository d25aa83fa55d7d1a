"""The headline multiplier against arithmetic done by hand."""

import pytest

from experiments.validation.little_town import (
    BANK,
    BUYER,
    GOVERNMENT,
    REST,
    REST_FIRMS,
    THE_WORLD,
    TOWN,
    TOWN_FIRMS,
    TOWN_HOMES,
    UK,
    WORLD,
    A,
    bought,
    flows,
    little_books,
    rows,
)
from scenarios.vocabulary import Kind
from simulation.accounting.books import Books
from simulation.measures.circulation import outlays
from simulation.measures.local_income import (
    disposable_income,
    local_income_multiplier,
    local_income_pence,
)
from simulation.measures.measure import Undefined
from simulation.measures.view import View


def worked_books() -> Books:
    """Town firms pay 40 in wages and 10 in dividends of 100; town homes spend 20 of 50 in town."""
    return little_books(
        purchases=bought((A, 10_000)),
        payroll=rows("payroll", (BUYER, 0, TOWN_HOMES, 8_000, 10_000)),
        outflows=rows(
            "outflows",
            (A, Kind.INTERMEDIATE, TOWN, 25),
            (A, Kind.WAGES, TOWN, 50),
            (A, Kind.PAYE, UK, 25),
        ),
        flows=flows(
            (Kind.INTERMEDIATE, REST_FIRMS, TOWN_FIRMS, 70),
            (Kind.WAGES, TOWN_FIRMS, TOWN_HOMES, 40),
            (Kind.DIVIDEND, TOWN_FIRMS, TOWN_HOMES, 10),
            (Kind.VAT, TOWN_FIRMS, GOVERNMENT, 20),
            (Kind.IMPORT, TOWN_FIRMS, THE_WORLD, 30),
            (Kind.CONSUMPTION, TOWN_HOMES, TOWN_FIRMS, 20),
            (Kind.COUNCIL_TAX, TOWN_HOMES, GOVERNMENT, 10),
            (Kind.IMPORT, TOWN_HOMES, THE_WORLD, 20),
        ),
        dues=rows(
            "dues",
            (TOWN_FIRMS, TOWN, Kind.DIVIDEND, 15),
            (TOWN_FIRMS, WORLD, Kind.DIVIDEND, 9),
            (TOWN_HOMES, TOWN, Kind.RENT, 5),
            (TOWN_HOMES, REST, Kind.RENT, 3),
        ),
    )


def test_income_of_a_pound_is_the_sum_of_all_rounds():
    """Hand work: a pound to firms is worth 0.75 in all later rounds, a pound to homes 0.40."""
    worth_firms, worth_homes = 0.75, 0.40
    round_one, round_two = 8_000, 10_000 * (0.50 + 0.15)
    later = (8_000 + 5_000) * worth_homes + 2_500 * worth_firms

    found = local_income_multiplier(View(worked_books()), "district")

    assert found == pytest.approx((round_one + round_two + later) / 20_000, rel=1e-10)


def test_where_nothing_stays_there_is_no_income():
    """A supplier that spends all abroad brings the town nothing."""
    books = little_books(
        purchases=bought((A, 100)),
        payroll=rows("payroll"),
        outflows=rows("outflows", (A, Kind.IMPORT, WORLD, 5)),
        flows=flows((Kind.IMPORT, TOWN_FIRMS, THE_WORLD, 5)),
        dues=rows("dues"),
    )

    assert local_income_multiplier(View(books), "district") == 0.0


def test_where_nothing_leaks_the_rounds_never_end():
    """Money that goes from shop to home to shop for ever has no finite multiplier."""
    books = little_books(
        purchases=bought((A, 100)),
        payroll=rows("payroll"),
        outflows=rows("outflows", (A, Kind.WAGES, TOWN, 5)),
        flows=flows(
            (Kind.WAGES, TOWN_FIRMS, TOWN_HOMES, 5), (Kind.CONSUMPTION, TOWN_HOMES, TOWN_FIRMS, 5)
        ),
        dues=rows("dues"),
    )

    with pytest.raises(Undefined, match="nothing leaks"):
        local_income_multiplier(View(books), "district")


def test_net_saving_is_an_outlay_and_drawn_savings_are_not():
    """Homes that put 60 by and draw 10 down spend 20 of 100, saving 50 on balance."""
    books = little_books(
        purchases=bought(),
        payroll=rows("payroll", (BUYER, 0, TOWN_HOMES, 100, 100)),
        flows=flows(
            (Kind.CONSUMPTION, TOWN_HOMES, TOWN_FIRMS, 50),
            (Kind.SAVING, TOWN_HOMES, 2, 60),
            (Kind.DISSAVING, 2, TOWN_HOMES, 10),
            (Kind.WAGES, TOWN_FIRMS, TOWN_HOMES, 50),
            (Kind.IMPORT, TOWN_FIRMS, THE_WORLD, 50),
        ),
        dues=rows("dues"),
    )

    found = local_income_multiplier(View(books), "district")

    assert found == pytest.approx(1 + 0.25 / (1 - 0.25), rel=1e-10)


def test_homes_that_live_on_savings_spend_no_more_than_all():
    """Homes that draw 30 down and spend 80 abroad have outlays of 80, not of 50."""
    view = View(
        little_books(
            flows=flows(
                (Kind.IMPORT, TOWN_HOMES, THE_WORLD, 80),
                (Kind.DISSAVING, BANK, TOWN_HOMES, 30),
                (Kind.SAVING, TOWN_FIRMS, BANK, 5),
            )
        )
    )

    assert outlays(view)[[TOWN_HOMES, TOWN_FIRMS]].tolist() == [80, 5]


def test_a_source_without_dues_cannot_tell_the_headline():
    """A missing table is unknown, not zero."""
    books = little_books(purchases=bought((A, 1)), payroll=rows("payroll"), flows=flows())

    with pytest.raises(Undefined, match="do not cover dues"):
        local_income_multiplier(View(books), "district")


def test_incomes_of_a_place_add_up():
    """Town homes earn 50 and pay 10 in council tax; residents' income adds what is due."""
    view = View(worked_books())

    assert disposable_income(view, "district") == pytest.approx((50 - 10) / 100 * 12)
    assert local_income_pence(view, view.focus("district")) == 40 + 15 + 5
