"""Lives the same futures with a switch on and off, and says what moved most.

Luck is shared (common random numbers), assumptions stand at their centre, so a difference comes
from the switch alone. Shares and indices are ranked by their change, other measures by their
change in proportion; only measures with a value on both sides are ranked.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from experiments.ablation.switches import LEVERS, OPTIONS, USUAL, Switch
from experiments.design.factorial import levers_sum
from experiments.design.seeds import replicate_seed
from experiments.runner.replicate import assumptions_of
from scenarios.assumptions import Assumptions, register
from scenarios.spec import Option, Pillars, Policy, Scenario
from scenarios.spec.base import Month
from simulation.model.check import could_hold_land

if TYPE_CHECKING:
    from simulation.measures.measure import Outcome

PLACE = "district"
"""Tier at which local measures are read; measures without a place are read everywhere."""
RANKED_AS_THEY_ARE = ("share", "index", "share of outlay")
NOT_RANKED = ("budget_year",)
"""What the file says and no mechanism moves."""
FIRST_SEED = 1
TODAY = Month(year=2026, month=4)
ASSESSED = ("grant", "cooperative_membership", "insourcing", "incubated_coop")
"""Ways of buying that are assessed beside the usual one: one of each option."""


@dataclass(frozen=True, slots=True)
class Setting:
    """Where a switch is tried: a place, how long, in how many futures.

    `awake` are values of switches that rest by default: many act on each other alone, as votes on
    a sale and what they decide by. `note` says what else is unusual.
    """

    scenario: Scenario
    months: int
    replicates: int
    awake: Mapping[str, float] = field(default_factory=dict)
    note: str = ""


def wary(setting: Setting, appetite: float) -> Setting:
    """Let the law of today bind in a setting, and buyers accept no more legal risk than a share.

    The date is one at which every way of buying has a route.
    """
    buyers = tuple(one.model_copy(update={"appetite": appetite}) for one in setting.scenario.buyers)
    changes = {"buyers": buyers, "counterfactual": False, "start": TODAY}
    scenario = setting.scenario.model_copy(update=changes)
    note = f"the law of {TODAY.year} binding, legal risk accepted up to {appetite:g}"
    return replace(setting, scenario=scenario, note=note)


@dataclass(frozen=True, slots=True)
class Effect:
    """What a switch moved most. Values are means over the futures; `low` and `high` bound them.

    `measure` is empty where no measure moved; `inert` says that not even a penny did.
    """

    switch: Switch
    measure: str
    unit: str
    on: float
    off: float
    low: float
    high: float
    inert: bool


@dataclass(slots=True)
class Ablation:
    """One setting; lives with everything as it is are kept, since the switches share them."""

    setting: Setting
    kept: dict[tuple[str, int], "_Life"] = field(default_factory=dict)

    def effect(self, switch: Switch) -> Effect:
        """Live all futures with the switch on and off, and compare."""
        name, futures = switch.entry.name, range(self.setting.replicates)
        rests = switch.rests and name not in self.setting.awake
        with_it = {name: switch.on} if rests else {}
        without = {} if rests else {name: switch.off}
        on = [self._lived(switch.policy, with_it, future) for future in futures]
        off = [self._lived(switch.policy, without, future) for future in futures]
        return _most_moved(switch, on, off)

    def _lived(self, policy: str, values: Mapping[str, float], future: int) -> "_Life":
        if values:
            return _live(self.setting, policy, values, future)
        if (policy, future) not in self.kept:
            self.kept[policy, future] = _live(self.setting, policy, values, future)
        return self.kept[policy, future]


@dataclass(frozen=True, slots=True)
class _Life:
    digest: str
    outcomes: Mapping[str, "Outcome"]


def _live(setting: Setting, policy: str, values: Mapping[str, float], future: int) -> _Life:
    from simulation.accounting.digest import digest
    from simulation.measures.catalogue import evaluate
    from simulation.model.run import live, prepare

    scenario = bare(setting.scenario, policy)
    a: Assumptions = assumptions_of(scenario, {**setting.awake, **values})
    prepared = prepare(scenario, a, replicate_seed(FIRST_SEED, future))
    books = live(prepared, policy, setting.months)
    told = evaluate(books, (PLACE,), (1, setting.months), built=False)
    return _Life(digest(books), {one.measure: one for one in told if one.month == 0})


def bare(scenario: Scenario, policy: str) -> Scenario:
    """The scenario with the policy bought by its bare way, so that the register decides."""
    baseline = scenario.compare.baseline
    named = {name: one for name, one in scenario.policies.items() if name == baseline != policy}
    if policy == LEVERS:
        named[LEVERS] = Policy(regime=USUAL, pillars=_sums(scenario))
    if policy == OPTIONS:
        others = tuple(Option(regime=way) for way in ASSESSED)
        named[OPTIONS] = Policy(regime=USUAL, options=others)
    compare = scenario.compare.model_copy(
        update={"regimes": tuple(dict.fromkeys((baseline, policy)))}
    )
    return scenario.model_copy(update={"policies": named, "compare": compare})


def _sums(scenario: Scenario) -> Pillars:
    """Give each lever a share of the focus's budgets; land only where somebody could hold it."""
    each = levers_sum(scenario, register()["pillars.spend_share"].value)
    trust = could_hold_land(scenario.origin.data, scenario.focus)
    sums = {name: each for name in Pillars.model_fields if trust or name != "land_assets"}
    return Pillars(**sums)


def _most_moved(switch: Switch, on: list[_Life], off: list[_Life]) -> Effect:
    inert = all(one.digest == other.digest for one, other in zip(on, off, strict=True))
    best = Effect(switch, "", "", 0.0, 0.0, 0.0, 0.0, inert)
    most = 0.0
    for name, first in on[0].outcomes.items():
        pairs = [
            (one.outcomes[name].value, other.outcomes[name].value)
            for one, other in zip(on, off, strict=True)
        ]
        known = [(one, other) for one, other in pairs if one is not None and other is not None]
        if name in NOT_RANKED or len(known) < len(pairs):
            continue
        moved = _moved(first.unit, known)
        if moved > most:
            most = moved
            changes = [other - one for one, other in known]
            best = Effect(
                switch, name, first.unit, _mean([one for one, _ in known]),
                _mean([other for _, other in known]), min(changes), max(changes), inert,
            )  # fmt: skip
    return best


def _moved(unit: str, known: list[tuple[float, float]]) -> float:
    on, off = _mean([one for one, _ in known]), _mean([other for _, other in known])
    if unit in RANKED_AS_THEY_ARE:
        return abs(off - on)
    return abs(off - on) / max(abs(on), abs(off), 1e-12)


def _mean(values: list[float]) -> float:
    return sum(values) / len(values)
