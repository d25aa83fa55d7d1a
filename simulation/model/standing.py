"""How a place stood as a journal was opened, and what decisions have changed of it since.

The opening is written once. Afterwards, as each act of a month opens, a line is written for each
column of trading rows, people, employers, buyers and heirs in which something has changed, with the
rows and their values; and one for each employer whose commuters live elsewhere now and each founded
enterprise. Rows are numbers of accounts: a firm that opens may take over the row of one that has
closed, and its line then says its `uid`.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from scenarios.tables import sector_code
from scenarios.vocabulary import Institution, OwnerKind, Tier
from simulation.economy.columns import Edges
from simulation.economy.enterprises import Enterprise
from simulation.economy.town import Town
from simulation.model.payables import Invoices

if TYPE_CHECKING:
    from simulation.model.stewardship import Stewardship

Columns = dict[str, NDArray[Any]]
PRIVATE = (Institution.FIRM, Institution.HOUSEHOLD, Institution.CLUB)
MORTGAGED, EMPLOYED, SEEKING = 1, 2, 1
NOBODY = -1
STRUCK, STAFF_MOVED, ADJUSTED = "struck", "staff moved", "adjusted"
"""Moments within an act: shocks have struck; services of a buyer's own have staff; firms have
closed, opened and hired."""


@dataclass(slots=True)
class Standing:
    """What has been written down so far of what stands decided.

    Attributes
    ----------
    opening : dict
        How the place stood as the journal was opened.
    lines : list of dict
        What has changed since: the month, the act as whose opening it was so, and what.
    """

    opening: dict[str, Any] = field(default_factory=dict)
    lines: list[dict[str, Any]] = field(default_factory=list)
    _tables: dict[str, Columns] = field(default_factory=dict)
    _founded: dict[int, dict[str, Any]] = field(default_factory=dict)
    _commuting: Edges | None = None

    def note(self, town: Town, stewardship: "Stewardship", act: str) -> None:
        """Write what has changed by now; the first time, write all.

        Parameters
        ----------
        town : Town
        stewardship : Stewardship
        act : str
            The act that opens; or `STRUCK`, `STAFF_MOVED` or `ADJUSTED` within one.
        """
        if not self.opening:
            self.opening = _opening(town, stewardship)
        for what, now in _tables(town).items():
            self._see(what, now, (town.month, act))
        self._see_commuting(town, act)
        self._see_founded(town, act)

    def _see(self, what: str, now: Columns, when: tuple[int, str]) -> None:
        old, self._tables[what] = self._tables.get(what), now
        if old is None:
            self.opening[what] = {name: column.tolist() for name, column in now.items()}
            return
        for name, column in now.items():
            rows = np.flatnonzero(column != old[name])
            if rows.size:
                line = {"month": when[0], "act": when[1], "what": what, "column": name}
                self.lines.append({**line, "rows": rows, "values": column[rows]})

    def _see_commuting(self, town: Town, act: str) -> None:
        """Write where the pay of an employer's commuters goes, where that has changed."""
        now, old = town.economy.payroll, self._commuting
        self._commuting = Edges(now.start.copy(), now.payee.copy(), now.cum.copy())
        if old is None:
            self.opening["commuting"] = links_told(now)
            return
        if np.array_equal(now.payee, old.payee) and np.array_equal(now.cum, old.cum):
            return
        had = links_told(old)
        for row, shares in enumerate(links_told(now)):
            if shares != had[row]:
                line = {"month": town.month, "act": act, "what": "commuting", "row": row}
                self.lines.append({**line, "shares": shares})

    def _see_founded(self, town: Town, act: str) -> None:
        """Write what founded enterprises are and who their members are, where that has changed."""
        now = {one.uid: _founded(town, one) for one in town.enterprises.living}
        old, self._founded = self._founded, now
        line = {"month": town.month, "act": act}
        self.lines += [
            {**line, "what": "enterprise", **one}
            for uid, one in now.items() if old.get(uid) != one
        ]  # fmt: skip
        self.lines += [
            {**line, "what": "enterprise ends", "uid": uid} for uid in old if uid not in now
        ]


def links_told(edges: Edges) -> list[list[list[int]]]:
    """Write whom each row pays, with rising shares of 65,536."""
    start = edges.start.tolist()
    pairs = [[to, upto] for to, upto in zip(edges.payee.tolist(), edges.cum.tolist(), strict=True)]
    return [pairs[start[k] : start[k + 1]] for k in range(len(start) - 1)]


def _tables(town: Town) -> dict[str, Columns]:
    """Copy what firms, people and employers have decided, and who serves whose customers."""
    firms, buyers, workers = town.economy.firms, town.economy.buyers, town.economy.workers
    parties, n = town.economy.parties, town.n_firms
    firm = {
        "uid": parties.uid[:n], "open": firms.alive, "owner_kind": parties.owner_kind[:n],
        "area": parties.area[:n], "sector": parties.sector[:n], "jobs": firms.jobs,
        "expects": firms.sales_expected, "inputs": firms.intermediate_share,
        "vat": firms.vat_share, "exports": firms.export_pence, "rates": firms.rates_pence,
        "rent": firms.rent_pence, "landlord": firms.landlord, "owner": firms.owner,
        "head": firms.head, "began_with": town.now.base_sales,
    }  # fmt: skip
    worker = {
        "home": workers.household,
        "employer": np.where(workers.status == EMPLOYED, workers.employer, NOBODY),
        "pay": workers.wage_pence, "seeks": workers.status == SEEKING,
    }  # fmt: skip
    employer = {
        "account": np.concatenate([np.arange(n), buyers.row]),
        "commuters": np.concatenate([firms.aggregate_jobs, buyers.aggregate_jobs]),
        "commuters_pay": np.concatenate([firms.aggregate_payroll, buyers.aggregate_payroll]),
    }
    tables: dict[str, Columns] = {
        "firm": firm, "worker": worker, "employer": employer,
        "heir": {"to": town.ledger.redirect},
        "buyer": {"account": buyers.row, "grant": buyers.grant_month + town.now.extra_grant},
    }  # fmt: skip
    return {
        what: {name: column.copy() for name, column in columns.items()}
        for what, columns in tables.items()
    }


def _founded(town: Town, one: Enterprise) -> dict[str, Any]:
    """Write an enterprise's charter, members and partner as they stand."""
    charter, of = one.charter, one.members
    split, partner = charter.split, one.partner
    stands = partner != NOBODY and bool(town.economy.firms.alive[partner])
    home = town.economy.workers.household[of.worker].tolist()
    columns = of.worker.tolist(), home, of.kept_back.tolist(), of.due.tolist()
    return {
        "uid": one.uid,
        "row": one.row,
        "council": one.council,
        "fund": one.fund,
        "partner": partner,
        "partner_stands": stands and int(town.economy.parties.uid[partner]) == one.partner_uid,
        "founded": one.founded,
        "full_sales": one.whole_pence,
        "stack": _facts(charter.stack, without="assets"),
        "split": {
            **_facts(split), "concern": charter.life.concern,
            "of_staff": one.decided.part * charter.life.workers_part,
        },
        "buy_out_months": charter.buy_out_months,
        "asset_lock": charter.asset_lock,
        "owned": charter.owned,
        "members": [list(row) for row in zip(*columns, strict=True)],
    }  # fmt: skip


def _facts(of: Any, without: str = "") -> dict[str, Any]:
    return {name: value for name, value in of._asdict().items() if name != without}


def _opening(town: Town, stewardship: "Stewardship") -> dict[str, Any]:
    """Write what stands still, and what every account holds."""
    economy, now, parties = town.economy, town.now, town.economy.parties
    dyer = stewardship.dyer
    return {
        "month": town.month,
        "calendar": town.calendar,
        "register": dict(town.a),
        "uid": parties.uid.tolist(),
        "area": parties.area.tolist(),
        "owner_kinds": {int(kind): kind.name for kind in OwnerKind},
        "accounts": {
            "deposits": parties.deposits.tolist(), "savings": parties.savings.tolist(),
            "loans": parties.loans.tolist(), "payable": parties.payable.tolist(),
            "receivable": parties.receivable.tolist(),
        },
        "past": {
            "sold": now.sales.tolist(), "sold_before": now.sales_last.tolist(),
            "mission": now.extra_inputs.tolist(), "loss": now.loss.tolist(),
            "earned": now.earned.tolist(), "counted": now.old_money.tolist(),
            "year": now.income_year.tolist(), "due": list(_on_their_way(stewardship.payables.due)),
        },
        "homes": _homes(town),
        "buyers": _buyers(town),
        "employers": economy.payroll.start.size - 1,
        "first_home": economy.households.first,
        "rows": {
            "government": economy.government, "world": economy.world,
            "outside": economy.outside_demand, "bank": economy.bank,
            "fund": economy.pension_fund,
        },
        "builders": sector_code()["construction"],
        "advisers": stewardship.adviser.tolist(),
        "private": np.flatnonzero(np.isin(parties.institution, PRIVATE)).tolist(),
        "within": _within(town),
        "supply": links_told(economy.supply),
        "shopping": links_told(economy.shopping),
        "worker_uid": economy.workers.uid.tolist(),
        "dyed": {"buyers": sorted(dyer.rows), "months": sorted(dyer.months)},
    }  # fmt: skip


def _on_their_way(due: Mapping[int, list[Invoices]]) -> Iterator[dict[str, int]]:
    """Write invoices by the month in which they fall due."""
    for month, batches in due.items():
        for batch in batches:
            columns = batch.buyer.tolist(), batch.supplier.tolist(), batch.pence.tolist()
            for buyer, supplier, pence in zip(*columns, strict=True):
                yield {"month": month, "buyer": buyer, "supplier": supplier, "pence": pence}


def _homes(town: Town) -> dict[str, list[Any]]:
    homes = town.economy.households
    return {
        "households": homes.households_in_row.tolist(),
        "area": town.economy.parties.area[town.household_rows()].tolist(),
        "benefit": homes.other_benefit_pence.tolist(),
        "pension": homes.pension_pence.tolist(),
        "occupational": homes.occupational_pence.tolist(),
        "council_tax": homes.council_tax_pence.tolist(),
        "housing": homes.housing_pence.tolist(),
        "mortgaged": (homes.tenure == MORTGAGED).tolist(),
        "landlord": homes.landlord.tolist(),
        "propensity": homes.propensity.tolist(),
        "buffer": homes.buffer_months.tolist(),
    }


def _buyers(town: Town) -> list[dict[str, Any]]:
    buyers, party = town.economy.buyers, town.now.party
    columns = buyers.row.tolist(), buyers.kind, buyers.serves
    return [
        {"row": row, "party": int(party[row]), "kind": str(kind),
         "serves": [int(area) for area in serves]}
        for row, kind, serves in zip(*columns, strict=True)
    ]  # fmt: skip


def _within(town: Town) -> dict[str, list[int]]:
    """Name the areas of the focus's district, county, region and country."""
    areas = town.economy.areas
    return {
        tier.name.lower(): np.flatnonzero(
            areas.ancestor[:, tier] == areas.ancestor[areas.focus, tier]
        ).tolist()
        for tier in Tier
    }
