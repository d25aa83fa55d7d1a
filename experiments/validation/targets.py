"""Published numbers that a calibration is to reach, and what the model comes to without one.

Targets and bands stand in `targets.toml`; they were written down before any fitting. Once a
calibration is frozen, `frozen.toml` beside it says what was reached, and the table is read from
there. Until then most lines are open; in full, a run of a district at the default values shows what
they come to, misses among them. What the shipped tables alone decide is worked out at once.
"""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
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
NOT_YET = "not calibrated yet; --full shows what the default values come to"
MONTH_OF = {"start": BUILT_STATE, "window": WHOLE_WINDOW}
UK, REGION, TRADE = "uk_2019", "scotland", "construction"
MILLION_POUNDS = 1e8


@dataclass(frozen=True, slots=True)
class Target:
    """A published number with its band.

    Attributes
    ----------
    id, what, unit, source : str
    low, high : float
        Least and most that are near enough, in `unit`.
    value : float or None
        As published; None where a band alone is.
    measure, tier, when : str
        What it is held against: a measure of the catalogue, over the `window` or at the `start`.
    sums : str
        Or what tables alone decide: `gva_type_1` or `gva_type_2`.
    open : str
        Or why nothing is held against it.
    """

    id: str
    what: str
    unit: str
    source: str
    low: float
    high: float
    value: float | None = None
    measure: str = ""
    tier: str = ""
    when: str = "window"
    sums: str = ""
    open: str = ""

    def held(self, value: float, rounding: str) -> Figure:
        """Hold a figure against the band."""
        return within(value, self.low, self.high, self.unit, rounding, reference=self.value)

    def left(self, why: str) -> Figure:
        """Leave the line open."""
        return still_open(why, self.unit, reference=self.value, band=(self.low, self.high))


@dataclass(frozen=True, slots=True)
class Targets:
    """The file: whose targets they are, how long a run is, and each of them."""

    scenario: str
    months: int
    targets: tuple[Target, ...]


def here() -> Traversable:
    """Return the folder of both files."""
    return files("experiments.validation")


def read_targets() -> Targets:
    """Read the targets."""
    told = tomllib.loads((here() / FILE).read_text(encoding="utf-8"))
    rows = tuple(Target(**row) for row in told["targets"])
    return Targets(told["scenario"], told["months"], rows)


def read_frozen() -> Mapping[str, float]:
    """Read what a frozen calibration has reached, by target; nothing where none is frozen."""
    file = here() / FROZEN
    if not file.is_file():
        return {}
    return dict(tomllib.loads(file.read_text(encoding="utf-8"))["reached"])


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


def value_added_multiplier(table: IoTable, trade: str, *, households: bool) -> float:
    """Return value added in all trades per pound of it in one (Miller and Blair 2009, ch. 6).

    Households spend out of pay, by what they buy over all value added, as in `type_two`.
    """
    made = np.where(table.output > 0.0, table.output, 1.0)
    added = (table.primary["compensation"] + table.primary["surplus"]) / made
    n = made.size
    inputs = np.zeros((n + 1, n + 1))
    inputs[:n, :n] = table.coefficients
    if households:
        inputs[n, :n] = table.primary["compensation"] / made
        inputs[:n, n] = table.final["household"] / (added * made).sum()
    rounds = np.linalg.inv(np.eye(n + 1) - inputs)[:n, :n]
    at = table.codes.index(trade)
    return float(added @ rounds[:, at] / added[at])


def _of_tables(target: Target) -> Figure:
    jobs = {name: _jobs(nation.jobs_2019) for name, nation in tables.nations().items()}
    delta = Assumptions.default()["network.flq_delta"]
    table = regional_table(
        shipped_table(), jobs[REGION], np.add.reduce(list(jobs.values())), Method.FLQ, delta
    )
    found = value_added_multiplier(table, TRADE, households=target.sums == "gva_type_2")
    return target.held(found, f"FLQ with delta {delta:g}; no run")


def _jobs(by_sector: Mapping[str, int]) -> Float64:
    return np.array([by_sector[one.id] for one in tables.sectors()], dtype=np.float64)


def _of_run(target: Target, told: Targets) -> Figure:
    found = outcomes(told.scenario, told.months)
    value = found.get((target.measure, target.tier, MONTH_OF[target.when]))
    if value is None:
        return target.left(f"undefined in {told.scenario}")
    return target.held(value, f"default values, {told.scenario}, {told.months} months, one luck")


def _figure(target: Target, told: Targets, frozen: Mapping[str, float], full: bool) -> Figure:
    if target.open:
        return target.left(target.open)
    if target.sums:
        return _of_tables(target)
    if target.id in frozen:
        return target.held(frozen[target.id], "as frozen")
    return _of_run(target, told) if full else target.left(NOT_YET)


def checks(full: bool) -> tuple[Check, ...]:
    """Return a line for each target; in full, what a run at the default values comes to."""
    told, frozen = read_targets(), read_frozen()

    def check(target: Target) -> Check:
        def run() -> Figure:
            return _figure(target, told, frozen, full)

        return Check(target.id, Sort.TARGET, target.what, target.source, run)

    return tuple(check(target) for target in told.targets)
