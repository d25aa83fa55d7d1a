"""How far each way of buying reached: what it bought itself, what fell to the baseline, and why.

A comparison treats a category where some way buys it otherwise. That does not mean that every way
then acts on every lot: the law may forbid it, the lot may not suit it, a tender may come to
nothing. What a way changes can only come of what it acted on.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from experiments.store.records import ReachRow, ReplicateResult, RunRecord
from scenarios.vocabulary import TOO_RISKY

if TYPE_CHECKING:
    from simulation.accounting.books import Books, Table

Bool = NDArray[np.bool_]

OWN, OLDER = "own", "older"
REASONS = {
    OWN: "bought in its own way",
    OLDER: "under contracts signed before the story, which had not run out",
    "not_adopted": "bought by councils that did not take it up",
    "law": "the law leaves no such way for it: what it is, or its value against the threshold",
    "nothing": "its own procedure had come to nothing",
    "ended": "its own arrangement had ended before its time",
    "contested": "more risk in law than the council would run",
    "unsuited": "does not suit it, or lies outside the policy's rules",
}
"""What became of treated spending under a policy, in the order in which it is told."""


@dataclass(frozen=True, slots=True)
class Ways:
    """What a policy calls its own.

    Attributes
    ----------
    own : mapping of str to str
        Names of its ways of buying, those of the baseline left out where it has others, and their
        titles.
    adopters : frozenset of int
        Party rows of the buyers that have taken it up.
    treated : frozenset of str
        Category ids.
    months : int
        Usual term of a contract, for which values are told.
    """

    own: Mapping[str, str]
    adopters: frozenset[int]
    treated: frozenset[str]
    months: int


def reach_rows(books: "Books", ways: Ways) -> tuple[ReachRow, ...]:
    """Say what became of the treated spending of one run.

    Parameters
    ----------
    books : Books
        With `arrangements` and `tenders`.
    ways : Ways

    Returns
    -------
    tuple of ReachRow
        One for each of `REASONS` that occurs: awards made in the story, and the work under them
        [pounds at the opening price], by the months in which they were in force.
    """
    rows, meta = books.tables["arrangements"], books.meta
    codes = [k for k, name in enumerate(meta.category_ids) if name in ways.treated]
    here = np.isin(rows["category"], codes) & (rows["end"] >= 1)
    first = np.maximum(rows["start"], 1)
    months = np.maximum(np.minimum(rows["end"], meta.months) - first + 1, 0)
    pounds = rows["value_pence"] / 100.0 / max(ways.months, 1) * months
    found: dict[str, tuple[int, float]] = {}
    for at in np.flatnonzero(here).tolist():
        reason = _reason(books, rows, at, ways)
        awards, worth = found.get(reason, (0, 0.0))
        found[reason] = (awards + (reason != OLDER), worth + float(pounds[at]))
    return tuple(ReachRow(reason, *found[reason]) for reason in REASONS if reason in found)


def _reason(books: "Books", rows: "Table", at: int, ways: Ways) -> str:
    """Say why one arrangement is what it is."""
    meta = books.meta
    if rows["policy"][at] == 0:
        return OLDER
    if meta.regime_names[rows["regime"][at]] in ways.own:
        return OWN
    if int(rows["buyer"][at]) not in ways.adopters:
        return "not_adopted"
    power = meta.texts[rows["power"][at]]
    if any(f"({title}: " in power for title in ways.own.values()):
        return "contested" if power.endswith(f": {TOO_RISKY})") else "law"
    if _came_to_nothing(books.tables["tenders"], int(rows["tender"][at])):
        return "nothing"
    if _ended_before(books, rows, at, ways):
        return "ended"
    return "unsuited"


def _came_to_nothing(tenders: "Table", number: int) -> bool:
    """Say whether the same work was tendered in vain the month before."""
    at = np.flatnonzero(tenders["tender"] == number)
    if not at.size:
        return False
    same = (tenders["winner"] == -1) & (tenders["month"] == tenders["month"][at[0]] - 1)
    for name in ("buyer", "category", "area", "value_pence"):
        same &= tenders[name] == tenders[name][at[0]]
    return bool(same.any())


def _ended_before(books: "Books", rows: "Table", at: int, ways: Ways) -> bool:
    """Say whether an own arrangement for such work ended, for a reason, just before."""
    own = [k for k, name in enumerate(books.meta.regime_names) if name in ways.own]
    gap = rows["start"][at] - rows["end"]
    before = np.isin(rows["regime"], own) & (gap >= 0) & (gap <= 2)
    for name in ("buyer", "category"):
        before &= rows[name] == rows[name][at]
    texts = (books.meta.texts[code] for code in rows["result"][before])
    return any("; ended: " in text for text in texts)


def reach(
    results: Sequence[ReplicateResult], regimes: Iterable[str], own: Mapping[str, Sequence[str]]
) -> list[dict[str, Any]]:
    """Average over futures what became of treated spending under each policy.

    Parameters
    ----------
    results : sequence of ReplicateResult
    regimes : iterable of str
        Policies.
    own : mapping of str to sequence of str
        Names of each policy's own ways of buying.

    Returns
    -------
    list of dict
        `{regime, own, awards, awards_own, pounds, pounds_own, parts}`: means over the futures in
        which the policy was lived; `parts` tells `{reason, why, awards, pounds}` of all of it.
    """
    told = []
    for regime in regimes:
        runs = [run for one in results for run in one.runs if run.regime == regime and run.reach]
        sums = {reason: _mean(runs, reason) for reason in REASONS}
        parts = [
            {"reason": reason, "why": REASONS[reason], "awards": awards, "pounds": pounds}
            for reason, (awards, pounds) in sums.items()
            if awards or pounds
        ]
        told.append(
            {
                "regime": regime,
                "own": list(own.get(regime, ())),
                "awards": sum(awards for awards, _ in sums.values()),
                "awards_own": sums[OWN][0],
                "pounds": sum(pounds for _, pounds in sums.values()),
                "pounds_own": sums[OWN][1],
                "parts": parts,
            }
        )
    return told


def _mean(runs: Sequence[RunRecord], reason: str) -> tuple[float, float]:
    """Awards and pounds for one reason in the mean of some runs."""
    rows = [row for run in runs for row in run.reach if row.reason == reason]
    many = max(len(runs), 1)
    return sum(row.awards for row in rows) / many, sum(row.pounds for row in rows) / many
