"""What whoever starts the pages decides: where the work is kept, and where it may be seen."""

from dataclasses import dataclass
from pathlib import Path

LOOPBACK = "127.0.0.1"
PORT = 8060


@dataclass(frozen=True, slots=True)
class Settings:
    """What the server is told at its start.

    Parameters
    ----------
    results : Path
        The folder of all that is kept: cases, jobs, sweeps.
    host : str
        The address it listens at; by default this machine alone can reach it.
    port : int
        The port it listens at.
    """

    results: Path
    host: str = LOOPBACK
    port: int = PORT

    @property
    def cases(self) -> Path:
        """The folder of the cases, one folder each."""
        return self.results / "cases"

    @property
    def jobs(self) -> Path:
        """The folder of the jobs, one folder each."""
        return self.results / "jobs"
