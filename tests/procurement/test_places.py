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
    """Before rows are closed up and after, with arrangements that came last."""
    table = PlaceTable()
    table.add([served_by(0, 0, 1), served_by(1, 1)])
    table.add([served_by(2, 2, 0)])
    table.give_up(1)
    before, after = np.full((2, 4), 99.0)

    table.commit(before)
    table.close_up()
    table.commit(after)

    assert before.tolist() == after.tolist() == [10_000.0, 5_000.0, 5_000.0, 0.0]
