"""A policy that names options assesses them, pays for it, learns, and commissions anew."""

import pytest

from experiments.runner.replicate import assumptions_of
from scenarios.read import read_scenario
from simulation.accounting.books import Books
from simulation.accounting.digest import digest
from simulation.model.run import live, prepare
from tests.model.founded import SHORT
from tests.model.test_policies import faults

OTHERS = '[{regime="insourcing"},{regime="cooperative_membership"},{regime="incubated_coop"}]'
MONTHS = 30
SURE = {"option.error": 0.0, "option.optimism": 0.0}


def lived(others: str, rules: str = "", **values: float) -> Books:
    """Live the village under a policy with options."""
    sets = ['policies.told.regime="price_quality"', 'compare.regimes=["told", "insourcing"]']
    sets += [f"policies.told.options={others}"] if others else []
    sets += [f"policies.told.rules={rules}"] if rules else []
    scenario = read_scenario("village", tuple(sets))
    changed = {name.replace("__", "."): value for name, value in values.items()}
    place = prepare(scenario, assumptions_of(scenario, {**SHORT, **changed}), 1)
    return live(place, "told", MONTHS)


@pytest.mark.compiled
def test_no_options_is_the_policy_itself() -> None:
    """The null: a policy without options, and one whose only option is its own way at no cost."""
    alone = lived("")

    same = lived('[{regime="price_quality"}]', option__hours=0.0, option__review_months=0.0)

    assert alone.meta.appraisals == ()
    assert same.meta.appraisals
    assert digest(same) == digest(alone)


@pytest.mark.compiled
def test_what_is_chosen_stands_and_has_the_highest_score() -> None:
    """Of all that best value leaves, in every assessment that left anything."""
    made = lived(OTHERS, option__hours=0.0, option__review_months=0.0, option__stands_months=60.0)
    chosen = [one for one in made.meta.appraisals if one["chosen"] is not None]

    assert chosen
    for one in chosen:
        best = one["options"][one["chosen"]]
        standing = [option for option in one["options"] if not option["refused"]]
        assert best in standing
        assert best["score"] == max(option["score"] for option in standing)


@pytest.mark.compiled
def test_assessing_costs_hours_that_the_budget_bears() -> None:
    """Dearer assessment that begins with the same choice: more process cost for the buyer."""
    free, paid = (
        lived(OTHERS, option__hours=hours, option__review_months=0.0, option__error=0.0)
        for hours in (0.0, 40.0)
    )

    def process(books: Books) -> int:
        return int(books.tables["needs"]["buyer_process_pence"].sum())

    assert free.meta.appraisals[0]["chosen"] == paid.meta.appraisals[0]["chosen"]
    assert process(paid) > process(free)


@pytest.mark.compiled
def test_what_came_is_kept_beside_what_was_expected() -> None:
    """Each assessment knows its awards, and what a unit of the option chosen has cost."""
    books = lived(OTHERS)

    known = [one for one in books.meta.appraisals if one["found"]]
    entries = set(books.tables["arrangements"]["arrangement"].tolist())
    assert known
    for one in known:
        assert set(one["awards"]) <= entries
        assert one["found"]["unit_cost"] > 0.0


@pytest.mark.compiled
def test_a_broken_arrangement_is_assessed_anew_with_what_was_learned() -> None:
    """A review that bears no miss breaks what hope chose; the record then speaks against it."""
    books = lived(OTHERS, option__optimism=0.4, option__tolerance=0.05, option__notice_months=0.0)

    again = [one for one in books.meta.appraisals if one["why"]]
    endings = [text for text in books.meta.texts if "broken after a review" in text]
    assert again
    assert endings
    for later in again:
        first = next(one for one in books.meta.appraisals if one["category"] == later["category"])
        seen, known = (
            sum(option["months_seen"] for option in one["options"]) for one in (first, later)
        )
        assert known > seen


@pytest.mark.compiled
def test_without_reviews_nothing_is_broken() -> None:
    """The null of stewardship: no review, no break."""
    books = lived(OTHERS, option__review_months=0.0)

    assert books.meta.appraisals
    assert not any(one["why"] for one in books.meta.appraisals)


def test_options_are_checked_like_other_ways_of_buying() -> None:
    """An unknown way and an unknown parameter are told at their places, all at once."""
    found = faults(
        (
            'policies.mix.regime="price_quality"',
            'policies.mix.options=[{regime="grannt"}, {regime="grant", parameters={mach=0.1}}]',
        )
    )

    said = {fault.path: fault for fault in found}
    assert "`grant`" in str(said["policies.mix.options.0.regime"])
    assert "`match`" in str(said["policies.mix.options.1.parameters.mach"])


def test_an_option_that_the_law_never_allows_names_its_article() -> None:
    """A mutual's contract of nine years is refused at the option, with the law of its date."""
    found = faults(
        (
            'policies.mix.regime="price_quality"',
            'policies.mix.options=[{regime="reserved_mutual", parameters={term_years=9}}]',
        ),
        ["mix", "price_quality"],
    )

    paths = {fault.path: str(fault) for fault in found}
    at = "policies.mix.options.0.parameters.term_years"
    assert "Public Contracts Regulations 2015, reg. 77, allows no more" in paths[at]
    assert "from 2025-03 Procurement Act 2023, s. 33, allows 5" in paths[at]
