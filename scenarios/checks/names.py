"""Everyone in a scenario has a name, and no two the same."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from scenarios.checks.loose import rows, word
from scenarios.errors import Problem

RESERVED = ("none", "outside", "members", "inactive", "bank", "housing-association", "all")
"""Words that stand for someone who is not in the file."""

PARTS = ("areas", "buyers", "chains", "firms", "households")


@dataclass(frozen=True)
class Names:
    """Who is in the file, by part."""

    areas: Mapping[str, Mapping[str, Any]]
    leaves: frozenset[str]
    buyers: Mapping[str, Mapping[str, Any]]
    firms: Mapping[str, Mapping[str, Any]]
    households: Mapping[str, Mapping[str, Any]]

    @classmethod
    def of(cls, data: Mapping[str, Any]) -> "Names":
        """Collect the ids of a file; the first row of a repeated id counts."""
        areas = _by_id(data, "areas")
        parents = {word(row, "parent") for row in areas.values()}
        leaves = {k for k, row in areas.items() if k not in parents or row.get("tier") == "world"}
        return cls(
            areas,
            frozenset(leaves),
            _by_id(data, "buyers"),
            _by_id(data, "firms"),
            _by_id(data, "households"),
        )


def _by_id(data: Mapping[str, Any], part: str) -> dict[str, Mapping[str, Any]]:
    found: dict[str, Mapping[str, Any]] = {}
    for _, row in rows(data, part):
        name = word(row, "id")
        if name is not None:
            found.setdefault(name, row)
    return found


def name_problems(data: Mapping[str, Any]) -> Iterator[Problem]:
    """Refuse ids used twice anywhere, and ids that mean something else."""
    home: dict[str, str] = {}
    for part in PARTS:
        for path, row in rows(data, part):
            name = word(row, "id")
            if name is None:
                continue
            if name in RESERVED:
                wanted = "an id other than " + ", ".join(RESERVED)
                yield Problem((*path, "id"), f'"{name}"', wanted)
            elif name in home:
                found = f'"{name}", which already names one of the {home[name]}'
                yield Problem((*path, "id"), found, "an id used once in the file")
            home.setdefault(name, part)
