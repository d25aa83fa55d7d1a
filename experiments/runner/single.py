"""One way of buying lived once, with its books kept: the same run as in a comparison."""

import gc
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from experiments.analysis.summary import SCHEMA_VERSION, added_accounts, run_line
from experiments.design.plan import Plan, as_compared
from experiments.runner.accounts import outcome_rows
from experiments.runner.lives import balanced_accounts
from experiments.runner.memory import import_model
from experiments.runner.replicate import future_at
from experiments.store.records import OutcomeRow, Part, RunRecord, Status, run_name
from scenarios.spec import Scenario

if TYPE_CHECKING:
    from simulation.accounting.books import Books
    from simulation.economy.columns import Economy
    from simulation.model.journal import Journal


@dataclass(frozen=True, slots=True)
class SingleRun:
    """A run with everything known of it."""

    record: RunRecord
    books: "Books"
    rows: tuple[OutcomeRow, ...]
    draws: Mapping[str, float]
    journal: "Journal | None"


def live_once(
    scenario: Scenario, plan: Plan, regime: str, replicate: int, *,
    journal: bool, built: "Economy | None" = None, threads: int = 1,
) -> SingleRun:  # fmt: skip
    """Live one policy in one future, in an economy that is at hand or else built.

    The number of threads changes no number.

    Raises
    ------
    BooksDoNotBalanceError
        When a penny or a unit of dye is missing.
    """
    import_model()
    from simulation.accounting.digest import digest
    from simulation.measures.catalogue import evaluate
    from simulation.model.journal import Journal
    from simulation.model.run import live, prepare

    compared = as_compared(scenario, plan)
    future = future_at(compared, plan, Part.FUTURE, replicate)
    diary = Journal() if journal else None
    # nothing but the books is to outlive the run: what is made of a country's needs the room
    books = live(
        prepare(compared, future.assumptions, future.seed, built, threads), regime, plan.months,
        journal=diary, keep=False,
    )  # fmt: skip
    gc.collect()
    accounts = balanced_accounts(books)
    record = RunRecord(
        run=run_name(Part.FUTURE, regime, replicate),
        regime=regime,
        replicate=replicate,
        seed=future.seed,
        status=Status.DONE,
        digest=digest(books),
        accounts=accounts,
        treated_pence=int(books.meta.treated_pence),
    )
    rows = tuple(outcome_rows(regime, evaluate(books, plan.tiers, plan.window)))
    return SingleRun(record, books, rows, future.draws, diary)


def single_summary(scenario: Scenario, plan: Plan, run: SingleRun) -> dict[str, Any]:
    """What one run came to, in the shape of a comparison's `summary.json`.

    One run has no spread, so `low` and `high` are its own number and `n` is 1.
    """
    return {
        "schema_version": SCHEMA_VERSION,
        "scenario": scenario.name,
        "seed": plan.seed,
        "months": plan.months,
        "replicates": 1,
        "tiers": list(plan.tiers),
        "regime": run.record.regime,
        "replicate": run.record.replicate,
        "treated_pence": run.record.treated_pence,
        "outcomes": [_outcome(row) for row in run.rows if row.month == 0],
        "by_month": [_by_month(row) for row in run.rows if row.month != 0],
        "assumptions_drawn": dict(run.draws),
        "accounts": added_accounts([run.record]),
        "runs": [run_line(run.record)],
        "failures": [],
    }


def writers(run: SingleRun) -> dict[str, Callable[[Path], Path]]:
    """What writes `books/` of a run, and `journal/` where one was kept, into the run's folder."""
    from simulation.accounting.books_io import write_books

    written: dict[str, Callable[[Path], Path]] = {"books": partial(write_books, run.books)}
    if run.journal is not None:
        written["journal"] = run.journal.write
    return written


def _outcome(row: OutcomeRow) -> dict[str, Any]:
    return {
        "regime": row.regime,
        "measure": row.measure,
        "tier": row.tier,
        "unit": row.unit,
        "mean": row.value,
        "low": row.value,
        "high": row.value,
        "n": 0 if row.value is None else 1,
        "why": row.why,
    }


def _by_month(row: OutcomeRow) -> dict[str, Any]:
    return {
        "measure": row.measure,
        "tier": row.tier,
        "month": row.month,
        "value": row.value,
        "unit": row.unit,
        "why": row.why,
    }
