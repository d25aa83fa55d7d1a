"""What residents gain here, what others lose, and what is left of it, place by place.

A gain in one place may be a loss next door. So each place's own gain stands beside what is lost
outside it, the two together, and the same after what services cost, from the district outwards; the
country is the whole system, in which nobody is left outside.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from experiments.report.folder import Results
from experiments.report.glossary import term
from experiments.report.place import tier_names
from experiments.report.saved import ESTIMATE, Numbers, estimated
from experiments.report.tables import Grid
from experiments.report.words import estimate_gap, quoted

WIDER = ("district", "neighbours", "county", "region", "uk", "all")
"""Places from the smallest; the last two are the whole system."""
WHOLE = ("uk", "all")
SIDES = ("disposable_income", "displacement", "net_local_income", "net_gain_after_cost")
"""What residents there gain, what others lose, the net of it, and the net after what services cost.

Nobody is elsewhere in the whole system; what its firms forgo of private orders still counts.
"""
TENTHS = tuple(f"income_decile_{tenth}" for tenth in range(1, 11))
OWNERS = tuple(f"profit_owner_{kind}" for kind in ("local", "outside", "coop", "vcse", "public"))


def places(told: Mapping[str, Sequence[str]], measure: str) -> list[str]:
    """Name the places for which a measure is told, from the smallest; one of the whole system.

    Parameters
    ----------
    told : mapping of str to sequence of str
        Measure -> tiers.
    measure : str

    Returns
    -------
    list of str
    """
    found = [tier for tier in WIDER if tier in told.get(measure, ())]
    both = all(tier in found for tier in WHOLE)
    return [tier for tier in found if not (both and tier == WHOLE[-1])]


def tiers_told(rows: Sequence[Mapping[str, Any]]) -> dict[str, list[str]]:
    """Collect the tiers for which each measure is told in rows of a summary."""
    found: dict[str, dict[str, None]] = {}
    for row in rows:
        found.setdefault(row["measure"], {})[row["tier"]] = None
    return {measure: list(tiers) for measure, tiers in found.items()}


def displaced_table(results: Results) -> Grid:
    """Set out the gain of each place, what others lose by it, and the net of both.

    Parameters
    ----------
    results : Results
        A comparison.

    Returns
    -------
    Grid
        A row for each policy but the baseline and each place; no rows where nothing of it is told.
    """
    told: dict[str, list[str]] = {}
    for measure, tier, _ in results.differences:
        told.setdefault(measure, []).append(tier)
    names, base = tier_names(results), quoted(results.baseline.title)
    shown = [measure for measure in SIDES if measure in told]
    around = [tier for tier in WIDER if any(tier in places(told, one) for one in shown)]
    rows, numbers = [], []
    for policy in results.others:
        for tier in around:
            gaps = [results.change(measure, policy, tier) for measure in shown]
            where = f"{names.get(tier, tier)}{' (whole)' if tier in WHOLE else ''}"
            rows.append([policy.title, where, *map(estimate_gap, gaps)])
            numbers += [
                [policy.title, where, term(measure).title, gap.unit, *estimated(gap)]
                for measure, gap in zip(shown, gaps, strict=True)
            ]
    return Grid(
        f"What is gained there, lost outside it, and left, against {base} (95% interval)",
        ["Way of buying", "Place", *(term(measure).title for measure in shown)],
        rows if shown else [],
        numbers=Numbers(("policy", "place", "measure", "unit", *ESTIMATE), numbers),
    )
