"""Accounts whose money can be dyed: where a council's pound has gone, unit for unit.

Dye is held in 1,024ths of a penny, by tag; each month what was injected equals what is held, what
has left at a sink and what rounding has let go.
"""

import numpy as np
from numpy.typing import NDArray

from scenarios.vocabulary import NO_HOP, Kind
from simulation.accounting.faults import DyeLostError
from simulation.accounting.network import Network
from simulation.accounting.pages import Pages
from simulation.accounting.pieces import DyePiece
from simulation.kernels import dye, wages

Int32 = NDArray[np.int32]
Int64 = NDArray[np.int64]

UNITS_PER_PENNY = 1024
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
    """

    def __init__(
        self, deposits: Int64, savings: Int64, cell: Int32, sinks: tuple[int, ...]
    ) -> None:
        self.deposits = deposits
        self.savings = savings
        self.cell = cell
        self.sinks = sinks
        self.month = 0
        self.dyed = False
        self.dye_pieces: list[DyePiece] = []
        self.dye_residual = 0
        self.opening: Int64 = np.zeros(0, dtype=np.int64)
        self._holds_dye = False

    def start_dye(self, tags: int, outside: Int32 | None = None) -> None:
        """Make room for dye on every account.

        Dye stops at the sinks and, where only its first exit from a place is followed, at every
        row `outside` it: int32[m].
        """
        ends = [np.array(self.sinks, dtype=np.int32), *([] if outside is None else [outside])]
        self._ends: Int32 = np.concatenate(ends)
        n = self.deposits.size
        self.dyed = True
        self.dye: Int64 = np.zeros((n, tags), dtype=np.int64)
        self.savings_dye: Int64 = np.zeros((n, tags), dtype=np.int64)
        self.dye_out: Int64 = np.zeros((n, tags), dtype=np.int64)
        self.dye_inbox: Int64 = np.zeros((n, tags), dtype=np.int64)
        self.dye_received: Int64 = np.zeros((int(self.cell.max()) + 1, tags), dtype=np.int64)
        self.dye_passed: Int64 = np.zeros_like(self.dye_received)
        self.dye_sunk: Int64 = np.zeros(tags, dtype=np.int64)
        self.dye_injected = 0
        self.dye_gone = 0
        self.opening = self.deposits.copy()
        self._left, self._came = Pages(n), Pages(n)

    def inject(self, kind: Kind, payer: Int32, payee: Int32, pence: Int64) -> None:
        """Dye payments as they leave a council: the payee holds them with tag 0 (hop 1).

        Call in the phase of the payment, after it. Dye that the council already held moves with
        the payment as it is; only the rest is dyed anew.
        """
        opening = np.maximum(self.opening[payer], 1).astype(np.float64)
        per_penny = self.dye[payer] * (dye.ROUND_DOWN / opening)[:, None]
        carried = (pence[:, None] * per_penny).astype(np.int64).sum(axis=1)
        units = pence * UNITS_PER_PENNY - carried
        self._holds_dye = True
        self._came.touch(payee)
        np.add.at(self.dye_inbox[:, 0], payee, units)
        self.dye_injected += int(units.sum())
        cells = np.zeros_like(self.dye_received)
        np.add.at(cells[:, 0], self.cell[payee], units)
        self.dye_pieces.append(DyePiece(self.month, INJECTED, int(kind), cells))

    def _dye_along(self, network: Network, budget: Int64, redirect: Int32) -> None:
        if not self._holds_dye:
            return
        dye.dye_along_edges(
            network.first, budget, network.linked, network.start, network.payee, network.cum,
            redirect, self.opening, self.dye, self.dye_out, self.dye_inbox, self.cell,
            self.dye_passed, network.hop, self._left.bits, self._left.marks, self._came.marks,
        )  # fmt: skip

    def _dye_list(self, kind: Kind, payer: Int32, payee: Int32, pence: Int64) -> None:
        if not self._holds_dye:
            return
        self._left.touch(payer)
        self._came.touch(payee)
        hop = 0 if kind in NO_HOP else 1
        dye.dye_list(
            payer, payee, pence, self.opening, self.dye, self.dye_out, self.dye_inbox,
            self.cell, self.dye_passed, hop,
        )  # fmt: skip

    def _dye_wages(
        self, employer: Int32, payee: Int32, gross: Int64, tax: Int64, government: int
    ) -> None:
        if not self._holds_dye:
            return
        self._left.touch_block(0, int(employer.max()) + 1)
        self._came.touch_block(int(payee.min()), int(payee.max() - payee.min()) + 1)
        self._came.touch(government)
        wages.dye_wages(
            employer, payee, gross, tax, government, self.opening, self.dye, self.dye_out,
            self.dye_inbox, self.dye_passed[self.cell[government]],
        )  # fmt: skip

    def _dye_saving(self, first: int, pence: Int64) -> None:
        """Move dye with money put into savings; a negative amount is drawn from them."""
        if not self._holds_dye:
            return
        dye.move_dye(first, pence, 1, self.deposits, self.dye, self.savings_dye)
        dye.move_dye(first, pence, -1, self.savings, self.savings_dye, self.dye)

    def _settle_dye(self, kind: Kind) -> None:
        """Close a phase: what arrived is held, what reached a sink is taken out."""
        if not self._holds_dye:
            return
        sunk = np.zeros_like(self.dye_received)
        dye.sink_dye(self._ends, self.dye_inbox, self.cell, sunk)
        self.dye_received += sunk - self.dye_passed
        self.dye_passed[:] = 0
        self.dye_sunk[:] = 0
        dye.fold_dye(
            self.deposits, self.dye, self.dye_out, self.dye_inbox, self.dye_sunk, self.cell,
            self.dye_received, self._left.bits, self._left.marks, self._came.marks,
        )  # fmt: skip
        sunk[self.cell[self.sinks[0]]] += self.dye_sunk
        if sunk.any():
            self.dye_gone += int(sunk.sum())
            self.dye_pieces.append(DyePiece(self.month, SUNK, int(kind), sunk))
        if self.dye_received.any():
            moved = self.dye_received.copy()
            self.dye_pieces.append(DyePiece(self.month, RECEIVED, int(kind), moved))
            self.dye_received[:] = 0

    def _close_dye(self) -> None:
        if not self.dyed:
            return
        held, idle = np.zeros_like(self.dye_received), np.zeros_like(self.dye_received)
        audits = (
            dye.audit_dye(self.deposits, self.dye, self.cell, held),
            dye.audit_dye(self.savings, self.savings_dye, self.cell, idle),
        )
        self.dye_pieces.append(DyePiece(self.month, HELD, 0, held + idle))
        self.dye_pieces.append(DyePiece(self.month, IDLE, 0, idle))
        self._holds_dye = bool(held.any() or idle.any())
        residual = self.dye_injected - self.dye_gone - int(held.sum()) - int(idle.sum())
        over, lowest = max(audit[0] for audit in audits), min(audit[1] for audit in audits)
        self.dye_residual += abs(residual) + over
        if residual or over or lowest < 0:
            raise DyeLostError(self.month, residual, over)
