"""Taxes on earnings of one tax year, as monthly bands in whole pence."""

from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from scenarios.tables import HOME
from simulation.kernels.accounts import shares_of
from simulation.kernels.labour import Law
from simulation.kernels.scales import CUM_ONE

Int64 = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class TaxYear:
    """The rates that apply in one tax year, and the Real Living Wage of its time.

    Attributes
    ----------
    floors, rates : int64[n_bands]
        Where each marginal band of income tax plus employee's National Insurance begins [pence a
        month] and its rate [1/65536].
    employer_floor : int
        Pay above which the employer pays National Insurance [pence a month].
    employer_rate, corporation_rate, vat_rate : float
        Rates [share].
    living_wage_hour : float
        Real Living Wage outside London as the year opens [pence an hour].
    nation : str
        Whose law it is, as in scenarios/tables/countries.csv.
    law : Law
        The bands as kernels take them, with the tax on all bands below each.
    """

    floors: Int64
    rates: Int64
    employer_floor: int
    employer_rate: float
    corporation_rate: float
    vat_rate: float
    living_wage_hour: float
    nation: str = HOME
    law: Law = field(init=False)

    def __post_init__(self) -> None:
        slices = shares_of(np.diff(self.floors), self.rates[:-1])
        law = Law(self.floors, self.rates, np.concatenate([[0], np.cumsum(slices)]))
        object.__setattr__(self, "law", law)


def marginal_bands(*schedules: list[tuple[int, float]]) -> tuple[Int64, Int64]:
    """Add schedules of marginal rates into one.

    Parameters
    ----------
    *schedules : list of (int, float)
        Where each band of one tax begins [pence a month] and its marginal rate [share], rising.

    Returns
    -------
    floors, rates : int64[n_bands]
        The union of all sets of floors, and the summed rate in each band [1/65536].
    """
    floors = sorted({floor for schedule in schedules for floor, _ in schedule})
    rates = []
    for floor in floors:
        rate = 0.0
        for schedule in schedules:
            inside = [share for begin, share in schedule if begin <= floor]
            rate += inside[-1] if inside else 0.0
        rates.append(round(rate * CUM_ONE))
    return np.array(floors, dtype=np.int64), np.array(rates, dtype=np.int64)
