"""The plan of a sweep, checked, with what it comes to: runs, points, and the cost to expect."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import tomlkit
from tomlkit.exceptions import TOMLKitError

from experiments.design.sweep import SweepPlanError, sweep_from_text
from experiments.runner.expected import Cost, cost_of
from experiments.runner.replicate import all_entries
from experiments.runner.room import side_by_side
from experiments.runner.sweep_plan import Place, Sweep, plan_sweep, sweep_of

if TYPE_CHECKING:
    import pandas as pd

GIVEN = "the plan given"
"""What stands for the file where a plan is given as a dict."""


@dataclass(frozen=True, slots=True)
class Planned:
    """A plan that can be lived.

    Attributes
    ----------
    sweep : Sweep
        With all that the plan names read.
    """

    sweep: Sweep

    @property
    def name(self) -> str:
        """Of the sweep."""
        return self.sweep.plan.name

    @property
    def runs(self) -> int:
        """Places x points x replicates x policies."""
        return self.sweep.blocks.n_runs

    @property
    def points(self) -> "pd.DataFrame":
        """Values of the assumptions that vary: a row a point, a column an assumption.

        Returns
        -------
        DataFrame
            float64[n_points, n_factors], its index `point` counted from 0, each column in the unit
            of the register.
        """
        import pandas as pd

        points = self.sweep.points
        index = pd.RangeIndex(len(points), name="point")
        return pd.DataFrame(points.values, index=index, columns=list(points.names))

    def expected(self, say: Callable[[str], object] | None = None) -> dict[str, Any]:
        """Live one block of each place, and tell the cost of the whole.

        Parameters
        ----------
        say : callable, optional
            Is told which place is lived.

        Returns
        -------
        dict
            `seconds_a_block` [s] of each place, `seconds_one_core`, `seconds_all_cores` [s],
            `cores`, `rows`, `bytes`, and `failures` of the blocks that were lived.
        """
        costs = []
        for place in self.sweep.places:
            if say:
                say(f"{place.name}: one block is lived and timed ...")
            costs.append(cost_of(self.sweep, place))
        return _expected(self.sweep, costs)

    def document(self, expected: Mapping[str, Any] | None = None) -> dict[str, Any]:
        """Everything that `poundflow plan --json` prints, as plain data.

        Parameters
        ----------
        expected : dict, optional
            What `expected` told; None leaves time and disk out.
        """
        plan, blocks = self.sweep.plan, self.sweep.blocks
        design = plan.design.model_dump(mode="json", include={"kind", "others"})
        group = self.sweep.points.group
        return {
            "name": plan.name,
            "file": plan.origin.file,
            "sha256": plan.digest,
            "seed": plan.seed,
            "paired": plan.paired,
            "replicates": plan.replicates,
            "points": len(self.sweep.points),
            "blocks": len(blocks),
            "runs": blocks.n_runs,
            "design": {**design, "group": group, "factors": _factors(self.sweep)},
            "places": [_place(self.sweep, place) for place in self.sweep.places],
            "keep": plan.keep.model_dump(mode="json", exclude={"tiers"}),
            "limits": plan.limits.model_dump(mode="json"),
            "expected": expected,
        }


def plan(source: str | Path | Mapping[str, Any]) -> Planned:
    """Read the plan of a sweep, and everything that it names.

    Parameters
    ----------
    source : str, Path or mapping
        The path of a plan in TOML, or its content as a dict; paths in a dict are relative to the
        folder in which Python was started.

    Returns
    -------
    Planned

    Raises
    ------
    SweepPlanError
        With every fault of the plan, its places and its design; nothing is lived.
    """
    if not isinstance(source, Mapping):
        return Planned(plan_sweep(source))
    try:
        text = tomlkit.dumps(source)
    except (TypeError, ValueError, TOMLKitError) as fault:
        from scenarios.errors import Fault

        raise SweepPlanError(
            [Fault(GIVEN, None, None, "", f"{fault}", "what TOML can hold: no None, for one")]
        ) from fault
    try:
        return Planned(sweep_of(sweep_from_text(text, GIVEN)))
    except SweepPlanError as refusal:  # a dict has no lines
        raise SweepPlanError(
            replace(one, line=None, column=None) if one.file == GIVEN else one
            for one in refusal.faults
        ) from None


def _factors(sweep: Sweep) -> list[dict[str, Any]]:
    """Each assumption that varies, its range, and how many values of it are tried."""
    points, entries = sweep.points, all_entries()
    bounds = points.problem.get("bounds", ())
    return [
        {
            "name": name,
            "low": low,
            "high": high,
            "unit": entries[name].unit if name in entries else "",
            "values": len(set(points.values[:, column].tolist())),
        }
        for column, (name, (low, high)) in enumerate(zip(points.names, bounds, strict=True))
    ]


def _place(sweep: Sweep, place: Place) -> dict[str, Any]:
    lived, cells = place.plan, len(sweep.points) * sweep.plan.replicates
    return {
        "name": place.name,
        "scenario_sha256": place.scenario.digest,
        "sets": list(place.scenario.sets),
        "policies": list(lived.regimes),
        "baseline": lived.baseline,
        "months": lived.months,
        "window": list(lived.window),
        "tiers": list(lived.tiers),
        "runs": cells * len(lived.regimes),
    }


def _expected(sweep: Sweep, costs: Sequence[Cost]) -> dict[str, Any]:
    """Time and disk of a whole sweep, from one block of each place.

    The time is that of paired blocks: others build their place anew for every policy.
    """
    cells = len(sweep.points) * sweep.plan.replicates
    seconds = cells * sum(cost.seconds for cost in costs)
    cores = side_by_side("--workers", None)
    rows = cells * sum(cost.rows for cost in costs)
    disk = cells * sum(cost.rows * cost.bytes_a_row for cost in costs)
    return {
        "seconds_a_block": [round(cost.seconds, 3) for cost in costs],
        "seconds_one_core": round(seconds, 1),
        "cores": cores,
        "seconds_all_cores": round(seconds / min(cores, len(sweep.blocks)), 1),
        "rows": rows,
        "bytes": round(disk),
        "failures": [failure for cost in costs for failure in cost.failures],
    }
