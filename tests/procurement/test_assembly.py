"""How members of a co-operative vote: horizons, newcomers, a sale."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from simulation.procurement.assembly import (
    PLAIN,
    CoopKind,
    Life,
    admitted,
    ideal_charge,
    ideal_part,
    middle,
    spared_by,
    votes_by_use,
    worth_of_income,
    would_admit,
    would_sell,
)


def test_a_pound_a_year_is_worth_less_to_whom_leaves_soon() -> None:
    """Ten years at 10 % are worth five; without discounting, ten; for whom leaves at once, 0."""
    worth = worth_of_income(np.array([10.0, 0.0]), 0.1)

    assert worth.tolist() == [5.0, 0.0]
    assert worth_of_income(np.array([10.0]), 0.0).tolist() == [10.0]


def test_whom_the_reserve_earns_nothing_wants_all_now() -> None:
    """With no return on the reserve, or no time to have it, the whole surplus is wanted at once."""
    years = np.array([0.0, 5.0, 20.0])

    assert ideal_part(years, 0.1, 0.0).tolist() == [1.0, 1.0, 1.0]
    parts = ideal_part(years, 0.0, 0.2)
    assert parts.tolist() == [1.0, 0.5, 0.2]


def test_the_voter_in_the_middle_decides() -> None:
    """Of three the second, of four the lower middle; how far away the others are is the same."""
    assert middle(np.array([0.9, 0.1, 0.4])) == 0.4
    assert middle(np.array([0.9, 0.1, 0.4, 0.6])) == 0.4
    assert middle(np.array([0.9, 0.0, 0.4])) == 0.4


def test_votes_may_go_by_use_up_to_a_limit() -> None:
    """Of 100, 60, 20 and 20 paid, half of the votes by use; then all of them, 30 % at most."""
    use = np.array([100.0, 60.0, 20.0, 20.0])

    assert votes_by_use(use, 0.0, 0.3).tolist() == [0.25, 0.25, 0.25, 0.25]
    assert votes_by_use(use, 0.5, 1.0) == pytest.approx([0.375, 0.275, 0.175, 0.175])
    assert votes_by_use(use, 1.0, 0.3) == pytest.approx([0.3, 0.3, 0.2, 0.2])
    assert votes_by_use(np.zeros(2), 1.0, 0.3).tolist() == [0.5, 0.5]
    assert votes_by_use(np.array([9.0, 1.0]), 1.0, 0.3).tolist() == [0.5, 0.5]


@given(
    st.lists(st.floats(0.0, 1e9), min_size=1, max_size=12),
    st.floats(0.0, 1.0),
    st.floats(0.2, 1.0),
)
def test_votes_make_up_the_whole_and_none_has_more_than_the_most(use, part, most) -> None:
    """Whatever was paid, and in whatever rules."""
    votes = votes_by_use(np.array(use), part, most)

    assert votes.sum() == pytest.approx(1.0)
    assert votes.min() >= 0.0
    assert votes.max() <= max(most, 1.0 / len(use)) + 1e-9


def test_who_uses_more_may_be_in_the_middle() -> None:
    """One vote each: 0.4 of three. With three fifths of the votes the first decides alone."""
    wishes = np.array([0.9, 0.1, 0.4])

    assert middle(wishes, np.array([1.0, 1.0, 1.0])) == 0.4
    assert middle(wishes, np.array([0.6, 0.2, 0.2])) == 0.9
    assert would_admit(600, 100, 3, 1, np.array([2.0, 0.0, 0.0]), np.array([0.5, 0.3, 0.2]))
    assert not would_admit(600, 100, 3, 1, np.array([2.0, 0.0, 0.0]))


def test_members_want_services_until_the_last_pound_spares_a_pound() -> None:
    """At what is wanted a hundredth more or less is worse; who is spared nothing pays nothing."""
    spares, costs, half = 0.04, 0.016, 1.0

    def gain(times: float) -> float:
        return spares * spared_by(times, half) - costs * times

    (best, none) = ideal_charge(np.array([spares, 0.0]), costs, half).tolist()
    assert best == pytest.approx(5.0**0.5 - 1.0)
    assert gain(best) > max(gain(best * 0.99), gain(best * 1.01))
    assert none == 0.0
    assert spared_by(1.0, half) == spared_by(0.3, 0.0) == 1.0


def test_members_keep_out_whom_they_would_have_to_share_with() -> None:
    """A dividend of 6,000 for three is 2,000 each; with a fourth 1,500. Solidarity decides."""
    mean = np.array([0.02, 0.02, 0.02])

    assert not would_admit(600_000, 2_000_000, 3, 1, mean)
    assert would_admit(600_000, 2_000_000, 3, 1, mean + 0.01)
    assert would_admit(0, 2_000_000, 3, 1, np.zeros(3))
    assert would_admit(600_000, 2_000_000, 0, 4, np.zeros(0))


def test_half_of_the_votes_admit() -> None:
    """Two of four members for it are enough; one is not."""
    assert would_admit(400_000, 1_000_000, 4, 4, np.array([1.0, 1.0, 0.0, 0.0]))
    assert not would_admit(400_000, 1_000_000, 4, 4, np.array([1.0, 0.0, 0.0, 0.0]))


@given(
    st.integers(0, 200), st.integers(0, 200), st.floats(0.0, 1.0), st.booleans(),
)  # fmt: skip
def test_no_more_are_kept_out_than_the_rule_allows(
    staff: int, members: int, cap: float, admit: bool
) -> None:
    """Whatever the vote, those who stay outside are at most the cap; at cap 0 all are members."""
    members = min(members, staff)

    many = admitted(staff, members, cap, admit=admit)

    outside = staff - members - many
    assert 0 <= many <= staff - members
    assert outside <= cap * staff
    assert outside == 0 or not admit


def test_a_sale_needs_a_majority_who_gain() -> None:
    """Three years of surplus are more than a year's horizon is worth and less than ten's."""
    soon, late = np.array([1.0, 1.0, 1.0, 10.0]), np.array([10.0, 10.0, 1.0, 10.0])

    assert would_sell(3_000.0, 1_000.0, soon, 0.0, 0.75)
    assert not would_sell(3_000.0, 1_000.0, late, 0.0, 0.75)
    assert not would_sell(3_000.0, 1_000.0, soon, 0.0, 1.0)
    assert not would_sell(3_000.0, 1_000.0, np.zeros(0), 0.0, 0.75)


def test_members_are_staff_patrons_or_both() -> None:
    """The workers' part of what members get is all, nothing, or half."""
    parts = [Life(kind=kind).workers_part for kind in CoopKind]

    assert parts == pytest.approx([1.0, 0.0, 0.5])


def test_an_enterprise_without_a_co_op_s_rules_gives_away_and_spares_nothing() -> None:
    """No vote, no part for the community, nobody kept out, nobody kept on, no sale."""
    rules = PLAIN._asdict()

    assert rules.pop("kind") is CoopKind.WORKER
    assert set(rules.values()) == {0.0}
