"""How the whole model's month grows with its place, from a tenth of a city to a third of a country.

Places are built here and lived without a burn-in, every mechanism on and dye of four tags followed.
"""

import gc
import math
import statistics
import time
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from experiments.bench.rows import Row, at_most, measured
from experiments.runner.replicate import assumptions_of
from scenarios.read import read_scenario
from scenarios.spec import Scenario
from simulation.economy.build import build_economy
from simulation.economy.tax_law import tax_year_of
from simulation.economy.town import open_town
from simulation.model import run
from simulation.model.economy_model import EconomyModel
from simulation.model.policies import resolve
from simulation.model.recorder import Recorder

CITY, COUNTRY = "preston-2012", "england"
DYED, MONTHS, FOLLOWED = 2, 8, 4
"""Month of the dye, months lived, and months after which times are steady."""
MOST_EXPONENT = at_most(1.2, "value")
MILLI, MICRO = 1e3, 1e6
COUNTED = ("population", "households", "jobs", "workers", "coops", "vcse")
THIRD = ("E12000001", "E12000002", "E12000003", "E12000004")
"""The regions of the north of England and the East Midlands: ten million agents."""


@dataclass(frozen=True, slots=True)
class Lived:
    """A place, its accounts, and what a month of it took [s]."""

    name: str
    accounts: int
    seconds: float


def growth_rows(names: tuple[str, ...]) -> list[Row]:
    """Live places of several sizes; hold the growth of a month with their agents to its bar.

    Parameters
    ----------
    names : tuple of str
        Of `PLACES`, the smallest first.
    """
    lived = []
    for name in names:
        lived.append(_live(name, PLACES[name]()))
        gc.collect()
    rows = [
        measured(
            f"whole model, {one.name}: a month",
            one.seconds * MILLI,
            "ms",
            why=f"{one.accounts:,} accounts, {one.seconds / one.accounts * MICRO:.3f} us each; "
            "median of months with dye, processor time, no burn-in",
        )
        for one in lived
    ]
    first, last = lived[0], lived[-1]
    rows.append(
        measured(
            f"whole model: growth exponent, {first.accounts:,} to {last.accounts:,} agents",
            math.log(last.seconds / first.seconds) / math.log(last.accounts / first.accounts),
            "",
            bar=MOST_EXPONENT,
            why="log of the ratio of times over log of the ratio of agents",
        )
    )
    return rows


def _live(name: str, scenario: Scenario) -> Lived:
    """Build a place and live some months of it; nothing of it is kept."""
    a, start = assumptions_of(scenario, {}), scenario.start.serial
    economy = build_economy(scenario, a, 1)
    town = open_town(economy, a, 1, tax_year_of(start), 0, start - 1)
    baseline = resolve(scenario, scenario.compare.regimes, scenario.compare.baseline, a)
    office = run.open_office(scenario, town, baseline[scenario.compare.baseline])
    office.telling = True
    office.dyer = run.dyer_of(scenario, town, MONTHS)
    model = EconomyModel(town, office, Recorder())
    spent = []
    for _ in range(MONTHS):
        begun = time.process_time()
        model.step()
        spent.append(time.process_time() - begun)
    model.let_go()
    return Lived(name, town.ledger.deposits.size, statistics.median(spent[FOLLOWED:]))


def _tenth() -> Scenario:
    """The city and its county with a tenth of everybody, and of what public bodies spend."""
    data = dict(read_scenario(CITY, (_dyed(),)).origin.data)
    data["areas"] = [_part(area, COUNTED) for area in data["areas"]]
    for area in data["areas"]:
        if "enterprises" in area:
            area["enterprises"] = _part(area["enterprises"], tuple(area["enterprises"]))
    data["commuting"] = [_part(flow, ("people",)) for flow in data["commuting"]]
    data["buyers"] = [
        _part(buyer, ("payroll",)) | {"budget": _part(buyer["budget"], tuple(buyer["budget"]))}
        for buyer in data["buyers"]
    ]
    return Scenario.model_validate(data)


def _part(row: Mapping[str, Any], names: tuple[str, ...]) -> dict[str, Any]:
    return {key: value // 10 if key in names else value for key, value in row.items()}


def _city() -> Scenario:
    return read_scenario(CITY, (_dyed(),))


def _county() -> Scenario:
    """The city's county, all districts of which are agents."""
    around = [area.id for area in read_scenario(CITY).areas if area.resolution == "suppliers"]
    return read_scenario(CITY, (_dyed(), *(f"areas.{id_}.resolution=agents" for id_ in around)))


def _third() -> Scenario:
    """The country, whose districts outside some regions are accounts."""
    areas = {area.id: area for area in read_scenario(COUNTRY).areas}
    sets = [_dyed()]
    for area in areas.values():
        above, region = area, ""
        while above.parent is not None and not region:
            above = areas[above.parent]
            region = above.code or "" if above.tier == "region" else ""
        if area.resolution == "agents" and region not in THIRD:
            sets.append(f"areas.{area.id}.resolution=accounts")
    return read_scenario(COUNTRY, sets)


def _dyed() -> str:
    return f"measure.dye_months=[{DYED}]"


PLACES = {
    "a tenth of preston-2012": _tenth,
    "preston-2012 afresh": _city,
    "lancashire, all districts agents": _county,
    "four regions of england": _third,
}
"""What may be lived, by name."""
