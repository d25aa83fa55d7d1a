"""How many replicates a folder holds, in the stages in which they were asked for.

A sweep may grow. What is added stands behind all that was there, so no run changes its place.
"""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from experiments.store.errors import BrokenLabelError
from experiments.store.manifest import MANIFEST

SIZE = ("stages", "replicates", "runs")
"""Keys of a label that tell how large a sweep is."""


def stages_of(label: Mapping[str, Any], folder: Path) -> tuple[int, ...]:
    """The replicates of each stage; a label that knows of no stages has one.

    Parameters
    ----------
    label : mapping
    folder : Path
        Whose label it is.

    Raises
    ------
    BrokenLabelError
        When it does not say.
    """
    told = label.get("stages", [label.get("replicates")])
    if not isinstance(told, list) or not told or not all(map(_counts, told)):
        reason = "it does not say how many replicates there are"
        raise BrokenLabelError(folder / MANIFEST, reason)
    return tuple(told)


def _counts(size: object) -> bool:
    return isinstance(size, int) and size > 0


def grown(label: Mapping[str, Any], folder: Path, replicates: int) -> dict[str, Any]:
    """The label with a stage more, so that there are so many replicates; as it is where there are.

    Raises
    ------
    BrokenLabelError
        When it does not say how large the sweep is.
    """
    stages = stages_of(label, folder)
    have = sum(stages)
    if replicates <= have:
        return dict(label)
    size = (
        [*stages, replicates - have],
        replicates,
        label["runs"] // have * replicates,  # as many runs for each
    )
    return {**label, **dict(zip(SIZE, size, strict=True))}
