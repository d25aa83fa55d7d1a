"""What each way of buying came to in each future of a sweep, with its luck kept apart.

A future is one place under one set of assumptions; it is lived several times, each with another
luck. Only what is whole is compared: where one policy of a block is missing or undefined, the whole
block is left out, and counted.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from experiments.analysis.values import Float64

if TYPE_CHECKING:
    import pandas as pd

NOT_TOLD = "not told of this policy"


@dataclass(frozen=True, slots=True)
class Shape:
    """How large the plan is.

    Attributes
    ----------
    policies, places : tuple of str
        In the plan's order.
    points, replicates : int
        How many of each.
    """

    policies: tuple[str, ...]
    places: tuple[str, ...]
    points: int
    replicates: int

    @property
    def futures(self) -> int:
        """Places times points."""
        return len(self.places) * self.points


@dataclass(frozen=True, slots=True)
class Left:
    """What was left out of an answer, and why.

    Attributes
    ----------
    policies : mapping of str to str
        Policies without a number anywhere, each with the reason.
    unlived, undefined : int
        Blocks with a run that is missing, and blocks lived whole in which a number is undefined.
    futures : int
        Futures dropped whole, where an answer needs all the replicates of each.
    """

    policies: Mapping[str, str] = field(default_factory=dict)
    unlived: int = 0
    undefined: int = 0
    futures: int = 0


@dataclass(frozen=True, slots=True)
class Futures:
    """One measure of a sweep.

    Attributes
    ----------
    measure, tier, unit : str
        What it is.
    policies : tuple of str
        Rows of `value`; those left out are named in `left`.
    at : int64[n]
        Which future each column is: place times the number of points, plus the point.
    value : float64[n_policies, n, n_replicates]
        nan where a block is left out, for all policies alike.
    left : Left
        What was left out.
    """

    measure: str
    tier: str
    unit: str
    policies: tuple[str, ...]
    at: NDArray[np.int64]
    value: Float64
    left: Left

    @property
    def blocks(self) -> int:
        """Blocks that count."""
        return int(np.isfinite(self.value[0]).sum()) if self.policies else 0

    @property
    def means(self) -> Float64:
        """Mean over luck, float64[n_policies, n]."""
        means: Float64 = np.nanmean(self.value, axis=2)
        return means


def gather(
    rows: "pd.DataFrame",
    runs: "pd.DataFrame",
    shape: Shape,
    counted: "NDArray[np.bool_] | None" = None,
) -> Futures:
    """Set out one measure by policy, future and replicate, and leave out what is not whole.

    Parameters
    ----------
    rows : DataFrame
        Totals (month 0) of one measure at one tier, in the columns of a sweep's `results`.
    runs : DataFrame
        Finished runs, in the columns of a sweep's `runs`.
    shape : Shape
        What the plan asked for.
    counted : bool[n_futures], optional
        Which futures are asked about; all by default. Of the others nothing is said to be missing.

    Returns
    -------
    Futures
        Futures without any whole block are not among the columns.
    """
    row_of = {policy: k for k, policy in enumerate(shape.policies)}
    size = (len(shape.policies), shape.futures, shape.replicates)
    lived = np.zeros(size, dtype=np.bool_)
    lived[_where(runs, row_of, shape)] = True
    value = np.full(size, np.nan)
    value[_where(rows, row_of, shape)] = rows["value"].to_numpy(dtype=np.float64, na_value=np.nan)
    known = np.isfinite(value)
    out = {
        policy: _why(rows, policy)
        for policy, k in row_of.items()
        if not known[k].any() and lived[k].any()
    }
    kept = [k for policy, k in row_of.items() if policy not in out]
    asked = np.ones(shape.futures, dtype=np.bool_) if counted is None else counted
    lived_whole = np.asarray(lived.all(axis=0))
    whole = lived_whole & np.asarray(known[kept].all(axis=0)) & asked[:, None]
    some = whole.any(axis=1)
    first = rows.iloc[0] if len(rows) else None
    return Futures(
        measure="" if first is None else str(first["measure"]),
        tier="" if first is None else str(first["tier"]),
        unit="" if first is None else str(first["unit"]),
        policies=tuple(shape.policies[k] for k in kept),
        at=np.flatnonzero(some).astype(np.int64),
        value=np.where(whole, value[kept], np.nan)[:, some],
        left=Left(
            policies=out,
            unlived=int((~lived_whole[asked]).sum()),
            undefined=int((lived_whole & ~whole)[asked].sum()),
            futures=int((~some)[asked].sum()),
        ),
    )


def gains_of(futures: Futures, baseline: str) -> Float64:
    """Take the baseline's number in the same block from each policy's.

    Parameters
    ----------
    futures : Futures
        A measure that the baseline has: its level, or a zero where a change is kept.
    baseline : str

    Returns
    -------
    float64[n_policies, n, n_replicates]
        Rows as in `futures.policies`.
    """
    told: Float64 = futures.value - futures.value[futures.policies.index(baseline)]
    return told


def whole_futures(futures: Futures) -> Futures:
    """Keep the futures in which every replicate counts; the others are counted as dropped."""
    whole = np.isfinite(futures.value).all(axis=(0, 2))
    dropped = futures.left.futures + int((~whole).sum())
    return replace(
        futures,
        at=futures.at[whole],
        value=futures.value[:, whole],
        left=replace(futures.left, futures=dropped),
    )


def _where(
    table: "pd.DataFrame", row_of: Mapping[str, int], shape: Shape
) -> tuple[NDArray[np.int64], ...]:
    place_of = {place: k for k, place in enumerate(shape.places)}
    policy = table["policy"].astype(str).map(row_of).to_numpy(dtype=np.int64)
    place = table["place"].astype(str).map(place_of).to_numpy(dtype=np.int64)
    future = place * shape.points + table["point"].to_numpy(dtype=np.int64)
    return policy, future, table["replicate"].to_numpy(dtype=np.int64)


def _why(rows: "pd.DataFrame", policy: str) -> str:
    told = rows.loc[rows["policy"] == policy, "why"].dropna()
    reasons: Sequence[str] = [str(why) for why in told if why]
    return reasons[0] if reasons else NOT_TOLD
