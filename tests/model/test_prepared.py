"""An economy is prepared once and lived many times: no life may leave a trace in it."""

import pytest

from experiments.runner.replicate import all_entries
from scenarios.assumptions import Assumptions
from scenarios.read import read_scenario
from simulation.accounting.digest import digest
from simulation.economy.town import Town
from simulation.measures.catalogue import evaluate
from simulation.measures.measure import BUILT_STATE
from simulation.model import letting, run
from simulation.model.run import live, prepare
from simulation.model.stewardship import Stewardship

pytestmark = pytest.mark.compiled

MONTHS = 14


def test_living_one_policy_leaves_the_prepared_economy_as_it_was() -> None:
    """The baseline lived before and after every other policy has the same books, kept or not."""
    scenario = read_scenario("village", (f"compare.months={MONTHS}",))
    a = Assumptions.of(all_entries().values()).with_values(scenario.assumptions)
    prepared = prepare(scenario, a, 3)
    others = [name for name in scenario.compare.regimes if name != scenario.compare.baseline]

    before = digest(live(prepared, scenario.compare.baseline, MONTHS))
    first = [digest(live(prepared, name, MONTHS)) for name in others]
    live(prepared, scenario.compare.baseline, MONTHS, extra_pence=10**7)
    after = digest(live(prepared, scenario.compare.baseline, MONTHS))
    second = [digest(live(prepared, name, MONTHS)) for name in reversed(others)]
    itself = digest(live(prepared, scenario.compare.baseline, MONTHS, keep=False))

    assert after == before
    assert second[::-1] == first
    assert itself == before


def test_the_built_state_is_the_same_whatever_is_bought_afterwards() -> None:
    """Month -1 is told from the past alone: every measure is equal under all five policies."""
    scenario = read_scenario("village", (f"compare.months={MONTHS}",))
    a = Assumptions.of(all_entries().values()).with_values(scenario.assumptions)
    prepared = prepare(scenario, a, 3)

    told = {}
    for name in scenario.compare.regimes:
        books = live(prepared, name, MONTHS)
        told[name] = [one for one in evaluate(books) if one.month == BUILT_STATE]

    first = told[scenario.compare.baseline]
    assert {"social_value_delivered", "process_per_delivered"} <= {one.measure for one in first}
    assert all(outcomes == first for outcomes in told.values())
    delivered = books.tables["arrangements"]
    assert (delivered["delivered_before_pence"] <= delivered["delivered_pence"]).all()
    assert (delivered["delivered_before_pence"] < delivered["delivered_pence"]).any()


def test_the_number_of_threads_changes_no_byte(monkeypatch: pytest.MonkeyPatch) -> None:
    """The village, its thirty homes served by one thread, and by two, three and seven."""
    scenario = read_scenario("village", (f"compare.months={MONTHS}",))
    a = Assumptions.of(all_entries().values()).with_values(scenario.assumptions)
    monkeypatch.setattr(run, "HOMES_PER_THREAD", 1)

    told = {
        threads: digest(live(prepare(scenario, a, 3, threads=threads), "social_value", MONTHS))
        for threads in (1, 2, 3, 7)
    }

    assert len(set(told.values())) == 1


@pytest.mark.parametrize("published", [True, False])
def test_a_past_that_leads_nowhere_lets_its_lots_together(
    published: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    """One at a time, so that each may be drawn again, only where a start is published."""
    scenario = read_scenario("village", (f"compare.months={MONTHS}",))
    if not published:
        nothing = scenario.contracts.model_copy(update={"share_in": {}})
        scenario = scenario.model_copy(update={"contracts": nothing})
    a = Assumptions.of(all_entries().values()).with_values(scenario.assumptions)
    at_once, hold = [], letting._hold

    def counted(stewardship: Stewardship, town: Town, due: list[letting.Due]) -> None:
        at_once.append(len(due))
        hold(stewardship, town, due)

    monkeypatch.setattr(letting, "_hold", counted)

    prepare(scenario, a, 3)

    assert (max(at_once) == 1) is published
