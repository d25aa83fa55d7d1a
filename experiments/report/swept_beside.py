"""A sweep's gains place by place, with what others lose, and group by group of homes and owners."""

from collections.abc import Mapping, Sequence
from typing import Any

from experiments.report.displaced import OWNERS, SIDES, TENTHS, places
from experiments.report.glossary import term
from experiments.report.swept import share_told
from experiments.report.swept_paired import between
from experiments.report.tables import Grid

Row = Mapping[str, Any]


def beside(told: Mapping[str, Sequence[str]]) -> list[tuple[str, str]]:
    """Choose what stands beside the measures that a comparison tells of.

    Parameters
    ----------
    told : mapping of str to sequence of str
        Measure -> tiers that the sweep keeps, the narrowest first.

    Returns
    -------
    list of (str, str)
        Measure and tier: gains, losses elsewhere and their net for every place, then groups of
        households and of owners in the narrowest.
    """
    around = [(measure, tier) for measure in SIDES for tier in places(told, measure)]
    return around + [(name, told[name][0]) for name in (*TENTHS, *OWNERS) if name in told]


def beside_grid(rows: Sequence[Row], baseline: str) -> Grid:
    """Set out differences of several measures in one table.

    Parameters
    ----------
    rows : sequence of mapping
        What `paired` told of each measure, one after the other.
    baseline : str

    Returns
    -------
    Grid
    """
    head = ["Measure", "Place", "Policy", "Difference", "Luck, 95%", "Futures, 95%", "Better in"]
    lines = []
    for row in rows:
        if row["policy"] == baseline:
            continue
        words = term(row["measure"])
        where = [words.title, row["tier"], row["policy"]]
        if row["mean"] is None:
            lines.append([*where, *["–"] * (len(head) - len(where))])
            continue
        say = words.writes_change(row["unit"], abs(row["mean"]) / 100)
        lines.append(
            [
                *where,
                say(row["mean"]),
                between(row["luck"], say),
                between(row["futures"], say),
                share_told(row["better_share"]),
            ]
        )
    return Grid(f"By place, tenth of incomes and owner: difference from {baseline}", head, lines)
