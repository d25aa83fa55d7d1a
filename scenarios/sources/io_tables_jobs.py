"""Jobs by sector in a region and its nation: from the shipped tables, or from a file."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import isfinite
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from scenarios.errors import Fault
from scenarios.sources.io_tables import Float64
from scenarios.sources.io_tables_grid import IoTableError, read_columns
from scenarios.sources.io_tables_labels import key_of
from scenarios.tables import (
    AnyDistrict,
    NationDistrict,
    below,
    nation_districts,
    nations,
    parents,
    sectors,
    uk_district,
    uk_itl2_areas,
)

if TYPE_CHECKING:
    from scenarios.from_tables.work import Work

COLUMNS = ("sector", "region", "nation")
ENGLAND = "england"
_BY = {
    ENGLAND: "value added",
    "wales": "value added",
    "scotland": "published jobs",
    "northern-ireland": "published jobs",
}
"""Nation -> what its jobs are shared out by."""


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
        ONS code, id or name of a district; ONS code of a county council, combined authority or
        region; ITL2 code; id or ONS code of a nation.

    Returns
    -------
    Jobs
        BRES 2019 by nation. Within a nation it is shared out: in England and Wales by value added,
        in Scotland and Northern Ireland by jobs that are published of districts; so derived.

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
    found, name = _districts(wanted)
    codes = {one.code for one in found}
    home = found[0].nation if isinstance(found[0], NationDistrict) else ENGLAND
    work = _work(home)
    jobs = np.array([[one.jobs * one.sector_mix.get(s, 0.0) for s in ids] for one in work.values()])
    all_jobs = jobs.sum(axis=0)
    here = jobs[[code in codes for code in work]].sum(axis=0)
    share = np.divide(here, all_jobs, out=np.zeros_like(here), where=all_jobs > 0.0)
    region = np.array([whole[home][s] for s in ids], dtype=float) * share
    told = f"BRES 2019 of {nations()[home].name} shared among districts by {_BY[home]}, shipped"
    return Jobs(region, nation, name, f"{told} (derived)")


def _work(nation: str) -> Mapping[str, "Work"]:
    """Jobs of all districts of a nation."""
    from scenarios.from_tables.areas import district_work
    from scenarios.from_tables.nation_areas import nation_work

    if nation == ENGLAND:
        return district_work()
    return {
        code: work
        for code, work in nation_work().items()
        if nation_districts()[code].nation == nation
    }


def _districts(place: str) -> tuple[Sequence[AnyDistrict], str]:
    """Districts of a place, all of one nation, and its name."""
    if place in parents():
        return below(place), parents()[place].name
    for county in uk_itl2_areas():
        if place == county.code:
            return county.districts, county.name
    found = uk_district(place)
    return [found], found.name


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
