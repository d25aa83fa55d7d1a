"""What it costs: the service under a way of buying beside the baseline's, in one sentence."""

from experiments.report.findings import (
    Sentence,
    by_verdict,
    difference,
    differences,
    leader,
    most_local,
    titles,
)
from experiments.report.folder import Policy, Results
from experiments.report.glossary import term
from experiments.report.size import CLEAR, HARDLY, reading
from experiments.report.words import listed, quoted

PRICE = ("cost_per_delivered_unit", "unit_cost_premium")

_PRICE = {"up": "costs more", "down": "costs less"}
_CLAUSES = {
    "quality": {"up": "better quality", "down": "lower quality"},
    "unmet_need": {"up": "more unmet need", "down": "less unmet need"},
}


def cost_sentence(results: Results) -> Sentence:
    """Say what the way of buying that the other sentences are about does to the service.

    Parameters
    ----------
    results : Results
        A comparison.

    Returns
    -------
    Sentence
        On cost, quality and unmet need of that way; on the cost of all of them where the other
        sentences single none out.
    """
    policy = leader(results) or most_local(results)
    return _of_all(results) if policy is None else _of_one(results, policy)


def _price(results: Results, policies: tuple[Policy, ...]) -> str:
    """Choose the measure of cost that is known."""
    return next(
        (m for m in PRICE if any(results.change(m, p).verdict != "unknown" for p in policies)),
        PRICE[0],
    )


def _of_all(results: Results) -> Sentence:
    base = quoted(results.baseline.title)
    price = _price(results, results.others)
    gaps, sure = by_verdict(results, price), differences(results, price)
    if len(gaps["unknown"]) == len(results.others):
        return Sentence("We cannot say which way of buying costs more for the same service.", sure)
    parts = [
        f"{titles(gaps[way])} {'cost' if len(gaps[way]) > 1 else 'costs'} clearly {word}"
        for way, word in (("down", "less"), ("up", "more"))
        if gaps[way]
    ]
    if parts:
        return Sentence(f"For the same service, {listed(parts)} than {base}.", sure)
    if gaps["hardly_up"] or gaps["hardly_down"]:
        return Sentence(f"The same service costs hardly more or less than under {base}.", sure)
    return Sentence(
        f"We found no clear difference from {base} in what the same service costs.", sure
    )


def _of_one(results: Results, policy: Policy) -> Sentence:
    name, base = quoted(policy.title), quoted(results.baseline.title)
    price = _price(results, (policy,))
    changes = {m: results.change(m, policy) for m in (price, *_CLAUSES)}
    told = [difference(gap, term(measure)) for measure, gap in changes.items()]
    sure = " ".join([*told, *_beyond(results, policy)])
    said = {measure: reading(results, measure, policy) for measure in changes}
    words = {price: "cost", "quality": "quality", "unmet_need": "unmet need"}
    vague = [words[m] for m, verdict in said.items() if verdict == "unclear"]
    lost = [words[m] for m, verdict in said.items() if verdict == "unknown"]
    tiny = [words[m] for m, verdict in said.items() if verdict in HARDLY]
    firm = [_clause(results, m, policy, said[m]) for m in _CLAUSES if said[m] in CLEAR]
    cost = _PRICE.get(said[price])
    ends = []
    if tiny:
        ends.append(f"{listed(tiny)} hardly {'differ' if len(tiny) > 1 else 'differs'}")
    if vague:
        ends.append(f"we found no clear difference in {listed(vague)}")
    if lost:
        ends.append(f"{listed(lost)} {'are' if len(lost) > 1 else 'is'} not known")
    if not cost and not firm:
        return Sentence(f"Between {name} and {base} {'; '.join(ends)}.", sure)
    lead = f"the same service {cost}" if cost else "the same service comes"
    joined = f", with {listed(firm)}," if cost and firm else f" with {listed(firm)}" if firm else ""
    text = f"Under {name} {lead}{joined} than under {base}"
    return Sentence("; ".join([text, *ends]) + ".", sure)


def _met_beyond(results: Results, policy: Policy) -> bool:
    """Tell whether a policy met more than the need."""
    return (results.outcome("unmet_need", policy).mean or 0.0) < 0


def _clause(results: Results, measure: str, policy: Policy, verdict: str) -> str:
    """Name what is clearly different; below zero, unmet need is need met beyond what was needed."""
    if measure == "unmet_need" and _met_beyond(results, results.baseline):
        if verdict == "down":
            return "still more delivered beyond the need"
        if _met_beyond(results, policy):
            return "less delivered beyond the need"
    return _CLAUSES[measure][verdict]


def _beyond(results: Results, policy: Policy) -> list[str]:
    """Say in words which of two ways met more than the need."""
    said, measure = [], "unmet_need"
    for way in (policy, results.baseline):
        value = results.outcome(measure, way)
        if value.mean is not None and value.mean < 0:
            say = term(measure).says(value.unit)
            said.append(f"Under {quoted(way.title)} the budget bought {say(value.mean)}.")
    return said
