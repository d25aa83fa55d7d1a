"""Dye follows the money: of each payment the share that its payer's account held of it.

Dye is counted in 1,024ths of a penny and by tag, the number of times it has changed hands. A share
is rounded down, so that no account ever holds more dye than money.
"""

from numba import njit

from simulation.kernels.payments import INDEX

ROUND_DOWN = 0.9999999999999991
FOUR = 4
"""The usual number of tags; loops over them are compiled for it apart, unrolled."""


@njit(cache=True)
def dye_along_edges(
    first, budget, linked, start, payee, cum, redirect,
    opening, dye, dye_out, dye_inbox, cell, passed, hop, bits, left, came,
):  # fmt: skip
    """Move dye with the payments of `pay_along_edges`.

    Of each payment the share dye / balance of the payer's opening account is dyed. The share is
    rounded down, so that a payment of p pence never carries more than 1024 p units and a payer
    never parts with more than it holds.

    Parameters
    ----------
    opening : int64[n_rows]
        Balances at the opening of the phase [pence].
    dye : int64[n_rows, n_tags]
        Dye held at the opening of the phase [1/1024 pence].
    dye_out, dye_inbox : int64[n_rows, n_tags], updated
        Dye that leaves and dye that arrives; `fold_dye` carries both into `dye`.
    cell : int32[n_rows]
        Area x institution cell of each row.
    passed : int64[n_cells, n_tags], updated
        Dye that arrives without a hop; untouched where `hop` is 1.
    hop : int
        1 where the payment is a re-spending hop, 0 where it is not.
    bits : int
        A page is 2**bits neighbouring rows.
    left, came : bool[n_pages], updated
        Set for the pages of all whose dye leaves, and to whom it comes.
    """
    tags = dye.shape[1]
    last = tags - 1
    if tags == FOUR:
        _four_along_edges(
            first, budget, linked, start, payee, cum, redirect, opening, dye, dye_out, dye_inbox,
            cell, passed, hop, bits, left, came,
        )  # fmt: skip
        return
    for k in linked:
        whole = budget[k]
        row = first + k
        if whole <= 0 or first_tag(dye, row) == tags:
            continue
        left[row >> bits] = True
        part = ROUND_DOWN / opening[row]
        before = 0
        for e in range(start[k], start[k + 1]):
            upto = (whole * cum[e]) >> 16
            pence = upto - before
            before = upto
            to = redirect[payee[e]]
            if to < 0:
                continue
            came[to >> bits] = True
            for t in range(tags):
                units = int(pence * (dye[row, t] * part))
                dye_out[row, t] += units
                dye_inbox[to, min(t + hop, last)] += units
                if hop == 0:
                    passed[cell[to], t] += units


@njit(cache=True)
def _four_along_edges(
    first, budget, linked, start, payee, cum, redirect,
    opening, dye, dye_out, dye_inbox, cell, passed, hop, bits, left, came,
):  # fmt: skip
    """Do the work of `dye_along_edges` for four tags, unrolled: more than twice as fast."""
    for k in linked:
        whole = budget[k]
        row = INDEX(first + k)
        if whole <= 0 or (dye[row, 0] | dye[row, 1] | dye[row, 2] | dye[row, 3]) == 0:
            continue
        left[INDEX((first + k) >> bits)] = True
        part = ROUND_DOWN / opening[row]
        a, b, c, d = dye[row, 0] * part, dye[row, 1] * part, dye[row, 2] * part, dye[row, 3] * part
        gone_a, gone_b, gone_c, gone_d = 0, 0, 0, 0
        before = 0
        for e in range(INDEX(start[k]), INDEX(start[k + 1])):
            upto = (whole * cum[e]) >> 16
            pence = upto - before
            before = upto
            to = redirect[INDEX(payee[e])]
            if to < 0:
                continue
            came[INDEX(to >> bits)] = True
            p, q, r, s = int(pence * a), int(pence * b), int(pence * c), int(pence * d)
            gone_a += p
            gone_b += q
            gone_c += r
            gone_d += s
            into = INDEX(to)
            if hop == 1:
                dye_inbox[into, 1] += p
                dye_inbox[into, 2] += q
                dye_inbox[into, 3] += r + s
            else:
                dye_inbox[into, 0] += p
                dye_inbox[into, 1] += q
                dye_inbox[into, 2] += r
                dye_inbox[into, 3] += s
                place = INDEX(cell[into])
                passed[place, 0] += p
                passed[place, 1] += q
                passed[place, 2] += r
                passed[place, 3] += s
        dye_out[row, 0] += gone_a
        dye_out[row, 1] += gone_b
        dye_out[row, 2] += gone_c
        dye_out[row, 3] += gone_d


@njit(cache=True)
def first_tag(dye, row):
    """Return the first tag of which a row holds dye, the number of tags where it holds none."""
    for t in range(dye.shape[1]):
        if dye[row, t] != 0:
            return t
    return dye.shape[1]


@njit(cache=True)
def dye_list(payer, payee, pence, opening, dye, dye_out, dye_inbox, cell, passed, hop):
    """Move dye with listed payments, each at its payer's opening share; see `dye_along_edges`.

    Parameters
    ----------
    opening : int64[n_rows]
        Balances at the opening of the phase [pence].
    dye_out, dye_inbox : int64[n_rows, n_tags], updated
        Dye that leaves and dye that arrives.
    """
    tags = dye.shape[1]
    last = tags - 1
    for k in range(pence.size):
        row = payer[k]
        if pence[k] == 0 or opening[row] <= 0:
            continue
        low = first_tag(dye, row)
        part = ROUND_DOWN / opening[row]
        to = payee[k]
        for t in range(low, tags):
            units = int(pence[k] * (dye[row, t] * part))
            dye_out[row, t] += units
            dye_inbox[to, min(t + hop, last)] += units
            if hop == 0:
                passed[cell[to], t] += units


@njit(cache=True)
def fold_dye(
    balance, dye, dye_out, dye_inbox, rounding, cell, arrived, bits, left, came
):  # fmt: skip
    """Carry moved dye into the dye held; what rounding leaves above the balance is let go.

    Parameters
    ----------
    balance : int64[n_rows]
        Balances after the fold [pence].
    dye, dye_out, dye_inbox : int64[n_rows, n_tags], updated
        Dye held, gone and received [1/1024 pence]; the last two are emptied.
    rounding : int64[n_tags], updated
        Dye let go so that no account holds more dye than money.
    cell : int32[n_rows]
        Area x institution cell of each row.
    arrived : int64[n_cells, n_tags], updated
        Dye that arrived in this phase, by cell.
    bits : int
        A page is 2**bits neighbouring rows.
    left, came : bool[n_pages], updated
        Pages on which dye has left an account, and come to one; none is marked after.
    """
    for page in range(left.size):
        gone, come = left[page], came[page]
        if not (gone or come):
            continue
        left[page] = False
        came[page] = False
        begin, end = INDEX(page << bits), INDEX(min((page + 1) << bits, balance.size))
        if dye.shape[1] == FOUR:
            _fold_page(
                FOUR, begin, end, gone, come, balance, dye, dye_out, dye_inbox, rounding, cell,
                arrived,
            )  # fmt: skip
        else:
            _fold_page(
                dye.shape[1], begin, end, gone, come, balance, dye, dye_out, dye_inbox, rounding,
                cell, arrived,
            )  # fmt: skip


@njit(inline="always")
def _fold_page(
    tags, begin, end, gone, come, balance, dye, dye_out, dye_inbox, rounding, cell, arrived
):  # fmt: skip
    """Fold the dye of rows `begin .. end - 1`, from which it has gone or to which it has come."""
    if gone:
        for row in range(begin, end):
            for t in range(tags):
                dye[row, t] -= dye_out[row, t]
                dye_out[row, t] = 0
    if come:
        for row in range(begin, end):
            some = 0
            for t in range(tags):
                some |= dye_inbox[row, t]
            if some == 0:
                continue
            for t in range(tags):
                arrived[cell[row], t] += dye_inbox[row, t]
                dye[row, t] += dye_inbox[row, t]
                dye_inbox[row, t] = 0
    for row in range(begin, end):
        excess = -max(balance[row], 0) * 1024
        for t in range(tags):
            excess += dye[row, t]
        t = 0
        while excess > 0 and t < tags:
            units = min(excess, dye[row, t])
            dye[row, t] -= units
            rounding[t] += units
            excess -= units
            t += 1


@njit(cache=True)
def sink_dye(rows, dye, cell, sunk):
    """Take all dye out of some rows and count it as sunk where they stand.

    Parameters
    ----------
    rows : int32[m]
        Rows at which dye ends.
    dye : int64[n_rows, n_tags], updated
        Dye held or on its way [1/1024 pence].
    cell : int32[n_rows]
        Area x institution cell of each row.
    sunk : int64[n_cells, n_tags], updated
        Dye that has left the circuit.
    """
    for row in rows:
        for t in range(dye.shape[1]):
            sunk[cell[row], t] += dye[row, t]
            dye[row, t] = 0


@njit(cache=True)
def audit_dye(balance, dye, cell, cells):
    """Sum dye by cell and tag, and look for accounts that hold more of it than they can.

    Parameters
    ----------
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
    if dye.shape[1] == FOUR:
        return _audit(FOUR, balance, dye, cell, cells)
    return _audit(dye.shape[1], balance, dye, cell, cells)


@njit(inline="always")
def _audit(tags, balance, dye, cell, cells):
    """Do the work of `audit_dye` for a number of tags that the compiler may know."""
    over = 0
    lowest = 0
    for row in range(balance.size):
        held = 0
        some = 0
        for t in range(tags):
            held += dye[row, t]
            some |= dye[row, t]
        if some == 0:
            continue
        for t in range(tags):
            lowest = min(lowest, dye[row, t])
            cells[cell[row], t] += dye[row, t]
        over = max(over, held - max(balance[row], 0) * 1024)
    return over, lowest


@njit(cache=True)
def move_dye(first, pence, sign, source, source_dye, target_dye):
    """Move dye between two accounts of the same owner, with its share of what is moved.

    The share is rounded down; what would then lie above the balance that stays moves too, so that
    neither account ever holds more dye than money.

    Parameters
    ----------
    first : int
        Row of the first owner; owner k is row `first + k`.
    pence : int64[n_owners]
        What moves from the source account to the target account, where it has the given sign.
    sign : int
        1 or -1; `pence` of the other sign moves nothing.
    source : int64[n_rows]
        Balances of the source accounts before the move [pence].
    source_dye, target_dye : int64[n_rows, n_tags], updated
        Dye held in both [1/1024 pence].
    """
    if source_dye.shape[1] == FOUR:
        _move(FOUR, first, pence, sign, source, source_dye, target_dye)
    else:
        _move(source_dye.shape[1], first, pence, sign, source, source_dye, target_dye)


@njit(inline="always")
def _move(tags, first, pence, sign, source, source_dye, target_dye):
    """Do the work of `move_dye` for a number of tags that the compiler may know."""
    for k in range(pence.size):
        row = first + k
        moved = pence[k] * sign
        if moved <= 0 or source[row] <= 0:
            continue
        some = 0
        for t in range(tags):
            some |= source_dye[row, t]
        if some == 0:
            continue
        rate = (moved / float(source[row])) * ROUND_DOWN
        excess = -1024 * (source[row] - moved)
        for t in range(tags):
            units = int(source_dye[row, t] * rate)
            source_dye[row, t] -= units
            target_dye[row, t] += units
            excess += source_dye[row, t]
        t = 0
        while excess > 0 and t < tags:
            units = min(excess, source_dye[row, t])
            source_dye[row, t] -= units
            target_dye[row, t] += units
            excess -= units
            t += 1
