"""A sweep's folder as its analyses want it: shape, factors, and one measure at a time."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from scenarios.errors import InputError
from scenarios.nearest import did_you_mean

if TYPE_CHECKING:
    import numpy as np
    import pandas as pd
    from numpy.typing import NDArray

    from experiments.analysis.futures import Futures, Shape
    from experiments.design.sweep import DesignPlan
    from experiments.store.relations import Store
    from scenarios.tables import Country


NARROWEST_FIRST = ("district", "county", "region", "neighbours", "uk", "all")
"""Tiers in the order in which one is taken where none is named."""


class AnalyseError(InputError):
    """Raised when a sweep cannot answer what is asked of it."""


@dataclass(slots=True)
class Swept:
    """What a sweep has so far, and what it set out to have.

    Attributes
    ----------
    store : Store
    name, baseline : str
        Of the sweep; what differences are taken from.
    design : DesignPlan
        How its points were laid out.
    paired : bool
        Whether places, points and policies met the same luck.
    shape : Shape
        Policies, places, points, replicates of the plan.
    factors : tuple of str
        Columns of `points`.
    points : float64[n_points, n_factors]
        Values of the factors.
    runs : DataFrame
        Finished runs of the places that count.
    tiers : mapping of str to list of str
        Measures that the results hold, each with its tiers from the narrowest out.
    say : callable
        Says a text in the money and the words of the places.
    order : tuple of str
        All policies of the plan, which gives each its look.
    kept : bool[n_points]
        Points that count: those within the ranges asked for.
    """

    store: "Store"
    name: str
    baseline: str
    design: "DesignPlan"
    paired: bool
    shape: "Shape"
    factors: tuple[str, ...]
    points: "NDArray[np.float64]"
    runs: "pd.DataFrame"
    tiers: Mapping[str, Sequence[str]]
    say: Callable[[str], str]
    order: tuple[str, ...]
    kept: "NDArray[np.bool_]"

    @property
    def narrowed(self) -> bool:
        """Whether only some of the points count."""
        return not self.kept.all()

    def futures(self, measure: str, tier: str | None) -> "Futures":
        """One measure, whole blocks alone.

        Raises
        ------
        AnalyseError
            When the results do not hold it, or hold it in two moneys.
        """
        import numpy as np

        from experiments.analysis.futures import gather

        tiers = self.tiers
        if measure not in tiers:
            raise AnalyseError(
                f"--measure {measure}: the sweep keeps no such measure. "
                f"{did_you_mean(measure, tiers)}".rstrip()
            )
        where = tier or tiers[measure][0]
        if where not in tiers[measure]:
            if tiers[measure] != ["all"]:
                raise AnalyseError(
                    f"--tier {where}: {measure} is told for {', '.join(tiers[measure])}."
                )
            where = "all"  # place does not enter this measure
        rows = self.store.frame(
            "results", f"month = 0 AND measure = '{measure}' AND tier = '{where}'"
        )
        rows = rows[rows["place"].isin(self.shape.places)]
        rows = rows[rows["policy"].isin(self.shape.policies)]
        units = sorted(rows["unit"].unique())
        if len(units) > 1:
            raise AnalyseError(
                f"--measure {measure}: places tell it in {' and '.join(units)}, which cannot be "
                "added. Ask for one with --place."
            )
        counted = np.tile(self.kept, len(self.shape.places))
        return gather(rows, self.runs, self.shape, counted)


def read_swept(
    store: "Store",
    *,
    place: str | None = None,
    baseline: str | None = None,
    only: Sequence[str] = (),
    within: Mapping[str, tuple[float, float]] | None = None,
) -> Swept:
    """Take a sweep as its analyses want it.

    Parameters
    ----------
    store : Store
        Opened.
    place : str, optional
        The only place that counts; all by default.
    baseline : str, optional
        Policy to compare with; the plan's by default.
    only : sequence of str
        The only policies that count, beside the baseline; all by default.
    within : mapping of str to (float, float), optional
        Ranges of assumptions: points outside any of them do not count. Both ends belong to it.

    Raises
    ------
    AnalyseError
        When nothing is finished, or the place, a policy or an assumption is not in it, or no point
        lies within the ranges.
    """
    import numpy as np

    from experiments.analysis.futures import Shape
    from experiments.design.sweep import sweep_from_text
    from experiments.store.sweep_tables import PLAN_FILE

    label = store.label
    file = store.path / PLAN_FILE
    plan = sweep_from_text(file.read_text(encoding="utf-8"), str(file)).require()
    places, order = _places(label["places"], place), tuple(label["policies"])
    runs = store.frame("runs")
    runs = runs[runs["place"].isin(places)]
    if runs.empty:
        raise AnalyseError(
            f"{store.path}: no run of {', '.join(places)} is finished yet. "
            "Go on with `poundflow sweep`."
        )
    asked = baseline or label["scenarios"][0]["baseline"]
    for option, name in (("--baseline", asked), *(("--only", one) for one in only)):
        known_policy(option, name, order)
    policies = tuple(one for one in order if not only or one in only or one == asked)
    runs = runs[runs["policy"].isin(policies)]
    tiers, units = _kept(store)
    design = store.frame("design")
    names = tuple(dict.fromkeys(design["name"].astype(str)))
    many = int(label["points"])
    values = design.sort_values("point", kind="stable")["value"].to_numpy(dtype=np.float64)
    points = values.reshape(many, len(names))
    return Swept(
        store=store,
        name=plan.name,
        baseline=asked,
        design=plan.design,
        paired=plan.paired,
        shape=Shape(policies, places, many, int(label["replicates"])),
        factors=names,
        points=points,
        runs=runs,
        tiers=tiers,
        say=partial(_nation(units).say, kept=(plan.name, *places, *order)),
        order=order,
        kept=_within(names, points, within or {}),
    )


def _within(
    names: Sequence[str],
    points: "NDArray[np.float64]",
    ranges: Mapping[str, tuple[float, float]],
) -> "NDArray[np.bool_]":
    """Say which points lie within all ranges: bool[n_points]."""
    import numpy as np

    kept = np.ones(len(points), dtype=np.bool_)
    for name, (low, high) in ranges.items():
        if name not in names:
            raise AnalyseError(
                f"--within {name}: the sweep varies no such assumption. "
                f"{did_you_mean(name, names)}".rstrip()
            )
        at = points[:, list(names).index(name)]
        kept &= (at >= low) & (at <= high)
    if not kept.any():
        raise AnalyseError(
            "no future of the sweep lies within the ranges asked for; widen one of them."
        )
    return kept


def known_policy(option: str, name: str, policies: Sequence[str]) -> None:
    """Refuse a policy that is not of the sweep.

    Raises
    ------
    AnalyseError
    """
    if name not in policies:
        raise AnalyseError(
            f"{option} {name}: no policy of the sweep. {did_you_mean(name, policies)}".rstrip()
        )


def _kept(store: "Store") -> tuple[dict[str, list[str]], list[str]]:
    """Measures that the results hold, each with its tiers, and all units."""
    found = store.sql(
        "SELECT DISTINCT measure, tier, unit FROM results WHERE month = 0 ORDER BY measure, tier"
    ).fetchall()
    tiers: dict[str, list[str]] = {}
    for measure, tier, _ in found:
        tiers.setdefault(measure, [])
        if tier not in tiers[measure]:
            tiers[measure].append(tier)
    for some in tiers.values():
        some.sort(key=NARROWEST_FIRST.index)
    return tiers, [unit for _, _, unit in found]


def _nation(units: Sequence[str]) -> "Country":
    """The nation whose money the results are in; the home nation where they are in several."""
    from scenarios.tables import HOME, countries, country

    moneys = {one.currency: one for one in reversed(list(countries().values()))}
    found = {unit[:3] for unit in units} & moneys.keys()
    return moneys[found.pop()] if len(found) == 1 else country(HOME)


def _places(planned: Sequence[str], asked: str | None) -> tuple[str, ...]:
    """The places that count."""
    if asked is None:
        return tuple(planned)
    if asked not in planned:
        raise AnalyseError(
            f"--place {asked}: no place of the sweep. {did_you_mean(asked, planned)}".rstrip()
        )
    return (asked,)


def with_baseline(swept: Swept, futures: "Futures") -> "Futures":
    """Refuse futures in which there is nothing to compare with."""
    if swept.baseline not in futures.policies:
        why = futures.left.policies.get(swept.baseline, "no run of it is finished")
        raise AnalyseError(
            f"{futures.measure}: the baseline {swept.baseline} has no number ({why}). Name another "
            "with --baseline, or another --measure."
        )
    return futures
