"""The label on the folder: what was asked, of which scenario, on which machine, and when.

Two commands may share a folder only if their labels agree on everything that decides a number.
"""

import json
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from experiments.store.aside import write_aside
from experiments.store.errors import BrokenLabelError, NewerFormatError

SCHEMA_VERSION = 1
MANIFEST = "manifest.json"

DECIDES = (
    "command",
    "scenario_sha256",
    "seed",
    "months",
    "regimes",
    "baseline",
    "fixed",
    "replicate",
    "journal",
    "code",
    "packages",
    "targets_sha256",
)
"""Keys that two labels must agree on. The number of replicates, workers and threads decides none
of the numbers, so a folder can be added to."""


SWEEP = "sweep"
"""The command whose folder is a store of many runs in shared parts."""

SWEEP_DECIDES = ("command", "plan_sha256", "code", "packages")
"""As `DECIDES`, of a sweep. What the plan's digest leaves out (limits, how many replicates) may
change from one session to the next."""

HASHES = {
    "plan_sha256": "its plan, or a scenario that it names, differs",
    "scenario_sha256": "its scenario or overrides differ, or the code that it names",
    "targets_sha256": "its targets, inputs or fitted numbers differ, or how they are searched",
    "code": "another version of the program made it",
    "packages": "another version of a package that it takes a way of buying from made it",
}


OTHER_VERSION = (HASHES["code"], HASHES["packages"])
"""What is said where results of two versions of the program would be mixed."""


def json_bytes(document: Mapping[str, Any]) -> bytes:
    """A JSON document as bytes, refused if it holds a number that is none (NaN, infinity)."""
    return (json.dumps(document, indent=2, ensure_ascii=False, allow_nan=False) + "\n").encode()


def write_manifest(folder: Path, manifest: Mapping[str, Any]) -> None:
    """Write the label, whole."""
    write_aside(folder / MANIFEST, json_bytes({"schema_version": SCHEMA_VERSION, **manifest}))


def read_manifest(folder: Path) -> dict[str, Any] | None:
    """The folder's label, or None where it has none.

    Raises
    ------
    BrokenLabelError
        When there is a label that cannot be read.
    NewerFormatError
        When a later version wrote it.
    """
    path = folder / MANIFEST
    try:
        manifest = json.loads(path.read_bytes())
    except FileNotFoundError:
        return None
    except (OSError, ValueError) as fault:
        raise BrokenLabelError(path, str(fault)) from fault
    version = manifest.get("schema_version") if isinstance(manifest, dict) else None
    if not isinstance(version, int):
        raise BrokenLabelError(path, "it carries no schema_version")
    if version > SCHEMA_VERSION:
        raise NewerFormatError(path, version, SCHEMA_VERSION)
    return dict(manifest)


def disagreements(
    ours: Mapping[str, Any], theirs: Mapping[str, Any], keys: Iterable[str] = DECIDES
) -> list[str]:
    """The deciding keys on which two labels differ, each said in a few words."""
    faults = []
    for key in keys:
        mine, other = ours.get(key), theirs.get(key)
        if mine != other:
            said = HASHES.get(key) or f"{key.replace('_', ' ')}: {other!r} there, {mine!r} here"
            faults.append(said)
    return faults
