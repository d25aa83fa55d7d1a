"""Pictures of a report with their text alternatives and their data, one function a family."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import partial

from experiments.figures.palette import look
from experiments.figures.pound import Fate, Group, Part, pound_figure, same_height
from experiments.figures.retention import Curve, retention_figure
from experiments.figures.strips import Strip, strip_figure
from experiments.figures.svg import Drawing, themed, to_svg
from experiments.report.folder import Policy, Results
from experiments.report.glossary import term
from experiments.report.place import tier_names
from experiments.report.saved import ESTIMATE, Numbers, Value, estimated
from experiments.report.tables import Grid, fineness
from experiments.report.words import apart, change, estimate, not_known, quantity, quoted, span

HEADLINES = (
    "local_income_multiplier",
    "net_local_income",
    "cost_per_delivered_unit",
    "unmet_need",
    "quality",
    "local_share_based",
)

_PARTS: dict[Fate, tuple[tuple[str, str], ...]] = {
    "stays": (
        ("residents_pay", "residents’ pay"),
        ("local_suppliers", "suppliers here"),
        ("local_profit", "owners here"),
    ),
    "waits": (("kept", "kept, not yet spent"),),
    "leaves": (
        ("outside_pay", "workers elsewhere"),
        ("outside_suppliers", "suppliers elsewhere"),
        ("outside_profit", "owners elsewhere"),
        ("tax", "tax"),
    ),
}


@dataclass(frozen=True)
class Picture:
    """One picture as a page needs it.

    Parameters
    ----------
    name : str
        Name of its file and prefix of its ids.
    heading, title, description : str
        What stands above it, and its text alternative.
    inline, alone : str
        The SVG for the page (colours by role) and for a file (colours of a light page); empty
        where there is nothing to draw.
    data : Grid or None
        The numbers that it shows.
    missing : str
        Why there is no picture; empty where there is one.
    note : str
        A sentence under the picture; empty where there is nothing to add.
    """

    name: str
    heading: str
    title: str
    description: str
    inline: str
    alone: str
    data: Grid | None
    missing: str = ""
    note: str = ""


def picture(
    name: str, heading: str, description: str, drawing: Drawing, data: Grid, note: str = ""
) -> Picture:
    """Write a drawing down in both forms, with its text alternative and its data."""
    title = data.caption
    alone = to_svg(drawing, name, title, description)
    return Picture(
        name=name,
        heading=heading,
        title=title,
        description=description,
        inline=themed(alone),
        alone=alone,
        data=data,
        note=note,
    )


def absent(name: str, heading: str, why: str) -> Picture:
    """Say why a picture cannot be drawn."""
    return Picture(name, heading, heading, "", "", "", None, not_known(why))


ALIKE = 0.01
"""Pictures of a pound look the same where they differ by less than this part of it."""


def _pence(share: float, step: float = 0.0) -> str:
    return quantity(share, "share", "per_pound", step)


def _pence_change(share: float, step: float = 0.0) -> str:
    return change(share, "share", "per_pound", step)


def _groups(results: Results, policy: Policy) -> list[Group] | str:
    """Set out one policy's pound, or say why it is not known."""
    shares: dict[str, float] = {}
    for parts in _PARTS.values():
        for part, _ in parts:
            value = results.outcome(f"pound_to_{part}", policy)
            if value.mean is None:
                return value.why
            shares[part] = value.mean
    headings = {"stays": "Stays here", "waits": "Waits", "leaves": "Leaves"}
    return [
        Group(
            f"{headings[fate]}: {_pence(sum(shares[part] for part, _ in parts))}",
            fate,
            [Part(f"{_pence(shares[part])} {label}", shares[part]) for part, label in parts],
        )
        for fate, parts in _PARTS.items()
    ]


def pound_pictures(results: Results) -> list[Picture]:
    """Draw where one pound goes, one picture a policy, all on one scale.

    Parameters
    ----------
    results : Results
        A comparison.

    Returns
    -------
    list of Picture
        In the order of the policies; one that is not known says why.
    """
    found = {policy: _groups(results, policy) for policy in results.policies}
    height = same_height([groups for groups in found.values() if not isinstance(groups, str)])
    pictures = []
    for policy, groups in found.items():
        name = f"pound-{policy.position + 1}"
        if isinstance(groups, str):
            pictures.append(absent(name, policy.title, groups))
            continue
        rows, numbers = [], []
        for fate, parts in _PARTS.items():
            for part, label in parts:
                value = results.outcome(f"pound_to_{part}", policy)
                step = fineness(results, f"pound_to_{part}")
                rows.append([label, fate, estimate(value, partial(_pence, step=step))])
                numbers.append([policy.title, label, fate, *estimated(value)])
        told = ". ".join(
            f"{group.heading} ({', '.join(part.label for part in group.parts)})" for group in groups
        )
        data = Grid(
            f"Where £1 goes, {policy.title}", ["Who receives it", "Fate", "Part"], rows,
            numbers=Numbers(("policy", "who_receives_it", "fate", *ESTIMATE), numbers),
        )  # fmt: skip
        pictures.append(picture(name, policy.title, f"{told}.", pound_figure(groups, height), data))
    return pictures


def pound_note(results: Results) -> str:
    """Say how much the ways differ at most in any part of the pound; empty where not known.

    Parameters
    ----------
    results : Results
        A comparison.

    Returns
    -------
    str
        One sentence, for readers who see pictures that look the same.
    """
    found = []
    for parts in _PARTS.values():
        for part, label in parts:
            base = results.outcome(f"pound_to_{part}", results.baseline).mean
            for policy in results.others:
                mean = results.outcome(f"pound_to_{part}", policy).mean
                if base is not None and mean is not None:
                    found.append((abs(mean - base), mean - base, label, policy))
    if not found:
        return ""
    most, gap, label, policy = max(found, key=lambda row: row[0])
    base_title = quoted(results.baseline.title)
    if most == 0:
        return f"No part differs from the baseline, {base_title}."
    written = change(gap, "share", "per_pound", most / 10)
    alike = "The pictures look alike because the ways hardly differ here. " if most < ALIKE else ""
    return (
        f"{alike}No part of the pound differs from the baseline, {base_title}, by more than "
        f"{written.lstrip('+−')}: that is “{label}” under {quoted(policy.title)} ({written})."
    )


def retention_picture(results: Results) -> Picture:
    """Draw how much of a pound is still in the place, month by month.

    Parameters
    ----------
    results : Results
        A comparison.

    Returns
    -------
    Picture
        All policies in one; the table holds chosen months with the lowest and highest future.
    """
    tier = results.series_tier("retained_share")
    heading = f"Part of each £1 still in {tier_names(results).get(tier, tier)}"
    curves = []
    for policy in results.policies:
        series = results.series.get(("retained_share", tier, policy.name), {})
        months = sorted(series)
        means = [sum(series[m]) / len(series[m]) for m in months]
        if months:
            ends = _ends([series[m] for m in months])
            curves.append(Curve(policy.title, look(policy.position), months, means, *ends))
    if not curves:
        return absent("retention", heading, "no payment was followed in this comparison")
    last = max(curve.months[-1] for curve in curves)
    reached = {month for curve in curves for month in curve.months}
    chosen = [m for m in (0, 1, 2, 3, 6, 9, 12, 18, 24, 36, 48, 60, 84, 108, last) if m in reached]
    rows = []
    for month in dict.fromkeys(chosen):
        step = apart([s for c in curves for m, s in zip(c.months, c.shares, strict=True)
                      if m == month])  # fmt: skip
        write = partial(_pence, step=step)
        row = [f"{month}"]
        for policy in results.policies:
            values = results.series.get(("retained_share", tier, policy.name), {}).get(month, [])
            if values:
                among = span(values, write)
                mean = write(sum(values) / len(values))
                row.append(f"{mean} ({among})" if len(values) > 1 else among)
            else:
                row.append(not_known("no future reached this month"))
        rows.append(row)
    told = "; ".join(
        f"{curve.label}: {_pence(curve.shares[0])} in month {curve.months[0]}, "
        f"{_pence(curve.shares[-1])} in month {curve.months[-1]}"
        for curve in curves
    )
    data = Grid(
        f"{heading}, by months since the council paid: average (lowest to highest future)",
        ["Months", *(policy.title for policy in results.policies)],
        rows,
        numbers=_retained(results, tier),
    )
    gaps, note = _retention_gaps(curves, results, tier)
    if any(curve.low for curve in curves):
        note = f"{note} Upright strokes reach from the lowest to the highest future.".strip()
    drawing = retention_figure(curves, gaps, quoted(results.baseline.title), _pence_change)
    return picture("retention", heading, f"{told}. {note}".strip(), drawing, data, note)


def _retained(results: Results, tier: str) -> Numbers:
    """Give every month of every policy: average, lowest and highest future."""
    rows: list[list[Value]] = [
        [policy.title, month, sum(values) / len(values), min(values), max(values), len(values)]
        for policy in results.policies
        for month, values in sorted(
            results.series.get(("retained_share", tier, policy.name), {}).items()
        )
    ]
    columns = ("policy", "months_since_paid", "share_still_here_mean", "lowest_future",
               "highest_future", "futures")  # fmt: skip
    return Numbers(columns, rows)


def _ends(months: Sequence[Sequence[float]]) -> tuple[list[float], list[float]]:
    """Give the lowest and the highest future of each month; nothing where there is one future."""
    if not all(len(values) > 1 for values in months):
        return [], []
    return [min(values) for values in months], [max(values) for values in months]


def _paired(results: Results, tier: str, title: str, months: Sequence[int]) -> list[list[float]]:
    """Give the differences from the baseline in each future, month by month.

    Futures are paired in their order, so a month that some future lacks has none.
    """
    by_title = {
        policy.title: results.series.get(("retained_share", tier, policy.name), {})
        for policy in results.policies
    }
    own, base = by_title[title], by_title[results.baseline.title]
    whole = results.replicates
    return [
        [a - b for a, b in zip(own[month], base[month], strict=True)]
        if len(own[month]) == len(base[month]) == whole else []
        for month in months
    ]  # fmt: skip


def _retention_gaps(curves: list[Curve], results: Results, tier: str) -> tuple[list[Curve], str]:
    """Give the differences of the curves from the baseline's, and a sentence on the largest."""
    baseline = results.baseline
    base = next((c for c in curves if c.label == baseline.title), None)
    if base is None or len(curves) < 2:
        return [], ""
    level = dict(zip(base.months, base.shares, strict=True))
    gaps, found = [], []
    for curve in curves:
        pairs = [(m, s - level[m]) for m, s in zip(curve.months, curve.shares, strict=True)
                 if m in level]  # fmt: skip
        if curve is base or not pairs:
            continue
        months = [m for m, _ in pairs]
        low, high = _ends(_paired(results, tier, curve.label, months))
        shares = [gap for _, gap in pairs]
        gaps.append(replace(curve, months=months, shares=shares, low=low, high=high))
        found += [(abs(gap), gap, month, curve.label) for month, gap in pairs]
    if not found or max(found)[0] == 0:
        return [], "The lines coincide." if found else ""
    most, gap, month, label = max(found)
    nearly = "The lines nearly coincide. " if most < ALIKE else ""
    return gaps, (
        f"{nearly}The largest difference from the baseline, {quoted(baseline.title)}, is "
        f"{_pence_change(gap, most / 10)}: {quoted(label)} in month {month}."
    )


def spread_pictures(results: Results) -> list[Picture]:
    """Draw how each headline measure differs between futures, one picture a measure.

    Parameters
    ----------
    results : Results
        A comparison.

    Returns
    -------
    list of Picture
        One for each headline measure; one that is not known says why.
    """
    return [_spread_picture(results, measure) for measure in HEADLINES]


def _spread_picture(results: Results, measure: str) -> Picture:
    words, tier = term(measure), results.tier_of(measure)
    name = f"spread-{measure.replace('_', '-')}"
    where = "" if tier == "all" else f", {tier_names(results).get(tier, tier)}"
    heading = f"{words.title}{where}"
    strips, rows, told = [], [], []
    numbers: list[list[Value]] = []
    why = "this comparison did not report it"
    unit, step = "", fineness(results, measure)
    for policy in results.policies:
        value = results.outcome(measure, policy)
        unit = value.unit or unit
        write, say = words.writes(unit, step), words.says(unit, step)
        futures = list(results.futures.get((measure, tier, policy.name), {}).values())
        luck = list(results.luck.get((measure, tier, policy.name), {}).values())
        for kind, table in (("future", results.futures), ("luck alone", results.luck)):
            found = table.get((measure, tier, policy.name), {})
            numbers += [[policy.title, kind, run + 1, one, unit] for run, one in found.items()]
        chance = (min(luck), max(luck)) if luck else None
        strips.append(
            Strip(policy.title, look(policy.position), futures, value.mean, value.low, value.high,
                  chance)
        )  # fmt: skip
        why = value.why or why
        reach = span(futures, write, "future") if futures else ""
        rows.append(
            [policy.title, estimate(value, write, say), reach or not_known(value.why or why),
             span(luck, write) if luck else not_known("luck was not run apart")]
        )  # fmt: skip
        told.append(f"{policy.title}: {estimate(value, write, say)}")
    if all(strip.mean is None and not strip.futures for strip in strips):
        return absent(name, heading, why)
    baseline = results.outcome(measure, results.baseline).mean
    data = Grid(
        f"{heading}: spread over the futures",
        ["Way of buying", "Average (95% interval)", "Lowest to highest future", "Luck alone"],
        rows,
        numbers=Numbers(("policy", "kind", "run", measure, "unit"), numbers),
    )
    drawing = strip_figure(strips, lambda value, step: words.writes(unit, step)(value), baseline)
    note = f"Below zero: {words.below}." if words.below else ""
    return picture(name, heading, f"{'; '.join(told)}. {note}".strip(), drawing, data, note)
