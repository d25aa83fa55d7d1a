"""The reference month as sparse algebra in double precision: less work, and marked so.

Shares of money go along sparse matrices (scipy). Nothing is rounded to pence, no payment is
counted, no flow by class is kept, tax has one rate, nobody saves, and everybody pays what they are
asked for: so it comes to other books, passes no gate, and only shows what the arithmetic alone
would take.
"""

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from experiments.bench import declaration as told
from experiments.bench.world import Edges, World

Float64 = NDArray[np.float64]

KEPT_OF_PAY = 0.85
"""Share of pay that is left after a tax of one rate."""


class AlgebraMonths:
    """The reference world in sparse matrices.

    Parameters
    ----------
    world : World
    """

    name = "scipy.sparse, float, less work"

    def __init__(self, world: World) -> None:
        self.world = world
        self.money = world.deposits.astype(np.float64)
        rows = self.money.size
        self.contracts = _matrix(world.contracts, rows)
        self.supply = _matrix(world.supply, rows)
        self.shopping = _matrix(world.shopping, rows)
        count = (np.arange(world.homes), np.arange(world.firms))
        wage = world.wage.astype(np.float64)
        self.due = np.bincount(world.employer, weights=wage, minlength=world.firms)
        shape = (world.homes, world.firms)
        part = wage / self.due[world.employer]
        self.payroll = sparse.csr_array((part, (count[0], world.employer)), shape=shape)
        self.owners = sparse.csr_array((np.ones(world.firms), (world.owner, count[1])), shape=shape)
        self.offices = sparse.csr_array(
            (np.ones(world.homes), (world.council - world.firms, count[0])),
            shape=(world.areas, world.homes),
        )

    def live(self) -> None:
        """Live one month."""
        world, money = self.world, self.money
        firms, homes = slice(0, world.firms), world.every_home
        councils = slice(world.firms, world.government)
        spent = money[councils] + world.grant
        money[councils] = 0.0
        money += self.contracts @ spent
        spent = money[firms] * (told.INPUTS / told.WHOLE)
        money[firms] -= spent
        money += self.supply @ spent
        paid = np.minimum(money[firms], self.due)
        income = KEPT_OF_PAY * (self.payroll @ paid)
        money[firms] -= paid
        surplus = np.maximum(money[firms] - self.due, 0.0)
        tax = surplus * (told.PROFIT_TAX / told.WHOLE)
        dividend = (surplus - tax) * (told.PAID_OUT / told.WHOLE)
        money[firms] -= tax + dividend
        income += self.owners @ dividend
        money[homes] += income - world.council_tax
        money[councils] += self.offices @ world.council_tax.astype(np.float64)
        spent = np.maximum(income - world.council_tax, 0.0) * world.propensity
        money[homes] -= spent
        money += self.shopping @ spent


def _matrix(edges: Edges, rows: int) -> sparse.csr_array:
    """Return shares of each payer's budget by receiving row: rows x payers."""
    count = np.diff(edges.start)
    payer = np.repeat(np.arange(count.size), count)
    step = np.diff(edges.cum.astype(np.float64), prepend=0.0)
    begin = edges.start[:-1][count > 0]
    step[begin] = edges.cum[begin]
    shape = (rows, count.size)
    return sparse.csr_array((step / told.WHOLE, (edges.payee, payer)), shape=shape)
