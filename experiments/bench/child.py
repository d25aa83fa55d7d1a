"""What a new process does for the bench: `python -m experiments.bench.child TASK [N]`.

Each task ends in one line of JSON: seconds of its work, on the wall where it does not say
otherwise, and peak memory.
"""

import json
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any


def first_month() -> float:
    """Build the village and live its first month; the imports are part of it [s]."""
    begun = time.perf_counter()
    from experiments.runner.memory import claim_process, import_model

    claim_process()
    import_model()
    from experiments.runner.replicate import assumptions_of
    from scenarios.read import read_scenario
    from simulation.economy.build import build_economy
    from simulation.economy.tax_law import tax_year_of
    from simulation.economy.town import open_town
    from simulation.model.economy_model import EconomyModel
    from simulation.model.policies import resolve
    from simulation.model.recorder import Recorder
    from simulation.model.run import open_office

    scenario = read_scenario("village")
    a, start = assumptions_of(scenario, {}), scenario.start.serial
    town = open_town(build_economy(scenario, a, 1), a, 1, tax_year_of(start), 0, start - 1)
    compare = scenario.compare
    policies = resolve(scenario, compare.regimes, compare.baseline, a)
    office = open_office(scenario, town, policies[compare.baseline])
    EconomyModel(town, office, Recorder()).step()
    return time.perf_counter() - begun


def compiled() -> float:
    """Live two months of a small reference world with dye: all of the core is compiled [s]."""
    begun = time.perf_counter()
    from experiments.bench.core import CoreMonths
    from experiments.bench.world import build_world

    core = CoreMonths(build_world(100), 4)
    for _ in range(2):
        core.live()
    return time.perf_counter() - begun


def months(firms: int) -> tuple[float, float]:
    """Live months of a reference world once told to on stdin [s, and s of processor time]."""
    from experiments.bench.core import CoreMonths
    from experiments.bench.world import build_world
    from experiments.runner.memory import keep_freed_memory

    keep_freed_memory()
    core = CoreMonths(build_world(firms))
    for _ in range(3):
        core.live()
    sys.stdout.write("ready\n")
    sys.stdout.flush()
    lived = int(sys.stdin.readline())
    begun, worked = time.perf_counter(), time.process_time()
    for _ in range(lived):
        core.live()
    return time.perf_counter() - begun, time.process_time() - worked


def peer_period(agents: int, warm_up: int = 5, periods: int = 20) -> float:
    """Live periods of bamengine: ten banks, and ten households a firm [s of processor time].

    With the memory settings of our own runs, which halve its time.

    Parameters
    ----------
    agents : int
        Head-count.
    warm_up : int
        Periods left out.
    periods : int
        Periods of which the median counts.
    """
    import importlib

    from experiments.bench.clock import median_seconds
    from experiments.runner.memory import keep_freed_memory

    keep_freed_memory()
    firms = (agents - 10) // 11
    model = importlib.import_module("bamengine").Simulation.init(
        n_firms=firms, n_households=agents - 10 - firms, n_banks=10, seed=1, log_level="CRITICAL"
    )
    return median_seconds(lambda: model.run(n_periods=1), periods, warm_up)


def peer_transfers(many: int) -> float:
    """Make double-entry transfers between agents of sfctools, flows logged [s of processor time].

    Parameters
    ----------
    many : int
        Transfers, each of a pound between two of a hundred agents.
    """
    import importlib
    import warnings

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # the peer's own strings hold escapes that Python deplores
        peer = importlib.import_module("sfctools")
    assets, equity = peer.BalanceEntry.ASSETS, peer.BalanceEntry.EQUITY
    current = (peer.Accounts.CA, peer.Accounts.CA)
    agents = [peer.Agent() for _ in range(100)]

    def enter(agent: Any, pounds: float) -> None:
        with agent.balance_sheet.modify:
            agent.balance_sheet.change_item("Deposits", assets, pounds)
            agent.balance_sheet.change_item("Equity", equity, pounds)

    for agent in agents:
        enter(agent, 1e6)
    begun = time.process_time()
    for k in range(many):
        payer, payee = agents[k % 100], agents[(7 * k + 1) % 100]
        peer.FlowMatrix().log_flow(current, 1.0, payer, payee, subject="Consumption")
        enter(payer, -1.0)
        enter(payee, 1.0)
    return time.process_time() - begun


def import_payments(path: str, folder: str) -> float:
    """Import a list as the command that an officer types does [s].

    It is run by name, since the bench stands below the command line.

    Parameters
    ----------
    path, folder : str
        The list, and where its import goes.
    """
    import runpy

    begun = time.perf_counter()
    sys.argv = ["poundflow", "import", "payments", path, "--out", folder]
    try:
        runpy.run_module("experiments.cli", run_name="__main__")
    except SystemExit as end:
        if end.code:
            raise
    return time.perf_counter() - begun


def pandas_columns(path: str) -> float:
    """Read the same columns of the list with pandas, all formats told [s].

    Parameters
    ----------
    path : str
        The list.
    """
    import importlib

    begun = time.perf_counter()
    pandas = importlib.import_module("pandas")
    from experiments.bench.imports import HEADINGS

    pandas.read_csv(
        path, usecols=list(HEADINGS), thousands=",", parse_dates=[HEADINGS[0]],
        date_format="%d/%m/%Y",
    )  # fmt: skip
    return time.perf_counter() - begun


def peak_bytes() -> int | None:
    """Return the most memory that this process has held, where the system tells [bytes].

    Linux counts in `ru_maxrss` what the parent held as it started the process, so there the
    high-water mark of the process itself is read.
    """
    told = Path("/proc/self/status")
    if told.is_file():
        for line in told.read_text(encoding="utf-8").splitlines():
            if line.startswith("VmHWM:"):
                return int(line.split()[1]) * 1024
    return None


def main(words: Sequence[str]) -> None:
    """Do one task and write what it took."""
    tasks: dict[str, Callable[[], float | tuple[float, float]]] = {
        "first_month": first_month,
        "compiled": compiled,
        "months": lambda: months(int(words[1])),
        "peer_period": lambda: peer_period(int(words[1])),
        "peer_transfers": lambda: peer_transfers(int(words[1])),
        "import_payments": lambda: import_payments(words[1], words[2]),
        "pandas_columns": lambda: pandas_columns(words[1]),
    }
    took = tasks[words[0]]()
    seconds, processor = took if isinstance(took, tuple) else (took, None)
    said = {"seconds": seconds, "processor_seconds": processor, "peak_bytes": peak_bytes()}
    sys.stdout.write(json.dumps(said) + "\n")


if __name__ == "__main__":
    main(sys.argv[1:])
