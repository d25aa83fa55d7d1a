"""A town, the rest of its shire, the country and the world: books small enough to work by hand.

Classes: 0 government, 1 the world, 2 the bank, 3 the council, 4 and 5 firms of the town and of the
rest, 6 and 7 households of the town and of the rest. Parties: 0 the council, 1 firm A of the town,
2 firm B of the rest.
"""

from typing import Any

from scenarios.vocabulary import Institution, Kind, OwnerKind, SizeBand, Tier
from simulation.accounting.books import SCHEMAS, Books, BooksMeta, Table, empty_table, table

TOWN, REST, SHIRE, UK, WORLD = range(5)
GOVERNMENT, THE_WORLD, BANK, COUNCIL, TOWN_FIRMS, REST_FIRMS, TOWN_HOMES, REST_HOMES = range(8)
BUYER, A, B = range(3)


def little_books(months: int = 1, *, without: tuple[str, ...] = (), **tables: Table) -> Books:
    """Make books of the little town: its places and parties, and the tables that a test adds."""
    places = {"areas": _areas(), "classes": _classes(), "parties": _parties()}
    meta = BooksMeta(
        months=months,
        start_year=2012,
        start_month=4,
        focus_area=TOWN,
        area_ids=("town", "rest", "shire", "uk", "world"),
        area_names=("Town", "Rest of shire", "Shire", "United Kingdom", "World"),
        buyer_rows=(BUYER,),
        buyer_areas=(TOWN,),
        buyer_ids=("council",),
    )
    kept = {name: rows for name, rows in (places | tables).items() if name not in without}
    return Books(meta, kept)


def rows(name: str, *lines: tuple[Any, ...], month: int = 1) -> Table:
    """Make a table from lines without their month, which comes first where a table has one."""
    columns = list(SCHEMAS[name].columns)
    if not lines:
        return empty_table(name)
    if columns[0] == "month" and len(lines[0]) == len(columns) - 1:
        lines = tuple((month, *line) for line in lines)
    return table(name, **dict(zip(columns, zip(*lines, strict=True), strict=True)))


def bought(*lines: tuple[int, int]) -> Table:
    """Purchases of the council: (supplier, pence)."""
    return rows("purchases", *((BUYER, party, 0, 0, 0, pence) for party, pence in lines))


def flows(*lines: tuple[Kind, int, int, int], month: int = 1) -> Table:
    """Flows of one month: (kind, payer class, payee class, pence), in order of their key."""
    return rows("flows", *((*line, 1) for line in sorted(lines)), month=month)


def _areas() -> Table:
    return table(
        "areas",
        area=[TOWN, REST, SHIRE, UK, WORLD],
        parent=[SHIRE, SHIRE, UK, -1, -1],
        tier=[Tier.DISTRICT, Tier.DISTRICT, Tier.COUNTY, Tier.UK, Tier.WORLD],
        leaf=[1, 1, 0, 0, 1],
        neighbour=[0, 1, 0, 0, 0],
    )


def _classes() -> Table:
    return table(
        "classes",
        klass=range(8),
        institution=[
            Institution.GOVERNMENT,
            Institution.WORLD,
            Institution.BANK,
            Institution.BUYER,
            Institution.FIRM,
            Institution.FIRM,
            Institution.HOUSEHOLD,
            Institution.HOUSEHOLD,
        ],
        sector=[-1, -1, -1, -1, 0, 0, -1, -1],
        area=[UK, WORLD, UK, TOWN, TOWN, REST, TOWN, REST],
        owner_kind=[0, 0, 0, OwnerKind.PUBLIC, OwnerKind.LOCAL, OwnerKind.LOCAL, 0, 0],
    )


def _parties() -> Table:
    return table(
        "parties",
        party=[BUYER, A, B],
        uid=[11, 12, 13],
        institution=[Institution.BUYER, Institution.FIRM, Institution.FIRM],
        klass=[COUNCIL, TOWN_FIRMS, REST_FIRMS],
        area=[TOWN, TOWN, REST],
        sector=[-1, 0, 0],
        owner_kind=[OwnerKind.PUBLIC, OwnerKind.LOCAL, OwnerKind.OUTSIDE],
        owner_area=[-1, TOWN, WORLD],
        size_band=[SizeBand.NONE, SizeBand.SMALL, SizeBand.LARGE],
    )
