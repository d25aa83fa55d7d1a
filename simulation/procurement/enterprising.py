"""A council founds an enterprise and gives it part of the work, less of it year by year.

The base of the ways of buying that found one. While the guarantee lasts, the enterprise has its
part of each lot at shown cost plus a margin; the rest is won in a tender, whose winner takes over
what the guarantee gives up. Once it tapers, the enterprise bids for the whole like anybody, and
falls back on what is left of it where it loses. Where none is founded, or the part is nothing, it
is the tender and nothing else. Anchor demand after Evergreen (Cleveland).
"""

from abc import abstractmethod
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import cached_property
from typing import Any, ClassVar, NamedTuple

import numpy as np

from scenarios.assumptions import Assumptions
from scenarios.errors import Problem
from scenarios.tables import categories
from simulation.procurement.costs import estimate_costs
from simulation.procurement.council_assets import asset_problems, assets_of
from simulation.procurement.docket import Docket
from simulation.procurement.founding import Charter, Split, Stack, ramp, taper
from simulation.procurement.interface import (
    Answers,
    Award,
    Bool,
    Draws,
    Float64,
    Form,
    Int64,
    Intent,
    Live,
    Market,
    Need,
    Outcome,
    Roll,
    Route,
    Terms,
    Volumes,
)
from simulation.procurement.offers import unmarked
from simulation.procurement.payments import written
from simulation.procurement.tender import Tendered

LEFT = "the enterprise closed; its work is let again"


class Anchored(NamedTuple):
    """What an arrangement knows of its enterprise: its place among the suppliers, -1 once gone."""

    at: int


class Enterprising(Tendered):
    """Founds an enterprise for each buyer and category, with a guarantee that tapers off."""

    family: ClassVar[str] = "quality"
    form: ClassVar[Form] = Form.ENTERPRISE
    option: ClassVar[str] = "form"
    divides: ClassVar[bool] = True
    settles: ClassVar[bool] = True

    @cached_property
    def routes(self) -> tuple[Route, ...]:
        """Those that the guarantee, its taper counted, is not too long for."""
        months = self["anchor_months"] + self["taper_months"] if self["anchor_share"] else 0.0
        return tuple(route for route in self.lawful if months <= (route.longest_months or months))

    @classmethod
    def problems(cls, intent: Intent) -> Iterator[Problem]:
        """Find assets that the council may not pass on for so little, and too long a guarantee."""
        yield from super().problems(intent)
        yield from asset_problems(intent, cls.parameters)
        yield from cls._too_long(intent)

    @classmethod
    def _too_long(cls, intent: Intent) -> Iterator[Problem]:
        """Find a guarantee longer than any reserved contract may be, where one is open then.

        What fits the law of another date is no contradiction: it is left to the contested route.
        """
        regime = cls(intent.parameters)
        limited = [route for route in cls.lawful if route.longest_months]
        limits = [route for route in limited if intent.date and route.open_in(*intent.date)]
        classes = {one.threshold_class for one in categories() if one.id in intent.limits}
        reserved = any(classes.intersection(route.classes) for route in limits)
        lost = not any(route in regime.routes for route in limited)
        if intent.counterfactual or not reserved or not lost:
            return
        months, most = regime["anchor_months"] + regime["taper_months"], limits[0].longest_months
        yield Problem(
            ("parameters", "anchor_months"),
            f"work guaranteed for {months:g} months, the taper counted",
            f"{most} months at most",
            f"{limits[0].power}: no longer. Shorten anchor_months or taper_months, name only "
            "categories that cannot be reserved, or write counterfactual = true at the top.",
        )

    @abstractmethod
    def split(self) -> Split:
        """Say how surplus is divided."""

    def stack(self) -> Stack:
        """Draw on the fund first, then on a grant and a loan; a bank lends what is left."""
        return Stack(
            months=self["capital_months"],
            equipment=self["equipment_share"],
            fund=self.get("fund_share"),
            partner=0.0,
            equity=0.0,
            grant=self.get("grant_share"),
            grant_limit_pence=round(100.0 * self.get("grant_limit")),
            loan=self["loan_share"],
            loan_rate=self["loan_rate"],
            loan_months=self["loan_months"],
            assets=assets_of(self.values),
        )

    def margin(self) -> float:
        """Return the margin on the enterprise's shown cost."""
        return self["margin"]

    def charter(self, need: Need, a: Assumptions) -> Charter | None:
        """Write the founding document; the enterprise is built for its part of the need."""
        return Charter(
            share=self["anchor_share"],
            least_jobs=self["least_jobs"],
            ramp_months=self["ramp_months"],
            founding_hours=self["founding_hours"],
            stack=self.stack(),
            split=self.split(),
            again=self["again"] > 0.0,
        )

    def guaranteed(self, age_months: int) -> float:
        """Return the part of a lot that is the enterprise's at an age of so many months."""
        if age_months < 0:
            return 0.0
        left = taper(age_months, self["anchor_months"], self["taper_months"])
        return self["anchor_share"] * left * ramp(age_months, self["ramp_months"])

    def screen(self, docket: Docket, a: Assumptions) -> Any:
        """Look at all candidates where an enterprise is among them, however small it is."""
        founded = any(need.founded is not None for need in docket.needs)
        return None if founded else super().screen(docket, a)

    def procure_all(self, docket: Docket, a: Assumptions) -> list[Outcome]:
        """Hold the tenders, and give the enterprise its part of what is let."""
        anchors = [self._anchor(need, docket.part(k)) for k, need in enumerate(docket.needs)]
        stays_out = np.zeros(docket.market.size, dtype=np.bool_)
        for begin, at, need in zip(docket.begins[:-1].tolist(), anchors, docket.needs, strict=True):
            if at >= 0 and self._left_of_guarantee(need) == 1.0:
                stays_out[begin + at] = True
        market = docket.market._replace(knows=docket.market.knows & ~stays_out)
        outcomes = super().procure_all(replace(docket, market=market), a)
        return [
            self._with_enterprise(docket, index, at, outcome, a)
            if at >= 0 and at not in outcome.award.positions
            else outcome
            for index, (at, outcome) in enumerate(zip(anchors, outcomes, strict=True))
        ]

    def _anchor(self, need: Need, market: Market) -> int:
        """Return where the enterprise stands in the Market, -1 where it has no guarantee."""
        if self._left_of_guarantee(need) <= 0.0:
            return -1
        at = np.flatnonzero(market.member)
        return int(at[0]) if at.size else -1

    def _left_of_guarantee(self, need: Need) -> float:
        if need.founded is None:
            return 0.0
        age = need.month - need.founded
        return taper(age, self["anchor_months"], self["taper_months"])

    def _with_enterprise(
        self, docket: Docket, index: int, at: int, outcome: Outcome, a: Assumptions
    ) -> Outcome:
        """Put the enterprise first among those awarded work; the tender's winner has the rest.

        What it bid in the tender, and lost with, gives way to what it is guaranteed.
        """
        need, luck = docket.needs[index], docket.lucks[index]
        own = docket.part(index).take(np.array([at]))
        costs = estimate_costs(need, own, self.slope(a), a, luck)
        competed, cost = outcome.award, float(costs.expected[0])
        price = cost * (1.0 + self.margin())
        if competed.made:
            ceiling = float(competed.unit_prices.min()) * (1.0 + self["most_premium"])
            price = min(price, ceiling)
        part = self.guaranteed(max(need.month - (need.founded or 0), 0)) if competed.made else 1.0
        position, spent = np.array([[at], [0]], dtype=np.int64)
        bid = unmarked(
            need, own, position, np.array([price]), costs.true, costs.quality, spent, a
        )._replace(estimate=costs.expected)
        docket.note(int(own.supplier[0]), part * need.units_month)
        others = outcome.bids.position != at
        both = _joined(own, outcome.market.part(outcome.at).take(others))
        competed = competed._replace(rows=(np.cumsum(others) - 1)[competed.rows])
        award = _shared(competed, at, part, price, self._criterion())
        return outcome._replace(
            bids=_joined(bid, outcome.bids.take(others)),
            market=both,
            at=slice(0, both.size),
            award=award,
            state=Anchored(0),
        )

    def _criterion(self) -> str:
        part, years = 100.0 * self["anchor_share"], self["anchor_months"] / 12.0
        return (
            f"{part:.0f}% guaranteed to the enterprise for {years:.1f} years, then less; "
            f"the rest: {self.criterion}"
        )

    def form_of(self, outcome: Outcome) -> Form:
        """Without a guarantee it is a contract like others."""
        return self.form if outcome.state is not None else Form.CONTRACT

    def terms(self, need: Need, award: Award, a: Assumptions) -> Terms:
        """Sign the usual terms; where an enterprise has a part, volume moves month by month."""
        usual = super().terms(need, award, a)
        return usual._replace(volume_guaranteed=need.founded is None)

    def divide_all(self, roll: Roll, volumes: Volumes, a: Assumptions, luck: Draws) -> Float64:
        """Give each enterprise its part of the month, and the others what is left."""
        at = _places(roll)
        ages = [
            volumes.month - (s.arrangement.need.founded or volumes.month) for s in roll.standing
        ]
        part = np.array([self.guaranteed(age) for age in ages])
        sizes = np.diff(roll.begins)
        anchored = at >= 0
        mine = np.zeros(roll.owner.size, dtype=np.bool_)
        mine[(roll.begins[:-1] + at)[anchored]] = True
        own = np.where(sizes == 1, 1.0, part)
        rest = (1.0 - part) / np.maximum(sizes - 1, 1)
        shares = np.where(mine, roll.each(own), roll.each(rest))
        return np.where(roll.each(anchored), shares, volumes.share)

    def settle_all(self, roll: Roll, live: Live, a: Assumptions, luck: Draws) -> Answers:
        """End the arrangements whose enterprise is gone, so that the work is let again."""
        n, m = live.uid.size, roll.number.size
        over = np.array([s.arrangement.state == Anchored(-1) for s in roll.standing])
        return Answers(
            payments=written(()),
            asked_by=np.zeros(0, dtype=np.int64),
            stays=np.ones(n, dtype=np.bool_),
            found=np.zeros(n, dtype=np.bool_),
            ends=over,
            reasons=[LEFT if gone else "" for gone in over.tolist()],
            reopen=np.zeros(m, dtype=np.bool_),
        )

    def keep(self, state: Anchored | None, kept: Bool) -> Anchored | None:
        """Follow the enterprise's place as suppliers leave."""
        if state is None or state.at < 0:
            return state
        return Anchored(int(kept[: state.at].sum()) if kept[state.at] else -1)

    def admit_all(self, standing: Sequence[Any], docket: Docket, a: Assumptions) -> list[Outcome]:
        """Admit nobody to a standing arrangement but by a tender of its own."""
        return super().procure_all(docket, a)


def _places(roll: Roll) -> Int64:
    states = [s.arrangement.state for s in roll.standing]
    return np.array([-1 if state is None else state.at for state in states], dtype=np.int64)


def _joined(first: Any, second: Any) -> Any:
    """Lay two tables of the same columns end to end."""
    return first._make(np.concatenate(pair) for pair in zip(first, second, strict=True))


def _shared(competed: Award, at: int, part: float, price: float, criterion: str) -> Award:
    """Write the enterprise into an award before those who won the rest."""
    rest = competed.shares * (1.0 - part)
    padding = competed.padding if competed.padding.size else np.zeros(rest.size)
    return Award(
        positions=np.append(at, competed.positions).astype(np.int64),
        rows=np.append(0, competed.rows + 1).astype(np.int64),
        shares=np.append(part, rest),
        unit_prices=np.append(price, competed.unit_prices),
        criterion=criterion,
        reason=f"the enterprise that the council founded; beside it: {competed.reason}",
        margin=competed.margin,
        padding=np.append(0.0, padding),
    )
