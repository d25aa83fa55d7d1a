"""Dye follows the money: of each payment the share that its payer's account held of it.

Dye is counted in 1,024ths of a penny and by tag, the number of times it has changed hands. A share
is rounded down, so that no account ever holds more dye than money.
"""

from simulation.kernels.accounts import (
    FOUR,
    INDEX,
    ROUND_DOWN,
    UNITS,
    any_dye,
    let_go,
    move_own,
)
from simulation.kernels.compiling import kernel, part
from simulation.kernels.splitting import add_four


@part
def dye_payment(row, to, pence, accounts, dye, hop):
    """Move dye with a single payment at its payer's opening share; see `splitting`.

    Parameters
    ----------
    row, to : int
        Payer and payee.
    pence : int
        Not negative.
    accounts : Accounts
        Says who receives at once.
    dye : Dye, updated
    hop : int
        1 where the payment is a re-spending hop, 0 where it is not.
    """
    tags = dye.held.shape[1]
    if pence > 0 and dye.opening[row] > 0 and any_dye(tags, dye.held, row):
        rate = ROUND_DOWN / dye.opening[row]
        at_once = accounts.first_home <= to < accounts.end_home
        for t in range(tags):
            units = int(pence * (dye.held[row, t] * rate))
            raised = min(t + hop, tags - 1)
            dye.out[row, t] += units
            if at_once:
                dye.held[to, raised] += units
                dye.arrived[dye.cell[to], raised] += units * hop
            else:
                dye.inbox[to, raised] += units
                dye.passed[dye.cell[to], t] += units * (1 - hop)


@kernel
def inject_dye(payer, payee, pence, accounts, dye, bits, came, cells):
    """Dye payments that have been made, but for the dye that has moved with them.

    Parameters
    ----------
    payer, payee : int32[m]
        Rows; no payer receives at once.
    pence : int64[m]
        Amounts, none negative.
    accounts : Accounts
        Says who receives at once.
    dye : Dye, updated
        Every payee comes to hold the first tag.
    bits, came
        See `fold_dye`.
    cells : int64[n_cells, n_tags], updated
        What is dyed, by the cell of the payee.
    """
    tags = dye.held.shape[1]
    for k in range(INDEX(0), INDEX(pence.size)):
        row, to = INDEX(payer[k]), INDEX(payee[k])
        rate, units = ROUND_DOWN / max(dye.opening[row], 1), pence[k] * UNITS
        for t in range(tags):
            units -= int(pence[k] * (dye.held[row, t] * rate))
        if accounts.first_home <= payee[k] < accounts.end_home:
            dye.held[to, 0] += units
            dye.arrived[dye.cell[to], 0] += units
        else:
            dye.inbox[to, 0] += units
        cells[dye.cell[to], 0] += units
        came[payee[k] >> bits] = True


@kernel
def settle_dye(accounts, dye, ends, home_ends, sunk, lost, bits, left, came):
    """Close a phase: take out the dye that has reached a sink, and carry the rest.

    Parameters
    ----------
    accounts, dye, lost, bits, left, came
        See `fold_dye`.
    ends, home_ends : int32[m]
        Rows at which dye ends, and those of them that are homes: to these it has come already.
    sunk : int64[n_cells, n_tags], updated
        Dye that has left the circuit, by the cell of where it ended.

    Returns
    -------
    arrived, gone : bool
        Whether any dye has arrived in this phase, and whether any has sunk or been let go.
    """
    gone = sink_dye(ends, dye.inbox, dye.cell, dye.arrived, sunk)
    if sink_dye(home_ends, dye.held, dye.cell, None, sunk):
        gone = True
    arrived = fold_dye(accounts, dye, lost, bits, left, came)
    for t in range(lost.size):
        gone = gone or lost[t] != 0
    return arrived, gone


@kernel
def fold_dye(accounts, dye, lost, bits, left, came):
    """Carry moved dye into the dye held; what rounding leaves above the balance is let go.

    Homes' rows are left alone.

    Parameters
    ----------
    accounts : Accounts
        Balances after the fold [pence].
    dye : Dye, updated
        `out` and `inbox` are carried into `held` and emptied; what came is added to `arrived`, and
        what came without a hop is taken from it.
    lost : int64[n_tags], updated
        Dye let go so that no account holds more dye than money.
    bits : int
        A page is 2**bits neighbouring rows.
    left, came : bool[n_pages], updated
        Pages on which dye has left an account, and come to one; none is marked after but those of
        homes alone.

    Returns
    -------
    bool
        Whether any dye has arrived in this phase.
    """
    tags = dye.held.shape[1]
    page = 0
    while page < left.size:
        begin, end = page << bits, min((page + 1) << bits, accounts.balance.size)
        if accounts.first_home <= begin and end <= accounts.end_home:
            page = max(page + 1, accounts.end_home >> bits)
            continue
        gone, come = left[page], came[page]
        left[page] = False
        came[page] = False
        page += 1
        if not (gone or come):
            continue
        for row in range(begin, end):
            if accounts.first_home <= row < accounts.end_home:
                continue
            if tags == FOUR:
                _fold_four(INDEX(row), gone, come, accounts, dye, lost)
            else:
                _fold_any(tags, INDEX(row), gone, come, accounts, dye, lost)
    some = False
    for place in range(dye.arrived.shape[0]):
        for t in range(tags):
            dye.arrived[place, t] -= dye.passed[place, t]
            dye.passed[place, t] = 0
            some = some or dye.arrived[place, t] != 0
    return some


@part
def _fold_four(row, gone, come, accounts, dye, lost):
    """Fold the dye of four tags of one row, from which it may have gone and to which come.

    All four are read before any is written, so that the compiler moves them as one.
    """
    held, out, inbox, arrived = dye.held, dye.out, dye.inbox, dye.arrived
    a, b, c, d = held[row, 0], held[row, 1], held[row, 2], held[row, 3]
    if gone:
        p, q, r, s = out[row, 0], out[row, 1], out[row, 2], out[row, 3]
        a, b, c, d = a - p, b - q, c - r, d - s
        out[row, 0], out[row, 1], out[row, 2], out[row, 3] = 0, 0, 0, 0
    if come:
        p, q, r, s = inbox[row, 0], inbox[row, 1], inbox[row, 2], inbox[row, 3]
        if p | q | r | s != 0:
            a, b, c, d = a + p, b + q, c + r, d + s
            inbox[row, 0], inbox[row, 1], inbox[row, 2], inbox[row, 3] = 0, 0, 0, 0
            add_four(arrived, INDEX(dye.cell[row]), p, q, r, s)
    held[row, 0], held[row, 1], held[row, 2], held[row, 3] = a, b, c, d
    if a + b + c + d > max(accounts.balance[row], 0) * UNITS:
        let_go(FOUR, held, row, accounts.balance[row], lost)


@part
def _fold_any(tags, row, gone, come, accounts, dye, lost):
    """Do the work of `_fold_four` for any number of tags."""
    if gone:
        for t in range(tags):
            dye.held[row, t] -= dye.out[row, t]
            dye.out[row, t] = 0
    if come and any_dye(tags, dye.inbox, row):
        for t in range(tags):
            dye.arrived[dye.cell[row], t] += dye.inbox[row, t]
            dye.held[row, t] += dye.inbox[row, t]
            dye.inbox[row, t] = 0
    let_go(tags, dye.held, row, accounts.balance[row], lost)


@kernel
def sink_dye(rows, dye, cell, arrived, sunk):
    """Take all dye out of some rows and count it as sunk where they stand.

    Parameters
    ----------
    rows : int32[m]
        Rows at which dye ends.
    dye : int64[n_rows, n_tags], updated
        Dye held or on its way [1/1024 pence].
    cell : int32[n_rows]
        Area x institution cell of each row.
    arrived : int64[n_cells, n_tags] or None, updated
        Dye on its way has arrived there; None where it is told already.
    sunk : int64[n_cells, n_tags], updated
        Dye that has left the circuit.

    Returns
    -------
    bool
        Whether there was any.
    """
    some = False
    for row in rows:
        for t in range(dye.shape[1]):
            units = dye[row, t]
            some = some or units != 0
            sunk[cell[row], t] += units
            if arrived is not None:
                arrived[cell[row], t] += units
            dye[row, t] = 0
    return some


@kernel
def audit_dye(runs, balance, dye, cell, cells):
    """Sum dye by cell and tag, and look for accounts that hold more of it than they can.

    Parameters
    ----------
    runs : int64[n_runs + 1]
        Rows `runs[k] : runs[k + 1]` are of one cell.
    balance : int64[n_rows]
        Money held [pence].
    dye : int64[n_rows, n_tags]
        Dye held [1/1024 pence].
    cell : int32[n_rows]
        Area x institution cell of each row.
    cells : int64[n_cells, n_tags], updated
        Dye by cell and tag.

    Returns
    -------
    over : int
        The most by which dye exceeds 1024 times the money on one account, 0 where it nowhere does.
    lowest : int
        The least dye of one account and tag, 0 where none is negative.
    """
    over, lowest, tags = 0, 0, dye.shape[1]
    for k in range(runs.size - 1):
        row, end = INDEX(runs[k]), INDEX(runs[k + 1])
        into = cells[cell[row]]
        if tags == FOUR:
            most, least = _audit_four(row, end, balance, dye, into)
            over, lowest = max(over, most), min(lowest, least)
            continue
        for one in range(row, end):
            held = 0
            for t in range(tags):
                held += dye[one, t]
                lowest = min(lowest, dye[one, t])
                into[t] += dye[one, t]
            over = max(over, held - max(balance[one], 0) * UNITS)
    return over, lowest


@part
def _audit_four(row, end, balance, dye, into):
    """Do the work of `audit_dye` for four tags, on rows of one cell."""
    over, lowest = 0, 0
    a, b, c, d = 0, 0, 0, 0
    while row < end:
        p, q, r, s = dye[row, 0], dye[row, 1], dye[row, 2], dye[row, 3]
        a, b, c, d = a + p, b + q, c + r, d + s
        lowest = min(lowest, min(min(p, q), min(r, s)))
        over = max(over, p + q + r + s - max(balance[row], 0) * UNITS)
        row += INDEX(1)
    into[0] += a
    into[1] += b
    into[2] += c
    into[3] += d
    return over, lowest


@part
def move_dye(row, moved, balance, source, target):
    """Move dye between two accounts of one owner; see `accounts.move_own`.

    Parameters
    ----------
    row : int
        The owner.
    moved, balance : int
        Pence that move, above zero, and pence on the source account before.
    source, target : int64[n_rows, n_tags], updated
        Dye held in both [1/1024 pence].
    """
    tags = source.shape[1]
    if balance > 0 and any_dye(tags, source, row):
        move_own(tags, row, moved, balance, source, target)
