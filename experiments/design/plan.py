"""The question as it is asked: which policies, against which, for how long, in how many futures."""

from collections.abc import Sequence
from dataclasses import dataclass

from scenarios.errors import InputError
from scenarios.spec import MOST_MONTHS, Scenario

DEFAULT_SEED = 1


class PlanError(InputError):
    """Raised when a comparison is asked for that cannot be made. The message ends in the remedy."""


@dataclass(frozen=True, slots=True)
class Plan:
    """A comparison, complete.

    Parameters
    ----------
    regimes : tuple of str
        Names of the policies lived, the baseline among them.
    baseline : str
        The policy that the others are measured from.
    months : int
        Length of each run [months].
    replicates, luck_replicates : int
        Futures that draw the uncertain assumptions; replicates that hold them.
    twin_replicates : int
        Futures, the first ones, in which each policy is also lived with a little more money.
    seed : int
        Root of all luck.
    fixed : bool
        Whether the futures hold the assumptions at their central values, too.
    window : tuple of int
        First and last month that flows are summed over.
    tiers : tuple of str
        Areas that count as local, each in turn.
    """

    regimes: tuple[str, ...]
    baseline: str
    months: int
    replicates: int
    luck_replicates: int
    twin_replicates: int
    seed: int
    fixed: bool
    window: tuple[int, int]
    tiers: tuple[str, ...]

    def __post_init__(self) -> None:
        """Refuse what cannot be computed, before anything is."""
        doubles = sorted({name for name in self.regimes if self.regimes.count(name) > 1})
        first, last = self.window
        faults = [
            (
                not 1 <= self.months <= MOST_MONTHS,
                f"months is {self.months}; wanted 1 to {MOST_MONTHS:,}",
            ),
            (self.replicates < 1, f"replicates is {self.replicates}; wanted 1 or more"),
            (self.luck_replicates < 0, "luck_replicates is below 0; wanted 0 or more"),
            (self.seed < 0, f"the seed is {self.seed}; wanted 0 or more"),
            (bool(doubles), f"named twice: {', '.join(doubles)}; name each policy once"),
            (not self.regimes, "no policy to compare; name at least one with --regimes"),
            (
                not 1 <= first <= last,
                f"the measured window runs from month {first} to month {last}; "
                "wanted a first month that the run reaches (see [measure] in the scenario)",
            ),
        ]
        said = [message for wrong, message in faults if wrong]
        if said:
            raise PlanError("; ".join(said) + ".")

    @property
    def luck_runs_needed(self) -> int:
        """Luck replicates to live: none when the futures themselves hold the assumptions."""
        return 0 if self.fixed else self.luck_replicates


def plan_comparison(
    scenario: Scenario,
    *,
    regimes: Sequence[str] | None = None,
    baseline: str | None = None,
    months: int | None = None,
    replicates: int | None = None,
    seed: int = DEFAULT_SEED,
    fixed: bool = False,
) -> Plan:
    """The comparison that the scenario asks for by default, with what the command line changes.

    A baseline that is not among the policies named is lived as well, first.

    Raises
    ------
    PlanError
        When it cannot be computed.
    """
    asked = scenario.compare
    chosen = tuple(asked.regimes if regimes is None else regimes)
    measured_from = asked.baseline if baseline is None else baseline
    horizon = asked.months if months is None else months
    last = scenario.measure.to_month
    return Plan(
        regimes=chosen if measured_from in chosen else (measured_from, *chosen),
        baseline=measured_from,
        months=horizon,
        replicates=asked.replicates if replicates is None else replicates,
        luck_replicates=asked.luck_replicates,
        twin_replicates=asked.twin_replicates,
        seed=seed,
        fixed=fixed,
        window=(scenario.measure.from_month, horizon if last is None else min(last, horizon)),
        tiers=tuple(scenario.measure.tiers),
    )


def as_compared(scenario: Scenario, plan: Plan) -> Scenario:
    """The scenario with the plan in place of its `[compare]` defaults.

    Which spending is treated depends on all that is compared, so the model reads it from here.
    The digest stays that of the file and its overrides.
    """
    compare = scenario.compare.model_copy(
        update={
            "regimes": plan.regimes,
            "baseline": plan.baseline,
            "months": plan.months,
            "replicates": plan.replicates,
        }
    )
    return scenario.model_copy(update={"compare": compare})
