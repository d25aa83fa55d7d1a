"""The page: self-contained, readable by all, escaped, stable, honest about what is not known."""

import base64
import json
import re
import subprocess
import sys
from dataclasses import replace
from html.parser import HTMLParser
from itertools import pairwise
from pathlib import Path

import pytest

from experiments.report.folder import NoComparisonError, read_results
from experiments.report.page import write_report
from experiments.report.place import year_told
from experiments.report.tables import budget_table, main_table, measure_row
from experiments.store.errors import BrokenFileError, FolderError, NewerFormatError
from tests.experiments.result_folder import Case, write_result_folder

VOID = {"meta", "link", "br", "img", "hr", "input"}
FETCHES = {"src", "srcset", "poster", "action", "background", "cite", "formaction", "xlink:href"}
MARKUP = "<script>alert('x')</script> & \"Sons\" $5$"


class Page(HTMLParser):
    """Every element of a page with its attributes, and whether elements close in order."""

    def __init__(self, text: str) -> None:
        super().__init__(convert_charrefs=True)
        self.elements: list[tuple[str, dict[str, str]]] = []
        self.open: list[str] = []
        self.words: list[str] = []
        self.feed(text)
        self.close()

    def handle_starttag(self, tag, attrs):
        """Keep it."""
        self.elements.append((tag, {name: value or "" for name, value in attrs}))
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag, attrs):
        """Keep an element that closes itself."""
        self.elements.append((tag, {name: value or "" for name, value in attrs}))

    def handle_endtag(self, tag):
        """Check that it closes what was opened last."""
        assert self.open.pop() == tag

    def handle_data(self, data):
        """Keep words, not styles."""
        if "style" not in self.open:
            self.words.append(data)

    def all(self, tag: str) -> list[dict[str, str]]:
        """Attributes of every element of a kind."""
        return [attributes for name, attributes in self.elements if name == tag]

    @property
    def text(self) -> str:
        """All words, spaces made single."""
        return " ".join(" ".join(self.words).split())


@pytest.fixture(scope="module")
def folder(tmp_path_factory) -> Path:
    """A folder with five policies in twenty futures."""
    return write_result_folder(tmp_path_factory.mktemp("results") / "out")


@pytest.fixture(scope="module")
def source(folder) -> str:
    """Its page as text."""
    return write_report(folder).read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def page(source) -> Page:
    """Its page, read."""
    return Page(source)


def test_the_page_fetches_nothing(page, source):
    """One file: no script, style sheet, picture, font or frame from elsewhere."""
    tags = {tag for tag, _ in page.elements}
    links = [a["href"] for tag, a in page.elements if "href" in a]
    fetched = [a[name] for _, a in page.elements for name in FETCHES & set(a)]

    assert not tags & {"script", "link", "img", "iframe", "object", "embed", "base"}
    assert all(link.startswith(("#", "data:text/csv", "data:application/json")) for link in links)
    assert all(link.startswith("#") for link in fetched)
    assert "@import" not in source
    assert not re.search(r"url\((?!#)", source)


def test_the_page_is_well_formed(page):
    """Every element closes, and no id occurs twice."""
    ids = [a["id"] for _, a in page.elements if "id" in a]

    assert page.open == []
    assert len(ids) == len(set(ids))


def test_every_link_and_label_on_the_page_leads_somewhere(page):
    """Links within the page and labels name elements that exist."""
    ids = {a["id"] for _, a in page.elements if "id" in a}
    named = [a["aria-labelledby"].split() for _, a in page.elements if "aria-labelledby" in a]
    links = [a["href"][1:] for _, a in page.elements if a.get("href", "").startswith("#")]

    assert {name for names in named for name in names} <= ids
    assert set(links) <= ids


def test_every_picture_has_words_and_a_table(page):
    """A role, a title, a description; and the numbers under the picture."""
    order = [tag for tag, _ in page.elements if tag in ("svg", "table")]
    pictures = page.all("svg")

    assert len(pictures) >= 15
    assert all(a["role"] == "img" and a["aria-labelledby"] for a in pictures)
    assert len(page.all("title")) == len(pictures) + 1
    assert len(page.all("desc")) == len(pictures)
    assert all(order[k + 1 : k + 2] == ["table"] for k, tag in enumerate(order) if tag == "svg")


def test_headings_go_down_one_step_at_a_time(page):
    """One first heading, and no level is left out."""
    levels = [int(tag[1]) for tag, _ in page.elements if re.fullmatch(r"h[1-6]", tag)]

    assert levels.count(1) == 1
    assert levels[0] == 1
    assert all(after - before <= 1 for before, after in pairwise(levels))


def test_tables_name_their_rows_columns_and_content(page):
    """Every table has a caption, every heading cell a scope, every wide one can be scrolled."""
    scopes = {a.get("scope") for a in page.all("th")}
    regions = [a for _, a in page.elements if a.get("class") == "scroll"]

    assert len(page.all("caption")) == len(page.all("table"))
    assert scopes == {"col", "row", "rowgroup"}
    assert all(a["tabindex"] == "0" and a["role"] == "region" for a in regions)
    assert page.all("html")[0]["lang"] == "en-GB"


def test_light_dark_and_paper_are_provided_for(source):
    """The reader's own choice of ground decides; print is always dark on light."""
    assert "@media screen and (prefers-color-scheme: dark)" in source
    assert "@media print" in source


def test_the_same_folder_gives_the_same_bytes(folder):
    """Page and pictures are written twice and do not differ in a byte."""
    first = write_report(folder).read_bytes()
    pictures = {p.name: p.read_bytes() for p in (folder / "figures").iterdir()}

    second = write_report(folder).read_bytes()

    assert first == second
    assert pictures == {p.name: p.read_bytes() for p in (folder / "figures").iterdir()}
    assert len(pictures) >= 15
    assert all(name.endswith(".svg") for name in pictures)


def test_names_with_markup_stay_names(tmp_path):
    """A policy and a place named in markup are shown as written and run nothing."""
    case = Case(titles={"ethical_framework": MARKUP}, place=MARKUP)
    folder = write_result_folder(tmp_path / "out", case)

    source = write_report(folder).read_text(encoding="utf-8")

    assert "<script" not in source
    assert MARKUP in Page(source).text
    assert all("<script" not in p.read_text() for p in (folder / "figures").iterdir())


def test_what_is_not_known_is_said_with_its_reason(tmp_path):
    """A null is shown as "not known: why", in tables, sentences and pictures; never as NaN."""
    why = "the books do not cover needs"
    case = Case(unknown={"quality": why, "local_income_multiplier": why, "unmet_need": why})
    folder = write_result_folder(tmp_path / "out", case)

    source = write_report(folder).read_text(encoding="utf-8")

    text = Page(source).text
    assert text.count(f"not known: {why}") > 10
    assert "We cannot say which way of buying leaves more income in Preston." in text
    assert not re.search(r"\b(nan|NaN|null|inf)\b", text)
    assert not re.search(r">\s*None\b\s*<", source)


def test_a_folder_without_luck_budget_and_draws_is_still_reported(tmp_path):
    """What is absent is named; nothing stops."""
    folder = write_result_folder(tmp_path / "out", Case(fixed=True))
    for name in ("luck.parquet", "draws.parquet", "budget.csv"):
        (folder / name).unlink()

    text = Page(write_report(folder).read_text(encoding="utf-8")).text

    assert "Not tried here: every assumption was held at its central value" in text
    assert "futures we tried" not in text.split("How sure is this?")[0].split("The answer")[-1]
    assert "not known: luck was not run apart" in text


def test_a_single_policy_in_a_single_future_is_still_reported(tmp_path):
    """There is nothing to compare, and the page says so."""
    folder = write_result_folder(tmp_path / "out", Case(replicates=1))
    path = folder / "summary.json"
    summary = json.loads(path.read_text())
    summary["outcomes"] = [r for r in summary["outcomes"] if r["regime"] == "price_quality"]
    summary["differences"] = []
    path.write_text(json.dumps(summary))

    text = Page(write_report(folder).read_text(encoding="utf-8")).text

    assert "Only “Price and quality” was run, so there is nothing to compare." in text


def test_the_budget_can_be_saved_from_the_page(page, folder):
    """The link holds the very bytes of budget.csv."""
    link = next(a["href"] for a in page.all("a") if a.get("download") == "budget.csv")

    saved = base64.b64decode(link.split(",", 1)[1])

    assert saved == (folder / "budget.csv").read_bytes()


def test_on_paper_no_full_stop_is_left_of_a_link_that_is_not_printed(source):
    """The link to the spreadsheet is for screens, and its sentence with it."""
    printed = re.sub(r'<span class="screen">.*?</span>', "", source, flags=re.DOTALL)

    assert "budget.csv)" not in printed
    assert re.search(r"and on buying\s+them\.\s*</p>", printed)


def test_years_without_their_measure_come_from_the_budget_lines(tmp_path):
    """Where no run tells spending by year, the lines of budget.csv are added up."""
    folder = write_result_folder(tmp_path / "out", Case(months=12))
    results = read_results(folder)
    object.__setattr__(results, "series", {})

    assert list(budget_table(results).rows[0][:2]) == ["2012/13", "£750m"]


def test_a_year_that_the_run_lived_in_part_says_so(tmp_path):
    """Half a year of spending is not the budget of a year."""
    results = read_results(write_result_folder(tmp_path / "out", Case(months=12)))
    results.summary["months"] = 18

    assert year_told(results, "2012/13") == "2012/13"
    assert year_told(results, "2013/14") == "2013/14 (6 months only)"
    results.summary["months"] = 13
    assert year_told(results, "2013/14") == "2013/14 (1 month only)"


@pytest.mark.parametrize("off", [1.0, 1.0 + 1e-6])
def test_two_ways_with_one_best_average_are_both_marked(tmp_path, off):
    """The order of the columns decides nothing, nor do digits that are not shown."""
    results = read_results(write_result_folder(tmp_path / "out", Case()))
    first = next(row for group in main_table(results) for row in group.rows
                 if sum(bool(cell.note) for cell in row.cells) == 1)  # fmt: skip
    at = next(k for k, cell in enumerate(first.cells) if cell.note)
    one = results.policies[at]
    two = next(policy for policy in results.others if policy != one)
    for told in (results.outcomes, results.differences):
        for measure, tier, name in list(told):
            if measure == first.words.measure and name == one.name:
                mine = told[measure, tier, name]
                told[measure, tier, two.name] = replace(mine, mean=mine.mean * off)

    row = measure_row(results, first.words.measure)

    marked = {p.name for p, cell in zip(results.policies, row.cells, strict=True) if cell.note}
    assert marked == {one.name, two.name}
    assert all("shared best average" in cell.note for cell in row.cells if cell.note)


def test_the_page_tells_how_to_do_it_again(page):
    """The command names policies, baseline, months, replicates and seed."""
    regimes = "lowest_price,price_quality,social_value,ethical_framework,cooperative_membership"
    command = (
        f"poundflow compare preston-2012 --regimes {regimes} --baseline price_quality "
        "--months 60 --replicates 20 --seed 1"
    )

    assert command in page.text


def test_the_best_is_marked_in_words_and_only_where_something_differs(tmp_path):
    """A star and a word, no mere colour; no mark on a row without a clear difference."""
    case = Case(effects={"quality": (0.0,) * 5})
    text = write_report(write_result_folder(tmp_path / "out", case)).read_text(encoding="utf-8")

    rows = {row.split("<span")[0]: row for row in text.split('<tr><th scope="row">')}
    income, quality = rows["Local income from each £1"], rows["Quality of service"]

    assert income.count("★ best average") == 1
    assert "★" not in quality
    assert quality.count("≈ no clear difference") == 4


def test_importing_the_report_is_cheap():
    """The command line may know of the report without loading a picture library."""
    code = (
        "import sys; import experiments.report.page; "
        "raise SystemExit(any(m in sys.modules for m in ('matplotlib', 'jinja2', 'pyarrow')))"
    )

    done = subprocess.run([sys.executable, "-c", code], check=False, cwd=Path.cwd())

    assert done.returncode == 0


@pytest.mark.parametrize("name", ["manifest.json", "summary.json"])
def test_a_folder_that_holds_no_comparison_is_refused(tmp_path, name):
    """The message says what is missing and what to give instead."""
    folder = write_result_folder(tmp_path / "out", Case(replicates=2))
    (folder / name).unlink()

    with pytest.raises(NoComparisonError, match=rf"{name} is missing.*poundflow compare --out"):
        write_report(folder)

    assert not (folder / "report.html").exists()


def test_a_newer_summary_is_refused_with_a_reason(tmp_path):
    """A later version's file is not guessed at."""
    folder = write_result_folder(tmp_path / "out", Case(replicates=2))
    path = folder / "summary.json"
    path.write_text(json.dumps({**json.loads(path.read_text()), "schema_version": 2}))

    with pytest.raises(NewerFormatError, match="formats up to 1"):
        write_report(folder)


@pytest.mark.parametrize("name", ["summary.json", "results.parquet"])
def test_a_broken_file_is_named(tmp_path, name):
    """Faults of a folder are faults of the input: exit code 2."""
    folder = write_result_folder(tmp_path / "out", Case(replicates=2))
    (folder / name).write_bytes(b"{ half a file")

    with pytest.raises(BrokenFileError, match=name) as caught:
        write_report(folder)

    assert isinstance(caught.value, FolderError)
    assert caught.value.exit_code == 2


def test_the_report_reads_what_the_runner_writes(tmp_path):
    """Folder, tables and summary by the real writers, with one run that failed."""
    from experiments.runner.comparison import Comparison
    from experiments.store.folder import ResultFolder
    from scenarios.read import read_scenario
    from tests.experiments.made_up import MANIFEST, PLAN, second_policy_fails

    folder = ResultFolder(tmp_path / "out", MANIFEST)
    comparison = Comparison(read_scenario("village"), PLAN, folder)
    lost = comparison.live(1, lambda done, total: None, second_policy_fails)
    comparison.conclude(lost, {"quality": "up", "unmet_need": "down"})

    text = Page(write_report(folder.path).read_text(encoding="utf-8")).text

    assert "Runs that failed and are missing from all averages: 1 (no bread)." in text
    assert "(3 of 4 runs)" in text
    assert "poundflow compare village --regimes lowest_price,social_value" in text
