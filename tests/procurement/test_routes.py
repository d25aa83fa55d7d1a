"""What is below no threshold cannot be bought by a route that ends at it."""

import pytest

from simulation.procurement.reserved_entries import LOCAL_ROUTES, MUTUAL_ROUTES
from simulation.procurement.routes import Intent, Route, above_every_threshold

LIMITS = {"homecare": 663_540.0, "catering": 214_904.0}


@pytest.mark.parametrize(
    ("routes", "pounds", "faults"),
    [
        (LOCAL_ROUTES, 663_540.0, 1),
        (LOCAL_ROUTES, 663_539.0, 0),
        (MUTUAL_ROUTES, 663_540.0, 0),
        ((*LOCAL_ROUTES, *MUTUAL_ROUTES), 663_540.0, 0),
        ((), 663_540.0, 0),
    ],
    ids=["at the highest", "below it", "any value", "one for any value", "no route"],
)
def test_a_least_value_at_the_highest_threshold_leaves_nothing_to_buy(
    routes: tuple[Route, ...], pounds: float, faults: int
) -> None:
    """Where all routes hold below the threshold only; one that holds above is enough."""
    found = list(above_every_threshold(routes, Intent({}, pounds, LIMITS)))

    assert [problem.path for problem in found] == [("from_value",)] * faults
