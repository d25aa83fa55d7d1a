"""What each employer changes as a month ends: what it expects, asks and offers, and its posts."""

import numpy as np
from numba import njit

from simulation.kernels.accounts import CUM_ONE

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


@njit(cache=True)
def move_posts(speed, hoarding, wanted, lot, posts):
    """Move each employer's posts towards the jobs it wants.

    Parameters
    ----------
    speed, hoarding : float
        Share of a gap that closes in a month; share of the jobs wanted that is held on to.
    wanted : float64[n]
        Jobs wanted.
    lot : float64[n]
        Decides on less than one post.
    posts : int64[n], updated
        Posts kept.
    """
    for k in range(posts.size):
        gap = wanted[k] - posts[k]
        room = max(gap, 0.0)
        more = min(np.floor(room * speed + lot[k]), np.floor(room + 0.5))
        hoard = 1.0 + wanted[k] * hoarding
        fewer = np.floor(max(-gap - hoard, 0.0) * speed + lot[k])
        posts[k] += int(more - min(fewer, float(posts[k])))
        if wanted[k] <= 0.0:
            posts[k] = 0


@njit(cache=True)
def split_vacancies(posts, heads, tightness, resident_share, luck, commuters, hires, cuts):
    """Divide vacancies and cuts between residents and commuters.

    Parameters
    ----------
    posts, heads : int64[n]
        Posts kept; residents in work.
    tightness : float
        Residents who look for work, as a multiple of those at the start.
    resident_share : float64[n]
        Share of the staff who were residents at the start.
    luck : float64[n]
        Decides on less than one person.
    commuters : int64[n], updated
        Commuters in work.
    hires, cuts : int64[n], written
        Vacancies for residents; residents to be laid off.
    """
    for k in range(posts.size):
        total = heads[k] + commuters[k]
        more, fewer = max(posts[k] - total, 0), max(total - posts[k], 0)
        share = heads[k] / total if total > 0 else 0.0
        cuts[k] = min(int(np.floor(fewer * share + luck[k])), heads[k], fewer)
        weight = resident_share[k] * tightness
        chance = weight / max(weight + (1.0 - resident_share[k]), 1e-12)
        hires[k] = min(int(np.floor(more * chance + luck[k])), more)
        commuters[k] = max(commuters[k] + (more - hires[k]) - (fewer - cuts[k]), 0)


@njit(cache=True)
def scale_pay(factor, focus, row_area, employer, wage):
    """Change the pay of workers whose employer is in the focus.

    Parameters
    ----------
    factor : float
        New pay for one of old.
    focus : int
        The area.
    row_area : int16[n_rows]
        Area of each employer.
    employer : int32[n_workers]
        Employing row, -1 where none.
    wage : int64[n_workers], updated
        Gross pay a month [pence].
    """
    for w in range(wage.size):
        if employer[w] >= 0 and row_area[employer[w]] == focus:
            wage[w] = int(wage[w] * factor)
