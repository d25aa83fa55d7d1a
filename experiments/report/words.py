"""Numbers as people write them: £1.2m, 43p, 5.2%, 8 of 10."""

from collections.abc import Callable

from experiments.report.folder import Estimate

MINUS = "−"


def _plain(value: float) -> str:
    size = abs(value)
    places = 0 if size >= 100 or size == 0 else 1 if size >= 10 else 2 if size >= 0.9995 else 3
    return f"{size:,.{places}f}"


def pounds(value: float) -> str:
    """Write pounds with a size that can be read aloud: £1.2m, £340,000, £12.50, 43p.

    Parameters
    ----------
    value : float
        Amount [pounds].

    Returns
    -------
    str
        The amount, rounded; a true minus sign before a debt.
    """
    size = abs(value)
    sign = MINUS if value < 0 else ""
    for edge, factor, letter in ((999.5e6, 1e9, "bn"), (999.5e3, 1e6, "m")):
        if size >= edge:
            scaled = size / factor
            return f"{sign}£{scaled:,.{0 if scaled >= 100 else 1}f}{letter}"
    if size >= 99_500:
        return f"{sign}£{round(size, -3):,.0f}"
    if size >= 1000:
        return f"{sign}£{round(size, -1):,.0f}"
    return f"{sign}£{size:,.0f}" if size >= 100 or size == 0 else f"{sign}£{size:,.2f}"


def _pence(value: float) -> str:
    size = abs(value) * 100
    sign = MINUS if value < 0 else ""
    if size >= 99.95:
        return f"{sign}£{size / 100:,.2f}"
    return f"{sign}{size:.{1 if size < 9.95 and round(size, 1) != round(size) else 0}f}p"


def _percent(value: float) -> str:
    return f"{MINUS if value < 0 else ''}{abs(value) * 100:.1f}%"


def _points(value: float) -> str:
    return f"{MINUS if value < 0 else ''}{abs(value) * 100:.1f} points"


def _months(value: float) -> str:
    return f"{MINUS if value < 0 else ''}{abs(value):.1f} months"


def _signless(value: float) -> str:
    return f"{MINUS if value < 0 else ''}{_plain(value)}"


_WRITERS: dict[str, Callable[[float], str]] = {
    "pounds": pounds,
    "per_pound": _pence,
    "share": _percent,
    "percent": _percent,
    "points": _points,
    "months": _months,
    "number": _signless,
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
    low = unit.strip().lower()
    if low in _STYLE_OF_UNIT:
        return _STYLE_OF_UNIT[low]
    if low.startswith("share of"):
        return "share"
    if low.startswith("pence per"):
        return "pence"
    return "pounds" if low.startswith(("gbp per unit", "gbp a ", "£ per")) else "number"


def quantity(value: float, unit: str, style: str = "") -> str:
    """Write a value with its unit.

    Parameters
    ----------
    value : float
        The value.
    unit : str
        Its unit as the catalogue names it.
    style : str
        How to write it, where the measure says so.

    Returns
    -------
    str
        For instance "£1.2m", "43p", "5.2%", "6.2 months", "4.30".
    """
    kind = style_of(unit, style)
    if kind == "pence":
        return pounds(value / 100)
    text = _WRITERS.get(kind, _signless)(value)
    return text.replace(MINUS, "") if not any(c in "123456789" for c in text) else text


def change(value: float, unit: str, style: str = "") -> str:
    """Write a difference with its sign; a difference of shares is in percentage points."""
    kind = style_of(unit, style)
    if kind == "share":
        style = "points"
    elif kind == "percent":
        style = "share"
    text = quantity(value, unit, style)
    grows = value > 0 and any(c in "123456789" for c in text)
    return f"+{text}" if grows else text


def spread(
    low: float | None, high: float | None, write: Callable[[float], str], between: str = " to "
) -> str:
    """Write an interval; empty where it is not known."""
    if low is None or high is None:
        return ""
    return f"{write(low)}{between}{write(high)}"


def not_known(why: str) -> str:
    """Say that something is not known, and why."""
    return f"not known: {why}"


def estimate(value: Estimate, write: Callable[[float], str]) -> str:
    """Write an average with its interval in brackets, or why it is not known."""
    if value.mean is None:
        return not_known(value.why)
    interval = spread(value.low, value.high, write)
    return f"{write(value.mean)} ({interval})" if interval else write(value.mean)


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


def listed(names: list[str]) -> str:
    """Join names as a sentence does: "a", "a and b", "a, b and c"."""
    if len(names) < 2:
        return "".join(names)
    return f"{', '.join(names[:-1])} and {names[-1]}"


def quoted(title: str) -> str:
    """Set a policy's title apart from the words around it."""
    return f"“{title}”"
