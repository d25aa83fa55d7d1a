"""Jobs by sector in a region and its nation: from the shipped tables, or from a file."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from math import isfinite
from pathlib import Path

import numpy as np

from scenarios.errors import Fault
from scenarios.sources.io_tables import Float64
from scenarios.sources.io_tables_grid import IoTableError, read_columns
from scenarios.sources.io_tables_labels import key_of
from scenarios.tables import below, district, itl2_areas, nations, parents, sectors

COLUMNS = ("sector", "region", "nation")


@dataclass(frozen=True, eq=False)
class Jobs:
    """Jobs by industry.

    Attributes
    ----------
    region, nation : float64[n]
        In order of the table's industries.
    place : str
        Which region.
    source : str
        Where the figures come from.
    """

    region: Float64
    nation: Float64
    place: str
    source: str


def shipped_jobs(place: str) -> Jobs:
    """Jobs by sector of a place that the shipped tables know, and of the United Kingdom.

    Parameters
    ----------
    place : str
        ONS code, id or name of a district of England; ONS code of a county council, combined
        authority or region there; ITL2 code; id or ONS code of a nation.

    Returns
    -------
    Jobs
        BRES 2019; within England shared out by value added, so derived.

    Raises
    ------
    UnknownRowError or FormerDistrictError
        Where nothing is called so, or it is no more.
    """
    wanted = place.strip()
    whole = {name: nation.jobs_2019 for name, nation in nations().items()}
    ids = [sector.id for sector in sectors()]
    nation = np.array([sum(jobs[name] for jobs in whole.values()) for name in ids], dtype=float)
    for one in nations().values():
        if wanted.casefold() in (one.id, one.code.casefold(), one.name.casefold()):
            region = np.array([one.jobs_2019[name] for name in ids], dtype=float)
            return Jobs(region, nation, one.name, "BRES 2019 by nation, shipped")
    codes, name = _districts(wanted)
    from scenarios.from_tables.areas import district_work

    work = district_work()
    jobs = np.array([[one.jobs * one.sector_mix.get(s, 0.0) for s in ids] for one in work.values()])
    england = np.array([whole["england"][s] for s in ids], dtype=float)
    here = jobs[[code in codes for code in work]].sum(axis=0)
    region = england * here / jobs.sum(axis=0)
    told = "BRES 2019 of England shared among districts by value added, shipped (derived)"
    return Jobs(region, nation, name, told)


def _districts(place: str) -> tuple[set[str], str]:
    """Districts of a place, and its name."""
    if place in parents():
        return {one.code for one in below(place)}, parents()[place].name
    for county in itl2_areas():
        if place == county.code:
            return {one.code for one in county.districts}, county.name
    found = district(place)
    return {found.code}, found.name


def read_jobs(path: Path, codes: Iterable[str]) -> Jobs:
    """Read jobs from a file.

    Parameters
    ----------
    path : Path
        CSV with the columns sector, region and nation; `sector` holds codes of the industries.
    codes : iterable of str
        Of the industries; one that is left out has no jobs in either.

    Returns
    -------
    Jobs

    Raises
    ------
    IoTableError
        With everything wrong.
    """
    lines = read_columns(path, COLUMNS, COLUMNS)
    known = {key_of(code): code for code in codes}
    jobs: dict[str, tuple[float, float]] = {}
    faults: list[Fault] = []
    for line, row in lines:
        code = known.get(key_of(row["sector"] or ""))
        here, whole = _count(row["region"]), _count(row["nation"])
        if code is None or code in jobs:
            found = f'"{row["sector"]}"' + (" a second time" if code else "")
            wanted = "each sector of the table once"
            faults.append(Fault(str(path), line, None, "sector", found, wanted))
        if here is None or whole is None or here > whole:
            found = f"{row['region']} of {row['nation']} jobs"
            wanted = "two numbers, the region's within the nation's"
            faults.append(Fault(str(path), line, None, "", found, wanted))
        elif code is not None:
            jobs[code] = (here, whole)
    if not faults and not sum(here for here, _ in jobs.values()) > 0.0:
        faults.append(Fault(str(path), None, None, "region", "no jobs", "some"))
    if faults:
        raise IoTableError(faults)
    return _ordered(jobs, known.values(), path)


def _ordered(jobs: Mapping[str, tuple[float, float]], codes: Iterable[str], path: Path) -> Jobs:
    table = np.array([jobs.get(code, (0.0, 0.0)) for code in codes])
    return Jobs(table[:, 0], table[:, 1], path.stem, f"the file {path.name}")


def _count(text: str | None) -> float | None:
    try:
        value = float((text or "").replace(",", ""))
    except ValueError:
        return None
    return value if isfinite(value) and value >= 0.0 else None
