"""One answer of a sweep as a page: a paragraph, tables, pictures, and how it was found.

The same pieces are printed on a terminal, so the two never say different things.
"""

import math
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from experiments.analysis.futures import Left
from experiments.report.pictures import Picture
from experiments.report.tables import Grid
from experiments.report.units import reach_read, reading_of, value_read
from experiments.report.words import listed, quoted

FEW_DIGITS = 3
MOST_PLACES = 9
"""Decimals of a number below which it is written as none."""


@dataclass(frozen=True, slots=True)
class Known:
    """What a reader may ask of an assumption: what it is and its unit."""

    what: str
    unit: str


@dataclass(frozen=True, slots=True)
class Answer:
    """What one analysis found.

    Attributes
    ----------
    title : str
        The question in a few words.
    paragraph : sequence of str
        Sentences that answer it.
    left : sequence of str
        What was left out; empty where nothing was.
    grids, pictures : sequence
        Tables and drawings.
    method : sequence of str
        How it was found, with sources.
    """

    title: str
    paragraph: Sequence[str]
    grids: Sequence[Grid]
    pictures: Sequence[Picture]
    method: Sequence[str]
    left: Sequence[str] = field(default_factory=tuple)


def told_left(left: Left, *, whole: bool) -> list[str]:
    """Say what was left out of an answer.

    Parameters
    ----------
    left : Left
        Counts.
    whole : bool
        Whether only futures with all their replicates count.

    Returns
    -------
    list of str
        Sentences; empty where all counted.
    """
    said = [
        f"{quoted(policy)} is left out: there is no number for it in any run ({why})."
        for policy, why in left.policies.items()
    ]
    if left.unlived:
        said.append(
            f"The sweep is not complete: {many(left.unlived, 'block')} with a run that is missing "
            "or failed left out whole."
        )
    if left.undefined:
        said.append(
            f"{many(left.undefined, 'block')} left out whole for a number that is undefined."
        )
    if left.futures and whole:
        said.append(f"{many(left.futures, 'future')} left out whole for want of a replicate.")
    return said


def many(count: int, what: str) -> str:
    """Write a count of things: "1 block", "3 blocks"."""
    return f"{count:,} {what}" if count == 1 else f"{count:,} {what}s"


def share_told(share: float | None) -> str:
    """Write a share of futures: "62%", a dash where there is none."""
    if share is None:
        return "–"
    return "under 1%" if 0.0 < share < 0.005 else f"{100 * share:.0f}%"


def plain(value: float) -> str:
    """Write a value of an assumption, or an index, with three digits; a tiny one in full."""
    text = f"{value:,.{FEW_DIGITS}g}"
    if "e" not in text:
        return text
    if abs(value) >= 1.0:
        return f"{value:,.0f}"
    places = FEW_DIGITS - 1 - math.floor(math.log10(abs(value)))
    return f"{value:.{places}f}" if places <= MOST_PLACES else f"{value:.0f}"


def limit_told(name: str, low: float | None, high: float | None, known: Mapping[str, Known]) -> str:
    """Write one limit of a box in words, with the name of the assumption behind it.

    Such as: “Cost of a day of work on a bid” above £480 a day (tender.day_rate_pence).
    """
    unit = known[name].unit if name in known else ""
    if low is not None and high is not None:
        told = f"from {reach_read(low, high, unit, plain)}"
    elif low is not None:
        told = f"above {value_read(low, unit, plain)}"
    else:
        told = f"below {value_read(high or 0.0, unit, plain)}"
    return f"“{_short(known[name].what)}” {told} ({name})" if name in known else f"{name} {told}"


def named(name: str, known: Mapping[str, Known]) -> str:
    """Name an assumption in words, with its own name behind them."""
    return f"{_short(known[name].what)} ({name})" if name in known else name


def _short(what: str) -> str:
    """The first sentence of what an assumption is, without what stands in brackets."""
    return re.sub(r" \([^)]*\)", "", re.split(r"[.;:](?: |$)", what)[0])


def number_told(name: str, value: float, known: Mapping[str, Known]) -> str:
    """Write a value of an assumption with its unit in words."""
    return value_read(value, known[name].unit if name in known else "", plain)


def factors_grid(names: Iterable[str], known: Mapping[str, Known]) -> Grid:
    """Tell what each factor is."""
    rows = [
        [name, known[name].what, reading_of(known[name].unit).words]
        for name in names
        if name in known
    ]
    return Grid("What the assumptions are", ["Assumption", "What it is", "Unit"], rows)


def both(names: Sequence[str]) -> str:
    """Name policies as a sentence does, each in quotes."""
    return listed([quoted(name) for name in names])


def write_answer(
    answer: Answer, facts: Sequence[tuple[str, str]], path: Path, say: Callable[[str], str]
) -> None:
    """Write an answer as a page that holds everything; no script, no address to fetch.

    Parameters
    ----------
    answer : Answer
        What was found.
    facts : sequence of (str, str)
        What the sweep is: name and content.
    path : Path
        The file; written whole or not at all.
    say : callable
        Says a text in the money and words of the places.
    """
    from experiments.store.aside import write_aside

    write_aside(path, say(answer_page(answer, facts)).encode())


def answer_page(answer: Answer, facts: Sequence[tuple[str, str]]) -> str:
    """Write an answer as the text of a page.

    Parameters
    ----------
    answer, facts
        As of `write_answer`.

    Returns
    -------
    str
        HTML.
    """
    from experiments.report.page import templates, theme

    page = templates().get_template("swept.html.j2")
    return page.render(answer=answer, facts=facts, theme=theme())
