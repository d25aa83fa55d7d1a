"""The reference month in plain Mesa: every firm, home and council an agent that acts for itself.

Written as a modeller would: `do` over an `AgentSet` for each act, one method call a payment,
whole pence in Python integers. Only what Mesa 3.3 and 3.5 share is used.
"""

from typing import Any

import mesa
import numpy as np

from experiments.bench import declaration as told
from experiments.bench.books import Books, Flows
from experiments.bench.world import Edges, World, build_world
from scenarios.vocabulary import Kind

FLOORS, RATES, BELOW = (column.tolist() for column in told.LAW)


class Payer(mesa.Agent):  # type: ignore[misc]  # mesa ships no types
    """Somebody with an account.

    Parameters
    ----------
    town : Town
    klass : int
    money : int
        Opening balance [pence].
    """

    def __init__(self, town: "Town", klass: int, money: int) -> None:
        super().__init__(town)
        self.klass = klass
        self.money = money
        self.inbox = 0
        self.links: list[tuple[Payer, int]] = []

    def pay(self, payee: "Payer", pence: int, kind: int) -> None:
        """Pay somebody, who has it once the act closes."""
        if pence > 0:
            self.money -= pence
            payee.inbox += pence
            self.model.note(kind, self.klass, payee.klass, pence)

    def pay_along(self, budget: int, kind: int) -> None:
        """Split a budget along links."""
        before = 0
        for payee, cum in self.links:
            upto = (budget * cum) >> 16
            self.pay(payee, upto - before, kind)
            before = upto

    def receive(self) -> None:
        """Take in what has been received in the act."""
        self.money += self.inbox
        self.inbox = 0


class Account(Payer):
    """The government, outside, the bank or the fund: receives, and may owe."""


class Council(Payer):
    """Buys from firms with all that it has."""

    grant = 0

    def be_granted(self) -> None:
        """Receive the month's grant."""
        self.model.government.pay(self, self.grant, Kind.GRANT)

    def buy(self) -> None:
        """Pay for contracts."""
        self.pay_along(self.money, Kind.PURCHASE)


class Firm(Payer):
    """Buys inputs, pays its workers, tax and its owner."""

    owner: "Home"

    def __init__(self, town: "Town", klass: int, money: int) -> None:
        super().__init__(town, klass, money)
        self.workers: list[Home] = []
        self.due = 0

    def buy_inputs(self) -> None:
        """Pay suppliers."""
        self.pay_along((self.money * told.INPUTS) >> 16, Kind.INTERMEDIATE)

    def pay_wages(self) -> None:
        """Pay every worker what can be paid, and remit the tax."""
        self.due = sum(home.wage for home in self.workers)
        ratio = min((self.money << 16) // max(self.due, 1), told.WHOLE)
        for home in self.workers:
            gross = (home.wage * ratio) >> 16
            tax = tax_on(gross)
            self.pay(home, gross - tax, Kind.WAGES)
            self.pay(self.model.government, tax, Kind.PAYE)

    def pay_profit_tax(self) -> None:
        """Pay tax on the surplus."""
        surplus = max(self.money - self.due, 0)
        self.pay(self.model.government, (surplus * told.PROFIT_TAX) >> 16, Kind.CORPORATION_TAX)

    def pay_dividend(self) -> None:
        """Pay the owner part of what is left of the surplus."""
        surplus = max(self.money - self.due, 0)
        self.pay(self.owner, (surplus * told.PAID_OUT) >> 16, Kind.DIVIDEND)


class Home(Payer):
    """Earns, pays council tax and shops."""

    wage = 0
    council_tax = 0
    propensity = 0.0
    council: Council

    def __init__(self, town: "Town", klass: int, money: int) -> None:
        super().__init__(town, klass, money)
        self.income = 0
        self.savings = 0

    def receive(self) -> None:
        """Take in what has been received in the act, and remember it as income."""
        self.income += self.inbox
        super().receive()

    def pay_council_tax(self) -> None:
        """Pay the council."""
        self.pay(self.council, min(self.council_tax, self.money), Kind.COUNCIL_TAX)

    def shop(self) -> None:
        """Spend a share of free income in shops."""
        wanted = int(max(self.income - self.council_tax, 0) * self.propensity)
        self.pay_along(min(wanted, self.money), Kind.CONSUMPTION)

    def save(self) -> None:
        """Put aside what is held above the buffer."""
        above = self.money - int(self.income * told.BUFFER_MONTHS)
        if above > 0:
            self.money -= above
            self.savings += above
            self.model.note(Kind.SAVING, self.klass, self.model.bank.klass, above)
        self.income = 0


def tax_on(gross: int) -> int:
    """Return the tax on one worker's pay of the month [pence]."""
    band = 0
    while band + 1 < len(FLOORS) and gross >= FLOORS[band + 1]:
        band += 1
    return int(BELOW[band] + (((gross - FLOORS[band]) * RATES[band]) >> 16))


class Town(mesa.Model):  # type: ignore[misc]  # mesa ships no types
    """All agents, and the totals of what they pay.

    Parameters
    ----------
    world : World
    """

    def __init__(self, world: World) -> None:
        super().__init__(rng=told.SEED)
        klass, money = world.klass.tolist(), world.deposits.tolist()
        kinds: list[tuple[type[Payer], int]] = [
            (Firm, world.firms),
            (Council, world.areas),
            (Account, 4),
            (Home, world.homes),
        ]
        self.rows: list[Any] = []
        for kind, count in kinds:
            at = len(self.rows)
            self.rows += [kind(self, klass[row], money[row]) for row in range(at, at + count)]
        self.government = self.rows[world.government]
        self.bank = self.rows[world.bank]
        self.month = 0
        self.flows: dict[tuple[int, int, int, int], list[int]] = {}
        self._join(world)

    def _join(self, world: World) -> None:
        """Tell agents whom they pay and what they are due."""
        self._link(world.firms, world.contracts)
        self._link(0, world.supply)
        self._link(world.first_home, world.shopping)
        homes = self.rows[world.first_home :]
        columns = (world.wage, world.council_tax, world.propensity, world.council, world.employer)
        told_of = zip(homes, *(column.tolist() for column in columns), strict=True)
        for home, wage, tax, propensity, council, employer in told_of:
            home.wage, home.council_tax, home.propensity = wage, tax, propensity
            home.council = self.rows[council]
            self.rows[employer].workers.append(home)
        for firm, owner in zip(self.rows[: world.firms], world.owner.tolist(), strict=True):
            firm.owner = homes[owner]
        for number, grant in enumerate(world.grant.tolist()):
            self.rows[world.firms + number].grant = grant

    def _link(self, first: int, edges: Edges) -> None:
        start, payee, cum = edges.start.tolist(), edges.payee.tolist(), edges.cum.tolist()
        for payer in range(len(start) - 1):
            links = range(start[payer], start[payer + 1])
            self.rows[first + payer].links = [(self.rows[payee[e]], cum[e]) for e in links]

    def note(self, kind: int, payer: int, payee: int, pence: int) -> None:
        """Count a payment by kind, class of the payer and class of the payee."""
        key = (self.month, int(kind), payer, payee)
        found = self.flows.get(key)
        if found is None:
            self.flows[key] = [pence, 1]
        else:
            found[0] += pence
            found[1] += 1

    def step(self) -> None:
        """Live one month."""
        self.month += 1
        acts: tuple[tuple[type[Payer], str, tuple[type[Payer], ...]], ...] = (
            (Council, "be_granted", (Council,)),
            (Council, "buy", (Firm,)),
            (Firm, "buy_inputs", (Firm,)),
            (Firm, "pay_wages", (Home, Account)),
            (Firm, "pay_profit_tax", (Account,)),
            (Firm, "pay_dividend", (Home,)),
            (Home, "pay_council_tax", (Council,)),
            (Home, "shop", (Firm, Account)),
            (Home, "save", ()),
        )
        for who, act, paid in acts:
            self.agents_by_type[who].do(act)
            for kind in paid:
                self.agents_by_type[kind].do("receive")


class BatchTown(Town):
    """A town as `mesa.batch_run` makes it: it lives some months, then stops and lets go.

    Parameters
    ----------
    firms, months : int
    **more
        What a release of Mesa adds, and the number of the run.
    """

    def __init__(self, firms: int, months: int, **more: Any) -> None:
        super().__init__(build_world(firms))
        self.months = months
        self.datacollector = mesa.DataCollector()

    def step(self) -> None:
        """Live one month; the last lets Mesa's own memory of the agents go."""
        super().step()
        if self.month == self.months:
            self.running = False
            getattr(mesa.Agent, "_ids", {}).pop(self, None)


def batch(firms: int, months: int, runs: int) -> None:
    """Live some short runs by `mesa.batch_run`, in this process."""
    parameters = {"firms": [firms], "months": [months], "run": list(range(runs))}
    mesa.batch_run(BatchTown, parameters, number_processes=1, display_progress=False)


class ObjectMonths:
    """The reference world in plain Mesa.

    Parameters
    ----------
    world : World
    """

    name = "plain Mesa objects"

    def __init__(self, world: World) -> None:
        self.town = Town(world)

    def live(self) -> None:
        """Live one month."""
        self.town.step()

    def books(self) -> Books:
        """Return balances, and flows of every month lived."""
        balances = np.array([row.money for row in self.town.rows], dtype=np.int64)
        savings = np.zeros_like(balances)
        homes = self.town.agents_by_type[Home]
        savings[-len(homes) :] = [home.savings for home in homes]
        flows: Flows = {key: (pence, count) for key, (pence, count) in self.town.flows.items()}
        return Books(balances, savings, flows)

    def let_go(self) -> None:
        """Let the agents go: Mesa 3.3 keeps every model that ever numbered agents alive."""
        for row in self.town.rows:
            row.links = []
        getattr(mesa.Agent, "_ids", {}).pop(self.town, None)
        self.town.remove_all_agents()
        del self.town
