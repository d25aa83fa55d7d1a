"""Homes pay their landlords and lenders, some of whom are homes and pay in the same phase."""

from simulation.kernels.accounts import FOUR, INDEX, ROUND_DOWN, any_dye
from simulation.kernels.compiling import kernel, part
from simulation.kernels.splitting import pay_to, raise_four


@kernel
def count_short(links, budget, balance):
    """Count the homes with links that are asked for more than they hold.

    Parameters
    ----------
    links : Links
    budget : int64[n_homes]
        What each is asked for [pence].
    balance : int64[n_rows]
        Money held [pence].

    Returns
    -------
    int
    """
    short = 0
    for k in links.linked:
        short += max(budget[k], 0) > balance[INDEX(links.first + k)]
    return short


@kernel
def pay_for_homes(links, budget, accounts, slot, sums, dye, hop, gone):
    """Let homes pay along their links, however many each has.

    Parameters
    ----------
    links : Links
        A home pays along one network of rents and mortgages only.
    budget : int64[n_homes]
        Due, as far as the account reaches [pence]; see `count_short`.
    accounts : Accounts, updated
        Nobody receives at once.
    slot : int32[n_links]
        Where each payment is counted.
    sums : int64[n_slots, 2], updated
        Pence and number of payments by slot.
    dye : Dye or None, updated
        What homes receive waits in `inbox` until they take it in.
    hop : int
        1 where the payment is a re-spending hop, 0 where it is not.
    gone : int64[n_tags] or None, written
        Room to work in; None stands for four tags.
    """
    for k in links.linked:
        whole = budget[k]
        if whole > 0:
            row = INDEX(links.first + k)
            opening = accounts.balance[row]
            accounts.balance[row] = opening - pay_to(
                None, whole, k, row, opening, links, accounts, slot, sums, dye, hop, gone
            )


@kernel
def pay_one_for_homes(links, budget, first, last, accounts, slot, sums, dye):
    """Do the work of `pay_for_homes` for homes with one link, as far as certain rows are paid.

    Whoever does it for other rows may do so meanwhile: each home and each row that is paid is but
    one's to write to.

    Parameters
    ----------
    links : Links
        Each of `linked` has one.
    first, last : int
        Rows `first .. last - 1` are paid.
    budget, accounts, slot, sums
        See `pay_for_homes`.
    dye : Dye or None, updated
        Of four tags.
    """
    for e in range(INDEX(0), INDEX(links.linked.size)):
        k, to = INDEX(links.linked[e]), links.payee[e]
        whole = budget[k]
        if whole > 0 and first <= to < last:
            row, into, pair = INDEX(links.first) + k, INDEX(to), INDEX(slot[e])
            opening = accounts.balance[row]
            accounts.balance[row] = opening - whole
            accounts.inbox[into] += whole
            sums[pair, 0] += whole
            sums[pair, 1] += 1
            if dye is not None:
                move_four(dye.held, dye.inbox, row, into, whole, opening)


@part
def move_four(held, inbox, row, into, pence, opening):
    """Let dye of four tags leave an account with a payment, and wait a hop on."""
    if any_dye(FOUR, held, row):
        rate = ROUND_DOWN / opening
        a, b, c, d = held[row, 0], held[row, 1], held[row, 2], held[row, 3]
        p, q, r, s = (
            int(pence * (a * rate)), int(pence * (b * rate)),
            int(pence * (c * rate)), int(pence * (d * rate)),
        )  # fmt: skip
        held[row, 0], held[row, 1], held[row, 2], held[row, 3] = a - p, b - q, c - r, d - s
        raise_four(inbox, into, p, q, r, s)
