"""Reads a scenario with the assumptions of its ways of buying; holds it against the registry."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

from experiments.runner.replicate import regime_entries
from scenarios.checks import relation_problems
from scenarios.errors import in_order
from scenarios.origin import Origin
from scenarios.read import Draft, draft_from_text, read_draft
from scenarios.regime_files import RegimeFile
from scenarios.spec import Scenario
from scenarios.spec.explain import content_problems


def read_with_ways(name_or_path: str | Path, sets: Iterable[str]) -> Draft:
    """Read a scenario without refusing it yet; the files of code that it names are run.

    Raises
    ------
    ScenarioError
        Where the file cannot be found, opened or parsed.
    """
    return read_draft(name_or_path, sets, known_extra=_regime_assumptions)


def text_with_ways(text: str, file: str) -> Draft:
    """Do what `read_with_ways` does with a text at hand; what it names lies beside `file`."""
    return draft_from_text(text, file, known_extra=_regime_assumptions)


def with_content(draft: Draft, data: dict[str, Any]) -> Draft:
    """Hold other content against language and relations, as if it stood in the file of a draft.

    Parameters
    ----------
    draft : Draft
        As read, without fault; files that it names are taken as they were read.
    data : dict
        The whole content; nothing in it is filled in.

    Returns
    -------
    Draft
        Its faults have a path and no line.
    """
    origin = Origin(draft.origin.file, "", data)
    extra = partial(_regime_assumptions, draft.regime_files)
    problems = [*content_problems(data), *relation_problems(data, extra)]
    faults = in_order(origin.fault(*problem) for problem in dict.fromkeys(problems))
    return replace(draft, origin=origin, faults=faults)


def read_question(
    name_or_path: str,
    sets: Sequence[str],
    *,
    regimes: Sequence[str] | None = None,
    baseline: str | None = None,
    also: Sequence[str] = (),
) -> Scenario:
    """Read a scenario, and hold it against the registry of ways of buying, law and date.

    Parameters
    ----------
    name_or_path : str
        A name on the shelf, or a path.
    sets : sequence of str
        Overrides, each `key.path=value`.
    regimes, baseline : optional
        Policies typed in place of those of the file.
    also : sequence of str
        Policies typed that join those of the file.

    Raises
    ------
    ScenarioError
        With every fault of the file, the overrides and the policies, in order of place.
    """
    from simulation.model.check import registry_faults

    draft = read_with_ways(name_or_path, sets)
    return draft.require(registry_faults(draft, regimes, baseline, also))


def _regime_assumptions(files: Sequence[RegimeFile]) -> list[str]:
    from simulation.procurement.registry import take_files

    take_files(files)
    return [entry.name for entry in regime_entries()]
