"""What the ledger files away: payments and dye, summed for a month.

A piece holds one kind of payment, by the class of payer and payee, or one record of dye, by cell
and tag. Books are made of pieces, so no list of single payments has to be kept.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from scenarios.vocabulary import Kind

Int32 = NDArray[np.int32]
Int64 = NDArray[np.int64]


@dataclass(slots=True)
class FlowPiece:
    """Payments of one kind in one month, summed by payer class and payee class."""

    month: int
    kind: Kind
    payer: Int32
    payee: Int32
    pence: Int64
    count: Int64


@dataclass(slots=True)
class DyePiece:
    """Dye of one month by area x institution cell and tag."""

    month: int
    record: int
    kind: int
    units: Int64


def sorted_pieces(pieces: list[FlowPiece], n_classes: int) -> list[FlowPiece]:
    """Sum pieces of one month by kind, payer class and payee class, in that order.

    Parameters
    ----------
    pieces : list of FlowPiece
        Payments of one month, in any order.
    n_classes : int
        Number of classes.

    Returns
    -------
    list of FlowPiece
        One for each kind, its pairs of classes rising and each there once.
    """
    by_kind: dict[Kind, list[FlowPiece]] = {}
    for piece in pieces:
        by_kind.setdefault(piece.kind, []).append(piece)
    done = []
    for kind in sorted(by_kind):
        group = by_kind[kind]
        pair = np.concatenate([p.payer.astype(np.int64) * n_classes + p.payee for p in group])
        keys, where = np.unique(pair, return_inverse=True)
        pence = np.zeros(keys.size, dtype=np.int64)
        count = np.zeros(keys.size, dtype=np.int64)
        np.add.at(pence, where, np.concatenate([p.pence for p in group]))
        np.add.at(count, where, np.concatenate([p.count for p in group]))
        payer, payee = (keys // n_classes).astype(np.int32), (keys % n_classes).astype(np.int32)
        done.append(FlowPiece(group[0].month, kind, payer, payee, pence, count))
    return done
