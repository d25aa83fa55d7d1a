"""The screening varies all that its place and its ways of buying read."""

from pathlib import Path

import pytest

from experiments.design.sweep import read_sweep_draft
from experiments.paper.influence import SCREENING
from experiments.paper.influence_reads import Noting, names_read
from scenarios.read import read_scenario

PLAN = Path("docs/paper/plans") / f"{SCREENING}.toml"
MONTHS = 3
"""Enough for every phase of a month; what only rare events read stands in the plan all the same."""


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
