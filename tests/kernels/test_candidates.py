"""What a table remembers of suppliers is found again, fades and takes in what is new."""

import numpy as np

from experiments.validation.little_market import market
from simulation.kernels import candidates
from simulation.kernels.candidates import Means, Search, Trades
from simulation.kernels.canvassing import Records
from simulation.procurement.markets import Market
from tests.kernels.two_firms import two_firms

BUYER, OTHER = 1 << 32, 2 << 32


def seen_by_a_buyer(trades: Trades) -> Market:
    """Write down both firms as a buyer of the first area finds them."""
    one, none = np.zeros(1, dtype=np.int64), np.zeros(2, dtype=np.int64)
    search = Search(
        one, one + 2, np.arange(2, dtype=np.int32), one, one, np.ones(1), none,
        np.zeros(0, dtype=np.int32), none, np.zeros(0, dtype=np.int32),
    )  # fmt: skip
    means = Means(np.ones(6), 0.005, 150_000.0, 0.1, 2.0)
    read = market(2)
    candidates.read_candidates(search, trades, means, np.array([0, 2]), read)
    return read


def test_only_the_buyers_own_suppliers_are_found() -> None:
    """A supplier known to another buyer, or to nobody, has the priors, whatever was seen."""
    keys = np.array([BUYER | 3, BUYER | 900, OTHER | 5], dtype=np.int64)
    values = np.array([[1.0, 2.0], [8.0, 8.0], [4.0, 4.0]])
    wanted = np.array([OTHER | 5, BUYER | 5, BUYER | 3, BUYER, 3], dtype=np.int64)
    found = np.empty((2, 5))

    candidates.look_up(keys, values, wanted, (0.5, 0.25), found)

    assert found.tolist() == [[4.5, 0.5, 1.5, 0.5, 0.5], [4.25, 0.25, 2.25, 0.25, 0.25]]


def test_a_table_fades_and_takes_in_news_in_the_order_of_keys() -> None:
    """News is added to what is left of the old; alike news add up; the new stand between."""
    keys, values = np.array([2, 7], dtype=np.int64), np.array([[4.0, 0.0], [2.0, 2.0]])
    news = np.array([1, 7, 7, 9], dtype=np.int64)
    seen = np.array([[1.0, 0.0], [1.0, 0.0], [0.0, 1.0], [0.0, 1.0]])
    keys_out, values_out = np.empty(6, dtype=np.int64), np.empty((6, 2))

    n = candidates.add_to_table(keys, values, 0.5, news, seen, keys_out, values_out)

    assert keys_out[:n].tolist() == [1, 2, 7, 9]
    assert values_out[:n].tolist() == [[1.0, 0.0], [2.0, 0.0], [2.0, 2.0], [0.0, 1.0]]


def test_many_needs_recall_what_their_own_buyers_remember() -> None:
    """Each need's suppliers are looked up under its own buyer, chances and records apart."""
    keys = np.array([BUYER | 3, OTHER | 3], dtype=np.int64)
    wins = np.array([[1.0, 2.0], [8.0, 0.0]])
    heads, begins = np.array([OTHER, BUYER]), np.array([0, 1, 3])
    tenders = Records(keys, wins, (0.5, 0.25), heads)
    records = Records(keys[:1], wins[:1], (1.0, 2.0), heads)
    out = np.empty((3, 3))

    candidates.recall(tenders, records, begins, np.array([3, 3, 5], dtype=np.int32), out)

    assert out.tolist() == [[8.5, 1.5, 0.5], [0.25, 2.25, 0.25], [0.5, 0.5, 0.5]]


def test_a_firm_has_the_room_that_its_commitments_leave_and_never_less_than_none() -> None:
    """Half a per cent of 2,000 pence a month is for public buyers: ten units.

    One firm has promised four of them, the other half a unit more than there is: it has grown
    smaller since. One that can make nothing is not busy where it sells nothing.
    """
    made = np.array([2_000, 2_000])
    trades = two_firms(
        capacity_pence=made, committed=np.array([4.0, 10.5]), sales_expected=np.array([500, 3_000])
    )
    idle = trades._replace(capacity_pence=made * 0, sales_expected=np.array([0, 7]))

    read, of_idle = seen_by_a_buyer(trades), seen_by_a_buyer(idle)

    assert read.capacity.tolist() == [6.0, 0.0]
    assert read.utilisation.tolist() == [0.25, 1.0]
    assert of_idle.utilisation.tolist() == [0.0, 1.0]


def test_what_is_local_is_local_to_the_buyer_and_not_to_the_firm() -> None:
    """A firm here has its own staff and inputs, and commuters from the rest of the county.

    Half of its staff live where it is, and a tenth of the others elsewhere in the county: 55 %. The
    firm far away has the same half at its own door, which is worth nothing here; 2 % of its staff
    live here, and it buys 3 % of its inputs here.
    """
    trades = two_firms(
        buy_local=np.array([0.25, 0.9]),
        staff_near=np.array([[0.1, 0.02], [0.0, 0.1]]),
        inputs_near=np.array([[0.0, 0.03], [0.0, 0.0]]),
    )

    read = seen_by_a_buyer(trades)

    assert read.employ_local.tolist() == [0.55, 0.02]
    assert read.buy_local.tolist() == [0.25, 0.03]
