"""The thread of an award: what an auditor reads is what the books hold, to the penny."""

import json
from pathlib import Path
from shutil import copytree
from typing import Any

import pyarrow.parquet as pq
import pytest

from experiments.analysis.thread import UnknownAwardError, thread_of
from simulation.accounting.books_io import read_books
from tests.experiments.said import Poundflow

STORY = ("run", "village", "--regime", "social_value", "--fixed")

pytestmark = pytest.mark.compiled


@pytest.fixture(scope="module")
def out(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the run that several tests read is kept."""
    return tmp_path_factory.mktemp("thread") / "run"


@pytest.fixture
def run(poundflow: Poundflow, out: Path) -> Path:
    """The village under social value; lived by whoever asks first."""
    if not out.exists():
        said = poundflow(*STORY, "--out", out)
        assert said.code == 0, said.err
    return out


@pytest.fixture
def sought(poundflow: Poundflow, out: Path) -> Path:
    """Another village, in which several bid for one tender."""
    folder = out.parent / "sought"
    if not folder.exists():
        said = poundflow(*STORY, "--seed", "12", "--out", folder)
        assert said.code == 0, said.err
    return folder


def rows(run: Path, table: str) -> list[dict[str, Any]]:
    """A table of the run as any tool would read it."""
    found: list[dict[str, Any]] = pq.read_table(run / "books" / f"{table}.parquet").to_pylist()
    return found


def contested(run: Path) -> dict[str, Any]:
    """An award of the story for which several bid."""
    many = {one["tender"]: one["bids"] for one in rows(run, "tenders") if one["month"] > 0}
    return max(rows(run, "arrangements"), key=lambda one: many.get(one["tender"], 0))


def told(poundflow: Poundflow, run: Path, award: int) -> dict[str, Any]:
    """The thread as one document."""
    said = poundflow("thread", run, award, "--json")
    assert said.code == 0, said.err
    document: dict[str, Any] = json.loads(said.out)
    return document


def test_all_awards_of_a_run_are_named(poundflow: Poundflow, run: Path) -> None:
    """Each with its number, and each as its own thread tells it."""
    listed = json.loads(poundflow("thread", run, "--json").out)["awards"]
    award = contested(run)["arrangement"]

    assert [one["award"] for one in listed] == list(range(len(rows(run, "arrangements"))))
    assert listed[award] == told(poundflow, run, award)
    assert f" {award} " in poundflow("thread", run).out


def test_books_without_a_table_are_refused(poundflow: Poundflow, run: Path, tmp_path: Path) -> None:
    """What is missing is named, and how to make it."""
    half = tmp_path / "half"
    copytree(run, half)
    (half / "books" / "arrangements.parquet").unlink()

    said = poundflow("thread", half, 0)

    assert said.code == 2
    assert "books without the table arrangements" in said.err


def test_a_thread_runs_from_objective_to_result(poundflow: Poundflow, sought: Path) -> None:
    """Four texts of the books, with buyer, need, term and value."""
    award = contested(sought)
    meta = json.loads((sought / "books" / "meta.json").read_text())

    thread = told(poundflow, sought, award["arrangement"])

    assert thread["thread"] == {
        key: meta["texts"][award[key]] for key in ("objective", "power", "criterion", "result")
    }
    assert thread["thread"]["power"].startswith("Public Services (Social Value) Act 2012")
    assert (thread["regime"], thread["policy"]) == ("social_value", "social_value")
    assert thread["buyer"]["name"] == "Village Council"
    assert thread["category"] == meta["category_ids"][award["category"]]
    assert thread["value_pence"] == award["value_pence"]
    assert thread["term"]["months"] == award["end"] - award["start"] + 1


def test_every_bid_is_told_with_price_quality_and_marks(poundflow: Poundflow, sought: Path) -> None:
    """The bids of the award's own tender, those that won first, and nobody else's."""
    award = contested(sought)
    made = [one for one in rows(sought, "bids") if one["tender"] == award["tender"]]

    bids = told(poundflow, sought, award["arrangement"])["tender"]["bids"]

    assert len(bids) == len(made) > 1
    found = {
        (one["bidder"]["party"], one["price_pence"], one["claimed_pence"], one["won"])
        for one in bids
    }
    assert found == {
        (one["supplier"], one["price_pence"], one["claimed_pence"], bool(one["won"]))
        for one in made
    }
    assert [one["won"] for one in bids] == [True] + [False] * (len(bids) - 1)
    assert bids[0]["bidder"]["party"] == award["supplier"]
    assert bids[0]["quality"] == pytest.approx(
        next(one["quality_ppm"] for one in made if one["won"]) / 1e6
    )


def test_what_was_paid_and_delivered_adds_up(poundflow: Poundflow, run: Path) -> None:
    """Payments by supplier come to the purchases of that award; social value to its columns."""
    for award in rows(run, "arrangements"):
        number = award["arrangement"]
        spent = [one["pence"] for one in rows(run, "purchases") if one["arrangement"] == number]

        thread = told(poundflow, run, number)

        assert thread["paid_pence"] == sum(spent) == sum(one["pence"] for one in thread["paid"])
        assert thread["social_value_pence"] == {
            word: award[f"{word}_pence"] for word in ("claimed", "verified", "delivered")
        }


def test_each_awarded_procedure_leads_to_one_award(run: Path) -> None:
    """The link is one to one, and joins rows of one buyer, category and winner."""
    tenders = {one["tender"]: one for one in rows(run, "tenders")}
    linked = [one for one in rows(run, "arrangements") if one["tender"] >= 0]

    awarded = sorted(number for number, one in tenders.items() if one["winner"] >= 0)

    assert sorted(one["tender"] for one in linked) == awarded
    assert all(
        (tenders[one["tender"]]["buyer"], tenders[one["tender"]]["category"],
         tenders[one["tender"]]["winner"]) == (one["buyer"], one["category"], one["supplier"])
        for one in linked
    )  # fmt: skip


def test_what_was_let_another_way_says_so(poundflow: Poundflow, run: Path) -> None:
    """After a failure the baseline's way buys, and the thread names it, not the policy alone."""
    names = json.loads((run / "books" / "meta.json").read_text())["regime_names"]
    (other, *_) = [
        one
        for one in rows(run, "arrangements")
        if one["policy"] == 1 and names[one["regime"]] == "price_quality"
    ]

    said = poundflow("thread", run, other["arrangement"])

    assert "price_quality as a contract (policy social_value)" in said.out
    assert "price 60%, quality 40%" in said.out


def test_a_page_of_text_names_firms_and_dates(
    poundflow: Poundflow, run: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """In words, pounds and calendar months; a firm that the scenario names has its name."""
    monkeypatch.setenv("COLUMNS", "200")
    award = contested(run)
    pages = [poundflow("thread", run, one["arrangement"]) for one in rows(run, "arrangements")]

    page = pages[award["arrangement"]]

    assert {said.code for said in pages} == {0}
    for words in ("objective", "power", "criterion", "result", "Village Council (party 27)",
                  "Bids, the winning first", "could serve", "until 2021-03"):  # fmt: skip
        assert words in page.out
    assert not any("Let jointly" in said.out for said in pages)
    assert f"£{award['value_pence'] // 100:,}.00 at the opening price" in page.out
    assert any("Hearth Care Co-operative (party" in said.out for said in pages)


def test_months_are_told_by_the_calendar(poundflow: Poundflow, run: Path) -> None:
    """The village opens in April 2019: month 1; what began before has earlier dates."""
    (earlier, *_) = [one for one in rows(run, "arrangements") if one["start"] <= 0]

    thread = told(poundflow, run, earlier["arrangement"])

    years, month = divmod(2019 * 12 + 3 + earlier["start"] - 1, 12)
    assert thread["term"]["first"] == f"{years}-{month + 1:02d}" < "2019-04"
    years, month = divmod(2019 * 12 + 3 + thread["term"]["last_month"] - 1, 12)
    assert thread["term"]["last"] == f"{years}-{month + 1:02d}"
    assert thread["told_until"] == "2021-03"


def test_each_award_names_the_objective_that_it_serves(
    poundflow: Poundflow, run: Path, tmp_path: Path
) -> None:
    """By need and way of buying, with residents' say in the weights; no bid is changed by it."""
    sets = ('say={residents=0.5}', 'objectives.care.weights={residents=0.2}',
            'objectives.work.weights={residents=0.2}', 'objectives.money.weights={residents=0.6}',
            'objectives.care.categories=["homecare"]', 'objectives.care.ways=["price_quality"]',
            'objectives.money.ways=["price_quality"]',
            'objectives.work.ways=["social_value"]')  # fmt: skip
    words = [word for one in sets for word in ("--set", one)]

    said = poundflow(*STORY, "--out", tmp_path, *words)

    assert said.code == 0, said.err
    meta = json.loads((tmp_path / "books" / "meta.json").read_text())
    named = {
        (meta["regime_names"][one["regime"]], meta["texts"][one["objective"]])
        for one in rows(tmp_path, "arrangements")
        if one["tender"] >= 0
    }
    assert named == {
        ("price_quality", "Public money goes far and stays near"),
        ("social_value", "Residents have secure and decent work"),
    }
    assert rows(tmp_path, "bids") == rows(run, "bids")


def test_an_award_older_than_the_books_has_no_procedure(poundflow: Poundflow, run: Path) -> None:
    """It has its thread; that nothing more is known of how it was let is said."""
    (old, *_) = [one for one in rows(run, "arrangements") if one["tender"] < 0]

    said = poundflow("thread", run, old["arrangement"])

    assert said.code == 0
    assert told(poundflow, run, old["arrangement"])["tender"] is None
    assert "older than they are" in said.out


def test_an_unknown_award_is_answered_with_those_there_are(poundflow: Poundflow, run: Path) -> None:
    """The range is said; the code is that of wrong input."""
    many = len(rows(run, "arrangements"))

    for award in (many, 10**9):
        said = poundflow("thread", run, award)

        assert said.code == 2
        assert f"found the award {award}; wanted a number from 0 to {many - 1}" in said.err
    with pytest.raises(UnknownAwardError):
        thread_of(read_books(run), {}, -1)


def test_a_folder_that_holds_no_run_is_refused(
    poundflow: Poundflow, run: Path, tmp_path: Path
) -> None:
    """None, a file, an empty one, a comparison's, a run under way, books of another version."""
    (tmp_path / "file").write_text("")
    manifest = json.loads((run / "manifest.json").read_text())
    made = {"empty": None, "compared": {"command": "compare"}, "failed": {"status": "failed"},
            "bare": {}}  # fmt: skip
    for name, changes in made.items():
        (tmp_path / name).mkdir()
        if changes is not None:
            text = json.dumps({**manifest, **changes})
            (tmp_path / name / "manifest.json").write_text(text)
    wanted = {"none": "no such folder", "file": "found a file", "empty": "no manifest.json",
              "compared": "the results of `poundflow compare`", "failed": "a run that is failed",
              "bare": "no meta.json here"}  # fmt: skip

    for name, words in wanted.items():
        said = poundflow("thread", tmp_path / name, 0)

        assert said.code == 2, name
        assert words in said.err


def test_books_of_another_version_are_refused(
    poundflow: Poundflow, run: Path, tmp_path: Path
) -> None:
    """A table with a column less, and one that is no table, each with its name."""
    books = tmp_path / "books"
    books.mkdir()
    for file in (run / "books").iterdir():
        (books / file.name).write_bytes(file.read_bytes())
    (tmp_path / "manifest.json").write_bytes((run / "manifest.json").read_bytes())
    whole = pq.read_table(books / "arrangements.parquet")
    pq.write_table(whole.drop_columns(["tender"]), books / "arrangements.parquet")

    older = poundflow("thread", tmp_path, 0)
    (books / "arrangements.parquet").write_bytes(b"nonsense")
    broken = poundflow("thread", tmp_path, 0)

    assert older.code == broken.code == 2
    assert "arrangements.parquet differs in tender" in older.err
    assert "arrangements.parquet cannot be read" in broken.err


def test_the_options_assessed_are_told(poundflow: Poundflow, tmp_path: Path) -> None:
    """What was expected of each option, which was chosen, and what a unit has cost since."""
    sets = (
        'policies.told.regime="price_quality"',
        'policies.told.options=[{regime="insourcing"},{regime="incubated_coop"}]',
        'compare.regimes=["told"]',
        "compare.months=24",
    )
    asked = [part for one in sets for part in ("--set", one)]
    out = tmp_path / "run"
    said = poundflow("run", "village", "--regime", "told", "--fixed", "--out", out, *asked)
    assert said.code == 0, said.err
    listed = json.loads(poundflow("thread", out, "--json").out)["awards"]
    award = next(one for one in listed if one["appraisal"])

    printed = poundflow("thread", out, award["award"]).out

    chosen = award["appraisal"]["options"][award["appraisal"]["chosen"]]
    assert chosen["regime"] == award["regime"]
    assert "Options assessed in month" in printed
    assert f"{chosen['unit_cost']:.3f}" in printed
    assert "Expected and found" in printed
