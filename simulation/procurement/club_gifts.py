"""What a council puts into a co-op for nothing: ducts, fibre or premises that it owns.

The co-op need not build them, so its fixed cost falls by what they stand for, and the council goes
on keeping them up. Land passed on for less than its worth is held to best consideration (England:
Local Government Act 1972 s. 123), and all that is given is a subsidy to the co-op.
"""

from collections.abc import Iterator, Mapping
from typing import NamedTuple

import numpy as np

from scenarios import tables
from scenarios.assumptions import Assumptions
from scenarios.errors import Problem
from simulation.kernels.scales import PENCE_A_UNIT
from simulation.procurement.club_rules import Clubs, ClubState
from simulation.procurement.club_stakes import YEAR
from simulation.procurement.interface import Int64, Need
from simulation.procurement.routes import Intent
from simulation.procurement.subsidy import ruled

PENCE = 100


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
    if rules["council_assets"] <= 0.0:
        return Gift()
    date = (need.year, need.month_of_year, need.nation)
    months = YEAR * rules["asset_years"]
    asked = min(rules["council_assets"] * PENCE, fixed * months * PENCE_A_UNIT)
    most = tables.disposal_law(*date).most(consented=a["land.consent"] > 0.0)
    ruling = ruled(min(round(asked), most), 0, tables.subsidy_law(*date), need.appetite, a)
    return Gift(ruling.pence / (PENCE_A_UNIT * months), ruling.assessed)


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


def gift_problems(intent: Intent) -> Iterator[Problem]:
    """Find assets worth more than a council may give away."""
    pounds, law = intent.parameters.get("council_assets", 0.0), intent.disposals
    if law is None or pounds * PENCE <= law.most(consented=intent.consented):
        return
    yield Problem(
        ("parameters", "council_assets"),
        f"assets of {pounds:,.0f} pounds given away, all of it undervalue",
        f"at most {law.limit_pence / PENCE:,.0f} pounds ({law.consent})",
        f"{law.law} (best consideration): above it the Secretary of State must consent. Lower the "
        "sum, or set land.consent to 1 under [assumptions].",
    )
