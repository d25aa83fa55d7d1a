"""Numbers as people write them: £1.2m, 43p, 5.2%, 8 of 10.

A writer rounds to what can be said aloud. Where a number must stand beside another that is near to
it, `step` asks for more digits: the last digit then stands for `step` or less.
"""

import math
import re
from collections.abc import Callable, Sequence
from functools import partial

from experiments.report.folder import Estimate
from scenarios.tables import countries

MINUS = "−"

_MORE = 3
"""The most digits that a step adds to what a writer would give by itself."""

NO_SALE = (
    "By default no owner who retires would sell to owners outside the place "
    "(ownership.sold_away is 0), so the ownership lever prevents no sale here."
)
"""What has to be known of the lever on ownership where nobody sells anyway."""

_WORDS = (" points", " months")

_HOME_MONEY = re.compile(
    r"\b(" + "|".join(one.currency.lower() for one in countries().values()) + r")\b"
)
"""Every money is written as the home nation's here; the page says it in its own at the end."""


def _places(usual: int, step: float, most: int = _MORE) -> int:
    """Give the decimals that show a step, from `usual` to `most` more."""
    if step <= 0:
        return usual
    return min(max(usual, -math.floor(math.log10(step) + 1e-9)), usual + most)


def _signed(value: float, text: str) -> str:
    return f"{MINUS}{text}" if value < 0 else text


def _plain(value: float, step: float = 0.0) -> str:
    size = abs(value)
    usual = 0 if size >= 100 or size == 0 else 1 if size >= 10 else 2 if size >= 0.9995 else 3
    return _signed(value, f"{size:,.{_places(usual, step)}f}")


def pounds(value: float, step: float = 0.0) -> str:
    """Write pounds with a size that can be read aloud: £1.2m, £340,000, £12.50, 43p.

    Parameters
    ----------
    value : float
        Amount [pounds].
    step : float
        What the last digit must show [pounds]; 0 for the usual rounding. Never below a penny.

    Returns
    -------
    str
        The amount, rounded; a true minus sign before a debt.
    """
    size = abs(value)
    for edge, factor, letter in ((999.5e6, 1e9, "bn"), (999.5e3, 1e6, "m")):
        if size >= edge:
            scaled = size / factor
            places = _places(0 if scaled >= 100 else 1, step / factor)
            return _signed(value, f"£{scaled:,.{places}f}{letter}")
    if size >= 1000:
        rounding = 3 if size >= 99_500 else 1
        if step > 0:
            rounding = max(min(rounding, math.floor(math.log10(step) + 1e-9)), 0)
        return _signed(value, f"£{round(size, -rounding):,.0f}")
    return _signed(value, f"£{size:,.0f}" if size >= 100 or size == 0 else f"£{size:,.2f}")


def exact(pence: int) -> str:
    """Write a sum of an account to the penny."""
    sign = "−" if pence < 0 else ""
    return f"{sign}£{abs(pence) // 100:,}.{abs(pence) % 100:02d}"


def share(pence: int, total: int) -> str:
    """Write a part of a sum in per cent; a dash where there is no sum."""
    return f"{100 * pence / total:.1f}%".replace("-", MINUS) if total > 0 else "–"


def _pence(value: float, step: float = 0.0) -> str:
    size = abs(value) * 100
    if size >= 99.95:
        return _signed(value, f"£{size / 100:,.{_places(2, step, 1)}f}")
    places = _places(1 if 0 < size < 9.95 else 0, step * 100)
    return _signed(value, f"{size:.{places}f}p" if round(size, places) else "0p")


def _percent(value: float, step: float = 0.0) -> str:
    return _signed(value, f"{abs(value) * 100:.{_places(1, step * 100)}f}%")


def _points(value: float, step: float = 0.0) -> str:
    return _signed(value, f"{abs(value) * 100:.{_places(1, step * 100)}f} points")


def _months(value: float, step: float = 0.0) -> str:
    return _signed(value, f"{abs(value):.{_places(1, step)}f} months")


_WRITERS: dict[str, Callable[[float, float], str]] = {
    "pounds": pounds,
    "per_pound": _pence,
    "share": _percent,
    "percent": _percent,
    "points": _points,
    "months": _months,
    "number": _plain,
}
_STYLE_OF_UNIT = {
    "gbp": "pounds",
    "pounds": "pounds",
    "£": "pounds",
    "pence": "pence",
    "share": "share",
    "fraction": "share",
    "months": "months",
}


def style_of(unit: str, style: str = "") -> str:
    """Choose how a unit is written; a measure's own `style` comes first."""
    if style:
        return style
    low = _HOME_MONEY.sub("gbp", unit.strip().lower())
    if low in _STYLE_OF_UNIT:
        return _STYLE_OF_UNIT[low]
    if low.startswith("share of"):
        return "share"
    if low.startswith("pence per"):
        return "pence"
    return "pounds" if low.startswith(("gbp per unit", "gbp a ", "£ per")) else "number"


def quantity(value: float, unit: str, style: str = "", step: float = 0.0) -> str:
    """Write a value with its unit.

    Parameters
    ----------
    value : float
        The value.
    unit : str
        Its unit as the catalogue names it.
    style : str
        How to write it, where the measure says so.
    step : float
        What the last digit must show, in the unit of the value; 0 for the usual rounding.

    Returns
    -------
    str
        For instance "£1.2m", "43p", "5.2%", "6.2 months", "4.30".
    """
    kind = style_of(unit, style)
    if kind == "pence":
        return pounds(value / 100, step / 100)
    text = _WRITERS.get(kind, _plain)(value, step)
    return text.replace(MINUS, "") if not any(c in "123456789" for c in text) else text


def change(value: float, unit: str, style: str = "", step: float = 0.0) -> str:
    """Write a difference with its sign; a difference of shares is in percentage points."""
    kind = style_of(unit, style)
    if kind == "share":
        style = "points"
    elif kind == "percent":
        style = "share"
    text = quantity(value, unit, style, step)
    grows = value > 0 and any(c in "123456789" for c in text)
    return f"+{text}" if grows else text


def two_digits(value: Estimate) -> float:
    """Give the step that shows two digits of a difference, or of its interval where that is wider.

    Parameters
    ----------
    value : Estimate
        A difference.

    Returns
    -------
    float
        A tenth of the difference where its interval keeps clear of zero, else a tenth of the end
        of the interval that is farther off; 0 where nothing is known.
    """
    ends = [abs(v) for v in (value.mean, value.low, value.high) if v is not None]
    if value.mean is not None and value.verdict in ("up", "down"):
        return abs(value.mean) / 10
    return max(ends, default=0.0) / 10


def apart(values: Sequence[float]) -> float:
    """Give the step that shows how far values lie apart; 0 where they are all the same."""
    return max(values) - min(values) if values else 0.0


def spread(
    low: float | None, high: float | None, write: Callable[[float], str], between: str = " to "
) -> str:
    """Write an interval, its unit once; empty where it is not known or has no width."""
    if low is None or high is None or low == high:
        return ""
    first, last = write(low), write(high)
    for word in _WORDS:
        if last.endswith(word):
            first = first.removesuffix(word)
    return f"{first}{between}{last}"


def span(values: Sequence[float], write: Callable[[float], str], kind: str = "run") -> str:
    """Write the lowest and the highest of some values; one value is no range, and says so."""
    if len(values) == 1:
        return f"{write(values[0])} (one {kind}, no range)"
    low, high = min(values), max(values)
    return spread(low, high, write) or f"{write(low)} in all {len(values)}"


def not_known(why: str) -> str:
    """Say that something is not known, and why."""
    return f"not known: {why}"


def estimate(
    value: Estimate, write: Callable[[float], str], say: Callable[[float], str] | None = None
) -> str:
    """Write an average (by `say` where given) with its interval, or why it is not known."""
    if value.mean is None:
        return not_known(value.why)
    interval, mean = spread(value.low, value.high, write), (say or write)(value.mean)
    return f"{mean} ({interval})" if interval else mean


def estimate_gap(value: Estimate, style: str = "") -> str:
    """Write a difference and its interval with two digits; noughts alone are no difference."""
    step = two_digits(value)
    text = estimate(value, partial(change, unit=value.unit, style=style, step=step))
    return text if value.mean is None or re.search("[1-9]", text) else "no difference"


def of_ten(count: int, total: int) -> str:
    """Write a share as a count that people can picture: "8 of 10", else "13 of 17".

    Parameters
    ----------
    count, total : int
        How many of how many.

    Returns
    -------
    str
        Reduced to tens where that is exact.
    """
    if total > 10 and (count * 10) % total == 0:
        return f"{count * 10 // total} of 10"
    return f"{count} of {total}"


def count(value: float) -> str:
    """Write a mean count: whole where it is or where a tenth does not matter."""
    shown = round(value, 1)
    return f"{value:,.0f}" if value >= 10 or shown == round(shown) else f"{shown:.1f}"


def listed(names: list[str]) -> str:
    """Join names as a sentence does: "a", "a and b", "a, b and c"."""
    if len(names) < 2:
        return "".join(names)
    return f"{', '.join(names[:-1])} and {names[-1]}"


def quoted(title: str) -> str:
    """Set a policy's title apart from the words around it."""
    return f"“{title}”"
