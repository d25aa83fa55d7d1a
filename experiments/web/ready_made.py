"""Policies to start from, made of the registry: one for each way of buying, and a mix.

A ready-made policy uses its way for all spending that it can buy within the law, and buys the rest
as now. Where the law of the date knows it for nothing, it is a what-if.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from experiments.runner.label import title_of
from experiments.web.chosen import Choice, Made
from experiments.web.place_here import PlaceHere
from experiments.web.ways import (
    CONTESTED,
    OPEN,
    OUTSIDE,
    SMALL_ONLY,
    STANDING,
    Footing,
    does,
    footing,
)
from simulation.procurement.registry import get, names

AS_NOW = "as-now"
MIX = "mix"
MIXED = ("ethical_framework", "cooperative_membership", "social_value")
"""Ways of the mix, the first that may be used for a kind of spending."""


@dataclass(frozen=True, slots=True)
class ReadyMade:
    """A policy to start from: what it is called, what it does, its footing, and its choices."""

    name: str
    title: str
    does: str
    footing: str
    powers: tuple[str, ...]
    what_if: bool
    choices: dict[str, Choice]


def ready_made(here: PlaceHere) -> list[ReadyMade]:
    """List the policies that one may start from in a place, as now first."""
    return list(_all(here))


def _all(here: PlaceHere) -> Iterator[ReadyMade]:
    now = here.as_now()
    title = get(here.rest.way).title
    yield ReadyMade(
        AS_NOW, "As now",
        f"All spending is bought as it is today: mostly by “{title.lower()}”. "
        "Take a copy of it where you want to change one thing only.",
        STANDING[OPEN], (), False, now,
    )  # fmt: skip
    for name, choices in here.own_policies().items():
        ways = {one.way for one in choices.values() if one != here.rest}
        told = " ".join(does(way) for way in sorted(ways)[:1])
        yield _made(here, name, title_of(name, here.scenario.policies[name]), told, choices)
    for name in names():
        choices = _choices(here, (name,), now)
        if choices != now:
            yield _made(here, name, get(name).title, does(name), choices)
    mixed = _choices(here, MIXED, now)
    if len({one.way for one in mixed.values()}) > 1:
        told = (
            "Care and like services use a list of firms with a good record, and shared things such "
            "as networks a co-operative, which its members own. The rest gives marks to the good "
            "that firms say they will do here."
        )
        yield _made(here, MIX, "A mix", told, mixed)


def _choices(here: PlaceHere, ways: tuple[str, ...], now: dict[str, Choice]) -> dict[str, Choice]:
    """Buy each category in the first of some ways that may buy it; as now where none may."""
    found = {}
    for wanted in ((OPEN, SMALL_ONLY, CONTESTED), (OUTSIDE,)):
        for category in here.spent:
            for way in ways:
                if category not in found and footing(here, way, [category]).standing in wanted:
                    found[category] = Choice(way=way)
        if found:
            break
    return {**now, **found}


def _made(
    here: PlaceHere, name: str, title: str, told: str, choices: dict[str, Choice]
) -> ReadyMade:
    """Tell the footing of a policy: the least free of those of its ways."""
    found = footings(here, choices)
    worst = max(
        (one.standing for one in found), default=OPEN, key=lambda one: list(STANDING).index(one)
    )
    powers = tuple(dict.fromkeys(power for one in found for power in one.powers))
    sentence = next((one.sentence for one in found if one.standing == worst), STANDING[worst])
    return ReadyMade(name, title, told, sentence, powers, worst == OUTSIDE, choices)


def footings(here: PlaceHere, choices: dict[str, Choice]) -> list[Footing]:
    """Give the footing of each way that a policy uses for what it buys otherwise than now."""
    about: dict[str, list[str]] = {}
    for category, choice in choices.items():
        if choice != here.rest:
            about.setdefault(choice.way, []).append(category)
    return [footing(here, way, some) for way, some in about.items()]


def start_with(here: PlaceHere) -> Made:
    """Give the baseline that a case begins with."""
    return Made(key=AS_NOW, name="As now", choices=here.as_now())
