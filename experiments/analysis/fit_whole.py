"""The whole check: every figure of payments, register and place beside the built economy."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from experiments.analysis.fit_contracts import contract_rows
from experiments.analysis.fit_paid import KINDS, Contracts, Paid
from experiments.analysis.fit_place import Ring
from experiments.analysis.fit_rows import (
    FitRow,
    Terms,
    judged,
    month_row,
    not_comparable,
    points,
    relative,
    spending_rows,
)
from experiments.analysis.fit_spend import QUANTILES, Key, Side
from scenarios.tables.classifications import category_names

KIND_NAMES = {
    "sme": "small and medium firms",
    "corporate": "large firms",
    "coop": "co-operatives",
    "vcse": "voluntary and social",
    "public_body": "public bodies",
}
NOT_KEPT = "the model takes it as a level of pay and prices and keeps no incomes before tax"
NO_CODES = "the scenario's areas have no ONS codes that the payments could be held against"


@dataclass(frozen=True, slots=True)
class Sides:
    """What is compared.

    Attributes
    ----------
    paid : Paid
    register : Contracts or None
    built : Side
    built_contracts : Contracts
    place : sequence of mapping
        Lines `{what, area, unit, published, built}`.
    around : sequence of Ring
    start : float
        Of the scenario, as a year with its part.
    seed : int
    """

    paid: Paid
    register: Contracts | None
    built: Side
    built_contracts: Contracts
    place: Sequence[Mapping[str, Any]]
    around: Sequence[Ring]
    start: float
    seed: int


def compare_sides(sides: Sides) -> list[FitRow]:
    """Compare everything, figure by figure."""
    paid = sides.paid
    terms = Terms(
        months=len(paid.months),
        years_between=0.0 if paid.middle is None else sides.start - paid.middle,
        seed=sides.seed,
        names=names(sides.around),
        notes={},
    )
    rows = spending_rows(paid.side, sides.built, terms)
    rows += _without_codes(sides.around)
    rows += contract_rows(sides.register, sides.built_contracts, sides.seed, category_names())
    rows.append(month_row(paid.side, sides.built))
    return rows + [_place_row(line) for line in sides.place]


def names(around: Sequence[Ring]) -> dict[str, str]:
    """Categories, traits and quantiles in words."""
    told = {**category_names(), **KIND_NAMES}
    for ring in around:
        told[f"based:{ring.tier}"] = f"based in {ring.name}"
        told[f"owned:{ring.tier}"] = f"owned in {ring.name}"
    told |= {
        f"{q:g}": "the middle one" if q == 0.5 else f"{q:.0%} are paid less" for q in QUANTILES
    }
    return told


def trait_group(of: str) -> str:
    """Say whether a trait is a kind of supplier, or where one is based or owned."""
    return "kinds" if of in KINDS else of.partition(":")[0]


def _without_codes(around: Sequence[Ring]) -> list[FitRow]:
    if any(ring.tier == "district" for ring in around):
        return []
    return [
        not_comparable("suppliers", Key("trait_share", f"{what}:district"),
                       f"Share of purchases: {what} in the place", "share", None, None, NO_CODES)
        for what in ("based", "owned")
    ]  # fmt: skip


def _place_row(line: Mapping[str, Any]) -> FitRow:
    key, unit = Key(str(line["what"]), str(line["area"])), str(line["unit"])
    published, built = line["published"], line["built"]
    label = f"{line['what']}: {line['area']}"
    data = None if published is None else (float(published),) * 2
    if published is None or built is None:
        why = NOT_KEPT if built is None else "nothing is published for it in the scenario"
        made = None if built is None else (float(built),) * 2
        return not_comparable("place", key, label, unit, data, made, why)
    allowed, within = (
        points() if unit == "share" else relative(float(published), "fit_check.published_apart")
    )
    pairs = (float(published),) * 2, (float(built),) * 2
    return judged("place", key, label, unit, *pairs, allowed, within)
