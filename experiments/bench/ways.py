"""What a month costs in which every way of buying is in use, beside a plain month of the place.

One policy buys each spending category in another way: whoever may buy least chooses first, what is
left goes round. The plain month buys everything by the baseline. Both are lived by turns.
"""

import math
import statistics
from itertools import cycle

from experiments.bench.month import MILLI
from experiments.bench.rows import Row, at_most, measured
from experiments.bench.whole import steady_months
from experiments.runner.replicate import assumptions_of
from scenarios.read import read_scenario
from scenarios.spec import Scenario
from simulation.model import run
from simulation.procurement import registry

MOST_TIMES = at_most(2.0)
POLICY = "every_way"
TURNS = 3
"""Runs of each, by turns; the first of each touches memory and does not count."""


def ways_row(name: str, months: int) -> Row:
    """Hold a month with every way of buying against a plain one.

    Parameters
    ----------
    name : str
        A scenario on the shelf.
    months : int
        Length of a run, past the first dye.
    """
    scenario = with_every_way(read_scenario(name))
    prepared = run.prepare(scenario, assumptions_of(scenario, {}), 1)
    dyed = min(scenario.dye_months(months))
    taken: dict[str, list[float]] = {scenario.compare.baseline: [], POLICY: []}
    for turn in range(TURNS):
        for policy, seconds in taken.items():
            lived = steady_months(prepared, policy, months, dyed)
            if turn:
                seconds += lived
    plain, every = (statistics.median(seconds) * MILLI for seconds in taken.values())
    return measured(
        f"whole model, {name}: a month with all {len(registry.BUILT_IN)} ways of buying",
        every,
        "ms",
        reference=plain,
        bar=MOST_TIMES,
        why=f"a month of {scenario.compare.baseline} alone; medians of months with dye, "
        "processor time, runs by turns",
    )


def with_every_way(scenario: Scenario) -> Scenario:
    """Return the scenario with one policy in which every way of buying has something to buy."""
    baseline = scenario.compare.baseline
    bought = shared_out(sorted({one for buyer in scenario.buyers for one in buyer.budget}))
    rules = [{"regime": way, "categories": some} for way, some in bought.items() if some]
    data = dict(scenario.origin.data)
    data["counterfactual"] = True
    data["policies"] = {POLICY: {"regime": baseline, "rules": rules}}
    data["compare"] = {**data["compare"], "regimes": [baseline, POLICY]}
    return Scenario.model_validate(data)


def shared_out(categories: list[str]) -> dict[str, list[str]]:
    """Give each built-in way of buying categories that it may buy.

    Parameters
    ----------
    categories : list of str
        In a fixed order.

    Returns
    -------
    dict of str to list of str
        All categories, each once.
    """
    ways = {way: registry.get(way) for way in registry.BUILT_IN}
    bought: dict[str, list[str]] = {way: [] for way in ways}
    left = list(categories)
    choosers = sorted(ways, key=lambda way: len(ways[way].eligible({})) or math.inf)
    for way in cycle(choosers):
        if not left:
            break
        may = ways[way].eligible({}) or categories
        one = next((one for one in left if one in may), None)
        if one is not None:
            bought[way].append(one)
            left.remove(one)
    return bought
