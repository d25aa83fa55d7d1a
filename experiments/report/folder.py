"""What a comparison left on disk, read once and kept in tables that the page asks by name.

The folder is the only input of a report: manifest.json, summary.json, results.parquet,
luck.parquet, draws.parquet and budget.csv, as `poundflow compare` writes them.
"""

import json
import math
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from experiments.store.errors import BrokenFileError, FolderError, NewerFormatError
from experiments.store.manifest import read_manifest

Key = tuple[str, str, str]
"""(measure, tier, policy)."""

SERIES = ("retained_share", "budget_year")
"""Measures that are also told month by month (month 1 and later)."""

NEWEST_SUMMARY = 1
"""The newest form of summary.json that this reader knows."""


class NoComparisonError(FolderError):
    """Raised when a folder does not hold what a finished comparison writes."""

    def __init__(self, folder: Path, reason: str) -> None:
        super().__init__(
            f"{folder} holds no comparison to report: {reason}. "
            "Give the folder that `poundflow compare --out` wrote, once it has finished."
        )
        self.folder = folder
        self.reason = reason


@dataclass(frozen=True)
class Estimate:
    """An average over futures with its interval, or the reason why there is none.

    Parameters
    ----------
    unit : str
        Unit of the three numbers.
    mean, low, high : float or None
        Average and its 95 % interval; None where not known.
    n : int
        Number of futures in it.
    why : str
        Why it is not known; empty where it is.
    """

    unit: str
    mean: float | None
    low: float | None
    high: float | None
    n: int
    why: str

    @property
    def verdict(self) -> str:
        """For a difference: "up", "down", "unclear" or "unknown".

        Unclear: the interval covers zero, or there is one future only and so no interval.
        """
        if self.mean is None or self.low is None or self.high is None:
            return "unknown"
        if self.n == 1:
            return "unclear"
        if self.low > 0:
            return "up"
        return "down" if self.high < 0 else "unclear"


@dataclass(frozen=True)
class Policy:
    """One way of buying as the scenario names it; `summary` is a sentence on it, or empty."""

    name: str
    title: str
    position: int
    summary: str = ""


@dataclass(frozen=True)
class Results:
    """The whole folder.

    Parameters
    ----------
    folder : Path
        Where it was read.
    manifest, summary : mapping
        The two JSON files.
    scenario : mapping
        The scenario's text, parsed; empty where it cannot be.
    policies : tuple of Policy
        In the order of the comparison.
    outcomes, differences : mapping
        Estimates by (measure, tier, policy).
    best : mapping
        Share of the futures in which a policy is best, by the same key.
    futures, luck : mapping
        Key -> {replicate: value}: with the assumptions drawn anew, and with them held.
    series : mapping
        Key -> {month: values over futures} of the measures in `SERIES`, from month 1.
    drawn : int
        Number of assumptions that differ between futures.
    draws : mapping
        Each of those -> {replicate: value}.
    budget : bytes
        budget.csv as it stands; empty where absent.
    """

    folder: Path
    manifest: Mapping[str, Any]
    summary: Mapping[str, Any]
    scenario: Mapping[str, Any]
    policies: tuple[Policy, ...]
    outcomes: Mapping[Key, Estimate]
    differences: Mapping[Key, Estimate]
    best: Mapping[Key, float]
    futures: Mapping[Key, Mapping[int, float]]
    luck: Mapping[Key, Mapping[int, float]]
    series: Mapping[Key, Mapping[int, list[float]]]
    drawn: int
    draws: Mapping[str, Mapping[int, float]]
    budget: bytes

    @property
    def baseline(self) -> Policy:
        """The policy that all others are compared with."""
        named = self.summary.get("baseline") or self.manifest.get("baseline")
        return next((p for p in self.policies if p.name == named), self.policies[0])

    @property
    def others(self) -> tuple[Policy, ...]:
        """Every policy but the baseline."""
        return tuple(p for p in self.policies if p != self.baseline)

    @property
    def replicates(self) -> int:
        """Number of futures tried."""
        return int(self.summary.get("replicates", 0))

    def tier_of(self, measure: str) -> str:
        """Give the tier at which a report shows a measure: the smallest that has it.

        Parameters
        ----------
        measure : str
            Name of the measure.

        Returns
        -------
        str
            A tier; "all" where the measure is absent.
        """
        known = [tier for (name, tier, _) in self.outcomes if name == measure]
        for tier in (*self.summary.get("tiers", []), "all", *known):
            if tier in known:
                return str(tier)
        return "all"

    def series_tier(self, measure: str) -> str:
        """Give the tier at which a report shows a measure in time."""
        known = sorted({tier for (name, tier, _) in self.series if name == measure})
        wanted = (*self.summary.get("tiers", []), "all", *known)
        return next((str(tier) for tier in wanted if tier in known), "all")

    def outcome(self, measure: str, policy: Policy, tier: str | None = None) -> Estimate:
        """Give an average, or an estimate that says why there is none."""
        key = (measure, tier or self.tier_of(measure), policy.name)
        return self.outcomes.get(key, _ABSENT)

    def change(self, measure: str, policy: Policy, tier: str | None = None) -> Estimate:
        """Give the paired difference from the baseline, or why there is none."""
        key = (measure, tier or self.tier_of(measure), policy.name)
        return self.differences.get(key, _ABSENT)

    def paired(self, measure: str, policy: Policy, of_luck: bool = False) -> list[float]:
        """Give the differences from the baseline, one a future that both have."""
        table = self.luck if of_luck else self.futures
        tier = self.tier_of(measure)
        here = table.get((measure, tier, policy.name), {})
        base = table.get((measure, tier, self.baseline.name), {})
        return [here[r] - base[r] for r in sorted(here) if r in base]


_ABSENT = Estimate("", None, None, None, 0, "this comparison did not report it")


def _number(value: Any) -> float | None:
    if not isinstance(value, int | float) or not math.isfinite(value):
        return None
    return float(value)


def _estimates(rows: list[dict[str, Any]]) -> dict[Key, Estimate]:
    made = {}
    for row in rows:
        mean = _number(row.get("mean"))
        why = str(row.get("why") or "")
        made[(row["measure"], row["tier"], row["regime"])] = Estimate(
            str(row.get("unit") or ""),
            mean,
            _number(row.get("low")),
            _number(row.get("high")),
            int(row.get("n") or 0),
            "" if mean is not None else why or "no reason was given",
        )
    return made


def _summary(folder: Path) -> dict[str, Any]:
    path = folder / "summary.json"
    try:
        content = json.loads(path.read_bytes())
    except FileNotFoundError:
        raise NoComparisonError(folder, "summary.json is missing") from None
    except (OSError, ValueError) as fault:
        raise BrokenFileError(path, str(fault)) from fault
    version = content.get("schema_version") if isinstance(content, dict) else None
    if not isinstance(version, int):
        raise BrokenFileError(path, "it carries no schema_version")
    if version > NEWEST_SUMMARY:
        raise NewerFormatError(path, version, NEWEST_SUMMARY)
    return dict(content)


def _best(rows: list[dict[str, Any]]) -> dict[Key, float]:
    return {
        (row["measure"], row["tier"], row["regime"]): float(row["share"])
        for row in rows
        if row["share"] is not None
    }


def _parquet(path: Path, columns: list[str]) -> list[tuple[Any, ...]]:
    """Read columns of a Parquet file as rows; none where the file is absent."""
    from pyarrow import ArrowInvalid
    from pyarrow.parquet import read_table

    if not path.is_file():
        return []
    try:
        table = read_table(path, columns=columns)
    except (ArrowInvalid, OSError) as fault:
        raise BrokenFileError(path, str(fault)) from fault
    return list(zip(*(table.column(name).to_pylist() for name in columns), strict=True))


def _values(
    path: Path,
) -> tuple[dict[Key, dict[int, float]], dict[Key, dict[int, list[float]]]]:
    whole: dict[Key, dict[int, float]] = {}
    series: dict[Key, dict[int, list[float]]] = {}
    columns = ["measure", "tier", "regime", "replicate", "month", "value"]
    for measure, tier, regime, replicate, month, raw in _parquet(path, columns):
        value = _number(raw)
        if value is None:
            continue
        key = (measure, tier, regime)
        if month > 0 and measure in SERIES:
            series.setdefault(key, {}).setdefault(month, []).append(value)
        elif month == 0:
            whole.setdefault(key, {})[replicate] = value
    return whole, series


def _policies(manifest: Mapping[str, Any], summary: Mapping[str, Any]) -> tuple[Policy, ...]:
    titles = {
        row["name"]: str(row.get("title") or row["name"]) for row in manifest.get("policies", [])
    }
    said = {row["name"]: str(row.get("summary") or "") for row in manifest.get("policies", [])}
    seen = list(dict.fromkeys(row["regime"] for row in summary.get("outcomes", [])))
    names = [name for name in titles if name in seen]
    names += [name for name in seen if name not in titles]
    return tuple(
        Policy(
            name,
            titles.get(name) or name.replace("_", " ").capitalize(),
            order,
            said.get(name, ""),
        )
        for order, name in enumerate(names)
    )


def _scenario(manifest: Mapping[str, Any]) -> dict[str, Any]:
    try:
        return tomllib.loads(str(manifest.get("scenario_text", "")))
    except tomllib.TOMLDecodeError:
        return {}


def _draws(path: Path) -> dict[str, dict[int, float]]:
    """Read the assumptions that differ between futures: name -> {replicate: value}."""
    found: dict[str, dict[int, float]] = {}
    for name, replicate, value in _parquet(path, ["name", "replicate", "value"]):
        found.setdefault(name, {})[replicate] = value
    return {name: one for name, one in found.items() if len(set(one.values())) > 1}


def read_results(folder: Path) -> Results:
    """Read the folder of a comparison.

    Parameters
    ----------
    folder : Path
        The folder that `poundflow compare --out` wrote.

    Returns
    -------
    Results
        Its content, by name.

    Raises
    ------
    NoComparisonError
        When manifest or summary is missing, or holds no outcome of any policy.
    BrokenFileError, NewerFormatError
        When a file cannot be read, or a later version wrote it.
    """
    manifest = read_manifest(folder)
    if manifest is None:
        raise NoComparisonError(folder, "manifest.json is missing")
    summary = _summary(folder)
    policies = _policies(manifest, summary)
    if not policies:
        raise NoComparisonError(folder, "summary.json holds no outcome of any policy")
    futures, series = _values(folder / "results.parquet")
    luck, _ = _values(folder / "luck.parquet")
    draws = _draws(folder / "draws.parquet")
    budget = folder / "budget.csv"
    return Results(
        folder=folder,
        manifest=manifest,
        summary=summary,
        scenario=_scenario(manifest),
        policies=policies,
        outcomes=_estimates(summary.get("outcomes", [])),
        differences=_estimates(summary.get("differences", [])),
        best=_best(summary.get("best", [])),
        futures=futures,
        luck=luck,
        series=series,
        drawn=len(draws),
        draws=draws,
        budget=budget.read_bytes() if budget.is_file() else b"",
    )
