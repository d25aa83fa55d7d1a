"""A secondary co-operative: the co-ops of a place share services, and pay by use."""

import numpy as np
import pytest

from scenarios.vocabulary import Kind
from simulation.accounting.identities import check_books
from simulation.economy.firm_life import wind_up
from simulation.economy.founding import found, pay_in
from simulation.economy.shared_services import share_services
from simulation.economy.society import Society
from simulation.economy.town import Town
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


@pytest.mark.compiled
def test_no_penny_is_lost_among_members() -> None:
    """Three years in which small co-ops share services: every identity of the books holds."""
    village = opened("price_quality", "incubated_coop", **SHARED, incubated_coop__least_jobs=0.0)
    books = live(village, "incubated_coop", 36)

    assert (books.tables["flows"]["kind"] == Kind.PATRONAGE).any()
    assert [check for check in check_books(books) if not check.holds] == []
