"""The answer to `compare`: how far each policy differs from the baseline, and how sure that is."""

from collections.abc import Mapping, Sequence
from functools import partial
from typing import Any

import numpy as np

from experiments.analysis.factorial import FEWEST
from experiments.analysis.futures import Futures
from experiments.analysis.spread import MOST
from experiments.figures.palette import look
from experiments.figures.strips import Strip, strip_figure
from experiments.report.glossary import Term, term
from experiments.report.pictures import Picture, picture
from experiments.report.swept import Answer, both, many, share_told, told_left
from experiments.report.tables import Grid
from experiments.report.words import quoted

MOST_DOTS = 120
"""Futures drawn one by one; of more, so many evenly spaced ones in the order of their values."""

Row = Mapping[str, Any]

PAIRED = (
    "Each difference is taken within a block: the same place, assumptions and luck. The interval "
    "of luck is the 95% bootstrap of the mean over replicates, each averaged over all futures "
    "first (Efron and Tibshirani 1993); more replicates narrow it."
)
UNPAIRED = (
    "No two runs of this plan share luck (paired = false), so a difference is that of two means. "
    "The interval of luck is Welch’s 95% interval (1947) over replicates, each averaged over all "
    "futures first; more replicates narrow it. Where a policy is better or best, luck of its own "
    "has had a part."
)
FUTURES = (
    "The range over futures is the central 95% of the futures’ own means; more replicates leave "
    "it as it is."
)
NEEDED = (
    "Replicates needed are the least n with t(n − 1) s / √n at most the half-width wished for, by "
    "the spread s seen so far (Law 2015)."
)
NEEDED_UNPAIRED = (
    "Replicates needed are the least n of each policy that brings Welch’s interval within the "
    "half-width wished for, by the spreads seen so far (Law 2015)."
)


def paired_answer(
    found: Sequence[tuple[Futures, Sequence[Row]]],
    baseline: str,
    order: Sequence[str],
    half_width: float | None,
    *,
    shared: bool = True,
) -> Answer:
    """Put the differences in words, tables and pictures.

    Parameters
    ----------
    found : sequence of (Futures, rows)
        By measure: its futures, and what `paired` told of them.
    baseline : str
        What is compared with.
    order : sequence of str
        Policies in the plan's order, which gives each its look.
    half_width : float, optional
        As asked for.
    shared : bool
        Whether the policies of a block met the same luck.

    Returns
    -------
    Answer
        The first measure is the one that the paragraph tells of.
    """
    paragraph = [sentence for futures, rows in found for sentence in _told(rows, futures)]
    return Answer(
        title=f"How the policies differ from {baseline}",
        paragraph=paragraph,
        grids=[_grid(rows, baseline, half_width) for _, rows in found],
        pictures=[_picture(futures, rows, baseline, order) for futures, rows in found],
        method=[PAIRED if shared else UNPAIRED, FUTURES, NEEDED if shared else NEEDED_UNPAIRED],
        left=list(
            dict.fromkeys(
                one for futures, _ in found for one in told_left(futures.left, whole=False)
            )
        ),
    )


def _told(rows: Sequence[Row], futures: Futures) -> list[str]:
    words = term(futures.measure)
    known = [row for row in rows if row["mean"] is not None]
    if not known:
        return [f"{words.title}: no block is whole yet."]
    few = max(row["replicates"] for row in known) < FEWEST
    clear = [
        row
        for row in known
        if row["mean"] and (few or row["luck"]["low"] > 0 or row["luck"]["high"] < 0)
    ]
    said = [
        f"{words.title} ({futures.tier}), over {many(futures.at.size, 'future')} and "
        f"{many(futures.blocks, 'block')}:"
    ]
    say = _change(words, futures.unit, rows)
    for row in clear:
        told = f"{quoted(row['policy'])} differs by {say(row['mean'])}"
        if row["better_share"] is not None:
            told += f" and is better in {share_told(row['better_share'])} of the futures"
        said.append(f"{told}.")
    if few:
        said.append(
            f"Fewer than {FEWEST} replicates: no difference can be called clear of luck yet."
        )
    elif not clear:
        said.append("No policy differs from the baseline by more than luck alone could make.")
    shares = [row for row in known if row["best_share"]]
    if shares:
        most = max(row["best_share"] for row in shares)
        names = [row["policy"] for row in shares if row["best_share"] == most]
        said.append(f"Most often best: {both(names)}, in {share_told(most)} of the futures.")
    return [" ".join(said)]


def _change(words: Term, unit: str, rows: Sequence[Row]) -> Any:
    ends = [abs(row["mean"] or 0.0) for row in rows]
    return words.writes_change(unit, max(ends, default=0.0) / 100)


def _grid(rows: Sequence[Row], baseline: str, half_width: float | None) -> Grid:
    measure, tier, unit = (rows[0][key] for key in ("measure", "tier", "unit"))
    words = term(measure)
    say, level = _change(words, unit, rows), words.writes(unit)
    wished = [] if half_width is None else ["Replicates needed"]
    head = ["Policy", "Mean", "Difference", "Luck, 95%", "Futures, 95%", "Better in", "Best in"]
    lines = []
    for row in rows:
        if row["mean"] is None:
            lines.append([row["policy"], *["–"] * (len(head) - 1 + len(wished))])
            continue
        base = row["policy"] == baseline
        line = [
            row["policy"],
            level(row["level"]),
            "baseline" if base else say(row["mean"]),
            "–" if base else between(row["luck"], say),
            "–" if base else between(row["futures"], say),
            share_told(row["better_share"]),
            share_told(row["best_share"]),
        ]
        if wished:
            needed = row["replicates_needed"]
            line.append(
                "–" if base else _unknown(row) if needed is None
                else f"{needed:,} (have {row['replicates']:,})"
            )  # fmt: skip
        lines.append(line)
    return Grid(f"{words.title} ({tier}): difference from {baseline}", [*head, *wished], lines)


def _unknown(row: Row) -> str:
    return "not known: 1 replicate" if row["replicates"] < 2 else f"over {MOST:,}"


def between(ends: Row, say: Any) -> str:
    """Write the ends of an interval."""
    return "–" if ends["low"] is None else f"{say(ends['low'])} to {say(ends['high'])}"


def _picture(futures: Futures, rows: Sequence[Row], baseline: str, order: Sequence[str]) -> Picture:
    words = term(futures.measure)
    base = futures.policies.index(baseline)
    strips = []
    for k, row in enumerate(rows):
        if k == base:
            continue
        gaps = np.nanmean(futures.value[k] - futures.value[base], axis=1)
        if gaps.size > MOST_DOTS:
            gaps = np.sort(gaps)[np.linspace(0, gaps.size - 1, MOST_DOTS).round().astype(int)]
        strips.append(
            Strip(row["policy"], look(order.index(row["policy"])), gaps.tolist(), row["mean"],
                  row["luck"]["low"], row["luck"]["high"], None)
        )  # fmt: skip
    heading = f"{words.title} ({futures.tier})"
    data = _grid(rows, baseline, None)
    if not futures.at.size or not strips:
        from experiments.report.pictures import absent

        return absent(f"gap-{futures.measure}", heading, "no block is whole yet")
    return picture(
        f"gap-{futures.measure}-{futures.tier}",
        heading,
        f"Difference of each policy from {baseline}, a ring for each future; the numbers are in "
        "the table.",
        strip_figure(strips, partial(_tick, words, futures.unit), 0.0),
        data,
        "Each ring is a future, the filled mark the mean with the interval that luck gives it"
        + (f"; {MOST_DOTS} of {futures.at.size:,} futures are drawn." if futures.at.size > MOST_DOTS
           else "."),
    )  # fmt: skip


def _tick(words: Term, unit: str, value: float, step: float) -> str:
    return words.writes_change(unit, step)(value)
