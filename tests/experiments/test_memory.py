"""Our own processes are not looked through again; the process of a caller is left as it was."""

import gc
import subprocess
import sys
from pathlib import Path

import pytest

from experiments.cli import main
from experiments.runner.memory import import_model

ROOT = Path(__file__).resolve().parents[2]


def said_by(code: str) -> list[str]:
    """Words that a new Python writes."""
    done = subprocess.run(
        [sys.executable, "-c", code],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
        stdin=subprocess.DEVNULL,
    )
    return done.stdout.split()


@pytest.mark.parametrize("collects", [True, False])
def test_importing_the_model_leaves_the_callers_collector_as_it_was(collects: bool) -> None:
    """It is on or off as before, and nothing of the caller's is withheld from it."""
    import_model.cache_clear()
    before = gc.get_freeze_count(), gc.isenabled()

    try:
        if not collects:
            gc.disable()
        import_model()
        after = gc.get_freeze_count(), gc.isenabled()
    finally:
        gc.enable()

    assert before[1]
    assert after == (before[0], collects)


def test_a_process_of_ours_withholds_what_it_imported() -> None:
    """Modules of a claimed process are never looked through; later objects are."""
    withheld, collects = said_by(
        "import gc\n"
        "from experiments.runner.memory import claim_process, import_model\n"
        "claim_process()\n"
        "import_model()\n"
        "print(gc.get_freeze_count(), gc.isenabled())"
    )

    assert int(withheld) > 100_000
    assert collects == "True"


@pytest.mark.parametrize("ours", [True, False])
def test_what_the_first_run_loaded_is_looked_through_once(ours: bool) -> None:
    """Circles are freed after every run; in a process of ours, later looks pass by what stays."""
    first, second, freed = said_by(
        "import gc, weakref\n"
        "from experiments.runner.memory import claim_process, clear_away\n"
        "class Circle: pass\n"
        f"{ours} and claim_process()\n"
        "gc.disable()\n"
        "clear_away()\n"
        "first = gc.get_freeze_count()\n"
        "left = Circle()\n"
        "left.own, told = left, weakref.ref(left)\n"
        "del left\n"
        "clear_away()\n"
        "print(first, gc.get_freeze_count(), told() is None)"
    )

    assert freed == "True"
    assert (int(first) > 0) == ours
    assert int(second) <= int(first), "what came after the first run is withheld as well"


def test_mesa_comes_before_what_it_would_look_through() -> None:
    """Mesa asks who calls it among all modules that are there, so the model is imported first."""
    modules = said_by(
        "import sys\n"
        "from experiments.runner.memory import import_model\n"
        "import_model()\n"
        "print(*sys.modules)"
    )

    assert modules.index("mesa") < modules.index("numba")
    assert modules.index("mesa") < modules.index("simulation.economy")


def test_a_command_that_a_caller_gives_withholds_nothing() -> None:
    """Only the process that the shell started is ours."""
    before = gc.get_freeze_count()

    with pytest.raises(SystemExit):
        main(["--version"])

    assert gc.get_freeze_count() == before
