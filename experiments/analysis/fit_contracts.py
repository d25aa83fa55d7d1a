"""Contract sizes and lengths: a register beside what was built, by quantiles."""

from collections.abc import Sequence

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


def contract_rows(register: Contracts | None, built: Contracts, seed: int) -> list[FitRow]:
    """Compare yearly values and lengths of contracts.

    Parameters
    ----------
    register : Contracts or None
        As published.
    built : Contracts
        Values of standing contracts, lengths of those that were let.
    seed : int
        Of the draws.
    """
    grown = 1.0
    if register is not None and None not in (register.middle, built.middle):
        grown = (1.0 + entry("fit_check.prices_a_year")) ** (
            (built.middle or 0) - (register.middle or 0)
        )
    rows = []
    for measure, what, unit, growth in (
        ("yearly_pounds", "Value of a contract a year", POUNDS, grown),
        ("months", "Length of a contract", MONTHS, 1.0),
    ):
        theirs = _known(getattr(built, measure))
        ours = _known(getattr(register, measure)) if register is not None else np.empty(0)
        missing = NO_REGISTER if register is None else _missing(ours, theirs)
        draws = [_drawn(values, seed, k) for k, values in enumerate((ours, theirs))]
        for at, q in enumerate(QUANTILES):
            key, label = Key(measure, f"{q:g}"), f"{what}: {quantile_name(q)}"
            data, made = _pair(ours, q, growth), _pair(theirs, q, 1.0)
            if missing or data is None or made is None:
                rows.append(not_comparable("contracts", key, label, unit, data, made, missing))
                continue
            apart = gap(data, made)
            allowed, within = relative(data[1] if apart > 0 else data[0])
            moved = _moved(apart, draws, at, growth)
            if moved > allowed:
                allowed, within = moved, DRAWN
            why = "" if register is None else _note(ours, register, measure)
            rows.append(judged("contracts", key, label, unit, data, made, allowed, within, why))
    return rows


def quantile_name(q: float) -> str:
    """Name a quantile in words."""
    return "the middle one" if q == 0.5 else f"{q:.0%} are smaller"


def _known(values: Float64) -> Float64:
    found: Float64 = np.sort(values[~np.isnan(values)])
    return found


def _missing(register: Float64, built: Float64) -> str:
    for values, name in ((register, "the register states"), (built, "the built economy has")):
        if values.size < FEW:
            return f"{name} {values.size} of them; quantiles are compared from {FEW} on"
    return ""


def _pair(values: Float64, q: float, growth: float) -> tuple[float, float] | None:
    if values.size < FEW:
        return None
    one = float(np.quantile(values, q))
    return min(one, one * growth), max(one, one * growth)


def _drawn(values: Float64, seed: int, stream: int) -> Float64:
    """Quantiles of contracts drawn anew: float64[len(QUANTILES), DRAWS]."""
    generator = np.random.Generator(np.random.Philox(key=[seed, 10 + stream]))
    if values.size < FEW:
        return np.zeros((len(QUANTILES), DRAWS))
    taken = values[generator.integers(0, values.size, (DRAWS, values.size))]
    found: Float64 = np.quantile(taken, QUANTILES, axis=1)
    return found


def _moved(apart: float, draws: Sequence[Float64], at: int, growth: float) -> float:
    """How far drawing anew moves a difference: half of 95 % on its own side."""
    ours, theirs = draws[0][at], draws[1][at]
    if apart > 0:
        each = theirs - ours * max(growth, 1.0)
    elif apart < 0:
        each = ours * min(growth, 1.0) - theirs
    else:
        return 0.0
    return max(abs(apart) - float(np.quantile(each, (1.0 - LEVEL) / 2.0)), 0.0)


def _note(values: Float64, register: Contracts, measure: str) -> str:
    whole = getattr(register, measure).size
    left = whole - values.size
    said = [f"{left:,} of {whole:,} contracts state none"] if left else []
    if measure == "months":
        said.append("a register holds what stands, so long contracts are more often in it")
    return "; ".join(said)
