"""Ways of buying as an officer reads them: what each does, whether the law here knows it, settings.

Titles, routes and settings are the registry's; the law is that of the place and its first month.
"""

import tomllib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from experiments.web.place_here import PlaceHere
from scenarios.assumptions import Entry
from scenarios.tables import Category, categories, country, thresholds
from simulation.economy.tax_law import law_of
from simulation.procurement.interface import Regime
from simulation.procurement.law import Legality, legality
from simulation.procurement.registry import get, names

OPEN, SMALL_ONLY, CONTESTED, OUTSIDE, NEVER = "open", "small", "contested", "outside", "never"
"""How the law stands to a way: free to use; for small contracts only; open to challenge; not in
law at the date, so a what-if; not to be had for this spending at all."""

STANDING = {
    OPEN: "The law lets you buy in this way.",
    SMALL_ONLY: "The law lets you buy in this way for small contracts only.",
    CONTESTED: "You may buy in this way, but a firm could take you to court over it.",
    OUTSIDE: "This is outside the law here at this date. You can only try it as a what-if.",
    NEVER: "This cannot be had for this spending.",
}
FOR_SOME = {
    SMALL_ONLY: "The law lets you buy in this way, but some of it in small contracts only.",
    CONTESTED: "You may buy in this way, but for some of it a firm could take you to court.",
    OUTSIDE: "Some of this is outside the law here at this date. You can only try it as a what-if.",
}
"""What is said where the law stands so to some of the spending only."""

WORST = (OPEN, SMALL_ONLY, CONTESTED, OUTSIDE, NEVER)


@dataclass(frozen=True, slots=True)
class Footing:
    """How the law stands to a way for some spending.

    Attributes
    ----------
    standing : str
        One of `STANDING`.
    powers : tuple of str
        Acts and rules that it rests on, or what is missing.
    bars : tuple of Category
        Spending for which it is not to be had.
    limit : str
        The value from which big contracts begin, where only small ones may be bought so.
    whole : bool
        Whether the law stands so to all of the spending.
    """

    standing: str
    powers: tuple[str, ...] = ()
    bars: tuple[Category, ...] = ()
    limit: str = ""
    whole: bool = True

    @property
    def sentence(self) -> str:
        """What to say of it."""
        said = (STANDING if self.whole else {**STANDING, **FOR_SOME})[self.standing]
        return f"{said} Small means below {self.limit}." if self.limit else said


@dataclass(frozen=True, slots=True)
class Way:
    """A way of buying as it is offered for some spending."""

    name: str
    title: str
    does: str
    footing: Footing


@cache
def _sentences() -> dict[str, dict[str, str]]:
    text = files("experiments.web").joinpath("ways.toml").read_text("utf-8")
    return tomllib.loads(text)


def does(name: str) -> str:
    """Say in two sentences what a way does; one from outside says it in its own words."""
    said = _sentences().get(name)
    return said["does"] if said else get(name).summary


def ways_for(here: PlaceHere, some: Iterable[str]) -> list[Way]:
    """List every way of buying with its footing for some spending, those free to use first."""
    about = tuple(dict.fromkeys(some))
    found = [Way(name, get(name).title, does(name), footing(here, name, about)) for name in names()]
    return sorted(found, key=lambda way: WORST.index(way.footing.standing) >= WORST.index(OUTSIDE))


def footing(here: PlaceHere, name: str, some: Sequence[str]) -> Footing:
    """Say how the law of the place and its first month stands to a way for some spending.

    Of several categories the least free one is told; those that can never be bought so are named.
    """
    each = {category: _judged(here, get(name), category) for category in _known(some)}
    bars = tuple(category for category, one in each.items() if one.standing == NEVER)
    rest = [one for one in each.values() if one.standing != NEVER]
    if not rest:
        return Footing(NEVER, bars=bars)
    worst = max(rest, key=lambda one: WORST.index(one.standing))
    powers = tuple(dict.fromkeys(power for one in rest for power in one.powers))
    whole = len({one.standing for one in rest}) == 1
    return Footing(worst.standing, powers, bars, worst.limit, whole)


def _known(some: Sequence[str]) -> list[Category]:
    return [one for one in categories() if one.id in some]


def _judged(here: PlaceHere, way: type[Regime], category: Category) -> Footing:
    """Judge one category, for whoever buys it, below the threshold of its class and above."""
    if not _offers(way, category.id):
        return Footing(NEVER)
    nation, (year, month) = here.scenario.nation, here.start
    buyers = {
        buyer.kind for buyer in here.scenario.buyers if buyer.budget.get(category.id, 0.0) > 0.0
    }
    small, big = (
        [
            legality(way, category.id, category.threshold_class, above, year, month, nation, kind)
            for kind in sorted(buyers)
        ]
        for above in (False, True)
    )
    usable = [one for one in (*small, *big) if one.lawful]
    if not usable:
        beyond = all(one.beyond for one in (*small, *big))
        return Footing(NEVER if beyond else OUTSIDE, tuple({one.reason: 0 for one in small}))
    powers = tuple(dict.fromkeys(_power(one) for one in usable))
    if not any(one.lawful for one in big):
        return Footing(SMALL_ONLY, powers, limit=_limit(here, category))
    return Footing(CONTESTED if any(one.contested for one in usable) else OPEN, powers)


def _offers(way: type[Regime], category: str) -> bool:
    """Say whether a way may buy a category as it is set by default."""
    offered = way.eligible({entry.name.partition(".")[2]: entry.value for entry in way.parameters})
    return not offered or category in offered


def _power(one: Legality) -> str:
    return one.power if one.reason == "a route in force" else f"{one.power}. {one.reason}"


def _limit(here: PlaceHere, category: Category) -> str:
    """Write the threshold of a category, without VAT, in the money of the place."""
    nation = here.scenario.nation
    vat = round(law_of(here.scenario.start.serial, nation)["vat_standard_rate"] * 100.0)
    limit = thresholds(*here.start, nation).of(category.threshold_class, vat)
    return f"{country(nation).symbol}{limit // 100:,}"


def settings_of(name: str) -> dict[str, Entry]:
    """Give the settings of a way, by short name, in the order in which it declares them."""
    return {entry.name.partition(".")[2]: entry for entry in get(name).parameters}
