"""A place put together: what the tables make of a district, what its payments tell of it."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from math import hypot
from pathlib import Path
from typing import Any

from scenarios.filling import fill
from scenarios.from_tables.extent import extent
from scenarios.from_tables.marks import Mark, figure_marks, nation_notes
from scenarios.place_file.cautions import payments_warnings, register_warnings
from scenarios.place_file.contracts import lot_figures, share_figures, term_figures
from scenarios.place_file.figures import (
    DISTANCE,
    INHERITED,
    JUDGEMENT,
    PAYMENTS,
    Figure,
    area_figures,
    source_of,
    suppliers_told,
)
from scenarios.place_file.find import find_district
from scenarios.place_file.payer import payer_of
from scenarios.place_file.sizes import Register, read_register
from scenarios.place_file.spending import Spending, spending_of
from scenarios.sources.resolved import Resolved
from scenarios.tables import AnyDistrict, uk_former_districts

Row = dict[str, Any]
REACH = "uk"
NEIGHBOURS = 6
HABITS = {"monitoring": 0.2, "engagement": 0.15, "appetite": 1, "payment_days": 30}
TABLES = {"districts": REACH, "detail": "focus", "neighbours": NEIGHBOURS, "councils": HABITS}
UNEMPLOYMENT = 0.039
MOST_OF_ALL = 0.9
"""Part of all buying from which on one council's payments speak for all councils of the file.
Grade: judgement."""

CategoryOf = Callable[[Mapping[str, Any]], str | None]


@dataclass(frozen=True, slots=True)
class Neighbour:
    """A district beside the place: id, name, and how far its centre is [km]."""

    id: str
    name: str
    km: float


@dataclass(frozen=True, slots=True)
class Place:
    """All that a scenario file of one place says.

    Attributes
    ----------
    district : AnyDistrict
    row : dict
        Its row of [[areas]].
    buyers : sequence of dict
        Rows of [[buyers]]: its own council first.
    neighbours : sequence of Neighbour
        Nearest first.
    marks : mapping of str to Mark
        As `figure_marks` gives them.
    figures : mapping of str to Figure
        Path -> each figure of the file.
    payer : str or None
        Id of the council whose payments were taken.
    spending : Spending or None
        Its payments.
    register : Register or None
        Contracts whose sizes were taken.
    warnings : tuple of str
        What a reader must know.
    """

    district: AnyDistrict
    row: Row
    buyers: Sequence[Row]
    neighbours: Sequence[Neighbour]
    marks: Mapping[str, Mark]
    figures: Mapping[str, Figure]
    payer: str | None
    spending: Spending | None
    register: Register | None
    warnings: tuple[str, ...]


def put_together(
    word: str,
    resolved: Resolved | None = None,
    contracts: Path | None = None,
    category_of: CategoryOf | None = None,
) -> Place:
    """Put a place together.

    Parameters
    ----------
    word : str
        ONS code, id or name of a district.
    resolved : Resolved, optional
        Payments of one of its councils.
    contracts : Path, optional
        Folder of a register of contracts, its own or another's.
    category_of : callable, optional
        Reads the category of a row of the register; wanted with `contracts`.

    Returns
    -------
    Place

    Raises
    ------
    InputError
        Where no district is called so, the payments are another council's, or the folder holds no
        contracts.
    """
    district = find_district(word)
    register = None
    if contracts is not None and category_of is not None:
        register = read_register(contracts, category_of)
    made = fill({"focus": district.id, "tables": TABLES}).data
    row = next(area for area in made["areas"] if area["id"] == district.id)
    marks = figure_marks(district.code)
    buyers, payer, spending = list(made["buyers"]), None, None
    warnings = list(nation_notes(district.code))
    if resolved is not None:
        payer, unsure = payer_of(resolved, district, buyers)
        spending = spending_of(resolved, _rings(district, row["parent"]))
        at = next(k for k, one in enumerate(buyers) if one["id"] == payer)
        estimate = buyers[at]["budget"]
        buyers[at] = {**buyers[at], "budget": spending.budget(estimate)}
        warnings += unsure + payments_warnings(spending, sum(estimate.values()))
    alone = spending if payer and _buys_most(payer, buyers) else None
    if spending and not alone:
        warnings.append(
            "Others buy here besides: the share of spending with local suppliers and the number of "
            "suppliers are those of the payments alone, and the model's were left."
        )
    if register is not None:
        warnings += register_warnings(register, district.name)
    found = [
        *area_figures(row, marks),
        *_around(made["neighbours"], district.name),
        *(one for buyer in buyers for one in _buyer_figures(buyer, marks, payer, spending)),
        *share_figures(alone),
        *lot_figures(_bought(buyers), alone, register),
        *term_figures(_bought(buyers), register),
        Figure("assumptions.build.unemployment", UNEMPLOYMENT, INHERITED,
               "ONS Labour Force Survey, November 2023 to January 2024 (OGL v3.0): of the United "
               "Kingdom, aged 16 and over"),
    ]  # fmt: skip
    places = {area["id"]: area for area in made["areas"]}
    return Place(
        district, row, buyers, [_neighbour(row, places[one]) for one in made["neighbours"]],
        marks, {one.key: one for one in found}, payer, spending, register, tuple(warnings),
    )  # fmt: skip


def _rings(district: AnyDistrict, county: str) -> dict[str, frozenset[str]]:
    """Areas around a place, the smallest first, with all codes that their districts have had."""
    reach = extent(REACH)
    rings = {district.id: {district.code}}
    for area in reach.counties:
        if area.id == county:
            rings[area.id] = {one.code for one in area.districts}
    for wide in reach.regions:
        if district in wide.districts:
            rings[wide.id] = {one.code for one in wide.districts}
    before = uk_former_districts().values()
    return {
        name: frozenset(codes | {one.code for one in before if one.district in codes})
        for name, codes in rings.items()
    }


def _bought(buyers: Sequence[Row]) -> dict[str, float]:
    whole: dict[str, float] = {}
    for buyer in buyers:
        for category, pounds in buyer["budget"].items():
            whole[category] = whole.get(category, 0.0) + pounds
    return whole


def _buys_most(payer: str, buyers: Sequence[Row]) -> bool:
    sums = {one["id"]: sum(one["budget"].values()) for one in buyers}
    return bool(sums[payer] >= MOST_OF_ALL * sum(sums.values()))


def _neighbour(here: Row, there: Row) -> Neighbour:
    east, north = (there[key] - here[key] for key in ("easting_km", "northing_km"))
    return Neighbour(there["id"], there["name"], hypot(east, north))


def _around(neighbours: Sequence[str], name: str) -> list[Figure]:
    near = f"the {len(neighbours)} districts nearest to {name}, centre to centre"
    work = "people go to work by jobs, residents in work and how far places are apart"
    return [
        Figure("neighbours", tuple(neighbours), DISTANCE, near),
        Figure("commuting", "gravity", DISTANCE, work),
    ]


def _buyer_figures(
    buyer: Row, marks: Mapping[str, Mark], payer: str | None, spending: Spending | None
) -> list[Figure]:
    at = f"buyers.{buyer['id']}"
    alike = "alike for all councils; no source"
    out = [Figure(f"{at}.{key}", buyer[key], JUDGEMENT, alike) for key in HABITS]
    staff, bought = marks["payroll"], marks["budget_by_category"]
    own = source_of(staff)
    out.append(Figure(f"{at}.payroll", buyer["payroll"], staff.status, own))
    for category, share in buyer["payroll_by"].items():
        out.append(Figure(f"{at}.payroll_by.{category}", share, staff.status, own))
    for category, pounds in buyer["budget"].items():
        key = f"{at}.budget.{category}"
        line = spending.lines.get(category) if spending and buyer["id"] == payer else None
        told = f"{suppliers_told(line.suppliers)}, the largest {line.largest:.0%}" if line else ""
        if spending and line and spending.tells_mix:
            out.append(Figure(key, pounds, PAYMENTS, "Purchases of the import, a year", told))
            continue
        if line and spending and spending.months:
            told = f"GBP {line.pounds:,.0f} are known to be paid to {told}"
        out.append(Figure(key, pounds, bought.status, source_of(bought), told))
    return out
