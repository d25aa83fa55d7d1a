"""Faults that no value shows by itself: sums, names that point nowhere, a tree with two roots."""

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from scenarios.checks.horizon import assumption_problems, horizon_problems
from scenarios.checks.names import Names, name_problems
from scenarios.checks.nation import nation_problems
from scenarios.checks.organisations import organisation_problems
from scenarios.checks.people import people_problems
from scenarios.checks.places import place_problems
from scenarios.checks.shocks import shock_problems
from scenarios.checks.tables import tables_problems
from scenarios.checks.technology import technology_problems
from scenarios.errors import Problem

__all__ = ["relation_problems"]


def relation_problems(
    data: Mapping[str, Any], known_extra: Callable[[], Iterable[str]] | None = None
) -> list[Problem]:
    """Check the relations within a file.

    Parameters
    ----------
    data : mapping
        The whole file, overrides applied; parts of the wrong type are passed over.
    known_extra : callable returning names, optional
        Assumptions that ways of buying carry.

    Returns
    -------
    list of Problem
        Every relation that is broken.
    """
    names = Names.of(data)
    return [
        *name_problems(data),
        *nation_problems(data),
        *place_problems(data, names),
        *organisation_problems(data, names),
        *people_problems(data, names),
        *technology_problems(data),
        *tables_problems(data),
        *horizon_problems(data, names),
        *shock_problems(data, names),
        *assumption_problems(data, known_extra),
    ]
