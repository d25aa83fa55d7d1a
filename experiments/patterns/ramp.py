"""How an incubated co-op's sales rise after its founding, and what is left when help ends."""

import numpy as np

from experiments.patterns.pattern import ISLES, Ablation, Arm, Figure, Lives, Measured, Pattern
from experiments.patterns.reading import Float64
from scenarios.spec import Policy, Scenario
from simulation.accounting.books import Books, Form

WAY = "incubated_coop"
YEAR = 12
FULL = slice(YEAR, 3 * YEAR)
"""Months since founding in which the anchor's guarantee is whole and the ramp is over."""


def incubate(scenario: Scenario) -> Policy:
    """Found co-operatives where they are due."""
    return Policy(regime=WAY)


def courses(books: Books) -> list[Float64]:
    """Give what public buyers paid each founded enterprise, by month since its founding.

    Returns
    -------
    list of float64[months]
        To the end of the run; nothing is paid after an enterprise has closed.
    """
    rows, paid, end = books.tables["arrangements"], books.tables["purchases"], books.meta.months
    founded: dict[int, int] = {}
    mine = (rows["form"] == Form.ENTERPRISE) & (rows["supplier"] >= 0) & (rows["start"] > 0)
    for supplier, start in zip(
        rows["supplier"][mine].tolist(), rows["start"][mine].tolist(), strict=True
    ):
        founded[supplier] = min(start, founded.get(supplier, start))
    told = []
    for supplier, start in sorted(founded.items()):
        its = (paid["supplier"] == supplier) & (paid["month"] >= start)
        course = np.zeros(max(end - start + 1, 0))
        np.add.at(course, paid["month"][its].astype(np.int64) - start, paid["pence"][its])
        told.append(course)
    return told


def measure(lives: Lives) -> Measured:
    """Read the ramp of those founded early enough to be seen for three years."""
    told = courses(lives["incubated"].books)
    seen = [one for one in told if one.size >= FULL.stop and one[FULL].any()]
    if not seen:
        return {"founded": float(len(told)), **dict.fromkeys(("half", "year_one", "later"))}
    levels = [float(one[FULL].mean()) for one in seen]
    halves = [float(np.argmax(one >= level / 2.0)) for one, level in zip(seen, levels, strict=True)]
    later = [
        float(one[-YEAR:].mean() / level)
        for one, level in zip(seen, levels, strict=True)
        if one.size >= FULL.stop + 2 * YEAR
    ]
    return {
        "founded": float(len(told)),
        "half": float(np.mean(halves)),
        "year_one": float(
            np.mean([one[:YEAR].mean() / level for one, level in zip(seen, levels, strict=True)])
        ),
        "later": float(np.mean(later)) if later else None,
    }


PATTERN = Pattern(
    name="ramp",
    question="How fast does an incubated co-op grow, and what is left when its guarantee ends?",
    known="Evergreen's first co-operatives grew slowly; no course by month was found.",
    source="none found",
    place=ISLES,
    months=84,
    seconds=6.0,
    arms=(Arm("incubated", incubate),),
    figures=(
        Figure("founded", "Co-operatives founded", "co-ops"),
        Figure("half", "Months until public buyers pay half of what they pay in the second and "
               "third year", "months"),
        Figure("year_one", "What they pay in the first year over that", "share"),
        Figure("later", "What they pay in the last year, after the guarantee, over that", "share"),
    ),
    measure=measure,
    ablations=(
        Ablation((f"{WAY}.ramp_months",), "a new co-operative has its full capacity at once"),
    ),
    held={f"{WAY}.least_jobs": 1.0},
)  # fmt: skip
