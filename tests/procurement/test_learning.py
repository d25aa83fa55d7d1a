"""What is noted of a supplier counts from the next month on, and fades."""

import numpy as np
import pytest

from simulation.procurement.ethical_framework import EthicalFramework
from simulation.procurement.learning import Memory, Notes
from simulation.procurement.lowest_price import LowestPrice
from tests.procurement.markets import SteadyLuck, market, need, plain

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


def test_what_was_won_is_remembered_by_way_of_buying_and_by_buyer() -> None:
    """The cheapest of three wins a tender; it has a win there, the others a loss."""
    a, asked, firms = plain(), need(buyer_index=1), market(unit_cost=[0.9, 1.0, 1.1])
    ways = EthicalFramework(), LowestPrice()
    memory = Memory(2, 24, a)
    nobody = ways[0].procure(asked, market(0), a, SteadyLuck()).bids
    memory.learn_award(ways[0], asked, nobody)
    memory.learn_award(ways[1], asked, ways[1].procure(asked, firms, a, SteadyLuck()).bids)
    memory.settle()

    def news(way: int, buyer: int) -> list[list[float]]:
        counts = memory.chances(ways[way].family, np.full(3, buyer), firms.supplier)
        priors = a["learn.prior_wins"], a["learn.prior_losses"]
        return [(one - prior).tolist() for one, prior in zip(counts, priors, strict=True)]

    nothing = [[0.0] * 3] * 2
    assert news(1, 1) == [[1.0, 0.0, 0.0], [0.0, 1.0, 1.0]]
    assert news(1, 0) == news(0, 1) == news(0, 0) == nothing
