"""Payments that ways of buying ask for, in columns, so that a month's hundreds cost little."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from scenarios.vocabulary import Kind
from simulation.procurement.arrangements import Instruction, Int64


@dataclass(frozen=True, slots=True)
class Payments:
    """Columns of `n` instructions, in the order in which they are made; see `Instruction`."""

    payer: Int64
    payee: Int64
    pence: Int64
    kind: Int64
    reason: NDArray[np.object_]

    @property
    def size(self) -> int:
        """Number of payments."""
        return int(self.payer.size)

    def take(self, index: NDArray[Any] | slice) -> "Payments":
        """Return the payments at `index` (positions, a mask or a run), in that order."""
        return Payments(*(getattr(self, name)[index] for name in self.__slots__))

    def instructions(self) -> tuple[Instruction, ...]:
        """Return the payments one by one."""
        columns = (getattr(self, name).tolist() for name in self.__slots__)
        return tuple(
            Instruction(payer, payee, pence, Kind(kind), reason)
            for payer, payee, pence, kind, reason in zip(*columns, strict=True)
        )


def written(instructions: Iterable[Instruction]) -> Payments:
    """Write single instructions in columns."""
    rows = list(instructions)
    numbers = np.array([one[:4] for one in rows], dtype=np.int64).reshape(-1, 4)
    payer, payee, pence, kind = numbers.T
    return Payments(payer, payee, pence, kind, np.array([one.reason for one in rows], dtype=object))


def alike(payer: Any, payee: Any, pence: Int64, kind: Kind, reason: str) -> Payments:
    """Write payments of one kind and reason; a single payer or payee stands for a column."""
    n = pence.size
    return Payments(
        np.full(n, payer, dtype=np.int64),
        np.full(n, payee, dtype=np.int64),
        pence,
        np.full(n, int(kind), dtype=np.int64),
        np.full(n, reason, dtype=object),
    )


def joined(parts: Sequence[Payments]) -> Payments:
    """Write payments one part after another."""
    if not parts:
        return written(())
    return Payments(
        *(np.concatenate([getattr(part, name) for part in parts]) for name in Payments.__slots__)
    )
