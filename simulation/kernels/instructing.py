"""Makes ready what ways of buying ask to be paid: who is meant, in which order, how far it goes."""

from typing import Any, NamedTuple

import numpy as np

from simulation.kernels.compiling import kernel
from simulation.kernels.scales import CUM_ONE
from simulation.kernels.serving import BUYER_INDEX, CATEGORY

DAYS_A_MONTH = 30.0


class Sides(NamedTuple):
    """What settlements come to by cell of buyer, category and policy: int64[n_cells], updated.

    `buyer_process`, `bidder_process`: staff time of each side. `outlay`: what the buyer pays for
    the service, net. `fees`: all that it pays, net. `staff` stands for own staff, `process` is the
    kind of process costs.
    """

    buyer_process: Any
    bidder_process: Any
    outlay: Any
    fees: Any
    staff: int
    process: int


@kernel
def take_sides(columns, cell, buyer, sides):
    """Add payments of settlements to the sides that they fall on.

    Parameters
    ----------
    columns : int64[5, n]
        Payer, payee, pence, kind, reason.
    cell, buyer : int64[n]
        Cell of each payment, and row of the buyer of its arrangement.
    sides : Sides, updated
    """
    for k in range(cell.size):
        payer, payee, pence, kind = columns[0, k], columns[1, k], columns[2, k], columns[3, k]
        if payer == buyer[k]:
            sides.fees[cell[k]] += pence
            if payee == sides.staff:
                sides.buyer_process[cell[k]] += pence
            else:
                sides.outlay[cell[k]] += pence
        elif payee == buyer[k]:
            sides.outlay[cell[k]] -= pence
            sides.fees[cell[k]] -= pence
        elif payee == sides.staff and kind == sides.process:
            sides.bidder_process[cell[k]] += pence


@kernel
def name_payees(payer, payee, area, adviser, stands_for, government):
    """Put rows in the place of payees that stand for somebody.

    Parameters
    ----------
    payer : int64[n]
    payee : int64[n], updated
        Rows; own staff and the lender stand for others. Who would pay itself pays the government.
    area : int16[n_rows]
    adviser : int32[n_areas]
        Who is paid for staff time.
    stands_for : tuple of three ints
        What stands for own staff, what for the lender, and the lender's row.
    government : int
    """
    staff, lender, bank = stands_for
    for k in range(payer.size):
        if payee[k] == staff:
            payee[k] = adviser[area[payer[k]]]
        if payee[k] == lender:
            payee[k] = bank
        if payee[k] == payer[k]:
            payee[k] = government


@kernel
def cut_to_funds(payer, pence, deposits):
    """Cut payments, in their order, to what is left on each payer's account.

    Parameters
    ----------
    payer : int[n]
        Rows, those of one payer together.
    pence : int64[n], updated
        Amounts, none negative.
    deposits : int64[n_rows]
        Money held [pence].
    """
    left = 0
    for k in range(payer.size):
        if k == 0 or payer[k] != payer[k - 1]:
            left = max(deposits[payer[k]], 0)
        pence[k] = min(pence[k], left)
        left -= pence[k]


@kernel
def note_sales(payee, kind, pence, sold, sales):
    """Add what trading rows were paid for what they sold.

    Parameters
    ----------
    payee, kind, pence : int[n], int64[n], int64[n]
        Rows paid, kinds, amounts.
    sold : int
        The kind that counts.
    sales : int64[n_firms], updated
        Sales of each trading row [pence].
    """
    for k in range(payee.size):
        if kind[k] == sold and payee[k] < sales.size:
            sales[payee[k]] += pence[k]


@kernel
def sum_by_payer(payer, pence, sums, rows):
    """Add up by payer what each place pays.

    Parameters
    ----------
    payer : int64[n]
        Rows.
    pence : int64[n]
        None negative.
    sums : int64[n_rows], updated
        Zero of those who have not paid.
    rows : int64[n], written
        Who pays anything, as they come.

    Returns
    -------
    int
        How many pay anything; the rest of `rows` is not written.
    """
    many = 0
    for k in range(payer.size):
        if pence[k] == 0:
            continue
        if sums[payer[k]] == 0:
            rows[many] = payer[k]
            many += 1
        sums[payer[k]] += pence[k]
    return many


@kernel
def charge_places(whole, pence, n_categories, owed):
    """Charge each buyer's category with what its places have cost.

    Parameters
    ----------
    whole
        See `serving.close_up`.
    pence : int64[n]
    n_categories : int
    owed : float64[n_buyers * n_categories], updated
        Pence.
    """
    for place in range(pence.size):
        cell = whole[BUYER_INDEX, place] * n_categories + whole[CATEGORY, place]
        owed[cell] += np.float64(pence[place])


@kernel
def sum_by_key(key, order, pence, first, sums):
    """Add up the amounts of equal keys.

    Parameters
    ----------
    key : int64[n]
    order : int64[n]
        Positions in the order of keys, equal ones as they stand.
    pence : int64[n]
    first, sums : int64[n], written
        Of each key, in rising order: where it stands first, and its sum.

    Returns
    -------
    int
        Number of keys; the rest is not written.
    """
    n = 0
    for k in range(key.size):
        at = order[k]
        if k == 0 or key[at] != key[order[k - 1]]:
            first[n] = at
            sums[n] = 0
            n += 1
        sums[n - 1] += pence[at]
    return n


@kernel
def book_invoices(buyer, supplier, pence, days, payable, receivable, months):
    """Book work done: the buyer owes, the supplier is owed; say after how many months it is paid.

    Parameters
    ----------
    buyer, supplier : int32[n]
        Rows.
    pence : int64[n]
    days : float64[n]
        Agreed for payment; thirty are a month, and half a month counts as one.
    payable, receivable : int64[n_rows], updated
    months : int64[n], written

    Returns
    -------
    bool
        Whether all are paid after the same number of months.
    """
    alike = True
    for k in range(pence.size):
        payable[buyer[k]] += pence[k]
        receivable[supplier[k]] += pence[k]
        months[k] = np.int64(np.floor(days[k] / DAYS_A_MONTH + 0.5))
        alike = alike and months[k] == months[0]
    return alike


@kernel
def pay_invoices(buyer, supplier, pence, funds, kept_back, owed, payable, receivable, paid):
    """Work out what each buyer can pay of each invoice, in proportion where it is short.

    Parameters
    ----------
    buyer, supplier : int32[n]
        Rows.
    pence : int64[n]
        What is due.
    funds : int64[n_rows]
        Money held [pence].
    kept_back : int64[n_employers]
        What each row keeps back for its staff [pence].
    owed : int64[n_employers]
        Room to work in: zero, and left so.
    payable, receivable : int64[n_rows], updated
        Less by what is paid.
    paid : int64[n], written

    Returns
    -------
    int
        What is left unpaid [pence].
    """
    left = 0
    for k in range(pence.size):
        owed[buyer[k]] += pence[k]
    for k in range(pence.size):
        row = buyer[k]
        held = max(funds[row] - kept_back[row], 0)
        share = (held << 16) // max(owed[row], 1) if owed[row] > held else CUM_ONE
        paid[k] = (pence[k] * share) >> 16
        left += pence[k] - paid[k]
        payable[row] -= paid[k]
        receivable[supplier[k]] -= paid[k]
    for k in range(pence.size):
        owed[buyer[k]] = 0
    return left


class AuditRules(NamedTuple):
    """What frameworks settle by; see `procurement.ethical_framework`.

    `lock_out`: the record that is required. `rate`, `finds`: chance of an audit, part of padding
    that it finds. `months`: how far back it looks. `pence`: its cost. `remedy`, `process`: kinds of
    payment; `found`, `audit`: their reasons; `staff` stands for own staff.
    """

    lock_out: float
    rate: float
    finds: float
    months: int
    hours: float
    hour: float
    remedy: int
    process: int
    found: int
    audit: int
    staff: int


class Audited(NamedTuple):
    """What frameworks answer at a month's close.

    Attributes
    ----------
    stays, found : bool[n], written
        By place: who stays; where padding was found.
    ends, reopens : bool[m], written
        By framework.
    columns : int64[5, n + m], written
        Payments asked: payer, payee, pence, kind, reason.
    asked_by : int64[n + m], written
        The framework that asks each, rising.
    """

    stays: Any
    found: Any
    ends: Any
    reopens: Any
    columns: Any
    asked_by: Any


@kernel
def audit(begins, frameworks, live, draws, month, rules, audited):
    """Audit open books, claim back padding found; at each opening lock out whose record fell.

    Parameters
    ----------
    begins : int64[m + 1]
        Framework i has the places `begins[i] : begins[i + 1]`.
    frameworks : tuple of int64[m], int64[m], int64[m], bool[m]
        First month, months between openings (0 for none), the buyer's row, whether books are open.
    live : tuple of float64[n], int64[n], float64[n], int64[n]
        Record, price of the month's work [pence], padding, and row of each supplier.
    draws : float64[n]
        In (0, 1): who is audited.
    month : int
    rules : AuditRules
    audited : Audited, written

    Returns
    -------
    int
        How many payments are asked; the rest is not written.
    """
    start, reopening, buyer, open_book = frameworks
    record, paid, padding, supplier = live
    columns, n = audited.columns, 0
    for i in range(begins.size - 1):
        age, looked, left = month - start[i], 0, 0
        opens = age > 0 and reopening[i] > 0 and age % max(reopening[i], 1) == 0
        back_months = np.float64(min(age + 1, rules.months))
        for k in range(begins[i], begins[i + 1]):
            stays = not opens or record[k] >= rules.lock_out
            looks = open_book[i] and draws[k] < rules.rate
            left += stays
            looked += looks
            padded = back_months * paid[k] * (padding[k] / (1.0 + padding[k]))
            back = np.int64(np.rint(padded * rules.finds)) if looks else np.int64(0)
            audited.stays[k] = stays
            audited.found[k] = back > 0
            if back > 0:
                columns[0, n], columns[1, n], columns[2, n] = supplier[k], buyer[i], back
                columns[3, n], columns[4, n] = rules.remedy, rules.found
                audited.asked_by[n] = i
                n += 1
        audited.ends[i] = opens and left == 0 and begins[i + 1] > begins[i]
        audited.reopens[i] = opens and not audited.ends[i]
        cost = np.int64(np.rint(rules.hours * looked * rules.hour))
        if cost > 0:
            columns[0, n], columns[1, n], columns[2, n] = buyer[i], rules.staff, cost
            columns[3, n], columns[4, n] = rules.process, rules.audit
            audited.asked_by[n] = i
            n += 1
    return n
