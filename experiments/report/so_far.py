"""What a comparison under way has come to so far: two measures for each policy, none of it final.

Each finished future is a file of its own, read once; what is still being written is never seen.
"""

import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path
from typing import Any

from experiments.analysis.outcomes import outcomes
from experiments.analysis.values import measured_values
from experiments.report.folder import Estimate
from experiments.report.glossary import Term, term
from experiments.report.words import not_known, spread
from experiments.store.errors import FolderError
from experiments.store.folder import PARTS
from experiments.store.parts import read_part
from experiments.store.records import Part, ReplicateResult, Status

SHOWN = ("local_income_multiplier", "cost_per_delivered_unit")
"""Local income from each £1, and what a unit of service costs."""
MOST_KEPT = 8_192
READING_SECONDS = 0.15
"""How long a page may wait for files that nobody has read yet; the next one reads on."""


@dataclass(frozen=True, slots=True)
class Number:
    """An average so far, its interval, and how many futures are in it; words, not figures."""

    average: str
    interval: str
    futures: int


@dataclass(frozen=True, slots=True)
class Line:
    """What a policy has come to; a number for each measure of `SHOWN`."""

    title: str
    numbers: tuple[Number, ...]


@dataclass(frozen=True, slots=True)
class Failed:
    """A reason for which runs failed, and how many of which policies did."""

    reason: str
    runs: int
    titles: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class SoFar:
    """A comparison under way.

    Attributes
    ----------
    measures : tuple of Term
        What is shown of each policy.
    lines : tuple of Line
        In the order of the policies; empty before the first future is finished.
    futures : int
        Finished ones that were read.
    failed : tuple of Failed
    """

    measures: tuple[Term, ...]
    lines: tuple[Line, ...]
    futures: int
    failed: tuple[Failed, ...]


def so_far(folder: Path, label: Mapping[str, Any]) -> SoFar:
    """Read what a comparison has finished.

    Parameters
    ----------
    folder : Path
        Of the comparison.
    label : mapping
        Its manifest.
    """
    futures = _read(folder, Part.FUTURE, int(label["replicates"]))
    luck = _read(folder, Part.LUCK, int(label["luck_replicates"]))
    titles = {row["name"]: str(row["title"]) for row in label["policies"]}
    measures = tuple(term(name) for name in SHOWN)
    lines = _lines(futures, titles, measures, label["tiers"]) if futures else ()
    return SoFar(measures, lines, len(futures), _failed([*futures, *luck], titles))


def _read(folder: Path, part: Part, most: int) -> list[ReplicateResult]:
    """The finished replicates of a part, in their order; as many as there is time to read."""
    until, found = time.monotonic() + READING_SECONDS, []
    for number in range(most):
        path = folder / PARTS / f"{part}-{number:04d}.parquet"
        try:
            found.append(_slim(path, path.stat().st_mtime_ns))
        except (OSError, FolderError):
            continue
        if time.monotonic() > until:
            break
    return found


@lru_cache(MOST_KEPT)
def _slim(path: Path, written: int) -> ReplicateResult:
    """What is shown of a replicate, as its file stood at a moment."""
    whole = read_part(path)
    rows = tuple(row for row in whole.rows if row.measure in SHOWN)
    return replace(whole, rows=rows, draws={}, budget=())


def _lines(
    futures: Sequence[ReplicateResult],
    titles: Mapping[str, str],
    measures: Sequence[Term],
    tiers: Sequence[str],
) -> tuple[Line, ...]:
    table = outcomes(measured_values(futures, list(titles)), list(titles))
    found: dict[tuple[str, str], dict[str, Estimate]] = {}
    for row in table:
        estimate = Estimate(
            row["unit"], row["mean"], row["low"], row["high"], row["n"], row["why"] or ""
        )
        found.setdefault((row["regime"], row["measure"]), {})[row["tier"]] = estimate
    lines = []
    for name, title in titles.items():
        numbers = [
            _number(one, _nearest(found.get((name, one.measure), {}), tiers)) for one in measures
        ]
        lines.append(Line(title, tuple(numbers)))
    return tuple(lines)


def _nearest(by_tier: Mapping[str, Estimate], tiers: Sequence[str]) -> Estimate | None:
    """The number of the smallest area that has it, as in the report."""
    return next((by_tier[tier] for tier in (*tiers, "all", *by_tier) if tier in by_tier), None)


def _number(measure: Term, found: Estimate | None) -> Number:
    if found is None or found.mean is None:
        return Number(not_known(found.why if found else "not measured"), "", 0)
    write = measure.writes(found.unit)
    return Number(write(found.mean), spread(found.low, found.high, write), found.n)


def _failed(results: Sequence[ReplicateResult], titles: Mapping[str, str]) -> tuple[Failed, ...]:
    """Runs that failed, by their reason, the most frequent first."""
    by_reason: dict[str, list[str]] = {}
    for result in results:
        for run in result.runs:
            if run.status is Status.FAILED:
                title = titles.get(run.regime, run.regime)
                by_reason.setdefault(run.error or "", []).append(title)
    ordered = sorted(by_reason.items(), key=lambda one: (-len(one[1]), one[0]))
    return tuple(
        Failed(reason, len(found), tuple(dict.fromkeys(found))) for reason, found in ordered
    )
