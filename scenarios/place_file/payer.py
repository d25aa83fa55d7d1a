"""Whose payments these are: those of a council of the place, or they are refused."""

from collections.abc import Mapping, Sequence
from typing import Any

from scenarios.place_file.find import PlaceError, place_fault
from scenarios.sources.postcodes import bare, districts_named
from scenarios.sources.resolved import Resolved
from scenarios.tables import AnyDistrict, parents, uk_districts, uk_former_districts

OPTION = "--payments"
HINT = "Import them again with --area, or ask for the place that they are of."


def payer_of(
    resolved: Resolved, district: AnyDistrict, buyers: Sequence[Mapping[str, Any]]
) -> tuple[str, list[str]]:
    """Find the council of the place that made the payments.

    Parameters
    ----------
    resolved : Resolved
        Its area and council as given at the import.
    district : AnyDistrict
        The place.
    buyers : sequence of mapping
        Its councils: its own, then the county council where there is one.

    Returns
    -------
    str
        Id of the buyer.
    list of str
        A warning where nothing in the import says whose they are.

    Raises
    ------
    PlaceError
        Where they are of another council.
    """
    ids = {district.code: buyers[0]["id"]}
    if district.county:
        ids[district.county] = buyers[1]["id"]
    said = f" ({resolved.council})" if resolved.council else ""
    if resolved.area is not None:
        former = uk_former_districts().get(resolved.area)
        code = former.district if former else resolved.area
        if code in ids:
            return ids[code], []
        found = f"payments of {resolved.area}{said}"
        wanted = f"payments of {' or '.join(ids)}, {district.name}'s councils"
        raise PlaceError([place_fault(OPTION, found, wanted, HINT)])
    if resolved.council is None:
        told = f"The import names neither council nor area: taken as {buyers[0]['name']}'s."
        return buyers[0]["id"], [told]
    name, of_county = bare(resolved.council), "county council" in resolved.council.lower()
    if district.county and of_county and name == bare(parents()[district.county].name):
        return buyers[1]["id"], []
    if name == bare(buyers[0]["name"]) and not (district.county and of_county):
        return buyers[0]["id"], []
    meant = districts_named(resolved.council)
    if district.code in meant:
        others = [uk_districts()[code].name for code in meant if code != district.code]
        told = f"{resolved.council} is taken as {buyers[0]['name']}, not {' or '.join(others)}'s."
        return buyers[0]["id"], [told] if others else []
    found = f"payments of {resolved.council}"
    wanted = f"payments of {' or '.join(one['name'] for one in buyers)}"
    raise PlaceError([place_fault(OPTION, found, wanted, HINT)])
