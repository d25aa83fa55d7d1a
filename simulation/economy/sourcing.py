"""How far goods travel: the chance that a pound spent on a trade goes to each area.

What firms buy from each other is regionalised by Flegg location quotients (Flegg and Webber
1997; delta from the register): a small place keeps a small part, its county more, its region
more still. What people buy where they live follows gravity between homes and shops (Huff 1963).
"""

from dataclasses import dataclass

import numpy as np

from scenarios.assumptions import Assumptions
from scenarios.vocabulary import Tier
from simulation.economy.apportion import row_totals
from simulation.economy.columns import Bool, Float64, Int64
from simulation.economy.place import Place
from simulation.kernels import maths

NEAR_HOME = (
    "construction", "motor_trade", "retail", "land_transport", "accommodation", "food_service",
    "real_estate", "education", "health", "social_care", "leisure", "membership",
    "personal_services",
)  # fmt: skip
"""Trades that households buy where they live or travel to; the rest they buy like firms do."""


@dataclass(frozen=True, slots=True)
class Sourcing:
    """Chances that a pound spent on a selling sector goes to each area; A areas, S sectors.

    Attributes
    ----------
    inputs : float64[A, S, S, A]
        Buying area, buying sector, selling sector, selling area; sums to 1 over the last axis.
    shopping : float64[A, S, A]
        Home area, selling sector, selling area.
    """

    inputs: Float64
    shopping: Float64


def read_sourcing(place: Place, jobs: Int64, a: Assumptions) -> Sourcing:
    """Work out where each trade is bought from each area.

    Parameters
    ----------
    place : Place
    jobs : int64[A, S]
        Jobs of the trading rows by area and sector.
    a : Assumptions
        `network.flq_delta`, `network.supply_decay_km`, `network.shopping_decay_km`,
        `network.shopping_remote`.

    Returns
    -------
    Sourcing
        Areas where nobody sells the trade have no chance; where nobody does anywhere, all zero.
    """
    levels = _levels(place)
    keep = np.stack([flq(jobs, level, a["network.flq_delta"]) for level in levels[:-1]])
    keep = np.maximum.accumulate(keep, axis=0)
    keep = np.concatenate([keep, np.ones_like(keep[:1])])
    pull = 1.0 / (1.0 + place.distance_km / a["network.supply_decay_km"])
    weight = jobs.T[None, :, :] * pull[:, None, :]
    inputs = _spread(keep, levels, weight)
    inputs = np.moveaxis(inputs, 1, 2)
    households = _spread(_household_keep(jobs, levels, a), levels, weight)[:, :, 0, :]
    near = np.isin(place.sector_ids, NEAR_HOME)
    gravity = _gravity(place, jobs, levels, a)
    return Sourcing(inputs, np.where(near[None, :, None], gravity, households))


def _levels(place: Place) -> list[Bool]:
    """For each area, which leaves lie in its own area, county, region and country: bool[A, A]."""
    leaf = place.agents | place.suppliers | place.accounts
    own = np.eye(leaf.size, dtype=np.bool_)
    out = [own]
    for tier in (Tier.COUNTY, Tier.REGION):
        above = place.areas.ancestor[:, tier]
        out.append(own | ((above[:, None] == above[None, :]) & (above[:, None] >= 0)))
    out.append(np.ones_like(own))
    return [level & leaf[None, :] & leaf[:, None] for level in out]


def flq(jobs: Int64, level: Bool, delta: float) -> Float64:
    """Return Flegg location quotients of the areas around each area, capped at one.

    FLQ_ij = CILQ_ij x [log2(1 + E_R / E_N)]^delta, CILQ_ij = SLQ_i / SLQ_j, and SLQ_i on the
    diagonal; E are jobs of the region R around an area and of the nation N.

    Parameters
    ----------
    jobs : int64[A, S]
    level : bool[A, A]
        Which areas make up the region around each area.
    delta : float
        Regional size effect; 0 gives the cross-industry quotient.

    Returns
    -------
    float64[A, S, S]
        Selling x buying sector: the share of national input coefficients met in the region.
    """
    member = level.astype(np.int64)
    here = (member[:, :, None] * jobs[None, :, :]).sum(axis=1)
    whole = jobs.sum(axis=0)
    size = here.sum(axis=1) / max(int(whole.sum()), 1)
    share = here / np.maximum(here.sum(axis=1), 1)[:, None]
    nation = whole / max(int(whole.sum()), 1)
    slq = share / np.where(nation > 0.0, nation, 1.0)[None, :]
    cross = slq[:, :, None] / np.where(slq > 0.0, slq, 1.0)[:, None, :]
    own = np.arange(jobs.shape[1])
    cross[:, own, own] = slq
    two = float(maths.log(np.array([2.0]))[0])
    base = np.maximum(maths.log(1.0 + size) / two, 1e-12)
    scale = maths.exp(delta * maths.log(base))
    out: Float64 = np.minimum(cross * scale[:, None, None], 1.0)
    return out


def _household_keep(jobs: Int64, levels: list[Bool], a: Assumptions) -> Float64:
    """Return what each level around homes keeps of trades bought like firms do: SLQ on lambda."""
    own = np.arange(jobs.shape[1])
    keep = [flq(jobs, level, a["network.flq_delta"])[:, own, own] for level in levels[:-1]]
    stacked = np.maximum.accumulate(np.stack(keep), axis=0)
    return np.concatenate([stacked, np.ones_like(stacked[:1])])[:, :, :, None]


def _spread(keep: Float64, levels: list[Bool], weight: Float64) -> Float64:
    """Share the part that each ring adds among the ring's areas.

    Parameters
    ----------
    keep : float64[4, A, S, B]
        Share kept within each level, rising to one, by selling sector and kind of buyer.
    levels : list of bool[A, A]
    weight : float64[A, S, A]
        Pull of each selling area on each buying area.

    Returns
    -------
    float64[A, S, B, A]
        What a ring without any seller would have kept passes to the next one out.
    """
    out = np.zeros((*keep.shape[1:], weight.shape[2]))
    inside = np.zeros_like(levels[0])
    before = np.zeros(keep.shape[1:])
    for level, share in zip(levels, keep, strict=True):
        ring = weight * (level & ~inside)[:, None, :]
        whole = row_totals(ring)
        part = ring / np.where(whole > 0.0, whole, 1.0)[:, :, None]
        gain = np.where((whole > 0.0)[:, :, None], share - before, 0.0)
        out += gain[:, :, :, None] * part[:, :, None, :]
        before = before + gain
        inside = inside | level
    whole = row_totals(out)
    return out / np.where(whole > 0.0, whole, 1.0)[..., None]


def _gravity(place: Place, jobs: Int64, levels: list[Bool], a: Assumptions) -> Float64:
    """Return shares of shopping trips by gravity within the region, and a set share far away."""
    reach = place.distance_km / a["network.shopping_decay_km"]
    pull: Float64 = (1.0 / (1.0 + reach * reach))[:, None, :] * jobs.T[None, :, :]
    near: Float64 = pull * levels[2][:, None, :]
    far: Float64 = np.where(levels[2], 0.0, 1.0)[:, None, :] * jobs.T[None, :, :]
    remote = a["network.shopping_remote"]
    parts = []
    for ring in (near, far):
        whole = row_totals(ring)
        parts.append(ring / np.where(whole > 0.0, whole, 1.0)[:, :, None])
    here = row_totals(near)[:, :, None] > 0.0
    there = row_totals(far)[:, :, None] > 0.0
    share = np.where(here & there, remote, np.where(there, 1.0, 0.0))
    return (1.0 - share) * parts[0] + share * parts[1]
