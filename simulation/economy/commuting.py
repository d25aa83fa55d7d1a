"""Who travels where to work, where no census table says: a doubly constrained gravity model.

People go from home to work in proportion to residents in work, jobs and a power of the distance,
balanced until every home sends its residents in work and every workplace gets its jobs (Wilson
1967, Transportation Research 1; the balancing is that of Furness 1965 and of Deming and Stephan
1940). Flows of a few people are left out and the rest balanced again; whole people are then found
so that both margins hold exactly.
"""

import numpy as np

from scenarios.assumptions import Assumptions
from scenarios.errors import PoundflowError
from simulation.economy.apportion import largest_remainder, row_totals, total
from simulation.economy.columns import Bool, Float64, Int64
from simulation.kernels import maths

ROUNDS = 2000
"""Balancing stops at the latest here; England needs about 400."""

CLOSE = 0.5
"""Balanced when no home sends more than half a person above or below its residents in work."""

STRIDE = 25
"""After so many rounds the slowest gap is closed at a stroke, as a geometric series (Aitken)."""

FARTHEST = 1000.0
"""Rounds that one stroke may stand for."""

UTMOST = 1e100
"""Factors beyond this, or below its inverse, show margins that the flows cannot meet."""

PI = 3.141592653589793


class UnservedMarginsError(PoundflowError):
    """Raised when whole people cannot be found for all homes and workplaces."""

    def __init__(self, people: int) -> None:
        super().__init__(
            f"Commuters of the gravity model miss residents in work and jobs by {people} people; "
            "wanted every home and every workplace served to the person. Look for an area without "
            "a distance to any other, or write its flows into the scenario as [[commuting]]."
        )
        self.people = people

    def __reduce__(self) -> tuple[type, tuple[int]]:
        return type(self), (self.people,)


def gravity_commuters(
    workers: Int64, jobs: Int64, distance_km: Float64, land_km2: Float64, a: Assumptions
) -> Int64:
    """Make the home x work matrix of all areas.

    Parameters
    ----------
    workers, jobs : int64[A]
        Residents in work and jobs; zero in areas that hold neither. Where the two differ in sum,
        jobs are taken in proportion.
    distance_km : float64[A, A]
        Centre to centre; what stands on the diagonal holds for areas without land.
    land_km2 : float64[A]
        Land of each area, not a number where unknown.
    a : Assumptions
        `commuting.power`, `commuting.offset_km`, `commuting.least_people`.

    Returns
    -------
    int64[A, A]
        Rows sum to `workers`, columns to `jobs` (in proportion). Flows that would be below
        `commuting.least_people` are left out, but for the largest out of each home and into each
        workplace, and for what the margins need besides. Where nobody has a job to offer, all work
        where they live.
    """
    out = np.zeros(distance_km.shape, dtype=np.int64)
    offered = largest_remainder(int(workers.sum()), jobs.astype(np.float64))
    rows, columns = np.flatnonzero(workers > 0), np.flatnonzero(offered > 0)
    if columns.size == 0:
        out[rows, rows] = workers[rows]
        return out
    send, take = workers[rows], offered[columns]
    apart = _apart(distance_km, land_km2) + a["commuting.offset_km"]
    pull = maths.power(apart[np.ix_(rows, columns)], -a["commuting.power"])
    people = balanced(pull, send, take)
    home = rows[:, None] == columns[None, :]
    kept = _kept(people, home, a["commuting.least_people"])
    people = balanced(np.where(kept, pull, 0.0), send, take)
    out[np.ix_(rows, columns)] = whole_people(people, send, take)
    return out


def balanced(pull: Float64, send: Int64, take: Int64) -> Float64:
    """Scale rows and columns of a matrix in turn until both margins hold.

    Parameters
    ----------
    pull : float64[R, C]
        None negative; every row and every column with something above zero.
    send, take : int64[R], int64[C]
        Margins, of equal sum.

    Returns
    -------
    float64[R, C]
        Columns sum to `take`; rows to `send` within `CLOSE` people where the margins can be met in
        `ROUNDS` rounds.
    """
    across = np.ascontiguousarray(pull.T)
    wanted, offered = send.astype(np.float64), take.astype(np.float64)
    column, off = np.ones(take.size), 0.0
    for number in range(1, ROUNDS + 1):
        before, last = column, off
        row = wanted / row_totals(pull * column[None, :])
        column = offered / row_totals(across * row[None, :])
        gap = np.abs(row * row_totals(pull * column[None, :]) - wanted)
        off = total(gap)
        if bool((gap <= CLOSE).all()) or column.max() > UTMOST or column.min() < 1.0 / UTMOST:
            break
        if number % STRIDE == 0 and number < ROUNDS and off < last:
            stroke = maths.power(column / before, min(off / (last - off), FARTHEST))
            column = np.clip(column * stroke, 1.0 / UTMOST, UTMOST)
    out: Float64 = row[:, None] * pull * column[None, :]
    return out


def whole_people(people: Float64, send: Int64, take: Int64) -> Int64:
    """Find whole numbers near a balanced matrix, with both margins exact.

    Each row is split by largest remainder. What a column then has too many or too few of is handed
    along a tree of columns, each beside the column that shares its largest flow, within one row at
    a time, until none is left; whoever has too few waits until it has been handed some itself.

    Parameters
    ----------
    people : float64[R, C]
        Nearly balanced.
    send, take : int64[R], int64[C]
        Margins, of equal sum.

    Returns
    -------
    int64[R, C]
        None negative; rows sum to `send`, columns to `take`.

    Raises
    ------
    UnservedMarginsError
        When the margins differ in sum, or somebody's row holds nothing to split.
    """
    out = np.stack(
        [largest_remainder(int(many), row) for many, row in zip(send, people, strict=True)]
    )
    waiting, over = [], out.sum(axis=0) - take
    for column, parent in _tree(out):
        ends = (column, parent) if over[column] > 0 else (parent, column)
        waiting.append((*ends, abs(int(over[column]))))
        over[parent] += over[column]
    while True:
        still = [one for one in waiting if not _hand_over(out, *one)]
        if len(still) == len(waiting):
            break
        waiting = still
    missed = np.abs(out.sum(axis=0) - take).sum() + np.abs(out.sum(axis=1) - send).sum()
    if missed:
        raise UnservedMarginsError(int(missed))
    return out


def _apart(distance_km: Float64, land_km2: Float64) -> Float64:
    """Put half the radius of a circle of an area's land in the place of its own distance."""
    out = distance_km.copy()
    known = np.flatnonzero(land_km2 > 0.0)
    out[known, known] = 0.5 * np.sqrt(land_km2[known] / PI)
    return out


def _kept(people: Float64, home: Bool, least: float) -> Bool:
    """Flows of enough people, those that stay, and the largest out of and into each area."""
    away = np.where(home, 0.0, people)
    kept = (people >= least) | home
    kept[np.arange(people.shape[0]), np.argmax(away, axis=1)] = True
    kept[np.argmax(away, axis=0), np.arange(people.shape[1])] = True
    return kept


def _tree(flows: Int64) -> list[tuple[int, int]]:
    """Hang columns below each other, leaves first: Prim's tree of the largest shared flows."""
    size = flows.shape[1]
    found = np.zeros(size, dtype=np.bool_)
    best = np.full(size, -1, dtype=np.int64)
    parent = np.zeros(size, dtype=np.int64)
    order: list[tuple[int, int]] = []
    here = int(np.argmax(flows.sum(axis=0)))
    for _ in range(size - 1):
        found[here] = True
        shared = np.minimum(flows, flows[:, here][:, None]).max(axis=0)
        better = ~found & (shared > best)
        best[better], parent[better] = shared[better], here
        here = int(np.argmax(np.where(found, -1, best)))
        order.append((here, int(parent[here])))
    return order[::-1]


def _hand_over(out: Int64, giver: int, getter: int, many: int) -> bool:
    """Move people between columns where both are largest; nobody where there are too few."""
    if int(out[:, giver].sum()) < many:
        return False
    order = np.argsort(-np.minimum(out[:, giver], out[:, getter]), kind="stable")
    for row in order.tolist():
        moved = min(many, int(out[row, giver]))
        out[row, giver] -= moved
        out[row, getter] += moved
        many -= moved
    return True
