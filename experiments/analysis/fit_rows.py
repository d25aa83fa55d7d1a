"""What was built beside what was published, figure by figure, and how far apart is far.

A figure of the data is a range where something is not known. The difference is what lies between
the range and what was built, nothing where they meet. It is held against the wider of two
tolerances: how far drawing the suppliers of both sides anew moves it, and what a register entry
calls no difference. Nothing is fitted here, and no figure is turned into a score.
"""

import math
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from experiments.analysis.fit_spend import LEVEL, TOP, Key, Side, drawn, figures, keys
from scenarios.assumptions import register

Float64 = NDArray[np.float64]

AGREES, DIFFERS, NOT_COMPARABLE = "agrees", "differs", "not comparable"
YEAR = 12
SHARE, POUNDS, COUNT, INDEX, MONTHS = "share", "GBP", "number", "of 10,000", "months"
DRAWN = "suppliers of both sides drawn anew"


@dataclass(frozen=True, slots=True)
class FitRow:
    """One figure.

    Attributes
    ----------
    group, measure, of : str
        What it is; `of` is the category, trait or area ("" for all).
    label, unit : str
        The same in words.
    data_low, data_high, built, built_high : float or None
        Ranges; the ends are one number where everything is known.
    difference : float or None
        From the nearer end of the data to the nearer end of what was built; 0 where they meet.
    tolerance : float or None
        How much is no difference.
    within : str
        What the tolerance rests on.
    verdict : str
        `AGREES`, `DIFFERS` or `NOT_COMPARABLE`.
    why : str
        What to know of the comparison; why there is none.
    """

    group: str
    measure: str
    of: str
    label: str
    unit: str
    data_low: float | None
    data_high: float | None
    built: float | None
    built_high: float | None
    difference: float | None
    tolerance: float | None
    within: str
    verdict: str
    why: str


@dataclass(frozen=True, slots=True)
class Terms:
    """What a comparison rests on.

    Attributes
    ----------
    months : int
        Months of either side; 0 where those of the data are not known.
    years_between : float
        From the middle of the payments to the start of the scenario [years].
    seed : int
        Of the draws.
    names : mapping of str to str
        Category, trait or quantile -> its name in words.
    notes : mapping of str to str
        Trait -> why it cannot be compared.
    """

    months: int
    years_between: float
    seed: int
    names: Mapping[str, str]
    notes: Mapping[str, str]


def as_document(rows: Sequence[FitRow]) -> list[dict[str, Any]]:
    """Rows as JSON holds them."""
    return [asdict(row) for row in rows]


def entry(name: str) -> float:
    """Value of a register entry of the check."""
    return register()[name].value


def gap(data: tuple[float, float], built: tuple[float, float]) -> float:
    """Distance from the data to what was built: above 0 where more was built, 0 where they meet."""
    if built[0] > data[1]:
        return built[0] - data[1]
    return min(built[1] - data[0], 0.0)


def judged(
    group: str, key: Key, label: str, unit: str, data: tuple[float, float] | None,
    built: tuple[float, float] | None, allowed: float, within: str, why: str = "",
) -> FitRow:  # fmt: skip
    """Hold one figure against its tolerance.

    Parameters
    ----------
    group, key, label, unit
        What it is.
    data, built : (float, float) or None
        Least and most; None where not known.
    allowed : float
        The tolerance, in the figure's unit.
    within, why : str
        As of `FitRow`.
    """
    if data is None or built is None:
        return not_comparable(group, key, label, unit, data, built, why)
    apart = gap(data, built)
    verdict = AGREES if abs(apart) <= allowed else DIFFERS
    return FitRow(
        group, key.measure, key.of, label, unit, *data, *built, apart, allowed, within, verdict, why
    )


def not_comparable(
    group: str, key: Key, label: str, unit: str, data: tuple[float, float] | None,
    built: tuple[float, float] | None, why: str,
) -> FitRow:  # fmt: skip
    """Tell a figure that is held against nothing, with the reason."""
    low, high = data if data is not None else (None, None)
    least, most = built if built is not None else (None, None)
    return FitRow(
        group, key.measure, key.of, label, unit, low, high, least, most, None, None, "",
        NOT_COMPARABLE, why,
    )  # fmt: skip


def relative(size: float, name: str = "fit_check.factor_apart") -> tuple[float, str]:
    """Tolerance that is a part of a size, and the entry it rests on."""
    return entry(name) * abs(size), f"{entry(name):.0%}: {name}"


def points() -> tuple[float, str]:
    """Tolerance of a share, and the entry it rests on."""
    allowed = entry("fit_check.share_apart")
    return allowed, f"{100 * allowed:g} points: fit_check.share_apart"


_WORDS = {
    "pounds": ("spending", "Purchases a year", POUNDS),
    "category_share": ("categories", "Share of purchases", SHARE),
    "trait_share": ("suppliers", "Share of purchases", SHARE),
    "supplier_pounds": ("sizes", "Paid to a supplier in a year", POUNDS),
    "suppliers": ("concentration", "Suppliers", COUNT),
    "hhi": ("concentration", "Herfindahl-Hirschman index", INDEX),
    **{f"top{k}": ("concentration", f"Share of the {k} largest" if k > 1 else
                   "Share of the largest", SHARE) for k in TOP},
}  # fmt: skip


def spending_rows(data: Side, built: Side, terms: Terms) -> list[FitRow]:
    """Compare two sides that cover as many months.

    Parameters
    ----------
    data, built : Side
        With the same categories and traits.
    terms : Terms

    Returns
    -------
    list of FitRow
        In the order of `fit_spend.keys`.
    """
    ones = [np.ones(side.named.size) for side in (data, built)]
    ours, theirs = figures(data, ones[0]), figures(built, ones[1])
    moved = drawn(data, terms.seed, 1), drawn(built, terms.seed, 2)
    rows = []
    for at, key in enumerate(keys(data)):
        group, what, unit = _WORDS[key.measure]
        scale = 1.0
        if unit == POUNDS:
            scale = YEAR / terms.months if terms.months else 1.0
        found = [_scaled(side[at], scale) for side in (ours, theirs)]
        draws = [side[:, at] * scale for side in moved]
        if unit == POUNDS and found[0] is not None:
            grown = _grown(terms)
            found[0] = min(found[0][0], found[0][1] * grown), max(found[0][1], found[0][1] * grown)
            draws[0] = draws[0] * np.array([min(1.0, grown), max(1.0, grown)])
        rows.append(_spending_row(data, built, terms, key, (group, what, unit), found, draws))
    return rows


def _scaled(pair: Float64, scale: float) -> tuple[float, float] | None:
    low, high = float(pair[0]), float(pair[1])
    return None if math.isnan(low) or math.isnan(high) else (low * scale, high * scale)


def _grown(terms: Terms) -> float:
    """What prices may have grown to from the payments to the scenario's start."""
    return float((1.0 + entry("fit_check.prices_a_year")) ** terms.years_between)


def _spending_row(
    data: Side, built: Side, terms: Terms, key: Key, words: tuple[str, str, str],
    found: Sequence[tuple[float, float] | None], draws: Sequence[Float64],
) -> FitRow:  # fmt: skip
    group, what, unit = words
    of = terms.names.get(key.of, key.of)
    label = f"{what}: {of}" if of else what
    by_category = group == "concentration" and key.of
    group = "concentration by category" if by_category else group
    why = _why_not(data, terms, key, unit, bool(by_category))
    ours, theirs = found
    if ours is None or theirs is None:
        side = "payments" if ours is None else "built economy"
        why = why or f"nothing was bought so in the {side}"
    elif not why and unit == SHARE and _anything(ours, theirs):
        why = "the payments leave too wide a range, in which nearly anything would lie"
    if why or ours is None or theirs is None:
        return not_comparable(group, key, label, unit, ours, theirs, why)
    apart = gap(ours, theirs)
    floor, said = points() if unit == SHARE else relative(ours[1] if apart > 0 else ours[0])
    sampled = 0.0 if key.measure in ("pounds", "suppliers") else _sampled(apart, *draws)
    if sampled > floor:
        floor, said = sampled, DRAWN
    return judged(
        group, key, label, unit, ours, theirs, floor, said, _note(data, built, terms, key)
    )


def _anything(data: tuple[float, float], built: tuple[float, float]) -> bool:
    """Say whether what was built lies in a range so wide that most of all would."""
    return data[1] - data[0] > entry("fit_check.most_unknown") and gap(data, built) == 0.0


def _sampled(apart: float, data: Float64, built: Float64) -> float:
    """How far the difference is moved by drawing suppliers anew: half of 95 % on its own side."""
    if apart == 0.0:
        return 0.0
    each = built[:, 0] - data[:, 1] if apart > 0 else data[:, 0] - built[:, 1]
    each = each[~np.isnan(each)]
    if each.size == 0:
        return 0.0
    return max(abs(apart) - float(np.quantile(each, (1.0 - LEVEL) / 2.0)), 0.0)


def _why_not(data: Side, terms: Terms, key: Key, unit: str, by_category: bool) -> str:
    if unit == POUNDS:
        if not terms.months:
            return "the months of the payments are not known, so neither are pounds a year"
        if terms.months < entry("fit_check.least_months"):
            return (
                f"the payments cover {terms.months} months; pounds a year are compared from "
                f"{entry('fit_check.least_months'):g} on (fit_check.least_months)"
            )
    of_category = by_category or (key.measure in ("category_share", "pounds") and key.of)
    if of_category and data.unknown_category > entry("fit_check.most_unknown"):
        return (
            f"{data.unknown_category:.0%} of purchases have no known category: above "
            f"{entry('fit_check.most_unknown'):.0%} (fit_check.most_unknown)"
        )
    return terms.notes.get(key.of, "") if key.measure == "trait_share" else ""


def _note(data: Side, built: Side, terms: Terms, key: Key) -> str:
    """What to know of a figure that is compared."""
    said = []
    if _WORDS[key.measure][2] == POUNDS and abs(terms.years_between) >= 0.5:
        said.append(
            f"prices may have moved by up to {entry('fit_check.prices_a_year'):.0%} a year over "
            f"{abs(terms.years_between):.1f} years (fit_check.prices_a_year)"
        )
    if key.measure in ("suppliers", "hhi", *(f"top{k}" for k in TOP)):
        if key.of and data.unknown_category > 0.005:
            said.append(f"of payments with a known category alone; "
                        f"{data.unknown_category:.0%} have none")  # fmt: skip
        for side, name in ((data, "payments"), (built, "built economy")):
            if side.unnamed > 0.005:
                said.append(f"{side.unnamed:.0%} of the {name} is with no single supplier")
    return "; ".join(said)


def month_row(data: Side, built: Side) -> FitRow:
    """Tell the largest month's share on both sides: the model spends twelfths."""
    shares = []
    for side in (data, built):
        sums = [pence for _, pence in side.months]
        whole = sum(sums)
        shares.append((max(sums) / whole,) * 2 if len(sums) > 1 and whole > 0 else None)
    why = "the model has no seasons: budgets are spent in twelfths"
    return not_comparable("months", Key("largest_month"), "Share of the largest month", SHARE,
                          shares[0], shares[1], why)  # fmt: skip


def counted(rows: Sequence[FitRow]) -> dict[str, int]:
    """How many rows have each verdict."""
    return {word: sum(row.verdict == word for row in rows)
            for word in (AGREES, DIFFERS, NOT_COMPARABLE)}  # fmt: skip
