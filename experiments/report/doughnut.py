"""The Doughnut portrait of a comparison: four lenses, nothing added up, gaps shown as gaps.

After the data portraits of place of the Doughnut Economics Action Lab. An indicator is direct, a
proxy, or not modelled, which is never written as zero.
"""

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from experiments.report.folder import Results
from experiments.report.glossary import term
from experiments.report.place import tier_names
from experiments.report.tables import Grid, fineness
from experiments.report.words import estimate, not_known

LENSES = {
    "local-social": "People here",
    "local-ecological": "Nature here",
    "global-social": "People elsewhere",
    "global-ecological": "Nature everywhere",
}
NOT_MODELLED = "not modelled"


@dataclass(frozen=True)
class Indicator:
    """One indicator of a lens.

    Attributes
    ----------
    lens, dimension : str
    standing : str
        direct, proxy or not modelled.
    measure : str
        Name in the catalogue; empty where it is not modelled.
    note : str
        What is left out, or why there is nothing.
    """

    lens: str
    dimension: str
    standing: str
    measure: str = ""
    note: str = ""


@cache
def indicators() -> tuple[Indicator, ...]:
    """Read the indicators, lens by lens."""
    text = files("experiments.report").joinpath("doughnut.toml").read_text(encoding="utf-8")
    rows = [Indicator(**row) for row in tomllib.loads(text)["indicators"]]
    return tuple(sorted(rows, key=lambda row: list(LENSES).index(row.lens)))


def portraits(results: Results) -> list[Grid]:
    """Set out each lens as a table: an indicator a row, a policy a column.

    Parameters
    ----------
    results : Results
        A comparison.

    Returns
    -------
    list of Grid
        Four, in the order of the lenses.
    """
    names = tier_names(results)
    head = ["Dimension", "Indicator", "What it is", *(p.title for p in results.policies)]
    grids = []
    for lens, title in LENSES.items():
        rows = [
            [one.dimension, *_words(results, one, names), *_values(results, one)]
            for one in indicators()
            if one.lens == lens
        ]
        grids.append(Grid(title, head, rows, names=3))
    return grids


def _words(results: Results, one: Indicator, names: dict[str, str]) -> tuple[str, str]:
    if not one.measure:
        return "–", f"{NOT_MODELLED}. {one.note}"
    tier = results.tier_of(one.measure)
    where = names.get(tier, tier)
    said = f"{term(one.measure).title}, {where}"
    return said, f"{one.standing}. {one.note}".strip()


def _values(results: Results, one: Indicator) -> list[str]:
    if not one.measure:
        return [NOT_MODELLED for _ in results.policies]
    words, cells = term(one.measure), []
    step = fineness(results, one.measure, results.tier_of(one.measure))
    for policy in results.policies:
        value = results.outcome(one.measure, policy)
        if value.mean is None:
            cells.append(not_known(value.why))
            continue
        cells.append(estimate(value, words.writes(value.unit, step), words.says(value.unit, step)))
    return cells
