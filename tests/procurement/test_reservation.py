"""Lots of reserved contracts that are let together: each contract's go to its own bidders."""

import numpy as np
import pytest

from simulation.procurement.docket import Docket
from simulation.procurement.interface import Market
from simulation.procurement.reservation import Reserved
from simulation.procurement.reserved_local import ReservedLocal
from tests.procurement.markets import SteadyLuck, market, need, plain
from tests.procurement.test_stories import BARE


def test_a_lot_left_over_goes_to_who_can_carry_it_in_a_later_contract_too() -> None:
    """Three firms with room for a lot each take the first; of two the dearer takes two lots."""
    regime: Reserved = ReservedLocal({"quality_weight": 0.0, "least_suppliers": 0.0, "lots": 3.0})
    first = market(3, capacity=[4_000.0] * 3)
    second = market(2, unit_cost=[0.9, 1.0], capacity=[4_000.0, 7_000.0], supplier=[3, 4])
    whole = Market._make(np.concatenate(pair) for pair in zip(first, second, strict=True))
    small = {"year": 2026, "month_of_year": 6, "value_pence": 12_000_000, "above_threshold": False}
    needs = [need(tender=70 + k, **small) for k in range(2)]

    outcomes = regime.procure_all(
        Docket(needs, whole, np.array([0, 3, 5]), [SteadyLuck()] * 2), plain(**BARE)
    )

    assert outcomes[0].award.shares == pytest.approx([1 / 3] * 3)
    assert outcomes[1].bids.supplier[outcomes[1].award.rows].tolist() == [3, 4]
    assert outcomes[1].award.shares == pytest.approx([1 / 3, 2 / 3])
