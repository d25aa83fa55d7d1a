"""The levers beside buying, lived: what they pay, whom they reach, and that no penny is lost."""

from collections.abc import Mapping

import numpy as np
import pytest

from scenarios.read import draft_from_text
from scenarios.spec import Scenario
from scenarios.vocabulary import Instrument, Kind
from simulation.accounting.books import Books
from simulation.accounting.identities import check_books
from simulation.economy.surplus import debts
from simulation.measures.catalogue import evaluate
from simulation.model.check import registry_faults
from simulation.model.letting import dockets_for, need_of
from simulation.model.levers import levers_of
from simulation.model.portraits import living_wage_month
from simulation.model.run import Prepared, live
from simulation.procurement.price_quality import PriceQuality
from tests.model.opening import open_place, whole_register
from tests.model.three_districts import three_districts

MONTHS = 14
NOBODY = np.zeros(0, dtype=np.int32)
HUNGRY = {
    "finance.overdraft_months": 0.0,
    "firms.working_balance_months": 0.1,
    "pillars.lender_viable": 0.0,
}
"""Firms that keep little and that the bank refuses, and a lender that does not look at sales."""
MANY_BID = {
    "bid.own_pay": 1.0,
    "build.bidder_share.micro": 0.12,
    "build.bidder_share.small": 0.4,
    "build.bidder_share.medium": 0.7,
}
"""Firms of the districts that bid, their own pay in what they ask."""
LEVERS = "fair_employment=120000, land_assets=60000, inclusive_finance=60000"


def with_levers(pillars: str = LEVERS) -> Scenario:
    """Read the three districts with a policy of levers beside the baseline."""
    sets = (
        'policies.lev.regime="price_quality"', f"policies.lev.pillars={{{pillars}}}",
        'compare.regimes=["price_quality", "lev"]',
    )  # fmt: skip
    return draft_from_text(three_districts().source, "three.toml", sets).require()


def opened(pillars: str = LEVERS, values: Mapping[str, float] = HUNGRY) -> Prepared:
    """Open the three districts with a community lender, without burn-in."""
    scenario = with_levers(pillars)
    return open_place(scenario, whole_register(scenario, values), lends=True)


@pytest.fixture(scope="module")
def lived() -> tuple[Prepared, Books]:
    """Fourteen months with all levers."""
    place = opened()
    return place, live(place, "lev", MONTHS)


def paid(books: Books, kind: Kind) -> int:
    """Add up payments of a kind [pence]."""
    flows = books.tables["flows"]
    return int(flows["pence"][flows["kind"] == kind].sum())


def test_every_lever_pays_and_no_penny_is_lost(lived: tuple[Prepared, Books]) -> None:
    """Money goes out for pay, premises, capital and loans, and every identity holds."""
    books = lived[1]

    sums = {
        kind: paid(books, kind)
        for kind in (
            Kind.SUBSIDY,
            Kind.ASSET_PURCHASE,
            Kind.CAPITAL_TRANSFER,
            Kind.COMMUNITY_LOAN,
            Kind.COMMUNITY_LOAN_REPAID,
        )
    }

    assert all(sums.values()), sums
    assert [check for check in check_books(books) if not check.holds] == []


def test_no_lever_spends_more_than_its_sum(lived: tuple[Prepared, Books]) -> None:
    """A twelfth a month at most, counted from the first."""
    books, share = lived[1], MONTHS / 12

    assert paid(books, Kind.SUBSIDY) <= 120_000_00 * share
    assert paid(books, Kind.ASSET_PURCHASE) <= 60_000_00 * share
    assert paid(books, Kind.CAPITAL_TRANSFER) <= 60_000_00 * share + 1


def test_the_lenders_loans_stand_in_the_balance_sheet(lived: tuple[Prepared, Books]) -> None:
    """What firms owe is what the lender has out, on top of the bank's: the instrument sums to 0."""
    stocks = lived[1].tables["stocks"]
    loans = (stocks["instrument"] == Instrument.LOANS) & (stocks["month"] == MONTHS)

    assert int(stocks["pence"][loans].sum()) == 0
    assert paid(lived[1], Kind.COMMUNITY_LOAN) > paid(lived[1], Kind.COMMUNITY_LOAN_REPAID)


def test_supported_employers_pay_a_living_wage() -> None:
    """Who is supported pays nobody less than the floor, and its pay was below it before."""
    place = opened("fair_employment=120000")
    town, chosen = place.town, place.policies["lev"]
    levers = levers_of(town, chosen.pillars, chosen.adopters)
    floor = living_wage_month(town)
    low = town.economy.workers.wage_pence < floor
    before = town.now.roll.pay.copy()
    for purse in levers.purses:
        purse.left["fair_employment"] = 10**12

    levers.widen(town, np.zeros(0, dtype=np.int32))

    supported = np.concatenate([purse.supported for purse in levers.purses])
    staff = np.isin(town.economy.workers.employer, supported)
    assert supported.size
    assert (staff & low).any()
    assert (town.economy.workers.wage_pence[staff] >= floor).all()
    assert (town.now.roll.pay[supported] >= before[supported]).all()


def test_a_supported_employer_bids_as_if_it_paid_the_rest() -> None:
    """What a council bears of pay is not asked for once more in a price."""
    place = opened("fair_employment=120000")
    town, chosen = place.town, place.policies["lev"]
    usual = town.economy.firms.wage_pence.copy()
    levers = levers_of(town, chosen.pillars, chosen.adopters)
    for purse in levers.purses:
        purse.left["fair_employment"] = purse.monthly["fair_employment"] = 10**12

    levers.widen(town, np.zeros(0, dtype=np.int32))

    assert town.support is not None
    assert town.support.any()
    np.testing.assert_array_equal(town.economy.firms.wage_pence - town.support, usual)


def test_buyers_see_the_true_pay_of_supported_employers() -> None:
    """A record that counts pay is that of the pay received; what is asked follows the pay borne."""
    place = opened("fair_employment=120000", {**HUNGRY, **MANY_BID})
    town, chosen = place.town, place.policies["lev"]
    firms, workers, floor = town.economy.firms, town.economy.workers, living_wage_month(town)
    firms.wage_pence[place.stewardship.office.directory.rows] = floor - 10_000
    workers.wage_pence[:] = floor - 10_000
    usual = firms.wage_pence.copy()
    levers = levers_of(town, chosen.pillars, chosen.adopters)
    for purse in levers.purses:
        purse.left["fair_employment"] = purse.monthly["fair_employment"] = 10**12

    levers.widen(town, place.stewardship.office.directory.rows)

    stewardship, lots = place.stewardship, place.stewardship.lots
    needs = [need_of(town, stewardship.office, lot, lot.units_month) for lot in lots]
    assert town.support is not None
    served = [np.flatnonzero(town.support).astype(np.int32)] * len(needs)
    (docket,) = dockets_for(stewardship, town, [(PriceQuality(), len(needs))], needs, served, {})
    seen = docket.market
    assert (town.support[seen.supplier] > 0).any()
    np.testing.assert_allclose(seen.wage_ratio, firms.wage_pence[seen.supplier] / floor)
    np.testing.assert_allclose(seen.borne_ratio, usual[seen.supplier] / floor)


def test_premises_bought_are_let_by_a_trust_below_the_market() -> None:
    """The tenant's rent falls by the discount and goes to the place's trust from then on."""
    place = opened("land_assets=600000")
    town, chosen = place.town, place.policies["lev"]
    firms = town.economy.firms
    before, rent = firms.landlord.copy(), firms.rent_pence.copy()
    levers = levers_of(town, chosen.pillars, chosen.adopters)
    town.ledger.deposits[levers.purses[0].row] += 10**9

    levers.pull(town)

    moved = np.flatnonzero(firms.landlord != before)
    assert moved.size
    assert len(set(firms.landlord[moved].tolist())) == 1
    assert (town.economy.parties.area[before[moved]] != town.economy.areas.focus).all()
    discount = 1.0 - town.a["pillars.rent_discount"]
    np.testing.assert_allclose(firms.rent_pence[moved], rent[moved] * discount, atol=0.5)
    linked = town.links.premises
    where = np.searchsorted(linked.linked, moved)
    np.testing.assert_array_equal(linked.payee[where], firms.landlord[moved])


def test_levers_without_money_are_no_levers() -> None:
    """With every sum at nothing the books are those of the plain policy, byte for byte."""
    scenario = with_levers("fair_employment=0")
    plain = open_place(scenario, whole_register(scenario, {}))
    idle = open_place(scenario, whole_register(scenario, {}))

    one, other = live(plain, "price_quality", 6), live(idle, "lev", 6)

    for name, rows in one.tables.items():
        for column, values in rows.items():
            np.testing.assert_array_equal(values, other.tables[name][column], f"{name} {column}")


def test_the_services_go_without_what_the_levers_take() -> None:
    """Levers of a third of the budgets leave a third of the need unmet, or nearly."""
    place = opened("inclusive_finance=700000", {})
    plain, poor = live(place, "price_quality", 6), live(place, "lev", 6)

    def delivered(books: Books) -> float:
        return float(books.tables["needs"]["delivered_milli"].sum())

    assert delivered(poor) < 0.9 * delivered(plain)


def test_what_was_spent_is_measured(lived: tuple[Prepared, Books]) -> None:
    """The measures read the same sums off the flows; without levers there is nothing to tell."""
    books = lived[1]
    spent = sum(
        paid(books, kind) for kind in (Kind.SUBSIDY, Kind.ASSET_PURCHASE, Kind.CAPITAL_TRANSFER)
    )

    told = {row.measure: row for row in evaluate(books, ("district",)) if row.month == 0}

    assert told["pillar_spending"].value == pytest.approx(spent / 100 / (MONTHS / 12))
    lent = paid(books, Kind.COMMUNITY_LOAN) / paid(books, Kind.CAPITAL_TRANSFER)
    assert told["fund_recycling"].value == pytest.approx(lent)


def test_levers_above_the_budgets_and_land_without_a_trust_are_refused() -> None:
    """Both faults at once: the budget line, and who could hold the land."""
    text = three_districts().source.replace("vcse = 2", "vcse = 0")
    sets = (
        'policies.lev.regime="price_quality"',
        "policies.lev.pillars={fair_employment=9e9, land_assets=5}",
    )

    found = registry_faults(draft_from_text(text, "three.toml", sets))

    said = {one.path: one for one in found}
    assert "buyers.middle-council.budget" in said["policies.lev.pillars"].wanted
    assert "voluntary organisation" in said["policies.lev.pillars.land_assets"].found


def test_land_needs_somebody_to_hold_it() -> None:
    """While the place has no voluntary organisation in business, the money waits."""
    place = opened("land_assets=120000")
    town, chosen = place.town, place.policies["lev"]
    town.economy.firms.alive[:] = False
    levers = levers_of(town, chosen.pillars, chosen.adopters)
    before = town.economy.firms.landlord.copy()

    levers.pull(town)

    assert sum(purse.left["land_assets"] for purse in levers.purses) == 120_000 * 100 // 12
    assert np.array_equal(town.economy.firms.landlord, before)


def test_nobody_is_taken_in_twice_and_newcomers_have_the_floor_too() -> None:
    """Pay that slips below the floor is lifted again, without recruiting or quality anew."""
    place = opened("fair_employment=120000")
    town, chosen = place.town, place.policies["lev"]
    levers = levers_of(town, chosen.pillars, chosen.adopters)
    for purse in levers.purses:
        purse.left["fair_employment"] = 10**12
    levers.widen(town, NOBODY)
    first = np.concatenate([purse.supported for purse in levers.purses])
    staff = np.flatnonzero(np.isin(town.economy.workers.employer, first))
    quality, floor = town.economy.firms.quality.copy(), living_wage_month(town)
    town.economy.workers.wage_pence[staff[0]] = floor // 2

    levers.widen(town, NOBODY)

    again = np.concatenate([purse.supported for purse in levers.purses])
    assert np.unique(again).size == again.size
    assert town.economy.workers.wage_pence[staff[0]] == floor
    np.testing.assert_array_equal(town.economy.firms.quality[first], quality[first])


def test_figures_per_pound_of_outlay_are_not_told_beside_levers(
    lived: tuple[Prepared, Books],
) -> None:
    """A lever's money is in no purchase, so they would rise by arithmetic alone."""
    told = {row.measure: row for row in evaluate(lived[1], ("district",)) if row.month == 0}

    for measure in ("local_income_multiplier", "lm3_council"):
        assert told[measure].value is None
        assert "levers" in told[measure].why


def test_a_subsidy_counts_in_profit() -> None:
    """What is borne for an employer lowers its duties, as it raised its pay."""
    place = opened("fair_employment=120000")
    town, chosen = place.town, place.policies["lev"]
    levers = levers_of(town, chosen.pillars, chosen.adopters)
    for purse in levers.purses:
        purse.left["fair_employment"] = 10**12
        town.ledger.deposits[purse.row] += 10**9
    levers.widen(town, NOBODY)
    town.now.duties[:] = 0

    levers.pull(town)

    supported = np.concatenate([purse.supported for purse in levers.purses])
    assert (town.now.duties[supported] < 0).all()
    assert -int(town.now.duties.sum()) <= 120_000_00 / 12 + 10**12


def test_lenders_come_before_owners() -> None:
    """What a firm owes the community lender counts beside its bank loan, before any surplus."""
    town = opened("inclusive_finance=1000").town
    assert town.lender is not None
    town.lender.owed[3] = 70

    more = debts(town) - town.economy.parties.loans[: town.n_firms]

    assert more[3] == more.sum() == 70
