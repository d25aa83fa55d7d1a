"""Which firms have changed hands, and who had them before."""

from dataclasses import dataclass, field
from typing import NamedTuple


class Owners(NamedTuple):
    """Whom a firm belongs to: the owner's row, -1 for nobody's, kind of owner, owner's area."""

    owner: int
    kind: int
    area: int


@dataclass(slots=True)
class Handed:
    """Firms whose owners have changed since the built state.

    Attributes
    ----------
    founders : dict of int to Owners
        By trading row, whom it belonged to at first; a newcomer in the row is like them.
    klass : dict of int to int
        By trading row, the class in which its profit is told now.
    stale : bool
        Whether the links to owners are to be laid anew before anybody is paid by them.
    """

    founders: dict[int, Owners] = field(default_factory=dict)
    klass: dict[int, int] = field(default_factory=dict)
    stale: bool = False
