"""Who serves what at the moment: one row for each supplier's place in an arrangement."""

from dataclasses import dataclass, fields
from typing import Any

import numpy as np
from numpy.typing import NDArray

from simulation.procurement.interface import Arrangement, Float64, Int32, Int64


@dataclass(frozen=True, slots=True)
class Places:
    """Columns of `n` places; prices and costs per unit, money in pence a month.

    `share` is of the arrangement's units and changes with call-offs; `serial` counts a supplier's
    place within its arrangement.
    """

    arrangement: Int32
    serial: Int32
    supplier: Int32
    uid: Int64
    tender: Int64
    buyer: Int32
    buyer_index: Int32
    category: Int32
    policy: Int32
    units_month: Float64
    share: Float64
    unit_price: Float64
    cost: Float64
    quality: Float64
    claim_month: Float64
    deliverable_month: Float64
    padding: Float64
    monitoring: Float64
    relationship: Float64
    remedy_rate: Float64
    discretion: Float64
    dialogue: Float64
    payment_days: Float64
    start: Int32

    @property
    def size(self) -> int:
        """Number of places."""
        return int(self.supplier.size)

    def take(self, index: NDArray[Any]) -> "Places":
        """Return the places at `index` (positions or a mask), in that order."""
        at = np.flatnonzero(index) if index.dtype == np.bool_ else index
        return Places(*(getattr(self, name).take(at) for name in self.__slots__))

    def without(self, numbers: list[int]) -> "Places":
        """Return the places of all but some arrangements."""
        kept = np.ones(self.size, dtype=np.bool_)
        for number in numbers:
            kept &= self.arrangement != number
        return self.take(kept)

    def joined_by(self, others: list["Places"]) -> "Places":
        """Return these places followed by others."""
        if not others:
            return self
        return Places(
            *(
                np.concatenate([getattr(table, name) for table in (self, *others)])
                for name in self.__slots__
            )
        )


_LONG = frozenset({"uid", "tender"})
_WHOLE = frozenset(
    {"arrangement", "serial", "supplier", "buyer", "buyer_index", "category", "policy", "start"}
)


def no_places() -> Places:
    """Return an empty table."""
    columns: list[Any] = []
    for column in fields(Places):
        kind = np.int64 if column.name in _LONG else np.float64
        columns.append(np.zeros(0, dtype=np.int32 if column.name in _WHOLE else kind))
    return Places(*columns)


def places_of(number: int, arrangement: Arrangement, policy: int) -> Places:
    """Write an arrangement as rows, one a supplier.

    Parameters
    ----------
    number : int
        The arrangement's number.
    arrangement : Arrangement
    policy : int
        Code of the policy, a label that nothing branches on.

    Returns
    -------
    Places
    """
    need, terms, k = arrangement.need, arrangement.terms, arrangement.suppliers.size

    def whole(value: int) -> Int32:
        return np.full(k, value, dtype=np.int32)

    def real(value: float) -> Float64:
        return np.full(k, value, dtype=np.float64)

    return Places(
        arrangement=whole(number),
        serial=np.arange(k, dtype=np.int32),
        supplier=arrangement.suppliers,
        uid=arrangement.uid,
        tender=np.full(k, need.tender, dtype=np.int64),
        buyer=whole(need.buyer),
        buyer_index=whole(need.buyer_index),
        category=whole(need.category),
        policy=whole(policy),
        units_month=real(need.units_month),
        share=arrangement.shares,
        unit_price=arrangement.unit_prices,
        cost=arrangement.costs,
        quality=arrangement.qualities,
        claim_month=arrangement.claims_month,
        deliverable_month=arrangement.deliverable_month,
        padding=arrangement.padding,
        monitoring=real(terms.monitoring),
        relationship=real(terms.relationship),
        remedy_rate=real(terms.remedy_rate),
        discretion=real(terms.discretion),
        dialogue=real(terms.dialogue),
        payment_days=real(terms.payment_days),
        start=whole(arrangement.start),
    )
