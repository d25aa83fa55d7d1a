"""What we say when something is wrong: what was found, what was wanted, where, and what to do.

Every error of the house descends from `PoundflowError` and carries the exit code that the command
line answers with.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import IntEnum
from typing import NamedTuple

CHECK_AGAIN = "Correct them and run `poundflow check` again."
"""What to do about several faults of a scenario."""


class ExitCode(IntEnum):
    """How a command ends; 1 is also how it says that what was wished for was not reached."""

    DONE = 0
    OWN_FAULT = 1
    NOT_REACHED = 1
    WRONG_INPUT = 2
    SOME_RUNS_FAILED = 3
    STOPPED = 130


class PoundflowError(Exception):
    """Base of every error of the house; by default the fault is our own."""

    exit_code: int = ExitCode.OWN_FAULT


class InputError(PoundflowError):
    """Raised when what we were given cannot be used as it stands."""

    exit_code: int = ExitCode.WRONG_INPUT


class UserCodeError(PoundflowError):
    """Raised when code that the user brought does not do what it must; its runs fail."""

    exit_code: int = ExitCode.SOME_RUNS_FAILED


class Problem(NamedTuple):
    """A fault before its place in the file is known.

    Attributes
    ----------
    path : tuple of str and int
        Keys and positions from the top of the file, for example ("buyers", 0, "budget").
    found, wanted, hint : str
        What stands there, what should, and what to do next (may be empty).
    """

    path: tuple[str | int, ...]
    found: str
    wanted: str
    hint: str = ""


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing wrong in a scenario, and where it stands.

    Attributes
    ----------
    file : str
        The file as it was named, or `--set KEY=VALUE` where an override is at fault.
    line, column : int or None
        Counted from 1; None where no place in a file can be given.
    path : str
        The key path as `--set` writes it, for example `buyers.village-council.monitoring`.
    found, wanted, hint : str
        What stands there, what should, and what to do next (may be empty).
    """

    file: str
    line: int | None
    column: int | None
    path: str
    found: str
    wanted: str
    hint: str = ""

    def __str__(self) -> str:
        place = self.file
        if self.line is not None:
            place += f":{self.line}"
            if self.column is not None:
                place += f":{self.column}"
        parts = [part for part in (place, self.path) if part]
        sentence = f"{': '.join(parts)}: found {self.found}; wanted {self.wanted}."
        return f"{sentence} {self.hint}" if self.hint else sentence


class FaultsError(InputError):
    """Raised when something given cannot be used; holds every fault that was found.

    Parameters
    ----------
    faults : iterable of Fault
        At least one.
    """

    remedy = ""
    """What to do about several faults at once."""

    def __init__(self, faults: Iterable[Fault]) -> None:
        self.faults: tuple[Fault, ...] = tuple(faults)
        super().__init__(format_faults(self.faults, self.remedy))

    def __reduce__(self) -> tuple[type, tuple[tuple[Fault, ...]]]:
        return type(self), (self.faults,)


class ScenarioError(FaultsError):
    """Raised when a scenario cannot be used."""

    remedy = CHECK_AGAIN


def format_faults(faults: Iterable[Fault], remedy: str = CHECK_AGAIN) -> str:
    """Write faults one a line, and say how many there are.

    Parameters
    ----------
    faults : iterable of Fault
        In the order to print.
    remedy : str
        What to do where there are several; one fault tells its own.

    Returns
    -------
    str
        Plain text without a newline at its end; empty where there is no fault.
    """
    lines = [str(fault) for fault in faults]
    if len(lines) > 1:
        lines.append(f"{len(lines)} faults. {remedy}")
    return "\n".join(lines)


def in_order(faults: Iterable[Fault]) -> tuple[Fault, ...]:
    """Faults of overrides first, then by line, column and path."""
    return tuple(sorted(faults, key=lambda f: (f.line or 0, f.column or 0, f.path)))
