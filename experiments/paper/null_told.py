"""The honest null in tables of documentation: effects, regions, power."""

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from experiments.analysis.shares import Share, exact_share
from experiments.paper.null_answers import Answer, ByLuck, answer, by_luck
from experiments.paper.null_read import LOCAL, MORE_LOCAL, NET, PREMIUM, SERVICES, VIEWS, WHOLE
from experiments.report.words import MINUS

Rows = Sequence[Mapping[str, Any]]

PREFERENCE, CITY, PILLARS = "null-preference", "null-city", "null-pillars"
"""Plans whose futures are told: of preference on the islands and in a city, and of pillars."""

FIGURES = "paper/figures"
"""Beside the page."""
OVER_FUTURES = (
    "Effects in GBP a year, a dot for each future; left of the dashed line nothing is gained. "
    "Below the dots the mean with its 95 % interval."
)

TITLES = {
    "reserved": "reserved",
    "weighted": "weighted",
    "buying": "buying (weighted)",
    "pay": "fair employment",
    "land": "land and assets",
    "finance": "inclusive finance",
    "ownership": "plural ownership",
    "together": "all five together",
    "above the sum": "together above the sum",
    "reserved in the city": "reserved in the city",
    "weighted in the city": "weighted in the city",
}


def blocks(futures: Rows, lucks: Rows, regions: Rows, contrast: str) -> dict[str, str]:
    """Write every marked block of the page.

    Parameters
    ----------
    futures, lucks, regions : sequence of mapping
        Rows of the stored tables.
    contrast : str
        Name of the contrast among the rows of pillars.

    Returns
    -------
    dict of str to str
        Markdown by name.
    """
    preference, city, pillars = by_plan(futures)
    combined = [(policy, NET) for policy in policies_of(pillars)[:-1]]
    combined += [(contrast, view) for view in VIEWS]
    return {
        **_preferred(PREFERENCE, preference),
        **_preferred(CITY, city),
        PILLARS: "".join(
            [
                _effects(pillars, combined),
                *map(_over_futures, (PILLARS, strip_name(PILLARS, contrast))),
            ]
        ),
        "null-regions": _regions(regions, [*_subjects(preference), *_subjects(city), contrast]),
        "null-power": _power(preference, city, pillars, contrast),
        "null-luck": _lucks(lucks),
    }


def by_plan(futures: Rows) -> tuple[Rows, Rows, Rows]:
    """Part the rows of futures: of preference on the islands and in the city, and of pillars."""
    preference, city, pillars = (
        [row for row in futures if row["plan"] == plan] for plan in (PREFERENCE, CITY, PILLARS)
    )
    return preference, city, pillars


def subject_of(plan: str, policy: str) -> str:
    """Name an effect among those of all plans: in the city, policies have another name."""
    return f"{policy} in the city" if plan == CITY else policy


def _subjects(rows: Rows) -> list[str]:
    return list(dict.fromkeys(subject_of(row["plan"], row["policy"]) for row in rows))


def _preferred(plan: str, rows: Rows) -> dict[str, str]:
    """Both tables of a place where preference was asked about."""
    views = [(policy, view) for policy in policies_of(rows) for view in VIEWS]
    pictures = [_over_futures(strip_name(plan, policy)) for policy in policies_of(rows)]
    return {plan: "".join([_effects(rows, views), *pictures]), f"{plan}-how": _how(rows)}


def _effects(rows: Rows, shown: Sequence[tuple[str, str]]) -> str:
    lines = [
        "| policy | view | futures | mean, GBP a year | 95 % | pence per pound spent | "
        "share of output | verdict | futures that gain nothing | 95 % |",
        "| --- | --- | ---: | ---: | --- | ---: | ---: | --- | ---: | --- |",
    ]
    spent, output = rows[0]["spent"], rows[0]["output"]
    for policy, view in shown:
        one = answer([row[view] for row in rows if row["policy"] == policy])
        lines.append(
            f"| {TITLES[policy]} | {view} | {one.n} | {pounds(one.mean)} | "
            f"{pounds(one.low)} to {pounds(one.high)} | "
            f"{signed(100 * one.mean / spent, 2)} | "
            f"{signed(100 * one.mean / output, 3)} % | {one.verdict} | "
            f"{_share(one.nothing)} | {_ends(one.nothing)} |"
        )
    return "\n".join(lines)


def _how(rows: Rows) -> str:
    """Local share, price and services; and the share among futures that prefer local."""
    lines = [
        "| policy | share with local suppliers, mean | futures in which it rose | fell | stayed | "
        "unit costs | services, GBP a year | gain nothing, where it rose (net) | 95 % |",
        "| --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: | --- |",
    ]
    for policy in policies_of(rows):
        mine = [row for row in rows if row["policy"] == policy and row[NET] is not None]
        more, premium, services = (
            float(np.mean([row[name] for row in mine if row[name] is not None]))
            for name in (MORE_LOCAL, PREMIUM, SERVICES)
        )
        moved = [(row[MORE_LOCAL], row[NET]) for row in mine if row[MORE_LOCAL] is not None]
        rose = [net for share, net in moved if share > 0.0]
        fell = sum(share < 0.0 for share, _ in moved)
        stayed = len(moved) - len(rose) - fell
        among = exact_share(sum(net <= 0.0 for net in rose), len(rose))
        counted = " | ".join(f"{many} of {len(moved)}" for many in (len(rose), fell, stayed))
        told = f"{_share(among)} | {_ends(among)}" if rose else "none | "
        lines.append(
            f"| {TITLES[policy]} | {signed(100 * more, 3)} pts | {counted} | "
            f"{signed(100 * premium, 2)} % | {pounds(services)} | {told} |"
        )
    return "\n".join(lines)


def _regions(rows: Rows, asked: Sequence[str]) -> str:
    """Boxes of the effects that were asked about; those that have none are named."""
    drawn = list(dict.fromkeys(row["subject"] for row in rows))
    without = "; ".join(TITLES[one] for one in asked if one not in drawn)
    none = [f"No box was found for: {without}."] if without else []
    pictures = [_figure(region_name(subject), _region_told(subject)) for subject in drawn]
    return "\n\n".join([*([_boxes(rows)] if drawn else []), *none, *pictures])


def _boxes(rows: Rows) -> str:
    lines = [
        "| effect | found by | limits | part of futures | density where found | "
        "unseen half: gain nothing | all of that half | chance | counts |",
        "| --- | --- | --- | ---: | ---: | ---: | ---: | ---: | --- |",
    ]
    for subject, number in dict.fromkeys((row["subject"], row["box"]) for row in rows):
        mine = [row for row in rows if (row["subject"], row["box"]) == (subject, number)]
        one = mine[0]
        limits = "; ".join(_limit(row) for row in mine)
        counts = "yes" if one["counts"] else "no"
        lines.append(
            f"| {TITLES[subject]} | {one['way']} | {limits} | {one['mass']:.0%} | "
            f"{one['density']:.0%} | {one['hits']} of {one['unseen']} | {one['usual']:.0%} | "
            f"{one['chance']:.2f} | {counts} |"
        )
    return "\n".join(lines)


def region_name(subject: str) -> str:
    """Name of the picture of the region where an effect is nothing or less."""
    return f"null-region-{subject.replace(' ', '-')}"


def strip_name(plan: str, policy: str) -> str:
    """Name of the picture of one policy's effects; each has a scale of its own."""
    return f"{plan}-{policy.replace(' ', '-')}"


def _over_futures(name: str) -> str:
    return f"\n\n{_figure(name, OVER_FUTURES)}"


def _region_told(subject: str) -> str:
    return (
        f"Where {TITLES[subject]} gains nothing: the box that held best on the unseen half, its "
        "limits, and all futures over the first two, filled where nothing is gained."
    )


def _figure(name: str, told: str) -> str:
    return f"![{told}]({FIGURES}/{name}.svg)"


def _limit(row: Mapping[str, Any]) -> str:
    if row["low"] is None:
        return f"`{row['factor']}` < {row['high']:.3g}"
    if row["high"] is None:
        return f"`{row['factor']}` > {row['low']:.3g}"
    return f"{row['low']:.3g} < `{row['factor']}` < {row['high']:.3g}"


def _power(preference: Rows, city: Rows, pillars: Rows, contrast: str) -> str:
    lines = [
        "| effect (net) | futures | spread over futures, GBP a year | least mean effect found | "
        "of it, pence per pound | of output | least region met |",
        "| --- | ---: | ---: | ---: | ---: | ---: | ---: |",
    ]
    asked = [(rows, policy) for rows in (preference, city) for policy in policies_of(rows)]
    for rows, policy in [*asked, (pillars, contrast)]:
        one: Answer = answer([row[NET] for row in rows if row["policy"] == policy])
        lines.append(
            f"| {TITLES[subject_of(rows[0]['plan'], policy)]} | {one.n} | {one.spread:,.0f} | "
            f"{one.least:,.0f} | "
            f"{100 * one.least / rows[0]['spent']:.2f} | {one.least / rows[0]['output']:.3%} | "
            f"{one.least_region:.1%} |"
        )
    return "\n".join(lines)


def _lucks(rows: Rows) -> str:
    lines = [
        "| policy | view | spread by luck, GBP a year | degrees of freedom | spread over futures' "
        "means | lives whose sign is not that of the mean of their future's others | least effect "
        "in one future, 1, 4 and 16 lucks |",
        "| --- | --- | ---: | ---: | ---: | ---: | --- |",
    ]
    for policy in policies_of(rows):
        for view in (LOCAL, NET, WHOLE):
            one = _by_luck([row for row in rows if row["policy"] == policy], view)
            least = ", ".join(f"{one.least(many) or 0.0:,.0f}" for many in (1, 4, 16))
            lines.append(
                f"| {TITLES[policy]} | {view} | {one.spread:,.0f} | {one.freedom:.0f} | "
                f"{one.between:,.0f} | {one.flips} of {one.lives} | {least} |"
            )
    return "\n".join(lines)


def _by_luck(rows: Rows, view: str) -> ByLuck:
    futures = 1 + max(row["future"] for row in rows)
    known = np.array([np.nan if row[view] is None else row[view] for row in rows])
    table = known.reshape(futures, -1)
    return by_luck(table[np.isfinite(table).all(axis=1)])


def policies_of(rows: Rows) -> list[str]:
    """Policies in the order of their rows."""
    return list(dict.fromkeys(row["policy"] for row in rows))


def _share(share: Share) -> str:
    return f"{share.hits} of {share.cases}" + (f" ({share.value:.0%})" if share.cases else "")


def _ends(share: Share) -> str:
    return f"{share.low:.0%} to {share.high:.0%}"


def pounds(value: float) -> str:
    """Write pounds with their sign."""
    return signed(value, 0)


def signed(value: float, places: int) -> str:
    """Write a number with its sign; none before nothing."""
    text = f"{abs(value):,.{places}f}"
    if not any(digit in text for digit in "123456789"):
        return text
    return f"{MINUS if value < 0 else '+'}{text}"
