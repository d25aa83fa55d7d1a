"""A month of service: what is done, how well, and what of the promises is kept, found, repaid.

A supplier keeps quality above the checked minimum only while the discounted worth of the
relationship exceeds the gain from shirking: self-enforcing relational contracts (Levin 2003;
Calzolari and Spagnolo 2009 for procurement). Tenure alone raises nothing.
"""

from dataclasses import dataclass

import numpy as np

from scenarios.assumptions import Assumptions
from simulation import streams
from simulation.kernels import serving
from simulation.kernels.keyed import wrapping
from simulation.kernels.serving import ServiceRules
from simulation.procurement.interface import Bool, Float64, Int64
from simulation.procurement.places import Places
from simulation.streams import Purpose


@dataclass(frozen=True, slots=True)
class Delivery:
    """What happened in every place this month. Money in pence, quality 1.0 usual.

    `paid` goes from buyer to supplier, `remedy` back; the process costs buy staff time. `signal`
    is what the buyer saw of promises kept (nan: did not look). `money`, int64[7, n], holds all
    that is in pence.
    """

    units: Float64
    quality: Float64
    money: Int64
    shirked: Bool
    signal: Float64

    @property
    def paid(self) -> Int64:
        """Price of the work: int64[n]."""
        return self._money(serving.PAID)

    @property
    def claimed(self) -> Int64:
        """Social value promised: int64[n]."""
        return self._money(serving.CLAIMED)

    @property
    def verified(self) -> Int64:
        """Social value seen: int64[n]."""
        return self._money(serving.VERIFIED)

    @property
    def delivered(self) -> Int64:
        """Social value done, remedies among it: int64[n]."""
        return self._money(serving.DELIVERED)

    @property
    def remedy(self) -> Int64:
        """What is claimed back: int64[n]."""
        return self._money(serving.REMEDY)

    @property
    def buyer_process(self) -> Int64:
        """Cost of checking: int64[n]."""
        return self._money(serving.BUYER_PROCESS)

    @property
    def supplier_process(self) -> Int64:
        """Cost of reporting: int64[n]."""
        return self._money(serving.SUPPLIER_PROCESS)

    def _money(self, row: int) -> Int64:
        column: Int64 = self.money[row]
        return column


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
    low = np.empty(units.size, dtype=np.bool_)
    serving.say_who_shirks(places.part, units, honesty, _rules(a), low)
    return low


def _rules(a: Assumptions) -> ServiceRules:
    return ServiceRules(
        floor=a["award.quality_floor"],
        saves=a["delivery.shirking_saves"],
        favouritism=a["delivery.favouritism"],
        patience=a["delivery.patience_months"],
        by_dialogue=a["delivery.quality_from_dialogue"],
        hour=a["tender.buyer_hour_pence"],
        looking=a["delivery.monitoring_hours"],
        talking=a["delivery.dialogue_hours"],
        reporting=a["delivery.reporting_hours"],
    )


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
    honesty : float64[n_rows]
        Of each trading row.
    seed, month : int
        Key the buyer's looking, with the supplier's uid and the tender's.
    a : Assumptions

    Returns
    -------
    Delivery
        Nothing negative; remedy never above the gap found.
    """
    n = units.size
    money = np.empty((7, n), dtype=np.int64)
    quality, signal = np.empty((2, n))
    shirked = np.empty(n, dtype=np.bool_)
    with wrapping():
        serving.serve(
            places.whole, places.part, units, honesty, _rules(a),
            streams.head(seed, Purpose.MONITOR), streams.word(month), money, quality, signal,
            shirked,
        )  # fmt: skip
    return Delivery(units, quality, money, shirked, signal)


def within_capacity(places: Places, units: Float64, room: Float64, asked: Float64) -> None:
    """Scale down what is wanted from a supplier that cannot do it all.

    Parameters
    ----------
    places : Places
    units : float64[n], updated
        Units asked of each place; each supplier's places are cut by the same part.
    room : float64[n_rows]
        Units a month that each trading row can serve; 0 for one that failed.
    asked : float64[n_rows]
        Room to work in: zero, and left so.
    """
    serving.cut_to_room(places.whole, places.part, places.size, room, units, asked)
