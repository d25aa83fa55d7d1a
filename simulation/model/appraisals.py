"""Assesses the options of a policy, keeps what was expected and what came, and reviews it.

An assessment is made for a buyer and category when something falls due, at a cost in staff time; it
decides until it is out of date or a review breaks what it chose. What is learned stands in the
records that the next one reads.
"""

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from scenarios.vocabulary import Kind
from simulation.economy.town import Town
from simulation.model.lots import Lot
from simulation.model.policies import Fitting
from simulation.model.service import OwnMonth
from simulation.procurement.commissioning import Commission
from simulation.procurement.delivery import Delivery
from simulation.procurement.evidence import NOTHING, Evidence, Record
from simulation.procurement.interface import OWN_STAFF, Instruction, Need
from simulation.procurement.luck import luck_of
from simulation.procurement.options import (
    FAILED,
    Estimate,
    Usual,
    appraised,
    best_of,
    estimated,
    refusal,
    shortfall,
)
from simulation.streams import Purpose, key

if TYPE_CHECKING:
    from simulation.model.stewardship import Stewardship

Int64 = NDArray[np.int64]
Key = tuple[int, int, int, bool]
LONG_AGO = 10**6
"""Months since something that never happened."""


@dataclass(slots=True)
class Appraisal:
    """One assessment: when, for whom, what was expected of each option, which was chosen."""

    month: int
    buyer: int
    category: int
    estimates: list[Estimate]
    chosen: int | None
    why: str = ""
    awards: list[int] = field(default_factory=list)
    found: Record = NOTHING


@dataclass(slots=True)
class Watched:
    """An arrangement that an assessment led to, as a review sees it."""

    appraisal: int
    found: Record = NOTHING
    seen: Record = NOTHING
    ends: int | None = None
    reason: str = ""


@dataclass(slots=True)
class Appraisals:
    """All assessments of a run; nothing happens where no policy names options."""

    evidence: Evidence = field(default_factory=Evidence)
    made: list[Appraisal] = field(default_factory=list)
    kept: dict[Key, int] = field(default_factory=dict)
    of_lot: dict[int, int] = field(default_factory=dict)
    watched: dict[int, Watched] = field(default_factory=dict)
    broken: dict[tuple[int, int], str] = field(default_factory=dict)
    failed: dict[tuple[int, int, str], int] = field(default_factory=dict)

    def choose(
        self, stewardship: "Stewardship", town: Town, lot: Lot, need: Need, way: Fitting
    ) -> Fitting:
        """Choose among the ways of a rule, by an assessment that stands or a new one.

        Parameters
        ----------
        stewardship : Stewardship, updated
            Its budget bears the cost.
        town : Town
        lot : Lot
        need : Need
            Of the lot.
        way : Fitting

        Returns
        -------
        Fitting
            Itself where it names no options, or none of them may be used.
        """
        self.of_lot.pop(lot.key, None)
        if not way.others:
            return way
        where = (id(way), lot.buyer, lot.category, need.above_threshold)
        number = self.kept.get(where)
        stands = town.a["option.stands_months"]
        if number is None or town.month - self.made[number].month >= stands:
            number = self._assess(stewardship, town, lot, need, way)
            self.kept[where] = number
        self.of_lot[lot.key] = number
        chosen = self.made[number].chosen
        return way if chosen is None else way.ways[chosen]

    def _assess(
        self, stewardship: "Stewardship", town: Town, lot: Lot, need: Need, way: Fitting
    ) -> int:
        a, where = town.a, (lot.buyer, lot.category)
        units = float(stewardship.need_units()[where])
        whole = need._replace(units_month=max(units, need.units_month))
        usual = _usual(stewardship, where, self.evidence)
        risk, luck = (
            stewardship.office.risks[lot.buyer],
            luck_of(town.seed, need.tender, town.month),
        )
        estimates = []
        for one in way.ways:
            regime = one.regime
            why, believed = refusal(need, regime, risk, a)
            since = town.month - self.failed.get((*where, regime.name), -LONG_AGO)
            if not why and since < a["option.stands_months"]:
                why = FAILED
            if why:
                estimates.append(Estimate(regime.name, regime.option, refused=why))
                continue
            drawn = luck.uniform(Purpose.APPRAISAL, _names(regime.name))
            seen = (self.evidence.own(where, regime.name), self.evidence.peers(where, regime.name))
            draws = (float(drawn[0]), float(drawn[1]))
            estimates.append(estimated(whole, regime, usual, seen, believed, draws, a))
        assessed = sum(one.stands for one in estimates)
        pence = round(assessed * a["option.hours"] * a["tender.buyer_hour_pence"])
        _pay_staff(stewardship, lot, need, pence, "options appraisal")
        told = appraised(whole, estimates, a)
        why, best = self.broken.pop(where, ""), best_of(told)
        self.made.append(Appraisal(town.month, lot.buyer, lot.category, told, best, why))
        if stewardship.journal is not None:
            stewardship.journal.note(
                town.month, "appraisal", buyer=int(town.now.party[need.buyer]),
                category=need.category_id, scores={one.regime: one.score for one in told},
                chosen=None if best is None else told[best].regime,
            )  # fmt: skip
        return len(self.made) - 1

    def note_result(self, lot: Lot, month: int, result: Commission) -> None:
        """Note that a way that was chosen found nobody: another is assessed next, not this."""
        number = self.of_lot.get(lot.key)
        if result.arrangement is None and number is not None:
            del self.of_lot[lot.key]
            if self.made[number].chosen is not None:
                self.failed[lot.buyer, lot.category, result.regime.name] = month
                self._forget((lot.buyer, lot.category))
                lot.on_baseline = False

    def _forget(self, where: tuple[int, int]) -> None:
        """Let nothing that was assessed for a buyer and category stand any longer."""
        for kept in [kept for kept in self.kept if kept[1:3] == where]:
            del self.kept[kept]

    def signed(self, lot: Lot, number: int, entry: int) -> None:
        """Note to which arrangement an assessment led, by its number and its entry."""
        appraisal = self.of_lot.pop(lot.key, None)
        if appraisal is not None:
            self.made[appraisal].awards.append(entry)
            self.watched[number] = Watched(appraisal)

    def note_month(self, stewardship: "Stewardship", done: Delivery, own: list[OwnMonth]) -> None:
        """Put the month's work on record, by buyer, category and way of buying."""
        if not self.made:
            return
        places = stewardship.portfolio.places
        size = int(places.arrangement.max(initial=-1)) + 1
        sums = [
            np.bincount(places.arrangement, weights=column, minlength=size).tolist()
            for column in (done.units, done.paid, done.units * done.quality, done.verified)
        ]
        for number in np.unique(places.arrangement).tolist():
            self._note(stewardship, number, Record(1.0, *(column[number] for column in sums)))
        for one in own:
            state, units = one.service.state, one.units
            pence = float(one.staff_pence + one.bought_pence)
            month = Record(1.0, units, pence, units * state.quality, units * state.social)
            self._note(stewardship, one.service.number, month)

    def _note(self, stewardship: "Stewardship", number: int, month: Record) -> None:
        if month.units <= 0.0 or number not in stewardship.portfolio.standing:
            return
        arrangement = stewardship.portfolio.standing[number].arrangement
        need = arrangement.need
        where = need.buyer_index, need.category
        needed = float(stewardship.need_units()[where])
        month = month._replace(months=month.units / max(needed, 1e-9))
        self.evidence.note(where, arrangement.regime, month)
        watched = self.watched.get(number)
        if watched is not None:
            watched.found = watched.found.plus(month)
            made = self.made[watched.appraisal]
            made.found = made.found.plus(month)

    def review(self, stewardship: "Stewardship", town: Town) -> None:
        """Review what assessments chose; break what misses what was expected, after notice."""
        every, month = round(town.a["option.review_months"]), town.month
        for number in list(self.watched):
            if number not in stewardship.portfolio.standing:
                del self.watched[number]
                continue
            watched = self.watched[number]
            if watched.ends is None and every:
                age = month - stewardship.portfolio.standing[number].arrangement.start + 1
                if age > 0 and age % every == 0:
                    self._look(stewardship, town, number, watched)
            if watched.ends is not None and watched.ends <= month:
                self._break(stewardship, town, number, watched)

    def _look(self, stewardship: "Stewardship", town: Town, number: int, watched: Watched) -> None:
        a, made = town.a, self.made[watched.appraisal]
        standing = stewardship.portfolio.standing[number].arrangement
        lot = stewardship.lots_of[number][0]
        pence = round(a["option.review_hours"] * a["tender.buyer_hour_pence"])
        _pay_staff(stewardship, lot, standing.need, pence, "review")
        since, watched.seen = watched.found.less(watched.seen), watched.found
        if made.chosen is None or since.units <= 0.0:
            return
        signals = shortfall(made.estimates[made.chosen], since, a["option.tolerance"])
        notice = round(a["option.notice_months"])
        if signals and standing.end > town.month + notice + 1:
            watched.ends, watched.reason = town.month + notice, signals

    def _break(self, stewardship: "Stewardship", town: Town, number: int, watched: Watched) -> None:
        """End an arrangement at its break clause; its lots are assessed anew."""
        lot = stewardship.lots_of[number][0]
        where = (lot.buyer, lot.category)
        stewardship.portfolio.close([number])
        stewardship.release(number, town.month, f"broken after a review: {watched.reason}")
        self.broken[where] = watched.reason
        self._forget(where)
        del self.watched[number]

    def documents(self, ids: tuple[str, ...], categories: tuple[str, ...]) -> list[dict[str, Any]]:
        """Write all assessments down for the Books, with what came of the option chosen."""
        return [_document(one, ids[one.buyer], categories[one.category]) for one in self.made]


def _names(regime: str) -> Int64:
    """Return the two identities under which the error about a way of buying is drawn."""
    return np.array([key("option", regime, at) for at in ("cost", "quality")], dtype=np.int64)


def _usual(stewardship: "Stewardship", where: tuple[int, int], evidence: Evidence) -> Usual:
    """Return what a buyer's category comes to as it is served now, or was until today."""
    places = stewardship.portfolio.places
    at = np.flatnonzero((places.buyer_index == where[0]) & (places.category == where[1]))
    standing = stewardship.portfolio.standing
    ways = frozenset(
        standing[lot.arrangement].arrangement.regime
        for lot in stewardship.lots
        if (lot.buyer, lot.category) == where and lot.arrangement in standing
    )
    found = NOTHING
    for record in evidence.records.get(where, {}).values():
        found = found.plus(record)
    weights = places.units_month[at] * places.share[at]
    units = float(np.cumsum(weights)[-1]) if at.size else 0.0
    if units <= 0.0:
        quality = found.quality if found.units else 1.0
        return Usual(found.unit_cost or 1.0, quality, found.social, ways)
    price = float(np.cumsum(weights * places.unit_price[at])[-1]) / units
    quality = float(np.cumsum(weights * places.quality[at])[-1]) / units
    return Usual(price, quality, found.social, ways)


def _pay_staff(stewardship: "Stewardship", lot: Lot, need: Need, pence: int, reason: str) -> None:
    """Have time of the buyer's staff paid by the category's budget."""
    work = Instruction(need.buyer, OWN_STAFF, pence, Kind.PROCESS_COST, reason)
    stewardship.take_on(work, (lot.buyer, lot.category))


def _document(one: Appraisal, buyer: str, category: str) -> dict[str, Any]:
    found = one.found
    return {
        "month": one.month,
        "buyer": buyer,
        "category": category,
        "awards": one.awards,
        "why": one.why,
        "chosen": one.chosen,
        "options": [
            {
                name: round(value, 6) if isinstance(value, float) else value
                for name, value in estimate._asdict().items()
            }
            for estimate in one.estimates
        ],
        "found": {
            "months": round(found.months, 6),
            "unit_cost": round(found.unit_cost, 6),
            "quality": round(found.quality, 6),
            "social": round(found.social, 6),
        }
        if found.units > 0.0
        else None,
    }
