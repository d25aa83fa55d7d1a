"""The page run as readers meet it; its commands live nothing, so that each moment can be seen."""

import time
from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest

from experiments.runner.jobs import Jobs
from experiments.web.case import Case
from tests.experiments.pressed import SLOWEST
from tests.experiments.web import run_made
from tests.experiments.web.browser import Look, Walker, focused, reach_by_keyboard, settle
from tests.experiments.web.run_made import finish, give_place, hold, label_folder

if TYPE_CHECKING:
    from playwright.sync_api import Page

pytestmark = pytest.mark.long


@pytest.fixture(autouse=True)
def jobs(monkeypatch: pytest.MonkeyPatch, case: Case) -> Iterator[Jobs]:
    """The queue as another server would see it; no command lives anything, none outlives a test."""
    run_made.little_commands(monkeypatch)
    queue = Jobs(case.folder.parents[1] / "jobs")
    yield queue
    for one in queue.of_case(case.name):
        queue.stop(one.job)


def wait_for(page: "Page", jobs: Jobs, case: Case, status: str) -> None:
    """Wait until the last run of a case stands so; the browser goes on meanwhile."""
    until = time.monotonic() + SLOWEST
    while (found := jobs.of_case(case.name)[0]).status != status:
        assert time.monotonic() < until, found
        page.wait_for_timeout(50)


def test_a_run_is_begun_watched_stopped_and_finished(
    walk: Walker, look: Look, case: Case, jobs: Jobs
) -> None:
    """Each moment is a page that axe-core passes and that fits; with scripts it moves by itself."""
    page = walk.open(f"/cases/{case.name}/run", look)
    walk.look_over(page)
    give_place(case)
    page.reload()
    walk.look_over(page)
    walk.narrow(page)
    walk.picture(page, f"run-before-{look}")

    page.get_by_label("My own numbers").check()
    page.get_by_label("Futures, for").fill("1")
    page.get_by_role("button", name="Start").click()
    page.get_by_text("Something has to be put right").wait_for()
    walk.look_over(page)
    walk.picture(page, f"run-fault-{look}")
    held = hold(case)
    page.get_by_label("Futures, for").fill("6")
    page.get_by_role("button", name="Start").click()
    page.get_by_role("heading", name="Your run is under way").wait_for()
    label_folder(case, 6)
    for future in range(3):
        finish(case, future)
    finish(case, 3, {"lowest_price": "ValueError: nobody may bid for homecare in this future"})
    if not look.script:
        page.get_by_role("link", name="Show how far it is now").click()
    page.get_by_text("4 of 6 futures are finished").wait_for()
    page.get_by_role("heading", name="So far, and not final").wait_for()
    walk.look_over(page)
    walk.narrow(page)
    walk.picture(page, f"run-under-way-{look}")

    page.get_by_role("button", name="Stop, and keep").click()
    wait_for(page, jobs, case, "stopped")
    if not look.script:
        settle(page)
        page.reload()
    page.get_by_role("heading", name="Your run was stopped").wait_for()
    walk.look_over(page)
    walk.narrow(page)
    walk.picture(page, f"run-stopped-{look}")

    page.get_by_role("button", name="Go on").click()
    page.get_by_role("heading", name="Your run is under way").wait_for()
    finish(case, 4)
    finish(case, 5)
    held.unlink()
    wait_for(page, jobs, case, "finished")
    if not look.script:
        settle(page)
        page.reload()
    page.get_by_role("heading", name="Your run is finished").wait_for()
    assert page.get_by_role("link", name="Read the answers").count() == 1
    walk.look_over(page)
    walk.narrow(page)
    walk.picture(page, f"run-finished-{look}")


def test_a_run_that_failed_is_a_page_like_the_others(
    walk: Walker, look: Look, case: Case, jobs: Jobs
) -> None:
    """What the program said, and a way to try again."""
    give_place(case)
    (case.folder / "refuse").write_text("the scenario has no home care\n" + "long " * 60)
    page = walk.open(f"/cases/{case.name}/run", look)
    page.get_by_role("button", name="Start").click()
    wait_for(page, jobs, case, "failed")
    page.goto(f"{walk.server.address}/cases/{case.name}/run")

    page.get_by_role("heading", name="Your run failed").wait_for()
    walk.look_over(page)
    walk.narrow(page)
    walk.picture(page, f"run-failed-{look}")


def test_the_keyboard_alone_begins_and_stops_a_run(walk: Walker, case: Case, jobs: Jobs) -> None:
    """Tab, the arrows and Enter are enough."""
    give_place(case)
    hold(case)
    page = walk.open(f"/cases/{case.name}/run")

    reach_by_keyboard(page, "effort-1")
    page.keyboard.press("ArrowDown")
    assert focused(page) == "effort-2"
    reach_by_keyboard(page, "Start")
    page.keyboard.press("Enter")
    page.get_by_role("heading", name="Your run is under way").wait_for()
    reach_by_keyboard(page, "Stop, and keep what is finished")
    page.keyboard.press("Enter")

    wait_for(page, jobs, case, "stopped")
    page.get_by_role("heading", name="Your run was stopped").wait_for()
    [state] = jobs.of_case(case.name)
    assert (state.status, state.arguments[5]) == ("stopped", "20")
