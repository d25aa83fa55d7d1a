"""Who leaves a job by lot is drawn by the months lived, which no year of the burn-in repeats."""

import pytest

from scenarios.read import read_scenario
from simulation.economy.hiring import separate
from simulation.kernels.labour import EMPLOYED
from tests.model.opening import QUIET, open_place, whole_register

RATE = 0.2


def left(month: int, lived: int) -> list[int]:
    """Return the uids of those of the village who leave their jobs in a month."""
    scenario = read_scenario("village")
    values = QUIET | {"labour.separation_rate": RATE}
    town = open_place(scenario, whole_register(scenario, values)).town
    workers = town.economy.workers
    before = workers.status == EMPLOYED
    town.month, town.lived = month, lived

    separate(town)

    return [int(uid) for uid in workers.uid[before & (workers.status != EMPLOYED)]]


@pytest.mark.parametrize("later", [12, 24])
def test_the_same_month_of_another_year_of_burn_in_is_another_luck(later: int) -> None:
    """The calendar returns each year until the place has settled; luck does not."""
    assert left(1, 1) != left(1, 1 + later)
    assert left(1, 1) == left(7, 1)
    assert left(1, 1)
