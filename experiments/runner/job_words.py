"""What is said of a job: what happened, what is kept, and what to do next."""

import json
import re
import signal
from pathlib import Path

from experiments.runner.job_files import STDERR, STDOUT, Ended, read_bounded
from experiments.runner.job_kept import Kept

MOST_WORDS = 2_000
"""Letters of a command's own text that are shown."""
MOST_DOCUMENT = 1 << 20
CONTROLS = re.compile(r"\x1b\[[0-9;?]*[A-Za-z]|[\x00-\x08\x0b-\x1f\x7f]")


def told(
    folder: Path, status: str, position: int, kept: Kept, ended: Ended | None, *, stopping: bool
) -> str:
    """Say how a job stands, to people who run no computers.

    Parameters
    ----------
    folder : Path
        Of the job.
    status : str
    position : int
        How many jobs are before it.
    kept : Kept
        What it has finished.
    ended : Ended or None
    stopping : bool
        Whether it was asked to stop, and has not yet.
    """
    if status == "queued":
        before = "one job is" if position == 1 else f"{position} jobs are"
        return f"It waits for its turn: {before} before it." if position else "It starts next."
    if status == "running":
        return "It is stopping; what is finished is kept." if stopping else "It is running."
    if status == "finished":
        return "It is finished."
    if status == "stopped":
        return f"You stopped it. {_what_is_kept(kept)}"
    if status == "died":
        return f"{_how_it_died(ended)} {_what_is_kept(kept)}"
    return (ended.why if ended else "") or own_words(folder)


def own_words(folder: Path) -> str:
    """The command's own account of what went wrong."""
    said = _document(folder)
    if not said:
        end = read_bounded(folder / STDERR, 4 * MOST_WORDS, end=True)
        said = end.decode(errors="replace")
    said = CONTROLS.sub("", said).strip()
    return said[-MOST_WORDS:] or "It failed and did not say why."


def _document(folder: Path) -> str:
    """The message of the document that a command with `--json` leaves."""
    try:
        document = json.loads(read_bounded(folder / STDOUT, MOST_DOCUMENT))
        return str(document["error"]["message"])
    except (ValueError, KeyError, TypeError):
        return ""


def _how_it_died(ended: Ended | None) -> str:
    if ended is None:
        return "The computer stopped it, or was switched off."
    if ended.by == "system":
        return "The computer stopped it, as it does before it is switched off."
    if ended.code == -int(getattr(signal, "SIGKILL", 9)):
        return "The computer stopped it; it may have run out of memory."
    return "The computer stopped it."


def _what_is_kept(kept: Kept) -> str:
    if not kept.known:
        return "Press “Go on” to start it again."
    futures = f"{kept.futures} of {kept.of_futures} futures are kept"
    return f"{futures}; press “Go on” for the rest."
