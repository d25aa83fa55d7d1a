"""An input-output table: who sells to whom, what else is bought and paid, and its multipliers.

Leontief (The Structure of American Economy, 1941). With A the domestic inputs per unit of output,
(I - A)^-1 is what all industries make for a unit of final use; its column sums are the Type I
output multipliers. Type II closes the table over households: what they earn is spent again
(Miller and Blair, Input-Output Analysis, 2009, ch. 2 and 6).
"""

import warnings
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from scenarios.errors import InputError

Float64 = NDArray[np.float64]

PRIMARY = (
    "imports",
    "imports_nation",
    "taxes_products",
    "taxes_production",
    "compensation",
    "surplus",
    "value_added",
)
"""What an industry pays besides domestic inputs. `imports_nation` comes from the rest of the
nation; `value_added` stands for pay, surplus and taxes where a table does not part them."""

BALANCE = 0.002
"""Rows and columns agree with output within this share of it, or within `ROUNDING`."""

ROUNDING = 1e-6
"""Share of the output of all industries that the rounding of single figures may add up to."""


class EndlessRoundsError(InputError):
    """Raised where money that enters never leaves, so that its rounds have no sum."""

    def __init__(self) -> None:
        super().__init__(
            "found industries and households that spend all they get on each other; wanted some of "
            "it to leave. Look at imports, pay and surplus of the table, and at --household-income."
        )


@dataclass(frozen=True)
class IoTable:
    """A symmetric table of domestic flows; n industries, or products where it is one of products.

    Attributes
    ----------
    codes, names : tuple of str, n
        As the table has them.
    flows : float64[n, n]
        What the row's industry sells to the column's [millions of `currency`].
    primary : mapping of str to float64[n]
        Items of `PRIMARY` that the table has.
    final : mapping of str to float64[n]
        Domestic product bought by households and others, by item of `FINAL`.
    household : mapping of str to float
        What households buy besides: `imports`, `imports_nation`, `taxes_products`.
    output : float64[n]
        As published.
    currency : str
        ISO 4217; empty where the table does not say.
    kind, use : str
        "industry by industry" or "product by product"; "domestic" or "total".
    sheet, title, year : str
        Where it stands, what it is called; the year may be empty.
    notes : tuple of str
        What was worked out, left out or not known.
    """

    codes: tuple[str, ...]
    names: tuple[str, ...]
    flows: Float64
    primary: Mapping[str, Float64]
    final: Mapping[str, Float64]
    household: Mapping[str, float]
    output: Float64
    currency: str = "GBP"
    kind: str = "not stated"
    use: str = "domestic"
    sheet: str = ""
    title: str = ""
    year: str = ""
    notes: tuple[str, ...] = field(default=())

    @cached_property
    def coefficients(self) -> Float64:
        """Domestic input per unit of output, float64[n, n]; zero where nothing is made."""
        out: Float64 = self.flows / np.where(self.output > 0.0, self.output, 1.0)
        return out

    def column_gaps(self) -> Float64:
        """Inputs and primary inputs less output, float64[n]."""
        return summed([self.flows.sum(axis=0), *self.primary.values(), -self.output])

    def row_gaps(self) -> Float64:
        """Sales to industries and final buyers less output, float64[n]."""
        return summed([self.flows.sum(axis=1), *self.final.values(), -self.output])

    def unbalanced(self, gaps: Float64) -> NDArray[np.bool_]:
        """Which gaps exceed the tolerance, bool[n]."""
        rounding = ROUNDING * np.abs(self.output).sum()
        out: NDArray[np.bool_] = np.abs(gaps) > np.maximum(BALANCE * np.abs(self.output), rounding)
        return out


def summed(parts: Sequence[Float64]) -> Float64:
    """Add arrays of one shape up."""
    out: Float64 = np.add.reduce(parts)
    return out


def type_one(table: IoTable) -> Float64:
    """Work out the Type I output multiplier of each industry.

    Parameters
    ----------
    table : IoTable

    Returns
    -------
    float64[n]
        Output of all industries per unit of final use of the column's.

    Raises
    ------
    EndlessRoundsError
        Where no multiplier is finite.
    """
    out: Float64 = _inverse(table.coefficients).sum(axis=0)
    return out


def type_two(table: IoTable, household_income: float | None = None) -> Float64 | None:
    """Work out the Type II output multiplier of each industry, households included.

    The row of households is pay per unit of output; their column is what they buy of each
    industry per unit of income. Only output of industries is counted, not the income itself.

    Parameters
    ----------
    table : IoTable
    household_income : float, optional
        Income of all households from every source [millions]. Without it, pay and surplus of the
        table stand for it, as if all of them reached households.

    Returns
    -------
    float64[n] or None
        None where the table has no pay of employees or no household consumption.

    Raises
    ------
    EndlessRoundsError
        Where no multiplier is finite.
    """
    pay, bought = table.primary.get("compensation"), table.final.get("household")
    if pay is None or bought is None:
        return None
    income = household_income or income_made(table)
    size = len(table.codes)
    closed = np.zeros((size + 1, size + 1))
    closed[:size, :size] = table.coefficients
    closed[size, :size] = pay / np.where(table.output > 0.0, table.output, 1.0)
    closed[:size, size] = bought / income
    out: Float64 = _inverse(closed)[:size, :size].sum(axis=0)
    return out


def income_made(table: IoTable) -> float:
    """Pay and surplus of all industries together [millions]."""
    return float(
        sum(table.primary[k].sum() for k in ("compensation", "surplus") if k in table.primary)
    )


def _inverse(inputs: Float64) -> Float64:
    """(I - A)^-1, by LU factorisation; its entries are sums of rounds, so none is negative."""
    from scipy import linalg

    size = inputs.shape[0]
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", linalg.LinAlgWarning)
            out: Float64 = linalg.solve(np.eye(size) - inputs, np.eye(size))
    except (linalg.LinAlgError, linalg.LinAlgWarning):
        raise EndlessRoundsError from None
    if (out.sum(axis=0) < 0.0).any():
        raise EndlessRoundsError
    return out
