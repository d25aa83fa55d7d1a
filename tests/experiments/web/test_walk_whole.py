"""The whole path as an officer walks it, with nothing made up behind it: payments to report."""

from pathlib import Path
from urllib.parse import urlsplit

import pytest

from tests.command_files import make
from tests.experiments.web.browser import DESK, PLAIN, Look, Walker, came

pytestmark = pytest.mark.long

PATIENCE_SECONDS = 240
"""How long a run of two futures may take on a busy machine."""


@pytest.mark.compiled
@pytest.mark.parametrize(
    "look",
    [DESK, pytest.param(PLAIN, marks=pytest.mark.soak)],
    ids=str,
)
def test_from_payments_to_a_report(walk: Walker, look: Look, tmp_path: Path) -> None:
    """Begin, upload, confirm, build, look, choose, run, read; every page passes axe and fits."""
    make(tmp_path)
    page = walk.open("/", look)

    page.get_by_label("What is it about?").fill("School meals")
    page.get_by_role("button", name="Begin").click()
    page.get_by_label("Which council paid?").fill("Oldham")
    page.get_by_label("Files of payments").set_input_files(
        [tmp_path / "april.csv", tmp_path / "may.xlsx"]
    )
    page.get_by_label("A register of contracts").set_input_files(tmp_path / "contracts.csv")
    page.get_by_role("button", name="Read the files").click()
    came(page, "Is this what your files say?", look, PATIENCE_SECONDS)
    walk.look_over(page)
    page.get_by_role("button", name="Go on").click()
    came(page, "Your place is ready", look, PATIENCE_SECONDS)
    page.get_by_role("button", name="Next: what is known of it today").click()
    came(page, "Who was paid", look, PATIENCE_SECONDS)
    walk.look_over(page)

    page.get_by_role("link", name="Policies").first.click()
    for policy in ("Lowest price", "Social value weighting"):
        page.get_by_label(policy, exact=True).check()
        page.get_by_role("button", name="Add this policy").click()
        page.get_by_role("link", name="All policies").click()
    page.get_by_role("button", name="Use these policies").click()
    page.get_by_role("button", name="Use these ranges").click()

    page.get_by_label("My own numbers").check()
    page.get_by_label("Futures, for").fill("2")
    page.get_by_label("Months in each").fill("12")
    page.get_by_role("button", name="Start").click()
    came(page, "Your run is finished", look, PATIENCE_SECONDS)
    walk.look_over(page)
    page.get_by_role("link", name="Read the answers").click()
    walk.look_over(page)
    walk.narrow(page)
    walk.picture(page, f"whole-answers-{look}")
    plain = walk.open(urlsplit(page.url).path, PLAIN)
    walk.look_over(plain)
    assert plain.inner_text("h1") == page.inner_text("h1")

    page.get_by_role("link", name="The whole report as one page").click()
    page.get_by_role("heading", name="What the model cannot say").wait_for()
    walk.look_over(page)
    text = page.inner_text("main")
    assert "Oldham" in text
    assert "Social value weighting" in text
