"""Firms hire and lay off; who is hired leaves a job, so one vacancy opens the next.

Wanted jobs follow expected sales at the firm's own labour requirement. A vacancy goes to a
resident of the focus or to a commuter by the home x work matrix and by how many residents are
looking for work. Residents are matched in a random order that is theirs, to the best paid
vacancies first; people in work move only for better pay.
"""

import numpy as np
from numpy.typing import NDArray

from simulation import streams
from simulation.economy.town import Town
from simulation.kernels import adjusting, counting, trading
from simulation.kernels.ordering import order_by
from simulation.streams import Purpose

Int64 = NDArray[np.int64]
Float64 = NDArray[np.float64]


def adjust_jobs(town: Town) -> None:
    """Separate, lay off and hire, in this order.

    A firm keeps a number of posts that moves towards the jobs it wants; posts left empty are
    filled at once where somebody can be found, posts too many are cut.
    """
    separate(town)
    move_posts(town, wanted_jobs(town))
    heads, commuters = _heads(town), _staying_commuters(town)
    tightness = unemployment(town) / max(town.now.base_unemployment, 1e-9)
    hires, cuts = np.empty_like(heads), np.empty_like(heads)
    adjusting.split_vacancies(
        town.now.posts, heads, tightness, town.now.resident_share, _lots(town, Purpose.HIRE),
        commuters, hires, cuts,
    )  # fmt: skip
    _set_aggregate_jobs(town, commuters)
    lay_off(town, cuts)
    match(town, hires)


def _employers(town: Town) -> NDArray[np.int32]:
    """Party rows of everyone who employs: trading rows, then public buyers."""
    firms = np.arange(town.n_firms, dtype=np.int32)
    return np.concatenate([firms, town.economy.buyers.row])


def _of_employers(town: Town, column: Int64) -> Int64:
    """Take the rows of everyone who employs out of a column of accounts."""
    return np.concatenate([column[: town.n_firms], column[town.economy.buyers.row]])


def _lots(town: Town, purpose: Purpose) -> Float64:
    """Draw the month's lot of everyone who employs."""
    uid = _of_employers(town, town.economy.parties.uid)
    return streams.uniform(town.seed, purpose, uid, town.month)


def wanted_jobs(town: Town) -> Float64:
    """Return the jobs that each employer wants: firms by expected sales, buyers as at the start."""
    firms = town.economy.firms
    wanted = firms.sales_expected * town.now.jobs_per_sale
    return np.concatenate([np.where(firms.alive, wanted, 0.0), town.now.buyer_jobs])


def _heads(town: Town) -> Int64:
    counts = np.zeros(_rows(town), dtype=np.int64)
    counting.count_staff(town.economy.workers.employer, counts)
    return _of_employers(town, counts)


def _rows(town: Town) -> int:
    """How many rows there are up to the last that employs somebody."""
    return town.links.payroll.start.size - 1


def _aggregate_jobs(town: Town) -> Int64:
    economy = town.economy
    jobs = np.concatenate([economy.firms.aggregate_jobs, economy.buyers.aggregate_jobs])
    return jobs.astype(np.int64)


def _staying_commuters(town: Town) -> Int64:
    """Let commuters leave their jobs at the residents' rate, in chances below one job.

    Residents leave for no job or, last month's rate, for a better one; a commuter's vacancy is
    open to residents as a resident's is to commuters.
    """
    jobs = _aggregate_jobs(town)
    lot = _lots(town, Purpose.LEAVE)
    rate = town.a["labour.separation_rate"] + town.now.move_rate
    leaving = np.floor(jobs * rate + lot).astype(np.int64)
    return jobs - np.minimum(leaving, jobs)


def _set_aggregate_jobs(town: Town, jobs: Int64) -> None:
    """Change commuters' jobs; pay per head stays."""
    firms, buyers = town.economy.firms, town.economy.buyers
    for target, part in ((firms, jobs[: town.n_firms]), (buyers, jobs[town.n_firms :])):
        rows = np.flatnonzero(part != target.aggregate_jobs)
        before = target.aggregate_jobs[rows]
        each = target.aggregate_payroll[rows] // np.maximum(before, 1)
        if target is firms:
            each = np.where(before > 0, each, firms.wage_pence[rows])
        target.aggregate_payroll[rows] = each * part[rows]
        target.aggregate_jobs[rows] = part[rows]


def move_posts(town: Town, wanted: Float64) -> None:
    """Move each employer's posts towards the jobs it wants; firms hold on to some labour.

    A gap closes at the adjustment speed, in chances where that is less than one post.
    """
    adjusting.move_posts(
        town.a["labour.adjustment_speed"], town.a["labour.hoarding"], wanted,
        _lots(town, Purpose.VACANCY), town.now.posts,
    )  # fmt: skip


def unemployment(town: Town) -> float:
    """Return the unemployment rate of the focus [share of the labour force]."""
    status = town.economy.workers.status
    seeking, working = int(np.count_nonzero(status == 1)), int(np.count_nonzero(status == 2))
    return seeking / max(seeking + working, 1)


def separate(town: Town) -> None:
    """Let some workers leave their jobs for reasons of their own."""
    workers, rate = town.economy.workers, town.a["labour.separation_rate"]
    lucky = streams.below(town.seed, Purpose.QUIT, workers.uid, town.month, rate)
    leaves = np.flatnonzero(lucky)
    leaves = leaves[workers.status[leaves] == 2]
    workers.status[leaves] = 1
    workers.employer[leaves] = -1


def lay_off(town: Town, cuts: Int64) -> None:
    """Lay off the stated number of resident workers of each employer, chosen by lot."""
    if not cuts.any():
        return
    workers = town.economy.workers
    quota = np.zeros(_rows(town), dtype=np.int64)
    quota[_employers(town)] = cuts
    at_risk = trading.staff_of(quota > 0, workers.employer, workers.status)
    lot = streams.uniform(town.seed, Purpose.LAYOFF, workers.uid[at_risk], town.month)
    order = np.lexsort((workers.uid[at_risk], lot, workers.employer[at_risk]))
    ranked = at_risk[order]
    employer = workers.employer[ranked]
    begins = np.searchsorted(employer, employer, side="left")
    gone = ranked[np.arange(ranked.size) - begins < quota[employer]]
    workers.status[gone] = 1
    workers.employer[gone] = -1


def match(town: Town, hires: Int64) -> None:
    """Fill vacancies with residents: best paid vacancy first, seekers in an order of their own."""
    workers = town.economy.workers
    hiring = np.flatnonzero(hires > 0)
    if hiring.size == 0:
        return
    wages = offered_wage(town)
    uid = _of_employers(town, town.economy.parties.uid)
    best_first = hiring[order_by(uid[hiring], -wages[hiring])]
    vacancies = np.repeat(best_first, hires[best_first])
    seekers = _first_seekers(town, vacancies.size)
    vacancies = vacancies[: seekers.size]
    pay = (wages[vacancies] * workers.skill[seekers]).astype(np.int64)
    better = pay > workers.wage_pence[seekers] * (1.0 + town.a["labour.move_premium"])
    moves = (workers.status[seekers] == 1) | better
    seekers, vacancies, pay = seekers[moves], vacancies[moves], pay[moves]
    moved = int(np.count_nonzero(workers.status[seekers] == 2))
    town.now.move_rate = moved / max(int(np.count_nonzero(workers.status == 2)), 1)
    workers.employer[seekers] = _employers(town)[vacancies]
    workers.status[seekers] = 2
    workers.wage_pence[seekers] = pay


def _first_seekers(town: Town, most: int) -> Int64:
    """Return those who look for work and have the lowest lots, in the order of their lots."""
    seekers, lot = _seekers(town, _bound(town, 1.2 * most + 20.0))
    if seekers.size < most:
        seekers, lot = _seekers(town, 1.0)
    return seekers[order_by(town.economy.workers.uid[seekers], lot)[:most]]


def _bound(town: Town, wanted: float) -> float:
    """Return the lot below which about so many look for work."""
    status, rate = town.economy.workers.status, town.a["labour.search_on_the_job"]
    idle, working = int(np.count_nonzero(status == 1)), int(np.count_nonzero(status == 2))
    bound = wanted / max(idle + working, 1)
    if bound > rate:
        bound = (wanted - working * rate) / max(idle, 1)
    return min(bound, 1.0)


def _seekers(town: Town, upto: float) -> tuple[Int64, Float64]:
    """Return those who look for work and have lots below a bound, with their lots.

    Everybody in search has a lot; who has a job is in search where the lot is low.
    """
    workers, rate = town.economy.workers, town.a["labour.search_on_the_job"]
    near = streams.below(town.seed, Purpose.SEARCH, workers.uid, town.month, upto)
    rows = np.flatnonzero(near)
    status = workers.status[rows]
    lot = streams.uniform(town.seed, Purpose.SEARCH, workers.uid[rows], town.month)
    some = (status == 1) | ((status == 2) & (lot < rate))
    return rows[some], lot[some]


def offered_wage(town: Town) -> Int64:
    """Return the monthly pay that each employer offers a worker of skill one [pence]."""
    return np.concatenate([town.economy.firms.wage_pence, town.economy.buyers.wage_pence])


def review_wages(town: Town) -> None:
    """Once a year, let pay in the focus answer how tight its labour market is (a wage curve).

    Blanchflower and Oswald (1994): the level of pay falls as local unemployment rises;
    `labour.wage_slope` is the change of pay for a doubling of unemployment, sign turned.
    """
    if town.calendar % 12 != 3:
        return
    tight = 1.0 - unemployment(town) / max(town.now.base_unemployment, 1e-9)
    level = 1.0 + town.a["labour.wage_slope"] * max(min(tight, 1.0), -1.0)
    factor = level / town.now.wage_level
    town.now.wage_level = level
    area, focus = town.economy.parties.area, town.economy.areas.focus
    firms, workers = town.economy.firms, town.economy.workers
    adjusting.scale_pay(factor, focus, area, workers.employer, workers.wage_pence)
    here = np.where(area[: town.n_firms] == focus, factor, 1.0)
    firms.wage_pence[:] = (firms.wage_pence * here).astype(np.int64)
    firms.aggregate_payroll[:] = (firms.aggregate_payroll * here).astype(np.int64)
