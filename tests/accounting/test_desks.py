"""Desks: each home has one, all work is done, and a fault at one waits for the others."""

import threading

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from simulation.accounting.desks import Desk, serve, set_up


@given(st.lists(st.integers(1, 5), max_size=6), st.integers(1, 9))
def test_every_home_has_one_desk_and_every_block_one_class(sizes, many):
    """Blocks end where classes do and where desks do; no block is empty, none overlaps."""
    ends = np.cumsum([0, *sizes])

    desks = set_up(ends, many, before=3, n_classes=2)

    pairs = [(int(a), int(b)) for d in desks for a, b in zip(d.blocks, d.blocks[1:], strict=False)]
    assert all(a < b for a, b in pairs)
    assert [home for a, b in pairs for home in range(a, b)] == list(range(int(ends[-1])))
    assert all(np.searchsorted(ends, a, "right") == np.searchsorted(ends, b) for a, b in pairs)
    assert len(desks) == max(1, min(many, int(ends[-1])))
    assert [desk.first for desk in desks] == [True] + [False] * (len(desks) - 1)


def test_a_fault_at_the_first_desk_waits_for_the_others():
    """Nobody is still at work when the fault is told."""
    desks, ended = set_up(np.array([0, 2]), 2, before=1, n_classes=1), threading.Event()

    def work(desk: Desk) -> None:
        if desk.first:
            raise ArithmeticError
        threading.Event().wait(0.05)
        ended.set()

    with pytest.raises(ArithmeticError):
        serve(desks, work)

    assert ended.is_set()


def test_a_fault_at_another_desk_is_told():
    """Work of the first desk does not hide it."""

    def work(desk: Desk) -> None:
        if not desk.first:
            raise ArithmeticError

    with pytest.raises(ArithmeticError):
        serve(set_up(np.array([0, 2]), 2, before=1, n_classes=1), work)
