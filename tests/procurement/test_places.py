"""Places come and go; those kept stand in the order in which they came."""

import numpy as np

from simulation.procurement.luck import luck_of
from simulation.procurement.places import PlaceTable
from simulation.procurement.price_quality import PriceQuality
from simulation.procurement.rolls import Standing
from tests.procurement.markets import commissioned, need, plain, varied_market

REGIME = PriceQuality()


def served_by(number: int, *suppliers: int, policy: int = 0) -> Standing:
    """Sign an arrangement and let others serve it, in equal shares."""
    signed = commissioned(need(), varied_market(9), REGIME, plain(), luck_of(4, 77, 1))
    assert signed.arrangement is not None
    k, one = len(suppliers), signed.arrangement
    names = ("unit_prices", "costs", "qualities", "claims_month", "deliverable_month", "padding")
    columns = {name: np.repeat(getattr(one, name), k) for name in names}
    rows = np.array(suppliers, dtype=np.int32)
    changed = one._replace(
        suppliers=rows, uid=rows + np.int64(1000), shares=np.full(k, 1.0 / k), **columns
    )
    return Standing(number, changed, REGIME, policy)


def test_places_are_given_up_and_written_behind_the_others() -> None:
    """Rows close up in order, first places follow, and more come than there was room for."""
    table = PlaceTable()
    table.add([served_by(n, n, n + 100, policy=n % 2) for n in range(70)])
    for number in (0, 7, 69):
        table.give_up(number)
    table.add([served_by(70, 5, policy=1)])
    table.give_up(68)

    table.close_up()

    kept = [number for number in range(70) if number not in (0, 7, 68, 69)]
    assert table.size == 2 * len(kept) + 1
    assert table.arrangement.tolist() == [*np.repeat(kept, 2), 70]
    assert table.supplier.tolist() == [row for n in kept for row in (n, n + 100)] + [5]
    assert table.policy[-3:].tolist() == [1, 1, 1]
    first, sizes = table.rows_of(np.array([1, 8, 70]))
    assert first.tolist() == [0, 12, 2 * len(kept)]
    assert sizes.tolist() == [2, 2, 1]


def test_only_places_kept_are_committed() -> None:
    """Before rows are closed up and after, with arrangements that came last, and other shares."""
    table = PlaceTable()
    table.add([served_by(0, 0, 1), served_by(1, 1)])
    first = table.committed(4).tolist()
    table.add([served_by(2, 2, 0)])
    table.give_up(1)

    before = table.committed(4).tolist()
    table.close_up()
    after = table.committed(4).tolist()
    table.share_anew(np.array([0, 1]), np.array([0.25, 0.75]))

    assert first == [5_000.0, 15_000.0, 0.0, 0.0]
    assert before == after == [10_000.0, 5_000.0, 5_000.0, 0.0]
    assert table.committed(4).tolist() == [7_500.0, 7_500.0, 5_000.0, 0.0]


def test_what_changes_is_added_up_as_all_would_be() -> None:
    """After many comings and goings the sums are those of a table that is added up whole."""
    draw = np.random.default_rng(3)
    table = PlaceTable()
    for number in range(60):
        table.add([served_by(number, *draw.choice(9, 3, replace=False).tolist())])
        if number % 3 == 2:
            table.give_up(int(number - draw.integers(0, 3)))
        table.committed(9)
        if number % 7 == 0:
            table.close_up()

    kept = table.committed(9).copy()

    table.share_anew(np.arange(0), np.zeros(0))
    assert table.committed(9).tolist() == kept.tolist()
