"""What a club charges for the use of what its members share."""

import numpy as np
import pytest

from simulation.procurement.club_rules import ClubState, clubs_of


def club(fixed: float, *use: float) -> ClubState:
    """Give a club that the council uses 10,000 units a month of, and members without stakes."""
    return ClubState(
        margin=0.0, fixed_units=fixed, council_use=10_000.0, use=np.array(use),
        variable_cost=np.ones(len(use)), outside_price=1.0, founded=1,
    )  # fmt: skip


def test_a_fee_is_the_fixed_cost_over_all_use_and_nothing_else() -> None:
    """2,000 pounds over 20,000 units are ten pence each; 300 over 15,000 are two."""
    clubs = clubs_of([club(2_000.0, 6_000.0, 4_000.0), club(300.0, 5_000.0)])

    assert clubs.fee() == pytest.approx([0.1, 0.02])
