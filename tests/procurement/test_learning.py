"""What is noted of a supplier counts from the next month on, and fades."""

import numpy as np
import pytest

from simulation.procurement.learning import Notes

SEEN, UNSEEN = 7, 5
BOTH = np.array([UNSEEN, SEEN], dtype=np.int64)
PRIORS = (1.0, 3.0)


def read(notes: Notes) -> list[tuple[float, float]]:
    """The pair of each of two keys, of which one is noted."""
    found = notes.read(BOTH, PRIORS)
    return [(float(one), float(other)) for one, other in found.T]


def note(notes: Notes, key: int, one: float, other: float) -> None:
    """Note a pair at a key."""
    notes.note(np.array([key], dtype=np.int64), np.array([[one, other]]))


def test_where_nothing_was_noted_stands_the_prior() -> None:
    """Of nobody is anything known at first."""
    assert read(Notes()) == [PRIORS, PRIORS]


def test_what_is_noted_waits_for_the_end_of_the_month() -> None:
    """All decisions of a month read what stood at its opening."""
    notes = Notes()
    note(notes, SEEN, 2.0, 1.0)

    before = read(notes)
    notes.settle(fade=0.0)

    assert before == [PRIORS, PRIORS]
    assert read(notes) == [PRIORS, (3.0, 4.0)]


def test_what_is_noted_twice_adds_up() -> None:
    """Two notes of a month, and one of the next, whatever their order."""
    notes = Notes()
    for key, one in ((SEEN, 2.0), (UNSEEN, 5.0), (SEEN, 3.0)):
        note(notes, key, one, 0.0)
    notes.settle(fade=0.0)
    note(notes, SEEN, 1.0, 1.0)
    notes.settle(fade=0.0)

    assert read(notes) == [(1.0 + 5.0, 3.0), (1.0 + 6.0, 3.0 + 1.0)]


def test_what_is_old_fades_and_the_prior_does_not() -> None:
    """A quarter is forgotten each month, in a month without news too."""
    notes = Notes()
    note(notes, SEEN, 4.0, 2.0)
    notes.settle(fade=0.25)

    notes.settle(fade=0.25)
    quiet = read(notes)[1]
    note(notes, SEEN, 1.0, 0.0)
    notes.settle(fade=0.25)

    assert quiet == pytest.approx((1.0 + 3.0, 3.0 + 1.5))
    assert read(notes)[1] == pytest.approx((1.0 + 2.25 + 1.0, 3.0 + 1.125))
