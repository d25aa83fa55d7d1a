"""By what power something may be bought and when, and what a policy may not ask of it.

After the regulations and acts that each way of buying names in its routes.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final, NamedTuple

from scenarios.errors import Problem
from scenarios.tables import HOME, DisposalLaw
from simulation.procurement.arrangements import Need

COUNCILS: Final = ("district_council", "county_council", "unitary_council", "parish_council")
"""Kinds of buyer to which the Localism Act 2011, s. 1, and the Local Government Act 1972 apply."""

BEST_VALUE: Final = (*COUNCILS, "combined_authority", "police", "fire")
"""Kinds of buyer bound by the Local Government Act 1988, s. 17, and so let off by SI 2026/94."""

UNBOUND: Final = (
    "nhs_trust",
    "university",
    "college",
    "housing_association",
    "private_hospital",
    "private_university",
)
"""Kinds of buyer that neither of the two knows."""

NO_COUNCILS: Final = ("combined_authority", "police", "fire", *UNBOUND)
GENERAL_COMPETENCE: Final = "Localism Act 2011, s. 1 (general power of competence)"
OWN_POWERS: Final = "The body's own powers (its act, charter or articles)"

SOCIETIES_BEFORE: Final = "Industrial and Provident Societies Act 1965"
SOCIETIES: Final = "Co-operative and Community Benefit Societies Act 2014"
SOCIETIES_SINCE: Final = (2014, 8)
"""The law of societies, and the month in which the second act took the place of the first."""

LOCALITY: Final = (
    "Marks for where staff live and inputs come from are open to challenge under Local Government "
    "Act 1988, s. 17(5)(e), above the threshold at any date."
)


@dataclass(frozen=True, slots=True)
class Route:
    """A legal basis: the power, and the months in which it can be used.

    `classes` and kinds of `buyers` limit it (empty: all); `until` is the first month outside it;
    `longest_months` is the longest term that it allows (0: any); `nation` is whose law it is.
    """

    power: str
    since: tuple[int, int]
    until: tuple[int, int] | None = None
    contested: bool = False
    classes: tuple[str, ...] = ()
    below_threshold_only: bool = False
    note: str = ""
    longest_months: int = 0
    nation: str = HOME
    buyers: tuple[str, ...] = ()

    def open_in(self, year: int, month: int) -> bool:
        """Say whether it can be used in a month."""
        return self.since <= (year, month) and (self.until is None or (year, month) < self.until)

    def is_for(self, buyer_kind: str) -> bool:
        """Say whether a sort of buyer may use it ("" where it is not known: somebody may)."""
        return not self.buyers or not buyer_kind or buyer_kind in self.buyers


def competent(law: str, **limits: Any) -> tuple[Route, Route]:
    """Return a route of councils by general competence, and its twin on others' own powers.

    Parameters
    ----------
    law : str
        What the power is used with, after a comma or a colon.
    **limits
        Those of both, as in `Route`.
    """
    return (
        Route(power=f"{GENERAL_COMPETENCE}{law}", buyers=COUNCILS, **limits),
        Route(power=f"{OWN_POWERS}{law}", buyers=NO_COUNCILS, **limits),
    )


def marked_for_place(routes: Sequence[Route], values: Mapping[str, float]) -> tuple[Route, ...]:
    """Return routes as contested for those whom s. 17 binds, where a record counts its place.

    Parameters
    ----------
    routes : sequence of Route
    values : mapping of str to float
        Parameters of a way of buying: it has a gate on the record or ranks by it (`gate`,
        `record_weight`), in which where staff live and inputs come from has a weight
        (`priority_place`).
    """
    if values["priority_place"] <= 0.0 or max(values["gate"], values["record_weight"]) <= 0.0:
        return tuple(routes)
    marked: list[Route] = []
    for route in routes:
        bound = tuple(kind for kind in route.buyers or BEST_VALUE if kind in BEST_VALUE)
        free = tuple(kind for kind in route.buyers or UNBOUND if kind in UNBOUND)
        if route.contested:
            marked.append(route)
            continue
        if bound:
            marked.append(replace(route, buyers=bound, contested=True, note=LOCALITY))
        if free:
            marked.append(replace(route, buyers=free))
    return tuple(marked)


def longest_term(routes: Sequence[Route], need: Need) -> int:
    """Return the usual term, cut to the longest that the routes open for a need allow [months]."""
    date = (need.year, need.month_of_year)
    limits = [
        route.longest_months or need.months
        for route in routes
        if route.nation == need.nation
        and route.open_in(*date)
        and need.threshold_class in (route.classes or (need.threshold_class,))
    ]
    return min(need.months, max(limits, default=need.months))


PART_B_SERVICES: Final = Route(
    power="Public Contracts Regulations 2006, Part B services (reg. 5): largely unregulated",
    since=(2006, 1),
    until=(2015, 3),
    classes=("light_touch",),
)
LIGHT_TOUCH_REGIME: Final = Route(
    power="Public Contracts Regulations 2015, regs 74-77: light-touch regime",
    since=(2015, 3),
    until=(2025, 3),
    classes=("light_touch",),
)
"""How care, education and like services were bought before the Procurement Act 2023."""


class Intent(NamedTuple):
    """What a policy or rule means to buy in one way, before anything runs.

    `limits` are the highest thresholds of its categories from its first month on, by category
    [pounds without VAT]; `from_pounds` is the least value of a contract that it is for;
    `disposals` what binds the passing on of land and assets then, where a date is known, and
    `consented` whether the Secretary of State has consented to more. `named` are the categories
    that it names, whether it may buy them or not; `date` its first month, where one is known, and
    `counterfactual` whether the scenario says that it leaves the law of its date.
    """

    parameters: Mapping[str, float]
    from_pounds: float
    limits: Mapping[str, float]
    disposals: DisposalLaw | None = None
    consented: bool = False
    named: frozenset[str] = frozenset()
    date: tuple[int, int] | None = None
    counterfactual: bool = False


def above_every_threshold(routes: Sequence[Route], intent: Intent) -> Iterator[Problem]:
    """Find a least value that no contract below a threshold reaches, where routes end there."""
    most = max(intent.limits.values(), default=float("inf"))
    below_only = bool(routes) and all(route.below_threshold_only for route in routes)
    if below_only and intent.from_pounds >= most:
        yield Problem(
            ("from_value",),
            f"contracts of {intent.from_pounds:,.0f} pounds and more",
            f"a value below the highest threshold of the categories ({most:,.0f} pounds, no VAT)",
            f"{routes[0].power}: it holds below the threshold only. Lower from_value, or name "
            "another way of buying.",
        )
