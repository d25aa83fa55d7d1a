"""A council passes premises of its own on to a co-op or a commons that it founds.

What it may pass on (Local Government Act 1972 s. 123; Subsidy Control Act 2022), what that spares
whoever has it, and where it goes in the end.
"""

import copy
from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from experiments.runner.replicate import assumptions_of
from scenarios.read import draft_from_text
from scenarios.vocabulary import Kind, OwnerKind
from simulation.accounting.digest import digest
from simulation.accounting.identities import check_books
from simulation.economy.assemblies import meet
from simulation.economy.enterprises import Enterprise
from simulation.economy.firm_life import wind_up
from simulation.economy.founding import found, pay_in
from simulation.economy.seats import Seat
from simulation.economy.town import Town
from simulation.model.check import registry_faults
from simulation.model.passing_on import keep_up, pass_assets_on
from simulation.model.run import Prepared, live, prepare
from simulation.model.subsidies import Giver, Subsidies, settle_law
from simulation.procurement.council_assets import Assets
from simulation.procurement.incubated_coop import IncubatedCoop
from simulation.procurement.interface import BUILDER
from simulation.procurement.public_commons import PublicCommons
from simulation.procurement.subsidy import NOT_ABOVE
from tests.model.founded import SHORT, founded, opened, pay_off_bank, staffed
from tests.model.three_districts import three_districts
from tests.procurement.markets import need

WAYS = ("incubated_coop", "public_commons")
SURE = {"subsidy__risk": 1.0, "subsidy__lost": 1.0, "subsidy__months": 12.0}
BOLD, RICH = 1.0, 10**9
RENT = 200_000
"""What the enterprise would pay a landlord a month [pence]."""
HALF = Assets(worth=150 * RENT / 2, upkeep=0.4)
"""Worth half of it at 12.5 years: 150,000 pounds."""


@pytest.fixture(scope="module")
def village() -> Prepared:
    """Open the village of 2019 with seats for co-ops and commons; no test changes it."""
    return opened("price_quality", "incubated_coop", "public_commons", **SURE)


def given(
    place: Prepared, assets: Assets = HALF, appetite: float = BOLD, **charter: Any
) -> tuple[Town, Enterprise, Subsidies]:
    """Found an enterprise, let the council pass assets on to it, and say what is noted."""
    town, one = founded(place, **charter)
    pay_in(town)
    return town, one, _pass_on(town, one, assets, appetite)


def _pass_on(
    town: Town, one: Enterprise, assets: Assets, appetite: float = BOLD, rent: int = RENT
) -> Subsidies:
    town.economy.firms.rent_pence[one.row] = rent
    town.economy.firms.landlord[one.row] = town.economy.pension_fund
    stack = one.charter.stack._replace(assets=assets)
    one.charter, book = one.charter._replace(stack=stack), Subsidies()
    pass_assets_on(book, town, Giver(one.council, appetite, (0, 0)), one)
    return book


def sister(town: Town, **charter: Any) -> Enterprise:
    """Found another of the same council's in another category."""
    seat = next(seat for seat in sorted(town.enterprises.seats) if seat.category != 0)
    document = IncubatedCoop({"least_jobs": 1.0}).charter(need(), town.a)
    assert document is not None
    one = found(
        town, Seat(0, seat.category, OwnerKind.COOP), document._replace(**charter), 15e3, 7e3
    )
    assert one is not None
    pay_in(town)
    town.economy.firms.rent_pence[one.row] = RENT
    town.economy.firms.landlord[one.row] = town.economy.pension_fund
    return one


@pytest.mark.parametrize("way", WAYS)
def test_three_million_pounds_of_premises_need_the_secretary_of_states_consent(way: str) -> None:
    """A freehold for nothing, or 99 years at a tenth of the rent: s. 123 and the consent are named.

    Seven years are no disposal in that sense, and for two million the general consent suffices.
    """
    ours = (f'policies.mine.regime="{way}"', 'compare.regimes=["mine"]')
    path, consent = "policies.mine.parameters.council_assets", "assumptions.land.consent=1"

    def fault(parameters: str, *sets: str) -> Any:
        given = f"policies.mine.parameters={{{parameters}}}"
        draft = draft_from_text(three_districts().source, "three.toml", (*ours, given, *sets))
        return {one.path: one for one in registry_faults(draft)}.get(path)

    freehold = fault("council_assets=3e6")
    lease = fault("council_assets=3e6, asset_lease=99, asset_rent=0.1")

    assert "3,000,000 pounds given away, all of it undervalue" in freehold.found
    assert "General Disposal Consent (England) 2003" in freehold.wanted
    for said in (freehold, lease):
        assert "Local Government Act 1972 s. 123 (best consideration)" in said.hint
    assert "leased for 99 years at 10% of the market's rent, an undervalue of 2,69" in lease.found
    assert "raise asset_rent, lease for 7 years or less" in lease.hint
    assert fault("council_assets=2e6") is None
    assert fault("council_assets=3e6", consent) is None
    assert fault("council_assets=3e6, asset_lease=7") is None
    assert fault("council_assets=3e6, asset_lease=99, asset_rent=0.5") is None


def test_a_run_passes_on_no_more_than_the_consent_allows(village: Prepared) -> None:
    """Ten million pounds for a co-op that could use them: the undervalue ends at two million."""
    cut = {}
    for consented in (0.0, 1.0):
        a = village.town.a.with_values({"land.consent": consented})
        town, one, _ = given(replace(village, town=replace(village.town, a=a)), Assets())
        _pass_on(town, one, Assets(worth=1e9), rent=10**8)
        cut[consented] = one.premises[0].worth

    assert cut == {0.0: pytest.approx(2e8, abs=100), 1.0: pytest.approx(1e9, abs=100)}


def test_premises_passed_on_spare_the_rent_that_they_stand_for(village: Prepared) -> None:
    """150,000 pounds at 12.5 years: half of the rent; more than all of it nobody can use."""
    town, one, _ = given(village)
    more, two, _ = given(village, HALF._replace(worth=10 * HALF.worth))

    assert town.economy.firms.rent_pence[one.row] == RENT // 2
    assert one.premises[0].worth == HALF.worth
    assert more.economy.firms.rent_pence[two.row] == 0
    assert two.premises[0].worth == 2 * HALF.worth


def test_an_enterprise_that_rents_nothing_is_passed_nothing_on(village: Prepared) -> None:
    """It owns its premises like the firm that it is like; others would stand empty."""
    town, one = founded(village)
    pay_in(town)
    stack = one.charter.stack._replace(assets=HALF)
    one.charter, book = one.charter._replace(stack=stack), Subsidies()
    assert town.economy.firms.landlord[one.row] < 0
    town.economy.firms.rent_pence[one.row] = RENT

    pass_assets_on(book, town, Giver(one.council, BOLD, (0, 0)), one)

    assert not one.premises
    assert not book.given


def test_what_is_passed_on_is_a_subsidy_beside_the_money(village: Prepared) -> None:
    """Of the 168,000 pounds that are small in 2019 a cautious council gives what is left."""
    shy_town, shy, noted = given(village, HALF._replace(worth=2 * HALF.worth), NOT_ABOVE)
    _, bold, more = given(village, HALF._replace(worth=2 * HALF.worth))

    assert noted.had(shy.uid, shy_town.month, noted.law(shy_town)) == 16_800_000
    assert shy.premises[0].worth == pytest.approx(16_800_000, abs=150)
    assert bold.premises[0].worth == 2 * HALF.worth
    assert [one.ruling.above for one in more.due] == [30_000_000 - 16_800_000]


def test_a_quashed_freehold_is_paid_for_and_a_quashed_lease_bears_the_markets_rent(
    village: Prepared,
) -> None:
    """A year later: above the small sum the co-op pays, at once for good, by the year on a lease.

    Of 20 years' undervalue a year has been had; from then on the lease bears its whole rent.
    """
    freehold = HALF._replace(worth=2 * HALF.worth)
    back = {}
    for term in (0.0, 20.0):
        town, one, book = given(village, freehold._replace(lease_years=term))
        office = copy.deepcopy(village.stewardship)
        office.office.subsidies = book
        town.ledger.deposits[one.row] += RICH
        held, town.month = int(town.ledger.deposits[one.row]), town.month + 12
        whole = book.due[0].ruling
        settle_law(office, town)
        back[term] = held - int(town.ledger.deposits[one.row])
        due = whole.above if not term else (whole.pence // 20) * whole.above // whole.pence
        assert back[term] == pytest.approx(due, abs=1)

    assert back[0.0] == 30_000_000 - 16_800_000
    assert one.premises[0].lease is not None
    assert one.premises[0].lease.ground_rent == RENT


def test_a_lease_pays_its_rent_to_the_councils_budget_and_runs_out(village: Prepared) -> None:
    """A fifth of the market's rent for five years; then the co-op rents on the market again."""
    leased = HALF._replace(lease_years=5.0, rent=0.2)
    town, one, _ = given(village, leased)
    office = copy.deepcopy(village.stewardship)
    town.ledger.deposits[one.row] += RICH
    council = int(town.ledger.deposits[one.council])

    keep_up(office, town)

    assert int(town.ledger.deposits[one.council]) - council == RENT // 10
    assert town.enterprises.charges == [(0, 0, -RENT // 10)]
    kept_up = [(work.payee, work.kind, work.pence) for work in office.waiting]
    assert kept_up == [(BUILDER, Kind.INTERMEDIATE, RENT // 5)]
    town.month += 60
    keep_up(office, town)
    assert not one.premises
    assert town.economy.firms.rent_pence[one.row] == RENT


def closed(town: Town, one: Enterprise) -> int:
    """Close an enterprise without debts or money; return what its members got [pence]."""
    pay_off_bank(town, one)
    town.ledger.deposits[one.row] = 0
    home = town.economy.households.first + town.economy.workers.household[one.members.worker]
    home = np.unique(home)
    before = int(town.ledger.deposits[home].sum())
    wind_up(town, np.array([one.row], dtype=np.int32))
    return int(town.ledger.deposits[home].sum()) - before


def test_locked_premises_go_to_a_like_body_and_never_to_members(village: Prepared) -> None:
    """A commons is wound up: its sister of the same council has its premises, members nothing."""
    town, one, _ = staffed(village, 3, asset_lock=True)
    _pass_on(town, one, HALF)
    heir = sister(town, asset_lock=True)

    got = closed(town, one)

    assert got == 0
    assert not one.premises
    assert [premises.worth for premises in heir.premises] == [HALF.worth]
    assert town.economy.firms.rent_pence[heir.row] == RENT // 2


def test_locked_premises_go_back_where_there_is_no_like_body(village: Prepared) -> None:
    """A sister that may be sold is none: the council has its premises again, members nothing."""
    town, one, _ = staffed(village, 3, asset_lock=True)
    _pass_on(town, one, HALF)
    other = sister(town, asset_lock=False)

    assert closed(town, one) == 0
    assert not one.premises
    assert not other.premises


def test_without_a_lock_members_have_what_the_council_gave(village: Prepared) -> None:
    """The freehold is sold as the co-op closes, and three members divide its worth."""
    town, one, _ = staffed(village, 3, asset_lock=False, owned=0.0)
    _pass_on(town, one, HALF)

    assert closed(town, one) == pytest.approx(HALF.worth, abs=3)


def test_a_leased_building_is_nobodys_to_sell(village: Prepared) -> None:
    """Without a lock too: under a lease members have nothing, and the council has it back."""
    town, one, _ = staffed(village, 3, asset_lock=False, owned=0.0)
    _pass_on(town, one, HALF._replace(lease_years=25.0))

    assert closed(town, one) == 0


def test_members_who_may_sell_are_tempted_by_what_they_were_given(village: Prepared) -> None:
    """A co-op without a lock and without profit is sold for its freehold, and rents again."""
    document = IncubatedCoop({"demutualise": 1.0}).charter(need(), village.town.a)
    assert document is not None
    prices = {}
    for worth in (0.0, HALF.worth):
        town, one, _ = staffed(village, 3, life=document.life, asset_lock=False, owned=0.0)
        _pass_on(town, one, HALF._replace(worth=worth))
        pay_off_bank(town, one)
        town.ledger.deposits[one.row] = 0
        town.now.profit[one.row] = 0
        town.month = one.founded + 12
        meet(town)
        prices[worth] = one.sold
        assert town.economy.firms.rent_pence[one.row] == RENT

    assert prices == {0.0: False, HALF.worth: True}


def test_both_ways_write_what_is_passed_on_into_the_capital_stack() -> None:
    """The same parameters, read by the same words, and a joint venture knows none."""
    asked = {"council_assets": 1_000.0, "asset_lease": 25.0, "asset_rent": 0.1}

    stacks = [way(asked).stack().assets for way in (IncubatedCoop, PublicCommons)]

    assert stacks == [Assets(100_000.0, 12.5, 0.4, 25.0, 0.1)] * 2


@pytest.mark.compiled
@pytest.mark.parametrize("way", WAYS)
def test_no_penny_is_lost_and_nothing_given_moves_no_byte(way: str) -> None:
    """Two years with a lease of one: the books hold; without worth terms move nothing."""
    terms = {f"{way}.asset_lease": 1.0, f"{way}.asset_rent": 0.5}
    asked = (f'compare.regimes=["price_quality", "{way}"]',)
    scenario = draft_from_text(three_districts().source, "three.toml", asked).require()
    plain, idle, leased = (
        live(prepare(scenario, assumptions_of(scenario, {**SHORT, **values}), 1), way, 24)
        for values in ({}, terms, {**terms, f"{way}.council_assets": 1e6})
    )

    assert digest(plain) == digest(idle)
    assert digest(leased) != digest(idle)
    assert [check for check in check_books(leased) if not check.holds] == []
