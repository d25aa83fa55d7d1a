"""The sheet on which a month's payments are written, and the file that it becomes.

Doors of the ledger write sums by pair of classes, so no list of single payments has to be kept;
at the close of the month the sheet is put in order and filed, and what it says that deposits and
savings did is what the accounts are checked against.
"""

from dataclasses import dataclass
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from scenarios.vocabulary import ISSUED, WITHDRAWN, Kind
from simulation.accounting.network import Network
from simulation.kernels import filing, writing
from simulation.kernels.filing import Change, Order
from simulation.kernels.writing import Sheet

Int32 = NDArray[np.int32]
Int64 = NDArray[np.int64]

N_KINDS = max(Kind) + 1
COLUMNS = {"payer": np.int32, "payee": np.int32, "count": np.int32, "pence": np.int64}
FIRST_ROOM = 1024


@dataclass(frozen=True, slots=True)
class FlowPiece:
    """Payments of one kind in one month, summed by payer class and payee class."""

    month: int
    kind: Kind
    payer: Int32
    payee: Int32
    pence: Int64
    count: Int32


@dataclass(frozen=True, slots=True)
class MonthFile:
    """Payments of a month, each kind in the order of payer and payee.

    Attributes
    ----------
    month : int
    along : dict of Kind to Sheet
        Kinds paid along one network of standing links and in no other way: a row for each slot,
        whether anything was paid or not; the classes are the same arrays month after month.
    rows : Sheet
        All other kinds, one after the other, each pair of classes there once.
    ends : int64[n_kinds]
        Where the rows of each kind end.
    """

    month: int
    along: dict[Kind, Sheet]
    rows: Sheet
    ends: Int64

    def of(self, kind: Kind) -> Sheet:
        """Return the payments of a kind; of some pairs of classes nothing may have been paid."""
        if kind in self.along:
            return self.along[kind]
        rows = slice(int(self.ends[kind - 1]) if kind else 0, int(self.ends[kind]))
        return Sheet(*(column[rows] for column in self.rows))

    @property
    def size(self) -> int:
        """How many rows it holds, those of no payment among them."""
        along: int = sum(sheet.pence.size for sheet in self.along.values())
        return along + int(self.ends[-1])

    def pieces(self) -> list[FlowPiece]:
        """Return the payments of each kind of which there are any."""
        pieces = []
        for kind in sorted(Kind):
            payer, payee, count, pence = self.of(kind)
            paid = np.flatnonzero(count)
            if 0 < paid.size < count.size:
                payer, payee, count, pence = payer[paid], payee[paid], count[paid], pence[paid]
            if paid.size:
                pieces.append(FlowPiece(self.month, kind, payer, payee, pence, count))
        return pieces

    def columns(self) -> dict[str, NDArray[Any]]:
        """Return the payments as the table `flows` of Books has them."""
        pieces = self.pieces()
        kinds = np.array([int(piece.kind) for piece in pieces], dtype=np.int8)
        columns = {
            name: np.concatenate([np.empty(0, dtype), *(getattr(one, name) for one in pieces)])
            for name, dtype in COLUMNS.items()
        }
        return {
            "month": np.full(columns["pence"].size, self.month, dtype=np.int16),
            "kind": np.repeat(kinds, [piece.pence.size for piece in pieces]),
            **columns,
        }


class Told(NamedTuple):
    """What a file says that its month did.

    `deposits` and `savings` are changes by class, int64[n_classes] [pence]; `payments` and `pence`
    the number and sum of the payments that moved a deposit: all but loans written off.
    """

    deposits: Int64
    savings: Int64
    payments: int
    pence: int


class FlowSheet:
    """Payments of the current month by kind and pair of classes, as they are made.

    Parameters
    ----------
    klass : int32[n_rows]
        Class of each row.
    """

    def __init__(self, klass: Int32) -> None:
        self.klass = klass
        self.n_classes = int(klass.max()) + 1
        self.by_class: Int64 = np.zeros((self.n_classes, 2), dtype=np.int64)
        """Pence and number of payments by class, to be filled and then written: zero between."""
        self._rows = _room(FIRST_ROOM)
        self._runs: list[tuple[int, int]] = []
        self._networks: list[Network] = []

    def write_network(self, network: Network) -> None:
        """Note that something has been paid along standing links; it stands in their sums."""
        if not any(network is other for other in self._networks):
            self._networks.append(network)

    def write_list(self, kind: Kind, payer: Int32, payee: Int32, pence: Int64) -> None:
        """Write listed payments by row: int32[m], int32[m] and int64[m]."""
        rows, n = self._with_room_for(max(pence.size, self.n_classes))
        end = writing.write_list(payer, payee, pence, self.klass, self.by_class, rows, n)
        self._runs.append((int(kind), end))

    def write_classes(self, kind: Kind, other: int, *, pays: bool) -> None:
        """Write what `by_class` says was paid to the class of a row (or by it), and empty it."""
        rows, n = self._with_room_for(self.n_classes)
        end = writing.write_classes(self.by_class, int(self.klass[other]), pays, rows, n)
        self._runs.append((int(kind), end))

    def write_pairs(
        self, kind: Kind, payer: Int64, payee: Int64, pence: Int64, count: Int64
    ) -> None:
        """Write sums by pair of classes: int64[m] each; those of no payment are left out."""
        rows, n = self._with_room_for(pence.size)
        end = writing.write_rows(payer, payee, pence, count, rows, n)
        self._runs.append((int(kind), end))

    def file(self, month: int) -> tuple[MonthFile, Told]:
        """Put the month's payments in order and add them up; the sheet keeps them till `clear`.

        Parameters
        ----------
        month : int

        Returns
        -------
        MonthFile
        Told
        """
        alone = self._alone()
        runs = np.array([(0, 0), *self._runs])
        kinds, begins = runs[1:, 0].copy(), runs[:, 1].copy()
        n = int(begins[-1])
        room = np.empty((2, n), dtype=np.int32)
        order = Order(kinds, begins, np.zeros(self.n_classes, dtype=np.int64), *room)
        change = Change(*_EFFECTS, *np.zeros((2, self.n_classes), dtype=np.int64))
        filed, ends = _room(n), np.empty(N_KINDS, dtype=np.int64)
        many, moved = filing.file_sheet(self._rows, order, change, filed, ends)
        rows = Sheet(*(column[: ends[-1]] for column in filed))
        along = {}
        for network in alone:
            size = network.slot_payer.size
            columns = np.empty(size, dtype=np.int32), np.empty(size, dtype=np.int64)
            slots = Sheet(network.slot_payer, network.slot_payee, *columns)
            number, pence = filing.file_slots(network.sums, int(network.kind), change, slots)
            along[network.kind] = slots
            many, moved = many + number, moved + pence
        told = Told(change.deposits, change.savings, many, moved)
        return MonthFile(month, along, rows, ends), told

    def _alone(self) -> list[Network]:
        """Return networks whose kinds were paid in no other way; write the sums of the others."""
        ways = [*{kind for kind, _ in self._runs}]
        ways += [int(network.kind) for network in self._networks]
        alone = []
        for network in self._networks:
            kind = int(network.kind)
            if ways.count(kind) == 1:
                alone.append(network)
                continue
            rows, n = self._with_room_for(network.slot_payer.size)
            slots = network.sums, network.slot_payer, network.slot_payee
            self._runs.append((kind, writing.write_slots(*slots, rows, n)))
        self._networks = alone
        return alone

    def clear(self) -> None:
        """Begin a new sheet; the sums of networks are emptied."""
        self._runs.clear()
        for network in self._networks:
            network.sums[:] = 0
        self._networks = []

    def _with_room_for(self, more: int) -> tuple[Sheet, int]:
        """Return the sheet with room for so many rows and one to spare, and its first free row."""
        n = self._runs[-1][1] if self._runs else 0
        wanted, room = n + more + 1, self._rows.pence.size
        if wanted > room:
            wider = _room(max(wanted, 2 * room))
            for old, new in zip(self._rows, wider, strict=True):
                new[:n] = old[:n]
            self._rows = wider
        return self._rows, n


def _room(n: int) -> Sheet:
    return Sheet(*(np.empty(n, dtype=dtype) for dtype in COLUMNS.values()))


def _effects() -> tuple[Int64, Int64, Int64]:
    """Say what each kind does: lower deposits, raise deposits, change savings; int64[n_kinds]."""
    takes, gives, saves = np.zeros((3, N_KINDS), dtype=np.int64)
    for kind in Kind:
        if kind is not Kind.WRITE_OFF:
            takes[kind], gives[kind] = kind not in ISSUED, kind not in WITHDRAWN
    saves[Kind.SAVING], saves[Kind.DISSAVING] = 1, -1
    return takes, gives, saves


_EFFECTS = _effects()
