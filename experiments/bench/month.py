"""What one month of Preston costs, phase by phase: `python -m experiments.bench.month`.

Processor time of one core, the median over months; with nothing else running it is wall time.
"""

import sys
import time
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from experiments.bench.clock import Clock
from experiments.bench.rows import at_most
from experiments.runner.memory import give_over_to_runs
from experiments.runner.replicate import assumptions_of
from scenarios.read import read_scenario
from simulation.model import month, run
from simulation.model.economy_model import EconomyModel
from simulation.model.run import Prepared

SCENARIO, POLICY, SEED = "preston-2012", "ethical_framework", 1
PRESTON_MS = at_most(10.0, "value")
WARM_UP, FOLLOWED = 2, 6
"""Months left out after the start and after the first dye, before times are steady."""
MONTHS = 30
MILLI = 1e3


@dataclass(frozen=True, slots=True)
class Cost:
    """Milliseconds of each phase of a month, without and with dye: medians over months."""

    plain: dict[str, float]
    dyed: dict[str, float]

    def table(self) -> str:
        """Write phases, their shares, and the whole month against the bar."""
        plain, dyed = sum(self.plain.values()), sum(self.dyed.values())
        lines = [f"{'phase':<18}{'dye off':>10}{'share':>8}{'dye on':>10}{'share':>8}"]
        lines += [
            f"{name:<18}{off:>8.2f}ms{off / plain:>8.1%}{self.dyed[name]:>8.2f}ms"
            f"{self.dyed[name] / dyed:>8.1%}"
            for name, off in self.plain.items()
        ]
        bar = f"bar {PRESTON_MS.limit:.0f} ms"
        lines.append(f"{'month':<18}{plain:>8.2f}ms{'':>8}{dyed:>8.2f}ms   {bar}")
        return "\n".join(lines)


def time_acts(
    prepared: Prepared, policy: str, months: int, clock: Clock = time.process_time
) -> dict[str, list[float]]:
    """Let a place live; return the time that each act takes each month [s]."""
    acts = dict(month.ACTS)
    spent: dict[str, list[float]] = {name: [] for name in acts}
    month.ACTS.update({name: _timed(act, spent[name], clock) for name, act in acts.items()})
    try:
        run.live(prepared, policy, months)
    finally:
        month.ACTS.update(acts)
    return spent


def _timed(
    act: Callable[[EconomyModel], None], spent: list[float], clock: Clock
) -> Callable[..., None]:
    """Wrap an act so that its time is noted [s]."""

    def live(model: EconomyModel) -> None:
        begun = clock()
        act(model)
        spent.append(clock() - begun)

    return live


def measure(scenario_name: str = SCENARIO, policy: str = POLICY, months: int = MONTHS) -> Cost:
    """Build the economy, let it live, and return what its months cost after warm-up."""
    scenario = read_scenario(scenario_name)
    prepared = run.prepare(scenario, assumptions_of(scenario, {}), SEED)
    first = min(scenario.dye_months(months))
    spent = time_acts(prepared, policy, months).items()
    plain = {name: float(np.median(each[WARM_UP : first - 1])) * MILLI for name, each in spent}
    dyed = {name: float(np.median(each[first + FOLLOWED :])) * MILLI for name, each in spent}
    return Cost(plain, dyed)


if __name__ == "__main__":
    give_over_to_runs()
    sys.stdout.write(measure().table() + "\n")
