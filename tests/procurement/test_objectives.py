"""Objectives are weighted with others, are about some needs, and are served by some ways."""

import pytest

from scenarios.read import draft_from_text
from simulation.model.check import registry_faults
from simulation.procurement.objectives import UNSERVED, Wanted, objective_served, objectives_for
from tests.procurement.markets import need
from tests.scenarios.village_text import TEXT

CARE, WORK, MONEY = "good care", "decent work", "money goes far"
EVERY = [
    Wanted(CARE, 0.5, ("ethical_framework", "social_value"), ("homecare",)),
    Wanted(WORK, 0.3, ("social_value",)),
    Wanted(MONEY, 0.2, ("lowest_price", "price_quality")),
]
WRITTEN = TEXT[TEXT.index("objectives = [") : TEXT.index("# --- Places")]


def wanting(category, every=EVERY):
    """A need of a category with the objectives that are about it."""
    wanted = objectives_for(category, every)
    return need(
        objectives=wanted.texts, objective_weights=wanted.weights, objective_ways=wanted.ways
    )


def village(objectives: str, say: str = ""):
    """The village with other objectives, and a say in them."""
    top = f"objectives = [\n{objectives}\n]\n{say}\n"
    return draft_from_text(TEXT.replace(WRITTEN, top), "village.toml")


@pytest.mark.parametrize(
    ("category", "way", "named"),
    [
        ("homecare", "ethical_framework", CARE),
        ("homecare", "social_value", CARE),
        ("facilities_management", "social_value", WORK),
        ("homecare", "lowest_price", MONEY),
        ("facilities_management", "ethical_framework", UNSERVED.format(WORK)),
    ],
)
def test_an_award_names_the_objective_that_its_way_of_buying_serves(category, way, named):
    """The weightiest of those about the need and meant for the way; where none is, that is said."""
    assert objective_served(wanting(category), way) == named


def test_without_ways_and_categories_the_weightiest_is_named():
    """The null: nothing is said of what serves what, and every award names the same."""
    bare = [Wanted(one.text, one.weight) for one in EVERY]

    named = {
        objective_served(wanting(category, bare), way)
        for category in ("homecare", "catering")
        for way in ("lowest_price", "social_value")
    }

    assert named == {CARE}
    assert objective_served(need(objectives=(), objective_weights=()), "social_value") == ""


def test_a_category_that_no_objective_is_about_is_held_to_all():
    """An objective list that forgets a category does not leave its awards without one."""
    about_care = [one._replace(ways=(), categories=("homecare",)) for one in EVERY]

    assert objective_served(wanting("catering", about_care), "lowest_price") == CARE


TWO = """{ id = "care", text = "Care", weight = 0.8, weights = { residents = 0.2 } },
{ id = "work", text = "Work", weight = 0.2, weights = { residents = 0.8 } },"""


@pytest.mark.parametrize(
    ("say", "weights"),
    [
        ("", (0.8, 0.2)),
        ("say = { residents = 0.0 }", (0.8, 0.2)),
        ("say = { residents = 0.5 }", (0.5, 0.5)),
        ("say = { residents = 1.0 }", (0.2, 0.8)),
    ],
)
def test_a_say_moves_weights_from_the_council_to_its_partners(say, weights):
    """None leaves the council's own weights; all of it leaves the others'."""
    text = TWO if say else TWO.replace(", weights = { residents = 0.2 }", "").replace(
        ", weights = { residents = 0.8 }", "")  # fmt: skip

    scenario = village(text, say).require()

    assert scenario.objective_weights() == pytest.approx(weights, abs=1e-12)


def test_every_fault_of_objectives_is_told_with_its_place():
    """A voice without say, weights that do not sum, too much say, unknown categories and ways."""
    text = TWO.replace("residents = 0.2", "residents = 0.1, partners = 1.0")
    text = text.replace('text = "Work",', 'text = "Work", categories = ["homecar"], ways = ["x"],')
    draft = village(text, "say = { residents = 0.7, others = 0.6 }")

    faults = [*draft.faults, *registry_faults(draft)]

    told = {fault.path: fault.found for fault in faults}
    assert told == {
        "objectives.care.weights.partners": '"partners"',
        "objectives.work.categories.0": '"homecar"',
        "objectives.work.ways.0": '"x"',
        "say.residents": "shares that sum to 0.9",
        "say.others": "shares that sum to 0",
        "say": "shares that sum to 1.3",
    }
    assert all(fault.line for fault in faults)
