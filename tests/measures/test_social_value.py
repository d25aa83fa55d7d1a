"""Social value of a window: what is claimed, what is shown, what is done, and which is better."""

import pytest

from simulation.measures.social_value import MEASURES

BY_NAME = {measure.name: measure for measure in MEASURES}


@pytest.mark.parametrize(
    ("name", "better"),
    [
        ("social_value_claimed", "none"),
        ("social_value_verified", "up"),
        ("social_value_delivered", "up"),
        ("process_per_delivered", "down"),
    ],
)
def test_a_deed_is_better_the_more_there_is_of_it_and_a_claim_is_not(name, better):
    """Who only claims more does nobody any good; who asks for less paper does."""
    assert BY_NAME[name].direction == better
