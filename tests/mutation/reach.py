"""Which tests reach which line of the simulation, with nothing compiled, and how long each takes.

A plugin of pytest: `REACH=FOLDER pytest -p tests.mutation.reach` writes there a coverage file whose
contexts are tests, and `seconds-*.json`. Parameters of a test count as one test.
"""

import json
import os
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

import coverage
import pytest

FOLDER = "REACH"
LINES = "reach.coverage"

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


class Reach:
    """Tests by the line that they reach.

    Parameters
    ----------
    folder : Path
        Where the plugin wrote.
    root : Path
        The source that it looked at.
    """

    def __init__(self, folder: Path, root: Path) -> None:
        files = sorted(folder.glob(f"{LINES}.*"))
        if not files:
            raise FileNotFoundError(f"nothing was written to {folder}: run the tests first")
        self._data = coverage.CoverageData(no_disk=True)
        for path in files:
            one = coverage.CoverageData(str(path))
            one.read()
            self._data.update(one)
        self._root = root
        self.seconds: Mapping[str, float] = {
            name: told
            for path in folder.glob("seconds-*.json")
            for name, told in json.loads(path.read_text("utf-8")).items()
        }

    def tests(self, path: str, first: int, last: int) -> list[str]:
        """Tests that reach one of the lines, the quickest first.

        Lines that run when the file is imported are every test's that reaches any line of it;
        where none does, as in a list of entries, those of the folder's own tests.
        """
        found = self._data.contexts_by_lineno(str(self._root / path))
        names = {name for line in range(first, last + 1) for name in found.get(line, ())} - {""}
        names = names or {name for some in found.values() for name in some} - {""}
        own = f"tests/{Path(path).parts[1]}/"
        return self.quickest(names or (name for name in self.seconds if name.startswith(own)))

    def beside(self, tests: list[str]) -> list[str]:
        """The other tests of the same files, who may use what a fixture did for the first."""
        files = {name.partition("::")[0] for name in tests}
        return self.quickest(
            name
            for name in self.seconds
            if name.partition("::")[0] in files and name not in set(tests)
        )

    def quickest(self, names: Iterable[str]) -> list[str]:
        """Order tests by the time that they take."""
        return sorted(names, key=lambda name: (self.seconds.get(name, 0.0), name))
