"""By what power something may be bought and when, and what a policy may not ask of it.

After the regulations and acts that each way of buying names in its routes.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final, NamedTuple

from scenarios.errors import Problem
from scenarios.tables import HOME, DisposalLaw


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
    `consented` whether the Secretary of State has consented to more.
    """

    parameters: Mapping[str, float]
    from_pounds: float
    limits: Mapping[str, float]
    disposals: DisposalLaw | None = None
    consented: bool = False


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
