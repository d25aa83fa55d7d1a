"""Where people work: jobs and pay by area of work and of home.

A firm's jobs are where the firm is. A public buyer's own staff work in many areas: for a service in
house, in the area of each lot by the staff that the lot takes; for all other work, in the shares of
the first day. Who lives where there is a job of the buyer's is counted there first; the others take
what is left in proportion, home by home, as people are seated when a place is built.
"""

from collections.abc import Mapping
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from simulation.economy.apportion import cumulative_split, largest_remainder
from simulation.economy.town import Town
from simulation.kernels import counting
from simulation.model.own_staff import NOBODY
from simulation.model.portraits import living_wage_month
from simulation.model.rows import Rows
from simulation.model.service import Department

Int64 = NDArray[np.int64]
Float64 = NDArray[np.float64]
Departments = Mapping[tuple[int, int], Department]


class Commuters(NamedTuple):
    """People who are not individual workers: who employs them, and the line they are added to."""

    row: Int64
    line: Int64
    jobs: Int64
    pay: Int64


def note_jobs(rows: Rows, town: Town, departments: Departments) -> None:
    """Note jobs and pay by place of work and home, and jobs at a Real Living Wage.

    Parameters
    ----------
    rows : Rows, updated
        The table `jobs`.
    town : Town
    departments : mapping of (int, int) to Department
        The staff of services in house, by buyer and category.
    """
    width, buyers = len(town.economy.areas.ids), town.economy.buyers
    by_line, living = _by_line(town, departments), living_wage_month(town)
    sums = np.zeros((3, by_line.size, width), dtype=np.int64)
    _add_residents(town, departments, by_line, living, sums)
    _add_commuters(town, departments, by_line, living, sums)
    told = sums[:, :width].copy()
    for at in range(buyers.row.size):
        add_by_work(sums[:, width + at], _other_work(town, at), told)
    for k, department in enumerate(departments.values()):
        add_by_work(sums[:, width + buyers.row.size + k], _of_lots(town, department), told)
    work, home = np.nonzero(told[0])
    rows.add(
        month=town.month,
        work_area=work,
        home_area=home,
        jobs=told[0, work, home],
        pay_pence=told[1, work, home],
        living_wage_jobs=told[2, work, home],
    )


def add_by_work(staff: Int64, weights: Float64, told: Int64) -> None:
    """Say in which area each of a group of staff works, and add them up.

    Parameters
    ----------
    staff : int64[3, n_areas]
        Jobs, pay [pence] and jobs at a living wage by area of home.
    weights : float64[n_areas]
        Shares of the areas of work; not all zero.
    told : int64[3, n_areas, n_areas], updated
        The same by area of work and of home. Every job is in one area of work; the jobs of each
        area are its share of all by largest remainder.
    """
    homes = staff[0]
    free = largest_remainder(int(homes.sum()), weights)
    near = np.minimum(free, homes)
    free = free - near
    for home in np.flatnonzero(homes).tolist():
        seats = cumulative_split(int(homes[home] - near[home]), free)
        free -= seats
        seats[home] += near[home]
        told[0, :, home] += seats
        for part in (1, 2):
            told[part, :, home] += cumulative_split(int(staff[part, home]), seats)


def _by_line(town: Town, departments: Departments) -> Int64:
    """Return who employs each line of staff: areas (-1), then buyers, then departments."""
    areas = np.full(len(town.economy.areas.ids), -1)
    own = [department.staff.row for department in departments.values()]
    return np.concatenate([areas, town.economy.buyers.row, np.array(own, dtype=np.int64)])


def _add_residents(
    town: Town, departments: Departments, by_line: Int64, living: int, sums: Int64
) -> None:
    """Add individual workers, by the line of their employer and their home."""
    workers, buyers = town.economy.workers, town.economy.buyers
    width = sums.shape[2]
    line = town.economy.parties.area[: town.links.payroll.start.size - 1].copy()
    line[buyers.row] = width + np.arange(buyers.row.size)
    counting.jobs_by_area(
        workers.employer, workers.area, workers.wage_pence, workers.status, line, living, sums
    )
    first = width + buyers.row.size
    for k, department in enumerate(departments.values()):
        some = department.staff.residents(department.group)
        pay, home = workers.wage_pence[some], workers.area[some]
        theirs = np.zeros((3, width), dtype=np.int64)
        for part, values in enumerate((np.ones_like(pay), pay, pay >= living)):
            np.add.at(theirs[part], home, values)
        sums[:, first + k] += theirs
        sums[:, line[by_line[first + k]]] -= theirs


def _add_commuters(
    town: Town, departments: Departments, by_line: Int64, living: int, sums: Int64
) -> None:
    """Add jobs of people who are not individual workers, by the shares of their payroll links."""
    links, area = town.links.payroll, town.economy.parties.area
    away = _commuters(town, departments, by_line)
    at_living = np.where(away.pay >= away.jobs * living, away.jobs, 0)
    for values, by_home in zip((away.jobs, away.pay, at_living), sums, strict=True):
        counting.split_by_group(
            away.row, values, links.start, links.payee, links.cum, away.line, area, by_home
        )


def _commuters(town: Town, departments: Departments, by_line: Int64) -> Commuters:
    """List the commuters of firms, of buyers' other work, and of departments."""
    firms, buyers, n = town.economy.firms, town.economy.buyers, town.n_firms
    jobs, pay = buyers.aggregate_jobs.astype(np.int64), buyers.aggregate_payroll.copy()
    own = np.zeros((2, len(departments)), dtype=np.int64)
    for k, ((at, _), department) in enumerate(departments.items()):
        own[:, k] = department.staff.commuters.get(department.group, NOBODY)
        jobs[at] -= own[0, k]
        pay[at] -= own[1, k]
    width = len(town.economy.areas.ids)
    return Commuters(
        row=np.concatenate([np.arange(n), by_line[width:]]),
        line=np.concatenate([town.economy.parties.area[:n], np.arange(width, by_line.size)]),
        jobs=np.concatenate([firms.aggregate_jobs, jobs, own[0]]),
        pay=np.concatenate([firms.aggregate_payroll, pay, own[1]]),
    )


def _other_work(town: Town, at: int) -> Float64:
    """Return where a buyer's staff work that do no service in house; at its seat where not told."""
    economy = town.economy
    weights: Float64 = economy.buyers.jobs_in[at].astype(np.float64)
    if not weights.any():
        weights[economy.parties.area[economy.buyers.row[at]]] = 1.0
    return weights


def _of_lots(town: Town, department: Department) -> Float64:
    """Return where a department works: in its lots' areas, by the staff that each lot takes."""
    weights = np.zeros(len(town.economy.areas.ids))
    begun = [one for one in department.services if one.begun]
    for one in begun or department.services:
        weights[one.lot.area] += one.staff_needed(town.month)
    return weights if weights.any() else _other_work(town, department.staff.at)
