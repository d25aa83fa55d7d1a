"""The end of a home's month, slowly: rent comes in, shops are paid, the rest is put aside."""

from collections.abc import Sequence
from typing import NamedTuple

from tests.reference import homes, payments

Table = list[list[int]]


class Decider(NamedTuple):
    """What one home decides by [pence], and its habits."""

    income: int
    housing: int
    council_tax: int
    propensity: float
    buffer: float
    savings: int
    year: int
    late: int
    """Rent that waits for it."""


class Evening:
    """One evening of some homes, each step for all of them before the next begins.

    What is told is by home; balances, inboxes and dye are by row, homes from row `first` on.
    """

    def __init__(
        self,
        first: int,
        balance: Sequence[int],
        links: tuple[list[int], list[int], list[int]],
        redirect: Sequence[int],
        deciders: Sequence[Decider],
        share: float,
        begins_year: bool,
    ) -> None:
        self.first = first
        others = list(balance[:first])
        held = [balance[first + k] + one.late for k, one in enumerate(deciders)]
        self.drawn, self.spent = [], []
        for one, has in zip(deciders, held, strict=True):
            free = homes.free_income(one.income, one.housing, one.council_tax)
            wanted = homes.wanted(free, one.propensity, one.buffer, share, has, one.savings)
            drawn = homes.drawn(wanted, has, one.savings)
            self.drawn.append(drawn)
            self.spent.append(min(wanted, has + drawn))
        self.opening = others + held
        self.filled = others + [has + more for has, more in zip(held, self.drawn, strict=True)]
        self.made = list(payments.payments_along(first, self.spent, *links, redirect))
        made = [(payer, payee, pence) for payer, payee, pence, _ in self.made]
        self.left, self.inbox = payments.pay(made, self.filled)
        self.put = [
            homes.above_buffer(one.income, one.buffer, self.left[first + k])
            for k, one in enumerate(deciders)
        ]
        kept = [self.left[first + k] - put for k, put in enumerate(self.put)]
        self.balance = others + kept
        self.had = [one.savings for one in deciders]
        self.savings = [
            one.savings + put - drawn
            for one, put, drawn in zip(deciders, self.put, self.drawn, strict=True)
        ]
        self.year = [homes.year_of(one.income, one.year, begins_year) for one in deciders]

    def dye(
        self, held: Table, came: Table, idle: Table
    ) -> tuple[tuple[Table, Table, Table], list[list[int]]]:
        """Return dye held, idle and waiting, and what was let go after the rent and after shopping.

        `came` with the rent; `idle` lies in savings.
        """
        nothing = [[0] * len(row) for row in held]
        made = [(payer, payee, pence) for payer, payee, pence, _ in self.made]
        held, after_rent = payments.fold_dye(self.opening, held, nothing, came)
        drawn = payments.move_dye(self.first, self.drawn, [0] * self.first + self.had, idle)
        held, idle = added(held, drawn, 1), added(idle, drawn, -1)
        moved = payments.dye(made, self.filled, held, 1)
        held, after_shopping = payments.fold_dye(self.left, held, moved.gone, nothing)
        put = payments.move_dye(self.first, self.put, self.left, held)
        held, idle = added(held, put, -1), added(idle, put, 1)
        return (held, idle, moved.waits), [after_rent, after_shopping]


def added(table: Table, more: Table, sign: int) -> Table:
    """Add one table to another, or take it away."""
    rows = zip(table, more, strict=True)
    return [[a + sign * b for a, b in zip(*row, strict=True)] for row in rows]
