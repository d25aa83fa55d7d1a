"""From a scenario and a seed to Books: built once, burnt in once, lived under each policy."""

import copy
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from scenarios.assumptions import Assumptions
from scenarios.spec import Scenario
from scenarios.vocabulary import Institution, Kind
from simulation.accounting.books import Books
from simulation.economy.build import build_economy
from simulation.economy.columns import Economy
from simulation.economy.founding import open_seats
from simulation.economy.roll import unemployment
from simulation.economy.seats import lay_seats
from simulation.economy.tax_law import tax_year_of
from simulation.economy.town import Town, open_town
from simulation.kernels import payments
from simulation.model import portraits
from simulation.model.books_of import books_of
from simulation.model.budget import Budget
from simulation.model.dyeing import Dyer
from simulation.model.economy_model import YEAR, EconomyModel
from simulation.model.incubator import seats_wanted
from simulation.model.inherited import standing_arrangement, terms_from_before
from simulation.model.instructions import advisers
from simulation.model.journal import Journal
from simulation.model.letting import Office, asked_of
from simulation.model.levers import charges, levers_of
from simulation.model.lots import category_ids, lots_of
from simulation.model.market import build_directory
from simulation.model.policies import ResolvedPolicy, lends, resolve
from simulation.model.rebase import rebase
from simulation.model.recorder import Recorder
from simulation.model.shocks import shocks_of
from simulation.model.stewardship import Stewardship
from simulation.procurement.law import LegalRisk, Precedents
from simulation.procurement.learning import Memory

Int64 = NDArray[np.int64]
EXTRA_FROM = 13
HOMES_PER_THREAD = 10_000
"""Fewer are served sooner than a thread is woken."""


@dataclass(slots=True)
class Prepared:
    """An economy that has been built and burnt in, ready to live under any policy.

    Attributes
    ----------
    drift : float
        Largest change of a sector's yearly net lending over the last year of the burn-in, as a
        share of its yearly receipts.
    burn_in_months : int
        How long it took.
    """

    scenario: Scenario
    town: Town
    stewardship: Stewardship
    recorder: Recorder
    policies: Mapping[str, ResolvedPolicy]
    drift: float
    burn_in_months: int


def prepare(
    scenario: Scenario, assumptions: Assumptions, seed: int, built: Economy | None = None,
    threads: int = 1,
) -> Prepared:  # fmt: skip
    """Build the economy and let it live under the baseline until it is steady.

    The burn-in lasts whole years, from `burn_in.least_months` to `burn_in.most_months`, until no
    sector's yearly net lending drifts by more than `burn_in.drift` of its receipts; then comes
    one year of history, whose last month is month 0, the built state.

    Parameters
    ----------
    scenario : Scenario
        Its `[compare]` names the policies that share the economy, and the baseline.
    assumptions : Assumptions
        Register values of this future, the regimes' own among them.
    seed : int
        The replicate's seed.
    built : Economy, optional
        What `build_economy` gives for these three, changed from now on; built here where left out.
    threads : int
        How many may serve homes side by side, in a place of so many that it pays; changes no book.

    Returns
    -------
    Prepared
        With the drift that was reached; where it is above the limit, whoever reads it is told.
    """
    a = assumptions
    start = scenario.start.serial
    economy = build_economy(scenario, a, seed) if built is None else built
    compare = scenario.compare
    policies = resolve(scenario, compare.regimes, compare.baseline, a)
    seats, like = lay_seats(economy, seats_wanted(economy, policies), a, seed)
    town = open_town(
        economy, a, seed, tax_year_of(start, scenario.nation), -YEAR, start - 1 - YEAR,
        lends=lends(scenario, compare.regimes, compare.baseline),
    )  # fmt: skip
    open_seats(town, seats, like)
    homes = economy.households.n
    town.ledger.share_out(max(1, min(threads, homes // HOMES_PER_THREAD)))
    stewardship = open_office(scenario, town, policies[compare.baseline])
    years: list[SectorYear] = []
    with EconomyModel(town, stewardship, Recorder()) as model:
        while not _steady(years, a):
            before = worth_by_institution(town)
            held = town.ledger.deposits[town.economy.buyers.row].copy()
            receipts = np.zeros(len(Institution), dtype=np.int64)
            for _ in range(YEAR):
                model.step()
                receipts += receipts_by_institution(town)
                model.forget()
            years.append(SectorYear(worth_by_institution(town) - before, receipts))
            balance_grants(town, held)
            town.now.base_unemployment = unemployment(town)
            town.now.wage_level[:] = 1.0
            model.turn_back(YEAR)
        rebase(stewardship)
        recorder = Recorder()
        model.recorder = recorder
        portraits.note_places(recorder.rows, town)
        model.portrait_months = frozenset({0})
        for _ in range(YEAR):
            model.step()
        stewardship.register.open_story()
    return Prepared(
        scenario, town, stewardship, recorder, policies, drift_of(years), len(years) * YEAR + YEAR
    )


def balance_grants(town: Town, held: Int64) -> None:
    """Set grants so that a year of the baseline leaves public buyers' deposits as they were.

    Parameters
    ----------
    town : Town
    held : int64[B]
        Deposits a year ago [pence].
    """
    buyers = town.economy.buyers
    gained = town.ledger.deposits[buyers.row] - held
    buyers.grant_month[:] = np.maximum(buyers.grant_month - gained // YEAR, 0)


@dataclass(frozen=True, slots=True)
class SectorYear:
    """One year of each institutional sector: net lending and receipts [pence]."""

    lending: Int64
    receipts: Int64


def drift_of(years: list[SectorYear]) -> float:
    """Return the largest yearly change of net lending as a share of receipts, 1.0 when unknown."""
    if len(years) < 2:
        return 1.0
    last, before = years[-1], years[-2]
    change = np.abs(last.lending - before.lending)
    return float((change / np.maximum(last.receipts, 1)).max())


def _steady(years: list[SectorYear], a: Assumptions) -> bool:
    lived = len(years) * YEAR
    if lived < a["burn_in.least_months"]:
        return False
    return drift_of(years) < a["burn_in.drift"] or lived >= a["burn_in.most_months"]


DOMESTIC = (Institution.HOUSEHOLD, Institution.FIRM, Institution.BUYER)
"""Sectors that must be steady; government and the outside are their counterparts."""


def worth_by_institution(town: Town) -> Int64:
    """Return financial net worth of the domestic sectors [pence]: int64[n_institutions]."""
    parties, worth = town.economy.parties, np.zeros(town.ledger.n_classes, dtype=np.int64)
    for assets in (parties.deposits, parties.savings, parties.receivable):
        payments.sum_by_class(parties.klass, assets, worth)
    owed = np.zeros_like(worth)
    for liabilities in (parties.loans, parties.payable):
        payments.sum_by_class(parties.klass, liabilities, owed)
    sums = _by_institution(town, worth - owed)
    keep = np.zeros(len(Institution), dtype=np.int64)
    keep[list(DOMESTIC)] = 1
    return sums * keep


def receipts_by_institution(town: Town) -> Int64:
    """Return what the domestic sectors received in the month that closed [pence]."""
    by_class = np.zeros(town.ledger.n_classes, dtype=np.int64)
    for kind in Kind:
        flows = town.ledger.filed[-1].of(kind)
        payments.sum_by_class(flows.payee, flows.pence, by_class)
    return _by_institution(town, by_class)


def _by_institution(town: Town, by_class: Int64) -> Int64:
    sums = np.zeros(len(Institution), dtype=np.int64)
    np.add.at(sums, town.economy.classes.institution, by_class)
    return sums


def open_office(scenario: Scenario, town: Town, baseline: ResolvedPolicy) -> Stewardship:
    """Put the standing contracts in force under the baseline.

    Parameters
    ----------
    scenario : Scenario
    town : Town
    baseline : ResolvedPolicy

    Returns
    -------
    Stewardship
    """
    buyers, a = town.economy.buyers, town.a
    shape = buyers.budget_month.shape
    precedents = Precedents()
    office = Office(
        scenario=scenario,
        directory=build_directory(town),
        memory=Memory(shape[0], shape[1], a),
        risks=[LegalRisk(shared=precedents) for _ in range(shape[0])],
        vat_percent=round(town.tax.vat_rate * 100.0),
        category_ids=category_ids(),
        cost_level=np.ones(shape[1]),
    )
    asked = zip(buyers.row.tolist(), scenario.buyers, strict=True)
    office.subsidies.nation = scenario.nation
    office.subsidies.appetite = {row: spec.appetite for row, spec in asked}
    lots, standing = lots_of(town)
    budget = Budget(
        scenario.closure, np.zeros(shape), np.zeros(shape), np.zeros(shape, dtype=np.int64)
    )
    stewardship = Stewardship(town.seed, baseline, office, budget, lots, advisers(town))
    made = []
    for lot, contract in zip(lots, standing, strict=True):
        regime = terms_from_before(baseline.usual_for(asked_of(town, office, lot)).regime, a)
        arrangement = standing_arrangement(
            town, office, lot, contract.supplier, contract.months_left, regime
        )
        made.append((lot, arrangement, regime))
    stewardship.sign(town, made)
    return stewardship


def live(
    prepared: Prepared,
    policy: str,
    months: int,
    *,
    journal: Journal | None = None,
    extra_pence: int = 0,
    keep: bool = True,
    watch: Callable[[Town], None] | None = None,
) -> Books:
    """Let a copy of the prepared economy live under one policy.

    Parameters
    ----------
    prepared : Prepared
        Left as it is, but for `keep`.
    policy : str
        Name among the prepared policies.
    months : int
        Horizon.
    journal : Journal, optional
        Decisions are noted in it.
    extra_pence : int
        Additional spending of the focus's buyers over one year, for the marginal multiplier;
        such a twin is not dyed, since nobody asks where its money went.
    keep : bool
        Whether the prepared economy is wanted again. Where not, it lives itself, since a country
        may not fit into memory twice.
    watch : callable, optional
        Is shown the economy before the first month and after each, to read and to change nothing.

    Returns
    -------
    Books
    """
    parts = prepared.town, prepared.stewardship, prepared.recorder
    town, stewardship, recorder = _copy(*parts) if keep else parts
    scenario = prepared.scenario
    stewardship.policy = chosen = prepared.policies[policy]
    stewardship.levers = levers_of(town, chosen.pillars, chosen.adopters)
    stewardship.levers.subsidies = stewardship.office.subsidies
    stewardship.budget.levers = charges(town, stewardship.levers)
    stewardship.telling = True
    stewardship.journal = journal
    town.ledger.diary = None if journal is None else journal.diary
    stewardship.dyer = Dyer() if extra_pence else dyer_of(scenario, town, months)
    with EconomyModel(town, stewardship, recorder) as model:
        model.shocks = shocks_of(scenario.shocks, town, stewardship, months)
        model.portrait_months = frozenset({*range(YEAR, months + 1, YEAR), months})
        extra = _extra(scenario, town, extra_pence)
        first = min(EXTRA_FROM, max(months - YEAR + 1, 1))
        show = watch or _nobody
        show(town)
        for _ in range(months):
            given = first <= town.month + 1 < first + YEAR
            stewardship.budget.extra[:] = extra if given else 0
            town.now.extra_grant[:] = extra.sum(axis=1) if given else 0
            model.step()
            show(town)
        return books_of(prepared, model, months, policy)


def _nobody(town: Town) -> None:
    """Look at nothing."""


def dyer_of(scenario: Scenario, town: Town, months: int) -> Dyer:
    """Say whose outlays a run of so many months dyes, and when, as its scenario asks."""
    buyers, chosen = town.economy.buyers, scenario.measure.dye_buyers
    focus = town.economy.areas.focus
    rows = []
    for index, name in enumerate(buyers.ids):
        at_home = int(town.economy.parties.area[buyers.row[index]]) == focus
        if chosen == "all" or (chosen == "focus" and at_home) or name in chosen:
            rows.append(int(buyers.row[index]))
    return Dyer(
        frozenset(rows),
        frozenset(scenario.dye_months(months)),
        scenario.measure.first_exit,
    )


def _extra(scenario: Scenario, town: Town, pence: int) -> Int64:
    """Spread additional money over the focus's buyers and categories as their budgets stand."""
    buyers = town.economy.buyers
    home = town.economy.parties.area[buyers.row] == town.economy.areas.focus
    weights = np.where(home[:, None], buyers.budget_month, 0)
    flat = np.cumsum(weights.ravel())
    total = int(flat[-1]) or 1
    monthly = pence // YEAR
    return np.diff(flat * monthly // total, prepend=0).reshape(weights.shape)


def _copy(
    town: Town, stewardship: Stewardship, recorder: Recorder
) -> tuple[Town, Stewardship, Recorder]:
    """Copy what a run changes; what it only reads is shared, what is flat is copied flat."""
    shared: list[Any] = [stewardship.office.scenario, town.a, town.tax, town.economy.areas]
    shared += [town.economy.classes, town.economy.contracts, *town.now.departed]
    for network in (getattr(town.links, name) for name in town.links.__slots__):
        shared += [network.linked, network.start, network.cum, network.slot]
        shared += [network.reached, network.pages, network.slot_payer, network.slot_payee]
    shared += [town.ledger.klass, town.ledger.cell]
    shared += [stewardship.office.directory, stewardship.policy]
    standing = stewardship.portfolio.standing.values()
    for one in standing:
        shared += [one.arrangement, one.regime]
    memo = {id(thing): thing for thing in shared}
    memo |= {id(lot): replace(lot) for lot in stewardship.lots}
    memo |= {id(one): replace(one) for one in standing}
    memo |= {id(line): dict(line) for line in stewardship.register.lines}
    return copy.deepcopy((town, stewardship, recorder), memo)
