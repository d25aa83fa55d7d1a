"""What is taken from a run's books before they are let go: accounts, outcomes, budget lines."""

import math
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

import numpy as np

from experiments.analysis.budget import budget_rows
from experiments.analysis.facts import Asked, fact_rows
from experiments.analysis.reach import Ways, reach_rows
from experiments.store.records import Accounts, BudgetRow, FactRow, OutcomeRow, ReachRow

if TYPE_CHECKING:
    from simulation.accounting.books import Books
    from simulation.model.policies import ResolvedPolicy

NOT_FINITE = "the measure gave no finite number"


def accounts_of(books: "Books") -> Accounts:
    """Count the payments of the lived months, and add up what every identity is off by."""
    from simulation.accounting.flows import within
    from simulation.accounting.identities import CHECKS

    lived = within(books.tables["flows"], 1, books.meta.months)
    residual = {"pence": 0, "dye": 0}
    for check, needed in CHECKS:
        if all(books.covers(name) for name in needed):
            residual["dye" if needed == ("dye",) else "pence"] += check(books).residual
    return Accounts(
        payments=int(lived["count"].sum(dtype=np.int64)),
        pence_moved=int(lived["pence"].sum(dtype=np.int64)),
        residual_pence=residual["pence"],
        dye_residual=residual["dye"],
    )


def outcome_rows(regime: str, outcomes: Iterable[Any]) -> list[OutcomeRow]:
    """Outcomes as rows to keep; a number that is none (nan, infinite) becomes null with a reason.

    Parameters
    ----------
    regime : str
        Name of the policy.
    outcomes : iterable of Outcome
        With `measure`, `tier`, `month`, `value`, `unit`, `why`.
    """
    return [_row(regime, one) for one in outcomes]


def _row(regime: str, one: Any) -> OutcomeRow:
    value = None if one.value is None else float(one.value)
    why = one.why or None
    if value is not None and not math.isfinite(value):
        value, why = None, why or NOT_FINITE
    return OutcomeRow(regime, int(one.month), one.measure, one.tier, value, one.unit, why)


def books_budget(regime: str, books: "Books") -> list[BudgetRow]:
    """The run's budget lines, or none where the books do not cover needs."""
    if not books.covers("needs"):
        return []
    meta = books.meta
    needs = books.tables["needs"]
    lived = needs["month"] > 0
    return budget_rows(
        {name: column[lived] for name, column in needs.items()},
        books.tables["capital"],
        regime,
        (meta.start_year, meta.start_month),
        dict(zip(meta.buyer_rows, meta.buyer_ids, strict=True)),
        meta.category_ids,
    )


def books_reach(books: "Books", policy: "ResolvedPolicy", months: int) -> tuple[ReachRow, ...]:
    """What became of the run's treated spending.

    Parameters
    ----------
    books : Books
    policy : ResolvedPolicy
    months : int
        Usual term of a contract.
    """
    usual = {fitting.regime.name for fitting in policy.usual}
    ways = {fitting.regime.name: fitting.regime for fitting in policy.fittings}
    own = {name: way for name, way in ways.items() if name not in usual} or ways
    rows = books.meta.buyer_rows
    return reach_rows(
        books,
        Ways(
            own={name: way.title for name, way in own.items()},
            adopters=frozenset(rows[position] for position in policy.adopters),
            treated=policy.treated,
            months=months,
        ),
    )


def books_facts(books: "Books", window: tuple[int, int], asked: Asked) -> tuple[FactRow, ...]:
    """What the run's books tell beside the measures; see `fact_rows`."""
    from simulation.measures.catalogue import view_of

    return fact_rows(view_of(books, window), asked)
