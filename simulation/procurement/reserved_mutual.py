"""Reserved for mutuals or supported employment: only organisations of a kind may bid.

After the Procurement Act 2023: s. 33 keeps services to people for mutuals that their employees
control, for five years at most and not twice in three years; s. 32 keeps any contract for those
with 30 % disabled or disadvantaged staff. Before, regs 77 and 20 of the 2015 Regulations.
"""

from collections.abc import Iterator, Mapping
from typing import ClassVar, Final

import numpy as np

from scenarios.assumptions import Assumptions, Entry
from scenarios.errors import Problem
from scenarios.tables import categories
from scenarios.vocabulary import OwnerKind
from simulation import streams
from simulation.procurement.docket import Docket
from simulation.procurement.interface import (
    Award,
    Bool,
    Float64,
    Intent,
    Market,
    Need,
    Outcome,
    Route,
    Terms,
)
from simulation.procurement.reservation import Reserved
from simulation.procurement.reserved_entries import (
    MUTUAL_ENTRIES,
    MUTUAL_ROUTES,
    SUPPORTED_ROUTES,
)
from simulation.procurement.routes import longest_term
from simulation.streams import Purpose

SUPPORTED, MUTUALS = 32, 33
WAITING_YEARS: Final = 3
MONTHS: Final = 12

PCR_77: Final = (
    "Public Contracts Regulations 2015, reg. 77",
    3,
    "Public Contracts Regulations 2015, reg. 77(3)(d)",
)
PA_33: Final = ("Procurement Act 2023, s. 33", 5, "Procurement Act 2023, s. 33(5)")
"""The law of mutuals, its most years, and where its three-year rule stands."""

NO_SEED: Final = 0
"""What an organisation is, is no luck: it is the same in every future."""


class ReservedMutual(Reserved):
    """A competition kept for public service mutuals or for supported employment providers."""

    name: ClassVar[str] = "reserved_mutual"
    title: ClassVar[str] = "Reserved for mutuals"
    summary: ClassVar[str] = (
        "Services to people are kept for co-operatives and voluntary bodies that their employees "
        "control; by the other power, any contract for providers of supported employment. Among "
        "those it is a competition, and a mutual may not win again for three years."
    )
    family: ClassVar[str] = "reserved_mutual"
    categories: ClassVar[tuple[str, ...]] = ()
    lawful: ClassVar[tuple[Route, ...]] = (*MUTUAL_ROUTES, *SUPPORTED_ROUTES)
    parameters: ClassVar[tuple[Entry, ...]] = MUTUAL_ENTRIES

    @property
    def for_mutuals(self) -> bool:
        """Whether it is s. 33 that is used."""
        return self["power"] != SUPPORTED

    @property
    def reserves(self) -> bool:
        """Whether anything is reserved at all."""
        return self["reserved"] > 0.0

    @property
    def routes(self) -> tuple[Route, ...]:
        """Those of the power chosen."""
        return MUTUAL_ROUTES if self.for_mutuals else SUPPORTED_ROUTES

    @property
    def waiting_months(self) -> int:
        """The three-year rule of s. 33; s. 32 has none."""
        rules = self.reserves and self.for_mutuals
        return round(self["waiting_years"] * MONTHS) if rules else 0

    @classmethod
    def eligible(cls, parameters: Mapping[str, float]) -> tuple[str, ...]:
        """Mutuals: services to people alone; supported employment: any category."""
        if parameters.get("power", MUTUALS) == SUPPORTED:
            return cls.categories
        return tuple(one.id for one in categories() if one.threshold_class == "light_touch")

    @property
    def reserved_for(self) -> str:
        """The kind of organisation."""
        if not self.reserves:
            return ""
        return "public service mutuals" if self.for_mutuals else "supported employment providers"

    def qualifies(self, docket: Docket) -> Bool:
        """Ask what an organisation is, and under s. 33 whether it has waited long enough."""
        market = docket.market
        if not self.reserves:
            return np.ones(market.size, dtype=np.bool_)
        if self.for_mutuals:
            return self._is_mutual(market) & ~self._waits(docket)
        return self._is_supported(market)

    def _is_mutual(self, market: Market) -> Bool:
        """Co-ops of workers, and voluntary bodies that their employees control."""
        draw = streams.uniform(NO_SEED, Purpose.FIRM_EMPLOYEE_LED, market.uid)
        led = (market.owner_kind == OwnerKind.VCSE) & (draw < self["employee_led"])
        mutual: Bool = (market.owner_kind == OwnerKind.COOP) | led
        return mutual

    def _is_supported(self, market: Market) -> Bool:
        """Voluntary bodies and co-ops of which a share employs enough disabled people."""
        draw = streams.uniform(NO_SEED, Purpose.FIRM_SUPPORTED, market.uid)
        social = (market.owner_kind == OwnerKind.VCSE) | (market.owner_kind == OwnerKind.COOP)
        supported: Bool = social & (draw < self["supported"])
        return supported

    def _waits(self, docket: Docket) -> Bool:
        """Say who won a comparable contract too short a time ago: bool[n]."""
        waits = np.zeros(docket.market.size, dtype=np.bool_)
        for index, need in enumerate(docket.needs):
            since = need.month - self.waiting_months
            recent = [uid for uid, month in need.earlier if month > since]
            if recent:
                at = slice(int(docket.begins[index]), int(docket.begins[index + 1]))
                waits[at] = np.isin(docket.market.uid[at], recent)
        return waits

    def terms_asked(self, docket: Docket, a: Assumptions) -> Float64:
        """Return the usual term, no longer than what may be reserved."""
        opened = self.opened(docket).tolist()
        months = [
            need.months if more else self._longest(need)
            for need, more in zip(docket.needs, opened, strict=True)
        ]
        return np.array(months, dtype=np.float64)

    def terms(self, need: Need, award: Award, a: Assumptions) -> Terms:
        """Sign for no longer than may be reserved."""
        usual = super().terms(need, award, a)
        return usual if award.opened else usual._replace(months=self._longest(need))

    def _longest(self, need: Need) -> int:
        """Return the usual term, cut to that of the lever and of the law of the date."""
        if not self.reserves:
            return need.months
        term = longest_term(self.routes, need)
        years = self["term_years"] if self.for_mutuals else 0.0
        return min(term, round(years * MONTHS) or term)

    def procure_all(self, docket: Docket, a: Assumptions) -> list[Outcome]:
        """Let one contract after another of each buyer and category, where winners must wait."""
        groups = [(need.buyer, need.category) for need in docket.needs]
        if not self.waiting_months or len(set(groups)) == len(groups) or docket.apart:
            return super().procure_all(docket, a)
        won: dict[tuple[int, int], tuple[tuple[int, int], ...]] = {}
        outcomes: dict[int, Outcome] = {}
        left = list(range(len(groups)))
        while left:
            now = sorted({groups[i]: i for i in reversed(left)}.values())
            needs = [
                docket.needs[i]._replace(earlier=docket.needs[i].earlier + won.get(groups[i], ()))
                for i in now
            ]
            part = docket.only(np.array(now), needs)
            for i, one in zip(now, super().procure_all(part, a), strict=True):
                outcomes[i] = one
                if one.award.made and not one.award.opened:
                    uids = one.bids.uid[one.award.rows].tolist()
                    fresh = tuple((uid, docket.needs[i].month) for uid in uids)
                    won[groups[i]] = won.get(groups[i], ()) + fresh
            left = [i for i in left if i not in outcomes]
        return [outcomes[i] for i in range(len(groups))]

    @classmethod
    def problems(cls, intent: Intent) -> Iterator[Problem]:
        """Find a power that is none of the two, and what the law of mutuals does not allow."""
        yield from super().problems(intent)
        power = intent.parameters.get("power", MUTUALS)
        if power not in (SUPPORTED, MUTUALS):
            yield Problem(
                ("parameters", "power"),
                f"{power:g}",
                "32 or 33",
                "Sections of the Procurement Act 2023: supported employment, or mutuals.",
            )
        if power == MUTUALS:
            yield from cls._under_33(intent)

    @classmethod
    def _under_33(cls, intent: Intent) -> Iterator[Problem]:
        """Find services, terms and waits that the law of mutuals does not know at the date."""
        before = intent.date is not None and MUTUAL_ROUTES[0].open_in(*intent.date)
        law, most, rule = PCR_77 if before else PA_33
        later = f"; from 2025-03 {PA_33[0]}, allows {PA_33[1]}" if before else ""
        if intent.named and not intent.named.intersection(cls.eligible(intent.parameters)):
            yield Problem(
                ("categories",),
                f"{', '.join(sorted(intent.named))} reserved for mutuals",
                "services to people",
                f"{law}, covers light-touch services named in regulations and nothing else. "
                "Reserve it for supported employment (power = 32), or buy it in another way.",
            )
        years = intent.parameters.get("term_years", 0.0)
        if years > most:
            yield Problem(
                ("parameters", "term_years"),
                f"a term of {years:g} years for a contract reserved for mutuals",
                f"{most} years at most",
                f"{law}, allows no more{later}. Shorten it, or reserve it for supported employment "
                "(power = 32), which has no limit.",
            )
        waits = intent.parameters.get("waiting_years", WAITING_YEARS)
        if waits < WAITING_YEARS and not intent.counterfactual and cls(intent.parameters).reserves:
            yield Problem(
                ("parameters", "waiting_years"),
                f"{waits:g} years until the winner of a comparable contract may win again",
                f"{WAITING_YEARS} years",
                f"{rule}: who had a comparable contract of the same body within three years does "
                "not qualify. Leave it out, or write counterfactual = true at the top of the file.",
            )
