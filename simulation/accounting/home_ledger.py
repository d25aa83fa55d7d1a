"""The doors through which homes pay: few passes over many accounts, the same books.

Homes make up most of a place. Each door here does at once what several of the ledger's general
doors would do one kind at a time. What others pay homes reaches them at once: in those phases homes
pay nobody who is a home, and settle their own account as they pay. Rent that homes pay each other
waits until the landlord takes it in, since he may pay rent in the same phase.
"""

from collections.abc import Callable, Sequence
from functools import partial
from itertools import pairwise
from typing import Any, TypeVar

import numpy as np
from numpy.typing import NDArray

from scenarios.vocabulary import Kind
from simulation.accounting.desks import close, meanwhile, serve, side_by_side
from simulation.accounting.faults import (
    NotOfTheHomesError,
    OverdrawnError,
    TillRowError,
    TooLargeError,
)
from simulation.accounting.network import Network
from simulation.accounting.wage_ledger import LONG, WageLedger, pay_apart
from simulation.kernels import counting, homes, housing
from simulation.kernels.accounts import LARGEST_PAYMENT, Links
from simulation.kernels.homes import Claims, Purse, Taper

Int64 = NDArray[np.int64]
Done = TypeVar("Done")

LONG_COLUMN = 1_000_000
"""Homes from which on a pass over a column of theirs takes longer than to wake a desk."""


class HomeLedger(WageLedger):
    """A ledger some of whose rows are homes; see `WageLedger` for how it is opened."""

    def count_income(self, old_money: Int64, income: Int64) -> None:
        """Write down what homes have received since `old_money`, int64[n_homes] both [pence]."""
        held = self.deposits[self.homes]

        def work(part: slice) -> None:
            np.subtract(held[part], old_money[part], out=income[part])

        self._by_part(work)

    def can_pay(self, due: Int64, out: Int64) -> None:
        """Write down how much of what is due each home has, int64[n_homes] both [pence]."""
        held = self.deposits[self.homes]

        def work(part: slice) -> None:
            np.minimum(held[part], due[part], out=out[part])

        self._by_part(work)

    def receive_and_be_taxed(
        self,
        claims: Claims,
        taper: Taper,
        network: Network,
        old_money: Int64,
        payers: tuple[int, int],
        *,
        aside: bool = False,
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
        aside : bool
            Whether, where there are several desks, another thread serves the homes, one desk after
            the other, while the caller goes on. It may look at the accounts of those who neither
            are homes nor receive their tax; whatever pays next waits for the end.

        Raises
        ------
        TooLargeError, NotOfTheHomesError, TillRowError
            For council tax of 2**46 pence or more, columns or links that are not of the homes, and
            links to a home or beyond. Nothing has been paid.
        """
        self._check_homes(network, *claims, old_money)
        self._check_due(network.kind, claims.council_tax)
        self._check_till(network)
        n, desks = claims.other.size, self._desks
        taxed = None if self.diary is None else np.empty(n, dtype=np.int64)
        dye, links = self._dye_now(), network.links_to(self.redirect, len(desks))
        received = [np.empty((desk.blocks.size - 1, 3, 2), dtype=np.int64) for desk in desks]
        lost = self._by_tag(len(desks))
        calls = [
            partial(
                homes.receive_and_be_taxed, desk.blocks, claims, taper, links, self.accounts(),
                desk.till(network.kind, links, self.klass, self.inbox, dye), desk.counter(), sums,
                taxed, old_money, desk.dye(dye), let_go,
            )
            for desk, sums, let_go in zip(desks, received, lost, strict=True)
        ]  # fmt: skip

        def write_down(told: Sequence[int]) -> None:
            self._write_received(claims, taper, payers, np.concatenate(received))
            if self.diary is not None and taxed is not None:
                self.diary.along(self.month, network, links.payee, taxed)
            self._close_desks(network, told)
            if self._holds_dye:
                self.dye_lost += np.add.reduce(lost)

        if aside and len(desks) > 1:
            end = meanwhile(lambda: [call() for call in calls])
            self._aside = lambda: write_down(end())
        else:
            write_down(side_by_side(calls))

    def _write_received(
        self, claims: Claims, taper: Taper, payers: tuple[int, int], received: Int64
    ) -> None:
        """Note benefits and pensions that blocks of homes were paid, int64[n_blocks, 3, 2]."""
        state, fund = payers
        kinds = (
            (Kind.BENEFIT, state, homes.BENEFIT),
            (Kind.STATE_PENSION, state, homes.STATE_PENSION),
            (Kind.OCCUPATIONAL_PENSION, fund, homes.OCCUPATIONAL_PENSION),
        )
        for kind, payer, at in kinds:
            self.deposits[payer] -= received[:, at, 0].sum()
            self._file_blocks(kind, payer, received[:, at], False)
        if self.diary is not None:
            due = np.empty(claims.other.size, dtype=np.int64)
            homes.benefits(claims, taper, due)
            amounts = (due, claims.pension, claims.occupational)
            for (kind, payer, _), pence in zip(kinds, amounts, strict=True):
                self.diary.block(self.month, kind, self.homes.start, pence, payer, False)

    def pay_for_homes(self, network: Network, budget: Int64) -> None:
        """Let homes pay rent, mortgages or shares; rent to a home waits for its `spend_and_save`.

        Parameters
        ----------
        network : Network
            Landlords or lenders of each home, or the mutual that it saves with.
        budget : int64[n_homes]
            Due, no more than the account of a home with links holds [pence].

        Raises
        ------
        TooLargeError, NotOfTheHomesError, NoSlotsError, OverdrawnError
            For a budget of 2**46 pence or more, a budget or links that are not of the homes, links
            built for a till, and a budget that its home does not have. Nothing has been paid.
        """
        self._check_homes(network, budget)
        self._check_due(network.kind, budget)
        self._check_slots(network)
        links = network.links_to(self.redirect, len(self._desks))
        if housing.count_short(links, budget, self.deposits):
            raise OverdrawnError(self.month, network.kind.name.lower())
        if self.diary is not None:
            self.diary.along(self.month, network, links.payee, budget)
        self._pay_for_homes(network, links, budget)
        self._touch(network)
        self.sheet.write_network(network)

    def _pay_for_homes(self, network: Network, links: Links, budget: Int64) -> None:
        """Pay along links; where each home has but one, whoever is paid is shared out at desks."""
        accounts, dye, room = self.accounts(at_once=False), self._dye_now(), self._room()
        if not network.single or (dye is not None and (room is not None or not network.hop)):
            housing.pay_for_homes(
                links, budget, accounts, network.slot, network.sums, dye, network.hop, room
            )
            return

        def lay_out(rows: tuple[int, int], sums: Int64) -> Callable[[], None]:
            return partial(
                housing.pay_one_for_homes, links, budget, *rows, accounts, network.slot, sums, dye
            )

        cuts = network.shared_out(1 if network.cum.size < LONG else len(self._desks))
        pay_apart(network, list(pairwise(cuts)), lay_out)

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
        n, desks = purse.income.size, self._desks
        amounts = None if self.diary is None else np.empty((3, n), dtype=np.int64)
        begins_year, dye = not counting.some(purse.income_year), self._dye_now()
        idle, late = (None, None) if dye is None else (self.savings_dye, self.dye_inbox)
        links = network.links_to(self.redirect, len(desks))
        parts = [np.empty((desk.blocks.size - 1, 2, 2), dtype=np.int64) for desk in desks]
        lost = self._by_tag(2 * len(desks)).reshape(len(desks), 2, -1)
        told = side_by_side([
            partial(
                homes.spend_and_save, desk.blocks, purse, share, begins_year, links,
                self.accounts(), desk.till(network.kind, links, self.klass, self.inbox, dye),
                desk.counter(), sums, amounts, desk.dye(dye), idle, late, *let_go,
            )
            for desk, sums, let_go in zip(desks, parts, lost, strict=True)
        ])  # fmt: skip
        saved = np.concatenate(parts)
        self.created -= int(saved[:, homes.PUT, 0].sum()) - int(saved[:, homes.DRAWN, 0].sum())
        self._file_blocks(Kind.SAVING, bank, saved[:, homes.PUT], True)
        self._file_blocks(Kind.DISSAVING, bank, saved[:, homes.DRAWN], False)
        if self.diary is not None and amounts is not None:
            (put, drawn, spent), first = amounts, self.homes.start
            self.diary.block(self.month, Kind.DISSAVING, first, drawn, bank, False)
            self.diary.along(self.month, network, links.payee, spent)
            self.diary.block(self.month, Kind.SAVING, first, put, bank, True)
        self._close_desks(network, told)
        if self._holds_dye:
            self.dye_lost += lost[:, homes.AFTER_RENT].sum(axis=0)
            self._file_dye(Kind.RENT, bool(self.dye_received.any()), bool(self.dye_lost.any()))
            self.dye_lost += lost[:, homes.AFTER_SHOPPING].sum(axis=0)

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
        if self._leads_home(network):
            raise TillRowError(network.kind.name.lower(), network.last, self.homes.start)

    def _check_due(self, kind: Kind, due: Int64) -> None:
        """Refuse an amount due from a home that could not be split."""
        if due.size:
            most = max(self._by_part(lambda part: int(due[part].max())))
            if most >= LARGEST_PAYMENT:
                raise TooLargeError(kind.name.lower(), most)

    def _check_wealth(self, kind: Kind, savings: Int64) -> None:
        """Refuse homes with so much money that what they spend of it could not be split."""
        columns = self.deposits[self.homes], self.inbox[self.homes], savings
        if not savings.size:
            return

        def work(part: slice) -> list[int]:
            return [int(each[part].max()) for each in columns]

        if np.max(self._by_part(work), axis=0).sum() >= LARGEST_PAYMENT:
            most = int(np.add.reduce(columns).max())
            if most >= LARGEST_PAYMENT:
                raise TooLargeError(kind.name.lower(), most)

    def _by_part(self, work: Callable[[slice], Done]) -> list[Done]:
        """Do some light work on columns of homes, by parts side by side where they are long."""
        homes = self.homes.stop - self.homes.start
        if homes < LONG_COLUMN:
            return [work(slice(0, homes))]
        return serve([slice(*desk.blocks[[0, -1]]) for desk in self._desks], work)

    def _file_blocks(self, kind: Kind, other: int, sums: Int64, pays: bool) -> None:
        """Note payments between blocks of homes and one other, by class."""
        others = np.full(self._own_classes.size, self.klass[other], dtype=np.int64)
        payer, payee = (self._own_classes, others) if pays else (others, self._own_classes)
        self.sheet.write_pairs(kind, payer, payee, sums[:, 0], sums[:, 1])

    def _close_desks(self, network: Network, told: Sequence[int]) -> None:
        """Note what blocks of homes paid along links, and mark the pages of who was paid."""
        dye = self._dye_now()
        close(self._desks, self.inbox, dye)
        self._write_told(network.kind, told)
        self._touch(network)
