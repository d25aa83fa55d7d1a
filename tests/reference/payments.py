"""The payment kernels once more, slowly: plain Python over lists, one payment at a time.

The fast kernels fuse, cut a product in halves and update in place. Here every payment is first
written down, with whole numbers of any size, and then made.
"""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

ROUND_DOWN = 0.9999999999999991


def share_of(budget: int, cum: int) -> int:
    """Return floor(budget x cum / 65536) in whole numbers that cannot overflow."""
    return budget * cum // 65536


def payments_along(
    first: int,
    budget: Sequence[int],
    start: Sequence[int],
    payee: Sequence[int],
    cum: Sequence[int],
    redirect: Sequence[int],
) -> Iterator[tuple[int, int, int, int]]:
    """Write down each payment of a phase as (payer row, receiving row, pence, edge)."""
    for k, whole in enumerate(budget):
        for e in range(start[k], start[k + 1]):
            before = share_of(whole, cum[e - 1]) if e > start[k] else 0
            pence = share_of(whole, cum[e]) - before
            to = redirect[payee[e]]
            if pence > 0 and to >= 0:
                yield first + k, to, pence, e


def pay(
    made: Sequence[tuple[int, int, int]], balance: Sequence[int], homes: range = range(0)
) -> tuple[list[int], list[int]]:
    """Return balances after paying, and what waits in the inboxes, for (payer, payee, pence).

    Homes receive at once.
    """
    left, inbox = list(balance), [0] * len(balance)
    for payer, payee, pence in made:
        left[payer] -= pence
        if payee in homes:
            left[payee] += pence
        else:
            inbox[payee] += pence
    return left, inbox


def sums_by_slot(
    made: Sequence[tuple[int, int, int, int]], slot: Sequence[int], n_slots: int
) -> list[list[int]]:
    """Return pence and number of payments by slot."""
    sums = [[0, 0] for _ in range(n_slots)]
    for _, _, pence, edge in made:
        sums[slot[edge]][0] += pence
        sums[slot[edge]][1] += 1
    return sums


class Moved(NamedTuple):
    """Dye that payments have moved, each by row and tag."""

    gone: list[list[int]]
    """Out of the payers."""
    waits: list[list[int]]
    """In the inboxes of the payees."""
    passed: list[list[int]]
    """What of it waits after no hop, by the tag with which it left."""
    came: list[list[int]]
    """To homes, at once."""


def dye(
    made: Sequence[tuple[int, int, int]],
    opening: Sequence[int],
    held: Sequence[Sequence[int]],
    hop: int,
    homes: range = range(0),
) -> Moved:
    """Return the dye that (payer, payee, pence) move."""
    tags = len(held[0])
    moved = Moved(*([[0] * tags for _ in held] for _ in range(4)))
    for payer, payee, pence in made:
        if opening[payer] <= 0:
            continue
        for t in range(tags):
            units = int(pence * (held[payer][t] * (ROUND_DOWN / opening[payer])))
            moved.gone[payer][t] += units
            if payee in homes:
                moved.came[payee][min(t + hop, tags - 1)] += units
            else:
                moved.waits[payee][min(t + hop, tags - 1)] += units
                moved.passed[payee][t] += units * (1 - hop)
    return moved


def by_cell(rows: Sequence[Sequence[int]], cell: Sequence[int], n_cells: int) -> list[list[int]]:
    """Sum the rows of each cell, tag by tag."""
    out = [[0] * len(rows[0]) for _ in range(n_cells)]
    for row, units in enumerate(rows):
        for t, one in enumerate(units):
            out[cell[row]][t] += one
    return out


def fold_dye(
    balance: Sequence[int],
    held: Sequence[Sequence[int]],
    gone: Sequence[Sequence[int]],
    arrived: Sequence[Sequence[int]],
    homes: range = range(0),
) -> tuple[list[list[int]], list[int]]:
    """Return dye held after the phase and what was let go, the earliest hops first.

    Homes hold what they held.
    """
    tags = len(held[0])
    after, let_go = [], [0] * tags
    for row, pence in enumerate(balance):
        if row in homes:
            after.append(list(held[row]))
            continue
        units = [held[row][t] - gone[row][t] + arrived[row][t] for t in range(tags)]
        excess = sum(units) - 1024 * max(pence, 0)
        for t in range(tags):
            out = max(min(units[t], excess), 0)
            units[t] -= out
            let_go[t] += out
            excess -= out
        after.append(units)
    return after, let_go


def move_dye(
    first: int, pence: Sequence[int], source: Sequence[int], held: Sequence[Sequence[int]]
) -> list[list[int]]:
    """Return the dye that moves with each owner's money, by row and tag."""
    moved = [[0] * len(units) for units in held]
    for k, amount in enumerate(pence):
        row = first + k
        if amount <= 0 or source[row] <= 0:
            continue
        rate = (amount / source[row]) * ROUND_DOWN
        moved[row] = [int(units * rate) for units in held[row]]
        excess = sum(held[row]) - sum(moved[row]) - 1024 * (source[row] - amount)
        for t, units in enumerate(held[row]):
            more = max(min(units - moved[row][t], excess), 0)
            moved[row][t] += more
            excess -= more
    return moved


def sum_by_class(klass: Sequence[int], values: Sequence[int], n_classes: int) -> list[int]:
    """Return the sum of each class."""
    return [sum(v for c, v in zip(klass, values, strict=True) if c == k) for k in range(n_classes)]


def sum_block(klass: Sequence[int], pence: Sequence[int], n_classes: int) -> list[list[int]]:
    """Return pence and number of payments of each class; payments of nothing are none."""
    made = [(c, p) for c, p in zip(klass, pence, strict=True) if p > 0]
    return [
        [sum(p for c, p in made if c == k), sum(1 for c, _ in made if c == k)]
        for k in range(n_classes)
    ]


def audit_dye(balance: Sequence[int], held: Sequence[Sequence[int]]) -> tuple[int, int]:
    """Return the most dye above any balance, and the least dye anywhere; 0 where all is well."""
    over = [sum(units) - 1024 * max(b, 0) for b, units in zip(balance, held, strict=True)]
    return max(0, *over), min(0, *(u for units in held for u in units))
