"""What a need is, and what answers it: an arrangement, its terms, its thread of reasons.

Frozen columns and small records only; who decides what stands in the other files.
"""

from dataclasses import dataclass
from enum import IntEnum
from typing import Any, Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from scenarios.tables import HOME
from scenarios.vocabulary import Kind

Bool = NDArray[np.bool_]
Int8 = NDArray[np.int8]
Int32 = NDArray[np.int32]
Int64 = NDArray[np.int64]
Float64 = NDArray[np.float64]

OWN_STAFF: Final = -1
"""Payee of a process cost that buys the payer's own staff time or outside advice."""

LENDER: Final = -2
"""Payee of interest on what a club borrowed."""

BUILDER: Final = -3
"""Payee of building work that a club orders."""


class Form(IntEnum):
    """The legal shape of an arrangement, as written in the Books."""

    CONTRACT = 0
    MEMBERSHIP = 1
    DIRECT_PROVISION = 2
    ENTERPRISE = 3
    GRANT = 4


class CallOff(IntEnum):
    """How monthly volume is given out among several suppliers."""

    DIRECT_AWARD = 0
    MINI_COMPETITION = 1
    ROTA = 2


class Need(NamedTuple):
    """What a buyer must see done, at the date of the decision.

    One unit is one pound's worth at the built state's price, so a unit price of 1.0 costs 100
    pence. `tender` is a stable number made from (buyer, category, area, month) and never from
    the regime: it keys the luck. `appetite` is the perceived legal risk that the buyer will run.
    `earlier` says who won comparable contracts of this buyer, and when (uid, month), where the law
    of a way of buying asks.
    `prospect_units` are the units a month of all lots that are to be folded into one, those still
    served elsewhere among them; 0 where nothing is folded.
    `founded` is the month in which the buyer founded an enterprise for the category, which stands
    in the Market as a member; None where it has none.
    `aid` is what enterprises have been given that the law counts (uid, pence), where a way of
    buying gives more; `barred` are those of them who may have no more than is small (uid).
    `nation` is that whose law binds, `buyer_kind` what sort of buyer it is, as in the scenario.
    """

    tender: int
    buyer: int
    buyer_index: int
    category: int
    category_id: str
    threshold_class: str
    area: int
    units_month: float
    months: int
    value_pence: int
    month: int
    year: int
    month_of_year: int
    objectives: tuple[str, ...] = ()
    objective_weights: tuple[float, ...] = ()
    labour_share: float = 0.6
    usual_wage_ratio: float = 1.0
    payment_days: float = 30.0
    monitoring: float = 0.2
    engagement: float = 0.1
    expected_bids: float = 4.0
    above_threshold: bool = True
    appetite: float = 1.0
    counterfactual: bool = False
    objective_ways: tuple[tuple[str, ...], ...] = ()
    earlier: tuple[tuple[int, int], ...] = ()
    prospect_units: float = 0.0
    founded: int | None = None
    aid: tuple[tuple[int, int], ...] = ()
    objective_criteria: tuple[str, ...] = ()
    nation: str = HOME
    buyer_kind: str = ""
    barred: tuple[int, ...] = ()


class Terms(NamedTuple):
    """What the parties sign.

    `monitoring` is the share of promises that is checked; `relationship` how far the observed
    record decides future work (0 not at all); `remedy_rate` the part of a found gap that is
    claimed back; `price_review` the part of an unforeseen rise in cost that the buyer bears;
    `entrusted` that a service of public economic interest is, for which more may be given.
    """

    months: int
    payment_days: float
    monitoring: float
    relationship: float
    remedy_rate: float
    price_review: float
    open_book: bool = False
    margin: float = 0.0
    call_off: CallOff = CallOff.DIRECT_AWARD
    volume_guaranteed: bool = True
    reopening_months: int = 0
    discretion: float = 0.0
    dialogue: float = 0.0
    entrusted: bool = False


class Instruction(NamedTuple):
    """One payment that the model carries out; `payee` OWN_STAFF buys staff time or advice."""

    payer: int
    payee: int
    pence: int
    kind: Kind
    reason: str


class Thread(NamedTuple):
    """From mission to decision: why, by what power, judged how, with what result."""

    objective: str
    power: str
    criterion: str
    result: str


class Arrangement(NamedTuple):
    """A need answered: who serves it, on what terms, by what thread of reasons.

    `work` is the service that a unit of need takes, 1 the usual: a need is counted in what is
    achieved for people, and where it takes less, price and cost per unit are those of less.
    """

    form: Form
    need: Need
    regime: str
    suppliers: Int32
    uid: Int64
    shares: Float64
    unit_prices: Float64
    costs: Float64
    qualities: Float64
    claims_month: Float64
    deliverable_month: Float64
    padding: Float64
    terms: Terms
    thread: Thread
    start: int
    end: int
    state: Any = None
    work: float = 1.0


@dataclass(frozen=True, slots=True)
class Volume:
    """What a regime sees when it gives out a month's work: the places of one arrangement."""

    month: int
    units: float
    share: Float64
    unit_price: Float64
    cost: Float64
    capacity: Float64
    quality: Float64
    record: Float64
    uid: Int64


@dataclass(frozen=True, slots=True)
class Settlement:
    """What a regime answers at a month's close.

    `instructions` are payments; `unit_prices` and `stays` (None: unchanged) are for the next
    month; `found` marks suppliers caught out, whose reputation suffers; `ends` dissolves the
    arrangement, for `reason`, and `again` says that its term is over and nothing failed, so that
    its lots are bought the same way; `reopen` calls for new applicants; `state` replaces the
    arrangement's (None: unchanged). `unit_costs` and `work` (None: unchanged) are next month's.
    """

    instructions: tuple[Instruction, ...] = ()
    unit_prices: Float64 | None = None
    stays: Bool | None = None
    ends: bool = False
    reason: str = ""
    found: Bool | None = None
    reopen: bool = False
    state: Any = None
    again: bool = False
    unit_costs: Float64 | None = None
    work: float | None = None


@dataclass(frozen=True, slots=True)
class Live:
    """What `settle` sees: the month's delivery by place of the arrangement, or of a whole roll.

    `club` is the party row of the arrangement's club (-1 where it has none); `chance` is each
    supplier's believed chance of success with this buyer, `record` its reputation there; `cash`
    is what it holds [pence], where the model says.
    """

    month: int
    units: Float64
    paid_pence: Int64
    unit_price: Float64
    cost: Float64
    utilisation: Float64
    capacity: Float64
    uid: Int64
    supplier: Int32
    honesty: Float64
    padding: Float64
    share: Float64
    chance: Float64
    record: Float64
    club: int = -1
    cash: Int64 | None = None

    def part(self, at: slice, uid: Int64, club: int) -> "Live":
        """Return the month of the arrangement at some rows, its suppliers' identities `uid`."""
        return Live(
            self.month, self.units[at], self.paid_pence[at], self.unit_price[at], self.cost[at],
            self.utilisation[at], self.capacity[at], uid, self.supplier[at], self.honesty[at],
            self.padding[at], self.share[at], self.chance[at], self.record[at], club,
            None if self.cash is None else self.cash[at],
        )  # fmt: skip
