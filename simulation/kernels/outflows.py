"""Says where suppliers' money went in a month: by kind and by the area that it went to.

One pass over each supplier's links and bills; a supplier pays into few of the areas that there are.
"""

from typing import Any, NamedTuple

import numpy as np

from scenarios.vocabulary import Kind
from simulation.kernels.accounts import INDEX, share_of
from simulation.kernels.compiling import kernel, part
from simulation.kernels.labour import pay_of, tax_of

WAGES, PAYE, VAT, CORPORATION_TAX = (
    int(kind) for kind in (Kind.WAGES, Kind.PAYE, Kind.VAT, Kind.CORPORATION_TAX)
)
COMMERCIAL_RENT, INTEREST, GROUP_TRANSFER, DIVIDEND, SOCIAL_FUND = (
    int(kind)
    for kind in (
        Kind.COMMERCIAL_RENT, Kind.INTEREST, Kind.GROUP_TRANSFER, Kind.DIVIDEND, Kind.SOCIAL_FUND,
    )
)  # fmt: skip
BILLS = 11
"""Rows that a supplier may need besides those of its links."""


class Along(NamedTuple):
    """What payers pay along standing links.

    Attributes
    ----------
    kind : int
    start, payee, cum
        See `accounts.Links`.
    budget : int64[n_payers]
        What each pays [pence].
    """

    kind: int
    start: Any
    payee: Any
    cum: Any
    budget: Any


class Paid(NamedTuple):
    """What each trading row paid in a month otherwise, int64[n_rows] each [pence].

    Attributes
    ----------
    net_by_row, aggregate_net
        Take-home pay of residents and of others.
    payroll, paid_share
        What staff cost in all, and the share of it that could be paid [1/65536].
    vat, tax, rent, interest
        VAT, corporation tax, rent of premises, interest.
    pooled, owners, members, fund
        To the head office, to owners, to members who are individual workers, to the social fund.
    profit
        After tax.
    """

    net_by_row: Any
    aggregate_net: Any
    payroll: Any
    paid_share: Any
    vat: Any
    tax: Any
    rent: Any
    interest: Any
    pooled: Any
    owners: Any
    members: Any
    fund: Any
    profit: Any


class Toward(NamedTuple):
    """Where payments go to.

    Attributes
    ----------
    area : int16[n_rows]
        Area of each account.
    owner : int16[n_rows]
        Area of each row's owner.
    landlord, head : int32[n_rows]
        Row of the landlord, -1 where none, and of the head office.
    home, nation, bank : int
        Area of residents, of the government, of the bank. Where residents live in several areas,
        home is -1; `note_pay` and `note_members` note what they get.
    """

    area: Any
    owner: Any
    landlord: Any
    head: Any
    home: int
    nation: int
    bank: int


class Pay(NamedTuple):
    """What staff were paid this month.

    Attributes
    ----------
    roll : Roll
        See `kernels.staffing`.
    staff : Staff
    law : Law
    ratio : int64[n_rows]
        Share of the payroll that each employer could pay [1/65536].
    """

    roll: Any
    staff: Any
    law: Any
    ratio: Any


class Outflows(NamedTuple):
    """Rows as they are found.

    Attributes
    ----------
    supplier : int32[n_room]
        Which of the suppliers.
    kind : int8[n_room]
    area : int16[n_room] or wider
    pence : int64[n_room]
    """

    supplier: Any
    kind: Any
    area: Any
    pence: Any


@part
def _add(place, pence, sums, reached, many):
    """Add pence to the sum of a place, and note a place that had none."""
    if pence > 0:
        if sums[place] == 0:
            reached[many] = place
            many += 1
        sums[place] += pence
    return many


@part
def _empty(out, n, s, kind, sums, reached, many):
    """Write down the sums of all places reached, and set them to nothing."""
    for k in range(many):
        n = _note(out, n, s, kind, reached[k], sums[reached[k]])
        sums[reached[k]] = 0
    return n


@kernel
def note_links(suppliers, along, area, sums, reached, out, n):
    """Note what suppliers pay along links, added up by area, or by another group of accounts.

    Parameters
    ----------
    suppliers : int32[m]
        Rows.
    along : Along
    area : int[n_rows]
        Area, or group, of each account.
    sums : int64[n_areas]
        Room to work in: zero, and left so.
    reached : int64[n_areas], written
        Room to work in.
    out : Outflows, written
        With room for as many rows more as the suppliers have links.
    n : int
        First free row.

    Returns
    -------
    int
        First row that is free after.
    """
    for s in range(suppliers.size):
        row = suppliers[s]
        many, before = 0, 0
        for e in range(along.start[row], along.start[row + 1]):
            upto = share_of(along.budget[row], along.cum[e])
            pence, place = upto - before, area[along.payee[e]]
            before = upto
            many = _add(place, pence, sums, reached, many)
        n = _empty(out, n, s, along.kind, sums, reached, many)
    return n


@kernel
def note_pay(begin, end, pay, place, group, sums, reached, out):
    """Note what some workers took home from some employers, by a group of their homes.

    Workers are met in the order of their homes, so that each group's sums are written down when
    the next one's turn comes; the staff of an employer live anywhere.

    Parameters
    ----------
    begin, end : int
        Workers `begin .. end - 1`; those of one group stand together.
    pay : Pay
    place : int32[n_rows]
        Which of the employers a row is, -1 where none.
    group : int[n_homes]
        Area or class of each home.
    sums, reached : int64[n_employers]
        Room to work in: zero, and left so; room.
    out : Outflows, written
        See `note_links`, with the group in place of the area; with room for as many rows as there
        are workers, or as the employers have heads.

    Returns
    -------
    int
        Rows written.
    """
    n, many, here = 0, 0, np.int64(-1)
    for w in range(INDEX(begin), INDEX(end)):
        row = INDEX(max(pay.staff.employer[w], 0))
        at = place[row]
        if at >= 0:
            there = np.int64(group[INDEX(pay.staff.household[w])])
            if there != here:
                n, many, here = _hand_in(out, n, here, sums, reached, many), 0, there
            gross = pay_of(pay.staff.wage[w], pay.staff.status[w], pay.ratio[row])
            many = _add(at, gross - tax_of(gross, pay.law), sums, reached, many)
    return _hand_in(out, n, here, sums, reached, many)


@part
def _hand_in(out, n, group, sums, reached, many):
    """Write down the sums of a group by employer, and set them to nothing."""
    for k in range(many):
        n = _note(out, n, reached[k], WAGES, group, sums[reached[k]])
        sums[reached[k]] = 0
    return n


@kernel
def note_members(rows, pay, members, group, sums, reached, out, n):
    """Note where the surplus goes that some employers share among their staff in equal parts.

    Parameters
    ----------
    rows : int32[m]
        Employers.
    pay, group
        See `note_pay`.
    members : int64[n_rows]
        What each employer shares [pence].
    sums, reached, out, n
        See `note_links`, with the group in place of the area; only employers that share anything
        need room, for as many rows as they have heads.

    Returns
    -------
    int
        First row that is free after.
    """
    for s in range(rows.size):
        shared, many, w = members[rows[s]], 0, pay.roll.first[rows[s]]
        while shared > 0 and w >= 0:
            place = group[pay.staff.household[w]]
            many = _add(place, shared // pay.roll.heads[rows[s]], sums, reached, many)
            w = pay.roll.after[w]
        n = _empty(out, n, s, DIVIDEND, sums, reached, many)
    return n


@kernel
def note_bills(suppliers, paid, to, retained, out, n):
    """Note what suppliers pay otherwise, and the profit that they keep.

    Parameters
    ----------
    suppliers : int32[m]
        Rows.
    paid : Paid
    to : Toward
    retained : int
        Kind of what is kept.
    out : Outflows, written
        With room for `BILLS` rows more a supplier.
    n : int
        First free row.

    Returns
    -------
    int
        First row that is free after.
    """
    for s in range(suppliers.size):
        k = suppliers[s]
        net, pooled, owners = paid.net_by_row[k], paid.pooled[k], paid.owners[k]
        members, fund = paid.members[k], paid.fund[k]
        gross = (paid.payroll[k] * paid.paid_share[k]) >> 16
        kept = max(paid.profit[k] - (owners + pooled + members + fund), 0)
        if to.home >= 0:
            n = _note(out, n, s, WAGES, to.home, net)
        n = _note(out, n, s, PAYE, to.nation, gross - net - paid.aggregate_net[k])
        n = _note(out, n, s, VAT, to.nation, paid.vat[k])
        n = _note(out, n, s, CORPORATION_TAX, to.nation, paid.tax[k])
        n = _note(out, n, s, COMMERCIAL_RENT, to.area[max(to.landlord[k], 0)], paid.rent[k])
        n = _note(out, n, s, INTEREST, to.bank, paid.interest[k])
        n = _note(out, n, s, GROUP_TRANSFER, to.area[to.head[k]], pooled)
        n = _note(out, n, s, DIVIDEND, to.owner[k], owners)
        if to.home >= 0:
            n = _note(out, n, s, DIVIDEND, to.home, members)
        n = _note(out, n, s, SOCIAL_FUND, to.area[k], fund)
        n = _note(out, n, s, retained, to.owner[k], kept)
    return n


@part
def _note(out, n, supplier, kind, area, pence):
    """Write a row, unless it is of nothing; return the first that is free after."""
    if pence == 0:
        return n
    out.supplier[n] = supplier
    out.kind[n] = kind
    out.area[n] = area
    out.pence[n] = pence
    return n + 1
