"""Rolls of staff: whatever is entered and struck out, they say what a recount says."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from simulation.kernels import staffing
from simulation.kernels.staffing import Posts, Roll

ROWS, PEOPLE, HOMES = 4, 7, 3
PLACES = st.lists(st.integers(-1, ROWS - 1), min_size=PEOPLE, max_size=PEOPLE)
PAY = st.lists(st.integers(0, 900), min_size=PEOPLE, max_size=PEOPLE)


def called(places: list[int], pay: list[int]) -> tuple[Posts, Roll]:
    """Workers at their places, and the roll of all who have one."""
    employer = np.array(places, dtype=np.int32)
    status = np.where(employer < 0, 1, 2).astype(np.int8)
    posts = Posts(employer, status, np.array(pay, dtype=np.int64))
    lists = (np.full(size, -1, dtype=np.int32) for size in (ROWS, PEOPLE, PEOPLE))
    home, seekers = np.arange(PEOPLE, dtype=np.int32) % HOMES, np.zeros(HOMES, dtype=np.int8)
    roll = Roll(*np.zeros((2, ROWS), dtype=np.int64), *lists, home, seekers)
    staffing.call_roll(posts, roll)
    return posts, roll


def staff_of(row: int, roll: Roll) -> list[int]:
    """Workers of one employer, in order."""
    staff = np.empty(int(roll.heads[row]), dtype=np.int32)
    staffing.staff_of(np.array([row], dtype=np.int32), roll, staff)
    return sorted(staff.tolist())


def assert_a_recount_says_the_same(posts: Posts, roll: Roll) -> None:
    """Heads, pay and names of every employer's staff, and who of each home looks for work."""
    for row in range(ROWS):
        mine = np.flatnonzero(posts.employer == row)
        assert staff_of(row, roll) == mine.tolist()
        assert roll.heads[row] == mine.size
        assert roll.pay[row] == posts.wage[mine].sum()
    assert np.array_equal(posts.status == 2, posts.employer >= 0)
    looking = roll.home[posts.status == 1]
    assert roll.seekers.tolist() == np.bincount(looking, minlength=HOMES).tolist()


@given(PLACES, PAY, st.data())
def test_a_roll_follows_who_leaves_and_who_is_hired(places, pay, data):
    """Month after month, whoever leaves and wherever the others go."""
    posts, roll = called(places, pay)
    assert_a_recount_says_the_same(posts, roll)

    for _ in range(3):
        working = np.flatnonzero(posts.employer >= 0).tolist()
        goes = data.draw(st.sets(st.sampled_from(working))) if working else set()
        staffing.leave(np.array(sorted(goes), dtype=np.int32), posts, roll)
        assert_a_recount_says_the_same(posts, roll)
        assert (posts.status[sorted(goes)] == 1).all()

        seekers = np.array(data.draw(st.permutations(range(PEOPLE)))[:4], dtype=np.int32)
        rows = np.array(data.draw(PLACES)[:4], dtype=np.int32).clip(0)
        wages = np.array(data.draw(PAY)[:4], dtype=np.int64)
        staffing.fill(seekers, rows, wages, 1.25, np.ones(PEOPLE), posts, roll)
        assert_a_recount_says_the_same(posts, roll)


def test_who_has_a_job_takes_another_for_better_pay_only():
    """In turn: out of work; a quarter more, which is not above the premium; a penny above that."""
    posts, roll = called([-1, 0, 0, 3, 3, 3, 3], [800] * PEOPLE)
    seekers, rows = np.array([0, 1, 2], dtype=np.int32), np.array([1, 1, 2], dtype=np.int32)
    skill = np.array([0.5, *np.ones(PEOPLE - 1)])

    told = staffing.fill(
        seekers, rows, np.array([301, 1_000, 1_001], dtype=np.int64), 1.25, skill, posts, roll
    )

    assert told == (2, 1)
    assert posts.employer[:3].tolist() == [1, 0, 2]
    assert posts.wage[:3].tolist() == [150, 800, 1_001]
    assert roll.heads.tolist() == [1, 1, 1, 4]


@given(PLACES, PAY)
def test_pay_is_added_up_anew_after_a_review(places, pay):
    """Everybody's pay has changed; the roll is brought up to date."""
    posts, roll = called(places, pay)
    posts.wage[:] = posts.wage * 3 // 2

    staffing.add_up_pay(posts, roll)

    assert_a_recount_says_the_same(posts, roll)


@given(PLACES, PAY, st.data())
def test_a_roll_follows_who_goes_over_and_whose_pay_changes(places, pay, data):
    """Whoever goes over keeps the pay; whoever is paid anew keeps the place."""
    posts, roll = called(places, pay)
    working = np.flatnonzero(posts.employer >= 0)
    goes = np.array(sorted(data.draw(st.sets(st.sampled_from(working.tolist())))) if working.size
                    else [], dtype=np.int32)  # fmt: skip
    row = data.draw(st.integers(0, ROWS - 1))
    expected, wages = posts.employer.copy(), posts.wage.copy()

    staffing.go_over(goes, row, posts, roll)

    expected[goes] = row
    assert (posts.employer == expected).all()
    assert (posts.wage == wages).all()
    assert_a_recount_says_the_same(posts, roll)

    staffing.pay_anew(goes, wages[goes] + 5, posts, roll)

    wages[goes] += 5
    assert (posts.wage == wages).all()
    assert (posts.employer == expected).all()
    assert_a_recount_says_the_same(posts, roll)
