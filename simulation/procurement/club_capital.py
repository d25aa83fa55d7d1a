"""Members' loans to a co-op: raised on founding, paid limited interest, repaid out of fees.

Capital serves and does not rule: it has no vote beyond its owner's one, its interest is limited by
rule, and it is repaid over a set number of years (ICA 1995, third principle; Cook 1995 on the
horizon problem that follows). A lender stays a creditor where it leaves.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import NamedTuple

import numpy as np

from simulation.kernels.scales import PENCE_A_UNIT
from simulation.procurement.club_rules import Clubs
from simulation.procurement.club_stakes import YEAR, Stakes, bare_cost, part_used
from simulation.procurement.interface import Bool, Draws, Float64, Int64, Live, Roll
from simulation.procurement.rolls import laid_end_to_end
from simulation.streams import Purpose

"""Of a pound's worth."""


def capital_raised(
    rules: Mapping[str, float],
    clubs: Clubs,
    may: Bool,
    live: Live,
    dues: Float64,
    luck: Draws,
) -> Int64:
    """Return what each member lends to a club that has just been founded: int64[n] pence.

    Who asks less than the interest by rule, each a return of its own around what deposits earn,
    offers a part of the cash that its dues leave; what is sought is shared out by offers.

    Parameters
    ----------
    rules : mapping
    clubs : Clubs
    may : bool[n]
        Who stays in a club that raises capital.
    live : Live
    dues : float64[n]
        What each must pay to clubs this month [pence].
    luck : Draws
    """
    asked = rules["deposits_earn"] * 2.0 * luck.uniform(Purpose.MEMBERSHIP, live.uid)
    cash = np.zeros(live.uid.size) if live.cash is None else live.cash.astype(np.float64)
    willing = may & (rules["debt_rate"] > asked)
    clubs_asking = np.bincount(live.supplier, weights=willing)[live.supplier]
    spare = np.maximum(cash - dues, 0.0) / np.maximum(clubs_asking, 1.0)
    offer = np.where(willing, rules["loan_share"] * spare, 0.0)
    whole = np.bincount(clubs.owner, weights=offer, minlength=clubs.sizes.size)
    bare = np.array([bare_cost(rules, fixed) for fixed in clubs.fixed_units.tolist()])
    sought = PENCE_A_UNIT * rules["member_debt"] * rules["debt"] * bare
    part = np.minimum(sought / np.maximum(whole, 1.0), 1.0)
    lent: Int64 = np.floor(offer * part[clubs.owner]).astype(np.int64)
    return lent


class Claims(NamedTuple):
    """What a month's stakes ask of the clubs, in pence; `m` clubs, `n` members, `k` lenders.

    `relief` is interest that the bank is no longer owed, `replacing` what replaces missing
    assets, `rent` what contributors are due by `assets`, `pooled` the part of the other rent that
    is left; `interest` and `principal` are due to `lenders`, club i's at `begins[i] :
    begins[i + 1]`.
    """

    relief: Int64
    replacing: Int64
    rent: Int64
    assets: Float64
    pooled: float
    lenders: Int64
    begins: Int64
    owner: Int64
    interest: Float64
    principal: Float64


def claims_of(rules: Mapping[str, float], clubs: Clubs, stakes: Sequence[Stakes]) -> Claims:
    """Reckon what stakes ask of each club this month."""
    begins, owner = laid_end_to_end([one.lenders.size for one in stakes])
    fixed = clubs.fixed_units.tolist()
    pairs = list(zip(fixed, stakes, strict=True))
    covered = np.array([part_used(rules, units, one)[0] for units, one in pairs])
    wanted = (
        PENCE_A_UNIT * rules["contributed"] * np.array([bare_cost(rules, units) for units in fixed])
    )
    monthly = PENCE_A_UNIT * rules["debt_rate"] / YEAR
    owed = np.concatenate([one.outstanding for one in stakes])
    left = np.array([max(one.months_left, 1) for one in stakes], dtype=np.int64)
    return Claims(
        relief=_whole(monthly * np.array([one.lent for one in stakes])),
        replacing=_whole(wanted * (1.0 - covered) * rules["replacement"]),
        rent=_whole(wanted * covered * rules["rent_rule"]),
        assets=np.concatenate([one.assets for one in stakes]),
        pooled=1.0 - rules["contributed"],
        lenders=np.concatenate([one.lenders for one in stakes]),
        begins=begins,
        owner=owner,
        interest=monthly * owed,
        principal=PENCE_A_UNIT * owed / left[owner],
    )


def a_month_later(
    rules: Mapping[str, float],
    stakes: Sequence[Stakes],
    claims: Claims,
    repaid: Int64,
    lent: Int64,
    roll: Roll,
    supplier: Int64,
) -> list[Stakes]:
    """Write down what was lent and repaid this month; assets stay as they stand.

    Parameters
    ----------
    rules : mapping
    stakes : sequence of Stakes
    claims : Claims
        The month's.
    repaid : int64[k]
        To each lender of the claims [pence].
    lent : int64[n]
        By each member of the roll; nothing but on founding [pence].
    roll : Roll
    supplier : int64[n]
        Party rows of the roll's members.
    """
    after = []
    for index, one in enumerate(stakes):
        mine, at = slice(*claims.begins[index : index + 2].tolist()), roll.at(index)
        owed = np.maximum(one.outstanding - repaid[mine] / PENCE_A_UNIT, 0.0)
        new = replace(one, outstanding=owed, months_left=max(one.months_left - 1, 0))
        put_in = np.flatnonzero(lent[at])
        if put_in.size:
            pounds = lent[at][put_in] / PENCE_A_UNIT
            new = replace(
                one,
                lenders=supplier[at][put_in],
                outstanding=pounds,
                lent=float(pounds.sum()),
                months_left=round(YEAR * rules["repay_years"]),
            )
        after.append(new)
    return after


def _whole(pence: Float64) -> Int64:
    return np.rint(pence).astype(np.int64)
