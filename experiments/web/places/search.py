"""Districts found by what a person types: a code, a name, the name of a council or of a county.

All 361 districts of the United Kingdom are looked through. Slips are forgiven; nothing is chosen
for the reader, who picks one of what was found.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache

from scenarios.sources.postcodes import bare
from scenarios.tables import (
    AnyDistrict,
    District,
    below,
    nations,
    parents,
    uk_districts,
    uk_former_districts,
)

LIKE = 78.0
"""Score of 100 from which a slip is forgiven (rapidfuzz's ratio of the whole names)."""

MOST = 40
"""Districts shown; a county has at most twelve, a region up to 64."""

LONGEST = 100
"""Letters of a search that are read."""


@dataclass(frozen=True, slots=True)
class Hit:
    """A district that may be meant.

    Attributes
    ----------
    code, name : str
        ONS code and name.
    where : str
        The county council, region or nation that it lies in.
    why : str
        Why it was found, where its name does not say so; may be empty.
    """

    code: str
    name: str
    where: str
    why: str = ""


def where_is(one: AnyDistrict) -> str:
    """Say what a district lies in."""
    if not isinstance(one, District):
        return next(n.name for n in nations().values() if n.id == one.nation)
    above = parents()
    region = above[one.region].name if one.region in above else ""
    county = above[one.county].name if one.county in above else ""
    return ", ".join(part for part in (county, region) if part)


def hit_of(code: str, why: str = "") -> Hit:
    """Describe a district."""
    one = uk_districts()[code]
    return Hit(code, one.name, where_is(one), why)


def search(typed: str) -> list[Hit]:
    """Find the districts that a person may mean.

    Parameters
    ----------
    typed : str
        A code, a name or a part of one, a council's name, or an area that holds districts.

    Returns
    -------
    list of Hit
        The likeliest first; empty where nothing is like it.
    """
    asked = " ".join(typed[:LONGEST].split())
    if not asked:
        return []
    codes = _by_code(asked.upper())
    if codes:
        return _hits(codes)
    name = bare(asked) or asked.lower()
    found = {code: "" for code, own in _names().items() if own == name}
    found |= _began_so(name, found)
    found |= _former(name, found)
    found |= _inside(name, asked.lower(), found)
    return _hits(found or _alike(name))


def _hits(found: Mapping[str, str]) -> list[Hit]:
    return [hit_of(code, why) for code, why in list(found.items())[:MOST]]


@cache
def _names() -> Mapping[str, str]:
    return {code: bare(one.name) or one.name.lower() for code, one in uk_districts().items()}


def _by_code(code: str) -> dict[str, str]:
    if code in uk_districts():
        return {code: ""}
    former = uk_former_districts().get(code)
    if former is not None:
        return {former.district: f"{former.code} was {former.name}, which is part of it now"}
    if code in parents():
        return _below(code, parents()[code].name)
    return {}


def _began_so(name: str, known: Iterable[str]) -> dict[str, str]:
    """Districts in whose name each word typed begins a word."""
    asked, have = name.split(), set(known)
    fits = [
        (not own.startswith(name), own, code)
        for code, own in _names().items()
        if code not in have and all(any(w.startswith(a) for w in own.split()) for a in asked)
    ]
    return {code: "" for _, _, code in sorted(fits)}


def _former(name: str, known: Iterable[str]) -> dict[str, str]:
    have = set(known)
    return {
        one.district: f"{one.name} is part of it now"
        for one in uk_former_districts().values()
        if bare(one.name) == name and one.district not in have
    }


def _inside(name: str, asked: str, known: Iterable[str]) -> dict[str, str]:
    """Districts of a county, combined authority, region or nation that is called so."""
    have = set(known)
    found: dict[str, str] = {}
    for code, area in parents().items():
        if name in (bare(area.name), area.name.lower()) or asked == area.name.lower():
            found |= _below(code, area.name)
    for one in nations().values():
        if asked == one.name.lower():
            inside = [d for d in uk_districts().values() if getattr(d, "nation", "") == one.id]
            found |= {d.code: f"in {one.name}" for d in inside}
    return {code: why for code, why in found.items() if code not in have}


def _below(code: str, name: str) -> dict[str, str]:
    return {one.code: f"in {name}" for one in below(code)}


def _alike(name: str) -> dict[str, str]:
    from rapidfuzz import fuzz, process

    near = process.extract(name, _names(), scorer=fuzz.ratio, score_cutoff=LIKE, limit=5)
    return {code: "spelt a little differently" for _, _, code in near}


@dataclass(frozen=True, slots=True)
class Payer:
    """Whose payments a list may be.

    Attributes
    ----------
    code, name : str
        ONS code of the area of a council: a district, or a county council's county.
    districts : tuple of Hit
        The districts of it; the model looks at one of them.
    """

    code: str
    name: str
    districts: tuple[Hit, ...]


def payers(council: str) -> list[Payer]:
    """Find the councils that a name may stand for.

    Parameters
    ----------
    council : str
        As typed: "Tameside", "Lancashire County Council", "E08000008".

    Returns
    -------
    list of Payer
        One where it is clear, several to choose from, none where nothing is like it.
    """
    asked = " ".join(council[:LONGEST].split())
    county = "county council" in asked.lower()
    counties = [
        Payer(code, area.name, tuple(hit_of(one.code) for one in below(code)))
        for code, area in parents().items()
        if area.kind == "county"
        and asked
        and (asked.upper() == code or bare(asked) == bare(area.name))
    ]
    if county and counties:
        return counties
    exact = [code for code, own in _names().items() if own == bare(asked)]
    found = [hit_of(exact[0])] if len(exact) == 1 and not counties else search(asked)
    alone = [Payer(one.code, one.name, (one,)) for one in found if not one.why.startswith("in ")]
    return [*counties, *alone]


def payer_of_code(code: str) -> Payer | None:
    """Give the council of an ONS code; None where there is none."""
    if code in uk_districts():
        one = hit_of(code)
        return Payer(code, one.name, (one,))
    area = parents().get(code)
    if area is None or area.kind != "county":
        return None
    return Payer(code, area.name, tuple(hit_of(one.code) for one in below(code)))
