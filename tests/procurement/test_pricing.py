"""What a usual firm adds to its cost, and how far that is from what theory would have it ask."""

import pytest

from simulation.procurement.pricing import distance_from_equilibrium, usual_markup
from tests.procurement.markets import plain


@pytest.mark.parametrize(
    ("bids", "added"), [(4.0, 0.064), (2.0, 0.16 / 1.5), (1.0, 0.16), (0.5, 0.16), (0.0, 0.16)]
)
def test_nobody_adds_more_than_a_firm_without_rivals(bids: float, added: float) -> None:
    """16 % alone, and each rival thins it; where less than one bid is expected there is none."""
    assert usual_markup(bids, plain()) == pytest.approx(added)


def test_the_distance_is_that_of_a_firm_that_wins_as_often_as_others() -> None:
    """Of four at a cost of 1.00 it asks 1.064; with costs up to 1.20 theory says 1.05."""
    gap = distance_from_equilibrium(4, 0.8, 1.2, plain(), points=1)

    assert (gap.mean, gap.worst) == pytest.approx((1.064 / 1.05 - 1.0, 1.064 / 1.05 - 1.0))
