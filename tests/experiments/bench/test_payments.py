"""The reference world is the same from call to call, and its payments are counted and costed."""

import numpy as np
import pytest

from experiments.bench.core import CoreMonths
from experiments.bench.growth import size_row, thread_row
from experiments.bench.limits import TINY, measure_limits
from experiments.bench.payments import cost_of, least_bytes, passed_bytes, payment_rows
from experiments.bench.world import build_world
from scenarios.vocabulary import Kind

FIRMS = 60


def test_the_world_is_as_declared() -> None:
    """Shares rise to one, most who buy buy nearby, and every kind of row is there."""
    world = build_world(200)

    near = world.klass[world.employer] == np.arange(world.homes) * world.areas // world.homes
    outside = (world.shopping.payee == world.outside).mean()

    assert (world.firms, world.areas, world.homes) == (200, 100, 2_000)
    assert (world.shopping.cum[3::4] == 65_536).all()
    assert 0.7 < near.mean() < 0.8
    assert 0.27 < outside < 0.33
    assert world.contracts.payee.size == 100


def test_a_month_makes_the_payments_of_every_act() -> None:
    """Each kind that is declared is paid; about seven payments an agent and month."""
    core = CoreMonths(build_world(FIRMS))

    core.live()

    paid = {kind for _, kind, _, _ in core.books().flows}
    assert paid >= {
        Kind.GRANT, Kind.PURCHASE, Kind.INTERMEDIATE, Kind.WAGES, Kind.PAYE, Kind.CORPORATION_TAX,
        Kind.DIVIDEND, Kind.COUNCIL_TAX, Kind.CONSUMPTION,
    }  # fmt: skip
    assert 5.0 < core.counts[0] / core.world.agents < 8.0


def test_tags_change_no_balance_and_reach_the_accounts() -> None:
    """With any number of tags the money is the same, and most accounts come to hold dye."""
    world = build_world(FIRMS)
    plain, dyed = CoreMonths(world), CoreMonths(world, tags=3)

    for months in (plain, dyed):
        for _ in range(4):
            months.live()

    assert (plain.ledger.deposits == dyed.ledger.deposits).all()
    assert dyed.ledger.dye.any(axis=1).mean() > 0.9


def test_two_calls_come_to_the_same_books() -> None:
    """Seed and size decide everything but the times."""
    first, second = (cost_of(build_world(FIRMS), 1, 1) for _ in range(2))

    assert first.digest == second.digest
    assert first.payments == second.payments


def test_payments_and_totals_are_told_apart() -> None:
    """Each number of tags has its line, the totals theirs; both bounds are bytes a payment."""
    world = build_world(FIRMS)

    rows = payment_rows(world, measure_limits(TINY), 1)

    names = [row.name for row in rows]
    assert {"core, no tag", "core, 1 tag", "core, 4 tags", "core, 8 tags"} <= set(names)
    assert len([name for name in names if name.startswith("totals")]) == 4
    assert 0 < least_bytes(world) < passed_bytes(world)


def test_two_threads_come_to_the_books_of_one() -> None:
    """Payments with two threads stand beside those with one, by one clock."""
    row = thread_row(build_world(FIRMS), 1)

    assert row.reference is not None
    assert row.ratio == pytest.approx(row.reference / row.value)


def test_a_larger_world_stands_beside_a_smaller_one() -> None:
    """Nanoseconds a payment are compared, not the months."""
    row = size_row(FIRMS, 2 * FIRMS, 1)

    assert row.reference is not None
    assert row.ratio == row.value / row.reference
    assert "120 firms and 1,200 homes" in row.name
