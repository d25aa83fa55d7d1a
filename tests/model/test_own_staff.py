"""A council's staff by department: who leaves, who comes, who sells what they use."""

import numpy as np
import pytest

from simulation.economy.roll import newcomers
from simulation.economy.transfers import Commuters, assigned_to, share_links, staff_size, transfer
from simulation.model.in_house_inputs import Sellers, sellers_like, split
from simulation.model.own_staff import OTHER_WORK, OwnStaff
from tests.model.opening import open_place, whole_register
from tests.model.three_districts import three_districts

DEPARTMENT = 4


@pytest.fixture
def town():
    """Three districts on their first day."""
    scenario = three_districts()
    return open_place(scenario, whole_register(scenario, {})).town


def of_two_groups(town, at=0, away=8):
    """Give the staff of a buyer, some commuters of which do a department's work for less pay."""
    buyers = town.economy.buyers
    buyers.aggregate_jobs[at], buyers.aggregate_payroll[at] = 2 * away, 2 * away * 200_000
    staff = OwnStaff.of(town, at)
    staff.commuters = {
        OTHER_WORK: Commuters(away, away * 200_000), DEPARTMENT: Commuters(away, away * 100_000)
    }  # fmt: skip
    buyers.aggregate_payroll[at] = away * 300_000
    staff.jobs[DEPARTMENT], staff.grades[DEPARTMENT] = float(away), 110_000.0
    staff.want(town)
    return staff


def test_commuters_leave_all_groups_alike(town):
    """Half of sixteen leave: four of each group, and each keeps its own pay a head."""
    staff, buyers = of_two_groups(town), town.economy.buyers
    buyers.aggregate_jobs[0], buyers.aggregate_payroll[0] = 8, 8 * 150_000
    staff.jobs = {OTHER_WORK: 0.0, DEPARTMENT: 0.0}

    staff.refresh(town)

    assert staff.commuters[OTHER_WORK] == Commuters(4, 800_000)
    assert staff.commuters[DEPARTMENT] == Commuters(4, 400_000)
    assert buyers.aggregate_payroll[0] == 1_200_000


def test_new_commuters_have_the_pay_of_the_group_that_was_short(town):
    """Two more come; the department wants ten and gets both, at its own pay."""
    staff, buyers = of_two_groups(town), town.economy.buyers
    staff.jobs = {OTHER_WORK: 0.0, DEPARTMENT: 10.0}
    buyers.aggregate_jobs[0] += 2
    buyers.aggregate_payroll[0] += 2 * 150_000

    staff.refresh(town)

    assert staff.commuters[DEPARTMENT] == Commuters(10, 8 * 100_000 + 2 * 110_000)
    assert buyers.aggregate_payroll[0] == 8 * 200_000 + 8 * 100_000 + 2 * 110_000


def test_a_review_of_pay_is_a_review_of_every_grade(town):
    """What the council offers rises by a tenth, so what each group pays newcomers does."""
    staff, buyers = of_two_groups(town), town.economy.buyers
    staff.offer = 200_000
    buyers.wage_pence[0] = 220_000
    wage = staff.wage

    staff.refresh(town)

    assert staff.grades[DEPARTMENT] == pytest.approx(121_000.0)
    assert staff.wage == pytest.approx(1.1 * wage)


def test_the_offer_to_newcomers_is_the_mean_of_what_the_groups_pay(town):
    """Three at 2,000 pounds and one at 1,000 make 1,750."""
    staff = of_two_groups(town)
    staff.wage, staff.grades = 200_000.0, {DEPARTMENT: 100_000.0}
    staff.jobs = {OTHER_WORK: 3.0, DEPARTMENT: 1.0}

    staff.want(town)

    assert town.economy.buyers.wage_pence[0] == 175_000
    assert town.now.buyer_jobs[0] == 4.0


def test_whoever_is_left_in_a_closed_department_does_other_work(town):
    """Nobody is lost: as many and as much pay as before, all of it in one group."""
    staff = of_two_groups(town)
    before = sum(one.jobs for one in staff.commuters.values())

    staff.close(DEPARTMENT)

    assert staff.commuters == {OTHER_WORK: Commuters(before, 8 * 300_000)}
    assert staff.jobs.keys() == {OTHER_WORK}


def test_a_transfer_makes_no_job_and_ends_none(town):
    """Ten people go from a firm with commuters to a council: as many leave as come."""
    firms, council = town.economy.firms, int(town.economy.buyers.row[0])
    start = town.economy.payroll.start
    linked = np.diff(start)[: town.n_firms] > 0
    row = int(np.argmax(np.where(linked, firms.aggregate_jobs, 0)))
    workers, commuters = assigned_to(town, row, 10)
    before = staff_size(town, row), staff_size(town, council)
    posts = int(town.now.posts.sum())

    transfer(town, workers, commuters, row, council)

    assert workers.size + commuters.jobs == 10
    assert (staff_size(town, row), staff_size(town, council)) == (before[0] - 10, before[1] + 10)
    assert town.now.posts.sum() == posts


def test_an_employer_without_commuters_pays_its_first_where_they_live(town):
    """The links of the firm from which they come become the council's too; others' stay."""
    economy, links = town.economy, town.links.payroll
    start, rows = links.start, np.diff(links.start)
    bare, like = int(np.flatnonzero(rows == 0)[0]), int(np.argmax(rows))
    theirs = economy.payroll.payee[start[like] : start[like + 1]].copy()
    whole = economy.payroll.payee.copy()

    share_links(town, bare, like)

    after = town.economy.payroll
    mine = after.payee[after.start[bare] : after.start[bare + 1]]
    assert mine.tolist() == theirs.tolist()
    assert np.delete(after.payee, np.arange(after.start[bare], after.start[bare + 1])).tolist() == (
        whole.tolist()
    )
    assert town.links.payroll.start.tolist() == after.start.tolist()


def test_a_service_buys_where_the_firm_bought_that_it_takes_after(town):
    """The firm's dealers, in their shares; what it imports itself comes through them."""
    links, n, council = town.economy.supply, town.n_firms, int(town.economy.buyers.row[0])
    dealers = np.add.reduceat(links.payee < n, links.start[:n])
    row = int(np.argmax(dealers))

    sellers = sellers_like(town, row, council)

    mine = links.payee[links.start[row] : links.start[row + 1]]
    assert sellers.rows.tolist() == mine[mine < n].tolist()
    assert sellers.cum[-1] == 65_536
    assert (np.diff(sellers.cum, prepend=0) > 0).all()


def test_without_a_firm_to_take_after_the_largest_nearby_sells_all(town):
    """One seller, in the council's own area."""
    council = int(town.economy.buyers.row[0])

    sellers = sellers_like(town, -1, council)

    assert sellers.rows.size == 1
    area = town.economy.parties.area
    assert area[sellers.rows[0]] == area[council]


def test_bills_are_split_to_the_penny(town):
    """Whatever the shares, no penny is lost, and each bill keeps to its own sellers."""
    three = Sellers(np.array([0, 1, 2], dtype=np.int32), np.array([10_000, 40_000, 65_536]))
    one = Sellers(np.array([3], dtype=np.int32), np.array([65_536]))
    bills = [(three, 1), (one, 99), (three, 100_003)]

    many, rows, pence = split(town, bills)

    whose = np.repeat(np.arange(3), many)
    assert np.bincount(whose, weights=pence).tolist() == [1, 99, 100_003]
    assert rows[whose == 1].tolist() == [3]
    assert (pence > 0).all()


def test_without_bills_nobody_is_paid(town):
    """Columns are there all the same."""
    many, rows, pence = split(town, [])

    assert many.size == rows.size == pence.size == 0


def test_newcomers_are_those_of_the_staff_who_are_not_known():
    """In whatever order either is told."""
    staff = np.array([7, 2, 9, 4], dtype=np.int32)

    assert newcomers(staff, np.array([9, 2], dtype=np.int32)).tolist() == [4, 7]
    assert newcomers(staff, staff).size == 0
    assert newcomers(staff, staff[:0]).tolist() == [2, 4, 7, 9]
