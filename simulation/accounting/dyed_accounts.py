"""Accounts whose money can be dyed: where a council's pound has gone, unit for unit.

Dye is held in 1,024ths of a penny, by tag; each month what was injected equals what is held, what
has left at a sink and what rounding has let go.
"""

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from scenarios.vocabulary import Kind
from simulation.accounting.faults import DyeLostError
from simulation.accounting.grouping import runs_of
from simulation.accounting.lines import room_for_dye
from simulation.accounting.pages import Pages
from simulation.accounting.pieces import DyePiece
from simulation.kernels import dye, settling
from simulation.kernels.accounts import FOUR, Accounts, Dye
from simulation.kernels.settling import Sinks

Int32 = NDArray[np.int32]
Int64 = NDArray[np.int64]

HELD, RECEIVED, SUNK, INJECTED, IDLE = 0, 1, 2, 3, 4


class DyedAccounts:
    """Money and dye of each row; the dye moves with the payments that a ledger makes.

    Parameters
    ----------
    deposits, savings : int64[n_rows], updated
        Transaction accounts and savings accounts [pence].
    cell : int32[n_rows]
        Area x institution cell of each row.
    sinks : tuple of int
        Rows at which dye stops: government and the world; at least one. What rounding lets go is
        counted at the first.
    homes : slice
        Rows that receive at once; none by default. Only rent from another home, and the dye that
        comes with it, waits: until the landlord takes it in.
    """

    def __init__(
        self,
        deposits: Int64,
        savings: Int64,
        cell: Int32,
        sinks: tuple[int, ...],
        homes: slice = slice(0, 0),
    ) -> None:
        self.deposits = deposits
        self.savings = savings
        self.cell = cell
        self.sinks = sinks
        self.homes = homes
        self.inbox: Int64 = np.zeros(deposits.size, dtype=np.int64)
        closing = homes.start if homes.stop > homes.start else deposits.size
        self.redirect: Int32 = np.arange(closing, dtype=np.int32)
        """Who receives in place of each row before the homes; neither they nor clubs close."""
        self.month = 0
        self.dyed = False
        self.dye_pieces: list[DyePiece] = []
        self.dye_residual = 0
        self.opening: Int64 = np.zeros(0, dtype=np.int64)
        self._accounts = Accounts(deposits, self.inbox, homes.start, homes.stop)
        self._holds_dye = False
        self._aside: Callable[[], None] | None = None

    def start_dye(self, tags: int, outside: Int32 | None = None) -> None:
        """Make room for dye on every account.

        Dye stops at the sinks and, where only its first exit from a place is followed, at every
        row `outside` it: int32[m].
        """
        ends = [np.array(self.sinks, dtype=np.int32), *([] if outside is None else [outside])]
        rows: Int32 = np.concatenate(ends)
        n = self.deposits.size
        self.dyed = True
        self.dye = room_for_dye(n, tags)
        self.savings_dye = room_for_dye(n, tags)
        self.dye_out = room_for_dye(n, tags)
        self.dye_inbox = room_for_dye(n, tags)
        self.dye_received: Int64 = np.zeros((int(self.cell.max()) + 1, tags), dtype=np.int64)
        self.dye_passed: Int64 = np.zeros_like(self.dye_received)
        self.dye_lost: Int64 = np.zeros(tags, dtype=np.int64)
        self.dye_injected = 0
        self.dye_gone = 0
        self.opening = np.zeros(n, dtype=np.int64)
        for others in (slice(0, self.homes.start), slice(self.homes.stop, n)):
            self.opening[others] = self.deposits[others]
        self._left, self._came = Pages(n), Pages(n)
        self._stands = runs_of(self.cell)
        self._sinks = Sinks(
            rows, rows[self._are_homes(rows)], int(self.cell[self.sinks[0]]),
            np.zeros_like(self.dye_received), self.dye_lost,
        )  # fmt: skip
        self._dye = Dye(
            self.dye, self.dye_out, self.dye_inbox, self.opening, self.cell, self.dye_passed,
            self.dye_received,
        )  # fmt: skip

    def _are_homes(self, rows: Int32) -> NDArray[np.bool_]:
        inside: NDArray[np.bool_] = (rows >= self.homes.start) & (rows < self.homes.stop)
        return inside

    def inject(self, kind: Kind, payer: Int32, payee: Int32, pence: Int64) -> None:
        """Dye payments as they leave a council: the payee holds them with tag 0 (hop 1).

        Call in the phase of the payment, after it. Dye that the council already held moves with
        the payment as it is; only the rest is dyed anew.
        """
        self._holds_dye = True
        cells = np.zeros_like(self.dye_received)
        dye.inject_dye(
            payer, payee, pence, self.accounts(), self._dye, self._came.bits, self._came.marks,
            cells,
        )  # fmt: skip
        self.dye_injected += int(cells.sum())
        self._note(INJECTED, kind, cells)

    def _by_tag(self, lines: int) -> Int64:
        """Make room for numbers by tag, none where nothing is dyed: int64[lines, n_tags]."""
        return np.zeros((lines, self.dye.shape[1] if self._holds_dye else 0), dtype=np.int64)

    def _room(self) -> Int64 | None:
        """Give kernels room to work in, None for the four tags that they know best."""
        known = self._holds_dye and self.dye.shape[1] == FOUR
        return None if known else self._by_tag(1)[0]

    def _dye_now(self) -> Dye | None:
        """Return the dye as a phase finds it, None where nobody holds any."""
        return self._dye if self._holds_dye else None

    def accounts(self, *, at_once: bool = True) -> Accounts:
        """Return the accounts as a phase finds them, homes receiving at once unless they pay.

        Whoever asks for them is to pay: what is done aside is ended before.
        """
        self._end_aside()
        return self._accounts if at_once else self._accounts._replace(first_home=0, end_home=0)

    def _end_aside(self) -> None:
        """Wait for what another thread does, where it does anything, and write it down."""
        end, self._aside = self._aside, None
        if end is not None:
            end()

    def _file_dye(self, kind: Kind, arrived: bool, gone: bool) -> None:
        """Note dye that has arrived, and dye that has left or that rounding has let go."""
        if gone:
            units = np.empty_like(self.dye_received)
            self.dye_gone += settling.tell_sunk(self._sinks, units)
            self._note(SUNK, kind, units)
        if arrived:
            self._note(RECEIVED, kind, self.dye_received.copy())
            self.dye_received[:] = 0

    def _note(self, record: int, kind: int, units: Int64) -> None:
        self.dye_pieces.append(DyePiece(self.month, record, int(kind), units))

    def _close_dye(self) -> None:
        if not self.dyed:
            return
        held, idle = np.zeros_like(self.dye_received), np.zeros_like(self.dye_received)
        audits = (
            dye.audit_dye(self._stands, self.deposits, self.dye, self.cell, held),
            dye.audit_dye(self._stands, self.savings, self.savings_dye, self.cell, idle),
        )
        self._note(HELD, 0, held + idle)
        self._note(IDLE, 0, idle)
        self._holds_dye = bool(held.any() or idle.any())
        residual = self.dye_injected - self.dye_gone - int(held.sum()) - int(idle.sum())
        over, lowest = max(audit[0] for audit in audits), min(audit[1] for audit in audits)
        self.dye_residual += abs(residual) + over
        if residual or over or lowest < 0:
            raise DyeLostError(self.month, residual, over)
