"""A credit union beside the community lender: savers, limits, members' dividend, and its null."""

from collections.abc import Mapping

import numpy as np
import pytest

from scenarios.vocabulary import Institution, Instrument, Kind, OwnerKind, SizeBand
from simulation.accounting.books import Books
from simulation.accounting.digest import digest
from simulation.accounting.identities import check_books
from simulation.economy.inputs import draw_overdrafts
from simulation.economy.lender import CreditUnion
from simulation.economy.lending import lend_where_refused, recover
from simulation.economy.town import Town
from simulation.economy.union_savings import capital_of, pay_dividend, save_with_union
from simulation.model.run import Prepared, live
from tests.model.opening import open_place, whole_register
from tests.model.test_levers import HUNGRY, paid, with_levers

MONTHS = 14
UNION = {
    **HUNGRY,
    "pillars.union_part": 0.5,
    "pillars.union_members": 0.3,
    "pillars.union_companies": 0.5,
}


def opened(values: Mapping[str, float] = UNION) -> Prepared:
    """Open the three districts with money for inclusive finance, without burn-in."""
    scenario = with_levers("inclusive_finance=60000")
    return open_place(scenario, whole_register(scenario, values), lends=True)


def endowed(pounds: int, values: Mapping[str, float] = UNION) -> tuple[Town, CreditUnion]:
    """Open them, and give the union its capital at once."""
    town = opened(values).town
    assert town.union is not None
    row = np.array([town.union.row], dtype=np.int32)
    council = np.array([town.economy.buyers.row[0]], dtype=np.int32)
    town.ledger.deposits[council[0]] += pounds * 100
    town.ledger.listed(Kind.CAPITAL_TRANSFER, council, row, np.array([pounds * 100]))
    town.ledger.settle(Kind.CAPITAL_TRANSFER)
    return town, town.union


@pytest.fixture(scope="module")
def lived() -> Books:
    """Fourteen months with half of the lever's money in the union; a month of it is dyed."""
    return live(opened(), "lev", MONTHS)


@pytest.mark.compiled
def test_savers_money_is_lent_and_no_penny_is_lost(lived: Books) -> None:
    """More is lent than the lever alone could; every identity holds, that of dye among them."""
    alone = live(opened(HUNGRY), "lev", MONTHS)

    assert paid(lived, Kind.CAPITAL) > paid(lived, Kind.CAPITAL_TRANSFER)
    assert paid(lived, Kind.COMMUNITY_LOAN) > paid(alone, Kind.COMMUNITY_LOAN)
    assert [check for check in check_books(lived) if not check.holds] == []


@pytest.mark.compiled
def test_shares_stand_in_the_balance_sheet(lived: Books) -> None:
    """Members hold what the union owes them."""
    stocks = lived.tables["stocks"]
    accounts = (stocks["instrument"] == Instrument.MEMBER_ACCOUNTS) & (stocks["month"] == MONTHS)

    held = int(np.maximum(stocks["pence"][accounts], 0).sum())

    assert held == paid(lived, Kind.CAPITAL) - paid(lived, Kind.CAPITAL_REPAID) > 0


@pytest.mark.compiled
def test_a_unions_dividend_is_due_to_its_members_like_any_owners_profit(lived: Books) -> None:
    """What members were paid stands among dues, in the union's class and its area; no more does."""
    dues, classes = lived.tables["dues"], lived.tables["classes"]
    unions = classes["institution"][dues["klass"]] == Institution.CLUB
    flows = lived.tables["flows"]
    shared = (flows["kind"] == Kind.DIVIDEND) & (
        classes["institution"][flows["payer"]] == Institution.CLUB
    )

    assert int(dues["pence"][unions].sum()) == int(flows["pence"][shared].sum()) > 0
    assert set(dues["kind"][unions].tolist()) == {int(Kind.DIVIDEND)}
    assert set(dues["owner_area"][unions].tolist()) == {lived.meta.area_ids.index("middle")}


@pytest.mark.compiled
def test_without_a_part_of_the_lever_there_is_no_union() -> None:
    """Whatever else is said of it, the books are those of the lender alone."""
    told = {**HUNGRY, "pillars.union_members": 0.1, "pillars.union_companies": 0.5}

    assert opened(HUNGRY).town.union is None
    assert digest(live(opened(HUNGRY), "lev", 3)) == digest(live(opened(told), "lev", 3))


def test_a_union_takes_no_more_in_shares_than_its_capital_carries() -> None:
    """At least 8 % of what it has is its own; members give up bank savings and no deposit."""
    town, union = endowed(1_000, {**UNION, "pillars.union_capital": 0.08})
    before, saved = town.ledger.deposits.copy(), town.ledger.savings.copy()
    homes = town.household_rows()

    save_with_union(town)

    held = int(union.shares.sum())
    assert 0.99 * 1_150_000 < held <= 1_150_000
    np.testing.assert_array_equal(saved[homes] - town.ledger.savings[homes], union.shares)
    np.testing.assert_array_equal(town.ledger.deposits[homes], before[homes])
    assert town.ledger.deposits[union.row] == before[union.row] + held


def test_members_have_their_savings_back_when_they_need_them() -> None:
    """A member whose savings are gone keeps half of what it has left in shares."""
    town, union = endowed(1_000)
    save_with_union(town)
    (home, *_) = np.flatnonzero(union.shares).tolist()
    row, had = town.economy.households.first + home, int(union.shares[home])
    town.ledger.savings[row] = 0

    save_with_union(town)

    assert int(union.shares[home]) == int(had * 0.5)
    assert int(town.ledger.savings[row]) == had - int(had * 0.5)


def hungry(pounds: int, values: Mapping[str, float]) -> tuple[Town, CreditUnion]:
    """Let members save with a union, and all firms owe twice the pay that they can meet."""
    town, union = endowed(pounds, {**UNION, **values})
    save_with_union(town)
    draw_overdrafts(town)
    town.now.payroll[: town.n_firms] = town.economy.firms.sales_expected * 2
    return town, union


@pytest.mark.parametrize("part", [0.0, 0.3])
def test_companies_and_co_operatives_have_their_part_of_the_loans_and_no_more(part: float) -> None:
    """Owners of micro firms borrow as members; all others have at most their part, or nothing."""
    town, union = hungry(10**8, {"pillars.union_companies": part})
    kind = town.economy.parties.owner_kind[: town.n_firms]
    own = (town.economy.firms.size_band == SizeBand.MICRO) & (kind == OwnerKind.LOCAL)

    lend_where_refused(town)

    others = int(union.owed[~own].sum())
    assert union.owed[own].any()
    assert others == pytest.approx(part * int(union.owed.sum()), abs=2)


def test_a_union_keeps_part_of_its_members_shares_in_cash() -> None:
    """Where more is asked than it has it lends all but a tenth of what members may ask back."""
    town, union = hungry(1_000, {"pillars.union_liquidity": 0.1})
    kept = int(int(union.shares.sum()) * 0.1)

    lend_where_refused(town)

    assert union.owed.any()
    assert int(town.ledger.deposits[union.row]) == kept > 0


def test_a_loss_is_carried_on() -> None:
    """No dividend is paid on a year's loss, and the next year begins with it."""
    town, union = endowed(2_000)
    save_with_union(town)
    town.calendar, union.earned = 11, -500

    pay_dividend(town)

    assert union.earned == -500


def test_profit_is_members_and_a_loss_is_borne_by_the_reserve_first() -> None:
    """Half of 100 pounds earned is shared by shares; a loan lost comes off what was earned."""
    town, union = endowed(2_000)
    save_with_union(town)
    town.calendar, union.earned = 11, 10_000
    homes, held = town.household_rows(), int(union.shares.sum())
    union.shares //= 2
    before = town.ledger.deposits[homes].copy()

    pay_dividend(town)

    got = town.ledger.deposits[homes] - before
    assert 4_000 < got.sum() <= 5_000
    assert (got[union.shares == 0] == 0).all()
    assert held
    union.owed[0] = town.ledger.deposits[0] + 700
    recover(town, np.array([0], dtype=np.int32))
    assert union.earned == -700


def test_a_union_with_too_little_capital_pays_no_dividend() -> None:
    """Shares stand at the limit of the capital that there is."""
    town, union = endowed(1_000)
    save_with_union(town)
    town.calendar, union.earned = 11, 10_000
    capital = capital_of(town, union)

    pay_dividend(town)

    assert capital_of(town, union) == capital


def test_a_bank_that_lends_less_to_co_operatives_leaves_them_to_other_lenders() -> None:
    """Of the same sales a co-op has half a company's overdraft; the lender makes up for it."""
    values = {**UNION, "finance.overdraft_months": 1.0, "finance.coop_rationing": 0.5}
    town = opened(values).town
    firms, parties, focus = town.economy.firms, town.economy.parties, town.economy.areas.focus
    n, lender = town.n_firms, town.lender
    assert lender is not None
    here = np.flatnonzero(firms.alive[: firms.n_agents] & (parties.area[: firms.n_agents] == focus))
    company, coop = here[:2].tolist()
    parties.owner_kind[[company, coop]] = OwnerKind.LOCAL, OwnerKind.COOP
    firms.sales_expected[[company, coop]] = town.now.base_sales[[company, coop]] = 100_000
    parties.loans[:n], town.ledger.deposits[:n] = 0, 0
    town.now.payroll[:n] = 0
    town.now.payroll[[company, coop]] = 100_000
    town.ledger.deposits[lender.row] = 10**9

    draw_overdrafts(town)
    lend_where_refused(town)

    assert int(parties.loans[company]) == 100_000
    assert int(parties.loans[coop]) == 50_000
    assert int(lender.owed[coop]) >= 50_000
