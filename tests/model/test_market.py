"""Who may be asked to tender: firms of the trade, and nobody else."""

import numpy as np

from scenarios.tables import category_code, sectors
from simulation.model.market import build_directory
from tests.model.opening import open_place, whole_register
from tests.model.three_districts import three_districts


def test_no_taxi_firm_is_asked_to_care_for_children() -> None:
    """Candidates for children's care are schools, health and care firms, and charities."""
    scenario = three_districts()
    place = open_place(scenario, whole_register(scenario, {}))
    directory, codes = build_directory(place.town), category_code()
    names = np.array([one.id for one in sectors()])
    trade = names[np.maximum(place.town.economy.parties.sector, 0)]

    def asked(category: str) -> set[str]:
        begin, end = directory.begins[codes[category] : codes[category] + 2]
        return set(trade[directory.rows[begin:end]].tolist())

    caring = asked("childrens_care")
    assert "social_care" in caring
    assert caring <= {"education", "health", "social_care", "membership"}
    assert "land_transport" in asked("passenger_transport")
    assert "construction" in asked("construction_works")
    assert "manufacturing" not in asked("construction_works")
