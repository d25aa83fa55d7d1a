"""The gate: no time counts before all forms have come to the same books, to the penny."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from scenarios.errors import PoundflowError

Flows = dict[tuple[int, int, int, int], tuple[int, int]]
"""(month, kind, payer class, payee class) to (pence, number of payments)."""


@dataclass(frozen=True, slots=True)
class Books:
    """What a form has come to.

    Attributes
    ----------
    deposits, savings : int64[n_rows]
        Money held [pence].
    flows : Flows
        Of every month lived.
    """

    deposits: NDArray[np.int64]
    savings: NDArray[np.int64]
    flows: Flows


class BooksDifferError(PoundflowError):
    """Raised when two forms of the same month have not come to the same books.

    Parameters
    ----------
    form, reference : str
        Names of the two forms.
    found : str
        The first difference.
    """

    def __init__(self, form: str, reference: str, found: str) -> None:
        super().__init__(
            f"{form} and {reference} do not come to the same books: {found}. No time of {form} "
            "counts; compare its acts with experiments/bench/declaration.py."
        )
        self.form = form
        self.reference = reference
        self.found = found


def require_equal(form: str, books: Books, reference: str, wanted: Books) -> None:
    """Refuse books that differ from the reference by a penny or a payment.

    Parameters
    ----------
    form, reference : str
        Names of the two forms.
    books, wanted : Books

    Raises
    ------
    BooksDifferError
        With the first flow, else the first balance, that differs.
    """
    for key in sorted(books.flows.keys() | wanted.flows.keys()):
        found, expected = books.flows.get(key, (0, 0)), wanted.flows.get(key, (0, 0))
        if found != expected:
            month, kind, payer, payee = key
            raise BooksDifferError(
                form,
                reference,
                f"month {month}, kind {kind}, class {payer} to class {payee}: "
                f"(pence, payments) are {found}, wanted {expected}",
            )
    accounts = (
        ("deposits", books.deposits, wanted.deposits),
        ("savings", books.savings, wanted.savings),
    )
    for what, held, expect in accounts:
        if held.size != expect.size:
            raise BooksDifferError(
                form, reference, f"{held.size} accounts of {what}, wanted {expect.size}"
            )
        for row in np.flatnonzero(held != expect)[:1].tolist():
            raise BooksDifferError(
                form, reference, f"row {row} has {what} of {held[row]} pence, wanted {expect[row]}"
            )
