"""The scenario file of a place, as a person reads it: each figure with its mark beside it.

Written by hand rather than by a TOML library, since the comments are half of it. The same place
gives the same bytes.
"""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from textwrap import wrap

from scenarios.place_file.contracts import LOTS, SHARES, TERMS, range_told
from scenarios.place_file.figures import Figure, source_of
from scenarios.place_file.place import HABITS, REACH, Place
from scenarios.place_file.spending import YEAR_MONTHS, Spending
from scenarios.place_file.words import (
    BESIDE,
    CLOSING,
    COMPARISON,
    GROUPS,
    HABITS_TOLD,
    HEAD,
    LOTS_ELSE,
    MARKS,
    OBJECTIVES,
    SHARES_LEFT,
    SHARES_TAKEN,
    STRUCTURE,
    SURROUNDS,
    WANTED,
)
from scenarios.tables import category_names, sectors

WIDTH = 100
COLUMN = 40


def place_text(place: Place) -> str:
    """Write the file of a place.

    Parameters
    ----------
    place : Place

    Returns
    -------
    str
        TOML that `read_scenario` reads, with a newline at its end.
    """
    parts = [
        *_head(place),
        *_question(place),
        *_around(place),
        *_area(place),
        *(line for k in range(len(place.buyers)) for line in _buyer(place, k)),
        *_contracts(place),
        *_rest(place),
    ]
    return "\n".join(parts) + "\n"


def _head(place: Place) -> Iterator[str]:
    name, code = place.district.name, place.district.code
    yield from _comment(HEAD.format(name=name, code=code))
    yield "#"
    yield from _comment(BESIDE)
    for mark, what in MARKS:
        yield f"#   {mark:<11} {what}"
    if place.warnings:
        yield "#"
        yield "# Know before you use it:"
        for told in place.warnings:
            yield from _comment(f"- {told}", "#   ", "#     ")


def _question(place: Place) -> Iterator[str]:
    name = place.row["name"]
    councils = "its councils" if len(place.buyers) > 1 else "its council"
    millions = sum(sum(one["budget"].values()) for one in place.buyers) / 1e6
    yield from (
        "",
        "schema_version = 1",
        f"name = {_value(place.district.id)}",
        f"title = {_value(f'{name} 2024: GBP {millions:,.0f}m a year bought by {councils}')}",
        'question = "If it were bought in another way, who would gain, and who would pay?"',
        'currency = "GBP"',
        "start = { year = 2024, month = 4 }    # the one recent year with tax and benefit rates",
        f"focus = {_value(place.district.id)}",
        'technology = "uk_2019"                # who buys what from whom, ONS input-output tables',
    )
    yield from _source(place, "commuting")
    yield _line("commuting", "gravity", "distance")
    yield ""
    yield from _comment(WANTED)
    yield "objectives = ["
    for key, text, weight in OBJECTIVES:
        yield f"    {{ id = {_value(key)}, text = {_value(text)}, weight = {weight} }},"
    yield f"]{' ' * (COLUMN - 1)}# judgement"
    yield ""
    yield from _comment(
        "Districts that gains may be taken from: " + place.figures["neighbours"].source
        + ". Name others, if these are not who matters."
    )  # fmt: skip
    yield "neighbours = ["
    for one in place.neighbours:
        listed = f"    {_value(one.id)},"
        yield f"{listed:<{COLUMN - 1}} # distance: {one.name}, {one.km:.0f} km"
    yield "]"


def _around(place: Place) -> Iterator[str]:
    name = place.row["name"]
    yield from (
        "",
        *_comment(SURROUNDS.format(name=name)),
        "[tables]",
        f"districts = {_value(REACH)}",
        'detail = "focus"',
        "councils = { " + ", ".join(f"{key} = {one}" for key, one in HABITS.items()) + " }    "
        "# asked for, and used for no council of this file",
        "",
    )


def _area(place: Place) -> Iterator[str]:
    row, at = place.row, f"areas.{place.row['id']}"
    yield f"# {'-' * 30} {place.row['name']}: people, homes, firms, work {'-' * 30}"
    yield from ("", "[[areas]]")
    groups: dict[str, Mapping[str, object]] = {}
    for key, value in row.items():
        if isinstance(value, Mapping):
            groups[key] = value
            continue
        figure = place.figures.get(f"{at}.{key}")
        if figure:
            yield from _source(place, figure.key)
        yield _line(key, value, figure.mark if figure else STRUCTURE.get(key, ""))
    names = {one.id: one.name for one in sectors()}
    for key, parts in groups.items():
        yield from ("", f"[areas.{key}]    # {GROUPS[key]}")
        told = ""
        for part, value in parts.items():
            figure = place.figures[f"{at}.{key}.{part}"]
            if figure.source != told:
                yield from _comment(figure.source)
                told = figure.source
            what = f": {names[part]}" if key == "sector_mix" else ""
            yield _line(part, value, figure.mark + what)


def _buyer(place: Place, k: int) -> Iterator[str]:
    row = place.buyers[k]
    at = f"buyers.{row['id']}"
    names = category_names()
    yield from ("", f"# {'-' * 30} {row['name']}: what it spends {'-' * 30}", "", "[[buyers]]")
    for key, value in row.items():
        if key in ("payroll_by", "budget"):
            continue
        figure = place.figures.get(f"{at}.{key}")
        if key == "payroll":
            yield from _source(place, f"{at}.payroll")
        elif key == next(iter(HABITS)):
            yield from _comment(HABITS_TOLD)
        yield _line(key, value, figure.mark if figure else "")
    yield from ("", "[buyers.payroll_by]    # shares of own staff by what they work on")
    for category, share in row["payroll_by"].items():
        yield _line(
            category,
            share,
            f"{place.figures[f'{at}.payroll_by.{category}'].mark}: {names[category]}",
        )
    yield from ("", "[buyers.budget]    # bought from suppliers, GBP a year, VAT left out")
    paid = place.spending if row["id"] == place.payer else None
    if paid:
        yield from _comment(_paid_told(paid))
    if not (paid and paid.tells_mix):
        yield from _services(place, k)
    for category, pounds in row["budget"].items():
        figure = place.figures[f"{at}.budget.{category}"]
        told = f"; {figure.beside}" if figure.beside else ""
        yield _line(category, pounds, f"{figure.mark}: {names[category]}{told}")


def _services(place: Place, k: int) -> Iterator[str]:
    """Say what an estimated budget follows from."""
    yield from _comment(source_of(place.marks["budget_by_category"]))
    prefix = "budget." if k == 0 else "county_budget."
    mark = next((one for key, one in place.marks.items() if key.startswith(prefix)), None)
    if mark:
        yield from _comment(
            f"The net budgets of services that it follows from are {mark.status}: {mark.source} "
            f"({mark.licence}): {mark.step}"
        )


def _paid_told(paid: Spending) -> str:
    pounds = f"GBP {paid.pence / 100:,.2f} of purchases net of refunds"
    when = "in months that nobody knows"
    if paid.months:
        when = f"in {len(paid.months)} months, {paid.months[0]} to {paid.months[-1]}"
        if len(paid.months) != YEAR_MONTHS:
            when += f", times {paid.factor:.4g}"
    spread = f"; {paid.unknown:.1%} of it is of no known category"
    if paid.tells_mix:
        spread += " and is spread as the rest is"
    capital = (
        "" if paid.capital is None else f"; {paid.capital:.0%} of what is told apart is capital"
    )
    return f"{pounds} {when}{spread}{capital}."


def _contracts(place: Place) -> Iterator[str]:
    shares, lots, terms = (_under(place, one) for one in (SHARES, LOTS, TERMS))
    if not (shares or lots or terms or place.spending):
        return
    yield from ("", f"# {'-' * 30} Contracts as the story opens {'-' * 30}")
    if shares or place.spending:
        yield from (
            "",
            "[contracts.share_in]    # share of all buying whose supplier is based there",
        )
        yield from _shares(place, shares)
    if lots:
        yield from ("", "[contracts.lot_pounds]    # usual yearly value of a contract, GBP")
        yield from _comment(_buyers_told(place) + LOTS_ELSE)
        for one in lots:
            yield _line(_last(one), one.value, f"{one.mark}: {one.beside}")
    if terms:
        yield from ("", "[contracts.months]    # usual length of a contract without extensions")
        for one in terms:
            yield _line(_last(one), one.value, f"{one.mark}: {one.beside}")


def _shares(place: Place, shares: Sequence[Figure]) -> Iterator[str]:
    if not shares:
        yield from _comment(SHARES_LEFT)
        for area in place.spending.local if place.spending else ():
            yield from _comment(f"{area}: {range_told(place.spending, area)}.")
        return
    yield from _comment(SHARES_TAKEN)
    for one in shares:
        yield from _comment(f"{_last(one)}: {one.beside}.")
        yield _line(_last(one), one.value, one.mark)


def _buyers_told(place: Place) -> str:
    if place.register is None or not place.register.buyers:
        return ""
    return f"The register is of {place.register.buyers[0]}. "


def _rest(place: Place) -> Iterator[str]:
    key = "assumptions.build.unemployment"
    unemployed = place.figures[key]
    yield from ("", f"# {'-' * 30} The comparison {'-' * 30}", *COMPARISON.splitlines(), "")
    yield "[assumptions]    # in place of the register's; `poundflow assumptions` lists them"
    yield from _source(place, key)
    yield _line('"build.unemployment"', unemployed.value, unemployed.mark)
    yield from CLOSING.splitlines()


def _under(place: Place, path: str) -> list[Figure]:
    return [one for key, one in place.figures.items() if key.startswith(f"{path}.")]


def _last(figure: Figure) -> str:
    return figure.key.rpartition(".")[2]


def _source(place: Place, key: str) -> Iterator[str]:
    yield from _comment(place.figures[key].source)


def _line(key: str, value: object, told: str = "") -> str:
    line = f"{key} = {_value(value)}"
    return f"{line:<{COLUMN - 1}} # {told}" if told else line


def _comment(text: str, first: str = "# ", later: str = "# ") -> list[str]:
    """Break a sentence into lines of comment; no control character ends one early."""
    plain = " ".join(part for part in text.split() if part.isprintable())
    return wrap(
        plain, WIDTH, initial_indent=first, subsequent_indent=later,
        break_long_words=False, break_on_hyphens=False,
    )  # fmt: skip


def _value(value: object) -> str:
    """Write a value as TOML: whole numbers with their thousands parted."""
    if isinstance(value, str):
        return json.dumps(value, ensure_ascii=False)
    if isinstance(value, Iterable):
        return "[" + ", ".join(_value(one) for one in value) + "]"
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    if isinstance(value, int):
        return f"{value:_}"
    return repr(value)
