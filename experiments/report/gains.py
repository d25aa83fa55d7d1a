"""Who gains and who loses by area, income and owner, and what the service costs beside it."""

from collections.abc import Callable, Sequence
from functools import partial

from experiments.figures.changes import Change, Panel, changes_figure
from experiments.figures.palette import Look, look
from experiments.report.folder import Estimate, Policy, Results
from experiments.report.glossary import term
from experiments.report.pictures import Picture, absent, picture
from experiments.report.place import period, tier_names
from experiments.report.saved import ESTIMATE, Numbers, estimated
from experiments.report.size import CLEAR, TINY, reading
from experiments.report.tables import Grid
from experiments.report.told import Facts
from experiments.report.words import change, estimate_gap, quoted

SERVICE = ("cost_per_delivered_unit", "unit_cost_premium", "quality", "unmet_need", "process_cost")
OWNERS = {
    "local": "owners here",
    "outside": "owners elsewhere",
    "coop": "co-operatives",
    "vcse": "charities",
    "public": "public bodies",
}
_DECILES = {1: "poorest tenth", 10: "richest tenth"}

Line = tuple[str, Estimate, str]
"""Who, the difference, and how it reads (see `size.reading`)."""


_PARTS = ("district", "neighbours", "county", "region")


def _line(
    results: Results, label: str, measure: str, policy: Policy, tier: str | None = None
) -> Line:
    gap = results.change(measure, policy, tier)
    return label, gap, reading(results, measure, policy, tier)


def _areas(results: Results, policy: Policy) -> list[Line]:
    names = tier_names(results)
    measure = "disposable_income"
    if not any(name == measure for name, _, _ in results.differences):
        measure = "net_local_income"
    reported = {tier for name, tier, _ in results.differences if name == measure}
    whole = "uk" if "uk" in reported else "all"
    order = ("district", "neighbours", *results.summary.get("tiers", []), whole)
    rows = []
    for tier in dict.fromkeys(t for t in order if t in reported and t in (whole, *_PARTS)):
        wider = "all of " if tier in ("county", "region") else ""
        rows.append(_line(results, f"{wider}{names.get(tier, tier)}", measure, policy, tier))
    return rows


def _deciles(results: Results, policy: Policy) -> list[Line]:
    rows = []
    for decile in range(1, 11):
        measure = f"income_decile_{decile}"
        label = _DECILES.get(decile, f"tenth {decile}")
        if any(name == measure for name, _, _ in results.differences):
            rows.append(_line(results, label, measure, policy))
    return rows


def _owners(results: Results, policy: Policy) -> list[Line]:
    return [
        _line(results, label, f"profit_owner_{kind}", policy)
        for kind, label in OWNERS.items()
        if any(name == f"profit_owner_{kind}" for name, _, _ in results.differences)
    ]


SIZES = {
    "micro": "micro (to 9 jobs)",
    "small": "small (10 to 49)",
    "medium": "medium (50 to 249)",
    "large": "large (250 or more)",
    "unknown": "size not known",
}
"""Size bands of the Business Population Estimates; small and medium firms are the first three."""


def _sizes(results: Results, policy: Policy) -> list[Line]:
    """Say what suppliers of each size are paid, more or less than under the baseline."""
    facts, rows = Facts(results), []
    for size, label in SIZES.items():
        fact = ("paid", size, 0)
        if not any(facts.value(fact, one).mean for one in results.policies):
            continue
        gap, base = facts.gap(fact, policy), facts.value(fact, results.baseline).mean or 0.0
        tiny = gap.verdict in CLEAR and abs(gap.mean or 0.0) < TINY * abs(base)
        rows.append((label, gap, f"hardly_{gap.verdict}" if tiny else gap.verdict))
    return rows


_SIDES: tuple[tuple[str, Callable[[Results, Policy], list[Line]]], ...] = (
    ("All households, by area", _areas),
    ("Each household, by tenth", _deciles),
    ("Profit, by who owns the firm", _owners),
    ("Paid by public buyers, by size of firm", _sizes),
)


def _reach(rows: Sequence[Line]) -> float:
    sizes = [abs(v) for _, e, _ in rows for v in (e.mean, e.low, e.high) if v is not None]
    return max(sizes, default=0.0) * 1.08 or 1.0


def _unit(rows: Sequence[Line]) -> str:
    return next((e.unit for _, e, _ in rows if e.unit), "")


def _panel(heading: str, rows: Sequence[Line], reach: float, mark: Look) -> Panel:
    unit = _unit(rows)
    changes = [Change(label, e.mean, e.low, e.high, mark, said in CLEAR) for label, e, said in rows]
    write = partial(change, unit=unit)
    return Panel(headed(heading, write, unit), changes, reach, bare(write))


def gain_pictures(results: Results) -> list[Picture]:
    """Draw who gains and who loses against the baseline, one picture a policy, on one scale.

    Parameters
    ----------
    results : Results
        A comparison.

    Returns
    -------
    list of Picture
        For each policy but the baseline: by area, tenth of incomes, owner and size of supplier.
    """
    sides = {
        policy: [(heading, rows(results, policy)) for heading, rows in _SIDES]
        for policy in results.others
    }
    reach = [
        max((_reach(found[side][1]) for found in sides.values()), default=1.0)
        for side in range(len(_SIDES))
    ]
    pictures = []
    for policy, found in sides.items():
        name, mark = f"gains-{policy.position + 1}", look(policy.position)
        panels = [
            _panel(heading, rows, reach[side], mark)
            for side, (heading, rows) in enumerate(found)
            if rows
        ]
        if not panels:
            pictures.append(
                absent(name, policy.title, "this comparison reports no area, tenth or owner")
            )
            continue
        table, told, numbers = [], [], []
        for heading, rows in found:
            for label, value, said in rows:
                who = f"{headed(heading, partial(change, unit=value.unit), value.unit)}: {label}"
                table.append([who, estimate_gap(value), _SAYS[said]])
                numbers.append([policy.title, heading, label, value.unit, *estimated(value)])
            for verdict, word in (("up", "gain"), ("down", "lose")):
                labels = [label for label, _, said in rows if said == verdict]
                if labels:
                    told.append(f"{heading}: {', '.join(labels)} clearly {word}")
        base, months = quoted(results.baseline.title), period(results)
        when = f": averages over {months}" if months else ""
        data = Grid(
            f"Who gains and who loses under {policy.title}, against {base}{when}",
            ["Who", "Difference (95% interval)", "Reading"],
            table,
            numbers=Numbers(("policy", "group", "who", "unit", *ESTIMATE), numbers),
        )
        text = "; ".join(told) or "No difference for anybody that is both clear and more than tiny"
        pictures.append(picture(name, policy.title, f"{text}.", changes_figure(panels), data))
    return pictures


_SAYS = {
    "up": "more",
    "down": "less",
    "hardly_up": "hardly any difference",
    "hardly_down": "hardly any difference",
    "unclear": "no clear difference",
    "unknown": "not known",
}


def service_pictures(results: Results) -> list[Picture]:
    """Draw what each policy does to cost, quality, unmet need and paperwork.

    Parameters
    ----------
    results : Results
        A comparison.

    Returns
    -------
    list of Picture
        One a measure, with a row for each policy but the baseline.
    """
    return [_service_picture(results, measure) for measure in SERVICE]


def _service_picture(results: Results, measure: str) -> Picture:
    words, name = term(measure), f"service-{measure.replace('_', '-')}"
    rows = [_line(results, policy.title, measure, policy) for policy in results.others]
    if all(value.mean is None for _, value, _ in rows):
        return absent(name, words.title, rows[0][1].why if rows else "nothing to compare with")
    write = partial(change, unit=_unit(rows), style=words.style)
    changes = [
        Change(policy.title, e.mean, e.low, e.high, look(policy.position), said in CLEAR)
        for policy, (_, e, said) in zip(results.others, rows, strict=True)
    ]
    better = {"higher": "right is better", "lower": "left is better"}.get(words.better, "")
    panel = Panel(
        headed(better.capitalize(), write, _unit(rows)), changes, _reach(rows), bare(write)
    )
    table = [[label, estimate_gap(e, words.style), _SAYS[said]] for label, e, said in rows]
    told = "; ".join(f"{label}: {said}" for label, _, said in table)
    data = Grid(
        f"{words.title}, against {quoted(results.baseline.title)}",
        ["Way of buying", "Difference (95% interval)", "Reading"],
        table,
        numbers=Numbers(
            ("policy", "measure", "unit", *(f"difference_{name}" for name in ESTIMATE)),
            [[label, words.title, e.unit, *estimated(e)] for label, e, _ in rows],
        ),
    )
    return picture(name, words.title, f"{told}.", changes_figure([panel]), data)


_LONG = (" points", " months")


def bare(write: Callable[..., str]) -> Callable[[float], str]:
    """Leave words of a unit out of an axis (its heading has them) and show its marks exactly."""

    def bare(value: float) -> str:
        text = write(value, step=abs(value))
        for word in _LONG:
            text = text.removesuffix(word)
        return text

    return bare


def headed(heading: str, write: Callable[[float], str], unit: str) -> str:
    """Add to a heading the words of a unit that its axis leaves out."""
    text = write(1.0)
    word = next((word.strip() for word in _LONG if text.endswith(word)), "")
    word = word or ("£ a " + unit.split(" a ")[1] if " a " in unit else "")
    return ", ".join(part for part in (heading, word) if part)
