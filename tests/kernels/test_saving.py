"""Owners move money between their two accounts: both ways, counted by class, their dye with it."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from simulation.kernels import payments
from simulation.kernels.payments import Owned
from tests.kernels.phases import PENCE, dye_below
from tests.reference import payments as slow

BITS = 10


def all_pages() -> np.ndarray:
    """The one page of a few accounts."""
    return np.ones(1, dtype=np.bool_)


@given(
    st.lists(st.tuples(st.integers(-900, 900), st.integers(0, 2)), max_size=8), st.integers(0, 3)
)
def test_saving_moves_money_both_ways_and_counts_it_by_class(rows, first):
    """What leaves deposits is in savings; puts and draws are summed apart, of nothing uncounted."""
    pence = np.array([p for p, _ in rows], dtype=np.int64)
    of = [c for _, c in rows]
    klass = np.array([0] * first + of, dtype=np.int32)
    deposits, savings = np.full((2, klass.size), 1000, dtype=np.int64)
    opening, touched = np.full(klass.size, 1000), np.zeros(klass.size, dtype=np.bool_)
    sums = np.zeros((2, 3, 2), dtype=np.int64)

    owned = Owned(deposits, savings, opening)
    put, drawn = payments.save_block(first, pence, owned, None, None, klass, sums, 0, touched)

    moved = np.concatenate([np.zeros(first, dtype=np.int64), pence])
    assert (put, drawn) == (pence[pence > 0].sum(), -pence[pence < 0].sum())
    assert deposits.tolist() == opening.tolist() == (1000 - moved).tolist()
    assert savings.tolist() == (1000 + moved).tolist()
    assert touched.tolist() == (moved != 0).tolist()
    assert sums[0].tolist() == slow.sum_block(of, pence.tolist(), 3)
    assert sums[1].tolist() == slow.sum_block(of, (-pence).tolist(), 3)


@st.composite
def accounts(draw: st.DrawFn) -> tuple[int, list[int], list[int], np.ndarray]:
    """Owners who move part of one account: first row, pence moved, balances, dye."""
    source = draw(st.lists(PENCE, min_size=1, max_size=5))
    first = draw(st.integers(0, len(source) - 1))
    pence = [
        draw(st.one_of(st.just(0), st.just(s), st.integers(0, s), st.just(-1)))
        for s in source[first:]
    ]
    return first, pence, source, draw(dye_below(source, draw(st.integers(1, 5))))


def save(
    first: int, pence: list[int], source: list[int], held: np.ndarray, target: np.ndarray
) -> None:
    """Put money into savings that have none yet; what would be drawn from them has no dye."""
    n = len(source)
    money = np.array(source), np.zeros(n, dtype=np.int64), np.zeros(0, dtype=np.int64)
    sums, klass = np.zeros((2, 1, 2), dtype=np.int64), np.zeros(n, dtype=np.int32)
    payments.save_block(
        first, np.array(pence), Owned(*money), held, target, klass, sums, BITS, all_pages()
    )


@given(accounts())
def test_moving_own_money_equals_its_slow_twin(case):
    """Saving and drawing move dye by its share, and what would exceed the rest moves too."""
    first, pence, source, held = case
    before, target = held.tolist(), np.zeros_like(held)

    save(first, pence, source, held, target)

    assert target.tolist() == slow.move_dye(first, pence, source, before)
    assert (held + target).tolist() == before


@given(accounts())
def test_drawing_on_savings_moves_dye_as_saving_does(case):
    """What is drawn comes back with its share of the dye of what was saved."""
    first, pence, source, held = case
    before, target = held.tolist(), np.zeros_like(held)
    n, drawn = len(source), -np.maximum(np.array(pence), 0)
    money = np.zeros(n, dtype=np.int64), np.array(source), np.full(n, 7)
    sums, klass = np.zeros((2, 1, 2), dtype=np.int64), np.zeros(n, dtype=np.int32)

    owned = Owned(*money)
    payments.save_block(first, drawn, owned, target, held, klass, sums, BITS, all_pages())

    assert target.tolist() == slow.move_dye(first, pence, source, before)
    assert (held + target).tolist() == before
    whole = [0] * first + drawn.tolist()
    assert owned.opening.tolist() == [-p if p else 7 for p in whole]


@given(accounts())
def test_own_money_moves_without_either_account_holding_more_dye_than_pence(case):
    """An account dyed through and through stays so on both sides, to the unit."""
    first, pence, source, held = case
    target = np.zeros_like(held)

    save(first, pence, source, held, target)

    for k, moved in enumerate(pence):
        amount = max(moved, 0)
        assert held[first + k].sum() <= 1024 * (source[first + k] - amount)
        assert target[first + k].sum() <= 1024 * amount
    assert held.min() >= 0


@pytest.mark.parametrize("source", [0, -5])
def test_moving_from_an_empty_account_moves_no_dye_and_does_not_stop(source):
    """A kernel raises nothing: the ledger finds the overdraft when it closes."""
    dye, target = np.ones((1, 1), dtype=np.int64), np.zeros((1, 1), dtype=np.int64)

    save(0, [3], [source], dye, target)

    assert not target.any()
