"""The price of it: what a need costs to meet, how well it is met, and what goes unmet.

Needs are real quantities: one unit is a pound's worth at the price of the built state.
"""

from collections.abc import Callable, Mapping
from typing import Literal

import numpy as np

from simulation.accounting.books import Table
from simulation.accounting.grouping import sum_by
from simulation.measures.measure import EVERYWHERE, Measure, Pair, Undefined, ratio
from simulation.measures.spending import paid_beside_prices
from simulation.measures.view import View

PENCE = 100
MILLI = 1_000
PPM = 1_000_000
MONTHS = 12
FINANCIAL_YEAR_STARTS = 4
NOTHING_NEEDED = "nothing was needed in the window"
NOTHING_DELIVERED = "nothing was delivered in the window"
BEST_VALUE = "National Audit Office, economy, efficiency and effectiveness"


def outlay(view: View, tier: str) -> float:
    """Return outlay on services, own staff included [GBP a year]."""
    paid = view.table("purchases")["pence"].sum() + view.table("payroll")["gross_pence"].sum()
    return (float(paid) + paid_beside_prices(view)) / PENCE / view.years


def budget_by_year(view: View) -> Mapping[int, float]:
    """Outlay and process cost of each financial year, by its last month in the run [GBP].

    The financial year runs from April to March; the first and last may be cut.
    """
    rows = view.whole("needs")
    told = rows["month"] > 0
    month = rows["month"][told].astype(np.int64)
    spent = _cost(rows)[told] + rows["buyer_process_pence"][told]
    offset = (view.meta.start_month - FINANCIAL_YEAR_STARTS) % MONTHS
    codes, sums = sum_by(spent, (month - 1 + offset) // MONTHS)
    last = np.minimum((codes[0] + 1) * MONTHS - offset, view.meta.months)
    return {int(m): float(pence) / PENCE for m, pence in zip(last, sums, strict=True)}


def budget_year(view: View, tier: str) -> float:
    """Return outlay and process cost in the window [GBP a year]."""
    rows = view.table("needs")
    return float(_cost(rows).sum() + rows["buyer_process_pence"].sum()) / PENCE / view.years


def unmet_need(view: View, tier: str) -> float:
    """Return the share of need that went undelivered."""
    rows = view.table("needs")
    needed, delivered = rows["need_milli"].sum(), rows["delivered_milli"].sum()
    return ratio(needed - delivered, needed, NOTHING_NEEDED)


def quality(view: View, tier: str) -> float:
    """Return mean quality of what was delivered, 1 being the built state's."""
    rows = view.table("needs")
    return ratio(_adjusted(rows), rows["delivered_milli"].sum() / MILLI, NOTHING_DELIVERED)


def cost_per_delivered_unit(view: View, tier: str) -> float:
    """Return outlay and the buyer's process cost per delivered, quality-adjusted unit [GBP]."""
    rows = view.table("needs")
    spent = (_cost(rows).sum() + rows["buyer_process_pence"].sum()) / PENCE
    return ratio(spent, _adjusted(rows), NOTHING_DELIVERED)


def process_cost(*columns: str) -> Callable[[View, str], float]:
    """Make the measure of process cost, of one side or both, per pound of outlay."""

    def answer(view: View, tier: str) -> float:
        rows = view.table("needs")
        cost = sum(float(rows[column].sum()) for column in columns)
        return ratio(cost, _cost(rows).sum(), "no service outlay in the window")

    return answer


def unit_cost_premium(pair: Pair, tier: str) -> float:
    """Return what the baseline's deliveries cost at this policy's unit costs, less one.

    Unit cost is outlay per delivered unit of each buyer and category that both delivered, weighted
    by what the baseline delivered (a Laspeyres index): the same need, whatever is bought more of.

    Raises
    ------
    Undefined
        When the two runs deliver nothing in common.
    """
    cells = [_unit_costs(view) for view in (pair.run, pair.baseline)]
    both = cells[0].keys() & cells[1].keys()
    if not both:
        raise Undefined("the two runs deliver nothing in common")
    here = there = 0.0
    for cell in sorted(both):
        cost, delivered = cells[0][cell]
        base_cost, base_delivered = cells[1][cell]
        here += cost / delivered * base_delivered
        there += base_cost
    return ratio(here, there, "the baseline's deliveries cost nothing") - 1.0


def delivered_units(view: View) -> float:
    """Quality-adjusted units delivered in the window, each a pound's worth in the built state."""
    return _adjusted(view.table("needs"))


def _cost(rows: Table) -> np.ndarray:
    return rows["outlay_pence"] + rows["payroll_pence"]


def _adjusted(rows: Table) -> float:
    return float((rows["delivered_milli"] / MILLI * (rows["quality_ppm"] / PPM)).sum())


def _unit_costs(view: View) -> dict[tuple[int, int], tuple[float, float]]:
    rows = view.table("needs")
    keys, cost = sum_by(_cost(rows), rows["buyer"], rows["category"])
    _, delivered = sum_by(rows["delivered_milli"], rows["buyer"], rows["category"])
    return {
        (int(buyer), int(category)): (float(pence), float(units))
        for buyer, category, pence, units in zip(*keys, cost, delivered, strict=True)
        if units > 0
    }


def _of_needs(
    name: str,
    unit: str,
    direction: Literal["up", "down", "none"],
    what: str,
    answer: Callable[[View, str], float],
    source: str = "this project",
) -> Measure:
    return Measure(
        name=name,
        unit=unit,
        direction=direction,
        nature="flow",
        what=what,
        source=source,
        tiers=EVERYWHERE,
        of_run=answer,
    )


BUYERS, BIDDERS = "buyer_process_pence", "bidder_process_pence"

MEASURES = (
    _of_needs(
        "outlay",
        "GBP a year",
        "none",
        "Outlay on services: purchases, what is paid beside prices, and own staff.",
        outlay,
    ),
    Measure(
        name="budget_year",
        unit="GBP a year",
        direction="none",
        nature="flow",
        what="Outlay and the buyers' process cost; by month, of the financial year that ends in "
        "that month (cut where the run begins or ends within it).",
        source="Chartered Institute of Public Finance and Accountancy, medium-term plans",
        tiers=EVERYWHERE,
        of_run=budget_year,
        by_month=lambda view, tier: budget_by_year(view),
    ),
    _of_needs(
        "unmet_need",
        "share",
        "down",
        "Share of need that the budget did not deliver.",
        unmet_need,
    ),
    _of_needs(
        "quality",
        "index",
        "up",
        "Mean quality of what was delivered, 1 being the built state's.",
        quality,
    ),
    _of_needs(
        "cost_per_delivered_unit",
        "GBP",
        "down",
        "Outlay and the buyers' process cost per delivered, quality-adjusted unit.",
        cost_per_delivered_unit,
        BEST_VALUE,
    ),
    _of_needs(
        "process_cost",
        "share of outlay",
        "down",
        "Cost of buying and bidding, both sides, per pound of outlay.",
        process_cost(BUYERS, BIDDERS),
    ),
    _of_needs(
        "process_cost_buyers",
        "share of outlay",
        "down",
        "Buyers' cost of buying per pound of outlay.",
        process_cost(BUYERS),
    ),
    _of_needs(
        "process_cost_bidders",
        "share of outlay",
        "down",
        "Suppliers' cost of bidding and reporting per pound of outlay.",
        process_cost(BIDDERS),
    ),
    Measure(
        name="unit_cost_premium",
        unit="share",
        direction="down",
        nature="paired",
        what="Unit cost of the baseline's deliveries under this policy over the baseline's, less "
        "one.",
        source="Laspeyres (1871)",
        tiers=EVERYWHERE,
        of_pair=unit_cost_premium,
    ),
)
