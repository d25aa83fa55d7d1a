"""The assumptions register: every number that is not data, with its range and its source."""

from scenarios.assumptions.draws import draw, quantile
from scenarios.assumptions.entry import Entry, with_range
from scenarios.assumptions.loader import RegisterError, register
from scenarios.assumptions.values import Assumptions, UnknownAssumptionError

__all__ = [
    "Assumptions",
    "Entry",
    "RegisterError",
    "UnknownAssumptionError",
    "draw",
    "quantile",
    "register",
    "with_range",
]
