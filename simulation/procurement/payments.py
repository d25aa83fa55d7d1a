"""Payments that ways of buying ask for, in columns, so that a month's hundreds cost little."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from scenarios.vocabulary import Kind
from simulation.procurement.arrangements import Instruction, Int64

PAYER, PAYEE, PENCE, KIND, REASON = range(5)
_REASONS: list[str] = []


class _Codes(dict[str, int]):
    """Numbers that stand for reasons in this process, and nowhere else."""

    def __missing__(self, reason: str) -> int:
        self[reason] = len(_REASONS)
        _REASONS.append(reason)
        return self[reason]


_CODES = _Codes()


def code_of(reason: str) -> int:
    """Return the number that stands for a reason in columns."""
    return _CODES[reason]


@dataclass(frozen=True, slots=True)
class Payments:
    """Columns of `n` instructions, in the order in which they are made; see `Instruction`.

    Attributes
    ----------
    columns : int64[5, n]
        Payer, payee, pence, kind and the number of the reason.
    """

    columns: Int64

    @property
    def payer(self) -> Int64:
        """Who pays: int64[n]."""
        return self._column(PAYER)

    @property
    def payee(self) -> Int64:
        """Who is paid: int64[n]."""
        return self._column(PAYEE)

    @property
    def pence(self) -> Int64:
        """How much: int64[n]."""
        return self._column(PENCE)

    @property
    def kind(self) -> Int64:
        """Of what kind: int64[n]."""
        return self._column(KIND)

    @property
    def size(self) -> int:
        """Number of payments."""
        return int(self.columns.shape[1])

    def _column(self, row: int) -> Int64:
        column: Int64 = self.columns[row]
        return column

    def take(self, index: NDArray[Any] | slice) -> "Payments":
        """Return the payments at `index` (positions, a mask or a run), in that order."""
        return Payments(self.columns[:, index])

    def instructions(self) -> tuple[Instruction, ...]:
        """Return the payments one by one."""
        return tuple(
            Instruction(payer, payee, pence, Kind(kind), _REASONS[reason])
            for payer, payee, pence, kind, reason in self.columns.T.tolist()
        )


def written(instructions: Iterable[Instruction]) -> Payments:
    """Write single instructions in columns."""
    rows = [
        (payer, payee, pence, kind, _CODES[reason])
        for payer, payee, pence, kind, reason in instructions
    ]
    return Payments(np.array(rows, dtype=np.int64).reshape(-1, 5).T)


def alike(payer: Any, payee: Any, pence: Int64, kind: Kind, reason: str) -> Payments:
    """Write payments of one kind and reason; a single payer or payee stands for a column."""
    columns = np.empty((5, pence.size), dtype=np.int64)
    columns[PAYER], columns[PAYEE], columns[PENCE] = payer, payee, pence
    columns[KIND], columns[REASON] = int(kind), _CODES[reason]
    return Payments(columns)


def joined(parts: Sequence[Payments]) -> Payments:
    """Write payments one part after another."""
    if not parts:
        return written(())
    return Payments(np.concatenate([part.columns for part in parts], axis=1))
