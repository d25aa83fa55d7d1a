"""What a unit of quality is worth in a tender, by the weights of its criteria."""

import pytest

from simulation.procurement.scoring import Weights, quality_slope, weights_of
from tests.procurement.markets import plain


def test_quality_is_worth_its_marks_in_shares_of_price() -> None:
    """Four marks to six, over a range of 0.8 to 1.3 from the floor to full marks."""
    a = plain(award__quality_floor=0.8, award__quality_full=1.3)

    assert quality_slope(weights_of(0.4, 0.0), a) == pytest.approx(0.4 / (0.6 * 0.5))


@pytest.mark.parametrize(
    "weights",
    [weights_of(1.0, 0.0), weights_of(1.0, 0.1), Weights(1.0 - 0.9 - 0.1, 0.9, 0.1)],
    ids=["quality alone", "with social value", "nothing but for rounding"],
)
def test_without_marks_for_price_no_quality_is_too_dear(weights: Weights) -> None:
    """Whoever has the best wins, whatever is left of the weight of price by subtraction."""
    assert quality_slope(weights, plain()) == float("inf")
