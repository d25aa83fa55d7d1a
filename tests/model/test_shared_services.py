"""A secondary co-operative: the co-ops of a place share services, pay by use, and vote."""

import copy

import numpy as np
import pytest

from scenarios.vocabulary import Kind
from simulation.accounting.identities import check_books
from simulation.economy.closures import chance_of_closing
from simulation.economy.firm_life import wind_up
from simulation.economy.founding import found, pay_in
from simulation.economy.shared_services import share_services
from simulation.economy.society import Society
from simulation.economy.town import Town
from simulation.model.dear_inputs import price_inputs, usual_inputs
from simulation.model.run import Prepared, live
from tests.model.founded import founded, opened

SHARED = {"coop__shared_charge": 0.02, "coop__shared_cost": 0.75, "coop__shared_saving": 0.1}


@pytest.fixture(scope="module")
def village() -> Prepared:
    """The village with seats for co-ops and a society that charges 2 % of sales."""
    return opened("price_quality", "incubated_coop", **SHARED)


def two(village: Prepared) -> tuple[Town, Society, list[int]]:
    """Found two co-ops that have sold for GBP 1,000 and 3,000."""
    town, one = founded(village)
    seat = next(seat for seat in town.enterprises.seats if seat.category != 0)
    other = found(town, seat, one.charter._replace(least_jobs=0.0), 15_000.0, 7_500.0)
    assert other is not None
    pay_in(town)
    rows = [one.row, other.row]
    town.now.sales_last[rows] = [100_000, 300_000]
    town.now.payroll[rows] = 0
    town.month = 1
    assert town.society is not None
    return town, town.society, rows


def test_members_pay_by_sales_and_have_the_rest_back_by_patronage(village: Prepared) -> None:
    """Of GBP 80 three quarters buy services; the rest goes back, 1 to 3, when the year is over."""
    town, society, rows = two(village)
    seller = int(np.flatnonzero(town.economy.firms.alive)[0])
    money, held = town.ledger.deposits, town.ledger.deposits.copy()

    share_services(town, seller)
    assert (money[rows] - held[rows]).tolist() == [-2_000, -6_000]
    assert money[seller] - held[seller] == 6_000
    assert money[society.row] == 2_000

    town.month = 12
    town.now.sales_last[rows] = 0
    share_services(town, seller)
    assert (money[rows] - held[rows]).tolist() == [-1_500, -4_500]
    assert money[society.row] == 0
    assert town.now.duties[rows].tolist() == [1_500, 4_500]


def test_sharing_spares_inputs_as_long_as_one_is_a_member(village: Prepared) -> None:
    """Inputs fall by a tenth; when one closes nobody shares, and both are as they were."""
    town, society, rows = two(village)
    firms = town.economy.firms
    before = firms.intermediate_share[rows].copy(), firms.bid_skill[rows].copy()

    share_services(town, rows[0])
    lower, more = firms.intermediate_share[rows].copy(), firms.bid_skill[rows].copy()
    town.enterprises.living.pop()
    share_services(town, rows[0])

    np.testing.assert_allclose(lower, 0.9 * before[0])
    assert (more > before[1]).all()
    np.testing.assert_array_equal(firms.intermediate_share[rows], before[0])
    np.testing.assert_allclose(firms.bid_skill[rows], before[1])
    assert not society.members


def test_who_is_founded_in_the_place_of_a_member_is_a_new_member(village: Prepared) -> None:
    """It has neither its predecessor's patronage nor its skill, and spares no inputs twice."""
    town, society, rows = two(village)
    firms, (one, other) = town.economy.firms, town.enterprises.living
    before = firms.intermediate_share[rows].copy(), firms.bid_skill[rows].copy()
    share_services(town, rows[0])
    wind_up(town, np.array([other.row], dtype=np.int32))
    assert firms.bid_skill[other.row] == pytest.approx(before[1][1])
    charter = other.charter._replace(again=True)
    heir = found(town, other.seat, charter, 15_000.0, 7_500.0)
    assert heir is not None
    town.month = 12
    town.now.sales_last[rows] = 0
    held = town.ledger.deposits[rows].copy()

    share_services(town, rows[0])

    assert sorted(society.members) == sorted((one.uid, heir.uid))
    np.testing.assert_allclose(firms.intermediate_share[rows], 0.9 * before[0])
    assert (town.ledger.deposits[rows] - held).tolist() == [2_000, 0]
    assert town.ledger.deposits[society.row] == 0


def test_one_cooperative_has_nobody_to_share_with(village: Prepared) -> None:
    """It pays nothing and is as it was."""
    town, one = founded(village)
    pay_in(town)
    before = town.ledger.deposits.copy()

    share_services(town, one.row)

    np.testing.assert_array_equal(town.ledger.deposits, before)


def test_without_a_charge_there_is_no_society() -> None:
    """The null: no account is opened for it."""
    assert opened("price_quality", "incubated_coop").town.society is None


def voting(village: Prepared, **rules: float) -> tuple[Town, Society, list[int]]:
    """Two co-ops at a year's end; inputs are 30 and 60 % of sales, the first is the larger."""
    town, society, rows = two(village)
    changed = {"coop.shared_vote": 1.0, **{f"coop.{name}": rules[name] for name in rules}}
    town.a = town.a.with_values(changed)
    town.economy.firms.intermediate_share[rows] = 0.3, 0.6
    town.now.sales_last[rows] = 300_000, 100_000
    town.month = 12
    return town, society, rows


def test_members_vote_on_the_charge_and_the_larger_user_may_have_more_votes(
    village: Prepared,
) -> None:
    """One vote each: the lower of two wishes. By use without a limit the larger decides alone.

    Sharing spares a tenth of inputs. The first wants the charge at which the last pound spares a
    pound of its 30 %, the second of its 60 %; what is spent is three quarters of what is paid.
    """
    wanted = {}
    for name, rules in {
        "each": {},
        "use": {"shared_use_votes": 1.0, "shared_most_votes": 1.0},
        "swapped": {"shared_use_votes": 1.0, "shared_most_votes": 1.0},
        "limited": {"shared_use_votes": 1.0},
    }.items():
        town, society, rows = voting(village, reserve_return=0.0, **rules)
        if name == "swapped":
            town.now.sales_last[rows] = 100_000, 300_000
        share_services(town, rows[0])
        wanted[name] = society.rules.charge

    low, high = (0.02 * ((2 * 0.1 * part / 0.015) ** 0.5 - 1.0) for part in (0.3, 0.6))
    assert wanted["each"] == wanted["use"] == wanted["limited"] == pytest.approx(low)
    assert wanted["swapped"] == pytest.approx(high)


def test_members_vote_surplus_into_a_reserve_that_buys_more_services(village: Prepared) -> None:
    """What a member expects the reserve to earn while it lives it leaves; the rest is paid back."""
    town, society, rows = voting(village, reserve_return=0.1, shared_reserve=0.2)
    money = town.ledger.deposits
    chance = chance_of_closing(town, np.array(rows, dtype=np.int32)) * 12
    worth = 1.0 / chance.max()
    part = 0.8 / (1.0 + 0.1 * worth / (1.0 + town.a["coop.discount"] * worth))

    share_services(town, rows[0])
    reserve = int(town.ledger.savings[society.row])
    town.month = 13
    town.now.sales_last[rows] = 0
    held = int(money[rows[1]]), int(money[rows[0]])
    share_services(town, rows[0])

    assert society.rules.back == pytest.approx(part)
    assert reserve == 2_000 - int(2_000 * part) > 0
    assert int(money[rows[0]]) - held[1] == int(reserve * 0.1) // 12
    assert int(money[rows[1]]) == held[0]
    assert int(town.ledger.savings[society.row]) == reserve - int(reserve * 0.1) // 12


@pytest.mark.parametrize(("solidarity", "joins"), [(0.0, False), (0.02, True)])
def test_members_admit_another_where_solidarity_is_worth_more_than_their_reserve(
    village: Prepared, solidarity: float, joins: bool
) -> None:
    """A third would share what the reserve earns: GBP 2 a year of each, or some 1 % of sales."""
    town, society, rows = voting(
        village, shared_vote=0.0, shared_admission=1.0, shared_solidarity=solidarity
    )
    share_services(town, rows[0])
    one = town.enterprises.living[0]
    third = copy.deepcopy(one)
    third.row, third.uid = int(np.flatnonzero(town.economy.firms.alive)[0]), one.uid + 1
    town.economy.parties.area[third.row] = town.economy.areas.focus
    town.enterprises.living.append(third)
    town.ledger.savings[society.row] = 12_000
    town.month = 23

    share_services(town, rows[0])
    early = third.uid in society.members
    town.month = 24
    share_services(town, rows[0])

    assert not early
    assert (third.uid in society.members) is joins


def test_members_do_not_keep_whom_they_share_with_for_nothing(village: Prepared) -> None:
    """Who has paid nothing for a year is voted out where a reserve is shared, and is as it was."""
    town, society, rows = voting(village, shared_vote=0.0, shared_admission=1.0)
    town.now.sales_last[rows[1]] = 0
    share_services(town, rows[0])
    stayed = len(society.members)
    town.ledger.savings[society.row] = 12_000
    town.month = 24

    share_services(town, rows[0])

    assert stayed == 2
    assert list(society.members.values()) == [rows[0]]
    assert town.economy.firms.intermediate_share[rows[1]] == 0.6


def test_a_vote_of_no_weight_leaves_the_rules_as_they_stand(village: Prepared) -> None:
    """The null, through the same assembly: charge and surplus are those of the register."""
    town, society, rows = voting(village, shared_vote=0.0)

    share_services(town, rows[0])

    assert society.rules == (0.02, 1.0)
    assert town.ledger.savings[society.row] == 0


def test_dear_inputs_and_sharing_do_not_undo_each_other(village: Prepared) -> None:
    """Who joins while inputs are dear is spared after it too; who leaves is spared nothing."""
    town, _, rows = two(village)
    stewardship, usual = village.stewardship, usual_inputs(town)
    inputs, before = town.economy.firms, town.economy.firms.intermediate_share[rows].copy()

    def seen() -> list[float]:
        parts: list[float] = (inputs.intermediate_share[rows] / before).tolist()
        return parts

    price_inputs(town, stewardship, usual, 0.5)
    share_services(town, rows[0])
    dear = seen()
    price_inputs(town, stewardship, usual, 0.0)
    after = seen()
    price_inputs(town, stewardship, usual, 0.5)
    town.enterprises.living.pop()
    share_services(town, rows[0])
    alone = seen()
    price_inputs(town, stewardship, usual, 0.0)

    assert dear == pytest.approx([1.35, 1.35])
    assert after == pytest.approx([0.9, 0.9])
    assert alone == pytest.approx([1.5, 1.5])
    assert seen() == [1.0, 1.0]


@pytest.mark.compiled
def test_no_penny_is_lost_among_members() -> None:
    """Three years in which small co-ops share services: every identity of the books holds."""
    rules = {f"coop__shared_{name}": 1.0 for name in ("vote", "use_votes", "admission")}
    village = opened(
        "price_quality", "incubated_coop", **SHARED, **rules, incubated_coop__least_jobs=0.0
    )
    books = live(village, "incubated_coop", 36)

    assert (books.tables["flows"]["kind"] == Kind.PATRONAGE).any()
    assert [check for check in check_books(books) if not check.holds] == []
