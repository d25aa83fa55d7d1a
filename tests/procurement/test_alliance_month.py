"""When an alliance ends: at a break, at its first term, at the end of what it was extended by."""

from dataclasses import replace
from typing import Any

from simulation.procurement.alliance import Alliance
from simulation.procurement.alliance_month import BROKEN, NOT_EXTENDED, TERM_OVER
from simulation.procurement.arrangements import Settlement
from tests.procurement.markets import SteadyLuck, plain
from tests.procurement.test_alliance import month_of, signed
from tests.procurement.test_stories import BARE


def test_a_break_and_an_extension_are_decided_by_what_going_alone_would_cost() -> None:
    """Dear at the second year's end: broken off. At five years: extended unless dear; ten: over."""
    regime, a = Alliance({"exit": 0.0}), plain(**BARE)
    alliance = signed(regime)
    dear = {"paid_pence": month_of(alliance, 1).paid_pence * 2}

    def at(age: int, extended: bool, columns: dict[str, Any]) -> Settlement:
        state = replace(alliance.state, extended=extended)
        standing = alliance._replace(state=state)
        return regime.settle(standing, month_of(alliance, age, **columns), a, SteadyLuck())

    assert [at(age, False, dear).reason for age in (12, 23, 24, 25)] == ["", "", BROKEN, ""]
    assert at(24, False, {}).reason == ""
    assert at(60, False, dear).reason == NOT_EXTENDED
    extended = at(60, False, {})
    assert (extended.reason, extended.state.extended) == ("", True)
    assert [at(age, True, {}).reason for age in (61, 119)] == ["", ""]
    over = at(120, True, {})
    assert (over.reason, over.again, over.state.extended) == (TERM_OVER, True, True)
