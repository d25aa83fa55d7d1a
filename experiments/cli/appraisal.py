"""Prints an assessment of options: what was expected of each, which was chosen, what came of it."""

from collections.abc import Mapping
from typing import Any

from rich.table import Table

from experiments.cli import screen
from experiments.cli.wording import money


def print_appraisal(told: Mapping[str, Any], unit: str) -> None:
    """Print the options as they were assessed, and how far the one chosen missed the estimate."""
    console, options = screen.stdout(), told["options"]
    title = f"Options assessed in month {told['month']}"
    title += f" after a break ({told['why']})" if told["why"] else ""
    table = Table("option", "way", title=title, title_justify="left")
    for column in ("unit cost", "with set-up", "quality", "social value", "risk", "marks"):
        table.add_column(column, justify="right")
    table.add_column("")
    for k, one in enumerate(options):
        said = "chosen" if k == told["chosen"] else one["refused"]
        numbers = [""] * 5
        if one["whole_cost"] > 0.0:
            numbers = [
                f"{one['unit_cost']:.3f}", f"{one['whole_cost']:.3f}", f"{one['quality']:.3f}",
                money(round(one["social"]), unit), f"{one['risk']:.2f}",
            ]  # fmt: skip
        marks = "" if one["refused"] else f"{one['score']:.3f}"
        table.add_row(one["option"], one["regime"].replace("_", " "), *numbers, marks, said)
    console.print(table)
    found = told["found"]
    if found is None or told["chosen"] is None:
        console.print("Nothing has come of it yet.")
        return
    expected = options[told["chosen"]]
    missed = 100.0 * (found["unit_cost"] / max(expected["unit_cost"], 1e-9) - 1.0)
    console.print(
        f"Expected and found: a unit {expected['unit_cost']:.3f} and {found['unit_cost']:.3f} "
        f"({missed:+.1f}%), quality {expected['quality']:.3f} and {found['quality']:.3f}."
    )
