"""Who leaves a job by lot is drawn by the months lived, which no year of the burn-in repeats."""

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


def test_the_same_month_of_another_year_of_burn_in_is_another_luck() -> None:
    """The calendar returns each year until the place has settled; luck does not."""
    first = left(month=1, lived=1)

    assert first
    assert left(month=7, lived=1) == first
    assert left(month=1, lived=13) != first
