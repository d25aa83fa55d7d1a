"""From the shell to a command, and from its end to an exit code. Nobody is shown a traceback.

0 done; 1 our own fault; 2 the input is wrong; 3 some runs failed, or code of the user's own is at
fault; 130 stopped by the user.
"""

import gc
import os
import signal
import sys
from collections.abc import Sequence
from importlib.util import find_spec
from pathlib import Path

STOPPED = 130
PATIENCE = 4
"""Presses of Ctrl-C that leave time to tidy up."""
PACKAGES = ("experiments", "scenarios", "simulation")


def main(arguments: Sequence[str] | None = None) -> None:
    """Run one command and leave with its exit code.

    Parameters
    ----------
    arguments : sequence of str, optional
        As typed after `poundflow`; by default those of the process.
    """
    shadowed = shadowed_packages()
    if shadowed:
        sys.stderr.write(shadowed + "\n")
        raise SystemExit(2)
    from experiments.cli.answers import answer
    from experiments.runner.memory import claim_process

    if arguments is not None:
        code = answer(list(arguments))
    else:
        claim_process()
        stop_once()
        code = answer(sys.argv[1:])
        signal.signal(signal.SIGINT, signal.SIG_IGN)  # it is over already
        _forget_a_press()
        if "_duckdb" not in sys.modules:  # it would call what is not looked through a leak
            gc.freeze()  # what ends with the process is not looked through first
    _flush()
    raise SystemExit(code)


def stop_once() -> None:
    """Let the first Ctrl-C stop the command, and those after it not break into the tidying up.

    The fifth leaves at once; files are written aside and renamed, so that none is half there.
    """
    pressed = [0]

    def on_press(*_: object) -> None:
        pressed[0] += 1
        if pressed[0] == 1:
            raise KeyboardInterrupt
        if pressed[0] > PATIENCE:
            os._exit(STOPPED)

    def on_lost(lost: "sys.UnraisableHookArgs") -> None:
        if isinstance(lost.exc_value, KeyboardInterrupt):
            pressed[0] = 0  # it fell where nothing can be raised: the next one stops the command
        else:
            sys.__unraisablehook__(lost)

    sys.unraisablehook = on_lost
    signal.signal(signal.SIGINT, on_press)


def shadowed_packages() -> str:
    """Say which of our packages another one of the same name hides; empty where none does.

    `simulation`, `experiments` and `scenarios` are general names, so the three must lie together.
    """
    homes = {}
    for name in PACKAGES:
        spec = find_spec(name)
        homes[name] = Path(spec.origin).parent.parent if spec and spec.origin else None
    ours = Path(__file__).resolve().parents[2]
    strangers = [
        f"`{name}` is found in {home or 'no folder'}, not in {ours}"
        for name, home in homes.items()
        if home is None or home.resolve() != ours
    ]
    if not strangers:
        return ""
    return (
        f"another package stands in the way: {'; '.join(strangers)}. "
        "Install poundflow in an environment of its own, and start it from another folder."
    )


def _forget_a_press() -> None:
    """Let the exit code be ours, wherever Ctrl-C fell.

    Under `python -m` an interpreter that has seen `KeyboardInterrupt` leave a string it executed
    (`dataclasses` and others make code so) ends by that signal, though somebody caught it. What
    it saw is forgotten when the next string is begun.
    """
    eval("0")  # noqa: S307 - a constant of ours


def _flush() -> None:
    """Hand over what is printed; a reader that left early (`poundflow ... | head`) is no fault."""
    try:
        sys.stdout.flush()
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
