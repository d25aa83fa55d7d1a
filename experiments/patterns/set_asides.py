"""What remains of set-asides for local firms after they have ended."""

from experiments.patterns.pattern import (
    AS_EVER,
    ISLES,
    USUAL,
    Ablation,
    Arm,
    Figure,
    Lives,
    Measured,
    Pattern,
)
from experiments.patterns.reading import Answer, less, measured
from scenarios.spec import Policy, Rule, Scenario
from scenarios.spec.base import Month
from simulation.measures.cost import cost_per_delivered_unit
from simulation.measures.procurement import bids_per_tender, local_share

WAY = "reserved_local"
COUNTY_ONLY = 3.0
LAST_RESERVED, MONTHS, YEAR = 24, 72, 12
NEAR = local_share("area")
COUNTY = "county"


def ended(scenario: Scenario) -> Policy:
    """Reserve contracts for firms of the county in the first two years, and buy as ever after."""
    serial = scenario.start.serial + LAST_RESERVED - 1
    until = Month(year=serial // YEAR, month=serial % YEAR + 1)
    reserved = Rule(regime=WAY, parameters={"area": COUNTY_ONLY}, until=until)
    return Policy(regime=USUAL, rules=(reserved,))


def measure(lives: Lives) -> Measured:
    """Read the run with set-asides less the one without, while they last and in the last year."""
    run, beside = lives["ended"].books, lives["usual"].books
    end = run.meta.months

    def apart(answer: Answer, first: int, last: int) -> float | None:
        return less(*(measured(answer, books, first, last, COUNTY) for books in (run, beside)))

    return {
        "share_while": apart(NEAR, LAST_RESERVED - YEAR + 1, LAST_RESERVED),
        "share_after": apart(NEAR, end - YEAR + 1, end),
        "cost_while": apart(cost_per_delivered_unit, LAST_RESERVED - YEAR + 1, LAST_RESERVED),
        "cost_after": apart(cost_per_delivered_unit, end - YEAR + 1, end),
        "bids_while": apart(bids_per_tender, 1, LAST_RESERVED),
        "bids_after": apart(bids_per_tender, LAST_RESERVED + 1, end),
    }


PATTERN = Pattern(
    name="set_asides",
    question="What remains of set-asides for local firms after they have ended?",
    known="Councils may reserve small contracts for local firms since 2026; nothing is published "
    "yet on what remains once they stop.",
    source="SI 2026/94 (via brownejacobson.com); none on effects",
    place=ISLES,
    months=MONTHS,
    seconds=9.0,
    arms=(*AS_EVER, Arm("ended", ended)),
    figures=(
        Figure("share_while", "Change of the county's share of purchases in the last year of "
               "set-asides", "share"),
        Figure("share_after", "The same in the fourth year after their end", "share"),
        Figure("cost_while", "Change of what a delivered unit costs in the former year", "GBP"),
        Figure("cost_after", "The same in the latter year", "GBP"),
        Figure("bids_while", "Change of bids for a tender while they last", "bids"),
        Figure("bids_after", "The same after their end", "bids"),
    ),
    measure=measure,
    ablations=(
        Ablation(("bid.experience",), "who has won asks no more"),
    ),
)  # fmt: skip
