"""Many areas as one account: counts add up, shares and incomes are weighed by whom they are of."""

from collections.abc import Sequence
from math import fsum
from typing import Any

from scenarios.from_tables.work import shares

Row = dict[str, Any]
COUNTS = ("population", "households", "jobs", "workers", "coops", "vcse")


def summed(parts: Sequence[Row], head: Row) -> Row:
    """Add areas up.

    Parameters
    ----------
    parts : sequence of dict
        Rows of [[areas]] with all figures, at least one.
    head : dict
        What the sum is called and where it lies: id, name, tier, parent.

    Returns
    -------
    dict
        A row of resolution `accounts`. Counts and enterprises add up to the last; sectors are
        weighed by jobs, tenure by households, income by residents, as the model weighs it. Its
        centre is that of its residents.
    """
    counts = {name: sum(part[name] for part in parts) for name in COUNTS}
    people = [part["population"] for part in parts]

    def mean(values: Sequence[float], weights: Sequence[int]) -> float:
        both = zip(values, weights, strict=True)
        return fsum(value * weight for value, weight in both) / sum(weights)

    homes = [part["households"] for part in parts]
    return {
        **head,
        "easting_km": round(mean([part["easting_km"] for part in parts], people), 3),
        "northing_km": round(mean([part["northing_km"] for part in parts], people), 3),
        "resolution": "accounts",
        "population": counts["population"],
        "households": counts["households"],
        "enterprises": {
            band: sum(part["enterprises"][band] for part in parts)
            for band in parts[0]["enterprises"]
        },
        "jobs": counts["jobs"],
        "workers": counts["workers"],
        "sector_mix": _sectors(parts),
        "income": {
            kind: 10 * round(mean([part["income"][kind] for part in parts], people) / 10)
            for kind in parts[0]["income"]
        },
        "tenure": {
            kind: round(mean([part["tenure"][kind] for part in parts], homes), 4)
            for kind in parts[0]["tenure"]
        },
        "coops": counts["coops"],
        "vcse": counts["vcse"],
    }


def _sectors(parts: Sequence[Row]) -> dict[str, float]:
    names = dict.fromkeys(name for part in parts for name in part["sector_mix"])
    return shares(
        {
            name: fsum(part["jobs"] * part["sector_mix"].get(name, 0.0) for part in parts)
            for name in names
        }
    )
