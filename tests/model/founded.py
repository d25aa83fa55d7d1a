"""The village with seats for enterprises, and one founded and staffed to try acts on."""

import copy
from typing import Any

import numpy as np

from experiments.runner.replicate import assumptions_of
from scenarios.read import read_scenario
from scenarios.vocabulary import OwnerKind
from simulation.economy.enterprises import Enterprise
from simulation.economy.founding import found, pay_in
from simulation.economy.members import enrol, remember_pay
from simulation.economy.roll import let_go, take_on
from simulation.economy.seats import Seat
from simulation.economy.town import Town
from simulation.model.run import Prepared, prepare
from simulation.procurement.incubated_coop import IncubatedCoop
from tests.procurement.markets import need

WAYS = ("incubated_coop", "public_commons", "joint_venture")
SHORT = {"burn_in.least_months": 24, "burn_in.most_months": 24}


def opened(*ways: str, **values: float) -> Prepared:
    """Burn the village in for policies that include ways of buying which found enterprises."""
    scenario = read_scenario("village", (f"compare.regimes={list(ways)}",))
    changed = {name.replace("__", "."): value for name, value in values.items()}
    return prepare(scenario, assumptions_of(scenario, {**SHORT, **changed}), 1)


def founded(prepared: Prepared, category: int = 0, **charter: Any) -> tuple[Town, Enterprise]:
    """Found a homecare co-op in a copy of the village; nothing has been paid yet."""
    town = copy.deepcopy(prepared.town)
    document = IncubatedCoop().charter(need(), town.a)
    assert document is not None
    seat = Seat(0, category, OwnerKind.COOP)
    one = found(town, seat, document._replace(**charter), 15_000.0, 7_500.0)
    assert one is not None
    return town, one


def staffed(prepared: Prepared, many: int, **charter: Any) -> tuple[Town, Enterprise, list[int]]:
    """Let an enterprise that is paid in take on the first few workers of the village."""
    town, one = founded(prepared, **charter)
    pay_in(town)
    workers = np.arange(many, dtype=np.int32)
    let_go(town, workers[town.economy.workers.status[workers] == 2])
    rows = np.full(many, one.row, dtype=np.int32)
    wages = np.full(many, town.economy.firms.wage_pence[one.row], dtype=np.int64)
    take_on(town, 0, workers, rows, wages)
    enrol(town, remember_pay(town))
    return town, one, workers.tolist()


def pay_off_bank(town: Town, one: Enterprise) -> None:
    """Take the bank's loan, the council's and the working balance out of the way."""
    town.economy.parties.loans[one.row] = 0
    town.economy.firms.sales_expected[one.row] = 0
    one.council_loan = 0
