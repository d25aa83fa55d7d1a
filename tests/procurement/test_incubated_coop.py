"""What a policy may write into the founding document of a co-operative, and what it may not."""

import pytest

from simulation.procurement.incubated_coop import IncubatedCoop
from simulation.procurement.interface import Intent

CARE = {"homecare": 663_540.0}


def parts(individual: float, social: float, fund: float, reserve: float) -> Intent:
    """Name the parts of a surplus: members', the place's, the next co-op's, the reserve's."""
    named = {
        "individual_share": individual,
        "social_share": social,
        "intercooperation": fund,
        "least_reserve": reserve,
    }
    return Intent(named, 0.0, CARE)


@pytest.mark.parametrize(
    ("intent", "path"),
    [
        (parts(0.5, 0.3, 0.2, 0.1), ("individual_share",)),
        (parts(0.2, 0.1, 0.1, 0.7), ("least_reserve",)),
        (parts(0.5, 0.2, 0.2, 0.1), ()),
        (parts(0.1, 0.1, 0.1, 0.1), ()),
    ],
    ids=["members", "reserve", "all of it", "less"],
)
def test_no_more_than_the_whole_surplus_can_be_given_away(
    intent: Intent, path: tuple[str, ...]
) -> None:
    """Eleven tenths are a fault in the largest part; the whole is none, nor what is less."""
    found = [problem.path for problem in IncubatedCoop.problems(intent)]

    assert found == [("parameters", name) for name in path]
