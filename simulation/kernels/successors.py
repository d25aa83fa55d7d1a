"""Finds who serves the customers of firms that have closed: another of the same class, by uid."""

from simulation.kernels.compiling import kernel, part


@kernel
def find_successors(begins, order, uid, alive, expected, room, successor):
    """Name the row that receives in place of each row: itself while it is open.

    Parameters
    ----------
    begins : int64[n_classes + 1]
        Rows `order[begins[c] : begins[c + 1]]` are of one class and sector.
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
        closed, last = 0, uid[order[begin]]
        for at in range(begin, end):
            row = order[at]
            successor[row] = row
            closed += not alive[row]
            if uid[row] < last:
                _move_back(order, begin, at, uid)
            else:
                last = uid[row]
        if closed == 0:
            continue
        many = 0
        for at in range(begin, end):
            row = order[at]
            if alive[row] and expected[row] > 0:
                room[many] = row
                many += 1
        for at in range(begin, end):
            row = order[at]
            if not alive[row]:
                successor[row] = room[uid[row] % many] if many > 0 else -1


@part
def _move_back(order, begin, at, uid):
    """Move the row at a place back to where it stands among those before it, by uid."""
    row = order[at]
    while at > begin and uid[order[at - 1]] > uid[row]:
        order[at] = order[at - 1]
        at -= 1
    order[at] = row
