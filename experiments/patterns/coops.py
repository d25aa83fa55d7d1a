"""Whether co-operatives close less often than companies, as they stand and on equal terms."""

import numpy as np

from experiments.patterns.hazard import YEAR
from experiments.patterns.pattern import ISLES, NO_CHANCE_CLOSURES, Figure, Lives, Measured, Pattern
from experiments.patterns.reading import Int64, less, over
from experiments.patterns.trail import Trail
from scenarios.vocabulary import OwnerKind

YOUNG_MONTHS = 60
BANDS = 5
CELLS = 2 * BANDS
"""Size band by young or old: terms on which the two kinds of firm are compared."""


def lives_of(trail: Trail, owner: int) -> tuple[Int64, Int64]:
    """Count months lived and closures of all single firms of a kind of owner by size and age.

    Returns
    -------
    exposed, closed : int64[CELLS]
    """
    exposed, closed = np.zeros((2, CELLS), dtype=np.int64)
    for before, after in zip(trail.months[:-1], trail.months[1:], strict=True):
        cell = np.minimum(before.band, BANDS - 1) + BANDS * (before.age >= YOUNG_MONTHS)
        mine = before.alive & (before.owner == owner)
        gone = mine & (~after.alive | (after.uid != before.uid))
        exposed += np.bincount(cell[mine], minlength=CELLS)
        closed += np.bincount(cell[gone], minlength=CELLS)
    return exposed, closed


def measure(lives: Lives) -> Measured:
    """Read yearly chances of closing; companies' a second time at the co-ops' sizes and ages."""
    trail = lives["usual"].trail
    assert trail is not None
    coop, coop_closed = lives_of(trail, OwnerKind.COOP)
    firm, firm_closed = lives_of(trail, OwnerKind.LOCAL)
    both = (coop > 0) & (firm > 0)
    rate = np.divide(firm_closed, firm, out=np.zeros(CELLS), where=firm > 0)
    equal = over(float((rate * coop)[both].sum()) * YEAR, float(coop[both].sum()))
    coops, companies = (
        over(float(closed.sum()) * YEAR, float(exposed.sum()))
        for exposed, closed in ((coop, coop_closed), (firm, firm_closed))
    )
    return {
        "months": float(coop.sum()),
        "coops": coops,
        "companies": companies,
        "companies_equal": equal,
        "gap": less(coops, companies),
        "gap_equal": less(coops, equal),
    }


PATTERN = Pattern(
    name="coops",
    question="Do co-ops close less often than companies, as they stand and on equal terms?",
    known="Worker co-operatives of several countries survive at least as long as like companies "
    "(Perotin); no rate was found.",
    source="Perotin, What do we really know about worker co-operatives (via solidfund.coop)",
    place=ISLES,
    months=60,
    seconds=3.0,
    figures=(
        Figure("months", "Months of co-operatives that were seen", "months"),
        Figure("coops", "Co-operatives that close in a year", "share"),
        Figure("companies", "Locally owned companies that close in a year", "share"),
        Figure("companies_equal", "The same at the co-operatives' sizes and ages", "share"),
        Figure("gap", "Co-operatives less companies, as they stand (selected)", "share"),
        Figure("gap_equal", "Co-operatives less companies of their sizes and ages (equal terms)",
               "share"),
    ),
    measure=measure,
    ablations=(
        NO_CHANCE_CLOSURES,
    ),
    watched=True,
)  # fmt: skip
