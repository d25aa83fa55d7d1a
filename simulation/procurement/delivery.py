"""A month of service: what is done, how well, and what of the promises is kept, found, repaid.

A supplier keeps quality above the checked minimum only while the discounted worth of the
relationship exceeds the gain from shirking: self-enforcing relational contracts (Levin 2003;
Calzolari and Spagnolo 2009 for procurement). Tenure alone raises nothing.
"""

from dataclasses import dataclass

import numpy as np

from scenarios.assumptions import Assumptions
from simulation import streams
from simulation.procurement.interface import Bool, Float64, Int64
from simulation.procurement.places import Places
from simulation.streams import Purpose


@dataclass(frozen=True, slots=True)
class Delivery:
    """What happened in every place this month. Money in pence, quality 1.0 usual.

    `paid` goes from buyer to supplier, `remedy` back; the process costs buy staff time. `signal`
    is what the buyer saw of promises kept (nan: did not look).
    """

    units: Float64
    quality: Float64
    paid: Int64
    claimed: Int64
    verified: Int64
    delivered: Int64
    remedy: Int64
    buyer_process: Int64
    supplier_process: Int64
    shirked: Bool
    signal: Float64


def shirks(places: Places, units: Float64, honesty: Float64, a: Assumptions) -> Bool:
    """Say who lets quality fall to the checked minimum.

    gain = saving per quality x (promised - floor) x (1 - honesty) x units; worth = relationship x
    chance of being seen x profit x patience, with profit from price over cost. Favour, where
    discretion is unchecked, blinds the eye.

    Parameters
    ----------
    places : Places
    units : float64[n]
        Units served this month.
    honesty : float64[n]
        0 to 1, by place.
    a : Assumptions

    Returns
    -------
    bool[n]
    """
    above = np.maximum(places.quality - a["award.quality_floor"], 0.0)
    gain = a["delivery.shirking_saves"] * above * (1.0 - honesty) * units
    seen = places.monitoring * (1.0 - a["delivery.favouritism"] * places.discretion)
    profit = np.maximum(places.unit_price - places.cost, 0.0) * units
    worth = places.relationship * seen * profit * a["delivery.patience_months"]
    return gain > worth


def deliver(
    places: Places,
    units: Float64,
    honesty: Float64,
    seed: int,
    month: int,
    a: Assumptions,
) -> Delivery:
    """Let every place serve one month.

    Parameters
    ----------
    places : Places
        `n` rows.
    units : float64[n]
        Units that each place serves this month (after budget and capacity).
    honesty : float64[n]
        Of the supplier, by place.
    seed, month : int
        Key the buyer's looking, with the supplier's uid and the tender's.
    a : Assumptions

    Returns
    -------
    Delivery
        Nothing negative; remedy never above the gap found.
    """
    floor = a["award.quality_floor"]
    low = shirks(places, units, honesty, a)
    kept = np.where(low, np.minimum(places.quality, floor), places.quality)
    quality = kept * (1.0 + a["delivery.quality_from_dialogue"] * places.dialogue)
    part = units / np.maximum(places.units_month, 1e-9)
    claimed = places.claim_month * part
    in_truth = places.deliverable_month * part
    gap = np.maximum(claimed - in_truth, 0.0)
    remedy = places.remedy_rate * places.monitoring * gap
    verified = places.monitoring * np.minimum(claimed, in_truth)
    seen = places.monitoring * (1.0 - a["delivery.favouritism"] * places.discretion)
    looked = streams.uniform(seed, Purpose.MONITOR, places.uid ^ places.tender, month) < seen
    active = units > 0.0
    hour = a["tender.buyer_hour_pence"] * active
    effort = (
        a["delivery.monitoring_hours"] * places.monitoring
        + a["delivery.dialogue_hours"] * places.dialogue
    )
    answer = a["delivery.reporting_hours"] * places.monitoring
    return Delivery(
        units=units,
        quality=quality,
        paid=_pence(100.0 * units * places.unit_price),
        claimed=_pence(claimed),
        verified=_pence(verified),
        delivered=_pence(in_truth + remedy),
        remedy=_pence(remedy),
        buyer_process=_pence(effort * hour),
        supplier_process=_pence(answer * hour),
        shirked=low & active,
        signal=np.where(looked & active, np.where(low, 0.0, 1.0), np.nan),
    )


def _pence(amount: Float64) -> Int64:
    return np.rint(amount).astype(np.int64)


def within_capacity(places: Places, wanted: Float64, room: Float64) -> Float64:
    """Scale down what is wanted from a supplier that cannot do it all.

    Parameters
    ----------
    places : Places
    wanted : float64[n]
        Units asked of each place.
    room : float64[n_rows]
        Units a month that each trading row can serve; 0 for one that failed.

    Returns
    -------
    float64[n]
        Units served; each supplier's places are cut by the same part.
    """
    asked = np.bincount(places.supplier, weights=wanted, minlength=room.size)
    part = np.minimum(room / np.maximum(asked, 1e-9), 1.0)
    return wanted * np.maximum(part[places.supplier], 0.0)
