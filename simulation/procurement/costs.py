"""What the work would cost each firm, and what each firm thinks it would cost.

True cost = technology at own pay, plus distance, plus the overhead of running one more contract,
less what size saves, times a surprise that meets every firm alike. A firm sees that surprise
through its own error, so who bids lowest has often erred most: the winner's curse (Capen, Clapp
and Campbell 1971; Milgrom and Weber 1982). Errors are uniform, so the expected lowest of n has
the closed form -s (n - 1) / (n + 1), by which a skilled bidder corrects.
"""

from typing import NamedTuple

import numpy as np

from scenarios.assumptions import Assumptions
from simulation.kernels import bidding
from simulation.kernels.bidding import CostOfNeed, CostRules
from simulation.kernels.scales import PENCE_A_UNIT
from simulation.procurement.docket import Docket, docket_of
from simulation.procurement.interface import Bool, Float64, Luck, Market, Need
from simulation.streams import Purpose


class Costs(NamedTuple):
    """Costs per unit of serving a need, and the quality each firm would offer.

    `true` includes the common surprise; `expected` is what each firm reckons with, corrected
    for the winner's curse. `reach` is the best quality each could deliver.
    """

    true: Float64
    expected: Float64
    quality: Float64
    reach: Float64


def best_quality(slope: float, a: Assumptions) -> float:
    """Return the quality that pays best for a firm that can deliver any.

    A firm raises quality above the floor until its rising marginal cost, in shares of price,
    meets `slope`, the price increase that leaves the award as likely: l + k (q - floor) = slope.

    Parameters
    ----------
    slope : float
        Worth of one unit of quality in shares of price (0: only price counts).
    a : Assumptions

    Returns
    -------
    float
        Never above full marks.
    """
    floor = a["award.quality_floor"]
    step = max(slope - a["bid.quality_cost"], 0.0) / a["bid.quality_cost_rise"]
    return min(floor + step, max(floor, a["award.quality_full"]))


def slope_towards(quality: float, a: Assumptions) -> float:
    """Return the slope at which a firm that can will offer just this quality."""
    above = max(quality - a["award.quality_floor"], 0.0)
    return a["bid.quality_cost"] + a["bid.quality_cost_rise"] * above


def estimate_costs(need: Need, market: Market, slope: float, a: Assumptions, luck: Luck) -> Costs:
    """Work out true and believed costs per unit for every candidate of one need."""
    return Costs(*reckon_costs(docket_of(need, market, luck), slope, a))


def can_serve(market: Market, costs: Costs, a: Assumptions) -> Bool:
    """Say who has any room and could do the work well enough for any award."""
    able: Bool = (market.capacity > 0.0) & (costs.reach >= a["award.quality_floor"])
    return able


def cost_rules(a: Assumptions) -> CostRules:
    """Return what costs follow from, the same for every tender."""
    return CostRules(
        quality_from_pay=a["bid.quality_from_pay"],
        floor=a["award.quality_floor"],
        choice=a["bid.quality_choice"],
        linear=a["bid.quality_cost"],
        rise=a["bid.quality_cost_rise"],
        scale_per_band=a["bid.scale_per_band"],
        per_km=a["bid.cost_per_km"],
        farthest=a["bid.distance_cap_km"],
        least=a["bid.least_cost"],
        spread=a["bid.own_spread"],
    )


def costs_asked(docket: Docket, best: Float64, a: Assumptions) -> CostOfNeed:
    """Return what costs follow from by need, where some quality pays best: float64[m]."""
    names = ("cost_of_pay", "overhead", "surprise", "caution")
    of_pay, overhead, surprise, caution = docket.kept(names, lambda: _costs_kept(docket, a))
    return CostOfNeed(
        docket.asked("usual_wage_ratio"), of_pay, overhead, surprise, caution, best
    )  # fmt: skip


def _costs_kept(docket: Docket, a: Assumptions) -> tuple[Float64, ...]:
    """Reckon weight of own pay, cost of a contract, common surprise, and caution."""
    bidders = np.maximum(docket.asked("expected_bids"), 1.0)
    units = np.maximum(PENCE_A_UNIT * docket.asked("units_month"), 1.0)
    caution = a["bid.curse_awareness"] * a["bid.own_spread"]
    return (
        docket.asked("labour_share") * a["bid.own_pay"],
        np.minimum(a["bid.contract_overhead_pence"] / units, a["bid.overhead_cap"]),
        a["bid.common_spread"] * (2.0 * docket.shared(Purpose.BID_COST_COMMON) - 1.0),
        caution * (bidders - 1.0) / (bidders + 1.0),
    )


def reckon_costs(docket: Docket, slope: float, a: Assumptions) -> Float64:
    """Work out true and believed costs per unit for every candidate of a docket.

    Parameters
    ----------
    docket : Docket
    slope : float
        Worth of quality in shares of price; see `best_quality`.
    a : Assumptions

    Returns
    -------
    float64[4, n]
        The columns of `Costs`, all positive. Own errors are drawn by firm; the common surprise by
        tender.

    Notes
    -----
    Quality within reach = own quality x (1 + effect x (wage ratio - usual wage ratio)); better
    pay means less turnover and more skill. A firm promises the quality that pays best, or what
    it can reach. A quality q costs k(q) - k(1) more than the usual quality of 1.0, with k(q) =
    l (q - floor) + r (q - floor)^2 / 2.
    """
    best = np.full(len(docket.needs), best_quality(slope, a))
    rules, asked = cost_rules(a), costs_asked(docket, best, a)
    columns = np.empty((4, docket.market.size))
    own = docket.uniform(Purpose.BID_COST_OWN)
    bidding.reckon_costs(docket.market, docket.begins, own, rules, asked, columns)
    return columns
