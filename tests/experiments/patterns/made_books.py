"""Made-up books and censuses whose patterns are known by hand."""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
from numpy.typing import ArrayLike

from experiments.patterns.pattern import Life
from experiments.patterns.trail import Census, Trail
from scenarios.vocabulary import OwnerKind, SizeBand, Tier
from simulation.accounting.books import SCHEMAS, Books, BooksMeta, Table, empty_table, table

MONTHS = 72
HERE, ELSEWHERE = 1, 2


def rows(name: str, many: int, **columns: Sequence[int]) -> Table:
    """A table of Books in which what is not told is zero."""
    told = {key: columns.get(key, [0] * many) for key in SCHEMAS[name].columns}
    return table(name, **told)


def books(months: int = MONTHS, **tables: Table) -> Books:
    """Books of two places, one in a county, with the tables given and all others empty."""
    areas = rows("areas", 4, area=[0, HERE, ELSEWHERE, 3], parent=[-1, 3, 0, 0],
                 tier=[Tier.WORLD, Tier.DISTRICT, Tier.DISTRICT, Tier.COUNTY],
                 leaf=[0, 1, 1, 0])  # fmt: skip
    meta = BooksMeta(
        months=months, start_year=2019, start_month=4, focus_area=HERE,
        area_ids=("world", "here", "elsewhere", "county"), area_names=("", "", "", ""),
        buyer_rows=(0,), buyer_areas=(HERE,), buyer_ids=("council",),
        regime_names=("price_quality", "ethical_framework"), window=(1, months),
    )  # fmt: skip
    empty = {name: empty_table(name) for name in SCHEMAS}
    return Books(meta, {**empty, "areas": areas, **tables})


def parties() -> Table:
    """Four suppliers, two of them here, two of them small."""
    band = [SizeBand.MICRO, SizeBand.LARGE, SizeBand.SMALL, SizeBand.MEDIUM]
    area = [HERE, HERE, ELSEWHERE, ELSEWHERE]
    return rows("parties", 4, party=[0, 1, 2, 3], area=area, size_band=band)


def census(n: int = 4, **columns: ArrayLike) -> Census:
    """Firms here that trade, of one size and age, with nobody whose job is told."""
    plain = Census(
        uid=np.arange(n), age=np.full(n, 24), staff=np.full(n, 3), band=np.full(n, SizeBand.MICRO),
        owner=np.full(n, OwnerKind.LOCAL), alive=np.ones(n, dtype=np.bool_),
        here=np.ones(n, dtype=np.bool_), employer=np.zeros(0, dtype=np.int64),
        wage=np.zeros(0, dtype=np.int64), skill=np.zeros(0),
    )  # fmt: skip
    return replace(plain, **{name: np.array(column) for name, column in columns.items()})


def seen(*months: Census) -> dict[str, Life]:
    """A run of which only censuses matter."""
    return {"usual": Life(books(), Trail(list(months)))}
