"""The economics of an alliance: one purse, shared pain and gain, effort, unanimity, learning.

Who bears only a part of what its own effort saves makes less of it: moral hazard in teams
(Holmstrom 1982). Who must be asked can refuse: the cost of deciding rises with the number whose
consent is needed (Buchanan and Tullock 1962).
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace

import numpy as np

from simulation.kernels import runs
from simulation.procurement.interface import Bool, Float64, Int64
from simulation.procurement.people import Cohort, Course, failure_demand

ROUNDING = 1e-9
"""Of shares of a count of members."""


@dataclass(frozen=True, slots=True)
class AllianceState:
    """What an alliance knows of itself. Rows are its providers, in the arrangement's order.

    Attributes
    ----------
    agreed : float64[k]
        Price of a unit of need that was agreed with each provider; the target for a month is what
        was done at these prices.
    alone : float64[k]
        What the council believes a unit would cost it by a contract with each provider, the
        tender's cost to it included.
    cohort : Cohort
        The people it helps.
    raised : float64[k]
        Factor on each provider's price and cost of signature: its effort, and the service that a
        unit of need takes.
    extended : bool
        Whether the review at the end of the first term has extended it.
    grown : bool
        Whether the need grew since the last settlement.
    """

    agreed: Float64
    alone: Float64
    cohort: Cohort
    raised: Float64
    extended: bool = False
    grown: bool = False


def course_of(rules: Mapping[str, float]) -> Course:
    """Return how people fare, by the parameters of `alliance`."""
    return Course(
        resolve=1.0 / max(rules["months_in_service"], 1.0),
        back=1.0 / max(rules["months_to_return"], 1.0),
        recurrence=rules["recurrence"],
    )


def parts_of_pool(units: Float64, split: float) -> Float64:
    """Return each provider's part of pain and gain: equal at split 0, by the month's work at 1."""
    equal = np.full(units.size, 1.0 / max(units.size, 1))
    total = float(units.sum())
    if total <= 0.0:
        return equal
    parts: Float64 = equal + split * (units / total - equal)
    return parts


def effort(rules: Mapping[str, float], parts: Float64) -> Float64:
    """Return the effort that each provider makes to contain its cost, 0 none and 1 full.

    Effort e saves `slack` x e of a unit's cost and costs `slack` x `effort_cost` x e^2 / 2 of it.
    A provider that keeps a part b of the saving chooses e = b / effort_cost, at most 1. It keeps
    its part of what the providers share: b = share x (1 - free_riding x (1 - part)).

    Parameters
    ----------
    rules : mapping
        Parameters of `alliance` by short name.
    parts : float64[k]
        From `parts_of_pool`.
    """
    keeps = rules["share"] * (1.0 - rules["free_riding"] * (1.0 - parts))
    chosen: Float64 = np.minimum(keeps / max(rules["effort_cost"], 1e-9), 1.0)
    return chosen


def shared(rules: Mapping[str, float], target_pence: float, actual_pence: float) -> int:
    """Return what the providers gain (above 0) or bear (below 0) of a month's result [pence].

    share x (target - actual), within the caps, which are shares of the target.
    """
    result = rules["share"] * (target_pence - actual_pence)
    most, least = rules["gain_cap"] * target_pence, rules["pain_cap"] * target_pence
    return round(min(max(result, -least), most))


def split_pence(pence: int, parts: Float64) -> Int64:
    """Split pain or gain by parts, losing no penny: int64[k], all of one sign."""
    split = np.empty(parts.size, dtype=np.int64)
    begins, sums = np.array([0, parts.size]), np.array([float(parts.sum())])
    runs.pay_runs(np.array([abs(pence)]), parts, sums, begins, split)
    return split if pence >= 0 else -split


def refusals(rules: Mapping[str, float], draws: Float64) -> Bool:
    """Say which providers refuse a change of rules, each by its own draw in (0, 1)."""
    refuses: Bool = draws < rules["hold_out"]
    return refuses


def agreed(rules: Mapping[str, float], refuses: Bool) -> bool:
    """Say whether enough providers consent: all of them where decisions are unanimous."""
    consenting = int(refuses.size - np.count_nonzero(refuses))
    return consenting >= rules["consent"] * refuses.size - ROUNDING


def learned(rules: Mapping[str, float], cohort: Cohort) -> Cohort:
    """Return the people after rules were changed by what a review saw.

    The part of recurrence that is left moves towards the part that no rule can avoid, by learning
    x failure demand seen: who sees little of it learns little.
    """
    seen = failure_demand(cohort, course_of(rules))
    left = cohort.kept - (1.0 - rules["avoidable"])
    return replace(cohort, kept=cohort.kept - rules["learning"] * seen * max(left, 0.0))
