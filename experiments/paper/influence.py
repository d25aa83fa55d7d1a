"""Chapter: which assumptions the answers hang on, and which would be most worth measuring.

A screening by Morris over all that is uncertain and read, Sobol' indices of the twelve that matter
most in it, the swing of each answer from end to end of each of the twelve, and what knowing one of
them before the choice would be worth. Told in docs/uncertainty.md.
"""

from collections.abc import Mapping
from pathlib import Path

from experiments.paper.influence_figures import draw
from experiments.paper.influence_page import blocks
from experiments.paper.influence_screened import screened
from experiments.paper.influence_twelve import twelve
from experiments.paper.stored import Table

SCREENING = "influence-morris"
TWELVE = "influence-sobol"
PLANS: tuple[str, ...] = (SCREENING, TWELVE)


def tables(sweeps: Path) -> dict[str, Table]:
    """Read both sweeps.

    Parameters
    ----------
    sweeps : Path
        Folder of their folders.

    Returns
    -------
    dict of str to Table
        By name, each with the sweep it came from.
    """
    return {**screened(sweeps / SCREENING), **twelve(sweeps / TWELVE)}


def figures(tables: Mapping[str, Table], folder: Path) -> None:
    """Draw the ranking, a tornado for each measure, and the value of knowing."""
    draw(tables, folder)


def page(tables: Mapping[str, Table]) -> dict[str, str]:
    """Write the blocks of docs/uncertainty.md."""
    return blocks(tables)
