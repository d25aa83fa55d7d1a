"""Is the place that was built the place that was published? Measured by the same measures."""

from collections.abc import Iterable, Mapping
from typing import Any

from experiments.design.plan import plan_comparison
from experiments.design.seeds import replicate_seed
from experiments.runner.accounts import outcome_rows
from experiments.runner.replicate import assumptions_of
from experiments.store.records import OutcomeRow
from scenarios.spec import Scenario

SHARE = "local_share_based"
BUILT_STATE = -1


def published_and_built(scenario: Scenario, rows: Iterable[OutcomeRow]) -> list[dict[str, Any]]:
    """Set what was published about the start beside what the built state came to.

    Parameters
    ----------
    scenario : Scenario
        Its `[contracts] share_in` holds the published shares by area.
    rows : iterable of OutcomeRow
        Outcomes of one run; those of the built state are read.

    Returns
    -------
    list of dict
        `{what, area, tier, unit, published, built}` for each published area in the scenario's
        order; the area's own tier says which tier of the measure it is compared with, and `built`
        is null where that is undefined.
    """
    built: Mapping[str, float | None] = {
        row.tier: row.value for row in rows if (row.measure, row.month) == (SHARE, BUILT_STATE)
    }
    tier_of = {area.id: area.tier for area in scenario.areas}
    return [
        {
            "what": "Share of all buyers' spending with suppliers there",
            "area": area,
            "tier": tier_of[area],
            "unit": "share",
            "published": published,
            "built": built.get(tier_of[area]),
        }
        for area, published in scenario.contracts.share_in.items()
    ]


def build_start_state(scenario: Scenario) -> list[dict[str, Any]]:
    """Build the economy at central assumptions, burn it in, and compare with what was published."""
    from simulation.measures.catalogue import evaluate
    from simulation.model.run import live, prepare

    plan = plan_comparison(scenario, months=1, replicates=1, fixed=True)
    prepared = prepare(scenario, assumptions_of(scenario, {}), replicate_seed(plan.seed, 0))
    books = live(prepared, plan.baseline, 1)
    rows = outcome_rows(plan.baseline, evaluate(books, plan.tiers, plan.window))
    return published_and_built(scenario, rows)
