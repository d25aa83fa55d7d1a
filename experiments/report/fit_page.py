"""The check of a built economy as a page: what agrees, what differs, what cannot be compared."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from experiments.analysis.fit_rows import AGREES, DIFFERS, NOT_COMPARABLE, FitRow, counted
from experiments.analysis.fit_spend import lorenz
from experiments.analysis.fit_whole import Sides
from experiments.figures.sides import Beside, lorenz_figure, sides_figure
from experiments.report.pictures import Picture, picture
from experiments.report.swept import Answer
from experiments.report.tables import Grid
from experiments.report.words import listed, pounds

GROUPS = {
    "spending": "What is spent in a year",
    "categories": "What it is spent on",
    "suppliers": "Who is paid, and where they are",
    "concentration": "How concentrated suppliers are",
    "sizes": "What a supplier is paid",
    "contracts": "Contract sizes and lengths",
    "months": "Seasons",
    "place": "The place itself",
    "contracts by category": "Contract sizes and lengths, by category",
    "concentration by category": "How concentrated suppliers are, by category",
}
"""Group of rows -> heading, in the order in which they are told."""
HEAD = ("Figure", "Data", "Built", "Apart", "No difference up to", "Verdict", "To know")
DASHED = (6.0, 2.0)
WIDEST = 3
"""Figures of a group that the summary names."""


@dataclass(frozen=True)
class Check:
    """What the page is written from.

    Attributes
    ----------
    scenario : str
        Its name.
    facts : mapping
        As `fit.json` has them.
    sides : Sides
    rows : sequence of FitRow
    notes : sequence of str
        What the payments do not cover, and whose they are.
    """

    scenario: str
    facts: Mapping[str, Any]
    sides: Sides
    rows: Sequence[FitRow]
    notes: Sequence[str]


def told(value: float | None, unit: str, *, signed: bool = False) -> str:
    """Write a figure of the check; a difference of shares is in points."""
    if value is None:
        return "–"
    size = abs(value)
    if unit == "share":
        text = f"{100 * size:.1f}" + (" points" if signed else "%")
    elif unit == "GBP":
        text = pounds(size)
    else:
        text = f"{size:,.0f}" if size >= 10 or size == round(size) else f"{size:,.1f}"
    return f"{'−' if value < 0 else '+' if signed and value > 0 else ''}{text}"


def reach(low: float | None, high: float | None, unit: str) -> str:
    """Write a range, or its one number."""
    ends = told(low, unit), told(high, unit)
    return ends[0] if ends[0] == ends[1] else f"{ends[0]} to {ends[1]}"


def cells(row: FitRow) -> list[str]:
    """One row as a table has it."""
    allowed = f"{told(row.tolerance, row.unit, signed=True)[1:]} ({row.within})"
    return [
        row.label,
        reach(row.data_low, row.data_high, row.unit),
        reach(row.built, row.built_high, row.unit),
        told(row.difference, row.unit, signed=True),
        allowed if row.tolerance is not None else "–",
        row.verdict,
        row.why,
    ]


def summary(check: Check) -> list[str]:
    """Say what agrees, what differs most and what cannot be compared, without any score."""
    many = counted(check.rows)
    said = [
        f"Of {len(check.rows)} figures, {many[AGREES]} agree, {many[DIFFERS]} differ and "
        f"{many[NOT_COMPARABLE]} cannot be compared. Nothing was fitted."
    ]
    for group, heading in GROUPS.items():
        rows = [row for row in check.rows if row.group == group]
        judged = [row for row in rows if row.verdict != NOT_COMPARABLE]
        apart = [row for row in judged if row.verdict == DIFFERS]
        if not judged:
            reasons = dict.fromkeys(row.why for row in rows)
            said += [f"{heading}: not comparable, since {listed(list(reasons))}."] if rows else []
        elif not apart:
            told = len(judged)
            every = "its one figure agrees" if told == 1 else f"all {told} figures agree"
            said.append(f"{heading}: {every}.")
        else:
            apart.sort(key=lambda row: -abs(row.difference or 0) / (row.tolerance or 1e-9))
            most = "; ".join(
                f"{row.label}: {reach(row.data_low, row.data_high, row.unit)} in the data, "
                f"{reach(row.built, row.built_high, row.unit)} built"
                for row in apart[:WIDEST]
            )
            said.append(
                f"{heading}: {len(apart)} of {len(judged)} differ"
                + (", the most" if len(apart) > WIDEST else "")
                + f": {most}."
            )
    return said


def fit_answer(check: Check) -> Answer:
    """Put the page together."""
    grids = [
        Grid(heading, list(HEAD), [cells(row) for row in check.rows if row.group == group])
        for group, heading in GROUPS.items()
    ]
    return Answer(
        title=f"{check.scenario}: built beside its data",
        paragraph=summary(check),
        left=list(check.notes),
        grids=[grid for grid in grids if grid.rows],
        pictures=_pictures(check),
        method=_method(check),
    )


def _pictures(check: Check) -> list[Picture]:
    found = []
    for name, heading, what, unit, logarithmic in (
        ("categories", "What it is spent on", "category_share", "share", False),
        ("suppliers", "Who is paid, and where they are", "trait_share", "share", False),
        ("largest", "Share of the largest suppliers", "top", "share", False),
        ("sizes", "What a supplier is paid in a year", "supplier_pounds", "GBP", True),
        ("contracts", "Value of a contract a year", "yearly_pounds", "GBP", True),
        ("lengths", "Length of a contract in months", "months", "months", False),
    ):
        rows = [row for row in check.rows if _drawn(row, what)]
        rows = [row for row in rows if not logarithmic or _above_nought(row)]
        if not any(v is not None for row in rows for v in (row.data_high, row.built)):
            continue
        if what == "category_share":
            rows.sort(key=lambda row: -max(row.data_low or 0.0, row.built or 0.0))
        drawn = [
            Beside(_short(row.label), row.data_low, row.data_high, row.built,
                   None if row.verdict == NOT_COMPARABLE else row.verdict == AGREES)
            for row in rows
        ]  # fmt: skip
        data = Grid(heading, list(HEAD), [cells(row) for row in rows])
        shown = sides_figure(drawn, _ticks(unit), logarithmic=logarithmic)
        words = "; ".join(
            f"{_short(row.label)}: data {reach(row.data_low, row.data_high, row.unit)}, built "
            f"{reach(row.built, row.built_high, row.unit)}, {row.verdict}" for row in rows
        )  # fmt: skip
        found.append(picture(name, heading, words, shown, data))
    return found + _lorenz(check)


def _ticks(unit: str) -> Callable[[float], str]:
    def write(value: float) -> str:
        if unit == "share":
            return f"{100 * value:.0f}%"
        return told(value, unit).replace(".0m", "m")

    return write


def _drawn(row: FitRow, what: str) -> bool:
    if row.group.endswith("by category"):
        return False
    if what == "top":
        return row.group == "concentration" and row.measure.startswith("top")
    return row.measure == what


def _above_nought(row: FitRow) -> bool:
    return all(v is None or v > 0 for v in (row.data_low, row.data_high, row.built))


def _short(label: str) -> str:
    what, _, of = label.partition(": ")
    return of or what


def _lorenz(check: Check) -> list[Picture]:
    curves = []
    for name, side, dashes in (
        ("data", check.sides.paid.side, ()),
        ("built", check.sides.built, DASHED),
    ):
        shares, gini = lorenz(side)
        if shares:
            curves.append((f"{name}, Gini {gini:.2f}", shares, dashes))
    if len(curves) < 2:
        return []
    heading = "How unequally suppliers are paid"
    marks = (0, 10, 20, 25, 30, 40, 45, 49, 50)
    data = Grid(
        "Cumulated share of purchases, from the smallest supplier up",
        ["Suppliers", *(name for name, _, _ in curves)],
        [[f"{2 * k}%", *(told(shares[k], "share") for _, shares, _ in curves)] for k in marks],
    )
    words = f"Lorenz curves of purchases by supplier: {listed([name for name, _, _ in curves])}."
    return [picture("lorenz", heading, words, lorenz_figure(curves), data)]


def _method(check: Check) -> list[str]:
    sides = check.sides
    months = len(sides.built.months)
    return [
        f"The economy was built and burnt in at central assumptions with seed {sides.seed}, and "
        f"lived {months} months under the baseline: a year's payments hold contracts that stand, "
        "those let in the year and what was bought beside them, so purchases of those months "
        "are compared, not the shares that the file declares. Payments are purchases net of "
        "refunds; grants, transfers, tax, pay and finance are left out. VAT that a council "
        "recovers is in neither.",
        "What is not known of a supplier or a payment makes the data a range, from least to most. "
        "A person may be a sole trader and counts in the most of small firms. In the model, a "
        "small firm of outside owners may be called small or large.",
        "The difference is what lies between the range and what was built. It is held against the "
        "wider of two tolerances: a bootstrap by supplier of both sides (200 draws, half of the "
        "95% on the side of the difference; Efron and Tibshirani 1993), and the register entry "
        "named. Sums of pounds and counts of suppliers are held against the entry alone, "
        "since draws of so many suppliers say nothing of their number. One "
        "future was built: its luck is in the draws of its suppliers, not in other builds.",
        "Figures are not weighed, and none is made to agree: change the scenario or its data, "
        "and check again.",
    ]


def fit_facts(check: Check) -> list[tuple[str, str]]:
    """What was held against what, in a few words each."""
    return [(name, str(fact)) for name, fact in check.facts.items() if fact]
