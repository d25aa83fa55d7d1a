"""Why firms close: the chance by size and age, and which of it is an owner's retirement.

Deaths of firms in official counts include those whose owner retired without a successor, so these
are the lowest part of the same lot: nobody closes more often because owners grow old. A firm that
belongs to its staff has no owner who retires, and is spared that part.
"""

import numpy as np
from numpy.typing import NDArray

from scenarios.vocabulary import SizeBand
from simulation.economy.town import Town
from simulation.kernels.adjusting import YOUNG_MONTHS

Bool = NDArray[np.bool_]
Float64 = NDArray[np.float64]
Int32 = NDArray[np.int32]
MONTHS = 12.0


def closure_by_band(town: Town) -> Float64:
    """Return the yearly chance that an old firm closes for reasons of its own, by its size."""
    by_band, a = np.zeros(len(SizeBand)), town.a
    by_band[SizeBand.MICRO] = a["firms.closure_micro"]
    by_band[SizeBand.SMALL] = a["firms.closure_small"]
    by_band[SizeBand.MEDIUM] = a["firms.closure_medium"]
    by_band[SizeBand.LARGE] = a["firms.closure_large"]
    return by_band


def chance_of_closing(town: Town, rows: Int32) -> Float64:
    """Return the chance that each of some firms closes this month for reasons of its own."""
    firms = town.economy.firms
    factor = np.where(firms.age_months[rows] < YOUNG_MONTHS, town.a["firms.closure_young"], 1.0)
    chance: Float64 = closure_by_band(town)[firms.size_band[rows]] * factor / MONTHS
    return chance


def without_successor(town: Town, chance: Float64) -> Float64:
    """Return the part of chances of closing that is an owner's retirement without a successor."""
    found_none = town.a["ownership.retirement"] * town.a["ownership.closes"] / MONTHS
    return np.minimum(chance, found_none)


def spare(town: Town, lot: Float64, closing: Bool) -> None:
    """Spare converted firms their former owner's retirement, and supported ones a part of the rest.

    Parameters
    ----------
    town : Town
    lot : float64[n_agents]
        By which firms close for reasons of their own.
    closing : bool[n_agents], updated
    """
    firms, a = town.economy.firms, town.a
    for one in town.enterprises.living:
        insolvent = firms.arrears_months[one.row] > a["finance.arrears_months"]
        if insolvent or not closing[one.row]:
            continue
        (chance,) = chance_of_closing(town, np.array([one.row], dtype=np.int32))
        least = float(without_successor(town, chance)) if one.converted else 0.0
        most = chance - (chance - least) * a["ownership.support_survival"] * one.supported
        closing[one.row] = least <= lot[one.row] < most
