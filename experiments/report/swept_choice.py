"""The answer to `robustness`: which policy each rule takes, and where the choice flips."""

from collections.abc import Mapping, Sequence
from typing import Any

from experiments.analysis.futures import Futures
from experiments.analysis.robustness import RULES
from experiments.figures.palette import look
from experiments.figures.places import Placed, places_figure
from experiments.report.glossary import term
from experiments.report.pictures import picture
from experiments.report.swept import Answer, both, plain, share_told, told_left
from experiments.report.tables import Grid
from experiments.report.words import listed, quoted

Told = Mapping[str, Any]


def choice_answer(futures: Futures, told: Told, baseline: str, order: Sequence[str]) -> Answer:
    """Put the rules of choice in words, a table and a picture.

    Parameters
    ----------
    futures : Futures
        One measure, whole futures alone.
    told : dict
        What `robustness` told of their means.
    baseline : str
        What satisficing is held against without a threshold.
    order : sequence of str
        Policies in the plan's order, which gives each its look.
    """
    words = term(futures.measure)
    names = _names(told, baseline)
    grid = _grid(futures, told, names)
    headings = [_HEADINGS[rule].format(worst=f"{100 * (1 - told['level']):.0f}%") for rule in RULES]
    placed = [
        Placed(one["policy"], look(order.index(one["policy"])), [one["rank"][r] for r in RULES])
        for one in told["policies"]
    ]
    said = _said(told)
    return Answer(
        title=f"Which policy to choose: {words.title.lower()} ({futures.tier})",
        paragraph=said,
        grids=[grid, _beats(told), _flips(told)],
        pictures=[
            picture(
                "places",
                "Place under each rule",
                " ".join(said),
                places_figure(headings, placed),
                grid,
                "The first place is on top; where lines cross, rules disagree.",
            )
        ],
        method=[
            "A future is a place under one set of assumptions; its number is the mean over luck. "
            "Regret is what a policy falls short of the best one of the same future (Savage 1951); "
            "the others are the mean (Laplace), the worst future (Wald 1950), alpha times the best "
            f"and 1 − alpha times the worst (Hurwicz 1951; alpha {plain(told['alpha'])}), the mean "
            f"of the worst {100 * (1 - told['level']):.0f}% of futures (CVaR; Rockafellar and "
            "Uryasev 2002) and the share of futures that are good enough (Simon 1956). Every "
            "future counts alike: none is said to be likelier."
        ],
        left=told_left(futures.left, whole=True),
    )


_HEADINGS = {
    "laplace": "mean\n(Laplace)",
    "maximin": "worst\n(maximin)",
    "regret": "most\nregret",
    "hurwicz": "mix\n(Hurwicz)",
    "cvar": "worst {worst}\n(CVaR)",
    "satisficing": "good\nenough",
}


_BY = {
    "laplace": "the mean",
    "maximin": "the worst future",
    "regret": "the most regret",
    "hurwicz": "Hurwicz’ mix",
    "cvar": "the mean of the worst futures",
    "satisficing": "the share of futures that are good enough",
}


def _names(told: Told, baseline: str) -> dict[str, str]:
    enough = told["threshold"]
    return {
        "laplace": "Mean of futures",
        "maximin": "Worst future",
        "regret": "Most regret",
        "hurwicz": f"Hurwicz, alpha {plain(told['alpha'])}",
        "cvar": f"Worst {100 * (1 - told['level']):.0f}%, mean",
        "satisficing": f"Better than {baseline} in"
        if enough is None
        else f"Reaches {plain(enough)} in",
    }


def _said(told: Told) -> list[str]:
    leaders = {rule: some for rule, some in told["leaders"].items() if some}
    if told["agree"]:
        placed = set(told["agree"]) <= set(leaders.get("satisficing") or told["agree"])
        rule = "every rule" if placed else "every rule that gives it a place"
        said = [f"By {rule} {both(told['agree'])} comes first, over {told['futures']:,} futures."]
    else:
        parts: dict[tuple[str, ...], list[str]] = {}
        for rule, some in leaders.items():
            parts.setdefault(tuple(some), []).append(_BY[rule])
        said = [
            f"Over {told['futures']:,} futures the rules disagree: "
            + "; ".join(f"{both(some)} by {listed(rules)}" for some, rules in parts.items())
            + "."
        ]
    mixed, worst = told["flips"]["hurwicz"], told["flips"]["cvar"]
    if len(mixed) > 1:
        turns = listed([f"to {quoted(x['policy'])} from {plain(x['alpha'])} on" for x in mixed[1:]])
        said.append(
            f"By Hurwicz’ rule the choice flips with optimism: {quoted(mixed[0]['policy'])} where "
            f"only the worst counts, {turns}."
        )
    else:
        said.append("By Hurwicz’ rule optimism does not change who comes first.")
    if len(worst) > 1:
        turns = listed([f"{quoted(x['policy'])} from the worst {x['worst']:,}" for x in worst[1:]])
        said.append(
            f"By the mean of the worst futures {quoted(worst[0]['policy'])} leads in the worst one "
            f"alone, {turns} of {told['futures']:,} on."
        )
    return said


def _grid(futures: Futures, told: Told, names: Mapping[str, str]) -> Grid:
    words = term(futures.measure)
    numbers = [one[rule] for one in told["policies"] for rule in RULES if rule != "satisficing"]
    step = (max(numbers) - min(numbers)) / 100 if numbers else 0.0
    write, change = words.writes(futures.unit, step), words.writes_change(futures.unit, step)

    def cell(rule: str, value: float | None) -> str:
        if rule == "satisficing":
            return share_told(value)
        if value is None:
            return "–"
        return change(value).lstrip("+") if rule == "regret" else write(value)

    rows = [
        [
            one["policy"],
            *[
                f"{cell(rule, one[rule])} ({plain(one['rank'][rule])})"
                if one["rank"][rule] is not None
                else cell(rule, one[rule])
                for rule in RULES
            ],
        ]
        for one in told["policies"]
    ]
    head = ["Policy", *[names[rule] for rule in RULES]]
    return Grid(f"{words.title} ({futures.tier}) by each rule, with the place it gives", head, rows)


def _beats(told: Told) -> Grid:
    names = [one["policy"] for one in told["policies"]]
    share = {(one["policy"], one["other"]): one["share"] for one in told["beats"]}
    rows = [[name, *[share_told(share.get((name, other))) for other in names]] for name in names]
    return Grid(
        "Share of futures in which the row is better than the column", ["Policy", *names], rows
    )


def _flips(told: Told) -> Grid:
    rows = [
        ["Hurwicz", f"from alpha {plain(one['alpha'])}", one["policy"]]
        for one in told["flips"]["hurwicz"]
    ]
    rows += [
        ["Mean of the worst", f"from the worst {one['worst']:,}", one["policy"]]
        for one in told["flips"]["cvar"]
    ]
    return Grid("Where the choice flips", ["Rule", "From", "Leads"], rows)
