"""An enterprise's money and members: capital, stakes, surplus, reserve, staff, and its end."""

import numpy as np
import pytest

from scenarios.vocabulary import OwnerKind
from simulation.economy import hiring
from simulation.economy.enterprise_surplus import (
    settle_enterprises,
    share_with_partners,
    shares_of_owners,
    wind_up_enterprises,
)
from simulation.economy.firm_life import wind_up
from simulation.economy.founding import found, pay_in
from simulation.economy.members import enrol, redeploy, remember_pay
from simulation.economy.roll import let_go
from simulation.economy.seats import Seat
from simulation.economy.surplus import distribute
from simulation.economy.transfers import Commuters, transfer
from simulation.model.incubator import plan_by_orders
from simulation.model.run import Prepared
from simulation.procurement.incubated_coop import IncubatedCoop
from simulation.procurement.places import PlaceTable
from simulation.procurement.rolls import Standing
from tests.model.founded import founded, opened, pay_off_bank, staffed
from tests.procurement.test_enterprising import bought


@pytest.fixture(scope="module")
def village() -> Prepared:
    """The village with seats for co-ops."""
    return opened("price_quality", "incubated_coop")


def test_a_council_without_money_leaves_more_to_the_bank(village: Prepared) -> None:
    """What the council cannot pay it does not pay; the bank lends it, and the sum is the same."""
    town, one = founded(village)
    council = one.council
    town.ledger.deposits[council] = int(town.now.payroll[council]) + 5

    pay_in(town)

    assert one.capital.grant + one.capital.loan == 5
    assert one.capital.bank == one.capital.total - 5
    assert town.economy.parties.loans[one.row] == one.capital.bank


def test_members_buy_in_out_of_pay_and_leave_with_their_stake(village: Prepared) -> None:
    """4.5 % of pay is kept back and credited; who leaves has it paid out."""
    town, one, workers = staffed(village, 3)
    wage = int(town.economy.firms.wage_pence[one.row])
    full = (wage * town.economy.workers.skill[workers]).astype(np.int64)
    kept = (full * 0.045).astype(np.int64)
    assert town.economy.workers.wage_pence[workers].tolist() == (full - kept).tolist()
    assert town.now.roll.pay[one.row] == (full - kept).sum()

    town.now.paid_share[one.row] = 65536
    town.now.profit[one.row] = 0
    settle_enterprises(town)
    assert one.members.stake.tolist() == kept.tolist()

    before = remember_pay(town)
    let_go(town, np.array(workers[:1], dtype=np.int32))
    enrol(town, before)
    assert sum(one.members.leaving.values()) == kept[0]
    settle_enterprises(town)
    assert one.members.paid_out == kept[0]
    assert not one.members.leaving


def test_who_has_paid_the_stake_has_full_pay_again(village: Prepared) -> None:
    """After the stake of a hundredth of a month's pay nothing more is kept back."""
    town, one, workers = staffed(village, 2, stake_months=0.01)
    lowered = town.economy.workers.wage_pence[workers].copy()

    town.now.paid_share[one.row] = 65536
    settle_enterprises(town)

    assert (one.members.due == 0).all()
    assert (town.economy.workers.wage_pence[workers] > lowered).all()
    assert town.now.roll.pay[one.row] == town.economy.workers.wage_pence[workers].sum()


def test_without_a_buy_in_pay_is_what_the_enterprise_pays(village: Prepared) -> None:
    """The switch at its null: nothing kept back, no stake."""
    town, one, _ = staffed(village, 2, buy_in=0.0)

    town.now.paid_share[one.row] = 65536
    settle_enterprises(town)

    assert one.members.stake.sum() == 0
    assert (one.members.kept_back == 0).all()


def test_who_goes_over_with_the_work_is_a_member_no_more(village: Prepared) -> None:
    """In mid-month: the council pays the whole wage, and no stake is credited that nobody kept.

    What had been paid in is the leaver's. Whoever stays goes on buying in.
    """
    town, one, workers = staffed(village, 3)
    wages, council = town.economy.workers.wage_pence, one.council
    town.now.paid_share[one.row] = 65536
    settle_enterprises(town)
    kept, had = one.members.kept_back.copy(), one.members.stake.copy()
    one.members.due[:] = one.members.kept_back
    full, pay = int(wages[0] + kept[0]), int(town.now.roll.pay[council])

    transfer(town, np.array(workers[:1], dtype=np.int32), Commuters(0, 0), one.row, council)
    settle_enterprises(town)

    assert int(wages[0]) == full
    assert int(town.now.roll.pay[council]) - pay == full
    assert int(town.now.roll.pay[one.row]) == int((wages[1:3]).sum())
    assert one.members.worker.tolist() == workers[1:]
    assert one.members.stake.tolist() == (had + kept)[1:].tolist()
    assert one.members.paid_out == had[0]


def test_only_profit_is_divided_and_by_the_charter(village: Prepared) -> None:
    """Of 1,000 pounds earned 40 % is credited, 10 % founds the next, and the rest is locked."""
    town, one, _ = staffed(village, 2, buy_in=0.0)
    pay_off_bank(town, one)
    one.earned = 0
    town.now.profit[one.row] = 100_000
    held = int(town.ledger.deposits[one.fund])

    settle_enterprises(town)

    assert one.members.credit.tolist() == [20_000, 20_000]
    assert town.ledger.deposits[one.fund] - held == 10_000
    social = int(town.now.to_fund[one.row]) - 10_000
    assert social in (0, 10_000)
    assert one.locked == 100_000 - 40_000 - 10_000 - social
    assert town.now.to_reserve[one.row] == one.locked + 40_000


def test_a_loss_is_made_good_before_anything_is_divided(village: Prepared) -> None:
    """With the account full of capital but a loss behind it, nobody is paid anything."""
    town, one, _ = staffed(village, 2, buy_in=0.0)
    pay_off_bank(town, one)
    one.earned = -50_000
    town.now.profit[one.row] = 50_000

    settle_enterprises(town)

    assert one.members.credit.sum() == 0
    assert one.locked == 0


def test_the_council_is_repaid_with_interest(village: Prepared) -> None:
    """A month's instalment is a hundred-and-twentieth, and interest a twelfth of 4 %."""
    town, one, _ = staffed(village, 2, buy_in=0.0)
    loan, council = one.council_loan, int(town.ledger.deposits[one.council])

    settle_enterprises(town)

    instalment, interest = -(-loan // 120), int(loan * 0.04 / 12)
    assert one.council_loan == loan - instalment
    assert town.ledger.deposits[one.council] == council + instalment + interest
    assert town.enterprises.charges[-1] == (0, 0, -(instalment + interest))


def test_a_locked_reserve_belongs_to_nobody_when_the_enterprise_ends(village: Prepared) -> None:
    """Lenders and members have what is theirs; what is left goes to the fund for the next."""
    town, one, _ = staffed(village, 2, buy_in=0.0)
    one.members.credit[:] = 1_000
    one.members.credited += 2_000
    homes = town.household_rows()
    before, fund = int(town.ledger.deposits[homes].sum()), int(town.ledger.deposits[one.fund])
    held, loan = int(town.ledger.deposits[one.row]), one.council_loan
    bank = int(town.economy.parties.loans[one.row])

    wind_up(town, np.array([one.row], dtype=np.int32))

    assert int(town.ledger.deposits[homes].sum()) - before == 2_000
    assert int(town.ledger.deposits[one.fund]) - fund == held - bank - loan - 2_000
    assert town.ledger.deposits[one.row] == 0
    assert one in town.enterprises.closed
    assert one.members.lost == 0


def test_without_an_asset_lock_what_is_left_is_the_owners(village: Prepared) -> None:
    """The switch at its null: the council has its loan back and all the rest."""
    town, one, _ = staffed(village, 2, buy_in=0.0, asset_lock=False, owned=1.0)
    council, fund = int(town.ledger.deposits[one.council]), int(town.ledger.deposits[one.fund])
    held, bank = int(town.ledger.deposits[one.row]), int(town.economy.parties.loans[one.row])

    wind_up(town, np.array([one.row], dtype=np.int32))

    assert int(town.ledger.deposits[one.council]) - council == held - bank
    assert town.ledger.deposits[one.fund] == fund


def test_members_of_a_failed_enterprise_lose_their_accounts(village: Prepared) -> None:
    """With half of what members are owed in the till, each has half."""
    town, one, _ = staffed(village, 2, buy_in=0.0)
    pay_off_bank(town, one)
    one.members.credit[:] = 1_000
    one.members.credited += 2_000
    town.ledger.deposits[one.row] = 1_000

    wind_up_enterprises(town, np.array([one.row], dtype=np.int32))

    assert one.members.paid_out == 1_000
    assert one.members.lost == 1_000
    assert one.members.owed == 0


def test_a_sister_takes_on_whom_a_co_op_would_lay_off(village: Prepared) -> None:
    """Of four to go half are offered a place; at the null nobody is."""
    town, giver, workers = staffed(village, 4, redeployment=0.5)
    document = giver.charter._replace(least_jobs=0.0)
    taker = found(town, Seat(0, 7, OwnerKind.COOP), document, 5_000.0, 5_000.0)
    assert taker is not None
    hires, cuts = np.zeros((2, town.now.posts.size), dtype=np.int64)
    hires[taker.row], cuts[giver.row] = 3, 4

    redeploy(town, hires, cuts)

    assert (hires[taker.row], cuts[giver.row]) == (1, 2)
    moved = town.economy.workers.employer[workers] == taker.row
    assert moved.sum() == 2
    giver.charter = giver.charter._replace(redeployment=0.0)
    redeploy(town, hires, cuts)
    assert (hires[taker.row], cuts[giver.row]) == (1, 2)


def test_a_seat_is_too_small_taken_or_missing(village: Prepared) -> None:
    """Nobody is founded twice, below the least size, or where no seat was laid."""
    town, one = founded(village)
    charter = one.charter

    assert found(town, one.seat, charter, 15_000.0, 7_500.0) is None
    assert found(town, Seat(0, 7, OwnerKind.COOP), charter, 100.0, 50.0) is None
    assert found(town, Seat(0, 1, OwnerKind.COOP), charter, 15_000.0, 7_500.0) is None


@pytest.mark.parametrize("again", [False, True])
def test_another_is_founded_in_its_place_only_where_the_charter_says_so(
    village: Prepared, again: bool
) -> None:
    """The second is somebody else, with a uid of its own."""
    town, one = founded(village, again=again)
    pay_in(town)
    wind_up(town, np.array([one.row], dtype=np.int32))

    second = found(town, one.seat, one.charter, 15_000.0, 7_500.0)

    assert (second is not None) is again
    if second is not None:
        assert second.uid != one.uid
        assert town.enterprises.at(0, 0) is second


def test_an_enterprise_reckons_with_its_orders(village: Prepared) -> None:
    """5,000 units at 105.336 pence are expected sales, whatever was sold before."""
    town, one = founded(village)
    _, signed = bought()
    table = PlaceTable()
    suppliers = np.array([one.row, 0], dtype=np.int32)
    table.add([Standing(0, signed._replace(suppliers=suppliers), IncubatedCoop(), 1)])
    price = float(signed.unit_prices[0])

    plan_by_orders(town, table, np.array([5_000.0, 5_000.0]))
    assert town.economy.firms.sales_expected[one.row] == int(5_000.0 * price * 100.0)

    plan_by_orders(town, table, np.zeros(2))
    assert town.economy.firms.sales_expected[one.row] == int(5_000.0 * price * 100.0)


def test_nobody_is_sent_to_a_seat_when_a_firm_closes(village: Prepared) -> None:
    """Seats are no firm's successor and no entrant's place."""
    rows = village.town.enterprises.rows

    assert rows.size == 4
    assert not np.isin(rows, village.town.now.class_rows).any()
    assert not village.town.economy.firms.alive[rows].any()
    held = village.town.economy.parties
    for name in ("deposits", "savings", "loans", "payable", "receivable"):
        assert not getattr(held, name)[rows].any()


def test_a_partners_part_of_profit_is_counted_with_the_partner(village: Prepared) -> None:
    """Of a profit of 900, a partner with a third of the shares has 300."""
    town, one = founded(village, asset_lock=False)
    one.partner, one.partner_uid = 0, int(town.economy.parties.uid[0])
    one.capital.equity, one.capital.partner = 200, 100
    profit = np.zeros(town.n_firms, dtype=np.int64)
    profit[one.row] = 900

    share_with_partners(town, profit)

    assert (profit[one.row], profit[0]) == (600, 300)


def test_a_buy_out_pays_the_partner_its_part_of_net_worth(village: Prepared) -> None:
    """Half of what is there less what is owed; afterwards the council has every share."""
    town, one, _ = staffed(village, 2, buy_in=0.0, asset_lock=False, buy_out_months=1.0)
    pay_off_bank(town, one)
    one.partner, one.partner_uid = 0, int(town.economy.parties.uid[0])
    one.capital.equity = one.capital.partner = 100
    one.earned = 0
    town.now.profit[one.row] = 0
    town.month = one.founded + 1
    town.ledger.deposits[one.council] = 10**8
    worth, held = int(town.ledger.deposits[one.row]), int(town.ledger.deposits[0])
    worth += int(town.economy.parties.savings[one.row])

    settle_enterprises(town)

    assert town.ledger.deposits[0] - held == worth // 2
    assert one.bought_out
    assert shares_of_owners(town, one) == (1.0, 0.0)


def test_the_general_rule_on_surplus_leaves_enterprises_alone(village: Prepared) -> None:
    """Cash above the working balance is divided by the charter and not as other co-ops' is."""
    town, one, _ = staffed(village, 2, buy_in=0.0)
    pay_off_bank(town, one)
    town.now.heads[one.row] = 2
    held = int(town.ledger.deposits[one.row])

    distribute(town)

    assert town.ledger.deposits[one.row] == held
    assert town.now.to_reserve[one.row] == 0


def test_staff_move_between_sisters_before_anybody_is_laid_off(
    village: Prepared, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where firms adjust, the two whom a co-op would lay off are at its sister's afterwards."""
    town, giver, workers = staffed(village, 2, buy_in=0.0, redeployment=1.0)
    charter = giver.charter._replace(least_jobs=0.0)
    taker = found(town, Seat(0, 7, OwnerKind.COOP), charter, 5_000.0, 5_000.0)
    assert taker is not None
    hires, cuts = np.zeros((2, town.now.posts.size), dtype=np.int64)
    hires[taker.row], cuts[giver.row] = 2, 2
    monkeypatch.setattr(hiring, "separate", lambda town: None)
    monkeypatch.setattr(hiring, "move_posts", lambda town: (hires, cuts))

    hiring.adjust_jobs(town)

    assert (town.economy.workers.employer[workers] == taker.row).all()
    assert cuts[giver.row] == 0
