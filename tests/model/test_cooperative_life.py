"""Members vote, keep newcomers out, sell, keep each other on, and refund those who buy."""

from typing import Any

import numpy as np
import pytest

from scenarios.vocabulary import Kind, OwnerKind
from simulation.accounting.digest import digest
from simulation.accounting.identities import check_books
from simulation.economy.assemblies import meet
from simulation.economy.enterprise_surplus import settle_enterprises, wind_up_enterprises
from simulation.economy.enterprises import Decided, Enterprise
from simulation.economy.firm_life import wind_up
from simulation.economy.members import enrol, remember_pay
from simulation.economy.roll import take_on
from simulation.economy.steady_jobs import keep_on, share_hours
from simulation.economy.town import Town
from simulation.model.run import Prepared, live
from simulation.procurement.assembly import PLAIN, CoopKind
from tests.model.founded import opened, pay_off_bank, staffed

SURPLUS = 100_000


@pytest.fixture(scope="module")
def village() -> Prepared:
    """The village with seats for co-ops."""
    return opened("price_quality", "incubated_coop")


def coop(village: Prepared, many: int = 4, **rules: Any) -> tuple[Town, Enterprise]:
    """Found a co-op of some members with these rules, that owes nobody and has earned nothing."""
    charter = {name: rules.pop(name) for name in ("asset_lock",) if name in rules}
    life = PLAIN._replace(**rules)
    town, one, _ = staffed(village, many, buy_in=0.0, life=life, **charter)
    pay_off_bank(town, one)
    one.earned = 0
    return town, one


def earn(town: Town, one: Enterprise, pence: int = SURPLUS) -> None:
    """Let a co-op close a month with a profit."""
    town.now.profit[one.row] = pence
    settle_enterprises(town)


def a_year_on(town: Town, one: Enterprise) -> None:
    """Let the day of the assembly come, and hold it."""
    town.month = one.founded + 12
    meet(town)


def test_without_a_vote_the_charter_stands(village: Prepared) -> None:
    """The null: after a year the members' part is what the founding document says."""
    town, one = coop(village)

    a_year_on(town, one)

    assert one.decided == Decided(1.0, True)


def test_who_will_leave_soon_pays_out_more(village: Prepared) -> None:
    """With much coming and going the voter in the middle leaves less to the common reserve."""
    parts = []
    for rate in (0.004, 0.1):
        town, one = coop(village, vote=1.0)
        town.a = town.a.with_values({"labour.separation_rate": rate})
        a_year_on(town, one)
        earn(town, one)
        parts.append(int(one.members.credit.sum()))
        assert one.locked == SURPLUS - parts[-1] - int(town.now.to_fund[one.row])

    assert parts[0] < parts[1]


def test_a_class_without_members_has_no_vote(village: Prepared) -> None:
    """Where all staff live elsewhere patrons decide alone; where nobody votes the charter stands.

    It is not that the class wished for nothing, which would halve what patrons wish.
    """
    parts = {}
    for kind in CoopKind:
        town, one = coop(village, many=0, kind=kind, vote=1.0)
        a_year_on(town, one)
        parts[kind] = one.decided.part

    assert parts[CoopKind.MULTI] == parts[CoopKind.CONSUMER] > 1.0
    assert parts[CoopKind.WORKER] == 1.0


def test_no_vote_takes_the_least_reserve(village: Prepared) -> None:
    """With four fifths left to the reserve by rule, members get less than a fifth."""
    town, one = coop(village, vote=1.0, least_reserve=0.8)

    a_year_on(town, one)
    earn(town, one)

    assert one.members.credit.sum() <= 0.2 * SURPLUS
    assert one.locked >= 0.8 * SURPLUS - one.members.worker.size, "a penny a member is rounded"


def test_concern_for_the_community_is_a_cost_of_members(village: Prepared) -> None:
    """A tenth goes first to a voluntary organisation, and members share nine tenths."""
    shares = []
    for concern in (0.0, 0.1):
        town, one = coop(village, concern=concern)
        other = next(row for row in range(one.row) if town.economy.firms.alive[row])
        town.economy.parties.owner_kind[other] = OwnerKind.VCSE
        town.economy.parties.area[other] = town.economy.parties.area[one.row]
        earn(town, one)
        shares.append((int(town.now.to_fund[one.row]), int(one.members.credit.sum())))

    (fund, members), (more, fewer) = shares
    assert more == SURPLUS * 0.1 + 0.9 * fund
    assert fewer == 0.9 * members


def test_patrons_have_the_surplus_of_a_consumer_cooperative(village: Prepared) -> None:
    """Members' part goes back to the council that buys, and staff have nothing of it."""
    town, one = coop(village, kind=CoopKind.CONSUMER)
    held = int(town.ledger.deposits[one.council])

    earn(town, one)

    assert one.members.credit.sum() == 0
    assert int(town.ledger.deposits[one.council]) - held == 0.4 * SURPLUS
    assert town.enterprises.charges[-1][2] == -0.4 * SURPLUS


def test_a_multi_stakeholder_cooperative_gives_half_to_each(village: Prepared) -> None:
    """Two classes of members, staff and patrons, have half of members' part each."""
    town, one = coop(village, kind=CoopKind.MULTI)
    held = int(town.ledger.deposits[one.council])

    earn(town, one)

    assert one.members.credit.sum() == 0.2 * SURPLUS
    assert int(town.ledger.deposits[one.council]) - held == 0.2 * SURPLUS


def test_homes_that_shop_there_are_refunded_by_what_they_buy(village: Prepared) -> None:
    """A converted shop's surplus goes to the homes whose shopping links name it, to the penny."""
    town, one = coop(village, kind=CoopKind.CONSUMER)
    row = int(np.bincount(town.links.shopping.payee).argmax())
    first = town.economy.households.first
    money = town.ledger.deposits
    one.row, one.converted = row, True
    money[row] += 10 * SURPLUS
    pay_off_bank(town, one)
    held = int(money[first : first + town.economy.households.n].sum())
    town.now.profit[row] = SURPLUS

    settle_enterprises(town)

    after = int(money[first : first + town.economy.households.n].sum())
    assert after - held == 0.4 * SURPLUS


def newcomer(town: Town, one: Enterprise) -> int:
    """Let one more worker start at a co-op."""
    before = remember_pay(town)
    worker = np.array([9], dtype=np.int32)
    wage = np.array([10**7], dtype=np.int64)
    take_on(town, 0, worker, np.array([one.row], dtype=np.int32), wage)
    enrol(town, before)
    return 9


def test_a_cooperative_degenerates_where_sharing_costs_more_than_solidarity(
    village: Prepared,
) -> None:
    """After a rich year members without solidarity hire without admitting; others admit."""
    for solidarity, admitted in ((0.0, False), (0.5, True)):
        town, one = coop(village, nonmembers=0.5, solidarity=solidarity)
        earn(town, one)
        a_year_on(town, one)
        worker = newcomer(town, one)

        assert one.decided.admit is admitted
        assert (worker in one.members.worker.tolist()) is admitted


def test_the_rule_caps_who_is_kept_out(village: Prepared) -> None:
    """With at most a tenth outside, one more among five is admitted against the vote."""
    town, one = coop(village, nonmembers=0.1)
    one.decided = Decided(1.0, False)

    worker = newcomer(town, one)

    assert worker in one.members.worker.tolist()


def test_an_asset_lock_forbids_a_sale(village: Prepared) -> None:
    """Whatever members would get, with the lock there is no vote; without it they sell."""
    for lock in (True, False):
        town, one = coop(village, demutualise=True, asset_lock=lock)
        values = {"coop.discount": 0.2, "ownership.support_skill": 0.1}
        town.a, one.trained = town.a.with_values(values), True
        skill = float(town.economy.firms.bid_skill[one.row])
        town.now.profit[one.row] = SURPLUS
        money, homes = town.ledger.deposits, town.economy.households
        held = int(money[homes.first : homes.first + homes.n].sum())
        one.year_pence = 0

        a_year_on(town, one)

        paid = int(money[homes.first : homes.first + homes.n].sum()) - held
        assert one.sold is not lock
        lost = skill - float(town.economy.firms.bid_skill[one.row])
        assert lost == pytest.approx(0.0 if lock else 0.1)
        assert (one.at_risk.outstanding == 0) is not lock
        assert (one in town.enterprises.living) is lock
        assert (paid > 30 * SURPLUS) is not lock
        sold = OwnerKind.COOP if lock else OwnerKind.OUTSIDE
        assert town.economy.parties.owner_kind[one.row] == sold


def test_members_do_not_sell_what_pays_them_more(village: Prepared) -> None:
    """The same firm is kept where the year paid each more than a sale would, and else sold."""
    for year, sold in ((10**9, False), (0, True)):
        town, one = coop(village, demutualise=True, asset_lock=False)
        town.now.profit[one.row] = SURPLUS
        one.year_pence = year

        a_year_on(town, one)

        assert one.sold is sold


def test_those_who_buy_sell_a_consumer_cooperative_and_have_its_price(village: Prepared) -> None:
    """Where no home buys that is the council; a refund worth more than the price keeps it."""
    for refund, sold in ((10**9, False), (0, True)):
        town, one = coop(village, demutualise=True, asset_lock=False, kind=CoopKind.CONSUMER)
        town.now.profit[one.row], one.year_refund = SURPLUS, refund
        council, homes = int(town.ledger.deposits[one.council]), town.household_rows()
        held, loan = int(town.ledger.deposits[homes].sum()), one.council_loan
        town.enterprises.charges.clear()

        a_year_on(town, one)

        assert one.sold is sold
        assert int(town.ledger.deposits[homes].sum()) == held
        got = int(town.ledger.deposits[one.council]) - council
        assert (got > 30 * SURPLUS) is sold
        back = -sum(pence for *_, pence in town.enterprises.charges)
        assert back == got >= loan * sold


def test_both_classes_must_agree_to_a_sale_and_share_its_price(village: Prepared) -> None:
    """Workers alone, or patrons alone, do not sell a multi-stakeholder co-op."""
    for pay, refund, sold in ((10**9, 0, False), (0, 10**9, False), (0, 0, True)):
        town, one = coop(village, demutualise=True, asset_lock=False, kind=CoopKind.MULTI)
        town.now.profit[one.row] = SURPLUS
        one.year_pence, one.year_refund = pay, refund
        council, homes = int(town.ledger.deposits[one.council]), town.household_rows()
        held = int(town.ledger.deposits[homes].sum())

        a_year_on(town, one)

        staff = int(town.ledger.deposits[homes].sum()) - held
        patrons = int(town.ledger.deposits[one.council]) - council
        assert one.sold is sold
        assert staff == pytest.approx(patrons, abs=4)
        assert (staff > 15 * SURPLUS) is sold


def test_without_a_lock_members_share_what_is_left(village: Prepared) -> None:
    """A co-op that may be sold leaves what is left at its end to its members in equal parts."""
    town, one = coop(village, asset_lock=False)
    homes = town.economy.households.first + town.economy.workers.household[one.members.worker]
    town.ledger.deposits[one.row] = 4_003
    before = town.ledger.deposits.copy()

    wind_up_enterprises(town, np.array([one.row], dtype=np.int32))
    town.ledger.settle(Kind.DIVIDEND)

    gained = town.ledger.deposits - before
    assert gained[np.unique(homes)].sum() == 4_000
    assert gained[one.council] == 3


def test_a_cooperative_keeps_on_whom_others_would_dismiss(village: Prepared) -> None:
    """Half of four dismissals are avoided, as far as the reserve pays; at the null none."""
    for steady, cash, kept in ((0.0, 10**9, 0), (0.5, 10**9, 2), (1.0, 0, 0)):
        town, one = coop(village, steady=steady)
        town.ledger.deposits[one.row] = cash
        town.economy.parties.savings[one.row] = 0
        cuts = np.zeros(town.now.posts.size, dtype=np.int64)
        cuts[one.row] = 4

        keep_on(town, cuts)

        assert cuts[one.row] == 4 - kept == 4 - one.kept_on


def test_members_share_the_hours_and_have_them_back(village: Prepared) -> None:
    """With one of four kept on, members bear a quarter of its cost; then pay is whole again."""
    town, one = coop(village, pay_flex=1.0)
    wages = town.economy.workers.wage_pence
    full = wages[one.members.worker].copy()
    one.kept_on = 1

    share_hours(town)
    lower = wages[one.members.worker].copy()
    one.kept_on = 0
    share_hours(town)

    assert lower.tolist() == (full - full // 4).tolist()
    assert wages[one.members.worker].tolist() == full.tolist()
    assert town.now.roll.pay[one.row] == full.sum()


def test_a_failed_cooperative_has_no_members_left(village: Prepared) -> None:
    """Every column of the membership ends together."""
    town, one = coop(village)
    one.members.forgone = np.ones(4, dtype=np.int64)

    wind_up(town, np.array([one.row], dtype=np.int32))

    assert one.members.worker.size == one.members.forgone.size == 0


@pytest.mark.compiled
def test_without_votes_what_voters_think_changes_nothing(village: Prepared) -> None:
    """No vote, no newcomer kept out, no sale: horizons, majorities and solidarity are idle."""
    thoughts = {
        "incubated_coop__least_reserve": 0.9, "incubated_coop__solidarity": 0.5,
        "coop__discount": 0.2, "coop__reserve_return": 0.2, "coop__patron_months": 6.0,
    }  # fmt: skip
    other = opened("price_quality", "incubated_coop", **thoughts)

    one, same = (live(place, "incubated_coop", 18) for place in (village, other))

    assert (one.tables["flows"]["kind"] == Kind.CAPITAL).any(), "no co-op was founded"
    assert digest(one) == digest(same)


@pytest.mark.compiled
@pytest.mark.parametrize("kind", [1.0, 2.0, 3.0])
def test_with_every_rule_no_penny_is_lost(kind: float) -> None:
    """Four years of votes, refunds, shared hours and sales: every identity of the books holds."""
    rules = {
        "kind": kind, "vote": 1.0, "least_reserve": 0.1, "concern": 0.1, "nonmembers": 0.5,
        "steady": 1.0, "pay_flex": 0.5, "demutualise": 1.0,
    }  # fmt: skip
    changed = {f"incubated_coop__{name}": value for name, value in rules.items()}

    books = live(opened("price_quality", "incubated_coop", **changed), "incubated_coop", 48)

    assert [check for check in check_books(books) if not check.holds] == []
    refunded = (books.tables["flows"]["kind"] == Kind.PATRONAGE).any()
    assert refunded == (kind > 1.0)
