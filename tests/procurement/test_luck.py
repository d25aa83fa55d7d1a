"""The luck of many tenders drawn at once is the luck of each."""

import numpy as np
import pytest

from simulation.procurement.errors import MixedLuckError
from simulation.procurement.luck import (
    draw_each,
    draw_shared,
    draw_shared_by,
    keys_and_month,
    luck_of,
)

PURPOSE = 3
UIDS = np.array([11, 12, 11, 13, 12], dtype=np.int64)
BEGINS = np.array([0, 2, 2, 5], dtype=np.int64)


class Even:
    """Luck without a key: the same for all."""

    def uniform(self, purpose, uids):
        """Draw a half for each."""
        return np.full(uids.size, 0.5)

    def shared(self, purpose):
        """Draw a half."""
        return 0.5


@pytest.mark.parametrize("months", [(4, 4, 4), (4, 5, 6), (5, 4, 4)])
def test_tenders_drawn_together_have_the_luck_of_their_own_month(months):
    """Each firm's draw is what its tender's own luck gives, in one month or in several."""
    lucks = [luck_of(8, tender, month) for tender, month in enumerate(months)]

    drawn = draw_each(lucks, PURPOSE, UIDS, BEGINS)

    alone = [
        luck.uniform(PURPOSE, UIDS[begin:end])
        for luck, begin, end in zip(lucks, BEGINS[:-1], BEGINS[1:], strict=True)
    ]
    np.testing.assert_array_equal(drawn, np.concatenate(alone))


@pytest.mark.parametrize("months", [(), (4,), (4, 4, 4), (4, 5, 6)])
def test_tenders_drawn_together_have_their_own_luck_as_a_whole(months):
    """One number a tender, what its own luck gives, whether it shares its month or not."""
    lucks = [luck_of(8, tender, month) for tender, month in enumerate(months)]

    assert draw_shared(lucks, PURPOSE).tolist() == [luck.shared(PURPOSE) for luck in lucks]


def test_luck_with_and_without_a_key_is_drawn_one_by_one():
    """None is dropped where kinds are mixed."""
    lucks = [luck_of(8, 1, 4), Even(), luck_of(8, 3, 4)]

    assert draw_shared(lucks, PURPOSE).tolist() == [luck.shared(PURPOSE) for luck in lucks]
    assert draw_each(lucks, PURPOSE, UIDS, BEGINS).size == UIDS.size


@pytest.mark.parametrize(
    ("lucks", "keyed"),
    [([luck_of(8, 1, 4), Even()], 1), ([luck_of(8, 1, 4), luck_of(8, 2, 5)], 2), ([Even()], 0)],
)
def test_keys_of_mixed_luck_are_refused(lucks, keyed):
    """Keys stand for tenders one to one, so luck without a key or of another month has no place."""
    with pytest.raises(MixedLuckError, match=f"of {len(lucks)} tenders {keyed}") as caught:
        keys_and_month(lucks)

    assert (caught.value.tenders, caught.value.keyed) == (len(lucks), keyed)


def test_keys_stand_in_the_order_of_their_tenders():
    """One key a tender, and the month once."""
    keys, month = keys_and_month([luck_of(8, tender, 4) for tender in (2, 1)])

    assert (keys.tolist(), month) == ([luck_of(8, 2, 4).key, luck_of(8, 1, 4).key], 4)


def test_several_purposes_are_drawn_as_each_alone():
    """One row a purpose, one column a tender."""
    lucks = [luck_of(8, tender, 4) for tender in (2, 1, 9)]

    drawn = draw_shared_by(lucks, (PURPOSE, 77))

    assert drawn.tolist() == [[luck.shared(one) for luck in lucks] for one in (PURPOSE, 77)]
