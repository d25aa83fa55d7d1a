"""A council's real payments as books, so that its LM3 is computed by the same code as a model's.

A list of payments over a threshold is all that councils publish: who was paid, when, how much, and
perhaps where the supplier is. Such books cover purchases and nothing else; what the suppliers
do with the money is unknown, not zero.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from scenarios.errors import InputError
from scenarios.vocabulary import Institution, Tier
from simulation.accounting.books import Books, BooksMeta, table

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
        Area that the supplier is based in, None where it is not known.
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
    """One node of the area tree."""

    id: str
    name: str
    tier: Tier
    parent: str | None = None
    neighbour: bool = False


def books_from_payments(
    payments: Iterable[Payment], areas: Sequence[Node], buyers: Mapping[str, str], focus: str
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

    Returns
    -------
    Books
        Tables `areas`, `parties` and `purchases`; months count from the first payment's.

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
        coverage=COVERAGE,
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
    return Books(meta, tables)


def _parties(buyer_areas: list[int], supplier_areas: list[int]) -> dict[str, np.ndarray]:
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
