"""Districts of England in April 2023, and the older ones that were joined into them.

Tables of December 2022 count 309 districts, those of April 2023 count 296: seventeen were joined
into Cumberland, Westmorland and Furness, North Yorkshire, and Somerset. A figure of a new district
is the sum of its parts.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

from scenarios.tables.derive.published import Row, text_rows

REGIONS = "la-geography/Local_Authority_District_to_Region_December_2022_Lookup_in_England.csv"
COUNCILS = "la-geography/uk_local_authorities.csv"
KINDS = {"E06": "unitary", "E07": "district", "E08": "metropolitan", "E09": "london_borough"}
"""The first letters of an ONS code say what kind of authority it is."""

LOWER_TIER = {"NMD", "UA", "MD", "LBO", "CC"}


@dataclass(frozen=True, slots=True)
class Part:
    """A district of December 2022.

    Attributes
    ----------
    code, name, region : str
        ONS code, name, ONS code of its region.
    district : str
        ONS code of the district of April 2023 that it is or lies in.
    """

    code: str
    name: str
    region: str
    district: str


@dataclass(frozen=True, slots=True)
class Former:
    """A district that was joined into another, or whose code was replaced, since 2009.

    Attributes
    ----------
    code, name : str
        ONS code and name that it had.
    ended : str
        Year in which it ended; empty where only the code changed.
    district : str
        ONS code of the district of April 2023 that it lies in.
    """

    code: str
    name: str
    ended: str
    district: str


def councils(folder: Path) -> list[Row]:
    """English councils past and present, as mySociety lists them."""
    return [row for row in text_rows(folder, COUNCILS) if row["nation"] == "England"]


def successor(rows: list[Row]) -> dict[str, str]:
    """Map every ONS code of a lower-tier council, past or present, to that which holds it now.

    Parameters
    ----------
    rows : list of dict
        English councils.

    Returns
    -------
    dict of str to str
        ONS code -> ONS code; a chain of joinings is followed to its end.
    """
    by_letters = {row["local-authority-code"]: row for row in rows}
    out: dict[str, str] = {}
    for row in rows:
        if row["local-authority-type"] in LOWER_TIER:
            last = row
            while last["replaced-by"]:
                last = by_letters[last["replaced-by"]]
            out[row["gss-code"]] = last["gss-code"]
            for old in row["former-gss-codes"].split(","):
                if old:
                    out[old] = last["gss-code"]
    return out


def parts(folder: Path) -> list[Part]:
    """The 309 districts of December 2022, in order of code."""
    now = successor(councils(folder))
    return sorted(
        (
            Part(row["LAD22CD"], row["LAD22NM"], row["RGN22CD"], now[row["LAD22CD"]])
            for row in text_rows(folder, REGIONS)
        ),
        key=lambda part: part.code,
    )


def formers(folder: Path) -> list[Former]:
    """Districts that are no more, and codes that are no longer used, in order of code."""
    rows = councils(folder)
    now = successor(rows)
    out = []
    for row in rows:
        if row["local-authority-type"] not in LOWER_TIER:
            continue
        if row["replaced-by"]:
            ended = row["end-date"][:4]
            out.append(Former(row["gss-code"], row["nice-name"], ended, now[row["gss-code"]]))
        for old in filter(None, row["former-gss-codes"].split(",")):
            out.append(Former(old, row["nice-name"], "", now[old]))
    return sorted(out, key=lambda former: former.code)


def summed(where: list[Part], figure: Mapping[str, int]) -> dict[str, int]:
    """Sum a count of December 2022 into the districts of April 2023.

    Parameters
    ----------
    where : list of Part
        All 309.
    figure : mapping of str to int
        ONS code of December 2022 -> count.

    Returns
    -------
    dict of str to int
        ONS code of April 2023 -> count.
    """
    out: dict[str, int] = {}
    for part in where:
        out[part.district] = out.get(part.district, 0) + figure[part.code]
    return out


def weighted(
    where: list[Part], figure: Callable[[str], float], weight: Callable[[str], float]
) -> dict[str, float]:
    """Mean of a figure over the parts of each district, weighted.

    Parameters
    ----------
    where : list of Part
        All 309.
    figure, weight : callable
        Figure and weight of an ONS code of December 2022.

    Returns
    -------
    dict of str to float
        ONS code of April 2023 -> mean.
    """
    top: dict[str, float] = {}
    bottom: dict[str, float] = {}
    for part in where:
        top[part.district] = top.get(part.district, 0.0) + figure(part.code) * weight(part.code)
        bottom[part.district] = bottom.get(part.district, 0.0) + weight(part.code)
    return {code: top[code] / bottom[code] for code in top}


def short_name(name: str) -> str:
    """Name as people say it: `Bristol`, not `Bristol, City of`."""
    return re.sub(r", (City|County) of$", "", name)


def area_id(name: str) -> str:
    """Id used in scenario files: small letters joined by hyphens."""
    plain = short_name(name).lower().replace("'", "").replace(".", "")
    return re.sub(r"[^a-z]+", "-", plain)
