"""The journal holds every payment that the Books sum, and the decisions behind them."""

import json
from pathlib import Path

import numpy as np
import pyarrow.parquet as pq
import pytest

from experiments.runner.replicate import all_entries
from scenarios.assumptions import Assumptions
from scenarios.read import read_scenario
from simulation.model.journal import Journal
from simulation.model.run import live, prepare

MONTHS = 12
"""In fewer nobody may be hired in the village, where a few dozen work."""


@pytest.mark.compiled
def test_the_journal_adds_up_to_the_flows(tmp_path: Path) -> None:
    """Payments of the journal, summed by month and kind, are the flows of the Books."""
    scenario = read_scenario("village", (f"compare.months={MONTHS}",))
    a = Assumptions.of(all_entries().values()).with_values(scenario.assumptions)
    journal = Journal()

    books = live(prepare(scenario, a, 1), "ethical_framework", MONTHS, journal=journal)
    folder = journal.write(tmp_path)

    paid = pq.read_table(folder / "payments.parquet").to_pydict()
    flows = books.tables["flows"]
    told = flows["month"] > 0
    for column, values in (("pence", paid["pence"]), ("count", np.ones(len(paid["pence"])))):
        found = np.zeros((MONTHS + 1, 64), dtype=np.int64)
        np.add.at(found, (paid["month"], paid["kind"]), np.array(values, dtype=np.int64))
        wanted = np.zeros((MONTHS + 1, 64), dtype=np.int64)
        np.add.at(wanted, (flows["month"][told], flows["kind"][told]), flows[column][told])
        assert (found == wanted).all()
    lines = [json.loads(line) for line in (folder / "decisions.jsonl").read_text().splitlines()]
    assert lines[0]["schema_version"] == 1
    assert {"order", "price", "hire"} <= {line["what"] for line in lines[1:]}
    assert not list(folder.glob("*.part"))
