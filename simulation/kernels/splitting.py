"""Splits one payer's budget along its links, its dye in the same pass.

Cumulative shares in 65,536ths split a budget without losing a penny: payee e receives
(B c_e >> 16) - (B c_(e-1) >> 16), within one penny of its share, never negative. Of each payment
the share dye / balance of the payer's opening account is dyed, rounded down, so that a payment of
p pence never carries more than 1024 p units and a payer never parts with more than it holds.

Payments are counted by slot of the link, and receipts wait in the inbox. What homes pay along links
that lead to no home goes through `tills`.
"""

import numpy as np

from simulation.kernels.accounts import FOUR, INDEX, ROUND_DOWN, any_dye
from simulation.kernels.compiling import part


@part
def pay_link(e, upto, before, links, accounts, slot, sums, homes):
    """Make the payment of one link; return its pence, the receiving row, and whether it is a home.

    What a payer would pay to somebody who has closed it keeps: pence are 0, and nobody is paid.
    """
    to = links.payee[e]
    pence = upto - before if to >= 0 else 0
    into = INDEX(max(to, 0))
    at_once = False
    if homes is not None:
        at_once = accounts.first_home <= to < accounts.end_home
    if at_once:
        accounts.balance[into] += pence
    else:
        accounts.inbox[into] += pence
    pair = INDEX(slot[e])
    sums[pair, 0] += pence
    sums[pair, 1] += pence > 0
    return pence, into, at_once


@part
def split(whole, k, links, accounts, slot, sums, homes):
    """Pay a budget along the links of payer k.

    Parameters
    ----------
    whole : int
        The budget, above zero and below 2**46 pence, so that no product overflows.
    k : int
        The payer, from 0.
    links : Links
    accounts : Accounts, updated
        Inbox, and balances of homes that receive at once; the payer's own is the caller's.
    slot : int32[n_links]
        Where each payment is counted.
    sums : int64[n_slots, 2], updated
        Pence and number of payments.
    homes : bool or None
        None where no link leads to a home that receives at once; the compiler leaves out the test,
        which takes a sixth of a payment.

    Returns
    -------
    int
        Pence paid; less than the budget where a payee has closed.
    """
    paid = 0
    before = 0
    for e in range(INDEX(links.start[k]), INDEX(links.start[k + 1])):
        upto = (whole * np.int64(links.cum[e])) >> 16
        pence, _, _ = pay_link(e, upto, before, links, accounts, slot, sums, homes)
        before = upto
        paid += pence
    return paid


@part
def split_four(whole, k, links, accounts, slot, sums, homes, dye, row, opening, hop):
    """Pay a budget along the links of payer k, and move dye of four tags with it.

    Four tags stand side by side in memory, so that the compiler moves them as one; in a loop over
    any number of tags they take twice as long.

    Parameters
    ----------
    whole, k, links, accounts, slot, sums, homes
        See `split`.
    dye : Dye, updated
        `inbox`, and for homes that receive at once `held` and `arrived`.
    row : uint64
        The payer.
    opening : int
        Its balance at the opening of the phase [pence], above zero.
    hop : int
        1 where the payment is a re-spending hop, 0 where it is not.

    Returns
    -------
    paid : int
        As in `split`.
    a, b, c, d : int
        Units of each tag that the payer parts with; what it holds is the caller's.
    """
    held, inbox = dye.held, dye.inbox
    paid, gone_a, gone_b, gone_c, gone_d = 0, 0, 0, 0, 0
    rate = ROUND_DOWN / opening
    a, b, c, d = held[row, 0] * rate, held[row, 1] * rate, held[row, 2] * rate, held[row, 3] * rate
    before = 0
    for e in range(INDEX(links.start[k]), INDEX(links.start[k + 1])):
        upto = (whole * np.int64(links.cum[e])) >> 16
        pence, into, at_once = pay_link(e, upto, before, links, accounts, slot, sums, homes)
        before = upto
        paid += pence
        p, q, r, s = int(pence * a), int(pence * b), int(pence * c), int(pence * d)
        gone_a += p
        gone_b += q
        gone_c += r
        gone_d += s
        if at_once:
            arrive_four(dye, into, p, q, r, s, hop)
        elif hop == 1:
            raise_four(inbox, into, p, q, r, s)
        else:
            add_four(inbox, into, p, q, r, s)
            add_four(dye.passed, INDEX(dye.cell[into]), p, q, r, s)
    return paid, gone_a, gone_b, gone_c, gone_d


@part
def arrive_four(dye, into, p, q, r, s, hop):
    """Let dye of four tags come to a home at once; a hop is told where it came."""
    if hop == 1:
        raise_four(dye.held, into, p, q, r, s)
        raise_four(dye.arrived, INDEX(dye.cell[into]), p, q, r, s)
    else:
        add_four(dye.held, into, p, q, r, s)


@part
def add_four(units, at, p, q, r, s):
    """Add dye of four tags to a row as it is."""
    units[at, 0] += p
    units[at, 1] += q
    units[at, 2] += r
    units[at, 3] += s


@part
def raise_four(units, at, p, q, r, s):
    """Add dye of four tags to a row, a hop on; the last tag counts that hop and all after it."""
    units[at, 1] += p
    units[at, 2] += q
    units[at, 3] += r + s


@part
def split_any(tags, whole, k, links, accounts, slot, sums, homes, dye, row, opening, hop, gone):
    """Pay a budget along the links of payer k, and move dye of any number of tags with it.

    Parameters
    ----------
    tags : int
        Number of tags; the compiler unrolls loops over a number that it knows.
    whole, k, links, accounts, slot, sums, homes, dye, row, opening, hop
        See `split_four`.
    gone : int64[n_tags], written
        Units of each tag that the payer parts with.

    Returns
    -------
    int
        As in `split`.
    """
    held = dye.held
    paid = 0
    rate = ROUND_DOWN / opening
    for t in range(tags):
        gone[t] = 0
    before = 0
    for e in range(INDEX(links.start[k]), INDEX(links.start[k + 1])):
        upto = (whole * np.int64(links.cum[e])) >> 16
        pence, into, at_once = pay_link(e, upto, before, links, accounts, slot, sums, homes)
        before = upto
        paid += pence
        for t in range(tags):
            units = int(pence * (held[row, t] * rate))
            gone[t] += units
            raised = min(t + hop, tags - 1)
            if at_once:
                held[into, raised] += units
                if hop == 1:
                    dye.arrived[INDEX(dye.cell[into]), raised] += units
            else:
                dye.inbox[into, raised] += units
                if hop == 0:
                    dye.passed[INDEX(dye.cell[into]), t] += units
    return paid


@part
def pay_to(homes, whole, k, row, opening, links, accounts, slot, sums, dye, hop, gone):
    """Pay a budget along the links of payer k, its dye with it where there is any.

    Parameters
    ----------
    homes, whole, k, links, accounts, slot, sums
        See `split`.
    row : uint64
        The payer.
    opening : int or None
        Its balance before it pays [pence], which dye leaves at once; None: dye goes by the
        balance at the opening of the phase, and leaves as the phase closes.
    dye : Dye or None, updated
        None where nobody holds any.
    hop : int
        See `split_four`.
    gone : int64[n_tags] or None, written
        Room to work in; None stands for four tags.

    Returns
    -------
    int
        As in `split`.
    """
    if dye is None:
        paid = split(whole, k, links, accounts, slot, sums, homes)
    elif not any_dye(FOUR if gone is None else gone.size, dye.held, row):
        paid = split(whole, k, links, accounts, slot, sums, homes)
    else:
        before = dye.opening[row] if opening is None else opening
        if gone is None:
            paid, a, b, c, d = split_four(
                whole, k, links, accounts, slot, sums, homes, dye, row, before, hop
            )
            if opening is None:
                dye.out[row, 0] += a
                dye.out[row, 1] += b
                dye.out[row, 2] += c
                dye.out[row, 3] += d
            else:
                dye.held[row, 0] -= a
                dye.held[row, 1] -= b
                dye.held[row, 2] -= c
                dye.held[row, 3] -= d
        else:
            if gone.size == 1:
                paid = split_any(
                    1, whole, k, links, accounts, slot, sums, homes, dye, row, before, hop, gone
                )
            else:
                paid = split_any(
                    gone.size, whole, k, links, accounts, slot, sums, homes, dye, row, before, hop,
                    gone,
                )  # fmt: skip
            for t in range(gone.size):
                if opening is None:
                    dye.out[row, t] += gone[t]
                else:
                    dye.held[row, t] -= gone[t]
    return paid
