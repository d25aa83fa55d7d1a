"""Who works where: residents take their seats by the home x work matrix, commuters fill the rest.

A resident of an area whose people are agents works in an area as often as the census says
(origin-destination statistics) and there with an employer in proportion to its jobs. Jobs that no
such resident holds belong to people in account areas; their pay flows to the account rows of those
areas along payroll edges.
"""

from dataclasses import dataclass

import numpy as np

from scenarios.assumptions import Assumptions
from simulation import streams
from simulation.economy.apportion import (
    cumulative_split,
    equal_cum,
    largest_remainder,
    ranks,
    row_totals,
    starts,
)
from simulation.economy.columns import Edges, Float64, Int16, Int32, Int64
from simulation.economy.grouped import Grouped
from simulation.economy.owners import Rows
from simulation.economy.people import DECILES, People
from simulation.economy.place import Place
from simulation.economy.ranking import ranked
from simulation.kernels.labour import EMPLOYED, SEEKING


@dataclass(slots=True)
class Employers:
    """Everyone who employs: trading rows, then public buyers; E rows.

    `row` is the party row; `jobs` all jobs, `buyer_jobs_in` those of buyers by
    area, `wage` typical gross pay [pence a month].
    """

    row: Int32
    uid: Int64
    area: Int16
    jobs: Int64
    wage: Int64
    buyer_jobs_in: Int64

    def vacancies(self) -> list[tuple[Int64, Int64]]:
        """Return by area who has jobs there, in order of uid, and how many.

        Returns
        -------
        list of (int64[m], int64[m])
            Positions among the employers, and their jobs in the area.
        """
        first = self.row.size - self.buyer_jobs_in.shape[0]
        at_home = Grouped(self.area[:first])
        out = []
        for area in range(self.buyer_jobs_in.shape[1]):
            buyers = np.flatnonzero(self.buyer_jobs_in[:, area])
            based = at_home.rows(area)
            who = np.concatenate([based, first + buyers])
            jobs = np.concatenate([self.jobs[based], self.buyer_jobs_in[buyers, area]])
            order = np.argsort(self.uid[who], kind="stable")
            out.append((who[order], jobs[order]))
        return out


def find_seats(place: Place, people: People, employers: Employers, seed: int) -> Int32:
    """Seat every employed resident of the areas that are agents with an employer.

    Parameters
    ----------
    place : Place
        `commuters` decides how many work in each area.
    people : People
        `worker_status` is set to unemployed for those for whom there is no job.
    employers : Employers
    seed : int

    Returns
    -------
    int32[n_workers]
        Party row of the employer, -1 where out of work. No employer seats more than its jobs.
    """
    seat = np.full(people.worker_uid.size, -1, dtype=np.int32)
    home_of = people.area[people.worker_household]
    residents = Grouped(home_of)
    vacancies = employers.vacancies()
    for home in np.flatnonzero(place.agents).tolist():
        here = residents.rows(home)
        here = here[people.worker_status[here] == EMPLOYED]
        draw = streams.uniform(seed, streams.Purpose.WORKER_EMPLOYER, people.worker_uid[here])
        queue = here[ranked(draw, people.worker_uid[here])]
        flows = largest_remainder(queue.size, place.commuters[home].astype(np.float64))
        done = 0
        for work in np.flatnonzero(flows):
            who, free = vacancies[work]
            wanted = min(int(flows[work]), int(free.sum()))
            seats = cumulative_split(wanted, free)
            free -= seats
            seat[queue[done : done + wanted]] = np.repeat(employers.row[who], seats)
            done += wanted
        people.worker_status[queue[done:]] = SEEKING
    return seat


def pay_of(people: People, seat: Int32, employers: Employers) -> Int64:
    """Return each worker's gross pay: the employer's typical pay times own skill [pence a month].

    Those out of work carry the pay of their last job, taken as the mean of all employers.
    """
    by_row = np.zeros(int(employers.row.max()) + 1, dtype=np.int64)
    by_row[employers.row] = employers.wage
    jobs = np.maximum(int(employers.jobs.sum()), 1)
    usual = int((employers.wage // 100 * employers.jobs).sum() // jobs) * 100
    typical = np.where(seat >= 0, by_row[seat], usual)
    return np.maximum((typical * people.worker_skill).astype(np.int64), 1)


def payroll_edges(
    place: Place,
    people: People,
    at: Rows,
    employers: Employers,
    aggregate_jobs: Int64,
    a: Assumptions,
    seed: int,
) -> Edges:
    """Link each employer to the account rows where its commuters live.

    Parameters
    ----------
    place : Place
    people : People
    at : Rows
        Edges start for every party row before the first household; the world is paid where no
        account household exists.
    employers : Employers
    aggregate_jobs : int64[E]
        Jobs held by people who are not worker rows.
    a : Assumptions
        `network.payroll_edges`, `network.account_edges`, `households.earnings_convexity`.
    seed : int

    Returns
    -------
    Edges
        Payers are all party rows up to the last buyer; institutions have no edges. Each payer's
        edges carry equal shares and are drawn, systematically, from the home areas of those who
        work there (a head office abroad pays its staff abroad) and from tenths of households by
        their share of earnings.
    """
    n_rows = at.households
    many = np.zeros(n_rows, dtype=np.int64)
    single = np.minimum(round(a["network.payroll_edges"]), aggregate_jobs)
    large = np.minimum(aggregate_jobs // 50, round(a["network.account_edges"]))
    many[employers.row] = np.where(aggregate_jobs > 0, np.maximum(single, large), 0)
    uid = np.zeros(n_rows, dtype=np.int64)
    uid[employers.row] = employers.uid
    area = np.zeros(n_rows, dtype=np.int64)
    area[employers.row] = employers.area
    rows, chance = _home_chances(place, people, a)
    if rows.size == 0:
        payee = np.full(int(many.sum()), at.world, dtype=np.int32)
        return Edges(starts(many), payee, equal_cum(many))
    payer = np.repeat(np.arange(n_rows), many)
    point = (ranks(many) + streams.uniform(seed, "build.commuters", uid)[payer]) / many[payer]
    cum = np.cumsum(chance, axis=1)
    flat = (cum / np.maximum(cum[:, -1:], 1e-300) + np.arange(cum.shape[0])[:, None]).ravel()
    found = np.searchsorted(flat, area[payer] + np.minimum(point, 1.0 - 1e-12), side="right")
    column = np.minimum(found - area[payer] * rows.size, rows.size - 1)
    payee = np.where(area[payer] == place.world, at.world, at.households + rows[column])
    return Edges(starts(many), payee.astype(np.int32), equal_cum(many))


def _home_chances(place: Place, people: People, a: Assumptions) -> tuple[Int64, Float64]:
    """Return account rows and, for each work area, the share of commuters' pay that goes there."""
    rows = np.flatnonzero(~people.individual)
    home = people.area[rows].astype(np.int64)
    flows = np.where(place.agents[:, None], 0, place.commuters).astype(np.float64).T
    flows = flows[:, home] if rows.size else np.zeros((len(place.ids), 0))
    earning = earnings_shares(a)[people.decile[rows]]
    chance = flows * earning[None, :]
    if rows.size:
        lonely = row_totals(chance) <= 0.0
        anyone = place.workers[home].astype(np.float64) * earning
        nearby = 1.0 / (1.0 + place.distance_km[:, home])
        chance = np.where(lonely[:, None], anyone[None, :] * nearby, chance)
    return rows, chance


def earnings_shares(a: Assumptions) -> Float64:
    """Return the share of earnings of each tenth of households, lowest first.

    A mixture of a straight line and a parabola through the tenths' middles; convexity 0 is the
    line, 1 the parabola.
    """
    middle = (np.arange(DECILES) + 0.5) / DECILES
    bend = a["households.earnings_convexity"]
    return (1.0 - bend) * middle / 5.0 + bend * middle * middle / 3.325
