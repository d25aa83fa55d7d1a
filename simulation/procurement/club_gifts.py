"""What a council puts into a co-op for nothing: ducts, fibre or premises that it owns.

The co-op need not build them, so its fixed cost falls by what they stand for, and the council goes
on keeping them up. Land passed on for less than its worth is held to best consideration (England:
Local Government Act 1972 s. 123), and all that is given is a subsidy to the co-op.
"""

from collections.abc import Mapping
from typing import NamedTuple

import numpy as np

from scenarios import tables
from scenarios.assumptions import Assumptions
from simulation.kernels.scales import PENCE_A_UNIT
from simulation.procurement.club_rules import Clubs, ClubState
from simulation.procurement.club_stakes import YEAR
from simulation.procurement.council_assets import assets_of
from simulation.procurement.interface import Int64, Need
from simulation.procurement.subsidy import ruled


class Gift(NamedTuple):
    """What the council's assets stand for a month [pounds], and whether the gift was assessed."""

    month: float = 0.0
    assessed: bool = False


def gift_of_council(rules: Mapping[str, float], need: Need, fixed: float, a: Assumptions) -> Gift:
    """Return what a council gives a co-op that it founds, as far as it may.

    Parameters
    ----------
    rules : mapping
    need : Need
        Whose date, nation and appetite decide what may be given.
    fixed : float
        Cost of all the shared assets a month [pounds]; more than these nobody can use.
    a : Assumptions

    Returns
    -------
    Gift
        Cut to the undervalue that a consent allows, and to what subsidy control lets be given.
    """
    assets = assets_of(rules)
    if assets.worth <= 0.0:
        return Gift()
    date = (need.year, need.month_of_year, need.nation)
    law, consented = tables.disposal_law(*date), a["land.consent"] > 0.0
    month = assets.passed_on(fixed * PENCE_A_UNIT, law, consented=consented)
    asked = round(assets.undervalue(month))
    ruling = ruled(asked, 0, tables.subsidy_law(*date), need.appetite, a)
    return Gift(assets.cut(month, ruling.pence) / PENCE_A_UNIT, ruling.assessed)


def upkeep_pence(rules: Mapping[str, float], clubs: Clubs, account: Int64) -> Int64:
    """Return what keeping up what it gave costs each club's council a month: int64[m] pence.

    Nothing where the club has no account.
    """
    kept_up = PENCE_A_UNIT * rules["council_upkeep"] * clubs.put_in
    pence: Int64 = np.rint(np.where(account >= 0, kept_up, 0.0)).astype(np.int64)
    return pence


def multiple(rules: Mapping[str, float]) -> float:
    """Return the fixed cost of a month over that of the assets, with secretariat and interest."""
    return 1.0 + rules["secretariat"] + rules["debt"] * rules["debt_rate"] / YEAR


def grown_cost(rules: Mapping[str, float], state: ClubState, factor: float) -> float:
    """Return the fixed cost of assets that have grown; the council puts in no more [pounds]."""
    return state.fixed_units * factor + state.put_in * multiple(rules) * (factor - 1.0)
