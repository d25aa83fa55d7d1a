"""A sweep as a Process Run Crate: what was run by which program, from what, to what, and when.

A folder becomes a crate by the file `ro-crate-metadata.json` in it (RO-Crate 1.1; Process Run
Crate 0.5 of the Workflow Run RO-Crate group, https://w3id.org/ro/wfrun/process/0.5). Archives and
catalogues read it.
"""

import shutil
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path
from typing import Any
from urllib.parse import quote

from experiments.store.aside import make_folder, opened_aside, write_aside
from experiments.store.manifest import MANIFEST, json_bytes
from experiments.store.standing import Standing, standing
from experiments.store.survey import survey
from experiments.store.sweep_store import SweepStore
from experiments.store.sweep_tables import (
    ATTEMPTS_FILE,
    ATTEMPTS_FOLDER,
    DESIGN_FILE,
    PLAN_FILE,
    results_path,
    runs_path,
)

METADATA = "ro-crate-metadata.json"
CRATE = "https://w3id.org/ro/crate/1.1"
PROFILE, PROFILE_VERSION = "https://w3id.org/ro/wfrun/process/0.5", "0.5"
TERMS = "https://w3id.org/ro/terms/workflow-run/context"
PROGRAM = "#poundflow"
LICENCE = "#licence"
WHO = "#who"
UNLICENSED = "None is stated: ask whoever made these results before you use them."

INPUTS = {
    PLAN_FILE: ("application/toml", "The plan of the sweep, as it was given."),
    DESIGN_FILE: ("application/vnd.apache.parquet", "The assumptions at every point."),
}
OUTPUTS = {
    MANIFEST: ("application/json", "What was asked, by which version, on what machine, and when."),
    ATTEMPTS_FILE: ("application/vnd.apache.parquet", "Every try of every run."),
}
TABLES = {
    "runs": "Finished runs: identity, seed, digest and accounts.",
    "results": "Outcomes: run, month, measure, tier and value.",
    ATTEMPTS_FOLDER: "Lines of every try of every run.",
}
KINDS = {".parquet": "application/vnd.apache.parquet", ".jsonl": "application/jsonl"}


def export_crate(
    folder: Path, out: Path | None = None, licence: str | None = None, who: str | None = None
) -> Path:
    """Describe a sweep as a crate, in its own folder or in a copy.

    Parameters
    ----------
    folder : Path
        Of a sweep.
    out : Path, optional
        Copy the files there; by default the folder itself becomes the crate.
    licence : str, optional
        Under which the results may be used: words, or the address of a licence.
    who : str, optional
        The organisation that swept and publishes: its name, or its address.

    Returns
    -------
    Path
        The metadata file.

    Raises
    ------
    DiskFullError, FolderUnwritableError
        When it cannot be written; the metadata file comes last.
    """
    label = SweepStore.open(folder).label
    files = _files(folder)
    if out is not None and out.resolve() != folder.resolve():
        _copy(folder, out, files)
    else:
        out = folder
    graph = [
        {
            "@id": METADATA,
            "@type": "CreativeWork",
            "about": _id("./"),
            "conformsTo": _id(CRATE),
        },
        *_told(label, standing(folder), files, licence, who),
        *(_file(folder, name) for name in files),
    ]
    document = {"@context": [f"{CRATE}/context", TERMS], "@graph": graph}
    write_aside(out / METADATA, json_bytes(document))
    return out / METADATA


def _files(folder: Path) -> list[str]:
    """The files that count, by name within the folder: no leftovers, locks or torn parts."""
    found = survey(folder)
    tops = [name for name in (*INPUTS, *OUTPUTS) if (folder / name).exists()]
    parts = [path(folder, part) for path in (runs_path, results_path) for part in found.parts]
    logs = sorted((folder / ATTEMPTS_FOLDER).glob("*.jsonl"))
    return [*tops, *(path.relative_to(folder).as_posix() for path in (*parts, *logs))]


def _copy(folder: Path, out: Path, files: Iterable[str]) -> None:
    for name in files:
        make_folder((out / name).parent)
        source = folder / name
        with source.open("rb") as read, opened_aside(out / name, source.stat().st_size) as file:
            shutil.copyfileobj(read, file)


def _told(
    label: Mapping[str, Any], how_far: Standing, files: Iterable[str], licence: str | None,
    who: str | None,
) -> list[dict[str, Any]]:  # fmt: skip
    """The crate itself, the profile, the program, the act, and whoever is named."""
    name = str(label.get("name", "sweep"))
    ended = label.get("finished") or datetime.now(UTC).isoformat(timespec="seconds")
    version = label.get("versions", {}).get("poundflow")
    listed = list(files)
    action = f"#sweep-{label['plan_sha256'][:16]}"
    told = (
        f"{how_far.done} of {how_far.planned} runs are finished, {how_far.failed} have failed, "
        f"{how_far.missing + how_far.under_way} are missing."
    )
    root = {
        "@id": "./",
        "@type": "Dataset",
        "conformsTo": _id(PROFILE),
        "name": name,
        "description": f"Runs of the sweep {name}: ways of public buying compared. {told}",
        "datePublished": ended,
        "license": _id(_licence(licence)["@id"]),
        "hasPart": [_id(_named(one)) for one in listed],
        "mentions": _id(action),
    }
    act = {
        "@id": action,
        "@type": "CreateAction",
        "name": f"Sweep {name}",
        "description": f"poundflow sweep {PLAN_FILE}; code {label.get('code', 'unknown')}. {told}",
        "instrument": _id(PROGRAM),
        "object": [_id(_named(one)) for one in listed if one in INPUTS],
        "result": [_id(_named(one)) for one in listed if one not in INPUTS],
        "endTime": ended,
        "actionStatus": "http://schema.org/CompletedActionStatus"
        if how_far.done == how_far.planned
        else "http://schema.org/FailedActionStatus",
    }
    if "started" in label:
        act["startTime"] = label["started"]
    if how_far.done != how_far.planned:
        act["error"] = told
    program = {
        "@id": PROGRAM,
        "@type": "SoftwareApplication",
        "name": "poundflow",
        "description": "Agent-based model of a local economy under ways of public buying.",
        **({"softwareVersion": version} if version else {}),
    }
    profile = {
        "@id": PROFILE,
        "@type": "CreativeWork",
        "name": "Process Run Crate",
        "version": PROFILE_VERSION,
    }
    if who is None:
        return [root, profile, program, act, _licence(licence)]
    address = {"url": who} if "://" in who else {}
    named = {"@id": who if address else WHO, "@type": "Organization", "name": who, **address}
    root |= {"author": _id(named["@id"]), "publisher": _id(named["@id"])}
    act["agent"] = _id(named["@id"])
    return [root, profile, program, act, _licence(licence), named]


def _licence(licence: str | None) -> dict[str, Any]:
    """What may be done with the results, as an entity: the profile asks for no mere words."""
    address = licence if licence and "://" in licence else LICENCE
    name = licence or "No licence"
    return {
        "@id": address,
        "@type": "CreativeWork",
        "name": name,
        "description": f"The results may be used under {licence}." if licence else UNLICENSED,
    }


def _file(folder: Path, name: str) -> dict[str, Any]:
    path = folder / name
    kind, told = {**INPUTS, **OUTPUTS}.get(name) or (
        KINDS[path.suffix],
        TABLES[path.parent.name],
    )
    return {
        "@id": _named(name),
        "@type": "File",
        "name": name,
        "description": told,
        "encodingFormat": kind,
        "contentSize": str(path.stat().st_size),
        "sha256": sha256(path.read_bytes()).hexdigest(),
    }


def _named(name: str) -> str:
    """The address of a file within the crate."""
    return quote(name)


def _id(name: str) -> dict[str, str]:
    return {"@id": name}
