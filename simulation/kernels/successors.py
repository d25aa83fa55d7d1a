"""Finds who serves the customers of firms that have closed: another of the same class, by uid."""

from simulation.kernels.compiling import kernel, part


@kernel
def find_successors(begins, order, uid, alive, expected, room, successor):
    """Name the row that receives in place of each row: itself while it is open.

    Parameters
    ----------
    begins : int64[n_classes + 1]
        Rows `order[begins[c] : begins[c + 1]]` are of one class.
    order : int32[n], updated
        Rows, put in the order of uid within their class; few stand out of it.
    uid : int64[n]
    alive : bool[n]
        Rows in business.
    expected : int64[n]
        Expected sales [pence]; who expects none succeeds nobody.
    room : int32[n], written
        Room to work in.
    successor : int32[n], written
        -1 where a closed row's class has nobody left.
    """
    for c in range(begins.size - 1):
        begin, end = begins[c], begins[c + 1]
        _put_in_order(order, begin, end, uid)
        many, closed = 0, 0
        for at in range(begin, end):
            row = order[at]
            successor[row] = row
            closed += not alive[row]
            if alive[row] and expected[row] > 0:
                room[many] = row
                many += 1
        if closed == 0:
            continue
        for at in range(begin, end):
            row = order[at]
            if not alive[row]:
                successor[row] = room[uid[row] % many] if many > 0 else -1


@part
def _put_in_order(order, begin, end, uid):
    """Sort rows by uid, each moved back to its place; those that stand in order are let be."""
    for at in range(begin + 1, end):
        row = order[at]
        place = at
        while place > begin and uid[order[place - 1]] > uid[row]:
            order[place] = order[place - 1]
            place -= 1
        order[place] = row
