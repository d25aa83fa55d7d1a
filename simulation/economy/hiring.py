"""Firms hire and lay off; who is hired leaves a job, so one vacancy opens the next.

Wanted jobs follow expected sales at the firm's own labour requirement. A vacancy goes to a
resident of an area whose people are agents or to a commuter from elsewhere, by the home x work
matrix and by how many residents are looking for work. Residents are matched in a random order that
is theirs, to the best paid vacancies first; people in work move only for better pay, and a firm
takes on nobody whose pay the sales that it expects cannot bear.
"""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from simulation import streams
from simulation.economy.affording import affordable, room_for_pay
from simulation.economy.grouped import Grouped
from simulation.economy.members import redeploy
from simulation.economy.ranking import ranked
from simulation.economy.roll import add_up_pay, let_go, staff_of, take_on, unemployment
from simulation.economy.steady_jobs import keep_on
from simulation.economy.town import Town
from simulation.kernels import adjusting, keyed
from simulation.kernels.adjusting import Employers, Terms
from simulation.kernels.labour import EMPLOYED
from simulation.kernels.ordering import order_by
from simulation.streams import Purpose

Int32 = NDArray[np.int32]
Int64 = NDArray[np.int64]
Float64 = NDArray[np.float64]


def adjust_jobs(town: Town) -> None:
    """Separate, lay off and hire, in this order.

    A firm keeps a number of posts that moves towards the jobs it wants; posts left empty are
    filled at once where somebody can be found, posts too many are cut. Commuters leave at the
    residents' rate, for no job or, last month's rate, for a better one; a commuter's vacancy is
    open to residents as a resident's is to commuters.
    """
    separate(town)
    hires, cuts = move_posts(town)
    redeploy(town, hires, cuts)
    keep_on(town, cuts)
    lay_off(town, cuts)
    match(town, hires)


def separate(town: Town) -> None:
    """Let some workers leave their jobs for reasons of their own."""
    workers, rate = town.economy.workers, town.a["labour.separation_rate"]
    leaves = streams.below(town.seed, Purpose.QUIT, workers.uid, town.lived, rate)
    let_go(town, leaves[workers.status[leaves] == EMPLOYED])


def move_posts(town: Town) -> tuple[Int64, Int64]:
    """Move posts towards the jobs wanted; return vacancies for residents, and residents to go.

    Firms want jobs by expected sales, buyers as many as at the start. Gaps close at the adjustment
    speed, in chances where that is less than one post.

    Returns
    -------
    hires, cuts : int64[n_firms + n_buyers]
    """
    now, a, n, buyers = town.now, town.a, town.n_firms, town.economy.buyers
    firms, uid = town.economy.firms, town.economy.parties.uid
    hires, cuts = np.empty((2, now.posts.size), dtype=np.int64)
    terms = Terms(
        speed=a["labour.adjustment_speed"],
        hoarding=a["labour.hoarding"],
        leaving=a["labour.separation_rate"] + now.move_rate,
        tightness=now.markets.at_workplaces(
            unemployment(town) / np.maximum(now.base_unemployment, 1e-9)
        ),
    )
    leave, vacancy, hire = (
        streams.words(town.seed, purpose, town.lived)[0]
        for purpose in (Purpose.LEAVE, Purpose.VACANCY, Purpose.HIRE)
    )
    month = streams.words(town.seed, Purpose.HIRE, town.lived)[1]
    one = np.ones(buyers.row.size, dtype=np.int64)
    for employers in (
        Employers(
            uid[:n], firms.alive, firms.sales_expected, now.jobs_per_sale, firms.wage_pence,
            town.economy.parties.area[:n], now.resident_share[:n], now.roll.heads[:n],
            now.posts[:n], firms.aggregate_jobs, firms.aggregate_payroll, hires[:n], cuts[:n],
        ),
        Employers(
            uid[buyers.row], one > 0, one, now.buyer_jobs, buyers.wage_pence,
            _seats(town), now.resident_share[n:], now.roll.heads[buyers.row], now.posts[n:],
            buyers.aggregate_jobs, buyers.aggregate_payroll, hires[n:], cuts[n:],
        ),
    ):  # fmt: skip
        with keyed.wrapping():
            adjusting.adjust_posts(terms, leave, vacancy, hire, month, employers)
    return hires, cuts


def _of_employers(town: Town, which: Int64, of_firms: Any, of_buyers: Any) -> Any:
    """Look up what stands of some who employ: trading rows are numbered first, then buyers."""
    n, beyond = town.n_firms, which >= town.n_firms
    if not beyond.any():
        return of_firms[which]
    found = of_firms[np.where(beyond, 0, which)]
    found[beyond] = of_buyers[which[beyond] - n]
    return found


def _rows_of(town: Town, which: Int64) -> Int32:
    """Return the party rows of some who employ; those of trading rows are their numbers."""
    n, buyers = town.n_firms, town.economy.buyers.row
    rows = which.astype(np.int32)
    rows[which >= n] = buyers[which[which >= n] - n]
    return rows


def _seats(town: Town) -> NDArray[np.int16]:
    """Return the workplace of each buyer, one of its own after those of firms, which are areas."""
    areas = len(town.economy.areas.ids)
    return np.arange(areas, areas + town.economy.buyers.row.size, dtype=np.int16)


def lay_off(town: Town, cuts: Int64) -> None:
    """Lay off the stated number of resident workers of each employer, chosen by lot."""
    which = np.flatnonzero(cuts)
    if not which.size:
        return
    workers, rows = town.economy.workers, _rows_of(town, which)
    quota = np.zeros(town.now.roll.heads.size, dtype=np.int64)
    quota[rows] = cuts[which]
    at_risk = staff_of(town, rows)
    lot = streams.uniform(town.seed, Purpose.LAYOFF, workers.uid[at_risk], town.lived)
    in_turn = at_risk[np.lexsort((workers.uid[at_risk], lot, workers.employer[at_risk]))]
    employer = workers.employer[in_turn]
    begins = np.searchsorted(employer, employer, side="left")
    let_go(town, in_turn[np.arange(in_turn.size) - begins < quota[employer]])


def match(town: Town, hires: Int64) -> None:
    """Fill vacancies with residents: best paid vacancy first, seekers in an order of their own.

    In each labour market the vacancies that go there meet those who look for work there. What a
    firm can pay more is parted evenly between its vacancies; one that it cannot pay the person for
    whom it would be filled stays open.
    """
    now, which = town.now, np.flatnonzero(hires)
    if which.size == 0:
        return
    firms, buyers, rows = town.economy.firms, town.economy.buyers, _rows_of(town, which)
    wages = _of_employers(town, which, firms.wage_pence, buyers.wage_pence)
    best_first = order_by(town.economy.parties.uid[rows], -wages)
    vacancies = np.repeat(best_first, hires[which[best_first]])
    room = room_for_pay(town, rows) / hires[which]
    working, moved = int(now.working.sum()), 0
    for market, open_there in _by_market(town, which, rows, hires, best_first, vacancies):
        seekers = _first_seekers(town, market, open_there.size)
        there = open_there[: seekers.size]
        pay = (wages[there] * town.economy.workers.skill[seekers]).astype(np.int64)
        borne = affordable(town, pay, room[there])
        seekers, there = seekers[borne], there[borne]
        moved += take_on(town, market, seekers, rows[there], wages[there])
    now.move_rate = moved / max(working, 1)


def _by_market(
    town: Town, which: Int64, rows: Int32, hires: Int64, best_first: Int32, vacancies: Int32
) -> list[tuple[int, Int32]]:
    """Return the vacancies that go to each labour market in which there are any."""
    markets = town.now.markets
    if markets.size == 1:
        return [(0, vacancies)]
    first, areas = which[best_first], town.economy.parties.area[: town.n_firms]
    place = _of_employers(town, first, areas.astype(np.int64), _seats(town))
    uid = town.economy.parties.uid[rows[best_first]]
    home = Grouped(markets.homes_of(town.seed, town.lived, uid, place, hires[first]))
    return [(market, vacancies[home.rows(market)]) for market in home.codes]


def _first_seekers(town: Town, market: int, most: int) -> Int32:
    """Return those of a market who look for work and have the lowest lots, in order of lots."""
    seekers, lot = _seekers(town, market, _bound(town, market, 1.2 * most + 20.0))
    if seekers.size < most:
        seekers, lot = _seekers(town, market, 1.0)
    return seekers[ranked(lot, town.economy.workers.uid[seekers])[:most]]


def _bound(town: Town, market: int, wanted: float) -> float:
    """Return the lot below which about so many of a market look for work."""
    rate = town.a["labour.search_on_the_job"]
    seeking, working = int(town.now.seeking[market]), int(town.now.working[market])
    bound = wanted / max(seeking + working, 1)
    if bound > rate:
        bound = (wanted - working * rate) / max(seeking, 1)
    return min(bound, 1.0)


def _seekers(town: Town, market: int, upto: float) -> tuple[Int32, Float64]:
    """Return those of a market who look for work and have lots below a bound, with their lots.

    Everybody in search has a lot; who has a job is in search where the lot is low.
    """
    workers, rate = town.economy.workers, town.a["labour.search_on_the_job"]
    begin, end = town.now.markets.begins[market : market + 2].tolist()
    found, lots = np.empty(end - begin, dtype=np.int32), np.empty(end - begin)
    marks = np.empty(streams.AT_ONCE, dtype=np.bool_)
    with keyed.wrapping():
        n = adjusting.find_seekers(
            *streams.words(town.seed, Purpose.SEARCH, town.lived),
            workers.uid[begin:end].view(np.uint64), upto, rate, workers.status[begin:end],
            (marks, marks.view(np.uint64)), found, lots,
        )  # fmt: skip
    return found[:n] + np.int32(begin), lots[:n]


def review_wages(town: Town) -> None:
    """Once a year, let pay in each area answer how tight its labour market is (a wage curve).

    Blanchflower and Oswald (1994): the level of pay falls as local unemployment rises;
    `labour.wage_slope` is the change of pay for a doubling of unemployment, sign turned.
    Pay with a public buyer, wherever its staff work, follows the area where the buyer has its seat.
    """
    if town.calendar % 12 != 3:
        return
    economy, now = town.economy, town.now
    area, firms, buyers = economy.parties.area, economy.firms, economy.buyers
    tight = 1.0 - unemployment(town) / np.maximum(now.base_unemployment, 1e-9)
    level = 1.0 + town.a["labour.wage_slope"] * np.clip(tight, -1.0, 1.0)
    factor = np.ones(len(economy.areas.ids))
    factor[now.markets.areas] = level / now.wage_level
    now.wage_level = level
    adjusting.scale_pay(factor, area, economy.workers.employer, economy.workers.wage_pence)
    add_up_pay(town)
    for pence, row_area in (
        (firms.wage_pence, area[: town.n_firms]),
        (firms.aggregate_payroll, area[: town.n_firms]),
        (buyers.wage_pence, area[buyers.row]),
        (buyers.aggregate_payroll, area[buyers.row]),
    ):
        pence[:] = (pence * factor[row_area]).astype(np.int64)
