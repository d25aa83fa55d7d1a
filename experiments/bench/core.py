"""The reference month in this core: the ledger and the doors that the model itself uses."""

import hashlib
import time
from typing import Any

import numpy as np
from numpy.typing import NDArray

from experiments.bench import declaration as told
from experiments.bench.books import Books
from experiments.bench.clock import Clock, Meter
from experiments.bench.world import World
from scenarios.vocabulary import Kind
from simulation.accounting.home_ledger import HomeLedger
from simulation.accounting.network import build_network, single_links
from simulation.kernels.accounts import shares_of
from simulation.kernels.homes import Claims, Purse, Taper
from simulation.kernels.labour import EMPLOYED, Staff

Int64 = NDArray[np.int64]

WRITERS = ("write_network", "write_list", "write_classes", "write_pairs", "clear")


class CoreMonths:
    """The reference world in this core.

    Parameters
    ----------
    world : World
    tags : int
        Dye tags; with any, what councils pay for contracts is dyed every month.
    desks : int
        Desks at which homes are served, a thread each.
    clock : callable
        Tells the time that its months are measured by [s].
    """

    name = "this core"

    def __init__(
        self, world: World, tags: int = 0, desks: int = 1, clock: Clock = time.process_time
    ) -> None:
        self.world, self.tags, self._clock = world, tags, clock
        deposits = world.deposits.copy()
        ends = (world.government, world.outside)
        self.ledger = HomeLedger(
            deposits, np.zeros_like(deposits), world.klass, world.cell, ends, ends,
            world.every_home,
        )  # fmt: skip
        self.ledger.share_out(desks)
        klass, n = world.klass, world.homes
        self.contracts = _web(Kind.PURCHASE, world.firms, world.contracts, klass)
        self.supply = _web(Kind.INTERMEDIATE, 0, world.supply, klass)
        self.shopping = _web(Kind.CONSUMPTION, world.first_home, world.shopping, klass)
        owners = world.first_home + world.owner
        self.dividends = single_links(Kind.DIVIDEND, 0, owners, klass)
        self.tax = single_links(Kind.COUNCIL_TAX, world.first_home, world.council, klass)
        status = np.full(n, EMPLOYED, dtype=np.int8)
        household = np.arange(n, dtype=np.int32)
        self.staff = Staff(world.employer, household, world.wage, status)
        nothing = np.zeros(n, dtype=np.int64)
        self.earned = np.zeros(n, dtype=np.int64)
        alone = np.ones(n, dtype=np.int32)
        self.claims = Claims(
            nothing, self.earned, nothing, nothing, world.council_tax, alone, nothing
        )
        self.purse = Purse(
            housing=nothing,
            council_tax=world.council_tax,
            income=np.zeros(n, dtype=np.int64),
            propensity=world.propensity,
            buffer=np.full(n, told.BUFFER_MONTHS),
            savings=self.ledger.savings[world.every_home],
            old_money=deposits[world.every_home].copy(),
            income_year=np.zeros(n, dtype=np.int64),
        )
        self.due: Int64 = np.zeros(world.firms, dtype=np.int64)
        np.add.at(self.due, world.employer, world.wage)
        self.net = np.zeros(world.first_home, dtype=np.int64)
        if tags:
            self.ledger.start_dye(tags)
        self._writing = Meter(self.ledger.sheet, WRITERS, clock)
        self.moving: list[float] = []
        self.totals: list[float] = []
        self.counts: list[int] = []

    def live(self) -> None:
        """Live one month, and note what its payments and its totals have cost [s]."""
        ledger = self.ledger
        ledger.month += 1
        self._writing.read()
        before, begun = ledger.payments, self._clock()
        self._move()
        moved = self._clock()
        ledger.close_month()
        closed = self._clock()
        written = self._writing.read()
        self.moving.append(moved - begun - written)
        self.totals.append(closed - moved + written)
        self.counts.append(ledger.payments - before)

    def _move(self) -> None:
        """Make the payments of a month."""
        world, ledger = self.world, self.ledger
        firms = slice(0, world.firms)
        ledger.from_one(Kind.GRANT, world.government, world.firms, world.grant)
        ledger.settle(Kind.GRANT)
        self._buy()
        ledger.along(self.supply, shares_of(ledger.deposits[firms], told.INPUTS))
        ledger.settle(Kind.INTERMEDIATE)
        ratio = np.minimum((ledger.deposits[firms] << 16) // np.maximum(self.due, 1), told.WHOLE)
        ledger.wages(self.staff, told.LAW, ratio, world.government, self.earned, self.net)
        ledger.settle(Kind.WAGES)
        profit_tax = shares_of(self._surplus(), told.PROFIT_TAX)
        ledger.to_one(Kind.CORPORATION_TAX, 0, profit_tax, world.government)
        ledger.settle(Kind.CORPORATION_TAX)
        ledger.along(self.dividends, shares_of(self._surplus(), told.PAID_OUT))
        ledger.settle(Kind.DIVIDEND)
        payers = world.government, world.fund
        old_money = self.purse.old_money
        ledger.receive_and_be_taxed(self.claims, Taper(0, 0, 0), self.tax, old_money, payers)
        ledger.settle(Kind.COUNCIL_TAX)
        ledger.count_income(old_money, self.purse.income)
        ledger.spend_and_save(self.purse, 0.0, self.shopping, world.bank)
        ledger.settle(Kind.CONSUMPTION)

    def _buy(self) -> None:
        """Let councils pay for contracts; dye what they pay where dye is followed."""
        world, ledger = self.world, self.ledger
        budget = ledger.deposits[world.firms : world.government].copy()
        ledger.along(self.contracts, budget)
        if self.tags:
            edges = world.contracts
            council = np.repeat(np.arange(world.areas, dtype=np.int32), np.diff(edges.start))
            upto = shares_of(budget[council], edges.cum.astype(np.int64))
            pence = np.diff(upto, prepend=0)
            pence[edges.start[:-1]] = upto[edges.start[:-1]]
            ledger.inject(Kind.PURCHASE, world.firms + council, edges.payee, pence)
        ledger.settle(Kind.PURCHASE)

    def _surplus(self) -> Int64:
        """Return what each firm holds above a month's payroll [pence]."""
        held = self.ledger.deposits[: self.world.firms]
        surplus: Int64 = np.maximum(held - self.due, 0)
        return surplus

    def books(self) -> Books:
        """Return balances, and flows of every month lived."""
        flows = {
            (piece.month, int(piece.kind), int(payer), int(payee)): (int(pence), int(count))
            for piece in self.ledger.flows
            for payer, payee, pence, count in zip(
                piece.payer, piece.payee, piece.pence, piece.count, strict=True
            )
        }
        return Books(self.ledger.deposits.copy(), self.ledger.savings.copy(), flows)

    def digest(self) -> str:
        """Return the first letters of a hash of all balances and all dye."""
        sha = hashlib.sha256(self.ledger.deposits.tobytes())
        if self.tags:
            sha.update(self.ledger.dye.tobytes())
        return sha.hexdigest()[:12]


def _web(kind: Kind, first: int, edges: Any, klass: NDArray[np.int32]) -> Any:
    return build_network(kind, first, edges.start, edges.payee, edges.cum, klass)
