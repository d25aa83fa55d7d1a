"""What may be asked of a sweep besides the question itself: which measure, where, by which rule."""

from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from typing import Any

from experiments.library.swept import AnalyseError

KINDS = ("compare", "sensitivity", "robustness", "discovery", "pareto")
"""The questions, in the order in which a report tells them."""
ALL = "all"
"""What stands for every question at once."""


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked, whatever the kind; each kind reads what concerns it.

    Attributes
    ----------
    measures : tuple of str
        Names from the catalogue; empty for the headlines that the sweep keeps.
    tier : str, optional
        Area; the narrowest that is kept by default.
    policy : str, optional
        sensitivity, discovery: the policy asked of.
    baseline : str, optional
        Policy compared with; the plan's by default.
    place : str, optional
        The only place that counts; all by default.
    better : "up" or "down", optional
        Which way is better; the glossary's by default.
    half_width : float, optional
        compare: wished half-width of the interval of luck [unit of the measure].
    alpha : float
        robustness: optimism of Hurwicz' rule, 0 to 1.
    level : float
        robustness: CVaR is the mean of the worst 1 - level of the futures.
    threshold : float, optional
        robustness, discovery: what is good enough [unit of the measure]; the baseline by default.
    find : "worse" or "better"
        discovery: what is looked for.
    only : tuple of str
        The only policies that count, beside the baseline; empty for all.
    within : mapping of str to (float, float)
        Ranges of assumptions; futures outside any of them do not count.
    """

    measures: tuple[str, ...] = ()
    tier: str | None = None
    policy: str | None = None
    baseline: str | None = None
    place: str | None = None
    better: str | None = None
    half_width: float | None = None
    alpha: float = 0.5
    level: float = 0.9
    threshold: float | None = None
    find: str = "worse"
    only: tuple[str, ...] = ()
    within: Mapping[str, tuple[float, float]] = field(default_factory=dict)

    def faults(self) -> list[str]:
        """Say what no sweep can be asked."""
        faults = []
        if not 0.0 <= self.alpha <= 1.0:
            faults.append(f"--alpha {self.alpha}; wanted optimism from 0 to 1")
        if not 0.0 <= self.level < 1.0:
            faults.append(f"--level {self.level}; wanted a share from 0 to below 1, such as 0.9")
        if self.half_width is not None and not self.half_width > 0.0:
            faults.append(f"--half-width {self.half_width}; wanted a size above 0")
        for name, (low, high) in self.within.items():
            if not low <= high:
                faults.append(f"--within {name}={low}..{high}; wanted the lower number first")
        for name, typed, words in (
            ("--better", self.better, ("up", "down")),
            ("--find", self.find, ("worse", "better")),
        ):
            if typed is not None and typed not in words:
                faults.append(f"{name} {typed}; wanted {' or '.join(words)}")
        return faults


def question_of(kind: str, options: Mapping[str, Any]) -> Question:
    """Take a question given by name, with its options.

    Parameters
    ----------
    kind : str
        One of `KINDS`, or `all`.
    options : mapping of str to any
        Attributes of `Question` by name; one measure may be given as it is.

    Raises
    ------
    AnalyseError
        With all that no sweep can be asked.
    """
    faults, known = [], [one.name for one in fields(Question)]
    if kind not in (*KINDS, ALL):
        faults.append(f"found the question {kind!r}; wanted one of {', '.join(KINDS)}, or {ALL}")
    for name in options:
        if name not in known:
            faults.append(f"found the option {name!r}; wanted some of {', '.join(known)}")
    measures = options.get("measures") or ()
    named = (measures,) if isinstance(measures, str) else tuple(measures)
    given = {name: value for name, value in options.items() if name in known}
    given["only"] = tuple(options.get("only") or ())
    given["within"] = dict(options.get("within") or {})
    question = Question(**{**given, "measures": named})
    faults += question.faults()
    if faults:
        raise AnalyseError("; ".join(faults) + ".")
    return question
