"""Turns the model's columns into plain lists; the one file of the twin that knows the model.

Money is read once, as the twin opens. Afterwards only what was decided is read.
"""

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from scenarios import tables
from scenarios.vocabulary import Institution, OwnerKind, Tier
from simulation.economy.columns import Edges
from simulation.economy.enterprises import Enterprise
from simulation.economy.town import Town
from simulation.model.direct_provision import DirectProvision
from simulation.model.dismissals import Dismissed as Gone
from simulation.model.payables import Invoices
from simulation.model.stewardship import Stewardship
from simulation.procurement import interface
from simulation.procurement.payments import Payments
from tests.reference.village.accounts import Accounts, Share
from tests.reference.village.ledger import Village
from tests.reference.village.told import (
    BUILDER,
    LENDER,
    OWN_STAFF,
    Asked,
    Buyer,
    Commuters,
    Decisions,
    Dismissed,
    Firm,
    Founded,
    Home,
    Invoice,
    MemberTold,
    OwnStaff,
    Place,
    Split,
    Stack,
    Worker,
)

PRIVATE = (Institution.FIRM, Institution.HOUSEHOLD, Institution.CLUB)
MORTGAGED, SEEKING, EMPLOYED, APRIL = 1, 1, 2, 3
STANDS_FOR = {
    interface.OWN_STAFF: OWN_STAFF,
    interface.LENDER: LENDER,
    interface.BUILDER: BUILDER,
}


def village_of(town: Town, stewardship: Stewardship) -> Village:
    """Open the twin's books on what the model's books hold now."""
    economy, now, parties = town.economy, town.now, town.economy.parties
    first = economy.households.first
    ends = (economy.government, economy.world, economy.outside_demand, economy.pension_fund)
    accounts = Accounts(
        deposits=parties.deposits.tolist(),
        savings=parties.savings.tolist(),
        loans=parties.loans.tolist(),
        homes=range(first, first + economy.households.n),
        limitless=ends,
        sinks=ends,
    )
    return Village(
        place=_place(town, stewardship),
        accounts=accounts,
        told=decisions_of(town),
        sold=now.sales.tolist(),
        sold_before=now.sales_last.tolist(),
        mission=now.extra_inputs.tolist(),
        loss=now.loss.tolist(),
        earned=now.earned.tolist(),
        counted=now.old_money.tolist(),
        year=now.income_year.tolist(),
        due=_on_their_way(stewardship),
        payable=parties.payable.tolist(),
        receivable=parties.receivable.tolist(),
    )


def decisions_of(town: Town) -> Decisions:
    """Read what stands decided: firms' and employers' choices, who works where, who is closed."""
    workers, redirect = town.economy.workers, town.ledger.redirect.tolist()
    staff = zip(
        workers.household.tolist(), workers.employer.tolist(), workers.wage_pence.tolist(),
        workers.status.tolist(), strict=True,
    )  # fmt: skip
    return Decisions(
        month=town.month,
        uid=town.economy.parties.uid.tolist(),
        firms=_firms(town),
        workers=[
            Worker(home, employer if status == EMPLOYED else None, pay, status == SEEKING)
            for home, employer, pay, status in staff
        ],
        commuters=_commuters(town),
        commuting=_links(town.economy.payroll),
        founded=[_founded(town, one) for one in town.enterprises.living],
        heirs={
            row: to if to >= 0 else None for row, to in enumerate(redirect) if to != row
        },
    )  # fmt: skip


def asked_of(payments: Payments) -> list[Asked]:
    """Read payments that ways of buying ask for."""
    return [
        Asked(one.kind.name, one.payer, STANDS_FOR.get(one.payee, one.payee), one.pence)
        for one in payments.instructions()
    ]


def note_lines(told: Decisions, lines: Sequence[Mapping[str, Any]], town: Town) -> None:
    """Read from an act's lines of the journal what was ordered, who closed and who opened."""
    before = {uid: row for row, uid in enumerate(told.uid)}
    after = {uid: row for row, uid in enumerate(town.economy.parties.uid.tolist())}
    buyers = {int(town.now.party[row]): row for row in town.economy.buyers.row.tolist()}
    for line in lines:
        if line["what"] == "order":
            buyer, supplier = buyers[line["buyer"]], before[line["supplier"]]
            told.invoices.append(Invoice(buyer, supplier, line["pence"], line["days"]))
            told.remedies.append((supplier, buyer, line["remedy_pence"]))
        elif line["what"] == "close":
            told.closes.append(before[line["firm"]])
        elif line["what"] == "open":
            told.opens.append(after[line["firm"]])


def dismissed_of(town: Town, row: int, gone: Gone, months: float) -> Dismissed:
    """Read who is paid off, and where the pay of their employer's commuters goes."""
    workers = town.economy.workers
    homes, pay = workers.household[gone.workers].tolist(), workers.wage_pence[gone.workers].tolist()
    shares = _links(town.economy.payroll)[row]
    pairs = list(zip(homes, pay, strict=True))
    return Dismissed(row, months, pairs, gone.commuters.pay, shares)


def own_staff_of(own: DirectProvision, town: Town) -> list[OwnStaff]:
    """Read what the staff of buyers' own services are paid, and which pension they have."""
    return [
        OwnStaff(
            one.staff.row,
            one.staff.pay(town, one.group),
            one.services[0].state.staff.pension if one.services else 0.0,
        )
        for one in own.departments.values()
    ]


def year_of(calendar: int) -> str:
    """Name the latest tax year in the tables that has begun."""
    years = sorted(tables.tax_years())
    begun = [year for year in years if int(year[:4]) * 12 + APRIL <= calendar]
    return begun[-1] if begun else years[0]


def _row(row: int) -> int | None:
    return row if row >= 0 else None


def _firms(town: Town) -> list[Firm]:
    firms, parties, n = town.economy.firms, town.economy.parties, town.n_firms
    kinds = [OwnerKind(kind).name for kind in parties.owner_kind[:n].tolist()]
    columns: list[list[Any]] = [
        parties.uid[:n].tolist(), firms.alive.tolist(), kinds, parties.area[:n].tolist(),
        parties.sector[:n].tolist(), firms.jobs.tolist(), firms.sales_expected.tolist(),
        firms.intermediate_share.tolist(), firms.vat_share.tolist(), firms.export_pence.tolist(),
        firms.rates_pence.tolist(), firms.rent_pence.tolist(),
        *([_row(row) for row in column.tolist()]
          for column in (firms.landlord, firms.owner, firms.head)),
        town.now.base_sales.tolist(),
    ]  # fmt: skip
    return [Firm(*row) for row in zip(*columns, strict=True)]


def _commuters(town: Town) -> dict[int, Commuters]:
    firms, buyers = town.economy.firms, town.economy.buyers
    rows = [*range(town.n_firms), *buyers.row.tolist()]
    jobs = firms.aggregate_jobs.tolist() + buyers.aggregate_jobs.tolist()
    pay = firms.aggregate_payroll.tolist() + buyers.aggregate_payroll.tolist()
    return {row: Commuters(*some) for row, *some in zip(rows, jobs, pay, strict=True)}


def _founded(town: Town, one: Enterprise) -> Founded:
    charter, of, home = one.charter, one.members, town.economy.workers.household
    life, split, stack = charter.life, charter.split, charter.stack
    partner, uid = _row(one.partner), town.economy.parties.uid
    stands = partner is not None and bool(town.economy.firms.alive[partner])
    columns = of.worker.tolist(), home[of.worker].tolist(), of.kept_back.tolist(), of.due.tolist()
    return Founded(
        uid=one.uid,
        row=one.row,
        council=one.council,
        fund=_row(one.fund),
        partner=partner,
        partner_stands=stands and int(uid[one.partner]) == one.partner_uid,
        month=one.founded,
        full_sales=one.whole_pence,
        stack=Stack(*stack[:10]),
        split=Split(*split, life.concern, one.decided.part * life.workers_part),
        buy_out_months=charter.buy_out_months,
        asset_lock=charter.asset_lock,
        owned=charter.owned,
        members=[MemberTold(*row) for row in zip(*columns, strict=True)],
    )


def _links(edges: Edges) -> dict[int, list[Share]]:
    start, pairs = (
        edges.start.tolist(),
        list(zip(edges.payee.tolist(), edges.cum.tolist(), strict=True)),
    )
    return {k: pairs[start[k] : start[k + 1]] for k in range(len(start) - 1)}


def _homes(town: Town) -> list[Home]:
    homes, area = town.economy.households, town.economy.parties.area[town.household_rows()]
    columns: list[list[Any]] = [
        homes.households_in_row.tolist(), area.tolist(), homes.other_benefit_pence.tolist(),
        homes.pension_pence.tolist(), homes.occupational_pence.tolist(),
        homes.council_tax_pence.tolist(), homes.housing_pence.tolist(),
        (homes.tenure == MORTGAGED).tolist(), [_row(row) for row in homes.landlord.tolist()],
        homes.propensity.tolist(), homes.buffer_months.tolist(),
    ]  # fmt: skip
    return [Home(*row) for row in zip(*columns, strict=True)]


def _buyers(town: Town) -> list[Buyer]:
    buyers = town.economy.buyers
    columns = buyers.row.tolist(), buyers.kind, buyers.grant_month.tolist(), buyers.serves
    return [Buyer(*row) for row in zip(*columns, strict=True)]


def _place(town: Town, stewardship: Stewardship) -> Place:
    economy, areas = town.economy, town.economy.areas
    within = {
        tier.name.lower(): areas.ancestor[:, tier] == areas.ancestor[areas.focus, tier]
        for tier in Tier
    }
    return Place(
        firms=town.n_firms,
        employers=economy.payroll.start.size - 1,
        first_home=economy.households.first,
        homes=_homes(town),
        buyers=_buyers(town),
        area=economy.parties.area.tolist(),
        register=town.a,
        year=year_of(town.calendar),
        government=economy.government,
        world=economy.world,
        outside=economy.outside_demand,
        bank=economy.bank,
        fund=economy.pension_fund,
        builders=tables.sector_code()["construction"],
        advisers=stewardship.adviser.tolist(),
        private=np.flatnonzero(np.isin(economy.parties.institution, PRIVATE)).tolist(),
        within={name: frozenset(np.flatnonzero(some).tolist()) for name, some in within.items()},
        supply=_links(economy.supply),
        shopping=_links(economy.shopping),
    )


def invoices_of(batch: Invoices, days: list[float]) -> list[Invoice]:
    """Read invoices, each with the days after which it is to be paid."""
    columns = batch.buyer.tolist(), batch.supplier.tolist(), batch.pence.tolist(), days
    return [Invoice(*one) for one in zip(*columns, strict=True)]


def _on_their_way(stewardship: Stewardship) -> dict[int, list[Invoice]]:
    return {
        month: [one for batch in batches for one in invoices_of(batch, [0.0] * batch.pence.size)]
        for month, batches in stewardship.payables.due.items()
    }
