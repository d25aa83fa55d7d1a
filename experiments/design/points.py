"""The points of a design: which values of which assumptions are tried together.

A design names its factors; a factor's range and distribution are the register's, or the plan's
own. Layouts of the unit cube are turned into values by each factor's quantiles, so a Sobol' index
is taken over the same distribution as a comparison draws from. Assumptions that are counted take
whole values, as the model rounds them.
"""

import math
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import product
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from experiments.design.accepted import read_accepted
from experiments.design.ignorance import draw_ignorance, is_uncertain
from experiments.design.layouts import group_size, latin_hypercube, morris, sobol
from experiments.design.seeds import keyed_word, replicate_seed
from experiments.design.sweep import DesignPlan, Factor
from scenarios.assumptions import Entry, quantile
from scenarios.checks.amounts import is_counted

DEFAULT_POINTS = 64

Values = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Points:
    """The points of a design.

    Attributes
    ----------
    kind : str
        Of the design.
    names : tuple of str
        Factors, in the order of the columns.
    values : float64[n_points, n_names]
        In each entry's unit; never nan.
    problem : dict
        What SALib's analysers take: `num_vars`, `names`, `bounds`.
    group : int
        Points that are analysed together or not at all: those of a trajectory of Morris, those
        of a base row of Sobol', else 1. Groups lie one after another.
    """

    kind: str
    names: tuple[str, ...]
    values: Values
    problem: Mapping[str, Any] = field(default_factory=dict)
    group: int = 1

    def __len__(self) -> int:
        return len(self.values)

    def values_at(self, point: int) -> dict[str, float]:
        """Name to value at a point counted from 0."""
        return dict(zip(self.names, self.values[point].tolist(), strict=True))


def points_of(
    design: DesignPlan,
    entries: Mapping[str, Entry],
    seed: int,
    *,
    held: Collection[str] = (),
    folder: Path = Path(),
) -> Points:
    """Lay the points of a design out.

    Parameters
    ----------
    design : DesignPlan
        Without fault, as `sweep_checks` finds none.
    entries : mapping of str to Entry
        The register, with the entries of ways of buying.
    seed : int
        Root of the plan's luck.
    held : collection of str
        Assumptions that a place sets by hand: `all` leaves them out.
    folder : Path
        What a file of accepted points is relative to.

    Raises
    ------
    MissingExtraError
        Where a layout needs a package that is not installed.
    """
    if design.kind == "fixed":
        return Points("fixed", (), np.zeros((1, 0)))
    if design.kind == "list":
        names = tuple(sorted(design.points_list[0]))
        rows = [[row[name] for name in names] for row in design.points_list]
        return _points(design, names, np.array(rows, dtype=np.float64))
    if design.kind == "accepted":
        names, table = read_accepted(folder / str(design.file))
        return _points(design, names, table[: design.points])
    if design.kind == "grid":
        names = tuple(factor.name for factor in design.factors)
        grid = list(product(*(factor.values for factor in design.factors)))
        return _points(design, names, np.array(grid, dtype=np.float64))
    factors = factors_of(design, entries, held)
    if design.kind == "register":
        return _drawn(design, factors, seed)
    cube, group = _cube(design, len(factors), keyed_word("poundflow design", seed, design.kind))
    values = np.empty_like(cube)
    for column, factor in enumerate(factors):
        values[:, column] = _mapped(factor, cube[:, column])
    names = tuple(factor.name for factor in factors)
    bounds = [[float(factor.low), float(factor.high)] for factor in factors]
    return Points(design.kind, names, values, _problem(names, bounds), group)


def factors_of(
    design: DesignPlan, entries: Mapping[str, Entry], held: Collection[str] = ()
) -> list[Entry]:
    """The entries that a design varies, in order of name, with the plan's ranges in place.

    `all` takes every uncertain entry that no place sets by hand; a name that is written out is
    varied even where a place sets it.
    """
    own = {factor.name: factor for factor in design.factors}
    names = design.names or (() if own else "all")
    if names == "all":
        named = {name for name, entry in entries.items() if is_uncertain(entry)} - set(held)
    else:
        named = set(names)
    return [
        ranged(entries[name], own[name]) if name in own else entries[name]
        for name in sorted(named | set(own))
    ]


def ranged(entry: Entry, factor: Factor) -> Entry:
    """An entry with the range that a plan gives it, or as it is where the plan gives none."""
    if factor.low is None or factor.high is None:
        return entry
    low, high = factor.low, factor.high
    centre = math.sqrt(low * high) if factor.distribution == "log_uniform" else (low + high) / 2
    return replace(
        entry, low=low, high=high, value=min(max(centre, low), high),
        distribution=factor.distribution,
    )  # fmt: skip


def number_of_points(design: DesignPlan, n_factors: int) -> int:
    """How many points a design has, before it is laid out; 0 for a file's."""
    asked = design.points or DEFAULT_POINTS
    match design.kind:
        case "fixed":
            return 1
        case "list":
            return len(design.points_list)
        case "accepted":
            return design.points or 0
        case "grid":
            return math.prod(len(factor.values) for factor in design.factors)
        case "sobol" | "morris":
            return asked * _group(design, n_factors)
        case _:
            return asked


def _group(design: DesignPlan, n_factors: int) -> int:
    return group_size(design.kind, n_factors, second_order=design.second_order)


def _cube(design: DesignPlan, n_factors: int, word: int) -> tuple[Values, int]:
    """Points of the unit cube, and how many of them belong together."""
    asked = design.points or DEFAULT_POINTS
    if design.kind == "sobol":
        cube = sobol(n_factors, asked, word, second_order=design.second_order)
    elif design.kind == "morris":
        cube = morris(n_factors, asked, word, levels=design.levels)
    else:
        cube = latin_hypercube(n_factors, asked, word)
    return cube, _group(design, n_factors)


def _mapped(factor: Entry, shares: Values) -> list[float]:
    """The values of a factor below which shares of its distribution lie."""
    found = (quantile(factor, share) for share in shares.tolist())
    return [float(round(one)) for one in found] if is_counted(factor) else list(found)


def _drawn(design: DesignPlan, factors: Sequence[Entry], seed: int) -> Points:
    """Point p draws what future p of `poundflow compare` with the same seed draws."""
    names = tuple(factor.name for factor in factors)
    rows = []
    for point in range(design.points or DEFAULT_POINTS):
        drawn = draw_ignorance(factors, replicate_seed(seed, point))
        rows.append([drawn[name] for name in names])
    return _points(design, names, np.array(rows, dtype=np.float64))


def _points(design: DesignPlan, names: Sequence[str], values: Values) -> Points:
    bounds = np.column_stack([values.min(axis=0), values.max(axis=0)]).tolist()
    return Points(design.kind, tuple(names), values, _problem(names, bounds))


def _problem(names: Sequence[str], bounds: list[list[float]]) -> dict[str, Any]:
    return {"num_vars": len(names), "names": list(names), "bounds": bounds}
