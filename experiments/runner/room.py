"""How much memory runs of a place take, so that no more are begun than the machine has room for."""

import os

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
