"""Lets a block of neighbouring accounts pay one: taxes, contributions, interest on loans.

With one receiver its money and its dye add up on the way, instead of meeting in its account
thousands of times.
"""

from simulation.kernels.accounts import FOUR, INDEX, ROUND_DOWN, any_dye
from simulation.kernels.compiling import kernel, part


@kernel
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


@kernel
def dye_to_one(pence, opening, dye, dye_out, into, passed, hop, came):
    """Move dye with the payments of `pay_to_one`; see `splitting`.

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
    came : int64[n_tags], written
        What has come, by the tag with which it left.
    """
    if came.size == FOUR:
        _move_four(pence, opening, dye, dye_out, came)
    else:
        _move_any(came.size, pence, opening, dye, dye_out, came)
    last = came.size - 1
    for t in range(came.size):
        into[min(t + hop, last)] += came[t]
        if hop == 0:
            passed[t] += came[t]


@part
def _move_four(pence, opening, dye, dye_out, came):
    """Move dye of four tags out of the payers; add up what arrives.

    All four are read before any is written, so that the compiler moves them as one.
    """
    came_a, came_b, came_c, came_d = 0, 0, 0, 0
    for k in range(INDEX(pence.size)):
        a, b, c, d = dye[k, 0], dye[k, 1], dye[k, 2], dye[k, 3]
        if pence[k] <= 0 or opening[k] <= 0 or a | b | c | d == 0:
            continue
        rate, sent = ROUND_DOWN / opening[k], pence[k]
        p, q, r, s = (
            int(sent * (a * rate)), int(sent * (b * rate)),
            int(sent * (c * rate)), int(sent * (d * rate)),
        )  # fmt: skip
        a, b, c, d = dye_out[k, 0], dye_out[k, 1], dye_out[k, 2], dye_out[k, 3]
        dye_out[k, 0], dye_out[k, 1], dye_out[k, 2], dye_out[k, 3] = a + p, b + q, c + r, d + s
        came_a, came_b, came_c, came_d = came_a + p, came_b + q, came_c + r, came_d + s
    came[0], came[1], came[2], came[3] = came_a, came_b, came_c, came_d


@part
def _move_any(tags, pence, opening, dye, dye_out, came):
    """Do the work of `_move_four` for any number of tags."""
    came[:] = 0
    for k in range(pence.size):
        if pence[k] <= 0 or opening[k] <= 0 or not any_dye(tags, dye, k):
            continue
        rate = ROUND_DOWN / opening[k]
        for t in range(tags):
            units = int(pence[k] * (dye[k, t] * rate))
            dye_out[k, t] += units
            came[t] += units
