"""Check the rules of the house that no other tool knows.

No file above 400 lines; no attic names; no print in library code; no path of a machine and no
address of a package registry; every register entry whole, used, and every name asked for entered.
Prints each fault as `file:line: what`, and fails when there is one.
"""

import ast
import json
import re
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
LIBRARY = ("experiments", "scenarios", "simulation")
CHECKED = (*LIBRARY, "tests", "docs", ".ci")
LONGEST = 400
ATTIC = {"utils", "util", "helpers", "helper", "common", "misc"}
TEXT = {
    ".cff",
    ".css",
    ".html",
    ".ipynb",
    ".j2",
    ".js",
    ".lock",
    ".md",
    ".py",
    ".svg",
    ".toml",
    ".txt",
    "",
}
ADDRESSES = re.compile(
    r"/(?:work|root|home|Users|tmp)/\w|[A-Z]:\\\\?Users|py[p]i\.org|python[h]osted|--(?:extra-)?inde[x]-url"
    r"|--find-links"
)
OPENING = re.compile(r"\b(TODO|FIXME|XXX)\b")
ASKED = re.compile(r"""\b\w+\[\s*["']([a-z][a-z0-9_]*(?:\.[a-z0-9_]+)+)["']\s*\]""")

ENTRY_NEEDS: dict[str, type | tuple[type, ...]] = {
    "value": (int, float),
    "unit": str,
    "low": (int, float),
    "high": (int, float),
    "distribution": str,
    "what": str,
    "source": str,
    "grade": str,
    "role": str,
}
ENTRY_CHOICES = {
    "distribution": {"uniform", "triangular", "log_uniform", "fixed"},
    "grade": {"official", "peer_reviewed", "survey", "vendor", "judgement"},
    "role": {"input", "target"},
}


def files() -> Iterator[Path]:
    """Every text file of the project, in a fixed order."""
    for path in sorted(ROOT.iterdir()):
        left = path.name == ".git" or path.name.startswith(".coverage")
        if path.is_file() and path.suffix in TEXT and not left:
            yield path
    for folder in CHECKED:
        for path in sorted((ROOT / folder).rglob("*")):
            if path.is_file() and path.suffix in TEXT and "__pycache__" not in path.parts:
                yield path


def faults_of_names() -> Iterator[str]:
    """Files and folders that could hold anything."""
    for folder in CHECKED:
        for path in sorted((ROOT / folder).rglob("*")):
            if path.stem.lower() in ATTIC:
                yield f"{path.relative_to(ROOT)}: name it after what it holds, not `{path.stem}`"


def faults_of_text(path: Path) -> Iterator[str]:
    """Length, addresses and unfinished work in one file."""
    name = path.relative_to(ROOT)
    lines = path.read_text(encoding="utf-8").splitlines()
    if path.suffix == ".py" and len(lines) > LONGEST:
        yield f"{name}: {len(lines)} lines, {LONGEST} at most; part it by idea"
    if path == Path(__file__).resolve():
        return
    for number, line in enumerate(lines, start=1):
        if ADDRESSES.search(line):
            yield f"{name}:{number}: names a place of one machine, or a package registry"
        if OPENING.search(line):
            yield f"{name}:{number}: finish it or leave it out"


def faults_of_notebook(path: Path) -> Iterator[str]:
    """Outputs, which hold what one machine said on one day, and cells that no diff can follow."""
    name = path.relative_to(ROOT)
    book = json.loads(path.read_text(encoding="utf-8"))
    if (book["nbformat"], book["nbformat_minor"]) != (4, 5):
        yield f"{name}: wanted nbformat 4.5, whose cells have ids"
    for number, cell in enumerate(book["cells"], start=1):
        if not re.fullmatch(r"[a-z][a-z-]*", cell.get("id", "")):
            yield f"{name}: cell {number}: give it an id in words"
        if cell.get("outputs") or cell.get("execution_count"):
            yield f"{name}: cell {number}: take its outputs out; a test runs it"


def faults_of_prints(path: Path) -> Iterator[str]:
    """Calls of print in the three packages."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        match node:
            case ast.Call(func=ast.Name(id="print")):
                where = f"{path.relative_to(ROOT)}:{node.lineno}"
                yield f"{where}: library code does not print; return it, or let cli show it"


def faults_of_entry(where: str, entry: Any) -> Iterator[str]:
    """What one register entry lacks."""
    if not isinstance(entry, dict):
        yield f"{where}: an entry is a table"
        return
    for field, kind in ENTRY_NEEDS.items():
        if field not in entry:
            yield f"{where}: lacks `{field}`"
        elif not isinstance(entry[field], kind) or isinstance(entry[field], bool):
            yield f"{where}: `{field}` is of the wrong type"
        elif isinstance(entry[field], str) and not entry[field].strip():
            yield f"{where}: `{field}` is empty"
    for field, choices in ENTRY_CHOICES.items():
        if field in entry and entry[field] not in choices:
            yield f"{where}: `{field}` is `{entry[field]}`, wanted one of {sorted(choices)}"
    for field in sorted(set(entry) - set(ENTRY_NEEDS) - {"null"}):
        yield f"{where}: `{field}` is not a field of an entry"
    numbers = [entry[field] for field in ("low", "value", "high") if field in entry]
    if all(isinstance(number, int | float) for number in numbers) and numbers != sorted(numbers):
        yield f"{where}: wanted low <= value <= high, found {numbers}"


def faults_of_register(sources: dict[Path, str]) -> Iterator[str]:
    """Entries that are not whole, that nothing reads, and names read that have no entry."""
    entered: set[str] = set()
    for path in sorted((ROOT / "scenarios" / "assumptions").glob("*.toml")):
        name = path.relative_to(ROOT)
        for key, entry in tomllib.loads(path.read_text(encoding="utf-8")).items():
            if key in entered:
                yield f"{name}: `{key}` is entered twice"
            entered.add(key)
            yield from faults_of_entry(f"{name}: {key}", entry)
            if not any(f'"{key}"' in text for text in sources.values()):
                yield f"{name}: nothing reads `{key}`"
    rooms = {key.split(".")[0] for key in entered}
    for path, text in sources.items():
        for number, line in enumerate(text.splitlines(), start=1):
            for key in ASKED.findall(line):
                if key.split(".")[0] in rooms and key not in entered:
                    yield f"{path.relative_to(ROOT)}:{number}: `{key}` has no register entry"


def main() -> int:
    """Print every fault; 1 when there is one."""
    sources: dict[Path, str] = {}
    faults = list(faults_of_names())
    for path in files():
        faults.extend(faults_of_text(path))
        if path.suffix == ".ipynb":
            faults.extend(faults_of_notebook(path))
        if path.suffix == ".py" and path.relative_to(ROOT).parts[0] in LIBRARY:
            sources[path] = path.read_text(encoding="utf-8")
            faults.extend(faults_of_prints(path))
    faults.extend(faults_of_register(sources))
    for fault in faults:
        print(fault)
    print(f"house: {len(faults)} faults in {len(sources)} library files")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
