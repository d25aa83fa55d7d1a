"""The catalogue as a whole: every promised name, a unit for each, answers or reasons, no more."""

import math

import pytest

from experiments.validation.little_town import (
    REST_FIRMS,
    REST_HOMES,
    A,
    B,
    bought,
    flows,
    little_books,
    rows,
)
from scenarios.vocabulary import Kind
from simulation.accounting.books import Books
from simulation.measures.catalogue import BY_NAME, CATALOGUE, evaluate, evaluate_paired, view_of
from simulation.measures.measure import TIERS
from simulation.measures.portrait import portrait
from simulation.measures.view import View
from tests.measures.test_lm3 import worked_books

PROMISED = """
local_income_multiplier traced_multiplier traced_round_1 traced_round_2 traced_round_3
lm3_council lm3_contract sam_type1 sam_type2 marginal_multiplier retention_mean_months
retention_half_life net_local_income local_share_based local_share_owned sme_share coop_share
vcse_share unit_cost_premium lowest_bid_premium unmet_need cost_per_delivered_unit quality
bids_per_tender single_bid_share supplier_hhi process_cost social_value_claimed
social_value_verified social_value_delivered jobs resident_jobs gini_income wealth_share_bottom50
wealth_share_top10 wealth_median displacement living_wage_share losers_share top_five_share
disposable_income outlay budget_year retained_share idle_share pound_to_residents_pay
pound_to_local_suppliers pound_to_local_profit pound_to_outside_pay pound_to_outside_suppliers
pound_to_outside_profit pound_to_tax pound_to_kept profit_owner_local profit_owner_outside
profit_owner_coop profit_owner_vcse profit_owner_public
"""


def test_every_promised_measure_is_in_the_catalogue_once():
    """Names that reports and tables rely on exist; none stands twice."""
    deciles = {f"income_decile_{tenth}" for tenth in range(1, 11)}

    assert set(PROMISED.split()) | deciles <= set(BY_NAME)
    assert len(BY_NAME) == len(CATALOGUE)


@pytest.mark.parametrize("measure", CATALOGUE, ids=lambda one: one.name)
def test_every_measure_says_what_it_is(measure):
    """A unit, a sentence and a source; paired ones need a pair and the others do not."""
    assert measure.unit
    assert measure.source
    assert measure.what.endswith(".")
    assert (measure.of_pair is not None) == (measure.nature == "paired")
    assert (measure.of_run is None) == (measure.nature == "paired")
    assert set(measure.tiers) <= set(TIERS)


def test_empty_books_have_reasons_and_no_numbers():
    """Where nothing is known every value is None, with a why; never a not-a-number."""
    for one in evaluate(little_books()):
        assert one.value is None
        assert one.why


def test_answers_are_numbers_or_reasons():
    """No outcome has both or neither, and no value is a not-a-number."""
    for one in evaluate(worked_books(payroll=(8_000, 10_000))):
        assert (one.value is None) == bool(one.why)
        assert one.value is None or math.isfinite(one.value)


def test_a_tier_that_the_tree_lacks_is_a_reason():
    """The little shire lies in no region."""
    found = {(one.measure, one.tier): one for one in evaluate(worked_books(), ["region"])}

    assert "no region" in found["local_share_based", "region"].why


def test_only_the_asked_tiers_are_answered_where_place_enters():
    """Measures without a place are told for `all` whatever is asked."""
    tiers = {(one.measure, one.tier) for one in evaluate(worked_books(), ["county"])}

    assert {tier for name, tier in tiers if name == "lm3_council"} == {"county"}
    assert {tier for name, tier in tiers if name == "sme_share"} == {"all"}


def test_a_flow_is_summed_over_the_window_and_then_divided():
    """Town suppliers get 1 of 2 and then 0 of 8: in both months a tenth, not a quarter."""
    books = Books(
        little_books(months=2).meta,
        little_books(
            purchases=rows(
                "purchases",
                (1, 0, A, 0, 0, 0, 1),
                (1, 0, B, 0, 0, 0, 1),
                (2, 0, B, 0, 0, 0, 8),
            )
        ).tables,
    )

    both, first = (
        BY_NAME["local_share_based"].of_run(view_of(books, window), "district")
        for window in (None, (1, 1))
    )

    assert (both, first) == (pytest.approx(0.1), pytest.approx(0.5))


def test_months_before_the_story_tell_the_built_state():
    """Rows of month 0 and before are the built state's and no part of the window."""
    books = little_books(
        months=1,
        purchases=rows("purchases", (0, 0, A, 0, 0, 0, 1), (1, 0, B, 0, 0, 0, 1)),
    )

    found = {
        one.month: one.value
        for one in evaluate(books, ["district"])
        if one.measure == "local_share_based"
    }

    assert found == {0: 0.0, -1: 1.0}


def two_runs():
    """From one built state, in which a penny went to A: 7 pence go to A, or to B."""
    opening = (0, 0, A, 0, 0, 0, 1)
    return (
        little_books(months=1, purchases=rows("purchases", opening, (1, 0, seller, 0, 0, 0, 7)))
        for seller in (A, B)
    )


def test_runs_that_share_their_built_state_tell_it_alike():
    """Sums of the built state taken over from another run give what this run's own would give."""
    one, other = two_runs()
    first = view_of(one)
    evaluate(first)

    assert evaluate(other, like=first) == evaluate(other)


def test_a_run_that_tells_no_built_state_keeps_its_own_sums():
    """Asked for the window alone, 7 pence to B, it takes over nothing of a run that paid A."""
    one, other = two_runs()
    first = view_of(one)
    evaluate(first)

    found = evaluate(other, ["district"], built=False, like=first)

    told = {(answer.measure, answer.month): answer.value for answer in found}
    assert told["local_share_based", 0] == 0.0
    assert {month for _, month in told} == {0}


def test_buyers_of_two_towns_sum_their_pence():
    """Each council's town is its own: 3 of 10 and 8 of 30 make 11 of 40."""
    books = little_books(
        purchases=rows(
            "purchases",
            (1, 0, A, 0, 0, 0, 3),
            (1, 0, B, 0, 0, 0, 7),
            (1, 2, A, 0, 0, 0, 22),
            (1, 2, B, 0, 0, 0, 8),
        )
    )
    meta = books.meta.__class__(
        **{
            name: getattr(books.meta, name)
            for name in books.meta.__dataclass_fields__
            if name not in ("buyer_rows", "buyer_areas", "buyer_ids")
        },
        buyer_rows=(0, 2),
        buyer_areas=(0, 1),
        buyer_ids=("town", "rest"),
    )

    found = BY_NAME["local_share_based"].of_run(View(Books(meta, books.tables)), "district")

    assert found == pytest.approx(11 / 40)


@pytest.mark.parametrize("tier", ["district", "county", "uk", "neighbours", "all"])
def test_the_parts_of_a_pound_sum_to_one(tier):
    """Whatever the place, all of the pound goes somewhere."""
    parts = portrait(View(worked_books(payroll=(8_000, 10_000))), tier)

    assert sum(parts.values()) == pytest.approx(1.0)
    assert min(parts.values()) >= 0.0


def test_the_pound_of_the_worked_example():
    """Staff get 80 of 200, town pay 30 + 10 more; B keeps 20 for owners outside."""
    parts = portrait(View(worked_books(payroll=(8_000, 10_000))), "district")

    assert parts == pytest.approx(
        {
            "residents_pay": (8_000 + 3_000 + 1_000) / 20_000,
            "local_suppliers": 0.0,
            "local_profit": 0.0,
            "outside_pay": 1_000 / 20_000,
            "outside_suppliers": 1_500 / 20_000,
            "outside_profit": 2_000 / 20_000,
            "tax": (2_000 + 1_500) / 20_000,
            "kept": 0.0,
        }
    )


def test_a_run_against_itself_changes_nothing():
    """Paired with itself a run displaces nobody."""
    view = View(
        little_books(
            flows=flows((Kind.WAGES, REST_FIRMS, REST_HOMES, 9)),
            dues=rows("dues"),
            purchases=bought(),
        )
    )

    found = {(one.measure, one.tier): one for one in evaluate_paired(view, view)}

    assert found["displacement", "district"].value == 0
    assert found["net_local_income", "county"].value == 0
    assert "no twin" in found["marginal_multiplier", "all"].why
