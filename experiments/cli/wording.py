"""A number as an officer would write it: money with its sign, shares in per cent, holes dashed."""

from scenarios.tables import HOME, country, symbol_of

HOLE = "–"

SHARE_UNITS = frozenset({"share", "share of outlay"})
HOME_MONEY = country(HOME).currency


def number(
    value: float | None, unit: str, *, signed: bool = False, beside: float | None = None
) -> str:
    """Write a measured number.

    Parameters
    ----------
    value : float or None
        None where undefined.
    unit : str
        The measure's unit; `share` is written in per cent, money with its sign.
    signed : bool
        Whether this is a difference: a gain carries its plus, and shares are told in points.
    beside : float, optional
        A size that it stands beside, with whose decimals it is written; its own where left out.

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
        sign = "" if " per " in unit else symbol_of(unit)
        written = _short(size, size if beside is None else beside, sign)
    if not any(digit in written for digit in "123456789"):
        return written
    return f"{'-' if value < 0 else '+' if signed else ''}{written}"


def estimate(
    mean: float | None, low: float | None, high: float | None, unit: str, *, signed: bool = False
) -> tuple[str, str]:
    """Write a mean and its interval with the same decimals, those of its farther end.

    Returns
    -------
    mean, interval : str
        For example `1.424` and `1.310 to 1.520`; the interval is empty where there is none.
    """
    if low is None or high is None:
        return number(mean, unit, signed=signed), ""
    widest = max(abs(low), abs(high))
    centre, left, right = (
        number(one, unit, signed=signed, beside=widest) for one in (mean, low, high)
    )
    return centre, f"{left} to {right}"


def futures(many: int) -> str:
    """Write a number of futures: `1 future`, `10 futures`."""
    return f"{many} future" if many == 1 else f"{many} futures"


def pounds(pence: float | None, unit: str = HOME_MONEY) -> str:
    """Write pence as pounds, for example `£12.3m`; cents as dollars where that is the money."""
    return number(None if pence is None else pence / 100, unit)


def money(pence: int, unit: str) -> str:
    """Write pence to the penny: an auditor adds them up."""
    sign = symbol_of(unit) or f"{unit} "
    return f"{'-' if pence < 0 else ''}{sign}{abs(pence) // 100:,}.{abs(pence) % 100:02d}"


def _short(size: float, beside: float, sign: str) -> str:
    """Write a size with the decimals and the thousands of another; money to the penny or whole."""
    for least, letter in ((1e9, "bn"), (1e6, "m")):
        if beside >= least:
            return f"{sign}{size / least:,.1f}{letter}"
    if beside >= 100 or beside == 0:
        return f"{sign}{size:,.0f}"
    if sign:
        return f"{sign}{size:.2f}"
    return f"{size:.1f}" if beside >= 10 else f"{size:.3f}"
