"""How long a list of payments takes to import, beside pandas reading the same columns of it.

The list is made up from one seed. Each reader works in a process of its own, its imports and its
start counted: `poundflow import payments` as it is typed (columns found, sums reconciled, persons
masked, Parquet and page written), and `pandas.read_csv` with columns and formats told to it.
"""

import csv
import tempfile
from importlib.util import find_spec
from pathlib import Path

import numpy as np

from experiments.bench.processes import ChildFailedError, child
from experiments.bench.rows import Row, at_most, measured, not_measured

PEER = "pandas"
MILLION = 1_000_000
"""Payments from which the bars count."""
MOST_SECONDS, MOST_GIB = 60.0, 2.0
GIB = 1 << 30
SEED = 20_230_401
SUPPLIERS = 4_000
HEADINGS = ("Payment Date", "Supplier Name", "Expense Type", "Reference", "Net Amount", "Service")
EXPENSES = (
    "Agency staff", "Building repairs", "Catering supplies", "Consultancy fees", "Electricity",
    "Equipment purchase", "Fostering agencies", "Home care", "Insurance", "Residential care",
    "Road maintenance", "Software licences", "Taxi hire", "Training", "Waste disposal",
)  # fmt: skip
SERVICES = ("Adults", "Children", "Corporate", "Environment", "Highways")
_FIRST = ("Alder", "Bracken", "Clough", "Dene", "Elm", "Fell", "Gorse", "Heath", "Ivy", "Juniper")
_SECOND = ("bridge", "croft", "field", "gate", "holme", "ing", "ley", "mere", "royd", "thwaite")
_TRADES = ("Builders", "Care", "Catering", "Engineering", "Transport")


def write_list(path: Path, payments: int) -> None:
    """Make up a list of payments of one year, the same for the same number.

    Parameters
    ----------
    path : Path
        The CSV file to write; amounts have thousands commas, so that large ones are in quotes.
    payments : int
        Rows below the headings.
    """
    draw = np.random.Generator(np.random.Philox(key=SEED))
    day = draw.integers(1, 29, payments)
    month = draw.integers(1, 13, payments)
    supplier = np.minimum(draw.zipf(1.3, payments), SUPPLIERS)
    pence = np.exp(draw.normal(12.0, 1.6, payments)).astype(np.int64) + 50_000
    expense = draw.integers(0, len(EXPENSES), payments)
    service = draw.integers(0, len(SERVICES), payments)
    with path.open("w", newline="", encoding="utf-8") as file:
        out = csv.writer(file)
        out.writerow(HEADINGS)
        for k in range(payments):
            pounds, rest = divmod(int(pence[k]), 100)
            out.writerow(
                (
                    f"{day[k]:02d}/{month[k]:02d}/2023", _name(int(supplier[k])),
                    EXPENSES[expense[k]], f"R{k:07d}", f"{pounds:,}.{rest:02d}",
                    SERVICES[service[k]],
                )
            )  # fmt: skip


def _name(number: int) -> str:
    """Name a made-up firm; no two of them share a name."""
    rest, first = divmod(number, len(_FIRST))
    rest, second = divmod(rest, len(_SECOND))
    rest, trade = divmod(rest, len(_TRADES))
    return f"{_FIRST[first]}{_SECOND[second]} {_TRADES[trade]} {rest + 1} Ltd"


def import_rows(payments: int) -> list[Row]:
    """Measure the import of a made-up list, beside pandas where it is installed.

    Parameters
    ----------
    payments : int
        Rows of the list; bars count from a million on.
    """
    judged = payments >= MILLION
    many = f"{payments:,} payments"
    with tempfile.TemporaryDirectory() as kept:
        path = Path(kept) / "payments.csv"
        write_list(path, payments)
        ours = child("import_payments", str(path), str(Path(kept) / "out"))
        peer, why = None, f"{PEER} is not installed: pip install pandas"
        if find_spec(PEER) is not None:
            try:
                peer = child("pandas_columns", str(path))
            except ChildFailedError as fault:
                why = f"{PEER}: {fault.said}"
    rows = [
        measured(
            f"import: {many}",
            ours.seconds,
            "s",
            bar=at_most(MOST_SECONDS, "value") if judged else None,
            why="poundflow import payments, from its start to the folder written, on the wall",
        ),
        _memory_row(many, ours.peak_bytes, peer.peak_bytes if peer else None, judged=judged),
    ]
    name = f"import: throughput beside {PEER}, {many}"
    if peer is None:
        return [*rows, not_measured(name, "rows/s", f"{payments / ours.seconds:,.0f} here; {why}")]
    return [
        *rows,
        measured(
            name,
            payments / ours.seconds,
            "rows/s",
            reference=payments / peer.seconds,
            why=f"{PEER}.read_csv of the same {len(HEADINGS)} columns, formats told, its import "
            "counted: it finds, reconciles, masks and writes nothing",
        ),
    ]


def _memory_row(many: str, peak: int | None, of_peer: int | None, *, judged: bool) -> Row:
    name, bar = f"import: memory, {many}", at_most(MOST_GIB, "value") if judged else None
    if peak is None:
        return not_measured(name, "GiB", "this system does not tell the peak of a process", bar)
    return measured(
        name,
        peak / GIB,
        "GiB",
        reference=None if of_peer is None else of_peer / GIB,
        bar=bar,
        why="the most that the process held" + (f", beside {PEER}" if of_peer else ""),
    )
