"""Writes down what Books need while the months pass, and closes them at the end."""

from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray

from scenarios.vocabulary import Institution, Kind
from simulation.accounting.books import RETAINED, SCHEMAS, Table, empty_table, table
from simulation.accounting.grouping import key_order
from simulation.accounting.network import Network
from simulation.accounting.pieces import DyePiece
from simulation.accounting.sheet import MonthFile
from simulation.economy.town import Town
from simulation.kernels.counting import split_by_group

Int32 = NDArray[np.int32]
Int64 = NDArray[np.int64]


class Rows:
    """Columns of one table of Books, gathered month by month."""

    def __init__(self, name: str) -> None:
        self.name = name
        self._names = tuple(SCHEMAS[name].columns)
        self._parts: list[tuple[Any, ...]] = []
        self._single: list[tuple[int, ...]] = []

    def __deepcopy__(self, memo: dict[int, Any]) -> "Rows":
        """Copy the list, share what was written: rows are never changed."""
        twin = Rows(self.name)
        twin._parts = list(self._parts)
        twin._single = list(self._single)
        return twin

    def one(self, **columns: int) -> None:
        """Add a single row."""
        self._single.append(tuple(columns[name] for name in self._names))

    def add(self, **columns: Any) -> None:
        """Add rows; a single number stands for a whole column."""
        self._parts.append(tuple(columns[name] for name in self._names))

    def table(self) -> Table:
        """Return the table, rows in the order of their keys."""
        parts = [part for part in self._parts if _size(part)]
        if self._single:
            parts.append(tuple(np.array(self._single, dtype=np.int64).T))
        if not parts:
            return empty_table(self.name)
        sizes = [_size(part) for part in parts]
        joined = [_joined(values, sizes) for values in zip(*parts, strict=True)]
        order = key_order(joined[: SCHEMAS[self.name].keys])
        columns = {name: column[order] for name, column in zip(self._names, joined, strict=True)}
        return table(self.name, **columns)


def _size(part: tuple[Any, ...]) -> int:
    return next((int(value.size) for value in part if isinstance(value, np.ndarray)), 1)


def _joined(values: tuple[Any, ...], sizes: list[int]) -> NDArray[Any]:
    """Lay a column's parts end to end, single numbers stretched to the length of their part."""
    if not any(isinstance(value, np.ndarray) for value in values):
        return np.repeat(np.array(values, dtype=np.int64), sizes)
    return np.concatenate(
        [
            value if isinstance(value, np.ndarray) else np.full(size, value, dtype=np.int64)
            for value, size in zip(values, sizes, strict=True)
        ]
    )


@dataclass(slots=True)
class Recorder:
    """The month's rows of every table that the ledger does not keep itself."""

    rows: dict[str, Rows] = field(
        default_factory=lambda: {
            name: Rows(name) for name in SCHEMAS if name not in ("flows", "dye", "parties")
        }
    )

    def note_outflows(self, town: Town, suppliers: Int32) -> None:
        """Note where public suppliers' money went this month, for the third round.

        Parameters
        ----------
        suppliers : int32[m]
            Distinct trading rows that public buyers have paid.
        """
        if suppliers.size == 0:
            return
        now, parties = town.now, town.economy.parties
        firms, owner = town.economy.firms, parties.owner_area[suppliers]
        home = int(parties.area[town.economy.households.first])
        nation = int(parties.area[town.economy.government])
        landlord = np.maximum(firms.landlord[suppliers], 0)
        net, others_net = now.net_by_row[suppliers], now.aggregate_net[suppliers]
        gross = (now.payroll[suppliers] * now.paid_share[suppliers]) >> 16
        paid, pooled = now.paid_out[suppliers], now.pooled[suppliers]
        members, fund = now.to_members[suppliers], now.to_fund[suppliers]
        kept = np.maximum(now.profit[suppliers] - (paid + pooled + members + fund), 0)
        links = town.links
        self._along(
            town,
            suppliers,
            (links.supply, now.inputs[suppliers]),
            (links.payroll, others_net),
            (links.rates, now.rates_paid[suppliers]),
        )
        self._out(
            town,
            suppliers,
            (Kind.WAGES, home, net),
            (Kind.PAYE, nation, gross - net - others_net),
            (Kind.VAT, nation, now.vat_paid[suppliers]),
            (Kind.CORPORATION_TAX, nation, now.tax_paid[suppliers]),
            (Kind.COMMERCIAL_RENT, parties.area[landlord], now.rent_paid[suppliers]),
            (Kind.INTEREST, int(parties.area[town.economy.bank]), now.interest_paid[suppliers]),
            (Kind.GROUP_TRANSFER, parties.area[firms.head[suppliers]], pooled),
            (Kind.DIVIDEND, owner, paid),
            (Kind.DIVIDEND, home, members),
            (Kind.SOCIAL_FUND, parties.area[suppliers], fund),
            (RETAINED, owner, kept),
        )

    def _along(self, town: Town, suppliers: Int32, *paid: tuple[Network, Int64]) -> None:
        """Note how budgets paid along networks went to areas."""
        sums = np.zeros((len(paid), suppliers.size, len(town.economy.areas.ids)), dtype=np.int64)
        line = np.arange(suppliers.size)
        for (links, budget), by_area in zip(paid, sums, strict=True):
            split_by_group(
                suppliers, budget, links.start, links.payee, links.cum, line,
                town.economy.parties.area, by_area,
            )  # fmt: skip
        some = np.flatnonzero(sums != 0)
        which, row, area = np.unravel_index(some, sums.shape)
        self.rows["outflows"].add(
            month=town.month,
            supplier=town.now.party[suppliers[row]],
            kind=np.array([int(links.kind) for links, _ in paid])[which],
            area=area,
            pence=sums.ravel()[some],
        )

    def _out(self, town: Town, suppliers: Int32, *paid: tuple[int, Any, Int64]) -> None:
        """Note what went out by kind, supplier and area; one area may stand for a column."""
        pence, area = np.zeros((2, len(paid), suppliers.size), dtype=np.int64)
        for line, (_, where, amount) in enumerate(paid):
            pence[line], area[line] = amount, where
        which, row = np.nonzero(pence != 0)
        self.rows["outflows"].add(
            month=town.month,
            supplier=town.now.party[suppliers[row]],
            kind=np.array([int(kind) for kind, _, _ in paid])[which],
            area=area[which, row],
            pence=pence[which, row],
        )


def flow_table(months: list[MonthFile]) -> Table:
    """Write the ledger's filed months as the table `flows`."""
    if not months:
        return empty_table("flows")
    columns = [month.columns() for month in months]
    return table(
        "flows", **{name: np.concatenate([one[name] for one in columns]) for name in columns[0]}
    )


def dye_table(pieces: list[DyePiece]) -> Table:
    """Write the ledger's dye pieces as the table `dye`, summed by key."""
    sums: dict[tuple[int, int, int], Int64] = {}
    for piece in pieces:
        key = (piece.month, piece.record, piece.kind)
        sums[key] = sums[key] + piece.units if key in sums else piece.units.copy()
    rows = Rows("dye")
    width = len(Institution)
    for (month, record, kind), units in sums.items():
        cell, tag = np.nonzero(units)
        rows.add(
            month=month,
            record=record,
            area=cell // width,
            group=cell % width,
            tag=tag,
            kind=kind,
            units=units[cell, tag],
        )
    return rows.table()
