"""Figures and marked blocks come from stored tables alone: the same tables, the same bytes."""

from collections.abc import Mapping
from pathlib import Path

import numpy as np
import pytest

from experiments.paper.__main__ import build, main, store
from experiments.paper.pages import UNMEASURED, BlockError, fill_pages
from experiments.paper.registry import CHAPTERS
from experiments.paper.stored import Table
from tests.experiments.swept import written

PAGE = "# Gains\n\n<!-- table: gains -->\nstale\n<!-- end -->\n\nTyped by hand.\n"


class Gains:
    """A chapter of one table, one figure and one block."""

    PLANS = ("comparison",)

    def tables(self, sweeps: Path) -> dict[str, Table]:
        """One number."""
        return {"gains": Table({"gain": [1.5]}, plan="comparison", runs=2)}

    def figures(self, tables: Mapping[str, Table], folder: Path) -> None:
        """The number."""
        (folder / "gains.svg").write_text(f"<svg>{tables['gains'].columns['gain']}</svg>")

    def page(self, tables: Mapping[str, Table]) -> dict[str, str]:
        """The number."""
        return {"gains": f"It gained {tables['gains'].columns['gain'][0]}."}


class Losses(Gains):
    """Another, of a table that nobody has stored."""

    def page(self, tables: Mapping[str, Table]) -> dict[str, str]:
        """The number."""
        return {"losses": f"It lost {tables['losses'].columns['gain'][0]}."}


def documents(folder: Path, page: str = PAGE) -> Path:
    """A folder of documents with one page."""
    (folder / "paper").mkdir()
    (folder / "paper" / "paper.md").write_text(page)
    return folder


def bytes_of(folder: Path) -> dict[str, bytes]:
    """Every file below a folder."""
    return {str(one): one.read_bytes() for one in sorted(folder.rglob("*")) if one.is_file()}


def test_a_page_is_filled_between_its_marks_and_a_second_build_changes_nothing(
    tmp_path: Path,
) -> None:
    """What stood there goes, what is typed stays, figures are drawn; then all bytes are equal."""
    docs = documents(tmp_path)
    store(tmp_path, docs, "ab12", [], {"gains": Gains()})

    pages = build(docs, {"gains": Gains()})
    once = bytes_of(docs)
    build(docs, {"gains": Gains()})

    assert pages == [docs / "paper" / "paper.md"]
    assert pages[0].read_text("utf-8") == PAGE.replace("stale", "\nIt gained 1.5.\n")
    assert "# commit: ab12" in (docs / "paper" / "tables" / "gains.csv").read_text("utf-8")
    assert (docs / "paper" / "figures" / "gains.svg").read_text("utf-8") == "<svg>[1.5]</svg>"
    assert bytes_of(docs) == once


@pytest.mark.parametrize(
    ("blocks", "fault"), [({}, "no chapter makes"), ({"gains": "", "losses": ""}, "no page shows")]
)
def test_pages_and_chapters_name_the_same_blocks(
    blocks: dict[str, str], fault: str, tmp_path: Path
) -> None:
    """A block that nobody makes, or that no page shows, is refused, and no page is touched."""
    docs = documents(tmp_path)

    with pytest.raises(BlockError, match=fault):
        fill_pages(docs, blocks)

    assert (docs / "paper" / "paper.md").read_text("utf-8") == PAGE


def test_what_is_not_measured_yet_is_said_to_be_so_and_nothing_else_is_kept_back(
    tmp_path: Path,
) -> None:
    """A chapter without its table draws nothing, its block says so; another chapter's is filled."""
    docs = documents(tmp_path, f"{PAGE}{PAGE.replace('gains', 'losses')}")
    store(tmp_path, docs, "ab12", [], {"gains": Gains()})

    build(docs, {"gains": Gains(), "losses": Losses()})

    told = (docs / "paper" / "paper.md").read_text("utf-8")
    assert "It gained 1.5." in told
    assert told.count(UNMEASURED) == 1
    assert [one.name for one in (docs / "paper" / "figures").iterdir()] == ["gains.svg"]


def test_a_chapter_that_is_none_is_refused(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """The message names those that there are, and the command ends with code 2."""
    words = ["--docs", str(tmp_path), "tables", "no-such", "--sweeps", str(tmp_path)]

    assert main(words) == 2
    assert "no chapter is called no-such" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("chapter", "done"),
    [("results", 0), ("results", 5), ("null", 5), ("calibrated", 5), ("influence", 0)],
)
def test_a_sweep_that_is_not_finished_is_told_and_not_fallen_over(
    chapter: str, done: int, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """One that was begun a moment ago or stopped: the message says to go on, and the code is 2."""
    plan = CHAPTERS[chapter].PLANS[0]
    written(tmp_path / plan, "fixed", np.ones((1, 2)), {}, left_out=range(done, 6))
    words = ["--docs", str(tmp_path), "tables", chapter, "--sweeps", str(tmp_path)]

    assert main(words) == 2
    assert "poundflow sweep" in capsys.readouterr().err
