"""Joint commissioning: buyers that need the same let it together, and each signs for its own part.

One notice, one competition, one set of process costs, shared by what each partner needs. After the
occasional joint procurement of the Public Contracts Regulations 2015, reg. 38, and the joint
discharge of functions of the Local Government Act 1972, s. 101(5).
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from simulation.economy.apportion import largest_remainder
from simulation.model.lots import Lot
from simulation.procurement.commissioning import Commission
from simulation.procurement.interface import Arrangement, Instruction, Need, Regime
from simulation.procurement.law import Legality

Int32 = NDArray[np.int32]


@dataclass(frozen=True, slots=True)
class Part:
    """What one buyer brings to the table: its lot, its need, and who serves it now."""

    lot: Lot
    need: Need
    incumbents: Int32


@dataclass(frozen=True, slots=True)
class Due:
    """What is let at once, by one way of buying; the first of its parts leads."""

    parts: tuple[Part, ...]
    need: Need
    regime: Regime
    verdict: Legality

    @property
    def lot(self) -> Lot:
        """The lead's lot."""
        return self.parts[0].lot

    @property
    def incumbents(self) -> Int32:
        """Who serves any part now, each once."""
        first = self.parts[0].incumbents
        if len(self.parts) == 1:
            return first
        return np.unique(np.concatenate([part.incumbents for part in self.parts]))

    @property
    def weights(self) -> list[float]:
        """Units a month of each part."""
        return [part.need.units_month for part in self.parts]


def partnerships(parts: Iterable[Part]) -> list[list[Part]]:
    """Put the lots of several buyers together: the largest of each, then the next, and so on.

    Parameters
    ----------
    parts : iterable of Part
        Lots of one category that one rule lets jointly this month.

    Returns
    -------
    list of list of Part
        In each at most one lot of a buyer, the largest first: its buyer leads.
    """
    of_buyer: dict[int, list[Part]] = {}
    for part in sorted(parts, key=_larger_first):
        of_buyer.setdefault(part.lot.buyer, []).append(part)
    most = max(len(own) for own in of_buyer.values())
    return [
        sorted((own[k] for own in of_buyer.values() if k < len(own)), key=_larger_first)
        for k in range(most)
    ]


def _larger_first(part: Part) -> tuple[float, int]:
    return -part.need.units_month, part.lot.key


def joint_need(parts: Sequence[Part], threshold_pence: int) -> Need:
    """Write the partners' needs as one, whose whole value counts against the legal threshold."""
    units = sum(part.need.units_month for part in parts)
    value = sum(part.need.value_pence for part in parts)
    lead = parts[0].need
    above = value >= threshold_pence
    return lead._replace(units_month=units, value_pence=value, above_threshold=above)


def arrangements_of(due: Due, result: Commission) -> list[Arrangement]:
    """Return what each partner signs: the joint award at its own size, nothing where none is."""
    made = result.arrangement
    if made is None:
        return []
    if len(due.parts) == 1:
        return [made]
    signed = []
    for part, weight in zip(due.parts, due.weights, strict=True):
        share = weight / due.need.units_month
        thread = made.thread._replace(
            result=f"{made.thread.result}; let jointly by {len(due.parts)} buyers"
        )
        signed.append(
            made._replace(
                need=part.need,
                claims_month=made.claims_month * share,
                deliverable_month=made.deliverable_month * share,
                thread=thread,
            )
        )
    return signed


def costs_shared(due: Due, pence: int) -> list[int]:
    """Split a cost of the procedure among the partners, by what each needs [pence]."""
    if len(due.parts) == 1:
        return [pence]
    shared: list[int] = largest_remainder(pence, due.weights).tolist()
    return shared


def payments_shared(due: Due, asked: Sequence[Instruction]) -> list[Instruction]:
    """Let each partner pay its share of what the lead would pay; suppliers pay what is theirs."""
    if len(due.parts) == 1:
        return list(asked)
    paid: list[Instruction] = []
    for one in asked:
        if one.payer != due.need.buyer:
            paid.append(one)
            continue
        shares = costs_shared(due, one.pence)
        paid += [
            one._replace(payer=part.need.buyer, pence=pence)
            for part, pence in zip(due.parts, shares, strict=True)
            if pence
        ]
    return paid
