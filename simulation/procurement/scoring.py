"""How bids become marks: one formula of which each tender-based way of buying is a setting.

Price marks are lowest price over price; quality marks run from the floor to full marks; social
value marks are the claim over the highest claim. With weight on price alone the best score is the
lowest price. Source: Crown Commercial Service and Cabinet Office bid evaluation guidance (2021).
"""

from dataclasses import dataclass

import numpy as np

from scenarios.assumptions import Assumptions
from simulation.kernels import bidding
from simulation.procurement.interface import Bool, Float64, Int64


@dataclass(frozen=True, slots=True)
class Weights:
    """Weights of the award criteria, summing to 1."""

    price: float
    quality: float
    social: float

    @property
    def text(self) -> str:
        """The criterion as a notice would print it."""
        parts = (("price", self.price), ("quality", self.quality), ("social value", self.social))
        return ", ".join(f"{name} {100.0 * weight:.0f}%" for name, weight in parts if weight > 0.0)


def weights_of(quality: float, social: float) -> Weights:
    """Set social value apart first; what is left is split between quality and price.

    Parameters
    ----------
    quality : float
        Weight of quality among price and quality.
    social : float
        Weight of claimed social value in the whole.
    """
    rest = 1.0 - social
    return Weights(rest * (1.0 - quality), rest * quality, social)


def quality_slope(weights: Weights, a: Assumptions) -> float:
    """Return the worth of one unit of quality in shares of price; infinite without price marks."""
    if weights.price <= 0.0:
        return float("inf")
    span = a["award.quality_full"] - a["award.quality_floor"]
    return weights.quality / (weights.price * span)


def score(
    price: Float64,
    quality: Float64,
    claim: Float64,
    begins: Int64,
    weights: Weights,
    a: Assumptions,
) -> tuple[Bool, Float64]:
    """Say which bids stand, and mark them.

    Parameters
    ----------
    price, quality, claim : float64[n]
        Unit price, promised quality, claimed social value [pence a month].
    begins : int64[m + 1]
        Tender i has the bids `begins[i] : begins[i + 1]`.
    weights : Weights
    a : Assumptions

    Returns
    -------
    stands : bool[n]
        Good enough and not too dear.
    marks : float64[n]
        Between 0 and 1, among those that stand in the same tender; 0 for the others.
    """
    stands, marks = np.empty(price.size, dtype=np.bool_), np.empty(price.size)
    by = bidding.Weights(
        weights.price, weights.quality, weights.social, a["award.quality_floor"],
        a["award.quality_full"],
    )  # fmt: skip
    bids = np.array([price, quality, claim])
    bidding.mark(bids, begins, by, a["award.price_ceiling"], stands, marks)
    return stands, marks


def best_first(marks: Float64, uid: Int64) -> Int64:
    """Order bids from the best marks down, equal marks by stable identity."""
    return np.lexsort((uid, -marks))
