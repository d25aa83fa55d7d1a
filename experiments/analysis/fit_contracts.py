"""Contract sizes and lengths: a register beside what was built, by quantiles."""

from collections.abc import Mapping, Sequence

import numpy as np

from experiments.analysis.fit_paid import Contracts
from experiments.analysis.fit_rows import (
    MONTHS,
    POUNDS,
    FitRow,
    entry,
    gap,
    judged,
    not_comparable,
    relative,
)
from experiments.analysis.fit_spend import DRAWS, LEVEL, Float64, Key

QUANTILES = (0.1, 0.25, 0.5, 0.75, 0.9)
FEW = 5
"""Fewer contracts have no quantiles worth a comparison."""
DRAWN = "contracts of both sides drawn anew"
NO_REGISTER = "no contracts register was given (--register)"
OVERALL, BY_CATEGORY = "contracts", "contracts by category"


def contract_rows(
    register: Contracts | None, built: Contracts, seed: int, names: Mapping[str, str]
) -> list[FitRow]:
    """Compare yearly values and lengths of contracts, of all and of each category.

    Parameters
    ----------
    register : Contracts or None
        As published.
    built : Contracts
        Values of standing contracts, lengths of those that were let.
    seed : int
        Of the draws.
    names : mapping of str to str
        Category -> its name; categories come in this order.

    Returns
    -------
    list of FitRow
        Five quantiles of all contracts; of a category that both sides have, the middle one.
    """
    grown = 1.0
    if register is not None and register.middle is not None and built.middle is not None:
        grown = (1.0 + entry("fit_check.prices_a_year")) ** (built.middle - register.middle)
    rows = []
    for measure, of, what, unit, growth in (
        ("yearly_pounds", "value_category", "Value of a contract a year", POUNDS, grown),
        ("months", "length_category", "Length of a contract", MONTHS, 1.0),
    ):
        ours = np.empty(0) if register is None else getattr(register, measure)
        theirs = getattr(built, measure)
        why = NO_REGISTER if register is None else _note(ours, measure)
        told = [(Key(measure, f"{q:g}"), f"{what}: {quantile_name(q)}", q) for q in QUANTILES]
        rows += _compared(OVERALL, told, unit, (ours, theirs), growth, seed, why)
        for category, name in names.items():
            parts = [
                np.empty(0)
                if one is None
                else _of(getattr(one, measure), getattr(one, of), category)
                for one in (register, built)
            ]
            if all(part.size for part in parts):
                middle = [(Key(measure, category), f"{what}: {name}, the middle one", 0.5)]
                rows += _compared(BY_CATEGORY, middle, unit, (parts[0], parts[1]), growth, seed, "")
    return rows


def quantile_name(q: float) -> str:
    """Name a quantile in words."""
    return "the middle one" if q == 0.5 else f"{q:.0%} are smaller"


def _of(values: Float64, categories: Sequence[str | None], category: str) -> Float64:
    wanted = np.array([one == category for one in categories], dtype=np.bool_)
    found: Float64 = values[wanted & ~np.isnan(values)]
    return found


def _compared(
    group: str, told: Sequence[tuple[Key, str, float]], unit: str,
    sides: tuple[Float64, Float64], growth: float, seed: int, why: str,
) -> list[FitRow]:  # fmt: skip
    """Hold quantiles of both sides against each other."""
    ours, theirs = (np.sort(side[~np.isnan(side)]) for side in sides)
    drawn = [_drawn(values, seed, k) for k, values in enumerate((ours, theirs))]
    rows = []
    for key, label, q in told:
        data, made = _pair(ours, q, growth), _pair(theirs, q, 1.0)
        if data is None or made is None:
            few = why if why == NO_REGISTER else _few(ours, theirs)
            rows.append(not_comparable(group, key, label, unit, data, made, few))
            continue
        apart = gap(data, made)
        allowed, within = relative(data[1] if apart > 0 else data[0])
        quantiles = [np.quantile(one, q, axis=1) for one in drawn]
        moved = _moved(apart, quantiles[0], quantiles[1], growth)
        if moved > allowed:
            allowed, within = moved, DRAWN
        rows.append(judged(group, key, label, unit, data, made, allowed, within, why))
    return rows


def _few(register: Float64, built: Float64) -> str:
    side = "the register states" if register.size < FEW else "the built economy has"
    return f"{side} {min(register.size, built.size)} of them; compared is from {FEW} on"


def _pair(values: Float64, q: float, growth: float) -> tuple[float, float] | None:
    if values.size < FEW:
        return None
    one = float(np.quantile(values, q))
    return min(one, one * growth), max(one, one * growth)


def _drawn(values: Float64, seed: int, stream: int) -> Float64:
    """Contracts drawn anew: float64[DRAWS, n]."""
    generator = np.random.Generator(np.random.Philox(key=[seed, 10 + stream]))
    taken: Float64 = values[generator.integers(0, max(values.size, 1), (DRAWS, values.size))]
    return taken


def _moved(apart: float, ours: Float64, theirs: Float64, growth: float) -> float:
    """How far drawing anew moves a difference: half of 95 % on its own side."""
    if apart > 0:
        each = theirs - ours * max(growth, 1.0)
    elif apart < 0:
        each = ours * min(growth, 1.0) - theirs
    else:
        return 0.0
    return max(abs(apart) - float(np.quantile(each, (1.0 - LEVEL) / 2.0)), 0.0)


def _note(values: Float64, measure: str) -> str:
    left = int(np.isnan(values).sum())
    said = [f"{left:,} of {values.size:,} contracts state none"] if left else []
    if measure == "months":
        said.append("a register holds what stands, so long contracts are more often in it")
    return "; ".join(said)
