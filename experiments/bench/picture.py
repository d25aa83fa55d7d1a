"""The picture of the bench: what a payment takes in each form, and each figure beside its bar."""

import re
from collections.abc import Sequence

from experiments.bench.rows import Row, written
from experiments.figures.costs import Dot, Scale, costs_figure
from experiments.figures.svg import to_svg

_FORM = re.compile(r"month, (?P<agents>[\d,]+) agents: (?P<form>.+)")
_TAGS = re.compile(r"core, (no tag|\d tags?)")


def picture(rows: Sequence[Row]) -> str:
    """Draw the lines of the bench as SVG.

    Parameters
    ----------
    rows : sequence of Row
        What could not be measured is left out; something was.

    Returns
    -------
    str
        One `<svg>` element.
    """
    scales = [scale for scale in (_payments(rows), _bars(rows)) if scale.dots]
    told = "; ".join(f"{dot.label}: {dot.said}" for scale in scales for dot in scale.dots)
    return to_svg(costs_figure(scales), "bench", "What the core costs", told)


def _payments(rows: Sequence[Row]) -> Scale:
    """Show a payment of the core with so many tags, and of the same month in other forms."""
    forms = [(_FORM.fullmatch(row.name), row) for row in rows]
    sizes = [int(found["agents"].replace(",", "")) for found, _ in forms if found]
    most = f"{max(sizes, default=0):,}"
    shown = [
        (f"the month as {found['form']}", row)
        for found, row in forms
        if found and found["agents"] == most
    ]
    shown += [(row.name, row) for row in rows if _TAGS.fullmatch(row.name)]
    dots = [
        Dot(label, row.value, f"{written(row.value)} ns")
        for label, row in shown
        if row.value is not None and row.value > 0
    ]
    return Scale(
        "What a payment takes", f"{most} agents, one thread", "nanoseconds a payment", dots
    )


def _bars(rows: Sequence[Row]) -> Scale:
    """Show how often each figure goes into its bar, so that to the right of the line is better."""
    dots = []
    for row in rows:
        found = None if row.bar is None else row.bar.of(row.value, row.ratio)
        if row.bar is None or found is None or found <= 0:
            continue
        limit, less = row.bar.limit, row.bar.sense == "<="
        unit = f" {row.unit.partition('/')[0]}" if row.bar.figure == "value" and row.unit else ""
        said = f"{written(found)}{unit} ({'≤' if less else '≥'} {limit:g})"
        dots.append(Dot(row.name, limit / found if less else found / limit, said, bool(row.holds)))
    return Scale(
        "Each figure beside its bar",
        "right of the line it holds; hollow: missed; no unit: ratio or exponent",
        "how many times as good as the bar",
        dots,
        1.0,
    )
