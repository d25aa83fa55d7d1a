"""What a command says."""

from collections.abc import Callable
from typing import NamedTuple


class Said(NamedTuple):
    """How a command ended and what it said."""

    code: int
    out: str
    err: str


Poundflow = Callable[..., Said]
