"""Accepted points: values that a calibration, or anyone, found to fit, read from a table.

A column whose name holds a dot is an assumption; others (weights, distances) are left alone.
"""

from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from scenarios.errors import InputError


class AcceptedError(InputError):
    """Raised when a table of accepted points cannot be used; found and wanted stand in it."""

    def __init__(self, found: str, wanted: str) -> None:
        super().__init__(f"found {found}; wanted {wanted}.")
        self.found = found
        self.wanted = wanted


def read_accepted(path: Path) -> tuple[tuple[str, ...], NDArray[np.float64]]:
    """Read a table of accepted points, in Parquet or CSV.

    Returns
    -------
    names : tuple of str
        Columns that name assumptions, in order of name.
    values : float64[n_points, n_names]
        Finite.

    Raises
    ------
    AcceptedError
        Where there is no such table, or a value in it is none.
    """
    import pyarrow as pa
    from pyarrow import csv, parquet

    wanted = "a Parquet or CSV table whose columns are names in the register"
    if not path.is_file():
        raise AcceptedError(f"no file at {path}", wanted)
    try:
        table = csv.read_csv(path) if path.suffix == ".csv" else parquet.read_table(path)
    except (OSError, pa.ArrowException) as fault:
        first = str(fault).partition("\n")[0]
        raise AcceptedError(f"a file that cannot be read ({first})", wanted) from None
    names = tuple(sorted(name for name in table.column_names if "." in name))
    if not names or not table.num_rows:
        raise AcceptedError(f"{table.num_rows} rows of {len(names)} assumptions", wanted)
    try:
        columns = [table.column(name).cast(pa.float64()).to_numpy() for name in names]
    except pa.ArrowException:
        raise AcceptedError("text among the values", "numbers alone") from None
    values = np.column_stack(columns)
    if not np.isfinite(values).all():
        row, column = np.argwhere(~np.isfinite(values))[0]
        raise AcceptedError(f"no number in row {row + 1} of `{names[column]}`", "a finite number")
    return names, values
