"""Whether a run compiles its kernels: where nothing is compiled yet, a short one is sooner over.

The books are the same to the byte; the tests live places both ways.
"""

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from scenarios.read import read_draft

FEW = 30_000
"""Account-months that take no longer than compiling: a village of a hundred accounts lives sixty of
its months in 3 s without, and compiling takes 17 s or more."""
FIXED_PER_AREA = 10
"""Accounts of an area that stand for many."""
BURN_IN = 60
"""Months that are lived before the first that is told, or somewhat more."""


def spare_compiling(name: str | Path, sets: Iterable[str], months: int | None) -> bool:
    """Leave kernels uncompiled in this process where that is quicker; call it before they are used.

    Parameters
    ----------
    name, sets
        The scenario, as `read_draft` takes them; one that cannot be read decides nothing.
    months : int or None
        Length of the run; None for the scenario's own.

    Returns
    -------
    bool
        Whether they are left so.

    Raises
    ------
    ScenarioError
        Where the scenario cannot be found or parsed.
    """
    if account_months(read_draft(name, sets).data, months) > FEW:
        return False
    from simulation import kernels

    return kernels.spare_compiling()


def account_months(data: Mapping[str, Any], months: int | None) -> int:
    """Estimate the accounts of a place times the months that they live; faulty data count as many.

    Parameters
    ----------
    data : mapping
        A scenario as read.
    months : int or None
        See `spare_compiling`.
    """
    try:
        accounts = 0
        for area in data["areas"]:
            accounts += FIXED_PER_AREA
            if area.get("resolution") in ("agents", "suppliers"):
                firms = sum(area.get("enterprises", {}).values())
                accounts += int(area["households"]) + int(firms)
        told = int(data["compare"]["months"]) if months is None else months
    except (KeyError, TypeError, ValueError, AttributeError):
        return FEW + 1
    return accounts * (told + BURN_IN)
