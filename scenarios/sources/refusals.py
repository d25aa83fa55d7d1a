"""What a file of payments is refused for: what was found, wanted, where, and what to do next."""

from collections.abc import Iterable
from pathlib import Path

from scenarios.errors import Fault, FaultsError


class PaymentsError(FaultsError):
    """Raised when payments cannot be imported; holds every fault of every file."""

    remedy = "Nothing was written. Correct the files or the options, and import all of them again."


class RefusedError(Exception):
    """Raised inside the reader with the one fault that ends the reading of a file.

    Parameters
    ----------
    fault : Fault
        What is wrong.
    cause : str
        One word for counting refusals, for example `empty`.
    """

    def __init__(self, fault: Fault, cause: str) -> None:
        super().__init__(str(fault))
        self.fault = fault
        self.cause = cause


def refuse(
    path: str, found: str, wanted: str, hint: str, *, cause: str, line: int | None = None
) -> RefusedError:
    """Make the error of a file that cannot be used.

    Parameters
    ----------
    path : str
        The file as it was named.
    found, wanted, hint : str
        As of `Fault`.
    cause : str
        One word for counting refusals.
    line : int or None
        The row at fault, counted from 1.

    Returns
    -------
    RefusedError
        To be raised.
    """
    return RefusedError(Fault(path, line, None, "", found, wanted, hint), cause)


def faults_of_repeats(files: Iterable[Path]) -> list[Fault]:
    """Say which files are given twice, under whatever name."""
    faults: list[Fault] = []
    seen: set[Path] = set()
    for path in files:
        if path.resolve() in seen:
            hint = "Everything in it would count twice."
            found = "a file that is given twice"
            faults.append(Fault(str(path), None, None, "", found, "each file once", hint))
        seen.add(path.resolve())
    return faults
