"""Desks: each home has one, all work is done, and a fault at one waits for the others."""

import copy
import threading

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from simulation.accounting import desks as desk_rooms
from simulation.accounting.desks import Desk, meanwhile, serve, set_up


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


def test_a_desk_is_set_up_again_for_the_same_homes_and_classes():
    """A ledger that is copied has desks of its own, with room for as many classes, and empty."""
    _, desk = set_up(np.array([0, 4]), 2, before=3, n_classes=5)
    desk.by_class[:] = 7

    again = copy.deepcopy(desk)

    assert again.blocks.tolist() == [2, 4]
    assert (again.first, again.by_class.tolist()) == (False, [[0, 0]] * 5)
    assert again.told.shape == desk.told.shape == (5, 4)


def test_a_fault_at_the_first_desk_waits_for_the_others():
    """Nobody is still at work when the fault is told."""
    desks = set_up(np.array([0, 2]), 2, before=1, n_classes=1)
    begun, ended = threading.Event(), threading.Event()

    def work(desk: Desk) -> None:
        if desk.first:
            begun.wait(60)
            raise ArithmeticError
        begun.set()
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


def test_work_that_nobody_has_begun_is_done_at_the_first_desk():
    """Where the others' thread has something else to do, no desk waits for it."""
    free, busy = threading.Event(), threading.Event()

    def hold() -> None:
        busy.set()
        free.wait(60)

    other = desk_rooms._crew(1).submit(hold)
    busy.wait(60)
    try:
        at = serve([0, 1], lambda desk: (desk, threading.current_thread()))
    finally:
        free.set()
        other.result()

    assert at == [(0, threading.current_thread()), (1, threading.current_thread())]


def test_a_fault_at_the_first_desk_keeps_what_has_not_begun_from_beginning():
    """It would only be thrown away."""
    free, begun = threading.Event(), []
    other = desk_rooms._crew(1).submit(free.wait, 60)

    def work(desk: int) -> None:
        begun.append(desk)
        raise ArithmeticError

    with pytest.raises(ArithmeticError):
        serve([0, 1], work)
    free.set()
    other.result()

    assert begun == [0]


def test_what_is_done_meanwhile_tells_what_it_returned_or_raised():
    """It is done by another thread; a fault is told when its end is asked for."""
    assert meanwhile(threading.current_thread)() is not threading.current_thread()

    end = meanwhile(lambda: 1 // 0)

    with pytest.raises(ZeroDivisionError):
        end()
