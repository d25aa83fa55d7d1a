"""A comparison from question to tables: live what is missing, keep each replicate, add up."""

import csv
import io
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from experiments.analysis.budget import COLUMNS, budget_table
from experiments.analysis.summary import summarise
from experiments.design.plan import Plan, as_compared
from experiments.design.seeds import replicate_seed
from experiments.runner.beside import beside
from experiments.runner.label import now
from experiments.runner.replicate import ReplicateTask, assumptions_of, live_replicate
from experiments.runner.start_state import published_and_built
from experiments.runner.treated import reached, treated_spending
from experiments.runner.workforce import Lost, hand_out
from experiments.store.folder import ResultFolder
from experiments.store.records import (
    OutcomeRow,
    Part,
    ReplicateResult,
    RunRecord,
    Status,
    run_name,
)
from scenarios.spec import Scenario

Work = Callable[[ReplicateTask], ReplicateResult]
Told = Callable[[int, int], None]
"""Is told after each replicate how many runs are done, of how many."""


@dataclass(slots=True)
class Comparison:
    """A comparison under way in a folder.

    Parameters
    ----------
    scenario : Scenario
        As read.
    plan : Plan
        What is asked of it.
    folder : ResultFolder
        Where finished replicates are kept.
    """

    scenario: Scenario
    plan: Plan
    folder: ResultFolder

    def tasks(self) -> list[ReplicateTask]:
        """The replicates still to be lived, the longest first."""
        scenario = as_compared(self.scenario, self.plan)
        return [
            ReplicateTask(
                scenario=scenario,
                plan=self.plan,
                part=part,
                replicate=replicate,
                twin=part is Part.FUTURE and replicate < self.plan.twin_replicates,
            )
            for part, count in self._parts()
            for replicate in self.folder.missing(part, range(count))
        ]

    def live(self, workers: int, told: Told, work: Work | None = None) -> list[ReplicateResult]:
        """Live the missing replicates and keep each as it finishes.

        Returns
        -------
        list of ReplicateResult
            Replicates that left nothing to keep, because their worker died; each run of theirs is
            a failed one.

        Raises
        ------
        UserCodeError
            At the first fault in a way of buying from outside; then nothing is left in a folder
            that this comparison has made.
        """
        tasks = self.tasks()
        total, done = sum(task.lives for task in tasks), 0
        told(done, total)
        lost = []
        for task, result in hand_out(work or live_replicate, tasks, workers):
            if isinstance(result, Lost) and result.fault is not None:
                self.folder.withdraw()
                raise result.fault
            if isinstance(result, Lost):
                lost.append(_nothing_left(task, result))
            else:
                self.folder.keep(result)
            done += task.lives
            told(done, total)
        return lost

    def conclude(
        self, lost: Sequence[ReplicateResult], directions: dict[str, str]
    ) -> dict[str, Any]:
        """Compact what is kept, add it up, and write tables and summary.

        Returns
        -------
        dict
            The document in `summary.json`.
        """
        kept = {
            part: _in_order(
                self.folder.kept(part, range(count)), [one for one in lost if one.part is part]
            )
            for part, count in self._parts()
        }
        futures, luck = kept[Part.FUTURE], kept[Part.LUCK]
        self.folder.write_tables(futures, luck)
        lines = budget_table(futures, self.plan.regimes, self.plan.baseline)
        self.folder.write_text("budget.csv", csv_text(COLUMNS, lines))
        summary = summarise(self.scenario.name, self.plan, futures, luck, directions)
        summary["treated"] = treated_spending(self.scenario, self.plan)
        summary["reach"] = reached(self.scenario, self.plan, futures)
        summary |= beside(self.scenario, self.plan, assumptions_of(self.scenario, {}))
        self.folder.write_json("summary.json", summary)
        self.folder.update_manifest(
            status="some runs failed" if summary["failures"] else "finished",
            finished=now(),
            treated_pounds=_mean_pounds(summary["treated_pence"].values()),
            digests={run.run: run.digest for one in (*futures, *luck) for run in one.runs},
            start_state=published_and_built(self.scenario, self._baseline_rows([*luck, *futures])),
        )
        return summary

    def _baseline_rows(self, results: Sequence[ReplicateResult]) -> list[list[OutcomeRow]]:
        """Outcomes of the baseline in every replicate."""
        name = self.plan.baseline
        return [[row for row in result.rows if row.regime == name] for result in results]

    def _parts(self) -> tuple[tuple[Part, int], ...]:
        return (
            (Part.FUTURE, self.plan.replicates),
            (Part.LUCK, self.plan.luck_runs_needed),
        )


def _mean_pounds(pence: Iterable[int | None]) -> float | None:
    known = [one for one in pence if one is not None]
    return round(sum(known) / len(known) / 100, 2) if known else None


def csv_text(columns: Sequence[str], lines: Sequence[dict[str, Any]]) -> str:
    """Lines as CSV with a header; null is an empty cell."""
    sink = io.StringIO()
    writer = csv.DictWriter(sink, columns, lineterminator="\n")
    writer.writeheader()
    writer.writerows(lines)
    return sink.getvalue()


def _in_order(
    kept: Sequence[ReplicateResult], lost: Sequence[ReplicateResult]
) -> list[ReplicateResult]:
    """Kept and lost replicates by number; one that was lost now counts as lost."""
    numbered = {result.replicate: result for result in (*kept, *lost)}
    return [numbered[number] for number in sorted(numbered)]


def _nothing_left(task: ReplicateTask, lost: Lost) -> ReplicateResult:
    seed = replicate_seed(task.plan.seed, task.replicate)
    runs = tuple(
        RunRecord(
            run=run_name(task.part, regime, task.replicate),
            regime=regime,
            replicate=task.replicate,
            seed=seed,
            status=Status.FAILED,
            error=lost.reason,
        )
        for regime in task.plan.regimes
    )
    return ReplicateResult(task.part, task.replicate, seed, runs)
