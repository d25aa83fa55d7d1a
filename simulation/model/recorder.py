"""Writes down what Books need while the months pass, and closes them at the end."""

from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray

from scenarios.vocabulary import Institution, Kind
from simulation.accounting.books import RETAINED, SCHEMAS, Table, empty_table, table
from simulation.accounting.grouping import key_order
from simulation.accounting.pieces import DyePiece
from simulation.economy.town import Town
from simulation.kernels import outflows
from simulation.kernels.outflows import Along, Outflows, Paid, Toward
from simulation.model.take_home import pay_by_group, pay_of

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
        now, links, parties = town.now, town.links, town.economy.parties
        networks = (
            (links.supply, now.inputs),
            (links.payroll, now.aggregate_net),
            (links.rates, now.rates_paid),
        )
        most = suppliers.size * outflows.BILLS
        for network, _ in networks:
            most += int((network.start[suppliers + 1] - network.start[suppliers]).sum())
        if now.markets.size > 1:
            heads = now.roll.heads[suppliers]
            most += int(heads.sum() + heads[now.to_members[suppliers] > 0].sum())
        out = Outflows(*(np.empty(most, dtype=code) for code in ("i4", "i1", "i2", "i8")))
        sums, reached = np.zeros((2, len(town.economy.areas.ids)), dtype=np.int64)
        n = 0
        for network, budget in networks:
            along = Along(int(network.kind), network.start, network.payee, network.cum, budget)
            n = outflows.note_links(suppliers, along, parties.area, sums, reached, out, n)
        if town.now.markets.size > 1:
            pay, home = pay_of(town), parties.area[town.household_rows()]
            which, place, pence = pay_by_group(town, suppliers, home, sums.size)
            staff = slice(n, n + which.size)
            out.supplier[staff], out.area[staff], out.pence[staff] = which, place, pence
            out.kind[staff] = int(Kind.WAGES)
            n = outflows.note_members(
                suppliers, pay, now.to_members, home, sums, reached, out, staff.stop
            )  # fmt: skip
        n = outflows.note_bills(suppliers, _paid(town), _toward(town), RETAINED, out, n)
        self.rows["outflows"].add(
            month=town.month,
            supplier=now.party[suppliers[out.supplier[:n]]],
            kind=out.kind[:n].copy(),
            area=out.area[:n].copy(),
            pence=out.pence[:n].copy(),
        )


def _paid(town: Town) -> Paid:
    """What trading rows paid this month but along links to many, as kernels take it."""
    now = town.now
    return Paid(
        now.net_by_row, now.aggregate_net, now.payroll, now.paid_share, now.vat_paid, now.tax_paid,
        now.rent_paid, now.interest_paid, now.pooled, now.paid_out, now.to_members, now.to_fund,
        now.profit,
    )  # fmt: skip


def _toward(town: Town) -> Toward:
    """Where such payments go to."""
    economy, area = town.economy, town.economy.parties.area
    home, nation, bank = economy.households.first, economy.government, economy.bank
    near = int(area[home]) if town.now.markets.size == 1 else -1
    return Toward(
        area, economy.parties.owner_area, economy.firms.landlord, economy.firms.head,
        near, int(area[nation]), int(area[bank]),
    )  # fmt: skip


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
