"""What a month of the whole model costs, every mechanism on and dye followed, agent by agent.

Beside it stands `bamengine`, the fastest published Python peer, at the same head-count where it is
installed. The models differ: the peer has one market each for labour, credit and goods, floats for
money, and no areas, tenders, taxes, books or dye.
"""

import statistics
import time
from importlib.util import find_spec

from experiments.bench.clock import Clock
from experiments.bench.growth import THREADS
from experiments.bench.month import MILLI, PRESTON_MS, time_acts
from experiments.bench.processes import ChildFailedError, child
from experiments.bench.rows import Bar, Row, at_most, measured, not_measured
from experiments.runner.replicate import assumptions_of
from scenarios.read import read_scenario
from simulation.model import run

FOLLOWED = 3
"""Months after the first dye until times are steady."""
PEER = "bamengine"
PEER_SHARE = at_most(0.35)
MICRO = 1e6


def whole_rows(scenarios: tuple[str, ...], months: int) -> list[Row]:
    """Measure the whole model in some scenarios, and the peer at the same head-counts.

    Parameters
    ----------
    scenarios : tuple of str
        Names on the shelf; the last is held against the bars.
    months : int
        Length of a run.
    """
    rows = []
    for name in scenarios:
        judged = name == scenarios[-1]
        seconds, accounts = dyed_month(name, months)
        what, why = f"whole model, {name}: a month", "median of months with dye in a second run"
        rows.append(measured(what, seconds * MILLI, "ms", why=f"{why}, processor time"))
        if judged:
            both, _ = dyed_month(name, months, THREADS, time.perf_counter)
            rows.append(
                measured(
                    f"{what}, two threads",
                    both * MILLI,
                    "ms",
                    bar=PRESTON_MS,
                    why=f"{why}, time on the wall",
                )
            )
        rows.append(beside_peer(name, seconds, accounts, PEER_SHARE if judged else None))
    return rows


def dyed_month(
    name: str, months: int, threads: int = 1, clock: Clock = time.process_time
) -> tuple[float, int]:
    """Live a scenario twice; return the median time of a month with dye, and its accounts [s].

    The first run touches memory that the second finds: it does not count.

    Parameters
    ----------
    name : str
        A scenario on the shelf.
    months : int
        Length of the run, past the first dye.
    threads : int
    clock : callable
    """
    scenario = read_scenario(name)
    prepared = run.prepare(scenario, assumptions_of(scenario, {}), 1, threads=threads)
    first = min(scenario.dye_months(months))
    for _ in range(2):
        seconds = steady_months(prepared, scenario.compare.regimes[-1], months, first, clock)
    return statistics.median(seconds), prepared.town.ledger.deposits.size


def steady_months(
    prepared: run.Prepared,
    policy: str,
    months: int,
    dyed: int,
    clock: Clock = time.process_time,
) -> list[float]:
    """Live a policy; return the time of each month from when the dye is followed [s]."""
    spent = time_acts(prepared, policy, months, clock)
    return [sum(act) for act in zip(*spent.values(), strict=True)][dyed + FOLLOWED :]


def beside_peer(name: str, seconds: float, accounts: int, bar: Bar | None) -> Row:
    """Hold one agent-month against the peer's agent-period at the same head-count.

    Parameters
    ----------
    name : str
        The scenario.
    seconds : float
        A month of it [s].
    accounts : int
        Head-count: every household, firm and body has one.
    bar : Bar or None
    """
    what = f"whole model, {name}: agent-month"
    value = seconds / accounts * MICRO
    if find_spec(PEER) is None:
        why = f"{value:.3f} us here; {PEER} is not installed: pip install 'poundflow[bench]'"
        return not_measured(f"{what} beside {PEER}", "us", why, bar)
    try:
        reference = child("peer_period", str(accounts)).seconds / accounts * MICRO
    except ChildFailedError as fault:
        why = f"{value:.3f} us here; {PEER}: {fault.said}"
        return not_measured(f"{what} beside {PEER}", "us", why, bar)
    return measured(
        f"{what} beside {PEER}",
        value,
        "us",
        reference=reference,
        bar=bar,
        why=f"{accounts:,} accounts; a period of the peer with as many agents; the models differ",
    )
