"""Where a key stands in a scenario file, so that a fault can name its line and column.

`tomllib` reads the values and is the authority; tree-sitter's TOML grammar is used only to place
them. Where it cannot be loaded or cannot follow the text, positions are missing and a fault
names the key path alone.
"""

import tomllib
from collections.abc import Sequence
from typing import Any

Path = tuple[str | int, ...]
Positions = dict[Path, tuple[int, int]]


def locate(source: str) -> Positions:
    """Find every key, table and array member of a TOML text.

    Parameters
    ----------
    source : str
        TOML that `tomllib` accepts.

    Returns
    -------
    dict of tuple to (int, int)
        Key path -> line and column, both counted from 1, columns in characters. Members of
        arrays are numbered from 0. Empty where tree-sitter is not to be had.
    """
    try:
        import tree_sitter_toml
        from tree_sitter import Language, Parser
    except ImportError:
        return {}
    tree = Parser(Language(tree_sitter_toml.language())).parse(source.encode())
    return _Locator(source).document(tree.root_node)


def place_of(path: Path, positions: Positions) -> tuple[int, int] | None:
    """Give the place of a path, or of the nearest table around it.

    Parameters
    ----------
    path : tuple of str and int
        Key path; it need not exist (a missing key is placed at its table).
    positions : dict
        As `locate` returns it.

    Returns
    -------
    (int, int) or None
        Line and column, from 1; the first line for a key missing at the top.
    """
    for length in range(len(path), 0, -1):
        if path[:length] in positions:
            return positions[path[:length]]
    return (1, 1) if positions else None


def dotted(path: Sequence[str | int], data: Any) -> str:
    """Write a path as `--set` takes it, array members by their id.

    Parameters
    ----------
    path : sequence of str and int
        Key path.
    data : object
        The data it leads through; it may end where the path goes on.

    Returns
    -------
    str
        For example `buyers.village-council.budget.homecare`.
    """
    words: list[str] = []
    here = data
    for part in path:
        word = str(part)
        if isinstance(here, dict):
            here = here.get(part)
        elif isinstance(here, list) and isinstance(part, int) and part < len(here):
            here = here[part]
            if isinstance(here, dict) and isinstance(here.get("id"), str):
                word = here["id"]
        else:
            here = None
        words.append(word)
    return ".".join(words)


class _Locator:
    """Walks the syntax tree once and notes where each path begins."""

    def __init__(self, source: str) -> None:
        self.lines = source.split("\n")
        self.found: Positions = {}
        self.rows: dict[Path, int] = {}

    def document(self, root: Any) -> Positions:
        for node in root.children:
            if node.type == "pair":
                self.pair(node, ())
            elif node.type in ("table", "table_array_element"):
                self.table(node)
        return self.found

    def table(self, node: Any) -> None:
        header = next((c for c in node.named_children if c.type.endswith("key")), None)
        if header is None:
            return
        keys = _keys(header)
        path = (*self.through_rows(keys[:-1]), keys[-1])
        for length in range(1, len(path) + 1):
            self.note(path[:length], header)
        if node.type == "table_array_element":
            self.rows[path] = self.rows.get(path, -1) + 1
            path += (self.rows[path],)
            self.note(path, header)
        for child in node.named_children:
            if child.type == "pair":
                self.pair(child, path)

    def through_rows(self, keys: Path) -> Path:
        """Under `[[a]]`, the header `[a.b]` speaks of the latest row of `a`."""
        path: Path = ()
        for key in keys:
            path += (key,)
            if path in self.rows:
                path += (self.rows[path],)
        return path

    def pair(self, node: Any, above: Path) -> None:
        key, value = (c for c in node.named_children if c.type != "comment")
        path = above
        for part in _keys(key):
            path += (part,)
            self.note(path, key)
        self.value(value, path)

    def value(self, node: Any, path: Path) -> None:
        if node.type == "inline_table":
            for child in node.named_children:
                if child.type == "pair":
                    self.pair(child, path)
        elif node.type == "array":
            members = [c for c in node.named_children if c.type != "comment"]
            for number, child in enumerate(members):
                self.note((*path, number), child)
                self.value(child, (*path, number))

    def note(self, path: Path, node: Any) -> None:
        line, byte = node.start_point
        before = self.lines[line].encode()[:byte] if line < len(self.lines) else b""
        self.found.setdefault(path, (line + 1, len(before.decode(errors="replace")) + 1))


def _keys(node: Any) -> Path:
    """Read a bare, quoted or dotted key as TOML itself would."""
    if node.type == "bare_key":
        return (node.text.decode(),)
    try:
        table: Any = tomllib.loads(f"{node.text.decode()} = 0")
    except ValueError:
        return (node.text.decode(),)
    keys: list[str] = []
    while isinstance(table, dict):
        key, table = next(iter(table.items()))
        keys.append(key)
    return tuple(keys)
