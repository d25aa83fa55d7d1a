"""A sweep as one NetCDF file, labelled by run, tier and month, for xarray and its kin."""

from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from experiments.store.aside import make_folder, opened_aside, try_aside
from experiments.store.errors import MissingExtraError, NoSweepError
from experiments.store.part_writer import RUNS_A_PART
from experiments.store.parts import read_table
from experiments.store.survey import Outcomes, Survey, in_lots, survey
from experiments.store.sweep_store import SweepStore
from experiments.store.sweep_tables import DESIGN_FILE

if TYPE_CHECKING:
    import xarray as xr

Cube = npt.NDArray[np.float64]

MONTHLY = 1
ENDINGS = {-1: "_at_start", 0: "", MONTHLY: "_by_month"}
"""What is added to a measure's name, by the sign of its month."""


def export_netcdf(folder: Path, out: Path) -> Path:
    """Write a sweep as one NetCDF file, in the variables of `dataset_of`.

    Parameters
    ----------
    folder : Path
        Of a sweep.
    out : Path
        The file.

    Raises
    ------
    MissingExtraError
        When xarray or h5netcdf is not installed.
    NoSweepError
        When no run is finished.
    DiskFullError, FolderUnwritableError
        When the file cannot be written; none is left behind.
    """
    for package in ("xarray", "h5netcdf"):
        if find_spec(package) is None:
            raise MissingExtraError("NetCDF", package, "netcdf")
    SweepStore.open(folder)
    make_folder(out.parent)
    try_aside(out)
    dataset = dataset_of(folder)
    packed = {name: {"zlib": True, "complevel": 4} for name in dataset.data_vars}
    with opened_aside(out, dataset.nbytes) as file:
        dataset.to_netcdf(Path(file.name), engine="h5netcdf", encoding=packed)
    return out


def dataset_of(folder: Path) -> "xr.Dataset":
    """The finished runs of a sweep as an xarray dataset, held in memory.

    Returns
    -------
    xarray.Dataset
        A variable of each measure on (run, tier), for the whole window; `MEASURE_at_start` of the
        start state where it has one; `MEASURE_by_month` on (run, month, tier) where months were
        kept; `assumption` on (at_point, name). What is undefined is NaN.
    """
    import xarray as xr

    found = survey(folder)
    if not found.runs.num_rows:
        raise NoSweepError(folder, "no run of it is finished yet")
    axes = _Axes(found)
    variables = {
        name: (dims, values, {"units": unit}) for name, dims, values, unit in _filled(found, axes)
    }
    runs = found.runs.drop_columns("part")
    own = {
        name: ("run", runs.column(name).to_numpy())
        for name in ("index", "place", "point", "replicate", "policy", "seed", "digest")
    }
    design = read_table(folder / DESIGN_FILE)[0].to_pandas()
    table = design.pivot_table(index="point", columns="name", values="value", sort=False)
    label = SweepStore.open(folder).label
    return xr.Dataset(
        variables | {"assumption": (("at_point", "name"), table.to_numpy(dtype=np.float64))},
        coords={
            "run": runs.column("run").to_numpy(),
            **own,
            "tier": axes.tiers,
            "month": np.array(axes.months, dtype=np.int32),
            "at_point": table.index.to_numpy(),
            "name": list(table.columns),
        },
        attrs={"title": str(label.get("name", folder.name)), "source": "poundflow"},
    )


class _Axes:
    """The tiers, months and measures that some outcomes have, in order."""

    def __init__(self, found: Survey) -> None:
        tiers: set[str] = set()
        months: set[int] = set()
        self.units: dict[tuple[str, int], str] = {}
        outcomes = Outcomes(found)
        for runs in in_lots(found.runs, RUNS_A_PART):
            rows = outcomes.of(runs)
            tiers.update(rows.column("tier").unique().to_pylist())
            months.update(rows.column("month").unique().to_pylist())
            kinds = rows.select(["measure", "unit"]).append_column(
                "sort", pc.sign(rows.column("month"))
            )
            for row in kinds.group_by(["measure", "unit", "sort"]).aggregate([]).to_pylist():
                self.units[row["measure"], row["sort"]] = row["unit"]
        self.tiers = sorted(tiers)
        self.months = sorted(month for month in months if month > 0)


def _filled(found: Survey, axes: _Axes) -> Iterator[tuple[str, tuple[str, ...], Cube, str]]:
    """Name, dimensions, values and unit of each variable."""
    measures = {sort: sorted(n for n, other in axes.units if other == sort) for sort in ENDINGS}
    cubes: dict[int, Cube] = {
        sort: np.full(
            (
                len(names),
                found.runs.num_rows,
                len(axes.months) if sort == MONTHLY else 1,
                len(axes.tiers),
            ),
            np.nan,
        )
        for sort, names in measures.items()
    }
    outcomes, before = Outcomes(found), 0
    for lot in in_lots(found.runs, RUNS_A_PART):
        every = outcomes.of(lot)
        for sort, names in measures.items():
            rows = every.filter(pc.equal(pc.sign(every.column("month")), sort))
            month = rows.column("month").to_numpy()
            cubes[sort][
                _place(rows, "measure", pa.array(names, pa.string())),
                _place(rows, "run", lot.column("run").combine_chunks()) + before,
                np.searchsorted(axes.months, month) if sort == MONTHLY else 0,
                _place(rows, "tier", pa.array(axes.tiers, pa.string())),
            ] = rows.column("value").to_numpy()
        before += lot.num_rows
    for sort, names in measures.items():
        for name, cube in zip(names, cubes[sort], strict=True):
            unit = axes.units[name, sort]
            if sort == MONTHLY:
                yield f"{name}{ENDINGS[sort]}", ("run", "month", "tier"), cube, unit
            else:
                yield f"{name}{ENDINGS[sort]}", ("run", "tier"), cube[:, 0, :], unit


def _place(rows: pa.Table, column: str, among: Any) -> npt.NDArray[np.int64]:
    found: npt.NDArray[np.int64] = pc.index_in(rows.column(column), value_set=among).to_numpy()
    return found.astype(np.int64)
