"""Units of the register in words: `share a month` is "% a month", `pence a day` is "£ a day".

Every page that shows a number of the register takes its unit from here, so none has its own.
"""

from collections.abc import Callable
from typing import Final, NamedTuple

PERCENT: Final = 100.0
POUND: Final = 0.01
"""Pounds in a penny."""


class Reading(NamedTuple):
    """How a reader meets a unit: what a value is multiplied by, and what stands around it.

    `before` is written in front of a number, `after` behind it with a space; a per cent sign has
    none.
    """

    factor: float = 1.0
    before: str = ""
    after: str = ""

    @property
    def sign(self) -> str:
        """What stands beside a narrow field: `%`, `£`, or the unit alone."""
        return "%" if self.after.startswith("%") else self.before or self.after

    @property
    def words(self) -> str:
        """The unit alone, as it stands beside a field."""
        return f"{self.before} {self.after}".strip()


_NONE: Final = Reading()
_READINGS: Final = {
    **dict.fromkeys(("switch", "code", "kind", "index", "exponent", "power", "0 or 1"), _NONE),
    "chance": Reading(PERCENT, after="%"),
    "draws": Reading(after="draws at random"),
    "elasticity": Reading(PERCENT, after="% of pay"),
    "employees": Reading(after="staff"),
    "factor": Reading(after="times"),
    "looks": Reading(after="checks"),
    "months of contract value per month of credit": Reading(
        after="months of the contract's value for each month of waiting"
    ),
    "months of its work": Reading(after="months of what it is paid"),
    "multiple of child benefit": Reading(after="times child benefit"),
    "payees": Reading(after="others"),
    "pence": Reading(POUND, "£"),
    "per rival": Reading(after="for each rival"),
    "points of skill": Reading(PERCENT, after="% of full skill"),
    "pounds per pound": Reading(PERCENT, after="pence for each pound"),
    "price per km": Reading(PERCENT, after="% of the usual price for each km"),
    "price per quality": Reading(PERCENT, after="% of the usual price for 100% more quality"),
    "price per quality squared": Reading(
        PERCENT, after="% of the usual price for 100% more quality, growing with its square"
    ),
    "price per unit": Reading(PERCENT, after="% of the usual price"),
    "price per unit, 1 built state": Reading(PERCENT, after="% of the price at the start"),
    "quality per wage ratio": Reading(PERCENT, after="% of the usual quality for twice the pay"),
    "quality, 1 usual": Reading(PERCENT, after="% of the usual quality"),
    "ratio": Reading(after="times"),
    "share of the ladder": Reading(PERCENT, after="% by chance"),
    "share per chance": Reading(PERCENT, after="% for 100% more wins"),
    "share per share": Reading(PERCENT, after="% of quality for each 100%"),
    "share per utilisation": Reading(PERCENT, after="% from idle to full"),
    "standard deviation of log": Reading(after="standard deviations on a log scale"),
    "standard deviation of log pay": Reading(after="standard deviations of pay on a log scale"),
    "usual charges": Reading(after="times the usual charge"),
    "weight": Reading(),
}
"""Units whose words are not made of their own, and by what a value is multiplied for them."""

_BEGINNINGS: Final = (
    ("share", Reading(PERCENT, after="%")),
    ("GBP", Reading(before="£")),
    ("pounds", Reading(before="£")),
    ("pence", Reading(POUND, "£")),
)
"""Words with which a unit may begin, and how they are read; what follows them stays."""


def reading_of(unit: str) -> Reading:
    """Give how a unit of the register is read.

    Parameters
    ----------
    unit : str
        As the register has it; one that nothing is known of is its own word.
    """
    if unit in _READINGS:
        return _READINGS[unit]
    for beginning, read in _BEGINNINGS:
        if unit == beginning or unit.startswith(f"{beginning} "):
            rest = unit.removeprefix(beginning)
            return read._replace(after=f"{read.after}{rest}".strip())
    return Reading(after=unit)


def number_read(value: float, unit: str) -> str:
    """Write a value as it is typed, without its unit: 0.16 of a share is "16"."""
    return f"{value * reading_of(unit).factor:,.10g}"


def value_read(value: float, unit: str, write: Callable[[float], str] = "{:,.10g}".format) -> str:
    """Write a value with its unit in words: "16%", "£480 a day", "6 months".

    Parameters
    ----------
    value : float
        In the unit of the register.
    unit : str
    write : callable
        Writes the number.
    """
    read = reading_of(unit)
    behind = read.after if read.after.startswith("%") or not read.after else f" {read.after}"
    return f"{read.before}{write(value * read.factor)}{behind}"


def reach_read(
    low: float, high: float, unit: str, write: Callable[[float], str] = "{:,.10g}".format
) -> str:
    """Write a range with its unit in words: "10 to 25%", "£300 to £600 a day"."""
    if low == high:
        return value_read(low, unit, write)
    read = reading_of(unit)
    return f"{read.before}{write(low * read.factor)} to {value_read(high, unit, write)}"
