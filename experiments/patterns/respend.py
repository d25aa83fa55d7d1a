"""What suppliers pay on within the place: local against outside ones, small against large."""

import numpy as np

from experiments.patterns import preston
from experiments.patterns.pattern import Ablation, Figure, Lives, Measured, Pattern
from experiments.patterns.reading import (
    UP_TO_49,
    Bool,
    Float64,
    Int64,
    in_focus,
    in_months,
    less,
    of_party,
    over,
)
from scenarios.vocabulary import SizeBand
from simulation.accounting.books import Books
from simulation.measures.spending import RESPENT, ROLE_OF_KIND


def stays(books: Books, supplier: Int64, months: int) -> Float64:
    """Return which part of what each supplier paid out stayed in the place; nan where it paid none.

    Parameters
    ----------
    books : Books
    supplier : int64[n]
        Ascending.
    months : int
    """
    rows = in_months(books, "outflows", 1, months)
    known = np.isin(rows["supplier"], supplier)
    at = np.searchsorted(supplier, rows["supplier"][known])
    spent = np.isin(ROLE_OF_KIND[rows["kind"]], RESPENT)
    near = (spent & in_focus(books, rows["area"].astype(np.int64)))[known]
    pence = rows["pence"][known].astype(np.float64)
    out = np.bincount(at, pence, supplier.size)
    here = np.bincount(at, pence * near, supplier.size)
    share: Float64 = np.full(supplier.size, np.nan)
    np.divide(here, out, out=share, where=out > 0.0)
    return share


def weighed(share: Float64, paid: Int64, which: Bool) -> float | None:
    """Return the mean share of some suppliers, each by what it was paid, as a pound given it would.

    Who paid nothing out has no share and counts for nothing.
    """
    its = which & ~np.isnan(share)
    return over(float((share[its] * paid[its]).sum()), float(paid[its].sum()))


def paid_suppliers(books: Books, months: int) -> tuple[Int64, Int64]:
    """List who was paid by public buyers, and how much: int64[n], int64[n]."""
    rows = in_months(books, "purchases", 1, months)
    supplier, at = np.unique(rows["supplier"].astype(np.int64), return_inverse=True)
    paid = np.zeros(supplier.size, dtype=np.int64)
    np.add.at(paid, at, rows["pence"])
    known = supplier >= 0
    return supplier[known], paid[known]


def measure(lives: Lives) -> Measured:
    """Read who pays on in the place."""
    books = lives["usual"].books
    months = books.meta.months
    supplier, paid = paid_suppliers(books, months)
    share = stays(books, supplier, months)
    here = in_focus(books, of_party(books, "area", supplier))
    band = of_party(books, "size_band", supplier)
    small = np.isin(band, UP_TO_49)
    large = np.isin(band, (SizeBand.MEDIUM, SizeBand.LARGE))
    told = {
        "local": weighed(share, paid, here),
        "outside": weighed(share, paid, ~here),
        "small": weighed(share, paid, small),
        "large": weighed(share, paid, large),
        "small_local": weighed(share, paid, small & here),
        "large_local": weighed(share, paid, large & here),
    }
    return {
        **told,
        "gap": less(told["local"], told["outside"]),
        "gap_size": less(told["small"], told["large"]),
    }


PATTERN = Pattern(
    name="respend",
    question="Do local suppliers pay on more in the place than outside ones, and small than large?",
    known="The local multiplier rests on it: staff of a sample of the New Economics Foundation "
    "spent 33.6 to 63.1 % of their pay locally; what suppliers of either kind pay on was not found "
    "in numbers.",
    source="New Economics Foundation, pluggingtheleaks.org (an example of five)",
    place=preston.PATTERN.place,
    months=preston.PATTERN.months,
    arms=preston.PATTERN.arms,
    seconds=9.0,
    figures=(
        Figure("local", "Part of what local suppliers pay out that stays in the place", "share"),
        Figure("outside", "The same of suppliers from outside", "share"),
        Figure("gap", "The former less the latter", "share"),
        Figure("small", "The same of suppliers of up to 49 jobs, wherever they are", "share"),
        Figure("large", "The same of larger suppliers", "share"),
        Figure("gap_size", "The former less the latter", "share"),
        Figure("small_local", "The same of local suppliers of up to 49 jobs", "share"),
        Figure("large_local", "The same of larger local suppliers", "share"),
    ),
    measure=measure,
    ablations=(
        Ablation(
            ("firms.outside_owned.micro", "firms.outside_owned.small",
             "firms.outside_owned.medium", "firms.outside_owned.large"),
            "no firm is owned from outside",
        ),
    ),
)  # fmt: skip
