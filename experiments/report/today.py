"""What is known of a place today, in parts that a page shows one below the other.

It is worked out once, by a command, and kept as plain data: the page that shows it only reads. What
is not known is said, and stands in no sum as if it were.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from experiments.report.pictures import Picture
from experiments.report.tables import Grid
from scenarios.errors import InputError

VERSION = 1


class NoTodayError(InputError):
    """Raised when a file is not what `poundflow today` writes."""

    def __init__(self, path: Path, reason: str) -> None:
        super().__init__(f"{path}: {reason}; wanted what `poundflow today` writes. Make it anew.")
        self.path, self.reason = path, reason

    def __reduce__(self) -> tuple[type, tuple[Path, str]]:
        return type(self), (self.path, self.reason)


@dataclass(frozen=True, slots=True)
class Part:
    """One subject.

    Attributes
    ----------
    name, heading : str
        Its id on a page, and what stands above it.
    said : sequence of str
        Sentences, the answer first.
    words : sequence of (str, str)
        Technical words in it, each with what it means.
    grids, pictures : sequence
        Its tables and drawings; each drawing has its own table.
    unsure : sequence of str
        What is not known, or must be kept in mind.
    """

    name: str
    heading: str
    said: Sequence[str]
    words: Sequence[tuple[str, str]] = field(default_factory=tuple)
    grids: Sequence[Grid] = field(default_factory=tuple)
    pictures: Sequence[Picture] = field(default_factory=tuple)
    unsure: Sequence[str] = field(default_factory=tuple)


@dataclass(frozen=True, slots=True)
class Today:
    """All that is known of a place.

    Attributes
    ----------
    title : str
    facts : sequence of (str, str)
        In a few words each.
    parts : sequence of Part
    """

    title: str
    facts: Sequence[tuple[str, str]]
    parts: Sequence[Part]

    def tables(self) -> dict[str, Grid]:
        """Every table by the name under which it can be downloaded."""
        found: dict[str, Grid] = {}
        for part in self.parts:
            for at, grid in enumerate(part.grids, start=1):
                found[f"{part.name}-{at}"] = grid
            for drawn in part.pictures:
                if drawn.data is not None:
                    found[drawn.name] = drawn.data
        return found


def today_document(today: Today) -> dict[str, Any]:
    """Give it as plain data for JSON; of each picture the form for a page alone."""
    told = {"schema_version": VERSION, **asdict(today)}
    for part in told["parts"]:
        for drawn in part["pictures"]:
            drawn["alone"] = ""
    return told


def read_today(path: Path) -> Today:
    """Read what `poundflow today` wrote.

    Raises
    ------
    NoTodayError
        Where the file is something else or damaged.
    """
    try:
        told = json.loads(path.read_text("utf-8"))
        if told["schema_version"] != VERSION:
            raise NoTodayError(path, f"layout {told['schema_version']}")
        facts = [(str(name), str(fact)) for name, fact in told["facts"]]
        return Today(told["title"], facts, [_part(one) for one in told["parts"]])
    except (OSError, ValueError, KeyError, TypeError) as fault:
        raise NoTodayError(path, f"it cannot be read ({type(fault).__name__})") from fault


def _part(told: Mapping[str, Any]) -> Part:
    return Part(
        name=told["name"],
        heading=told["heading"],
        said=told["said"],
        words=[(word, meaning) for word, meaning in told["words"]],
        grids=[Grid(**one) for one in told["grids"]],
        pictures=[_picture(one) for one in told["pictures"]],
        unsure=told["unsure"],
    )


def _picture(told: Mapping[str, Any]) -> Picture:
    data = told["data"]
    return Picture(**{**told, "data": None if data is None else Grid(**data)})
