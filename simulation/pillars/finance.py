"""Inclusive finance: a lender that relends what it holds, to whom the bank refuses.

A credit union or community development lender creates no money: it lends what was paid in, by
whoever endows it or by members who save with it, and what has come back. It looks at whether a
firm still sells, and not at security.
"""

import numpy as np
from numpy.typing import NDArray

Int64 = NDArray[np.int64]


def lent(
    short: Int64, owed: Int64, expected: Int64, usual: Int64, cash: int,
    most_months: float, viable: float,
) -> Int64:  # fmt: skip
    """Say what each firm is lent, in the order given.

    Parameters
    ----------
    short : int64[n]
        What it lacks for this month's bills [pence].
    owed : int64[n]
        What it owes the lender already [pence].
    expected, usual : int64[n]
        Sales that it expects in a month, and those of the start [pence].
    cash : int
        What the lender holds [pence].
    most_months : float
        Most that a firm may owe, in months of expected sales.
    viable : float
        Expected over usual sales below which it is refused.

    Returns
    -------
    int64[n]
        [pence]; their sum is at most the cash. The last who is served may get a part.
    """
    limit = np.floor(expected * most_months).astype(np.int64) - owed
    wanted = np.where(expected >= viable * usual, np.minimum(short, limit), 0)
    upto = np.minimum(np.cumsum(np.maximum(wanted, 0)), cash)
    given: Int64 = np.diff(upto, prepend=0)
    return given


def room_for_shares(capital: int, shares: int, ratio: float) -> int:
    """Return what a credit union may still take in shares [pence].

    Capital is at least `ratio` of assets, which are capital and shares: shares are at most
    capital x (1 - ratio) / ratio.
    """
    return max(int(capital * ((1.0 - ratio) / ratio)) - shares, 0)


def in_proportion(wanted: Int64, most: int) -> Int64:
    """Return what each gets of what it wants where all together get no more than `most` [pence]."""
    share = min(most / max(int(wanted.sum()), 1), 1.0)
    given: Int64 = np.floor(wanted * share).astype(np.int64)
    return given


def room_for_companies(owners: int, companies: int, part: float) -> int:
    """Return what may still be lent to companies where they owe at most a part of all [pence]."""
    return max(int(owners * (part / (1.0 - part))) - companies, 0)


def repaid(cash: Int64, working_balance: Int64, owed: Int64, share: float) -> Int64:
    """Return what firms repay: a share of cash above the working balance, at most what is owed."""
    spare = np.maximum(cash - working_balance, 0)
    paid: Int64 = np.minimum(np.floor(spare * share).astype(np.int64), owed)
    return paid
