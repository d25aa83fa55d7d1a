"""The reference world: the same firms, homes and links on every machine, in columns.

Luck is keyed by seed, purpose and number (`simulation.streams`), so a world is its size and seed.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from experiments.bench import declaration as told
from simulation import streams

Float64 = NDArray[np.float64]
Int32 = NDArray[np.int32]
Int64 = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Edges:
    """Links of a block of payers: `start` int32[n_payers + 1]; `payee`, `cum` int32[n_links]."""

    start: Int32
    payee: Int32
    cum: Int32


@dataclass(frozen=True, slots=True)
class World:
    """Who there is, what they hold, and who pays whom; see `declaration`.

    Attributes
    ----------
    firms, areas, homes : int
        How many there are.
    deposits : int64[n_rows]
        Opening balances [pence].
    klass, cell : int32[n_rows]
        Class of each row; area x institution cell, for dye.
    grant : int64[n_areas]
        What each council is granted a month [pence].
    contracts, supply, shopping : Edges
        Links of councils, firms and homes, by receiving row.
    employer : int32[n_homes]
        Firm that employs the home's worker.
    wage, council_tax : int64[n_homes]
        Gross pay and council tax [pence a month].
    council : int32[n_homes]
        Row of the home's council.
    owner : int32[n_firms]
        Home that owns the firm, from 0.
    propensity : float64[n_homes]
        Share of free income spent.
    """

    firms: int
    areas: int
    homes: int
    deposits: Int64
    klass: Int32
    cell: Int32
    grant: Int64
    contracts: Edges
    supply: Edges
    shopping: Edges
    employer: Int32
    wage: Int64
    council_tax: Int64
    council: Int32
    owner: Int32
    propensity: Float64

    @property
    def government(self) -> int:
        """Row of the government; outside, bank and pension fund follow it."""
        return self.firms + self.areas

    @property
    def outside(self) -> int:
        """Row of all that lies outside."""
        return self.government + 1

    @property
    def bank(self) -> int:
        """Row of the bank."""
        return self.government + 2

    @property
    def fund(self) -> int:
        """Row of the pension fund."""
        return self.government + 3

    @property
    def first_home(self) -> int:
        """Row of the first home."""
        return self.government + 4

    @property
    def agents(self) -> int:
        """Firms, homes and councils."""
        return self.firms + self.homes + self.areas

    @property
    def every_home(self) -> slice:
        """Rows of homes."""
        return slice(self.first_home, self.first_home + self.homes)


def build_world(firms: int, seed: int = told.SEED) -> World:
    """Build the reference world.

    Parameters
    ----------
    firms : int
        At least 2; ten homes each, in 100 areas or half as many as there are firms.
    seed : int

    Returns
    -------
    World
    """
    homes, areas = told.HOMES_PER_FIRM * firms, min(told.AREAS, firms // 2)
    firm, home = np.arange(firms), np.arange(homes)
    firm_area, home_area = firm * areas // firms, home * areas // homes
    government = firms + areas
    first_home = government + 4
    draw = _Draws(seed, firms, firm_area, areas)

    employer = draw.sellers("bench.employer", home_area)
    wage = 90_000 + (240_000 * draw.unit("bench.wage", homes)).astype(np.int64)
    payroll = np.zeros(firms, dtype=np.int64)
    np.add.at(payroll, employer, wage)
    council_tax = 8_000 + (14_000 * draw.unit("bench.council_tax", homes)).astype(np.int64)
    deposits = np.zeros(first_home + homes, dtype=np.int64)
    deposits[:firms] = 2 * payroll + 100_000
    deposits[first_home:] = (wage * draw.unit("bench.deposits", homes)).astype(np.int64)
    others = np.arange(areas + 1, areas + 5)
    klass = np.concatenate([firm_area, np.full(areas, areas), others, np.full(homes, areas + 5)])
    councils = np.arange(areas)
    cell = np.concatenate(
        [firm_area, areas + councils, 2 * areas + np.arange(4), 2 * areas + 4 + home_area]
    )
    return World(
        firms=firms,
        areas=areas,
        homes=homes,
        deposits=deposits,
        klass=klass.astype(np.int32),
        cell=cell.astype(np.int32),
        grant=np.bincount(firm_area, weights=payroll, minlength=areas).astype(np.int64) * 2 // 5,
        contracts=_contracts(firms, areas, draw),
        supply=draw.edges("bench.supplier", firm_area, told.SUPPLIERS, 0.0, 0),
        shopping=draw.edges(
            "bench.shop", home_area, told.SHOPS, told.OUTSIDE_SHOPS, government + 1
        ),
        employer=employer,
        wage=wage,
        council_tax=council_tax,
        council=(firms + home_area).astype(np.int32),
        owner=draw.owners(home_area),
        propensity=0.9 + 0.1 * draw.unit("bench.propensity", homes),
    )


def _contracts(firms: int, areas: int, draw: "_Draws") -> Edges:
    """Let councils share out every second firm in turn."""
    supplier = np.arange(0, firms, 2)
    count = np.full(areas, supplier.size // areas)
    count[: supplier.size % areas] += 1
    turn = np.argsort(np.arange(supplier.size) % areas, kind="stable")
    return draw.shared("bench.contract", count, supplier[turn].astype(np.int32))


class _Draws:
    """Draws that belong to a number, and firms by their size."""

    def __init__(self, seed: int, firms: int, firm_area: Int64, areas: int) -> None:
        self.seed = seed
        self.firms = firms
        size = 1.0 / (0.02 + self.unit("bench.size", firms))
        self.upto: Float64 = np.concatenate([[0.0], np.cumsum(size)])
        self.begin = np.searchsorted(firm_area, np.arange(areas + 1)).astype(np.int64)
        self.firm_area = firm_area

    def unit(self, purpose: str, n: int, turn: int = 0) -> Float64:
        """Draw n numbers in (0, 1)."""
        return streams.uniform(self.seed, purpose, np.arange(n), turn)

    def sellers(self, purpose: str, area: Int64, turn: int = 0) -> Int32:
        """Draw a firm for each of many who live in an area."""
        near = self.unit(f"{purpose}.near", area.size, turn) < told.OWN_AREA
        low = np.where(near, self.upto[self.begin[area]], 0.0)
        high = np.where(near, self.upto[self.begin[area + 1]], self.upto[-1])
        point = low + self.unit(purpose, area.size, turn) * (high - low)
        found: Int64 = np.searchsorted(self.upto, point, side="right") - 1
        return np.clip(found, 0, self.firms - 1).astype(np.int32)

    def owners(self, home_area: Int64) -> Int32:
        """Draw a home for each firm."""
        near = self.unit("bench.owner.near", self.firms) < told.OWN_AREA
        begin = np.searchsorted(home_area, np.arange(self.begin.size))
        low = np.where(near, begin[self.firm_area], 0)
        high = np.where(near, begin[self.firm_area + 1], home_area.size)
        luck = self.unit("bench.owner", self.firms)
        found: Int64 = low + (luck * (high - low)).astype(np.int64)
        return found.astype(np.int32)

    def edges(self, purpose: str, area: Int64, each: int, outside: float, row: int) -> Edges:
        """Give each of many payers so many sellers, or `row` with the chance `outside`."""
        payee = np.empty((area.size, each), dtype=np.int32)
        for turn in range(each):
            away = self.unit(f"{purpose}.away", area.size, turn) < outside
            payee[:, turn] = np.where(away, row, self.sellers(purpose, area, turn))
        return self.shared(purpose, np.full(area.size, each), payee.ravel())

    def shared(self, purpose: str, count: Int64, payee: Int32) -> Edges:
        """Give each link between one and four parts of its payer's budget."""
        start = np.concatenate([[0], np.cumsum(count)])
        weight = 1 + (4 * self.unit(f"{purpose}.weight", payee.size)).astype(np.int64)
        risen = np.concatenate([[0], np.cumsum(weight)])
        payer = np.repeat(np.arange(count.size), count)
        before, whole = risen[start[payer]], risen[start[payer + 1]] - risen[start[payer]]
        cum = (risen[1:] - before) * told.WHOLE // whole
        return Edges(start.astype(np.int32), payee, cum.astype(np.int32))
