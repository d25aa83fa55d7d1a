"""When a provider stops in mid-term: who looks after its people, at what price, and who pays.

A provider stops because it failed, or because going on would cost it more than walking away does:
a limited commitment (Spulber 1990; Chillemi and Mezzetti 2014 for procurement), held by a bond and
by the worth of the buyer's regard. Its people wait until others can take them over, unless the
buyer steps in: the other providers serve them at once, at a premium. Then the place is reopened.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from scenarios.assumptions import Assumptions
from scenarios.vocabulary import Kind
from simulation.kernels.scales import PENCE_A_UNIT
from simulation.procurement.interface import (
    OWN_STAFF,
    Answers,
    Arrangement,
    Bool,
    Draws,
    Float64,
    Int64,
    Live,
    Roll,
)
from simulation.procurement.payments import Payments, alike
from simulation.procurement.pricing import markup
from simulation.procurement.rolls import in_turn
from simulation.streams import Purpose


@dataclass(frozen=True, slots=True)
class Handover:
    """People of a provider that stopped: their share of the need, and the months to go.

    `arranged` says that the buyer has already spent the hours that stepping in takes.
    """

    share: float
    months: int
    arranged: bool = False


@dataclass(frozen=True, slots=True)
class Providers:
    """What a framework knows of its providers. Rows are suppliers, in the arrangement's order.

    `rise` is the part by which each one's own cost has moved since its price was agreed, and
    `agreed` that price per unit, without a premium for stepping in. `walked` names by uid those
    that walked away, who are not let in again.
    """

    rise: Float64
    agreed: Float64
    handovers: tuple[Handover, ...] = ()
    walked: frozenset[int] = frozenset()

    def kept(self, kept: Bool) -> "Providers":
        """Return the state without those that left; newcomers behind it are not known yet."""
        known = self.known_to(kept.size)
        return replace(self, rise=known.rise[kept], agreed=known.agreed[kept])

    def known_to(self, size: int) -> "Providers":
        """Return the state with rows for newcomers, of whom nothing is known (nan)."""
        unknown = np.full(size - self.rise.size, np.nan)
        return replace(
            self, rise=np.append(self.rise, unknown), agreed=np.append(self.agreed, unknown)
        )

    def unserved(self, step_in: float) -> float:
        """Return the share of the need that nobody serves while people are handed over."""
        return (1.0 - step_in) * min(sum(one.share for one in self.handovers), 1.0)

    def price_factor(self, step_in: float, premium: float) -> float:
        """Return by what prices rise while providers serve the people of others.

        1 + premium x people taken over / all people served: who takes them over is paid the
        premium for them alone, and all take part by volume.
        """
        handed = min(sum(one.share for one in self.handovers), 1.0)
        served = max(1.0 - (1.0 - step_in) * handed, 1e-9)
        return 1.0 + premium * step_in * handed / served


def providers_of(arrangement: Arrangement) -> Providers:
    """Return what is known of an arrangement's providers, newcomers at the price they signed."""
    k = arrangement.suppliers.size
    state: Providers | None = arrangement.state
    if state is None:
        return Providers(np.zeros(k), arrangement.unit_prices.copy())
    state = state.known_to(k)
    new = np.isnan(state.agreed)
    return replace(
        state,
        rise=np.where(new, 0.0, state.rise),
        agreed=np.where(new, arrangement.unit_prices, state.agreed),
    )


def handed_over(left: Arrangement, lost: float, rules: Mapping[str, float]) -> Arrangement:
    """Let the people of providers that failed wait, or be taken over by those who are left.

    Parameters
    ----------
    left : Arrangement
        Without those that failed.
    lost : float
        Their share of the need.
    rules : mapping
        Parameters of `ethical_framework` by short name.

    Returns
    -------
    Arrangement
        Unchanged where a handover takes no time or nobody is waiting.
    """
    months = round(rules["handover_months"])
    if months == 0 or lost <= 0.0:
        return left
    state = providers_of(left)
    state = replace(state, handovers=(*state.handovers, Handover(lost, months)))
    factor = state.price_factor(rules["step_in"], rules["step_in_premium"])
    return left._replace(unit_prices=state.agreed * factor, state=state)


def walked_before(standing: Sequence[Arrangement], uid: Int64, begins: Int64) -> Bool:
    """Say which applicants to standing frameworks walked away from the same one before: bool[n].

    Parameters
    ----------
    standing : sequence of Arrangement
    uid : int64[n]
        Applicants, those of framework i at `begins[i] : begins[i + 1]`.
    begins : int64[m + 1]
    """
    walked = np.zeros(uid.size, dtype=np.bool_)
    for one, begin, end in zip(standing, begins[:-1].tolist(), begins[1:].tolist(), strict=True):
        state: Providers | None = one.state
        if state is not None and state.walked:
            walked[begin:end] = np.isin(uid[begin:end], list(state.walked))
    return walked


def settle_defaults(
    rules: Mapping[str, float],
    roll: Roll,
    live: Live,
    answers: Answers,
    a: Assumptions,
    luck: Draws,
) -> Answers:
    """See who walks away, what stepping in costs, and which places are to be filled again.

    Parameters
    ----------
    rules : mapping
        Parameters of `ethical_framework` by short name.
    roll : Roll
    live : Live
    answers : Answers
        What audits and lock-outs came to.
    a : Assumptions
    luck : Draws

    Returns
    -------
    Answers
        With the bonds forfeited, the hours of stepping in, next month's prices and states.
    """
    before = [providers_of(one) for one in roll.arrangements]
    rise, agreed = _costs_now(rules, roll, live, before, luck)
    walks = answers.stays & _walks_away(rules, roll, live, rise, a)
    stays = answers.stays & ~walks
    states, hours, due = [], np.zeros(len(before)), np.zeros(len(before), dtype=np.bool_)
    prices = agreed.copy()
    for index, old in enumerate(before):
        at = roll.at(index)
        running, due[index] = _a_month_on(old.handovers)
        lost, months = float(live.share[at][walks[at]].sum()), round(rules["handover_months"])
        if months > 0 and lost > 0.0 and stays[at].any():
            running = (*running, Handover(lost, months))
        waiting = [one for one in running if not one.arranged]
        hours[index] = len(waiting) * rules["step_in_hours"] if rules["step_in"] > 0.0 else 0.0
        arranged = tuple(replace(one, arranged=True) for one in running)
        walked = old.walked | frozenset(live.uid[at][walks[at]].tolist())
        whole = Providers(rise[at], agreed[at], arranged, walked)
        prices[at] *= whole.price_factor(rules["step_in"], rules["step_in_premium"])
        states.append(whole.kept(stays[at]))
    nobody = (roll.count(stays) == 0) & (roll.count(walks) > 0)
    ends = answers.ends | nobody
    bond = np.where(
        walks, PENCE_A_UNIT * rules["deposit_months"] * live.unit_price * live.units, 0.0
    )
    asked_by, payments = _with_costs(roll, live, answers, bond, hours, a)
    return replace(
        answers,
        payments=payments,
        asked_by=asked_by,
        stays=stays,
        found=answers.found | walks,
        ends=ends,
        reasons=[
            "every supplier walked away" if empty and not reason else reason
            for empty, reason in zip(nobody.tolist(), answers.reasons, strict=True)
        ],
        reopen=(answers.reopen | due) & ~ends,
        unit_prices=prices,
        states=states,
    )


def _costs_now(
    rules: Mapping[str, float], roll: Roll, live: Live, before: list[Providers], luck: Draws
) -> tuple[Float64, Float64]:
    """Let own costs move a month; where open books are read again, prices follow them.

    Each month a provider's cost moves by up to `cost_drift` of itself, up or down, so that it stays
    above nothing.
    """
    rise = np.concatenate([one.rise for one in before])
    agreed = np.concatenate([one.agreed for one in before])
    drift = rules["cost_drift"]
    if drift > 0.0:
        moved = drift * (2.0 * luck.uniform(Purpose.VARIATION, live.uid) - 1.0)
        rise = (1.0 + rise) * (1.0 + moved) - 1.0
    read = roll.each(roll.open_book & _opens(roll, live.month))
    part = rules["margin_rule"] * rise
    return np.where(read, 0.0, rise), np.where(read, agreed * (1.0 + part), agreed)


def _opens(roll: Roll, month: int) -> Bool:
    age = month - roll.start
    opens: Bool = (
        (age > 0) & (roll.reopening_months > 0) & (age % np.maximum(roll.reopening_months, 1) == 0)
    )
    return opens


def _walks_away(
    rules: Mapping[str, float], roll: Roll, live: Live, rise: Float64, a: Assumptions
) -> Bool:
    """Say who would lose more by going on than by walking away.

    Going on: the month's loss until books are read again or the term ends. Walking away: the bond,
    and the worth of the buyer's regard, relationship x chance x usual mark-up x cost x patience.
    """
    if rules["walk_away"] == 0.0:
        return np.zeros(rise.size, dtype=np.bool_)
    cost = live.cost * (1.0 + rise)
    loss = np.maximum(cost - live.unit_price, 0.0) * live.units
    usual = markup(roll.expected_bids, roll.begins, live.utilisation, live.chance, a)
    regard = min(a["delivery.record_in_tenders"] + rules["relationship"], 1.0)
    future = regard * live.chance * usual * live.cost * live.units * a["delivery.patience_months"]
    bond = rules["deposit_months"] * live.unit_price * live.units
    walks: Bool = loss * roll.each(_months_ahead(roll, live.month)) > bond + future
    return walks


def _months_ahead(roll: Roll, month: int) -> Int64:
    """Return the months until the books are read again, or else until the term ends."""
    end = np.array([one.end for one in roll.arrangements], dtype=np.int64)
    left, every = np.maximum(end - 1 - month, 0), roll.reopening_months
    to_opening = every - (month - roll.start) % np.maximum(every, 1)
    ahead: Int64 = np.where((every > 0) & roll.open_book, np.minimum(to_opening, left), left)
    return ahead


def _a_month_on(handovers: tuple[Handover, ...]) -> tuple[tuple[Handover, ...], bool]:
    """Return the handovers that still run next month, and whether one has come to its end."""
    left = tuple(replace(one, months=one.months - 1) for one in handovers if one.months > 1)
    return left, len(left) < len(handovers)


def _with_costs(
    roll: Roll, live: Live, answers: Answers, bond: Float64, hours: Float64, a: Assumptions
) -> tuple[Int64, Payments]:
    """Add bonds forfeited to the buyer, and its hours of stepping in, to what is asked."""
    cost = np.rint(hours * a["tender.buyer_hour_pence"]).astype(np.int64)
    supplier = live.supplier.astype(np.int64)
    forfeited = alike(
        supplier, roll.each(roll.buyer), np.rint(bond).astype(np.int64), Kind.REMEDY,
        "bond forfeited on walking away",
    )  # fmt: skip
    staff = alike(roll.buyer, OWN_STAFF, cost, Kind.PROCESS_COST, "stepping in")
    return in_turn(
        [
            (answers.asked_by, answers.payments),
            (roll.owner, forfeited),
            (np.arange(cost.size), staff),
        ]
    )
