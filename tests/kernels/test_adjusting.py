"""What employers change at a month's end, in worked examples."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from simulation import streams
from simulation.kernels import adjusting, keyed
from simulation.kernels.adjusting import Employers, Terms
from simulation.streams import Purpose


def test_expected_sales_follow_what_was_sold():
    """A quarter of the gap closes, rounded towards what was expected; a new month begins."""
    sales, last = np.array([100, 0]), np.array([7, 7])
    expected = np.array([1, 3])

    adjusting.learn_sales(0.25, sales, last, expected)

    assert expected.tolist() == [25, 3]
    assert last.tolist() == [100, 0]
    assert sales.tolist() == [0, 0]


def test_prices_follow_how_busy_firms_are_against_the_start():
    """Half of the way: a half of capacity more calls for 1.1, at most a whole less for 0.8."""
    price = np.array([1.0, 1.0])

    adjusting.set_prices(
        0.2, 0.5, np.array([100, 0]), np.array([100, 100]), np.array([0.5, 2.0]), price
    )

    assert np.allclose(price, [1.05, 0.9])


def test_age_grows_and_arrears_end_when_staff_are_paid():
    """Only months in a row with wages unpaid count."""
    arrears, age = np.array([2, 2], dtype=np.int16), np.array([5, 6], dtype=np.int32)

    adjusting.grow_older(np.array([65_535, 65_536]), arrears, age)

    assert arrears.tolist() == [3, 0]
    assert age.tolist() == [6, 7]


def test_firms_close_when_insolvent_or_when_their_lot_is_low():
    """In turn: insolvent; old and lucky; young and unlucky; closed before; without jobs."""
    closing = np.zeros(5, dtype=np.bool_)

    adjusting.find_closing(
        np.array([True, True, True, False, True]), np.array([1, 1, 1, 1, 0], dtype=np.int32),
        np.array([4, 3, 0, 9, 9], dtype=np.int16), 3.0, np.zeros(5, dtype=np.int8),
        np.array([0.12]), np.array([60, 60, 59, 60, 60], dtype=np.int32), 2.0,
        np.array([0.9, 0.015, 0.015, 0.0, 0.0]), closing,
    )  # fmt: skip

    assert closing.tolist() == [True, False, True, False, False]


def test_posts_move_towards_the_jobs_wanted_and_some_labour_is_held_on_to():
    """Growth by half the gap; a small surplus is kept; a large one shrinks; a dead firm ends."""
    after = [adjusting.posts_after(0.5, 0.1, wanted, 0.5, 10) for wanted in (14.0, 8.5, 2.0, 0.0)]

    assert after == [12, 10, 7, 0]


def test_a_lot_is_drawn_only_where_it_may_decide_on_a_post():
    """Who wants ten jobs holds on to two more at a tenth: of thirteen posts one may go.

    Half a job more is rounded up to one, less than half is none.
    """
    surplus = [adjusting.may_move(0.1, 10.0, posts) for posts in (10, 11, 12, 13)]
    shortage = [adjusting.may_move(0.1, wanted, 10) for wanted in (10.25, 10.5, 11.0)]

    assert surplus == [False, False, False, True]
    assert shortage == [False, True, True]


def test_an_employer_that_wants_part_of_a_job_keeps_its_last_post():
    """Only who wants nothing at all lets everybody go."""
    assert [adjusting.posts_after(0.5, 0.1, wanted, 0.5, 1) for wanted in (0.9, 0.1, 0.0)] == [
        1, 1, 0
    ]  # fmt: skip


def test_vacancies_and_cuts_are_divided_between_residents_and_commuters():
    """Half of four vacancies at the first, half of four cuts at the second."""
    assert adjusting.divide_gap(10, 3, 3, 1.0, 0.5, 0.1) == (2, 0, 5)
    assert adjusting.divide_gap(4, 4, 4, 1.0, 0.5, 0.1) == (0, 2, 2)


EMPLOYERS = st.lists(
    st.tuples(
        st.integers(0, 2**40), st.booleans(), st.integers(0, 10**6), st.integers(0, 9),
        st.integers(0, 30), st.integers(0, 30), st.floats(0.0, 1.0), st.integers(0, 10**6),
    ),
    min_size=1, max_size=6,
)  # fmt: skip
"""Uid, alive, expected sales, residents, posts, commuters, share of residents, their pay."""


@given(EMPLOYERS, st.floats(0.0, 0.5), st.floats(0.0, 4.0))
def test_every_employer_moves_its_posts_by_its_own_luck(rows, leaving, tightness):
    """Commuters leave, posts follow the jobs wanted, the gap is divided, pay per head stays."""
    uid, alive, sales, heads, posts, jobs, resident, payroll = (
        np.array(column) for column in zip(*rows, strict=True)
    )
    jobs, wage, per_sale = jobs.astype(np.int32), np.full(uid.size, 777), np.full(uid.size, 2e-5)
    hires, cuts = np.empty((2, uid.size), dtype=np.int64)
    place = (np.arange(uid.size) % 2).astype(np.int16)
    of = Employers(uid, alive, sales, per_sale, wage, place, resident, heads, posts.copy(),
                   jobs.copy(), payroll.copy(), hires, cuts)  # fmt: skip
    near = np.array([tightness, 2.0 * tightness])
    purposes = Purpose.LEAVE, Purpose.VACANCY, Purpose.HIRE
    words = [streams.words(1, purpose, 5) for purpose in purposes]

    with keyed.wrapping():
        adjusting.adjust_posts(
            Terms(0.5, 0.1, leaving, near), *(word for word, _ in words), words[0][1], of
        )

    leave, vacancy, hire = (streams.uniform(1, purpose, uid, 5) for purpose in purposes)
    staying = jobs - np.minimum(np.floor(jobs * leaving + leave), jobs).astype(np.int64)
    wanted = np.where(alive, sales * per_sale, 0.0)
    for k in range(uid.size):
        after = adjusting.posts_after(0.5, 0.1, wanted[k], vacancy[k], posts[k])
        told = adjusting.divide_gap(
            after, heads[k], staying[k], near[place[k]], resident[k], hire[k]
        )  # fmt: skip
        assert of.posts[k] == after
        assert (hires[k], cuts[k], of.jobs[k]) == told
        each = payroll[k] // jobs[k] if jobs[k] else 777
        assert of.payroll[k] == (payroll[k] if told[2] == jobs[k] else each * told[2])


def test_pay_is_reviewed_by_area_of_the_employer():
    """Whoever works elsewhere, or nowhere, keeps the pay."""
    wage = np.array([1_001, 1_001, 1_001])

    adjusting.scale_pay(
        np.array([1.0, 0.5]), np.array([1, 0], dtype=np.int16),
        np.array([0, 1, -1], dtype=np.int32), wage,
    )  # fmt: skip

    assert wage.tolist() == [500, 1_001, 1_001]


@given(
    st.lists(st.tuples(st.integers(0, 2), st.integers(0, 2**63)), max_size=40),
    st.floats(0.0, 1.0),
    st.floats(0.0, 1.0),
)
def test_seekers_are_those_without_work_and_some_of_those_with_it(people, upto, rate):
    """Everybody has a lot; whoever has a job looks where it is low; none is above the bound."""
    status = np.array([state for state, _ in people], dtype=np.int8)
    uids = np.array([uid for _, uid in people], dtype=np.uint64)
    head, month = np.uint64(5), np.uint64(7)
    found, lots = np.empty(uids.size, dtype=np.int32), np.empty(uids.size)
    marks = np.empty(16, dtype=np.bool_)

    with keyed.wrapping():
        n = adjusting.find_seekers(
            head, month, uids, upto, rate, status, (marks, marks.view(np.uint64)), found, lots
        )
        drawn = [float(keyed.unit_draw(head, month, uid)) for uid in uids]

    wanted = [
        w
        for w, (state, lot) in enumerate(zip(status, drawn, strict=True))
        if lot < upto and (state == 1 or (state == 2 and lot < rate))
    ]
    assert found[:n].tolist() == wanted
    assert lots[:n].tolist() == [drawn[w] for w in wanted]
