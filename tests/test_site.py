"""The documents as a site: it builds without a warning, whole, and loads nothing from outside."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
DOCS = ROOT / "docs"

LOADED = re.compile(
    r"<(?:script|img|iframe|source|object|embed)\b[^>]*\b(?:src|data)=\"(?:https?:)?//"
    r"|<link\b[^>]*\brel=\"(?!canonical)[^\"]*\"[^>]*\bhref=\"(?:https?:)?//"
    r"|@import\s+(?:url\()?[\"']?(?:https?:)?//|url\([\"']?(?:https?:)?//"
)
"""What would make a browser ask another machine."""


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site, built as `make docs` builds it; any warning is an error."""
    out = tmp_path_factory.mktemp("site")
    done = subprocess.run(
        [sys.executable, "-m", "sphinx", "-W", "--keep-going", "-q", "-b", "html", DOCS, out],
        cwd=ROOT, capture_output=True, text=True, check=False,
        env={"PYTHONPATH": str(ROOT), "PATH": ""},
    )  # fmt: skip
    assert done.returncode == 0, done.stderr[-4000:]
    return out


@pytest.mark.long
def test_every_page_is_on_the_site(site: Path) -> None:
    """Each page of the documents, the guides and the reference among them, became one of it."""
    pages = [page.relative_to(DOCS).with_suffix(".html") for page in DOCS.rglob("*.md")]

    assert len(pages) > 50
    assert not [page for page in pages if not (site / page).exists()]


@pytest.mark.long
def test_no_page_asks_another_machine_for_anything(site: Path) -> None:
    """Scripts, styles, fonts and pictures all come from the site itself."""
    asking = [
        path.relative_to(site)
        for path in (*site.rglob("*.html"), *site.rglob("*.css"))
        if LOADED.search(path.read_text("utf-8"))
    ]

    assert not asking


@pytest.mark.long
def test_the_reference_is_what_the_registers_hold(site: Path) -> None:
    """Every way of buying, assumption, measure, command and table has its line."""
    from typer.main import get_command

    from experiments.cli.app import app
    from experiments.runner.replicate import all_entries
    from simulation.measures.catalogue import BY_NAME
    from simulation.procurement.registry import names

    made = site / "reference" / "made"
    held = {
        "ways": names(),
        "assumptions": all_entries(),
        "measures": BY_NAME,
        "commands": getattr(get_command(app), "commands", {}),
        "data": [path.name for path in (ROOT / "scenarios" / "tables").glob("*.csv")],
    }

    for page, wanted in held.items():
        text = (made / f"{page}.html").read_text("utf-8")
        assert not [name for name in wanted if name not in text], page
