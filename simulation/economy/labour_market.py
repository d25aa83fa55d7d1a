"""Labour markets: one for each area whose people are agents, joined by who travels to work where.

Whoever looks for work does so from home; a vacancy goes to people from the areas where the staff
of its workplace lived at the start. So jobs are taken within reach, and a country has as many
rates of unemployment as areas.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from scenarios.errors import PoundflowError
from simulation import streams
from simulation.economy.apportion import ranks, row_totals
from simulation.economy.columns import Economy
from simulation.kernels.labour import EMPLOYED

Int16 = NDArray[np.int16]
Int64 = NDArray[np.int64]
Float64 = NDArray[np.float64]


class WorkersOutOfOrderError(PoundflowError):
    """Raised for workers who do not stand in order of the area where they live."""

    def __init__(self, worker: int) -> None:
        super().__init__(
            f"Worker {worker} lives in an area before that of the worker above; wanted workers in "
            "order of their areas. Sort the columns of workers by area before opening the town."
        )
        self.worker = worker

    def __reduce__(self) -> tuple[type, tuple[int]]:
        return type(self), (self.worker,)


@dataclass(frozen=True, slots=True)
class Markets:
    """M markets; workplaces are areas, then public buyers, who employ in many.

    Attributes
    ----------
    areas : int64[M]
        Where the people of each market live.
    number : int64[n_areas]
        Market of each area, -1 where it has none.
    begins : int64[M + 1]
        Workers `begins[m] : begins[m + 1]` live in market m.
    share : float64[n_places, M]
        Where the staff of each workplace lived at the start; nothing where it had none.
    """

    areas: Int64
    number: Int64
    begins: Int64
    share: Float64

    @classmethod
    def of(cls, economy: Economy) -> "Markets":
        """Find the markets of an economy as it was built.

        Raises
        ------
        WorkersOutOfOrderError
            When workers do not stand by area.
        """
        workers, n_areas = economy.workers, len(economy.areas.ids)
        falls = np.flatnonzero(workers.area[1:] < workers.area[:-1])
        if falls.size:
            raise WorkersOutOfOrderError(int(falls[0]) + 1)
        homes = np.bincount(workers.area, minlength=n_areas)
        areas = np.flatnonzero(homes)
        number = np.full(n_areas, -1, dtype=np.int64)
        number[areas] = np.arange(areas.size)
        place_of = np.zeros(economy.payroll.start.size - 1, dtype=np.int64)
        n = economy.firms.jobs.size
        place_of[:n] = economy.parties.area[:n]
        place_of[economy.buyers.row] = n_areas + np.arange(economy.buyers.row.size)
        n_places = n_areas + economy.buyers.row.size
        heads = np.zeros((n_places, areas.size), dtype=np.int64)
        begins = np.concatenate([[0], np.cumsum(homes[areas])])
        for market in range(areas.size):
            here = slice(begins[market], begins[market + 1])
            employer = workers.employer[here][workers.status[here] == EMPLOYED]
            heads[:, market] = np.bincount(place_of[employer], minlength=n_places)
        whole = heads.sum(axis=1, keepdims=True)
        return cls(areas, number, begins, heads / np.maximum(whole, 1))

    @property
    def size(self) -> int:
        """Number of markets."""
        return self.areas.size

    def counts(self, status: NDArray[np.int8], wanted: int) -> Int64:
        """Count the workers of a status in each market, int64[M]."""
        return np.array(
            [
                int(np.count_nonzero(status[begin:end] == wanted))
                for begin, end in zip(self.begins[:-1], self.begins[1:], strict=True)
            ],
            dtype=np.int64,
        )

    def at_workplaces(self, value: Float64) -> Float64:
        """Average a figure of the markets over the staff of each workplace, float64[n_places]."""
        if not self.size:
            return np.zeros(self.share.shape[0])
        return row_totals(self.share * value[None, :])

    def homes_of(self, seed: int, month: int, uid: Int64, place: Int64, many: Int64) -> Int64:
        """Draw the market that each vacancy goes to.

        Parameters
        ----------
        seed, month : int
        uid, place, many : int64[n]
            Employers: identity, workplace, and vacancies.

        Returns
        -------
        int64[sum of many]
            Market of each vacancy, employer by employer; those of one employer are spread over
            its markets as its shares say.
        """
        if self.size == 1:
            return np.zeros(int(many.sum()), dtype=np.int64)
        of = np.repeat(np.arange(uid.size), many)
        lot = streams.uniform(seed, "labour.home", uid, month)
        point = (ranks(many) + lot[of]) / many[of]
        rising = np.cumsum(self.share, axis=1)
        rising /= np.maximum(rising[:, -1:], 1e-300)
        rising += np.arange(rising.shape[0])[:, None]
        found = np.searchsorted(rising.ravel(), place[of] + point, side="right")
        market: Int64 = np.minimum(found - place[of] * self.size, self.size - 1)
        return market
