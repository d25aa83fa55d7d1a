"""One replicate: the economy is built and burnt in once, then every policy lives in a copy of it.

The one place where experiments meet the model. Whatever goes wrong in a run is recorded with that
run; the others go on. A fault in code of the user's own ends the whole: what it shows in one future
alone is wrong in all.
"""

import gc
import traceback
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from experiments.design.ignorance import draw_ignorance
from experiments.design.plan import Plan
from experiments.design.seeds import replicate_seed
from experiments.runner.accounts import accounts_of, books_budget, books_reach, outcome_rows
from experiments.store.records import (
    BudgetRow,
    OutcomeRow,
    Part,
    ReplicateResult,
    RunRecord,
    Status,
    run_name,
)
from scenarios.assumptions import Assumptions, Entry, register
from scenarios.errors import UserCodeError
from scenarios.spec import Scenario

if TYPE_CHECKING:
    from simulation.accounting.books import Books
    from simulation.measures.view import View
    from simulation.model.run import Prepared

Made = TypeVar("Made")


@dataclass(frozen=True, slots=True)
class ReplicateTask:
    """What a worker needs to know to live one replicate.

    `twin` says whether each policy is lived a second time with a little more money.
    """

    scenario: Scenario
    plan: Plan
    part: Part
    replicate: int
    twin: bool = False

    @property
    def lives(self) -> int:
        """How many runs the task holds, for the progress bar."""
        return len(self.plan.regimes) * (2 if self.twin else 1)


class BooksDoNotBalanceError(Exception):
    """Raised when a run lost a penny or a unit of dye: its numbers are not to be used."""

    def __init__(self, residual_pence: int, dye_residual: int) -> None:
        super().__init__(
            f"the books do not balance: {residual_pence} pence and {dye_residual} units of dye "
            "are missing"
        )
        self.residual_pence = residual_pence
        self.dye_residual = dye_residual


def all_entries(scenario: Scenario | None = None) -> dict[str, Entry]:
    """The whole register: the shared entries, and those that the ways of buying carry.

    With a scenario, its files of code give theirs; whatever process this is, they are run here.
    """
    if scenario is not None:
        from simulation.procurement.registry import require_files

        require_files(scenario.code)
    return {**register(), **{entry.name: entry for entry in regime_entries()}}


def regime_entries() -> list[Entry]:
    """The entries that the registered ways of buying carry, in the order of the registry."""
    from simulation.procurement.registry import get, names

    return [entry for name in names() for entry in get(name).parameters]


def future_of(scenario: Scenario, plan: Plan, part: Part, seed: int) -> dict[str, float]:
    """The values that a replicate draws: none where the assumptions are held."""
    if plan.fixed or part is Part.LUCK:
        return {}
    return draw_ignorance(all_entries(scenario).values(), seed, held=scenario.assumptions)


def assumptions_of(scenario: Scenario, draws: Mapping[str, float]) -> Assumptions:
    """The register as one replicate knows it: central values, the scenario's, then the draws."""
    central = Assumptions.of(all_entries(scenario).values())
    return central.with_values(scenario.assumptions).with_values(draws)


@dataclass(frozen=True, slots=True)
class Future:
    """What one replicate's economy is built from, besides the scenario."""

    seed: int
    draws: dict[str, float]
    assumptions: Assumptions


def future_at(scenario: Scenario, plan: Plan, part: Part, replicate: int) -> Future:
    """The seed and the register values of a replicate, counted from 0."""
    seed = replicate_seed(plan.seed, replicate)
    draws = future_of(scenario, plan, part, seed)
    return Future(seed, draws, assumptions_of(scenario, draws))


def live_replicate(task: ReplicateTask) -> ReplicateResult:
    """Live every policy of a replicate, and measure it.

    Returns
    -------
    ReplicateResult
        A record for each policy, failed ones with their reason; rows of those that are done.

    Raises
    ------
    UserCodeError
        Where a way of buying from outside does not do what it must.
    """
    future = future_at(task.scenario, task.plan, task.part, task.replicate)
    runs: list[RunRecord] = []
    rows: list[OutcomeRow] = []
    budget: list[BudgetRow] = []
    replicate = _Replicate(task, future)
    for regime in task.plan.regimes:
        lived = replicate.run(regime)
        runs.append(lived.record)
        rows += lived.rows
        budget += lived.budget
    del replicate
    gc.collect()
    return ReplicateResult(
        task.part, task.replicate, future.seed, tuple(runs), tuple(rows), future.draws,
        tuple(budget),
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Lived:
    record: RunRecord
    rows: list[OutcomeRow]
    budget: list[BudgetRow]


class _Replicate:
    """An economy that several policies share, and the baseline's books that all are paired with."""

    def __init__(self, task: ReplicateTask, future: Future) -> None:
        self.task = task
        self.future = future
        self._prepared = _remember(self._prepare)
        self._baseline = _remember(lambda: self._live(task.plan.baseline))
        self._baseline_view = _remember(self._view_of_baseline)

    def run(self, regime: str) -> _Lived:
        record = RunRecord(
            run=run_name(self.task.part, regime, self.task.replicate),
            regime=regime,
            replicate=self.task.replicate,
            seed=self.future.seed,
            status=Status.DONE,
        )
        try:
            return self._measured(regime, record)
        except UserCodeError:
            raise
        except Exception as fault:
            failed = replace(record, status=Status.FAILED, error=short_reason(fault))
            return _Lived(failed, [], [])

    def _measured(self, regime: str, record: RunRecord) -> _Lived:
        from simulation.accounting.digest import digest

        plan = self.task.plan
        books = self._baseline() if regime == plan.baseline else self._live(regime)
        accounts = accounts_of(books)
        if not accounts.balanced:
            raise BooksDoNotBalanceError(accounts.residual_pence, accounts.dye_residual)
        rows = outcome_rows(regime, self._outcomes(regime, books))
        done = replace(
            record,
            digest=digest(books),
            accounts=accounts,
            treated_pence=int(books.meta.treated_pence),
            reach=books_reach(
                books,
                self._prepared().policies[regime],
                round(self.future.assumptions["market.contract_months"]),
            ),
        )
        return _Lived(done, rows, books_budget(regime, books))

    def _outcomes(self, regime: str, books: "Books") -> list[object]:
        from simulation.measures.catalogue import evaluate, evaluate_paired, view_of

        plan = self.task.plan
        base = self._baseline_view()
        view = base if regime == plan.baseline else view_of(books, plan.window)
        twin = view_of(self._twin(regime), plan.window) if self.task.twin else None
        told = evaluate(view, plan.tiers, like=base)
        return [*told, *evaluate_paired(view, base, twin, plan.tiers)]

    def _prepare(self) -> "Prepared":
        from simulation.model.run import prepare

        return prepare(self.task.scenario, self.future.assumptions, self.future.seed)

    def _live(self, regime: str, extra_pence: int = 0) -> "Books":
        from simulation.model.run import live

        return live(self._prepared(), regime, self.task.plan.months, extra_pence=extra_pence)

    def _view_of_baseline(self) -> "View":
        from simulation.measures.catalogue import view_of

        return view_of(self._baseline(), self.task.plan.window)

    def _twin(self, regime: str) -> "Books":
        yearly = sum(sum(buyer.budget.values()) for buyer in self.task.scenario.buyers)
        a = self.future.assumptions
        extra = int(a["experiments.twin_extra_share"] * yearly * 100)
        return self._live(regime, max(1, extra))


def _remember(make: Callable[[], Made]) -> Callable[[], Made]:
    """Make a thing when it is first asked for; repeat its fault, too, without trying again."""
    made: list[Made] = []
    faults: list[Exception] = []

    def give() -> Made:
        if faults:
            raise faults[0]
        if not made:
            try:
                made.append(make())
            except Exception as fault:
                faults.append(fault)
                raise
        return made[0]

    return give


def short_reason(fault: BaseException) -> str:
    """A fault in one line: its kind, what it says, and the function that raised it."""
    frames = traceback.extract_tb(fault.__traceback__)
    place = f" (in {frames[-1].name}, {Path(frames[-1].filename).name})" if frames else ""
    return f"{type(fault).__name__}: {fault}{place}"
