"""The village keeps contracts for its own: money adds up, and the law is kept month by month."""

from collections import Counter
from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from scenarios import tables
from scenarios.spec import Scenario
from simulation.accounting.books import Books
from simulation.accounting.identities import CHECKS
from simulation.measures.view import View
from simulation.model.lots import VACANT
from simulation.model.policies import Fitting
from simulation.model.run import Prepared, live
from simulation.procurement.registry import get
from tests.laws.villages import Tree, named, village
from tests.model.opening import open_place, whole_register

MONTHS = 30
WAITING = 36
HEARD = {"tender.reach": 30.0, "tender.days_base": 1.0}
"""Every notice goes round, and takes little time to answer."""
LOW = 6_000_000
"""A threshold for the test [pence]."""
POLICIES: dict[str, dict[str, Any]] = {
    "near": {"regime": "reserved_local", "parameters": {"area": 3.0, "least_suppliers": 1.0}},
    "lots": {"regime": "reserved_local", "parameters": {"lots": 2.0, "least_suppliers": 0.0}},
    "mutual": {
        "regime": "reserved_mutual",
        "parameters": {"least_suppliers": 0.0, "employee_led": 1.0},
    },
    "supported": {
        "regime": "reserved_mutual",
        "parameters": {"power": 32.0, "least_suppliers": 0.0, "supported": 1.0},
    },
}


def reserving(policy: str) -> Scenario:
    """Read the village with a policy that reserves, and with one co-operative more."""

    def change(tree: Tree) -> None:
        tree["policies"] = {policy: POLICIES[policy]}
        tree["compare"]["regimes"] = ["price_quality", policy]
        named(tree["firms"], "brightwater").update(owner="members", owner_kind="coop")
        for one in tree["contracts"]["standing"]:
            one["months_left"] = min(one["months_left"], 6)

    return village(change)


def lived(policy: str) -> Books:
    """Live the village under a policy."""
    scenario = reserving(policy)
    return live(open_place(scenario, whole_register(scenario, HEARD)), policy, MONTHS)


def signed(books: Books) -> list[dict[str, Any]]:
    """Return what was signed in the story, with its texts."""
    view = View(books)
    table = view.whole("arrangements")
    texts = books.meta.texts
    rows = []
    for k in np.flatnonzero(table["start"] >= 1).tolist():
        row: dict[str, Any] = {name: int(column[k]) for name, column in table.items()}
        row |= {name: texts[row[name]] for name in ("power", "criterion", "result")}
        rows.append(row)
    return rows


@pytest.mark.parametrize("policy", POLICIES)
def test_money_adds_up_where_contracts_are_reserved(policy: str) -> None:
    """Both residuals are zero, and something was signed in the policy's own way."""
    books = lived(policy)

    assert [law(books).residual for law, _ in CHECKS] == [0] * len(CHECKS)
    assert signed(books)


@pytest.fixture
def low_threshold(monkeypatch: pytest.MonkeyPatch) -> None:
    """Set every threshold to 60,000 pounds."""
    known = tables.thresholds

    def low(year: int, month: int, nation: str) -> tables.Thresholds:
        classes = dict.fromkeys(("goods_services", "works", "light_touch"), LOW)
        return replace(known(year, month, nation), **classes)

    monkeypatch.setattr(tables, "thresholds", low)


@pytest.mark.usefixtures("low_threshold")
def test_what_lies_above_the_threshold_is_bought_as_before_and_says_so() -> None:
    """With a threshold of 60,000 pounds the larger lots are not reserved, and say why."""
    rows = signed(lived("near"))

    kept = [row for row in rows if row["power"] == "counterfactual"]
    told = [row for row in rows if "above the threshold" in row["power"]]
    assert kept
    assert told
    assert all(row["value_pence"] < LOW for row in kept)
    for row in told:
        assert row["value_pence"] >= LOW
        assert row["power"].startswith("Public Contracts Regulations 2015, reg. 67")
        assert "reserved" not in row["criterion"]


def test_no_mutual_wins_like_contracts_twice_in_three_years() -> None:
    """Each supplier has at most one contract kept for mutuals in a category."""
    rows = [row for row in signed(lived("mutual")) if "mutuals" in row["criterion"]]

    assert MONTHS < WAITING
    assert rows
    assert max(Counter((row["category"], row["supplier"]) for row in rows).values()) == 1
    assert all(row["power"].endswith("certain services reserved for mutuals") for row in rows)


@pytest.mark.compiled
def test_works_and_goods_are_not_kept_for_mutuals_but_for_supported_employment() -> None:
    """Under s. 33 (reg. 77 in 2019) only care; under s. 32 (reg. 20) any category."""
    mutual = [row for row in signed(lived("mutual")) if "mutuals" in row["criterion"]]
    supported = [row for row in signed(lived("supported")) if "supported" in row["criterion"]]

    assert {row["category"] for row in mutual} == {0}
    assert {row["category"] for row in supported} - {0}


def keeping_care(least: float) -> Prepared:
    """Open the village with a policy that keeps care for mutuals, where so many could come."""
    scenario = reserving("mutual")
    place = open_place(scenario, whole_register(scenario, HEARD))
    chosen = get("reserved_mutual")({"least_suppliers": least, "employee_led": 1.0}, place.town.a)
    fitting = Fitting(None, frozenset({"homecare"}), None, chosen)
    place.stewardship.policy = replace(place.policies["mutual"], fittings=(fitting,))
    place.stewardship.telling = True
    return place


def let_care(place: Prepared) -> int:
    """End all contracts of care and let them anew; return how many found a supplier."""
    stewardship, town = place.stewardship, place.town
    care = [lot for lot in stewardship.lots if lot.category == 0]
    stewardship.portfolio.close([lot.arrangement for lot in care if lot.arrangement != VACANT])
    for lot in care:
        lot.arrangement, lot.ends, lot.on_baseline = VACANT, town.month, False
    stewardship.docket = list(care)
    stewardship.let_docket(town)
    return sum(lot.arrangement != VACANT for lot in care)


@pytest.mark.parametrize(("least", "remembered"), [(0.0, True), (9.0, False)])
def test_only_who_won_a_contract_kept_for_mutuals_must_wait(least: float, remembered: bool) -> None:
    """A contract that was opened to all is none of s. 33, and its winner is free to come again."""
    place = keeping_care(least)

    assert let_care(place)
    assert bool(place.stewardship.office.memory.contracts.last) is remembered


def test_a_mutual_that_won_is_passed_over_until_three_years_are_over() -> None:
    """The village's one care co-op wins, may not in the months after, and may again at 36."""
    place = keeping_care(0.0)
    found = []
    for month in (0, 1, WAITING - 1, WAITING):
        place.town.month = month
        found.append(let_care(place))

    assert found == [1, 0, 0, 1]


@pytest.mark.usefixtures("low_threshold")
def test_what_a_rule_of_the_baseline_may_not_buy_its_own_way_does() -> None:
    """A baseline that reserves small contracts buys the large ones in its own way."""

    def change(tree: Tree) -> None:
        rule = {"regime": "reserved_local"}
        tree["policies"] = {"usual": {"regime": "price_quality", "rules": [rule]}}
        tree["compare"] |= {"regimes": ["usual"], "baseline": "usual"}
        for one in tree["contracts"]["standing"]:
            one["months_left"] = 2

    scenario = village(change)
    rows = signed(live(open_place(scenario, whole_register(scenario, HEARD)), "usual", 8))

    assert {row["value_pence"] >= LOW for row in rows} == {True, False}
    assert all(
        ("above the threshold" in row["power"]) == (row["value_pence"] >= LOW) for row in rows
    )
