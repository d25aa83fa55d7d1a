"""A council's real payments as books, so that its LM3 is computed by the same code as a model's.

A list of payments over a threshold is all that councils publish: who was paid, when, how much, and
perhaps where the supplier is. Such books cover purchases and nothing else; what the suppliers
do with the money is unknown, not zero. What a survey or a range says of it may be told beside, and
then the books cover that too (`Told`).
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from scenarios.errors import InputError
from scenarios.vocabulary import Institution, Tier
from simulation.accounting.books import SCHEMAS, Books, BooksMeta, Table, table

MONTHS = 12
COVERAGE = frozenset({"areas", "parties", "purchases"})
UNKNOWN = -1


class PaymentsError(InputError):
    """Raised when payments cannot become books."""


@dataclass(frozen=True, slots=True)
class Payment:
    """One published payment; a credit note is negative.

    Attributes
    ----------
    year, month : int
        When it was paid.
    buyer, supplier : str
        Who paid and who was paid; equal names are the same buyer, or supplier.
    pence : int
        Amount [pence].
    area : str or None
        Area that the supplier is based in, or the doubt that it is in; None where it is not known.
    category : str or None
        Spending category, None where it is not known.
    """

    year: int
    month: int
    buyer: str
    supplier: str
    pence: int
    area: str | None = None
    category: str | None = None


@dataclass(frozen=True, slots=True)
class Node:
    """One node of the area tree, or a doubt: `either` names the nodes that may be meant."""

    id: str
    name: str
    tier: Tier
    parent: str | None = None
    neighbour: bool = False
    either: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Outlay:
    """A part of what a supplier does with its money.

    Attributes
    ----------
    supplier : str
        As its payments name it.
    kind : int
        A `Kind`, or RETAINED.
    area : str
        Node where it goes.
    pence : int
        Of any notional sum: only shares are read [pence].
    """

    supplier: str
    kind: int
    area: str
    pence: int


@dataclass(frozen=True, slots=True)
class StaffPay:
    """A part of a buyer's pay bill: take-home pay of homes in a node, and what it cost [pence]."""

    buyer: str
    area: str
    pence: int
    gross_pence: int


@dataclass(frozen=True, slots=True)
class Respent:
    """The part of what is received in a place that is paid on there, as in table `respent`.

    `supplier` is None for all receivers, shares are in parts of a million.
    """

    supplier: str | None
    institution: Institution
    tier: Tier
    least_ppm: int
    most_ppm: int


@dataclass(frozen=True, slots=True)
class Told:
    """What is known beside payments; what is None is not covered."""

    outlays: Sequence[Outlay] | None = None
    staff: Sequence[StaffPay] | None = None
    respent: Sequence[Respent] | None = None


NOTHING_MORE = Told()


def books_from_payments(
    payments: Iterable[Payment],
    areas: Sequence[Node],
    buyers: Mapping[str, str],
    focus: str,
    beside: Told = NOTHING_MORE,
) -> Books:
    """Make books of published payments.

    Parameters
    ----------
    payments : iterable of Payment
        In any order.
    areas : sequence of Node
        The area tree.
    buyers : mapping of str to str
        Area of each buyer by its name.
    focus : str
        The focal area.
    beside : Told
        What is known of suppliers' spending, of own staff and of those who receive it.

    Returns
    -------
    Books
        Tables `areas`, `parties` and `purchases`, and of what is told beside `outflows`, `classes`
        with `payroll`, and `respent`; months count from the first payment's.

    Raises
    ------
    PaymentsError
        When there is no payment, or one names an unknown buyer or area.
    """
    told = list(payments)
    if not told:
        raise PaymentsError("no payments were given; wanted at least one.")
    place = {node.id: code for code, node in enumerate(areas)}
    _refuse_strangers(told, place, buyers)
    based: dict[str, int] = {}
    for one in told:
        if one.area is not None or one.supplier not in based:
            based[one.supplier] = UNKNOWN if one.area is None else place[one.area]
    buyer_row = {name: code for code, name in enumerate(sorted(buyers))}
    supplier_row = {name: len(buyers) + code for code, name in enumerate(sorted(based))}
    categories = sorted({one.category for one in told if one.category is not None})
    start = min(one.year * MONTHS + one.month - 1 for one in told)
    sums: dict[tuple[int, int, int, int], int] = {}
    for one in told:
        key = (
            one.year * MONTHS + one.month - start,
            buyer_row[one.buyer],
            supplier_row[one.supplier],
            UNKNOWN if one.category is None else categories.index(one.category),
        )
        sums[key] = sums.get(key, 0) + one.pence
    keys = np.array(sorted(sums), dtype=np.int64)
    n = len(keys)
    extra = _beside(beside, place, buyer_row, supplier_row)
    doubts = [(place[one.id], place[other]) for one in areas for other in one.either]
    if doubts:
        extra["either"] = _rows("either", doubts)
    meta = BooksMeta(
        months=int(keys[:, 0].max()),
        start_year=start // MONTHS,
        start_month=start % MONTHS + 1,
        focus_area=place[focus],
        area_ids=tuple(place),
        area_names=tuple(node.name for node in areas),
        buyer_rows=tuple(range(len(buyers))),
        buyer_areas=tuple(place[buyers[name]] for name in sorted(buyers)),
        buyer_ids=tuple(sorted(buyers)),
        category_ids=tuple(categories),
        coverage=COVERAGE | extra.keys(),
    )
    tables = {
        "areas": table(
            "areas",
            area=range(len(areas)),
            parent=[UNKNOWN if node.parent is None else place[node.parent] for node in areas],
            tier=[node.tier for node in areas],
            leaf=[node.id not in {other.parent for other in areas} for node in areas],
            neighbour=[node.neighbour for node in areas],
        ),
        "parties": _parties(
            [place[buyers[name]] for name in sorted(buyers)],
            [based[name] for name in sorted(based)],
        ),
        "purchases": table(
            "purchases",
            month=keys[:, 0],
            buyer=keys[:, 1],
            supplier=keys[:, 2],
            category=keys[:, 3],
            policy=np.full(n, UNKNOWN),
            arrangement=np.full(n, UNKNOWN),
            pence=[sums[key] for key in sorted(sums)],
        ),
    }
    return Books(meta, tables | extra)


def _beside(
    told: Told, place: Mapping[str, int], buyers: Mapping[str, int], suppliers: Mapping[str, int]
) -> dict[str, Table]:
    """Make the tables of what is told beside payments, all in the first month."""
    made: dict[str, Table] = {}
    if told.outlays is not None:
        made["outflows"] = _rows(
            "outflows",
            [(1, suppliers[o.supplier], o.kind, place[o.area], o.pence) for o in told.outlays],
        )
    if told.staff is not None:
        homes = list(place.values())
        same = np.full(len(homes), Institution.HOUSEHOLD), np.full(len(homes), UNKNOWN)
        made["classes"] = table(
            "classes", klass=homes, institution=same[0], sector=same[1], area=homes,
            owner_kind=np.zeros(len(homes), dtype=np.int64),
        )  # fmt: skip
        made["payroll"] = _rows(
            "payroll",
            [(1, buyers[p.buyer], UNKNOWN, place[p.area], p.pence, p.gross_pence)
             for p in told.staff],
        )  # fmt: skip
    if told.respent is not None:
        made["respent"] = _rows(
            "respent",
            [(UNKNOWN if r.supplier is None else suppliers[r.supplier], r.institution, r.tier,
              r.least_ppm, r.most_ppm) for r in told.respent],
        )  # fmt: skip
    return made


def _rows(name: str, lines: Sequence[tuple[int, ...]]) -> Table:
    """Make a table from its rows."""
    columns = zip(*lines, strict=True) if lines else ((),) * len(SCHEMAS[name].columns)
    return table(name, **dict(zip(SCHEMAS[name].columns, columns, strict=True)))


def _parties(buyer_areas: list[int], supplier_areas: list[int]) -> Table:
    n = len(buyer_areas) + len(supplier_areas)
    unknown = np.full(n, UNKNOWN)
    institution = [Institution.BUYER] * len(buyer_areas) + [Institution.FIRM] * len(supplier_areas)
    return table(
        "parties",
        party=range(n),
        uid=range(n),
        institution=institution,
        klass=unknown,
        area=buyer_areas + supplier_areas,
        sector=unknown,
        owner_kind=np.zeros(n, dtype=np.int64),
        owner_area=unknown,
        size_band=np.zeros(n, dtype=np.int64),
    )


def _refuse_strangers(
    payments: list[Payment], place: Mapping[str, int], buyers: Mapping[str, str]
) -> None:
    for one in payments:
        if one.buyer not in buyers:
            raise PaymentsError(
                f"a payment of {one.year}-{one.month:02d} names buyer {one.buyer!r}; "
                f"wanted one of {', '.join(sorted(buyers))}."
            )
        if one.area is not None and one.area not in place:
            raise PaymentsError(
                f"supplier {one.supplier!r} is in area {one.area!r}; wanted one of the tree's."
            )
