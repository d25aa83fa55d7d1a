"""Rows of a table: the same from memory and from files, in the order of keys, copies apart."""

import copy

import numpy as np
from hypothesis import example, given
from hypothesis import strategies as st

from simulation.accounting.books import Table
from simulation.model.rows import Rows

PARTS = st.lists(st.tuples(st.integers(1, 4), st.lists(st.integers(0, 9), max_size=5)), max_size=8)


def add(rows: Rows, month: int, suppliers: list[int]) -> None:
    """Note what so many suppliers of a month paid, in any order."""
    column = np.array(suppliers, dtype=np.int64)
    rows.add(month=month, supplier=column, kind=3, area=column % 2, pence=column + 100 * month)


def listed(table: Table) -> list[tuple[int, ...]]:
    """The rows of a table."""
    return list(zip(*(column.tolist() for column in table.values()), strict=True))


def types(table: Table) -> dict[str, str]:
    """The type of each column."""
    return {name: column.dtype.str for name, column in table.items()}


@given(PARTS, st.integers(0, 9), st.booleans())
@example([(1, [1]), (2, [1]), (1, [2])], 0, False)
def test_files_hold_what_memory_holds(parts, in_memory, in_order):
    """However many rows go to files, and whether or not months come in order."""
    kept, put_away = Rows("outflows"), Rows("outflows", in_memory)

    for month, suppliers in sorted(parts) if in_order else parts:
        add(kept, month, suppliers)
        add(put_away, month, suppliers)

    first, second = kept.table(), put_away.table()
    assert listed(first) == listed(second)
    assert types(first) == types(second)


def test_copies_grow_apart():
    """What is added after a copy was made is in one of the two only."""
    first = Rows("outflows", 0)
    for month in (1, 2):
        add(first, month, [month])
    second = copy.deepcopy(first)

    add(first, 3, [7])
    add(second, 4, [8, 5])

    assert [row[1] for row in listed(first.table())] == [1, 2, 7]
    assert [row[1] for row in listed(second.table())] == [1, 2, 5, 8]
