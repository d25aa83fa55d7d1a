"""What is said of the folder of a sweep, on a terminal or as JSON."""

from dataclasses import asdict
from pathlib import Path

from experiments.cli.told import tell, tell_document
from experiments.store.compacting import compact
from experiments.store.crate import export_crate
from experiments.store.csv_files import export_csv
from experiments.store.manifest import MANIFEST
from experiments.store.netcdf import export_netcdf
from experiments.store.standing import standing
from experiments.store.sweep_store import SweepStore
from experiments.store.verifying import Finding, verify
from scenarios.errors import ExitCode, InputError

MB = 1e6


def status_command(folder: Path, *, as_json: bool) -> int:
    """Say how far a sweep is.

    Returns
    -------
    int
        0, done.

    Raises
    ------
    FolderError
        When the folder holds no sweep, or one that cannot be read.
    """
    found = standing(folder)
    label = SweepStore.open(folder).label
    if as_json:
        named = {key: label.get(key) for key in ("name", "status", "started", "finished")}
        return tell_document({**named, **found.as_dict()})
    parts = [f"{found.done:,} done", f"{found.failed:,} failed"]
    if found.under_way:
        parts.append(f"{found.under_way:,} under way")
    said = [
        f"{label.get('name', folder)}: {', '.join(parts)}, {found.missing:,} missing, "
        f"of {found.planned:,} runs.",
        *(
            f"  {one.status}: {one.runs:,} (first {one.first}){_because(one.error)}"
            for one in found.failures
        ),
        f"{found.tries:,} tries, {found.interrupted:,} of them interrupted. "
        f"{found.files:,} files, {found.size_bytes / MB:,.1f} MB.",
    ]
    if found.torn:
        said.append(f"{found.torn} parts cannot be read; their runs are missing. Verify says why.")
    if found.copies or found.leftovers or found.torn:
        said.append(
            f"{found.copies} second copies and {found.leftovers} files that nothing counts on: "
            f"poundflow compact {folder} removes them."
        )
    if found.missing or found.failed:
        said.append("The same sweep command lives what is missing.")
    return tell(said)


def _because(error: str | None) -> str:
    return f": {error}" if error else ""


def compact_command(folder: Path, *, as_json: bool) -> int:
    """Put a sweep's files in order.

    Returns
    -------
    int
        0, done.

    Raises
    ------
    FolderError
        When the folder holds no sweep, is at work, or holds copies that differ; or the disk
        gives out.
    """
    SweepStore.open(folder)
    done = compact(folder)
    if as_json:
        return tell_document({**asdict(done), "torn": [str(fault) for fault in done.torn]})
    said = [f"{done.runs:,} runs in {done.parts:,} parts."]
    if done.copies or done.leftovers:
        said.append(
            f"Gone: {done.copies} second copies and {done.leftovers} files that nothing counted on."
        )
    said += [f"Gone: {fault}" for fault in done.torn]
    return tell(said)


def verify_command(folder: Path, *, as_json: bool, again: int = 0, plan: Path | None = None) -> int:
    """Read a sweep through, and live some of its runs anew.

    Parameters
    ----------
    folder : Path
    as_json : bool
    again : int
        How many runs to live anew.
    plan : Path or None
        The plan's file; by default the copy in the folder, which finds scenarios of the shelf only.

    Returns
    -------
    int
        0 where no number is wrong or lost; 2 otherwise.

    Raises
    ------
    FolderError
        When the folder holds no sweep, or one of a later version.
    """
    findings = verify(folder)
    if again:
        findings += _other_books(folder, plan, again)
    faults = [one for one in findings if one.grave]
    code = ExitCode.WRONG_INPUT if faults else ExitCode.DONE
    if as_json:
        tell_document({"faults": len(faults), "findings": [one.as_dict() for one in findings]})
        return code
    said = [f"{'FAULT' if one.grave else 'note'}: {one.where}: {one.what}" for one in findings]
    if faults:
        said.append(
            f"{len(faults)} faults. Delete the files named, then give the same sweep command "
            "again: what is missing is lived anew."
        )
    else:
        said.append("No fault found.")
    tell(said)
    return code


def _other_books(folder: Path, plan: Path | None, many: int) -> list[Finding]:
    """Say which of some runs have other books when they are lived anew."""
    from experiments.runner.reproduce import reproduce_sweep

    promise = reproduce_sweep(folder, SweepStore.open(folder).label, many, plan)
    found = [
        Finding(True, f"run {one.run}", f"has the digest {one.kept}, and lived anew {one.found}")
        for one in promise.runs
        if not one.same
    ]
    return [*found, *(Finding(False, MANIFEST, reason) for reason in promise.reasons)]


def export_command(
    folder: Path, form: str, out: Path | None, licence: str | None, who: str | None, *,
    as_json: bool,
) -> int:  # fmt: skip
    """Write a sweep in another format.

    Returns
    -------
    int
        0, done.

    Raises
    ------
    InputError
        When the place to write to is missing.
    FolderError
        When the folder holds no sweep, a package is missing, or the disk gives out.
    """
    if form == "crate":
        written = [export_crate(folder, out, licence, who)]
    elif out is None:
        kind = "a folder" if form == "csv" else "a file"
        raise InputError(f"--out: found nothing; wanted {kind} to write {form} to. Give --out.")
    elif form == "csv":
        written = export_csv(folder, out)
    else:
        written = [export_netcdf(folder, out)]
    if as_json:
        return tell_document({"written": [str(path) for path in written]})
    return tell([f"Written: {', '.join(str(path) for path in written)}"])
