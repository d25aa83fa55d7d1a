"""`poundflow reproduce`: some runs lived again from the label of the results."""

from dataclasses import asdict
from pathlib import Path

from experiments.cli import screen
from experiments.cli.told import SCHEMA_VERSION
from experiments.runner.label_read import LabelError
from experiments.runner.reproduce import Again, Reproduction, reproduce, reproduce_sweep
from experiments.store.manifest import MANIFEST, SWEEP, read_manifest
from scenarios.errors import ExitCode

DIFFERENT = 1
"""The exit code where some run is not the same."""


def reproduce_command(path: Path, many: int, *, as_json: bool) -> int:
    """Live a sample of runs again, and say which are not the same and why that may be.

    Parameters
    ----------
    path : Path
        manifest.json, or the folder that holds it.
    many : int
        How many replicates of a comparison, or runs of a sweep.
    as_json : bool

    Returns
    -------
    int
        0 all are the same; 1 some are not.

    Raises
    ------
    InputError or FolderError
        When the file tells nothing that can be lived again.
    """
    folder = path if path.is_dir() else path.parent
    if path != folder and path.name != MANIFEST:
        raise LabelError(path, f"found a file named {path.name}")
    manifest = read_manifest(folder)
    if manifest is None:
        raise LabelError(folder / MANIFEST, "found no such file")
    if manifest.get("command") == SWEEP:
        promise = reproduce_sweep(folder, manifest, many)
    else:
        promise = reproduce(folder / MANIFEST, manifest, many)
    return _told(promise, as_json=as_json)


def _told(promise: Reproduction, *, as_json: bool) -> int:
    runs = []
    for one in promise.runs:
        runs.append(one)
        if not as_json:
            screen.print_lines([_line(one)])
    unlike = [one for one in runs if not one.same]
    if as_json:
        screen.print_document(
            {
                "schema_version": SCHEMA_VERSION,
                "same": not unlike,
                "runs": [{**asdict(one), "same": one.same} for one in runs],
                "reasons": promise.reasons,
            }
        )
    else:
        screen.print_lines(_conclusion(len(runs), len(unlike), promise.reasons))
    return DIFFERENT if unlike else ExitCode.DONE


def _line(one: Again) -> str:
    if one.same:
        numbers = "" if one.numbers is None else ", and so is every number measured"
        return f"{one.run}: the same to the penny{numbers}."
    if one.kept == one.found:
        return f"{one.run}: the books are the same, but {one.numbers} numbers measured are not."
    said = f"{one.run}: DIFFERENT. Digest kept {one.kept or 'none'}, found {one.found or 'none'}"
    return f"{said}; {one.numbers} numbers differ." if one.numbers else f"{said}."


def _conclusion(runs: int, unlike: int, reasons: list[str]) -> list[str]:
    if not unlike:
        noted = [f"Though {reason}." for reason in reasons]
        return [f"All {runs} runs lived again are the same.", *noted]
    why = [f"Why that may be: {reason}." for reason in reasons] or [
        "The code and all packages are those that made it, so the label or the results were "
        "changed after they were written, or this machine computes otherwise."
    ]
    return [f"{unlike} of {runs} runs lived again are not the same.", *why]
