"""What a measure is: a name with a unit and a meaning, and the function that answers it.

An answer is a number or a reason why there is none; never a not-a-number.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, NamedTuple

if TYPE_CHECKING:
    from simulation.measures.view import View

TIERS = ("district", "county", "region", "uk", "neighbours", "all")
"""Places a measure is told for: around each buyer's own area, the listed neighbours, everywhere."""
EVERYWHERE = ("all",)
FOCUS = ("district",)

BUILT_STATE = -1
WHOLE_WINDOW = 0


class Undefined(Exception):  # noqa: N818 - not an error: the honest answer "there is none"
    """Raised when a measure has no value here; the message says why, in plain words."""


class Pair(NamedTuple):
    """Two runs on the same luck: a policy and the baseline, with the policy's twin where it ran.

    The twin is the policy once more with some extra spending.
    """

    run: "View"
    baseline: "View"
    twin: "View | None"


@dataclass(frozen=True, slots=True, kw_only=True)
class Measure:
    """One measure of the catalogue.

    Attributes
    ----------
    name : str
        Its name in every table and file.
    unit : str
        Unit of the value.
    direction : {"up", "down", "none"}
        Which way is better, where one may say so.
    nature : {"flow", "stock", "paired"}
        Summed over the window and then divided; read in its last month; or a difference of runs.
    what, source : str
        Its definition in a sentence, and who defined it.
    tiers : tuple of str
        Places that it is told for; one alone where place does not enter.
    of_run : callable or None
        (view, tier) -> value; raises Undefined.
    of_pair : callable or None
        (pair, tier) -> value, for paired measures; raises Undefined.
    by_month : callable or None
        (view, tier) -> {month: value}, for the few that are also told month by month.
    applies : callable or None
        view -> whether the question arises at all; where it does not, nothing is told.
    """

    name: str
    unit: str
    direction: Literal["up", "down", "none"]
    nature: Literal["flow", "stock", "paired"]
    what: str
    source: str
    tiers: tuple[str, ...] = TIERS
    of_run: "Callable[[View, str], float] | None" = None
    of_pair: Callable[[Pair, str], float] | None = None
    by_month: "Callable[[View, str], Mapping[int, float]] | None" = None
    applies: "Callable[[View], bool] | None" = None


class Outcome(NamedTuple):
    """One measured value.

    Attributes
    ----------
    measure, tier : str
        What was measured, and where.
    month : int
        0 the whole window, -1 the built state, else as the measure says.
    value : float or None
        None where undefined.
    unit : str
        Unit of the value.
    why : str
        Why the value is None; else empty.
    """

    measure: str
    tier: str
    month: int
    value: float | None
    unit: str
    why: str


def ratio(above: float, below: float, why: str) -> float:
    """Divide, or say why there is nothing to divide by."""
    if below == 0:
        raise Undefined(why)
    return float(above) / float(below)
