"""In which range a supplier's spending in a place lies, while it has not been asked.

A supplier's sector by what it sells (technology table, shipped) says how much of a pound of sales
is pay, purchases and profit; where staff live, where inputs are bought and where owners are says
how much of it stays: residents among workers and what homes re-spend from the register, purchases
by the size of the place (the size term of Flegg's location quotient). Each is a range.

A supplier based elsewhere spends at least nothing and at most as much here as one that is here.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

import numpy as np

from scenarios.assumptions.loader import register
from scenarios.from_tables.around import Around, Level
from scenarios.from_tables.nation_areas import nation_work
from scenarios.sources.io_tables_jobs import shipped_jobs
from scenarios.sources.lm3_survey import PARTS
from scenarios.sources.regionalise import size_weight
from scenarios.tables import categories, category_code, category_sectors, districts, technology
from scenarios.tables.reading import Float64
from scenarios.vocabulary import Tier

Range = tuple[float, float]
WORKERS = {
    Tier.DISTRICT: "lm3.workers_here.district",
    Tier.COUNTY: "lm3.workers_here.county",
    Tier.REGION: "lm3.workers_here.region",
    Tier.UK: "lm3.workers_here.uk",
}
HOMES = {
    Tier.DISTRICT: "lm3.homes_here.district",
    Tier.COUNTY: "lm3.homes_here.county",
    Tier.REGION: "lm3.homes_here.region",
    Tier.UK: "lm3.homes_here.uk",
}
"""Entries of the register by place."""

Rings = tuple[int, int]
"""Between which rings somebody is, as `Around.between` says."""


@dataclass(frozen=True, slots=True)
class Used:
    """One assumption that the ranges rest on, as the register has it."""

    name: str
    what: str
    unit: str
    low: float
    high: float
    source: str


@dataclass(frozen=True)
class Ranges:
    """The least and the most of a supplier's sales that may go to each place, by part.

    Attributes
    ----------
    tiers : tuple of Tier
        The places, smallest first.
    pay, supplies, profit : mapping of str or None to tuple of (float, float)
        Category -> take-home pay, domestic purchases and profit paid out, per pound of sales. None
        stands for a category that is not known: its range goes from the least to the most of all.
    workers, inputs, homes : tuple of (float, float)
        By tier: share of pay that residents earn, of inputs bought there, of what homes receive
        that they spend there.
    home : tuple of (float, float)
        Take-home pay per pound that staff cost.
    firms : tuple of (float, float)
        By tier: share of what firms receive that they spend there.
    """

    tiers: tuple[Tier, ...]
    pay: Mapping[str | None, Range]
    supplies: Mapping[str | None, Range]
    profit: Mapping[str | None, Range]
    workers: tuple[Range, ...]
    inputs: tuple[Range, ...]
    homes: tuple[Range, ...]
    home: Range
    firms: tuple[Range, ...]

    def of(
        self, sold: Mapping[str | None, float], based: Rings, owned: Rings
    ) -> dict[str, list[Range]]:
        """Give the ranges of one supplier.

        Parameters
        ----------
        sold : mapping of str or None to float
            Categories of what it sells and their shares; None for what is not known.
        based, owned : (int, int)
            Between which rings it is, and its owners are (`Around.between`).

        Returns
        -------
        dict of str to list of (float, float)
            Part -> by tier, least and most per pound of its sales.
        """
        found: dict[str, list[Range]] = {part: [] for part in PARTS}
        pay, supplies, profit = (
            _mixed(rates, sold) for rates in (self.pay, self.supplies, self.profit)
        )
        for k in range(len(self.tiers)):
            sure = based[1] <= k
            for part, rate, where in (
                ("pay", pay, self.workers[k]),
                ("supplies", supplies, self.inputs[k]),
            ):
                low, high = rate[0] * where[0], rate[1] * where[1]
                found[part].append((low if sure else 0.0, high))
            low, high = profit
            found["profit"].append((low if owned[1] <= k else 0.0, high if owned[0] <= k else 0.0))
        return found


@cache
def ranges(around: Around) -> Ranges:
    """Work out the ranges for the places around a council.

    Parameters
    ----------
    around : Around

    Returns
    -------
    Ranges
        Of the technology `uk_2019` and the register.
    """
    tiers = tuple(level.tier for level in around.levels)
    spread = _entry("lm3.over_sector")
    home, paid = _entry("lm3.take_home"), _entry("lm3.profit_paid")
    pay: dict[str | None, Range] = {}
    supplies: dict[str | None, Range] = {}
    profit: dict[str | None, Range] = {}
    for category in (one.id for one in categories()):
        wages, inputs, surplus = _rates(category_sectors()[category_code()[category]])
        pay[category] = (wages * spread[0] * home[0], wages * spread[1] * home[1])
        supplies[category] = (inputs * spread[0], inputs * spread[1])
        profit[category] = (surplus * spread[0] * paid[0], surplus * spread[1] * paid[1])
    for rates in (pay, supplies, profit):
        rates[None] = min(low for low, _ in rates.values()), max(high for _, high in rates.values())
    workers = tuple(_entry(WORKERS[tier]) for tier in tiers)
    inputs_here = tuple(_inputs(level) for level in around.levels)
    wages, inputs, surplus = _rates(technology("uk_2019").output_pence.astype(np.float64))
    firms = tuple(
        (
            spread[0] * (wages * home[0] * w[0] + inputs * n[0]),
            spread[1] * (wages * home[1] * w[1] + inputs * n[1] + surplus * paid[1]),
        )
        for w, n in zip(workers, inputs_here, strict=True)
    )
    return Ranges(
        tiers=tiers,
        pay=pay,
        supplies=supplies,
        profit=profit,
        workers=workers,
        inputs=inputs_here,
        homes=tuple(_entry(HOMES[tier]) for tier in tiers),
        home=home,
        firms=tuple((low, min(high, 1.0)) for low, high in firms),
    )


def used(around: Around) -> list[Used]:
    """Name every assumption that the ranges rest on."""
    tiers = [level.tier for level in around.levels]
    names = [
        "lm3.over_sector",
        "lm3.take_home",
        "lm3.profit_paid",
        *(WORKERS[tier] for tier in tiers),
        *(HOMES[tier] for tier in tiers),
        "network.flq_delta",
    ]
    entries = [register()[name] for name in names]
    return [Used(e.name, e.what, e.unit, e.low, e.high, e.source) for e in entries]


def _mixed(rates: Mapping[str | None, Range], sold: Mapping[str | None, float]) -> Range:
    low = sum(rates[name][0] * share for name, share in sold.items())
    return low, sum(rates[name][1] * share for name, share in sold.items())


def _entry(name: str) -> Range:
    entry = register()[name]
    return entry.low, entry.high


def _inputs(level: Level) -> Range:
    """Share of domestic inputs bought in a place: all in the country, less in a small place."""
    if level.tier == Tier.UK:
        return 1.0, 1.0
    (here, whole), delta = _jobs(level), register()["network.flq_delta"]
    low, high = (size_weight(here, whole, one) for one in (delta.high, delta.low))
    return low, high


def _jobs(level: Level) -> tuple[Float64, Float64]:
    """Jobs of a place and of the country: by sector in England, beyond it in one sum."""
    if level.districts & districts().keys():
        jobs = shipped_jobs(level.code)
        return jobs.region, jobs.nation
    here = sum(nation_work()[code].jobs for code in level.districts)
    return np.array([float(here)]), shipped_jobs("england").nation


def _rates(weight: np.ndarray) -> tuple[float, float, float]:
    """Cost of staff, domestic inputs and gross surplus per pound of output of a mix of sectors."""
    told, share = technology("uk_2019"), weight / weight.sum()
    wages, surplus = told.compensation, told.surplus
    inputs = told.A_domestic.sum(axis=0)
    return float(wages @ share), float(inputs @ share), float(surplus @ share)
