"""What the ledger files away: payments and dye, summed for a month.

A piece holds one kind of payment, by the class of payer and payee, or one record of dye, by cell
and tag. Books are made of pieces, so no list of single payments has to be kept.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from scenarios.vocabulary import ISSUED, WITHDRAWN, Kind
from simulation.kernels.payments import rise, sum_by_class

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
    came, went, stored, drawn = np.zeros((4, n_classes), dtype=np.int64)
    told = Tally(came, stored)
    for piece in pieces:
        if piece.kind is Kind.WRITE_OFF:
            continue
        if piece.kind not in WITHDRAWN:
            sum_by_class(piece.payee, piece.pence, came)
        if piece.kind not in ISSUED:
            sum_by_class(piece.payer, piece.pence, went)
        if piece.kind is Kind.SAVING:
            sum_by_class(piece.payer, piece.pence, stored)
        if piece.kind is Kind.DISSAVING:
            sum_by_class(piece.payee, piece.pence, drawn)
        told.payments += int(piece.count.sum())
        told.pence += int(piece.pence.sum())
    came -= went
    stored -= drawn
    return told


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
        if len(group) == 1 and rise(group[0].payer, group[0].payee):
            done.append(group[0])
            continue
        pair = np.concatenate([p.payer.astype(np.int64) * n_classes + p.payee for p in group])
        order = np.argsort(pair, kind="stable")
        pair = pair[order]
        begins = np.flatnonzero(np.diff(pair, prepend=-1))
        keys = pair[begins]
        pence = np.add.reduceat(np.concatenate([p.pence for p in group])[order], begins)
        count = np.add.reduceat(np.concatenate([p.count for p in group])[order], begins)
        payer, payee = (keys // n_classes).astype(np.int32), (keys % n_classes).astype(np.int32)
        done.append(FlowPiece(group[0].month, kind, payer, payee, pence, count))
    return done
