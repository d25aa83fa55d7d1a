"""A household's month in one pass: against the same formulas, one household at a time."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from simulation.kernels import households

MONEY = st.integers(0, 10**8)
HOMES = st.lists(st.tuples(*([MONEY] * 5), st.floats(0, 1), st.floats(0, 6)), max_size=6)


def columns(rows: list[tuple], n: int) -> list[np.ndarray]:
    """Turn rows into columns, whole numbers as pence and the others as shares."""
    whole = [np.array([row[k] for row in rows], dtype=np.int64) for k in range(5)]
    shares = [np.array([row[k] for row in rows], dtype=np.float64) for k in range(5, n)]
    return whole + shares


@given(HOMES, st.floats(0, 0.1))
def test_wanted_consumption_is_the_stated_formula(rows, share):
    """A share of free income and of spare wealth; savings are drawn where the account is short."""
    income, housing, tax, deposits, savings, propensity, buffer = columns(rows, 7)
    wanted, drawn = np.empty((2, len(rows)), dtype=np.int64)

    households.wanted_consumption(
        income, housing, tax, propensity, buffer, share, deposits, savings, wanted, drawn
    )

    for k, (earns, home, council, held, saved, part, months) in enumerate(rows):
        free = max(earns - home - council, 0)
        spare = max(held + saved - free - int(free * months), 0)
        assert wanted[k] == int(free * part + spare * share)
        assert drawn[k] == min(max(wanted[k] - held, 0), saved)


@given(HOMES)
def test_what_is_above_the_buffer_is_put_aside(rows):
    """A household keeps months of income at hand, and nothing is ever put aside below that."""
    income, _, _, deposits, _, _, buffer = columns(rows, 7)
    above = np.empty(len(rows), dtype=np.int64)

    households.above_buffer(income, buffer, deposits, above)

    expected = [max(row[3] - int(row[0] * row[6]), 0) for row in rows]
    assert above.tolist() == expected


@given(
    st.lists(st.tuples(MONEY, MONEY, st.integers(1, 3), st.integers(0, 2)), max_size=6),
    st.integers(0, 50_000),
    st.integers(0, 65536),
)
def test_benefits_fall_by_the_taper_and_an_account_of_many_is_not_tapered(rows, disregard, taper):
    """With each pound above the disregard a household loses the taper, down to nothing."""
    other, earned, in_row, seekers = (
        np.array([row[k] for row in rows], dtype=np.int64) for k in range(4)
    )
    due = np.empty(len(rows), dtype=np.int64)

    households.benefits(other, earned, in_row, seekers, disregard, taper, 7_100, due)

    for k, (benefit, earns, many, seeking) in enumerate(rows):
        lost = max(earns - disregard, 0) * taper // 65536
        tested = benefit if many > 1 else max(benefit - lost, 0)
        assert due[k] == tested + 7_100 * seeking


@given(st.lists(st.tuples(st.integers(0, 2), st.integers(0, 3)), max_size=10))
def test_members_of_a_status_are_counted_by_household(people):
    """Each worker counts once, in the household it belongs to."""
    status = np.array([s for s, _ in people], dtype=np.int8)
    household = np.array([h for _, h in people], dtype=np.int32)
    found = np.zeros(4, dtype=np.int64)

    households.count_where(status, 1, household, found)

    assert found.tolist() == [people.count((1, h)) for h in range(4)]
