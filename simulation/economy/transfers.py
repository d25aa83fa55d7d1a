"""People go over from one employer to another with the work that they do, at their pay.

After the Transfer of Undertakings (Protection of Employment) Regulations 2006: a transfer neither
makes jobs nor ends any. Work moves with the people, so a firm at once expects to sell less, or
more, and keeps fewer posts, or more.
"""

from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from simulation import streams
from simulation.accounting.network import build_network
from simulation.economy.columns import Edges
from simulation.economy.members import part_with
from simulation.economy.roll import go_over, let_go, staff_of
from simulation.economy.town import Town
from simulation.streams import Purpose

Int32 = NDArray[np.int32]
Int64 = NDArray[np.int64]


class Commuters(NamedTuple):
    """People known only as a number: how many, and what they are paid in all [pence a month]."""

    jobs: int
    pay: int


class Post(NamedTuple):
    """Where an employer's commuters and posts stand: columns and places in them."""

    jobs: NDArray[Any]
    pay: NDArray[Any]
    at: int
    number: int


def post_of(town: Town, row: int) -> Post:
    """Find an employer's commuters and posts; trading rows are numbered first, then buyers."""
    firms, buyers = town.economy.firms, town.economy.buyers
    if row < town.n_firms:
        return Post(firms.aggregate_jobs, firms.aggregate_payroll, row, row)
    at = int(np.flatnonzero(buyers.row == row)[0])
    return Post(buyers.aggregate_jobs, buyers.aggregate_payroll, at, town.n_firms + at)


def staff_size(town: Town, row: int) -> int:
    """Count all who work for an employer."""
    post = post_of(town, row)
    return int(town.now.roll.heads[row]) + int(post.jobs[post.at])


def chosen(town: Town, workers: Int32, many: int) -> Int32:
    """Choose some of the workers of an employer by lot: int32[many]."""
    uid = town.economy.workers.uid[workers]
    lot = streams.uniform(town.seed, Purpose.TRANSFER, uid, town.month)
    return workers[np.lexsort((uid, lot))[:many]]


def assigned_to(town: Town, row: int, many: int) -> tuple[Int32, Commuters]:
    """Say who of an employer's staff do a part of its work: residents by lot, and commuters.

    Parameters
    ----------
    town : Town
    row : int
        The employer.
    many : int
        People; all of its staff where they are fewer.

    Returns
    -------
    workers : int32[k]
    commuters : Commuters
        In proportion to the two groups.
    """
    staff, post = staff_of(town, np.array([row], dtype=np.int32)), post_of(town, row)
    away = int(post.jobs[post.at])
    whole = staff.size + away
    many = min(many, whole)
    residents = round(many * staff.size / whole) if whole else 0
    jobs = min(many - residents, away)
    pay = int(post.pay[post.at]) * jobs // away if away else 0
    return chosen(town, staff, residents), Commuters(jobs, pay)


def transfer(town: Town, workers: Int32, commuters: Commuters, origin: int, to: int) -> None:
    """Let people go over, with their posts; nobody is taken on and nobody laid off.

    An employer that has had no commuters pays its first along the links of where they come from.
    Members of a co-op leave it with what they had.

    Parameters
    ----------
    town : Town, updated
    workers : int32[m]
        Of the origin.
    commuters : Commuters
        Of the origin.
    origin, to : int
        Employing rows.
    """
    if commuters.jobs:
        share_links(town, to, origin)
    part_with(town, origin, workers)
    go_over(town, workers, to)
    leave_posts(town, origin, workers.size, commuters)
    after = post_of(town, to)
    after.jobs[after.at] += commuters.jobs
    after.pay[after.at] += commuters.pay
    town.now.posts[after.number] += workers.size + commuters.jobs


def share_links(town: Town, row: int, like: int) -> None:
    """Give an employer that cannot pay commuters the links of one that can; they live on there."""
    edges, kind, first = town.economy.payroll, town.links.payroll.kind, town.links.payroll.first
    start = edges.start
    if start[row + 1] > start[row]:
        return
    mine, at = slice(int(start[like]), int(start[like + 1])), int(start[row])
    begins = start.copy()
    begins[row + 1 :] += mine.stop - mine.start
    payee, cum = (np.insert(column, at, column[mine]) for column in (edges.payee, edges.cum))
    klass = town.economy.parties.klass
    town.economy.payroll = Edges(begins, payee.copy(), cum)
    town.links.payroll = build_network(kind, first, begins, payee, cum, klass)


def leave_posts(town: Town, row: int, residents: int, commuters: Commuters) -> None:
    """Take posts away from an employer, with those commuters who hold some of them."""
    post = post_of(town, row)
    post.jobs[post.at] -= commuters.jobs
    post.pay[post.at] -= commuters.pay
    posts = town.now.posts
    posts[post.number] = max(int(posts[post.number]) - residents - commuters.jobs, 0)


def dismiss(town: Town, workers: Int32, commuters: Commuters, row: int) -> None:
    """Lay people off, with their posts; residents look for other work."""
    let_go(town, workers)
    leave_posts(town, row, workers.size, commuters)


def move_work(town: Town, row: int, pence: int) -> None:
    """Let a trading row expect to sell so much more a month, or less, at once [pence]."""
    expected = town.economy.firms.sales_expected
    expected[row] = max(int(expected[row]) + pence, 0)
