"""What a folder of contracts holds: sizes, SMEs, bids, routes, and when contracts end.

Unknown is a share of its own in every count. Sums are in pence of pounds sterling; contracts in
other currencies, and those whose value is a range or not stated, count in numbers only.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq

from scenarios.sources.contract_schema import STATED

POUND = "GBP"

BANDS_PENCE = (
    500_000, 2_500_000, 10_000_000, 50_000_000, 100_000_000, 500_000_000, 1_000_000_000,
)  # fmt: skip
"""Where one size of contract ends and the next begins: £5,000 up to £10m."""

UNKNOWN = "not known"
VALUE_UNKNOWN = "no single value in pounds"

MOST_ROUTES = 12
"""Routes named; the rest are added up."""

MOST_BIDS = 6
"""Numbers of bids told apart; from here on they are one group."""

_COLUMNS = (
    "total_value_pence", "value_kind", "currency", "sme", "vcse", "route", "end", "bids_low",
    "bids_high", "suppliers", "supplier_is_person",
)  # fmt: skip


@dataclass(frozen=True)
class Tally:
    """Contracts under one heading.

    Attributes
    ----------
    name : str
        The heading.
    count : int
        Contracts.
    pence : int
        Sum of those with a single value in pounds [pence].
    """

    name: str
    count: int
    pence: int


@dataclass(frozen=True)
class Profile:
    """Counts of one folder of contracts.

    Attributes
    ----------
    contracts : int
        All of them.
    valued : int
        Those with a single value in pounds.
    pence : int
        Their sum [pence].
    median_pence : int or None
        Of those; the lower one of two [pence].
    kinds, sizes, sme, vcse, ends, routes, bids : sequence of Tally
        Each adds up to all contracts; the number of bids, to all that are counted there.
    bids_of : str
        What the numbers of bids are counted by.
    """

    contracts: int
    valued: int
    pence: int
    median_pence: int | None
    kinds: Sequence[Tally]
    sizes: Sequence[Tally]
    sme: Sequence[Tally]
    vcse: Sequence[Tally]
    ends: Sequence[Tally]
    routes: Sequence[Tally]
    bids: Sequence[Tally]
    bids_of: str


def profile(folder: Path) -> Profile:
    """Count the contracts of a folder that an import filled.

    Parameters
    ----------
    folder : Path
        Holds contracts.parquet; of notices also tenders.parquet and lots.parquet.
    """
    table = pq.read_table(folder / "contracts.parquet", columns=list(_COLUMNS))
    columns = {name: table[name].to_pylist() for name in _COLUMNS}
    many = table.num_rows
    pence = [
        worth if kind == STATED and currency in (POUND, None) else None
        for worth, kind, currency in zip(
            columns["total_value_pence"], columns["value_kind"], columns["currency"], strict=True
        )
    ]
    known = sorted(worth for worth in pence if worth is not None)
    of_bids, bids = _bids(folder, columns)
    return Profile(
        contracts=many,
        valued=len(known),
        pence=sum(known),
        median_pence=known[(len(known) - 1) // 2] if known else None,
        kinds=_tallies(columns["value_kind"], pence, sorted(set(columns["value_kind"]))),
        sizes=_tallies([_band(worth) for worth in pence], pence, [*_bands(), VALUE_UNKNOWN]),
        sme=_flags(columns["sme"], pence, "SME", "no SME"),
        vcse=_flags(columns["vcse"], pence, "VCSE", "no VCSE"),
        ends=_years(columns["end"], pence),
        routes=_routes(columns["route"], pence),
        bids=bids,
        bids_of=of_bids,
    )


def _tallies(
    names: Sequence[str], pence: Sequence[int | None], order: Sequence[str]
) -> list[Tally]:
    counts = Counter(names)
    sums: Counter[str] = Counter()
    for name, worth in zip(names, pence, strict=True):
        sums[name] += worth or 0
    return [Tally(name, counts[name], sums[name]) for name in order if counts[name]]


def pounds_short(pence: int) -> str:
    """Write a round sum of pounds: £5,000, £1m."""
    whole = pence // 100
    return f"£{whole // 1_000_000}m" if whole >= 1_000_000 else f"£{whole:,}"


def _bands() -> list[str]:
    edges = [pounds_short(edge) for edge in BANDS_PENCE]
    between = [f"{low} to {high}" for low, high in pairwise(edges)]
    return [f"under {edges[0]}", *between, f"{edges[-1]} and more"]


def _band(worth: int | None) -> str:
    if worth is None:
        return VALUE_UNKNOWN
    return _bands()[sum(worth >= edge for edge in BANDS_PENCE)]


def _flags(
    flags: Sequence[bool | None], pence: Sequence[int | None], yes: str, no: str
) -> list[Tally]:
    said: Mapping[Any, str] = {True: yes, False: no, None: UNKNOWN}
    return _tallies([said[flag] for flag in flags], pence, [yes, no, UNKNOWN])


def _years(days: Sequence[date | None], pence: Sequence[int | None]) -> list[Tally]:
    names = [str(day.year) if day else UNKNOWN for day in days]
    return _tallies(names, pence, [*sorted(set(names) - {UNKNOWN}), UNKNOWN])


def _routes(routes: Sequence[str | None], pence: Sequence[int | None]) -> list[Tally]:
    """Count routes as they are written, but for capitals and blanks; the rare ones together."""
    said: dict[str, str] = {}
    keys = []
    for route in routes:
        plain = " ".join((route or "").lower().split()).strip(" -")
        said.setdefault(plain, (route or "").strip(" -") or UNKNOWN)
        keys.append(plain)
    counts = Counter(keys)
    frequent = sorted(counts, key=lambda each: (-counts[each], each))
    rare = set(frequent[MOST_ROUTES:])
    others = f"{len(rare)} others"
    names = [others if each in rare else said[each] for each in keys]
    order = [said[each] for each in frequent[:MOST_ROUTES] if each]
    return _tallies(names, pence, [*order, *([others] if rare else ()), UNKNOWN])


def _bids(folder: Path, columns: Mapping[str, Sequence[Any]]) -> tuple[str, list[Tally]]:
    """Count bids by lot, where notices state them so, by process, or by contract of a register."""
    lows, highs, of = list(columns["bids_low"]), list(columns["bids_high"]), "contract"
    if (folder / "tenders.parquet").exists() and (folder / "lots.parquet").exists():
        of = "tender, or lot where bids are stated by lot"
        lots = pq.read_table(folder / "lots.parquet", columns=["ocid", "bids_low", "bids_high"])
        kept = [row for row in lots.to_pylist() if row["bids_low"] is not None]
        by_lot = {row["ocid"] for row in kept}
        names = ["ocid", "bids_low", "bids_high"]
        tenders = pq.read_table(folder / "tenders.parquet", columns=names).to_pylist()
        kept += [row for row in tenders if row["ocid"] not in by_lot]
        lows = [row["bids_low"] for row in kept]
        highs = [row["bids_high"] for row in kept]
    names = [_many_bids(low, high) for low, high in zip(lows, highs, strict=True)]
    order = [*map(str, range(MOST_BIDS)), f"{MOST_BIDS} and more", "stated twice, not alike"]
    return of, _tallies(names, [None] * len(names), [*order, UNKNOWN])


def _many_bids(low: int | None, high: int | None) -> str:
    if low is None:
        return UNKNOWN
    if low != high:
        return "stated twice, not alike"
    return str(low) if low < MOST_BIDS else f"{MOST_BIDS} and more"
