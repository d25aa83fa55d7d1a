"""What one month of Preston costs, phase by phase: `python -m tests.benchmarks.month`.

Processor time of one core, the median over months; with nothing else running it is wall time.
"""

import sys
import time
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from experiments.runner.memory import give_over_to_runs
from scenarios.assumptions import Assumptions, register
from scenarios.read import read_scenario
from simulation.model import month, run
from simulation.model.economy_model import EconomyModel
from simulation.procurement import registry

SCENARIO, POLICY, SEED = "preston-2012", "ethical_framework", 1
BAR_MS = 30.0
WARM_UP, FOLLOWED = 2, 6
"""Months left out after the start and after the first dye, before times are steady."""
MONTHS = 30


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
        lines.append(f"{'month':<18}{plain:>8.2f}ms{'':>8}{dyed:>8.2f}ms   bar {BAR_MS:.0f} ms")
        return "\n".join(lines)


def timed(act: Callable[[EconomyModel], None], spent: list[float]) -> Callable[..., None]:
    """Wrap a phase so that its processor time is noted [ms]."""

    def live(model: EconomyModel) -> None:
        begun = time.process_time()
        act(model)
        spent.append((time.process_time() - begun) * 1000.0)

    return live


def measure(scenario_name: str = SCENARIO, policy: str = POLICY, months: int = MONTHS) -> Cost:
    """Build the economy, let it live, and return what its months cost after warm-up."""
    give_over_to_runs()
    scenario = read_scenario(scenario_name)
    entries = {entry.name: entry for entry in register().values()}
    for name in registry.names():
        entries |= {entry.name: entry for entry in registry.get(name).parameters}
    assumptions = Assumptions.of(entries.values()).with_values(scenario.assumptions)
    prepared = run.prepare(scenario, assumptions, SEED)
    first = min(scenario.dye_months(months), default=months + 1)
    spent: dict[str, list[float]] = {name: [] for name in month.ACTS}
    acts = dict(month.ACTS)
    month.ACTS.update({name: timed(act, spent[name]) for name, act in acts.items()})
    try:
        run.live(prepared, policy, months)
    finally:
        month.ACTS.update(acts)
    plain = {name: float(np.median(ms[WARM_UP : first - 1])) for name, ms in spent.items()}
    dyed = {name: float(np.median(ms[first + FOLLOWED :])) for name, ms in spent.items()}
    return Cost(plain, dyed)


if __name__ == "__main__":
    sys.stdout.write(measure().table() + "\n")
