"""The reader against files damaged by seed: `python -m tests.scenarios.sources.fuzz --help`.

What must hold of each: nothing but a refusal is raised; rows and pence add up; the sum is that of a
second opinion; a disguise is seen through. Counts are kept in a file, from which a run goes on.
"""

import argparse
import json
import sys
import tempfile
from collections import Counter
from pathlib import Path
from time import monotonic

from scenarios.sources.payments import PaymentFile, read_payments
from scenarios.sources.refusals import RefusedError
from tests.scenarios.sources.mutations import Case, mutate, second_opinion

SLOWEST = 30.0
"""Seconds for a file of at most some megabytes, on a busy machine."""

STEP = 500


class BrokenPromiseError(AssertionError):
    """Raised with the seed of a file of which something does not hold."""


def check(seed: int, folder: Path) -> str:
    """Make the file of a seed, read it, and hold the reader to its promises.

    Returns
    -------
    str
        "used", or why it was refused.
    """
    case = mutate(seed)
    raw = case.written()
    path = folder / "list.csv"
    path.write_bytes(raw)
    began = monotonic()
    try:
        found = read_payments(path)
    except RefusedError as refused:
        _expect(not case.harmless, seed, case, f"a disguise was refused: {refused}")
        return refused.cause
    _expect(monotonic() - began < SLOWEST, seed, case, "too slow")
    _check_sums(seed, case, raw, found)
    return "used"


def _check_sums(seed: int, case: Case, raw: bytes, found: PaymentFile) -> None:
    one = found.sheets[0]
    position = one.meaning.position(one.meaning.used)
    assert position is not None
    records, pence = second_opinion(case, raw, position)
    rows = records - (one.headings.row >= 0)
    told = f"rows {found.rows} and {rows}, pence {found.pence_in} and {pence}"
    _expect(found.pence_in == pence, seed, case, told)
    _expect(found.rows == rows, seed, case, told)
    _expect(found.rows == found.used + sum(found.set_aside.values()), seed, case, "rows are lost")
    if case.harmless:
        _expect(position == case.column, seed, case, f"column {position} for {case.column}")
        _expect(found.used == rows and found.pence_used == pence, seed, case, "rows set aside")


def _expect(holds: bool, seed: int, case: Case, what: str) -> None:
    if not holds:
        raise BrokenPromiseError(f"seed {seed} ({', '.join(case.changes)}): {what}")


def run(first: int, many: int, state: Path | None = None) -> Counter[str]:
    """Check files of consecutive seeds.

    Parameters
    ----------
    first, many : int
        Seeds.
    state : Path or None
        Where counts are kept; a run that was broken off goes on from there.

    Returns
    -------
    Counter
        What became of the files.
    """
    counts: Counter[str] = Counter()
    done = 0
    if state is not None and state.exists():
        kept = json.loads(state.read_text())
        if kept["first"] == first:
            counts, done = Counter(kept["counts"]), kept["done"]
    with tempfile.TemporaryDirectory() as folder:
        for seed in range(first + done, first + many):
            counts[check(seed, Path(folder))] += 1
            done += 1
            if state is not None and (done % STEP == 0 or done == many):
                state.write_text(json.dumps({"first": first, "done": done, "counts": counts}))
    return counts


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description="Read files damaged by seed.")
    parser.add_argument("--first", type=int, default=0)
    parser.add_argument("--many", type=int, default=100_000)
    parser.add_argument("--state", type=Path, default=None)
    asked = parser.parse_args()
    told = run(asked.first, asked.many, asked.state)
    sys.stdout.write("".join(f"{count:8,} {what}\n" for what, count in told.most_common()))
