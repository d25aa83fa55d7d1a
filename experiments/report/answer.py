"""The answer in three plain sentences, each with how sure it is.

The rules are the same for every way of buying, and none knows a name:

1. *What it brings.* A way of buying leaves more (or less) income in the place than the baseline
   only when the 95 % interval of the paired difference keeps clear of zero and the difference is
   not tiny (see `size`). A tiny one is called hardly any; an unclear one, no clear difference.
2. *What local preference gains net.* The way that clearly buys most from firms here is asked what
   it gains once losses elsewhere are taken off. It may gain nothing, and the sentence says so.
3. *What it costs.* Cost, quality and unmet need of the way that the first two sentences are about.

"8 of 10 of the futures we tried" is said of ignorance only: futures differ in what nobody knows.
Luck (the same assumptions, other throws of the dice) is reported apart.
"""

from dataclasses import dataclass

from experiments.report.findings import (
    INCOME,
    LOCAL,
    Sentence,
    ahead,
    by_verdict,
    difference,
    differences,
    first,
    highest,
    leader,
    most_local,
    titles,
    tried,
)
from experiments.report.folder import Policy, Results
from experiments.report.glossary import term
from experiments.report.service import cost_sentence
from experiments.report.size import reading
from experiments.report.words import apart, not_known, of_ten, quoted, span, two_digits

NET = "net_local_income"

FEWEST = 5
"""With fewer runs of each way than this, the page warns before it answers."""


@dataclass(frozen=True)
class Sureness:
    """Ignorance and luck, kept apart."""

    ignorance: str
    luck: str


def _brings(results: Results, place: str) -> Sentence:
    base, gaps, top = results.baseline, by_verdict(results, INCOME), leader(results)
    if top is not None:
        return _leads(results, top, gaps["up"], place)
    if not results.others:
        return Sentence(f"Only {quoted(base.title)} was run, so there is nothing to compare.", "")
    if len(gaps["unknown"]) == len(results.others):
        why = results.change(INCOME, results.others[0]).why
        return Sentence(
            f"We cannot say which way of buying leaves more income in {place}.",
            f"{term(INCOME).title}: {not_known(why)}.",
        )
    sure = differences(results, INCOME)
    if gaps["down"]:
        verb = "leave" if len(gaps["down"]) > 1 else "leaves"
        most = ", at most hardly more" if gaps["hardly_up"] else ""
        return Sentence(
            f"No other way of buying leaves clearly more income in {place} than "
            f"{quoted(base.title)}{most}; {titles(gaps['down'])} {verb} clearly less.",
            sure,
        )
    if gaps["hardly_up"] or gaps["hardly_down"]:
        return _hardly(results, gaps, place)
    return Sentence(
        f"We found no clear difference between the ways of buying in the income that each £1 "
        f"leaves in {place}.",
        f"Every interval covers zero. {sure}"
        if not gaps["unknown"]
        else f"Every known interval covers zero. {sure}",
    )


def _hardly(results: Results, gaps: dict[str, list[Policy]], place: str) -> Sentence:
    """Say that the clear differences are tiny, by the largest of them."""
    above, base = highest(results, INCOME, gaps["hardly_up"]), quoted(results.baseline.title)
    policy = above or min(
        gaps["hardly_down"], key=lambda other: results.change(INCOME, other).mean or 0.0
    )
    gap = results.change(INCOME, policy)
    size = term(INCOME).writes(gap.unit, two_digits(gap))(abs(gap.mean or 0.0))
    text = f"{quoted(policy.title)} leaves hardly {'more' if above else 'less'} income in {place} "
    small = "That is too small to matter, however sure it is."
    return Sentence(
        f"{text}than {base}: {size} of each £1{'' if above else ', and no other way leaves more'}.",
        f"{small} {differences(results, INCOME)} {ahead(results, INCOME, policy)}",
    )


def _leads(results: Results, top: Policy, above: list[Policy], place: str) -> Sentence:
    words, base = term(INCOME), results.baseline
    now, then = results.outcome(INCOME, top), results.outcome(INCOME, base)
    against = ""
    if now.mean is not None and then.mean is not None:
        write = words.writes(now.unit, apart([now.mean, then.mean]))
        against = f": {write(now.mean)} for each £1 spent on services, against {write(then.mean)}"
    text = f"{quoted(top.title)} leaves more income in {place} than {quoted(base.title)}{against}."
    also = [policy for policy in above if policy != top]
    others = f"{titles(also)} also {'leave' if len(also) > 1 else 'leaves'} more." if also else ""
    sure = (
        difference(results.change(INCOME, top), words),
        ahead(results, INCOME, top),
        first(results, INCOME, top),
        others,
    )
    return Sentence(text, " ".join(part for part in sure if part))


def _nets(results: Results) -> Sentence:
    policy = most_local(results)
    if policy is None:
        tiny = by_verdict(results, LOCAL[0])["hardly_up"]
        return Sentence(
            f"None of these ways {'buys noticeably' if tiny else 'clearly buys'} more from "
            f"local firms than {quoted(results.baseline.title)}.",
            "So this comparison cannot show what buying locally would gain. "
            f"{differences(results, LOCAL[0])}",
        )
    gap = results.change(NET, policy)
    buys = f"{quoted(policy.title)} buys the most from local firms"
    text = {
        "up": f"{buys}, and still gains after we take off what is lost elsewhere.",
        "down": f"{buys}, but loses more than it gains once we count what is lost elsewhere.",
        "hardly_up": f"{buys}, and gains hardly anything once losses elsewhere are taken off.",
        "hardly_down": f"{buys}, but loses a trifle once we count what is lost elsewhere.",
        "unclear": f"{buys}, but gains nothing net that we can be sure of: once losses elsewhere "
        "are taken off, there is no clear difference.",
        "unknown": f"{buys}, but we cannot say what it gains net of losses elsewhere.",
    }[reading(results, NET, policy)]
    local = next(m for m in LOCAL if reading(results, m, policy) == "up")
    buying = difference(results.change(local, policy), term(local))
    net = difference(gap, term(NET))
    sure = (buying, net, _nothing(results, policy), _after_cost(results, policy))
    return Sentence(text, " ".join(part for part in sure if part))


def _nothing(results: Results, policy: Policy) -> str:
    gaps = results.paired(NET, policy)
    if not gaps:
        return ""
    count = of_ten(sum(1 for gap in gaps if gap <= 0), len(gaps))
    return f"It gained nothing net in {count} of {tried(results)}."


def _after_cost(results: Results, policy: Policy) -> str:
    """Say how often preferring local gains nothing once the extra cost is taken off as well."""
    tier = results.tier_of(NET)
    for row in results.summary.get("local_preference", []):
        share, runs = row.get("gains_nothing"), row.get("n") or 0
        if (row.get("regime"), row.get("tier")) == (policy.name, tier) and share is not None:
            lived = round(float(row.get("prefers_local") or 0.0) * runs)
            count = of_ten(round(share * lived), lived)
            return (
                f"With the extra cost of the service taken off too, it gained nothing in {count}."
            )
    return ""


def three_sentences(results: Results, place: str) -> list[Sentence]:
    """Answer the question of a comparison.

    Parameters
    ----------
    results : Results
        A comparison.
    place : str
        Name of the place.

    Returns
    -------
    list of Sentence
        Three: what it brings, what local preference gains net, what it costs.
    """
    return [_brings(results, place), _nets(results), cost_sentence(results)]


def how_sure(results: Results) -> Sureness:
    """Report ignorance and luck, each by itself, for the headline measure.

    Parameters
    ----------
    results : Results
        A comparison.

    Returns
    -------
    Sureness
        Two short texts.
    """
    policy = _told_of(results)
    gap = results.change(INCOME, policy)
    write = term(INCOME).writes_change(gap.unit, two_digits(gap))
    what = f"{quoted(policy.title)} minus {quoted(results.baseline.title)}"
    gaps, luck = results.paired(INCOME, policy), results.paired(INCOME, policy, of_luck=True)
    if not results.drawn:
        luck = luck or gaps
        ignorance = (
            "Not tried here: every assumption was held at its central value, so nothing on this "
            "page says how the answer would change if an assumption is wrong."
        )
    elif len(gaps) == 1:
        ignorance = (
            f"One future only, which takes its own values for {results.drawn} assumptions: {what} "
            f"was {write(gaps[0])} for each £1. One future cannot show how far ignorance matters."
        )
    elif gaps:
        ignorance = (
            f"Each of the {len(gaps)} futures takes other values for {results.drawn} assumptions "
            f"that nobody knows exactly, the same for every way of buying. Over these futures, "
            f"{what} ran from {span(gaps, write)} for each £1."
        )
    else:
        ignorance = f"Not known: {gap.why}."
    if len(luck) == 1:
        chance = (
            f"One run only at the central value of every assumption: {what} was {write(luck[0])} "
            "for each £1. One throw of the dice cannot show how far luck moves the answer."
        )
    elif luck:
        chance = (
            f"Here every assumption has its central value, and only the dice are thrown again "
            f"({len(luck)} times). Then {what} ran from {span(luck, write)} for each £1."
        )
    else:
        why = "no run repeats the central assumptions" if gaps else gap.why
        chance = f"Not known: {why}."
    return Sureness(ignorance, chance)


def _told_of(results: Results) -> Policy:
    """Choose whom to tell of: who leads, who buys most here, or the first whose income is known."""
    told = [one for one in (leader(results), most_local(results), *results.others) if one]
    known = (one for one in told if results.paired(INCOME, one))
    return next(known, told[0] if told else results.baseline)


def few(results: Results) -> str:
    """Warn of a comparison with too few runs to find anything; empty where there are enough.

    Parameters
    ----------
    results : Results
        A comparison.

    Returns
    -------
    str
        For fewer than `FEWEST` runs of each way.
    """
    if results.replicates >= FEWEST:
        return ""
    runs = "future was" if results.replicates == 1 else "futures were"
    if not results.drawn:
        runs = "run was" if results.replicates == 1 else "runs were"
    return (
        f"Only {results.replicates} {runs} tried for each way of buying. With so few, a 95% "
        "interval says little more than the lowest and the highest of them, and “clear” may be "
        "chance. Read this page as a trial of the tool, not as a finding; 20 or more are better."
    )
