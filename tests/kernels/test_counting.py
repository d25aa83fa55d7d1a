"""Counts by place and group against slow twins."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from simulation.kernels import counting

N_ROWS, N_AREAS = 4, 3
ROW_AREA = np.array([0, 1, 1, 2], dtype=np.int16)
WORKERS = st.lists(
    st.tuples(st.integers(-1, N_ROWS - 1), st.integers(0, N_AREAS - 1), st.integers(0, 2**40)),
    max_size=12,
)


@given(WORKERS, st.integers(0, 2**40))
def test_jobs_are_counted_once_where_people_work_and_live(people, living):
    """Jobs, pay and jobs at a living wage, by both areas."""
    employer = np.array([row for row, _, _ in people], dtype=np.int32)
    home = np.array([area for _, area, _ in people], dtype=np.int16)
    wage = np.array([pay for _, _, pay in people], dtype=np.int64)
    status = np.where(employer >= 0, 2, 1).astype(np.int8)
    sums = np.zeros((3, N_AREAS, N_AREAS), dtype=np.int64)

    counting.jobs_by_area(employer, home, wage, status, ROW_AREA, living, sums)

    for work in range(N_AREAS):
        for area in range(N_AREAS):
            pay = [p for e, h, p in people if e >= 0 and ROW_AREA[e] == work and h == area]
            expected = [len(pay), sum(pay), sum(p >= living for p in pay)]
            assert sums[:, work, area].tolist() == expected


def test_budgets_are_split_by_group_as_payments_split_them():
    """A worked example: 101 pence in halves is 50 and 51; the second payer has one link."""
    start = np.array([0, 2, 2, 3], dtype=np.int32)
    payee = np.array([3, 0, 2], dtype=np.int32)
    cum = np.array([32_768, 65_536, 65_536], dtype=np.int32)
    sums = np.zeros((2, N_AREAS), dtype=np.int64)

    counting.split_by_group(
        np.array([0, 2], dtype=np.int32), np.array([101, 7]), start, payee, cum,
        np.array([0, 1]), ROW_AREA, sums,
    )  # fmt: skip

    assert sums.tolist() == [[51, 0, 50], [0, 7, 0]]


def test_a_column_has_some_number_where_any_is_not_zero():
    """A negative one counts, the last one too; an empty column has none."""
    columns = [], [0, 0], [0, -1], [3, 0]

    found = [counting.some(np.array(column, dtype=np.int64)) for column in columns]

    assert found == [False, False, True, True]
