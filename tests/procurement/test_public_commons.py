"""How the sides of a public-commons partnership vote, and what becomes of its surplus."""

import pytest

from simulation.procurement.public_commons import PublicCommons, decided

TWO_TO_ONE_TO_ONE = (2.0, 1.0, 1.0)


def test_votes_count_by_their_part_or_the_most_take_all() -> None:
    """Two, one and one vote: half and two quarters, or all to the first; halfway, the mean."""
    assert decided(TWO_TO_ONE_TO_ONE, 1.0) == pytest.approx((0.5, 0.25, 0.25))
    assert decided(TWO_TO_ONE_TO_ONE, 0.0) == pytest.approx((1.0, 0.0, 0.0))
    assert decided(TWO_TO_ONE_TO_ONE, 0.5) == pytest.approx((0.75, 0.125, 0.125))


def test_among_equals_the_first_has_it() -> None:
    """Two sides with as many votes: by majority the one that is named first decides."""
    assert decided((0.0, 3.0, 3.0), 0.0) == (0.0, 1.0, 0.0)


def test_where_nobody_has_a_vote_nobody_decides() -> None:
    """All that is voted on stays with the enterprise."""
    assert decided((0.0, 0.0, 0.0), 1.0) == (0.0, 0.0, 0.0)


def test_what_is_left_after_the_reserve_is_divided_as_the_sides_vote() -> None:
    """Of a pound 20p are kept; of 80p the council has half, and a quarter goes each way else.

    Of the association's 20p, a quarter founds the next enterprise.
    """
    way = PublicCommons(
        {
            "votes_council": 2.0,
            "votes_association": 1.0,
            "votes_workers": 1.0,
            "proportional": 1.0,
            "reserve_share": 0.2,
            "for_the_next": 0.25,
        }
    )

    split = way.split()

    assert (split.council, split.workers) == pytest.approx((0.4, 0.2))
    assert (split.social, split.fund) == pytest.approx((0.15, 0.05))
    assert (split.individual, split.partner) == (0.0, 0.0)
