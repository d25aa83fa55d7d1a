"""Who serves what at the moment: one row for each supplier's place in an arrangement."""

from collections.abc import Sequence
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

    def joined_by(self, entries: Sequence[tuple[int, Arrangement, int]]) -> "Places":
        """Return these places followed by those of arrangements; see `places_of`."""
        if not entries:
            return self
        new = places_of(entries)
        return Places(
            *(np.concatenate([getattr(self, name), getattr(new, name)]) for name in self.__slots__)
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


def places_of(entries: Sequence[tuple[int, Arrangement, int]]) -> Places:
    """Write arrangements as rows, one a supplier.

    Parameters
    ----------
    entries : sequence of (int, Arrangement, int)
        Number of the arrangement, itself, and the code of the policy (a label that nothing
        branches on); at least one.

    Returns
    -------
    Places
    """
    counts = [standing.suppliers.size for _, standing, _ in entries]

    def each(kind: type, columns: list[tuple[Any, ...]]) -> NDArray[Any]:
        return np.repeat(np.array(columns, dtype=kind).T, counts, axis=1)

    def joined(name: str) -> NDArray[Any]:
        return np.concatenate([getattr(standing, name) for _, standing, _ in entries])

    needs = [standing.need for _, standing, _ in entries]
    codes = each(
        np.int32,
        [
            (number, policy, standing.start, need.buyer, need.buyer_index, need.category)
            for (number, standing, policy), need in zip(entries, needs, strict=True)
        ],
    )
    number, policy, start, buyer, buyer_index, category = codes
    signed = each(
        np.float64,
        [
            (
                standing.need.units_month, terms.monitoring, terms.relationship,
                terms.remedy_rate, terms.discretion, terms.dialogue, terms.payment_days,
            )
            for _, standing, _ in entries
            for terms in (standing.terms,)
        ],
    )  # fmt: skip
    units_month, monitoring, relationship, remedy_rate, discretion, dialogue, payment_days = signed
    return Places(
        arrangement=number,
        serial=np.concatenate([np.arange(k, dtype=np.int32) for k in counts]),
        supplier=joined("suppliers"),
        uid=joined("uid"),
        tender=np.repeat(np.array([need.tender for need in needs], dtype=np.int64), counts),
        buyer=buyer,
        buyer_index=buyer_index,
        category=category,
        policy=policy,
        units_month=units_month,
        share=joined("shares"),
        unit_price=joined("unit_prices"),
        cost=joined("costs"),
        quality=joined("qualities"),
        claim_month=joined("claims_month"),
        deliverable_month=joined("deliverable_month"),
        padding=joined("padding"),
        monitoring=monitoring,
        relationship=relationship,
        remedy_rate=remedy_rate,
        discretion=discretion,
        dialogue=dialogue,
        payment_days=payment_days,
        start=start,
    )
