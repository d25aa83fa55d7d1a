"""What books note of a month, against the same rules on single cells and pairs."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from simulation.kernels import noting
from simulation.kernels.serving import Sums

PAIRS, POLICIES = 3, 2
CELLS = PAIRS * POLICIES
UNITS = st.lists(st.floats(0.0, 500.0), min_size=CELLS, max_size=CELLS)
PENCE = st.lists(st.integers(-900, 10**9), min_size=CELLS, max_size=CELLS)
NEEDS = st.lists(st.floats(0.0, 900.0), min_size=PAIRS, max_size=PAIRS)
STAFF = st.lists(st.integers(0, 10**9), min_size=PAIRS, max_size=PAIRS)


def month_of(is_open: list[bool], units: list[float], pence: list[int]) -> Sums:
    """A month's sums: quality half of the units, both sides' costs the outlay turned about."""
    money = np.array(pence, dtype=np.int64)
    parts = np.array(units)
    return Sums(np.array(is_open), parts, parts / 2.0, money, money[::-1].copy(), money * 2)


@given(st.lists(st.booleans(), min_size=CELLS, max_size=CELLS), UNITS, PENCE, NEEDS, STAFF)
def test_needs_and_staff_are_shared_by_what_was_served(is_open, units, pence, need, staff):
    """By units; where nothing was served all goes to the last open code, else to the first."""
    month = month_of(is_open, units, pence)
    out = np.full((9, CELLS), -1, dtype=np.int64)

    n = noting.note_needs(month, POLICIES, np.array(need), np.array(staff, dtype=np.int64), out)

    cells = [cell for cell in range(CELLS) if is_open[cell]]
    assert out[noting.CELL, :n].tolist() == cells
    for place, cell in enumerate(cells):
        pair, policy = divmod(cell, POLICIES)
        served = units[2 * pair] + units[2 * pair + 1]
        alone = float(policy == int(is_open[2 * pair + 1]))
        wanted, pay = (
            whole * units[cell] / served if served > 0.0 else whole * alone
            for whole in (need[pair], float(staff[pair]))
        )
        quality = units[cell] / 2.0 / units[cell] if units[cell] > 0.0 else 0.0
        assert out[1:, place].tolist() == [
            round(wanted * 1000.0), round(units[cell] * 1000.0), round(quality * 1e6),
            max(pence[cell], 0), round(pay), pence[::-1][cell], 2 * pence[cell],
            round(wanted * 100.0),
        ]  # fmt: skip
    assert not any(column.any() for column in month)


@given(st.lists(st.tuples(st.integers(0, 3), st.integers(-5, 5), st.booleans()), max_size=9))
def test_pairs_in_which_nothing_is_due_are_left_out(amounts):
    """Amounts that count are added up by pair; the others are not looked at."""
    rows = np.flatnonzero([counts for _, _, counts in amounts])
    pair = np.array([one for one, _, counts in amounts if counts], dtype=np.int32)
    pence = np.array([due for _, due, _ in amounts], dtype=np.int64)
    klass, area = np.array([1, 1, 2, 5]), np.array([0, 3, 3, 0])
    out = np.full((3, 4), -1, dtype=np.int64)

    n = noting.add_up_pairs(rows, pair, pence, klass, area, out)

    sums = [sum(due for one, due, counts in amounts if counts and one == p) for p in range(4)]
    some = [p for p in range(4) if sums[p]]
    wanted = [klass[some].tolist(), area[some].tolist(), [sums[p] for p in some]]
    assert out[:, :n].tolist() == wanted
