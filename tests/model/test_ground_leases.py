"""A council buys premises, keeps the freehold, and leases it to the place's land trust."""

from collections.abc import Mapping

import numpy as np
import pytest

from scenarios.tables import disposal_law
from scenarios.vocabulary import Kind
from simulation.accounting.digest import digest
from simulation.accounting.identities import check_books
from simulation.model.levers import Levers, levers_of
from simulation.model.purse import Purse
from simulation.model.run import Prepared, live
from tests.model.test_levers import opened, paid

MONTHS = 14
LEASED = {"land.leased": 1.0, "land.ground_rent": 0.2}
RICH = 10**12
"""More than all premises cost [pence]."""


def bought(values: Mapping[str, float]) -> tuple[Prepared, Levers, Purse]:
    """Open the three districts, and let one council buy what it may of all that is let there."""
    place = opened("land_assets=600000", values)
    town, chosen = place.town, place.policies["lev"]
    levers = levers_of(town, chosen.pillars, chosen.adopters)
    purse = levers.purses[0]
    levers.purses = [purse]
    town.ledger.deposits[purse.row] += RICH
    purse.left["land_assets"] = RICH
    return place, levers, purse


def test_the_trust_has_the_rent_and_pays_the_council_a_ground_rent() -> None:
    """A fifth of the market rent comes back to the lever a month later, and buys more premises."""
    place, levers, purse = bought(LEASED)
    town, rent = place.town, place.town.economy.firms.rent_pence.copy()
    levers.pull(town)
    (trust,) = {int(town.economy.firms.landlord[one.row]) for one in purse.leases}
    town.ledger.deposits[trust] += RICH
    due = sum(round(0.2 * int(rent[one.row])) for one in purse.leases)
    before, held = purse.left["land_assets"], int(town.ledger.deposits[trust])

    levers.pull(town)

    assert due > 0
    assert held - int(town.ledger.deposits[trust]) == due
    assert purse.left["land_assets"] == before + purse.monthly["land_assets"] + due
    assert all(one.owed == 0 for one in purse.leases)


def test_a_trust_without_money_goes_on_owing_its_ground_rent() -> None:
    """Nobody is overdrawn for a ground rent; what is unpaid is paid once there is money."""
    place, levers, purse = bought(LEASED)
    town = place.town
    levers.pull(town)
    trust = int(town.economy.firms.landlord[purse.leases[0].row])
    town.ledger.deposits[trust] = 0
    month = sum(one.ground_rent for one in purse.leases)

    levers.pull(town)
    unpaid = sum(one.owed for one in purse.leases)
    town.ledger.deposits[trust] = RICH
    levers.pull(town)

    assert unpaid == month
    assert RICH - int(town.ledger.deposits[trust]) == 2 * month


def test_after_the_term_the_premises_and_their_rent_are_the_councils() -> None:
    """Rent paid under a lease that has run out goes to the lever, and no ground rent any more."""
    place, levers, purse = bought(LEASED | {"land.lease_years": 1.0})
    town, firms = place.town, place.town.economy.firms
    levers.pull(town)
    rows = [one.row for one in purse.leases]
    assert {one.ends for one in purse.leases} == {town.month + 12}

    town.month += 12
    levers.pull(town)
    town.now.rent_paid[rows] = firms.rent_pence[rows]
    before = purse.left["land_assets"]
    levers.pull(town)

    assert rows
    assert (firms.landlord[rows] == purse.row).all()
    assert not purse.leases
    came = purse.left["land_assets"] - before - purse.monthly["land_assets"]
    assert came == int(firms.rent_pence[rows].sum())


@pytest.mark.compiled
def test_no_penny_is_lost_while_leases_run_and_run_out() -> None:
    """Fourteen months with leases of a year: ground rents first, the tenants' own rents later."""
    values = LEASED | {"land.lease_years": 1.0, "pillars.years_purchase": 0.5}
    place = opened("land_assets=600000", values)

    books = live(place, "lev", MONTHS)

    assert paid(books, Kind.ASSET_PURCHASE)
    assert [check for check in check_books(books) if not check.holds] == []


@pytest.mark.compiled
def test_a_lever_that_leases_nothing_asks_for_no_ground_rent() -> None:
    """With no share leased neither term nor ground rent moves a byte."""
    plain = live(opened("land_assets=600000", {}), "lev", 6)
    idle = {"land.lease_years": 5.0, "land.ground_rent": 0.7}
    other = live(opened("land_assets=600000", idle), "lev", 6)

    assert digest(plain) == digest(other)


def test_s_123_counts_a_freehold_and_a_long_lease_and_no_short_one() -> None:
    """Two million pounds of undervalue by the general consent of 2003; seven years are short."""
    law = disposal_law(2024, 6)

    assert law.law == "Local Government Act 1972 s. 123"
    assert law.most() == law.most(99 * 12) == law.most(7 * 12 + 1) == 2_000_000_00
    assert law.most(7 * 12) > 10**12
    assert law.most(consented=True) > 10**12
    assert disposal_law(2019, 4, "us").most() > 10**12


@pytest.mark.parametrize(
    ("values", "passed"),
    [
        ({}, False),
        ({"land.consent": 1.0}, True),
        ({"land.leased": 1.0, "land.lease_years": 7.0}, True),
        ({"land.leased": 1.0, "land.lease_years": 99.0, "land.ground_rent": 0.0}, False),
        ({"land.leased": 1.0, "land.lease_years": 99.0, "land.ground_rent": 0.9}, True),
    ],
)
def test_dear_premises_need_the_secretary_of_state_a_short_lease_or_a_ground_rent(
    values: Mapping[str, float], passed: bool
) -> None:
    """Premises worth three million pounds: given or leased for a peppercorn they stay unsold."""
    place, levers, _ = bought(values)
    firms, years = place.town.economy.firms, place.town.a["pillars.years_purchase"]
    firms.rent_pence[:] = round(3_000_000_00 / 12 / years)
    before = firms.landlord.copy()

    levers.pull(place.town)

    assert bool((firms.landlord != before).any()) == passed


def test_half_of_the_premises_are_leased_where_the_policy_says_so() -> None:
    """Every second is leased, to the same trust that is given the others."""
    place, levers, purse = bought({"land.leased": 0.5})
    before = place.town.economy.firms.landlord.copy()

    levers.pull(place.town)

    moved = int(np.count_nonzero(place.town.economy.firms.landlord != before))
    assert len(purse.leases) == moved // 2 == purse.bought // 2 > 0
