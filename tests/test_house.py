"""The house stands: its walls hold, its packages travel, and its command answers at once."""

import os
import re
import subprocess
import sys
import tomllib
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
ROOMS = ("experiments", "scenarios", "simulation")
SLOW = (
    "distributed",
    "duckdb",
    "matplotlib",
    "mesa",
    "networkx",
    "numba",
    "numpy",
    "pandas",
    "pyarrow",
    "scipy",
)
LOAD = "import sys; sys.argv[0] = 'poundflow'; from experiments.cli import main"
COMMAND = f"{LOAD}; main()"
DATA = {".csv", ".md", ".toml", ".html", ".j2", ".css", ".svg"}


def python(*words: str, cwd: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run Python in a fresh process, with nothing of this one on its path."""
    clean = {name: value for name, value in os.environ.items() if name != "PYTHONPATH"}
    return subprocess.run(
        [sys.executable, *words],
        cwd=cwd,
        env=clean | environment,
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
        stdin=subprocess.DEVNULL,
    )


def project() -> dict[str, object]:
    """Read the `[project]` table."""
    table: dict[str, object] = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))[
        "project"
    ]
    return table


def test_every_floor_keeps_its_walls() -> None:
    """No floor imports one above it or beside it, and each library has its one door."""
    lint = Path(sys.executable).parent / "lint-imports"

    done = subprocess.run(
        [lint, "--no-cache"], cwd=ROOT, capture_output=True, text=True, check=False
    )

    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.parametrize("script", ["house.py", "arithmetic.py"])
def test_the_house_rules_hold(script: str) -> None:
    """File length, names, prints, addresses, the register, and portable arithmetic."""
    done = python(str(ROOT / ".ci" / script), cwd=ROOT)

    assert done.returncode == 0, done.stdout + done.stderr


def test_one_version_is_told_everywhere() -> None:
    """The package, the citation and the changelog speak of the same version."""
    version = str(project()["version"])

    citation = (ROOT / "CITATION.cff").read_text("utf-8")
    changelog = (ROOT / "CHANGELOG.md").read_text("utf-8")

    assert re.search(rf"^version: {re.escape(version)}$", citation, re.MULTILINE)
    assert f"## [{version}]" in changelog or "## [Unreleased]" in changelog


@pytest.mark.parametrize("lock", ["requirements.lock", "requirements-dev.lock"])
def test_a_lock_names_versions_and_hashes_and_no_address(lock: str) -> None:
    """Each line pins one version by hash; nothing says where to fetch it."""
    text = (ROOT / lock).read_text("utf-8")

    pins = re.findall(r"^[a-z0-9][\w.-]*==", text, re.MULTILINE)
    requirements = [block for block in re.split(r"\n(?=\S)", text) if block.strip()]

    assert len(pins) == len(requirements)
    assert all("--hash=sha256:" in block for block in requirements)
    assert "://" not in text


@pytest.mark.parametrize("package", ["numpy", "scipy", "numba", "llvmlite"])
def test_every_python_gets_the_same_arithmetic(package: str) -> None:
    """One version of each library that computes, whatever the Python."""
    text = (ROOT / "requirements.lock").read_text("utf-8")

    pins = re.findall(rf"^{package}==(\S+)", text, re.MULTILINE)

    assert len(pins) == 1


def test_both_locks_agree() -> None:
    """What a run gets is what the tests saw."""

    def pinned(name: str) -> set[str]:
        return set(re.findall(r"^[a-z0-9][\w.-]*==[^\\\n]*", (ROOT / name).read_text(), re.M))

    missing = pinned("requirements.lock") - pinned("requirements-dev.lock")

    assert not missing


def test_help_comes_without_the_slow_libraries(tmp_path: Path) -> None:
    """Neither loading the command line nor its help loads a library that takes long to load."""
    code = (
        f"{LOAD}\n"
        "try:\n    main(['--help'])\nexcept SystemExit as end:\n    assert not end.code\n"
        f"print('slow:', *(name for name in {SLOW!r} if name in sys.modules))"
    )

    done = python("-c", code, cwd=tmp_path, PYTHONPATH=str(ROOT))

    assert done.returncode == 0, done.stderr
    assert "compare" in done.stdout
    assert done.stdout.splitlines()[-1] == "slow:"


def test_a_stranger_package_of_the_same_name_is_named(tmp_path: Path) -> None:
    """Where another `scenarios` stands first on the path, the message says which and where."""
    stranger = tmp_path / "scenarios"
    stranger.mkdir()
    (stranger / "__init__.py").write_text("")

    done = python(
        "-c",
        COMMAND,
        "scenarios",
        cwd=tmp_path,
        PYTHONPATH=os.pathsep.join([str(tmp_path), str(ROOT)]),
    )

    assert done.returncode == 2
    assert "scenarios" in done.stderr
    assert str(tmp_path) in re.sub(r"\s*\n\s*", "", done.stderr)
    assert "Traceback" not in done.stderr


@pytest.mark.long
def test_an_installed_wheel_works_in_an_empty_folder(tmp_path: Path) -> None:
    """The wheel carries every table, scenario and template, and runs away from its sources."""
    wheels, installed, empty = (tmp_path / name for name in ("wheels", "installed", "empty"))
    empty.mkdir()
    pip = ("-m", "pip", "--disable-pip-version-check")

    built = python(
        *pip, "wheel", "-q", "--no-deps", "--no-build-isolation", "-w", str(wheels), str(ROOT),
        cwd=empty,
    )  # fmt: skip
    assert built.returncode == 0, built.stdout + built.stderr
    [wheel] = wheels.glob("poundflow-*.whl")
    put = python(
        *pip, "install", "-q", "--no-deps", "--target", str(installed), str(wheel), cwd=empty
    )
    assert put.returncode == 0, put.stdout + put.stderr
    shown = {
        words: python("-c", COMMAND, words, cwd=empty, PYTHONPATH=str(installed))
        for words in ("--help", "scenarios")
    }

    carried = set(zipfile.ZipFile(wheel).namelist())
    sources = {
        path.relative_to(ROOT).as_posix()
        for room in ROOMS
        for path in (ROOT / room).rglob("*")
        if path.suffix in DATA | {".py"} and "__pycache__" not in path.parts
    }
    assert sources <= carried
    assert all(done.returncode == 0 for done in shown.values()), shown
    assert "compare" in shown["--help"].stdout
    assert {"village", "preston-2012"} <= set(re.findall(r"[\w-]+", shown["scenarios"].stdout))
    assert list(empty.iterdir()) == []
