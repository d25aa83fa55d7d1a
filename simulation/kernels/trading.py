"""What each firm owes at the start of trade, and what is left for its owners at the end of it.

One pass over the trading rows takes the place of a dozen over whole columns. Shares of the
register are floats; every product is rounded down to whole pence at once, so no sum of floats
enters the books.
"""

from typing import Any, NamedTuple

from simulation.kernels.compiling import kernel, part


class Firms(NamedTuple):
    """Trading rows as a phase finds them.

    Attributes
    ----------
    alive : bool[n_firms]
        Rows that trade.
    kind : int8[n_firms]
        Kind of owner.
    deposits, expected : int64[n_firms]
        Money held, and sales looked for in a month [pence].
    """

    alive: Any
    kind: Any
    deposits: Any
    expected: Any


@kernel
def reckon_bills(
    alive, sales_expected, intermediate_share, vat_share, extra_inputs, sales_last, landlord,
    rent_pence, loans, loan_rate, inputs, rent, vat, interest,
):  # fmt: skip
    """Work out what each trading row wants to buy and has to pay this month.

    Parameters
    ----------
    alive : bool[n_firms]
        Rows that trade; the others owe interest alone.
    sales_expected, sales_last : int64[n_firms]
        Sales looked for this month and made in the last [pence].
    intermediate_share, vat_share : float64[n_firms]
        Inputs per pound of sales before VAT; VAT per pound of sales.
    extra_inputs : int64[n_firms]
        What is bought beyond expected sales [pence].
    landlord : int32[n_firms]
        Row of the landlord, -1 where none.
    rent_pence : int64[n_firms]
        Rent of the premises a month [pence].
    loans : int64[n_firms]
        Owed to the bank [pence].
    loan_rate : float
        Interest on loans a month [share].
    inputs, rent, vat, interest : int64[n_firms], written
        Bills of the month [pence].
    """
    for k in range(inputs.size):
        interest[k] = int(loans[k] * loan_rate)
        inputs[k] = 0
        rent[k] = 0
        vat[k] = 0
        if not alive[k]:
            continue
        share = intermediate_share[k] * (1.0 - vat_share[k])
        inputs[k] = int(sales_expected[k] * share) + extra_inputs[k]
        vat[k] = int(sales_last[k] * vat_share[k])
        if landlord[k] >= 0:
            rent[k] = rent_pence[k]


@kernel
def find_overdrafts(firms, loans, months, payroll, inputs, rent, vat, interest, rows, drawn):
    """Find rows whose bills are above what they hold, and what the bank lends them.

    Parameters
    ----------
    firms : Firms
    loans : int64[n_firms]
        Owed to the bank [pence].
    months : float64[n_owner_kinds]
        An overdraft's limit, in months of expected sales.
    payroll, inputs, rent, vat, interest : int64[n_firms]
        Bills of the month [pence].
    rows, drawn : int32[n_firms] and int64[n_firms], written
        Who draws a loan, and how much [pence].

    Returns
    -------
    int
        How many do.
    """
    n = 0
    for k in range(loans.size):
        short = inputs[k] + payroll[k] + rent[k] + vat[k] + interest[k] - firms.deposits[k]
        if short > 0 and firms.alive[k]:
            room = max(int(firms.expected[k] * months[firms.kind[k]]) - loans[k], 0)
            if room > 0:
                rows[n] = k
                drawn[n] = min(short, room)
                n += 1
    return n


@kernel
def find_repayments(firms, loans, months, share, rows, paid):
    """Find who repays, from cash above the working balance.

    Parameters
    ----------
    firms : Firms
    loans : int64[n_firms]
        Owed to the bank [pence].
    months : float
        Working balance, in months of expected sales.
    share : float
        Share of the cash above it that goes to the bank.
    rows, paid : int32[n_firms] and int64[n_firms], written
        Who repays, and how much [pence].

    Returns
    -------
    int
        How many do.
    """
    n = 0
    for k in range(loans.size):
        if loans[k] > 0:
            spare = max(firms.deposits[k] - int(firms.expected[k] * months), 0)
            due = min(loans[k], int(spare * share))
            if due > 0:
                rows[n] = k
                paid[n] = due
                n += 1
    return n


@kernel
def tax_profits(sales, inputs, payroll, paid_share, duties, firms, taxed, rate, loss, profit, tax):
    """Charge tax on each row's profit after the losses that it carries forward.

    Parameters
    ----------
    sales, inputs, payroll, duties : int64[n_firms]
        Sales of the last month; inputs, payroll due and duties of this one [pence].
    paid_share : int64[n_firms]
        Share of its payroll that each row could pay [1/65536].
    firms : Firms
        No tax exceeds what a row holds.
    taxed : bool[n_kinds]
        Kinds of owner whose profit is taxed.
    rate : float
        Corporation tax [share of profit].
    loss : int64[n_firms], updated
        Losses carried forward [pence].
    profit, tax : int64[n_firms], written
        Profit after tax, and the tax [pence].
    """
    for k in range(tax.size):
        before = sales[k] - inputs[k] - ((payroll[k] * paid_share[k]) >> 16) - duties[k]
        tax[k] = 0
        if firms.alive[k] and taxed[firms.kind[k]] and before > loss[k]:
            tax[k] = min(int((before - loss[k]) * rate), firms.deposits[k])
        loss[k] = max(loss[k] - before, 0)
        profit[k] = before - tax[k]


@part
def spare_cash(k, firms, loans, months):
    """Return what a row holds above its working balance; nothing where it owes the bank.

    Parameters
    ----------
    k : int
    firms : Firms
    loans : int64[n_firms]
        Owed to the bank [pence].
    months : float
        Working balance, in months of expected sales.

    Returns
    -------
    int
        Cash that may be shared out [pence].
    """
    if not firms.alive[k] or loans[k] > 0:
        return 0
    return max(firms.deposits[k] - int(firms.expected[k] * months), 0)


@kernel
def pool_cash(branches, firms, loans, months, share, pooled):
    """Work out what branches send to their head offices.

    Parameters
    ----------
    branches : int32[m]
        Rows whose head office is another row.
    firms, loans, months
        See `spare_cash`.
    share : float
        Share of the spare cash that is pooled.
    pooled : int64[n_firms], written
        What each row sends [pence].
    """
    pooled[:] = 0
    for k in branches:
        pooled[k] = int(spare_cash(k, firms, loans, months) * share)


class Rules(NamedTuple):
    """How kinds of owner divide a surplus.

    Attributes
    ----------
    shares : float64[n_kinds, 4]
        Parts of a pound for owners, members, social fund and reserve; the rest stays where it is.
    months : float
        A reserve's ceiling, in months of expected sales.
    distributes : bool[n_kinds]
        Kinds that let what is above the ceiling lie; the others spend it on their mission.
    """

    shares: Any
    months: Any
    distributes: Any


class Parts(NamedTuple):
    """What becomes of each row's surplus, int64[n_firms] each [pence].

    Attributes
    ----------
    owners, members, fund, reserve
        To owners, members and the social fund, and set aside.
    mission
        To be spent on the mission.
    """

    owners: Any
    members: Any
    fund: Any
    reserve: Any
    mission: Any


@kernel
def share_surplus(firms, loans, months, savings, group, owned, rules, parts):
    """Divide each row's spare cash by the rule of its owners, each part rounded down.

    Branches have nothing to divide, since their cash is the head office's.

    Parameters
    ----------
    firms, loans, months
        See `spare_cash`.
    savings : int64[n_firms]
        Reserves so far [pence].
    group, owned : int32[n_firms + 1]
        Where each row's links to a head office, and to owners, begin.
    rules : Rules
    parts : Parts, written
    """
    for k in range(loans.size):
        branch, kind = group[k + 1] > group[k], firms.kind[k]
        spare = 0 if branch else spare_cash(k, firms, loans, months)
        parts.owners[k] = int(spare * rules.shares[kind, 0]) if owned[k + 1] > owned[k] else 0
        parts.members[k] = int(spare * rules.shares[kind, 1])
        parts.fund[k] = int(spare * rules.shares[kind, 2])
        kept = int(spare * rules.shares[kind, 3])
        ceiling = int(firms.expected[k] * rules.months)
        parts.reserve[k] = min(kept, max(ceiling - savings[k], 0))
        parts.mission[k] = 0 if rules.distributes[kind] else kept - parts.reserve[k]


class Shared(NamedTuple):
    """Payments to members, one after the other.

    Attributes
    ----------
    payer, payee : int32[n_room]
        Rows.
    pence : int64[n_room]
    """

    payer: Any
    payee: Any
    pence: Any


@kernel
def share_among_members(rows, pence, heads, commuters, roll, first_home, to_members, away, shared):
    """Share what members get in equal parts, rounded down, among all who work for a row.

    Parameters
    ----------
    rows : int32[m]
        Who shares, each there once.
    pence : int64[n_firms]
        What is shared [pence].
    heads, commuters : int64[n_rows], int32[n_firms]
        Individual workers, and people who are none.
    roll : Roll
    first_home : int
        Row of the first home.
    to_members : int64[n_firms], updated
        What individual workers get of the rows that share [pence].
    away : int64[m], written
        What the others get [pence].
    shared : Shared, written
        A payment for each individual worker, employer by employer.

    Returns
    -------
    int
        How many payments there are.
    """
    n = 0
    for place in range(rows.size):
        k = rows[place]
        members = heads[k] + commuters[k]
        each = pence[k] // members if members > 0 else 0
        to_members[k] = each * heads[k]
        away[place] = each * commuters[k]
        w = roll.first[k] if each > 0 else -1
        while w >= 0:
            shared.payer[n], shared.payee[n] = k, first_home + roll.home[w]
            shared.pence[n] = each
            n += 1
            w = roll.after[w]
    return n


@kernel
def first_of_kind(firms, kind, uid, area, first):
    """Find the row in business of one kind of owner that has the lowest uid in each area.

    Parameters
    ----------
    firms : Firms
    kind : int
    uid : int64[n_firms]
    area : int16[n_firms]
    first : int32[n_areas], written
        Its row, -1 where there is none.
    """
    first[:] = -1
    for k in range(firms.kind.size):
        if firms.kind[k] == kind and firms.alive[k]:
            so_far = first[area[k]]
            if so_far < 0 or uid[k] < uid[so_far]:
                first[area[k]] = k
