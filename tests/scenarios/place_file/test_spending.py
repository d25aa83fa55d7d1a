"""What a council's payments say of a year: nothing is guessed, and what is unknown stays named."""

import pytest

from scenarios.place_file.spending import Spending, spending_of
from tests.scenarios.place_file.paid import Paid, a_year, resolved

HERE, BESIDE, FAR = "E08000008", "E08000004", "E06000001"
AREAS = {
    "tameside": frozenset({HERE}),
    "greater-manchester": frozenset({HERE, BESIDE}),
}


def told(payments: list[Paid], based: list[list[str] | None]) -> Spending:
    """Sum up."""
    return spending_of(resolved(payments, based), AREAS)


def test_three_months_are_a_quarter_of_a_year() -> None:
    """A budget is what was paid times twelve over the months that are covered."""
    paid = [Paid(0, "ict", 100.0, f"2024-0{k}") for k in (1, 2, 3)]

    year = told(paid, [[HERE]])

    assert (year.months, year.factor) == (("2024-01", "2024-02", "2024-03"), 4.0)
    assert year.budget({"ict": 7.0}) == {"ict": 1200}


def test_a_refund_is_taken_off_and_what_is_no_purchase_left_out() -> None:
    """Grants and transfers are no buying, and are said."""
    paid = [
        *a_year(0, "ict", 100.0),
        Paid(0, "ict", -200.0, "2024-01", "refund"),
        Paid(1, None, 5000.0, "2024-01", "grant"),
        Paid(1, None, 70.0, "2024-01", "transfer"),
    ]

    year = told(paid, [[HERE], [HERE]])

    assert year.budget({}) == {"ict": 1000}
    assert dict(year.left_out) == {"grant": 500_000, "transfer": 7_000}


def test_a_date_that_strayed_is_no_month_of_payments() -> None:
    """One invoice of an earlier year does not make twelve months thirteen; its pounds stay."""
    paid = [one for one in a_year(0, "ict", 10.0) for _ in range(11)]

    year = told([*paid, Paid(0, "ict", 10.0, "2019-01")], [[HERE]])

    assert len(year.months) == 12
    assert year.budget({}) == {"ict": 12 * 11 * 10 + 10}


def test_what_has_no_known_category_is_spread_as_the_rest_is() -> None:
    """A quarter is unknown; the sum of the budget is all that was paid."""
    paid = [*a_year(0, "ict", 100.0), *a_year(1, "catering", 50.0), *a_year(2, None, 50.0)]

    year = told(paid, [[HERE], [HERE], [HERE]])

    assert year.unknown == pytest.approx(0.25)
    assert year.budget({}) == {"catering": 800, "ict": 1600}


def test_where_most_is_unknown_the_estimate_stays() -> None:
    """A tenth that is known says nothing of the rest, and the rest may be no buying at all."""
    paid = [*a_year(0, "ict", 10.0), *a_year(1, None, 90.0)]

    year = told(paid, [[HERE], [HERE]])

    assert not year.tells_mix
    assert year.budget({"ict": 1.0, "catering": 3.0}) == {"ict": 1, "catering": 3}
    assert year.unread == [("Supplier 1", 108_000)]


def test_without_months_the_sum_is_the_estimates() -> None:
    """A list whose days are lost tells how spending is parted, and not how much a year has."""
    paid = [Paid(0, "ict", 100.0, None), Paid(1, "catering", 300.0, None)]

    year = told(paid, [[HERE], [HERE]])

    assert (year.months, year.year_pounds) == ((), None)
    assert year.budget({"ict": 500.0, "homecare": 500.0}) == {"catering": 750, "ict": 250}


def test_payments_without_a_month_beside_others_are_left_out_and_counted() -> None:
    """Nobody knows which year they belong to."""
    year = told([*a_year(0, "ict", 100.0), Paid(0, "ict", 40.0, None)], [[HERE]])

    assert year.budget({}) == {"ict": 1200}
    assert year.undated_pence == 4000


def test_concentration_is_that_of_equal_suppliers() -> None:
    """Four alike are as four; with one that has nearly all it is as if there were one."""
    alike = [one for k in range(4) for one in a_year(k, "ict", 25.0)]
    one = [*a_year(0, "catering", 97.0), *(p for k in (1, 2, 3) for p in a_year(k, "catering", 1))]

    lines = told(alike + one, [[HERE]] * 4).lines

    assert (lines["ict"].suppliers, lines["ict"].as_many_as) == (4, pytest.approx(4.0))
    assert lines["catering"].as_many_as == pytest.approx(1.0 / (0.97**2 + 3 * 0.01**2))
    assert lines["catering"].largest == pytest.approx(0.97)


def test_local_shares_are_a_range() -> None:
    """Here 30, here or beside 20, far 40, unknown 10: the file takes the middle of the known."""
    paid = [Paid(k, "ict", pounds) for k, pounds in enumerate((30.0, 20.0, 40.0, 10.0))]

    local = told(paid, [[HERE], [HERE, BESIDE], [FAR], None]).local

    here, county = local["tameside"], local["greater-manchester"]
    assert (here.low, here.high, here.unknown) == pytest.approx((0.3, 0.6, 0.1))
    assert (here.known_low, here.known_high) == pytest.approx((30 / 90, 50 / 90))
    assert here.taken == round(40 / 90, 3)
    assert (county.low, county.high, county.taken) == pytest.approx((0.5, 0.6, round(50 / 90, 3)))


def test_where_most_bases_are_unknown_no_share_is_taken() -> None:
    """The range stays to be told."""
    local = told([Paid(0, "ict", 40.0), Paid(1, "ict", 60.0)], [[HERE], None]).local["tameside"]

    assert local.taken is None
    assert (local.low, local.high) == pytest.approx((0.4, 1.0))


def test_suppliers_abroad_are_from_elsewhere() -> None:
    """Abroad is known, and not here."""
    local = told([Paid(0, "ict", 1.0), Paid(1, "ict", 3.0)], [[HERE], ["abroad"]]).local

    assert (local["tameside"].low, local["tameside"].high) == (0.25, 0.25)


def test_capital_is_told_where_a_column_says_so() -> None:
    """Of what is told apart."""
    paid = [
        Paid(0, "ict", 30.0, capital_revenue="Capital"),
        Paid(0, "ict", 70.0, capital_revenue="Revenue"),
        Paid(0, "ict", 900.0),
    ]

    assert told(paid, [[HERE]]).capital == pytest.approx(0.3)
    assert told(paid[2:], [[HERE]]).capital is None
