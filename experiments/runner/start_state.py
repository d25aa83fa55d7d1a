"""Is the place that was built the place that was published? Measured by the same measures."""

from collections.abc import Iterable
from statistics import fmean
from typing import TYPE_CHECKING, Any

from experiments.design.plan import plan_comparison
from experiments.design.seeds import replicate_seed
from experiments.runner.accounts import outcome_rows
from experiments.runner.replicate import assumptions_of
from experiments.store.records import OutcomeRow
from scenarios.spec import Scenario

if TYPE_CHECKING:
    from simulation.accounting.books import Books

SHARE = "local_share_based"
BUILT_STATE = -1
WIDEST = ("uk", "world")
"""Tiers in which all that is spent in the country, or anywhere, is at home."""


def published_and_built(
    scenario: Scenario, replicates: Iterable[Iterable[OutcomeRow]]
) -> list[dict[str, Any]]:
    """Set what was published about the start beside what the built states came to.

    Parameters
    ----------
    scenario : Scenario
        Its `[contracts] share_in` holds the published shares by area. Where it holds none, the
        focus and what it lies in are told without.
    replicates : iterable of iterable of OutcomeRow
        Outcomes of one run of each replicate; those of its built state are read.

    Returns
    -------
    list of dict
        `{what, area, tier, unit, published, built, least, most, n}` for each published area in the
        scenario's order; the area's own tier says which tier of the measure it is compared with.
        `published` is null where nothing is published. `built` is the mean of the `n` replicates
        in which it is defined, `least` and `most` their range; all three are null where there is
        none.
    """
    built: dict[str, list[float]] = {}
    for rows in replicates:
        for row in rows:
            if (row.measure, row.month) == (SHARE, BUILT_STATE) and row.value is not None:
                built.setdefault(row.tier, []).append(row.value)
    tier_of = {area.id: area.tier for area in scenario.areas}
    published: dict[str, float | None] = dict(scenario.contracts.share_in)
    if not published:
        published = {area: None for area in lies_in(scenario) if tier_of[area] in built}
    return [
        {
            "what": "Share of all buyers' spending with suppliers there",
            "area": area,
            "tier": tier_of[area],
            "unit": "share",
            "published": share,
            **_spread(built.get(tier_of[area], [])),
        }
        for area, share in published.items()
    ]


def lies_in(scenario: Scenario) -> list[str]:
    """The focus and the areas that it lies in below the country, from the smallest."""
    by_id = {area.id: area for area in scenario.areas}
    found, here = [], by_id.get(scenario.focus)
    while here is not None and here.tier not in WIDEST:
        found.append(here.id)
        here = by_id.get(here.parent) if here.parent else None
    return found


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
    return [*published_and_built(scenario, [rows]), *counted(scenario, books)]


def counted(scenario: Scenario, books: "Books") -> list[dict[str, Any]]:
    """Jobs and households of the focus, as published and as the built state has them."""
    focus = next(area for area in scenario.areas if area.id == scenario.focus)
    here, lines = books.meta.area_ids.index(scenario.focus), []
    for what, published, table, where, count in (
        ("Jobs at workplaces there", focus.jobs, "jobs", "work_area", "jobs"),
        ("Households there", focus.households, "wealth", "area", "households"),
    ):
        rows = books.tables[table]
        built = rows[count][(rows["month"] == 0) & (rows[where] == here)].sum()
        lines.append(
            {
                "what": what,
                "area": focus.id,
                "tier": focus.tier,
                "unit": "number",
                "published": None if published is None else float(published),
                **_spread([float(built)]),
            }
        )
    return lines
