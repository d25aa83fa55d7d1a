"""Who lives here: households by composition, and the adults of working age in them.

In areas that are agents each household is a row: pensioner households of one or two, and younger
ones of one to three adults with or without children, in numbers that add up to the area's residents
(census households and population). Elsewhere ten account rows an area hold a tenth of the
households each.
"""

from dataclasses import dataclass

import numpy as np

from scenarios.assumptions import Assumptions
from simulation import streams
from simulation.economy.columns import (
    Bool,
    Float64,
    Int8,
    Int16,
    Int32,
    Int64,
    equivalence_scale,
)
from simulation.economy.place import Place
from simulation.economy.ranking import ranked
from simulation.kernels import maths
from simulation.kernels.labour import EMPLOYED, INACTIVE, SEEKING

DECILES = 10
MOST_ADULTS = 3.0
"""Adults of working age in a household, at most."""

STATUS = {"none": SEEKING, "inactive": INACTIVE}
"""What a named worker without an employer does."""


@dataclass(slots=True)
class People:
    """Household rows and worker rows before anybody has a job; rows as in `Households`.

    `worker_*` are one a person: household row (from 0), skill (mean one) and status. `luck` is
    the household's standing in pay, a standard normal number.
    """

    n_agents: int
    uid: Int64
    area: Int16
    households_in_row: Int64
    adults: Int8
    children: Int8
    pensioners: Int8
    luck: Float64
    decile: Int8
    worker_uid: Int64
    worker_household: Int32
    worker_skill: Float64
    worker_status: Int8

    @property
    def n(self) -> int:
        """Number of household rows."""
        return self.uid.size

    @property
    def individual(self) -> Bool:
        """Whether each row is a single household."""
        return np.arange(self.n) < self.n_agents

    @property
    def scale(self) -> Float64:
        """Modified OECD equivalence scale; see `equivalence_scale`."""
        return equivalence_scale(self.adults, self.children)


def make_people(place: Place, a: Assumptions, seed: int) -> People:
    """Make household rows and worker rows from the figures of each area.

    Parameters
    ----------
    place : Place
    a : Assumptions
        `households.*` and `build.unemployment`.
    seed : int

    Returns
    -------
    People
        In each area that is agents the employed are as many as the area's residents in work.
    """
    named = bool(place.scenario.households)
    parts = [
        listed_people(place, int(area)) if named else _residents(place, int(area), a, seed)
        for area in np.flatnonzero(place.agents)
    ]
    sizes = [part.n for part in parts]
    accounts = _accounts(place)
    shift = np.concatenate([[0], np.cumsum(sizes)]).astype(np.int64)
    for part, first in zip(parts, shift[:-1], strict=True):
        part.worker_household = (part.worker_household + first).astype(np.int32)
    return joined([*parts, accounts], int(shift[-1]))


def listed_people(place: Place, area: int) -> People:
    """Make the household and worker rows that the scenario names, in order of the file."""
    homes = [home for home in place.scenario.households if home.area == place.ids[area]]
    uid = [streams.uid(home.area, "household", streams.key("household", home.id)) for home in homes]
    members = [
        (row, k, person) for row, home in enumerate(homes) for k, person in enumerate(home.workers)
    ]
    old = [home.adults if home.pension > 0 and not home.workers else 0 for home in homes]
    status = [STATUS.get(person.employer, EMPLOYED) for _, _, person in members]
    person_uid = [
        streams.uid(place.ids[area], "worker", streams.key(homes[row].id, k))
        for row, k, _ in members
    ]
    return People(
        n_agents=len(homes),
        uid=np.array(uid, dtype=np.int64),
        area=np.full(len(homes), area, dtype=np.int16),
        households_in_row=np.ones(len(homes), dtype=np.int64),
        adults=np.array([home.adults for home in homes], dtype=np.int8),
        children=np.array([home.children for home in homes], dtype=np.int8),
        pensioners=np.array(old, dtype=np.int8),
        luck=np.array([float(home.decile) for home in homes]),
        decile=np.array([home.decile - 1 for home in homes], dtype=np.int8),
        worker_uid=np.array(person_uid, dtype=np.int64),
        worker_household=np.array([row for row, _, _ in members], dtype=np.int32),
        worker_skill=np.ones(len(members)),
        worker_status=np.array(status, dtype=np.int8),
    )


def joined(parts: list[People], n_agents: int) -> People:
    """Lay the rows of several areas end to end."""
    names = [name for name in People.__slots__ if name != "n_agents"]
    columns = {name: np.concatenate([getattr(part, name) for part in parts]) for name in names}
    return People(n_agents=n_agents, **columns)


def _residents(place: Place, area: int, a: Assumptions, seed: int) -> People:
    """Make the households of one area that is agents."""
    many = int(place.households[area])
    uid = streams.uids(place.ids[area], "household", np.arange(many))
    old, adults, children = _composition(place, area, uid, a, seed)
    luck = streams.normal(seed, streams.Purpose.HOUSEHOLD_WEALTH, uid)
    working = np.where(old, 0, adults).astype(np.int64)
    household = np.repeat(np.arange(many), working).astype(np.int32)
    rank = np.arange(household.size) - np.repeat(np.cumsum(working) - working, working)
    person = streams.uids(place.ids[area], "worker", household.astype(np.int64) * 16 + rank)
    return People(
        n_agents=many,
        uid=uid,
        area=np.full(many, area, dtype=np.int16),
        households_in_row=np.ones(many, dtype=np.int64),
        adults=adults,
        children=children,
        pensioners=np.where(old, adults, 0).astype(np.int8),
        luck=luck,
        decile=np.zeros(many, dtype=np.int8),
        worker_uid=person,
        worker_household=household,
        worker_skill=_skill(luck[household], person, a, seed),
        worker_status=_status(int(place.workers[area]), person, a, seed),
    )


def _composition(
    place: Place, area: int, uid: Int64, a: Assumptions, seed: int
) -> tuple[Bool, Int8, Int8]:
    """Draw who is of pension age, how many adults and how many children, to the area's means.

    Where homes are so full that even two or three adults in every other home are too few, fewer
    adults live alone.
    """
    people = place.population[area] * a["households.in_households"]
    many = max(uid.size, 1)
    purpose = streams.Purpose.HOUSEHOLD_TYPE
    old = streams.uniform(seed, purpose, uid) < a["households.pensioner_share"]
    pair = streams.uniform(seed, "build.adults", uid)
    pairs = a["households.pensioner_pairs"]
    pensioners = many * a["households.pensioner_share"] * (1.0 + pairs)
    grown = people * (1.0 - a["households.children_share"]) - pensioners
    mean = grown / (many * (1.0 - a["households.pensioner_share"]))
    single = min(a["households.single_adults"], max((MOST_ADULTS - mean) / 2.0, 0.0))
    three = min(max(mean - 2.0 + single, 0.0), 1.0 - single)
    adults = 1 + (pair >= single) + (pair >= 1.0 - three)
    adults = np.where(old, 1 + (pair < pairs), adults).astype(np.int8)
    young = many * (1.0 - a["households.pensioner_share"])
    family = people * a["households.children_share"] / (young * 1.7)
    draw = streams.uniform(seed, "build.children", uid)
    within = draw / min(max(family, 1e-9), 1.0)
    children = np.where(within < 0.45, 1, np.where(within < 0.85, 2, 3))
    return old, adults, np.where(old | (within >= 1.0), 0, children).astype(np.int8)


def _skill(luck: Float64, person: Int64, a: Assumptions, seed: int) -> Float64:
    """Draw pay relative to the employer's typical worker: log-normal, partly the household's."""
    spread, shared = a["households.skill_spread"], a["households.skill_shared"]
    own = streams.normal(seed, streams.Purpose.WORKER_SKILL, person)
    z = np.sqrt(shared) * luck + np.sqrt(1.0 - shared) * own
    return maths.exp(spread * z - 0.5 * spread * spread)


def _status(workers: int, person: Int64, a: Assumptions, seed: int) -> Int8:
    """Give work to as many residents as have it, and let a further share look for it."""
    draw = streams.uniform(seed, streams.Purpose.WORKER_STATUS, person)
    order = ranked(draw, person)
    employed = min(workers, person.size)
    rate = a["build.unemployment"]
    seeking = min(round(employed * rate / (1.0 - rate)), person.size - employed)
    status = np.full(person.size, INACTIVE, dtype=np.int8)
    status[order[:employed]] = EMPLOYED
    status[order[employed : employed + seeking]] = SEEKING
    return status


def _accounts(place: Place) -> People:
    """Make ten account rows for each area without households of its own."""
    areas = np.flatnonzero((place.suppliers | place.accounts) & (place.households > 0))
    area = np.repeat(areas, DECILES)
    decile = np.tile(np.arange(DECILES), areas.size)
    uid = [streams.uids(place.ids[row], "homes", np.arange(DECILES)) for row in areas]
    whole = place.households[area]
    many = (decile + 1) * whole // DECILES - decile * whole // DECILES
    none = np.zeros(0, dtype=np.int64)
    return People(
        n_agents=0,
        uid=np.concatenate([none, *uid]),
        area=area.astype(np.int16),
        households_in_row=np.maximum(many, 2),
        adults=np.full(area.size, 2, dtype=np.int8),
        children=np.zeros(area.size, dtype=np.int8),
        pensioners=np.zeros(area.size, dtype=np.int8),
        luck=np.zeros(area.size),
        decile=decile.astype(np.int8),
        worker_uid=none,
        worker_household=none.astype(np.int32),
        worker_skill=none.astype(np.float64),
        worker_status=none.astype(np.int8),
    )
