"""The close of a phase: money and dye are folded as they are apart, and what has sunk is told."""

import numpy as np
import pytest

from simulation.kernels import dye as dye_kernels
from simulation.kernels import payments, settling
from simulation.kernels.accounts import Accounts, Dye
from simulation.kernels.payments import Marks
from simulation.kernels.settling import Sinks

FREE = np.array([5], dtype=np.int32)


def phase(sinking: bool = True) -> tuple[Accounts, Dye, Sinks, Marks]:
    """Six accounts in two cells, the last a sink, at the end of a phase.

    Either dye comes to the sink, and one account holds more than it can, or neither is so.
    """
    money = np.array([30, 0, 50, -2, 9, -400]), np.array([5, 7, 0, 1, 0, 20])
    held, out, inbox = np.zeros((3, 6, 2), dtype=np.int64)
    held[0], held[2], out[2] = (9_000, 40_000 if sinking else 4_000), (3, 4), (1, 2)
    inbox[1], inbox[5] = (11, 12), (70 if sinking else 0, 0)
    cell = np.array([0, 0, 0, 1, 1, 1], dtype=np.int32)
    opening, places = money[0].copy(), np.zeros((2, 2, 2), dtype=np.int64)
    sinks = Sinks(FREE, FREE[:0], 1, *(np.zeros(shape, dtype=np.int64) for shape in ((2, 2), 2)))
    marks = Marks(0, *np.ones((3, 7), dtype=np.bool_))
    return Accounts(*money, 0, 0), Dye(held, out, inbox, opening, cell, *places), sinks, marks


@pytest.mark.parametrize(("dyed", "sinking"), [(True, True), (True, False), (False, False)])
def test_a_phase_is_closed_as_its_parts_are(dyed, sinking):
    """Balances, dye and what is told are those of money and dye folded one after the other."""
    accounts, dye, sinks, marks = phase(sinking)
    short = payments.fold(accounts, dye.opening, FREE, 0, marks.touched)
    told = (False, False)
    if dyed:
        told = dye_kernels.settle_dye(
            accounts, dye, FREE, FREE[:0], sinks.sunk, sinks.lost, 0, marks.left, marks.came
        )

    others, other, drains, pages = phase(sinking)
    of_dye = (other, drains) if dyed else (None, None)
    found = settling.settle(others, other.opening, FREE, pages, *of_dye)

    assert short == 1
    assert found == (short, dyed, sinking)
    assert told == (dyed, sinking)
    for one, two in ((accounts[:2], others[:2]), (dye, other), (sinks[3:], drains[3:])):
        assert [a.tolist() for a in one] == [b.tolist() for b in two]
    assert pages.left.any() == (not dyed)


def test_what_has_sunk_is_told_once_with_what_was_let_go():
    """Rounding's leavings count where the first sink stands; the next phase starts from nothing."""
    _, _, sinks, _ = phase()
    sinks.sunk[0], sinks.lost[:] = (5, 6), (1, 2)
    told = np.full((2, 2), 99)

    total = settling.tell_sunk(sinks, told)
    again = settling.tell_sunk(sinks, np.empty_like(told))

    assert (total, told.tolist()) == (14, [[5, 6], [1, 2]])
    assert again == 0


def test_what_lies_in_a_room_is_added_where_it_belongs_and_nothing_is_left():
    """Only the rows asked for are taken; rows beyond the room are left alone."""
    room = np.array([[0, 3], [0, 0], [-2, 2], [5, 0]])
    target = np.arange(10).reshape(5, 2)

    settling.take_room(room, target, 1, 4)

    assert target.tolist() == [[0, 1], [2, 3], [2, 7], [11, 7], [8, 9]]
    assert room.tolist() == [[0, 3], [0, 0], [0, 0], [0, 0]]


def test_a_single_penny_is_not_left_in_a_room():
    """The least that a row can have been paid comes to it as all else does."""
    room, target = np.array([[1], [0]]), np.array([[500], [300]])

    settling.take_room(room, target, 0, 2)

    assert (target.tolist(), room.tolist()) == ([[501], [300]], [[0], [0]])
