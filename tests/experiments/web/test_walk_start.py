"""The first pages as readers meet them: wide and narrow, light and dark, with scripts or not."""

import re
from typing import TYPE_CHECKING

import pytest

from experiments.web.workroom import Workroom
from tests.experiments.web.browser import Look, Walker, focused, reach_by_keyboard, served

if TYPE_CHECKING:
    from playwright.sync_api import Browser

pytestmark = pytest.mark.long


def test_a_case_is_begun_renamed_copied_and_deleted(walk: Walker, look: Look) -> None:
    """Every step is a page that axe-core passes and that fits, and nothing is loaded from afar."""
    page = walk.open("/", look)
    walk.look_over(page)
    walk.narrow(page)

    page.get_by_role("button", name="Begin").click()
    assert page.title().startswith("Error: ")
    page.locator(".faults:focus" if look.script else ".faults").wait_for()
    walk.look_over(page)
    walk.picture(page, f"start-fault-{look}")
    case = walk.server.workroom.begin("School meals <b>from</b> 2027")
    page.goto(f"{walk.server.address}/")
    page.get_by_role("link", name=re.compile("Rename, copy or delete")).click()
    page.get_by_label("Name of the case").fill("School meals, from 2028")
    walk.narrow(page)
    page.get_by_role("button", name="Rename").click()
    page.get_by_text("The new name is kept.").wait_for()
    walk.look_over(page)
    walk.picture(page, f"keep-{look}")
    copy = walk.server.workroom.copy(case, "What if: School meals, from 2028")
    page.goto(f"{walk.server.address}/")
    walk.picture(page, f"start-{look}")
    assert page.locator(".cases li").count() == 2

    page.goto(f"{walk.server.address}/cases/{copy.name}/keep")
    page.get_by_role("button", name="Delete").click()
    assert page.get_by_text("Tick the box").count() == 2
    page.get_by_label("Yes, delete").check()
    page.get_by_role("button", name="Delete").click()

    page.get_by_text("The case is deleted").wait_for()
    walk.look_over(page)
    assert not copy.folder.exists()
    assert case.folder.exists()


def test_words_are_explained(walk: Walker, look: Look) -> None:
    """The page of words is one that anybody can read, and a link leads to one word."""
    page = walk.open("/help#tender", look)

    assert page.locator("#tender").is_visible()
    walk.look_over(page)
    walk.narrow(page)
    walk.picture(page, f"help-{look}")


def test_a_page_that_is_not_there_says_so(walk: Walker, look: Look) -> None:
    """The page of a fault is a page like the others."""
    page = walk.open("/nothing-here", look, refused=True)

    assert page.get_by_role("heading", level=1).inner_text() == "This page is not here"
    walk.look_over(page)
    walk.picture(page, f"fault-{look}")


def test_the_keyboard_alone_begins_a_case(walk: Walker) -> None:
    """The first stop skips to the content; every stop is seen; a form is sent by Enter."""
    page = walk.open("/")

    page.keyboard.press("Tab")
    assert focused(page) == "Skip to the content"
    page.keyboard.press("Enter")
    assert page.evaluate("location.hash") == "#main"
    reach_by_keyboard(page, "title")
    page.keyboard.press("Enter")
    page.get_by_text("Something has to be put right").wait_for()
    reach_by_keyboard(page, "Give the case a title, such as “School meals, from 2027”.")
    page.keyboard.press("Enter")

    assert focused(page) == "title"


def test_forced_colours_and_still_pages_keep_what_is_said(walk: Walker) -> None:
    """A reader with colours and stillness of their own loses nothing."""
    page = walk.open("/", forced_colors="active", reduced_motion="reduce")
    page.get_by_role("button", name="Begin").click()

    walk.look_over(page, but=("color-contrast",))  # the colours are the reader's
    walk.picture(page, "start-forced")


def test_signing_in_and_out(browser: "Browser", workroom: Workroom, look: Look) -> None:
    """With a password, every page leads to signing in first, then on to where one wanted to go."""
    from argon2 import PasswordHasher

    with served(workroom, password=PasswordHasher(1, 8, 1).hash("a long enough one")) as server:
        walk = Walker(browser, server)
        page = walk.open("/help", look)
        walk.look_over(page)
        walk.narrow(page)
        walk.picture(page, f"sign-in-{look}")
        page.get_by_label("Password").fill("a wrong one")
        page.keyboard.press("Enter")
        page.get_by_text("Something has to be put right").wait_for()
        page.get_by_label("Password").fill("a long enough one")
        page.get_by_role("button", name="Sign in").click()
        assert page.get_by_role("heading", level=1).inner_text() == "Words explained"
        walk.look_over(page)
        page.get_by_role("button", name="Sign out").click()
        page.goto(f"{server.address}/help")

        assert page.get_by_role("heading", level=1).inner_text() == "Sign in"
        walk.close()
