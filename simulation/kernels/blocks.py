"""Lets a block of neighbouring accounts pay one, or be paid by one: taxes, interest, orders.

With one receiver its money and its dye add up on the way, instead of meeting in its account
thousands of times.
"""

from simulation.kernels.accounts import FOUR, INDEX, ROUND_DOWN, any_dye
from simulation.kernels.compiling import kernel, part


@kernel
def pay_to_one(first, pence, payee, accounts, klass, sums, dye, hop, came):
    """Let rows `first ..` pay one other, their dye with it; see `splitting`.

    Parameters
    ----------
    first : int
        Row of the first payer.
    pence : int64[n_block]
        Amounts; those of zero are no payments.
    payee : int
        Row that receives, as the phase closes.
    accounts : Accounts, updated
    klass : int32[n_rows]
        Class of each row.
    sums : int64[n_classes, 2], updated
        Pence and number of payments by class of the payer.
    dye : Dye or None, updated
        None where nobody holds any.
    hop : int
        1 where the payment is a re-spending hop, 0 where it is not.
    came : int64[n_tags], written
        What has come, by the tag with which it left; of no tags where there is no dye.
    """
    if dye is None:
        accounts.inbox[payee] += _pay(first, pence, accounts.balance, klass, sums)
        return
    if came.size == FOUR:
        paid = _pay_four(first, pence, accounts.balance, klass, sums, dye, came)
    else:
        paid = _pay(first, pence, accounts.balance, klass, sums)
        _move_any(came.size, first, pence, dye, came)
    accounts.inbox[payee] += paid
    last = came.size - 1
    for t in range(came.size):
        dye.inbox[payee, min(t + hop, last)] += came[t]
        if hop == 0:
            dye.passed[dye.cell[payee], t] += came[t]


@part
def _pay(first, pence, balance, klass, sums):
    """Take each payment from its payer's account; return all that was paid."""
    paid = 0
    for k in range(INDEX(0), INDEX(pence.size)):
        paid += _take(INDEX(first) + k, pence[k], balance, klass, sums)
    return paid


@part
def _take(row, pence, balance, klass, sums):
    """Take a payment from an account, and count it by class."""
    if pence > 0:
        balance[row] -= pence
        count(klass[row], pence, sums)
        return pence
    return 0


@part
def count(of, pence, sums):
    """Count a payment by class."""
    sums[INDEX(of), 0] += pence
    sums[INDEX(of), 1] += 1


@part
def _pay_four(first, pence, balance, klass, sums, dye, came):
    """Take each payment from its payer's account, with its dye of four tags.

    All four are read before any is written, so that the compiler moves them as one.
    """
    held, out = dye.held, dye.out
    paid, came_a, came_b, came_c, came_d = 0, 0, 0, 0, 0
    for k in range(INDEX(0), INDEX(pence.size)):
        row, sent = INDEX(first) + k, pence[k]
        if sent <= 0:
            continue
        paid += _take(row, sent, balance, klass, sums)
        a, b, c, d = held[row, 0], held[row, 1], held[row, 2], held[row, 3]
        if dye.opening[row] <= 0 or a | b | c | d == 0:
            continue
        rate = ROUND_DOWN / dye.opening[row]
        p, q, r, s = (
            int(sent * (a * rate)), int(sent * (b * rate)),
            int(sent * (c * rate)), int(sent * (d * rate)),
        )  # fmt: skip
        a, b, c, d = out[row, 0], out[row, 1], out[row, 2], out[row, 3]
        out[row, 0], out[row, 1], out[row, 2], out[row, 3] = a + p, b + q, c + r, d + s
        came_a, came_b, came_c, came_d = came_a + p, came_b + q, came_c + r, came_d + s
    came[0], came[1], came[2], came[3] = came_a, came_b, came_c, came_d
    return paid


@part
def _move_any(tags, first, pence, dye, came):
    """Move the dye of any number of tags out of the payers; add up what arrives."""
    came[:] = 0
    for k in range(pence.size):
        row = first + k
        if pence[k] <= 0 or dye.opening[row] <= 0 or not any_dye(tags, dye.held, row):
            continue
        rate = ROUND_DOWN / dye.opening[row]
        for t in range(tags):
            units = int(pence[k] * (dye.held[row, t] * rate))
            dye.out[row, t] += units
            came[t] += units


@kernel
def pay_from_one(payer, first, pence, accounts, klass, sums):
    """Let one that holds no dye pay rows `first ..`, which receive as the phase closes.

    Parameters
    ----------
    payer, first : int
        Row of the payer, and of the first payee.
    pence : int64[n_block]
        Amounts; those of zero are no payments.
    accounts : Accounts, updated
    klass : int32[n_rows]
        Class of each row.
    sums : int64[n_classes, 2], updated
        Pence and number of payments by class of the payee.
    """
    paid = 0
    for k in range(INDEX(0), INDEX(pence.size)):
        if pence[k] > 0:
            row = INDEX(first) + k
            accounts.inbox[row] += pence[k]
            count(klass[row], pence[k], sums)
            paid += pence[k]
    accounts.balance[payer] -= paid
