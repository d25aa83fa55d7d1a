"""Pays every worker: gross pay by what the employer can afford, tax by the bands of the year."""

from typing import Any, NamedTuple

import numpy as np

from simulation.kernels.accounts import FOUR, INDEX, ROUND_DOWN, share_of
from simulation.kernels.compiling import AT_ONCE, kernel, part
from simulation.kernels.fetching import FAR, fetch

INACTIVE, SEEKING, EMPLOYED = 0, 1, 2
PAY, TAX, SLIPS, ABOUT, LEAVES = 0, 1, 2, 3, 4
"""Columns of a row of slips; dye of the first tag stands in the last of them."""
MANY = 1 << 32
"""Two numbers stand in one: how many payslips there are, and this many times those that are taxed;
and the share that an employer can pay, and this many times its class."""


class Staff(NamedTuple):
    """Who works for whom, one row a worker.

    Attributes
    ----------
    employer : int32[n_workers]
        Employing row, -1 where none.
    household : int32[n_workers]
        Number of the home, from 0.
    wage : int64[n_workers]
        Gross pay a month [pence].
    status : int8[n_workers]
        2 where employed, else 0 or 1.
    """

    employer: Any
    household: Any
    wage: Any
    status: Any


class Law(NamedTuple):
    """Marginal bands of tax on a month's pay.

    Attributes
    ----------
    floors, rates : int64[n_bands]
        Where each band begins, rising [pence a month]; its rate [1/65536].
    below : int64[n_bands]
        Tax on all bands below, each rounded down [pence].
    """

    floors: Any
    rates: Any
    below: Any


@part
def tax_of(pay, law):
    """Return the tax on one person's pay: the highest band's slice, and all bands below it.

    Counting the floors that the pay has reached needs no branch.
    """
    band = -1
    for floor in law.floors:
        band += pay >= floor
    top = INDEX(max(band, 0))
    return tax_in_band(pay, law.floors[top], law.rates[top], law.below[top])


@part
def tax_in_band(pay, floor, rate, below):
    """Return the tax on one person's pay whose highest band this is."""
    return below + share_of(max(pay - floor, 0), rate)


@kernel
def write_slips(staff, law, ratio, gross, tax):
    """Write each worker's pay and tax, int64[n_workers] [pence]; 0 for who is out of work."""
    for w in range(gross.size):
        gross[w] = pay_of(staff.wage[w], staff.status[w], ratio[max(staff.employer[w], 0)])
        tax[w] = tax_of(gross[w], law)


class Payroll(NamedTuple):
    """What the payment of wages writes down.

    Attributes
    ----------
    net_by_row : int64[n_rows], updated
        Net pay paid by each employer [pence].
    net_sums, tax_sums : int64[n_classes, 2], updated
        Net pay and tax, pence and payments, by class of the employer.
    klass : int32[n_rows]
        Class of each row.
    """

    net_by_row: Any
    net_sums: Any
    tax_sums: Any
    klass: Any


class Room(NamedTuple):
    """Where `pay_workers` works; nothing in it but `slips` is kept.

    Attributes
    ----------
    slips : int64[n_employers, 4 + n_tags] or more columns
        By employer: pay, tax, how many payslips and taxed payslips there are (see `MANY`), what
        is known of it, and dye that leaves. In one row, since an employer is met at random. Empty
        before a month's wages, and again once `settle_slips` has read it, but for what is known.
    rate : float64[n_employers, n_tags]
        Dye that goes with a penny.
    withheld : int64[n_tags]
        Dye that the tax takes.
    gross, tax, many : int64[AT_ONCE]
        Pay, tax and counts of the workers in hand.
    """

    slips: Any
    rate: Any
    withheld: Any
    gross: Any
    tax: Any
    many: Any


@kernel
def open_slips(slips, ratio, klass):
    """Write into rows of slips what is known of each employer: its class, and what it can pay.

    Parameters
    ----------
    slips : int64[n_employers, 4 + n_tags] or more columns, updated
    ratio : int64[n_employers]
        Share of the payroll that each employer can pay [1/65536].
    klass : int32[n_rows]
        Class of each row.
    """
    for row in range(slips.shape[0]):
        slips[row, ABOUT] = ratio[row] + MANY * np.int64(klass[row])


@kernel
def pay_workers(staff, begin, end, law, government, accounts, by_class, earned, dye, room):
    """Pay workers' homes net of tax, withhold the tax, and let the employer's dye go along.

    Nobody is passed over, since no processor can foresee who is out of work; who is gets nothing.
    Payslips are added up by employer, as a class has many employers and an employer many workers;
    `settle_slips` takes them from the employers' accounts. Some hundred slips are reckoned before
    any is paid, eight of them at a time.

    Parameters
    ----------
    staff : Staff
    begin, end : int
        Workers `begin .. end - 1` are paid.
    law : Law
    government : int
        Row that receives the tax.
    accounts : Accounts, updated
        Homes receive at once; home h is row `first_home + h`.
    by_class : int64[n_classes, 2] or None, updated
        Net pay and payslips by class of the employer; None where homes are of one class, and
        `settle_slips` can tell as much.
    earned : int64[n_homes], updated
        Net pay of the month [pence].
    dye : Dye or None, updated
    room : Room
        `slips` are added to, all else is written but `rate`, which is read; see `open_slips`
        and `set_rates`.
    """
    if dye is not None:
        room.withheld[:] = 0
    for first in range(begin, end, AT_ONCE):
        count = min(AT_ONCE, end - first)
        reckon(first, count, staff, law, room)
        hand_out(first, count, staff, accounts, earned, room)
        if by_class is not None:
            count_classes(first, count, staff, by_class, room)
        if dye is not None:
            carry(first, count, staff, accounts, dye, room)
    if dye is not None:
        for t in range(room.withheld.size):
            dye.inbox[government, t] += room.withheld[t]
            dye.passed[dye.cell[government], t] += room.withheld[t]


@part
def reckon(first, count, staff, law, room):
    """Write the slips of some workers: of each the highest band that the pay has reached tells."""
    gross, tax, many = room.gross, room.tax, room.many
    floor, rate, below = law.floors[0], law.rates[0], law.below[0]
    if room.slips.shape[0] > FAR:
        for i in range(INDEX(0), INDEX(count)):
            fetch(room.slips, INDEX(max(staff.employer[INDEX(first) + i], 0)))
            fetch(room.rate, INDEX(max(staff.employer[INDEX(first) + i], 0)))
    for i in range(INDEX(0), INDEX(count)):
        many[i] = room.slips[INDEX(max(staff.employer[INDEX(first) + i], 0)), ABOUT] & (MANY - 1)
    for i in range(INDEX(0), INDEX(count)):
        w = INDEX(first) + i
        pay = pay_of(staff.wage[w], staff.status[w], many[i])
        gross[i] = pay
        tax[i] = tax_in_band(pay, floor, rate, below)
    for band in range(1, law.floors.size):
        floor, rate, below = law.floors[band], law.rates[band], law.below[band]
        for i in range(INDEX(0), INDEX(count)):
            reached = tax_in_band(gross[i], floor, rate, below)
            tax[i] = reached if gross[i] >= floor else tax[i]
    for i in range(INDEX(0), INDEX(count)):
        many[i] = (gross[i] > 0) + MANY * (tax[i] > 0)


@part
def hand_out(first, count, staff, accounts, earned, room):
    """Credit homes with net pay, and add the slips up by employer."""
    slips = room.slips
    for i in range(INDEX(0), INDEX(count)):
        w = INDEX(first) + i
        who, home = INDEX(max(staff.employer[w], 0)), INDEX(staff.household[w])
        pay, tax = room.gross[i], room.tax[i]
        slips[who, PAY] += pay
        slips[who, TAX] += tax
        slips[who, SLIPS] += room.many[i]
        accounts.balance[INDEX(accounts.first_home) + home] += pay - tax
        earned[home] += pay - tax


@part
def count_classes(first, count, staff, by_class, room):
    """Add net pay and payslips up by class of the employer."""
    for i in range(INDEX(0), INDEX(count)):
        k = room.slips[INDEX(max(staff.employer[INDEX(first) + i], 0)), ABOUT] >> 32
        by_class[k, 0] += room.gross[i] - room.tax[i]
        by_class[k, 1] += room.gross[i] > 0


@part
def carry(first, count, staff, accounts, dye, room):
    """Let dye go home with net pay, a hop, and to the government with the tax, none."""
    tags = room.withheld.size
    if tags == 1:
        carry_one(INDEX(0), INDEX(0), first, count, staff, accounts, dye, room)
    elif tags == FOUR:
        carry_four(INDEX(0), INDEX(FOUR - 1), first, count, staff, accounts, dye, room)
    else:
        for t in range(INDEX(0), INDEX(tags - tags % FOUR), INDEX(FOUR)):
            carry_four(t, INDEX(tags - 1), first, count, staff, accounts, dye, room)
        for t in range(INDEX(tags - tags % FOUR), INDEX(tags)):
            carry_one(t, INDEX(tags - 1), first, count, staff, accounts, dye, room)


@kernel
def settle_slips(slips, government, accounts, payroll, out):
    """Take what the payslips say from the employers' accounts, and credit the tax.

    Parameters
    ----------
    slips : int64[n_employers, 4 + n_tags] or more columns, emptied
        See `Room`.
    government : int
        Row that receives the tax.
    accounts : Accounts, updated
    payroll : Payroll, updated
    out : int64[n_rows, n_tags], updated
        Dye that leaves accounts; no tags where nobody holds any.
    """
    for row in range(slips.shape[0]):
        for t in range(out.shape[1]):
            out[row, t] += slips[row, LEAVES + t]
            slips[row, LEAVES + t] = 0
        pay, off, many = slips[row, PAY], slips[row, TAX], slips[row, SLIPS]
        slips[row, PAY], slips[row, TAX], slips[row, SLIPS] = 0, 0, 0
        accounts.balance[row] -= pay
        accounts.inbox[government] += off
        payroll.net_by_row[row] += pay - off
        c = payroll.klass[row]
        payroll.net_sums[c, 0] += pay - off
        payroll.net_sums[c, 1] += many % MANY
        payroll.tax_sums[c, 0] += off
        payroll.tax_sums[c, 1] += many // MANY


@part
def pay_of(wage, status, ratio):
    """Return the gross pay that an employer can afford, nothing for who is out of work."""
    return share_of(wage, ratio) * (np.int64(status) >> 1)


@part
def carry_four(t, last, first, count, staff, accounts, dye, room):
    """Carry dye of four tags, from t on; the last tag counts that hop and all after it.

    Written out, so that the compiler moves the four as one. What has come to an area is written
    down when the next one's turn comes.
    """
    rate, slips, held, withheld, taxes = room.rate, room.slips, dye.held, room.withheld, room.tax
    out = t + INDEX(LEAVES)
    u, v, w, x = t + INDEX(1), t + INDEX(2), t + INDEX(3), min(t + INDEX(4), last)
    place, came_a, came_b, came_c, came_d = np.int64(-1), 0, 0, 0, 0
    kept_a, kept_b, kept_c, kept_d = 0, 0, 0, 0
    for i in range(INDEX(0), INDEX(count)):
        who = INDEX(max(staff.employer[INDEX(first) + i], 0))
        to = INDEX(accounts.first_home) + INDEX(staff.household[INDEX(first) + i])
        if dye.cell[to] != place:
            if place >= 0:
                arrive(dye.arrived, INDEX(place), u, v, w, x, came_a, came_b, came_c, came_d)
            place, came_a, came_b, came_c, came_d = np.int64(dye.cell[to]), 0, 0, 0, 0
        tax, net = taxes[i], room.gross[i] - taxes[i]
        a, b, c, d = rate[who, t], rate[who, u], rate[who, v], rate[who, w]
        p, q, r, s = int(net * a), int(net * b), int(net * c), int(net * d)
        e, f, g, h = int(tax * a), int(tax * b), int(tax * c), int(tax * d)
        came_a, came_b, came_c, came_d = came_a + p, came_b + q, came_c + r, came_d + s
        kept_a, kept_b, kept_c, kept_d = kept_a + e, kept_b + f, kept_c + g, kept_d + h
        slips[who, out] += p + e
        slips[who, out + INDEX(1)] += q + f
        slips[who, out + INDEX(2)] += r + g
        slips[who, out + INDEX(3)] += s + h
        held[to, u] += p
        held[to, v] += q
        held[to, w] += r
        held[to, x] += s
    arrive(dye.arrived, INDEX(place), u, v, w, x, came_a, came_b, came_c, came_d)
    withheld[t] += kept_a
    withheld[u] += kept_b
    withheld[v] += kept_c
    withheld[w] += kept_d


@part
def arrive(arrived, place, u, v, w, x, p, q, r, s):
    """Write down what has come to a place by four tags."""
    arrived[place, u] += p
    arrived[place, v] += q
    arrived[place, w] += r
    arrived[place, x] += s


@part
def carry_one(t, last, first, count, staff, accounts, dye, room):
    """Do the work of `carry_four` for tag t."""
    raised = min(t + INDEX(1), last)
    place, came, kept = np.int64(-1), 0, 0
    for i in range(INDEX(0), INDEX(count)):
        who = INDEX(max(staff.employer[INDEX(first) + i], 0))
        to = INDEX(accounts.first_home) + INDEX(staff.household[INDEX(first) + i])
        if dye.cell[to] != place:
            if place >= 0:
                dye.arrived[INDEX(place), raised] += came
            place, came = np.int64(dye.cell[to]), 0
        rate = room.rate[who, t]
        units, off = int((room.gross[i] - room.tax[i]) * rate), int(room.tax[i] * rate)
        room.slips[who, t + INDEX(LEAVES)] += units + off
        dye.held[to, raised] += units
        came += units
        kept += off
    dye.arrived[INDEX(place), raised] += came
    room.withheld[t] += kept


@kernel
def set_rates(dye, rate):
    """Write how much dye each employer pays with a penny, none where it has no money.

    Parameters
    ----------
    dye : Dye
    rate : float64[n_employers, n_tags], written
        Units that go with a penny.
    """
    for row in range(rate.shape[0]):
        part_of = ROUND_DOWN / dye.opening[row] if dye.opening[row] > 0 else 0.0
        for t in range(rate.shape[1]):
            rate[row, t] = dye.held[row, t] * part_of
