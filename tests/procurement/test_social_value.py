"""By what law claims of social value may be scored, month by month."""

import pytest

from simulation.procurement.social_value import SocialValue


@pytest.mark.parametrize(
    ("date", "law"),
    [
        ((2006, 1), "2006, reg. 30"), ((2012, 12), "2006, reg. 30"),
        ((2013, 1), "of the 2006"), ((2015, 2), "of the 2006"),
        ((2015, 3), "of the 2015"), ((2025, 2), "of the 2015"),
        ((2025, 3), "Procurement Act 2023"), ((2026, 4), "Procurement Act 2023"),
    ],
)  # fmt: skip
def test_one_law_follows_the_other_without_a_gap(date: tuple[int, int], law: str) -> None:
    """The Act of 2012 from January 2013; regulations of 2015, and the Act of 2023, from March."""
    (open_then,) = [route.power for route in SocialValue.lawful if route.open_in(*date)]

    assert law in open_then
