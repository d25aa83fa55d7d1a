"""What of a firm is near a buyer: staff by commuting, inputs by whom it buys from."""

import numpy as np
import pytest

from experiments.runner.reading import read_question
from simulation.model.market import build_directory, staff_near
from tests.model.opening import open_place, whole_register

TIERS = np.array([[0, 1, 3], [1, 0, 3], [3, 3, 0]], dtype=np.int8)
"""Two districts of one county, and one far away."""
COMMUTING = np.array([[0.6, 0.3, 0.01], [0.1, 0.5, 0.04], [0.3, 0.2, 0.95]])
"""By home and work."""
NEXT_TO_NONE = 0.05


def test_staff_near_a_buyer_live_in_its_county() -> None:
    """A tenth of the jobs of the first district are held from the second: a quarter of the others.

    Of those who work far away 5 % live in the county; of those who work in the county 30 and 20 %
    live far away, where they are near to who buys there.
    """
    near = staff_near(COMMUTING, TIERS)

    assert near == pytest.approx(
        np.array([[0.25, 0.6, 0.05], [0.25, 0.6, 0.05], [0.3, 0.2, 0.0]]), abs=1e-12
    )


@pytest.mark.compiled
def test_a_firm_far_away_has_hardly_any_staff_or_inputs_near_preston() -> None:
    """Its staff live round its own corner, and that is no reason for Preston to prefer it."""
    scenario = read_question("preston-2012", ())
    town = open_place(scenario, whole_register(scenario, {})).town
    directory = build_directory(town)
    here, firms = town.economy.areas.focus, town.economy.firms
    based = town.economy.parties.area[: firms.employ_local.size]
    far = directory.tier_between[here, based] > 1

    assert directory.staff_near[here, based[far]].max() < NEXT_TO_NONE
    assert directory.inputs_near[here, based[far]].max() < NEXT_TO_NONE
    assert firms.employ_local[far].mean() > 0.8
