"""Files the sheet of a month's payments in order, by kind and pair of classes.

A sheet has one row for each sum that a door of the ledger wrote, as it came, in runs of one kind.
Filing sums rows of equal kind, payer and payee and lays them in that order; most kinds come in one
run that is in order already, and are only copied. What was paid along standing links is summed by
slots, which are in that order; where a kind is paid in no other way its slots are filed as such.
"""

from typing import Any, NamedTuple

from simulation.kernels.accounts import INDEX
from simulation.kernels.compiling import kernel, part
from simulation.kernels.writing import write_row


class Change(NamedTuple):
    """What payments did to deposits.

    Attributes
    ----------
    takes, gives : int64[n_kinds]
        1 where a payment of a kind lowers the payer's deposits, and raises the payee's; else 0.
    saves : int64[n_kinds]
        1 where it raises the payer's savings, -1 where it lowers the payee's, else 0.
    deposits, savings : int64[n_classes], updated
        What each class has more than before [pence].
    """

    takes: Any
    gives: Any
    saves: Any
    deposits: Any
    savings: Any


class Order(NamedTuple):
    """Which rows of a sheet are of which kind, with room to work in.

    Attributes
    ----------
    kinds, begins : int64[n_runs], int64[n_runs + 1]
        Rows `begins[i] : begins[i + 1]` were written together, of one kind.
    before : int64[n_classes]
        Rows of lower classes.
    rows, other_rows : int32[n_room]
        Rows of a kind in the order looked for.
    """

    kinds: Any
    begins: Any
    before: Any
    rows: Any
    other_rows: Any


@kernel
def file_sheet(sheet, order, change, file, ends):
    """File a sheet, and tally what its payments did to deposits and savings.

    Parameters
    ----------
    sheet : Sheet
    order : Order, written
    change : Change, updated
    file : Sheet, written
        Rows by kind, payer and payee, each there once.
    ends : int64[n_kinds], written
        Where the rows of each kind end in the file.

    Returns
    -------
    many, moved : int
        Number and sum of the payments that moved a deposit.
    """
    n, many, moved = 0, 0, 0
    for kind in range(ends.size):
        runs, first = _runs_of(kind, order.kinds)
        filed = n
        if runs == 1 and _rises(sheet, order.begins[first], order.begins[first + 1]):
            n = _copy_run(sheet, order.begins[first], order.begins[first + 1], file, n)
        elif runs > 0:
            rows = _merge_runs(sheet, kind, order)
            if rows < 0:
                rows = _gather(kind, order)
                _sort_by(sheet.payee, rows, order.rows, order.other_rows, order.before)
                _sort_by(sheet.payer, rows, order.other_rows, order.rows, order.before)
            n = _sum_up(sheet, rows, order.rows, file, n)
        ends[kind] = n
        number, sum_of = _tally(file, filed, n, kind, change, None)
        many += number
        moved += sum_of
    return many, moved


@kernel
def file_slots(sums, kind, change, file):
    """File what has been summed by slot, and tally what it did to deposits and savings.

    Parameters
    ----------
    sums : int64[n_slots, 2]
        Pence and number of payments by slot; slots rise by payer class, then payee class.
    kind : int
    change : Change, updated
    file : Sheet of n_slots rows
        `payer` and `payee` are the classes of each slot; `pence` and `count` are written.

    Returns
    -------
    many, moved : int
        Number and sum of the payments that moved a deposit.
    """
    return _tally(file, 0, sums.shape[0], kind, change, sums)


@part
def _runs_of(kind, kinds):
    """Count the runs of a kind; say which is the first."""
    many, first = 0, 0
    for run in range(kinds.size - 1, -1, -1):
        if kinds[run] == kind:
            many += 1
            first = run
    return many, first


@part
def _rises(sheet, begin, end):
    """Say whether rows stand in the order of payer and payee, each pair there once."""
    for row in range(INDEX(begin + 1), INDEX(end)):
        payer, before = sheet.payer[row], sheet.payer[row - INDEX(1)]
        if payer < before:
            return False
        if payer == before and sheet.payee[row] <= sheet.payee[row - INDEX(1)]:
            return False
    return True


@part
def _copy_run(sheet, begin, end, file, n):
    """Copy rows as they stand; return the first row that is free after."""
    _copy_cells(sheet.payer, begin, end, file.payer, n)
    _copy_cells(sheet.payee, begin, end, file.payee, n)
    _copy_cells(sheet.count, begin, end, file.count, n)
    _copy_cells(sheet.pence, begin, end, file.pence, n)
    return n + end - begin


@part
def _copy_cells(column, begin, end, out, to):
    for k in range(INDEX(end - begin)):
        out[INDEX(to) + k] = column[INDEX(begin) + k]


@part
def _merge_runs(sheet, kind, order):
    """List the rows of a kind in order, if each of its runs is; return how many, or -1 if not."""
    n, run = 0, 0
    while run < order.kinds.size and n >= 0:
        begin, end = order.begins[run], order.begins[run + 1]
        if order.kinds[run] == kind:
            if _rises(sheet, begin, end):
                _merge(sheet, order.rows, n, begin, end, order.other_rows)
                n += end - begin
            else:
                n = -1
        run += 1
    return n


@part
def _merge(sheet, rows, n, begin, end, room):
    """Merge the rows of a run into rows that stand in order; equal ones as they were written."""
    place, to, run = 0, 0, begin
    while place < n and run < end:
        row = rows[place]
        payer, other = sheet.payer[row], sheet.payer[run]
        if payer < other or (payer == other and sheet.payee[row] <= sheet.payee[run]):
            room[to] = row
            place += 1
        else:
            room[to] = run
            run += 1
        to += 1
    rest = n - place
    for k in range(rest - 1, -1, -1):
        rows[to + k] = rows[place + k]
    for k in range(to):
        rows[k] = room[k]
    for k in range(end - run):
        rows[to + rest + k] = run + k


@part
def _gather(kind, order):
    """List the rows of a kind; return how many there are."""
    n = 0
    for run in range(order.kinds.size):
        if order.kinds[run] == kind:
            for row in range(order.begins[run], order.begins[run + 1]):
                order.rows[n] = row
                n += 1
    return n


@part
def _sort_by(klass, n, rows, out, before):
    """Sort rows by class, equal ones as they stand."""
    before[:] = 0
    for place in range(n):
        before[klass[rows[place]]] += 1
    total = 0
    for k in range(before.size):
        many = before[k]
        before[k] = total
        total += many
    for place in range(n):
        k = klass[rows[place]]
        out[before[k]] = rows[place]
        before[k] += 1


@part
def _sum_up(sheet, n, rows, file, to):
    """Write rows in an order, those of one pair of classes as one; return the first free row."""
    first = to
    for place in range(n):
        row, last = rows[place], to - 1
        payer, payee = sheet.payer[row], sheet.payee[row]
        if to > first and file.payer[last] == payer and file.payee[last] == payee:
            file.pence[last] += sheet.pence[row]
            file.count[last] += sheet.count[row]
        else:
            write_row(file, to, payer, payee, sheet.pence[row], sheet.count[row])
            to += 1
    return to


@part
def _tally(file, begin, end, kind, change, sums):
    """Note what payments of a kind do to deposits and savings; return their number and sum.

    Neighbouring rows have one payer, whose payments are added up on the way. Where `sums` of slots
    are given, pence and number of payments are first copied from there.
    """
    takes, gives, saves = change.takes[kind], change.gives[kind], change.saves[kind]
    many, moved = 0, 0
    row, last = INDEX(begin), INDEX(end)
    while row < last:
        payer, paid = INDEX(file.payer[row]), 0
        while row < last and INDEX(file.payer[row]) == payer:
            if sums is not None:
                file.pence[row] = sums[row, 0]
                file.count[row] = sums[row, 1]
            payee, pence = INDEX(file.payee[row]), file.pence[row]
            change.deposits[payee] += pence * gives
            if saves < 0:
                change.savings[payee] -= pence
            paid += pence
            many += file.count[row]
            row += INDEX(1)
        change.deposits[payer] -= paid * takes
        if saves > 0:
            change.savings[payer] += paid
        moved += paid
    if not (takes or gives):
        many, moved = 0, 0
    return many, moved
