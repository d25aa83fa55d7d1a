"""Only accounts that a phase has touched are balanced when it closes, and nobody can tell."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from simulation.accounting import pages
from simulation.accounting.pages import Pages
from tests.accounting.random_town import RandomTown

SIZES = st.integers(0, 4)


def rows_of(blocks: list[slice], n_rows: int) -> list[int]:
    """Every row of some runs, in order."""
    return [row for block in blocks for row in range(n_rows)[block]]


@given(st.sets(st.integers(0, 40)), st.integers(41, 50), SIZES, st.sampled_from([0, 1, 2]))
def test_a_touched_row_is_taken_with_its_page_and_no_other(touched, n_rows, bits, door):
    """However rows are touched, the runs taken are the whole pages they lie on, once."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(pages, "BITS", bits)
        book = Pages(n_rows)
        amounts = np.zeros(n_rows, dtype=np.int64)
        amounts[sorted(touched)] = -3
        if door == 0:
            book.touch(np.array(sorted(touched), dtype=np.int32))
        elif door == 1:
            book.touch_where(amounts)
        else:
            for row in sorted(touched):
                book.touch_block(row, 1)
        held = [row for row in range(n_rows) if book.holds(row)]
        taken, again = rows_of(book.take(), n_rows), book.take()

    expected = {row for row in range(n_rows) if row >> bits in {t >> bits for t in touched}}
    assert taken == held == sorted(expected)
    assert again == []


@given(st.integers(0, 30), st.integers(0, 10), SIZES)
def test_a_block_touches_every_page_that_it_meets(first, size, bits):
    """From its first row to its last; a block of nobody touches nothing."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(pages, "BITS", bits)
        book = Pages(41)
        book.touch_block(first, size)
        taken = rows_of(book.take(), 41)

    met = {row >> bits for row in range(first, first + size)}
    assert taken == [row for row in range(41) if row >> bits in met]


@pytest.mark.parametrize("bits", [0, 1, 2, 3, 5])
@pytest.mark.parametrize("seed", [1, 2])
def test_the_size_of_a_page_changes_nothing(monkeypatch, bits, seed):
    """Pages of one row or of everybody: the same books, to the byte, with dye and overdrafts."""
    whole = RandomTown(seed, tags=4, full=True)
    monkeypatch.setattr(pages, "BITS", bits)
    parted = RandomTown(seed, tags=4, full=True)

    for month in range(1, 4):
        parted.live(month, dyed=month == 1)
    monkeypatch.undo()
    for month in range(1, 4):
        whole.live(month, dyed=month == 1)

    assert parted.digest() == whole.digest()
