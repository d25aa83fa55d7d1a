"""Dye once more, slowly: each payment takes the part of its payer's dye that it is of his money.

A part is reckoned in the floating numbers of IEEE 754, as the model says it is, and cut to whole
1,024ths of a penny.
"""

from collections.abc import Sequence

from scenarios.vocabulary import Kind

TAGS, UNITS = 4, 1024
JUST_BELOW_ONE = 0.9999999999999991
NO_HOP = (
    Kind.PAYE, Kind.VAT, Kind.GROUP_TRANSFER, Kind.PATRONAGE, Kind.REFUND, Kind.SAVING,
    Kind.DISSAVING, Kind.LOAN_DRAWN, Kind.LOAN_REPAID, Kind.COMMUNITY_LOAN,
    Kind.COMMUNITY_LOAN_REPAID, Kind.CAPITAL, Kind.CAPITAL_REPAID,
)  # fmt: skip
"""Payments that are no hop: taxes passed on, loans, what stays with one owner, what comes back."""


class Dye:
    """Dye of each row by tag: on its account, in its savings, and on its way."""

    def __init__(self, deposits: Sequence[int], homes: range, sinks: Sequence[int]) -> None:
        self.homes, self.sinks = homes, tuple(sinks)
        self.held, self.idle, self.waits, self.gone = (
            [[0] * TAGS for _ in deposits] for _ in range(4)
        )
        self.received = [[0] * TAGS for _ in deposits]
        """What each row has had of dye in all by a hop, by tag."""
        self.opening = list(deposits)
        self.put_in = self.sunk = self.let_go = 0

    def follow(self, kind: Kind, payer: int, payee: int, pence: int) -> None:
        """Let dye go along with a payment of who is no home, by what he had as the act opened."""
        if self.opening[payer] <= 0 or not any(self.held[payer]):
            return
        part = JUST_BELOW_ONE / self.opening[payer]
        hop = 0 if kind in NO_HOP else 1
        into = self.held if payee in self.homes else self.waits
        for tag, units in enumerate(self.held[payer]):
            moved = int(pence * (units * part))
            self.gone[payer][tag] += moved
            into[payee][min(tag + hop, TAGS - 1)] += moved
            self.received[payee][min(tag + hop, TAGS - 1)] += moved * hop

    def leave_home(self, home: int, had: int, parts: Sequence[tuple[int, int]]) -> None:
        """Let dye leave a home at once; all that homes pay is a hop."""
        if not any(self.held[home]):
            return
        rates = [units * (JUST_BELOW_ONE / max(had, 1)) for units in self.held[home]]
        for payee, pence in parts:
            for tag, rate in enumerate(rates):
                moved = int(pence * rate)
                self.held[home][tag] -= moved
                self.waits[payee][min(tag + 1, TAGS - 1)] += moved
                self.received[payee][min(tag + 1, TAGS - 1)] += moved

    def inject(self, payer: int, payee: int, pence: int) -> None:
        """Dye a payment that was made, but for what was dyed already."""
        part = JUST_BELOW_ONE / max(self.opening[payer], 1)
        units = pence * UNITS - sum(int(pence * (held * part)) for held in self.held[payer])
        (self.held if payee in self.homes else self.waits)[payee][0] += units
        self.received[payee][0] += units
        self.put_in += units

    def put_aside(self, row: int, pence: int, had: int) -> None:
        """Let dye go along into savings."""
        self._move_own(row, pence, had, self.held, self.idle)

    def take_back(self, row: int, pence: int, had: int) -> None:
        """Let dye come back out of savings."""
        self._move_own(row, pence, had, self.idle, self.held)

    def _move_own(
        self, row: int, pence: int, had: int, source: list[list[int]], target: list[list[int]]
    ) -> None:
        if had <= 0:
            return
        part = (pence / float(had)) * JUST_BELOW_ONE
        for tag in range(TAGS):
            moved = int(source[row][tag] * part)
            source[row][tag] -= moved
            target[row][tag] += moved
        excess = sum(source[row]) - UNITS * (had - pence)
        for tag in range(TAGS):
            moved = max(min(source[row][tag], excess), 0)
            source[row][tag] -= moved
            target[row][tag] += moved
            excess -= moved

    def end_act(self, deposits: Sequence[int]) -> None:
        """Let dye on its way arrive, unless it ends here; no account keeps more dye than money."""
        for row in self.sinks:
            self.sunk += sum(self.waits[row])
            self.waits[row] = [0] * TAGS
        for row, pence in enumerate(deposits):
            if row in self.homes:
                continue
            moved = zip(self.held[row], self.gone[row], self.waits[row], strict=True)
            self.held[row] = [held - gone + came for held, gone, came in moved]
            self.gone[row], self.waits[row] = [0] * TAGS, [0] * TAGS
            self.opening[row] = pence
            self.trim(row, pence)

    def take_in(self, home: int, had: int) -> None:
        """Let dye that came with the rent into a home that now holds so much money."""
        self.held[home] = [a + b for a, b in zip(self.held[home], self.waits[home], strict=True)]
        self.waits[home] = [0] * TAGS
        self.trim(home, had)

    def trim(self, row: int, pence: int) -> None:
        """Let go, from the first tag on, what an account holds in dye above its money."""
        excess = sum(self.held[row]) - UNITS * max(pence, 0)
        for tag in range(TAGS):
            out = max(min(self.held[row][tag], excess), 0)
            self.held[row][tag] -= out
            self.let_go += out
            excess -= out
