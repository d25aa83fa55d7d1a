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
    """Separate, lay off and hire, in this order."""
    separate(town)
    rows = town.n_firms + town.economy.buyers.row.size
    wanted = wanted_jobs(town)
    heads = _heads(town)
    total = heads + _aggregate_jobs(town)
    gap = wanted - total
    hires, cuts = _whole_changes(town, gap, wanted)
    residents = _resident_chance(town)
    luck = streams.uniform(town.seed, Purpose.HIRE, _uids(town), town.month)
    share_cut = np.where(total > 0, heads / np.maximum(total, 1), 0.0)
    cut_heads = np.minimum(np.floor(cuts * share_cut + luck).astype(np.int64), heads)
    hire_heads = np.floor(hires * residents + luck).astype(np.int64)
    commuters = _aggregate_jobs(town) + (hires - hire_heads) - (cuts - cut_heads)
    _set_aggregate_jobs(town, np.maximum(commuters, 0))
    lay_off(town, cut_heads)
    match(town, np.minimum(hire_heads, hires), rows)


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


def _whole_changes(town: Town, gap: Float64, wanted: Float64) -> tuple[Int64, Int64]:
    """Turn a wish for jobs into whole hires and lay-offs; firms hold on to some labour."""
    speed = town.a["labour.adjustment_speed"]
    hoard = 1.0 + wanted * town.a["labour.hoarding"]
    hires = np.floor(np.maximum(gap, 0.0) * speed + 0.5).astype(np.int64)
    single = (gap >= 0.5) & (hires == 0)
    cuts = np.floor(np.maximum(-gap - hoard, 0.0) * speed + 0.5).astype(np.int64)
    return hires + single, cuts


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


def match(town: Town, hires: Int64, rows: int) -> None:
    """Fill vacancies with residents: best paid vacancy first, seekers in an order of their own."""
    economy, workers = town.economy, town.economy.workers
    employers = _employers(town)
    open_at = np.repeat(employers, hires[:rows])
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
    """Once a year, let pay answer how tight the labour market is (a wage curve).

    Blanchflower and Oswald (1994): pay falls as local unemployment rises; `labour.wage_slope` is
    the change of pay for a doubling of unemployment, with its sign turned.
    """
    if town.calendar % 12 != 3:
        return
    tight = 1.0 - unemployment(town) / max(town.now.base_unemployment, 1e-9)
    factor = 1.0 + town.a["labour.wage_slope"] * max(min(tight, 1.0), -1.0)
    economy = town.economy
    for column in (economy.workers.wage_pence, economy.firms.wage_pence):
        column[:] = (column * factor).astype(np.int64)
    economy.firms.aggregate_payroll[:] = (economy.firms.aggregate_payroll * factor).astype(np.int64)
    economy.firms.unit_cost *= 1.0 + (factor - 1.0) * town.a["labour.share_of_cost"]
