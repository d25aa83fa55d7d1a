"""Writes down what Books need while the months pass, and closes them at the end."""

from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from scenarios.vocabulary import Institution, Kind
from simulation.accounting.books import RETAINED, SCHEMAS, Table
from simulation.accounting.pieces import DyePiece
from simulation.economy.town import Town
from simulation.kernels import outflows
from simulation.kernels.outflows import Along, Outflows, Paid, Toward
from simulation.model.rows import Rows
from simulation.model.take_home import pay_by_group, pay_of

Int32 = NDArray[np.int32]
Int64 = NDArray[np.int64]


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
            which, place, pence = pay_by_group(town, suppliers, home)
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
