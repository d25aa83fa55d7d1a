"""Filed months: the same table from memory and from files, copies apart, a full disk told."""

import copy
import errno
import pickle
import tempfile

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from scenarios.errors import InputError
from scenarios.vocabulary import Kind
from simulation.accounting.books import empty_table
from simulation.accounting.filed_months import FiledMonths
from simulation.accounting.sheet import FlowSheet, MonthFile
from simulation.accounting.spool import NoRoomForRowsError

KLASS = np.arange(4, dtype=np.int32)


def filed(month: int, rows: int) -> MonthFile:
    """A month in which so many pairs of classes paid rent, and one paid VAT."""
    sheet = FlowSheet(KLASS)
    number = np.arange(rows, dtype=np.int64)
    sheet.write_pairs(Kind.RENT, number % 4, number // 4, number + 10 * month + 1, number + 1)
    sheet.write_pairs(Kind.VAT, *(np.array([k], dtype=np.int64) for k in (3, 0, month + 1, 1)))
    return sheet.file(month)[0]


def same(one: FiledMonths, other: FiledMonths) -> bool:
    """Whether two shelves hold equal tables, and equal months."""
    left, right = one.table(), other.table()
    tables = all(np.array_equal(left[name], right[name]) for name in left)
    pieces = [[(m.month, [p.pence.tolist() for p in m.pieces()]) for m in k] for k in (one, other)]
    return list(left) == list(right) and tables and pieces[0] == pieces[1]


@given(st.lists(st.integers(0, 9), max_size=6), st.integers(0, 30))
def test_files_hold_what_memory_holds(sizes, in_memory):
    """Wherever the months lie, the table, its types and each month are the same."""
    kept, put_away = FiledMonths(), FiledMonths(in_memory)

    for month, rows in enumerate(sizes):
        kept.append(filed(month, rows))
        put_away.append(filed(month, rows))

    assert len(put_away) == len(sizes)
    assert same(kept, put_away)
    assert {name: column.dtype for name, column in put_away.table().items()} == {
        name: column.dtype for name, column in empty_table("flows").items()
    }


def test_copies_grow_apart():
    """What is filed after a copy was made is in one of the two only."""
    first = FiledMonths(0)
    first.append(filed(1, 3))
    second = copy.deepcopy(first)

    first.append(filed(2, 2))
    second.append(filed(3, 4))

    assert [[month.month for month in one] for one in (first, second)] == [[1, 2], [1, 3]]
    assert first.table()["month"].tolist() == [1] * 4 + [2] * 3
    assert second.table()["month"].tolist() == [1] * 4 + [3] * 5


def test_what_is_forgotten_is_gone():
    """A cleared shelf is as new."""
    shelf = FiledMonths(0)
    shelf.append(filed(1, 3))

    shelf.clear()
    shelf.append(filed(2, 0))

    assert shelf.table()["month"].tolist() == [2]
    assert shelf[-1].month == 2


def test_a_full_disk_is_told(monkeypatch):
    """The folder, the bytes wanted and the way out are named; it is an error of input."""

    def full(prefix: str) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(tempfile, "TemporaryFile", full)
    shelf = FiledMonths(0)

    with pytest.raises(
        NoRoomForRowsError, match="no room for what has been written down so far, 92 bytes"
    ) as told:
        shelf.append(filed(1, 3))

    assert isinstance(told.value, InputError)
    assert "TMPDIR" in str(told.value)
    assert str(pickle.loads(pickle.dumps(told.value))) == str(told.value)
