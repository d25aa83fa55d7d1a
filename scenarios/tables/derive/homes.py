"""Households of each district in mid-2024, from those that the census counted in 2021.

The census count is as published. Between 2021 and 2024 households are taken to grow as the
residents of the ITL3 area did: no table at hand has residents of a district in 2021.
"""

from collections.abc import Mapping
from pathlib import Path

from scenarios.tables.derive.parts import Part
from scenarios.tables.derive.published import sheet_rows, text_rows, whole

CENSUS = "population-households/la_count_households.xlsx"
MEMBERS = "itl3_members"
RESIDENTS = "gva-itl/Table 6 Total resident population numbers persons Apr2024.csv"
CENSUS_YEAR = "2021"
ENGLAND = ("TLC", "TLD", "TLE", "TLF", "TLG", "TLH", "TLI", "TLJ", "TLK")
"""First letters of the ITL codes of England's nine regions."""


def in_england(itl3: str) -> bool:
    """Whether an ITL3 area lies in England."""
    return itl3.startswith(ENGLAND)


def counted(folder: Path) -> dict[str, int]:
    """Households by ONS code of December 2022 (Census 2021, TS041)."""
    return {
        row["A"]: whole(row["C"])
        for row in sheet_rows(folder, CENSUS, "Dataset")
        if row.get("A", "").startswith("E")
    }


def residents(folder: Path, year: str) -> dict[str, int]:
    """Residents of each ITL3 area of England in mid-year [people]."""
    return {
        row["ITL code"]: whole(row[year])
        for row in text_rows(folder, RESIDENTS)
        if row["ITL"] == "ITL3" and in_england(row["ITL code"])
    }


def joined(where: list[Part], itl3: Mapping[str, str]) -> dict[str, frozenset[str]]:
    """Which ITL3 areas must be taken together, so that no district lies in two.

    Parameters
    ----------
    where : list of Part
        All 309.
    itl3 : mapping of str to str
        ONS code of December 2022 -> ITL3 area.

    Returns
    -------
    dict of str to frozenset
        ONS code of April 2023 -> its ITL3 area, or both of Cumbria, which its districts cross.
    """
    out: dict[str, frozenset[str]] = {}
    for part in where:
        out[part.district] = out.get(part.district, frozenset()) | {itl3[part.code]}
    for district in list(out):
        touching = [code for code, areas in out.items() if areas & out[district]]
        together = frozenset[str]().union(*(out[code] for code in touching))
        out.update(dict.fromkeys(touching, together))
    return out


def grown(
    households: Mapping[str, int],
    people: Mapping[str, int],
    then: Mapping[str, int],
    areas: Mapping[str, frozenset[str]],
) -> dict[str, int]:
    """Let households grow as the residents of their ITL3 area did.

    Parameters
    ----------
    households : mapping of str to int
        District -> households counted [households].
    people : mapping of str to int
        District -> residents now [people].
    then : mapping of str to int
        ITL3 area -> residents at the count [people].
    areas : mapping of str to frozenset
        District -> ITL3 areas.

    Returns
    -------
    dict of str to int
        District -> households now, halves up.
    """
    now: dict[frozenset[str], int] = {}
    for code, together in areas.items():
        now[together] = now.get(together, 0) + people[code]
    out = {}
    for code, count in households.items():
        before = sum(then[area] for area in areas[code])
        out[code] = (2 * count * now[areas[code]] + before) // (2 * before)
    return out
