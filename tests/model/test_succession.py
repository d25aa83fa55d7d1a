"""Owners retire: in which months, who closes for want of an heir, and who is sold away."""

import numpy as np
import pytest

from scenarios.vocabulary import OwnerKind
from simulation import streams
from simulation.economy import firm_life
from simulation.economy.hands import back_to_founders
from simulation.economy.succession import hand_on, retiring
from simulation.model.conversions import convert
from simulation.model.run import live
from simulation.model.subsidies import Subsidies
from tests.model.opening import QUIET
from tests.model.test_levers import opened
from tests.model.test_ownership import EAGER, SUM, one_leaves, profitable, ready, watching


@pytest.mark.compiled
def test_owners_retire_in_the_same_months_with_the_lever_and_without() -> None:
    """Who is willing is told apart from who retires: without the lever the same owners leave."""
    place = opened(SUM, {**EAGER, **QUIET, "ownership.willing": 0.0})

    with watching() as one:
        live(place, "lev", 6)
    with watching() as other:
        live(place, "price_quality", 6)

    assert one[-1].handed.founders
    assert one[-1].handed.founders == other[-1].handed.founders


@pytest.mark.parametrize("profit", [100_000, 0])
def test_without_heirs_a_firm_closes_unless_staff_buy_it(profit: int) -> None:
    """The same lot that closes a firm for want of an heir does not close one without an owner."""
    town, purse = ready(10**9, ownership__willing=1.0, firms__closure_micro=0.4)
    town.now.profit[:] = profit
    leaving = retiring(town)
    assert leaving.heirless.any()
    convert(town, purse, leaving, Subsidies())
    bought = [one.row for one in town.enterprises.living]
    heirless = leaving.rows[leaving.heirless]
    assert np.isin(heirless, bought).all() == (profit > 0)

    firm_life.fail(town)

    assert (town.economy.firms.alive[heirless] == (profit > 0)).all()


def test_without_heirs_owners_close_in_the_same_months_under_every_policy() -> None:
    """No lever, a lever without money, and one whose owners are unwilling: the same firms close."""
    closed = []
    for pounds, willing in ((None, 0.0), (0, 1.0), (10**6, 0.0)):
        changed = {"ownership__sold_away": 0.0, "ownership__willing": willing}
        town, purse = ready(pounds or 0, firms__closure_micro=0.4, **changed)
        months, heirless = [], []
        for month in range(1, 7):
            town.month = town.lived = month
            leaving = retiring(town)
            uid = town.economy.parties.uid
            heirless.append(uid[leaving.rows[leaving.heirless]].tolist())
            if pounds is not None:
                leaving = convert(town, purse, leaving, Subsidies())
            hand_on(town, leaving)
            town.now.paid_share[:] = 65536
            was = town.economy.firms.alive.copy()
            firm_life.fail(town)
            months.append(uid[np.flatnonzero(was & ~town.economy.firms.alive)].tolist())
        assert any(heirless)
        assert all(set(few) <= set(gone) for few, gone in zip(heirless, months, strict=True))
        closed.append(months)

    assert closed[0] == closed[1] == closed[2]


def test_a_firm_that_is_sold_away_pays_its_profit_elsewhere() -> None:
    """The owner gets the price from outside; dividends follow the new owner, customers stay."""
    town, _ = ready(0, ownership__sold_away=1.0)
    row = profitable(town)
    owner, uid = int(town.economy.firms.owner[row]), int(town.economy.parties.uid[row])
    held = int(town.ledger.deposits[owner])

    hand_on(town, one_leaves(row))

    buyer = int(town.economy.firms.owner[row])
    assert buyer in (town.economy.world, town.economy.pension_fund)
    assert int(town.ledger.deposits[owner]) - held == 36 * 100_000
    assert town.economy.parties.uid[row] == uid
    assert town.economy.parties.owner_area[row] == town.economy.parties.area[buyer]
    links = town.links.owners
    assert links.payee[np.searchsorted(links.linked, row)] == buyer


def test_heirs_change_nothing() -> None:
    """With nobody sold away the town is as it was."""
    town, _ = ready(0, ownership__sold_away=0.0)
    row = profitable(town)
    before = town.economy.firms.owner.copy()

    hand_on(town, one_leaves(row))

    np.testing.assert_array_equal(town.economy.firms.owner, before)
    assert not town.handed.founders


def test_who_opens_in_a_closed_row_is_owned_as_its_founders() -> None:
    """A new firm where a sold one has closed belongs to the household that the first one had."""
    town, _ = ready(0, ownership__sold_away=1.0)
    row = profitable(town)
    owner = int(town.economy.firms.owner[row])
    hand_on(town, one_leaves(row))

    back_to_founders(town, np.array([row], dtype=np.int32))

    assert town.economy.firms.owner[row] == owner
    assert town.economy.parties.owner_kind[row] == OwnerKind.LOCAL
    assert not town.handed.founders
    assert not town.handed.klass


def test_no_retirement_is_no_succession() -> None:
    """With the rate at its null nobody leaves, whatever else the register says."""
    town, _ = ready(0, ownership__retirement=0.0)

    assert retiring(town).rows.size == 0


def test_the_lot_is_that_of_closures() -> None:
    """Who retires without an heir is among those who close anyway: no firm dies more often."""
    town, _ = ready(0, firms__closure_micro=0.4)
    leaving = retiring(town)
    rows = leaving.rows[leaving.heirless]
    uid = town.economy.parties.uid[rows]

    lot = streams.uniform(town.seed, streams.Purpose.DEATH, uid, town.lived)
    firm_life.fail(town)

    assert rows.size
    assert (lot < 0.4 / 12).all()
    assert not town.economy.firms.alive[rows].any()
