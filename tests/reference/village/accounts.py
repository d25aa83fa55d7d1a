"""The accounts of a place on paper: every payment is written down, and then made."""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from scenarios.vocabulary import Kind
from tests.reference.village.dye import Dye

WHOLE = 65536
"""A share is told in parts of it."""

Share = tuple[int, int]
"""Who is paid, and the rising share up to and with him."""


class Payment(NamedTuple):
    """One payment: what for, who paid, who was paid, how much [pence]."""

    kind: Kind
    payer: int
    payee: int
    pence: int


def parts_of(whole: int, shares: Iterable[Share]) -> list[tuple[int, int]]:
    """Split a sum by rising shares: each gets what is his up to here less what went before."""
    parts, before = [], 0
    for payee, upto in shares:
        reached = whole * upto // WHOLE
        parts.append((payee, reached - before))
        before = reached
    return parts


class Accounts:
    """Money of each row, and what waits until the act ends.

    Parameters
    ----------
    deposits, savings, loans : sequence of int
        By row [pence].
    homes : range
        Rows that are paid at once, but for rent.
    limitless : iterable of int
        Rows that may be below nothing.
    sinks : sequence of int
        Rows at which dye ends.
    """

    def __init__(
        self,
        deposits: Sequence[int],
        savings: Sequence[int],
        loans: Sequence[int],
        homes: range,
        limitless: Iterable[int],
        sinks: Sequence[int],
    ) -> None:
        self.deposits = list(deposits)
        self.savings = list(savings)
        self.loans = list(loans)
        self.homes = homes
        self.limitless = frozenset(limitless)
        self.inbox = [0] * len(self.deposits)
        self.heir: dict[int, int | None] = {}
        """Who is paid in the place of a row that has closed; None where the payer keeps it."""
        self.written: list[Payment] = []
        self.dye = Dye(self.deposits, homes, sinks)

    def pay(self, kind: Kind, payer: int, payee: int, pence: int) -> None:
        """Pay once; a home has it at once, others when the act ends."""
        if pence <= 0:
            return
        self.dye.follow(kind, payer, payee, pence)
        self._move(kind, payer, payee, pence, at_once=payee in self.homes)

    def split(self, kind: Kind, payer: int, shares: Iterable[Share], whole: int) -> None:
        """Pay a sum by rising shares; the part of who closed without an heir stays."""
        for payee, pence in parts_of(max(whole, 0), shares):
            to = self.receiver(payee)
            if to is not None:
                self.pay(kind, payer, to, pence)

    def receiver(self, payee: int) -> int | None:
        """Say who is paid where a row is meant."""
        return self.heir.get(payee, payee)

    def from_home(
        self, kind: Kind, home: int, shares: Iterable[Share], whole: int, had: int
    ) -> int:
        """Let a home pay by shares, dye leaving it by what it `had`; return what it paid."""
        parts = [
            (to, pence)
            for payee, pence in parts_of(whole, shares)
            if (to := self.receiver(payee)) is not None and pence > 0
        ]
        self.dye.leave_home(home, had, parts)
        for payee, pence in parts:
            self._move(kind, home, payee, pence, at_once=False)
        return sum(pence for _, pence in parts)

    def _move(self, kind: Kind, payer: int, payee: int, pence: int, *, at_once: bool) -> None:
        self.deposits[payer] -= pence
        if at_once:
            self.deposits[payee] += pence
        else:
            self.inbox[payee] += pence
        self.written.append(Payment(kind, payer, payee, pence))

    def lend(self, bank: int, row: int, pence: int) -> None:
        """Let the bank make money as it lends."""
        if pence > 0:
            self.inbox[row] += pence
            self.loans[row] += pence
            self.written.append(Payment(Kind.LOAN_DRAWN, bank, row, pence))

    def repay(self, bank: int, row: int, pence: int) -> None:
        """Let money end as a loan is repaid; its dye goes to a sink."""
        if pence > 0:
            self.dye.follow(Kind.LOAN_REPAID, row, self.dye.sinks[0], pence)
            self.deposits[row] -= pence
            self.loans[row] -= pence
            self.written.append(Payment(Kind.LOAN_REPAID, row, bank, pence))

    def write_off(self, bank: int, row: int, pence: int) -> None:
        """Give up what will not be repaid."""
        if pence > 0:
            self.loans[row] -= pence
            self.written.append(Payment(Kind.WRITE_OFF, bank, row, pence))

    def save(self, bank: int, row: int, pence: int) -> None:
        """Put money aside; less than nothing draws on what was put aside."""
        if pence > 0:
            self.dye.put_aside(row, pence, self.deposits[row])
            self.written.append(Payment(Kind.SAVING, row, bank, pence))
        elif pence < 0:
            self.dye.take_back(row, -pence, self.savings[row])
            self.written.append(Payment(Kind.DISSAVING, bank, row, -pence))
        self.deposits[row] -= pence
        self.savings[row] += pence
        self.dye.opening[row] = self.deposits[row]

    def end_act(self) -> list[int]:
        """Let what waits be money, but for homes' rent; return what each row was waiting for."""
        came = list(self.inbox)
        for row, pence in enumerate(came):
            if row in self.homes:
                continue
            if self.deposits[row] < 0 and row not in self.limitless:
                raise ArithmeticError(f"row {row} has paid {-self.deposits[row]} p too much")
            self.deposits[row] += pence
            self.inbox[row] = 0
        self.dye.end_act(self.deposits)
        return came
