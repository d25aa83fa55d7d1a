"""Firms that open and close are counted, and no luck of theirs comes twice."""

import numpy as np

from scenarios.assumptions import Assumptions
from scenarios.read import read_scenario
from simulation.economy.firm_life import wind_up
from simulation.model.demography import Demography
from simulation.model.economy_model import EconomyModel
from simulation.model.rows import Rows
from tests.model.opening import QUIET, model_of, open_place, whole_register

EVERY_TENTH_A_MONTH = {**QUIET, "firms.closure_micro": 1.2, "firms.closure_young": 1.0}
MONTHS = 12


def village(values: dict[str, float]) -> EconomyModel:
    """The village on its first day."""
    scenario = read_scenario("village")
    a: Assumptions = whole_register(scenario, values)
    return model_of(open_place(scenario, a))


def test_who_closes_and_who_takes_the_place_are_both_counted() -> None:
    """One firm is wound up and another, in a row that stood empty, is somebody new."""
    town = village(QUIET).town
    firms, here = town.economy.firms, town.economy.parties.area[: town.economy.firms.n_agents]
    gone, taken = np.flatnonzero(firms.alive[: here.size])[:2].astype(np.int32)
    counted, rows = Demography(town), Rows("firms")

    wind_up(town, np.array([gone], dtype=np.int32))
    town.economy.parties.uid[taken] += 1
    counted.note(rows, town)

    found = rows.table()
    area = found["area"] == here[gone]
    assert here[gone] == here[taken]
    assert (
        found["trading"][area].sum() == (firms.alive[: here.size] & (here == here[gone])).sum() + 1
    )
    assert (found["opened"][area].sum(), found["closed"][area].sum()) == (1, 2)


def test_books_of_a_run_hold_what_the_town_counted() -> None:
    """Months add up: whoever traded, less those who closed, with those who opened, trades on."""
    model = village(EVERY_TENTH_A_MONTH)
    before = model.town.economy.firms.alive[: model.town.economy.firms.n_agents].sum()
    for _ in range(MONTHS):
        model.step()

    rows = model.recorder.rows["firms"].table()
    after = model.town.economy.firms.alive[: model.town.economy.firms.n_agents].sum()
    assert rows["closed"].sum() == model.town.now.deaths > 0
    assert rows["opened"].sum() == model.town.now.births
    assert before + rows["opened"].sum() - rows["closed"].sum() == after


def test_a_year_of_the_burn_in_that_comes_again_has_other_luck() -> None:
    """Who came through it once is not safe the next time: luck does not return."""
    model = village(EVERY_TENTH_A_MONTH)
    firms, uid = model.town.economy.firms, model.town.economy.parties.uid
    n = firms.n_agents
    standing = [set(uid[:n][firms.alive[:n]].tolist())]
    for _ in range(2):
        for _ in range(MONTHS):
            model.step()
        model.turn_back(MONTHS)
        standing.append(set(uid[:n][firms.alive[:n]].tolist()))

    assert model.town.month == 0
    survived = standing[0] & standing[1]
    assert len(survived - standing[2]) > len(survived) / 3
