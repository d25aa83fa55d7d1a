"""One replicate of a comparison: every policy is lived in one economy, and put on record.

Whatever goes wrong in a run is recorded with that run; the others go on. A fault in code of the
user's own ends the whole: what it shows in one future alone is wrong in all.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from experiments.design.ignorance import draw_ignorance
from experiments.design.plan import Plan
from experiments.design.seeds import replicate_seed
from experiments.runner.accounts import books_budget, books_facts, books_reach
from experiments.runner.beside import what_is_asked
from experiments.runner.lives import Lives, short_reason
from experiments.runner.memory import clear_away
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
    clear_away()
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
    """A replicate's policies, each lived and put on record."""

    def __init__(self, task: ReplicateTask, future: Future) -> None:
        self.task = task
        self.future = future
        self.lives = Lives(task.scenario, task.plan, future.assumptions, future.seed, task.twin)

    def run(self, regime: str) -> _Lived:
        record = RunRecord(
            run=run_name(self.task.part, regime, self.task.replicate),
            regime=regime,
            replicate=self.task.replicate,
            seed=self.future.seed,
            status=Status.DONE,
        )
        try:
            return self._lived(regime, record)
        except UserCodeError:
            raise
        except Exception as fault:
            failed = replace(record, status=Status.FAILED, error=short_reason(fault))
            return _Lived(failed, [], [])

    def _lived(self, regime: str, record: RunRecord) -> _Lived:
        measured = self.lives.measured(regime)
        policy, assumptions = self.lives.policy(regime), self.future.assumptions
        months = round(assumptions["market.contract_months"])
        plan = self.task.plan
        asked = what_is_asked(
            self.task.scenario, assumptions, policy.treated, expiring=regime == plan.baseline
        )
        done = replace(
            record,
            digest=measured.digest,
            accounts=measured.accounts,
            treated_pence=measured.treated_pence,
            reach=books_reach(measured.books, policy, months),
            facts=books_facts(measured.books, plan.window, asked),
        )
        return _Lived(done, measured.rows, books_budget(regime, measured.books))
