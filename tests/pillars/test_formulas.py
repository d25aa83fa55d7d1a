"""What the levers decide, with numbers that one can follow on paper."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from simulation.pillars import employment, finance, land


def test_employers_are_taken_in_while_the_money_lasts() -> None:
    """The first is too dear alone; the fourth would overspend the month, so the fifth waits too."""
    cost = np.array([2_000, 100, 200, 900, 800])
    once = np.array([50, 50, 50, 50, 50])

    taken = employment.taken_in(cost, once, room_month=1_000, purse=10_000)

    assert taken.tolist() == [False, True, True, False, False]


def test_recruiting_is_paid_out_of_the_purse() -> None:
    """With enough a month but little in the purse only the first can be taken in."""
    taken = employment.taken_in(np.array([100, 100]), np.array([400, 400]), 1_000, 600)

    assert taken.tolist() == [True, False]


def test_pay_quality_and_recruiting_change_by_their_rules_and_not_at_their_nulls() -> None:
    """A rise of a tenth at 0.2 gives 2 % more quality; a fifth of the commuters' part goes over."""
    nobody = employment.hours_of(0.0, 0.3, 1.0)
    assert employment.raised(np.array([900, 1_200]), 1_000, 0.0, nobody).tolist() == [1_000, 1_200]
    assert abs(employment.better(1.0, 0.1, 0.2, 0.0, 0.05) - 1.02) < 1e-12
    assert abs(employment.more_local(0.5, 0.2) - 0.6) < 1e-12
    assert employment.better(0.9, 0.1, 0.0, 0.5, 0.0) == 0.9
    assert employment.more_local(0.5, 0.0) == 0.5


def test_hours_that_were_short_are_paid_in_full_once_they_are_guaranteed() -> None:
    """Of a week three quarters are paid: 600 are owed 750 by the hour, 800 come to 1,067.

    With no hours guaranteed the floor of the short week is all; with half of them, that of 7/8.
    """
    pay, short = np.array([600, 600, 800, 1_100]), np.array([False, True, True, True])

    full, none, half = (
        employment.raised(pay, 1_000, short, employment.hours_of(1.0, 0.25, part)).tolist()
        for part in (1.0, 0.0, 0.5)
    )

    assert full == [1_000, 1_000, 1_067, 1_100]
    assert none == [1_000, 750, 800, 1_100]
    assert half == [1_000, 875, 933, 1_100]


def test_hours_once_guaranteed_are_not_guaranteed_again() -> None:
    """Whoever comes later is owed the floor of the hours that the job has now."""
    hours = employment.hours_of(1.0, 0.25, 1.0)

    later = employment.raised(np.array([800, 1_000]), 1_000, np.array([True, True]), hours.kept)

    assert later.tolist() == [1_000, 1_000]


def test_jobs_that_are_only_counted_get_the_mean_of_short_and_full_weeks() -> None:
    """Ten jobs at 800, a fifth of them short by a quarter: 8 x 1,000 + 2 x 1,066.7."""
    hours = employment.hours_of(0.2, 0.25, 1.0)

    assert employment.raised(np.array([8_000]), 10_000, hours.part, hours).tolist() == [10_133]


def test_premises_cost_a_years_rent_times_the_years() -> None:
    """100 pounds a month at 12.5 years are 15,000 pounds."""
    assert land.price_of(np.array([10_000]), 12.5).tolist() == [1_500_000]


def test_the_law_limits_what_may_be_passed_on() -> None:
    """What is dearer than the limit is left; what is too dear for the purse is passed over."""
    price = np.array([500, 3_000, 700, 400])
    given = land.Tenure(price, most=2_000)

    chosen, leased = land.bought(price, 1_000, given, given, before=0, share=0.0)

    assert chosen.tolist() == [0, 3]
    assert not leased.any()


def test_every_second_is_leased_and_a_lease_may_be_lawful_where_a_gift_is_not() -> None:
    """At one half the first is given and the second leased; the third is too dear to be given."""
    price = np.array([500, 3_000, 3_000, 400])
    given, leased = land.Tenure(price, most=2_000), land.Tenure(price // 2, most=2_000)

    chosen, kept = land.bought(price, 10_000, given, leased, before=0, share=0.5)

    assert chosen.tolist() == [0, 1, 3]
    assert kept.tolist() == [False, True, False]


def test_a_share_leased_is_met_to_the_last_premises() -> None:
    """Of ten premises, bought one by one, three are leased at a share of 0.3, none and all else."""
    for share, many in ((0.0, 0), (0.3, 3), (1.0, 10)):
        assert sum(land.on_lease(before, share) for before in range(10)) == many


def test_the_undervalue_of_a_lease_is_what_it_is_worth_beyond_its_ground_rent() -> None:
    """One year at a yield of a quarter: 1,200 pounds of rent are worth 960; a tenth is paid."""
    rent = np.array([100_00])

    assert land.lease_undervalue(rent, 0.0, 4.0, 1).tolist() == [960_00]
    assert land.lease_undervalue(rent, 0.1, 4.0, 1).tolist() == [864_00]
    assert land.lease_undervalue(rent, 1.0, 4.0, 99).tolist() == [0]
    assert land.lease_undervalue(rent, 0.0, 4.0, 999) == land.price_of(rent, 4.0)


def test_the_lender_looks_at_sales_and_never_lends_what_it_has_not() -> None:
    """The second lost its market, the third owes its limit already, the fourth gets the rest."""
    given = finance.lent(
        short=np.array([300, 300, 300, 900]),
        owed=np.array([0, 0, 1_000, 0]),
        expected=np.array([1_000, 400, 1_000, 1_000]),
        usual=np.full(4, 1_000),
        cash=700,
        most_months=1.0,
        viable=0.6,
    )

    assert given.tolist() == [300, 0, 0, 400]


@given(
    st.lists(st.tuples(*(st.integers(0, 10**9) for _ in range(4))), max_size=20),
    st.integers(0, 10**9),
    st.floats(0.0, 3.0),
    st.floats(0.0, 1.0),
)
def test_loans_are_within_cash_and_need(
    rows: list[tuple[int, int, int, int]], cash: int, months: float, viable: float
) -> None:
    """Nothing negative, nobody more than is short, all together no more than the cash."""
    short, owed, expected, usual = np.array(rows, dtype=np.int64).reshape(-1, 4).T

    given = finance.lent(short, owed, expected, usual, cash, months, viable)

    assert (given >= 0).all()
    assert (given <= short).all()
    assert given.sum() <= cash


def test_repayment_leaves_the_working_balance() -> None:
    """A third of what is above it, at most what is owed."""
    paid = finance.repaid(
        np.array([900, 100, 9_000]), np.array([300, 300, 300]), np.array([500, 500, 500]), 0.5
    )

    assert paid.tolist() == [300, 0, 500]
