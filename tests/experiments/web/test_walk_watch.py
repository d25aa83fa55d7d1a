"""A run watched and a sweep explored as readers meet them, looked over by axe-core."""

from typing import TYPE_CHECKING

import pytest

from tests.experiments.swept import written
from tests.experiments.test_analyse import COST, INCOME, QUALITY, SPREAD, flat, income
from tests.experiments.web.browser import Look, Walker, reach_by_keyboard
from tests.experiments.web.watched_run import NAME, read, watched_run

if TYPE_CHECKING:
    from playwright.sync_api import Page

pytestmark = [pytest.mark.long, pytest.mark.compiled]


def opened(walk: Walker, address: str, look: Look) -> "Page":
    """A page, once what it waits for is there."""
    page = walk.open(address, look)
    for _ in range(60):
        again = page.get_by_role("link", name="Look again")
        if not again.count():
            return page
        page.wait_for_timeout(500)
        page.goto(f"{walk.server.address}{address}")
    raise AssertionError(f"{address} never came")


def test_a_run_is_stepped_through(walk: Walker, look: Look) -> None:
    """Choose a place; see a month, go on by its links; every page passes and fits."""
    watched_run(walk.server.workroom.settings.results, of=read())
    page = walk.open("/watch", look)
    walk.look_over(page)
    page.get_by_role("link", name="A village of ten firms").click()
    walk.look_over(page)
    walk.narrow(page)
    walk.picture(page, f"watch-form-{look}")
    page.get_by_label("How many months?").fill("0")
    page.get_by_role("button", name="Play it through").click()
    walk.look_over(page)

    page.goto(f"{walk.server.address}/watched/{NAME}/3")
    walk.look_over(page)
    page.get_by_role("link", name="Next month").first.click()
    assert "Month 4 of 7" in page.inner_text("main")
    page.get_by_text("The numbers in this picture").click()
    page.get_by_text("All months").click()
    walk.look_over(page)
    walk.narrow(page)
    walk.picture(page, f"watch-month-{look}")


def test_months_go_by_keyboard_and_play_on_demand(walk: Walker) -> None:
    """Arrow keys change the month; playing starts and ends with one button."""
    watched_run(walk.server.workroom.settings.results, of=read())
    page = walk.open(f"/watched/{NAME}/3")

    page.keyboard.press("ArrowRight")
    page.wait_for_url("**/4")
    page.keyboard.press("ArrowLeft")
    page.wait_for_url("**/3")
    reach_by_keyboard(page, "Go")
    reach_by_keyboard(page, "Play month by month")
    page.keyboard.press("Enter")
    page.wait_for_url("**/4?play=1")
    page.wait_for_url("**/5?play=1")
    page.get_by_role("button", name="Stop playing").click()
    page.wait_for_url("**/5")


def test_nothing_moves_for_who_wants_stillness(walk: Walker) -> None:
    """There is no button that plays; links and the slider do."""
    watched_run(walk.server.workroom.settings.results, of=read())

    page = walk.open(f"/watched/{NAME}/3", reduced_motion="reduce")

    assert page.get_by_role("button", name="Go").count() == 1
    assert page.get_by_role("button", name="Play").count() == 0


def test_a_sweep_is_explored(walk: Walker, look: Look) -> None:
    """Ask a question, narrow the futures, put right what was typed; every page passes and fits."""
    results = walk.server.workroom.settings.results
    measures = {
        INCOME: income(SPREAD),
        QUALITY: flat(price_quality=0.9, lowest_price=0.8, social_value=1.0),
        COST: flat(price_quality=1.5, lowest_price=1.6, social_value=1.7),
    }
    written(results / "spread", "latin_hypercube", SPREAD, measures, left_out=[7])
    page = walk.open("/sweeps", look)
    walk.look_over(page)

    for query in ("", "question=robustness", "question=pareto",
                  "question=discovery&policy=social_value&bid.own_pay-low=0.2"):  # fmt: skip
        page = opened(walk, f"/sweeps/spread?{query}", look)
        assert page.locator("svg").count()
        walk.look_over(page)
        walk.narrow(page)
        walk.picture(page, f"sweep-{query[9:14] or 'first'}-{look}")
    page.get_by_label("From", exact=True).first.fill("many")
    page.get_by_role("button", name="Show").click()

    page.get_by_text("Something has to be put right").wait_for()
    walk.look_over(page)
