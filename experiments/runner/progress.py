"""How far a sweep is, where a session of it is to end, and what may end it before."""

from collections.abc import Callable
from dataclasses import dataclass

from scenarios.errors import ExitCode, PoundflowError


class RefusedError(PoundflowError):
    """Raised when a worker could not write what it had finished; the sweep can be gone on with."""

    exit_code = ExitCode.SOME_RUNS_FAILED


class ClusterLostError(PoundflowError):
    """Raised when the scheduler, or every worker, is gone in the middle of a sweep."""

    exit_code = ExitCode.SOME_RUNS_FAILED

    def __init__(self, reason: str) -> None:
        super().__init__(
            f"{reason}. What was finished is kept; give the same command to go on, with the "
            "address of a scheduler that stands."
        )


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a sweep is; runs of this shard alone.

    Attributes
    ----------
    runs, done, failed : int
        All, finished, and given up.
    seconds : float
        Since this session began.
    lived : int
        Runs that this session finished or gave up.
    workers : int or None
        How many there are, where it is known.
    """

    runs: int
    done: int
    failed: int
    seconds: float
    lived: int
    workers: int | None = None

    @property
    def left(self) -> int:
        """Runs still to be lived."""
        return self.runs - self.done - self.failed

    @property
    def rate(self) -> float:
        """Runs a second in this session."""
        return self.lived / self.seconds if self.seconds > 0.0 else 0.0


Told = Callable[[Progress], None]


def untold(*_: object) -> None:
    """Tell nobody."""


@dataclass(slots=True)
class Bounds:
    """Where a session ends by itself: after so many runs, or so many seconds."""

    runs: int | None = None
    seconds: float | None = None
