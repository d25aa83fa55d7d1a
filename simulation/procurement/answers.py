"""What each hook of a way of buying is to answer, for code that somebody else has written.

One entry a hook: it takes what the hook was given and what it answered, and returns the answer in
the form in which it is used, or says what was found and what is wanted.
"""

import math
import numbers
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from scenarios.errors import Problem
from scenarios.tables import categories
from simulation.procurement.council_assets import Assets
from simulation.procurement.docket import Screen
from simulation.procurement.founding import Charter
from simulation.procurement.interface import Arrangement, CallOff, Form, Paperwork, Terms
from simulation.procurement.routes import Route
from simulation.procurement.scoring import Weights

Given = Mapping[str, Any]
Check = Callable[[Given, Any], Any]

ROUNDING = 1e-6
"""Shares that are divided and added up again may be off by so much."""


class UnfitError(Exception):
    """Raised for an answer that cannot be used: what was found, and what is wanted."""

    def __init__(self, found: str, wanted: str) -> None:
        super().__init__(f"found {found}; wanted {wanted}")
        self.found = found
        self.wanted = wanted


def told(value: Any) -> str:
    """Describe an answer in a few words."""
    if value is None:
        return "nothing (None)"
    if isinstance(value, np.ndarray):
        return f"{value.dtype}[{', '.join(map(str, value.shape))}]"
    if isinstance(value, bool | numbers.Number | str):
        return repr(value) if len(repr(value)) <= 40 else f"{repr(value)[:36]} ..."
    if isinstance(value, list | tuple) and type(value) in (list, tuple):
        return f"a {type(value).__name__} of {len(value)}"
    if callable(value) and not isinstance(value, type):
        return "a method (is @property missing above it?)"
    return f"an object of type {type(value).__name__}"


def anything(given: Given, value: Any) -> Any:
    """Take whatever it is."""
    return value


def number(value: Any, wanted: str, low: float = -math.inf, high: float = math.inf) -> float:
    """Take a number within bounds; nan is none."""
    real = isinstance(value, numbers.Real | np.bool_) and not isinstance(value, bool | np.bool_)
    if not real or not low - ROUNDING <= float(value) <= high + ROUNDING:
        raise UnfitError(told(value), wanted)
    return float(value)


def whole(value: Any, wanted: str, low: int = 0) -> int:
    """Take a whole number of a least size."""
    found = number(value, wanted, low, 2.0**62)
    if found != int(found):
        raise UnfitError(told(value), wanted)
    return int(value)


def flag(value: Any, wanted: str) -> bool:
    """Take true or false."""
    if not isinstance(value, bool | np.bool_):
        raise UnfitError(told(value), wanted)
    return bool(value)


def text(value: Any, wanted: str) -> str:
    """Take text."""
    if not isinstance(value, str):
        raise UnfitError(told(value), wanted)
    return value


def kind(value: Any, of: type | tuple[type, ...], wanted: str) -> Any:
    """Take an object of a type."""
    if not isinstance(value, of):
        raise UnfitError(told(value), wanted)
    return value


def column(
    value: Any, size: int, what: str, low: float = -math.inf, high: float = math.inf
) -> NDArray[Any]:
    """Take a column of numbers within bounds, of one number a row; it is copied."""
    bounds = f", each from {low:g} to {high:g}" if high < math.inf else f", none below {low:g}"
    wanted = f"float64[{size}], {what}{bounds if low > -math.inf else ''}"
    if not isinstance(value, np.ndarray | list | tuple):
        raise UnfitError(told(value), wanted)
    try:
        found = np.asarray(value)
    except ValueError:
        raise UnfitError(f"{told(value)}, of unequal length", wanted) from None
    if found.shape != (size,) or found.dtype.kind not in "iuf":
        raise UnfitError(told(found), wanted)
    column = found.astype(np.float64)
    wrong = ~((column >= low - ROUNDING) & (column <= high + ROUNDING))
    if wrong.any():
        row = int(np.flatnonzero(wrong)[0])
        raise UnfitError(f"{told(found)} with {column[row]:g} in row {row}", wanted)
    return column


def mask(value: Any, size: int, what: str) -> NDArray[np.bool_]:
    """Take a column of true and false."""
    found = np.asarray(value) if isinstance(value, np.ndarray | list | tuple) else None
    if found is None or found.shape != (size,) or (size and found.dtype.kind != "b"):
        raise UnfitError(told(value), f"bool[{size}], {what}")
    return found.astype(np.bool_)


def parts(value: Any, size: int, what: str) -> NDArray[Any]:
    """Take shares, at most 1 in sum."""
    found = column(value, size, what, 0.0, 1.0)
    together = math.fsum(found.tolist())
    if together > 1.0 + ROUNDING:
        wanted = f"float64[{size}], {what}, at most 1 in sum"
        raise UnfitError(f"shares that sum to {together:g}", wanted)
    return found


def _terms(given: Given, value: Any) -> Terms:
    kind(value, Terms, "`Terms`")
    return Terms(
        months=whole(value.months, "Terms with `months`, a whole number of at least 1", 1),
        payment_days=number(value.payment_days, "Terms with `payment_days` of 0 or more", 0.0),
        monitoring=number(value.monitoring, "Terms with `monitoring` from 0 to 1", 0.0, 1.0),
        relationship=number(value.relationship, "Terms with `relationship` of 0 or more", 0.0),
        remedy_rate=number(value.remedy_rate, "Terms with `remedy_rate` of 0 or more", 0.0),
        price_review=number(value.price_review, "Terms with `price_review` from 0 to 1", 0.0, 1.0),
        open_book=flag(value.open_book, "Terms with `open_book` true or false"),
        margin=number(value.margin, "Terms with `margin`, a number"),
        call_off=kind(value.call_off, CallOff, "Terms with `call_off`, a CallOff"),
        volume_guaranteed=flag(value.volume_guaranteed, "Terms with `volume_guaranteed`, a bool"),
        reopening_months=whole(value.reopening_months, "Terms with whole `reopening_months`"),
        discretion=number(value.discretion, "Terms with `discretion` of 0 or more", 0.0),
        dialogue=number(value.dialogue, "Terms with `dialogue` of 0 or more", 0.0),
    )


def _paperwork(given: Given, value: Any) -> Paperwork:
    wanted = "`Paperwork` of three numbers of 0 or more: bidder's days, buyer's hours, hours a bid"
    kind(value, Paperwork, wanted)
    return Paperwork(*(number(one, wanted, 0.0, 1e9) for one in value))


def _weights(given: Given, value: Any) -> Weights:
    wanted = "`Weights` of price, quality and social value, each from 0 to 1, that sum to 1"
    kind(value, Weights, wanted)
    each = [number(getattr(value, one), wanted, 0.0, 1.0) for one in Weights.__slots__]
    if abs(math.fsum(each) - 1.0) > ROUNDING:
        raise UnfitError(f"weights that sum to {math.fsum(each):g}", wanted)
    found: Weights = value
    return found


def _charter(given: Given, value: Any) -> Charter | None:
    if value is None:
        return None
    wanted = "None, or a `Charter`"
    found: Charter = kind(value, Charter, wanted)
    number(found.share, f"{wanted} with `share` from 0 to 1", 0.0, 1.0)
    number(found.quality, f"{wanted} with `quality` from 0 to 2", 0.0, 2.0)
    for name in ("least_jobs", "ramp_months", "founding_hours", "pay", "stake_months", "buy_in",
                 "redeployment", "buy_out_months"):  # fmt: skip
        number(getattr(found, name), f"{wanted} with `{name}` of 0 or more", 0.0, 1e12)
    assets = kind(found.stack.assets, Assets, f"{wanted} whose `stack` has `assets`, an Assets")
    for group in (found.stack, found.split, assets):
        for name, one in zip(group._fields, group, strict=True):
            if one is not assets:
                number(one, f"{wanted} with `{name}` of 0 or more", 0.0, 1e15)
    return found


def _eligible(given: Given, value: Any) -> tuple[str, ...]:
    known = {one.id for one in categories()}
    listed = kind(value, tuple | list, "a tuple of spending categories")  # type: ignore[arg-type]
    for one in listed:
        if one not in known:
            raise UnfitError(told(one), "ids of spending categories; see docs/own_regime.md")
    return tuple(listed)


def _problems(given: Given, value: Any) -> tuple[Problem, ...]:
    wanted = "`Problem` after `Problem`, or none"
    listed = tuple(kind(value, Iterable, wanted))
    for one in listed:
        kind(one, Problem, wanted)
    return listed


def _routes(given: Given, value: Any) -> tuple[Route, ...]:
    wanted = "a tuple of `Route`"
    listed = tuple(kind(value, Sequence, wanted))
    for one in listed:
        kind(one, Route, wanted)
    return listed


def _checks(given: Given, value: Any) -> tuple[float, float]:
    wanted = "two numbers: the share checked, from 0 to 1, and the share claimed back, 0 or more"
    if not isinstance(value, tuple | list) or len(value) != 2:
        raise UnfitError(told(value), wanted)
    return number(value[0], wanted, 0.0, 1.0), number(value[1], wanted, 0.0)


def _admits(given: Given, value: Any) -> NDArray[np.bool_] | None:
    size = given["docket"].market.size
    return None if value is None else mask(value, size, "who may bid, or None for all")


def _of_needs(what: str) -> Check:
    return lambda given, value: column(value, len(given["docket"].needs), what, 0.0)


def _text(given: Given, value: Any) -> str:
    return text(value, "text")


PLAIN: dict[str, Check] = {
    "admits": _admits,
    "agreed_margin": lambda given, value: number(value, "a number of 0 or more", 0.0, 1e6),
    "carry": _of_needs("units a month that a bidder must be able to carry, one a need"),
    "charter": _charter,
    "checks": _checks,
    "criterion": _text,
    "eligible": _eligible,
    "form_of": lambda given, value: kind(value, Form, "a `Form`"),
    "get": lambda given, value: number(value, "a number"),
    "marks": lambda given, value: column(value, given["bids"].size, "one mark a bid", 0.0, 1.0),
    "minimum_share": lambda given, value: number(value, "a share from 0 to 1", 0.0, 1.0),
    "padded": lambda given, value: column(
        value, given["seen"].size, "what each firm adds to its cost", 0.0
    ),
    "paperwork": _paperwork,
    "places": lambda given, value: whole(value, "a whole number of at least 1", 1),
    "places_for": lambda given, value: whole(value, "a whole number of at least 1", 1),
    "prices": lambda given, value: column(
        value, given["docket"].market.size, "a price per unit for each candidate", 0.0
    ),
    "problems": _problems,
    "reason": _text,
    "routes": _routes,
    "screen": lambda given, value: kind(value, Screen | None, "None, or a `Screen`"),  # type: ignore[arg-type]
    "shares": lambda given, value: parts(
        value, given["winners"].size, "each winner's share of the volume"
    ),
    "slope": lambda given, value: number(value, "a number of 0 or more", 0.0),
    "suits": lambda given, value: flag(value, "true or false"),
    "terms": _terms,
    "terms_asked": _of_needs("months of each need's term"),
    "waiting_months": lambda given, value: whole(value, "a whole number of 0 or more"),
    "weights": _weights,
    "after_failure": lambda given, value: kind(value, Arrangement, "an `Arrangement`"),
}
"""Hooks that answer with numbers, words or columns."""
