"""Which districts a postcode may lie in, by a table that the user gives.

No table of postcodes is shipped. The ONS Postcode Directory, the National Statistics Postcode
Lookup, Code-Point Open and any other CSV or Parquet do, with a column of postcodes, sectors or
outward codes and one of districts, by code or by name. One half of a postcode may lie in several
districts: all of them are given.
"""

import csv
import re
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from itertools import chain, islice
from pathlib import Path

from scenarios.errors import Fault
from scenarios.tables import parents, uk_districts, uk_former_districts
from scenarios.vocabulary import ABROAD

POSTCODE = re.compile(
    r"(GIR ?0AA|(?:[A-Z]{1,2}[0-9][A-Z0-9]?))(?: *([0-9])([ABD-HJLNP-UW-Z]{2})?)?"
)
"""Outward code, and maybe a sector's figure and a unit's letters."""

WHOLE, SECTOR, OUTWARD = "postcode", "sector", "outward code"
_ABROAD = re.compile(r"[LM]9{8}")
_CODE = re.compile(r"[EWSN]\d{8}")
_OF_POSTCODES = re.compile(r"^(pcds|pcd ?8|pcd ?7|pcd2?|post ?code.*|outcode|outward.*|sector|pc)$")
_OF_DISTRICTS = re.compile(
    r"^(oslaua|laua|lad ?\d*(cd|nm)?|ladcd|local authority.*|la|district.*|admin_district_code|"
    r"lad ?code|la ?code|council.*|lauacd|lad\d\dcd)$"
)
_SOMEWHERE = "?"
"""A district that is not known here: what may lie in it may lie anywhere."""

SAMPLE = 200
_LETTERS = re.compile(r"[A-Za-z]{3}")
ENOUGH = 0.6
"""Share of a column's cells that must look like postcodes, or districts, in a sample."""


@dataclass
class Places:
    """A table of postcodes.

    Attributes
    ----------
    found : str
        What was found in it, for the reader.
    """

    found: str = "none given"
    _of: dict[str, set[str]] = field(default_factory=dict)
    _told: set[str] = field(default_factory=set)

    def districts(self, postcode: str | None) -> tuple[list[str], str]:
        """Give the districts that a postcode may lie in, and by which part of it.

        Parameters
        ----------
        postcode : str or None
            Whole, or its first half.

        Returns
        -------
        tuple of (list of str, str)
            ONS codes, sorted; empty where the table does not say, or names a place not known here.
            What the table says of other postcodes says nothing of one that it does not have.
        """
        for at, (part, name) in enumerate(_parts(postcode or "")):
            if part in self._of and (not at or part in self._told):
                found = self._of[part]
                return ([], "") if _SOMEWHERE in found else (sorted(found), name)
        return [], ""

    def add(self, postcode: str, district: str, needed: Collection[str]) -> None:
        """Put one line in, under each part of the postcode that is needed."""
        for at, (part, _) in enumerate(_parts(postcode)):
            if part in needed:
                self._of.setdefault(part, set()).add(district)
                if not at:
                    self._told.add(part)


def _parts(postcode: str) -> Iterator[tuple[str, str]]:
    """Parts of a postcode, the finest first."""
    told = POSTCODE.fullmatch(" ".join(postcode.upper().split())) or _glued(postcode)
    if told is None:
        return
    if told[1].startswith("GIR"):
        yield "GIR 0AA", WHOLE
        return
    outward, figure, unit = told[1].replace(" ", ""), told[2], told[3]
    if unit:
        yield f"{outward} {figure}{unit}", WHOLE
    if figure:
        yield f"{outward} {figure}", SECTOR
    yield outward, OUTWARD


def _glued(postcode: str) -> re.Match[str] | None:
    """A whole postcode without its blank, or with several."""
    bare = "".join(postcode.upper().split())
    return POSTCODE.fullmatch(f"{bare[:-3]} {bare[-3:]}") if len(bare) > 4 else None


class PlaceError(Exception):
    """Raised inside the reader with the fault of a table of postcodes."""

    def __init__(self, fault: Fault) -> None:
        super().__init__(str(fault))
        self.fault = fault


def read_places(path: Path, wanted: Iterable[str]) -> Places:
    """Read a table of postcodes, keeping what is asked for.

    Parameters
    ----------
    path : Path
        CSV or Parquet; with or without headings.
    wanted : iterable of str
        Postcodes of suppliers: a national table has millions of others.

    Returns
    -------
    Places

    Raises
    ------
    PlaceError
        Where it cannot be read, or has no such columns.
    """
    needed = {part for postcode in wanted for part, _ in _parts(postcode)}
    try:
        lines = _parquet(path) if path.suffix.lower() == ".parquet" else _csv(path)
        names = next(lines, [])
        if any(next(_parts(cell), None) for cell in names):  # without headings
            lines, names = chain([names], lines), [""] * len(names)
        sample = list(islice(lines, SAMPLE))
        at = _columns(names, sample)
        if at is None:
            raise PlaceError(_fault(path, names))
        pcd, lad, by_name = at
        places, many, other = Places(), 0, Counter[str]()
        for row in chain(sample, lines):
            if len(row) <= max(pcd, lad) or not row[lad].strip():
                continue
            many += 1
            code = _district(row[lad].strip(), by_name=by_name)
            if code is None:
                other[row[lad].strip()] += 1
            places.add(row[pcd], code or _SOMEWHERE, needed)
    except (OSError, UnicodeDecodeError, csv.Error, ValueError) as error:
        told = getattr(error, "strerror", None) or "what is no table"
        fault = Fault(
            str(path), None, None, "", str(told).lower(), "a table of postcodes as CSV or Parquet"
        )
        raise PlaceError(fault) from None
    if many == other.total():
        raise PlaceError(_fault(path, names))
    unread = f"; {other.total():,} lines of districts not known here" if other else ""
    places.found = f"{many:,} lines, “{names[pcd] or pcd + 1}” to “{names[lad] or lad + 1}”{unread}"
    return places


def _csv(path: Path) -> Iterator[list[str]]:
    """Rows of a text, headings first."""
    with path.open(newline="", encoding="utf-8-sig", errors="replace") as file:
        yield from csv.reader(file)


def _parquet(path: Path) -> Iterator[list[str]]:
    import pyarrow.parquet as pq

    with pq.ParquetFile(path) as file:
        yield list(file.schema_arrow.names)
        for batch in file.iter_batches():
            columns = [[str(cell or "") for cell in column.to_pylist()] for column in batch.columns]
            yield from (list(row) for row in zip(*columns, strict=True))


def _columns(names: list[str], sample: list[list[str]]) -> tuple[int, int, bool] | None:
    """Which column has postcodes, which districts, and whether these are names."""

    def share(at: int, test: Callable[[str], object]) -> float:
        cells = [row[at].strip() for row in sample if len(row) > at and row[at].strip()]
        return sum(bool(test(cell)) for cell in cells) / len(cells) if cells else 0.0

    def best(pattern: re.Pattern[str], test: Callable[[str], object]) -> int | None:
        told = [
            (share(k, test), bool(pattern.match(name.lower())), -k) for k, name in enumerate(names)
        ]
        good = [one for one in told if one[0] >= ENOUGH]
        return -max(good, key=lambda one: (one[1], one[0], one[2]))[2] if good else None

    pcd = best(_OF_POSTCODES, lambda cell: next(_parts(cell), None))
    lad = best(_OF_DISTRICTS, lambda cell: _is_district(cell))
    if pcd is not None and lad is not None:
        return pcd, lad, False
    lad = best(_OF_DISTRICTS, lambda cell: _named_district(cell) is not None)
    if lad is None:  # names of another nation first: its heading says what it is
        told = [k for k, name in enumerate(names) if _OF_DISTRICTS.match(name.lower())]
        lad = next((k for k in told if share(k, _LETTERS.match) >= ENOUGH), None)
    return None if pcd is None or lad is None else (pcd, lad, True)


def _is_district(cell: str) -> bool:
    """Say whether a code is of a district, by its first letters (ONS: E06 to E09 and the like)."""
    return bool(_ABROAD.fullmatch(cell)) or (cell[:3] in {
        "E06", "E07", "E08", "E09", "W06", "S12", "N09"
    } and bool(_CODE.fullmatch(cell)))  # fmt: skip


def _district(cell: str, *, by_name: bool) -> str | None:
    if by_name:
        return _named_district(cell)
    if _ABROAD.fullmatch(cell):
        return ABROAD
    if not _is_district(cell):
        return None
    return district_now(cell)


def district_now(code: str) -> str:
    """Give the code of the district that holds a former one today; others as they are."""
    former = uk_former_districts().get(code)
    return former.district if former else code


_NOISE = re.compile(
    r"\b(?:city of|county of|royal borough of|london borough of|metropolitan|borough|district|city|"
    r"county|council|mbc|mdc|bc|dc|the|unitary|authority)\b|[^a-z ]"
)


def bare(name: str) -> str:
    """Write the name of a council or district without what sort of one it is."""
    return " ".join(_NOISE.sub(" ", name.lower().replace("&", " and ")).split())


@cache
def named_districts() -> Mapping[str, str]:
    """Bare name of a district, former ones too -> the code of today; names of two are left out."""
    found: dict[str, set[str]] = {}
    for code, one in uk_districts().items():
        found.setdefault(bare(one.name), set()).add(code)
    for former in uk_former_districts().values():
        found.setdefault(bare(former.name), {former.district})
    return {name: min(codes) for name, codes in found.items() if len(codes) == 1}


SHORTEST = 4
"""Letters of a name that is looked for in longer ones."""


@cache
def districts_named(name: str) -> Sequence[str]:
    """Give the districts that the name of a council may be of.

    Parameters
    ----------
    name : str
        As people write it: "Hull City Council".

    Returns
    -------
    sequence of str
        ONS codes: of the one that is called so; else of all whose names hold it as whole words
        (Kingston upon Hull), which are several where nothing tells them apart. None for a name
        that is a county's or a region's.
    """
    told = bare(name)
    exact = named_districts().get(told)
    if exact is not None:
        return (exact,)
    wider = {bare(one.name) for one in parents().values()}
    if len(told) < SHORTEST or told in wider or "county council" in name.lower():
        return ()
    names = ((code, f" {bare(one.name)} ") for code, one in uk_districts().items())
    return tuple(sorted(code for code, held in names if f" {told} " in held))


def _named_district(cell: str) -> str | None:
    return named_districts().get(bare(cell))


def _fault(path: Path, names: list[str]) -> Fault:
    seen = ", ".join(name for name in names if name)[:300] or "no headings"
    return Fault(
        str(path), None, None, "", f"the columns {seen}",
        "one of postcodes and one of districts (codes such as E08000008, or names)",
        "The ONS Postcode Directory has both; give them headings such as postcode and district.",
    )  # fmt: skip
