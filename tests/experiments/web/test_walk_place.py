"""Place and today as readers meet them: wide and narrow, light and dark, with scripts or not."""

import re
from pathlib import Path

import pytest

from experiments.web.case import Case
from tests.experiments.web.browser import Look, Walker, reach_by_keyboard
from tests.experiments.web.little_jobs import LittleJobs
from tests.experiments.web.little_lists import ROWS, SCRIPT, as_csv, paid

pytestmark = pytest.mark.long


@pytest.fixture
def at_once(monkeypatch: pytest.MonkeyPatch) -> LittleJobs:
    """A server whose commands are lived in this process, for they are not what is looked at."""
    found = LittleJobs()
    monkeypatch.setattr("experiments.web.app.Jobs", lambda _: found)
    return found


@pytest.fixture
def listed(tmp_path: Path) -> Path:
    """A list of payments, with script in a name."""
    path = tmp_path / "april <b>2024.csv"
    path.write_bytes(as_csv([*ROWS, *paid(SCRIPT)]))
    return path


def test_payments_become_a_place_and_what_is_known_of_it(
    at_once: LittleJobs, walk: Walker, look: Look, case: Case, listed: Path
) -> None:
    """Upload, confirm, build, look: each page passes axe-core and fits."""
    page = walk.open(f"/cases/{case.name}/place", look)
    walk.look_over(page)
    walk.narrow(page)
    walk.picture(page, f"place-{look}")

    page.get_by_role("button", name="Read the files").click()
    page.get_by_role("link", name="Choose at least one file of payments.").wait_for()
    walk.look_over(page)

    page.get_by_label("Which council paid?").fill("Lancashire County Council")
    page.get_by_label("Files of payments").set_input_files(listed)
    page.get_by_role("button", name="Read the files").click()
    page.get_by_role("heading", name="Whose payments are these?").wait_for()
    walk.look_over(page)
    page.get_by_label("Lancashire County Council, looking at Burnley").check()
    page.get_by_role("button", name="Read the payments").click()

    page.get_by_role("heading", name="Is this what your files say?").wait_for()
    walk.look_over(page)
    walk.narrow(page)
    walk.picture(page, f"place-confirm-{look}")
    page.get_by_label("5. Reference").select_option("supplier_id")
    page.get_by_role("button", name="Go on").click()
    page.get_by_text("set by you").wait_for()
    page.get_by_role("button", name="Go on").click()

    page.get_by_role("heading", name="Your place is ready").wait_for()
    walk.look_over(page)
    walk.picture(page, f"place-ready-{look}")
    page.get_by_role("button", name="Next: what is known of it today").click()

    page.get_by_role("heading", name="Who was paid").wait_for()
    walk.look_over(page)
    walk.narrow(page)
    walk.picture(page, f"today-{look}")
    with page.expect_download() as got:
        page.locator("[href$='by-supplier.csv']").click()
    assert "Fencing" in Path(got.value.path()).read_text("utf-8-sig")


def test_refused_files_and_a_failed_building_are_pages_too(
    at_once: LittleJobs, walk: Walker, case: Case, tmp_path: Path
) -> None:
    """What happened and what next can be read by everybody."""
    path = tmp_path / "april.csv"
    path.write_bytes(as_csv(head=("Payment Date", "Whom", "Amount", "Expense Type", "Reference")))
    page = walk.open(f"/cases/{case.name}/place")
    page.get_by_label("Which council paid?").fill("Tameside")
    page.get_by_label("Files of payments").set_input_files(path)
    page.get_by_role("button", name="Read the files").click()
    page.get_by_role("heading", name="Your files could not be read").wait_for()
    walk.look_over(page)
    walk.picture(page, "place-refused")

    at_once.hold, at_once.message = "failed", "place.toml: found no room; wanted some."
    page.get_by_label("Search for a district").fill("Tamside")
    page.get_by_role("button", name="Search").click()
    page.get_by_role("button", name="Build this place").click()
    page.get_by_role("heading", name="The place could not be built").wait_for()
    walk.look_over(page)


def test_a_place_is_built_by_its_job_and_the_keyboard_alone(walk: Walker, case: Case) -> None:
    """The page follows the job; closed and opened again, it shows where it is."""
    page = walk.open(f"/cases/{case.name}/place")
    reach_by_keyboard(page, "q")
    page.keyboard.type("Newcastle")
    page.keyboard.press("Enter")
    page.get_by_text("2 found for “Newcastle”").wait_for()
    reach_by_keyboard(page, "code-1")
    page.keyboard.press("ArrowDown")
    reach_by_keyboard(page, "Build this place")
    page.keyboard.press("Enter")
    page.get_by_text(re.compile("Building the place|is ready")).first.wait_for()
    page.close()

    again = walk.open(f"/cases/{case.name}/place")
    again.get_by_role("heading", name="Your place is ready").wait_for(timeout=120_000)
    assert again.locator("main strong").inner_text() == "Newcastle upon Tyne"
    assert case.place_file.is_file()
