"""How a command says what it did: one JSON document, or lines, and nothing went wrong."""

from collections.abc import Iterable, Mapping
from typing import Any

from experiments.cli import screen
from scenarios.errors import ExitCode

SCHEMA_VERSION = 1


def tell_document(told: Mapping[str, Any]) -> int:
    """Print one JSON document with its version; return the code of what is done."""
    screen.print_document({"schema_version": SCHEMA_VERSION, **told})
    return ExitCode.DONE


def tell(lines: Iterable[str]) -> int:
    """Print lines as they are; return the code of what is done."""
    screen.print_lines(lines)
    return ExitCode.DONE
