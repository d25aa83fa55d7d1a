"""Thousands of damaged files: a sum that a second opinion shares, or a refusal, no fault."""

import os
from pathlib import Path

import pytest

from scenarios.sources.payments import read_payments
from scenarios.sources.refusals import RefusedError
from tests.scenarios.sources.books import TRAPS, put, trap
from tests.scenarios.sources.fuzz import BOOK_STEP, BROKEN, check_book, run

FEW, MANY, BOOKS = 150, 100_000, 1_000
STATE = "POUNDFLOW_FUZZ_STATE"
"""Set it to a file: a soak that was broken off goes on from there."""


def test_some_damaged_lists() -> None:
    """A short form of the soak; at least half are still read."""
    counts = run(0, FEW)

    assert counts["used"] > FEW // 2
    assert (counts[BROKEN], counts.total()) == (0, FEW)


def test_some_damaged_workbooks(tmp_path: Path) -> None:
    """Bytes flipped or missing in a workbook: its payments, or a refusal."""
    assert {check_book(seed, tmp_path) for seed in range(8)} >= {"used"}


@pytest.mark.soak
def test_a_hundred_thousand_damaged_lists(tmp_path: Path) -> None:
    """The whole soak; refusals are counted by their cause."""
    counts = run(0, MANY, Path(os.environ.get(STATE, tmp_path / "fuzz.json")))

    assert (counts[BROKEN], counts.total()) == (0, MANY)


@pytest.mark.soak
def test_a_thousand_damaged_workbooks_and_traps(tmp_path: Path) -> None:
    """Workbooks too, each in a process of its own."""
    counts = run(0, BOOKS, checking=check_book, step=BOOK_STEP)
    assert (counts[BROKEN], counts.total()) == (0, BOOKS)
    for kind in TRAPS:
        with pytest.raises(RefusedError):
            read_payments(put(tmp_path, trap(kind)))
