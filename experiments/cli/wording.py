"""A number as an officer would write it: money with its sign, shares in per cent, holes dashed."""

from scenarios.tables import HOME, country, symbol_of

HOLE = "–"

SHARE_UNITS = frozenset({"share", "share of outlay"})
HOME_MONEY = country(HOME).currency


def number(value: float | None, unit: str, *, signed: bool = False) -> str:
    """Write a measured number.

    Parameters
    ----------
    value : float or None
        None where undefined.
    unit : str
        The measure's unit; `share` is written in per cent, money with its sign.
    signed : bool
        Whether this is a difference: a gain carries its plus, and shares are told in points.

    Returns
    -------
    str
        For example `1.42`, `12.3%`, `£4.1m`; a dash where there is no number.
    """
    if value is None:
        return HOLE
    size = abs(value)
    if unit in SHARE_UNITS:
        written = f"{100 * size:.1f}{' pts' if signed else '%'}"
    else:
        written = f"{'' if ' per ' in unit else symbol_of(unit)}{_short(size)}"
    if not any(digit in written for digit in "123456789"):
        return written
    return f"{'-' if value < 0 else '+' if signed else ''}{written}"


def interval(low: float | None, high: float | None, unit: str, *, signed: bool = False) -> str:
    """Write an interval, for example `1.31 to 1.52`; empty where there is none."""
    if low is None or high is None:
        return ""
    return f"{number(low, unit, signed=signed)} to {number(high, unit, signed=signed)}"


def pounds(pence: float | None, money: str = HOME_MONEY) -> str:
    """Write pence as pounds, for example `£12.3m`; cents as dollars where that is the money."""
    return number(None if pence is None else pence / 100, money)


def _short(size: float) -> str:
    for least, letter in ((1e9, "bn"), (1e6, "m")):
        if size >= least:
            return f"{size / least:.1f}{letter}"
    if size >= 100 or size == 0:
        return f"{size:,.0f}"
    return f"{size:.1f}" if size >= 10 else f"{size:.3f}"
