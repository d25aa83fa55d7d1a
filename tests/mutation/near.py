"""Which test files stand nearest to a file of the simulation, by what imports what.

First the file that is named after it, then those that import it, then those that import what
imports it, and so on; among equals those that import least, since they ask of little but this.
"""

import ast
from collections import deque
from collections.abc import Iterator
from pathlib import Path

LAWS = ("laws",)
FARTHEST = 4
"""Test files from which the file is more imports away are not asked."""


def folders(root: Path) -> list[str]:
    """Folders of tests that may judge a mutant: those of the simulation, and its laws."""
    found = sorted(path.name for path in (root / "tests").iterdir() if path.is_dir())
    return [
        f"tests/{name}" for name in found if name in LAWS or (root / "simulation" / name).is_dir()
    ]


class Near:
    """Test files by how near they stand to a file.

    Parameters
    ----------
    root : Path
        The project.
    """

    def __init__(self, root: Path) -> None:
        self._root = root
        self._known: dict[str, list[str]] = {}
        files = [one for name in folders(root) for one in (root / name).rglob("test_*.py")]
        told = (one.relative_to(root).as_posix() for one in sorted(files))
        self._away = {one: self._steps(one) for one in told}

    def tests(self, path: str) -> list[str]:
        """Test files, the nearest first.

        Parameters
        ----------
        path : str
            A file of the simulation, from the project's root.
        """
        own, package = f"test_{Path(path).stem}.py", Path(path).parts[1]
        ranked = []
        for test, away in self._away.items():
            if path in away and away[path] <= FARTHEST:
                there = Path(test)
                stands = (there.parts[1:] != (package, own), away[path], there.parts[1] != package)
                ranked.append((*stands, len(away), test))
        return [row[-1] for row in sorted(ranked)]

    def _steps(self, test: str) -> dict[str, int]:
        """Walk outwards; what lies beside the tests for their use is taken as part of them."""
        found, waiting = {test: 0}, deque([test])
        while waiting:
            here = waiting.popleft()
            for there in self._imports(here):
                step = 0 if there.startswith("tests/") else 1
                if there not in found or found[here] + step < found[there]:
                    found[there] = found[here] + step
                    (waiting.append if step else waiting.appendleft)(there)
        return found

    def _imports(self, path: str) -> list[str]:
        if path not in self._known:
            self._known[path] = sorted(set(self._read(path)))
        return self._known[path]

    def _read(self, path: str) -> Iterator[str]:
        """Files of the project that a file imports, at its top or within."""
        for node in ast.walk(ast.parse((self._root / path).read_text("utf-8"))):
            names: list[str] = []
            if isinstance(node, ast.ImportFrom) and node.module:
                names = [node.module, *(f"{node.module}.{one.name}" for one in node.names)]
            elif isinstance(node, ast.Import):
                names = [one.name for one in node.names]
            for name in names:
                if name.partition(".")[0] in {"simulation", "tests"}:
                    for end in (".py", "/__init__.py"):
                        there = f"{name.replace('.', '/')}{end}"
                        if (self._root / there).exists():
                            yield there
