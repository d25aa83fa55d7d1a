"""What an import and a built file say of themselves, in an officer's words."""

from collections.abc import Mapping, Sequence
from typing import Any

from experiments.report.payments import FATES
from experiments.report.tables import Grid
from experiments.report.words import exact

MARKS = {
    "published": "an official figure of this place, as it was published",
    "derived": "worked out from official figures by a step that is named",
    "inherited": "taken from a wider area, because none is published for the place itself",
    "distance": "worked out from how far places are apart",
    "judgement": "our own judgement, without a source: change it and see",
    "payments": "from your own payments",
    "register": "from the register of contracts",
}
"""Mark of a figure -> what it means."""


def rows_grid(label: Mapping[str, Any]) -> Grid:
    """Say of each file how many rows and pounds were used, and how many set aside."""
    rows = [
        [
            file["path"], f"{file['rows']:,}", f"{file['used']:,}",
            f"{file['rows'] - file['used']:,}", exact(file["pence_in"]), exact(file["pence_used"]),
            exact(file["pence_set_aside"]),
        ]
        for file in label["files"]
    ]  # fmt: skip
    head = [
        "File", "Rows", "Rows used", "Rows set aside", "Sum of the column", "Pounds used",
        "Pounds set aside",
    ]  # fmt: skip
    return Grid("What was read, to the penny", head, rows)


def register_grid(label: Mapping[str, Any]) -> Grid:
    """Say of each file of the register how many rows were used, and why others were not."""
    rows = [
        [
            file["path"], f"{file['rows']:,}", f"{file['used']:,}",
            "; ".join(f"{count:,} {reason}" for reason, count in file["set_aside"].items()) or "–",
        ]
        for file in label["files"]
    ]  # fmt: skip
    return Grid(
        "What was read of the register", ["File", "Rows", "Rows used", "Rows set aside"], rows
    )


def unreadable(label: Mapping[str, Any]) -> str:
    """Name the fields of a register with cells that could not be read; empty where all could."""
    found = label["totals"].get("unreadable", {})
    return ", ".join(f"{name.replace('_', ' ')} ({count:,})" for name, count in found.items())


def aside_grid(label: Mapping[str, Any]) -> Grid:
    """Say why rows were set aside, over all files."""
    many: dict[str, int] = {}
    for file in label["files"]:
        for reason, count in file["set_aside"].items():
            many[reason] = many.get(reason, 0) + count
    rows = [[FATES.get(reason, reason), f"{count:,}"] for reason, count in many.items()]
    return Grid("Rows set aside, and why", ["Why", "Rows"], rows)


def marks_grid(built: Mapping[str, Any]) -> Grid:
    """Count the figures of a built file by where they come from."""
    many: dict[str, int] = {}
    for one in built["figures"]:
        many[one["mark"]] = many.get(one["mark"], 0) + 1
    rows = [[mark, MARKS.get(mark, ""), f"{count:,}"] for mark, count in many.items()]
    return Grid(
        "Where the figures of this place come from", ["Mark", "What it means", "Figures"], rows
    )


def figures_grid(built: Mapping[str, Any]) -> Grid:
    """List every figure of a built file with its mark and its source."""
    rows = [
        [one["key"], _plain(one["value"]), one["mark"], one["source"]] for one in built["figures"]
    ]
    return Grid("Every figure of the file", ["Figure", "Value", "Mark", "Source"], rows)


def _plain(value: object) -> str:
    if isinstance(value, list):
        return ", ".join(str(one) for one in value)
    if isinstance(value, int | float) and not isinstance(value, bool):
        return f"{value:,.6g}" if abs(value) < 1_000_000 else f"{value:,.0f}"
    return str(value)


def warnings_of(built: Mapping[str, Any]) -> Sequence[str]:
    """What a reader of the file must know."""
    return [str(one).replace("GBP ", "£") for one in built["warnings"]]
