"""Emergent patterns: what nobody wrote into the model, beside what is published of it.

Each figure is a mean over the seeds of its pattern. Seeds that `poundflow pattern` keeps in a
folder are read from there; where few are missing they are lived now, else the line stays open and
says what to type. Ablations are the pattern's own business and are not lived here.
"""

from collections.abc import Mapping
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any

from experiments.patterns.lives import ask, live_pattern
from experiments.patterns.pattern import Figure as Told
from experiments.patterns.pattern import Pattern
from experiments.patterns.registry import PATTERNS
from experiments.patterns.told import INSIDE, OUTSIDE, document
from experiments.runner.room import side_by_side
from experiments.validation.figure import Check, Figure, Sort, Verdict, still_open

MOST_SECONDS = 150.0
"""Runs of one pattern that take longer than this on one core are left to `poundflow pattern`."""
VERDICTS = {INSIDE: Verdict.HOLDS, OUTSIDE: Verdict.MISS}


def checks(full: bool, kept: Path) -> tuple[Check, ...]:
    """Return a line for each figure of each pattern; they ask for many runs, so only in full.

    Parameters
    ----------
    full : bool
    kept : Path
        Folder of `poundflow pattern`; what is lived now is kept there, too.
    """
    if not full:
        return ()
    return tuple(_check(one, figure, kept) for one in PATTERNS.values() for figure in one.figures)


def due(kept: Path) -> tuple[float, list[str]]:
    """Say what runs of patterns will be lived now, and which are too long for it.

    Returns
    -------
    seconds : float
        On one core, for all that are lived now. Runs that patterns share count once.
    left : list of str
        Patterns whose lines stay open.
    """
    shared: dict[Path, float] = {}
    left = []
    for pattern in PATTERNS.values():
        asked = ask(_bare(pattern), kept)
        seconds = asked.missing() * pattern.seconds
        if seconds > MOST_SECONDS:
            left.append(pattern.name)
        elif seconds:
            file = asked.keeping.file
            shared[file] = max(seconds, shared.get(file, 0.0))
    return sum(shared.values()), left


def _check(pattern: Pattern, figure: Told, kept: Path) -> Check:
    def run() -> Figure:
        found = _measured(pattern.name, kept)
        if isinstance(found, str):
            return still_open(found, figure.unit)
        return _figure(found[figure.name])

    source = figure.published.source if figure.published else pattern.source
    return Check(f"{pattern.name}: {figure.name}", Sort.PATTERN, f"{figure.what}.", source, run)


def _bare(pattern: Pattern) -> Pattern:
    """Return the pattern without its ablations."""
    return replace(pattern, ablations=())


@cache
def _measured(name: str, kept: Path) -> Mapping[str, Mapping[str, Any]] | str:
    """Read or live a pattern; its figures by name, or why it was left."""
    pattern = _bare(PATTERNS[name])
    missing = ask(pattern, kept).missing()
    seconds = missing * pattern.seconds
    if seconds > MOST_SECONDS:
        return (
            f"{missing} of {pattern.seeds} seeds are not in {kept}, and take about "
            f"{seconds / 60.0:.0f} minutes of a core; `poundflow pattern {name} --out {kept}` "
            "lives them"
        )
    found = live_pattern(
        pattern, kept, beside=PATTERNS.values(), workers=side_by_side("--workers", None)
    )
    return {row["figure"]: row for row in document(found)["figures"]}


def _figure(row: Mapping[str, Any]) -> Figure:
    """Turn what a pattern tells of a figure into a line of the table."""
    unit, known = row["unit"], row["published"]
    if row["mean"] is None:
        return still_open("no seed has an answer", unit)
    said = f"{row['n']} seeds, 95 % {row['low']:.4g} to {row['high']:.4g}"
    if known is None:
        return Figure(row["mean"], unit, None, None, Verdict.MEASURED, f"{said}; nothing published")
    if known["calibrated"]:
        said += "; the register was set by what is published, so no test"
    one = known["low"] == known["high"]
    band = None if one else (known["low"], known["high"])
    reference = known["low"] if one else None
    return Figure(row["mean"], unit, reference, band, VERDICTS[row["verdict"]], said)
