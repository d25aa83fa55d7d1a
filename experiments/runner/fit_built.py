"""The built economy as one side of the check: a year of buying under the baseline, and its place.

The economy is built and burnt in as `show` does it, at central assumptions, and lives as many
months under the baseline as the payments cover. What is compared is what buyers paid, not what the
file declares: a year's payments hold contracts that stand, those let in the year, and what was
bought beside them.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from experiments.analysis.fit_paid import KINDS, Contracts, trait_names
from experiments.analysis.fit_place import Ring
from experiments.analysis.fit_rows import YEAR, entry
from experiments.analysis.fit_spend import Bool, Float64, Int64, Side
from experiments.design.plan import plan_comparison
from experiments.design.seeds import replicate_seed
from experiments.runner.accounts import outcome_rows
from experiments.runner.built_totals import built_totals
from experiments.runner.replicate import assumptions_of
from experiments.runner.start_state import counted, published_and_built
from scenarios.errors import InputError
from scenarios.spec import Scenario
from scenarios.tables.classifications import categories
from scenarios.vocabulary import OwnerKind, SizeBand

if TYPE_CHECKING:
    from scenarios.assumptions import Assumptions
    from simulation.accounting.books import Books
    from simulation.economy.columns import Economy

COUNCILS = frozenset({"district_council", "county_council", "unitary_council"})
NOBODY = (OwnerKind.COOP, OwnerKind.VCSE, OwnerKind.PUBLIC)
_OWNED_BY = {OwnerKind.COOP: "coop", OwnerKind.VCSE: "vcse", OwnerKind.PUBLIC: "public_body"}


class NoSuchBuyerError(InputError):
    """Raised when a buyer is asked for that the scenario does not have."""

    def __init__(self, buyer: str, known: tuple[str, ...]) -> None:
        self.buyer, self.known = buyer, known
        super().__init__(
            f"--buyer: found `{buyer}`; wanted a buyer of the scenario: {', '.join(known)}."
        )

    def __reduce__(self) -> tuple[type, tuple[str, tuple[str, ...]]]:
        return type(self), (self.buyer, self.known)


@dataclass(frozen=True, slots=True)
class Lived:
    """What was built and lived.

    Attributes
    ----------
    side : Side
        What the chosen buyers bought.
    contracts : Contracts
        Values of those that stand on the first day, lengths of those let in the months lived.
    place : sequence of dict
        Lines as of `start_state.published_and_built`.
    """

    side: Side
    contracts: Contracts
    place: Sequence[dict[str, Any]]


def buyers_paid(scenario: Scenario, area: str | None, named: str | None) -> tuple[list[str], str]:
    """Choose whose purchases are held against the payments.

    Parameters
    ----------
    scenario : Scenario
    area : str or None
        ONS code as given at the import.
    named : str or None
        The buyer that was asked for.

    Returns
    -------
    (list of str, str)
        Ids of buyers; and what to know of the choice, empty where it is plain.

    Raises
    ------
    NoSuchBuyerError
        Where the one asked for is not there.
    """
    known = tuple(buyer.id for buyer in scenario.buyers)
    if named is not None:
        if named not in known:
            raise NoSuchBuyerError(named, known)
        return [named], ""
    code_of = {one.id: one.code for one in scenario.areas}
    here = [buyer for buyer in scenario.buyers if area and code_of[buyer.area] == area]
    focus = next(one for one in scenario.areas if one.id == scenario.focus)
    if here:
        note = "" if area == focus.code else (
            f"the payments are of {area}, not of the focus {focus.name}: its own buyers are "
            "compared, the place and its tiers are those of the focus"
        )  # fmt: skip
    else:
        here = [buyer for buyer in scenario.buyers if buyer.area == scenario.focus]
        note = (
            f"the import names no area; the buyers of {focus.name} are compared"
            if area is None
            else f"the payments are of {area}, where no buyer of this scenario is: those of "
            f"{focus.name} are compared with another place's list"
        )
    councils = [buyer for buyer in here if buyer.kind in COUNCILS]
    return [buyer.id for buyer in councils or here], note


def live_built(
    scenario: Scenario, seed: int, months: int, buyers: Sequence[str], around: Sequence[Ring],
    *, floored: bool,
) -> Lived:  # fmt: skip
    """Build, burn in, and live some months under the baseline.

    Parameters
    ----------
    scenario : Scenario
    seed : int
        Root of all luck.
    months : int
        At least 1.
    buyers : sequence of str
        Whose purchases count.
    around : sequence of Ring
        Tiers around the focus.
    floored : bool
        Whether payments of a month below `fit_check.floor_pounds` are left out.
    """
    from simulation.economy.build import build_economy
    from simulation.measures.catalogue import evaluate
    from simulation.model.run import live, prepare

    plan = plan_comparison(scenario, months=months, replicates=1, fixed=True, seed=seed)
    assumptions, root = assumptions_of(scenario, {}), replicate_seed(plan.seed, 0)
    economy = build_economy(scenario, assumptions, root)
    place, lumped = _place_lines(scenario, economy, assumptions), economy.firms.firms_in_row > 1
    values, value_of = _standing(economy, buyers)
    prepared = prepare(scenario, assumptions, root, economy)
    books = live(prepared, plan.baseline, months, keep=False)
    rows = outcome_rows(plan.baseline, evaluate(books, plan.tiers, plan.window))
    told = [line for line in published_and_built(scenario, [rows]) if line["published"] is not None]
    floor = round(100 * entry("fit_check.floor_pounds")) if floored else 0
    lengths, length_of = _lengths(books, buyers)
    return Lived(
        _side(books, buyers, around, lumped, floor),
        Contracts(values, lengths, value_of, length_of, _start(scenario)),
        [*told, *counted(scenario, books), *place],
    )


def _start(scenario: Scenario) -> float:
    return scenario.start.year + (scenario.start.month - 1) / YEAR


def _place_lines(
    scenario: Scenario, economy: "Economy", assumptions: "Assumptions"
) -> list[dict[str, Any]]:
    """People, enterprises, residents in work and tenures of the focus, published and built."""
    from simulation.economy.homes import TENURES
    from simulation.kernels.labour import EMPLOYED

    focus = next(area for area in scenario.areas if area.id == scenario.focus)
    at, homes = economy.areas.focus, economy.households
    many = np.where(
        economy.parties.area[homes.first : homes.first + homes.n] == at, homes.households_in_row, 0
    ).astype(np.float64)
    enterprises, totals = focus.enterprises, built_totals(economy, assumptions)
    lines = [
        ("Residents", "number", focus.population, float(totals["population"])),
        ("Enterprises", "number",
         None if enterprises is None else sum(enterprises.model_dump().values()),
         float(totals["enterprises"])),
        ("Residents in work", "number", focus.workers,
         float(((economy.workers.area == at) & (economy.workers.status == EMPLOYED)).sum())),
        ("Median income of taxpayers", "GBP", focus.income and focus.income.median, None),
        ("Mean income of taxpayers", "GBP", focus.income and focus.income.mean, None),
    ]  # fmt: skip
    if focus.tenure is not None:
        lines += [
            (f"Households: {name}", "share", getattr(focus.tenure, name),
             float(many[homes.tenure == code].sum() / max(many.sum(), 1.0)))
            for code, name in enumerate(TENURES)
        ]  # fmt: skip
    return [
        {"what": what, "area": focus.id, "tier": focus.tier, "unit": unit,
         "published": published, "built": built}
        for what, unit, published, built in lines
        if published is not None
    ]  # fmt: skip


def _standing(economy: "Economy", buyers: Sequence[str]) -> tuple[Float64, list[str]]:
    """Yearly value of each contract of the first day [pounds], and its category."""
    mine = {at for at, name in enumerate(economy.buyers.ids) if name in buyers}
    found = [one for one in economy.contracts if one.buyer in mine]
    ids = [one.id for one in categories()]
    values = np.array([one.month_pence * YEAR / 100.0 for one in found], dtype=np.float64)
    return values, [ids[one.category] for one in found]


def _lengths(books: "Books", buyers: Sequence[str]) -> tuple[Float64, list[str]]:
    """Months agreed for each contract let in the months lived, and its category."""
    from simulation.accounting.books import Form

    rows = books.tables["arrangements"]
    let = (rows["start"] >= 1) & (rows["form"] == Form.CONTRACT) & _of(books, rows["buyer"], buyers)
    months: Float64 = (rows["end"][let] - rows["start"][let] + 1).astype(np.float64)
    return months, [books.meta.category_ids[int(one)] for one in rows["category"][let]]


def _of(books: "Books", buyer: Int64, names: Sequence[str]) -> Bool:
    meta = books.meta
    pairs = zip(meta.buyer_rows, meta.buyer_ids, strict=True)
    found: Bool = np.isin(buyer, [row for row, name in pairs if name in names])
    return found


def _side(
    books: "Books", buyers: Sequence[str], around: Sequence[Ring], lumped: Bool, floor: int
) -> Side:
    rows = books.tables["purchases"]
    counts = (rows["month"] >= 1) & _of(books, rows["buyer"], buyers) & (rows["pence"] >= floor)
    supplier, at = np.unique(rows["supplier"][counts], return_inverse=True)
    ids = [one.id for one in categories()]
    column = np.array([ids.index(one) for one in books.meta.category_ids])
    pence = np.zeros((supplier.size, len(ids) + 1))
    np.add.at(pence, (at, column[rows["category"][counts]]), rows["pence"][counts])
    parties = books.tables["parties"]
    where = {int(row): k for k, row in enumerate(parties["party"])}
    row_of = np.array([where[int(one)] for one in supplier], dtype=np.int64)
    traits = {name: column[row_of].astype(np.int64) for name, column in parties.items()}
    least, most = _traits(books, traits, around)
    paid = np.bincount(rows["month"][counts], weights=rows["pence"][counts],
                       minlength=books.meta.months + 1)  # fmt: skip
    single = np.ones(supplier.size, dtype=np.bool_)
    inside = supplier < lumped.size
    single[inside] = ~lumped[supplier[inside]]
    return Side(
        categories=ids, pence=pence, named=single, traits=trait_names(around), least=least,
        most=most, months=[(str(k), int(paid[k])) for k in range(1, books.meta.months + 1)],
    )  # fmt: skip


def _traits(
    books: "Books", of: dict[str, Int64], around: Sequence[Ring]
) -> tuple[Float64, Float64]:
    """What each supplier is; a small firm of outside owners may be an SME or a corporate."""
    kind, size = of["owner_kind"], of["size_band"]
    least = np.zeros((kind.size, len(KINDS)))
    for code, name in _OWNED_BY.items():
        least[kind == code, KINDS.index(name)] = 1.0
    private = ~np.isin(kind, list(_OWNED_BY))
    large, outside = size == SizeBand.LARGE, kind == OwnerKind.OUTSIDE
    sme, corporate = KINDS.index("sme"), KINDS.index("corporate")
    least[private & large, corporate] = 1.0
    least[private & ~large & ~outside, sme] = 1.0
    most = least.copy()
    most[np.ix_(private & ~large & outside, [sme, corporate])] = 1.0
    owner = np.where(np.isin(kind, NOBODY) & (of["owner_area"] < 0), of["area"], of["owner_area"])
    ends = [(least, most)]
    for area in (of["area"], owner):
        inside = [
            np.isin(area, [k for k, name in enumerate(books.meta.area_ids) if name in ring.areas])
            for ring in around
        ]
        sure = np.array(inside, dtype=np.float64).reshape(len(around), kind.size).T
        ends.append((sure, np.where((area < 0)[:, None], 1.0, sure)))
    return (
        np.concatenate([one for one, _ in ends], axis=1),
        np.concatenate([one for _, one in ends], axis=1),
    )
