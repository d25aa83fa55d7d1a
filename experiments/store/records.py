"""What is kept of one replicate: a row for each outcome, and a record for each run.

A replicate is one future in which every policy is lived once. A *future* draws the uncertain
assumptions, a *luck* replicate holds them at their central values; the two are never mixed.
"""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from enum import StrEnum
from typing import Any


class Part(StrEnum):
    """Which kind of uncertainty a replicate is there to show."""

    FUTURE = "future"
    LUCK = "luck"


class Status(StrEnum):
    """How a run ended."""

    DONE = "done"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class Accounts:
    """What the accountant found: every payment counted, both residuals (zero when books balance).

    `residual_pence` and `dye_residual` are sums of absolute monthly residuals.
    """

    payments: int
    pence_moved: int
    residual_pence: int
    dye_residual: int

    @property
    def balanced(self) -> bool:
        """Whether not one penny and not one unit of dye is missing."""
        return self.residual_pence == 0 and self.dye_residual == 0


@dataclass(frozen=True, slots=True)
class OutcomeRow:
    """One measured number of one run: null with a reason where it is undefined."""

    regime: str
    month: int
    measure: str
    tier: str
    value: float | None
    unit: str
    why: str | None


@dataclass(frozen=True, slots=True)
class BudgetRow:
    """What one buyer spent on one category in one financial year of one run.

    `need` and `delivered` are units (pounds' worth at the built state's price), the rest pounds:
    `outlay` to suppliers, `own_payroll` of staff who deliver the service, `process` of buying it.
    Loans to enterprises that the buyer founded and shares in them are no cost but cash at risk;
    those to firms that staff bought stand under the category `plural_ownership`:
    `capital_out` was paid, `capital_back` repaid, `capital_lost` written off in the year, and
    `capital_held` is outstanding at its end.
    """

    regime: str
    buyer: str
    year: int
    category: str
    need: float
    delivered: float
    outlay: float
    own_payroll: float
    process: float
    capital_out: float = 0.0
    capital_back: float = 0.0
    capital_lost: float = 0.0
    capital_held: float = 0.0

    @property
    def total(self) -> float:
        """All cost to the budget: what is bought, own staff, and the process; no capital."""
        return self.outlay + self.own_payroll + self.process


@dataclass(frozen=True, slots=True)
class ReachRow:
    """A part of the treated spending of one run: why it was bought as it was, awards, pounds."""

    reason: str
    awards: int
    pounds: float


@dataclass(frozen=True, slots=True)
class FactRow:
    """One number that a run's books tell beside the measures.

    `what` it is, `key` of whom or of what (an area, a size, a category; empty for the whole), and
    the `year` of the story that it belongs to, from 1; 0 stands for the measured window.
    """

    what: str
    key: str
    year: int
    value: float


@dataclass(frozen=True, slots=True)
class RunRecord:
    """How one run went: its seed, its digest, its accounts, or why it failed."""

    run: str
    regime: str
    replicate: int
    seed: int
    status: Status
    digest: str | None = None
    accounts: Accounts | None = None
    treated_pence: int | None = None
    error: str | None = None
    reach: tuple[ReachRow, ...] = ()
    facts: tuple[FactRow, ...] = ()

    def as_dict(self) -> dict[str, Any]:
        """The record as plain values, for a JSON file."""
        return asdict(self)

    @classmethod
    def from_dict(cls, plain: Mapping[str, Any]) -> "RunRecord":
        """The record that `as_dict` wrote."""
        accounts = plain["accounts"]
        return cls(
            **{
                **plain,
                "status": Status(plain["status"]),
                "accounts": None if accounts is None else Accounts(**accounts),
                "reach": tuple(ReachRow(**row) for row in plain.get("reach", ())),
                "facts": tuple(FactRow(**row) for row in plain.get("facts", ())),
            }
        )


@dataclass(frozen=True, slots=True)
class ReplicateResult:
    """Everything that is kept of one replicate."""

    part: Part
    replicate: int
    seed: int
    runs: tuple[RunRecord, ...]
    rows: tuple[OutcomeRow, ...] = ()
    draws: Mapping[str, float] = field(default_factory=dict)
    budget: tuple[BudgetRow, ...] = ()

    @property
    def failed(self) -> bool:
        """Whether any run of the replicate failed, so that it is due again on resume."""
        return any(run.status is Status.FAILED for run in self.runs)


@dataclass(frozen=True, slots=True)
class RunResult:
    """What one finished run of a sweep leaves.

    Attributes
    ----------
    index : int
        Its place in the order of the plan.
    run : str
        Its identity, 16 hexadecimal digits.
    place, policy : str
        Names.
    point, replicate : int
        Which assumptions and which luck, counted from 0.
    seed : int
        Root of its luck.
    digest : str
        Of its books.
    accounts : Accounts
    treated_pence : int or None
        Treated spending that was let anew.
    rows : sequence of OutcomeRow
    """

    index: int
    run: str
    place: str
    point: int
    replicate: int
    policy: str
    seed: int
    digest: str
    accounts: Accounts
    treated_pence: int | None
    rows: Sequence[OutcomeRow]


def run_name(part: Part, regime: str, replicate: int) -> str:
    """The name of a run in every table, such as `social_value-0003` or `luck-social_value-0003`."""
    name = f"{regime}-{replicate:04d}"
    return name if part is Part.FUTURE else f"{part}-{name}"
