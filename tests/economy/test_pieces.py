"""The small rules that the builder is made of: fair shares, sizes, sellers, distances, pay."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from scenarios.assumptions import Assumptions
from simulation.economy import sizes
from simulation.economy.apportion import (
    TooManyEdgesError,
    cumulative_split,
    equal_cum,
    largest_remainder,
    ranks,
    starts,
)
from simulation.economy.budgets import net_pay
from simulation.economy.oncosts import gross_pay, labour_cost
from simulation.economy.ranking import ranked
from simulation.economy.shelves import Shelves
from simulation.economy.sourcing import flq
from simulation.economy.tax_law import law_of, tax_year_of
from simulation.economy.workers import earnings_shares
from tests.reference.labour import tax_below

APRIL_2012 = 2012 * 12 + 3
EXACT = 1e-9


@given(
    whole=st.integers(0, 10**12),
    weights=st.lists(st.floats(0.0, 1e6), min_size=1, max_size=40).filter(lambda w: max(w) > 1e-6),
)
def test_largest_remainder_loses_nothing(whole: int, weights: list[float]) -> None:
    """A whole split by largest remainder adds up to itself, each part within one of its share."""
    parts = largest_remainder(whole, weights)

    exact = np.array(weights) * whole / sum(weights)
    assert parts.sum() == whole
    assert np.all(np.abs(parts - exact) <= 1.0 + 1e-6 * whole)


@given(weights=st.lists(st.integers(0, 1000), min_size=1, max_size=50), data=st.data())
def test_nobody_is_given_more_seats_than_it_has(weights: list[int], data: st.DataObject) -> None:
    """Cumulative rounding of fewer seats than there are gives nobody more than its own."""
    jobs = np.array(weights, dtype=np.int64)
    whole = data.draw(st.integers(0, int(jobs.sum())))

    seats = cumulative_split(whole, jobs)

    assert seats.sum() == whole
    assert np.all((seats >= 0) & (seats <= jobs))


def test_equal_edges_end_at_one() -> None:
    """Each payer's edges rise in equal steps to exactly 65536, and a payer may have none."""
    count = np.array([3, 0, 1, 7])

    cum = equal_cum(count)

    assert cum[[2, 3, 10]].tolist() == [65536, 65536, 65536]
    assert starts(count).tolist() == [0, 3, 3, 4, 11]
    assert ranks(count).tolist() == [0, 1, 2, 0, 0, 1, 2, 3, 4, 5, 6]


def test_more_edges_than_numbers_count_are_refused() -> None:
    """Beginnings of edges are 32-bit numbers: the last that fits passes, one more does not."""
    last = np.array([2**31 - 2, 1])

    assert starts(last).tolist() == [0, 2**31 - 2, 2**31 - 1]
    with pytest.raises(TooManyEdgesError, match="2147483648 edges"):
        starts(last + np.array([0, 1]))


def test_sizes_stay_in_their_band_and_have_its_mean() -> None:
    """Zipf's law gives the band means of the Business Population Estimates within a tenth."""
    a = Assumptions.default()
    u = (np.arange(20_000) + 0.5) / 20_000

    small = sizes.draw_sizes(u, np.full(u.size, 2, dtype=np.int8), a)
    medium = sizes.draw_sizes(u, np.full(u.size, 3, dtype=np.int8), a)

    assert (small.min(), small.max()) == (10, 49)
    assert (medium.min(), medium.max()) == (50, 249)
    assert small.mean() == pytest.approx(19.6, rel=0.1)
    assert medium.mean() == pytest.approx(97.0, rel=0.1)


def test_firms_are_fitted_to_the_jobs_of_their_sector() -> None:
    """Sizes are scaled to each sector's jobs; the firm without an upper bound takes the rest."""
    band = np.array([1, 2, 4, 1, 1], dtype=np.int8)
    sector = np.array([0, 0, 0, 1, 1], dtype=np.int16)
    drawn = np.array([5, 20, 300, 2, 2], dtype=np.int64)

    fitted = sizes.fit_sizes(drawn, band, sector, np.array([1000, 7]))

    assert np.bincount(sector, weights=fitted).tolist() == [1000, 7]
    assert np.all(fitted >= sizes.FLOOR[band - 1])
    assert np.all(fitted <= sizes.TOP[band - 1])


def test_ties_of_a_draw_are_broken_by_identity() -> None:
    """Rows stand by their draw; the two that drew the same stand by their uid."""
    tied = ranked(np.array([0.5, 0.2, 0.5]), np.array([9, 3, 4]))
    apart = ranked(np.array([0.5, 0.2, 0.6]), np.array([9, 3, 4]))

    assert (tied.tolist(), apart.tolist()) == ([1, 2, 0], [1, 0, 2])


def test_a_seller_too_small_for_an_order_is_passed_over() -> None:
    """Only firms large enough are drawn, larger ones more often; an empty cell answers -1."""
    shelves = Shelves(
        cell=np.array([0, 0, 0, 1]),
        size=np.array([10, 90, 1000, 5]),
        uid=np.array([4, 3, 2, 1]),
    )
    u = (np.arange(1000) + 0.5) / 1000

    any_size = shelves.draw(np.zeros(1000, dtype=np.int64), u, np.ones(1000, dtype=np.int64))
    large = shelves.draw(np.zeros(1000, dtype=np.int64), u, np.full(1000, 50))
    none = shelves.draw(np.array([1, 2]), np.array([0.5, 0.5]), np.array([6, 1]))

    assert np.bincount(any_size).tolist() == [9, 82, 909]
    assert set(large.tolist()) == {1, 2}
    assert none.tolist() == [-1, -1]


def test_a_firm_of_size_zero_is_never_drawn_and_moves_nobody() -> None:
    """An agent of zero weight changes nobody's choice of seller."""
    u = (np.arange(500) + 0.5) / 500
    cell, one = np.zeros(500, dtype=np.int64), np.ones(500, dtype=np.int64)
    without = Shelves(np.array([0, 0]), np.array([7, 30]), np.array([5, 9]))
    with_ghost = Shelves(np.array([0, 0, 0]), np.array([7, 30, 0]), np.array([5, 9, 6]))

    assert np.array_equal(without.draw(cell, u, one), with_ghost.draw(cell, u, one))


def test_a_firm_does_not_supply_itself() -> None:
    """A firm that draws itself takes its neighbour in the cell; alone there, it finds nobody."""
    shelves = Shelves(np.array([0, 0, 1]), np.array([7, 30, 5]), np.array([5, 9, 6]))
    firm = np.array([0, 1, 2], dtype=np.int32)

    other = shelves.other_than(firm.copy(), firm, np.array([True, True, True]))
    account = shelves.other_than(firm.copy(), firm, np.array([False, False, False]))

    assert other.tolist() == [1, 0, -1]
    assert account.tolist() == [0, 1, 2]


def test_location_quotients_follow_the_formula() -> None:
    """FLQ = CILQ x [log2(1 + E_R / E_N)]^delta, worked by hand; delta 0 gives CILQ."""
    jobs = np.array([[10, 10], [40, 140]])
    own = np.eye(2, dtype=np.bool_)

    plain = flq(jobs, own, 0.0)
    usual = flq(jobs, own, 0.25)

    slq = np.array([0.5 / 0.25, 0.5 / 0.75])
    scale = np.log2(1.0 + 20 / 200) ** 0.25
    assert plain[0, 1, 0] == pytest.approx(slq[1] / slq[0], rel=EXACT)
    assert plain[0, 0, 1] == pytest.approx(1.0)
    assert plain[0, 1, 1] == pytest.approx(slq[1], rel=EXACT)
    assert usual[0, 1, 0] == pytest.approx(slq[1] / slq[0] * scale, rel=EXACT)
    assert usual[0, 0, 0] == pytest.approx(min(slq[0] * scale, 1.0), rel=EXACT)


@given(gross=st.floats(10_000.0, 2_000_000.0))
def test_cost_and_pay_are_two_views_of_one_sum(gross: float) -> None:
    """Gross pay worked back from the employer's cost of it is the same pay."""
    tax = tax_year_of(APRIL_2012)

    cost = labour_cost([gross], [1], tax, 0.03)
    back = gross_pay(cost, tax, 0.03)

    assert back[0] == pytest.approx(gross, rel=EXACT)


def test_net_pay_of_2012() -> None:
    """GBP 24,000 in 2012-13: tax 20 % above 8,105, insurance 12 % above 7,592."""
    net = net_pay(np.array([200_000]), tax_year_of(APRIL_2012))

    by_hand = 24_000 - 0.2 * (24_000 - 8_105) - 0.12 * (24_000 - 7_592)
    assert net[0] * 12 / 100 == pytest.approx(by_hand, abs=1.0)


@pytest.mark.parametrize("calendar", [APRIL_2012, 2024 * 12 + 3])
def test_the_law_of_a_tax_year_knows_the_tax_on_all_bands_below(calendar: int) -> None:
    """Each band's slice is rounded down by itself, and the first band has none below it."""
    tax = tax_year_of(calendar)

    law = tax.law

    assert tax.law is law
    assert (law.floors.tolist(), law.rates.tolist()) == (tax.floors.tolist(), tax.rates.tolist())
    assert law.below.tolist() == tax_below(tax.floors.tolist(), tax.rates.tolist())
    assert (law.below[0], law.below.size) == (0, law.floors.size)
    assert law.below[-1] > 0


def test_the_law_of_a_date_is_the_latest_tax_year_begun() -> None:
    """March 2013 lies in 2012-13; a year before the tables takes their first."""
    assert law_of(2013 * 12 + 2).name == "2012-13"
    assert law_of(2005 * 12).name == "2012-13"
    assert law_of(2025 * 12).name == "2024-25"


def test_shares_of_earnings_sum_to_one() -> None:
    """Tenths of households share all earnings, rising from the lowest to the highest."""
    shares = earnings_shares(Assumptions.default())

    assert shares.sum() == pytest.approx(1.0, abs=EXACT)
    assert np.all(np.diff(shares) > 0.0)
