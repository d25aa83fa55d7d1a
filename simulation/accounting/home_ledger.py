"""The doors through which homes pay: few passes over many accounts, the same books.

Homes make up most of a place. Each door here does at once what several of the ledger's general
doors would do one kind at a time. What others pay homes reaches them at once: in those phases homes
pay nobody who is a home, and settle their own account as they pay. Rent that homes pay each other
waits until the landlord takes it in, since he may pay rent in the same phase.

Homes may be served at several desks side by side; the books are the same.
"""

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from scenarios.vocabulary import Kind
from simulation.accounting.desks import Desk, serve, set_up
from simulation.accounting.diary import Diary
from simulation.accounting.faults import (
    NotOfTheHomesError,
    OverdrawnError,
    TillRowError,
    TooLargeError,
    WageClassError,
)
from simulation.accounting.ledger import Ledger
from simulation.accounting.network import Network
from simulation.accounting.payslips import payslips_of
from simulation.kernels import homes, labour
from simulation.kernels.accounts import LARGEST_PAYMENT
from simulation.kernels.compiling import AT_ONCE
from simulation.kernels.homes import Claims, Purse, Taper
from simulation.kernels.labour import EMPLOYED, Law, Payroll, Room, Staff

Int32 = NDArray[np.int32]
Int64 = NDArray[np.int64]


class HomeLedger(Ledger):
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
        own = klass[homes]
        turns = np.flatnonzero(np.diff(own, prepend=own[:1]))
        ends = [*turns, own.size] if own.size else []
        self.blocks: Int64 = np.array([0, *ends], dtype=np.int64)
        self.share_out(1)

    def share_out(self, desks: int) -> None:
        """Serve homes at so many desks side by side, a thread each; there are no more than homes.

        Books do not depend on it.
        """
        self._desks = set_up(self.blocks, desks, self.homes.start, self.n_classes)
        of_homes = [self.klass[self.homes][desk.blocks[:-1]] for desk in self._desks]
        self._own_classes = np.concatenate(of_homes).astype(np.int64)

    def receive_and_be_taxed(
        self,
        claims: Claims,
        taper: Taper,
        network: Network,
        old_money: Int64,
        payers: tuple[int, int],
    ) -> None:
        """Pay homes benefits and pensions, and take council tax as far as they can pay.

        Parameters
        ----------
        claims : Claims
        taper : Taper
        network : Network
            Council tax of each home.
        old_money : int64[n_homes], updated
            See `kernels.homes.Purse`.
        payers : tuple of int
            Who pays benefits and state pensions, and who occupational pensions; neither holds dye.

        Raises
        ------
        TooLargeError, NotOfTheHomesError, TillRowError
            For council tax of 2**46 pence or more, columns or links that are not of the homes, and
            links to a home or beyond. Nothing has been paid.
        """
        self._check_homes(network, *claims, old_money)
        self._check_size(network.kind, claims.council_tax)
        self._check_till(network)
        n = claims.other.size
        taxed = None if self.diary is None else np.empty(n, dtype=np.int64)
        accounts, dye = self.accounts(), self._dye_now()
        links = network.links_to(self.redirect)

        def work(desk: Desk) -> tuple[int, Int64, Int64]:
            received = np.empty((desk.blocks.size - 1, 3, 2), dtype=np.int64)
            lost = self._by_tag(1)[0]
            till = desk.till(network.kind, links, self.klass, self.inbox, dye)
            told = homes.receive_and_be_taxed(
                desk.blocks, claims, taper, links, accounts, till, desk.counter(), received, taxed,
                old_money, desk.dye(dye), lost,
            )  # fmt: skip
            return told, received, lost

        told, parts, lost = zip(*serve(self._desks, work), strict=True)
        received = np.concatenate(parts)
        state, fund = payers
        kinds = (
            (Kind.BENEFIT, state, homes.BENEFIT),
            (Kind.STATE_PENSION, state, homes.STATE_PENSION),
            (Kind.OCCUPATIONAL_PENSION, fund, homes.OCCUPATIONAL_PENSION),
        )
        for kind, payer, at in kinds:
            self.deposits[payer] -= received[:, at, 0].sum()
            self._file_blocks(kind, payer, received[:, at], False)
        if self.diary is not None and taxed is not None:
            due = np.empty(n, dtype=np.int64)
            homes.benefits(claims, taper, due)
            amounts = (due, claims.pension, claims.occupational)
            for (kind, payer, _), pence in zip(kinds, amounts, strict=True):
                self.diary.block(self.month, kind, self.homes.start, pence, payer, False)
            self.diary.along(self.month, network, taxed, self.redirect)
        self._close_desks(network, told)
        if self._holds_dye:
            self.dye_lost += np.add.reduce(lost)

    def pay_for_homes(self, network: Network, budget: Int64) -> None:
        """Let homes pay rent or mortgages; rent to a home waits for its `spend_and_save`.

        Parameters
        ----------
        network : Network
            Landlords or lenders of each home.
        budget : int64[n_homes]
            Due, no more than the account of a home with links holds [pence].

        Raises
        ------
        TooLargeError, NotOfTheHomesError, OverdrawnError
            For a budget of 2**46 pence or more, a budget or links that are not of the homes, and a
            budget that its home does not have. Nothing has been paid.
        """
        self._check_homes(network, budget)
        self._check_size(network.kind, budget)
        links = network.links_to(self.redirect)
        if homes.count_short(links, budget, self.deposits):
            raise OverdrawnError(self.month, network.kind.name.lower())
        if self.diary is not None:
            self.diary.along(self.month, network, budget, self.redirect)
        homes.pay_for_homes(
            links, budget, self.accounts(at_once=False), network.slot, network.sums,
            self._dye_now(), self._room(),
        )  # fmt: skip
        self._touch(network)
        self.sheet.write_network(network)

    def spend_and_save(self, purse: Purse, share: float, network: Network, bank: int) -> None:
        """Let homes take in rent, shop along links and move money to or from savings.

        Parameters
        ----------
        purse : Purse, updated
        share : float
            Share of spare wealth spent in a month.
        network : Network
            Shops of each home.
        bank : int
            Row where savings are kept.

        Raises
        ------
        TooLargeError, NotOfTheHomesError, TillRowError
            For a home with 2**46 pence or more in its accounts, columns or links that are not of
            the homes, and links to a home or beyond. Nothing has been paid.
        """
        self._check_homes(network, *purse)
        self._check_wealth(network.kind, purse.savings)
        self._check_till(network)
        n = purse.income.size
        amounts = None if self.diary is None else np.empty((3, n), dtype=np.int64)
        begins_year, accounts, dye = not purse.income_year.any(), self.accounts(), self._dye_now()
        idle, late = (None, None) if dye is None else (self.savings_dye, self.dye_inbox)
        links = network.links_to(self.redirect)

        def work(desk: Desk) -> tuple[int, Int64, Int64]:
            saved = np.empty((desk.blocks.size - 1, 2, 2), dtype=np.int64)
            lost = self._by_tag(2)
            till = desk.till(network.kind, links, self.klass, self.inbox, dye)
            told = homes.spend_and_save(
                desk.blocks, purse, share, begins_year, links, accounts, till, desk.counter(),
                saved, amounts, desk.dye(dye), idle, late, *lost,
            )  # fmt: skip
            return told, saved, lost

        told, parts, parts_lost = zip(*serve(self._desks, work), strict=True)
        saved, lost = np.concatenate(parts), np.add.reduce(parts_lost)
        self.created -= int(saved[:, homes.PUT, 0].sum()) - int(saved[:, homes.DRAWN, 0].sum())
        self._file_blocks(Kind.SAVING, bank, saved[:, homes.PUT], True)
        self._file_blocks(Kind.DISSAVING, bank, saved[:, homes.DRAWN], False)
        if self.diary is not None and amounts is not None:
            (put, drawn, spent), first = amounts, self.homes.start
            self.diary.block(self.month, Kind.DISSAVING, first, drawn, bank, False)
            self.diary.along(self.month, network, spent, self.redirect)
            self.diary.block(self.month, Kind.SAVING, first, put, bank, True)
        self._close_desks(network, told)
        if self._holds_dye:
            self.dye_lost += lost[homes.AFTER_RENT]
            self._file_dye(Kind.RENT, bool(self.dye_received.any()), False)
            self.dye_lost += lost[homes.AFTER_SHOPPING]

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

        Net pay is filed to the class of the first home.

        Parameters
        ----------
        staff : Staff
            All who are employed live in homes of the first home's class.
        law : Law
        ratio : int64[n_employers]
            Share of the payroll that each employer can pay [1/65536].
        government : int
            Row that receives the tax.
        earned : int64[n_homes], updated
            Net pay of the month [pence].
        net_by_row : int64[n_rows], updated
            Net pay that each employer has paid [pence].

        Raises
        ------
        WageClassError
            When somebody employed lives in a home of another class. Nothing has been paid.
        """
        if staff.wage.size == 0:
            return
        self._check_wage_class(staff)
        employers, accounts, dye = ratio.size, self.accounts(), self._dye_now()
        rate = np.empty((employers, self._by_tag(1).shape[1]))
        if dye is not None:
            labour.set_rates(dye, rate)

        in_order = len(self._desks) > 1 and bool((np.diff(staff.household) >= 0).all())

        def work(desk: Desk) -> Int64:
            begin, end = desk.members(staff.household, in_order)
            slips: Int64 = np.empty((employers, 3), dtype=np.int64)
            room = Room(slips, rate, self._by_tag(1)[0], *np.empty((3, AT_ONCE), dtype=np.int64))
            labour.pay_workers(
                staff, begin, end, law, ratio, government, accounts, earned, desk.dye(dye), room
            )
            return slips

        slips = np.add.reduce(serve(self._desks, work))
        taxed = np.zeros_like(self.sheet.by_class)
        payroll = Payroll(net_by_row, self.sheet.by_class, taxed, self.klass)
        labour.settle_slips(slips, government, accounts, payroll)
        for desk in self._desks:
            desk.close(self.inbox, dye)
        self._pages.touch(government)
        self._pages.touch_block(0, employers)
        if self._holds_dye:
            self._left.touch_block(0, employers)
            self._came.touch(government)
        if self.diary is not None:
            self._write_slips(self.diary, staff, law, ratio, government)
        self.sheet.write_classes(Kind.WAGES, self.homes.start, pays=True)
        self.sheet.by_class[:] = taxed
        self.sheet.write_classes(Kind.PAYE, government, pays=True)

    def _write_slips(
        self, diary: Diary, staff: Staff, law: Law, ratio: Int64, government: int
    ) -> None:
        """Write every payslip in the diary."""
        slips = payslips_of(staff, law, ratio)
        home = (self.homes.start + slips.household).astype(np.int32)
        diary.listed(self.month, Kind.WAGES, slips.employer, home, slips.gross - slips.tax)
        state = np.full_like(slips.employer, government)
        diary.listed(self.month, Kind.PAYE, slips.employer, state, slips.tax)

    def _check_homes(self, network: Network, *columns: Any) -> None:
        """Refuse links and columns that do not have one entry for each home."""
        n = self.homes.stop - self.homes.start
        found = [
            ("the first payer's row", network.first, self.homes.start),
            ("the number of payers", network.start.size - 1, n),
            *(("the length of a column", column.size, n) for column in columns),
        ]
        for what, is_so, wanted in found:
            if is_so != wanted:
                raise NotOfTheHomesError(network.kind.name.lower(), what, is_so, wanted)

    def _check_till(self, network: Network) -> None:
        """Refuse a network through which a till would have to pay a home, or a row beyond."""
        if network.reach.size and network.reach[-1] >= self.homes.start:
            row = int(network.reach[-1])
            raise TillRowError(network.kind.name.lower(), row, self.homes.start)

    def _check_wealth(self, kind: Kind, savings: Int64) -> None:
        """Refuse homes with so much money that what they spend of it could not be split."""
        held, late = self.deposits[self.homes], self.inbox[self.homes]
        if not savings.size:
            return
        if sum(int(column.max()) for column in (held, late, savings)) >= LARGEST_PAYMENT:
            most = int((held + late + savings).max())
            if most >= LARGEST_PAYMENT:
                raise TooLargeError(kind.name.lower(), most)

    def _check_wage_class(self, staff: Staff) -> None:
        """Refuse wages to homes of another class than the first.

        Where all workers live in the first block their highest home says so: 4 us for 60,000.
        """
        if not staff.household.size or int(staff.household.max()) < self.blocks[1]:
            return
        homes = staff.household[staff.status == EMPLOYED]
        found = self.klass[self.homes.start + homes]
        wanted = int(self._own_classes[0])
        for home in homes[found != wanted][:1].tolist():
            raise WageClassError(home, int(self.klass[self.homes.start + home]), wanted)

    def _file_blocks(self, kind: Kind, other: int, sums: Int64, pays: bool) -> None:
        """Note payments between blocks of homes and one other, by class."""
        others = np.full(self._own_classes.size, self.klass[other], dtype=np.int64)
        payer, payee = (self._own_classes, others) if pays else (others, self._own_classes)
        self.sheet.write_pairs(kind, payer, payee, sums[:, 0], sums[:, 1])

    def _close_desks(self, network: Network, told: Sequence[int]) -> None:
        """Note what blocks of homes paid along links, and mark the pages of who was paid."""
        dye = self._dye_now()
        for desk, lines in zip(self._desks, told, strict=True):
            desk.close(self.inbox, dye)
            self.sheet.write_pairs(network.kind, *desk.told[:lines].T)
        self._touch(network)
