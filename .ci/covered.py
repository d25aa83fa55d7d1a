#!/usr/bin/env python3
"""Lines and branches of the model that tests reach with the compiler off: 95 % of each, at least.

`coverage report` counts both together, so that many lines could make up for few branches.
Reads the data that `coverage combine` has left; ends with code 1 where a part is below.
"""

import contextlib
import io
import json
import sys
import tempfile
from pathlib import Path

from coverage import Coverage

PARTS = ("simulation", "scenarios")
LEAST = 95.0


def shares() -> dict[str, tuple[float, float]]:
    """Per cent of lines and of branches that were reached, by part of the house."""
    data = Coverage()
    data.load()
    with tempfile.TemporaryDirectory() as folder, contextlib.redirect_stdout(io.StringIO()):
        written = Path(folder) / "coverage.json"
        data.json_report(outfile=str(written), include=[f"{part}/*" for part in PARTS])
        files = json.loads(written.read_text(encoding="utf-8"))["files"]
    out = {}
    for part in PARTS:
        told = [one["summary"] for name, one in files.items() if Path(name).parts[0] == part]
        lines, branches = (
            sum(one[f"num_{what}"] for one in told) for what in ("statements", "branches")
        )
        reached = (
            sum(one["covered_lines"] for one in told),
            sum(one["covered_branches"] for one in told),
        )
        out[part] = 100.0 * reached[0] / lines, 100.0 * reached[1] / branches
    return out


def main() -> int:
    """Print the shares; say whether all are high enough."""
    found = shares()
    for part, (lines, branches) in found.items():
        print(f"covered: {part} {lines:.1f} % of lines, {branches:.1f} % of branches")
    return int(min(min(pair) for pair in found.values()) < LEAST)


if __name__ == "__main__":
    sys.exit(main())
