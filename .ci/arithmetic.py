"""Check that code which changes state computes the same bytes on every machine.

Library transcendentals change with the processor and BLAS with its core; the built-in `sum` of
floats changed with Python 3.12; an unstable sort and a walk over a set have no fixed order. So
the packages below use none of these: they have `simulation.kernels` and `simulation.streams`.
Measures and experiments compare with a tolerance and are free to use the libraries.

A line that is exact for a reason says so with `# exact: reason`, and is passed over.
"""

import ast
import sys
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
STATE = ("accounting", "economy", "kernels", "model", "pillars", "procurement", "streams.py")
LIBRARY_MATHS = {
    "arccos", "arcsin", "arctan", "cbrt", "cos", "exp", "exp2", "expm1", "log", "log10", "log1p",
    "log2", "pow", "power", "sin", "sinh", "tan", "tanh",
}  # fmt: skip
BLAS = {"dot", "einsum", "inner", "linalg", "matmul", "tensordot", "vdot"}
SORTS = {"argsort", "sort"}
MODULES = {"math", "np", "numpy"}


def owner(node: ast.expr) -> str:
    """Name that an attribute hangs on, empty when it is no plain name."""
    return node.id if isinstance(node, ast.Name) else ""


def says_stable(call: ast.Call) -> bool:
    """Whether a sort names a stable kind."""
    return any(
        word.arg == "kind" and isinstance(word.value, ast.Constant) and word.value.value == "stable"
        for word in call.keywords
    )


def fault_of(node: ast.AST) -> str:
    """What is wrong with one node, empty when nothing is."""
    match node:
        case ast.BinOp(op=ast.MatMult()) | ast.AugAssign(op=ast.MatMult()):
            return "`@` is BLAS: write the loop as a kernel"
        case ast.BinOp(op=ast.Pow(), right=ast.Constant(value=float())):
            return "a power with a fraction is a library transcendental: use kernels.maths"
        case ast.Attribute(value=value, attr=attr) if owner(value) in MODULES:
            if attr in BLAS:
                return f"`{attr}` is BLAS: write the loop as a kernel"
            if attr in LIBRARY_MATHS:
                return f"`{attr}` differs between processors: use kernels.maths"
            if attr == "random":
                return "random numbers come from simulation.streams"
        case ast.Call(func=ast.Attribute(value=value, attr=attr)) if (
            attr == "argsort" or (owner(value) in MODULES and attr in SORTS)
        ) and not says_stable(node):
            return f'`{attr}` without kind="stable" leaves ties to the processor'
        case (
            ast.For(iter=ast.Set() | ast.SetComp())
            | ast.comprehension(iter=ast.Set() | ast.SetComp())
        ):
            return "a set has no fixed order: sort it first"
        case ast.For(iter=ast.Call(func=ast.Name(id="set" | "frozenset"))):
            return "a set has no fixed order: sort it first"
    return ""


def faults(path: Path) -> Iterator[str]:
    """Each fault of one file, unless its line gives a reason."""
    text = path.read_text(encoding="utf-8")
    lines = text.splitlines()
    for node in ast.walk(ast.parse(text)):
        fault = fault_of(node)
        line = getattr(node.iter if isinstance(node, ast.comprehension) else node, "lineno", 0)
        if fault and "# exact: " not in lines[line - 1]:
            yield f"{path.relative_to(ROOT)}:{line}: {fault}"


def main() -> int:
    """Print every fault; 1 when there is one."""
    found: list[str] = []
    for room in STATE:
        place = ROOT / "simulation" / room
        for path in sorted(place.rglob("*.py")) if place.is_dir() else [place]:
            if path.exists():
                found.extend(faults(path))
    for fault in found:
        print(fault)
    print(f"arithmetic: {len(found)} faults")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
