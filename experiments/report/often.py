"""In how many of the futures tried each way came out better than the baseline, measure by measure.

Counts of futures are ignorance: what nobody knows differs between them. Luck stands apart: the same
assumptions, with only the dice thrown again. Neither is the chance that something will happen.
"""

from dataclasses import dataclass

from experiments.report.folder import Policy, Results
from experiments.report.glossary import Term, glossary, term
from experiments.report.saved import Numbers, Value
from experiments.report.tables import Grid
from experiments.report.words import not_known

_COLUMNS = ("policy", "measure", "better_is", "futures", "futures_better", "futures_same",
            "futures_worse", "luck_runs", "luck_better", "luck_same", "luck_worse")  # fmt: skip


@dataclass(frozen=True)
class Tally:
    """How often a policy came out better than the baseline, the same, or worse."""

    better: int
    same: int
    worse: int

    @property
    def runs(self) -> int:
        """All of them."""
        return self.better + self.same + self.worse


def tally(results: Results, words: Term, policy: Policy, *, of_luck: bool = False) -> Tally:
    """Count the futures, or the runs of luck, in which a policy did better than the baseline.

    Parameters
    ----------
    results : Results
        A comparison.
    words : Term
        A measure of which one way is better.
    policy : Policy
        Any but the baseline.
    of_luck : bool
        Whether runs of luck are counted.

    Returns
    -------
    Tally
        Runs in which either number is not known do not count.
    """
    gaps = results.paired(words.measure, policy, of_luck)
    sign = 1.0 if words.better == "higher" else -1.0
    better = sum(1 for gap in gaps if gap * sign > 0)
    same = sum(1 for gap in gaps if gap == 0)
    return Tally(better, same, len(gaps) - better - same)


def _told(results: Results, words: Term, policy: Policy) -> str:
    count = tally(results, words, policy)
    if not count.runs:
        return not_known(results.change(words.measure, policy).why or "no future has both numbers")
    text = f"{count.better} of {count.runs}"
    if count.same:
        text += f", the same in {count.same}"
    luck = tally(results, words, policy, of_luck=True)
    if results.drawn and luck.runs:
        text += f" (luck: {luck.better} of {luck.runs})"
    return text


def _measures(results: Results) -> list[Term]:
    reported = {measure for measure, _, _ in results.outcomes}
    return [
        term(name)
        for name, words in glossary().items()
        if name in reported and words.key and words.better
    ]


def often_table(results: Results) -> Grid:
    """Count, for each key measure and policy, the futures in which it beat the baseline.

    Parameters
    ----------
    results : Results
        A comparison.

    Returns
    -------
    Grid
        A row for each key measure of which one way is better.
    """
    measures = _measures(results)
    rows: list[list[str]] = []
    numbers: list[list[Value]] = []
    for words in measures:
        cells = [_told(results, words, policy) for policy in results.others]
        rows.append([f"{words.title} ({words.better} is better)", *cells])
        for policy in results.others:
            futures = tally(results, words, policy)
            luck = tally(results, words, policy, of_luck=True)
            numbers.append([
                policy.title, words.title, words.better, futures.runs, futures.better,
                futures.same, futures.worse, luck.runs, luck.better, luck.same, luck.worse,
            ])  # fmt: skip
    head = ["Measure", *(policy.title for policy in results.others)]
    tried = "Futures (and runs of luck alone)" if results.drawn else "Runs"
    caption = f"{tried} in which each way did better than “{results.baseline.title}”"
    return Grid(caption, head, rows if results.others else [], numbers=Numbers(_COLUMNS, numbers))
