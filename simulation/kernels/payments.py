"""Moves each phase's payments: the payer's account falls, the payee's inbox fills.

Every kernel reads opening balances, collects receipts in an inbox and leaves the folding to
`fold`, so the order of rows cannot matter. How a budget is split, and where payments are counted,
is said in `splitting`.
"""

from typing import Any, NamedTuple

from simulation.kernels.accounts import INDEX
from simulation.kernels.compiling import kernel, part
from simulation.kernels.dye import dye_payment, move_dye
from simulation.kernels.fetching import AHEAD, FAR, fetch
from simulation.kernels.splitting import pay_to


@kernel
def pay_along(links, budget, accounts, slot, sums, dye, hop, gone):
    """Split each payer's budget along its links, and let its dye go with it.

    A budget stays below 2**46 pence, so its product with a cumulative share cannot overflow.

    Parameters
    ----------
    links : Links
    budget : int64[n_payers]
        Pence to pay, none negative, none above the payer's balance.
    accounts : Accounts, updated
    slot : int32[n_links]
        Where each payment is counted.
    sums : int64[n_slots, 2], updated
        Pence and number of payments by slot.
    dye : Dye or None, updated
        None where nobody holds any.
    hop : int
        1 where the payment is a re-spending hop, 0 where it is not.
    gone : int64[n_tags] or None, written
        Room to work in; None stands for four tags.
    """
    _pay_along(True, links, budget, accounts, slot, sums, dye, hop, gone)


@kernel
def pay_no_home(links, budget, accounts, slot, sums, dye, hop, gone):
    """Do the work of `pay_along` where no link leads to a home that receives at once."""
    _pay_along(None, links, budget, accounts, slot, sums, dye, hop, gone)


@part
def _pay_along(homes, links, budget, accounts, slot, sums, dye, hop, gone):
    """Do the work of `pay_along`; for `homes` see `splitting.split`."""
    single = links.linked.size == links.payee.size
    if dye is None and single:
        pay_single(links, budget, accounts, slot, sums)
        return
    far = single and accounts.balance.size > FAR
    for n in range(INDEX(0), INDEX(links.linked.size)):
        if dye is not None and far:
            look_ahead(n, links, accounts, dye)
        k = links.linked[n]
        whole = budget[k]
        if whole <= 0:
            continue
        row = INDEX(links.first + k)
        accounts.balance[row] -= pay_to(
            homes, whole, k, row, None, links, accounts, slot, sums, dye, hop, gone
        )


@part
def pay_single(links, budget, accounts, slot, sums):
    """Pay the whole budget of those who have one link each.

    The fewer steps there are between two payees, the more of them are fetched at a time.
    """
    for e in range(INDEX(0), INDEX(links.linked.size)):
        k, to = INDEX(links.linked[e]), links.payee[e]
        pence = budget[k]
        if pence > 0 and to >= 0:
            accounts.balance[INDEX(links.first) + k] -= pence
            if accounts.first_home <= to < accounts.end_home:
                accounts.balance[INDEX(to)] += pence
            else:
                accounts.inbox[INDEX(to)] += pence
            pair = INDEX(slot[e])
            sums[pair, 0] += pence
            sums[pair, 1] += 1


@part
def look_ahead(n, links, accounts, dye):
    """Ask for the accounts of whom some later payer will pay; each has one link."""
    to = links.payee[min(n + INDEX(AHEAD), INDEX(links.payee.size - 1))]
    soon = INDEX(max(to, 0))
    fetch(dye.cell, soon)
    if accounts.first_home <= to < accounts.end_home:
        fetch(accounts.balance, soon)
        fetch(dye.held, soon)
    else:
        fetch(accounts.inbox, soon)
        fetch(dye.inbox, soon)


class Marks(NamedTuple):
    """Pages of 2**bits neighbouring rows, bool[n_pages] each; payments mark those that they touch.

    Attributes
    ----------
    bits : int
    touched
        Pages on which somebody has paid or is paid.
    left, came
        Pages which dye may have left, and come to; None where nobody holds any.
    """

    bits: int
    touched: Any
    left: Any
    came: Any


@kernel
def mark_links(payers, payees, touched, left, came):
    """Mark the pages of all who may have paid or been paid along links.

    Parameters
    ----------
    payers, payees : tuple of int and bool[m]
        The first page, and which of the pages from there on.
    touched, left, came
        See `Marks`.
    """
    _mark(payers, touched)
    _mark(payees, touched)
    if left is not None:
        _mark(payers, left)
        _mark(payees, came)


@part
def _mark(leaves, marks):
    """Mark some pages."""
    for page in range(INDEX(0), INDEX(leaves.marks.size)):
        marks[INDEX(leaves.first) + page] |= leaves.marks[page]


@kernel
def pay_list(payer, payee, pence, takes, gives, accounts, dye, hop, marks):
    """Make each listed payment; receipts wait in the inbox, but for homes that receive at once.

    Parameters
    ----------
    payer, payee : int32[m]
        Rows.
    pence : int64[m]
        Amounts, none negative.
    takes, gives : bool
        Whether money leaves the payers, and whether it comes to the payees: where the bank lends
        it only comes, where it is repaid it only leaves.
    accounts : Accounts, updated
    dye : Dye or None, updated
        None where nobody holds any.
    hop : int
        1 where the payment is a re-spending hop, 0 where it is not.
    marks : Marks, updated
    """
    for k in range(pence.size):
        row, to = payer[k], payee[k]
        if takes:
            accounts.balance[row] -= pence[k]
        if gives:
            if accounts.first_home <= to < accounts.end_home:
                accounts.balance[to] += pence[k]
            else:
                accounts.inbox[to] += pence[k]
        marks.touched[row >> marks.bits] = True
        marks.touched[to >> marks.bits] = True
        if dye is not None:
            dye_payment(row, to, pence[k], accounts, dye, hop)
            marks.left[row >> marks.bits] = True
            marks.came[to >> marks.bits] = True


@kernel
def fold(accounts, opening, unlimited, bits, touched):
    """Add the inbox of the touched pages to balances, and empty it; homes' rows are left alone.

    Parameters
    ----------
    accounts : Accounts, updated
    opening : int64[n_rows], updated
        Balances as the next phase opens [pence]; of no rows where nobody asks for them.
    unlimited : int32[m]
        Rows, no homes, that may be below zero.
    bits : int
        A page is 2**bits neighbouring rows.
    touched : bool[n_pages], updated
        Pages on which somebody has paid or is paid; none is marked after but those of homes alone.

    Returns
    -------
    int
        Other rows that were below zero before their receipts: they paid more than they held.
    """
    overdrawn = 0
    balance, inbox, first_home, end_home = accounts
    for row in unlimited:
        overdrawn -= touched[row >> bits] and balance[row] < 0
    page = 0
    while page < touched.size:
        begin, end = page << bits, min((page + 1) << bits, inbox.size)
        if first_home <= begin and end <= end_home:
            page = max(page + 1, end_home >> bits)
            continue
        some = touched[page]
        touched[page] = False
        page += 1
        if not some:
            continue
        for row in range(begin, end):
            if first_home <= row < end_home:
                continue
            at = INDEX(row)
            overdrawn += balance[at] < 0
            balance[at] += inbox[at]
            inbox[at] = 0
            if opening.size:
                opening[at] = balance[at]
    return overdrawn


@kernel
def sum_by_class(klass, values, out):
    """Add each row's value to its class.

    Parameters
    ----------
    klass : int32[n_rows]
        Class of each row.
    values : int64[n_rows]
        What is summed.
    out : int64[n_classes], updated
        Sums by class.
    """
    for row in range(values.size):
        out[klass[row]] += values[row]


class Owned(NamedTuple):
    """Both accounts of each owner.

    Attributes
    ----------
    deposits, savings : int64[n_rows]
        Money held [pence].
    opening : int64[n_rows]
        Deposits as the next phase opens [pence]; of no rows where nobody asks for them.
    """

    deposits: Any
    savings: Any
    opening: Any


@kernel
def save_block(first, pence, owned, dye, savings_dye, klass, sums, bits, touched):
    """Move money, and its dye, between deposits and savings of the same owners.

    Parameters
    ----------
    first : int
        Row of the first owner.
    pence : int64[n_block]
        Put into savings; negative where drawn from them.
    owned : Owned, updated
    dye, savings_dye : int64[n_rows, n_tags] or None, updated
        Dye held in both accounts [1/1024 pence]; None where nobody holds any.
    klass : int32[n_rows]
        Class of each row.
    sums : int64[2, n_classes, 2], updated
        Pence and number of payments by class, what is put before what is drawn.
    bits : int
        A page is 2**bits neighbouring rows.
    touched : bool[n_pages], updated
        Pages on which money has moved.

    Returns
    -------
    put, drawn : int
        All that moved each way [pence].
    """
    put, drawn = 0, 0
    for k in range(pence.size):
        moved, row = pence[k], first + k
        if moved == 0:
            continue
        touched[row >> bits] = True
        if moved > 0:
            if dye is not None:
                move_dye(row, moved, owned.deposits[row], dye, savings_dye)
            sums[0, klass[row], 0] += moved
            sums[0, klass[row], 1] += 1
            put += moved
        else:
            if dye is not None:
                move_dye(row, -moved, owned.savings[row], savings_dye, dye)
            sums[1, klass[row], 0] -= moved
            sums[1, klass[row], 1] += 1
            drawn -= moved
        owned.deposits[row] -= moved
        owned.savings[row] += moved
        if owned.opening.size:
            owned.opening[row] = owned.deposits[row]
    return put, drawn


@kernel
def audit(runs, klass, deposits, savings, unlimited, by_class):
    """Add up deposits and savings by class, and look for accounts below zero.

    Parameters
    ----------
    runs : int64[n_runs + 1]
        Rows `runs[k] : runs[k + 1]` are of one class.
    klass : int32[n_rows]
    deposits, savings : int64[n_rows]
        Money held [pence].
    unlimited : int32[k]
        Rows that may be below zero.
    by_class : int64[n_classes, 2], updated
        Deposits and savings by class.

    Returns
    -------
    total, lowest, worst : int
        All deposits; the lowest balance of either account, 0 where none is below, and its row.
    """
    total, lowest, worst = 0, 0, 0
    for k in range(runs.size - 1):
        begin, end = INDEX(runs[k]), INDEX(runs[k + 1])
        held, saved, least = 0, 0, 0
        for row in range(begin, end):
            held += deposits[row]
            saved += savings[row]
            least = min(least, min(deposits[row], savings[row]))
        total += held
        by_class[klass[begin], 0] += held
        by_class[klass[begin], 1] += saved
        if least < lowest:
            for row in range(runs[k], runs[k + 1]):
                least = min(deposits[row], savings[row])
                if least < lowest and not _among(unlimited, row):
                    lowest, worst = least, row
    return total, lowest, worst


@part
def _among(rows, row):
    """Say whether a row is one of a few."""
    found = False
    for one in rows:
        found |= one == row
    return found
