"""A surplus is divided once: parts that make up more than all of it are refused, or cut."""

import pytest

from simulation.procurement import registry
from simulation.procurement.interface import Intent


def _told(**parameters: float) -> list[str]:
    way = registry.get("incubated_coop")
    return [str(one) for one in way.problems(Intent(parameters, 0.0, {}))]


def test_parts_above_the_whole_are_refused_with_the_law():
    """Each part is allowed by itself; together they are a surplus and a half."""
    (told,) = _told(individual_share=0.7, social_share=0.3, intercooperation=0.4)

    assert "1.4" in told
    assert "individual_share 0.7" in told
    assert "s. 830" in told


def test_a_least_reserve_is_a_part_too():
    """The usual parts leave four tenths, no more."""
    assert _told(least_reserve=0.4) == []
    assert len(_told(least_reserve=0.5)) == 1


@pytest.mark.parametrize("drawn", [0.2, 0.7, 1.0])
def test_members_have_what_the_place_and_the_next_coop_leave(drawn):
    """Where parts are drawn one by one they may be too many; no more than a surplus is paid."""
    entries = {one.name: one.value for one in registry.get("incubated_coop").parameters}
    values = {name.partition(".")[2]: value for name, value in entries.items()}
    way = registry.get("incubated_coop")({**values, "individual_share": drawn, "social_share": 0.3,
                                          "intercooperation": 0.4})  # fmt: skip
    split = way.split()

    assert split.individual == pytest.approx(min(drawn, 0.3))
    assert split.individual + split.social + split.fund <= 1.0
