"""How large a difference must be before a report calls it one: clear of zero, and not tiny.

With enough futures even a hundredth of a penny keeps clear of zero. That a difference is there says
nothing of whether it matters, so a report holds each clear difference against a scale, and calls
one below a fixed part of that scale "hardly any difference". The two parts below are judgements
that the page's note on method prints; they are the same for every way of buying.
"""

from experiments.report.folder import Policy, Results
from experiments.report.glossary import term

TINY = 0.01
"""A clear difference below this part of its scale is tiny. Unit: share. Grade: judgement."""

TINY_OF_PLACE = 0.001
"""The same for jobs, incomes and wealth of the whole place, of which the spending that is bought
another way is only a small part. Unit: share. Grade: judgement."""

CLEAR = ("up", "down")
HARDLY = ("hardly_up", "hardly_down")


def _scale(results: Results, measure: str, tier: str | None) -> float:
    """Give what a difference is held against, in the unit of the measure; 0 where not known."""
    kind = term(measure).scale
    if kind == "one":
        return 1.0
    if kind == "treated":
        pounds, months = results.manifest.get("treated_pounds"), results.summary.get("months")
        if not isinstance(pounds, int | float) or not isinstance(months, int) or months < 1:
            return 0.0
        return float(pounds) * 12 / months
    return abs(results.outcome(measure, results.baseline, tier).mean or 0.0)


def tiny(results: Results, measure: str, tier: str | None = None) -> float:
    """Give the size below which a difference is tiny.

    Parameters
    ----------
    results : Results
        A comparison.
    measure : str
        Name of the measure.
    tier : str, optional
        Tier; the report's own choice when absent.

    Returns
    -------
    float
        `TINY` of the baseline's average; of one (the whole price, the whole need) for premiums and
        unmet need; of a year's treated spending for gains net of losses. `TINY_OF_PLACE` of the
        baseline's average for people. 0, so that nothing is tiny, where the scale is not known.
    """
    part = TINY_OF_PLACE if term(measure).group == "people" else TINY
    return part * _scale(results, measure, tier)


def reading(results: Results, measure: str, policy: Policy, tier: str | None = None) -> str:
    """Read the difference of a policy from the baseline.

    Parameters
    ----------
    results : Results
        A comparison.
    measure : str
        Name of the measure.
    policy : Policy
        The policy.
    tier : str, optional
        Tier; the report's own choice when absent.

    Returns
    -------
    str
        "up", "down", "hardly_up", "hardly_down", "unclear" or "unknown".
    """
    gap = results.change(measure, policy, tier)
    if gap.verdict in CLEAR and abs(gap.mean or 0.0) < tiny(results, measure, tier):
        return f"hardly_{gap.verdict}"
    return gap.verdict


def rule() -> str:
    """Write the rule for the note on method."""
    return (
        "A difference counts as one only when its 95% interval keeps clear of zero and it is not "
        f"tiny. Below {TINY:.0%} of the baseline’s average we say “hardly any difference”, however "
        f"sure it is: {TINY_OF_PLACE:.1%} for jobs, incomes and wealth of the whole place; "
        f"{TINY:.0%} of the whole need for unmet need, of the price for extra cost, and of a "
        "year’s treated spending for what is gained net. These limits are our judgement and the "
        "same for every way of buying."
    )
