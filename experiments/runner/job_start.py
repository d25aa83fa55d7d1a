"""Starts the keeper of a job: a process of its own, which the end of the server does not touch."""

import os
import subprocess
import sys
import sysconfig
import threading
import time
from pathlib import Path

from experiments.runner.job_files import Asked, Ended, Started, write
from experiments.store.errors import FolderBusyError
from experiments.store.locking import handed_over

KEEPER = (sys.executable, "-P", "-m", "experiments.runner.job_keeper")
PASSED_ON = frozenset(
    {
        "HOME", "LANG", "LANGUAGE", "LOGNAME", "PATH", "SHELL", "SYSTEMROOT", "TEMP", "TMP",
        "TMPDIR", "TZ", "USER", "USERPROFILE", "APPDATA", "LOCALAPPDATA", "WINDIR", "PATHEXT",
        "VIRTUAL_ENV", "XDG_CACHE_HOME", "MPLCONFIGDIR", "COVERAGE_PROCESS_START",
        "LD_LIBRARY_PATH", "DYLD_LIBRARY_PATH",
    }
)  # fmt: skip
PASSED_ON_KINDS = ("LC_", "NUMBA_", "OMP_", "OPENBLAS_", "MKL_", "DASK_")
"""What of the server's surroundings a job gets to see; no password is among it."""


def start(folder: Path, asked: Asked) -> bool:
    """Start the keeper of a try.

    Returns
    -------
    bool
        False where another process has the job in hand.

    Raises
    ------
    DiskFullError, FolderUnwritableError
        When the folder of the job takes no more.
    """
    try:
        with handed_over(folder) as handle:
            write(folder, Started(asked.attempt, time.time()))
            _start_keeper(folder, asked, handle)
    except FolderBusyError:
        return False
    return True


def _start_keeper(folder: Path, asked: Asked, handle: int) -> None:
    windows = sys.platform == "win32"
    arguments = [str(folder), "" if windows else str(handle)]
    try:
        keeper = subprocess.Popen(
            [*KEEPER, *arguments],
            cwd=folder, env=surroundings(), stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL, pass_fds=() if windows else (handle,),
            start_new_session=True,
        )  # fmt: skip
    except OSError as fault:
        why = f"The computer could not start another process: {fault.strerror or fault}."
        write(folder, Ended(asked.attempt, time.time(), 1, why=why))
        return
    threading.Thread(target=keeper.wait, name="keeper", daemon=True).start()


def surroundings() -> dict[str, str]:
    """The variables that a job gets: a few of ours, and where our packages lie."""
    kept = {
        name: value
        for name, value in os.environ.items()
        if name in PASSED_ON or name.startswith(PASSED_ON_KINDS)
    }
    home = Path(__file__).resolve().parents[2]
    if home != Path(sysconfig.get_path("purelib")).resolve():
        kept["PYTHONPATH"] = str(home)
    return kept
