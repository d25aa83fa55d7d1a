"""The spending series against the closed form, and against dye followed by hand."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import sparse

from experiments.validation.input_output import random_shares, two_sector_books
from experiments.validation.little_town import (
    THE_WORLD,
    TOWN_FIRMS,
    TOWN_HOMES,
    flows,
    little_books,
)
from scenarios.vocabulary import Kind
from simulation.measures import series
from simulation.measures.circulation import circulation
from simulation.measures.measure import Undefined
from simulation.measures.sam import sam
from simulation.measures.series import worth
from simulation.measures.view import View

IDENTITY = 1e-9


@given(st.integers(1, 30), st.floats(0.02, 0.9), st.integers(0, 10**6))
def test_the_series_sums_to_leontiefs_inverse(n, leak, seed):
    """It agrees with a dense solver of x (I - P)^-1 to 1e-9, and keeps its own bound."""
    shares = random_shares(n, leak, seed)
    asked, start = np.random.default_rng(seed).random((n, 2)), np.ones(n)

    found = worth(sparse.csr_array(shares), asked)

    exact = np.linalg.solve(np.eye(n) - shares, np.column_stack([asked, np.ones(n)]))
    np.testing.assert_allclose(found.values, exact, rtol=IDENTITY)
    assert found.of(start, 1) == pytest.approx(start @ exact[:, 1], rel=IDENTITY)
    assert (exact - found.values).max() <= found.bound + 1e-12 * exact.max()


def many_accounts(n: int, leak: float, links: int = 5) -> sparse.csr_array:
    """Accounts that pay a few others, seven in ten of them near, and leak about so much."""
    rng = np.random.default_rng(n)
    near = np.arange(n)[:, None] // 1_000 * 1_000 + rng.integers(0, 1_000, (n, links))
    far = rng.integers(0, n, (n, links))
    payee = np.where(rng.random((n, links)) < 0.7, np.minimum(near, n - 1), far)
    weight = rng.random((n, links))
    passed_on = 1 - leak * rng.uniform(0.5, 1.5, (n, 1))
    share = weight / weight.sum(axis=1, keepdims=True) * passed_on
    start = np.arange(0, n * links + 1, links)
    return sparse.csr_array((share.ravel(), payee.ravel(), start), shape=(n, n))


@pytest.mark.long
@pytest.mark.parametrize("leak", [0.4, 0.15])
def test_a_million_accounts_are_solved_within_their_bound(leak):
    """Asked what each round must bring to come to known sums, it finds them, to the bound."""
    n = 1_000_000
    shares = many_accounts(n, leak)
    known = 20 + np.random.default_rng(3).random(n)

    found = worth(shares, (known - shares @ known)[:, None])

    assert np.abs(found.values[:, 0] - known).max() <= found.bound + 1e-12 * known.max()
    assert found.bound <= series.TOLERANCE * found.values.max()
    assert not found.endless.any()


@given(st.integers(2, 20), st.floats(0.05, 0.9), st.floats(0.05, 1.0), st.integers(0, 60))
def test_traced_receipts_and_the_tail_are_the_multiplier(n, leak, speed, months):
    """Dye that is spent month by month did, with what is left of it, s' (I - P)^-1 1."""
    shares = random_shares(n, leak, n)
    first = np.random.default_rng(months).random(n)
    held, receipts = first.copy(), first.sum()

    for _ in range(months):
        spent = held * speed
        arrived = spent @ shares
        held = held - spent + arrived
        receipts += arrived.sum()

    pound = worth(sparse.csr_array(shares), np.empty((n, 0)))
    tail, whole = pound.of(held @ shares, 0), pound.of(first, 0)
    assert receipts + tail == pytest.approx(whole, rel=IDENTITY)


def test_a_loop_that_never_leaks_is_refused():
    """Two who pay each other all they get would do so for ever."""
    loop = sparse.csr_array(np.array([[0.0, 1.0], [1.0, 0.0]]))

    with pytest.raises(Undefined, match="nothing leaks"):
        worth(loop, np.empty((2, 0))).of(np.array([1.0, 0.0]), 0)


def test_a_loop_that_the_money_cannot_reach_does_no_harm():
    """Only members that the first payment leads to decide whether the rounds end."""
    shares = sparse.csr_array(
        np.array([[0.5, 0, 0, 0], [0, 0, 1.0, 0], [0, 1.0, 0, 0], [0.5, 0.1, 0, 0]])
    )

    found = worth(shares, np.empty((4, 0)))

    assert found.of(np.array([1.0, 0, 0, 0]), 0) == pytest.approx(2.0)
    assert found.endless.tolist() == [False, True, True, True]


def test_no_payment_starts_no_round():
    """Nothing in, nothing out."""
    found = worth(sparse.csr_array(random_shares(4, 0.5, 1)), np.empty((4, 0)))

    assert found.of(np.zeros(4), 0) == 0.0


def test_a_leak_that_is_next_to_nothing_is_refused_in_the_end():
    """A loop that loses a billionth a round would take billions of rounds."""
    loop = sparse.csr_array(np.array([[1 - 1e-9]]))

    with pytest.raises(Undefined, match="hardly anything leaks"):
        worth(loop, np.empty((1, 0)))


def test_a_pound_may_change_hands_a_hundred_thousand_times_and_no_oftener():
    """Half a turn less is told to the last; half a turn more counts as no leak at all."""
    just, over = (sparse.csr_array(np.array([[1 - 1 / turns]])) for turns in (99_999.5, 100_000.5))

    found = worth(just, np.empty((1, 0)))

    assert found.of(np.ones(1), 0) == pytest.approx(99_999.5, rel=IDENTITY)
    with pytest.raises(Undefined, match="hardly anything leaks"):
        worth(over, np.empty((1, 0)))


def test_input_output_multipliers_equal_the_two_by_two_inverse():
    """Type I is 1 / (1 - 0.2); with homes the determinant is 0.8 - 0.5 x 0.8 = 0.4."""
    view = View(two_sector_books())

    assert sam(view, "district", "type1") == pytest.approx(1 / 0.8, rel=IDENTITY)
    assert sam(view, "district", "type2") == pytest.approx(1 / 0.4, rel=IDENTITY)
    assert sam(view, "district", "type2_all") == pytest.approx(1.5 / 0.4, rel=IDENTITY)


def test_nothing_bought_in_the_place_has_no_output_multiplier():
    """The neighbours' firms sold nothing to the council."""
    with pytest.raises(Undefined, match="nothing was bought"):
        sam(View(two_sector_books()), "neighbours", "type1")


def test_own_transfers_pass_money_on_but_are_no_receipts():
    """A transfer within a group circulates, and is left out of what third parties receive."""
    view = View(
        little_books(
            flows=flows(
                (Kind.GROUP_TRANSFER, TOWN_FIRMS, TOWN_FIRMS, 30),
                (Kind.WAGES, TOWN_FIRMS, TOWN_HOMES, 20),
                (Kind.IMPORT, TOWN_FIRMS, THE_WORLD, 50),
            )
        )
    )

    ring = circulation(view, view.focus("district"))

    assert ring.shares.sum() == pytest.approx(0.5)
    assert ring.respent.tolist() == pytest.approx([0.2, 0.0])


def test_rounds_alone_reach_the_same_sum(monkeypatch):
    """Without a guess to start from, adding round after round gives the same values."""
    shares = sparse.csr_array(random_shares(12, 0.2, 3))
    guessed = worth(shares, np.empty((12, 0)))

    monkeypatch.setattr(series, "_guess", lambda step, wanted: np.zeros(wanted.size))
    added = worth(shares, np.empty((12, 0)))

    np.testing.assert_allclose(added.values, guessed.values, rtol=IDENTITY)
