"""Who serves what at the moment: one row for each supplier's place in an arrangement."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from simulation.kernels import serving
from simulation.procurement.interface import Arrangement, Bool, Float64, Int64

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
    place within its arrangement. Columns are views that hold until places come or go.

    Attributes
    ----------
    whole : int64[10, n_room]
    part : float64[14, n_room]
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

    def __init__(self) -> None:
        self.whole: Int64 = np.zeros((serving.WHOLE_ROWS, FIRST_ROOM), dtype=np.int64)
        self.part: Float64 = np.zeros((serving.PART_ROWS, FIRST_ROOM))
        self.size = 0


class PlaceTable(Places):
    """Places that come and go; rows given up stay until the table is closed up."""

    __slots__ = ("_first", "_gone", "_kept", "_sizes")

    def __init__(self) -> None:
        super().__init__()
        self._kept: Bool = np.ones(FIRST_ROOM, dtype=np.bool_)
        self._first: Int64 = np.zeros(FIRST_ROOM, dtype=np.int64)
        self._sizes: Int64 = np.zeros(FIRST_ROOM, dtype=np.int64)
        self._gone = False

    def add(self, number: int, standing: Arrangement, policy: int) -> None:
        """Write an arrangement's places behind the others.

        Parameters
        ----------
        number : int
            Of the arrangement.
        standing : Arrangement
        policy : int
            Code of the policy, a label that nothing branches on.
        """
        begin, k = self.size, standing.suppliers.size
        self._make_room(begin + k, number + 1)
        rows, need, terms = slice(begin, begin + k), standing.need, standing.terms
        self.whole[:, rows] = np.array(
            [[number], [0], [0], [0], [need.tender], [need.buyer], [need.buyer_index],
             [need.category], [policy], [standing.start]]
        )  # fmt: skip
        self.whole[serving.SERIAL, rows] = np.arange(k)
        self.whole[serving.SUPPLIER, rows] = standing.suppliers
        self.whole[serving.UID, rows] = standing.uid
        self.part[serving.MONITORING :, rows] = np.array(
            [[terms.monitoring], [terms.relationship], [terms.remedy_rate], [terms.discretion],
             [terms.dialogue], [terms.payment_days]]
        )  # fmt: skip
        self.part[serving.UNITS, rows] = need.units_month
        self.part[serving.SHARE, rows] = standing.shares
        self.part[serving.PRICE, rows] = standing.unit_prices
        self.part[serving.COST, rows] = standing.costs
        self.part[serving.QUALITY, rows] = standing.qualities
        self.part[serving.CLAIM, rows] = standing.claims_month
        self.part[serving.DELIVERABLE, rows] = standing.deliverable_month
        self.part[serving.PADDING, rows] = standing.padding
        self.size = begin + k
        self._first[number], self._sizes[number] = begin, k

    def give_up(self, number: int) -> None:
        """Take an arrangement's places out."""
        begin, k = int(self._first[number]), int(self._sizes[number])
        self._kept[begin : begin + k] = False
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

    def commit(self, served: Float64) -> None:
        """Write the units a month that each trading row serves: float64[n_rows]."""
        serving.commit(self.whole, self.part, self._kept, self.size, served)

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


def _wider(block: NDArray[Any], room: int) -> NDArray[Any]:
    """Return a block with room for more columns."""
    wider = np.zeros((*block.shape[:-1], room), dtype=block.dtype)
    wider[..., : block.shape[-1]] = block
    return wider
