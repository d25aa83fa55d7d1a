"""What a place's own file says of it: people, work, firms, and what its councils buy."""

from collections.abc import Mapping, Sequence
from typing import Any

from experiments.figures.bars import Bar, bars_figure
from experiments.report.pictures import Picture, picture
from experiments.report.swept import many
from experiments.report.tables import Grid
from experiments.report.today import Part
from experiments.report.words import listed, pounds
from scenarios.spec import Area, Scenario
from scenarios.tables.classifications import category_names

NOT_KNOWN = "not known"
NAMED_BUYERS = 4
"""Buyers that have a column of their own; more are one sum."""


def place_parts(scenario: Scenario) -> list[Part]:
    """Set out what the file of a place says.

    Parameters
    ----------
    scenario : Scenario
        The place.
    """
    return [_people(scenario), _budgets(scenario), _contracts(scenario)]


def focus_of(scenario: Scenario) -> Area:
    """The area that the file is about."""
    return next(area for area in scenario.areas if area.id == scenario.focus)


def _number(value: float | None) -> str:
    return NOT_KNOWN if value is None else f"{value:,.0f}"


def _people(scenario: Scenario) -> Part:
    here = focus_of(scenario)
    sizes = here.enterprises
    rows = [
        ["People who live here", _number(here.population)],
        ["Homes with people in them", _number(here.households)],
        ["Jobs at workplaces here", _number(here.jobs)],
        ["People who live here and work", _number(here.workers)],
        ["Co-operatives", _number(here.coops)],
        ["Charities and voluntary bodies with staff", _number(here.vcse)],
    ]
    if sizes is not None:
        rows += [
            ["Firms with up to 9 staff", _number(sizes.micro)],
            ["Firms with 10 to 49 staff", _number(sizes.small)],
            ["Firms with 50 to 249 staff", _number(sizes.medium)],
            ["Firms with 250 staff or more", _number(sizes.large)],
        ]
    if here.income is not None:
        rows.append(["Middle income of a taxpayer, a year", pounds(here.income.median)])
    said = f"{here.name} has {_number(here.population)} people and {_number(here.jobs)} jobs."
    if here.jobs and here.workers:
        said += (
            " More people come here to work than leave for work."
            if here.jobs > here.workers
            else " More people leave for work than come here to work."
        )
    return Part(
        "people", "People, jobs and firms", [said],
        grids=[Grid(f"{here.name} at the start", ["What", "Number"], rows)],
        unsure=["Some of these are worked out or taken from a wider area. The page of the place "
                "says which."],
    )  # fmt: skip


def _budgets(scenario: Scenario) -> Part:
    names, whole = category_names(), _by_category(scenario)
    total = sum(whole.values())
    buyers = scenario.buyers if len(scenario.buyers) <= NAMED_BUYERS else ()
    ordered = sorted(whole, key=lambda one: (-whole[one], one))
    rows = [
        [names.get(one, one), pounds(whole[one]), f"{100 * whole[one] / total:.1f}%",
         *(pounds(buyer.budget.get(one, 0.0)) for buyer in buyers if len(buyers) > 1)]
        for one in ordered
    ]  # fmt: skip
    head = ["Category", "A year", "Share"]
    head += [buyer.name for buyer in buyers if len(buyers) > 1]
    grid = Grid("What is bought in a year, by category", head, rows)
    who = [buyer.name for buyer in buyers] or [many(len(scenario.buyers), "public buyer")]
    said = f"{listed(who)} {'buys' if len(who) == 1 and buyers else 'buy'} goods and services for "
    said += f"{pounds(total)} a year."
    pay = sum(buyer.payroll for buyer in scenario.buyers)
    return Part(
        "budgets", "What is bought", [said, f"Own staff cost {pounds(pay)} a year besides."],
        words=[("Category", "a kind of spending, such as home care or building repairs")],
        pictures=[_bars("budget", "What is bought in a year", grid, names, whole, ordered)],
    )  # fmt: skip


def _by_category(scenario: Scenario) -> dict[str, float]:
    whole: dict[str, float] = {}
    for buyer in scenario.buyers:
        for category, sum_ in buyer.budget.items():
            whole[category] = whole.get(category, 0.0) + sum_
    return {category: value for category, value in whole.items() if value > 0}


def _bars(
    name: str, heading: str, grid: Grid, names: Mapping[str, str], whole: Mapping[str, float],
    ordered: Sequence[str],
) -> Picture:  # fmt: skip
    bars = [Bar(names.get(one, one), whole[one], pounds(whole[one])) for one in ordered]
    return picture(name, heading, f"One bar each; {grid.caption}.", bars_figure(bars), grid)


def _contracts(scenario: Scenario) -> Part:
    held, names = scenario.contracts, category_names()
    areas = {area.id: area.name for area in scenario.areas}
    rows = [
        [names.get(one, one),
         pounds(held.lot_pounds[one]) if one in held.lot_pounds else "usual for all places",
         many(held.months[one], "month") if one in held.months else "usual for all places"]
        for one in sorted(set(held.lot_pounds) | set(held.months))
    ]  # fmt: skip
    shares = [
        f"{100 * share:.0f}% of spending goes to suppliers in {areas.get(area, area)}"
        for area, share in held.share_in.items()
    ]
    said = [
        f"At the start {listed(shares)}."
        if shares
        else "How much goes to suppliers here at the start is worked out by the model: no share "
        "is known."
    ]
    grids = [Grid("Contracts as assumed", ["Category", "Usual size, a year", "Length"], rows)]
    return Part(
        "contracts", "How it is let today", said,
        words=[("To let", "to give a contract to a supplier, most often after asking for bids")],
        grids=grids if rows else [],
        unsure=["Sizes and lengths of contracts are not known for this place. They are assumed, "
                "as for all places."] if not rows else [],
    )  # fmt: skip


def start_part(scenario: Scenario, lines: Sequence[Mapping[str, Any]]) -> Part:
    """Set the start that was built beside what was published.

    Parameters
    ----------
    scenario : Scenario
        The place.
    lines : sequence of mapping
        As of `experiments.runner.start_state.build_start_state`.
    """
    areas = {area.id: area.name for area in scenario.areas}
    rows = [
        [one["what"], areas.get(one["area"], one["area"]), _start(one["published"], one["unit"]),
         _start(one["built"], one["unit"])]
        for one in lines
    ]  # fmt: skip
    return Part(
        "start", "Is the built place the published one?",
        ["The model built every home and firm of this place once. Here is what it came to, beside "
         "what was published."],
        grids=[Grid("The start, built and published", _START, rows)],
    )  # fmt: skip


_START = ("What", "Where", "Published", "Built")


def _start(value: float | None, unit: str) -> str:
    if value is None:
        return NOT_KNOWN
    return f"{100 * value:.1f}%" if unit == "share" else f"{value:,.0f}"
