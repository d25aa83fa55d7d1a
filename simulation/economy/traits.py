"""What a firm is like, drawn once for its life: how good its work is, how honest its promises."""

import numpy as np

from scenarios.assumptions import Assumptions
from simulation import streams
from simulation.economy.columns import Float64, Int64


def draw_quality(uid: Int64, a: Assumptions, seed: int) -> Float64:
    """Draw quality around the usual of 1.0, within two spreads of it.

    Parameters
    ----------
    uid : int64[n]
    a : Assumptions
        `firms.quality_spread`.
    seed : int

    Returns
    -------
    float64[n]
    """
    z = np.clip(streams.normal(seed, streams.Purpose.FIRM_QUALITY, uid), -2.0, 2.0)
    return 1.0 + a["firms.quality_spread"] * z


def draw_honesty(uid: Int64, a: Assumptions, seed: int) -> Float64:
    """Draw the share of promises meant, evenly between the register's bounds: float64[n]."""
    u = streams.uniform(seed, streams.Purpose.FIRM_HONESTY, uid)
    return a["firms.honesty_low"] + u * (a["firms.honesty_high"] - a["firms.honesty_low"])
