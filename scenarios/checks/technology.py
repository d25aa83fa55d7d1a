"""A technology written in the file must add up: each pound of output is spent once."""

from collections.abc import Collection, Iterator, Mapping
from typing import Any

from scenarios.checks.loose import Path, number, rows, shares_problem, table, unknown, word
from scenarios.errors import Problem
from scenarios.spec.words import sector_ids, technology_names
from scenarios.technology_file import SUFFIX

PER_POUND = ("imports", "taxes", "compensation", "surplus")


def technology_problems(data: Mapping[str, Any]) -> Iterator[Problem]:
    """Check an inline technology, and that every sector in use has a column."""
    technology = data.get("technology")
    if isinstance(technology, str) and not technology.endswith(SUFFIX):
        what = "the name of a national table, a technology file (.csv), or a table [technology]"
        yield from unknown(("technology",), technology, technology_names(), what)
    if not isinstance(technology, Mapping):
        return
    columns = table(technology, "A_domestic")
    for key in ("A_domestic", *PER_POUND, "household_final", "output", "jobs"):
        for sector in table(technology, key):
            yield from unknown(("technology", key, sector), sector, sector_ids(), "a sector id")
    for sector, inputs in columns.items():
        path: Path = ("technology", "A_domestic", sector)
        if not isinstance(inputs, Mapping):
            continue
        for seller in inputs:
            yield from unknown((*path, seller), seller, sector_ids(), "a sector id")
            if seller in sector_ids() and seller not in columns:
                wanted = "a seller that has a column of its own"
                yield Problem((*path, seller), f'"{seller}"', wanted)
        parts = [table(technology, key).get(sector, 0) for key in PER_POUND]
        yield from shares_problem(path, [*inputs.values(), *parts])
    final = table(technology, "household_final")
    if final:
        yield from shares_problem(("technology", "household_final"), final.values())
    for key, needed in (("household_final", final), ("output", columns), ("jobs", columns)):
        given = columns if key == "household_final" else table(technology, key)
        for sector in needed:
            if sector in sector_ids() and sector not in given:
                found = "a sector on one side only"
                yield Problem(("technology", key, sector), found, "columns for the same sectors")
    yield from sectors_without_column(data, columns, "[technology]")


def sectors_without_column(
    data: Mapping[str, Any], columns: Collection[str], technology: str
) -> Iterator[Problem]:
    """Find sectors that firms, chains and areas use and the technology does not have.

    Parameters
    ----------
    data : mapping
        Content of the scenario; it may be faulty.
    columns : collection of str
        Sectors of the technology.
    technology : str
        What the technology is called in a fault.
    """
    wanted = f"a sector with a column in {technology}"
    for part in ("firms", "chains"):
        for at, row in rows(data, part):
            name = word(row, "sector")
            if name in sector_ids() and name not in columns:
                yield Problem((*at, "sector"), f'"{name}"', wanted)
    for at, row in rows(data, "areas"):
        for name, share in table(row, "sector_mix").items():
            if name in sector_ids() and name not in columns and number(share):
                yield Problem((*at, "sector_mix", name), f'"{name}"', wanted)
