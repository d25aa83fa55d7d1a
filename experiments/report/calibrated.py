"""What a calibration found, in words, tables and a picture: a miss is told as a miss."""

from collections.abc import Mapping
from typing import Any

import numpy as np

from experiments.calibration.found import PARTS, Found
from experiments.calibration.misfit import weighted_quantiles
from experiments.figures.fit import Nearness, Spread, fit_figure
from experiments.report.glossary import term
from experiments.report.pictures import Picture, picture
from experiments.report.swept import Answer, many, plain, share_told
from experiments.report.tables import Grid
from experiments.report.words import listed

FINER = 10
"""Parts of a tolerance that the last digit of a target shows."""
LITTLE = 0.8
"""Share of its prior range that is left of a number of which the targets tell little."""
TIED = 0.7
"""Correlation from which two numbers are said to be known only together."""
NOISY = 0.5
"""Part of a tolerance from which luck alone is said to move a target."""
FEW = 20.0
"""Effective particles below which ranges are rough."""

Told = Mapping[str, Any]


def calibrated_answer(found: Found) -> Answer:
    """Put a calibration in words.

    Parameters
    ----------
    found : Found
    """
    told = found.document
    return Answer(
        title=f"Do the numbers of “{told['name']}” come to their targets?",
        paragraph=[_first(told), *_of_fitted(told), *_of_conflicts(told)],
        grids=[
            _targets_grid(told), _fitted_grid(told), *_tied_grid(told), *_inputs_grid(told),
            _course_grid(told), _sources_grid(told),
        ],
        pictures=[_picture(found)],
        method=[
            "Approximate Bayesian computation by sequential Monte Carlo (Toni and Stumpf 2010), "
            "through pyABC: values are drawn from what was assumed before, lived, and kept where "
            "they come near enough; each generation perturbs the last one and asks for more, down "
            "to every target within its tolerance. The distance is the largest miss in tolerances; "
            "beyond 1, what each miss is above 1 counts by its weight.",
            "Every particle meets the same luck; what it came to is the mean over its lucks. "
            "Ranges hold 90% of the weight. “Left” is the part of the prior’s 90% range that the "
            "accepted ones still span, in shares of the prior.",
            "A fit shows that the model can come to the targets, not that it does so for the right "
            "reasons: other values, and another model, may come to them as well. Numbers that were "
            "fitted to a target are no evidence for it; hold others back to test them.",
        ],
        left=_left(told),
    )  # fmt: skip


def facts_of(told: Told) -> list[tuple[str, str]]:
    """What the calibration is: name and content."""
    cost = told["cost"]
    return [
        ("Calibration", told["name"]),
        ("Scenario", told["scenario"]),
        ("Months", f"{told['months']}, measured from {told['window'][0]} to {told['window'][1]}"),
        ("Targets", f"{len(told['targets'])}, {'all reached' if told['reached'] else 'missed'}"),
        ("Fitted", str(len(told["fitted"]))),
        ("Particles lived", f"{cost['particles']:,} ({cost['runs']:,} runs)"),
    ]


def _name(target: Told) -> str:
    when = {"window": "", "start": ", at the start"}.get(
        target["when"], f", month {target['when']}"
    )
    where = "" if target["tier"] == "all" else f" ({target['tier']})"
    return f"{term(target['measure']).title}{where}, {target['policy']}{when}"


def _first(told: Told) -> str:
    if told["reached"]:
        return (
            f"Yes: the last generation holds {told['generations'][-1]['accepted']:,} particles "
            f"in which every target is within its tolerance. They are worth "
            f"{told['effective_particles']:.0f} of equal weight."
        )
    last = told["generations"][-1]
    how = (
        "in its first generation, which takes all"
        if last["threshold"] is None
        else f"at a threshold of {plain(last['threshold'])}"
    )
    rare = (
        f" {many(told['within_all'], 'particle')} of all that were lived came to all targets, too "
        "few to make a generation of." if told["within_all"] else ""
    )  # fmt: skip
    return (
        f"No: this is a miss. The search ended {how}; the nearest particle is at a "
        f"distance of {plain(told['nearest'])}, where 1 is within every tolerance.{rare} No "
        "accepted values are written."
    )


def _of_fitted(told: Told) -> list[str]:
    loose = [one["name"] for one in told["fitted"] if one["share_left"] > LITTLE]
    tied = [one for one in told["correlations"] if abs(one["correlation"] or 0.0) >= TIED]
    said = []
    if loose:
        said.append(f"The targets tell little of {listed(loose)}: nearly all of the range is left.")
    said += [
        f"{listed(one['numbers'])} are known only together (correlation "
        f"{one['correlation']:.2f}): one makes up for the other."
        for one in tied
    ]
    if told["effective_particles"] < FEW:
        said.append("So few particles make the ranges rough: ask for a larger population.")
    noisy = [
        _name(one) for one in told["targets"] if (one["luck"] or 0.0) > NOISY * one["tolerance"]
    ]
    if noisy:
        said.append(
            f"Luck alone moves {listed(noisy)} by more than half its tolerance: ask for more "
            "replicates, or a wider tolerance."
        )
    return said


def _of_conflicts(told: Told) -> list[str]:
    said = []
    for one in told["conflicts"]:
        first, other = (_name(told["targets"][k]) for k in one["targets"])
        said.append(
            f"“{first}” and “{other}” were each reached, but never together: the nearest particle "
            f"misses one of them by {plain(one['best_together'])} tolerances."
        )
    for target in told["targets"]:
        if abs(target["best_miss"]) > 1.0:
            side = "below" if target["best_miss"] < 0 else "above"
            said.append(
                f"“{_name(target)}” was never reached: every particle stays {side} it, by "
                f"{plain(abs(target['best_miss']))} tolerances at best."
            )
    return said


def _left(told: Told) -> list[str]:
    cost = told["cost"]
    if not cost["failed"]:
        return []
    return [
        f"{many(cost['failed'], 'particle')} of {cost['particles']:,} failed and were rejected; "
        f"{many(one['particles'], 'time')}: {one['reason']}."
        for one in cost["failures"][:3]
    ]


def _targets_grid(told: Told) -> Grid:
    rows = []
    for one in told["targets"]:
        write = term(one["measure"]).writes(one["unit"], one["tolerance"] / FINER)
        reached = one["reached"]
        rows.append(
            [
                _name(one),
                write(one["value"] - one["tolerance"])
                + " to "
                + write(one["value"] + one["tolerance"]),
                write(one["central"]),
                write(reached["median"]),
                f"{write(reached['low'])} to {write(reached['high'])}",
                share_told(one["within"]),
                "–" if one["luck"] is None else write(one["luck"]),
            ]
        )
    head = ["Target", "Wanted", "At central values", "Reached", "90% range", "Within",
            "Luck (s.e.)"]  # fmt: skip
    return Grid("Targets, and what was reached", head, rows)


def _fitted_grid(told: Told) -> Grid:
    rows = [
        [
            one["name"], f"{plain(one['prior']['low'])} to {plain(one['prior']['high'])}",
            plain(one["accepted"]["median"]),
            f"{plain(one['accepted']['low'])} to {plain(one['accepted']['high'])}",
            one["unit"], share_told(min(1.0, one["share_left"])), one["what"],
        ]
        for one in told["fitted"]
    ]  # fmt: skip
    kept = "accepted" if told["reached"] else "last generation, not accepted"
    head = ["Number", "Assumed before", "Middle", "90% range", "Unit", "Left", "What it is"]
    return Grid(f"Fitted numbers ({kept})", head, rows)


def _tied_grid(told: Told) -> list[Grid]:
    rows = [
        [" × ".join(one["numbers"]), "–" if one["correlation"] is None
         else f"{one['correlation']:.2f}"]
        for one in told["correlations"]
    ]  # fmt: skip
    return [Grid("How fitted numbers hang together", ["Pair", "Correlation"], rows)] if rows else []


def _inputs_grid(told: Told) -> list[Grid]:
    rows = [[one["name"], plain(one["value"]), one["source"]] for one in told["inputs"]]
    return [Grid("Set, not fitted", ["Number", "Value", "Source"], rows)] if rows else []


def _course_grid(told: Told) -> Grid:
    rows = [
        [
            str(one["generation"]),
            "none" if one["threshold"] is None else plain(one["threshold"]),
            f"{one['proposals']:,}", f"{one['accepted']:,}", share_told(one["acceptance"]),
        ]
        for one in told["generations"]
    ]  # fmt: skip
    head = ["Generation", "Threshold (distance)", "Proposals", "Accepted", "Share"]
    return Grid("The course of the search", head, rows)


def _sources_grid(told: Told) -> Grid:
    rows = [[_name(one), one["source"]] for one in told["targets"]]
    return Grid("Where the targets are from", ["Target", "Source"], rows)


def _picture(found: Found) -> Picture:
    told = found.document
    weights = found.particles.column("weight").to_numpy()
    spreads = [_spread(found, one, weights) for one in told["fitted"]]
    targets = [_nearness(one) for one in told["targets"]]
    grid = _targets_grid(told)
    return picture(
        "fit", "Assumed and left, wanted and reached", _first(told), fit_figure(spreads, targets),
        grid, "Circle: the middle particle; bar: 90% of the weight; cross: central values.",
    )  # fmt: skip


def _spread(found: Found, one: Told, weights: Any) -> Spread:
    prior = one["prior"]
    low, high = prior["low"], prior["high"]
    values = found.particles.column(one["name"]).to_numpy()
    edges = np.linspace(low, high, PARTS + 1)
    after, _ = np.histogram(values, edges, weights=weights)
    (middle,) = weighted_quantiles(values, weights, (0.5,))
    return Spread(
        f"{one['name']} [{one['unit']}]",
        (plain(low), plain(high)),
        prior["parts"],
        after.tolist(),
        (middle - low) / (high - low),
    )


def _nearness(one: Told) -> Nearness:
    def off(value: float) -> float:
        return float(value - one["value"]) / float(one["tolerance"])

    reached = one["reached"]
    return Nearness(
        _name(one), off(reached["low"]), off(reached["median"]), off(reached["high"]),
        off(one["central"]),
    )  # fmt: skip
