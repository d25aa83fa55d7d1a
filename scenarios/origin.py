"""Where a scenario came from, so that a fault found anywhere can say where it stands."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from scenarios.errors import Fault
from scenarios.locate import Path, Positions, dotted, locate, place_of


@dataclass(frozen=True)
class Origin:
    """The text of a scenario, its content as plain data, and what `--set` changed.

    Attributes
    ----------
    file : str
        The file as it was named.
    source : str
        Its text, line ends as newlines.
    data : dict
        Its content as plain data, overrides applied; it may be faulty.
    overridden : tuple of (path, label)
        Key path of each override, and what a fault there names instead of the file.
    written : mapping of str to int
        Part -> how many of its rows stand in the file, where `[tables]` added others.
    """

    file: str
    source: str
    data: dict[str, Any]
    overridden: tuple[tuple[Path, str], ...] = ()
    written: Mapping[str, int] = field(default_factory=dict)

    @cached_property
    def positions(self) -> Positions:
        """Key path -> (line, column) in the file, from 1."""
        return locate(self.source)

    def fault(self, path: Sequence[str | int], found: str, wanted: str, hint: str = "") -> Fault:
        """Make a fault with its place: a line of the file, or the `--set` that put it there.

        Parameters
        ----------
        path : sequence of str and int
            Key path in `data`.
        found, wanted, hint : str
            What stands there, what should, what to do next.

        Returns
        -------
        Fault
            Its path written as `--set` takes it.
        """
        at = tuple(path)
        name = dotted(at, self.data)
        for changed, label in reversed(self.overridden):
            if at[: len(changed)] == changed:
                return Fault(label, None, None, name, found, wanted, hint)
        made = self._is_made(at)
        line, column = place_of(("tables",) if made else at, self.positions) or (None, None)
        if made and not hint:
            hint = "It is made by [tables]: change it with --set, or write the row in the file."
        return Fault(self.file, line, column, name, found, wanted, hint)

    def _is_made(self, at: Path) -> bool:
        """Whether a path lies in a row that `[tables]` added."""
        row = at[1] if len(at) > 1 else None
        first = self.written.get(str(at[0])) if at else None
        return first is not None and isinstance(row, int) and row >= first
