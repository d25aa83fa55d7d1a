"""Is the place that was built the place that was published? Measured by the same measures."""

from collections.abc import Iterable
from statistics import fmean
from typing import Any

from experiments.design.plan import plan_comparison
from experiments.design.seeds import replicate_seed
from experiments.runner.accounts import outcome_rows
from experiments.runner.replicate import assumptions_of
from experiments.store.records import OutcomeRow
from scenarios.spec import Scenario

SHARE = "local_share_based"
BUILT_STATE = -1


def published_and_built(
    scenario: Scenario, replicates: Iterable[Iterable[OutcomeRow]]
) -> list[dict[str, Any]]:
    """Set what was published about the start beside what the built states came to.

    Parameters
    ----------
    scenario : Scenario
        Its `[contracts] share_in` holds the published shares by area.
    replicates : iterable of iterable of OutcomeRow
        Outcomes of one run of each replicate; those of its built state are read.

    Returns
    -------
    list of dict
        `{what, area, tier, unit, published, built, least, most, n}` for each published area in the
        scenario's order; the area's own tier says which tier of the measure it is compared with.
        `built` is the mean of the `n` replicates in which it is defined, `least` and `most` their
        range; all three are null where there is none.
    """
    built: dict[str, list[float]] = {}
    for rows in replicates:
        for row in rows:
            if (row.measure, row.month) == (SHARE, BUILT_STATE) and row.value is not None:
                built.setdefault(row.tier, []).append(row.value)
    tier_of = {area.id: area.tier for area in scenario.areas}
    return [
        {
            "what": "Share of all buyers' spending with suppliers there",
            "area": area,
            "tier": tier_of[area],
            "unit": "share",
            "published": published,
            **_spread(built.get(tier_of[area], [])),
        }
        for area, published in scenario.contracts.share_in.items()
    ]


def _spread(values: list[float]) -> dict[str, float | int | None]:
    if not values:
        return {"built": None, "least": None, "most": None, "n": 0}
    return {"built": fmean(values), "least": min(values), "most": max(values), "n": len(values)}


def build_start_state(scenario: Scenario) -> list[dict[str, Any]]:
    """Build the economy at central assumptions, burn it in, and compare with what was published."""
    from simulation.measures.catalogue import evaluate
    from simulation.model.run import live, prepare

    plan = plan_comparison(scenario, months=1, replicates=1, fixed=True)
    prepared = prepare(scenario, assumptions_of(scenario, {}), replicate_seed(plan.seed, 0))
    books = live(prepared, plan.baseline, 1)
    rows = outcome_rows(plan.baseline, evaluate(books, plan.tiers, plan.window))
    return published_and_built(scenario, [rows])
