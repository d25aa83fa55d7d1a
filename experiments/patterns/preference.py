"""What a small preference does to prices, and who stops bidding."""

import numpy as np

from experiments.patterns.claims import weighed
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
from experiments.patterns.reading import UP_TO_49, in_focus, less, measured, of_party, over
from scenarios.spec import Policy, Scenario
from simulation.accounting.books import Books
from simulation.measures.cost import cost_per_delivered_unit
from simulation.measures.procurement import premium_over

SMALLEST = 0.05
"""Weight that many councils gave social value in 2015."""
PREMIUM = premium_over("true_cost_pence", "no tender with a known true cost was awarded")


def preferred(scenario: Scenario) -> Policy:
    """Prefer who employs and buys here by a twentieth of the marks, on their word."""
    return weighed(scenario, SMALLEST)


def bidders(books: Books) -> dict[str, float | None]:
    """Count bids for a tender of the run, by who made them."""
    tenders = books.tables["tenders"]
    lived = tenders["tender"][tenders["month"] > 0]
    rows = books.tables["bids"]
    who = rows["supplier"][np.isin(rows["tender"], lived)].astype(np.int64)
    small = np.isin(of_party(books, "size_band", who), UP_TO_49)
    here = in_focus(books, of_party(books, "area", who))
    return {
        "bids": over(who.size, lived.size),
        "bids_small": over(small.sum(), lived.size),
        "bids_large": over((~small).sum(), lived.size),
        "bids_local": over(here.sum(), lived.size),
    }


def measure(lives: Lives) -> Measured:
    """Read prices and bids with the preference, less those without."""
    with_it, without = lives["preferred"].books, lives["usual"].books
    end = with_it.meta.months
    cost, usual = (measured(cost_per_delivered_unit, books, 1, end) for books in (with_it, without))
    premium = less(*(measured(PREMIUM, books, 1, end) for books in (with_it, without)))
    here, there = bidders(with_it), bidders(without)
    return {
        "price": None if cost is None or not usual else cost / usual - 1.0,
        "premium": premium,
        **{name: less(here[name], there[name]) for name in here},
    }


PATTERN = Pattern(
    name="preference",
    question="What does a small preference do to prices, and who stops bidding?",
    known="Many councils gave social value a weight of 5 % in 2015; what it did to prices and to "
    "bidders was not found. Competition is put at 3 % of spending.",
    source="local.gov.uk (Manchester); National Audit Office (via civilserviceworld.com)",
    place=ISLES,
    months=36,
    seconds=7.0,
    arms=(*AS_EVER, Arm("preferred", preferred)),
    figures=(
        Figure("price", "Change of what a delivered unit costs", "share"),
        Figure("premium", "Change of prices over the cheapest capable supplier's cost", "share"),
        Figure("bids", "Change of bids for a tender", "bids"),
        Figure("bids_small", "The same of firms of up to 49 jobs", "bids"),
        Figure("bids_large", "The same of larger firms", "bids"),
        Figure("bids_local", "The same of firms of the place", "bids"),
    ),
    measure=measure,
    ablations=(Ablation(("tender.days_social",), "claiming social value takes no time"),),
)
