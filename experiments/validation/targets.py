"""Published numbers that a calibration is to reach, and what the model comes to without one.

Targets and bands stand in `targets.toml`; they were written down before any fitting. What the
frozen calibration reached stands in `frozen.toml` beside it, with the values of the register that
it was reached with; where one of them has moved since, it counts no more. In full, a run of the
district as it is shipped shows beside it what the default values come to now, on one luck. A
nation's multiplier is scaled to the district by FLQ before anything is held against it.
"""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable

import numpy as np
from numpy.typing import NDArray

from experiments.validation.figure import Check, Figure, Sort, still_open, within
from experiments.validation.identities import lived
from scenarios import tables
from scenarios.assumptions import Assumptions
from scenarios.sources.io_tables import IoTable
from scenarios.sources.regionalise import Method, regional_table
from simulation.measures.catalogue import evaluate
from simulation.measures.measure import BUILT_STATE, WHOLE_WINDOW

Float64 = NDArray[np.float64]

FILE = "targets.toml"
FROZEN = "frozen.toml"
MOVED = "the register has moved since it was calibrated; --full shows what it comes to now"
MONTH_OF = {"start": BUILT_STATE, "window": WHOLE_WINDOW}
UK, TRADE = "uk_2019", "construction"
MILLION_POUNDS = 1e8


@dataclass(frozen=True, slots=True)
class Target:
    """A published number with its band.

    Attributes
    ----------
    id, what, unit, source : str
    row : str
        Of the list of what a calibration may use; targets of one row are reached together.
    low, high : float
        Least and most that are near enough, in `unit`.
    value : float or None
        As published; None where a band alone is.
    measure, tier, when : str
        What it is held against: a measure of the catalogue, over the `window` or at the `start`.
    scaled : str
        `type_1` or `type_2` where value and band are of a nation and are to be scaled by FLQ.
    open : str
        Or why nothing is held against it.
    """

    id: str
    what: str
    unit: str
    source: str
    low: float
    high: float
    row: str = ""
    value: float | None = None
    measure: str = ""
    tier: str = ""
    when: str = "window"
    scaled: str = ""
    open: str = ""

    def held(self, value: float, rounding: str) -> Figure:
        """Hold a figure against the band."""
        return within(value, self.low, self.high, self.unit, rounding, reference=self.value)

    def left(self, why: str) -> Figure:
        """Leave the line open."""
        return still_open(why, self.unit, reference=self.value, band=(self.low, self.high))


@dataclass(frozen=True, slots=True)
class Scaling:
    """From which nation's multipliers to which district.

    Attributes
    ----------
    nation : str
        Of the shipped nations.
    type_1, type_2 : float
        Its published multipliers of value added in construction.
    mix : str
        The district's trades, in the shipped table of mixes.
    jobs : float
    residents : float
        Part of what is paid in the district that its residents earn.
    """

    nation: str
    type_1: float
    type_2: float
    mix: str
    jobs: float
    residents: float


@dataclass(frozen=True, slots=True)
class Targets:
    """The file: whose targets they are, how long a run is, each of them, how some are scaled."""

    scenario: str
    months: int
    targets: tuple[Target, ...]
    scaling: Scaling


def here() -> Traversable:
    """Return the folder of both files."""
    return files("experiments.validation")


def read_targets() -> Targets:
    """Read the targets."""
    told = tomllib.loads((here() / FILE).read_text(encoding="utf-8"))
    rows = tuple(Target(**row) for row in told["targets"])
    return Targets(told["scenario"], told["months"], rows, Scaling(**told["scaling"]))


def read_frozen() -> Mapping[str, float]:
    """Read what the frozen calibration reached, by target; nothing where the register has moved."""
    told = tomllib.loads((here() / FROZEN).read_text(encoding="utf-8"))
    register = Assumptions.default()
    moved = any(register[name] != value for name, value in told["values"].items())
    return {} if moved else dict(told["reached"])


@cache
def outcomes(place: str, months: int) -> Mapping[tuple[str, str, int], float | None]:
    """Return what a run at the default values comes to, by measure, tier and month."""
    found = evaluate(lived(place, months).books, ("district", "county", "region", "uk"))
    return {(one.measure, one.tier, one.month): one.value for one in found}


def shipped_table() -> IoTable:
    """Return the shipped technology of the country as an input-output table [GBP million]."""
    uk = tables.technology(UK)
    output = uk.output_pence / MILLION_POUNDS
    primary = {
        "imports": uk.imports,
        "taxes_products": uk.taxes,
        "compensation": uk.compensation,
        "surplus": uk.surplus,
    }
    codes = tuple(one.id for one in tables.sectors())
    return IoTable(
        codes=codes, names=codes, flows=uk.A_domestic * output,
        primary={item: share * output for item, share in primary.items()},
        final={item: pounds / 1e6 for item, pounds in tables.final_demand(UK).items()},
        household={}, output=output,
    )  # fmt: skip


def value_added_multiplier(table: IoTable, trade: str, residents: float = 0.0) -> float:
    """Return value added in all trades per pound of it in one (Miller and Blair 2009, ch. 6).

    All that households spend is laid on pay, as in published Type II tables; of pay a part,
    `residents`, stays with households of the region. At 0 it is Type I.
    """
    made = np.where(table.output > 0.0, table.output, 1.0)
    pay = table.primary["compensation"]
    added = (pay + table.primary["surplus"]) / made
    n = made.size
    inputs = np.zeros((n + 1, n + 1))
    inputs[:n, :n] = table.coefficients
    inputs[n, :n] = residents * pay / made
    inputs[:n, n] = table.final["household"] / pay.sum()
    rounds = np.linalg.inv(np.eye(n + 1) - inputs)[:n, :n]
    at = table.codes.index(trade)
    return float(added @ rounds[:, at] / added[at])


@cache
def scaled_multipliers(scaling: Scaling) -> tuple[float, float]:
    """Return Type I and II of the district: published additions, scaled as FLQ scales them.

    What inputs add, and what households add, is to the nation's published figure as the same of the
    shipped table taken to the district is to that of the table taken to the nation (Flegg and
    Webber 1997). A nation's workers live in it; of the district's, a part does.
    """
    jobs = {name: _jobs(nation.jobs_2019) for name, nation in tables.nations().items()}
    mix = np.asarray(tables.sector_mix(scaling.mix), dtype=np.float64)
    delta = Assumptions.default()["network.flq_delta"]
    found = []
    for region, residents in (
        (jobs[scaling.nation], 1.0), (mix / mix.sum() * scaling.jobs, scaling.residents)
    ):  # fmt: skip
        table = regional_table(
            shipped_table(), region, np.add.reduce(list(jobs.values())), Method.FLQ, delta
        )
        one = value_added_multiplier(table, TRADE)
        found.append((one - 1.0, value_added_multiplier(table, TRADE, residents) - one))
    (inputs, homes), (inputs_here, homes_here) = found
    type_1 = 1.0 + (scaling.type_1 - 1.0) * inputs_here / inputs
    return type_1, type_1 + (scaling.type_2 - scaling.type_1) * homes_here / homes


def placed(target: Target, scaling: Scaling) -> Target:
    """Move a nation's value to the district, its band with it; give others as they are."""
    if not target.scaled or target.value is None:
        return target
    value = dict(zip(("type_1", "type_2"), scaled_multipliers(scaling), strict=True))[target.scaled]
    step = value - target.value
    return replace(target, value=value, low=target.low + step, high=target.high + step)


def _jobs(by_sector: Mapping[str, int]) -> Float64:
    return np.array([by_sector[one.id] for one in tables.sectors()], dtype=np.float64)


def _now(target: Target, told: Targets) -> float | None:
    """What the district as shipped comes to at the default values, on one luck."""
    found = outcomes(told.scenario, told.months)
    return found.get((target.measure, target.tier, MONTH_OF[target.when]))


def _figure(target: Target, told: Targets, frozen: Mapping[str, float], full: bool) -> Figure:
    if target.open:
        return target.left(target.open)
    now = _now(target, told) if full else None
    one = f"{told.scenario} as shipped, {told.months} months, one luck"
    if target.id in frozen:
        beside = "" if now is None else f"; {now:.3g} now ({one})"
        return target.held(frozen[target.id], f"as frozen{beside}")
    if now is None:
        return target.left(f"undefined in {told.scenario}" if full else MOVED)
    return target.held(now, f"default values, {one}")


def checks(full: bool) -> tuple[Check, ...]:
    """Return a line for each target; in full, what a run at the default values comes to."""
    told, frozen = read_targets(), read_frozen()

    def check(target: Target) -> Check:
        def run() -> Figure:
            return _figure(placed(target, told.scaling), told, frozen, full)

        return Check(target.id, Sort.TARGET, target.what, target.source, run)

    return tuple(check(target) for target in told.targets)
