"""The doors through which homes pay: few passes over many accounts, the same books.

Homes make up most of a place. Each door here does at once what several of the ledger's general
doors would do one kind at a time; what homes are paid by others reaches them at once, since in
those phases they pay nobody.
"""

import numpy as np
from numpy.typing import NDArray

from scenarios.vocabulary import Kind
from simulation.accounting.diary import Diary
from simulation.accounting.faults import OverdrawnError, TooLargeError
from simulation.accounting.ledger import Ledger
from simulation.accounting.network import Network
from simulation.accounting.payslips import payslips_of
from simulation.kernels import homes, labour
from simulation.kernels.accounts import FOUR
from simulation.kernels.homes import Claims, Purse, Taper
from simulation.kernels.labour import Law, Payroll, Room, Staff
from simulation.kernels.tills import Till

Int32 = NDArray[np.int32]
Int64 = NDArray[np.int64]


class HomeLedger(Ledger):
    """A ledger some of whose rows are homes.

    Parameters
    ----------
    deposits, savings, klass, cell, unlimited, sinks
        See `Ledger`.
    homes : slice
        Rows of homes; nobody else's row lies between them.
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
        self.blocks: Int64 = np.concatenate([[0], turns, [own.size]]).astype(np.int64)
        first = np.minimum(homes.start + self.blocks[:-1], homes.stop - 1)
        self._own_classes = klass[first].astype(np.int64)
        told = np.empty(((self.blocks.size - 1) * self.n_classes, 4), dtype=np.int64)
        sums = np.zeros((homes.start, 2), dtype=np.int64)
        by_class = np.zeros((self.n_classes, 2), dtype=np.int64)
        self._till = Till(sums, klass, by_class, told)

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
        """
        self._check_size(network.kind, claims.council_tax)
        self._refuse_homes(network)
        n = claims.other.size
        received = np.empty((self.blocks.size - 1, 3, 2), dtype=np.int64)
        lost = self._by_tag(1)[0]
        taxed = None if self.diary is None else np.empty(n, dtype=np.int64)
        told = homes.receive_and_be_taxed(
            self.blocks, claims, taper, network.links, self.accounts(), self._till, received,
            taxed, old_money, self._dye_now(), self._room(), lost,
        )  # fmt: skip
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
        self._close_till(network, told)
        if self._holds_dye:
            self.dye_lost += lost

    def pay_for_homes(self, network: Network, budget: Int64) -> None:
        """Let homes pay rent or mortgages; those of them who let homes receive at the close."""
        self._check_size(network.kind, budget)
        if self.diary is not None:
            self.diary.along(self.month, network, budget, self.redirect)
        overdrawn = homes.pay_for_homes(
            network.links, budget, self.accounts(at_once=False), network.slot, network.sums,
            self._dye_now(), self._room(),
        )  # fmt: skip
        if overdrawn:
            raise OverdrawnError(self.month, network.kind.name.lower())
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
        """
        self._refuse_homes(network)
        n = purse.income.size
        saved = np.empty((self.blocks.size - 1, 2, 2), dtype=np.int64)
        amounts = None if self.diary is None else np.empty((3, n), dtype=np.int64)
        lost = self._by_tag(2)
        dye = self._dye_now()
        told = homes.spend_and_save(
            self.blocks, purse, share, not purse.income_year.any(), network.links, self.accounts(),
            self._till, saved, amounts, dye, None if dye is None else self.savings_dye,
            self._room(), *lost,
        )  # fmt: skip
        if told < 0:
            raise TooLargeError(network.kind.name.lower(), int(self._till.told[0, 2]))
        self.created -= int(saved[:, homes.PUT, 0].sum()) - int(saved[:, homes.DRAWN, 0].sum())
        self._file_blocks(Kind.SAVING, bank, saved[:, homes.PUT], True)
        self._file_blocks(Kind.DISSAVING, bank, saved[:, homes.DRAWN], False)
        if self.diary is not None and amounts is not None:
            (put, drawn, spent), first = amounts, self.homes.start
            self.diary.block(self.month, Kind.DISSAVING, first, drawn, bank, False)
            self.diary.along(self.month, network, spent, self.redirect)
            self.diary.block(self.month, Kind.SAVING, first, put, bank, True)
        self._close_till(network, told)
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

        Parameters
        ----------
        staff : Staff
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
        employers, tags = ratio.size, self._by_tag(2)
        taxed = np.zeros_like(self.sheet.by_class)
        payroll = Payroll(earned, net_by_row, self.sheet.by_class, taxed, self.klass)
        slips, rate = np.empty((employers, 4), dtype=np.int64), np.empty((employers, tags.shape[1]))
        labour.pay_workers(
            staff, law, ratio, government, self.accounts(), payroll, self._dye_now(),
            Room(slips, rate, *tags), None if tags.shape[1] == FOUR else False,
        )  # fmt: skip
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

    def _refuse_homes(self, network: Network) -> None:
        """Refuse a network through which a till would have to pay a home, or a row beyond."""
        if network.reach.size and network.reach[-1] >= self.homes.start:
            raise ValueError(
                f"{network.kind.name.lower()} links lead to row {network.reach[-1]}; a till pays "
                f"rows before the homes, which begin at {self.homes.start}."
            )

    def _file_blocks(self, kind: Kind, other: int, sums: Int64, pays: bool) -> None:
        """Note payments between blocks of homes and one other, by class."""
        others = np.full(self._own_classes.size, self.klass[other], dtype=np.int64)
        payer, payee = (self._own_classes, others) if pays else (others, self._own_classes)
        self.sheet.write_pairs(kind, payer, payee, sums[:, 0], sums[:, 1])

    def _close_till(self, network: Network, told: int) -> None:
        """Note what blocks of homes paid along links, and mark the pages of who was paid."""
        self.sheet.write_pairs(network.kind, *self._till.told[:told].T)
        self._touch(network)
