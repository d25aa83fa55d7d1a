"""`poundflow plan`: what a sweep is going to be, before anything of it starts."""

from collections.abc import Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import Any

from rich.table import Table

from experiments.cli import screen
from experiments.library.plans import plan
from scenarios.errors import ExitCode

MOST_FACTORS = 30
"""Factors that the table lists; the document lists all."""
SIZES = (("GB", 1e9), ("MB", 1e6), ("kB", 1e3))


def plan_command(file: Path, *, as_json: bool, timed: bool) -> int:
    """Check a plan and tell what it comes to.

    Raises
    ------
    SweepPlanError
        With every fault of the plan and of what it names.
    """
    planned = plan(file)
    say = partial(screen.stderr().print, markup=False)
    told = planned.document(planned.expected(say) if timed else None)
    if as_json:
        screen.print_document(told)
    else:
        _print(told)
    return ExitCode.DONE


def _print(told: Mapping[str, Any]) -> None:
    console = screen.stdout()
    console.print(
        f"{told['name']}: {told['runs']:,} runs in {told['blocks']:,} blocks: "
        f"{_many(len(told['places']), 'place')} x {_many(told['points'], 'point')} x "
        f"{_many(told['replicates'], 'replicate')} x policies.",
        markup=False,
    )
    console.print(_places_table(told["places"]))
    if told["design"]["factors"]:
        console.print(_factors_table(told["design"]))
    for line in _notes(told):
        console.print(f"· {line}", markup=False, soft_wrap=not console.is_terminal)


def _places_table(places: Sequence[Mapping[str, Any]]) -> Table:
    table = Table("place", "policies, the baseline first", "months", "measured", "runs")
    for place in places:
        others = [name for name in place["policies"] if name != place["baseline"]]
        first, last = place["window"]
        table.add_row(
            place["name"],
            ", ".join([place["baseline"], *others]),
            str(place["months"]),
            f"{first} to {last}",
            f"{place['runs']:,}",
        )
    return table


def _factors_table(design: Mapping[str, Any]) -> Table:
    factors = design["factors"]
    table = Table("assumption", "low", "high", "unit", "values tried")
    shown = factors[:MOST_FACTORS]
    table.title = f"Design {design['kind']}: {_many(len(factors), 'assumption')} vary" + (
        f", the first {len(shown)} are" if len(shown) < len(factors) else ""
    )
    for one in shown:
        ends = (f"{one['low']:g}", f"{one['high']:g}")
        table.add_row(one["name"], *ends, one["unit"], f"{one['values']:,}")
    return table


def _notes(told: Mapping[str, Any]) -> list[str]:
    """What a reader has to know, in sentences."""
    central = told["design"]["others"] == "central"
    notes = [
        "Assumptions that the design does not vary are "
        + ("held at their central values." if central else "drawn by each replicate."),
        "Every place, point and policy meets the same luck."
        if told["paired"]
        else "Each run has luck of its own: differences between policies are not told run by run.",
    ]
    cost = told["expected"]
    if cost is None:
        return [*notes, "Time and disk are not told: nothing was lived."]
    blocks = ", ".join(f"{seconds:.2f} s" for seconds in cost["seconds_a_block"])
    notes += [
        f"One block takes {blocks}: {clock(cost['seconds_one_core'])} on 1 core, "
        f"{clock(cost['seconds_all_cores'])} on {cost['cores']}.",
        f"{cost['rows']:,} rows are kept, about {size(cost['bytes'])}.",
    ]
    if not told["paired"]:
        notes.append("The time is at least that: each run builds its place anew.")
    return notes + [f"A run failed as it was timed: {one}" for one in cost["failures"]]


def _many(number: int, word: str) -> str:
    return f"{number:,} {word}" if number == 1 else f"{number:,} {word}s"


def clock(seconds: float) -> str:
    """Write a time: `45 s`, `1:30 minutes`, `12.5 hours`, `3.1 days`."""
    if seconds < 60:
        return f"{seconds:.0f} s"
    if seconds < 3600:
        return f"{int(seconds) // 60}:{int(seconds) % 60:02d} minutes"
    return f"{seconds / 3600:.1f} hours" if seconds < 172_800 else f"{seconds / 86400:.1f} days"


def size(many: float) -> str:
    """Write a number of bytes: `12.3 MB`."""
    for unit, one in SIZES:
        if many >= one:
            return f"{many / one:.1f} {unit}"
    return f"{many:.0f} bytes"
