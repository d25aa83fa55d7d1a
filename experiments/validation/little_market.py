"""A market and a need to try ways of buying on, small enough to follow by hand."""

from typing import Any

import numpy as np

from scenarios.assumptions import Assumptions
from simulation.procurement.interface import Market, Need


class SteadyLuck:
    """Luck that favours nobody: every draw is one half, unless told otherwise."""

    def __init__(self, value: float = 0.5) -> None:
        self.value = value

    def uniform(self, purpose: int, uids: Any) -> Any:
        """Draw the steady number for each uid."""
        return np.full(np.size(uids), self.value)

    def shared(self, purpose: int) -> float:
        """Draw the steady number once."""
        return self.value


def plain(**changes: float) -> Assumptions:
    """Give the register's values with a few of them replaced (dots written as two underlines)."""
    values = {name.replace("__", "."): value for name, value in changes.items()}
    return Assumptions.default().with_values(values)


def need(**changes: Any) -> Need:
    """Give a need of 10,000 pounds a month for three years."""
    values: dict[str, Any] = {
        "tender": 77,
        "buyer": 100,
        "buyer_index": 0,
        "buyer_kind": "district_council",
        "category": 0,
        "category_id": "homecare",
        "threshold_class": "light_touch",
        "area": 0,
        "units_month": 10_000.0,
        "months": 36,
        "value_pence": 36_000_000,
        "month": 1,
        "year": 2018,
        "month_of_year": 4,
        "objectives": ("good care", "local work"),
        "objective_weights": (0.6, 0.4),
    }
    return Need(**{**values, **changes})


def market(n: int = 3, **columns: Any) -> Market:
    """Give `n` like firms, with the columns named replaced."""
    ones = np.ones(n)
    values: dict[str, Any] = {
        "supplier": np.arange(n, dtype=np.int32),
        "uid": np.arange(1, n + 1, dtype=np.int64) * 1_000_003,
        "distance_km": ones * 0.0,
        "unit_cost": ones,
        "capacity": ones * 20_000.0,
        "size_band": np.full(n, 2, dtype=np.int8),
        "owner_kind": np.ones(n, dtype=np.int8),
        "tier_delivery": np.zeros(n, dtype=np.int8),
        "tier_buyer": np.zeros(n, dtype=np.int8),
        "tier_owner": np.zeros(n, dtype=np.int8),
        "quality": ones,
        "bid_skill": ones * 0.5,
        "claim_skill": ones * 0.5,
        "honesty": ones * 0.5,
        "wage_ratio": ones,
        "borne_ratio": np.asarray(columns.get("wage_ratio", ones)),
        "employ_local": ones * 0.5,
        "buy_local": ones * 0.5,
        "incumbent": np.zeros(n, dtype=np.bool_),
        "reputation": ones * 0.5,
        "wins": ones,
        "losses": ones * 3.0,
        "knows": np.ones(n, dtype=np.bool_),
        "slack": ones * 1e12,
        "member": np.zeros(n, dtype=np.bool_),
        "utilisation": ones * 0.8,
        "paper_days": ones * 1e6,
    }
    for name, column in columns.items():
        values[name] = np.asarray(column, dtype=values[name].dtype)
    return Market(**values)
