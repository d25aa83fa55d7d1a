"""How many enterprises of each size a place has, and how many people work in each.

Sizes within a band follow Zipf's law with exponent one (Axtell 2001, Science 293), whose band
means (2.3, 20, 101 jobs) are those of the Business Population Estimates. Sizes are then fitted to
the jobs that the place has in each sector.
"""

import numpy as np

from scenarios.assumptions import Assumptions
from scenarios.vocabulary import SizeBand
from simulation.economy.apportion import largest_remainder, row_totals
from simulation.economy.columns import Float64, Int8, Int16, Int64

FLOOR = np.array([1, 10, 50, 250], dtype=np.int64)
"""Smallest number of jobs in each band, micro first (Business Population Estimates)."""

TOP = np.array([9, 49, 249, 2**31 - 1], dtype=np.int64)
OUTSIDE_OWNED = (
    "firms.outside_owned.micro",
    "firms.outside_owned.small",
    "firms.outside_owned.medium",
    "firms.outside_owned.large",
)
MEAN = np.array([2.6, 19.6, 97.0, 600.0])
"""Mean jobs in each band, used only to share out enterprises among sectors."""


def share_out(enterprises: Int64, jobs: Int64) -> Int64:
    """Share an area's enterprises of each band among its sectors, by jobs.

    Parameters
    ----------
    enterprises : int64[4]
        Enterprises by band, micro first.
    jobs : int64[S]
        Private jobs by sector.

    Returns
    -------
    int64[S, 4]
        Columns sum to `enterprises`; a sector never holds more firms than jobs in the lower
        bands, as far as others have room.
    """
    out = np.zeros((jobs.size, 4), dtype=np.int64)
    room = jobs.astype(np.float64)
    for band in range(3, -1, -1):
        fits = np.where(room >= FLOOR[band], room, 0.0)
        out[:, band] = largest_remainder(int(enterprises[band]), fits)
        room = np.maximum(room - out[:, band] * MEAN[band], 0.2 * jobs)
    return out


def draw_sizes(u: Float64, band: Int8, a: Assumptions) -> Int64:
    """Draw the jobs of each firm within its band.

    Parameters
    ----------
    u : float64[n]
        Uniform draws in (0, 1).
    band : int8[n]
        SizeBand codes, 1 to 4.
    a : Assumptions
        `firms.largest_over_smallest`: how many times the smallest large firm the largest may be.

    Returns
    -------
    int64[n]
        Jobs, each within its band: floor / (1 - u (1 - floor / ceiling)).
    """
    row = band.astype(np.int64) - SizeBand.MICRO
    floor = FLOOR[row].astype(np.float64)
    ceilings = (TOP + 1).astype(np.float64)
    ceilings[3] = FLOOR[3] * a["firms.largest_over_smallest"]
    return np.floor(floor / (1.0 - u * (1.0 - floor / ceilings[row]))).astype(np.int64)


def fit_sizes(jobs: Int64, band: Int8, sector: Int16, target: Int64) -> Int64:
    """Scale the firms of each sector to the jobs that the sector has, within their bands.

    Parameters
    ----------
    jobs : int64[n]
        Drawn sizes.
    band : int8[n]
    sector : int16[n]
    target : int64[S]
        Jobs to reach by sector.

    Returns
    -------
    int64[n]
        Sizes within their bands; a sector reaches its target exactly where the bands of its
        firms allow it, the largest firms taking the rest.
    """
    row = band.astype(np.int64) - SizeBand.MICRO
    low, high = FLOOR[row], TOP[row]
    fitted = np.clip(jobs, low, high)
    for _ in range(4):
        now = np.bincount(sector, weights=fitted, minlength=target.size)
        ratio = target / np.maximum(now, 1.0)
        fitted = np.clip(np.rint(fitted * ratio[sector]).astype(np.int64), low, high)
    gap = target - np.bincount(sector, weights=fitted, minlength=target.size).astype(np.int64)
    order = np.lexsort((np.arange(jobs.size), -fitted, sector))
    there = sector[order]
    wanted = np.abs(gap)[there]
    room = np.where(gap[there] > 0, high[order] - fitted[order], fitted[order] - low[order])
    reach = np.cumsum(room)
    first = np.searchsorted(there, there, side="left")
    before = reach - room - np.where(first > 0, reach[first - 1], 0)
    step = np.clip(wanted - before, 0, room)
    fitted[order] += np.where(gap[there] > 0, step, -step)
    return fitted


def outside_share(counts: Int64, a: Assumptions) -> Float64:
    """Return the share of jobs in firms that outsiders own, from the mix of sizes.

    Parameters
    ----------
    counts : int64[S, 4]
        Enterprises by sector and band.
    a : Assumptions
        `firms.outside_owned.micro` and so on.

    Returns
    -------
    float64[S]
    """
    weight = counts * MEAN[None, :]
    outside = weight * outside_chance(a)[None, :]
    return row_totals(outside) / np.maximum(row_totals(weight), 1.0)


def outside_chance(a: Assumptions) -> Float64:
    """Return the chance that a firm of each band belongs to outsiders, micro first."""
    return np.array([a[entry] for entry in OUTSIDE_OWNED])
