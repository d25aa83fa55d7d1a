"""Every mutant of the packages that hold the money, and a sample of them that a seed draws.

A mutant is one small change of the code: another comparison, a number one up or down, a loop that
never runs. The changes are those of cosmic-ray (https://cosmic-ray.readthedocs.io). A place that
can be changed in many ways is drawn no oftener than one that can be changed in one.

Left out before anything is drawn, by `left_out` and `FLATTERING`: what no test should see (the
words of an error, annotations and casts, decorators that compile or that make a record, `strict`
of `zip`, which guards against what cannot come); and what any test would see, so that it would
only flatter: sums and products that become shifts, numbers that are compared by identity.
"""

import ast
import random
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from functools import lru_cache
from hashlib import blake2b
from pathlib import Path
from typing import Any

PACKAGES = ("accounting", "kernels", "procurement", "measures")
"""Folders of `simulation/` that are mutated."""

FLATTERING = ("Bit", "Shift", "_Is")
"""In the name of an operator: nearly every such change raises at once."""

DECORATORS = ("njit", "kernel", "part", "dataclass")
"""Decorators that do nothing while nothing is compiled, or make a record of a class."""

Place = tuple[int, int]


@dataclass(frozen=True, order=True)
class Mutant:
    """One change: which operator of cosmic-ray at which of its places in a file."""

    path: str
    operator: str
    occurrence: int
    line: int
    column: int
    last_line: int

    @property
    def name(self) -> str:
        """A short name that is the same as long as the change is."""
        told = repr(tuple(asdict(self).values())).encode()
        return blake2b(told, digest_size=6).hexdigest()


def in_file(root: Path, path: Path) -> Iterator[Mutant]:
    """Every mutant of a file."""
    import cosmic_ray.plugins
    from cosmic_ray.ast import ast_nodes, get_ast_from_path

    shut = list(left_out(path.read_text("utf-8")))
    nodes = list(ast_nodes(get_ast_from_path(path)))
    for name in sorted(cosmic_ray.plugins.operator_names()):
        kind: Any = cosmic_ray.plugins.get_operator(name)
        if kind.arguments() or any(word in name for word in FLATTERING):
            continue
        operator = kind()
        places = (place for node in nodes for place in operator.mutation_positions(node))
        for occurrence, (start, end) in enumerate(places):
            if not any(first <= start and end <= last for first, last in shut):
                told = path.relative_to(root).as_posix()
                yield Mutant(told, name, occurrence, *start, end[0])


def left_out(source: str) -> Iterator[tuple[Place, Place]]:
    """Spans of a file's text that are not changed: what no test should see."""
    for node in ast.walk(ast.parse(source)):
        match node:
            case ast.FunctionDef() | ast.ClassDef():
                if isinstance(node, ast.FunctionDef) and node.returns is not None:
                    yield _span(node.returns)
                for one in node.decorator_list:
                    if _called(one) in DECORATORS:
                        yield _line(one)
            case ast.arg(annotation=ast.expr() as told) | ast.AnnAssign(annotation=told):
                yield _span(told)
            case ast.Raise(exc=ast.Call(args=words, keywords=named)):
                yield from (_span(one) for one in words)
                yield from (_span(one.value) for one in named)
            case ast.Call(func=ast.Name(id="cast"), args=[told, *_]):
                yield _span(told)
            case ast.Call(func=ast.Name(id="zip"), keywords=[ast.keyword(arg="strict") as one]):
                yield _span(one.value)
            case ast.If(test=ast.Name(id="TYPE_CHECKING")):
                yield _span(node)


def _called(decorator: ast.expr) -> str:
    """Name a decorator by its last word, without what it is given."""
    bare = decorator.func if isinstance(decorator, ast.Call) else decorator
    return ast.unparse(bare).rpartition(".")[2]


def _span(node: ast.expr | ast.stmt) -> tuple[Place, Place]:
    last = (node.end_lineno or node.lineno, node.end_col_offset or node.col_offset)
    return (node.lineno, node.col_offset), last


def _line(node: ast.expr) -> tuple[Place, Place]:
    """From the sign of a decorator to the beginning of the next line."""
    return (node.lineno, 0), ((node.end_lineno or node.lineno) + 1, 0)


def all_of(root: Path) -> list[Mutant]:
    """Every mutant of the packages, in a fixed order."""
    files = [
        path
        for package in PACKAGES
        for path in sorted((root / "simulation" / package).rglob("*.py"))
    ]
    return sorted(mutant for path in files for mutant in in_file(root, path))


def sample(found: Sequence[Mutant], many: int, seed: int) -> list[Mutant]:
    """Draw so many places, each as likely as any other, and at each of them one change.

    Raises
    ------
    ValueError
        There are not so many places.
    """
    chance = random.Random(seed)
    at: dict[tuple[str, int, int], list[Mutant]] = {}
    for mutant in found:
        at.setdefault((mutant.path, mutant.line, mutant.column), []).append(mutant)
    return [chance.choice(at[place]) for place in chance.sample(sorted(at), many)]


@lru_cache(maxsize=8)
def mutated(source: str, mutant: Mutant) -> str:
    """Return a file's text with the change made.

    Raises
    ------
    ValueError
        The text has no such place: it is not the file that was looked through.
    """
    import cosmic_ray.plugins
    from cosmic_ray.mutating import mutate_code

    kind: Any = cosmic_ray.plugins.get_operator(mutant.operator)
    text: str | None = mutate_code(source, kind(), mutant.occurrence)
    if text is None:
        raise ValueError(f"{mutant.path} has no place {mutant.occurrence} for {mutant.operator}")
    return text
