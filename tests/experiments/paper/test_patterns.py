"""The chapter on patterns over made-up documents, as `poundflow pattern` writes them."""

import json
from pathlib import Path
from typing import Any

import pytest

from experiments.paper import patterns
from experiments.paper.stored import StoredTableError, read_tables, write_tables
from experiments.patterns.pattern import in_words
from experiments.patterns.registry import PATTERNS


def said(name: str) -> dict[str, Any]:
    """A document of one figure, that a published one was used for and that one switch moves."""
    figure = {"figure": "x", "unit": "share", "n": 20, "verdict": "inside"}
    return {
        "pattern": name, "scenario": "x", "place": in_words(PATTERNS[name].places),
        "months": PATTERNS[name].months, "seeds": 20, "seed": 1, "trial": False, "runs": 40,
        "code": "ab12",
        "figures": [
            figure | {
                "what": "A part", "mean": 0.25, "low": 0.2, "high": 0.3,
                "published": {"text": "a quarter", "calibrated": True},
            }
        ],
        "ablations": [
            {
                "what": "nobody closes", "switches": ["firms.closure_micro"],
                "figures": [
                    figure | {
                        "mean": 0.125, "difference": -0.125, "low": -0.2, "high": -0.1,
                        "verdict": "moves it",
                    }
                ],
            }
        ],
    }  # fmt: skip


def documents(sweeps: Path, **changed: object) -> Path:
    """Write the documents of all patterns, the first of them changed."""
    folder = sweeps / patterns.FOLDER
    folder.mkdir()
    for place, name in enumerate(PATTERNS):
        told = said(name) | ({} if place else changed)
        (folder / f"pattern-{name}.json").write_text(json.dumps(told))
    return sweeps


def test_figures_and_changes_are_stored_and_written_with_their_intervals(tmp_path: Path) -> None:
    """From documents by way of the files to Markdown: per cent, points, what the register used."""
    write_tables(patterns.tables(documents(tmp_path)), tmp_path)
    stored = read_tables(tmp_path)

    pages = patterns.page(stored)

    assert set(pages) == {f"pattern-{name}" for name in PATTERNS}
    told = pages["pattern-hazard"]
    assert told.startswith(f"Lived for {PATTERNS['hazard'].months} months in `wigan --set ")
    assert (
        "| A part (`x`) | 25.0% | 20.0% to 30.0% | 20 | "
        "a quarter (used to set the register) | inside |" in told
    )
    assert "| nobody closes | `x` | 12.5% | -12.5 pts | -20.0 pts to -10.0 pts | moves it |" in told
    table = stored[patterns.WITH]
    assert (table.runs, table.code) == (40 * len(PATTERNS), "ab12")
    assert table.plan.split(", ") == list(patterns.PLANS)
    assert stored[patterns.WITHOUT].rows[0]["switches"] == "firms.closure_micro"


def test_a_trial_is_no_measurement(tmp_path: Path) -> None:
    """Fewer seeds than twenty are refused, with the command that lives the rest."""
    with pytest.raises(StoredTableError, match=r"has 3 seeds.*poundflow pattern sizes"):
        patterns.tables(documents(tmp_path, trial=True, seeds=3))


def test_a_pattern_that_was_not_lived_is_named(tmp_path: Path) -> None:
    """A document that is missing is named, with the command that makes it."""
    documents(tmp_path)
    (tmp_path / patterns.FOLDER / "pattern-claims.json").unlink()

    with pytest.raises(StoredTableError, match=r"claims\.json is missing.*pattern claims"):
        patterns.tables(tmp_path)


@pytest.mark.parametrize(
    ("changed", "told"),
    [
        ({"place": "village"}, r"place.*village.*wanted.*isles-of-scilly"),
        ({"seed": 5}, r"seed.*5.*wanted.*1"),
        ({"months": 12}, r"months.*12.*wanted.*60"),
        ({"pattern": "hazard"}, r"pattern.*hazard.*wanted.*sizes"),
    ],
)
def test_another_place_root_or_length_is_not_published_as_the_pattern_s_own(
    tmp_path: Path, changed: dict[str, object], told: str
) -> None:
    """Whoever tried a pattern elsewhere in the same folder is told, with what brings it back."""
    with pytest.raises(StoredTableError, match=rf"{told}.*poundflow pattern sizes"):
        patterns.tables(documents(tmp_path, **changed))


@pytest.mark.parametrize("text", ["{", "[]", '{"pattern": "sizes", "trial": false}'])
def test_a_document_of_before_is_refused_with_what_makes_it_anew(tmp_path: Path, text: str) -> None:
    """One that says neither its code nor its runs, or is no document at all."""
    documents(tmp_path)
    (tmp_path / patterns.FOLDER / "pattern-sizes.json").write_text(text)

    with pytest.raises(StoredTableError, match=r"sizes\.json is no document.*poundflow pattern"):
        patterns.tables(tmp_path)
