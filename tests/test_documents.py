"""What the documents say of the code is so."""

import re
from pathlib import Path

import pytest
from typer.main import get_command
from typer.testing import CliRunner

ROOT = Path(__file__).resolve().parent.parent
MADE = ROOT / "docs" / "reference" / "made"
PAGES = sorted(
    [
        *ROOT.glob("*.md"),
        *(page for page in (ROOT / "docs").rglob("*.md") if MADE not in page.parents),
    ]
)
TO_BE_MADE = {
    MADE / f"{name}.md"
    for name in re.findall(
        r'^    "(\w+)": \w+,$', (ROOT / "docs" / "registers.py").read_text("utf-8"), re.MULTILINE
    )
}
"""Pages of the reference, which are there once the site is built."""

NOTEBOOKS = sorted((ROOT / "docs").rglob("*.ipynb"))


@pytest.mark.parametrize("page", [*PAGES, *NOTEBOOKS], ids=lambda page: page.name)
def test_every_link_leads_somewhere(page: Path) -> None:
    """A link to another file of the project finds it."""
    links = re.findall(r"\]\(([^)#:]+)(?:#[^)]*)?\)", page.read_text("utf-8"))

    targets = [(link, (page.parent / link).resolve()) for link in links]
    broken = [link for link, path in targets if not (path.exists() or path in TO_BE_MADE)]

    assert not broken


@pytest.mark.parametrize("page", NOTEBOOKS, ids=lambda page: page.name)
def test_a_notebook_is_whole_and_is_named_in_the_documents(page: Path) -> None:
    """Its format is valid, and a page leads a reader to it."""
    import nbformat

    nbformat.validate(nbformat.read(page, as_version=nbformat.NO_CONVERT))

    assert any(f"({page.relative_to(one.parent).as_posix()})" in one.read_text("utf-8")
               for one in PAGES if page.is_relative_to(one.parent))  # fmt: skip


def test_pictures_are_shown_and_small() -> None:
    """Each stands on the page of pictures with words in its place, and loads at once."""
    folder = ROOT / "docs" / "pictures"
    page = folder.with_suffix(".md").read_text("utf-8")

    shown = re.findall(r"^!\[(.+)\]\(pictures/(.+)\)$", page, re.MULTILINE)
    sizes = {one.name: one.stat().st_size for one in folder.iterdir()}

    assert sorted(name for _, name in shown) == sorted(sizes)
    assert not [name for name, size in sizes.items() if name != "narrow.png" and size > 60_000]
    assert sum(sizes.values()) < 2_500_000


def test_the_protocol_names_files_that_exist() -> None:
    """Every path that the ODD page gives is there."""
    text = (ROOT / "docs" / "odd.md").read_text("utf-8")

    named = re.findall(r"`((?:experiments|scenarios|simulation)/[\w/.]*)`", text)

    assert named
    assert not [path for path in named if not (ROOT / path).exists()]


def test_the_protocol_says_what_a_comparison_turns_on() -> None:
    """Treated, displacement, net gain and extra cost are told by the names that the code has."""
    from simulation.measures.catalogue import BY_NAME
    from simulation.model import policies

    text = (ROOT / "docs" / "odd.md").read_text("utf-8")
    told = dict(re.findall(r"^- \*([A-Z][\w ]+)\*(.+?)(?=^- |^$)", text, re.M | re.S))

    assert "`treated_of`" in told["Treated"]
    assert hasattr(policies, "treated_of")
    assert "displacement" in BY_NAME
    for word in ("Net gain", "Extra cost"):
        named = re.findall(r"`(\w+)`", told[word])
        assert named
        assert not [name for name in named if name not in BY_NAME]
    assert "simulation/measures/net.py" in told["Displacement"]


def test_the_protocol_tells_the_month_in_its_order() -> None:
    """The phases in section 1.3 are those that the model lives, in the same order."""
    from simulation.model.month import ACTS

    text = (ROOT / "docs" / "odd.md").read_text("utf-8")

    told = re.findall(r"^\d+\. \*([\w ]+)\*:", text, re.MULTILINE)

    assert told == list(ACTS)


def test_the_readme_names_commands_that_exist() -> None:
    """Each command of the table answers to `--help`, and no command is left out."""
    from experiments.cli.app import app

    table = re.findall(r"^\| `poundflow ([\w-]+)", (ROOT / "README.md").read_text("utf-8"), re.M)

    answered = {word: CliRunner().invoke(app, [word, "--help"]).exit_code for word in table}

    assert set(answered.values()) == {0}
    assert set(getattr(get_command(app), "commands", {})) == set(table)
