"""Homes pay at a till: what they pay is added up by receiving row, then poured out.

A till row is one number where no dye is about, and else lies in one line of the cache with its dye.
How often somebody was paid is not counted on the way, since it follows from the links: every link
makes a payment, but for those whose payee has closed or whose share comes to nothing, and these few
are counted instead.

What each block of homes pays by class is told from the till's rows, which are poured out block by
block. Where there are so many rows and blocks that this would take longer than the payments, each
row holds its class too, sums by class grow as homes pay, and the till is poured out once.

Homes are served some at a time, so that what they decide is decided side by side and stays near
while they pay. Every payment at a till is a hop. What is called but once for some hundred homes is
not set into its callers, since it would be compiled for each of them.
"""

from typing import Any, NamedTuple

import numpy as np

from simulation.kernels.accounts import FOUR, INDEX, ROUND_DOWN, any_dye, let_go
from simulation.kernels.compiling import kernel, part
from simulation.kernels.fetching import AHEAD, FAR, fetch
from simulation.kernels.receiving import meant

FIRST = INDEX(0)
PENCE = 0
"""Column of a till in which the money is; its dye stands in those that follow."""


class Till(NamedTuple):
    """Where a block's payments are added up.

    Attributes
    ----------
    rows : int64[n_rows_before_homes, 1 + n_tags] or more columns
        Pence by receiving row, then dye by the tag with which it left; empty between blocks, or
        else where all have paid. No tags where nobody holds any.
    as_paid : bool
        Whether sums by class grow as homes pay. The last column of `rows` is a class then.
    klass : int32[n_rows]
        Class of each row.
    links : int64[n_blocks, n_classes]
        Links of each block by class of those whom they name.
    by_class : int64[n_classes, 2]
        Pence, and links that paid nothing, by class; empty between blocks.
    told : int64[m, 4]
        Payer class, payee class, pence, number of payments.
    inbox : int64[n_rows_before_homes] or more
        Where rows are paid into when a block is done [pence].
    """

    rows: Any
    as_paid: Any
    klass: Any
    links: Any
    by_class: Any
    told: Any
    inbox: Any


class Counter(NamedTuple):
    """Workings of the homes that are served together; nothing in it is kept.

    Attributes
    ----------
    balance, due, paid, drawn, put : int64[AT_ONCE]
        Money before it pays; what a home means to pay and does; drawn from savings and put into
        them [pence].
    part : float64[AT_ONCE]
        Part of its money that a penny is, rounded down.
    """

    balance: Any
    due: Any
    paid: Any
    drawn: Any
    put: Any
    part: Any


@kernel
def count_links(blocks, links, klass, out):
    """Count each block's links by class of those whom they name.

    Parameters
    ----------
    blocks : int64[n_blocks + 1]
    links : Links
    klass : int32[n_rows]
    out : int64[n_blocks, n_classes], updated
    """
    for b in range(out.shape[0]):
        for e in range(links.start[blocks[b]], links.start[blocks[b + 1]]):
            out[b, klass[meant(links.payee[e])]] += 1


@kernel
def pay_plain(begin, count, links, till, counter):
    """Let homes pay what is due along their links; none of them holds dye.

    Parameters
    ----------
    begin, count : int
        The first of them, and how many there are.
    links : Links
        None of them leads to a home.
    till : Till, updated
    counter : Counter, updated
        `paid`: less than is due where a payee has closed, and nothing without links.
    """
    for i in range(INDEX(0), INDEX(count)):
        k = INDEX(begin) + i
        counter.paid[i] = split_plain(counter.due[i], k, links, till)


@part
def split_plain(whole, k, links, till):
    """Pay a budget along the links of home k; return what is paid [pence]."""
    before, kept = 0, 0
    for e in range(INDEX(links.start[k]), INDEX(links.start[k + INDEX(1)])):
        upto = (whole * np.int64(links.cum[e])) >> 16
        to, pence = links.payee[e], upto - before
        before = upto
        if pence > 0 and to >= 0:
            take(INDEX(to), pence, till)
        else:
            kept += miss(e, pence, links, till)
    return before - kept


@part
def take(into, pence, till):
    """Add a payment to what a row is paid."""
    till.rows[into, PENCE] += pence
    if till.as_paid:
        till.by_class[till.rows[into, till.rows.shape[1] - 1], 0] += pence


@part
def miss(e, pence, links, till):
    """Count a link that pays nobody; return what its payer keeps [pence]."""
    till.by_class[till.klass[meant(links.payee[e])], 1] += 1
    return pence


@kernel
def pay_dyed(begin, count, links, till, counter, held, lost):
    """Let homes pay what is due along their links, and let dye go with it, at each one's share.

    Parameters
    ----------
    begin, count, links, till, counter
        See `pay_plain`.
    held : int64[n_rows, n_tags], updated
        Dye of each account; it leaves at once.
    lost : int64[n_tags], updated
        Dye let go that rounding leaves above what is left of a balance.
    """
    tags = lost.size
    for i in range(INDEX(0), INDEX(count)):
        counter.part[i] = np.true_divide(ROUND_DOWN, np.float64(max(counter.balance[i], 1)))
    for i in range(INDEX(0), INDEX(count)):
        k = INDEX(begin) + i
        row, whole, opening = INDEX(links.first) + k, counter.due[i], counter.balance[i]
        if tags == FOUR:
            if whole > 0 and any_dye(FOUR, held, row):
                paid = split_four(FIRST, True, whole, k, links, till, held, row, counter.part[i])
                let_go(FOUR, held, row, opening - paid, lost)
            else:
                paid = split_plain(whole, k, links, till)
        elif tags == 1:
            if whole > 0 and held[row, FIRST] != 0:
                paid = split_one(FIRST, True, whole, k, links, till, held, row, counter.part[i])
                let_go(1, held, row, opening - paid, lost)
            else:
                paid = split_plain(whole, k, links, till)
        else:
            paid = split_plain(whole, k, links, till)
            if whole > 0 and any_dye(tags, held, row):
                for t in range(FIRST, INDEX(tags - tags % FOUR), INDEX(FOUR)):
                    split_four(t, False, whole, k, links, till, held, row, counter.part[i])
                for t in range(INDEX(tags - tags % FOUR), INDEX(tags)):
                    split_one(t, False, whole, k, links, till, held, row, counter.part[i])
                let_go(tags, held, row, opening - paid, lost)
        counter.paid[i] = paid


@part
def split_four(t, pays, whole, k, links, till, held, row, of_penny):
    """Move dye of four tags, from tag t on, with a budget that is paid along the links of home k.

    Of what is held, `of_penny` goes with each penny.

    Four tags stand side by side in memory and are written out, so that the compiler moves them as
    one; in a loop over any number of tags they take twice as long. Where it is asked to, it pays
    the budget too, and returns what is paid [pence].
    """
    u, v, w, x = t + INDEX(1), t + INDEX(2), t + INDEX(3), t + INDEX(4)
    a, b = held[row, t] * of_penny, held[row, u] * of_penny
    c, d = held[row, v] * of_penny, held[row, w] * of_penny
    far, last = till.rows.shape[0] > FAR, INDEX(max(links.payee.size, 1) - 1)
    before, kept, gone_a, gone_b, gone_c, gone_d = 0, 0, 0, 0, 0, 0
    for e in range(INDEX(links.start[k]), INDEX(links.start[k + INDEX(1)])):
        if far:
            fetch(till.rows, INDEX(max(links.payee[min(e + INDEX(AHEAD), last)], 0)))
        upto = (whole * np.int64(links.cum[e])) >> 16
        to, pence = links.payee[e], upto - before
        before = upto
        if pence > 0 and to >= 0:
            into = INDEX(to)
            if pays:
                take(into, pence, till)
            p, q, r, s = int(pence * a), int(pence * b), int(pence * c), int(pence * d)
            gone_a, gone_b, gone_c, gone_d = gone_a + p, gone_b + q, gone_c + r, gone_d + s
            till.rows[into, u] += p
            till.rows[into, v] += q
            till.rows[into, w] += r
            till.rows[into, x] += s
        elif pays:
            kept += miss(e, pence, links, till)
    held[row, t] -= gone_a
    held[row, u] -= gone_b
    held[row, v] -= gone_c
    held[row, w] -= gone_d
    return before - kept


@part
def split_one(t, pays, whole, k, links, till, held, row, of_penny):
    """Do the work of `split_four` for tag t."""
    rate = held[row, t] * of_penny
    before, kept, gone = 0, 0, 0
    for e in range(INDEX(links.start[k]), INDEX(links.start[k + INDEX(1)])):
        upto = (whole * np.int64(links.cum[e])) >> 16
        to, pence = links.payee[e], upto - before
        before = upto
        if pence > 0 and to >= 0:
            if pays:
                take(INDEX(to), pence, till)
            units = int(pence * rate)
            till.rows[INDEX(to), t + INDEX(1)] += units
            gone += units
        elif pays:
            kept += miss(e, pence, links, till)
    held[row, t] -= gone
    return before - kept


@part
def close_block(till, dye_inbox, links, blocks, b, begin):
    """Write down what a block has paid by class, and pour the till out unless it is to grow.

    Parameters
    ----------
    till : Till, updated
        `told` is written from row `begin` on.
    dye_inbox : int64[n_rows_before_homes, n_tags] or more, or None, updated
        See `pour`.
    links : Links
        Along which the block has paid.
    blocks : int64[n_blocks + 1]
    b : int
        The block.
    begin : int
        First free row of `told`.

    Returns
    -------
    int
        First row of `told` that is free after.
    """
    if not till.as_paid:
        pour(till, dye_inbox)
    return tell(till, till.klass[links.first + blocks[b]], b, begin)


@part
def close_till(till, dye_inbox):
    """Pour out a till that has grown while all blocks have paid; see `close_block`."""
    if till.as_paid:
        pour(till, dye_inbox)


@part
def pour(till, dye_inbox):
    """Empty a till into the inboxes of those who were paid.

    Parameters
    ----------
    till : Till, updated
    dye_inbox : int64[n_rows_before_homes, n_tags] or more, or None, updated
        Where dye comes, a hop on; None where there is none.
    """
    for row in range(INDEX(0), INDEX(till.rows.shape[0])):
        pence = till.rows[row, PENCE]
        if pence > 0:
            till.rows[row, PENCE] = 0
            till.inbox[row] += pence
            if not till.as_paid:
                till.by_class[till.klass[row], 0] += pence
            if dye_inbox is not None:
                last = dye_inbox.shape[1] - 1
                for t in range(last + 1):
                    dye_inbox[row, min(t + 1, last)] += till.rows[row, t + 1]
                    till.rows[row, t + 1] = 0


@part
def tell(till, payer_class, b, begin):
    """Write down a block's sums by class, and empty them; return the next free row."""
    for k in range(till.by_class.shape[0]):
        many = till.links[b, k] - till.by_class[k, 1]
        if many > 0:
            till.told[begin, 0] = payer_class
            till.told[begin, 1] = k
            till.told[begin, 2] = till.by_class[k, 0]
            till.told[begin, 3] = many
            begin += 1
        till.by_class[k, 0] = 0
        till.by_class[k, 1] = 0
    return begin


@kernel
def tell_payers(by_class, payee_class, told, begin):
    """Write down what a block was paid by class of the payer, and set the sums to nothing.

    Parameters
    ----------
    by_class : int64[n_classes, 2], emptied
        Pence and number of payments by class of the payer.
    payee_class : int
        Class of the block.
    told : int64[m, 4], written from row `begin` on
        See `Till`.
    begin : int

    Returns
    -------
    int
        First row of `told` that is free after.
    """
    for k in range(by_class.shape[0]):
        if by_class[k, 1] > 0:
            told[begin, 0] = k
            told[begin, 1] = payee_class
            told[begin, 2] = by_class[k, 0]
            told[begin, 3] = by_class[k, 1]
            by_class[k, 0] = 0
            by_class[k, 1] = 0
            begin += 1
    return begin
