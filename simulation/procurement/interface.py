"""What a way of buying sees and what it answers: a Need comes in, an Arrangement goes out.

A regime reads frozen columns and returns instructions; it never sees the economy and moves no
money itself. Sources for the cycle: Competition and Markets Authority and National Audit Office
guidance on the stages of commissioning.
"""

from abc import ABC, abstractmethod
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, ClassVar, Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from scenarios.assumptions import Assumptions, Entry
from scenarios.errors import Problem
from scenarios.vocabulary import OwnerKind
from simulation.procurement.arrangements import (
    BUILDER,
    LENDER,
    OWN_STAFF,
    Arrangement,
    Bool,
    CallOff,
    Float64,
    Form,
    Instruction,
    Int8,
    Int32,
    Int64,
    Live,
    Need,
    Settlement,
    Terms,
    Thread,
    Volume,
)
from simulation.procurement.docket import Docket, Screen
from simulation.procurement.errors import UnknownParameterError
from simulation.procurement.founding import Charter
from simulation.procurement.markets import Draws, Luck, Market, OwnLuck, RollLuck
from simulation.procurement.rolls import Answers, Roll, Volumes, divide_each, settle_each
from simulation.procurement.routes import Intent, Route, above_every_threshold

__all__ = [
    "BUILDER",
    "LENDER",
    "NOBODY",
    "NO_BIDS",
    "OWN_STAFF",
    "Answers",
    "Arrangement",
    "Award",
    "Bids",
    "Bool",
    "CallOff",
    "Docket",
    "Draws",
    "Float64",
    "Form",
    "Instruction",
    "Int8",
    "Int32",
    "Int64",
    "Intent",
    "Live",
    "Luck",
    "Market",
    "Need",
    "Outcome",
    "OwnLuck",
    "Paperwork",
    "Regime",
    "Roll",
    "RollLuck",
    "Route",
    "Settlement",
    "Terms",
    "Thread",
    "Volume",
    "Volumes",
]


class Bids(NamedTuple):
    """One row a bid. `position` points into the Market; prices and costs are per unit.

    `cost` is the true expected cost of serving this need and `estimate` what the firm believed;
    `claim_month` is the social value promised and `deliverable_month` what it will do [pence].
    """

    position: Int64
    supplier: Int32
    uid: Int64
    price: Float64
    cost: Float64
    estimate: Float64
    quality: Float64
    claim_month: Float64
    deliverable_month: Float64
    cost_of_bidding: Int64
    score: Float64
    won: Bool

    @property
    def size(self) -> int:
        """Number of bids."""
        return int(self.supplier.size)

    def take(self, index: NDArray[Any] | slice) -> "Bids":
        """Return the bids at `index` (positions, a mask or a run), in that order."""
        columns: list[Any] = [column[index] for column in self]
        return Bids._make(columns)


NOBODY: Final = np.zeros(0, dtype=np.int64)
"""No positions."""

NO_BIDS: Final = Bids(
    position=NOBODY,
    supplier=np.zeros(0, dtype=np.int32),
    uid=NOBODY,
    price=np.zeros(0),
    cost=np.zeros(0),
    estimate=np.zeros(0),
    quality=np.zeros(0),
    claim_month=np.zeros(0),
    deliverable_month=np.zeros(0),
    cost_of_bidding=NOBODY,
    score=np.zeros(0),
    won=np.zeros(0, dtype=np.bool_),
)
"""No bids."""


class Award(NamedTuple):
    """Who won and why. `positions` point into the Market, `rows` into the Bids.

    `shares` are opening shares of the volume (sum 1); `margin` and `padding` matter only where
    books are open. An award without suppliers says in `reason` why the tender failed, unless the
    buyer's `own_staff` take the work. `opened` marks a reserved competition in which all could bid
    in the end.
    """

    positions: Int64
    rows: Int64
    shares: Float64
    unit_prices: Float64
    criterion: str
    reason: str
    margin: float = 0.0
    padding: Float64 = np.zeros(0)
    opened: bool = False
    own_staff: bool = False

    @property
    def made(self) -> bool:
        """Whether anybody was given the work."""
        return bool(self.positions.size) or self.own_staff


class Outcome(NamedTuple):
    """What a procedure led to, with its costs on both sides [pence].

    `lowest` is the lowest price bid and `cheapest_cost` the true cost of the cheapest capable
    firm, bidder or not (both per unit; nan where there is none). Who bid stands at the rows `at`
    of `market`.
    """

    bids: Bids
    market: Market
    at: slice
    award: Award
    eligible: int
    lowest: float
    cheapest_cost: float
    buyer_cost_pence: int
    bidder_cost_pence: int
    challenged: bool
    delay_months: int
    instructions: tuple[Instruction, ...]
    state: Any = None

    @property
    def seen(self) -> Market:
        """The Market's columns of those who bid, in the order of the bids."""
        return self.market.part(self.at)


class Paperwork(NamedTuple):
    """What a procedure asks of each side: days for a bidder, hours for the buyer."""

    bidder_days: float
    buyer_hours: float
    buyer_hours_per_bid: float


class Regime(ABC):
    """A way of buying. Subclass it in one file, name its parameters, override its hooks.

    `by_area` says whether needs are let area by area or for the whole category at once;
    `competes` whether suppliers bid against each other; `divides` and `settles` whether the
    hooks of those names have work to do each month; `opened_routes` by what power it buys where
    it lets in those for whom it was not meant; `folds` whether the procedure is held for all of
    the buyer's lots of a category at once, which join as what serves them runs out; `founds` says
    who owns the enterprise that it founds for a buyer and category, None where it founds none;
    `option` which of `OPTIONS` it is.

    Parameters
    ----------
    parameters : mapping
        Values chosen by the policy, by short name (`weight`, not `social_value.weight`).
    assumptions : Assumptions, optional
        Register values; they stand where the policy is silent, the entry's value elsewhere.

    Raises
    ------
    UnknownParameterError
        For a name that the regime does not declare.
    """

    name: ClassVar[str] = ""
    title: ClassVar[str] = ""
    summary: ClassVar[str] = ""
    family: ClassVar[str] = ""
    form: ClassVar[Form] = Form.CONTRACT
    lawful: ClassVar[tuple[Route, ...]] = ()
    categories: ClassVar[tuple[str, ...]] = ()
    parameters: ClassVar[tuple[Entry, ...]] = ()
    by_area: ClassVar[bool] = True
    competes: ClassVar[bool] = True
    divides: ClassVar[bool] = False
    settles: ClassVar[bool] = False
    opened_routes: ClassVar[tuple[Route, ...]] = ()
    folds: ClassVar[bool] = False
    founds: ClassVar[OwnerKind | None] = None
    option: ClassVar[str] = "buy"

    def __init__(
        self,
        parameters: Mapping[str, float] | None = None,
        assumptions: Assumptions | None = None,
    ) -> None:
        prefix = len(self.name) + 1
        chosen = dict(parameters or {})
        values: dict[str, float] = {}
        for entry in self.parameters:
            short = entry.name[prefix:]
            known = assumptions is not None and entry.name in assumptions
            default = assumptions[entry.name] if known and assumptions is not None else entry.value
            values[short] = float(chosen.pop(short, default))
        if chosen:
            raise UnknownParameterError(self.name, min(chosen), values)
        self._values = values

    def __getitem__(self, short: str) -> float:
        return self._values[short]

    def get(self, short: str, otherwise: float = 0.0) -> float:
        """Read a parameter that this regime may not have."""
        return self._values.get(short, otherwise)

    @property
    def places(self) -> int:
        """Most suppliers that one procedure admits; several make success likelier."""
        return 1

    def places_for(self, need: Need) -> int:
        """Return how many suppliers this need has room for."""
        return self.places

    def suits(self, need: Need) -> bool:
        """Say whether this way suits the need; where not, the baseline's is chosen."""
        return True

    @property
    def routes(self) -> tuple[Route, ...]:
        """Its routes in law under the parameters in force."""
        return self.lawful

    @property
    def waiting_months(self) -> int:
        """Months that must pass before the winner of a comparable contract may win again."""
        return 0

    @classmethod
    def eligible(cls, parameters: Mapping[str, float]) -> tuple[str, ...]:
        """Return the categories that it may buy under some parameters (empty: all)."""
        return cls.categories

    @classmethod
    def problems(cls, intent: Intent) -> Iterator[Problem]:
        """Find what a policy or rule asks of it that the law never allows.

        Paths are those within the policy or rule, as ("parameters", "weight").
        """
        return above_every_threshold(cls.lawful, intent)

    @property
    def values(self) -> dict[str, float]:
        """The parameters in force, by short name."""
        return dict(self._values)

    def charter(self, need: Need, a: Assumptions) -> Charter | None:
        """Say on what terms an enterprise is founded, where this way of buying founds one."""
        return None

    def form_of(self, outcome: Outcome) -> Form:
        """Return the legal shape of what an outcome leads to."""
        return self.form

    @abstractmethod
    def paperwork(self, above_threshold: bool, a: Assumptions) -> Paperwork:
        """Say what the procedure asks of each side, above the legal threshold and below."""

    def screen(self, docket: Docket, a: Assumptions) -> Screen | None:
        """Say who could serve, where those who have not heard need only be counted.

        None, as here: the procedure looks at all candidates itself.
        """
        return None

    @abstractmethod
    def procure(self, need: Need, market: Market, a: Assumptions, luck: Luck) -> Outcome:
        """Run the whole procedure and say who serves the need."""

    def procure_all(self, docket: Docket, a: Assumptions) -> list[Outcome]:
        """Run the procedure for every need of a docket; override it where they are many.

        What a firm has won by then of the docket is room that it no longer has.
        """
        outcomes = []
        for index, need in enumerate(docket.needs):
            market = docket.part(index)
            market = market._replace(capacity=docket.room(market))
            outcome = self.procure(need, market, a, docket.lucks[index])
            award = outcome.award
            won = outcome.bids.supplier[award.rows].tolist()
            for one, share in zip(won, award.shares.tolist(), strict=True):
                docket.note(one, share * need.units_month)
            outcomes.append(outcome)
        return outcomes

    @abstractmethod
    def terms(self, need: Need, award: Award, a: Assumptions) -> Terms:
        """Say what is signed."""

    def divide_volume(self, volume: Volume, terms: Terms, a: Assumptions, luck: Luck) -> Float64:
        """Give out the month's work: shares of the need, at most 1 in sum."""
        return volume.share

    def settle(
        self, arrangement: Arrangement, live: Live, a: Assumptions, luck: Luck
    ) -> Settlement:
        """Close the month: audits, fees, patronage, who stays."""
        return Settlement()

    def divide_all(self, roll: Roll, volumes: Volumes, a: Assumptions, luck: RollLuck) -> Float64:
        """Give out the month's work of all arrangements; override it where they are many."""
        return divide_each(self, roll, volumes, a, luck)

    def settle_all(self, roll: Roll, live: Live, a: Assumptions, luck: RollLuck) -> Answers:
        """Close the month of all arrangements; override it where they are many."""
        return settle_each(self, roll, live, a, luck)

    def admit(
        self, standing: Arrangement, need: Need, market: Market, a: Assumptions, luck: Luck
    ) -> Outcome:
        """Let newcomers apply to a standing arrangement; the market holds only outsiders."""
        return self.procure(need, market, a, luck)

    def admit_all(
        self, standing: Sequence[Arrangement], docket: Docket, a: Assumptions
    ) -> list[Outcome]:
        """Let newcomers apply to many standing arrangements at once."""
        return [
            self.admit(one, need, docket.part(index), a, docket.lucks[index])
            for index, (one, need) in enumerate(zip(standing, docket.needs, strict=True))
        ]

    def after_failure(self, left: Arrangement, lost: float) -> Arrangement:
        """Answer the failure of suppliers that served the share `lost`; they are out of `left`."""
        return left

    def keep(self, state: Any, kept: Bool) -> Any:
        """Take suppliers that left out of the arrangement's state."""
        return state

    def join(self, state: Any, joining: Any) -> Any:
        """Add newly admitted suppliers to the arrangement's state."""
        return state

    def scale(self, state: Any, factor: float) -> Any:
        """Fit the arrangement's state to a need that grew or shrank by a factor."""
        return state
