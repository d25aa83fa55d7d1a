"""A plan of a sweep: places x policies x assumptions, as its file states them.

The file is TOML. Each value is checked by itself here; `sweep_checks` checks relations and names,
and `experiments.runner.sweep_plan` adds what only the places themselves can tell, so that a reader
sees every fault at once.
"""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import Discriminator, Field, PrivateAttr, StrictInt, Tag

from experiments.design.plan import DEFAULT_SEED
from scenarios.errors import Fault, FaultsError, in_order
from scenarios.origin import Origin
from scenarios.spec.base import (
    MOST_MONTHS,
    Amount,
    Count,
    Flag,
    Id,
    Number,
    Row,
    Text,
    name_or_more,
)
from scenarios.spec.explain import content_problems
from scenarios.text import parse, plain_lines, read_text

Kind = Literal[
    "register", "fixed", "grid", "list", "latin_hypercube", "sobol", "morris", "accepted"
]
Names = Annotated[
    Annotated[Literal["all"], Tag("name")] | Annotated[tuple[Text, ...], Tag("more")],
    Discriminator(name_or_more),
]
Months = Annotated[
    Annotated[Literal["window", "all"], Tag("name")]
    | Annotated[tuple[Annotated[StrictInt, Field(ge=1, le=MOST_MONTHS)], ...], Tag("more")],
    Discriminator(name_or_more),
]
Many = Annotated[StrictInt, Field(ge=1, le=10_000_000)]


class SweepPlanError(FaultsError):
    """Raised when the plan of a sweep cannot be used."""

    remedy = "Correct them and run `poundflow plan` again."


class PlacePlan(Row):
    """A scenario with what the plan changes in it."""

    scenario: Text = Field(description="Name on the shelf, or path beside the plan.")
    name: Id | None = Field(None, description="Name in results; default the scenario's.")
    sets: tuple[Text, ...] = Field((), alias="set", description="Overrides, as of `--set`.")


class PolicyPlan(Row):
    """What is compared with what."""

    names: tuple[Id, ...] | None = Field(
        None, description="Policies or ways of buying; default the scenario's comparison."
    )
    baseline: Id | None = Field(None, description="The one that differences are taken from.")


class Factor(Row):
    """An assumption that the design varies; without a range of its own it has the register's."""

    name: Text = Field(description="Name in the register.")
    low: Number | None = Field(None, description="Lower end of the range.")
    high: Number | None = Field(None, description="Upper end of the range.")
    distribution: Literal["uniform", "log_uniform"] = Field(
        "uniform", description="How values lie between `low` and `high`."
    )
    values: tuple[Number, ...] = Field((), description="Values of a grid.")


class DesignPlan(Row):
    """Which values of the assumptions are tried."""

    kind: Kind = Field(description="How points are laid out.")
    points: Many | None = Field(
        None, description="Points; of `sobol` the base number, of `morris` trajectories."
    )
    second_order: Flag = Field(False, description="Whether `sobol` also tells of pairs.")
    levels: Annotated[StrictInt, Field(ge=2, le=100)] = Field(
        4, description="Levels of `morris`, an even number."
    )
    others: Literal["central", "drawn"] = Field(
        "central", description="Assumptions that the design does not name: held, or drawn by luck."
    )
    names: Names | None = Field(
        None, description="Assumptions varied over the register's ranges; default `all`, or none "
        "beside `factors`.",
    )  # fmt: skip
    factors: tuple[Factor, ...] = Field((), description="Assumptions with ranges of one's own.")
    points_list: tuple[dict[Text, Number], ...] = Field((), description="Points of a `list`.")
    file: Text | None = Field(None, description="Table of `accepted` points, beside the plan.")


class Keep(Row):
    """What is kept of each run."""

    measures: Names = Field("all", description="Names from the catalogue of measures, or `all`.")
    months: Months = Field(
        "window", description="`window` (sums over it), `all` (by month too), or a list of months."
    )
    tiers: tuple[Text, ...] | None = Field(
        None, description="Areas that count as local; default the scenario's."
    )

    def holds(self, measure: str, month: int) -> bool:
        """Whether a number is kept; month 0 is the whole window, and is always kept."""
        if self.measures != "all" and measure not in self.measures:
            return False
        if month == 0 or self.months == "all":
            return True
        return self.months != "window" and month in self.months


class Limits(Row):
    """What a run may cost before it is ended."""

    run_seconds: Amount = Field(600.0, description="Longest life of a run [s]; 0: no limit.")
    run_memory_mb: Count = Field(4096, description="Most memory of its process [MB]; 0: no limit.")
    tries: Annotated[StrictInt, Field(ge=1, le=100)] = Field(
        2, description="Tries of a run whose process died, hung or ran out of memory."
    )


class SweepPlan(Row):
    """A whole plan file."""

    name: Id = Field(description="Short name of the sweep.")
    seed: Annotated[StrictInt, Field(ge=0, le=2**53)] = Field(
        DEFAULT_SEED, description="Root of all luck."
    )
    months: Annotated[StrictInt, Field(ge=1, le=MOST_MONTHS)] | None = Field(
        None, description="Length of each run [months]; default the scenario's."
    )
    replicates: Many = Field(1, description="Replicates at every point.")
    paired: Flag = Field(True, description="Whether policies and points meet the same luck.")
    counterfactual: Flag | None = Field(
        None, description="As in a scenario; default each scenario's own."
    )
    places: tuple[PlacePlan, ...] = Field(description="Where.", min_length=1)
    policies: PolicyPlan = Field(PolicyPlan(), description="What is compared.")
    design: DesignPlan = Field(description="Which assumptions.")
    keep: Keep = Field(Keep(), description="What is kept.")
    limits: Limits = Field(Limits(), description="When a run is ended.")

    _origin: Origin = PrivateAttr(Origin("", "", {}))

    @property
    def origin(self) -> Origin:
        """File, text and plain data."""
        return self._origin

    @property
    def text(self) -> str:
        """The file as read, line ends as newlines."""
        return self._origin.source

    @property
    def digest(self) -> str:
        """SHA-256 of the text, in hexadecimal."""
        return hashlib.sha256(self.text.encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class SweepDraft:
    """A plan as read, with the faults that its values show by themselves."""

    origin: Origin
    faults: tuple[Fault, ...]

    @property
    def data(self) -> dict[str, Any]:
        """Content as plain data; it may be faulty."""
        return self.origin.data

    @property
    def folder(self) -> Path:
        """What the paths of the plan are relative to."""
        return Path(self.origin.file).parent

    def require(self, more: Iterable[Fault] = ()) -> SweepPlan:
        """Give the plan, or refuse it with every fault.

        Raises
        ------
        SweepPlanError
            Where there is any fault, the caller's included.
        """
        faults = in_order([*self.faults, *more])
        if faults:
            raise SweepPlanError(faults)
        plan = SweepPlan.model_validate(self.data)
        plan._origin = self.origin
        return plan


def read_sweep_draft(path: str | Path) -> SweepDraft:
    """Read a plan and check each value by itself, without refusing it yet.

    Names and places are checked by the runner.

    Raises
    ------
    SweepPlanError
        Where the file cannot be opened or parsed.
    """
    return sweep_from_text(read_text(Path(path), SweepPlanError), str(path))


def sweep_from_text(text: str, file: str = "<text>") -> SweepDraft:
    """Do what `read_sweep_draft` does with a text at hand (a store keeps one)."""
    source = plain_lines(text)
    origin = Origin(file, source, parse(source, file, SweepPlanError))
    problems = dict.fromkeys(content_problems(origin.data, SweepPlan))
    return SweepDraft(origin, in_order(origin.fault(*one) for one in problems))
