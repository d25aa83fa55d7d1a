"""The facts about a place as columns: people, jobs by sector, enterprises, commuters, prices.

What a person wrote in the scenario file, area by area, becomes arrays over areas and sectors, so
that the builder never walks the file again. Pay and prices of the technology's year are brought
to the scenario's year and to each area by the mean income of its taxpayers (HMRC, Survey of
Personal Incomes).
"""

from dataclasses import dataclass

import numpy as np

from scenarios import tables
from scenarios.assumptions import Assumptions
from scenarios.spec import Area, Scenario
from simulation.economy.apportion import largest_remainder, total
from simulation.economy.areas import build_areas, distances_km, world_of
from simulation.economy.columns import Areas, Bool, Float64, Int64
from simulation.economy.commuting import gravity_commuters
from simulation.economy.shop_prices import technology_of
from simulation.economy.tax_law import law_of

MONTHS = 12
PENCE = 100
AGENTS, SUPPLIERS, ACCOUNTS = "agents", "suppliers", "accounts"
BANDS = ("micro", "small", "medium", "large")
PUBLIC_SHARES = {
    "public_administration": "build.public_share.public_administration",
    "education": "build.public_share.education",
    "health": "build.public_share.health",
    "social_care": "build.public_share.social_care",
}
"""Register entries: share of a sector's jobs that are public."""


@dataclass(frozen=True, slots=True)
class Place:
    """Area facts as arrays; A areas, S sectors.

    Attributes
    ----------
    agents, suppliers, accounts : bool[A]
        Resolution of each leaf; all false for areas above the leaves and for the world.
    population, households, workers : int64[A]
        Residents, households, residents in work.
    jobs : int64[A, S]
        Workplace jobs.
    public_jobs : int64[A, S]
        Those of them in public employment.
    enterprises : int64[A, 4]
        Enterprises by size band, micro first.
    commuters : int64[A, A]
        Residents in work, home x work.
    distance_km : float64[A, A]
        Centre to centre, but for pairs that the scenario sets apart (`apart_km`).
    price_level : float64[A]
        Pay and prices over the national ones of the technology's year.
    year_level : float
        Pay and prices of the scenario's year over those of the technology's.
    job_cost : float64[A, S]
        What a job costs its employer [pence a month].
    world : int
        The area that stands for the rest of the world.
    law : tables.TaxYear
        Rates and allowances of the start.
    """

    scenario: Scenario
    areas: Areas
    rows: tuple[Area, ...]
    sector_ids: tuple[str, ...]
    technology: tables.Technology
    agents: Bool
    suppliers: Bool
    accounts: Bool
    population: Int64
    households: Int64
    workers: Int64
    jobs: Int64
    public_jobs: Int64
    enterprises: Int64
    commuters: Int64
    distance_km: Float64
    price_level: Float64
    year_level: float
    job_cost: Float64
    world: int
    law: tables.TaxYear

    @property
    def ids(self) -> tuple[str, ...]:
        """Area ids, in order."""
        return self.areas.ids

    def sector(self, name: str) -> int:
        """Code of a sector."""
        return self.sector_ids.index(name)


def read_place(scenario: Scenario, a: Assumptions) -> Place:
    """Turn the scenario's areas, commuters and technology into arrays.

    Parameters
    ----------
    scenario : Scenario
        Checked.
    a : Assumptions
        `build.public_share.*`, `build.technology_income`, `build.pay_follows_income`,
        `network.own_area_km`, `network.remote_km`; `commuting.*` where there is no matrix.

    Returns
    -------
    Place
    """
    areas = build_areas(scenario)
    rows = scenario.areas
    sector_ids = tuple(sector.id for sector in tables.sectors())
    technology = technology_of(scenario, a)
    world = world_of(areas)
    known = areas.leaf & (np.arange(len(rows)) != world)
    kind = np.array([row.resolution or ACCOUNTS for row in rows])
    jobs = np.stack([_jobs(row, sector_ids) for row in rows])
    distance = _as_written(rows, distances_km(areas, a))
    population = _counts([row.population for row in rows])
    commuters = _commuters(scenario, jobs, distance, a)
    areas.commuting = commuters / np.maximum(commuters.sum(axis=0), 1)
    level, year = _levels(rows, population, a)
    price = year * (1.0 + a["build.pay_follows_income"] * (level - 1.0))
    pay = np.array(technology.compensation) * np.array(technology.output_pence, dtype=np.float64)
    national_jobs = np.maximum(np.array(technology.jobs, dtype=np.float64), 1.0)
    return Place(
        scenario=scenario,
        areas=areas,
        rows=rows,
        sector_ids=sector_ids,
        technology=technology,
        agents=known & (kind == AGENTS),
        suppliers=known & (kind == SUPPLIERS),
        accounts=known & (kind == ACCOUNTS),
        population=population,
        households=_counts([row.households for row in rows]),
        workers=_counts([row.workers for row in rows]),
        jobs=jobs,
        public_jobs=_public_jobs(jobs, sector_ids, a),
        enterprises=np.stack([_enterprises(row) for row in rows]),
        commuters=commuters,
        distance_km=distance,
        price_level=price,
        year_level=year,
        job_cost=price[:, None] * (pay / national_jobs / MONTHS)[None, :],
        world=world,
        law=law_of(scenario.start.serial, scenario.nation),
    )


def _as_written(rows: tuple[Area, ...], distance_km: Float64) -> Float64:
    """Put what the scenario says of how far apart two areas are in place of their centres'."""
    index = {row.id: k for k, row in enumerate(rows)}
    for k, row in enumerate(rows):
        for name, km in row.apart_km.items():
            distance_km[k, index[name]] = distance_km[index[name], k] = km
    return distance_km


def _counts(values: list[int | None]) -> Int64:
    return np.array([value or 0 for value in values], dtype=np.int64)


def _jobs(row: Area, sector_ids: tuple[str, ...]) -> Int64:
    """Spread an area's jobs over sectors by its mix."""
    if not row.jobs or row.sector_mix is None:
        return np.zeros(len(sector_ids), dtype=np.int64)
    if isinstance(row.sector_mix, str):
        mix = np.array(tables.sector_mix(row.sector_mix), dtype=np.float64)
    else:
        mix = np.array([row.sector_mix.get(name, 0.0) for name in sector_ids], dtype=np.float64)
    return largest_remainder(row.jobs, mix)


def _public_jobs(jobs: Int64, sector_ids: tuple[str, ...], a: Assumptions) -> Int64:
    shares = np.zeros(len(sector_ids))
    for sector, entry in PUBLIC_SHARES.items():
        shares[sector_ids.index(sector)] = a[entry]
    out: Int64 = np.rint(jobs * shares[None, :]).astype(np.int64)
    return out


def _enterprises(row: Area) -> Int64:
    if row.enterprises is None:
        return np.zeros(len(BANDS), dtype=np.int64)
    counts = [float(getattr(row.enterprises, band)) for band in BANDS]
    out: Int64 = np.rint(np.array(counts)).astype(np.int64)
    return out


def _levels(rows: tuple[Area, ...], population: Int64, a: Assumptions) -> tuple[Float64, float]:
    """Income of each area over the mean of all, and of the year over the technology's."""
    mean = np.array([0.0 if row.income is None else row.income.mean for row in rows])
    weight = np.where(mean > 0.0, np.maximum(population, 1), 0).astype(np.float64)
    everywhere = total(weight * mean) / max(total(weight), 1.0)
    if everywhere <= 0.0:
        return np.ones(len(rows)), 1.0
    level = np.where(mean > 0.0, mean / everywhere, 1.0)
    return level, everywhere / a["build.technology_income"]


def _commuters(scenario: Scenario, jobs: Int64, distance_km: Float64, a: Assumptions) -> Int64:
    """Fill the home x work matrix; who is not listed works where they live."""
    workers = _counts([area.workers for area in scenario.areas])
    if scenario.commuting == "gravity":
        land = np.array([area.area_km2 or np.nan for area in scenario.areas])
        return gravity_commuters(workers, jobs.sum(axis=1), distance_km, land, a)
    index = {area.id: row for row, area in enumerate(scenario.areas)}
    out = np.zeros(distance_km.shape, dtype=np.int64)
    for flow in scenario.commuting:
        out[index[flow.home], index[flow.work]] += flow.people
    for row in range(workers.size):
        out[row, row] += max(int(workers[row] - out[row].sum()), 0)
    return out
