"""What the kernels of money share: accounts, links and dye in columns, exact shares of a budget.

Columns that belong together travel together, so that a kernel's signature reads as its economics.
"""

from typing import Any, NamedTuple

import numpy as np

from simulation.kernels.compiling import part

LARGEST_PAYMENT = 1 << 46
"""From here on a budget times a cumulative share would overflow [pence]."""
INDEX = np.uint64
"""Links are walked by unsigned numbers: no test for negative ones, a third of the time."""
ROUND_DOWN = 0.9999999999999991
FOUR = 4
"""The usual number of tags; loops over them are compiled for it apart, unrolled."""
UNITS = 1024
"""Units of dye in a penny."""


class Links(NamedTuple):
    """Standing links of a block of payers.

    Attributes
    ----------
    first : int
        Row of the first payer; payer k is row `first + k`.
    linked : int32[m]
        The payers k that have a link; none are named where tills are paid at.
    start : int32[n_payers + 1]
        Links of payer k are `start[k] : start[k + 1]`.
    payee, cum : int32[n_links]
        Receiving row; cumulative share in 65,536ths, rising to 65536 at each payer's last link. Who
        has closed may have another of its class receive in its place; where nobody does, the payee
        is `~row`, which is negative, and the payer keeps the money.
    """

    first: int
    linked: Any
    start: Any
    payee: Any
    cum: Any


class Accounts(NamedTuple):
    """Transaction accounts while a phase is under way.

    Attributes
    ----------
    balance : int64[n_rows]
        Opening balances less what has been paid [pence].
    inbox : int64[n_rows]
        What has been received and waits for the close of the phase [pence].
    first_home, end_home : int
        Rows `first_home .. end_home - 1` receive at once; nobody who pays in this phase through
        these accounts and is one of them pays another of them.
    """

    balance: Any
    inbox: Any
    first_home: int
    end_home: int


class Dye(NamedTuple):
    """Dye on transaction accounts while a phase is under way [1/1024 pence].

    Attributes
    ----------
    held : int64[n_rows, n_tags]
        Dye at the opening of the phase, and what homes have received since.
    out, inbox : int64[n_rows, n_tags]
        What has left and what has arrived; `fold_dye` carries both into `held`.
    opening : int64[n_rows]
        Balances at the opening of the phase [pence]; not kept for homes, which part with dye by
        what they hold as they pay.
    cell : int32[n_rows]
        Area x institution cell of each row.
    passed, arrived : int64[n_cells, n_tags]
        What waits in `inbox` after no hop, and what homes have received by a hop.
    """

    held: Any
    out: Any
    inbox: Any
    opening: Any
    cell: Any
    passed: Any
    arrived: Any


def shares_of(budget: Any, cum: Any) -> Any:
    """Return floor(budget * cum / 65536) without overflow for budget < 2**62.

    Parameters
    ----------
    budget, cum : int64[n] or int
        Pence to split, none negative; shares in 65,536ths.

    Returns
    -------
    int64[n] or int
        Pence.
    """
    return (budget >> 16) * cum + (((budget & 0xFFFF) * cum) >> 16)


share_of = part(shares_of)
"""The same for kernels. Called from Python it compiles anew in every process, for half a second."""


@part
def any_dye(tags, held, row):
    """Say whether a row holds dye of any of its tags."""
    some = 0
    for t in range(tags):
        some |= held[row, t]
    return some != 0


@part
def let_go(tags, held, row, balance, lost):
    """Let go of what rounding has left above 1024 times the balance, from the first tag on.

    Parameters
    ----------
    tags : int
        Number of tags; the compiler unrolls loops over a number that it knows.
    held : int64[n_rows, n_tags], updated
        Dye held [1/1024 pence].
    row : int
        The account.
    balance : int
        Its money [pence].
    lost : int64[n_tags], updated
        Dye let go so that no account holds more dye than money.
    """
    excess = -max(balance, 0) * UNITS
    for t in range(tags):
        excess += held[row, t]
    t = 0
    while excess > 0 and t < tags:
        units = min(excess, held[row, t])
        held[row, t] -= units
        lost[t] += units
        excess -= units
        t += 1


@part
def move_own(tags, row, moved, balance, source, target):
    """Move dye between two accounts of one owner, with its share of what is moved.

    The share is rounded down; what would then lie above the balance that stays moves too, so that
    neither account ever holds more dye than money.

    Parameters
    ----------
    tags : int
        Number of tags; four are written out, so that the compiler moves them as one.
    row : int
        The owner.
    moved, balance : int
        Pence that move, and pence on the source account before, both above zero.
    source, target : int64[n_rows, n_tags], updated
        Dye held in both [1/1024 pence].
    """
    rate = (moved / float(balance)) * ROUND_DOWN
    excess = -UNITS * (balance - moved)
    if tags == FOUR:
        a, b, c, d = source[row, 0], source[row, 1], source[row, 2], source[row, 3]
        p, q, r, s = int(a * rate), int(b * rate), int(c * rate), int(d * rate)
        excess += (a - p) + (b - q) + (c - r) + (d - s)
        source[row, 0] = a - p
        source[row, 1] = b - q
        source[row, 2] = c - r
        source[row, 3] = d - s
        target[row, 0] += p
        target[row, 1] += q
        target[row, 2] += r
        target[row, 3] += s
    else:
        for t in range(tags):
            units = int(source[row, t] * rate)
            source[row, t] -= units
            target[row, t] += units
            excess += source[row, t]
    t = 0
    while excess > 0 and t < tags:
        units = min(excess, source[row, t])
        source[row, t] -= units
        target[row, t] += units
        excess -= units
        t += 1
