"""What one process has finished, gathered and put into parts of about a hundred runs."""

from pathlib import Path
from time import monotonic

import pyarrow as pa

from experiments.store.records import RunResult
from experiments.store.sweep_tables import (
    ORDER,
    RESULTS,
    ROW_ORDER,
    RUNS,
    joined,
    rows_table,
    run_table,
    write_part,
)
from experiments.store.writer import next_serial, writer_name

RUNS_A_PART = 100
SECONDS_A_PART = 60.0


class PartWriter:
    """Gathers finished runs, and writes them as parts.

    Nothing that was added is let go before it is on the disk: where a part cannot be written, it
    may be closed again once there is room.

    Parameters
    ----------
    folder : Path
        The folder of the sweep.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._runs: list[pa.Table] = []
        self._results: list[pa.Table] = []
        self._first = 0
        self._began = 0.0

    def __len__(self) -> int:
        return len(self._runs)

    def add(self, result: RunResult) -> None:
        """Take in a finished run; it is safe only once its part is closed."""
        if not self._runs:
            self._first, self._began = result.index, monotonic()
        self._first = min(self._first, result.index)
        self._runs.append(run_table(result))
        self._results.append(rows_table(result))

    def close_if(self, n: int = RUNS_A_PART, seconds: float = SECONDS_A_PART) -> bool:
        """Close the part where it is full or old enough; say whether it was closed.

        Raises
        ------
        DiskFullError, FolderUnwritableError
            As of `close`.
        """
        if self._runs and (len(self._runs) >= n or monotonic() - self._began >= seconds):
            self.close()
            return True
        return False

    def close(self) -> None:
        """Write what was gathered as one part; where there is nothing, write nothing.

        Raises
        ------
        DiskFullError, FolderUnwritableError
            When it cannot be written; nothing half written is read, and nothing is forgotten.
        """
        if not self._runs:
            return
        part = f"{self._first:08d}-{writer_name()}-{next_serial():05d}"
        runs = joined(self._runs, RUNS).sort_by(ORDER)
        write_part(self._folder, part, runs, joined(self._results, RESULTS).sort_by(ROW_ORDER))
        self._runs, self._results = [], []
