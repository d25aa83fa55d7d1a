"""People arrive, are in service, resolve and come back; nobody is lost or made."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from simulation.procurement.people import (
    Cohort,
    Course,
    failure_demand,
    flows,
    grown,
    next_month,
)

COURSE = Course(resolve=0.1, back=0.125, recurrence=0.4)
ROUNDING = 1e-9
"""Of sums of people, relative to how many there are."""

courses = st.builds(
    Course, resolve=st.floats(0.01, 1.0), back=st.floats(0.01, 1.0), recurrence=st.floats(0.0, 0.9)
)
cohorts = st.builds(
    Cohort,
    people=st.floats(1.0, 9_000.0),
    in_service=st.floats(0.0, 2.0),
    to_return=st.floats(0.0, 2.0),
    kept=st.floats(0.0, 1.0),
)


@given(cohorts, courses)
def test_arrivals_less_resolutions_with_returns_are_the_change(
    cohort: Cohort, course: Course
) -> None:
    """In service: arrivals + returns - resolutions; of those to return, who will less who did."""
    month, after = flows(cohort, course), next_month(cohort, course)

    more = cohort.people * (after.in_service - cohort.in_service)
    waiting = cohort.people * course.resolve * course.recurrence / course.back
    longer = waiting * (after.to_return - cohort.to_return)

    near = ROUNDING * cohort.people / course.back
    moved = month.arrivals + month.returns - month.resolutions
    assert more == pytest.approx(moved, abs=near)
    assert longer == pytest.approx(month.will_return - month.returns, abs=near)
    assert min(after.in_service, after.to_return) >= 0.0


@given(courses, st.integers(1, 200))
def test_where_nothing_is_learned_the_stock_stands_still_to_the_last_bit(
    course: Course, months: int
) -> None:
    """As many come as resolve, so the need is what it was in every month."""
    cohort = founded = Cohort(people=250.0)

    for _ in range(months):
        cohort = next_month(cohort, course)

    assert cohort == founded


def test_half_the_recurrence_brings_the_stock_down_to_three_quarters() -> None:
    """(1 - 0.4) / (1 - 0.4 x 0.5) = 0.75, and a fifth of those who come have come before."""
    cohort = Cohort(people=250.0, kept=0.5)

    for _ in range(600):
        cohort = next_month(cohort, COURSE)

    assert cohort.in_service == pytest.approx(0.75)
    assert failure_demand(cohort, COURSE) == pytest.approx(0.2)


def test_failure_demand_is_what_comes_back_at_the_founding() -> None:
    """Two in five who come have come before, since two in five come back."""
    assert failure_demand(Cohort(people=10.0), COURSE) == pytest.approx(0.4)
    assert failure_demand(Cohort(people=10.0), COURSE._replace(recurrence=0.0)) == 0.0


@given(cohorts, st.floats(1.0, 9.0))
def test_who_joins_comes_as_they_were(cohort: Cohort, factor: float) -> None:
    """A need of three times the size: twice as many join, at their founding's state."""
    after = grown(cohort, factor)

    before = cohort.people * cohort.in_service
    joined = cohort.people * (factor - 1.0)
    assert after.people * after.in_service == pytest.approx(before + joined)
    assert after.kept == cohort.kept


def test_a_smaller_need_has_fewer_people_of_each_sort() -> None:
    """Half the need: half of those in service, the parts unchanged."""
    after = grown(Cohort(100.0, 0.8, 0.6, 0.5), 0.5)

    assert (after.people, after.in_service, after.to_return) == (50.0, 0.8, 0.6)
