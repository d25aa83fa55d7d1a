"""Who bids: the able who have heard, for whom the chance is worth the paper."""

import numpy as np
import pytest

from experiments.validation.little_market import market
from simulation.kernels import bidding
from simulation.kernels.bidding import Entered, Entry

CARRY, DAYS, CASH = 1_000.0, 5.0, 20_000.0
WORTH = 1_000_000.0
"""A pound's worth of the whole term [pence]: a firm that asks a fifth above its cost hopes for a
fifth of it."""


def entered(paper: float, floor: float = 0.8, **columns: object) -> Entered:
    """Ask one firm whether it bids: its cost is 1.0 a unit, its price 1.2, and quality 0.8."""
    firm = market(1, **({"wins": [1.0], "losses": [3.0]} | columns))
    one = np.ones(1)
    entry = Entry(one * CARRY, one * DAYS, one * paper, one * 0.0, one * CASH, one * WORTH)
    out = Entered(*np.full((4, 1), -1, dtype=np.int64), np.zeros(1))
    costs = np.array([[0.9], [1.0], [0.6], [0.8]])
    n = bidding.enter(
        firm, np.array([0, 1]), np.ones(1, dtype=np.bool_), costs, one * 1.2, entry, floor, 0.0, out
    )
    assert out.many.tolist() == [n]
    return out


@pytest.mark.parametrize(("paper", "bids"), [(49_999.0, 1), (50_001.0, 0)])
def test_a_firm_bids_where_its_chance_is_worth_the_paper(paper, bids):
    """One tender in four won, a fifth of 10,000 pounds to gain: it hopes for 500 pounds."""
    out = entered(paper)

    assert out.many.tolist() == [bids]
    assert out.eligible.tolist() == [1]
    assert out.spent.tolist() == ([49_999] if bids else [-1])


@pytest.mark.parametrize(("capacity", "able"), [(CARRY, 1), (CARRY - 1.0, 0)])
def test_who_can_just_carry_the_work_could_serve(capacity, able):
    """A thousand units a month are asked for: a thousand are enough."""
    out = entered(10_000.0, capacity=[capacity])

    assert out.eligible.tolist() == out.many.tolist() == [able]
    assert out.cheapest.tolist() == [0.9 if able else np.inf]


@pytest.mark.parametrize(("floor", "able"), [(0.7, 1), (0.8, 1), (0.81, 0)])
def test_who_could_reach_the_least_quality_could_serve(floor, able):
    """What is within reach counts, 0.8, not the 0.6 that it would pay to promise."""
    assert entered(10_000.0, floor).eligible.tolist() == [able]
