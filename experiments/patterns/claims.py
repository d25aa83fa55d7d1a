"""What bidders claim and what they deliver as the weight of social value grows."""

from functools import partial

from experiments.patterns.pattern import ISLES, Ablation, Arm, Figure, Lives, Measured, Pattern
from experiments.patterns.reading import less, measured
from scenarios.spec import Policy, Scenario
from simulation.measures.social_value import process_per_delivered, social_value

WEIGHTS = (0.05, 0.3)


def weighed(scenario: Scenario, weight: float) -> Policy:
    """Buy with claimed social value at a weight."""
    return Policy(regime="social_value", parameters={"weight": weight})


def measure(lives: Lives) -> Measured:
    """Read claims and deliveries at the least and the most weight."""
    claimed, delivered, process = (
        {
            weight: measured(
                answer, lives[_name(weight)].books, 1, lives[_name(weight)].books.meta.months
            )
            for weight in WEIGHTS
        }
        for answer in (social_value("claimed"), social_value("delivered"), process_per_delivered)
    )
    low, high = WEIGHTS[0], WEIGHTS[-1]
    return {
        "claimed_low": claimed[low],
        "claimed_high": claimed[high],
        "claimed_rise": less(claimed[high], claimed[low]),
        "delivered_rise": less(delivered[high], delivered[low]),
        "ratio_low": _ratio(delivered[low], claimed[low]),
        "ratio_high": _ratio(delivered[high], claimed[high]),
        "process_rise": less(process[high], process[low]),
    }


def _ratio(one: float | None, other: float | None) -> float | None:
    return None if one is None or not other else one / other


def _name(weight: float) -> str:
    return f"weight_{round(100 * weight)}"


PATTERN = Pattern(
    name="claims",
    question="What is claimed and what is delivered as social value weighs more in the award?",
    known="Councils weighed it at 5 % in 2015 and at 20 to 30 % since; which part of what is "
    "promised is delivered is not published (claims of a black hole are a vendor's).",
    source="local.gov.uk (Manchester); neighbourly.com",
    place=ISLES,
    months=36,
    seconds=7.0,
    arms=tuple(Arm(_name(one), partial(weighed, weight=one)) for one in WEIGHTS),
    figures=(
        Figure("claimed_low", "Claimed per pound of service at a weight of 5 %", "GBP per GBP"),
        Figure("claimed_high", "The same at 30 %", "GBP per GBP"),
        Figure("claimed_rise", "The latter less the former", "GBP per GBP"),
        Figure("delivered_rise", "Delivered per pound at 30 % less at 5 %", "GBP per GBP"),
        Figure("ratio_low", "Delivered over claimed at 5 %", "share"),
        Figure("ratio_high", "Delivered over claimed at 30 %", "share"),
        Figure("process_rise", "Process cost of a pound delivered at 30 % less at 5 %",
               "GBP per GBP"),
    ),
    measure=measure,
    ablations=(
        Ablation(("claim.inflation",), "nobody claims more than can be delivered"),
    ),
)  # fmt: skip
