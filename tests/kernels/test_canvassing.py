"""Who hears of a need: the near, or the far, or the skilled, as the notice has it."""

import numpy as np

from simulation.kernels import canvassing
from simulation.kernels.bidding import CostOfNeed, CostRules
from simulation.kernels.candidates import Means, Search, Trades
from simulation.kernels.canvassing import OPEN_GATE, Found, Notices, Records
from simulation.kernels.keyed import wrapping
from tests.kernels.two_firms import two_firms

MEANS = Means(np.ones(6), 0.005, 150_000.0, 0.1, 2.0)
FREE = CostRules(*np.zeros(10).tolist())


def heard(homes: list[int], reach: float, trades: Trades, **weights: float) -> list[list[bool]]:
    """Send round one notice for each buyer's home, all of one category; say which firms hear."""
    m = len(homes)
    none, all_of = np.zeros(m, dtype=np.int64), np.full(m, 2)
    nobody = np.zeros(0, dtype=np.int32)
    search = Search(
        none, all_of, np.arange(2, dtype=np.int32), none, np.array(homes), np.ones(m),
        np.zeros(m + 1, dtype=np.int64), nobody, np.zeros(m + 1, dtype=np.int64), nobody,
    )  # fmt: skip
    notices = Notices(
        reach=np.full(m, reach), seeds=np.arange(m, dtype=np.uint64), purpose=np.uint64(1),
        month=np.uint64(1), carry=np.zeros(m), floor=0.0,
        gate=type(OPEN_GATE)(*(np.full(m, one) for one in OPEN_GATE)),
        screens=np.zeros(m, dtype=np.bool_), outside=False, **weights,
    )  # fmt: skip
    asked = CostOfNeed(*np.ones((6, m)))
    known = Records(np.zeros(0, dtype=np.int64), np.zeros((0, 2)), (1.0, 2.0), none)
    found = Found(
        np.empty(2 * m, np.int32), np.empty(2 * m, np.bool_), np.empty(m + 1, np.int64),
        np.empty(m, np.int64), np.empty(m),
    )  # fmt: skip
    with wrapping():
        n = canvassing.canvass(
            0, m, search, search.rows, trades, MEANS, notices, FREE, asked, known, np.empty(2),
            found, 0,
        )  # fmt: skip
    assert n == 2 * m
    return found.knows.reshape(m, 2).tolist()


def test_each_buyer_is_near_to_firms_of_its_own_area():
    """Where only the near hear, a buyer next door reaches another firm than the one before it."""
    reached = heard([0, 1, 1, 0], 1.0, two_firms(), near=1.0, distant=0.0, by_skill=0.0)

    assert reached == [[True, False], [False, True], [False, True], [True, False]]


def test_the_more_skilled_hear_the_sooner():
    """Skill alone counts, one firm has twice the other's: of 1.5 who hear it is always one."""
    trades = two_firms(bid_skill=np.array([0.5, 1.0]))

    reached = np.array(heard([0] * 40, 1.5, trades, near=0.0, distant=0.0, by_skill=0.5))

    assert reached[:, 1].all()
    assert 0 < reached[:, 0].sum() < 40
