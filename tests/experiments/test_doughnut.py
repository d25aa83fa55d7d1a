"""The portrait: four lenses, indicators that exist, gaps that stay gaps."""

from pathlib import Path

from experiments.report.doughnut import LENSES, NOT_MODELLED, indicators, portraits
from experiments.report.folder import read_results
from simulation.measures.catalogue import BY_NAME
from tests.experiments.result_folder import POLICIES, write_result_folder


def test_every_indicator_is_measured_or_says_why_not() -> None:
    """A direct one or a proxy names a measure of the catalogue; a gap gives its reason."""
    for one in indicators():
        assert one.lens in LENSES
        assert one.standing in ("direct", "proxy", NOT_MODELLED)
        if one.standing == NOT_MODELLED:
            assert not one.measure
            assert one.note
        else:
            assert one.measure in BY_NAME
        if one.standing == "proxy":
            assert one.note


def test_each_lens_is_told_and_nothing_is_added_up(tmp_path: Path) -> None:
    """Four tables, a column a policy; no row sums the others."""
    grids = portraits(read_results(write_result_folder(tmp_path)))

    assert [grid.caption for grid in grids] == list(LENSES.values())
    assert sum(len(grid.rows) for grid in grids) == len(indicators())
    assert all(len(row) == 3 + len(POLICIES) for grid in grids for row in grid.rows)


def test_a_gap_is_never_a_number(tmp_path: Path) -> None:
    """What is not modelled says so in every column."""
    grids = portraits(read_results(write_result_folder(tmp_path)))

    gaps = [row for grid in grids for row in grid.rows if row[1] == "–"]

    assert gaps
    assert all(set(row[3:]) == {NOT_MODELLED} for row in gaps)
