"""What suppliers pay on within the place: local against outside ones, small against large."""

import numpy as np

from experiments.patterns.pattern import VILLAGE, Ablation, Figure, Lives, Measured, Pattern
from experiments.patterns.reading import UP_TO_49, Bool, in_focus, in_months, less, of_party, over
from scenarios.vocabulary import SizeBand
from simulation.accounting.books import Books
from simulation.measures.spending import RESPENT, ROLE_OF_KIND


def share_near(books: Books, months: int, which: Bool) -> float | None:
    """Return the mean share of what suppliers of a kind paid out that stayed in the place.

    A supplier counts by what public buyers paid it, as a pound given to it would.

    Parameters
    ----------
    books : Books
    months : int
    which : bool[n_suppliers]
        In the order of `paid_suppliers`.
    """
    supplier, paid = paid_suppliers(books, months)
    rows = in_months(books, "outflows", 1, months)
    role = ROLE_OF_KIND[rows["kind"]]
    spent = np.isin(role, RESPENT)
    near = spent & in_focus(books, rows["area"].astype(np.int64))
    total = weight = 0.0
    for one, pence, mine in zip(supplier.tolist(), paid.tolist(), which.tolist(), strict=True):
        its = rows["supplier"] == one
        out = int(rows["pence"][its].sum())
        if mine and out > 0:
            total += pence * int(rows["pence"][its & near].sum()) / out
            weight += pence
    return over(total, weight)


def paid_suppliers(books: Books, months: int) -> tuple[np.ndarray, np.ndarray]:
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
    supplier, _ = paid_suppliers(books, months)
    here = in_focus(books, of_party(books, "area", supplier))
    band = of_party(books, "size_band", supplier)
    small = np.isin(band, UP_TO_49)
    large = np.isin(band, (SizeBand.MEDIUM, SizeBand.LARGE))
    told = {
        "local": share_near(books, months, here),
        "outside": share_near(books, months, ~here),
        "small": share_near(books, months, small),
        "large": share_near(books, months, large),
        "small_local": share_near(books, months, small & here),
        "large_local": share_near(books, months, large & here),
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
    place=VILLAGE,
    months=60,
    seconds=3.0,
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
