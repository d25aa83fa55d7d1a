"""All checks in one list, by what they hold the model against, and the way they are run."""

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import asdict, dataclass
from importlib import import_module
from pathlib import Path
from typing import Any

from experiments.validation.figure import Check, Figure, Sort, Verdict
from scenarios.errors import PoundflowError

FILES = ("identities", "input_output", "rounds", "auctions", "examples", "targets")
"""Each has `checks(full)`; those of one sort stand together in the table. Patterns come last."""
KEPT = Path("poundflow-out")
"""Where `poundflow pattern` keeps finished seeds, if nobody says otherwise."""

SCHEMA_VERSION = 1


@dataclass(frozen=True, slots=True)
class Found:
    """A check and what it has come to."""

    check: Check
    figure: Figure


def all_checks(full: bool, sorts: Sequence[Sort] = tuple(Sort), kept: Path = KEPT) -> list[Check]:
    """Return the checks of some sorts, in the order of the table.

    Parameters
    ----------
    full : bool
        Whether the slow ones are wanted.
    sorts : sequence of Sort
    kept : Path
        Folder in which seeds of patterns are kept.
    """
    listed: list[Check] = []
    for name in FILES:
        listed += import_module(f"experiments.validation.{name}").checks(full)
    if full and Sort.PATTERN in sorts:
        listed += import_module("experiments.validation.patterns").checks(full, kept)
    order = list(Sort)
    asked = [one for one in listed if one.kind in sorts]
    return sorted(asked, key=lambda one: order.index(one.kind))


def run_all(checks: Iterable[Check], tell: Callable[[str], None]) -> list[Found]:
    """Run checks in turn; `tell` hears the name of each before it runs.

    One that the model itself breaks off, say since a penny is missing, is a miss.
    """
    found = []
    for check in checks:
        tell(check.name)
        try:
            figure = check.run()
        except PoundflowError as fault:
            figure = Figure(None, "", None, None, Verdict.MISS, f"broken off: {fault}")
        found.append(Found(check, figure))
    return found


def counted(found: Iterable[Found]) -> dict[Verdict, int]:
    """Count verdicts, those that never fell among them."""
    seen = Counter(one.figure.verdict for one in found)
    return {verdict: seen[verdict] for verdict in Verdict}


def document(
    found: Sequence[Found], machine: dict[str, Any], versions: dict[str, str], *, full: bool
) -> dict[str, Any]:
    """Return what `--json` prints."""
    return {
        "schema_version": SCHEMA_VERSION,
        "versions": versions,
        "machine": machine,
        "full": full,
        "verdicts": {str(verdict): many for verdict, many in counted(found).items()},
        "checks": [
            {
                "name": one.check.name,
                "kind": one.check.kind,
                "what": one.check.what,
                "source": one.check.source,
                **asdict(one.figure),
            }
            for one in found
        ],
    }
