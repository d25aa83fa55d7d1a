"""Who sells to the council, how they competed, what was promised, and what needs cost."""

import pytest

from experiments.validation.examples import books_of_suppliers
from experiments.validation.little_town import BUYER, A, B, bought, little_books, rows
from simulation.accounting.books import Books, Table
from simulation.measures.catalogue import evaluate
from simulation.measures.cost import budget_by_year, unit_cost_premium
from simulation.measures.measure import BUILT_STATE, Pair, Undefined
from simulation.measures.procurement import local_share, share_of
from simulation.measures.view import View
from tests.measures.reading import answers, read


def test_based_here_and_owned_here_are_told_apart():
    """A is of the town; B is based next door and belongs to owners abroad."""
    view = View(little_books(purchases=bought((A, 300), (B, 700))))

    based, owned = local_share("area"), local_share("owner_area")

    assert based(view, "district") == pytest.approx(0.3)
    assert based(view, "county") == pytest.approx(1.0)
    assert owned(view, "county") == pytest.approx(0.3)
    assert owned(view, "neighbours") == 0.0


def test_purchases_are_shared_by_size_and_owner():
    """A is small and locally owned; five equal suppliers would have an index of 1/5."""
    found = answers(little_books(purchases=bought((A, 300), (B, 700))))

    assert found["sme_share"] == pytest.approx(0.3)
    assert found["coop_share"] == found["vcse_share"] == 0.0
    assert found["supplier_hhi"] == pytest.approx(0.09 + 0.49)
    assert found["top_five_share"] == 1.0


def test_the_five_largest_suppliers_are_the_largest():
    """Of seven suppliers the five largest sold 20 of 23."""
    books = books_of_suppliers((1, 2, 3, 3, 4, 4, 6))

    assert answers(books)["top_five_share"] == pytest.approx(20 / 23)


def test_outlay_is_purchases_and_gross_pay_a_year():
    """A month of 70 pounds bought and 30 pounds of staff makes 1200 a year."""
    books = little_books(
        purchases=bought((A, 7_000)), payroll=rows("payroll", (BUYER, 0, 6, 2_000, 3_000))
    )

    assert answers(books)["outlay"] == pytest.approx(1_200)


def test_what_the_source_does_not_know_is_not_zero():
    """Suppliers without a size band have no SME share."""
    books = little_books(purchases=bought((A, 1)))
    books.tables["parties"]["size_band"][:] = 0

    with pytest.raises(Undefined, match="does not know"):
        share_of("size_band", (1, 2, 3))(View(books), "all")


def tender(code: int, bids: int, winner: int, price: int, lowest: int, true: int) -> tuple:
    """One line of `tenders`; bidders together spend 10 a bid."""
    return (code, 1, BUYER, 0, 0, 0, 12, 1000, 9, bids, winner, price, lowest, true, 5, 10 * bids,
            int(code == 1))  # fmt: skip


def bid(code: int, supplier: int, won: int) -> tuple:
    """One line of `bids`."""
    return (code, supplier, 100, 90, 10**6, 0, 0, won)


def test_competition_is_counted_tender_by_tender():
    """Three tenders drew 3, 1 and no bids; the losers of the first paid 20 of 40 for nothing."""
    found = answers(
        little_books(
            tenders=rows(
                "tenders",
                tender(0, 3, A, 110, 100, 88),
                tender(1, 1, B, 90, 90, 72),
                tender(2, 0, -1, 0, 0, 50),
            ),
            bids=rows("bids", bid(0, A, 1), bid(0, B, 0), bid(0, 9, 0), bid(1, B, 1)),
        )
    )

    assert found["bids_per_tender"] == pytest.approx(4 / 3)
    assert found["single_bid_share"] == pytest.approx(1 / 2)
    assert found["challenge_share"] == pytest.approx(1 / 3)
    assert found["losers_share"] == pytest.approx(20 / 40)
    assert found["lowest_bid_premium"] == pytest.approx(200 / 190 - 1)
    assert found["true_cost_premium"] == pytest.approx(200 / 160 - 1)


def test_without_tenders_the_diagnostics_are_null_with_a_reason():
    """A way of buying without bids has no lowest bid."""
    found = read(little_books(tenders=rows("tenders"), bids=rows("bids")))

    assert found["lowest_bid_premium", "all"].value is None
    assert "no tender" in found["lowest_bid_premium", "all"].why


def arrangement(code: int, start: int, end: int, claimed: int, before: int = 0) -> tuple:
    """One line of `arrangements` of value 1000, verified half and delivered four fifths."""
    return (code, 0, BUYER, 0, 0, A, start, end, 1000, 0, 0, 0, 0, claimed, claimed // 2,
            claimed * 4 // 5, before, before // 2, before * 4 // 5, -1, 0)  # fmt: skip


def test_social_value_is_told_per_pound_of_what_was_served():
    """Of 40 pence claimed so far 10 are of the time before; the second had ended by then."""
    found = answers(
        little_books(
            months=24,
            arrangements=rows(
                "arrangements",
                arrangement(0, 0, 40, 40, before=10),
                arrangement(1, -9, 0, 90, before=90),
            ),
            needs=rows("needs", need(0, 1000, 1000, 100, process=(3, 13)), month=1),
        )
    )

    assert found["social_value_claimed"] == pytest.approx(0.30)
    assert found["social_value_verified"] == pytest.approx(0.15)
    assert found["social_value_delivered"] == pytest.approx(0.24)
    assert found["process_per_delivered"] == pytest.approx(16 / 24)


@pytest.mark.parametrize("end", [24, 48, 120])
def test_a_long_term_is_told_by_the_months_that_have_passed(end: int) -> None:
    """Two pence a pound, month by month, whatever has still to come of the term."""
    lines = [(month, *need(0, 1000, 1000, 100)) for month in range(1, 25)]
    books = little_books(
        months=24,
        arrangements=rows("arrangements", arrangement(0, 1, end, 48)),
        needs=rows("needs", *lines),
    )

    told = [
        {one.measure: one.value for one in evaluate(books, window=window)}
        for window in ((1, 24), (13, 24), (7, 12))
    ]

    assert [one["social_value_claimed"] for one in told] == pytest.approx([0.02] * 3)


def test_social_value_of_the_built_state_is_what_had_been_done_by_then():
    """What an old contract delivers after the story opened, or a new one does, counts later."""
    books = little_books(
        months=24,
        arrangements=rows(
            "arrangements",
            arrangement(0, -6, 40, 50, before=10),
            arrangement(1, 1, 12, 30),
        ),
        needs=rows("needs", need(0, 1000, 1000, 100, process=(3, 13)), month=0),
    )

    told = {one.measure: one.value for one in evaluate(books) if one.month == BUILT_STATE}

    assert told["social_value_claimed"] == pytest.approx(0.10)
    assert told["social_value_verified"] == pytest.approx(0.05)
    assert told["social_value_delivered"] == pytest.approx(0.08)
    assert told["process_per_delivered"] == pytest.approx(16 / 8)


def need(
    category: int,
    needed: int,
    delivered: int,
    outlay: int,
    *,
    staff: int = 0,
    process: tuple[int, int] = (0, 0),
    quality: int = 10**6,
) -> tuple:
    """One line of `needs` without its month: milli-units and pence."""
    return (BUYER, category, 0, needed, delivered, quality, outlay, staff, *process, needed)


def needs(*lines: tuple) -> Books:
    """Books with needs of one month."""
    table: Table = rows("needs", *lines)
    return little_books(needs=table)


def test_needs_tell_cost_quality_and_what_goes_unmet():
    """Of 10 units 8 are delivered at a quality of 0.75 for 6 + 4 pounds, 2 more for the process."""
    found = answers(
        needs(need(0, 10_000, 8_000, 600, staff=400, process=(200, 50), quality=750_000))
    )

    assert found["unmet_need"] == pytest.approx(0.2)
    assert found["quality"] == pytest.approx(0.75)
    assert found["cost_per_delivered_unit"] == pytest.approx(12 / 6)
    assert found["process_cost"] == pytest.approx(0.25)
    assert found["process_cost_buyers"] == pytest.approx(0.20)
    assert found["process_cost_bidders"] == pytest.approx(0.05)


def test_the_premium_compares_the_same_need():
    """Care costs a tenth more, books the same; a dearer mix of needs is no premium."""
    baseline = View(needs(need(0, 9_000, 8_000, 800), need(1, 9_000, 1_000, 200)))
    policy = View(needs(need(0, 9_000, 2_000, 220), need(1, 9_000, 5_000, 1_000)))

    premium = unit_cost_premium(Pair(policy, baseline, None), "all")

    assert premium == pytest.approx((800 * 1.1 + 200) / 1_000 - 1)


def test_the_same_run_has_no_premium():
    """Against itself the premium is nothing."""
    view = View(needs(need(0, 9_000, 8_000, 800)))

    assert unit_cost_premium(Pair(view, view, None), "all") == 0.0


def test_the_budget_is_told_by_financial_year():
    """A run from April 2012 closes years at months 12, 24 and, cut, 30."""
    lines = [(month, *need(0, 1, 1, 100, staff=20, process=(3, 7))) for month in range(1, 31)]
    books = little_books(months=30, needs=rows("needs", *lines))

    assert dict(budget_by_year(View(books))) == pytest.approx({12: 14.76, 24: 14.76, 30: 7.38})
