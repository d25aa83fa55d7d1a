"""The doors through which homes are paid wages, and the desks at which homes are served.

Homes may be served at several desks side by side; the books are the same.
"""

from collections.abc import Sequence
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from scenarios.vocabulary import Kind
from simulation.accounting.desks import Desk, close, serve, set_up
from simulation.accounting.diary import Diary
from simulation.accounting.grouping import runs_of
from simulation.accounting.ledger import Ledger
from simulation.accounting.lines import room_for_dye
from simulation.accounting.network import Network
from simulation.accounting.payslips import payslips_of
from simulation.kernels import labour, ordering, payments, tills
from simulation.kernels.accounts import Links
from simulation.kernels.compiling import AT_ONCE
from simulation.kernels.labour import Law, Payroll, Room, Staff

Int32 = NDArray[np.int32]
Int64 = NDArray[np.int64]
Float64 = NDArray[np.float64]

LONG = 100_000
"""Links from which on a network is shared out among desks: half a millisecond of payments. To wake
a desk takes 60 us, and to add up what lies in its rooms some 150 us in a town."""


class WageLedger(Ledger):
    """A ledger some of whose rows are homes.

    Parameters
    ----------
    deposits, savings, klass, cell, unlimited, sinks
        See `Ledger`.
    homes : slice
        Rows of homes; nobody else's row lies between them. Homes of one class that stand together
        make a block; there may be no homes, and then there is no block.
    """

    def __init__(
        self,
        deposits: Int64,
        savings: Int64,
        klass: Int32,
        cell: Int32,
        unlimited: tuple[int, ...],
        sinks: tuple[int, ...],
        homes: slice,
    ) -> None:
        super().__init__(deposits, savings, klass, cell, unlimited, sinks, homes)
        self.blocks = runs_of(klass[homes])
        self._rate: Float64 = np.zeros((0, 0))
        self.share_out(1)

    def share_out(self, desks: int) -> None:
        """Serve homes at so many desks side by side, a thread each; there are no more than homes.

        Books do not depend on it.
        """
        self._desks = set_up(self.blocks, desks, self.homes.start, self.n_classes)
        of_homes = [self.klass[self.homes][desk.blocks[:-1]] for desk in self._desks]
        self._own_classes = np.concatenate(of_homes).astype(np.int64)

    @property
    def desks(self) -> int:
        """How many desks there are, a thread each."""
        return len(self._desks)

    def _pay_along(self, network: Network, links: Links, budget: Int64) -> None:
        """Share long networks that lead to no home out among the desks too."""
        if len(self._desks) == 1 or network.cum.size < LONG or self._leads_home(network):
            super()._pay_along(network, links, budget)
            return
        dye, parts = self._dye_now(), np.array_split(links.linked, len(self._desks))
        linked = dict(zip(self._desks, parts, strict=True))

        def work(desk: Desk) -> Int64:
            sums = np.zeros_like(network.sums)
            payments.pay_no_home(
                links._replace(linked=linked[desk]), budget,
                self.accounts()._replace(inbox=desk.inbox(self.inbox)), network.slot, sums,
                desk.dye(dye), network.hop, self._room(),
            )  # fmt: skip
            return sums

        network.sums += np.add.reduce(serve(self._desks, work))
        close(self._desks, self.inbox, dye)

    def wages(
        self,
        staff: Staff,
        law: Law,
        ratio: Int64,
        government: int,
        earned: Int64,
        net_by_row: Int64,
    ) -> None:
        """Pay every worker's home net of tax and remit the tax to the government.

        Parameters
        ----------
        staff : Staff
            Served fastest where homes rise.
        law : Law
        ratio : int64[n_employers]
            Share of the payroll that each employer can pay [1/65536].
        government : int
            Row that receives the tax.
        earned : int64[n_homes], updated
            Net pay of the month [pence].
        net_by_row : int64[n_rows], updated
            Net pay that each employer has paid [pence].
        """
        if staff.wage.size == 0:
            return
        if not ordering.rises(staff.household):
            order = np.argsort(staff.household, kind="stable")
            staff = Staff(*(column[order] for column in staff))
        # homes of one class, who are most often all, need no count of their own
        of_one = int(staff.household[-1]) < self.blocks[1]
        employers, accounts, dye = ratio.size, self.accounts(), self._dye_now()
        rate = self._rates(employers, self._by_tag(1).shape[1])
        if dye is not None:
            labour.set_rates(dye, rate)

        def work(desk: Desk) -> tuple[Int64, int]:
            slips = desk.slips(employers, rate.shape[1])
            labour.open_slips(slips, ratio, self.klass)
            room = Room(slips, rate, self._by_tag(1)[0], *np.empty((3, AT_ONCE), dtype=np.int64))
            counted, lines = None if of_one else desk.by_class, 0
            cuts = desk.members(staff.household)
            for block, (begin, end) in enumerate(pairwise(cuts[[0, -1]] if of_one else cuts)):
                labour.pay_workers(
                    staff, int(begin), int(end), law, government, accounts, counted, earned,
                    desk.dye(dye), room,
                )  # fmt: skip
                if counted is not None:
                    lives = int(self.klass[self.homes.start + desk.blocks[block]])
                    lines = tills.tell_payers(counted, lives, desk.told, lines)
            return slips, lines

        of_desks, told = zip(*serve(self._desks, work), strict=True)
        taxed = np.zeros_like(self.sheet.by_class)
        payroll = Payroll(net_by_row, self.sheet.by_class, taxed, self.klass)
        left = np.zeros((employers, 0), np.int64) if dye is None else dye.out
        for slips in of_desks:
            labour.settle_slips(slips, government, accounts, payroll, left)
        close(self._desks, self.inbox, dye)
        self._pages.touch(government)
        self._pages.touch_block(0, employers)
        if self._holds_dye:
            self._left.touch_block(0, employers)
            self._came.touch(government)
        if self.diary is not None:
            self._write_slips(self.diary, staff, law, ratio, government)
        if of_one:
            self.sheet.write_classes(Kind.WAGES, self.homes.start, pays=True)
        else:
            self._write_told(Kind.WAGES, told)
        self.sheet.by_class[:] = taxed
        self.sheet.write_classes(Kind.PAYE, government, pays=True)

    def _rates(self, employers: int, tags: int) -> Float64:
        """Return room for the dye that goes with a penny of each employer, float64[n, n_tags]."""
        if self._rate.shape != (employers, tags):
            self._rate = room_for_dye(employers, tags).view(np.float64)
        return self._rate

    def _write_slips(
        self, diary: Diary, staff: Staff, law: Law, ratio: Int64, government: int
    ) -> None:
        """Write every payslip in the diary."""
        slips = payslips_of(staff, law, ratio)
        home = (self.homes.start + slips.household).astype(np.int32)
        diary.listed(self.month, Kind.WAGES, slips.employer, home, slips.gross - slips.tax)
        state = np.full_like(slips.employer, government)
        diary.listed(self.month, Kind.PAYE, slips.employer, state, slips.tax)

    def _write_told(self, kind: Kind, told: Sequence[int]) -> None:
        """Write what each desk has told of payments by pair of classes, line by line."""
        for desk, lines in zip(self._desks, told, strict=True):
            self.sheet.write_pairs(kind, *desk.told[:lines].T)
