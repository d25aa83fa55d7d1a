"""Following dye to its first exit only: what has left the place does not count again."""

import numpy as np
import pytest

from experiments.runner.replicate import all_entries
from scenarios.assumptions import Assumptions
from scenarios.read import read_scenario
from simulation.accounting.books import Books, DyeRecord
from simulation.measures.catalogue import evaluate
from simulation.model.run import live, prepare

MONTHS = 16


def village_books(*sets: str) -> Books:
    """Live the village under its baseline with some keys set."""
    scenario = read_scenario("village", (f"compare.months={MONTHS}", *sets))
    a = Assumptions.of(all_entries().values()).with_values(scenario.assumptions)
    return live(prepare(scenario, a, 1), "price_quality", MONTHS)


def traced(books: Books) -> float:
    """Return the traced multiplier of the district."""
    found = [
        one.value
        for one in evaluate(books, ("district",), (1, MONTHS))
        if one.measure == "traced_multiplier" and one.month == 0
    ]
    assert found[0] is not None
    return found[0]


@pytest.mark.compiled
def test_dye_that_left_the_district_is_gone_for_good() -> None:
    """Nobody outside holds dye at the close of any month, and nothing comes back."""
    with_return = village_books()

    first_exit = village_books("measure.first_exit=district")

    dye = first_exit.tables["dye"]
    held = (dye["record"] == DyeRecord.HELD) & (dye["area"] != first_exit.meta.focus_area)
    assert int(dye["units"][held].sum()) == 0
    assert int(np.abs(dye["units"][dye["record"] == DyeRecord.HELD]).sum()) > 0
    assert 1.0 < traced(first_exit) < traced(with_return)
