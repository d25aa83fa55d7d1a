"""The whole path by the keyboard alone, from a place of the shelf to a report that is kept."""

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.experiments.web.browser import DESK, PLAIN, Look, Walker, came, focused
from tests.experiments.web.keys import Keys
from tests.experiments.web.run_made import shorten

if TYPE_CHECKING:
    from playwright.sync_api import Page

pytestmark = [pytest.mark.long, pytest.mark.compiled]

PATIENCE_SECONDS = 900
"""How long a run of two futures may take on a machine that is busy with much else."""


@pytest.mark.parametrize("look", [DESK, pytest.param(PLAIN, marks=pytest.mark.soak)], ids=str)
def test_the_keyboard_alone_comes_from_a_place_to_a_report(
    walk: Walker, look: Look, tmp_path: Path
) -> None:
    """Tab, Shift+Tab, Enter, Space, arrows and letters: no hand touches a mouse."""
    page = walk.open("/", look)
    keys = Keys(page)

    keys.go("Begin", role="button")
    keys.press("Enter")
    come(page, "Something has to be put right")
    if look.script:
        assert page.evaluate("document.activeElement.className") == "faults"
    keys.go("Give the case a title", role="link")
    keys.press("Enter")
    assert focused(page) == "title"
    keys.type("School meals")
    keys.press("Enter")

    come(page, "Your place")
    keys.go("Take this place", role="button", of="A village")
    keys.press("Enter")
    come(page, "Your place is ready")
    [case] = walk.server.workroom.all()
    shorten(case)

    keys.go("Next: what is known of it today", role="button")
    keys.press("Space")
    came(page, "Next: what would you buy in another way?", look, PATIENCE_SECONDS, role="link")
    keys.go("Next: what would you buy in another way?", role="link")
    keys.press("Enter")

    for policy in ("Lowest price", "Social value weighting"):
        come(page, "Which policies do you want to compare?")
        keys.go("", role="radio")
        keys.choose(policy)
        keys.press("Tab")
        while not str(keys.stands()).startswith("button"):
            keys.press("Tab")
        keys.press("Enter")
        come(page, policy)
        keys.go("All policies", role="link")
        keys.press("Enter")
    come(page, "Which policies do you want to compare?")
    keys.go("Use these policies", role="button")
    keys.press("Enter")

    come(page, "What is uncertain?")
    keys.go("Use these ranges", role="button")
    keys.press("Enter")

    come(page, "Run")
    keys.go("", role="radio")
    keys.choose("My own numbers")
    keys.press("Tab")
    keys.type("2")
    keys.press("Tab")
    keys.type("6")
    keys.press("Tab", "Enter")
    came(page, "Your run is finished", look, PATIENCE_SECONDS)
    keys.go("Read the answers", role="link")
    keys.press("Enter")

    come(page, "Answers")
    keys.go("The same as a file", role="link")
    with page.expect_download() as saved:
        keys.press("Enter")
    assert saved.value.suggested_filename == "report.html"
    saved.value.save_as(tmp_path / "report.html")
    assert "What the model cannot say" in (tmp_path / "report.html").read_text("utf-8")


def come(page: "Page", heading: str) -> None:
    """Wait until the page of a heading has come."""
    page.get_by_role("heading", name=heading, exact=True).first.wait_for()
    page.wait_for_load_state()
