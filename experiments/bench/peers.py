"""Two small jobs beside those who do them: double-entry transfers, and many short runs.

A peer that is not installed is said to be missing; it is never needed.
"""

from importlib.util import find_spec

import numpy as np

from experiments.bench.clock import median_seconds, processor_seconds
from experiments.bench.core import CoreMonths
from experiments.bench.processes import ChildFailedError, child
from experiments.bench.rows import Row, measured, not_measured
from experiments.bench.world import build_world
from scenarios.vocabulary import Kind
from simulation.accounting.ledger import Ledger

PEER = "sfctools"
ACCOUNTS, OPENING = 100, 100_000_000
NANO, MILLI = 1e9, 1e3


def transfer_row(many: int, of_peer: int) -> Row:
    """Measure listed transfers of the ledger, month closed, beside those of sfctools.

    Parameters
    ----------
    many, of_peer : int
        Transfers of the ledger, in one list, and of the peer, one by one.
    """
    name = f"double-entry transfers beside {PEER}"
    value = transfers(many) / many * NANO
    if find_spec(PEER) is None:
        why = f"{value:.1f} ns here; {PEER} is not installed: pip install 'poundflow[bench]'"
        return not_measured(name, "ns/transfer", why)
    try:
        reference = child("peer_transfers", str(of_peer)).seconds / of_peer * NANO
    except ChildFailedError as fault:
        return not_measured(name, "ns/transfer", f"{value:.1f} ns here; {PEER}: {fault.said}")
    return measured(
        name,
        value,
        "ns/transfer",
        reference=reference,
        why=f"{ACCOUNTS} accounts; a list of {many:,} with both audits, beside {of_peer:,} calls",
    )


def transfers(many: int) -> float:
    """Return the median time of a month of so many listed transfers, closing included [s]."""
    rows = ACCOUNTS + 1
    deposits = np.full(rows, OPENING, dtype=np.int64)
    klass = np.zeros(rows, dtype=np.int32)
    klass[ACCOUNTS] = 1
    government = (ACCOUNTS,)
    ledger = Ledger(deposits, np.zeros_like(deposits), klass, klass, government, government)
    turn = np.arange(many)
    payer, payee = (turn % 100).astype(np.int32), ((7 * turn + 1) % 100).astype(np.int32)
    pence = np.full(many, 100, dtype=np.int64)

    def month() -> None:
        ledger.month += 1
        ledger.listed(Kind.CONSUMPTION, payer, payee, pence)
        ledger.settle(Kind.CONSUMPTION)
        ledger.close_month()

    return median_seconds(month, 5)


def short_run_row(firms: int, months: int, runs: int) -> Row:
    """Measure short runs of the reference world, building included, beside `mesa.batch_run`.

    Parameters
    ----------
    firms, months, runs : int
        Size, length and number of the runs.
    """
    from experiments.bench.objects import batch

    def own() -> None:
        for _ in range(runs):
            core = CoreMonths(build_world(firms))
            for _ in range(months):
                core.live()

    own()
    return measured(
        "short runs beside mesa.batch_run",
        processor_seconds(own) / runs * MILLI,
        "ms/run",
        reference=processor_seconds(lambda: batch(firms, months, runs)) / runs * MILLI,
        why=f"{runs} runs of {months} months, {firms:,} firms, each built anew; one process",
    )
