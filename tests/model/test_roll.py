"""Who works where is never recounted in a run, so a recount must come to the same."""

import numpy as np

from scenarios.read import read_scenario
from simulation.economy.roll import staff_of, unemployment
from tests.model.opening import model_of, open_place, whole_register

MONTHS = 14
LIVELY = {
    "labour.separation_rate": 0.1,
    "labour.search_on_the_job": 0.3,
    "firms.closure_micro": 0.5,
    "firms.vacancy_months": 2.0,
}


def test_rolls_say_what_a_recount_of_all_workers_says() -> None:
    """After months in which many leave, are hired, move, or lose a firm, and a review of pay."""
    scenario = read_scenario("village")
    model = model_of(open_place(scenario, whole_register(scenario, LIVELY)))
    for _ in range(MONTHS):
        model.step()
    town, workers = model.town, model.town.economy.workers
    roll = town.now.roll

    assert town.now.deaths > 0
    for row in range(roll.heads.size):
        staff = np.flatnonzero(workers.employer == row)
        found = staff_of(town, np.array([row], dtype=np.int32))
        assert sorted(found.tolist()) == staff.tolist()
        assert (roll.heads[row], roll.pay[row]) == (staff.size, workers.wage_pence[staff].sum())
    seeking, working = (int(np.count_nonzero(workers.status == status)) for status in (1, 2))
    assert (town.now.seeking, town.now.working) == (seeking, working)
    assert unemployment(town) == seeking / (seeking + working)
