"""How many providers serve a need before and after an ethical framework."""

from experiments.patterns.pattern import (
    AS_EVER,
    ISLES,
    Ablation,
    Arm,
    Figure,
    Lives,
    Measured,
    Pattern,
)
from experiments.patterns.reading import in_months, over
from scenarios.spec import Policy, Scenario
from simulation.accounting.books import Books

WAY = "ethical_framework"
YEAR = 12

Cells = frozenset[tuple[int, int]]


def framework(scenario: Scenario) -> Policy:
    """Buy what may be bought so by an ethical framework."""
    return Policy(regime=WAY)


def cells_of(books: Books) -> Cells:
    """Say which needs (buyer and category) were let by the framework within the run."""
    rows = books.tables["arrangements"]
    if WAY not in books.meta.regime_names:
        return frozenset()
    mine = (rows["regime"] == books.meta.regime_names.index(WAY)) & (rows["start"] > 0)
    pairs = zip(rows["buyer"][mine].tolist(), rows["category"][mine].tolist(), strict=True)
    return frozenset(pairs)


def providers(books: Books, cells: Cells, first: int, last: int) -> float | None:
    """Count suppliers paid for each of some needs in some months, on average over the needs."""
    rows = in_months(books, "purchases", first, last)
    seen: dict[tuple[int, int], set[int]] = {cell: set() for cell in cells}
    columns = (rows[key].tolist() for key in ("buyer", "category", "supplier"))
    for buyer, category, supplier in zip(*columns, strict=True):
        if (buyer, category) in seen:
            seen[buyer, category].add(supplier)
    return over(sum(len(one) for one in seen.values()), len(seen))


def measure(lives: Lives) -> Measured:
    """Read providers of the same needs in the year before, and in the last year of either run."""
    books, usual = lives["framework"].books, lives["usual"].books
    cells, end = cells_of(books), books.meta.months
    before = providers(books, cells, 1 - YEAR, 0)
    after = providers(books, cells, end - YEAR + 1, end)
    beside = providers(usual, cells, end - YEAR + 1, end)
    return {
        "needs": float(len(cells)),
        "before": before,
        "after": after,
        "beside": beside,
        "change": None if not before or after is None else after / before,
        "against": None if not beside or after is None else after / beside,
    }


PATTERN = Pattern(
    name="framework",
    question="How many providers serve a need after an ethical framework, against before?",
    known="In Wigan many providers of homecare were replaced by few, most of them local; no number "
    "was found.",
    source="Wigan Council, ethical homecare case study; skemnews.com",
    place=ISLES,
    months=48,
    seconds=8.0,
    arms=(*AS_EVER, Arm("framework", framework)),
    figures=(
        Figure("needs", "Needs let by a framework", "needs"),
        Figure("before", "Providers of such a need in the year before", "providers"),
        Figure("after", "Providers in the last year", "providers"),
        Figure("beside", "Providers in the last year where all is let as ever", "providers"),
        Figure("change", "After over before", "ratio"),
        Figure("against", "After over what all let as ever gives", "ratio"),
    ),
    measure=measure,
    ablations=(Ablation((f"{WAY}.suppliers",), "one provider is admitted"),),
)
