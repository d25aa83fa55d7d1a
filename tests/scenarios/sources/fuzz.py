"""The reader against files damaged by seed: `python -m tests.scenarios.sources.fuzz --help`.

What must hold of each: nothing but a refusal is raised; rows and pence add up; the sum is that of a
second opinion; a disguise is seen through. Counts are kept in a file, from which a run goes on; two
runs with other seeds may go side by side, and their files be added up.
"""

import argparse
import json
import sys
import tempfile
from collections import Counter
from collections.abc import Callable, Iterable
from pathlib import Path
from time import monotonic

from scenarios.sources.payments import PaymentFile, read_payments
from scenarios.sources.refusals import RefusedError
from tests.scenarios.sources import damaged_books
from tests.scenarios.sources.damaged_books import ASKED, damaged
from tests.scenarios.sources.mutations import Case, mutate, second_opinion

SLOWEST = 30.0
"""Seconds for a file of at most some megabytes, on a busy machine."""

STEP, BOOK_STEP = 500, 20
BROKEN = "broken promise"
"""What files are counted under of which something does not hold."""


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
        _expect(not case.harmless, seed, case.changes, f"a disguise was refused: {refused}")
        return refused.cause
    _expect(monotonic() - began < SLOWEST, seed, case.changes, "too slow")
    _check_sums(seed, case, raw, found)
    return "used"


def _check_sums(seed: int, case: Case, raw: bytes, found: PaymentFile) -> None:
    one = found.sheets[0]
    position = one.meaning.position(one.meaning.used)
    assert position is not None
    records, pence = second_opinion(case, raw, position)
    rows = records - (one.headings.row >= 0)
    told = f"rows {found.rows} and {rows}, pence {found.pence_in} and {pence}"
    _expect((found.pence_in, found.rows) == (pence, rows), seed, case.changes, told)
    whole = found.rows == found.used + sum(found.set_aside.values())
    _expect(whole, seed, case.changes, "rows are lost")
    if case.harmless:
        told = f"column {position} for {case.column}"
        _expect(position == case.column, seed, case.changes, told)
        used = rows - case.abroad, pence - case.abroad_pence
        told = "rows set aside"
        _expect((found.used, found.pence_used) == used, seed, case.changes, told)
        many = found.set_aside.get("other_currency", 0)
        told = f"{many} abroad, not {case.abroad}"
        _expect(many == case.abroad, seed, case.changes, told)


def check_book(seed: int, folder: Path) -> str:
    """Make the workbook of a seed, read it, and hold the reader to its promises.

    Returns
    -------
    str
        "used", or why it was refused.
    """
    made = damaged(seed)
    path = folder / "book.xlsx"
    path.write_bytes(made.content)
    try:
        found = read_payments(path)
    except RefusedError as refused:
        _expect(made.kind != "whole", seed, [made.kind], f"refused: {refused}")
        return refused.cause
    _expect(made.kind != "trap", seed, [made.kind], "a trap was read")
    one = found.sheets[0]
    whole = found.rows == found.used + sum(found.set_aside.values())
    _expect(whole, seed, [made.kind], "rows are lost")
    pence, position = made.pence, one.meaning.position(one.meaning.used)
    assert position is not None
    if made.kind in ASKED:
        pence = damaged_books.second_opinion(made.content, position)
    told = f"pence {found.pence_in} and {pence}"
    _expect(pence in (None, found.pence_in), seed, [made.kind], told)
    told = f"rows {one.sheet.rows - 1} and {made.rows}"
    _expect(made.rows in (None, one.sheet.rows - 1), seed, [made.kind], told)
    return "used"


def _expect(holds: bool, seed: int, changes: Iterable[str], what: str) -> None:
    if not holds:
        raise BrokenPromiseError(f"seed {seed} ({', '.join(changes)}): {what}")


def run(
    first: int,
    many: int,
    state: Path | None = None,
    checking: Callable[[int, Path], str] = check,
    step: int = STEP,
) -> Counter[str]:
    """Check files of consecutive seeds.

    Parameters
    ----------
    first, many : int
        Seeds.
    state : Path or None
        Where counts are kept; a run that was broken off goes on from there.
    checking : callable
        What is done with a seed and a folder.
    step : int
        Files between two writings of the counts.

    Returns
    -------
    Counter
        What became of the files; those of which something does not hold are told on stderr.
    """
    counts: Counter[str] = Counter()
    done = 0
    if state is not None and state.exists():
        kept = json.loads(state.read_text())
        if kept["first"] == first:
            counts, done = Counter(kept["counts"]), kept["done"]
    with tempfile.TemporaryDirectory() as folder:
        for seed in range(first + done, first + many):
            try:
                counts[checking(seed, Path(folder))] += 1
            except Exception as fault:  # whatever the reader raises is what is sought
                counts[BROKEN] += 1
                sys.stderr.write(f"seed {seed}: {type(fault).__name__}: {fault}\n")
            done += 1
            if state is not None and (done % step == 0 or done == many):
                state.write_text(json.dumps({"first": first, "done": done, "counts": counts}))
    return counts


def added(states: Iterable[Path]) -> Counter[str]:
    """Add up what several runs have counted."""
    kept = [json.loads(state.read_text()) for state in states]
    return sum((Counter(each["counts"]) for each in kept), Counter())


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description="Read files damaged by seed.")
    parser.add_argument("--first", type=int, default=0)
    parser.add_argument("--many", type=int, default=100_000)
    parser.add_argument("--state", type=Path, default=None)
    parser.add_argument("--books", action="store_true", help="workbooks, not text")
    parser.add_argument("--add", type=Path, nargs="+", help="states to add up; nothing is read")
    asked = parser.parse_args()
    if asked.add:
        told = added(asked.add)
    elif asked.books:
        told = run(asked.first, asked.many, asked.state, check_book, BOOK_STEP)
    else:
        told = run(asked.first, asked.many, asked.state)
    sys.stdout.write("".join(f"{count:8,} {what}\n" for what, count in told.most_common()))
    sys.stdout.write(f"{told.total():8,} in all\n")
    sys.exit(1 if told[BROKEN] else 0)
