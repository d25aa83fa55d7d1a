"""What a month costs is told act by act, without and with dye."""

from experiments.bench.month import Cost, measure
from simulation.model import month


def test_every_act_of_a_month_is_timed_and_left_as_it_was() -> None:
    """A run of the village: each act has a time both ways, and the acts are as before."""
    acts = dict(month.ACTS)

    cost = measure("village", "price_quality", 21)

    assert list(cost.plain) == list(cost.dyed) == list(acts)
    assert all(ms >= 0 for ms in (*cost.plain.values(), *cost.dyed.values()))
    assert sum(cost.dyed.values()) > 0
    assert acts == month.ACTS


def test_the_table_says_shares_and_the_bar() -> None:
    """Two acts of one and three milliseconds: a quarter and three."""
    lines = Cost({"trade": 1.0, "wages": 3.0}, {"trade": 2.0, "wages": 6.0}).table().splitlines()

    assert "25.0%" in lines[1]
    assert "75.0%" in lines[2]
    assert lines[-1].split() == ["month", "4.00ms", "8.00ms", "bar", "10", "ms"]
