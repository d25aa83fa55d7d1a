"""Any district of England, with the country around it in sums, can be built and lived."""

import pytest

from experiments.runner.replicate import assumptions_of
from scenarios.read import read_scenario
from simulation.accounting.identities import CHECKS
from simulation.measures.catalogue import evaluate
from simulation.model.run import live, prepare

MONTHS = 4
SEED = 4
STEADY = 0.01
"""Most that a sector's yearly net lending may drift by; `burn_in.drift`."""

LITTLE = 0.05
"""Most of the need that may be unmet at the start, when budgets buy what they did before.

On the Isles of Scilly nobody comes for a small contract in catering, 4 % of what is bought.
"""


def check(file: str, sets: list[str]) -> None:
    """Build a place, live a few months of its baseline, and hold it to what any place must keep."""
    scenario = read_scenario(file, sets)

    place = prepare(scenario, assumptions_of(scenario, {}), SEED)
    books = live(place, scenario.compare.baseline, MONTHS)

    unmet = {row.value for row in evaluate(books) if row.measure == "unmet_need"}
    assert place.drift < STEADY
    assert all(value is not None and abs(value) < LITTLE for value in unmet)
    for law, _ in CHECKS:
        assert law(books).residual == 0


@pytest.mark.compiled
@pytest.mark.parametrize("focus", ["isles-of-scilly", "torridge"])
def test_a_small_district_anywhere_can_be_lived(focus):
    """The smallest of all, and one under a county council whose seat lies elsewhere."""
    check("wigan", [f"focus={focus}"])


@pytest.mark.long
@pytest.mark.parametrize("file", ["oxford", "plymouth", "preston-2024", "tameside", "wigan"])
def test_a_place_on_the_shelf_can_be_lived(file):
    """Books close, the start is steady, and hardly any need is unmet."""
    check(file, [])
