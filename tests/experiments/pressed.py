"""A real comparison in processes of its own, ready to be stopped by real signals."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
SLOWEST = 120.0
"""Longest that a busy machine may take to begin, and to end [s]."""

on_unix = pytest.mark.skipif(
    not hasattr(os, "killpg"), reason="this system has no groups of processes"
)


def heed_interrupts() -> None:
    """Let Ctrl-C reach a new process even where these tests run in the background of a shell."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)


def begun(*words: str) -> subprocess.Popen[str]:
    """Begin a command in a process group of its own."""
    return subprocess.Popen(
        [sys.executable, "-m", "experiments.cli", *words],
        cwd=ROOT,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        start_new_session=True,
        preexec_fn=heed_interrupts,
    )


def comparing(out: Path, moment: str, months: int) -> subprocess.Popen[str]:
    """Compare the village on two workers in far too many futures, up to a moment.

    Parameters
    ----------
    out : Path
    moment : str
        Glob pattern of files in the folder, one of which is there by then.
    months : int
        Length of each run.
    """
    words = ["compare", "village", "--replicates", "5000", "--workers", "2"]
    words += ["--months", str(months), "--regimes", "lowest_price", "--baseline", "lowest_price"]
    running = begun(*words, "--out", str(out))
    deadline = time.monotonic() + SLOWEST
    while not list(out.glob(moment)):
        assert time.monotonic() < deadline
        assert running.poll() is None, running.communicate()
        time.sleep(0.05)
    return running
