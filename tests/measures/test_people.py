"""Jobs, pay and profit: where the work is, who holds it, and whom the surplus belongs to."""

import pytest

from experiments.validation.little_town import (
    REST,
    REST_FIRMS,
    TOWN,
    TOWN_FIRMS,
    TOWN_HOMES,
    UK,
    WORLD,
    little_books,
    rows,
)
from scenarios.vocabulary import Kind
from simulation.accounting.books import Books
from simulation.measures.catalogue import evaluate
from simulation.measures.view import View
from simulation.measures.wealth import OWNERS, profit_of
from tests.measures.reading import read


def working_books() -> Books:
    """Of 50 jobs in town 30 are held by its residents, of whom 10 more work next door."""
    return little_books(
        months=2,
        jobs=rows(
            "jobs",
            (1, TOWN, TOWN, 99, 0, 99),
            (2, TOWN, TOWN, 30, 6_000, 15),
            (2, TOWN, REST, 20, 4_000, 5),
            (2, REST, TOWN, 10, 1_000, 0),
        ),
    )


def test_jobs_are_counted_where_they_are_and_where_their_holders_live():
    """In the last month 50 jobs are in town and 40 of its residents have one."""
    found = read(working_books())

    assert found["jobs", "district"].value == 50
    assert found["resident_jobs", "district"].value == 40
    assert found["jobs", "county"].value == 60


def test_the_living_wage_is_counted_at_the_workplace():
    """20 of the 50 jobs in town pay it."""
    assert read(working_books())["living_wage_share", "district"].value == pytest.approx(0.4)


def test_later_months_do_not_tell_the_built_state():
    """Jobs of month 1 and 2 are no jobs of the months before the story."""
    months = {one.month for one in evaluate(working_books()) if one.measure == "jobs"}

    assert months == {0}


def test_a_stock_that_was_not_kept_in_the_window_is_read_at_the_next_month_kept():
    """A window that ends at month 1 of a stock kept in month 2 reads month 2."""
    books = little_books(months=2, jobs=rows("jobs", (2, TOWN, TOWN, 7, 0, 0)))

    found = evaluate(View(books, 1, 1), ["district"])

    assert {one.value for one in found if one.measure == "jobs"} == {7.0}


def test_profit_is_told_by_the_owners_of_the_places_firms():
    """Of the town's firms 60 pence a month is due, to whatever place; rent is no profit."""
    view = View(
        little_books(
            dues=rows(
                "dues",
                (TOWN_FIRMS, TOWN, Kind.DIVIDEND, 40),
                (TOWN_FIRMS, WORLD, Kind.DIVIDEND, 20),
                (TOWN_FIRMS, TOWN, Kind.RENT, 500),
                (REST_FIRMS, TOWN, Kind.DIVIDEND, 900),
                (TOWN_HOMES, UK, Kind.RENT, 70),
            )
        )
    )

    by_owner = {owner.name: profit_of(owner)(view, "district") for owner in OWNERS}

    assert by_owner.pop("LOCAL") == pytest.approx(60 / 100 * 12)
    assert set(by_owner.values()) == {0.0}
    assert read(view.books)["profit_owner_local", "district"].value == pytest.approx(7.2)
