"""Every pattern by its name, in the order in which they are listed."""

from experiments.patterns import (
    bids,
    claims,
    concentration,
    coops,
    framework,
    hazard,
    losers,
    preference,
    preston,
    ramp,
    respend,
    set_asides,
    sizes,
    spread,
    turnover,
)
from experiments.patterns.pattern import Pattern
from scenarios.errors import InputError
from scenarios.nearest import did_you_mean

FILES = (
    sizes, hazard, bids, losers, concentration, spread, preference, set_asides, claims, coops, ramp,
    framework, turnover, respend, preston,
)  # fmt: skip
PATTERNS: dict[str, Pattern] = {one.PATTERN.name: one.PATTERN for one in FILES}


class UnknownPatternError(InputError):
    """Raised when a pattern is asked for that is not there. The message names those that are."""

    def __init__(self, name: str) -> None:
        hint = did_you_mean(name, list(PATTERNS))
        known = ", ".join(PATTERNS)
        super().__init__(f"no pattern is called {name!r}; wanted one of {known}. {hint}".rstrip())


def pattern_of(name: str) -> Pattern:
    """Find a pattern.

    Raises
    ------
    UnknownPatternError
    """
    if name not in PATTERNS:
        raise UnknownPatternError(name)
    return PATTERNS[name]
