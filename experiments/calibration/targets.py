"""A file of targets: what the model is to come to, what is set for it, and what may be fitted.

The three are kept apart: a target is a number that the model has to reach by itself, an input is a
number of the register that somebody has measured, and a fitted number is one that nobody has. Each
value is checked by itself here; relations and names in `checks`.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import Discriminator, Field, PrivateAttr, StrictInt, Tag

from experiments.design.plan import DEFAULT_SEED
from experiments.design.sweep import Factor
from scenarios.errors import Fault, FaultsError, in_order
from scenarios.origin import Origin
from scenarios.spec.base import MOST_MONTHS, Id, Number, Positive, Row, Text
from scenarios.spec.explain import content_problems
from scenarios.text import parse, plain_lines, read_text

When = Annotated[
    Annotated[Literal["window", "start"], Tag("name")]
    | Annotated[StrictInt, Field(ge=1, le=MOST_MONTHS), Tag("more")],
    Discriminator(lambda value: "name" if isinstance(value, str) else "more"),
]


class TargetsError(FaultsError):
    """Raised when a file of targets cannot be used."""

    remedy = "Correct them and run `poundflow calibrate` again."


class Target(Row):
    """A published number that the model has to come to."""

    measure: Text = Field(description="Name from the catalogue of measures.")
    tier: Text | None = Field(None, description="Place; may be left out where there is one alone.")
    policy: Id | None = Field(None, description="Under which policy; default the baseline.")
    when: When = Field(
        "window", description="`window`, `start` (the built state), or a month by its number."
    )
    value: Number = Field(description="What was published, in `unit`.")
    tolerance: Positive = Field(description="How far off is near enough, in `unit`.")
    unit: Text = Field(description="Unit of the measure.")
    weight: Positive = Field(1.0, description="How much what is missing counts on the way there.")
    source: Text = Field(description="Who published it, where, of which year.")


class Input(Row):
    """A number of the register that is set, because somebody has measured it."""

    name: Text = Field(description="Name in the register.")
    value: Number = Field(description="Its value, in the register's unit.")
    unit: Text | None = Field(None, description="Unit, held against the register's.")
    source: Text = Field(description="Who measured it, where, of which year.")


class Fitted(Row):
    """A number of the register that is fitted; its prior is the register's or a narrower range."""

    name: Text = Field(description="Name in the register.")
    low: Number | None = Field(None, description="Lower end of the range.")
    high: Number | None = Field(None, description="Upper end of the range.")
    distribution: Literal["uniform", "log_uniform"] = Field(
        "uniform", description="How values lie between `low` and `high`."
    )
    unit: Text | None = Field(None, description="Unit, held against the register's.")

    @property
    def factor(self) -> Factor:
        """As a design has it."""
        return Factor(name=self.name, low=self.low, high=self.high, distribution=self.distribution)


class Targets(Row):
    """A whole file of targets."""

    name: Id = Field(description="Short name of the calibration.")
    seed: Annotated[StrictInt, Field(ge=0, le=2**53)] = Field(
        DEFAULT_SEED, description="Root of all luck."
    )
    months: Annotated[StrictInt, Field(ge=1, le=MOST_MONTHS)] | None = Field(
        None, description="Length of each run [months]; default the scenario's."
    )
    replicates: Annotated[StrictInt, Field(ge=1, le=1000)] = Field(
        1, description="Lucks that each particle is lived with; it reaches their mean."
    )
    baseline: Id | None = Field(None, description="Default the scenario's.")
    population: Annotated[StrictInt, Field(ge=10, le=100_000)] = Field(
        100, description="Particles of a generation."
    )
    most_generations: Annotated[StrictInt, Field(ge=1, le=1000)] = Field(
        10, description="Generations after which the search ends."
    )
    least_accepted: Annotated[float, Field(gt=0, le=1)] = Field(
        0.05, description="Share of proposals accepted below which the search ends."
    )
    distance: Literal["largest", "sum"] = Field(
        "largest", description="How misses of several targets make one distance."
    )
    targets: tuple[Target, ...] = Field(description="What is to be reached.", min_length=1)
    inputs: tuple[Input, ...] = Field((), description="What is set.")
    fitted: tuple[Fitted, ...] = Field(description="What is fitted.", min_length=1)

    _origin: Origin = PrivateAttr(Origin("", "", {}))

    @property
    def origin(self) -> Origin:
        """File, text and plain data."""
        return self._origin


@dataclass(frozen=True, slots=True)
class TargetsDraft:
    """A file of targets as read, with the faults that its values show by themselves."""

    origin: Origin
    faults: tuple[Fault, ...]

    @property
    def data(self) -> dict[str, Any]:
        """Content as plain data; it may be faulty."""
        return self.origin.data

    def require(self, more: Iterable[Fault] = ()) -> Targets:
        """Give the targets, or refuse them with every fault.

        Raises
        ------
        TargetsError
            Where there is any fault, the caller's included.
        """
        faults = in_order(dict.fromkeys([*self.faults, *more]))
        if faults:
            raise TargetsError(faults)
        targets = Targets.model_validate(self.data)
        targets._origin = self.origin
        return targets


def read_targets(path: str | Path) -> TargetsDraft:
    """Read a file of targets and check each value by itself, without refusing it yet.

    Raises
    ------
    TargetsError
        Where the file cannot be opened or parsed.
    """
    source = plain_lines(read_text(Path(path), TargetsError))
    origin = Origin(str(path), source, parse(source, str(path), TargetsError))
    problems = dict.fromkeys(content_problems(origin.data, Targets))
    return TargetsDraft(origin, in_order(origin.fault(*one) for one in problems))
