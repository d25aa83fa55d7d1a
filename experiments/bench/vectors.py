"""The reference month in NumPy: whole columns at once, whole pence, the same totals.

The quickest of what was tried for adding up 4 million amounts: by receiving row `np.add.at` with
an index of 64 bits (8 ms; `np.bincount` 11 ms, sorting links by who receives 42 ms), by pair of
classes `np.bincount` with weights, which is double precision and exact below 2**53 pence.
"""

import numpy as np
from numpy.typing import NDArray

from experiments.bench import declaration as told
from experiments.bench.books import Books, Flows
from experiments.bench.world import Edges, World
from scenarios.vocabulary import Kind

Int64 = NDArray[np.int64]


class Web:
    """Links of a block of payers, with the pair of classes that each belongs to.

    Parameters
    ----------
    edges : Edges
    first : int
        Row of the first payer.
    world : World
    """

    def __init__(self, edges: Edges, first: int, world: World) -> None:
        count = np.diff(edges.start)
        self.each = int(count[0]) if (count == count[0]).all() else 0
        self.payer: Int64 = np.repeat(np.arange(count.size), count)
        self.payers = slice(first, first + count.size)
        self.begin = edges.start[:-1]
        self.payee: Int64 = edges.payee.astype(np.int64)
        self.cum: Int64 = edges.cum.astype(np.int64)
        width = int(world.klass.max()) + 1
        pair = world.klass[first + self.payer].astype(np.int64) * width + world.klass[self.payee]
        pairs, self.slot = np.unique(pair, return_inverse=True)
        self.pairs = [divmod(int(each), width) for each in pairs]
        self.links: Int64 = np.bincount(self.slot)

    def split(self, budget: Int64) -> Int64:
        """Return the pence of each link, int64[n_links], for budgets int64[n_payers]."""
        if self.each:
            upto = (budget[:, None] * self.cum.reshape(-1, self.each)) >> 16
            upto[:, 1:] -= upto[:, :-1].copy()
            return upto.ravel()
        upto = (budget[self.payer] * self.cum) >> 16
        pence = np.diff(upto, prepend=0)
        pence[self.begin] = upto[self.begin]
        return pence


def received(where: Int64, pence: Int64, n: int) -> Int64:
    """Add up pence by receiving row, int64[n]."""
    sums = np.zeros(n, dtype=np.int64)
    np.add.at(sums, where, pence)
    return sums


def summed(where: Int64, pence: Int64, n: int) -> Int64:
    """Add up pence by class, int64[n]; exact while no sum reaches 2**53."""
    return np.bincount(where, weights=pence, minlength=n).astype(np.int64)


class VectorMonths:
    """The reference world in NumPy.

    Parameters
    ----------
    world : World
    """

    name = "NumPy"

    def __init__(self, world: World) -> None:
        self.world = world
        self.money = world.deposits.copy()
        self.savings = np.zeros_like(self.money)
        self.month = 0
        self.flows: Flows = {}
        self.contracts = Web(world.contracts, world.firms, world)
        self.supply = Web(world.supply, 0, world)
        self.shopping = Web(world.shopping, world.first_home, world)
        self.employer: Int64 = world.employer.astype(np.int64)
        self.owner: Int64 = world.owner.astype(np.int64)
        self.office: Int64 = world.council.astype(np.int64) - world.firms
        self.due = received(self.employer, world.wage, world.firms)
        self.firm_class: Int64 = world.klass[: world.firms].astype(np.int64)
        self.worker_class = self.firm_class[self.employer]
        self.income: Int64 = np.zeros(world.homes, dtype=np.int64)

    def live(self) -> None:
        """Live one month."""
        world, money, firms = self.world, self.money, slice(0, self.world.firms)
        self.month += 1
        councils = slice(world.firms, world.government)
        money[world.government] -= world.grant.sum()
        money[councils] += world.grant
        self._note(Kind.GRANT, world.areas + 1, world.areas, world.grant)
        self._along(Kind.PURCHASE, self.contracts, money[councils].copy())
        self._along(Kind.INTERMEDIATE, self.supply, (money[firms] * told.INPUTS) >> 16)
        self._pay_wages()
        tax = (np.maximum(money[firms] - self.due, 0) * told.PROFIT_TAX) >> 16
        money[firms] -= tax
        money[world.government] += tax.sum()
        self._note_by_firm(Kind.CORPORATION_TAX, tax, world.areas + 1)
        paid = (np.maximum(money[firms] - self.due, 0) * told.PAID_OUT) >> 16
        money[firms] -= paid
        came = received(self.owner, paid, world.homes)
        money[world.every_home] += came
        self.income += came
        self._note_by_firm(Kind.DIVIDEND, paid, world.areas + 5)
        self._tax_homes(councils)
        self._shop_and_save()

    def _shop_and_save(self) -> None:
        """Let homes shop, and put aside what they hold above the buffer."""
        world, money = self.world, self.money
        free = np.maximum(self.income - world.council_tax, 0)
        wanted = (free * world.propensity).astype(np.int64)
        self._along(Kind.CONSUMPTION, self.shopping, np.minimum(wanted, money[world.every_home]))
        above = money[world.every_home] - (self.income * told.BUFFER_MONTHS).astype(np.int64)
        put = np.maximum(above, 0)
        money[world.every_home] -= put
        self.savings[world.every_home] += put
        self._note(Kind.SAVING, world.areas + 5, world.areas + 3, put)
        self.income[:] = 0

    def _along(self, kind: Kind, web: Web, budget: Int64) -> None:
        """Pay budgets along links."""
        pence = web.split(budget)
        self.money[web.payers] -= budget
        np.add.at(self.money, web.payee, pence)
        sums = summed(web.slot, pence, len(web.pairs))
        counts = web.links - np.bincount(web.slot[pence == 0], minlength=len(web.pairs))
        for slot in np.flatnonzero(counts).tolist():
            payer, payee = web.pairs[slot]
            self._add(kind, payer, payee, int(sums[slot]), int(counts[slot]))

    def _pay_wages(self) -> None:
        """Pay workers net of tax, and the government the tax."""
        world, money, firms = self.world, self.money, slice(0, self.world.firms)
        ratio = np.minimum((money[firms] << 16) // np.maximum(self.due, 1), told.WHOLE)
        gross = (world.wage * ratio[self.employer]) >> 16
        tax = tax_on(gross)
        net = gross - tax
        money[firms] -= received(self.employer, gross, world.firms)
        money[world.every_home] += net
        self.income += net
        money[world.government] += tax.sum()
        for kind, pence, payee in (
            (Kind.WAGES, net, world.areas + 5),
            (Kind.PAYE, tax, world.areas + 1),
        ):
            self._note_classes(kind, self.worker_class, pence, payee)

    def _tax_homes(self, councils: slice) -> None:
        """Let homes pay their councils."""
        world, money = self.world, self.money
        paid = np.minimum(world.council_tax, money[world.every_home])
        money[world.every_home] -= paid
        money[councils] += received(self.office, paid, world.areas)
        self._note(Kind.COUNCIL_TAX, world.areas + 5, world.areas, paid)

    def _note_by_firm(self, kind: Kind, pence: Int64, payee: int) -> None:
        """Note one payment of each firm to one class."""
        self._note_classes(kind, self.firm_class, pence, payee)

    def _note_classes(self, kind: Kind, payer: Int64, pence: Int64, payee: int) -> None:
        """Note payments by class of the payer."""
        sums = summed(payer, pence, self.world.areas)
        counts = np.bincount(payer[pence > 0], minlength=self.world.areas)
        for klass in np.flatnonzero(counts).tolist():
            self._add(kind, klass, payee, int(sums[klass]), int(counts[klass]))

    def _note(self, kind: Kind, payer: int, payee: int, pence: Int64) -> None:
        """Note payments from one class to another."""
        self._add(kind, payer, payee, int(pence.sum()), int(np.count_nonzero(pence)))

    def _add(self, kind: Kind, payer: int, payee: int, pence: int, count: int) -> None:
        if count:
            self.flows[self.month, int(kind), payer, payee] = (pence, count)

    def books(self) -> Books:
        """Return balances, and flows of every month lived."""
        return Books(self.money.copy(), self.savings.copy(), dict(self.flows))


def tax_on(gross: Int64) -> Int64:
    """Return the tax on each worker's pay of the month [pence]."""
    (_, middle, top), (_, lower, upper) = told.LAW.floors.tolist(), told.LAW.rates.tolist()
    tax: Int64 = (np.clip(gross - middle, 0, top - middle) * lower) >> 16
    tax += (np.maximum(gross - top, 0) * upper) >> 16
    return tax
