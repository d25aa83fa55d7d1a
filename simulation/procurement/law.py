"""Which ways of buying the law of a date allows, and by what power.

Public Contracts Regulations 2006 (to February 2015) and 2015 (to February 2025), Procurement Act
2023 (from 24 February 2025; here from March, since the calendar is monthly), beside it SI 2026/94,
which lets councils reserve contracts below the threshold (from February 2026). Thresholds are data,
in `scenarios.tables`, and so are the routes of other nations (routes.csv), beside those that a way
of buying declares for them. This is a model's reading of the law, not advice.
"""

from dataclasses import dataclass, field
from functools import cache, lru_cache
from typing import Final, NamedTuple

from scenarios.assumptions import Assumptions
from scenarios.tables import HOME, country, tabled_routes
from scenarios.vocabulary import Kind
from simulation.procurement.errors import UnlawfulRouteError
from simulation.procurement.interface import OWN_STAFF, Instruction, Need, Regime, Route

REGULATIONS: Final = (
    ((2006, 1), "Public Contracts Regulations 2006"),
    ((2015, 3), "Public Contracts Regulations 2015"),
    ((2025, 3), "Procurement Act 2023"),
    ((2026, 2), "Procurement Act 2023, and SI 2026/94 below the threshold"),
)


class Legality(NamedTuple):
    """Whether a way of buying may be used for a need, and the text that says so.

    `beyond` marks a refusal that lies in what is bought and not in the date: its class, or the side
    of the threshold.
    """

    lawful: bool
    contested: bool
    power: str
    reason: str
    beyond: bool = False


def law_in_force(year: int, month: int) -> str:
    """Name the procurement law in force in a month ("" before 2006)."""
    name = ""
    for since, text in REGULATIONS:
        if (year, month) >= since:
            name = text
    return name


@cache
def _tabled(name: str, nation: str) -> tuple[Route, ...]:
    """Routes that a nation's table gives to a way of buying, first those to it by name."""
    found = [one for one in tabled_routes(nation) if one.regime in (name, "*")]
    return tuple(
        Route(
            power=one.power, since=one.since, until=one.until, contested=one.contested,
            classes=one.classes, below_threshold_only=one.below_threshold_only, note=one.note,
            nation=nation, buyers=one.buyers,
        )
        for one in found
    )  # fmt: skip


def routes_in(regime: Regime | type[Regime], nation: str) -> tuple[Route, ...]:
    """Return the routes of a way of buying in a nation: its own, and those of the nation's table.

    An instance has those of its parameters in force, a class all that it declares.
    """
    declared = regime.lawful if isinstance(regime, type) else regime.routes
    own = tuple(route for route in declared if route.nation == nation)
    return own + _tabled(regime.name, nation)


def _covers(route: Route, threshold_class: str, above_threshold: bool) -> bool:
    if route.classes and threshold_class not in route.classes:
        return False
    return not (route.below_threshold_only and above_threshold)


def legality(
    regime: Regime | type[Regime],
    category_id: str,
    threshold_class: str,
    above_threshold: bool,
    year: int,
    month: int,
    nation: str = HOME,
    buyer_kind: str = "",
) -> Legality:
    """Say whether a way of buying is lawful for a category and value at a date.

    Parameters
    ----------
    regime : Regime or its class
    category_id : str
        Spending category.
    threshold_class : str
        "goods_services", "works" or "light_touch".
    above_threshold : bool
        Whether the value with VAT reaches the threshold of that class and date.
    year, month : int
    nation : str
        Whose law binds, as in scenarios/tables/countries.csv.
    buyer_kind : str
        What sort of buyer it is, as in the scenario; some routes are for some sorts only. Where it
        is not said, a route for any sort will do.

    Returns
    -------
    Legality
        The first uncontested route in force, else the first contested one, else a refusal with
        its reason.
    """
    if regime.categories and category_id not in regime.categories:
        reason = f"{regime.title} is not offered for {category_id}"
        return Legality(False, False, "", reason)
    routes = routes_in(regime, nation)
    return by_routes(routes, threshold_class, above_threshold, (year, month), nation, buyer_kind)


@lru_cache(maxsize=4096)
def by_routes(
    routes: tuple[Route, ...],
    threshold_class: str,
    above_threshold: bool,
    date: tuple[int, int],
    nation: str = HOME,
    buyer_kind: str = "",
) -> Legality:
    """Say whether one of some routes is open to a class, side of the threshold and buyer at a date.

    What no route of the date covers, or no route at all where none is open yet, lies `beyond`.
    """
    year, month = date
    own = [route for route in routes if route.is_for(buyer_kind)]
    dated = [route for route in own if route.open_in(year, month)]
    open_routes = [route for route in dated if _covers(route, threshold_class, above_threshold)]
    binding = country(nation).buying
    if routes and not any(
        _covers(route, threshold_class, above_threshold) for route in dated or own
    ):
        side = "above" if above_threshold else "below"
        reason = f"no route for {threshold_class} {side} the threshold"
        reason += f" in {country(nation).called} ({binding})" if binding else ""
        return Legality(False, False, "", reason, beyond=True)
    if not dated:
        first = min(own, key=lambda route: route.since, default=None)
        since = f"its first route opens in {_opening(first)}" if first else binding or "it has none"
        reason = f"no legal route in {year}-{month:02d}: {since}"
        return Legality(False, False, "", reason)
    route = min(open_routes, key=lambda candidate: candidate.contested)
    reason = route.note or "a route in force"
    return Legality(True, route.contested, route.power, reason)


def _opening(route: Route) -> str:
    """Write when a route opens, by what power, and what is to be known of it."""
    note = f" ({route.note})" if route.note else ""
    return f"{route.since[0]}-{route.since[1]:02d} by {route.power}{note}"


def legality_of(regime: Regime, need: Need) -> Legality:
    """Say whether a way of buying is lawful for a need, at its date; see `legality`."""
    return legality(
        regime,
        need.category_id,
        need.threshold_class,
        need.above_threshold,
        need.year,
        need.month_of_year,
        need.nation,
        need.buyer_kind,
    )


def power_for(regime: Regime, need: Need) -> Legality:
    """Return the legal basis of a decision, refusing what the law of the date does not allow.

    Raises
    ------
    UnlawfulRouteError
        Where there is no route and the scenario is not counterfactual, or no date would change it.
    """
    verdict = legality_of(regime, need)
    if verdict.lawful:
        return verdict
    if verdict.beyond or not need.counterfactual:
        raise UnlawfulRouteError(regime.name, need.category_id, verdict.reason)
    return Legality(False, True, "counterfactual", verdict.reason)


@dataclass(slots=True)
class Precedents:
    """What all councils have seen of contested routes: awards, and challenges to them."""

    awards: int = 0
    challenges: int = 0


@dataclass(slots=True)
class LegalRisk:
    """What a council believes about the danger of a contested route.

    Belief = (prior risk x prior weight + challenges) / (prior weight + awards seen): advice gives
    the prior, precedent moves it (a Beta mean), one's own in full and other councils' in part. The
    belief may be far from the actual danger, which is a register entry of its own; an opinion of
    counsel brings the prior nearer to it.

    Attributes
    ----------
    awards, challenges : int
        Of the council's own contested awards.
    shared : Precedents
        Those of all councils, its own among them.
    narrowed : float
        Part of the gap between advised and actual risk that an opinion has closed.
    opinion : int or None
        Month of the last opinion.
    bills : list of (Instruction, int)
        What opinions cost, and the category that they were about; not paid yet.
    """

    awards: int = 0
    challenges: int = 0
    shared: Precedents = field(default_factory=Precedents)
    narrowed: float = 0.0
    opinion: int | None = None
    bills: list[tuple[Instruction, int]] = field(default_factory=list)

    def perceived(self, a: Assumptions) -> float:
        """Return the believed chance of a challenge to a contested award."""
        weight, part = a["law.advice_weight"], a["law.precedent_shared"]
        prior = a["law.advised_risk"]
        prior += self.narrowed * (a["law.contested_risk"] - prior)
        seen = self.awards + part * (self.shared.awards - self.awards)
        lost = self.challenges + part * (self.shared.challenges - self.challenges)
        return (prior * weight + lost) / (weight + seen)

    def dares(self, need: Need, a: Assumptions) -> bool:
        """Say whether a council runs the risk of a contested route for a need.

        Where it would not, it first asks counsel, unless it has an opinion that is still good.
        """
        if need.counterfactual or self.perceived(a) <= need.appetite:
            return True
        fresh = self.opinion is not None and need.month - self.opinion < a["law.opinion_months"]
        if fresh or a["law.opinion_narrows"] == 0.0:
            return False
        self.opinion, self.narrowed = need.month, a["law.opinion_narrows"]
        pence = round(a["law.opinion_pence"])
        if pence:
            bill = Instruction(need.buyer, OWN_STAFF, pence, Kind.PROCESS_COST, "counsel's opinion")
            self.bills.append((bill, need.category))
        return self.perceived(a) <= need.appetite

    def learn(self, challenged: bool) -> None:
        """Take note of one contested award and whether it was challenged; others hear of it."""
        self.awards += 1
        self.challenges += int(challenged)
        self.shared.awards += 1
        self.shared.challenges += int(challenged)
