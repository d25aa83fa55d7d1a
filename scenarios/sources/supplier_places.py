"""Where a supplier is based, and where its owners are; unknown rather than guessed.

A council is based and owned in its own area. Of others a postcode and a table that the user gives
tell the district, or several that it may be. Who owns a firm no list of payments says.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from scenarios.sources.postcodes import Places, bare, district_now, districts_named
from scenarios.sources.supplier_clean import FOREIGN, clean_name
from scenarios.sources.supplier_numbers import prefix_of
from scenarios.tables import NationDistrict, parents, uk_districts, wide_area
from scenarios.tables.reading import rows
from scenarios.vocabulary import ABROAD

_COUNCIL = re.compile(r"\bcouncil\b|\b(london|royal) borough\b|^city of london\b|\bborough of\b")
_WIDE = re.compile(
    r"\b(combined authority|police|constabulary|fire (and rescue|authority|service))\b"
)
_KNOWN_OTHERS = re.compile(r"\bcouncil (for|of)\b|\b(parish|town|community) council\b")


@dataclass(frozen=True, slots=True)
class Where:
    """Districts that something may lie in.

    Attributes
    ----------
    codes : sequence of str or None
        ONS codes or `abroad`; None is unknown.
    reason : str
    """

    codes: Sequence[str] | None
    reason: str


NO_POSTCODE = Where(None, "no postcode is known")
NO_OWNER = Where(None, "no list of payments or contracts says who owns it")


@dataclass(frozen=True, slots=True)
class Council:
    """Whose payments these are.

    Attributes
    ----------
    name, area : str or None
        As given at the import.
    """

    name: str | None
    area: str | None

    @property
    def districts(self) -> list[str]:
        """Districts of its area."""
        return area_districts(district_now(self.area)) if self.area else []


def area_districts(code: str) -> list[str]:
    """Give the districts in an area: itself, or those in a county, region, nation or the UK."""
    area = wide_area(code)
    return [code] if area is None else [one.code for one in area.districts]


@cache
def _counties() -> Mapping[str, str]:
    return {bare(one.name): code for code, one in parents().items() if one.kind == "county"}


@cache
def _halls() -> Mapping[str, str]:
    return {row["county"]: row["district"] for row in rows("county_halls")}


@cache
def _wider() -> Mapping[str, str]:
    kinds = ("combined", "greater_london")  # police and fire of a county serve more than it
    wide = {one.name.casefold(): code for code, one in parents().items() if one.kind in kinds}
    return {name.removesuffix(" combined authority"): code for name, code in wide.items()}


def authority(cores: Sequence[str], council: Council) -> tuple[Where, Where] | None:
    """Where a local authority is based and owned.

    Parameters
    ----------
    cores : sequence of str
        Cleaned names.
    council : Council
        Whose payments these are.

    Returns
    -------
    tuple of (Where, Where) or None
        Based and owned; None where the name is no local authority's that is known.
    """
    for core in sorted(set(cores)):
        if council.area and council.name and core == _own(council.name):
            told = "it is the council itself"
            return Where(council.districts, told), Where(council.districts, told)
        if _KNOWN_OTHERS.search(core):
            continue
        if _COUNCIL.search(core):
            name = bare(core)
            county = _counties().get(name) if "county council" in core else None
            if county:
                told = f"the county council of {parents()[county].name}"
                return Where([_halls()[county]], told), Where(area_districts(county), told)
            codes = districts_named(core)
            if codes and ("county council" not in core or _is_unitary(codes[0])):
                told = f"the council of {' or '.join(uk_districts()[code].name for code in codes)}"
                return Where(codes, told), Where(codes, told)
        wide = _WIDE.search(core)
        if wide:
            code = _wider().get(core[: wide.start()].strip())
            if code:
                told = f"a body of {parents()[code].name}, somewhere in it"
                return Where(area_districts(code), told), Where(area_districts(code), told)
    return None


def _is_unitary(code: str) -> bool:
    one = uk_districts()[code]
    return isinstance(one, NationDistrict) or one.kind == "unitary"


@cache
def _own(name: str) -> str:
    return clean_name(name).core


def based_of(
    postcodes: Sequence[str], forms: Sequence[str], company: str | None, places: Places
) -> Where:
    """Say where a supplier is based.

    Parameters
    ----------
    postcodes : sequence of str
        Of a register or a list of companies; any may be of a branch.
    forms : sequence of str
        Forms of law in its names.
    company : str or None
        Number of the company.
    places : Places
        The user's table.

    Returns
    -------
    Where
    """
    found: set[str] = set()
    told: list[str] = []
    for postcode in sorted(set(postcodes)):
        codes, part = places.districts(postcode)
        if not codes:  # one that is not found may lie anywhere
            told.append(f"postcode {postcode} is not in a table that was given")
            return Where(None, told[-1])
        found |= set(codes)
        told.append(f"{part} of {postcode}")
    if found:
        return Where(sorted(found), f"by the {' and the '.join(told)}")
    if FOREIGN & set(forms) and not company:
        return Where([ABROAD], "a form of law of another country")
    return NO_POSTCODE


def owned_of(
    kind: str, cores: Sequence[str], company: str | None, forms: Sequence[str], based: Where
) -> Where:
    """Say where the owners of a supplier are, where that is known.

    Parameters
    ----------
    kind : str
        As named, or unknown.
    cores, forms : sequence of str
        Cleaned names and forms of law.
    company : str or None
        Number of the company.
    based : Where
        Where it is based.

    Returns
    -------
    Where
        Persons own where they are based; a charity or co-operative only where its name is that of
        the one district it is based in: others may be national bodies with a seat here.
    """
    prefix = prefix_of(company)
    if prefix and prefix.abroad:
        return Where([ABROAD], f"its number says {prefix.form}")
    if not company and FOREIGN & set(forms):
        return Where([ABROAD], "a form of law of another country")
    if kind == "person" and based.codes:
        return Where(based.codes, "a person trades where they are based")
    if kind in ("coop", "vcse") and based.codes and len(based.codes) == 1:
        here = uk_districts().get(based.codes[0])
        name = bare(here.name) if here else ""
        if name and any(re.search(rf"\b{re.escape(name)}\b", core) for core in cores):
            return Where(based.codes, f"a {kind} named after the district that it is based in")
    return NO_OWNER
