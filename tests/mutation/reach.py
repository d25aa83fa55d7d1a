"""Which tests reach which line of the simulation, with nothing compiled, and how long each takes.

A plugin of pytest: `REACH=FOLDER pytest -p tests.mutation.reach` writes there a coverage file whose
contexts are tests, and `seconds-*.json`. Parameters of a test count as one test.
"""

import ast
import json
import os
from collections.abc import Iterable, Iterator
from functools import cached_property
from hashlib import blake2b
from pathlib import Path

import coverage
import pytest

FOLDER = "REACH"
LINES = "reach.coverage"
FILES = "files.json"

_running: list[coverage.Coverage] = []
_seconds: dict[str, float] = {}


def pytest_configure(config: pytest.Config) -> None:
    """Begin to look, in each worker apart."""
    if hasattr(config, "workerinput") or not config.getoption("numprocesses", None):
        watching = coverage.Coverage(
            data_file=str(Path(os.environ[FOLDER]) / LINES), data_suffix=True, branch=False,
            source=["simulation"], config_file=False,
        )  # fmt: skip
        watching.start()
        _running.append(watching)


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_runtest_protocol(item: pytest.Item) -> Iterator[None]:
    """Write down what a test and its fixtures reach under the test's name."""
    for watching in _running:
        watching.switch_context(_name(item.nodeid))
    return (yield)


def pytest_runtest_logreport(report: pytest.TestReport) -> None:
    """Add up the seconds of a test, its fixtures and its parameters."""
    name = _name(report.nodeid)
    _seconds[name] = _seconds.get(name, 0.0) + report.duration


def pytest_unconfigure() -> None:
    """Write down what was seen."""
    for watching in _running:
        watching.stop()
        watching.save()
        path = Path(os.environ[FOLDER]) / f"seconds-{os.getpid()}.json"
        path.write_text(json.dumps(_seconds), "utf-8")


def _name(nodeid: str) -> str:
    return nodeid.partition("[")[0]


def digest_of(path: Path) -> str:
    """Short digest of a file's bytes; empty where there is none."""
    return blake2b(path.read_bytes(), digest_size=8).hexdigest() if path.exists() else ""


class Reach:
    """Tests by the line that they reach.

    Parameters
    ----------
    folder : Path
        One folder for each run of the plugin, with the digests of the test files that it ran; what
        it saw of a file that was changed since is forgotten.
    root : Path
        The source that it looked at.
    """

    def __init__(self, folder: Path, root: Path) -> None:
        self._root = root
        self._inside: dict[str, set[int]] = {}
        self._found: dict[str, dict[int, set[str]]] = {}
        self._runs: list[tuple[coverage.CoverageData, set[str]]] = []
        self.seconds: dict[str, float] = {}
        for run in sorted(folder.glob("[0-9]*[0-9]")):
            files = json.loads((run / FILES).read_text("utf-8"))
            fresh = {name for name, digest in files.items() if digest == digest_of(root / name)}
            data = coverage.CoverageData(no_disk=True)
            for path in sorted(run.glob(f"{LINES}.*")):
                one = coverage.CoverageData(str(path))
                one.read()
                data.update(one)
            self._runs.append((data, fresh))
            for path in sorted(run.glob("seconds-*.json")):
                for name, told in json.loads(path.read_text("utf-8")).items():
                    if name.partition("::")[0] in fresh:
                        self.seconds[name] = told

    def _contexts(self, path: str) -> dict[int, set[str]]:
        """Tests by the line of a file that they reach."""
        if path not in self._found:
            by: dict[int, set[str]] = {}
            for data, fresh in self._runs:
                for line, names in data.contexts_by_lineno(str(self._root / path)).items():
                    by.setdefault(line, set()).update(
                        name for name in names if name.partition("::")[0] in fresh
                    )
            self._found[path] = by
        return self._found[path]

    def tests(self, path: str, first: int, last: int) -> list[str]:
        """Tests that reach one of the lines: those of that very module first, then the quickest.

        What runs when the file is imported, as numbers that have a name do, is every test's that
        reaches the body of a function of it, or of a file that imports it; where there is none,
        that of the folder's own tests.
        """
        within = self._bodies(path)
        lines, names = range(first, last + 1), set[str]()
        if within.issuperset(lines):
            names = names.union(*(self._contexts(path).get(line, ()) for line in lines))
        if not names:
            names = self._users(path)
        own = f"tests/{Path(path).parts[1]}/"
        names = names or {name for name in self.seconds if name.startswith(own)}
        return self.nearest(names, path)

    def _users(self, path: str) -> set[str]:
        """Tests that reach a function of a file, or of one that imports it."""
        names: set[str] = set()
        for one in (path, *self._importing.get(path.removesuffix(".py").replace("/", "."), ())):
            found = self._contexts(one)
            names.update(*(found.get(line, ()) for line in self._bodies(one)))
        return names

    @cached_property
    def _importing(self) -> dict[str, list[str]]:
        """Files of the simulation by the module that they import."""
        by: dict[str, list[str]] = {}
        for file in sorted((self._root / "simulation").rglob("*.py")):
            for node in ast.walk(ast.parse(file.read_text("utf-8"))):
                if isinstance(node, ast.ImportFrom) and node.module:
                    for one in (
                        node.module,
                        *(f"{node.module}.{told.name}" for told in node.names),
                    ):
                        by.setdefault(one, []).append(file.relative_to(self._root).as_posix())
        return by

    def _bodies(self, path: str) -> set[int]:
        """Lines of a file that run when a function is called, not when the file is imported."""
        if path not in self._inside:
            tree = ast.parse((self._root / path).read_text("utf-8"))
            self._inside[path] = {
                line
                for node in ast.walk(tree)
                if isinstance(node, ast.FunctionDef)
                for line in range(node.body[0].lineno, (node.end_lineno or node.lineno) + 1)
            }
        return self._inside[path]

    def beside(self, tests: list[str], path: str) -> list[str]:
        """The other tests of the same files, who may use what a fixture did for the first."""
        files = {name.partition("::")[0] for name in tests}
        return self.nearest(
            {
                name
                for name in self.seconds
                if name.partition("::")[0] in files and name not in set(tests)
            },
            path,
        )

    def nearest(self, names: Iterable[str], path: str) -> list[str]:
        """Order tests: those of the module's own file first, then by the time that they take."""
        own = f"test_{Path(path).stem}.py::"
        return sorted(names, key=lambda name: (own not in name, self.seconds.get(name, 0.0), name))
