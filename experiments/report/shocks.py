"""What befell the place while the story ran, in words for a committee."""

from collections.abc import Mapping
from typing import Any

from experiments.report.folder import Results
from experiments.report.words import quantity

BLOWS = {
    "supplier_fails": "the largest supplier fails",
    "demand_falls": "demand from outside falls by {}",
    "input_prices": "what firms buy grows dearer by {}",
    "grant_cut": "grants are cut by {}",
    "platform_down": "a shared platform stands still",
    "portal_down": "the portal for notices is down",
}


def befalls(results: Results) -> str:
    """List the shocks that all ways of buying met; empty where there were none.

    Parameters
    ----------
    results : Results
        A comparison.

    Returns
    -------
    str
        For instance "grants are cut by 20.0% in month 13; the largest supplier fails in month 20".
    """
    months = int(results.summary.get("months", 0))
    met = [one for one in results.manifest.get("shocks", []) if int(one["month"]) <= months]
    return "; ".join(_blow(one) for one in sorted(met, key=lambda one: int(one["month"])))


def _blow(shock: Mapping[str, Any]) -> str:
    size = quantity(float(shock.get("size") or 0.0), "share")
    return f"{BLOWS[str(shock['kind'])].format(size)} in month {shock['month']}"
