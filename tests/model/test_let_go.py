"""A model that is lived out, or breaks off in a month that raises, leaves nothing behind."""

import gc

import pytest

from experiments.runner.replicate import assumptions_of
from scenarios.read import read_scenario
from simulation.model.economy_model import EconomyModel
from simulation.model.run import prepare

SHORT = {"burn_in.least_months": 12, "burn_in.most_months": 12}


def models() -> int:
    """How many models there are in this process."""
    gc.collect()
    return sum(isinstance(one, EconomyModel) for one in gc.get_objects())


@pytest.mark.parametrize("raises_in", [1, 5, 0])
def test_a_month_that_raises_leaves_no_model_behind(
    monkeypatch: pytest.MonkeyPatch, raises_in: int
) -> None:
    """Mesa numbers agents by model and keeps each for good; 0 raises in no month."""
    scenario = read_scenario("village", ("areas.village.households=30",))
    assumptions = assumptions_of(scenario, SHORT)
    lived, months = EconomyModel.step, iter(range(1, 100))

    def step(model: EconomyModel) -> None:
        if next(months) == raises_in:
            raise ValueError("poisoned")
        lived(model)

    monkeypatch.setattr(EconomyModel, "step", step)
    before = models()

    if raises_in:
        with pytest.raises(ValueError, match="poisoned"):
            prepare(scenario, assumptions, 1)
    else:
        prepare(scenario, assumptions, 1)

    assert models() == before
