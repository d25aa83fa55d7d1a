"""How many bid for a tender, and how unevenly bids are spread over tenders."""

import numpy as np

from experiments.patterns.pattern import (
    EVEN_NOTICES,
    ISLES,
    Figure,
    Lives,
    Measured,
    Pattern,
    Published,
)
from experiments.patterns.reading import in_months, over

CEBR = "CEBR 2013 (via smallbusiness.co.uk; sustainable-procurement.org)"
NAO = "National Audit Office (via civilserviceworld.com)"


def measure(lives: Lives) -> Measured:
    """Read bids off the tenders of the run.

    Returns
    -------
    Measured
        `mean` and `single` (of tenders that drew any bid), `none`, `needs` (a buyer's of one
        category, none of whose tenders drew any), and `dispersion`: the variance of bids over their
        mean, none counted too, 1 where bidders come independently (Poisson).
    """
    books = lives["usual"].books
    rows = in_months(books, "tenders", 1, books.meta.months)
    bids = rows["bids"].astype(np.float64)
    if not bids.size:
        return dict.fromkeys(("mean", "single", "none", "needs", "dispersion"))
    needs = np.stack([rows["buyer"], rows["category"]], axis=1)
    asked, drew = (np.unique(one, axis=0).shape[0] for one in (needs, needs[bids > 0]))
    return {
        "mean": over(float(bids.sum()), float((bids > 0).sum())),
        "single": over(float((bids == 1).sum()), float((bids > 0).sum())),
        "none": float((bids == 0).mean()),
        "needs": 1.0 - drew / asked,
        "dispersion": over(float(bids.var()), float(bids.mean())),
    }


PATTERN = Pattern(
    name="bids",
    question="How many firms bid for a tender, and how unevenly?",
    known="Tenders in the United Kingdom drew 6.4 bids on average in 2013, those in the European "
    "Union about 4 in 2012 and fewer than 3 in 2018; 23 % of large contracts of departments drew "
    "one bid.",
    source=f"{CEBR}; theybuyforyou.eu; {NAO}",
    place=ISLES,
    months=60,
    seconds=3.0,
    figures=(
        Figure("mean", "Bids for a tender that drew any", "bids",
               Published(4.0, 6.4, "about 4 (EU, 2012) to 6.4 (UK, 2013); fewer than 3 (EU, 2018)",
                         CEBR, True)),
        Figure("single", "Tenders with one bid, of those with any", "share",
               Published(0.23, 0.25, "23 % (large contracts of departments) to 25 % (EU)",
                         f"{NAO}; theybuyforyou.eu", True)),
        Figure("none", "Tenders without a bid, each try counted", "share"),
        Figure("needs", "Needs (of a buyer and a category) whose tenders never drew any", "share"),
        Figure("dispersion", "Variance of bids over their mean; 1 where chance alone spreads them",
               "ratio"),
    ),
    measure=measure,
    ablations=(
        EVEN_NOTICES,
    ),
)  # fmt: skip
