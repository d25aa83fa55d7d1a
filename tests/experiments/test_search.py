"""The search over the register's ranges: even, resumable, and honest about what it did not find."""

from pathlib import Path
from typing import Any

import numpy as np
import pytest

from experiments.runner.replicate import all_entries
from experiments.search.__main__ import main
from experiments.search.draws import settings
from experiments.search.lives import OtherSearchError, Search
from experiments.search.page import AGAINST, Told, page
from experiments.search.questions import QUESTIONS, Question
from experiments.search.slopes import slope_of
from scenarios.read import read_scenario

NOISE = 0.05
NEAR = 2.0 * NOISE
"""How far a slope that 32 answers with noise tell may lie from the one that made them."""
SHORT = ("assumptions.burn_in.least_months=24", "assumptions.burn_in.most_months=24")


def question(name: str) -> Question:
    """One of the questions."""
    return next(one for one in QUESTIONS if one.name == name)


def searching(folder: Path, draws: int, seed: int = 1) -> Search:
    """A search in the village, burnt in no longer than it must be."""
    return Search(read_scenario("village", SHORT), 3, draws, seed, folder)


@pytest.mark.parametrize("asked", QUESTIONS, ids=lambda asked: asked.name)
def test_a_question_varies_entries_of_the_register(asked: Question) -> None:
    """Every factor has a range; every slope is against one of them; what is held is in bounds."""
    known = all_entries()

    assert all(known[name].low < known[name].high for name in asked.factors)
    assert {one.factor for one in asked.findings} <= set(asked.factors)
    assert all(AGAINST in one.title for one in asked.findings)
    assert all(known[name].low <= held <= known[name].high for name, held in asked.held.items())


def test_settings_are_even_within_their_ranges_and_the_first_stay_the_first() -> None:
    """Halves of every range hold half the settings; more settings keep those that were lived."""
    entries = [all_entries()[name] for name in question("insourcing").factors]

    few_at, few = settings(entries, 8, 1)
    many_at, many = settings(entries, 32, 1)

    assert many[:8] == few
    assert (many_at[:8] == few_at).all()
    assert (np.count_nonzero(many_at < 0.5, axis=0) == 16).all()
    for one in entries:
        assert all(one.low <= values[one.name] <= one.high for values in many)
    assert settings(entries, 8, 2)[1] != few


def test_a_slope_that_is_there_is_found_and_allows_for_the_others() -> None:
    """An answer made of two factors: each slope is its own, whatever the other does."""
    where, _ = settings([all_entries()[name] for name in question("insourcing").factors], 32, 1)
    noise = np.random.default_rng(1).normal(0.0, NOISE, 32)

    slope = slope_of(where, 2.0 * where[:, 0] - 3.0 * where[:, 1] + 1.0 + noise, 0)

    assert slope.verdict == "found"
    assert slope.slope == pytest.approx(2.0, abs=NEAR)
    assert slope.low is not None
    assert slope.high is not None
    assert slope.low < 2.0 < slope.high
    assert slope.at_low == pytest.approx(1.0 - 1.5, abs=NEAR)


def test_where_nothing_moves_not_found_is_the_result() -> None:
    """Noise has no slope, and neither have answers that are not there."""
    where, _ = settings([all_entries()[name] for name in question("insourcing").factors], 32, 1)
    noise = np.random.default_rng(2).normal(0.0, 1.0, 32)

    assert slope_of(where, noise, 0).verdict == "not found"
    assert slope_of(where, np.full(32, np.nan), 0).verdict.startswith("not found: no answer")


@pytest.mark.compiled
def test_a_search_that_was_stopped_goes_on_and_comes_to_the_same(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Settings on disk are not lived again, and order of living changes no answer."""
    asked, live, lived = question("insourcing"), Search._lived, []

    def counted(search: Search, asked: Question, values: dict[str, float], number: int) -> Any:
        lived.append(number)
        return live(search, asked, values, number)

    monkeypatch.setattr(Search, "_lived", counted)
    (tmp_path / "whole").mkdir()
    (tmp_path / "parts").mkdir()

    _, whole = searching(tmp_path / "whole", 3).answers(asked)
    searching(tmp_path / "parts", 1).answers(asked)
    _, parts = searching(tmp_path / "parts", 3).answers(asked)

    name = "village-insourcing.jsonl"
    assert lived == [0, 1, 2, 0, 1, 2]
    assert np.isfinite(list(whole.values())).any()
    assert (tmp_path / "whole" / name).read_text() == (tmp_path / "parts" / name).read_text()
    for finding in asked.findings:
        np.testing.assert_array_equal(whole[finding.name], parts[finding.name])


def test_the_settings_of_another_search_are_refused(tmp_path: Path) -> None:
    """A folder is of one place, length and seed."""
    asked = question("insourcing")
    (tmp_path / "village-insourcing.jsonl").write_text('{"search": "of another seed"}\n')

    with pytest.raises(OtherSearchError, match="another --out"):
        searching(tmp_path, 1).answers(asked)


@pytest.mark.parametrize("held", ["", '{"search": "of th', "[]\n", '{"search": "x"}\n{"cost'])
def test_a_file_that_is_no_search_ends_in_a_message(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], held: str
) -> None:
    """Half a line is told as such, with what to do, and nothing is lived on top of it."""
    file = tmp_path / "village-insourcing.jsonl"
    file.write_text(held)

    code = main(["insourcing", "--out", str(tmp_path)])

    assert code == 2
    assert "cannot be read" in capsys.readouterr().err
    assert file.read_text() == held


@pytest.mark.parametrize("where", ["out", "page"])
def test_a_place_that_cannot_be_written_to_is_told_before_anything_is_lived(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], where: str
) -> None:
    """Exit code 2, and no traceback after hours."""
    (tmp_path / "file").write_text("")
    given = {"out": str(tmp_path / "out"), "page": str(tmp_path / "page.md")}
    given[where] = str(tmp_path / "file" / "in")

    code = main(["insourcing", *(f"--{name}={path}" for name, path in given.items())])

    assert code == 2
    assert "cannot be written to" in capsys.readouterr().err


@pytest.mark.parametrize("many", ["0", "-3", "some"])
def test_so_many_settings_are_refused(capsys: pytest.CaptureFixture[str], many: str) -> None:
    """A search lives one setting at least."""
    with pytest.raises(SystemExit, match="2"):
        main(["insourcing", f"--draws={many}"])

    assert "wanted a whole number from 1 on" in capsys.readouterr().err


def test_the_page_prints_what_was_not_found() -> None:
    """A table has a verdict in every line, and the command and commit that made it."""
    asked = question("insourcing")
    nothing = slope_of(np.zeros((0, 6)), np.zeros(0), 0)

    text = page(
        [Told("village", 3, 0, asked, [(one, nothing) for one in asked.findings])], "x", "y"
    )

    assert text.count("not found: no answer in enough settings") == len(asked.findings)
    assert "Made by `x` at commit `y`." in text


def test_a_picture_names_both_units_and_a_slope_below_zero_has_a_minus_sign(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What is shown against what, each with its unit; a hyphen is no sign of a number."""
    monkeypatch.setattr(
        Search, "_lived", lambda search, asked, values, number: {
            one.name: -values[one.factor] for one in asked.findings
        },
    )  # fmt: skip
    written = tmp_path / "page.md"

    main(["social_value", "--draws", "24", "--out", str(tmp_path), "--page", str(written)])

    drawn = (tmp_path / "emergence-village-social_value.svg").read_text()
    for words in (
        ">Bids of small firms for a tender [bids]<",
        ">against days of paperwork<",
        ">tender.days_social [days]<",
        ">slope −5 (−5 to −5), found<",
        ">−6<",
    ):
        assert words in drawn
    assert " bids | −5 (−5 to −5) | found |" in written.read_text()


def test_an_unknown_place_ends_in_a_message(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Exit code 2, and the name that was meant."""
    code = main(["insourcing", "--place", "vilage", "--out", str(tmp_path)])

    assert code == 2
    assert "Did you mean `village`?" in capsys.readouterr().err
