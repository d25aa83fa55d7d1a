"""The village with shocks: how they are written, lived and read off the books."""

from dataclasses import replace
from functools import cache
from typing import Any

import numpy as np

from scenarios.spec import Scenario
from scenarios.vocabulary import Kind
from simulation.accounting.books import Books
from simulation.model.run import Prepared, live
from tests.laws.villages import Tree, village
from tests.model.opening import QUIET, open_place, whole_register

MONTH, MONTHS = 4, 9
WAYS = (
    "lowest_price", "price_quality", "social_value", "ethical_framework", "cooperative_membership",
)  # fmt: skip
SHOCKS: dict[str, dict[str, Any]] = {
    "supplier_fails": {},
    "demand_falls": {"size": 0.3, "months": 3},
    "input_prices": {"size": 0.2, "months": 3},
    "grant_cut": {"size": 0.3, "months": 3},
    "platform_down": {"months": 2},
    "portal_down": {"months": 4},
}
NULL: dict[str, dict[str, Any]] = {
    "supplier_fails": {"suppliers": 0},
    **{kind: {"size": 0.0} for kind in SHOCKS if kind != "supplier_fails"},
}
FOUNDED = {
    **QUIET,
    "cooperative_membership.fewest_members": 1.0,
    "cooperative_membership.least_scale": 0.0,
    "cooperative_membership.tolerance": 1.0,
}
"""Nobody leaves or closes by lot, and a co-op of one firm that costs twice as much is a co-op."""


def told(*shocks: dict[str, Any]) -> Scenario:
    """The village, whose firms have cash and whose contracts end soon, with some shocks."""

    def change(tree: Tree) -> None:
        for one in tree["contracts"]["standing"]:
            one["months_left"] = 1 if one["category"] == "homecare" else 1 + MONTH
        for firm in tree["firms"]:
            firm["deposits"] *= 4
        tree["shocks"] = list(shocks)

    return village(change)


@cache
def first_day() -> Prepared:
    """The village on its first day, where nobody closes by lot and co-ops are founded; shared."""
    return opened()


def opened(*shocks: dict[str, Any]) -> Prepared:
    """Open the village with some shocks."""
    scenario = told(*shocks)
    return open_place(scenario, whole_register(scenario, FOUNDED), 3)


def books_of(place: Prepared, regime: str, *shocks: dict[str, Any]) -> Books:
    """Live the place under a way of buying and some shocks."""
    return live(replace(place, scenario=told(*shocks)), regime, MONTHS)


def shock(kind: str, **keys: Any) -> dict[str, Any]:
    """Write one shock."""
    return {"kind": kind, "month": MONTH, **SHOCKS[kind], **keys}


def paid(books: Books, kind: Kind, *, payee: int | None = None) -> list[int]:
    """Add up payments of a kind by month, in all or to classes of an institution [pence]."""
    rows, institution = books.tables["flows"], books.tables["classes"]["institution"]
    mine = rows["kind"] == kind
    if payee is not None:
        mine &= institution[rows["payee"]] == payee
    sums = np.zeros(MONTHS + 1, dtype=np.int64)
    np.add.at(sums, rows["month"][mine], rows["pence"][mine])
    return sums.tolist()


def delivered(books: Books, category: str | None = None) -> list[int]:
    """Add up units delivered by month, in thousandths."""
    rows = books.tables["needs"]
    mine = np.ones(rows["month"].size, dtype=np.bool_)
    if category is not None:
        mine = rows["category"] == books.meta.category_ids.index(category)
    sums = np.zeros(MONTHS + 1, dtype=np.int64)
    np.add.at(sums, rows["month"][mine], rows["delivered_milli"][mine])
    return sums.tolist()
