"""What each employer changes as a month ends: what it expects, asks and offers, and its posts."""

from typing import Any, NamedTuple

import numpy as np
from numba import njit

from simulation.kernels import keyed
from simulation.kernels.labour import EMPLOYED, SEEKING
from simulation.kernels.scales import CUM_ONE

YOUNG_MONTHS = 60


@njit(cache=True)
def learn_sales(speed, sales, last, expected):
    """Move expected sales towards what was sold, and begin a new month of sales.

    Parameters
    ----------
    speed : float
        Share of the gap that closes in a month.
    sales, last : int64[n], updated
        Sold this month, and the month before [pence].
    expected : int64[n], updated
        Expected sales a month [pence].
    """
    for k in range(sales.size):
        gap = int((sales[k] - expected[k]) * speed)
        expected[k] = max(expected[k] + gap, 0)
        last[k] = sales[k]
        sales[k] = 0


@njit(cache=True)
def set_prices(response, speed, expected, capacity, base_share, price):
    """Move prices towards what being busier or idler than at the start calls for.

    Parameters
    ----------
    response, speed : float
        What a whole capacity more or less calls for; share of the gap that closes in a month.
    expected, capacity : int64[n]
        Expected sales and what could be sold a month [pence].
    base_share : float64[n]
        How busy each was at the start [share of capacity].
    price : float64[n], updated
        Index, 1 at the start.
    """
    for k in range(price.size):
        busy = expected[k] / max(capacity[k], 1) - base_share[k]
        called_for = 1.0 + response * min(max(busy, -1.0), 1.0)
        price[k] += speed * (called_for - price[k])


@njit(cache=True)
def grow_older(paid_share, arrears_months, age_months):
    """Count one more month of age and, where staff were not paid in full, of arrears.

    Parameters
    ----------
    paid_share : int64[n_rows]
        Share of its payroll that each row could pay [1/65536].
    arrears_months : int16[n], updated
        Months in a row with wages unpaid.
    age_months : int32[n], updated
        Months since the firm began.
    """
    for k in range(age_months.size):
        arrears_months[k] = arrears_months[k] + 1 if paid_share[k] < CUM_ONE else 0
        age_months[k] += 1


@njit(cache=True)
def find_closing(
    alive, jobs, arrears_months, patience, band, by_band, age_months, young, lot, closing
):  # fmt: skip
    """Say which firms close: the insolvent, and by lot those that close for reasons of their own.

    Parameters
    ----------
    alive : bool[n]
        Firms in business; only those with `jobs`, int32[n], can close.
    arrears_months : int16[n]
        Months of unpaid wages; a firm with more than `patience`, a float, is insolvent.
    band : int8[n]
        Size band.
    by_band : float64[n_bands]
        Yearly chance that a firm of five years or more closes.
    age_months : int32[n]
        Age; below five years the chance is `young` times as large.
    lot : float64[m]
        One for each single firm; they stand first.
    closing : bool[m], written
    """
    for k in range(lot.size):
        factor = young if age_months[k] < YOUNG_MONTHS else 1.0
        chance = by_band[band[k]] * factor / 12.0
        due = arrears_months[k] > patience or lot[k] < chance
        closing[k] = alive[k] and due and jobs[k] > 0


class Employers(NamedTuple):
    """Those who employ, one entry each.

    Attributes
    ----------
    uid : int64[n]
        Identity, by which lots are drawn.
    alive : bool[n]
        Whoever is not wants no staff.
    expected : int64[n]
        Expected sales a month [pence].
    jobs_per_sale : float64[n]
        Jobs wanted for each penny of expected sales.
    wage : int64[n]
        Pay a month of a commuter where there was none before [pence].
    place : int16[n]
        Workplace.
    resident_share : float64[n]
        Share of the staff who were residents at the start.
    heads : int64[n]
        Residents in work.
    posts : int64[n], updated
        Posts kept.
    jobs : int32[n], updated
        Commuters in work.
    payroll : int64[n], updated
        Their pay a month [pence]; pay per head stays.
    hires, cuts : int64[n], written
        Vacancies for residents; residents to be laid off.
    """

    uid: Any
    alive: Any
    expected: Any
    jobs_per_sale: Any
    wage: Any
    place: Any
    resident_share: Any
    heads: Any
    posts: Any
    jobs: Any
    payroll: Any
    hires: Any
    cuts: Any


class Terms(NamedTuple):
    """How the labour market moves in a month.

    Attributes
    ----------
    speed, hoarding : float
        Share of a gap that closes in a month; share of the jobs wanted that is held on to.
    leaving : float
        Share of the commuters who leave their jobs.
    tightness : float64[n_places]
        People near each workplace who look for work, as a multiple of those at the start.
    """

    speed: Any
    hoarding: Any
    leaving: Any
    tightness: Any


@njit(cache=True)
def adjust_posts(terms, leave, vacancy, hire, month, of):
    """Let each employer's commuters leave, its posts follow the jobs it wants, and share them out.

    Parameters
    ----------
    terms : Terms
    leave, vacancy, hire, month : uint64
        Words by which lots are drawn; see `keyed.unit_draw`.
    of : Employers
    """
    for k in range(of.uid.size):
        uid, jobs, staying = np.uint64(of.uid[k]), np.int64(of.jobs[k]), np.int64(0)
        if jobs > 0:
            lot = keyed.unit_draw(leave, month, uid)
            staying = jobs - min(np.int64(np.floor(jobs * terms.leaving + lot)), jobs)
        posts = np.int64(0)
        if of.alive[k] and of.expected[k] > 0:
            wanted, lot = of.expected[k] * of.jobs_per_sale[k], 0.0
            if may_move(terms.hoarding, wanted, of.posts[k]):
                lot = keyed.unit_draw(vacancy, month, uid)
            posts = posts_after(terms.speed, terms.hoarding, wanted, lot, of.posts[k])
        of.posts[k] = posts
        hires, cuts, commuters = np.int64(0), np.int64(0), staying
        if posts != of.heads[k] + staying:
            lot = keyed.unit_draw(hire, month, uid)
            hires, cuts, commuters = divide_gap(
                posts, of.heads[k], staying, terms.tightness[of.place[k]], of.resident_share[k], lot
            )
        of.hires[k], of.cuts[k] = hires, cuts
        if commuters != jobs:
            each = of.payroll[k] // jobs if jobs > 0 else of.wage[k]
            of.payroll[k] = each * commuters
            of.jobs[k] = commuters


@njit(cache=True)
def may_move(hoarding, wanted, posts):
    """Say whether a lot may decide on a post; nine in ten employers are as they want to be.

    Parameters
    ----------
    hoarding, wanted, posts
        See `posts_after`.

    Returns
    -------
    bool
    """
    gap = wanted - posts
    return np.floor(max(gap, 0.0) + 0.5) > 0.0 or -gap - (1.0 + wanted * hoarding) > 0.0


@njit(cache=True)
def posts_after(speed, hoarding, wanted, lot, posts):
    """Move an employer's posts towards the jobs it wants; some labour is held on to.

    Parameters
    ----------
    speed, hoarding : float
        See `Terms`.
    wanted, lot : float
        Jobs wanted; what decides on less than one post.
    posts : int
        Posts kept.

    Returns
    -------
    int
    """
    gap = wanted - posts
    room = max(gap, 0.0)
    more = min(np.floor(room * speed + lot), np.floor(room + 0.5))
    hoard = 1.0 + wanted * hoarding
    fewer = np.floor(max(-gap - hoard, 0.0) * speed + lot)
    after = posts + int(more - min(fewer, float(posts)))
    return 0 if wanted <= 0.0 else after


@njit(cache=True)
def divide_gap(posts, heads, commuters, tightness, resident_share, luck):
    """Divide an employer's vacancies or cuts between residents and commuters.

    Parameters
    ----------
    posts, heads, commuters : int
        Posts kept; residents and commuters in work.
    tightness, resident_share : float
        Of the employer; see `Terms` and `Employers`.
    luck : float
        Decides on less than one person.

    Returns
    -------
    hires, cuts, commuters : int
        Vacancies for residents; residents to be laid off; commuters after.
    """
    total = heads + commuters
    more, fewer = max(posts - total, 0), max(total - posts, 0)
    share = heads / total if total > 0 else 0.0
    cuts = min(int(np.floor(fewer * share + luck)), heads, fewer)
    weight = resident_share * tightness
    chance = weight / max(weight + (1.0 - resident_share), 1e-12)
    hires = min(int(np.floor(more * chance + luck)), more)
    return hires, cuts, max(commuters + (more - hires) - (fewer - cuts), 0)


@njit(cache=True)
def find_seekers(head, month, uids, upto, rate, status, room, found, lots):
    """List who looks for work and has a lot below a bound, in the order of rows.

    Parameters
    ----------
    head, month : uint64
        Words by which lots are drawn.
    uids : uint64[n]
        Identities.
    upto : float
        The bound.
    rate : float
        Whoever has a job looks for another where the lot is below it.
    status : int8[n]
        1 seeking work, 2 employed.
    room : bool[8 m] and uint64[m]
        Room to work in: the same bytes.
    found, lots : int32[n] and float64[n], written
        Their rows, and their lots.

    Returns
    -------
    int
        How many they are.
    """
    marks, words = room
    n = 0
    for begin in range(0, uids.size, marks.size):
        end = min(begin + marks.size, uids.size)
        _mark_seekers(head, month, uids[begin:end], upto, rate, status[begin:end], marks)
        marks[end - begin :] = False
        n = keyed.list_marked(begin, marks, words, found, n)
    for k in range(n):
        lots[k] = keyed.unit_draw(head, month, uids[found[k]])
    return n


@njit(cache=True)
def _mark_seekers(head, month, uids, upto, rate, status, marks):
    """Mark who looks for work and has a lot below a bound."""
    for k in range(uids.size):
        bound = upto if status[k] == SEEKING else min(upto, rate)
        looks = status[k] == SEEKING or status[k] == EMPLOYED
        marks[k] = looks and keyed.unit_draw(head, month, uids[k]) < bound


@njit(cache=True)
def scale_pay(factor, row_area, employer, wage):
    """Change the pay of workers by the area of their employer.

    Parameters
    ----------
    factor : float64[n_areas]
        New pay for one of old.
    row_area : int16[n_rows]
        Area of each employer.
    employer : int32[n_workers]
        Employing row, -1 where none.
    wage : int64[n_workers], updated
        Gross pay a month [pence].
    """
    for w in range(wage.size):
        if employer[w] >= 0 and factor[row_area[employer[w]]] != 1.0:
            wage[w] = int(wage[w] * factor[row_area[employer[w]]])
