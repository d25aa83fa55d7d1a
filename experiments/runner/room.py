"""How many processes a machine has cores and memory for, so that no more are begun."""

import os
from collections.abc import Callable

from experiments.design.plan import PlanError
from scenarios.spec import Scenario

GIB = 1 << 30
PER_HOME = 700
"""Bytes by household of a place that lives, dye followed and all else of it included: 680 measured
in `england`, after fourteen months."""
PROCESS = 300 << 20
"""Bytes of a process with the model imported, before it has built anything."""


def room_of_worker(scenario: Scenario) -> int:
    """Estimate what a worker takes that compares ways of buying in a place [bytes].

    It holds the place as it stood before any of them, and a copy that lives.
    """
    homes = sum(area.households or 0 for area in scenario.areas if area.resolution == "agents")
    return PROCESS + 2 * PER_HOME * homes


def room_of_machine() -> int:
    """Memory of this machine [bytes]; 0 where the system does not tell."""
    try:
        return os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE")
    except (AttributeError, OSError, ValueError):
        return 0


def side_by_side(option: str, asked: int | None) -> int:
    """How many processes or threads to use: as asked, else one for each core at hand.

    Parameters
    ----------
    option : str
        What was typed, such as "--workers".
    asked : int, optional

    Raises
    ------
    PlanError
        When fewer than one is asked for.
    """
    if asked is not None and asked < 1:
        raise PlanError(f"{option} is {asked}; wanted 1 or more.")
    if asked is not None:
        return asked
    usable = getattr(os, "sched_getaffinity", None)
    return len(usable(0)) if usable else os.cpu_count() or 1


def workers_with_room(scenario: Scenario, wanted: int, say: Callable[[str], object]) -> int:
    """Return how many workers the machine has memory for, and say where that is fewer.

    Raises
    ------
    PlanError
        When there is no room for one.
    """
    each, machine = room_of_worker(scenario), room_of_machine()
    room = machine // each if machine else wanted
    if room < 1:
        raise PlanError(
            f"{scenario.name}: to compare ways of buying takes some {each / GIB:.0f} GiB, "
            f"this machine has {machine / GIB:.1f}. Live one way of buying at a time, in half of "
            f"that: poundflow run {scenario.name} --regime NAME --out DIR."
        )
    if room < wanted:
        say(
            f"{room} of {wanted} workers: each takes some {each / GIB:.1f} GiB of memory, this "
            f"machine has {machine / GIB:.1f}."
        )
    return min(room, wanted)
