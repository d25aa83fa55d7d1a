"""A way of buying that is watched buys as the same one does unwatched."""

from functools import cached_property
from inspect import isfunction
from typing import Any

import pytest

from experiments.design.plan import plan_comparison
from experiments.runner.single import live_once
from scenarios.read import read_scenario
from simulation.procurement import registry
from simulation.procurement.guarded import guarded
from simulation.procurement.interface import Regime


def passing_on(regime: type[Regime]) -> type[Regime]:
    """Write every hook of a way of buying anew: each asks the one that it stands for."""
    body: dict[str, Any] = {"__module__": "elsewhere"}
    made: list[type[Regime]] = []

    def above(name: str) -> Any:
        return lambda self, *given: getattr(super(made[0], self), name)(*given)

    def read(name: str) -> Any:
        return property(lambda self: getattr(super(made[0], self), name))

    hooks = {name: own for one in reversed(regime.__mro__) for name, own in vars(one).items()}
    for name, own in hooks.items():
        if name.startswith("__"):
            continue
        if isfunction(own):
            body[name] = above(name)
        elif isinstance(own, property | cached_property):
            body[name] = read(name)
        elif isinstance(own, classmethod):
            body[name] = classmethod(above(name))
    made.append(type(regime.__name__, (regime,), body))
    return guarded(made[0])


@pytest.mark.long
@pytest.mark.compiled
@pytest.mark.parametrize(
    "name", ["price_quality", "ethical_framework", "cooperative_membership", "joint_venture"]
)
def test_no_sound_answer_is_refused_or_changed(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """All hooks of a way of buying of the house pass, to the last byte of the books."""
    scenario = read_scenario("village", ("counterfactual=true",))
    plan = plan_comparison(
        scenario, regimes=(name,), baseline="price_quality", months=26, fixed=True
    )
    usual = live_once(scenario, plan, name, 0, journal=False).record.digest

    monkeypatch.setitem(registry._added, name, passing_on(registry.get(name)))
    watched = live_once(scenario, plan, name, 0, journal=False).record.digest

    assert watched == usual
