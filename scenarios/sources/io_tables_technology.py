"""From an input-output table by sectors to the technology file of a scenario."""

from collections.abc import Sequence

import numpy as np

from scenarios.sources.io_tables import Float64, IoTable
from scenarios.technology_file import (
    BESIDES,
    BUYERS,
    JOBS,
    OUTPUT,
    PARTS,
    TechnologyTable,
    write_technology,
)

OWN_MONEY = "GBP"


def technology_of(table: IoTable, jobs: Float64, pounds: float) -> TechnologyTable:
    """Take the flows of a table as a technology.

    Parameters
    ----------
    table : IoTable
        By sectors, value added parted.
    jobs : float64[S]
        By sector.
    pounds : float
        Pounds per unit of the table's money.

    Returns
    -------
    TechnologyTable
        GBP million.
    """

    def by_sector(values: Float64, factor: float = pounds) -> dict[str, float]:
        return {code: float(v) * factor for code, v in zip(table.codes, values, strict=True)}

    nothing = np.zeros(len(table.codes))
    return TechnologyTable(
        flows={code: by_sector(row) for code, row in zip(table.codes, table.flows, strict=True)},
        parts={part: by_sector(table.primary.get(part, nothing)) for part in PARTS},
        final={buyer: by_sector(table.final.get(buyer, nothing)) for buyer in BUYERS},
        household={item: table.household.get(item, 0.0) * pounds for item in BESIDES},
        output=by_sector(table.output),
        jobs=by_sector(jobs, 1.0),
    )


def technology_text(
    technology: TechnologyTable,
    table: IoTable,
    told: Sequence[str],
    *,
    regional: bool,
    parted: bool,
    jobs_mark: str,
) -> str:
    """Write a technology with its marks.

    Parameters
    ----------
    technology : TechnologyTable
    table : IoTable
        That it was taken from; its notes are written out.
    told : sequence of str
        Where it comes from.
    regional : bool
        Whether location quotients made it, so that every flow is derived.
    parted : bool
        Whether value added was parted as in another table, so that its parts are inherited.
    jobs_mark : str
        Of the row of jobs.

    Returns
    -------
    str
    """
    plain = "derived" if regional or table.use != "domestic" else "published"
    marks = dict.fromkeys((*table.codes, *PARTS, OUTPUT), plain)
    if parted:
        marks |= dict.fromkeys(("taxes_production", "compensation", "surplus"), "inherited")
    marks[JOBS] = jobs_mark
    lines = (*told, *table.notes, "GBP million a year; rows sell, columns buy. jobs: number.")
    return write_technology(technology, table.codes, lines, marks)
