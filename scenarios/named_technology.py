"""The technology file that a scenario names, read and checked beside the scenario."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from scenarios.checks.technology import sectors_without_column
from scenarios.errors import Problem
from scenarios.named_files import UnreadFileError, read_named
from scenarios.spec.words import sector_ids
from scenarios.technology_file import SUFFIX, TechnologyFile, read_technology

KEY = "technology"
WANTED = "a technology file, as `poundflow import io` writes it"


def read_technology_file(
    data: Mapping[str, Any], folder: Path
) -> tuple[TechnologyFile | None, list[Problem]]:
    """Read the technology file that a scenario names.

    Parameters
    ----------
    data : mapping
        Content of the scenario; it may be faulty.
    folder : Path
        What the name is relative to.

    Returns
    -------
    file : TechnologyFile or None
        None where the scenario names no file, or one that cannot be used.
    problems : list of Problem
        Everything wrong with it, and sectors of the scenario that it does not have.
    """
    name = data.get(KEY)
    if not isinstance(name, str) or not name.endswith(SUFFIX):
        return None, []
    try:
        path, text = read_named(name, folder, "a technology file")
    except UnreadFileError as fault:
        return None, [Problem((KEY,), f'"{name}", {fault.found}', WANTED, fault.hint)]
    table, wrong = read_technology(text, sector_ids())
    if wrong:
        return None, [
            Problem((KEY,), f'"{name}", line {one.line}: {one.found}', one.wanted) for one in wrong
        ]
    made = {sector for sector, output in table.output.items() if output > 0.0}
    problems = list(sectors_without_column(data, made, f'"{name}"'))
    return TechnologyFile(name, path, text, table), problems
