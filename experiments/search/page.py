"""What a search found, as tables of documentation: slope, interval, `not found` where it is so."""

from collections.abc import Sequence
from dataclasses import dataclass

from experiments.report.words import MINUS
from experiments.runner.replicate import all_entries
from experiments.search.questions import Finding, Question
from experiments.search.slopes import Slope

HEAD = """# What emerges, with slope and interval

Nothing on this page is built in or asserted: it is what came out of runs over the ranges of the
register, by `python -m experiments.search`. Asserted, in tests, are only nulls. A slope is the
change of the answer from the low end of a factor's range to its high end, all other factors of the
question allowed for by least squares; in brackets the interval that holds 95 % of the slopes of
resampled settings. *Found* means that this interval keeps clear of zero, *not found* that it does
not: that is a result, too, of this place, these ranges and so many runs. With many slopes on a
page, one in twenty is found by luck. Settings were set, so a slope is an effect within the model;
of a place outside it, it says nothing.
"""

AGAINST = " against "
"""In the title of a finding, between the answer and what it is held against."""


@dataclass(frozen=True, slots=True)
class Told:
    """A question as it was searched in one place."""

    place: str
    months: int
    draws: int
    question: Question
    slopes: Sequence[tuple[Finding, Slope]]


def page(told: Sequence[Told], command: str, commit: str) -> str:
    """Write the page.

    Parameters
    ----------
    told : sequence of Told
        In the order in which they are shown.
    command, commit : str
        What was typed, and of what code.
    """
    made = f"Made by `{command}` at commit `{commit}`.\n"
    return "\n".join([HEAD, made, *(section(one) for one in told)])


def section(told: Told) -> str:
    """Write one question: its table, its picture, and what was varied."""
    name = f"{told.place}-{told.question.name}"
    lines = [
        f"## `{told.question.policy}` in {told.place}",
        "",
        f"{told.draws} settings, each lived for {told.months} months.",
        "",
        "| answer | against | its range | mean | slope over the range | verdict |",
        "| --- | --- | --- | ---: | ---: | --- |",
        *(_line(finding, slope) for finding, slope in told.slopes),
        "",
        f"![Slopes of {told.question.name}](emergence-{name}.svg)",
        "",
        f"Varied: {', '.join(f'`{one}`' for one in told.question.factors)}.",
        "",
    ]
    return "\n".join(lines)


def _line(finding: Finding, slope: Slope) -> str:
    entry = all_entries()[finding.factor]
    ends = f"{entry.low:g} to {entry.high:g}"
    title = finding.title.partition(AGAINST)[0]
    mean = "none" if slope.mean is None else f"{_figure(slope.mean)} {finding.unit}"
    return (
        f"| {title} | `{finding.factor}` | {ends} | {mean} | {interval(slope)} | {slope.verdict} |"
    )


def interval(slope: Slope) -> str:
    """Write a slope and its interval."""
    if slope.slope is None or slope.low is None or slope.high is None:
        return f"none (n = {slope.n})"
    return f"{_figure(slope.slope)} ({_figure(slope.low)} to {_figure(slope.high)})"


def _figure(value: float) -> str:
    figure = f"{value:,.0f}" if abs(value) >= 1000 else f"{value:.3g}"
    return figure.replace("-", MINUS)
