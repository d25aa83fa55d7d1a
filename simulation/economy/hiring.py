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
    total, posts = heads + commuters, town.now.posts
    hires, cuts = np.maximum(posts - total, 0), np.maximum(total - posts, 0)
    luck = streams.uniform(town.seed, Purpose.HIRE, _uids(town), town.month)
    share_cut = np.where(total > 0, heads / np.maximum(total, 1), 0.0)
    cut_heads = np.minimum(np.floor(cuts * share_cut + luck).astype(np.int64), heads)
    cut_heads = np.minimum(cut_heads, cuts)
    hire_heads = np.floor(hires * _resident_chance(town) + luck).astype(np.int64)
    hire_heads = np.minimum(hire_heads, hires)
    _set_aggregate_jobs(town, np.maximum(commuters + (hires - hire_heads) - (cuts - cut_heads), 0))
    lay_off(town, cut_heads)
    match(town, hire_heads)


def _employers(town: Town) -> NDArray[np.int32]:
    """Party rows of everyone who employs: trading rows, then public buyers."""
    firms = np.arange(town.n_firms, dtype=np.int32)
    return np.concatenate([firms, town.economy.buyers.row])


def _uids(town: Town) -> Int64:
    return town.economy.parties.uid[_employers(town)]


def wanted_jobs(town: Town) -> Float64:
    """Return the jobs that each employer wants: firms by expected sales, buyers as at the start."""
    firms = town.economy.firms
    wanted = firms.sales_expected * town.now.jobs_per_sale
    return np.concatenate([np.where(firms.alive, wanted, 0.0), town.now.buyer_jobs])


def _heads(town: Town) -> Int64:
    workers = town.economy.workers
    counts = np.zeros(town.economy.parties.uid.size, dtype=np.int64)
    np.add.at(counts, workers.employer[workers.status == 2], 1)
    return counts[_employers(town)]


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
    lot = streams.uniform(town.seed, Purpose.LEAVE, _uids(town), town.month)
    rate = town.a["labour.separation_rate"] + town.now.move_rate
    leaving = np.floor(jobs * rate + lot).astype(np.int64)
    return jobs - np.minimum(leaving, jobs)


def _set_aggregate_jobs(town: Town, jobs: Int64) -> None:
    """Change commuters' jobs; pay per head stays."""
    for target, part in (
        (town.economy.firms, jobs[: town.n_firms]),
        (town.economy.buyers, jobs[town.n_firms :]),
    ):
        changed = part != target.aggregate_jobs
        each = target.aggregate_payroll // np.maximum(target.aggregate_jobs, 1)
        if target is town.economy.firms:
            each = np.where(target.aggregate_jobs > 0, each, town.economy.firms.wage_pence)
        target.aggregate_payroll[:] = np.where(changed, each * part, target.aggregate_payroll)
        target.aggregate_jobs[:] = part


def move_posts(town: Town, wanted: Float64) -> None:
    """Move each employer's posts towards the jobs it wants; firms hold on to some labour.

    A gap closes at the adjustment speed, in chances where that is less than one post.
    """
    speed = town.a["labour.adjustment_speed"]
    posts = town.now.posts
    gap = wanted - posts
    lot = streams.uniform(town.seed, Purpose.VACANCY, _uids(town), town.month)
    room = np.maximum(gap, 0.0)
    more = np.minimum(np.floor(room * speed + lot), np.floor(room + 0.5))
    hoard = 1.0 + wanted * town.a["labour.hoarding"]
    fewer = np.floor(np.maximum(-gap - hoard, 0.0) * speed + lot)
    posts += (more - np.minimum(fewer, posts)).astype(np.int64)
    posts[wanted <= 0.0] = 0


def _resident_chance(town: Town) -> Float64:
    """Return the chance that a vacancy goes to a resident of the focus."""
    base = town.now.resident_share
    tightness = unemployment(town) / max(town.now.base_unemployment, 1e-9)
    weight = base * tightness
    return weight / np.maximum(weight + (1.0 - base), 1e-12)


def unemployment(town: Town) -> float:
    """Return the unemployment rate of the focus [share of the labour force]."""
    status = town.economy.workers.status
    seeking, working = int((status == 1).sum()), int((status == 2).sum())
    return seeking / max(seeking + working, 1)


def separate(town: Town) -> None:
    """Let some workers leave their jobs for reasons of their own."""
    workers = town.economy.workers
    luck = streams.uniform(town.seed, Purpose.QUIT, workers.uid, town.month)
    leaves = (workers.status == 2) & (luck < town.a["labour.separation_rate"])
    workers.status[leaves] = 1
    workers.employer[leaves] = -1


def lay_off(town: Town, cuts: Int64) -> None:
    """Lay off the stated number of resident workers of each employer, chosen by lot."""
    if not cuts.any():
        return
    workers = town.economy.workers
    quota = np.zeros(town.economy.parties.uid.size, dtype=np.int64)
    quota[_employers(town)] = cuts
    employed = np.flatnonzero(workers.status == 2)
    at_risk = employed[quota[workers.employer[employed]] > 0]
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
    economy, workers = town.economy, town.economy.workers
    employers = _employers(town)
    open_at = np.repeat(employers, hires)
    if open_at.size == 0:
        return
    wages = offered_wage(town)
    slots = open_at[np.lexsort((economy.parties.uid[open_at], -wages[open_at]))]
    lot = streams.uniform(town.seed, Purpose.SEARCH, workers.uid, town.month)
    searching = (workers.status == 2) & (lot < town.a["labour.search_on_the_job"])
    seekers = np.flatnonzero((workers.status == 1) | searching)
    seekers = seekers[np.lexsort((workers.uid[seekers], lot[seekers]))]
    met = min(slots.size, seekers.size)
    seekers, slots = seekers[:met], slots[:met]
    pay = (wages[slots] * workers.skill[seekers]).astype(np.int64)
    better = pay > workers.wage_pence[seekers] * (1.0 + town.a["labour.move_premium"])
    moves = (workers.status[seekers] == 1) | better
    seekers, slots, pay = seekers[moves], slots[moves], pay[moves]
    moved = int((workers.status[seekers] == 2).sum())
    town.now.move_rate = moved / max(int((workers.status == 2).sum()), 1)
    workers.employer[seekers] = slots
    workers.status[seekers] = 2
    workers.wage_pence[seekers] = pay


def offered_wage(town: Town) -> Int64:
    """Return the monthly pay that each row offers a worker of skill one [pence]."""
    wages = np.zeros(town.economy.parties.uid.size, dtype=np.int64)
    wages[: town.n_firms] = town.economy.firms.wage_pence
    wages[town.economy.buyers.row] = town.economy.buyers.wage_pence
    return wages


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
    economy, focus = town.economy, town.economy.areas.focus
    area = economy.parties.area
    here = np.where(area[: town.n_firms] == focus, factor, 1.0)
    employer = np.maximum(economy.workers.employer, 0)
    works_here = (economy.workers.employer >= 0) & (area[employer] == focus)
    at_home = np.where(works_here, factor, 1.0)
    firms, workers = economy.firms, economy.workers
    workers.wage_pence[:] = (workers.wage_pence * at_home).astype(np.int64)
    firms.wage_pence[:] = (firms.wage_pence * here).astype(np.int64)
    firms.aggregate_payroll[:] = (firms.aggregate_payroll * here).astype(np.int64)
