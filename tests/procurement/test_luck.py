"""The luck of many tenders drawn at once is the luck of each."""

import numpy as np
import pytest

from simulation.procurement.luck import draw_each, luck_of

PURPOSE = 3
UIDS = np.array([11, 12, 11, 13, 12], dtype=np.int64)
BEGINS = np.array([0, 2, 2, 5], dtype=np.int64)


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
