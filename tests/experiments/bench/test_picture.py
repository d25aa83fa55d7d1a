"""The picture of the bench shows payments of the largest world, and figures beside their bars."""

from experiments.bench.picture import picture
from experiments.bench.rows import at_least, at_most, measured, not_measured

ROWS = [
    measured("month, 1,100 agents: NumPy", 7.0, "ns/payment", why="small"),
    measured("month, 11,100 agents: NumPy", 24.3, "ns/payment", why="large"),
    measured("core, no tag", 4.8, "ns/payment", bar=at_most(5, "value"), why="itself"),
    measured("core, 1 tag", 9.0, "ns/payment", reference=4.8, bar=at_most(1.7), why="none"),
    measured("two processes against one", 99.0, "months/s", ratio=1.95, bar=at_least(1.9), why=""),
    not_measured("core, 4 tags", "ns/payment", "no time", at_most(3)),
]


def test_it_shows_what_was_measured_and_says_it_in_words():
    """Of other forms the largest world alone; what was not measured is not there."""
    drawn = picture(ROWS)

    assert drawn.startswith("<svg")
    for word in (
        "24.3 ns",
        "4.80 ns",
        "1.88 (≤ 1.7)",
        "1.95 (≥ 1.9)",
        "4.80 ns (≤ 5)",
        "11,100 agents",
        "nanoseconds a payment, logarithmic scale",
        "how many times as good as the bar, logarithmic scale",
    ):
        assert word in drawn
    assert "4 tags" not in drawn
    assert "7.00 ns" not in drawn
