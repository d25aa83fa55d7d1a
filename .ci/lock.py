"""Write the two locks, or say whether they are what `pyproject.toml` asks for.

`requirements.lock` is what a run needs; `requirements-dev.lock` adds the extras of `TESTED`,
and takes the first as its constraint, so that both agree; peers of the extras `bench` and
`leontief`, the tools of `load` and of `mutation` are in neither. Each covers Python 3.11 to 3.13 on
Linux, macOS and Windows, by hash and without an address. Run with `--check` to compile into a
temporary copy and compare; with `--upgrade` to take newer versions. Needs uv, which only who
changes a lock needs.
"""

import argparse
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
RUNTIME = "requirements.lock"
EVERYTHING = "requirements-dev.lock"
TESTED = (
    "build",
    "test",
    "analysis",
    "netcdf",
    "calibration",
    "import",
    "web",
    "pdf",
    "browser",
    "docs",
)
"""Extras that the tests need."""
COMPILE = [
    "pip",
    "compile",
    "--universal",
    "--python-version=3.11",
    "--generate-hashes",
    "--no-header",
    "--no-annotate",
    # Apart, so that no file of ours reads like one that names a package index.
    "-".join(("--no-emit", "index", "url")),
    "--quiet",
]


def find_uv() -> str | None:
    """Path of uv: beside the running Python, else on the PATH."""
    beside = Path(sys.executable).parent / "uv"
    return str(beside) if beside.exists() else shutil.which("uv")


def compile_locks(uv: str, folder: Path, options: list[str]) -> None:
    """Compile both locks in `folder`, keeping the versions of those that stand there."""
    for lock, wanted in (
        (RUNTIME, ["--extra=build", "--extra=web"]),
        (EVERYTHING, [*(f"--extra={name}" for name in TESTED), "--constraint", RUNTIME]),
    ):
        command = [uv, *COMPILE, *options, *wanted, "pyproject.toml", "-o", lock]
        subprocess.run(command, cwd=folder, check=True, stdout=subprocess.DEVNULL)


def check(uv: str) -> int:
    """Compile into a temporary copy and name each lock that comes out different."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for file in ("pyproject.toml", "README.md", "LICENSE", RUNTIME, EVERYTHING):
            shutil.copy(ROOT / file, folder / file)
        compile_locks(uv, folder, [])
        stale = [
            lock
            for lock in (RUNTIME, EVERYTHING)
            if (folder / lock).read_bytes() != (ROOT / lock).read_bytes()
        ]
    for lock in stale:
        print(f"{lock} is not what pyproject.toml asks for: run `make lock` and commit it.")
    return 1 if stale else 0


def main() -> int:
    """Write the locks, or check them."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--check", action="store_true", help="compare, write nothing")
    parser.add_argument("--upgrade", action="store_true", help="take the newest versions")
    asked = parser.parse_args()
    uv = find_uv()
    if uv is None and asked.check:
        print("Lock check left out: uv is not installed (python -m pip install uv).")
        return 0
    if uv is None:
        print("Writing a lock needs uv: python -m pip install uv")
        return 2
    if asked.check:
        return check(uv)
    compile_locks(uv, ROOT, ["--upgrade"] if asked.upgrade else [])
    return 0


if __name__ == "__main__":
    sys.exit(main())
