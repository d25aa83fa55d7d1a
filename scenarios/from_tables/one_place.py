"""Areas for the story of one district: itself whole, its county live, everything beyond in sums.

The focus has every household and enterprise as an agent; the other districts of its county and its
neighbours have the firms that may bid; the rest of its region, every other region and the rest of
the country are one account each, sums of the same rows that all of England is made of.
"""

from collections.abc import Collection, Sequence
from math import sqrt

from scenarios.from_tables.apart import Spot, apart_km
from scenarios.from_tables.areas import KM, Row, above, slug, top_rows
from scenarios.from_tables.extent import Extent, Upper
from scenarios.from_tables.nation_areas import any_row
from scenarios.from_tables.sums import summed
from scenarios.tables import AnyDistrict, below, parents

WITH_ARTICLE = ("North", "South", "East M", "West M")
"""How the names of regions begin that take an article."""

NEAREST_KM = 0.001
"""A centre nearer to that of the focus has no direction."""


def county_of(one: AnyDistrict, kind: str, reach: Extent) -> Upper:
    """Give the county of a district.

    Parameters
    ----------
    one : District or NationDistrict
    kind : str
        `statistical`: its ITL2 area; `council`: the districts of its county council, where it has
        one.
    reach : Extent
        What the tables make areas of.

    Returns
    -------
    Upper
    """
    if kind == "council" and one.county:
        name = parents()[one.county].name
        return Upper(f"{slug(name)}-county", name, one.county, below(one.county))
    (itl2,) = (area for area in reach.counties if one in area.districts)
    return itl2


def nearest(focus: AnyDistrict, many: int, reach: Extent) -> list[AnyDistrict]:
    """Give the districts whose centres are nearest to that of the focus, nearest first."""

    def far(other: AnyDistrict) -> tuple[int, str]:
        east, north = other.easting_m - focus.easting_m, other.northing_m - focus.northing_m
        return east * east + north * north, other.id

    return sorted((one for one in reach.districts.values() if one != focus), key=far)[:many]


def one_place_rows(
    focus: AnyDistrict, county: str, beside: Collection[str], reach: Extent
) -> list[Row]:
    """Make the areas of one place.

    Parameters
    ----------
    focus : District or NationDistrict
    county : str
        `statistical` or `council`, as `county_of`.
    beside : collection of str
        Ids of districts that are areas of their own though they lie in another county.
    reach : Extent
        What the tables make areas of.

    Returns
    -------
    list of dict
        Rows of [[areas]], parents before what lies in them. The leaves' people, homes, enterprises
        and jobs add up to those of all districts and the rest of the country.
    """
    home = county_of(focus, county, reach)
    live = {one.code for one in home.districts}
    live |= {one.code for one in reach.districts.values() if one.id in beside}
    rows, accounts = top_rows(), []
    for region in reach.regions:
        inside, name = region.districts, region.id
        chosen = [one for one in inside if one.code in live]
        if not chosen:
            parts = [any_row(one, "uk") for one in inside]
            head = {"id": name, "name": region.name, "tier": "region", "parent": "uk"}
            accounts.append((summed(parts, head), parts))
            continue
        rows.append(above(name, region.name, "region", "uk", region.code))
        for node in _counties(chosen, home, reach):
            rows.append(above(node.id, _part(node.name, node == home), "county", name, node.code))
            rows += [
                _live(one, node, focus)
                for one in node.districts
                if one.code in live and (node == home or one not in home.districts)
            ]
        left = [any_row(one, name) for one in inside if one.code not in live]
        if left:
            article = "the " if region.name.startswith(WITH_ARTICLE) else ""
            title = f"Rest of {article}{region.name}"
            head = {"id": f"rest-of-{name}", "name": title, "tier": "region", "parent": name}
            accounts.append((summed(left, head), left))
    for rest in reach.beyond():
        head = {key: rest[key] for key in ("id", "name", "tier", "parent")}
        accounts.append((summed([rest], head), [rest]))
    _place(rows, accounts, focus)
    return [*rows, *(row for row, _ in accounts)]


def _part(name: str, whole: bool) -> str:
    return name if whole else f"{name} (in part)"


def _counties(chosen: Sequence[AnyDistrict], home: Upper, reach: Extent) -> list[Upper]:
    """Counties that live districts lie in, the home county among them, each once."""
    found: dict[str, Upper] = {}
    for one in chosen:
        county = home if one in home.districts else county_of(one, "statistical", reach)
        found.setdefault(county.id, county)
    return list(found.values())


def _live(one: AnyDistrict, county: Upper, focus: AnyDistrict) -> Row:
    resolution = "agents" if one == focus else "suppliers"
    return {**any_row(one, county.id), "resolution": resolution}


def _place(
    rows: Sequence[Row], accounts: Sequence[tuple[Row, Sequence[Row]]], focus: AnyDistrict
) -> None:
    """Say how far each account is from every other leaf and itself, and put it on the map.

    It stands where its residents' centre is seen from the focus, but as far away as it draws.
    """
    known = [(row["id"], [Spot.of(row)]) for row in rows if "resolution" in row]
    for row, parts in accounts:
        spots = [Spot.of(part) for part in parts]
        known.append((row["id"], spots))
        far = {name: apart_km(spots, others) for name, others in known}
        row["apart_km"] = {name: km for name, km in far.items() if km is not None}
        east = row["easting_km"] - focus.easting_m / KM
        north = row["northing_km"] - focus.northing_m / KM
        stretch = row["apart_km"][focus.id] / max(sqrt(east * east + north * north), NEAREST_KM)
        row["easting_km"] = round(focus.easting_m / KM + stretch * east, 3)
        row["northing_km"] = round(focus.northing_m / KM + stretch * north, 3)
