"""What `--until` was given: measures with the half-widths wished for, and why some cannot be."""

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from experiments.analysis.factorial import FEWEST
from scenarios.errors import InputError
from scenarios.nearest import did_you_mean

if TYPE_CHECKING:
    from experiments.runner.sweep_plan import Sweep


class UntilError(InputError):
    """Raised when `--until` asks for what this sweep cannot tell."""


@dataclass(frozen=True, slots=True)
class Wishes:
    """How narrow luck is to leave what.

    Attributes
    ----------
    half_widths : dict of str to float
        By measure, in its unit.
    most : int or None
        Replicates at every point that are the most, as the user bounds them.
    """

    half_widths: dict[str, float]
    most: int | None = None


def read_wishes(
    until: Sequence[str], most: int | None, *, sharded: bool
) -> tuple[Wishes | None, list[str]]:
    """Read what was typed.

    Parameters
    ----------
    until : sequence of str
        Each MEASURE=HALF_WIDTH.
    most : int, optional
        As of `--most-replicates`.
    sharded : bool
        Whether the session lives a part of the plan alone.

    Returns
    -------
    Wishes or None
        None where none was typed.
    list of str
        What is wrong with it.
    """
    faults: list[str] = []
    if most is not None and not until:
        faults.append("--most-replicates bounds what --until adds, and there is no --until")
    if most is not None and most < 2:
        faults.append(f"--most-replicates is {most}; wanted 2 or more")
    if until and sharded:
        faults.append(
            "--until and --shard are both given; a shard sees its own part alone. Let the shards "
            "end, then give --until without --shard"
        )
    half_widths: dict[str, float] = {}
    for typed in until:
        measure, sign, number = (part.strip() for part in typed.partition("="))
        size = _number(number)
        if not sign or not measure:
            faults.append(f"--until is {typed!r}; wanted MEASURE=HALF_WIDTH, as in quality=0.01")
        elif size is None or not 0.0 < size < math.inf:
            faults.append(f"--until {measure} is {number!r}; wanted a half-width above 0")
        elif measure in half_widths:
            faults.append(f"--until {measure} is given twice; wanted each measure once")
        else:
            half_widths[measure] = size
    return (Wishes(half_widths, most) if until else None), faults


def _number(text: str) -> float | None:
    try:
        return float(text)
    except ValueError:
        return None


def check_wishes(sweep: "Sweep", wishes: Wishes) -> None:
    """Refuse wishes that no number of replicates of this plan could tell.

    Raises
    ------
    UntilError
        With all that is wrong.
    """
    faults = [*_plan_faults(sweep, wishes)]
    for measure in wishes.half_widths:
        faults.extend(_measure_faults(sweep, measure))
    if faults:
        raise UntilError("; ".join(faults))


def _plan_faults(sweep: "Sweep", wishes: Wishes) -> Iterator[str]:
    plan = sweep.plan
    if plan.replicates < 2:
        yield (
            f"--until: {plan.origin.file} asks for 1 replicate, which shows no luck. Set "
            f"`replicates` to 2 or more, better {FEWEST}"
        )
    if wishes.most is not None and 2 <= wishes.most < plan.replicates:
        yield (
            f"--most-replicates is {wishes.most}; wanted {plan.replicates} or more, which the "
            "plan asks for"
        )
    if plan.design.kind == "morris":
        yield (
            "--until: the points of `morris` are steps on a grid and stand for no distribution, so "
            "a mean over them tells nothing. `poundflow analyse DIR sensitivity` says what luck "
            "does to its indices; set `replicates` by that"
        )
    if all(len(place.plan.regimes) == 1 for place in sweep.places):
        yield "--until: the plan has one policy, so there is no difference. Name two or more"


def _measure_faults(sweep: "Sweep", measure: str) -> Iterator[str]:
    from simulation.measures.catalogue import BY_NAME, WRITTEN_IN

    kept = [name for name in BY_NAME if sweep.plan.keep.holds(name, 0)]
    if measure not in BY_NAME:
        yield f"--until {measure}: no such measure. {did_you_mean(measure, kept)}".rstrip()
        return
    if measure not in kept:
        yield (
            f"--until {measure}: the plan keeps no such measure; it keeps {', '.join(kept)}. "
            "Add it to [keep] `measures`"
        )
    if BY_NAME[measure].of_pair is not None and not sweep.plan.paired:
        yield (
            f"--until {measure}: it is measured against the baseline in the same economy, which "
            "a plan with `paired = false` has not"
        )
    moneys = sorted({place.scenario.currency for place in sweep.places})
    if WRITTEN_IN in BY_NAME[measure].unit and len(moneys) > 1:
        yield (
            f"--until {measure}: the places tell it in {' and '.join(moneys)}, which cannot be "
            "added. Sweep them apart"
        )
