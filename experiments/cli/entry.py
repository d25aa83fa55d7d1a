"""From the shell to a command, and from its end to an exit code. Nobody is shown a traceback.

0 done; 1 our own fault; 2 the input is wrong; 3 some runs failed, or code of the user's own is at
fault; 130 stopped by the user.
"""

import gc
import os
import sys
from collections.abc import Sequence
from importlib.util import find_spec
from pathlib import Path

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
        code = answer(sys.argv[1:])
        gc.freeze()  # what ends with the process is not looked through first
    _flush()
    raise SystemExit(code)


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


def _flush() -> None:
    """Hand over what is printed; a reader that left early (`poundflow ... | head`) is no fault."""
    try:
        sys.stdout.flush()
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
