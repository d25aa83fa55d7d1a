"""Check what two comparisons of one scenario wrote: every penny found, and the same bytes.

Takes one or more output folders of `poundflow compare`. Each must have no failed run and both
residuals zero; when there are several, the runs that they share must have equal digests.
"""

import json
import sys
from pathlib import Path
from typing import Any


def read(folder: str) -> dict[str, Any]:
    """The summary that `compare` left in a folder."""
    summary: dict[str, Any] = json.loads((Path(folder) / "summary.json").read_text("utf-8"))
    return summary


def digests(summary: dict[str, Any]) -> dict[tuple[str, int], str]:
    """Digest of each run, by regime and replicate."""
    return {(run["regime"], run["replicate"]): run["digest"] for run in summary["runs"]}


def faults(folder: str, summary: dict[str, Any], first: dict[tuple[str, int], str]) -> list[str]:
    """What is wrong with one folder, compared with the first one's digests."""
    found = []
    for residual in ("residual_pence", "dye_residual"):
        value = summary["accounts"][residual]
        if value != 0:
            found.append(f"{folder}: {residual} is {value}, wanted 0")
    if summary["failures"]:
        found.append(f"{folder}: {len(summary['failures'])} runs failed")
    mine = digests(summary)
    if not mine:
        found.append(f"{folder}: no run in the summary")
    if not all(mine.values()):
        found.append(f"{folder}: a run has no digest")
    shared = first.keys() & mine.keys()
    if not shared:
        found.append(f"{folder}: no run in common with the first folder")
    for run in sorted(shared):
        if first.get(run) != mine.get(run):
            found.append(f"{folder}: run {run} has digest {mine.get(run)}, not {first.get(run)}")
    return found


def main(folders: list[str]) -> int:
    """Print every fault; 1 when there is one."""
    if not folders:
        print("usage: compared.py FOLDER [FOLDER ...]")
        return 2
    summaries = {folder: read(folder) for folder in folders}
    first = digests(summaries[folders[0]])
    found = [fault for folder in folders for fault in faults(folder, summaries[folder], first)]
    for fault in found:
        print(fault)
    print(f"compared: {len(first)} runs in {len(folders)} folders, {len(found)} faults")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
