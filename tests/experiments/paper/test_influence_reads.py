"""The screening varies all that its place and its ways of buying read."""

from collections.abc import Iterable, Mapping
from pathlib import Path

import pytest

from experiments.design.ignorance import is_uncertain
from experiments.design.seeds import replicate_seed
from experiments.design.sweep import read_sweep_draft
from experiments.paper.influence import SCREENING
from experiments.runner.replicate import all_entries, assumptions_of
from scenarios.assumptions import Assumptions, Entry
from scenarios.read import read_scenario
from scenarios.spec import Scenario
from simulation.model.run import live, prepare

PLAN = Path("docs/paper/plans") / f"{SCREENING}.toml"
MONTHS = 3
"""Enough for every phase of a month; what only rare events read stands in the plan all the same."""


class Noting(Assumptions):
    """Assumptions that note which names are read, in copies with other values, too."""

    __slots__ = ("read",)

    def __init__(self, values: Mapping[str, float], read: set[str]) -> None:
        super().__init__(values)
        self.read = read

    def __getitem__(self, name: str) -> float:
        self.read.add(name)
        return super().__getitem__(name)

    def with_values(self, values: Mapping[str, float]) -> "Noting":
        """Do what `Assumptions` does; what the copy is asked for is noted here."""
        return Noting({**super().with_values(values)}, self.read)

    def joined_by(self, entries: Iterable[Entry]) -> "Noting":
        """Do what `Assumptions` does; what the copy is asked for is noted here."""
        return Noting({**super().joined_by(entries)}, self.read)


def names_read(scenario: Scenario, policies: Iterable[str], months: int, seed: int) -> list[str]:
    """Name the assumptions with a range that are read while policies are lived once."""
    read: set[str] = set()
    noting = Noting({**assumptions_of(scenario, {})}, read)
    start = prepare(scenario, noting, replicate_seed(seed, 0))
    for policy in policies:
        live(start, policy, months)
    entries = all_entries(scenario)
    return sorted(name for name in read if name in entries and is_uncertain(entries[name]))


def test_a_copy_notes_what_it_is_asked_for() -> None:
    """With other values, or joined by a way's own entries, it notes on; a look-up does not."""
    read: set[str] = set()
    noting = Noting({"bid.cover": 0.1, "bid.own_pay": 1.0}, read)

    assert "bid.cover" in noting
    assert read == set()
    assert noting.with_values({"bid.cover": 0.2}).joined_by(())["bid.cover"] == 0.2
    assert "bid.cover" in read


@pytest.mark.compiled
def test_no_assumption_that_is_read_is_left_out() -> None:
    """The village is built and lived under each way of the plan."""
    plan = read_sweep_draft(PLAN).require()
    place = read_scenario(plan.places[0].scenario, ())

    read = names_read(place, plan.policies.names or (), MONTHS, plan.seed)

    assert len(read) > 100
    assert sorted(set(read) - set(plan.design.names)) == []
