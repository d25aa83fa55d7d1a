"""What the work would cost each firm, and what each firm thinks it would cost.

True cost = technology at own pay, plus distance, plus the overhead of running one more contract,
less what size saves, times a surprise that meets every firm alike. A firm sees that surprise
through its own error, so who bids lowest has often erred most: the winner's curse (Capen, Clapp
and Campbell 1971; Milgrom and Weber 1982). Errors are uniform, so the expected lowest of n has
the closed form -s (n - 1) / (n + 1), by which a skilled bidder corrects.
"""

from dataclasses import dataclass

import numpy as np

from scenarios.assumptions import Assumptions
from simulation.procurement.interface import Float64, Luck, Market, Need
from simulation.streams import Purpose


@dataclass(frozen=True, slots=True)
class Costs:
    """Costs per unit of serving a need, and the quality each firm would offer.

    `true` includes the common surprise; `expected` is what each firm reckons with, corrected
    for the winner's curse. `reach` is the best quality each could deliver.
    """

    true: Float64
    expected: Float64
    quality: Float64
    reach: Float64


def quality_within_reach(need: Need, market: Market, a: Assumptions) -> Float64:
    """Say how good each firm's service can be at its pay.

    Quality = own quality x (1 + effect x (wage ratio - usual wage ratio)); better pay means less
    turnover and more skill (a register entry, null 0).

    Returns
    -------
    float64[n]
        Quality, 1.0 usual, never below 0.
    """
    pay = market.wage_ratio - need.usual_wage_ratio
    return np.maximum(market.quality * (1.0 + a["bid.quality_from_pay"] * pay), 0.0)


def quality_offered(reach: Float64, slope: float, a: Assumptions) -> Float64:
    """Choose the quality to promise, given what a step of quality earns in the award.

    A firm raises quality above the floor until its rising marginal cost, in shares of price,
    meets `slope`, the price increase that leaves the award as likely: l + k (q - floor) = slope.

    Parameters
    ----------
    reach : float64[n]
        What each firm could deliver.
    slope : float
        Worth of one unit of quality in shares of price (0: only price counts).
    a : Assumptions

    Returns
    -------
    float64[n]
        Never above `reach` or full marks; equal to reach where the choice is switched off.
    """
    floor = a["award.quality_floor"]
    step = max(slope - a["bid.quality_cost"], 0.0) / a["bid.quality_cost_rise"]
    chosen = np.minimum(reach, min(floor + step, max(floor, a["award.quality_full"])))
    return reach + a["bid.quality_choice"] * (chosen - reach)


def slope_towards(quality: float, a: Assumptions) -> float:
    """Return the slope at which a firm that can will offer just this quality."""
    above = max(quality - a["award.quality_floor"], 0.0)
    return a["bid.quality_cost"] + a["bid.quality_cost_rise"] * above


def cost_of_quality(quality: Float64, a: Assumptions) -> Float64:
    """Return the extra cost per unit of a quality, against the usual quality of 1.0.

    k(q) = l (q - floor) + r (q - floor)^2 / 2, and the result is k(q) - k(1).
    """
    linear, rise, floor = (
        a["bid.quality_cost"],
        a["bid.quality_cost_rise"],
        a["award.quality_floor"],
    )
    above = np.maximum(quality - floor, 0.0)
    usual = 1.0 - floor
    extra = above * (linear + 0.5 * rise * above) - usual * (linear + 0.5 * rise * usual)
    return a["bid.quality_choice"] * extra


def estimate_costs(need: Need, market: Market, slope: float, a: Assumptions, luck: Luck) -> Costs:
    """Work out true and believed costs per unit for every candidate.

    Parameters
    ----------
    need : Need
    market : Market
    slope : float
        Worth of quality in shares of price; see `quality_offered`.
    a : Assumptions
    luck : Luck
        Own errors by firm; the common surprise by tender.

    Returns
    -------
    Costs
        Columns over the Market's candidates, all positive.
    """
    reach = quality_within_reach(need, market, a)
    quality = quality_offered(reach, slope, a)
    pay = market.wage_ratio / need.usual_wage_ratio - 1.0
    bands = np.maximum(market.size_band.astype(np.float64) - 1.0, 0.0)
    overhead = a["bid.contract_overhead_pence"] / max(100.0 * need.units_month, 1.0)
    private = (
        market.unit_cost
        * (1.0 + need.labour_share * a["bid.own_pay"] * pay)
        * (1.0 - a["bid.scale_per_band"] * bands)
        + a["bid.cost_per_km"] * np.minimum(market.distance_km, a["bid.distance_cap_km"])
        + min(overhead, a["bid.overhead_cap"])
        + cost_of_quality(quality, a)
    )
    private = np.maximum(private, a["bid.least_cost"])
    surprise = a["bid.common_spread"] * (2.0 * luck.shared(Purpose.BID_COST_COMMON) - 1.0)
    spread = a["bid.own_spread"]
    error = spread * (2.0 * luck.uniform(Purpose.BID_COST_OWN, market.uid) - 1.0)
    bidders = max(need.expected_bids, 1.0)
    caution = a["bid.curse_awareness"] * spread * (bidders - 1.0) / (bidders + 1.0)
    believed = 1.0 + surprise + error + caution * market.bid_skill
    return Costs(private * (1.0 + surprise), private * believed, quality, reach)
