"""A scenario read with the assumptions of its ways of buying, those of its files of code too."""

from collections.abc import Iterable, Sequence
from pathlib import Path

from experiments.runner.replicate import regime_entries
from scenarios.read import Draft, read_draft
from scenarios.regime_files import RegimeFile


def read_with_ways(name_or_path: str | Path, sets: Iterable[str]) -> Draft:
    """Read a scenario without refusing it yet; the files of code that it names are run.

    Raises
    ------
    ScenarioError
        Where the file cannot be found, opened or parsed.
    """
    return read_draft(name_or_path, sets, known_extra=_regime_assumptions)


def _regime_assumptions(files: Sequence[RegimeFile]) -> list[str]:
    from simulation.procurement.registry import take_files

    take_files(files)
    return [entry.name for entry in regime_entries()]
