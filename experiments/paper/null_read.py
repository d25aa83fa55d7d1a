"""Reads the sweeps of the honest null: each future's effects from the local view to the whole."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np

from experiments.analysis.futures import gains_of
from experiments.analysis.values import Float64
from experiments.design.factorial import levers_sum
from experiments.design.points import points_of
from experiments.design.sweep import DesignPlan, SweepPlan, sweep_from_text
from experiments.library.swept import Swept, read_swept, with_baseline
from experiments.paper.stored import open_finished
from experiments.runner.replicate import all_entries
from experiments.store.sweep_tables import PLAN_FILE
from scenarios.assumptions import Entry
from scenarios.read import read_scenario
from scenarios.spec import Scenario
from scenarios.tables import value_added

LOCAL, NET, WHOLE = "local", "net", "whole"
VIEWS = (LOCAL, NET, WHOLE)
HERE, COUNTRY = "district", "uk"
POUNDS_IN_MILLION = 1e6
SERVICES, MORE_LOCAL, PREMIUM = "services", "more_local", "premium"


@dataclass(frozen=True, slots=True)
class Effects:
    """What each policy did against the baseline.

    Attributes
    ----------
    policies : tuple of str
        Rows; the baseline is not among them.
    value : mapping of str to float64[n_policies, n_points, n_replicates]
        By view, and of services delivered [GBP a year]; change of the share of spending with
        suppliers of the place, and the premium of unit costs [share]. nan where a block is not
        whole.
    """

    policies: tuple[str, ...]
    value: Mapping[str, Float64]


@dataclass(frozen=True, slots=True)
class Sizes:
    """What effects are held against.

    Attributes
    ----------
    spent : float
        What the buyers seated in the place spend with suppliers a year [GBP].
    output : float
        Gross value added of the place in a year, of another year's table [GBP].
    """

    spent: float
    output: float


@dataclass(frozen=True, slots=True)
class Drawn:
    """What the futures of a plan drew.

    Attributes
    ----------
    entries : sequence of Entry
        Assumptions that were drawn.
    points : float64[n_futures, n_entries]
        In each entry's unit.
    """

    entries: Sequence[Entry]
    points: Float64 = field(repr=False)

    @property
    def names(self) -> list[str]:
        """Of the columns of `points`."""
        return [one.name for one in self.entries]


def read_effects(folder: Path) -> Effects:
    """Read a finished sweep.

    Parameters
    ----------
    folder : Path

    Raises
    ------
    NoSweepError, StoredTableError, AnalyseError
        When it holds no sweep, an unfinished one, or not the measures that the null is asked on.
    """
    with open_finished(folder) as store:
        swept = read_swept(store)
        policies = tuple(name for name in swept.order if name != swept.baseline)
        net = _told(swept, "net_gain_after_cost", policies)
        services = net - _told(swept, "net_local_income", policies)
        here, country = (
            _told(swept, "disposable_income", policies, tier) for tier in (HERE, COUNTRY)
        )
        return Effects(
            policies,
            {
                LOCAL: here + services, NET: net, WHOLE: country + services, SERVICES: services,
                MORE_LOCAL: _told(swept, "local_share_based", policies),
                PREMIUM: _told(swept, "unit_cost_premium", policies, None),
            },
        )  # fmt: skip


def _told(swept: Swept, measure: str, policies: Sequence[str], tier: str | None = HERE) -> Float64:
    """One measure against the baseline."""
    futures = with_baseline(swept, swept.futures(measure, tier))
    gains = dict(zip(futures.policies, gains_of(futures, swept.baseline), strict=True))
    told = np.full((len(policies), swept.shape.points, swept.shape.replicates), np.nan)
    for row, policy in enumerate(policies):
        if policy in gains:
            told[row, futures.at] = gains[policy]
    return told


def read_drawn(folder: Path, futures: int) -> Drawn:
    """Say again what the first futures of a sweep drew: everything with a range, as they did.

    Parameters
    ----------
    folder : Path
        Of a sweep of one place, whose replicates draw what the place does not set.
    futures : int
    """
    plan, scenario = _asked(folder)
    entries = all_entries(scenario)
    design = DesignPlan(kind="register", points=futures, names="all")
    points = points_of(design, entries, plan.seed, held=scenario.assumptions)
    return Drawn([entries[name] for name in points.names], points.values)


def read_sizes(folder: Path) -> Sizes:
    """Say how large the only place of a sweep is.

    Raises
    ------
    UnknownRowError
        When its focus is no district of England.
    """
    _, scenario = _asked(folder)
    output = float(value_added(scenario.focus).sum()) * POUNDS_IN_MILLION
    return Sizes(levers_sum(scenario, 1.0), output)


def _asked(folder: Path) -> tuple[SweepPlan, Scenario]:
    """The plan of a sweep, and its first place."""
    file = folder / PLAN_FILE
    plan = sweep_from_text(file.read_text(encoding="utf-8"), str(file)).require()
    place = plan.places[0]
    return plan, read_scenario(place.scenario, place.sets)


def above_sum(effects: Effects, together: str) -> Mapping[str, Float64]:
    """Return what all pillars do together, less the sum of what each does alone.

    Parameters
    ----------
    effects : Effects
    together : str
        The policy with all; every other one is a single pillar.

    Returns
    -------
    mapping of str to float64[n_points, n_replicates]
        By view [GBP a year].
    """
    row = effects.policies.index(together)
    alone = [k for k in range(len(effects.policies)) if k != row]
    return {
        view: effects.value[view][row] - effects.value[view][alone].sum(axis=0) for view in VIEWS
    }
