"""The months between the decision to insource and the day on which own staff begin."""

import numpy as np
import pytest

from simulation.model.collapse import collapse
from simulation.model.dear_inputs import price_inputs, usual_inputs
from simulation.model.economy_model import EconomyModel
from simulation.model.run import Prepared
from tests.laws.villages import Tree, village
from tests.model.opening import model_of, open_place, whole_register
from tests.model.test_insourcing import (
    CLEANING,
    COUNCIL,
    OFF,
    STILL,
    cleaners,
    months_of,
    rows_of,
    small,
    told,
)

FOUNDING = {
    "incubated_coop.anchor_share": 1.0, "incubated_coop.least_jobs": 1.0,
    "incubated_coop.ramp_months": 1.0,
}  # fmt: skip
"""A co-op of two that is guaranteed all the cleaning from its first month."""


LITTLE = 0.01
"""Part of a bidder's cost that is no cost of units, and which prices of inputs do not move."""


def with_coop(tree: Tree) -> None:
    """Let cleaning also be bought from a co-op that the council founds."""
    small(tree)
    tree["compare"]["regimes"] = ["price_quality", "insourcing", "incubated_coop"]


def served(place: Prepared, months: range) -> list[int]:
    """Return the cleaning done in some months, in thousandths of a unit."""
    return [rows_of(place, CLEANING, month)["delivered_milli"] for month in months]


def decide_anew(place: Prepared, policy: str) -> None:
    """Let the cleaning be let under another policy this month."""
    stewardship = place.stewardship
    stewardship.policy = place.policies[policy]
    for lot in stewardship.lots:
        if lot.category == CLEANING:
            lot.ends = place.town.month


def after_a_coop() -> tuple[Prepared, EconomyModel]:
    """Let a co-op clean for three months, then decide to take the cleaning in house."""
    scenario = village(with_coop)
    names = {f"insourcing.{name}": value for name, value in OFF.items()}
    rules = {**STILL, **FOUNDING, **names, "insourcing.setup_months": 3.0}
    rules["labour.adjustment_speed"] = 1.0
    place = open_place(scenario, whole_register(scenario, rules))
    place.stewardship.policy, place.stewardship.telling = place.policies["incubated_coop"], True
    model = model_of(place)
    months_of(model, 3)
    assert [one.seat.category for one in place.town.enterprises.living] == [CLEANING]
    decide_anew(place, "insourcing")
    return place, model


def test_an_enterprise_serves_on_until_own_staff_begin() -> None:
    """Its work goes on for the three months of set-up; its people then come over."""
    place, model = after_a_coop()
    (coop,) = place.town.enterprises.living
    before = served(place, range(3, 4))

    months_of(model, 4)

    assert min(served(place, range(4, 7))) > 0.9 * before[0]
    (service,) = place.stewardship.own.services.values()
    assert service.begun
    assert coop.row not in place.stewardship.portfolio.places.supplier.tolist()


def test_members_leave_their_coop_with_the_work() -> None:
    """Who cleaned for the co-op cleans for the council; each month closes to the penny."""
    place, model = after_a_coop()
    (coop,) = place.town.enterprises.living
    employer = place.town.economy.workers.employer
    months_of(model, 3)
    members = np.flatnonzero(employer == coop.row)

    months_of(model, 6)

    council = int(place.town.economy.buyers.row[COUNCIL])
    assert members.size > 0
    assert (employer[members] == council).all()
    assert min(served(place, range(7, 13))) > 0


def test_a_supplier_that_fails_in_set_up_does_not_undo_the_decision() -> None:
    """As when Carillion fell: who was to be insourced later is so at once, by the same decision."""
    place = told({**OFF, "setup_months": 4.0}, {"labour.adjustment_speed": 1.0})
    model, row = model_of(place), cleaners(place)
    months_of(model, 2)
    decided = len(place.stewardship.register.lines)

    collapse(place.town, np.array([place.town.economy.parties.uid[row]]))
    months_of(model, 4)

    (service,) = place.stewardship.own.services.values()
    assert len(place.stewardship.register.lines) == decided
    assert service.begun
    assert service.age(6) >= 3
    assert served(place, range(6, 7))[0] > 0
    assert not place.stewardship.register.texts[-1].endswith("the supplier closed")


@pytest.mark.parametrize("late", [False, True])
def test_a_service_bears_dear_inputs_only_while_they_last(late: bool) -> None:
    """Decided in the shock or before it: what a unit takes is the same once the shock is over."""
    usual, place = told(OFF), told(OFF)
    months_of(model_of(usual), 2)
    before = usual_inputs(place.town)
    model = model_of(place)
    if not late:
        months_of(model, 1)
    price_inputs(place.town, place.stewardship, before, 0.5)
    months_of(model, 1)
    (struck,) = place.stewardship.own.services.values()
    dear = struck.state.bought_in(1.0, 0, 0.0)
    price_inputs(place.town, place.stewardship, before, 0.0)
    months_of(model, 1)

    (plain,) = usual.stewardship.own.services.values()
    (after,) = place.stewardship.own.services.values()
    bare = plain.state.bought_in(1.0, 0, 0.0)
    assert dear == pytest.approx(1.5 * bare, rel=LITTLE)
    assert after.state.bought_in(1.0, 0, 0.0) == pytest.approx(bare, rel=LITTLE)
    assert after.state.pay == pytest.approx(plain.state.pay, rel=LITTLE)
