"""The bench's sweeps are lived by the command, and what is told of them is of what they are."""

import pytest

from experiments.bench.sweeps import sweep_rows


@pytest.mark.soak
@pytest.mark.compiled
def test_small_sweeps_are_measured_and_not_judged() -> None:
    """Processes start in most of the time of so few runs, so no bar is held against them."""
    beside, files, asked, workers = sweep_rows(8, 4)

    assert beside.ratio is not None
    assert beside.ratio > 1.0, "two processes take longer than the runs that they live"
    assert files.value is not None
    assert 8 <= files.value <= 20, "labels, design, log and two parts of each of two workers"
    assert asked.value is not None
    assert asked.value > 0.0
    assert workers.reference is not None
    assert workers.ratio == pytest.approx(workers.reference / workers.value)
    assert {row.holds for row in (beside, files, asked, workers)} == {None}
