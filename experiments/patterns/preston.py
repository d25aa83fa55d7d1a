"""Preston from its start in 2012, under the part of what it took up that a way of buying can hold.

Its anchors asked for social value, spoke with more suppliers and parted contracts; they did not
prefer local firms as such, which was not lawful. Here claimed social value weighs in every award.
Talks with suppliers stay as the scenario has them, and contracts as large as they were.
"""

from experiments.patterns.pattern import (
    AS_EVER,
    Ablation,
    Arm,
    Figure,
    Lives,
    Measured,
    Pattern,
    Place,
    Published,
)
from experiments.patterns.reading import less, measured
from scenarios.spec import Policy, Scenario
from simulation.measures.procurement import local_share

WAY, YEAR = "social_value", 12
NEAR = local_share("area")
CLES = "CLES, preston.gov.uk"


def clauses(scenario: Scenario) -> Policy:
    """Weigh claimed social value in every award, as the register has it."""
    return Policy(regime=WAY)


def measure(lives: Lives) -> Measured:
    """Read the share of purchases from suppliers based in district and county, before and after."""
    told: dict[str, float | None] = {}
    for tier in ("district", "county"):
        run, beside = lives["clauses"].books, lives["usual"].books
        end = run.meta.months
        start = measured(NEAR, run, 1 - YEAR, 0, tier)
        last = measured(NEAR, run, end - YEAR + 1, end, tier)
        stays = measured(NEAR, beside, end - YEAR + 1, end, tier)
        told[f"start_{tier}"] = start
        told[f"last_{tier}"] = last
        told[f"rise_{tier}"] = less(last, start)
        told[f"against_{tier}"] = less(last, stays)
    return told


PATTERN = Pattern(
    name="preston",
    question="From its start in 2012, where does Preston's spending go under social value clauses?",
    known="In 2012/13 six anchors spent 5 % of GBP 750m in Preston and 39 % in Lancashire. What "
    "came of the policy is left out on purpose: it is kept for scoring the model. It was contract "
    "splitting, talks with suppliers and social value clauses, of which the last alone is here.",
    source=CLES,
    place=Place("preston-2012"),
    months=36,
    seconds=9.0,
    arms=(*AS_EVER, Arm("clauses", clauses)),
    figures=(
        Figure("start_district", "Share of purchases in Preston in the year before", "share",
               Published(0.05, 0.05, "5 % in 2012/13", CLES, True)),
        Figure("start_county", "The same in Lancashire", "share",
               Published(0.39, 0.39, "39 % in 2012/13", CLES, True)),
        Figure("last_district", "Share in Preston in the third year", "share"),
        Figure("last_county", "The same in Lancashire", "share"),
        Figure("rise_district", "Rise in Preston since the start", "share"),
        Figure("rise_county", "The same in Lancashire", "share"),
        Figure("against_district", "Third year's share in Preston less that of buying as ever",
               "share"),
        Figure("against_county", "The same in Lancashire", "share"),
    ),
    measure=measure,
    ablations=(
        Ablation((f"{WAY}.weight",), "social value weighs nothing"),
    ),
)  # fmt: skip
