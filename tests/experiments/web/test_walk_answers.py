"""The answers and the report as readers meet them: wide and narrow, light and dark, by keyboard."""

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from experiments.report.page import write_report
from experiments.web.case import Case
from tests.experiments.result_folder import write_result_folder
from tests.experiments.web.browser import (
    DARK,
    DESK,
    Look,
    Server,
    Walker,
    reach_by_keyboard,
)

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

pytestmark = pytest.mark.long

NAMES = ("report.html", "summary.html")
ON_DISK = [
    *((name, DESK) for name in NAMES),
    *(pytest.param(name, look, marks=pytest.mark.soak)
      for name in NAMES for look in (DARK, Look(1280, "dark"), Look(390))),
]  # fmt: skip
"""A whole report is long to look over, so that the soak has the other looks."""


@pytest.fixture(scope="module")
def reported(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A finished comparison with its report."""
    folder = tmp_path_factory.mktemp("reported") / "out"
    write_result_folder(folder)
    write_report(folder)
    return folder


@pytest.fixture
def answers(server: Server, reported: Path) -> str:
    """The address of the answers of a case that has them."""
    case: Case = server.workroom.begin("School meals")
    case.answers.symlink_to(reported)
    return f"/cases/{case.name}/answers"


def test_the_first_page_fits_and_is_sound(walk: Walker, look: Look, answers: str) -> None:
    """In every look, with scripts and without."""
    page = walk.open(answers, look)

    walk.look_over(page)
    walk.narrow(page)
    walk.picture(page, f"answers-{look}")


@pytest.mark.parametrize("look", [DESK, pytest.param(DARK, marks=pytest.mark.soak)], ids=str)
def test_the_answers_are_read_part_by_part(walk: Walker, look: Look, answers: str) -> None:
    """From the first page through all parts by their links at the end; each fits and is sound."""
    page = walk.open(answers, look)
    with page.expect_navigation(wait_until="load"):
        page.locator(".read a").first.click()
    parts = 0
    while True:
        parts += 1
        name = page.url.rpartition("/")[2]
        walk.look_over(page)
        walk.narrow(page)
        walk.picture(page, f"answers-{name}-{look}")
        if not page.locator(".turn a[rel=next]").count():
            break
        with page.expect_navigation(wait_until="load"):
            page.locator(".turn a[rel=next]").click()

    assert parts >= 13


def test_without_a_run_the_way_on_is_shown(walk: Walker, look: Look) -> None:
    """A page that has nothing to say is a page like the others."""
    case = walk.server.workroom.begin("School meals")
    page = walk.open(f"/cases/{case.name}/answers", look)

    walk.look_over(page)
    walk.picture(page, f"answers-none-{look}")
    assert page.get_by_role("link", name="Go to the page Run").is_visible()


def test_the_keyboard_alone_opens_a_table_and_saves_it(walk: Walker, answers: str) -> None:
    """From the first page to the numbers of a picture, and their file."""
    page = walk.open(answers)
    reach_by_keyboard(page, "Where the pound goes")
    page.keyboard.press("Enter")
    page.wait_for_url("**/pound")

    reach_by_keyboard(page, "The numbers in this picture: Where £1 goes, Lowest price")
    page.keyboard.press("Enter")
    page.locator("details[open] table").first.wait_for()
    reach_by_keyboard(page, "Save as a spreadsheet file: Where £1 goes, Lowest price (pound-1.csv)")
    with page.expect_download() as saved:
        page.keyboard.press("Enter")

    assert saved.value.suggested_filename == "pound-1.csv"


@pytest.mark.parametrize(("name", "look"), ON_DISK, ids=str)
def test_the_report_opens_from_the_disk_with_the_network_gone(
    browser: "Browser", reported: Path, name: str, look: Look
) -> None:
    """No request, no word in the console, nothing that axe-core finds, nothing cut at the side."""
    asked: list[str] = []
    context = browser.new_context(
        viewport={"width": look.width, "height": 900}, color_scheme=look.scheme, offline=True
    )
    page: Page = context.new_page()
    page.on("console", lambda message: asked.append(f"console: {message.text}"))
    page.on("pageerror", lambda fault: asked.append(f"script: {fault}"))
    page.on("request", lambda request: asked.append(request.url))
    address = (reported / name).as_uri()
    page.goto(address)
    for summary in page.locator("summary").all()[:3]:
        summary.click()

    walker = Walker(browser, Server(address, None), _scripted={page})
    walker.look_over(page)
    walker.picture(page, f"{name.partition('.')[0]}-disk-{look}")
    walker.narrow(page)
    context.close()

    assert asked == [address]
