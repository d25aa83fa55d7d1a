"""Policies and ranges as readers meet them: wide or narrow, light or dark, scripts or none."""

import pytest

from experiments.web.case import Case
from experiments.web.chosen import Policies, Uncertain
from experiments.web.question import question_of
from tests.experiments.web.browser import Look, Walker, focused, reach_by_keyboard
from tests.experiments.web.placed import placed

pytestmark = pytest.mark.long


def test_policies_are_made_and_what_is_uncertain_is_said(walk: Walker, look: Look) -> None:
    """From a ready-made policy to a question that can be asked; each page passes axe and fits."""
    case = placed(walk.server.workroom.begin("Care at home"), "preston-2012", lawful=True)
    page = walk.open(f"/cases/{case.name}/policies", look)
    walk.look_over(page)
    walk.narrow(page)

    page.get_by_label("Reserved for mutuals").check()
    page.get_by_role("button", name="Add this policy").click()
    page.get_by_text("Something has to be put right").wait_for()
    walk.look_over(page)
    walk.picture(page, f"policies-fault-{look}")
    page.get_by_label("Social value weighting").check()
    page.get_by_role("button", name="Add this policy").click()
    walk.look_over(page)
    walk.narrow(page)
    walk.picture(page, f"policy-{look}")

    page.get_by_label("Home care").check()
    page.get_by_role("button", name="Change what is ticked").click()
    walk.look_over(page)
    walk.narrow(page)
    walk.picture(page, f"way-{look}")
    page.get_by_label("Ethical framework").check()
    page.get_by_role("button", name="Next: the details").click()
    page.get_by_label("Gate", exact=True).fill("999")
    page.get_by_role("button", name="Buy it this way").click()
    page.get_by_text("Something has to be put right").wait_for()
    walk.look_over(page)
    walk.narrow(page)
    walk.picture(page, f"settings-{look}")
    page.get_by_label("Gate", exact=True).fill("50")
    page.get_by_role("button", name="Buy it this way").click()
    page.get_by_role("link", name="Change what is done beside buying").click()
    page.get_by_label("Local lending").fill("250,000")
    walk.look_over(page)
    walk.narrow(page)
    walk.picture(page, f"beside-{look}")
    page.get_by_role("button", name="Keep this").click()
    page.get_by_role("link", name="All policies").click()
    walk.look_over(page)
    walk.picture(page, f"policies-{look}")
    page.get_by_role("button", name="Use these policies").click()

    assert page.get_by_role("heading", level=1).inner_text() == "What is uncertain?"
    walk.look_over(page)
    walk.narrow(page)
    walk.picture(page, f"uncertain-{look}")
    page.get_by_role("link", name="See all").click()
    page.get_by_label("Look for a word").fill("wage")
    page.get_by_role("button", name="Look", exact=True).click()
    walk.look_over(page)
    walk.narrow(page)
    walk.picture(page, f"uncertain-all-{look}")
    page.locator(".all a").first.click()
    page.get_by_label("Highest").first.fill("-7")
    page.get_by_role("button", name="Use these ranges").click()
    page.get_by_text("Something has to be put right").wait_for()
    walk.look_over(page)
    walk.picture(page, f"uncertain-fault-{look}")

    made = case.read(Policies)
    assert made is not None
    assert made.policies[1].choices["homecare"].settings == {"gate": 0.5}
    assert made.policies[1].pillars["inclusive_finance"] == 250_000
    case.write(Uncertain())
    assert "ethical_framework" in question_of(case)


def test_the_keyboard_alone_makes_a_policy(walk: Walker) -> None:
    """Tab, arrows, space and Enter are enough, and the links of the faults lead to their fields."""
    case: Case = placed(walk.server.workroom.begin("Care at home"), "village")
    page = walk.open(f"/cases/{case.name}/policies")

    reach_by_keyboard(page, "ready-1")
    page.keyboard.press("ArrowDown")
    reach_by_keyboard(page, "Add this policy")
    page.keyboard.press("Enter")
    page.get_by_role("heading", level=1, name="Lowest price").wait_for()
    reach_by_keyboard(page, "Change what is ticked")
    page.keyboard.press("Enter")
    page.get_by_text("Something has to be put right").wait_for()
    reach_by_keyboard(page, "Tick at least one kind of spending.")
    page.keyboard.press("Enter")
    assert focused(page) == "spending"
    reach_by_keyboard(page, "c-homecare")
    page.keyboard.press("Space")
    reach_by_keyboard(page, "Change what is ticked")
    page.keyboard.press("Enter")

    page.get_by_role("heading", level=1, name="How is it bought?").wait_for()
