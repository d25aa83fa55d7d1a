"""The journal holds every payment that the Books sum, and the decisions behind them."""

import json
from pathlib import Path

import numpy as np
import pyarrow.parquet as pq
import pytest

from experiments.runner.replicate import all_entries
from scenarios.assumptions import Assumptions
from scenarios.read import read_scenario
from simulation.accounting.digest import digest
from simulation.model.journal import Journal
from simulation.model.run import live, prepare


@pytest.mark.compiled
def test_the_journal_adds_up_to_the_flows(tmp_path: Path) -> None:
    """Its payments by month and kind are the flows of the Books, which it leaves as they are."""
    scenario = read_scenario("village", ("compare.months=3",))
    a = Assumptions.of(all_entries().values()).with_values(scenario.assumptions)
    journal = Journal()

    place = prepare(scenario, a, 1)
    books = live(place, "ethical_framework", 3, journal=journal)
    folder = journal.write(tmp_path)

    assert digest(books) == digest(live(place, "ethical_framework", 3))
    paid = pq.read_table(folder / "payments.parquet").to_pydict()
    flows = books.tables["flows"]
    told = flows["month"] > 0
    for column, values in (("pence", paid["pence"]), ("count", np.ones(len(paid["pence"])))):
        found = np.zeros((4, 64), dtype=np.int64)
        np.add.at(found, (paid["month"], paid["kind"]), np.array(values, dtype=np.int64))
        wanted = np.zeros((4, 64), dtype=np.int64)
        np.add.at(wanted, (flows["month"][told], flows["kind"][told]), flows[column][told])
        assert (found == wanted).all()
    lines = [json.loads(line) for line in (folder / "decisions.jsonl").read_text().splitlines()]
    assert lines[0]["schema_version"] == 1
    assert {"order", "price", "hire"} <= {line["what"] for line in lines[1:]}
    assert json.loads((folder / "opening.json").read_text())["schema_version"] == 1
    changed = [json.loads(line) for line in (folder / "standing.jsonl").read_text().splitlines()]
    assert changed[0] == {"schema_version": 1, "what": "standing"}
    assert {"firm", "worker"} <= {line["what"] for line in changed[1:]}
    assert not list(folder.glob("*.part"))
