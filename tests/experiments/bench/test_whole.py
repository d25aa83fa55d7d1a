"""The whole model beside a peer: measured where the peer is, said to be missing where it is not."""

import pytest

from experiments.bench import peers, whole
from experiments.bench.month import PRESTON_MS
from experiments.bench.processes import ChildFailedError, Done
from experiments.bench.rows import at_most

BAR = at_most(0.35)


def test_a_missing_peer_is_said_to_be_missing(monkeypatch: pytest.MonkeyPatch) -> None:
    """The line keeps its bar, holds nothing, gives our own figure and how to get the peer."""
    monkeypatch.setattr(whole, "find_spec", lambda name: None)

    row = whole.beside_peer("village", 0.001, 1_000, BAR)

    assert (row.value, row.ratio, row.holds, str(row.bar)) == (None, None, None, "ratio <= 0.35")
    assert "1.000 us here" in row.why
    assert "poundflow[bench]" in row.why


def test_a_peer_is_held_against_at_the_same_head_count(monkeypatch: pytest.MonkeyPatch) -> None:
    """Both figures are divided by one number of agents, and the bar is of their ratio."""
    asked = []

    def period(task: str, agents: str) -> Done:
        asked.append((task, agents))
        return Done(1.0, 0.01, None)

    monkeypatch.setattr(whole, "find_spec", lambda name: name)
    monkeypatch.setattr(whole, "child", period)

    row = whole.beside_peer("village", 0.002, 1_000, BAR)

    assert asked == [("peer_period", "1000")]
    assert row.value == pytest.approx(2.0)
    assert row.reference == pytest.approx(10.0)
    assert row.holds is True


def test_a_peer_that_fails_is_no_fault_of_ours(monkeypatch: pytest.MonkeyPatch) -> None:
    """What the peer said of its fault stands in the line, and the bench goes on."""

    def fails(task: str, *words: str) -> Done:
        raise ChildFailedError([task, *words], "ModuleNotFoundError: no windows here")

    monkeypatch.setattr(peers, "find_spec", lambda name: name)
    monkeypatch.setattr(peers, "child", fails)

    row = peers.transfer_row(100, 10)

    assert row.value is None
    assert "no windows here" in row.why


@pytest.mark.long
@pytest.mark.compiled
def test_a_month_of_the_village_with_dye_is_measured() -> None:
    """The acts of each month are added up."""
    seconds, accounts = whole.dyed_month("village", 20)

    assert 0.0 < seconds < 1.0
    assert accounts > 100


@pytest.mark.long
@pytest.mark.compiled
def test_the_place_that_is_judged_is_measured_with_two_threads_too(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Its month by the clock on the wall is held against the bar, that of one thread is told."""
    monkeypatch.setattr(whole, "find_spec", lambda name: None)

    rows = whole.whole_rows(("village",), 20)

    names = [row.name.removeprefix("whole model, village: ") for row in rows]
    assert names == ["a month", "a month, two threads", "agent-month beside bamengine"]
    assert [row.bar for row in rows] == [None, PRESTON_MS, whole.PEER_SHARE]
