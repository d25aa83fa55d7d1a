"""Drop, recovery and who bears it, on series whose answers can be counted on the fingers."""

from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from experiments.validation.little_town import (
    BANK,
    BUYER,
    COUNCIL,
    GOVERNMENT,
    REST_HOMES,
    TOWN,
    TOWN_FIRMS,
    TOWN_HOMES,
    little_books,
    rows,
)
from scenarios.vocabulary import Kind
from simulation.accounting.books import Books, Table
from simulation.measures.catalogue import BY_NAME, evaluate, evaluate_paired, view_of
from simulation.measures.episode import Episode, drop_of, loss_of, recovery_of
from simulation.measures.measure import Undefined
from simulation.measures.view import View

PAST = -11
"""The first month of the year of history."""
MONTHS = 30
SHOCK = 7
FALL = [50, 60, 70, 80, 99, 100, 97, 100, 100, 100]
"""Pay from the shock on, of 100 before: half is lost; the first lasting return is its eighth."""


def struck(*, at: tuple[int, ...] = (SHOCK,), **tables: Table) -> Books:
    """Make books of the little town, told of shocks in some months."""
    books = little_books(months=MONTHS, **tables)
    kinds = ("supplier_fails",) * len(at)
    return Books(replace(books.meta, shock_months=at, shock_kinds=kinds), books.tables)


def monthly(kind: Kind, payer: int, payee: int, pounds: dict[int, float]) -> list[tuple[Any, ...]]:
    """Write one payment a month [GBP]."""
    return [(month, kind, payer, payee, round(100 * one), 1) for month, one in pounds.items()]


def path(before: float, after: list[float], then: float) -> dict[int, float]:
    """Write a series: so much up to the shock, then as listed, then so much to the end."""
    values = [*[before] * (SHOCK - PAST), *after]
    values += [then] * (MONTHS - PAST + 1 - len(values))
    return dict(enumerate(values, start=PAST))


def flows(*lines: list[tuple[Any, ...]]) -> Table:
    """Lay payments together in the order of their key."""
    return rows("flows", *sorted(line for one in lines for line in one))


def answer(books: Books | View, name: str, tier: str = "district") -> float:
    """Ask one measure."""
    asked = BY_NAME[name].of_run
    assert asked is not None
    return asked(books if isinstance(books, View) else View(books), tier)


def pay_books(**keys: Any) -> Books:
    """Books in which the town's residents have 100 a month, then what the fall leaves."""
    return struck(flows=flows(monthly(Kind.WAGES, TOWN_FIRMS, TOWN_HOMES, path(100, FALL, 100)),
                              monthly(Kind.WAGES, TOWN_FIRMS, REST_HOMES, path(7, [], 7))),
                  **keys)  # fmt: skip


def test_pay_that_halves_and_comes_back_has_a_drop_and_a_recovery():
    """99 and 100 do, 97 does not: back for good seven months after the shock."""
    books = pay_books()

    assert answer(books, "resilience_income_drop") == pytest.approx(0.5)
    assert answer(books, "resilience_income_recovery") == 7


def test_a_wider_tolerance_finds_an_earlier_return():
    """Within 5 % of the level, 99, 100 and 97 are back: four months after."""
    books = pay_books()
    books = Books(replace(books.meta, recovered_within=0.05), books.tables)

    assert answer(books, "resilience_income_recovery") == 4


def test_residents_bear_what_is_missing_over_twelve_months():
    """50 + 40 + 30 + 20 + 1 + 3 of 1,200."""
    assert answer(pay_books(), "shock_borne_by_pay") == pytest.approx(144.0)


def test_what_others_earn_is_not_the_town_s():
    """Pay elsewhere stood still: at all places together the drop is 50 of 107."""
    assert answer(pay_books(), "resilience_income_drop", "all") == pytest.approx(50 / 107)


def test_a_place_that_stays_down_has_no_recovery_time():
    """Censored is null with a reason, never a large number and never zero."""
    low = flows(monthly(Kind.WAGES, TOWN_FIRMS, TOWN_HOMES, path(100, [50], 90)))

    found = {one.measure: one for one in evaluate(struck(flows=low), ["district"])}

    assert found["resilience_income_drop"].value == pytest.approx(0.5)
    assert found["resilience_income_recovery"].value is None
    assert "not back" in found["resilience_income_recovery"].why


def test_a_place_that_does_not_notice_recovers_at_once():
    """No drop, recovery after 0 months, nothing to bear."""
    level = flows(monthly(Kind.WAGES, TOWN_FIRMS, TOWN_HOMES, path(100, [100, 101], 100)))
    books = struck(flows=level)

    assert answer(books, "resilience_income_drop") == 0.0
    assert answer(books, "resilience_income_recovery") == 0
    assert answer(books, "shock_borne_by_pay") == pytest.approx(-1.0)


def test_services_sales_profit_reserves_loans_and_taxes_are_told_apart():
    """One shock, six bearers, each with a loss of its own."""
    needs = rows("needs", *[(m, BUYER, 0, 0, 100_000, round(1000 * one), 0, 0, 0, 0, 0, 0)
                            for m, one in path(100, [40, 70], 100).items()])  # fmt: skip
    dues = rows("dues", *[(m, TOWN_FIRMS, TOWN, Kind.DIVIDEND, round(100 * one))
                          for m, one in path(10, [4], 10).items()])  # fmt: skip
    paid = flows(
        monthly(Kind.CONSUMPTION, TOWN_HOMES, TOWN_FIRMS, path(30, [15], 30)),
        monthly(Kind.GRANT, GOVERNMENT, COUNCIL, path(20, [], 20) | {SHOCK: 12, SHOCK + 1: 12}),
        monthly(Kind.PURCHASE, COUNCIL, TOWN_FIRMS, path(20, [], 20)),
        monthly(Kind.SAVING, COUNCIL, BANK, path(1, [9], 1)),
        monthly(Kind.WRITE_OFF, BANK, TOWN_FIRMS, path(0, [25], 0)),
    )  # fmt: skip
    books = struck(needs=needs, dues=dues, flows=paid)

    assert answer(books, "resilience_services_drop", "all") == pytest.approx(0.6)
    assert answer(books, "resilience_services_recovery", "all") == 2
    assert answer(books, "resilience_sales_drop") == pytest.approx(15 / 50)
    assert answer(books, "resilience_sales_recovery") == 1
    borne = {name: answer(books, f"shock_borne_by_{name}", tier) for name, tier in (
        ("services", "all"), ("owners", "district"), ("reserves", "district"),
        ("lenders", "district"), ("government", "district"),
    )}  # fmt: skip
    assert borne == pytest.approx(
        {"services": 90.0, "owners": 6.0, "reserves": 16.0, "lenders": 25.0, "government": -16.0}
    )


def test_of_several_shocks_the_first_is_told_and_each_by_its_month():
    """The second ends the watch over the first, and has a level of its own."""
    fall = path(100, [50, 100, 100, 100], 100)
    second = SHOCK + 10
    fall |= {second: 80}
    books = struck(
        at=(second, SHOCK, SHOCK), flows=flows(monthly(Kind.WAGES, TOWN_FIRMS, TOWN_HOMES, fall))
    )

    told = {
        one.month: one.value
        for one in evaluate(books, ["district"])
        if one.measure == "resilience_income_drop"
    }
    level = (10 * 100 + 50 + 100) / 12

    assert told == pytest.approx({0: 0.5, SHOCK: 0.5, second: 1 - 80 / level})
    with pytest.raises(Undefined, match="fewer than 12 months"):
        answer(books, "shock_borne_by_pay")


def test_where_nothing_befell_nothing_is_told():
    """Asked by name there is a reason; in the tables there is no line."""
    books = pay_books()
    calm = Books(replace(books.meta, shock_months=(), shock_kinds=()), books.tables)

    told = {one.measure for one in (*evaluate(calm), *evaluate_paired(calm, calm))}

    assert not [name for name in told if name.startswith(("resilience_", "shock_"))]
    with pytest.raises(Undefined, match="no shock was set"):
        answer(calm, "resilience_income_drop")


def test_the_built_state_and_a_window_before_it_know_nothing_of_a_shock():
    """It is told of months that hold it, and never of those before."""
    found = [one.month for one in evaluate(pay_books()) if one.measure == "resilience_income_drop"]
    early = view_of(pay_books(), (1, SHOCK - 1))

    assert set(found) == {0}
    with pytest.raises(Undefined, match="after these months"):
        answer(early, "resilience_income_drop")


@pytest.mark.parametrize(("missing", "name"), [("flows", "resilience_income_drop"),
                                               ("needs", "resilience_services_drop"),
                                               ("dues", "shock_borne_by_owners")])  # fmt: skip
def test_what_the_source_cannot_see_is_a_reason(missing, name):
    """A missing table is unknown, not zero."""
    with pytest.raises(Undefined, match=missing):
        answer(struck(), name, "all")


def test_the_lowest_month_is_sought_for_two_years_only():
    """A slump in the third year is another story."""
    after = np.array([90.0] + [100.0] * 24 + [10.0])

    assert drop_of(Episode(100.0, after)) == pytest.approx(0.1)
    assert recovery_of(Episode(100.0, after), 0.02) == 1


def test_a_return_of_two_months_at_the_end_is_no_recovery():
    """Three months on end are asked for; the run has but two."""
    with pytest.raises(Undefined, match="not back"):
        recovery_of(Episode(100.0, np.array([50.0, 100.0, 100.0])), 0.02)


def test_a_level_of_nothing_has_no_share():
    """Who had nothing cannot lose a share of it."""
    with pytest.raises(Undefined, match="before the shock"):
        drop_of(Episode(0.0, np.zeros(12)))
    assert loss_of(Episode(0.0, np.zeros(12))) == 0.0


def test_a_blow_that_comes_late_counts_from_the_shock():
    """Three calm months are no recovery while the fall is still to come."""
    late = Episode(100.0, np.array([100.0, 100.0, 100.0, 50.0, *[100.0] * 9]))

    assert drop_of(late) == pytest.approx(0.5)
    assert recovery_of(late, 0.02) == 4
