"""Each mechanism of the ethical framework at work in the months of a village, not only on paper."""

from typing import Any

import numpy as np
import pytest

from scenarios.read import read_scenario
from scenarios.vocabulary import Kind
from simulation.model.economy_model import EconomyModel
from simulation.model.journal import Journal
from simulation.model.lots import VACANT
from simulation.model.stewardship import Stewardship
from tests.model.opening import QUIET, model_of, open_place, whole_register

SEVERAL = {"smallest_place": 20_000.0, "refusal": 0.0}
"""Small places, so that most needs of the village have room for several suppliers."""
FAILING = {f"firms.closure_{size}": 0.4 for size in ("micro", "small", "medium", "large")}


def village(rules: dict[str, float], values: dict[str, float] | None = None) -> EconomyModel:
    """Open the village with all lots vacant and buy everything by a framework of these rules."""
    written = ", ".join(f"{name}={value}" for name, value in {**SEVERAL, **rules}.items())
    scenario = read_scenario(
        "village",
        (
            'policies.framework.regime="ethical_framework"',
            f"policies.framework.parameters={{{written}}}",
            'compare.regimes=["price_quality", "framework"]',
            'compare.baseline="price_quality"',
        ),
    )
    place = open_place(scenario, whole_register(scenario, QUIET if values is None else values))
    stewardship = place.stewardship
    stewardship.policy, stewardship.telling = place.policies["framework"], True
    stewardship.portfolio.close(list(stewardship.portfolio.standing))
    stewardship.lots_of.clear()
    for lot in stewardship.lots:
        lot.arrangement, lot.ends = VACANT, place.town.month
    return model_of(place)


def shares_of(stewardship: Stewardship, category: str) -> list[list[float]]:
    """Return this month's shares of each framework of a category, rounded."""
    places, told = stewardship.portfolio.places, []
    for number, standing in sorted(stewardship.portfolio.standing.items()):
        if standing.arrangement.need.category_id == category:
            told.append(np.round(places.share[places.arrangement == number], 6).tolist())
    return told


def lived(model: EconomyModel, months: int) -> EconomyModel:
    """Live some months; each closes with both residuals at zero, or stops the run."""
    for _ in range(months):
        model.step()
    return model


def flows(model: EconomyModel, kind: Kind) -> int:
    """Return what was paid of a kind in all months so far [pence]."""
    return sum(int(month.of(kind).pence.sum()) for month in model.town.ledger.filed)


def test_a_rota_gives_equal_turns() -> None:
    """Whoever has room serves as much as the others, whatever its price."""
    model = lived(village({"call_off": 2.0}), 2)

    several = [one for one in shares_of(model.stewardship, "homecare") if one[1:]]

    assert several
    assert all(one == pytest.approx([1 / len(one)] * len(one)) for one in several)


def test_a_mini_competition_makes_the_same_care_cheaper_than_a_rota() -> None:
    """The same providers at the same prices: the cheapest first costs less per unit."""
    paid = {}
    for way in (1.0, 2.0):
        stewardship = lived(village({"call_off": way}), 2).stewardship
        places = stewardship.portfolio.places
        at = places.policy == 1
        paid[way] = float((places.share * places.unit_price)[at].sum() / places.share[at].sum())

    assert paid[1.0] < paid[2.0] - 0.01


def test_discretion_lets_direct_awards_follow_ties() -> None:
    """With favouritism shares move from what merit alone would give; a rota does not move."""
    told = {
        (way, favour): shares_of(
            lived(
                village({"call_off": way}, {**QUIET, "delivery.favouritism": favour}), 1
            ).stewardship,
            "homecare",
        )
        for way in (0.0, 2.0)
        for favour in (0.0, 0.9)
    }

    assert told[0.0, 0.0] != told[0.0, 0.9]
    assert told[2.0, 0.0] == told[2.0, 0.9]


def test_an_audit_claws_padding_back_in_money() -> None:
    """Remedies reach the council where books are padded and read, and nowhere else."""
    read = lived(village({"audit_rate": 1.0, "padding": 0.2}), 3)
    unread = lived(village({"audit_rate": 0.0, "padding": 0.2}), 3)
    honest = lived(village({"audit_rate": 1.0, "padding": 0.0}), 3)

    assert flows(read, Kind.REMEDY) > 0
    assert flows(unread, Kind.REMEDY) == 0
    assert flows(honest, Kind.REMEDY) == 0


def _who(stewardship: Stewardship) -> set[tuple[int, int]]:
    """Return who has a place in which lot's framework."""
    return {
        (stewardship.lots.index(lot), int(row))
        for number, lots in stewardship.lots_of.items()
        for lot in lots
        for row in stewardship.suppliers_of(number)
        if stewardship.portfolio.standing[number].regime.name == "ethical_framework"
    }


def test_whoever_lost_its_record_is_locked_out_when_the_framework_opens() -> None:
    """Promises seen broken for half a year: the place is lost at the opening, not before."""
    model = village({"reopening_months": 6.0, "lock_out": 0.3})
    stewardship = lived(model, 1).stewardship
    number = max(stewardship.portfolio.standing, key=lambda one: stewardship.suppliers_of(one).size)
    bad = stewardship.suppliers_of(number)[:1].astype(np.int64)
    for _ in range(20):
        stewardship.office.memory.learn_delivery(np.zeros(1, dtype=np.int64), bad, np.zeros(1))

    before = lived(model, 5).stewardship.suppliers_of(number).tolist()
    after = lived(model, 1).stewardship.suppliers_of(number).tolist()

    assert bad[0] in before
    assert bad[0] not in after
    assert after


def test_an_opening_admits_newcomers_and_without_one_nobody_joins() -> None:
    """Within two years of yearly openings somebody new has a place; without them nobody has."""
    joined = {}
    for every in (0.0, 12.0):
        model = lived(village({"reopening_months": every, "lock_out": 0.0}), 1)
        before = _who(model.stewardship)
        joined[every] = _who(lived(model, 24).stewardship) - before

    assert joined[0.0] == set()
    assert joined[12.0]


def _unmet(model: EconomyModel) -> int:
    """Return thousandths of units of care that nobody delivered, over all months."""
    table = model.stewardship.accruals.needs.table()
    return int((table["need_milli"] - table["delivered_milli"]).clip(min=0).sum())


def _told(rules: dict[str, float], values: dict[str, float]) -> tuple[int, int]:
    model = lived(village({"call_off": 2.0, "handover_months": 3.0, **rules}, values), 18)
    return _unmet(model), flows(model, Kind.PROCESS_COST)


def test_stepping_in_keeps_service_going_when_providers_fail() -> None:
    """The same failures: people left waiting are unmet need, people taken over cost hours."""
    waiting, plain_cost = _told({"step_in": 0.0}, FAILING)
    served, cost = _told({"step_in": 1.0, "step_in_premium": 0.0}, FAILING)

    assert served < waiting
    assert cost > plain_cost


def test_a_premium_is_paid_out_of_the_same_budget() -> None:
    """Who is taken over at half as much again leaves less money for all the rest."""
    free, _ = _told({"step_in": 1.0, "step_in_premium": 0.0}, FAILING)
    dear, _ = _told({"step_in": 1.0, "step_in_premium": 0.5}, FAILING)

    assert dear > free


def _walkers(rules: dict[str, float]) -> int:
    """Count the places given up between the first month and the twenty-first."""
    model = village({"cost_drift": 0.08, "lock_out": 0.0, "reopening_months": 24.0, **rules})
    before = _who(lived(model, 1).stewardship)
    return len(before - _who(lived(model, 20).stewardship))


def test_providers_walk_away_where_cost_has_outrun_the_price() -> None:
    """Costs that move by up to 8 % a month drive some out; a bond of three months holds more."""
    loose = _walkers({})
    held, bound = _walkers({"deposit_months": 3.0}), _walkers({"walk_away": 0.0})

    assert loose > bound
    assert held < loose


def test_the_journal_tells_who_stepped_in_and_whose_bond_was_kept() -> None:
    """Each payment that a settlement asks for is a line with its reason, payer and payee."""
    model = village({"cost_drift": 0.08, "handover_months": 2.0, "deposit_months": 0.5})
    model.stewardship.journal = Journal()

    lived(model, 20)

    lines = [one for one in model.stewardship.journal.lines if one["what"] == "settlement"]
    told = {one["reason"]: one for one in lines}
    council = int(model.town.economy.parties.uid[model.town.economy.buyers.row[0]])
    assert told["bond forfeited on walking away"]["payee"] == council
    assert told["stepping in"]["payer"] == council
    assert told["stepping in"]["payee"] == "own staff"
    assert all(one["pence"] > 0 for one in lines)


@pytest.mark.parametrize("seed", range(2))
def test_a_village_of_failures_and_walkers_keeps_its_books(seed: int) -> None:
    """Three years of failing firms and moving costs: every month closes with residuals of zero."""
    rules: dict[str, Any] = {
        "cost_drift": 0.05, "handover_months": 2.0, "deposit_months": 1.0, "call_off": float(seed),
        "reopening_months": 12.0,
    }  # fmt: skip

    model = lived(village(rules, {f"firms.closure_{size}": 0.1 for size in ("micro", "small")}), 36)

    assert len(model.town.ledger.filed) == 36
    assert (model.town.ledger.deposits[: model.town.n_firms] >= 0).all()
