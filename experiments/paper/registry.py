"""The chapters of what is published: one module per subject."""

from collections.abc import Mapping
from pathlib import Path
from typing import Protocol

from experiments.paper import calibrated, influence, null, patterns, results
from experiments.paper.stored import Table


class Chapter(Protocol):
    """What a module has to have to be a chapter."""

    PLANS: tuple[str, ...]
    """Plans in `docs/paper/plans` whose sweeps it reads, or commands of `poundflow`."""

    def tables(self, sweeps: Path, /) -> dict[str, Table]:
        """Read finished sweeps, each in the folder of its plan's name: what is published."""
        ...

    def figures(self, tables: Mapping[str, Table], folder: Path, /) -> None:
        """Draw from stored tables alone, as SVG files whose bytes never change."""
        ...

    def page(self, tables: Mapping[str, Table], /) -> dict[str, str]:
        """Write the marked blocks of pages, by name, as Markdown; links to figures stand in them.

        Raises
        ------
        MissingTableError
            When a table that it cannot do without is not stored yet.
        """
        ...


CHAPTERS: dict[str, Chapter] = {
    "results": results,
    "null": null,
    "influence": influence,
    "patterns": patterns,
    "calibrated": calibrated,
}
"""By name, in the order in which they are built."""
