"""Exploring a sweep: what is asked, what is left of the futures, what is shown and refused."""

import csv
import io
import re
from html import unescape
from pathlib import Path

import pytest

from experiments.library.analyses import analyse
from experiments.web.heavy_questions import MOST_WAITING
from experiments.web.sweeps import asked_of, overview, sweeps_in
from experiments.web.workroom import Workroom
from simulation.procurement.registry import get
from tests.experiments.swept import written
from tests.experiments.test_analyse import COST, INCOME, QUALITY, SPREAD, flat, income
from tests.experiments.web.asking import Asking

COVER = "bid.cover-low=10"
"""In per cent, as the page asks for it."""
INSIDE = int((SPREAD[:, 0] >= 0.1).sum())

TITLES = {name: get(name).title for name in ("price_quality", "lowest_price", "social_value")}


@pytest.fixture
def swept(workroom: Workroom) -> Path:
    """Sixty futures of two replicates in the results folder; run 7 is missing."""
    measures = {
        INCOME: income(SPREAD),
        QUALITY: flat(price_quality=0.9, lowest_price=0.8, social_value=1.0),
        COST: flat(price_quality=1.5, lowest_price=1.6, social_value=1.7),
    }
    return written(
        workroom.settings.results / "spread", "latin_hypercube", SPREAD, measures, left_out=[7]
    )


def asked(client: Asking, query: str = "", sweep: str = "spread") -> str:
    """The page, once its answer is there."""
    for _ in range(200):
        answer = client.get(f"/sweeps/{sweep}?{query}")
        assert answer.status_code == 200, answer.text
        if "Look again" not in answer.text:
            return answer.text
    raise AssertionError("the answer never came")


def words(page: str) -> str:
    """A page without its tags."""
    return unescape(re.sub(r"<[^>]+>", "", page))


def titled(sentence: str) -> str:
    """A sentence of the analysis as the page has it: policies by their titles."""
    for name, title in TITLES.items():
        sentence = sentence.replace(f"“{name}”", name).replace(name, f"“{title}”")
    return sentence


def test_sweeps_are_listed(client: Asking, swept: Path) -> None:
    """Those in the folder, by their names; what is no sweep is not among them."""
    (swept.parent / "other").mkdir()

    said = client.get("/sweeps").text

    assert 'href="/sweeps/spread">village-weights</a>: village; 3 policies' in said
    assert "/sweeps/other" not in said
    assert [one.name for one in sweeps_in(swept)] == ["spread"]


def test_a_folder_without_a_sweep_says_so(client: Asking) -> None:
    """Nothing has been made yet."""
    assert "no sweep in this folder" in client.get("/sweeps").text


def test_differences_are_those_that_analyse_tells(client: Asking, swept: Path) -> None:
    """Word for word, with its pictures and what was left out."""
    told = analyse(swept, "compare")

    said = asked(client)

    for sentence in told.paragraph:
        assert titled(sentence) in words(said)
    assert "1 block with a run that is missing" in said
    assert said.count("<svg") == len(told.pictures) == 3
    tables = [one for one in told.answer.grids if one.rows]
    assert said.count("Save as a spreadsheet file") == len(told.pictures) + len(tables)
    assert 'style="' not in said.partition("<main")[2]


@pytest.mark.parametrize("kind", ["robustness", "pareto", "discovery"])
def test_every_question_is_answered_as_analyse_does(client: Asking, swept: Path, kind: str) -> None:
    """On the futures within a range alone, if one is given."""
    options = {"within": {"bid.own_pay": (0.0, 0.9)}}
    if kind == "discovery":
        options |= {"policy": "social_value"}  # type: ignore[dict-item]
    told = analyse(swept, kind, **options)
    more = "&policy=social_value" if kind == "discovery" else ""

    said = asked(client, f"question={kind}&bid.own_pay-low=0&bid.own_pay-high=90{more}")

    for sentence in told.paragraph:
        assert titled(sentence) in words(said)


def test_ranges_leave_futures_out_and_say_how_many(client: Asking, swept: Path) -> None:
    """Where cover is high, `social_value` loses in all futures; they are few, which is said."""
    said = asked(client, COVER)

    assert f"{INSIDE} of 60" in said
    rows = {
        row["policy"]: row
        for row in analyse(swept, "compare", within={"bid.cover": (0.1, 1.0)}).found["differences"]
        if row["measure"] == "local_income_multiplier"
    }
    assert rows["social_value"]["better_share"] == 0.0
    assert rows["social_value"]["mean"] == pytest.approx(-0.03)
    few = asked(client, "bid.cover-low=14")
    assert "too few to tell much" in few


def test_ranges_that_leave_nothing_are_said(client: Asking, swept: Path) -> None:
    """No error, and no picture."""
    said = asked(client, "bid.cover-low=7.01&bid.cover-high=7.02")

    assert "No future lies within the ranges" in said
    assert "<svg" not in said


def test_policies_and_measures_can_be_chosen(client: Asking, swept: Path) -> None:
    """Only those that were ticked are told of, beside the baseline."""
    said = asked(client, "measure=quality&only=lowest_price").partition('id="answer"')[2]

    assert "Quality of service" in said
    assert "Cost of one unit" not in said
    assert "social_value" not in said


def test_what_a_design_cannot_answer_is_said(client: Asking, swept: Path) -> None:
    """In words of the page, not of a command."""
    said = asked(client, "question=sensitivity")

    assert "needs" in said
    assert "--" not in said.partition("<main")[2].partition('class="notice"')[2][:400]


@pytest.mark.parametrize(
    ("query", "field"),
    [
        ("question=drop", "question"), ("measure=x%27%20OR%201=1", "measure"),
        ("tier=;--", "tier"), ("policy=../..", "policy"), ("baseline=%3Cscript%3E", "baseline"),
        ("only=nobody", "only"), ("find=never", "find"), ("bid.cover-low=nan", "bid.cover-low"),
        ("bid.cover-high=1e999", "bid.cover-high"), ("bid.own_pay-low=%00", "bid.own_pay-low"),
        ("bid.cover-low=0.2&bid.cover-high=0.1", "bid.cover-low"),
    ],
)  # fmt: skip
def test_hostile_parameters_are_refused_at_their_field(
    client: Asking, swept: Path, query: str, field: str
) -> None:
    """Names are taken from lists, numbers within bounds; nothing is computed."""
    asked(client)

    answer = client.get(f"/sweeps/spread?{query}")

    assert answer.status_code == 422
    assert f'href="#{field}"' in answer.text
    assert f'id="{field}"' in answer.text
    assert "<script>" not in answer.text.partition("<main")[2]


@pytest.mark.parametrize("name", ["..%2f..", "nothing", ".hidden", "spread%00", "spread%2fruns"])
def test_a_sweep_is_one_of_the_folder(client: Asking, swept: Path, name: str) -> None:
    """Nothing that is typed becomes a path."""
    assert client.get(f"/sweeps/{name}").status_code == 404


def test_a_damaged_sweep_is_said_to_be(client: Asking, swept: Path) -> None:
    """It stands in the list; its page says what is wrong, without our paths."""
    (swept / "manifest.json").write_text("{", encoding="utf-8")

    answer = client.get("/sweeps/spread")

    assert "cannot be read" in client.get("/sweeps").text
    assert answer.status_code == 409
    assert str(swept) not in answer.text


def test_a_sweep_of_which_nothing_is_finished_is_said(client: Asking, swept: Path) -> None:
    """It is under way; there is nothing to show."""
    for file in (swept / "runs").iterdir():
        file.unlink()

    for _ in range(50):
        answer = client.get("/sweeps/spread")
        if answer.status_code == 409:
            break

    assert "is finished yet" in answer.text
    assert str(swept.parent) not in answer.text


def test_tables_can_be_downloaded(client: Asking, swept: Path) -> None:
    """Each with the question that the page was asked; cells cannot be formulae."""
    told = analyse(swept, "compare", within={"bid.cover": (0.1, 1.0)})
    asked(client, COVER)

    answer = client.get(f"/sweeps/spread/table-0.csv?{COVER}")

    rows = list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig"))))
    assert rows[0] == list(told.answer.grids[0].head)
    assert len(rows) == 1 + len(told.answer.grids[0].rows)
    assert not any(cell[:1] in "=+-@" for row in rows for cell in row if cell)
    assert client.get("/sweeps/spread/table-99.csv").status_code == 404
    assert client.get("/sweeps/spread/secret-0.csv").status_code == 404


def test_the_address_holds_the_whole_question(swept: Path) -> None:
    """What is read from it, written down again, is read the same."""
    held = overview(swept)
    typed = [("question", "discovery"), ("only", "social_value"), ("bid.cover-low", "10"),
             ("measure", "quality"), ("find", "better"), ("unknown", "x")]  # fmt: skip

    first = asked_of(held, typed)
    again = asked_of(held, [tuple(one.split("=")) for one in first.query.split("&")])  # type: ignore[misc]

    assert first.faults == {}
    assert again.options == first.options
    assert again.kind == "discovery"
    assert held.futures(first.options["within"], None) == INSIDE


def test_an_answer_is_kept_until_the_folder_changes(client: Asking, swept: Path) -> None:
    """The second reader waits for nothing; a run that was added is seen."""
    asked(client)
    heavy = client.app.state.heavy  # type: ignore[attr-defined]
    many = len(heavy._answers)
    asked(client)
    assert len(heavy._answers) == many

    (swept / "manifest.json").touch()
    asked(client)

    assert len(heavy._answers) == many + 2


def test_too_much_at_once_is_refused(client: Asking, swept: Path) -> None:
    """The ninth question while eight are being computed is told to come back."""
    import threading

    asked(client)
    heavy = client.app.state.heavy  # type: ignore[attr-defined]
    gate = threading.Event()
    for k in range(MOST_WAITING):
        heavy.ask(("slow", k), gate.wait, wait=0.0)

    said = client.get("/sweeps/spread?question=pareto").text

    gate.set()
    assert "Much is being computed" in said
