"""How much of what public buyers spend goes to few suppliers."""

from experiments.patterns.pattern import (
    EVEN_NOTICES,
    ISLES,
    Ablation,
    Figure,
    Lives,
    Measured,
    Pattern,
    Place,
)
from experiments.patterns.reading import in_months, measured, over
from scenarios.tables import categories
from simulation.measures.procurement import supplier_hhi, top_five_share

LAST = 12
POUNDS = 388_405
"""What the council of the place spends a year, parted evenly over its kinds of need [GBP]."""
COUNCIL, NOT_BOUGHT = "tables.budgets.isles-of-scilly-council", "childrens_care"
KINDS = (one.id for one in categories() if one.id != NOT_BOUGHT)
EVEN_NEEDS = Place(ISLES.scenario, (*ISLES.sets, *(f"{COUNCIL}.{one}={POUNDS}" for one in KINDS)))


def measure(lives: Lives) -> Measured:
    """Read the concentration of purchases over the whole run, and in its last year."""
    books = lives["usual"].books
    end = books.meta.months
    hhi = measured(supplier_hhi, books, 1, end)
    paid = in_months(books, "purchases", 1, end)
    return {
        "hhi": hhi,
        "hhi_last": measured(supplier_hhi, books, max(end - LAST + 1, 1), end),
        "alike": None if not hhi else over(1.0, hhi),
        "suppliers": float(len(set(paid["supplier"].tolist()))),
        "top_five": measured(top_five_share, books, 1, end),
    }


PATTERN = Pattern(
    name="concentration",
    question="How much of public spending goes to few suppliers?",
    known="Spending of public buyers is known to be concentrated on few suppliers; no published "
    "index of councils was found.",
    source="none found",
    place=ISLES,
    months=60,
    seconds=3.0,
    figures=(
        Figure("hhi", "Herfindahl-Hirschman index of purchases by supplier", "index"),
        Figure("hhi_last", "The same in the last year", "index"),
        Figure("alike", "Suppliers of one size that would give this index", "suppliers"),
        Figure("suppliers", "Suppliers paid", "suppliers"),
        Figure("top_five", "Share of the five largest suppliers", "share"),
    ),
    measure=measure,
    ablations=(
        Ablation(("bid.scale_per_band",), "larger firms are no cheaper"),
        EVEN_NOTICES,
        Ablation((), "the council spends as much on each kind of need", places=(EVEN_NEEDS,)),
    ),
)
