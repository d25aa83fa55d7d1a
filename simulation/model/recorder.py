"""Writes down what Books need while the months pass, and closes them at the end."""

from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray

from scenarios.vocabulary import Institution, Kind
from simulation.accounting.books import RETAINED, SCHEMAS, Table, empty_table, table
from simulation.accounting.pieces import DyePiece, FlowPiece
from simulation.economy.town import Town
from simulation.kernels.payments import share_of

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
        parts = [part for part in map(_filled, self._parts) if part is not None]
        if self._single:
            parts.append(tuple(np.array(self._single, dtype=np.int64).T))
        if not parts:
            return empty_table(self.name)
        joined = [np.concatenate(columns) for columns in zip(*parts, strict=True)]
        order = np.lexsort(joined[SCHEMAS[self.name].keys - 1 :: -1])
        columns = {name: column[order] for name, column in zip(self._names, joined, strict=True)}
        return table(self.name, **columns)


def _filled(part: tuple[Any, ...]) -> tuple[NDArray[Any], ...] | None:
    """Stretch single numbers to the length of the part's columns; None where it is empty."""
    sizes = [value.size for value in part if isinstance(value, np.ndarray)]
    size = sizes[0] if sizes else 1
    if size == 0:
        return None
    return tuple(
        value if isinstance(value, np.ndarray) else np.full(size, value, dtype=np.int64)
        for value in part
    )


@dataclass(slots=True)
class Recorder:
    """The month's rows of every table that the ledger does not keep itself."""

    rows: dict[str, Rows] = field(
        default_factory=lambda: {
            name: Rows(name) for name in SCHEMAS if name not in ("flows", "dye", "parties")
        }
    )

    def note_dues(self, town: Town) -> None:
        """Note post-tax profit due, by payer class and owner's area."""
        economy, n = town.economy, town.n_firms
        parties = economy.parties
        live = economy.firms.alive
        self._dues(town, Kind.DIVIDEND, parties.klass[:n], parties.owner_area[:n],
                   np.where(live, town.now.profit, 0))  # fmt: skip

    def note_rent_and_rates(self, town: Town, pieces: list[FlowPiece]) -> None:
        """Note rent and the business rates that areas keep, from the month's own flows."""
        classes = town.economy.classes
        for piece in pieces:
            if piece.kind is Kind.BUSINESS_RATES:
                mine = classes.institution[piece.payee] == Institution.BUYER
            elif piece.kind in (Kind.RENT, Kind.COMMERCIAL_RENT):
                mine = np.ones(piece.payee.size, dtype=np.bool_)
            else:
                continue
            due = Kind.BUSINESS_RATES if piece.kind is Kind.BUSINESS_RATES else Kind.RENT
            area = classes.area[piece.payee[mine]]
            self._dues(town, due, piece.payer[mine], area, piece.pence[mine])

    def _dues(
        self, town: Town, kind: Kind, klass: Int32, area: NDArray[np.int16], pence: Int64
    ) -> None:
        width = len(town.economy.areas.ids)
        pair = klass.astype(np.int64) * width + area
        keys, where = np.unique(pair, return_inverse=True)
        sums = np.zeros(keys.size, dtype=np.int64)
        np.add.at(sums, where, pence)
        some = sums != 0
        self.rows["dues"].add(
            month=town.month,
            klass=keys[some] // width,
            owner_area=keys[some] % width,
            kind=int(kind),
            pence=sums[some],
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
        supply, payroll = town.links.supply, town.links.payroll
        home = int(parties.area[town.economy.households.first])
        self._along(town, suppliers, supply, now.inputs[suppliers], Kind.INTERMEDIATE)
        self._along(town, suppliers, payroll, now.aggregate_net[suppliers], Kind.WAGES)
        self._out(town, suppliers, Kind.WAGES, home, now.net_by_row[suppliers])
        rates = now.rates_paid[suppliers]
        self._along(town, suppliers, town.links.rates, rates, Kind.BUSINESS_RATES)
        nation = int(parties.area[town.economy.government])
        gross = (now.payroll[suppliers] * now.paid_share[suppliers]) >> 16
        withheld = gross - now.net_by_row[suppliers] - now.aggregate_net[suppliers]
        self._out(town, suppliers, Kind.PAYE, nation, withheld)
        firms, owner = town.economy.firms, parties.owner_area[suppliers]
        landlord = np.maximum(firms.landlord[suppliers], 0)
        out = (now.paid_out + now.pooled + now.to_members + now.to_fund)[suppliers]
        for kind, area, pence in (
            (Kind.VAT, nation, now.vat_paid),
            (Kind.CORPORATION_TAX, nation, now.tax_paid),
            (Kind.COMMERCIAL_RENT, parties.area[landlord], now.rent_paid),
            (Kind.INTEREST, int(parties.area[town.economy.bank]), now.interest_paid),
            (Kind.GROUP_TRANSFER, parties.area[firms.head[suppliers]], now.pooled),
            (Kind.DIVIDEND, owner, now.paid_out),
            (Kind.DIVIDEND, home, now.to_members),
            (Kind.SOCIAL_FUND, parties.area[suppliers], now.to_fund),
        ):
            self._out(town, suppliers, kind, area, pence[suppliers])
        kept = np.maximum(now.profit[suppliers] - out, 0)
        self._out(town, suppliers, RETAINED, owner, kept)

    def _along(self, town: Town, suppliers: Int32, network: Any, budget: Int64, kind: Kind) -> None:
        start, end = network.start[suppliers], network.start[suppliers + 1]
        counts = end - start
        which = np.repeat(np.arange(suppliers.size), counts)
        offset = np.arange(counts.sum()) - np.repeat(np.cumsum(counts) - counts, counts)
        edge = start[which] + offset
        upto = share_of(budget[which], network.cum[edge].astype(np.int64))
        before = np.where(offset > 0, np.roll(upto, 1), 0)
        area = town.economy.parties.area[network.payee[edge]]
        self._out(town, suppliers[which], kind, area, upto - before)

    def _out(self, town: Town, row: Int32, kind: int, area: Any, pence: Int64) -> None:
        width = len(town.economy.areas.ids)
        party = town.now.party[row]
        pair = party.astype(np.int64) * width + area
        keys, where = np.unique(pair, return_inverse=True)
        sums = np.zeros(keys.size, dtype=np.int64)
        np.add.at(sums, where, pence)
        some = sums != 0
        self.rows["outflows"].add(
            month=town.month,
            supplier=keys[some] // width,
            kind=int(kind),
            area=keys[some] % width,
            pence=sums[some],
        )


def flow_table(pieces: list[FlowPiece]) -> Table:
    """Write the ledger's filed pieces as the table `flows`."""
    if not pieces:
        return empty_table("flows")
    sizes = [piece.pence.size for piece in pieces]
    return table(
        "flows",
        month=np.repeat([piece.month for piece in pieces], sizes),
        kind=np.repeat([int(piece.kind) for piece in pieces], sizes),
        payer=np.concatenate([piece.payer for piece in pieces]),
        payee=np.concatenate([piece.payee for piece in pieces]),
        pence=np.concatenate([piece.pence for piece in pieces]),
        count=np.concatenate([piece.count for piece in pieces]),
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
