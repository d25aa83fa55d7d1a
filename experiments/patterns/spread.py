"""How far councils lie apart in what they buy near by, and how much of that is luck."""

import numpy as np

from experiments.patterns.pattern import (
    Ablation,
    Figure,
    Lives,
    Measured,
    Pattern,
    Place,
    Published,
)
from experiments.patterns.reading import in_months, less, of_party, over
from simulation.accounting.books import Books
from simulation.measures.measure import Undefined
from simulation.measures.view import View

YEAR, MONTHS = 12, 24
MIDDLE = (
    "gateshead", "bury", "doncaster", "broxtowe", "wychavon", "gloucester", "breckland",
    "winchester", "waltham-forest",
)  # fmt: skip
"""The district of each region of England with the middle population in mid-2024 (the lower of two).
With the county councils above five of them fourteen councils buy."""
ALIKE = "bury"
"""One of the four where a single council buys, so that nine of it differ by luck alone."""
TUSSELL = "Tussell 2022 (via localgov.co.uk)"


def district(name: str) -> Place:
    """Give a district of England as the tables make it."""
    return Place("wigan", (f"focus={name}", f"name={name}", "counterfactual=true"))


PLACES = tuple(district(one) for one in MIDDLE)


def shares(books: Books, first: int, last: int, tier: str) -> dict[int, float]:
    """Return by buyer which part of its purchases went to suppliers of its district or region.

    Suppliers whose area is not known are left out, as are buyers of nothing. Where the place has
    no such tier, there is none.
    """
    view, rows = View(books, first, last), in_months(books, "purchases", first, last)
    at = of_party(books, "area", rows["supplier"].astype(np.int64))
    told: dict[int, float] = {}
    try:
        places = view.places(tier)
    except Undefined:
        return told
    for place in places:
        for buyer in place.buyers:
            its = (rows["buyer"] == buyer) & (at >= 0)
            share = over(
                float(rows["pence"][its & place.areas[at]].sum()), float(rows["pence"][its].sum())
            )
            if share is not None:
                told[buyer] = share
    return told


def measure(lives: Lives) -> Measured:
    """Read the shares of all councils of all places in the year before, and in the last year."""
    built = _spread(lives, 1 - YEAR, 0, "region")
    region = _spread(lives, MONTHS - YEAR + 1, MONTHS, "region")
    district = _spread(lives, MONTHS - YEAR + 1, MONTHS, "district")
    return {
        "councils": region["councils"],
        "built_mean": built["mean"],
        "built_sd": built["sd"],
        "mean": region["mean"],
        "sd": region["sd"],
        "least": region["least"],
        "most": region["most"],
        "wider": less(region["sd"], built["sd"]),
        "district_mean": district["mean"],
        "district_sd": district["sd"],
    }


def _spread(lives: Lives, first: int, last: int, tier: str) -> Measured:
    found = [shares(one.books, first, last, tier).values() for one in lives.values()]
    values = np.array([share for one in found for share in one])
    if values.size < 2:
        told: dict[str, float | None] = dict.fromkeys(("mean", "sd", "least", "most"))
        return {"councils": float(values.size), **told}
    return {
        "councils": float(values.size),
        "mean": float(values.mean()),
        "sd": float(values.std(ddof=1)),
        "least": float(values.min()),
        "most": float(values.max()),
    }


PATTERN = Pattern(
    name="spread",
    question="How far do councils lie apart in the part of their spending that stays near by?",
    known="Of what 303 English councils spent in 2022, 46 % went to suppliers of the same region, "
    "83 % in the council where most did (Lewisham); how far the others lie apart was not found. "
    "The most of a few councils is no test of the most of 303.",
    source=TUSSELL,
    place=PLACES[0],
    others=PLACES[1:],
    months=MONTHS,
    seconds=25.0,
    figures=(
        Figure("councils", "Councils that bought anything", "councils"),
        Figure("built_mean", "Share from suppliers of the council's region in the year before, "
               "mean over councils", "share"),
        Figure("built_sd", "Standard deviation of it over councils", "share"),
        Figure("mean", "The share in the second year, mean over councils", "share",
               Published(0.46, 0.46, "46 % of all spending of 303 councils in 2022", TUSSELL,
                         calibrated=True)),
        Figure("sd", "Standard deviation of it over councils", "share"),
        Figure("least", "The council with the least", "share"),
        Figure("most", "The council with the most", "share"),
        Figure("wider", "Standard deviation in the second year less in the year before", "share"),
        Figure("district_mean", "Share from suppliers of the council's district in the second "
               "year, mean over councils", "share"),
        Figure("district_sd", "Standard deviation of it over councils", "share"),
    ),
    measure=measure,
    ablations=(
        Ablation((), "all nine places are one, Bury, on luck of its own each time",
                 places=(district(ALIKE),) * len(MIDDLE)),
        Ablation(("bid.cost_per_km",), "distance costs bidders nothing"),
    ),
)  # fmt: skip
