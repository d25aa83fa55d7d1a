"""Every way in which a command can end, and what the user is told about it."""

import json
import os
import sys
from collections.abc import Sequence
from typing import Any

import typer

from experiments.store.aside import NO_ROOM
from scenarios.errors import ExitCode, FaultsError, PoundflowError

TRACE = "POUNDFLOW_TRACE"
"""Set this variable to see where in the code a fault of our own lies."""


def answer(arguments: Sequence[str]) -> int:
    """Run the command that the arguments name.

    Returns
    -------
    int
        The exit code. Whatever went wrong has been said on stderr, and with `--json` on stdout
        as one document, too.
    """
    from experiments.cli.app import app

    as_json = "--json" in arguments
    try:
        code = app(list(arguments), standalone_mode=False, prog_name="poundflow")
    except KeyboardInterrupt:
        return _say(ExitCode.STOPPED, "stopped.", as_json)
    except Exception as fault:
        return _explain(fault, as_json)
    if code == ExitCode.STOPPED and not isinstance(code, ExitCode):  # by no command of ours
        return _say(ExitCode.STOPPED, "stopped.", as_json)
    return int(code or ExitCode.DONE)


def _explain(fault: Exception, as_json: bool) -> int:
    show = getattr(fault, "show", None)
    if callable(show):  # what the command line itself refuses: an unknown option, a missing value
        show(file=sys.stderr)
        return _say(ExitCode.WRONG_INPUT, "", as_json, document=str(fault))
    if type(fault).__name__ == "Abort":
        return _say(ExitCode.STOPPED, "stopped.", as_json)
    if isinstance(fault, typer.Exit):
        return int(fault.exit_code)
    if isinstance(fault, PoundflowError) or hasattr(fault, "exit_code"):
        return _say(int(fault.exit_code), str(fault), as_json, faults=_faults(fault))
    if isinstance(fault, BrokenPipeError):
        return ExitCode.DONE
    if isinstance(fault, OSError) and fault.errno in NO_ROOM:
        return _say(ExitCode.WRONG_INPUT, _no_room(fault), as_json)
    if os.environ.get(TRACE):
        import traceback

        traceback.print_exception(fault, file=sys.stderr)
    kind = type(fault).__name__
    return _say(
        ExitCode.OWN_FAULT,
        f"poundflow met a fault of its own: {kind}: {fault}\n"
        f"Please report it, with what you typed; {TRACE}=1 shows where it lies.",
        as_json,
    )


def _no_room(fault: OSError) -> str:
    """Explain a full disk that is not the result folder's, which says so itself."""
    place = f" to write {fault.filename}" if fault.filename else ""
    return (
        f"there is no room left on the disk{place}. Besides the results, poundflow keeps compiled "
        "code in the home folder and scratch files in the temporary one; NUMBA_CACHE_DIR and "
        "TMPDIR name other places. Make room there, then give the same command again."
    )


def _faults(fault: Exception) -> list[dict[str, Any]]:
    if not isinstance(fault, FaultsError):
        return []
    keys = ("file", "line", "column", "path", "found", "wanted", "hint")
    return [{key: getattr(one, key) for key in keys} for one in fault.faults]


def _say(
    code: int,
    message: str,
    as_json: bool,
    document: str | None = None,
    faults: Sequence[dict[str, Any]] = (),
) -> int:
    if message:
        sys.stderr.write(message + "\n")
    if as_json:
        told = {"exit_code": int(code), "message": document or message, "faults": list(faults)}
        sys.stdout.write(json.dumps({"schema_version": 1, "error": told}, indent=2) + "\n")
    return int(code)
