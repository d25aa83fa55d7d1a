"""Value added of each district by group of sectors, in 2022, from that of its ITL3 area.

The ONS gives gross value added by industry for ITL3 areas, most of which hold several districts.
What follows enterprises is shared by the jobs that the district's enterprises would have if each
had the mean of its size in the United Kingdom; what serves residents, by households. It is an
estimate: a large works in one district of an area is spread over all of them.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from scenarios.tables.derive.apportion import apportion
from scenarios.tables.derive.parts import Part
from scenarios.tables.derive.published import text_rows, whole
from scenarios.tables.places import size_bands
from scenarios.tables.sector_groups import SectorGroup

TABLE = "gva-itl/Table 3c ITL3 current price estimates pounds million 2024.csv"
YEAR = "2022"
TENTHS = 10
"""Shares are kept to a tenth of a million pounds."""


@dataclass(frozen=True, slots=True)
class Weights:
    """What value added is shared by, of one part.

    Attributes
    ----------
    households : int
        Households (Census 2021).
    active, active10 : int
        Active enterprises, and those of them with ten employees or more (2022).
    """

    households: int
    active: int
    active10: int


def jobs_weight(weights: Weights) -> int:
    """Jobs of a district's enterprises at the United Kingdom's means, in thousandths of a job.

    Below ten employees the mean of businesses with 1 to 9 holds; from ten upwards, that of the
    small, medium and large together (Business Population Estimates 2025, size_bands.csv).
    """
    bands = {band.band: band for band in size_bands()}
    upper = [bands[name] for name in ("small", "medium", "large")]
    below = 1000 * bands["micro"].jobs // bands["micro"].businesses
    above = 1000 * sum(b.jobs for b in upper) // sum(b.businesses for b in upper)
    return (weights.active - weights.active10) * below + weights.active10 * above


def by_area(folder: Path, groups: tuple[SectorGroup, ...]) -> dict[str, dict[str, int]]:
    """Value added of the ITL3 areas by group [GBP million a year, current prices].

    Returns
    -------
    dict of dict
        ITL3 area -> group -> value; the published industries of a group summed.
    """
    home = {code: group.group for group in groups for code in group.itl_codes}
    out: dict[str, dict[str, int]] = {}
    for row in text_rows(folder, TABLE):
        area = out.setdefault(row["ITL code"], {group.group: 0 for group in groups})
        if row["SIC07 code"] in home:
            area[home[row["SIC07 code"]]] += whole(row[YEAR])
    return out


def shared(
    where: list[Part],
    itl3: Mapping[str, str],
    areas: Mapping[str, Mapping[str, int]],
    weights: Mapping[str, Weights],
    groups: tuple[SectorGroup, ...],
) -> dict[str, dict[str, int]]:
    """Share value added of ITL3 areas among the districts in them.

    Parameters
    ----------
    where : list of Part
        All 309; shares are made among these, since the new districts of Cumbria cross ITL3 areas.
    itl3 : mapping of str to str
        ONS code of December 2022 -> ITL3 area.
    areas : mapping of mapping
        ITL3 area -> group -> value added [GBP million].
    weights : mapping of str to Weights
        ONS code of December 2022 -> what it weighs.
    groups : tuple of SectorGroup
        In order of table.

    Returns
    -------
    dict of dict
        ONS code of April 2023 -> group -> value added [GBP 100,000].
    """
    members: dict[str, list[Part]] = {}
    for part in where:
        members.setdefault(itl3[part.code], []).append(part)
    out: dict[str, dict[str, int]] = {part.district: {} for part in where}
    for area, inside in members.items():
        district = {part.code: part.district for part in inside}
        for group in groups:
            weigh = {
                code: weights[code].households
                if group.follows == "households"
                else jobs_weight(weights[code])
                for code in district
            }
            for code, share in apportion(TENTHS * areas[area][group.group], weigh).items():
                home = out[district[code]]
                home[group.group] = home.get(group.group, 0) + share
    return out
