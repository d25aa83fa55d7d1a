"""What the ledger files away: payments and dye, summed for a month.

A piece holds one kind of payment, by the class of payer and payee, or one record of dye, by cell
and tag. Books are made of pieces, so no list of single payments has to be kept.
"""

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from scenarios.vocabulary import ISSUED, WITHDRAWN, Kind
from simulation.kernels.payments import move_by_class, rise

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
    count: Int32


@dataclass(slots=True)
class DyePiece:
    """Dye of one month by area x institution cell and tag."""

    month: int
    record: int
    kind: int
    units: Int64


@dataclass(slots=True)
class Tally:
    """What pieces say a month did to each class's deposits and savings [pence], and how often."""

    deposits: Int64
    savings: Int64
    payments: int = 0
    pence: int = 0


def tally(pieces: list[FlowPiece], n_classes: int) -> Tally:
    """Add up what pieces moved between classes; a loan written off moves nothing.

    Parameters
    ----------
    pieces : list of FlowPiece
        Payments of one month, in any order.
    n_classes : int
        Number of classes.

    Returns
    -------
    Tally
        Changes by class: int64[n_classes] each.
    """
    told = Tally(*np.zeros((2, n_classes), dtype=np.int64))
    for piece in pieces:
        if piece.kind is Kind.WRITE_OFF:
            continue
        gives, takes = piece.kind not in WITHDRAWN, piece.kind not in ISSUED
        told.payments += move_by_class(
            piece.payer, piece.payee, piece.pence, piece.count, int(takes), int(gives),
            told.deposits,
        )  # fmt: skip
        if piece.kind is Kind.SAVING:
            np.add.at(told.savings, piece.payer, piece.pence)
        if piece.kind is Kind.DISSAVING:
            np.subtract.at(told.savings, piece.payee, piece.pence)
        told.pence += int(piece.pence.sum())
    return told


def filed(
    pieces: list[FlowPiece], n_classes: int
) -> tuple[dict[str, NDArray[Any]], list[FlowPiece]]:
    """Sum pieces of one month by kind, payer class and payee class, and lay them end to end.

    Parameters
    ----------
    pieces : list of FlowPiece
        Payments of one month, in any order.
    n_classes : int
        Number of classes.

    Returns
    -------
    dict of str to array
        Columns as the table `flows` of Books has them, in the order of its key.
    list of FlowPiece
        One for each kind, its pairs of classes rising and each there once: rows of those columns.
    """
    by_kind: dict[Kind, list[FlowPiece]] = {}
    for piece in pieces:
        by_kind.setdefault(piece.kind, []).append(piece)
    whole = [_summed(by_kind[kind], n_classes) for kind in sorted(by_kind)]
    ends = np.cumsum([0, *(piece.pence.size for piece in whole)])
    n = int(ends[-1])
    columns: dict[str, NDArray[Any]] = {
        "month": np.full(n, pieces[0].month if pieces else 0, dtype=np.int16),
        "kind": np.empty(n, dtype=np.int8),
        "payer": np.empty(n, dtype=np.int32),
        "payee": np.empty(n, dtype=np.int32),
        "pence": np.empty(n, dtype=np.int64),
        "count": np.empty(n, dtype=np.int32),
    }
    done = []
    for piece, begin, end in zip(whole, ends[:-1].tolist(), ends[1:].tolist(), strict=True):
        rows = slice(begin, end)
        columns["kind"][rows] = piece.kind
        for name in ("payer", "payee", "pence", "count"):
            columns[name][rows] = getattr(piece, name)
        parts = (columns[name][rows] for name in ("payer", "payee", "pence", "count"))
        done.append(FlowPiece(piece.month, piece.kind, *parts))
    return columns, done


def _summed(group: list[FlowPiece], n_classes: int) -> FlowPiece:
    """Sum pieces of one kind by pair of classes, in rising order."""
    if len(group) == 1 and rise(group[0].payer, group[0].payee):
        return group[0]
    pair = np.concatenate([p.payer.astype(np.int64) * n_classes + p.payee for p in group])
    order = np.argsort(pair, kind="stable")
    pair = pair[order]
    begins = np.flatnonzero(np.diff(pair, prepend=-1))
    keys = pair[begins]
    pence = np.add.reduceat(np.concatenate([p.pence for p in group])[order], begins)
    count = np.add.reduceat(np.concatenate([p.count for p in group])[order], begins)
    payer, payee = (keys // n_classes).astype(np.int32), (keys % n_classes).astype(np.int32)
    return FlowPiece(group[0].month, group[0].kind, payer, payee, pence, count.astype(np.int32))
