"""Lets a block of neighbouring accounts pay one: taxes, contributions, interest on loans.

With one receiver its money and its dye add up on the way, instead of meeting in its account
thousands of times.
"""

import numpy as np
from numba import njit

from simulation.kernels.dye import FOUR, ROUND_DOWN


@njit(cache=True)
def pay_to_one(pence, klass, balance, sums):
    """Take each payment from its payer's account.

    Parameters
    ----------
    pence : int64[n_block]
        Amounts; those of zero are no payments.
    klass : int32[n_block]
        Class of each payer.
    balance : int64[n_block], updated
        Money held by the payers [pence].
    sums : int64[n_classes, 2], updated
        Pence and number of payments by class of the payer.

    Returns
    -------
    int
        All that was paid [pence]; the caller credits the payee.
    """
    paid = 0
    for k in range(pence.size):
        if pence[k] > 0:
            balance[k] -= pence[k]
            sums[klass[k], 0] += pence[k]
            sums[klass[k], 1] += 1
            paid += pence[k]
    return paid


@njit(cache=True)
def dye_to_one(pence, opening, dye, dye_out, into, passed, hop):
    """Move dye with the payments of `pay_to_one`; see `dye.dye_along_edges`.

    Parameters
    ----------
    pence, opening : int64[n_block]
        Amounts, and balances of the payers at the opening of the phase [pence].
    dye : int64[n_block, n_tags]
        Dye held by the payers at the opening of the phase [1/1024 pence].
    dye_out : int64[n_block, n_tags], updated
        Dye that leaves the payers.
    into : int64[n_tags], updated
        Dye that arrives at the payee.
    passed : int64[n_tags], updated
        Dye that arrives without a hop; untouched where `hop` is 1.
    hop : int
        1 where the payment is a re-spending hop, 0 where it is not.
    """
    if dye.shape[1] == FOUR:
        came = _move(FOUR, pence, opening, dye, dye_out)
    else:
        came = _move(dye.shape[1], pence, opening, dye, dye_out)
    last = dye.shape[1] - 1
    for t in range(dye.shape[1]):
        into[min(t + hop, last)] += came[t]
        if hop == 0:
            passed[t] += came[t]


@njit(inline="always")
def _move(tags, pence, opening, dye, dye_out):
    """Move dye out of the payers; return what arrives, by tag."""
    came = np.zeros(tags, dtype=np.int64)
    for k in range(pence.size):
        if pence[k] <= 0 or opening[k] <= 0:
            continue
        some = 0
        for t in range(tags):
            some |= dye[k, t]
        if some == 0:
            continue
        part = ROUND_DOWN / opening[k]
        for t in range(tags):
            units = int(pence[k] * (dye[k, t] * part))
            dye_out[k, t] += units
            came[t] += units
    return came
