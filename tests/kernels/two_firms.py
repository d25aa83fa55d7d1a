"""A town of two firms, one in each of two areas, small enough to work by hand."""

from typing import Any

import numpy as np

from simulation.kernels.candidates import Trades

NEAR_BY = np.array([[0, 3], [3, 0]], dtype=np.int8)
"""Two areas that share nothing smaller than the nation."""


def two_firms(**columns: Any) -> Trades:
    """One firm in each of two areas, each with room to spare."""
    whole, share = np.ones(2, dtype=np.int64), np.full(2, 0.5)
    values = {
        "alive": np.ones(2, dtype=np.bool_), "uid": np.array([11, 12]),
        "based": np.array([0, 1], dtype=np.int16), "owner_kind": np.ones(2, dtype=np.int8),
        "owner_area": np.zeros(2, dtype=np.int16), "size_band": np.ones(2, dtype=np.int8),
        "deposits": whole, "sales_expected": whole, "capacity_pence": whole * 10_000_000,
        "committed": np.zeros(2), "jobs": np.ones(2, dtype=np.int32),
        "wage_pence": whole * 150_000, "borne_pence": whole * 150_000, "unit_cost": np.ones(2),
        "price": np.ones(2), "quality": np.ones(2), "bid_skill": share, "claim_skill": share,
        "honesty": share, "employ_local": share, "buy_local": share, "tier": NEAR_BY,
        "staff_near": np.zeros((2, 2)), "inputs_near": np.zeros((2, 2)),
        "distance": np.zeros((2, 2)),
    }  # fmt: skip
    return Trades(**(values | columns))
