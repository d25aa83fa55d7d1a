"""What the repository publishes is what its stored tables give, and the paper has its form."""

import re
import shutil
from fnmatch import fnmatch
from pathlib import Path

import pytest

from experiments.paper import influence_screened, influence_twelve, null, patterns, results
from experiments.paper.__main__ import build
from experiments.paper.registry import CHAPTERS
from experiments.paper.stored import PARTED, read_tables

DOCS = Path(__file__).resolve().parents[3] / "docs"
PAPER = DOCS / "paper"
SHORTEST, LONGEST = 750, 1750
"""Words of a paper of the Journal of Open Source Software."""

SECTIONS = [
    "Summary", "Statement of need", "State of the field", "Software design",
    "Verification and validation", "Example", "Research impact", "Limits", "Acknowledgements",
    "References",
]  # fmt: skip


def bytes_of(folder: Path) -> dict[str, bytes]:
    """Every page, figure and table of the documents."""
    return {
        one.relative_to(folder).as_posix(): one.read_bytes()
        for one in sorted(folder.rglob("*"))
        if one.suffix in (".md", ".svg", ".csv") and one.is_file()
    }


def test_building_again_changes_no_byte(tmp_path: Path) -> None:
    """All figures and blocks are what the tables give, and no figure is left that nothing draws."""
    docs = tmp_path / "docs"
    shutil.copytree(DOCS, docs, ignore=shutil.ignore_patterns("made", "pictures", "_static"))
    before = bytes_of(docs)
    shutil.rmtree(docs / "paper" / "figures", ignore_errors=True)

    build(docs)

    assert bytes_of(docs) == before


def test_every_table_comes_from_plans_of_the_repository() -> None:
    """The head of each names plans that are there, or patterns, and chapters read no other."""
    plans = {one.stem for one in (PAPER / "plans").glob("*.toml")} | set(patterns.PLANS)
    tables = read_tables(PAPER / "tables")

    read = {plan for chapter in CHAPTERS.values() for plan in chapter.PLANS}
    assert read == plans
    for table in tables.values():
        assert set(table.plan.split(PARTED)) <= plans
        assert table.runs > 0
        assert re.fullmatch(r"[0-9a-f]{7,40}", table.commit)


def test_the_page_says_which_tables_each_figure_is_drawn_from() -> None:
    """Its rows name tables that a chapter stores, and no picture there is that it leaves out."""
    text = (PAPER / "README.md").read_text("utf-8")
    rows = [
        [re.findall(r"`([^`]+)`", cell) for cell in line.split("|")[1:3]]
        for line in text.splitlines()
        if line.startswith("   | `")
    ]

    known = {
        results.NAME, null.FUTURES, null.REGIONS, null.WAYS, null.CASES, influence_twelve.SWINGS,
        influence_twelve.KNOWING, influence_screened.RANKING, influence_screened.EFFECTS,
    }  # fmt: skip
    assert {name for _, tables in rows for name in tables} == known
    named = [name for figures, _ in rows for name in figures]
    for picture in (PAPER / "figures").glob("*.svg"):
        assert any(fnmatch(picture.stem, name) for name in named), picture.stem


def paper() -> tuple[str, str]:
    """The head of the paper and the rest of it."""
    head, rest = (PAPER / "paper.md").read_text("utf-8").removeprefix("---\n").split("\n---\n", 1)
    return head, rest


def test_the_paper_has_the_form_of_the_journal() -> None:
    """Title, tags, authors as in CITATION.cff, affiliations, date, bibliography; the sections."""
    head, rest = paper()
    citation = (DOCS.parent / "CITATION.cff").read_text("utf-8")

    for key in ("title", "tags", "authors", "affiliations", "date", "bibliography"):
        assert re.search(rf"^{key}:", head, re.MULTILINE), key
    assert re.findall(r'- name: "?([^"\n]+)', citation) == re.findall(
        r"^  - name: (.+)$", head.partition("affiliations:")[0], re.MULTILINE
    )
    assert re.search(r'^title: "(.+)"$', head, re.MULTILINE)[1] in citation  # type: ignore[index]
    assert re.findall(r"^# (.+)$", rest, re.MULTILINE) == SECTIONS


def test_the_paper_is_as_long_as_the_journal_asks() -> None:
    """Its words, without head, tables and references."""
    _, rest = paper()

    told = re.sub(r"<!-- table.*?<!-- end -->", "", rest.partition("# References")[0], flags=re.S)

    assert SHORTEST <= len(told.split()) <= LONGEST


def test_what_is_cited_is_in_the_bibliography_and_nothing_else() -> None:
    """Every key once, with author, title, year, and where it can be found."""
    _, rest = paper()
    entries = re.split(r"^@", (PAPER / "paper.bib").read_text("utf-8"), flags=re.MULTILINE)[1:]

    cited = set(re.findall(r"@([a-z]+\d{4})", rest))
    keys = [re.match(r"\w+\{(\w+),", one)[1] for one in entries]  # type: ignore[index]

    assert sorted(cited) == keys
    for entry in entries:
        assert all(f"  {field} = " in entry for field in ("author", "title", "year")), entry
        assert "  doi = {10." in entry or "  publisher = " in entry, entry


@pytest.mark.parametrize("name", sorted(CHAPTERS))
def test_a_chapter_is_whole(name: str) -> None:
    """It reads something, and can tell, draw and write."""
    chapter = CHAPTERS[name]

    assert chapter.PLANS
    assert all(callable(one) for one in (chapter.tables, chapter.figures, chapter.page))
