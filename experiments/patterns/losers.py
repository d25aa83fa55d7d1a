"""Who bids and wins nothing, within one year and within three."""

import numpy as np

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
from experiments.patterns.reading import in_months, over
from simulation.accounting.books import Books

ONE, THREE = 12, 36
FEW_HEAR = Place(ISLES.scenario, (*ISLES.sets, "assumptions.tender.reach=1"))


def measure(lives: Lives) -> Measured:
    """Read losers off the tenders of the first year and of the first three."""
    books = lives["usual"].books
    one, cost_one = losers(books, ONE)
    three, cost_three = losers(books, THREE)
    return {"one": one, "three": three, "cost_one": cost_one, "cost_three": cost_three}


def losers(books: Books, months: int) -> tuple[float | None, float | None]:
    """Say which part of bidders won nothing in the first months, and bore which part of the cost.

    A tender's bidding cost is taken as equal between its bidders.
    """
    tenders = in_months(books, "tenders", 1, months)
    cost = np.where(
        tenders["bids"] > 0, tenders["bidder_cost_pence"] / np.maximum(tenders["bids"], 1), 0
    )
    each = dict(zip(tenders["tender"].tolist(), cost.tolist(), strict=True))
    bids = books.tables["bids"]
    spent: dict[int, float] = {}
    won: set[int] = set()
    rows = zip(*(bids[key].tolist() for key in ("tender", "supplier", "won")), strict=True)
    for tender, supplier, success in rows:
        if tender not in each:
            continue
        spent[supplier] = spent.get(supplier, 0.0) + each[tender]
        if success:
            won.add(supplier)
    lost = [supplier for supplier in spent if supplier not in won]
    return (
        over(len(lost), len(spent)),
        over(sum(spent[one] for one in lost), sum(spent.values())),
    )


PATTERN = Pattern(
    name="losers",
    question="Which part of those who bid win nothing within one year, and within three?",
    known="Bidders bear most of what a competition costs, GBP 37,200 of 45,200 in the United "
    "Kingdom in 2013; which part of them wins nothing for how long was not found.",
    source="CEBR 2013 (via smallbusiness.co.uk)",
    place=ISLES,
    months=60,
    seconds=3.0,
    figures=(
        Figure("one", "Bidders who won nothing in the first year", "share"),
        Figure("three", "Bidders who won nothing in three years", "share"),
        Figure("cost_one", "Cost of bidding that they bore in the first year", "share"),
        Figure("cost_three", "Cost of bidding that they bore in three years", "share"),
    ),
    measure=measure,
    ablations=(
        EVEN_NOTICES,
        Ablation(
            (),
            "a notice reaches one firm beside the one that has the contract, not 3.6 on average",
            places=(FEW_HEAR,),
        ),
    ),
)
