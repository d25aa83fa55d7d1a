"""The double-entry ledger: every pound that leaves an account arrives in another.

A phase decides on opening balances, pays, and folds; receipts of a phase can be spent in the
next one only. Two checks close every month: all balances against their opening total plus named
creation and destruction, and each class's deposits and savings against the flows counted for it.
"""

import numpy as np
from numpy.typing import NDArray

from scenarios.vocabulary import Kind
from simulation.accounting.diary import Diary
from simulation.accounting.dyed_accounts import DyedAccounts
from simulation.accounting.faults import (
    HomeDoorError,
    NoSlotsError,
    NotClosedError,
    OverdrawnError,
    TooLargeError,
)
from simulation.accounting.filed_months import FiledMonths
from simulation.accounting.grouping import runs_of
from simulation.accounting.network import Network
from simulation.accounting.pages import Pages
from simulation.accounting.sheet import FlowPiece, FlowSheet
from simulation.kernels import blocks, payments, settling
from simulation.kernels.accounts import LARGEST_PAYMENT, Links
from simulation.kernels.payments import Marks, Owned

Int32 = NDArray[np.int32]
Int64 = NDArray[np.int64]


class Ledger(DyedAccounts):
    """Moves money and dye between rows and keeps the totals that Books need.

    Parameters
    ----------
    deposits, savings : int64[n_rows], updated
        Transaction accounts and savings accounts [pence].
    klass : int32[n_rows]
        Class of each row.
    cell : int32[n_rows]
        Area x institution cell of each row, for dye.
    unlimited : tuple of int
        Rows that may go below zero: government, the world, outside demand, the pension fund.
    sinks : tuple of int
        Rows at which dye stops: government and the world; at least one. What rounding lets go is
        counted at the first.
    homes : slice
        Rows that pay through doors of their own (`HomeLedger`), and to which `along` and `listed`
        pay at once; the other doors here refuse them, but for `save` and `write_off`.
    """

    def __init__(
        self,
        deposits: Int64,
        savings: Int64,
        klass: Int32,
        cell: Int32,
        unlimited: tuple[int, ...],
        sinks: tuple[int, ...],
        homes: slice = slice(0, 0),
    ) -> None:
        super().__init__(deposits, savings, cell, sinks, homes)
        self.klass = klass
        self.unlimited = unlimited
        self._free = np.array(unlimited, dtype=np.int32)
        self.sheet = FlowSheet(klass)
        self.n_classes = self.sheet.n_classes
        self._runs = runs_of(klass)
        self.opening_by_class, self.opening_total, *_ = self._audit()
        self.created = 0
        self.filed = FiledMonths()
        self.payments = 0
        self.pence_moved = 0
        self.residual_pence = 0
        self._pages = Pages(deposits.size)
        self.diary: Diary | None = None

    def along(self, network: Network, budget: Int64) -> None:
        """Pay each payer's budget along its links; see `kernels.payments.pay_along`.

        Parameters
        ----------
        network : Network
            Its payers are no homes; its payees may be.
        budget : int64[n_payers]
            Amounts [pence], none negative.

        Raises
        ------
        TooLargeError
            For a budget of 2**46 pence or more.
        HomeDoorError
            When a payer is a home.
        NoSlotsError
            For links that are counted in tills.
        """
        self._check_size(network.kind, budget)
        self._check_slots(network)
        self._refuse_block(network.kind, "by", network.first, network.start.size - 1)
        links = network.links_to(self.redirect)
        if self.diary is not None:
            self.diary.along(self.month, network, links.payee, budget)
        self._pay_along(network, links, budget)
        self._touch(network)
        self.sheet.write_network(network)

    def _pay_along(self, network: Network, links: Links, budget: Int64) -> None:
        """Pay each payer's budget along its links, and count payments by slot."""
        pay = payments.pay_along if self._leads_home(network) else payments.pay_no_home
        pay(
            links, budget, self.accounts(), network.slot, network.sums, self._dye_now(),
            network.hop, self._room(),
        )  # fmt: skip

    def _check_size(self, kind: Kind, budget: Int64) -> None:
        if budget.size and int(budget.max()) >= LARGEST_PAYMENT:
            raise TooLargeError(kind.name.lower(), int(budget.max()))

    def _check_slots(self, network: Network) -> None:
        """Refuse links without slots, which were built for a till."""
        if network.slot.size != network.cum.size:
            raise NoSlotsError(network.kind.name.lower(), network.cum.size)

    def _leads_home(self, network: Network) -> bool:
        """Say whether links of a network may lead to a home, or a row beyond."""
        return bool(network.last >= self.homes.start)

    def _refuse_block(self, kind: Kind, side: str, first: int, size: int) -> None:
        """Refuse homes among neighbouring rows that would pay ("by") or be paid ("to")."""
        row = max(first, self.homes.start)
        if row < min(first + size, self.homes.stop):
            raise HomeDoorError(kind.name.lower(), side, row, self.homes)

    def _refuse_rows(self, kind: Kind, side: str, rows: Int32) -> None:
        """Refuse homes among rows that would pay ("by") or be paid ("to").

        Homes stand last in a town, so the highest row has the answer: 1 us for a thousand.
        """
        if rows.size and int(rows.max()) >= self.homes.start:
            for row in rows[self._are_homes(rows)][:1].tolist():
                raise HomeDoorError(kind.name.lower(), side, row, self.homes)

    def _touch(self, network: Network) -> None:
        """Mark the pages of all who may have paid or been paid along links."""
        _, touched, left, came = self._marks()
        payments.mark_links(*network.leaves(self._pages.bits), touched, left, came)

    def _marks(self) -> Marks:
        """Return the pages that payments mark, those of dye only where somebody holds any."""
        dyed = (self._left.marks, self._came.marks) if self._holds_dye else (None, None)
        return Marks(self._pages.bits, self._pages.marks, *dyed)

    def listed(self, kind: Kind, payer: Int32, payee: Int32, pence: Int64) -> None:
        """Make a list of payments of one kind, each decided on the opening balance.

        Parameters
        ----------
        kind : Kind
        payer, payee : int32[m]
            Rows; no payer is a home.
        pence : int64[m]
            Amounts, none negative.

        Raises
        ------
        HomeDoorError
            When a payer is a home.
        """
        if pence.size == 0:
            return
        self._refuse_rows(kind, "by", payer)
        payments.pay_list(
            payer, payee, pence, True, True, self.accounts(), self._dye_now(), kind.hop,
            self._marks(),
        )  # fmt: skip
        self._write(kind, payer, payee, pence)

    def from_one(self, kind: Kind, payer: int, first: int, pence: Int64) -> None:
        """Pay rows `first ..` from one payer that holds no dye (orders from outside).

        Parameters
        ----------
        kind : Kind
        payer : int
            An unlimited row.
        first : int
            Row of the first payee.
        pence : int64[n_payees]
            Amounts, none negative.

        Raises
        ------
        HomeDoorError
            When the payer or a payee is a home.
        """
        self._refuse_block(kind, "by", payer, 1)
        self._refuse_block(kind, "to", first, pence.size)
        blocks.pay_from_one(payer, first, pence, self.accounts(), self.klass, self.sheet.by_class)
        self._pages.touch(payer)
        self._pages.touch_block(first, pence.size)
        if self.diary is not None:
            self.diary.block(self.month, kind, first, pence, payer, False)
        self.sheet.write_classes(kind, payer, pays=False)

    def lend(self, bank: int, row: Int32, pence: Int64) -> None:
        """Let the bank create deposits as it lends to the listed rows.

        Parameters
        ----------
        bank : int
            Row of the lender.
        row : int32[m]
            Rows of the borrowers, none of them a home.
        pence : int64[m]
            Amounts; those of nothing are no loans.

        Raises
        ------
        HomeDoorError
            When a borrower is a home.
        """
        some = pence > 0
        row, pence = row[some], pence[some]
        self._refuse_rows(Kind.LOAN_DRAWN, "to", row)
        self.created += int(pence.sum())
        payer, marks = np.full_like(row, bank), self._marks()
        payments.pay_list(payer, row, pence, False, True, self.accounts(), None, 0, marks)
        self._write(Kind.LOAN_DRAWN, payer, row, pence)

    def repay(self, bank: int, row: Int32, pence: Int64) -> None:
        """Let deposits end as loans are repaid by the listed rows; their dye goes to a sink.

        Parameters
        ----------
        bank : int
            Row of the lender.
        row : int32[m]
            Rows of the borrowers, none of them a home.
        pence : int64[m]
            Amounts; those of nothing are no payments.

        Raises
        ------
        HomeDoorError
            When a borrower is a home.
        """
        some = pence > 0
        row, pence = row[some], pence[some]
        self._refuse_rows(Kind.LOAN_REPAID, "by", row)
        self.created -= int(pence.sum())
        payments.pay_list(
            row, np.full_like(row, self.sinks[0]), pence, True, False, self.accounts(),
            self._dye_now(), Kind.LOAN_REPAID.hop, self._marks(),
        )  # fmt: skip
        self._write(Kind.LOAN_REPAID, row, np.full_like(row, bank), pence)

    def write_off(self, bank: int, row: Int32, pence: Int64) -> None:
        """Record loans that will not be repaid; no deposit moves."""
        some = pence > 0
        row, pence = row[some], pence[some]
        self._write(Kind.WRITE_OFF, np.full_like(row, bank), row, pence)

    def save(self, bank: int, first: int, pence: Int64) -> None:
        """Move money between deposits and savings of rows `first ..`; negative draws down.

        Takes effect at once, since it is the owner's own money. Call it between phases.
        """
        self._end_aside()
        if not pence.any():
            return
        if self.diary is not None:
            self.diary.block(self.month, Kind.SAVING, first, pence, bank, True)
            self.diary.block(self.month, Kind.DISSAVING, first, -pence, bank, False)
        dyed = (self.dye, self.savings_dye) if self._holds_dye else (None, None)
        owned = Owned(self.deposits, self.savings, self.opening)
        sums = np.zeros((2, *self.sheet.by_class.shape), dtype=np.int64)
        put, drawn = payments.save_block(
            first, pence, owned, *dyed, self.klass, sums, self._pages.bits, self._pages.marks
        )
        self.created -= put - drawn
        ways = (Kind.SAVING, put, sums[0], True), (Kind.DISSAVING, drawn, sums[1], False)
        for kind, moved, by_class, pays in ways:
            if moved:
                self.sheet.by_class[:] = by_class
                self.sheet.write_classes(kind, bank, pays=pays)

    def settle(self, kind: Kind) -> None:
        """Close a phase: receipts become balances, dye follows, what reached a sink is taken out.

        Raises
        ------
        OverdrawnError
            When a payer has paid more than it held as the phase opened. The payments have been
            made by then: a ledger that raised it is of no further use.
        """
        overdrawn, arrived, gone = settling.settle(
            self.accounts(), self.opening, self._free, self._marks(), self._dye_now(),
            self._sinks if self._holds_dye else None,
        )  # fmt: skip
        if overdrawn:
            raise OverdrawnError(self.month, kind.name.lower())
        self._file_dye(kind, arrived, gone)

    def close_month(self) -> None:
        """Check both residuals to the penny and file the month's flows.

        Raises
        ------
        NotClosedError
            When a penny is missing or an account is overdrawn; the sheet still holds the month.
        DyeLostError
            When dye is not accounted for; the sheet still holds the month.
        """
        closing, held, lowest, worst = self._audit()
        filed, told = self.sheet.file(self.month)
        total = held - self.opening_total - self.created
        off = closing - self.opening_by_class - np.stack([told.deposits, told.savings], axis=1)
        by_class = int(np.abs(off).sum())
        self.residual_pence += abs(total) + by_class
        if total or by_class or lowest < 0:
            raise NotClosedError(self.month, total, by_class, lowest, worst)
        self._close_dye()
        self.payments += told.payments
        self.pence_moved += told.pence
        self.filed.append(filed)
        self.sheet.clear()
        self.opening_by_class, self.opening_total, self.created = closing, held, 0

    def _audit(self) -> tuple[Int64, int, int, int]:
        """Add up deposits and savings by class; find the lowest balance that has a limit.

        Returns
        -------
        int64[n_classes, 2]
        held, lowest, worst : int
            All deposits; the lowest balance if one is below zero, and its row.
        """
        by_class = np.zeros((self.n_classes, 2), dtype=np.int64)
        told = payments.audit(
            self._runs, self.klass, self.deposits, self.savings, self._free, by_class
        )
        return by_class, *told

    @property
    def flows(self) -> list[FlowPiece]:
        """What has been filed, month by month and kind by kind."""
        return [piece for filed in self.filed for piece in filed.pieces()]

    def _write(self, kind: Kind, payer: Int32, payee: Int32, pence: Int64) -> None:
        self.sheet.write_list(kind, payer, payee, pence)
        if self.diary is not None:
            self.diary.listed(self.month, kind, payer, payee, pence)

    def to_one(self, kind: Kind, first: int, pence: Int64, payee: int) -> None:
        """Let rows `first ..` pay one payee (taxes, contributions, interest).

        Parameters
        ----------
        kind : Kind
        first : int
            Row of the first payer.
        pence : int64[n_payers]
            Amounts, none negative.
        payee : int
            The receiving row.

        Raises
        ------
        HomeDoorError
            When a payer or the payee is a home.
        """
        self._refuse_block(kind, "by", first, pence.size)
        self._refuse_block(kind, "to", payee, 1)
        if self._holds_dye:
            self._left.touch_block(first, pence.size)
            self._came.touch(payee)
        if self.diary is not None:
            self.diary.block(self.month, kind, first, pence, payee, True)
        blocks.pay_to_one(
            first, pence, payee, self.accounts(), self.klass, self.sheet.by_class,
            self._dye_now(), kind.hop, self._by_tag(1)[0],
        )  # fmt: skip
        self._pages.touch(payee)
        self._pages.touch_block(first, pence.size)
        self.sheet.write_classes(kind, payee, pays=True)
