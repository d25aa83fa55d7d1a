"""Who serves what at the moment: one row for each supplier's place in an arrangement."""

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from simulation.kernels import serving
from simulation.procurement.interface import Bool, Float64, Int64
from simulation.procurement.rolls import Standing, laid_end_to_end

FIRST_ROOM = 64


def _whole(row: int) -> property:
    """Name a row of the block of whole numbers: int64[n]."""
    return property(lambda places: places.whole[row, : places.size])


def _part(row: int) -> property:
    """Name a row of the other block: float64[n]."""
    return property(lambda places: places.part[row, : places.size])


class Places:
    """Columns of `size` places; prices and costs per unit, money in pence a month.

    `share` is of the arrangement's units and changes with call-offs; `serial` counts a supplier's
    place within its arrangement; `work` is what a unit of need takes, 1 the usual. Columns are
    views that hold until places come or go.

    Attributes
    ----------
    whole : int64[10, n_room]
    part : float64[15, n_room]
    size : int
    """

    __slots__ = ("part", "size", "whole")

    arrangement = _whole(serving.NUMBER)
    serial = _whole(serving.SERIAL)
    supplier = _whole(serving.SUPPLIER)
    uid = _whole(serving.UID)
    tender = _whole(serving.TENDER)
    buyer = _whole(serving.BUYER)
    buyer_index = _whole(serving.BUYER_INDEX)
    category = _whole(serving.CATEGORY)
    policy = _whole(serving.POLICY)
    start = _whole(serving.START)
    units_month = _part(serving.UNITS)
    share = _part(serving.SHARE)
    unit_price = _part(serving.PRICE)
    cost = _part(serving.COST)
    quality = _part(serving.QUALITY)
    claim_month = _part(serving.CLAIM)
    deliverable_month = _part(serving.DELIVERABLE)
    padding = _part(serving.PADDING)
    monitoring = _part(serving.MONITORING)
    relationship = _part(serving.RELATIONSHIP)
    remedy_rate = _part(serving.REMEDY_RATE)
    discretion = _part(serving.DISCRETION)
    dialogue = _part(serving.DIALOGUE)
    payment_days = _part(serving.PAYMENT_DAYS)
    work = _part(serving.WORK)

    def __init__(self) -> None:
        self.whole: Int64 = np.zeros((serving.WHOLE_ROWS, FIRST_ROOM), dtype=np.int64)
        self.part: Float64 = np.zeros((serving.PART_ROWS, FIRST_ROOM))
        self.size = 0


class PlaceTable(Places):
    """Places that come and go; rows given up stay until the table is closed up."""

    __slots__ = ("_changed", "_first", "_gone", "_kept", "_mark", "_served", "_sizes")

    def __init__(self) -> None:
        super().__init__()
        self._kept: Bool = np.ones(FIRST_ROOM, dtype=np.bool_)
        self._first: Int64 = np.zeros(FIRST_ROOM, dtype=np.int64)
        self._sizes: Int64 = np.zeros(FIRST_ROOM, dtype=np.int64)
        self._gone = False
        self._served: Float64 = np.zeros(0)
        self._mark: Bool = np.zeros(0, dtype=np.bool_)
        self._changed: list[Int64] = []

    def add(self, entries: Sequence[Standing]) -> None:
        """Write the places of arrangements, at least one, behind the others."""
        begin, made = self.size, [s.arrangement for s in entries]
        sizes = [one.suppliers.size for one in made]
        firsts, owner = laid_end_to_end(sizes)
        self._make_room(begin + owner.size, max(s.number for s in entries) + 1)
        rows = slice(begin, begin + owner.size)
        codes = [
            (s.number, 0, 0, 0, need.tender, need.buyer, need.buyer_index, need.category, s.policy,
             one.start)
            for s, one, need in zip(entries, made, [one.need for one in made], strict=True)
        ]  # fmt: skip
        self.whole[:, rows] = np.array(codes, dtype=np.int64).T[:, owner]
        self.whole[serving.SERIAL, rows] = np.arange(owner.size) - firsts[owner]
        who = np.concatenate([one.suppliers for one in made] + [one.uid for one in made])
        self.whole[serving.SUPPLIER : serving.UID + 1, rows] = who.reshape(2, -1)
        self._changed.append(who[: owner.size].astype(np.int64))
        signed = [
            (terms.monitoring, terms.relationship, terms.remedy_rate, terms.discretion,
             terms.dialogue, terms.payment_days, one.work, one.need.units_month)
            for terms, one in zip([one.terms for one in made], made, strict=True)
        ]  # fmt: skip
        each = np.array(signed).T[:, owner]
        self.part[serving.MONITORING :, rows], self.part[serving.UNITS, rows] = each[:-1], each[-1]
        own = np.concatenate([getattr(one, name) for name in _BY_SUPPLIER for one in made])
        self.part[serving.SHARE : serving.MONITORING, rows] = own.reshape(len(_BY_SUPPLIER), -1)
        numbers = [s.number for s in entries]
        self._first[numbers], self._sizes[numbers] = begin + firsts[:-1], sizes
        self.size = begin + owner.size

    def give_up(self, number: int) -> None:
        """Take an arrangement's places out."""
        begin, k = int(self._first[number]), int(self._sizes[number])
        self._kept[begin : begin + k] = False
        self._changed.append(self.whole[serving.SUPPLIER, begin : begin + k].copy())
        self._sizes[number] = 0
        self._gone = True

    def close_up(self) -> None:
        """Move what is left together; columns taken before hold no more."""
        if self._gone:
            self.size = serving.close_up(self.whole, self.part, self._kept, self.size, self._first)
            self._gone = False

    def rows_of(self, numbers: Int64) -> tuple[Int64, Int64]:
        """Return the first place of some arrangements, and how many each has: int64[m] each."""
        return self._first[numbers], self._sizes[numbers]

    def share_anew(self, rows: Int64, share: Float64) -> None:
        """Change the shares of some places."""
        self.part[serving.SHARE, rows] = share
        self._served = self._served[:0]

    def work_anew(self, rows: Int64, work: Float64) -> None:
        """Change what a unit of need takes at some places."""
        if not np.array_equal(self.part[serving.WORK, rows], work):
            self.part[serving.WORK, rows] = work
            self._served = self._served[:0]

    def committed(self, n_rows: int) -> Float64:
        """Return the units a month that each trading row serves: float64[n_rows].

        The column is written anew at the next call, where arrangements have changed.
        """
        if self._served.size != n_rows:
            self._served, self._mark = np.empty(n_rows), np.zeros(n_rows, dtype=np.bool_)
            serving.commit(self.whole, self.part, self._kept, self.size, self._served)
        elif self._changed:
            serving.commit_some(
                self.whole, self.part, self._kept, self.size, np.concatenate(self._changed),
                self._mark, self._served,
            )  # fmt: skip
        self._changed.clear()
        return self._served

    def _make_room(self, places: int, numbers: int) -> None:
        if places > self._kept.size:
            room = max(places, 2 * self._kept.size)
            self.whole, self.part = _wider(self.whole, room), _wider(self.part, room)
            kept = np.ones(room, dtype=np.bool_)
            kept[: self._kept.size] = self._kept
            self._kept = kept
        if numbers > self._first.size:
            room = max(numbers, 2 * self._first.size)
            self._first, self._sizes = _wider(self._first, room), _wider(self._sizes, room)


_BY_SUPPLIER = (
    "shares",
    "unit_prices",
    "costs",
    "qualities",
    "claims_month",
    "deliverable_month",
    "padding",
)
"""What an arrangement has one number a supplier for: rows SHARE to PADDING of the other block."""


def _wider(block: NDArray[Any], room: int) -> NDArray[Any]:
    """Return a block with room for more columns."""
    wider = np.zeros((*block.shape[:-1], room), dtype=block.dtype)
    wider[..., : block.shape[-1]] = block
    return wider
