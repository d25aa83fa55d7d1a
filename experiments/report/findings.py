"""What a comparison found, before it is put in sentences: who clearly differs, and how often.

A difference is clear when its paired 95 % interval keeps clear of zero, and a finding when it is
not tiny as well (see `size`); the rules know no policy by name.
"""

from dataclasses import dataclass

from experiments.report.folder import Estimate, Policy, Results
from experiments.report.glossary import Term, term
from experiments.report.size import CLEAR, HARDLY, reading
from experiments.report.words import (
    estimate_gap,
    listed,
    not_known,
    of_ten,
    quoted,
    spread,
    two_digits,
)

INCOME = "local_income_multiplier"
LOCAL = ("local_share_based", "local_share_owned")


@dataclass(frozen=True)
class Sentence:
    """One finding.

    Parameters
    ----------
    text : str
        A sentence that stands alone.
    sureness : str
        The numbers behind it and how far they can be trusted.
    """

    text: str
    sureness: str


def tried(results: Results) -> str:
    """Name the runs: futures where what nobody knows differs between them, else runs of luck."""
    return "the futures we tried" if results.drawn else "the runs, which differ by luck alone"


def ahead(results: Results, measure: str, policy: Policy) -> str:
    """Say in how many futures a policy is above the baseline; empty where not known."""
    gaps = results.paired(measure, policy)
    if not gaps:
        return ""
    above = sum(1 for gap in gaps if gap > 0)
    return f"More than the baseline in {of_ten(above, len(gaps))} of {tried(results)}."


def first(results: Results, measure: str, policy: Policy) -> str:
    """Say in how many futures a policy is first of all; empty where not known."""
    share = results.best.get((measure, results.tier_of(measure), policy.name))
    if share is None or not results.replicates:
        return ""
    count = of_ten(round(share * results.replicates), results.replicates)
    return f"First of all {len(results.policies)} ways in {count} of {tried(results)}."


def difference(gap: Estimate, words: Term) -> str:
    """Write a difference with its interval as a sentence, or why it is not known."""
    write = words.writes_change(gap.unit, two_digits(gap))
    if gap.mean is None:
        return f"{words.title}: {not_known(gap.why)}."
    interval = spread(gap.low, gap.high, write)
    between = f", 95% interval {interval}" if interval else ""
    return f"{words.title}, difference from the baseline: {write(gap.mean)}{between}."


MANY = 6
"""With more policies than this only clear differences are written out; the main table has all."""


def differences(results: Results, measure: str) -> str:
    """Write the difference of every policy from the baseline; of many, of those that differ."""
    words, said, vague = term(measure), [], []
    many = len(results.others) > MANY
    for policy in results.others:
        verdict = reading(results, measure, policy)
        if many and verdict in (*HARDLY, "unclear"):
            vague.append(policy)
            continue
        tiny = ", hardly any" if verdict in HARDLY else ""
        change = estimate_gap(results.change(measure, policy), words.style)
        said.append(f"{quoted(policy.title)} {change}{tiny}")
    if vague:
        said.append(f"hardly any or no clear difference for {titles(vague)}")
    return (
        f"{words.title}, difference from the baseline (95% interval): {'; '.join(said)}."
        if said
        else ""
    )


def by_verdict(results: Results, measure: str) -> dict[str, list[Policy]]:
    """Sort the policies by the reading of their difference (see `size.reading`)."""
    found: dict[str, list[Policy]] = {said: [] for said in (*CLEAR, *HARDLY, "unclear", "unknown")}
    for policy in results.others:
        found[reading(results, measure, policy)].append(policy)
    return found


def titles(policies: list[Policy]) -> str:
    """Join the titles of policies, each in quotation marks."""
    return listed([quoted(policy.title) for policy in policies])


def highest(results: Results, measure: str, policies: list[Policy]) -> Policy | None:
    """Give the policy with the largest difference; None where there is no policy."""
    if not policies:
        return None
    return max(policies, key=lambda policy: results.change(measure, policy).mean or 0.0)


def _highest(results: Results, measure: str) -> Policy | None:
    return highest(results, measure, by_verdict(results, measure)["up"])


def leader(results: Results) -> Policy | None:
    """Give the policy that leaves clearly more income than the baseline, the most if several.

    Parameters
    ----------
    results : Results
        A comparison.

    Returns
    -------
    Policy or None
        None where no difference is above zero, clear and more than tiny.
    """
    return _highest(results, INCOME)


def most_local(results: Results) -> Policy | None:
    """Give the policy that buys the most from firms here, if clearly more than the baseline.

    Parameters
    ----------
    results : Results
        A comparison.

    Returns
    -------
    Policy or None
        None where no policy clearly buys more locally.
    """
    found = (_highest(results, measure) for measure in LOCAL)
    return next((policy for policy in found if policy is not None), None)
