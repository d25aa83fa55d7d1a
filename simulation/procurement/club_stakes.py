"""What members put into a co-op beside their trade: assets, which leave with them, and loans.

A contributor lets its ducts, fibre or premises to the co-op at a rent by rule while that is more
than it forgoes. An investor lends part of the debt while the limited interest is more than its
deposits earn. Others use and pay (ICA 1995, third principle: limited return on capital). Where a
contributor leaves, its assets go, and the co-op must have them replaced at a higher cost.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

import numpy as np

from scenarios.assumptions import Assumptions
from simulation.kernels.scales import PENCE_A_UNIT
from simulation.procurement.club_rules import Clubs
from simulation.procurement.interface import Bool, Float64, Int64, Live, Roll

YEAR = 12


def _nobody() -> Int64:
    return np.zeros(0, dtype=np.int64)


@dataclass(frozen=True, slots=True)
class Stakes:
    """What members of one club have put in. Rows of `assets` are its supplying members.

    Attributes
    ----------
    assets : float64[n]
        Fixed cost a month that each one's assets stand for [pounds]; 0 for who contributes none.
    others : float
        Assets of members that have no row here.
    lenders : int64[k]
        Party rows of investors; they stay creditors where they leave.
    outstanding : float64[k]
        What each is still owed [pounds].
    lent : float
        What all lent in the beginning [pounds].
    months_left : int
        Until the last repayment.
    """

    assets: Float64
    others: float = 0.0
    lenders: Int64 = field(default_factory=_nobody)
    outstanding: Float64 = field(default_factory=lambda: np.zeros(0))
    lent: float = 0.0
    months_left: int = 0

    @property
    def owed_pence(self) -> Int64:
        """What each lender is still owed: int64[k] pence."""
        owed: Int64 = np.rint(PENCE_A_UNIT * self.outstanding).astype(np.int64)
        return owed

    def kept(self, kept: Bool) -> "Stakes":
        """Return the stakes without the assets of those that left; loans stay owed."""
        return replace(self, assets=self.assets[kept])

    def joined_by(self, newcomers: "Stakes | None") -> "Stakes":
        """Return the stakes with the assets of newcomers."""
        assets = np.zeros(0) if newcomers is None else newcomers.assets
        return replace(self, assets=np.append(self.assets, assets))


def beside(newcomers: Stakes | None, standing: Stakes | None) -> Stakes | None:
    """Return newcomers' stakes as they stand beside those of the members of a club."""
    if newcomers is None or standing is None:
        return newcomers
    return replace(standing, assets=newcomers.assets, others=float(standing.assets.sum()))


def has_stakes(rules: Mapping[str, float]) -> bool:
    """Say whether the rules let members put in assets or capital."""
    return rules["contributed"] > 0.0 or rules["member_debt"] > 0.0


def assets_offered(
    rules: Mapping[str, float],
    capacity: Float64,
    council_use: float | Float64,
    utilisation: Float64,
    a: Assumptions,
) -> Float64:
    """Return what each member's assets stand for a month, 0 for who does not contribute.

    A member owns assets for what it can serve, counted up to the council's use. It contributes
    where the rent by rule is more than what it forgoes; a busy member forgoes more.
    """
    owned = rules["fixed_share"] * np.minimum(capacity, council_use)
    contributes = rules["rent_rule"] > forgone(rules, utilisation, a)
    offered: Float64 = np.where(contributes, np.maximum(owned, 0.0), 0.0)
    return offered


def forgone(rules: Mapping[str, float], utilisation: Float64, a: Assumptions) -> Float64:
    """Return what a member forgoes by contributing, as a share of its assets' cost."""
    lost: Float64 = rules["forgone"] * utilisation / a["bid.usual_utilisation"]
    return lost


def bare_cost(rules: Mapping[str, float], fixed_units: float) -> float:
    """Return the cost of the shared assets alone, without secretariat and interest."""
    return fixed_units / (1.0 + rules["secretariat"] + rules["debt"] * rules["debt_rate"] / YEAR)


def part_used(
    rules: Mapping[str, float], fixed_units: float, stakes: Stakes
) -> tuple[float, float]:
    """Return the part of the assets wanted that is covered, and the part of those offered in use.

    What is wanted of members is the share `contributed` of the cost of the shared assets.
    """
    wanted = rules["contributed"] * bare_cost(rules, fixed_units)
    offered = float(stakes.assets.sum()) + stakes.others
    if wanted <= 0.0:
        return 1.0, 0.0
    return min(offered / wanted, 1.0), min(wanted / offered, 1.0) if offered > 0.0 else 0.0


def extra_cost(rules: Mapping[str, float], fixed_units: float, stakes: Stakes) -> float:
    """Return what stakes add to the fixed cost of a month [pounds].

    Rent above the assets' cost, replacement of those missing, capital repaid, less the interest
    that is no longer owed on it.
    """
    covered, _ = part_used(rules, fixed_units, stakes)
    wanted = rules["contributed"] * bare_cost(rules, fixed_units)
    dearer = covered * (rules["rent_rule"] - 1.0) + (1.0 - covered) * (rules["replacement"] - 1.0)
    owed = float(stakes.outstanding.sum())
    repaid = owed / max(stakes.months_left, 1)
    return wanted * dearer + repaid - (stakes.lent - owed) * rules["debt_rate"] / YEAR


def with_stakes(rules: Mapping[str, float], clubs: Clubs, stakes: Sequence[Stakes]) -> Clubs:
    """Return clubs whose fees cover what stakes cost them; the same where there are none."""
    if not stakes:
        return clubs
    pairs = zip(clubs.fixed_units.tolist(), stakes, strict=True)
    return replace(clubs, extra=np.array([extra_cost(rules, fixed, one) for fixed, one in pairs]))


def gain_from_assets(
    rules: Mapping[str, float],
    clubs: Clubs,
    stakes: Sequence[Stakes],
    utilisation: Float64,
    a: Assumptions,
) -> Float64 | float:
    """Return what contributing gains each member a month: rent less what it forgoes [pounds]."""
    if not stakes:
        return 0.0
    used = [
        one.assets * part_used(rules, fixed, one)[1]
        for fixed, one in zip(clubs.fixed_units.tolist(), stakes, strict=True)
    ]
    gain: Float64 = np.concatenate(used) * (rules["rent_rule"] - forgone(rules, utilisation, a))
    return gain


def stakes_now(
    rules: Mapping[str, float], roll: Roll, clubs: Clubs, live: Live, a: Assumptions
) -> list[Stakes]:
    """Return the month's stakes of all clubs; empty where the rules know none.

    Assets follow what a member can serve; once a year each decides anew whether to contribute.
    """
    if not has_stakes(rules):
        return []
    use = clubs.council_use[clubs.owner]
    owned = rules["fixed_share"] * np.maximum(np.minimum(live.capacity, use), 0.0)
    offered = assets_offered(rules, live.capacity, use, live.utilisation, a)
    now, age = [], (live.month - roll.start).tolist()
    for index, one in enumerate(roll.arrangements):
        at, k = roll.at(index), one.suppliers.size
        before = one.state.stakes or Stakes(np.zeros(k))
        assets = np.where(before.assets > 0.0, owned[at], 0.0)
        if age[index] > 0 and age[index] % YEAR == 0:
            assets = offered[at]
        now.append(replace(before, assets=assets))
    return now
