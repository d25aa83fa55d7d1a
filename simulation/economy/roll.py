"""Who works where: every change of job goes through here, so that counts need no recount."""

import numpy as np
from numpy.typing import NDArray

from simulation.economy.town import Town
from simulation.economy.workings import posts_of
from simulation.kernels import staffing

Int32 = NDArray[np.int32]
Int64 = NDArray[np.int64]
Float64 = NDArray[np.float64]


def staff_of(town: Town, rows: Int32) -> Int32:
    """Return the workers of some employers, each row there once: int32[m], in no set order."""
    roll = town.now.roll
    staff = np.empty(int(roll.heads[rows].sum()), dtype=np.int32)
    staffing.staff_of(rows, roll, staff)
    return staff


def newcomers(staff: Int32, known: Int32 | Int64) -> Int32:
    """Return who of an employer's staff is not known yet, in the order of their rows.

    Parameters
    ----------
    staff : int32[m]
        All of them, each there once, in any order.
    known : int32[k] or int64[k]
        Some of them, each there once, in any order.
    """
    rows = np.sort(staff, kind="stable")
    new = np.ones(rows.size, dtype=np.bool_)
    new[np.searchsorted(rows, known)] = False
    unknown: Int32 = rows[new]
    return unknown


def let_go(town: Town, workers: Int32) -> None:
    """Let workers in employment leave their jobs and look for others."""
    now, markets = town.now, town.now.markets
    staffing.leave(workers, posts_of(town.economy.workers), now.roll)
    many: int | Int64 = workers.size
    if markets.size > 1:
        area = town.economy.workers.area[workers]
        many = np.bincount(markets.number[area], minlength=markets.size)
    now.working -= many
    now.seeking += many


def take_on(town: Town, market: int, seekers: Int32, rows: Int32, wages: Int64) -> int:
    """Offer each seeker of a market a vacancy; return how many moved from another job.

    Parameters
    ----------
    market : int
    seekers, rows : int32[m]
        Workers, and the employing row of the vacancy that each is offered.
    wages : int64[m]
        What it pays a worker of skill one a month [pence].
    """
    now, workers = town.now, town.economy.workers
    premium = 1.0 + town.a["labour.move_premium"]
    hired, moved = staffing.fill(
        seekers, rows, wages, premium, workers.skill, posts_of(workers), now.roll
    )
    now.working[market] += hired - moved
    now.seeking[market] -= hired - moved
    return int(moved)


def go_over(town: Town, workers: Int32, row: int) -> None:
    """Let workers go over to another employer with their work, at their pay."""
    staffing.go_over(workers, row, posts_of(town.economy.workers), town.now.roll)


def pay_anew(town: Town, workers: Int32, wages: Int64) -> None:
    """Change the pay of some workers: int32[m], int64[m] [pence a month]."""
    staffing.pay_anew(workers, wages, posts_of(town.economy.workers), town.now.roll)


def change_pay(town: Town, workers: Int32, by: Int64) -> None:
    """Change the pay of some who work, each there once, by so much a month [pence]."""
    posts = posts_of(town.economy.workers)
    posts.wage[workers] += by
    np.add.at(town.now.roll.pay, posts.employer[workers], by)


def add_up_pay(town: Town) -> None:
    """Bring what each employer's staff is paid up to date after a change of pay."""
    staffing.add_up_pay(posts_of(town.economy.workers), town.now.roll)


def unemployment(town: Town) -> Float64:
    """Return the unemployment rate of each market [share of the labour force], float64[M]."""
    rate: Float64 = town.now.seeking / np.maximum(town.now.seeking + town.now.working, 1)
    return rate
