"""The doors through which homes are paid wages, and the desks at which homes are served.

Homes may be served at several desks side by side; the books are the same.
"""

from collections.abc import Callable, Sequence
from functools import partial
from itertools import pairwise
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from scenarios.vocabulary import Kind
from simulation.accounting.desks import Desk, close, set_up, side_by_side
from simulation.accounting.diary import Diary
from simulation.accounting.grouping import runs_of
from simulation.accounting.ledger import Ledger
from simulation.accounting.lines import room_for_dye
from simulation.accounting.network import Network
from simulation.accounting.payslips import payslips_of
from simulation.kernels import labour, ordering, payments, tills
from simulation.kernels.accounts import Dye, Links
from simulation.kernels.compiling import AT_ONCE
from simulation.kernels.labour import Law, Payroll, Room, Staff

Int32 = NDArray[np.int32]
Int64 = NDArray[np.int64]
Float64 = NDArray[np.float64]

LONG = 100_000
"""Links from which on a network is shared out among desks: half a millisecond of payments. To wake
a desk takes 60 us, and its caches hold nothing."""


Part = TypeVar("Part")


def pay_apart(
    network: Network,
    parts: Sequence[Part],
    lay_out: Callable[[Part, Int64], Callable[[], None]],
) -> None:
    """Pay along links part by part, side by side, each with sums by slot of its own.

    Parameters
    ----------
    network : Network
        Whose sums are added up.
    parts : sequence
    lay_out : callable
        Returns the call that pays a part and adds to some sums, int64[n_slots, 2].
    """
    sums = np.zeros((len(parts), *network.sums.shape), dtype=np.int64)
    side_by_side([lay_out(*each) for each in zip(parts, sums, strict=True)])
    network.sums += np.add.reduce(sums)


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
        dye, accounts = self._dye_now(), self.accounts()
        parts = zip(self._desks, np.array_split(links.linked, len(self._desks)), strict=True)

        def lay_out(part: tuple[Desk, Int32], sums: Int64) -> Callable[[], None]:
            desk, linked = part
            return partial(
                payments.pay_no_home, links._replace(linked=linked), budget,
                accounts._replace(inbox=desk.inbox(self.inbox)), network.slot, sums,
                desk.dye(dye), network.hop, self._room(),
            )  # fmt: skip

        pay_apart(network, list(parts), lay_out)
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
        earned : int64[n_homes], written
            Net pay of the month [pence].
        net_by_row : int64[n_rows], updated
            Net pay that each employer has paid [pence].
        """
        if staff.wage.size == 0:
            earned[:] = 0
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

        def work(desk: Desk, room: Room, own: Dye | None, cuts: Int64) -> int:
            earned[desk.blocks[0] : desk.blocks[-1]] = 0
            labour.open_slips(room.slips, ratio, self.klass)
            counted, lines = None if of_one else desk.by_class, 0
            for block, (begin, end) in enumerate(pairwise(cuts.tolist())):
                labour.pay_workers(
                    staff, begin, end, law, government, accounts, counted, earned, own, room
                )
                if counted is not None:
                    lives = int(self.klass[self.homes.start + desk.blocks[block]])
                    lines = tills.tell_payers(counted, lives, desk.told, lines)
            return lines

        rooms, calls = [], []
        for desk in self._desks:
            slips, columns = desk.slips(employers, rate.shape[1]), np.empty((3, AT_ONCE), np.int64)
            rooms.append(Room(slips, rate, self._by_tag(1)[0], *columns))
            cuts = desk.members(staff.household)
            cuts = cuts[[0, -1]] if of_one else cuts
            calls.append(partial(work, desk, rooms[-1], desk.dye(dye), cuts))
        told = side_by_side(calls)
        taxed = np.zeros_like(self.sheet.by_class)
        payroll = Payroll(net_by_row, self.sheet.by_class, taxed, self.klass)
        left = np.zeros((employers, 0), np.int64) if dye is None else dye.out
        for room in rooms:
            labour.settle_slips(room.slips, government, accounts, payroll, left)
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
