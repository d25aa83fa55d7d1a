"""Sums by group: many rows of payments become one row for each kind, payer and payee."""

from collections.abc import Iterable
from typing import Any

import numpy as np
from numpy.typing import NDArray

from simulation.kernels import grouping

Int64 = NDArray[np.int64]
Float64 = NDArray[np.float64]
Bool = NDArray[np.bool_]

ROOM = 2
"""Possible groups a row up to which a table of all of them is faster than a sort."""


def sum_by(values: Int64, *columns: NDArray[Any]) -> tuple[list[Int64], Int64]:
    """Add up values over equal codes.

    Few possible groups are added into a table of all of them. Else codes and row number are packed
    into one 64-bit number and sorted once: 3 million rows of flows take 0.12 s, against 0.27 s for
    searching month by month.

    Parameters
    ----------
    values : int64[n_rows]
        What is added up.
    *columns : int[n_rows]
        Codes; each distinct combination is a group.

    Returns
    -------
    codes : list of int64[n_groups]
        The codes of each group, a column each, groups in rising order of the first, then the next.
    sums : int64[n_groups]
        The sum of each group, exact.

    Raises
    ------
    OverflowError
        When the codes of one row do not fit into 63 bits.
    """
    if values.size == 0:
        return [np.empty(0, dtype=np.int64) for _ in columns], np.empty(0, dtype=np.int64)
    lows = [int(column.min()) for column in columns]
    spans = [int(column.max()) - low + 1 for column, low in zip(columns, lows, strict=True)]
    room = 1
    for span in spans:
        room *= span
    if room.bit_length() > 63:
        raise OverflowError(f"codes that span {spans} do not fit into one 64-bit key")
    key = columns[0].astype(np.int64)
    shift = lows[0]
    for column, low, span in zip(columns[1:], lows[1:], spans[1:], strict=True):
        key *= span
        key += column
        shift = shift * span + low
    key -= shift
    left, sums = (
        _dense(key, values, room) if room <= ROOM * key.size else _sparse(key, values, room)
    )
    codes: list[Int64] = []
    for low, span in zip(reversed(lows), reversed(spans), strict=True):
        codes.append(left % span + low)
        left = left // span
    return codes[::-1], sums


def totals(codes: NDArray[Any], values: NDArray[Any], n: int) -> Float64:
    """Add up values by code, float64[n]; pence stay exact up to 2^53."""
    return np.bincount(codes, weights=values, minlength=n).astype(np.float64, copy=False)


def key_order(keys: list[NDArray[Any]]) -> Int64:
    """Return the order that sorts rows by their keys, the first first; ties stay as they stand."""
    packed = packed_keys(keys)
    return np.lexsort(keys[::-1]) if packed is None else np.argsort(packed, kind="stable")


def packed_keys(keys: list[NDArray[Any]]) -> Int64 | None:
    """Pack keys into one whole number that sorts as they do, or None where 63 bits are too few."""
    packed = np.zeros(keys[0].size, dtype=np.int64)
    room = 1
    if packed.size == 0:
        return packed
    for column in keys:
        low = int(column.min())
        span = int(column.max()) - low + 1
        room *= span
        if room.bit_length() > 63:
            return None
        packed *= span
        packed += column
        packed -= low
    return packed


def whole_totals(codes: NDArray[Any], values: Int64, n: int) -> Int64:
    """Add up whole numbers by code, int64[n], exact."""
    sums, seen = np.zeros(n, dtype=np.int64), np.zeros(n, dtype=np.bool_)
    grouping.add_by_key(codes, values, sums, seen)
    return sums


def runs_of(codes: NDArray[Any]) -> Int64:
    """Return where each run of one code begins, and the end of the last: int64[n_runs + 1]."""
    turns = np.flatnonzero(codes[1:] != codes[:-1]) + 1
    return np.array([0, *turns, codes.size] if codes.size else [0], dtype=np.int64)


def among(codes: NDArray[Any], wanted: Iterable[int]) -> Bool:
    """Say which codes are wanted ones, bool[n]; codes are small, -1 (unknown) is never wanted.

    By looking them up: a sixth of what a search takes for 150,000 rows.
    """
    chosen = list(wanted)
    marks = np.zeros(max(int(codes.max(initial=0)), *chosen) + 2, dtype=np.bool_)
    marks[chosen] = True
    found: Bool = marks[codes]
    return found


def _dense(key: Int64, values: Int64, room: int) -> tuple[Int64, Int64]:
    sums = np.zeros(room, dtype=np.int64)
    seen = np.zeros(room, dtype=np.bool_)
    grouping.add_by_key(key, values.astype(np.int64, copy=False), sums, seen)
    found = np.flatnonzero(seen)
    return found, sums[found]


def _sparse(key: Int64, values: Int64, room: int) -> tuple[Int64, Int64]:
    bits = int(key.size).bit_length()
    if room.bit_length() + bits > 63:
        order = np.argsort(key, kind="stable")
        key = key[order]
    else:
        key <<= bits
        key |= np.arange(key.size, dtype=np.int64)
        key.sort()
        order = key & ((1 << bits) - 1)
        key >>= bits
    starts = np.flatnonzero(np.concatenate(([True], key[1:] != key[:-1])))
    return key[starts], np.add.reduceat(values[order], starts)
