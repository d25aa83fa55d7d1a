"""`poundflow bench`: what the core costs, in one table whose ratios all come from one call."""

import json
from collections.abc import Iterable
from pathlib import Path

from rich.table import Table

from experiments.bench import measure
from experiments.bench.picture import picture
from experiments.bench.rows import Row, document, written
from experiments.cli import screen
from experiments.cli.wording import HOLE
from experiments.store.aside import refusal, write_aside
from scenarios.errors import ExitCode

FILE, PICTURE = "bench.json", "bench.svg"


def bench_command(size: measure.Size, out: Path, *, as_json: bool) -> int:
    """Measure everything, print the table, write `bench.json` and draw `bench.svg`.

    Parameters
    ----------
    size : Size
    out : Path
        Folder for both files; made where it is not there.
    as_json : bool
        Print the document in place of the table.

    Returns
    -------
    int
        0, done.

    Raises
    ------
    BooksDifferError
        When two forms of the same month have come to different books, so that no time counts.
    FolderError
        When the disk gives out.
    """
    told = screen.stderr()
    rows = measure.measure_all(size, lambda what: told.print(f"measuring {what}", markup=False))
    found = document(rows, measure.machine_here(), measure.versions_here())
    text = json.dumps(found, indent=2, allow_nan=False) + "\n"
    try:
        out.mkdir(parents=True, exist_ok=True)
    except OSError as fault:
        raise refusal(fault, out / FILE, 0) from fault
    write_aside(out / FILE, text.encode())
    write_aside(out / PICTURE, picture(rows).encode())
    if as_json:
        screen.stdout().file.write(text)
    else:
        console = screen.stdout()
        console.print(table(rows))
        console.print(f"Figures in {out / FILE}, drawn in {out / PICTURE}", markup=False)
    return ExitCode.DONE


def table(rows: Iterable[Row]) -> Table:
    """Return the lines as a table."""
    shown = Table(title="What it costs", title_justify="left")
    for column in ("what", "value", "unit", "beside", "ratio", "bar", "holds", "which is"):
        side = column in ("value", "beside", "ratio")
        shown.add_column(column, justify="right" if side else "left")
    for row in rows:
        shown.add_row(
            row.name,
            figure(row.value),
            row.unit,
            figure(row.reference),
            figure(row.ratio),
            str(row.bar or ""),
            {True: "yes", False: "NO", None: ""}[row.holds],
            row.why,
        )
    return shown


def figure(number: float | None) -> str:
    """Write a figure, or a hole for none."""
    return HOLE if number is None else written(number)
