"""The doors through which homes are paid wages, and the desks at which homes are served.

Homes may be served at several desks side by side; the books are the same.
"""

from collections.abc import Sequence
from functools import partial
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from scenarios.vocabulary import Kind
from simulation.accounting.desks import Desk, close, serve, set_up, side_by_side
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
MANY_EMPLOYERS = 50_000
"""Employers from which on their payslips are settled side by side: a fifth of a millisecond."""


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
        """Share long networks out among the desks too; homes are paid where they have one link."""
        home = self._leads_home(network)
        if len(self._desks) == 1 or network.cum.size < LONG or (home and not network.single):
            super()._pay_along(network, links, budget)
        elif home:
            self._pay_some(network, links, budget)
        else:
            self._pay_no_home(network, links, budget)

    def _pay_some(self, network: Network, links: Links, budget: Int64) -> None:
        """Share out whoever is paid: each desk pays its homes, the first those before them too."""
        dye, desks, end = self._dye_now(), self._desks, self.deposits.size
        cuts = [0, *(self.homes.start + int(desk.blocks[0]) for desk in desks[1:]), end]
        sums = np.zeros((len(desks), *network.sums.shape), dtype=np.int64)
        own = [_told_apart(dye) for _ in desks]
        side_by_side([
            partial(
                payments.pay_some, links, budget, *rows, self.accounts(), network.slot, paid, moved,
                network.hop, self._room(),
            )
            for rows, paid, moved in zip(pairwise(cuts), sums, own, strict=True)
        ])  # fmt: skip
        network.sums += np.add.reduce(sums)
        for moved in own:
            if dye is not None and moved is not None:
                np.add(dye.passed, moved.passed, out=dye.passed)
                np.add(dye.arrived, moved.arrived, out=dye.arrived)

    def _pay_no_home(self, network: Network, links: Links, budget: Int64) -> None:
        """Share out payers; what one desk pays to a row waits in a room until another has paid."""
        dye, desks, accounts = self._dye_now(), self._desks, self.accounts()
        parts = np.array_split(links.linked, len(desks))
        sums = np.zeros((len(desks), *network.sums.shape), dtype=np.int64)
        side_by_side([
            partial(
                payments.pay_no_home, links._replace(linked=linked), budget,
                accounts._replace(inbox=desk.inbox(self.inbox)), network.slot, own,
                desk.dye(dye), network.hop, self._room(),
            )
            for desk, linked, own in zip(desks, parts, sums, strict=True)
        ])  # fmt: skip
        network.sums += np.add.reduce(sums)
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
        left = np.zeros((employers, 0), np.int64) if dye is None else dye.out
        self.sheet.by_class[:], taxed = self._settle_slips(rooms, government, net_by_row, left)
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

    def _settle_slips(
        self, rooms: Sequence[Room], government: int, net_by_row: Int64, left: Int64
    ) -> Int64:
        """Settle the payslips of all desks; return net pay and tax, int64[2, n_classes, 2]."""
        employers = rooms[0].slips.shape[0]
        parts = self.desks if employers >= MANY_EMPLOYERS else 1
        cuts = employers * np.arange(parts + 1) // parts
        sums = np.zeros((parts, 2, *self.sheet.by_class.shape), dtype=np.int64)

        def work(part: int) -> int:
            (net, tax), (begin, end) = sums[part], cuts[part : part + 2].tolist()
            payroll = Payroll(net_by_row, net, tax, self.klass)
            return sum(
                labour.settle_slips(room.slips, begin, end, self.deposits, payroll, left)
                for room in rooms
            )

        self.inbox[government] += sum(serve(range(parts), work))
        added: Int64 = np.add.reduce(sums)
        return added

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


def _told_apart(dye: Dye | None) -> Dye | None:
    """Return the same dye, what of it passes and arrives told in columns of its own."""
    if dye is None:
        return None
    passed, arrived = np.zeros_like(dye.passed), np.zeros_like(dye.arrived)
    return dye._replace(passed=passed, arrived=arrived)
