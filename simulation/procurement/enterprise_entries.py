"""Numbers that every way of buying which founds an enterprise has: its work, size and capital."""

from functools import partial
from typing import Final

from scenarios.assumptions import Entry
from simulation.procurement.council_assets import asset_entries, lease_entries
from simulation.procurement.entries import entry, quality_weight

EVERGREEN: Final = "No UK figure found; the mechanism after the Evergreen Cooperatives, Cleveland"


def enterprise_entries(regime: str) -> tuple[Entry, ...]:
    """Return the entries on anchor demand, size and capital of an enterprise.

    Parameters
    ----------
    regime : str
        The way of buying that they belong to.
    """
    own = partial(entry, regime, fixed=True, source=EVERGREEN)
    return (
        quality_weight(regime),
        own("anchor_share", 0.5, 0.0, 1.0, "share",
            "Part of the buyer's need that the enterprise is built for and is promised (the "
            "guarantee).",
            null=0.0),
        own("anchor_months", 36.0, 0.0, 120.0, "months",
            "Months from its start in which the enterprise has its promise of work in full (the "
            "guarantee)."),
        own("taper_months", 24.0, 1.0, 120.0, "months",
            "Months in which the promise of work then falls to nothing; after that the enterprise "
            "only bids."),
        own("ramp_months", 12.0, 1.0, 36.0, "months",
            "Months until the enterprise can do all its work.", null=1.0, fixed=False),
        own("margin", 0.05, 0.0, 0.2, "share of cost",
            "Profit on top of the costs that the books show (the margin), while the promise of "
            "work lasts."),
        own("most_premium", 0.1, 0.0, 0.5, "share of price",
            "The most that the council pays the enterprise above the price that a tender found."),
        own("least_jobs", 3.0, 1.0, 50.0, "jobs",
            "With fewer jobs at full size than this, no enterprise is set up."),
        own("again", 0.0, 0.0, 1.0, "switch",
            "1: where one has closed, another is set up, with a promise of work of its own.",
            null=0.0),
        own("founding_hours", 400.0, 50.0, 2000.0, "hours",
            "Hours of the council's staff to set it up.", null=0.0, fixed=False),
        own("capital_months", 3.0, 0.5, 12.0, "months of full sales",
            "Money to begin with: for equipment, and to work with.", fixed=False),
        own("equipment_share", 0.5, 0.0, 0.9, "share of capital",
            "Part of the money to begin with that is spent on equipment at once.", null=0.0),
        own("loan_rate", 0.04, 0.0, 0.1, "share a year", "Interest on the council's loan.",
            null=0.0, fixed=False),
        own("loan_months", 120.0, 12.0, 360.0, "months",
            "Months in which the council's loan is paid back."),
    )  # fmt: skip


def given_and_lent(regime: str, source: str, sisters: str, lent: float) -> tuple[Entry, ...]:
    """Return the entries on what fund and council put in and pass on where nobody holds shares.

    Parameters
    ----------
    regime : str
    source : str
    sisters : str
        What its fund calls the enterprises before.
    lent : float
        Usual part of the council's loan.
    """
    own = partial(entry, regime, null=0.0, fixed=True, source=source)
    return (
        _grant_limit(regime),
        *asset_entries(regime, "enterprise", source),
        *lease_entries(regime, source),
        own("fund_share", 1.0, 0.0, 1.0, "share of capital",
            f"Part of the money to begin with that the fund of earlier {sisters} pays."),
        own("grant_share", 0.3, 0.0, 1.0, "share of capital",
            "Part of what is left that the council gives."),
        own("loan_share", lent, 0.0, 1.0, "share of capital",
            "Part of what is left that the council lends; a bank lends the rest."),
    )  # fmt: skip


def _grant_limit(regime: str) -> Entry:
    """Return the entry on the most that a council gives to an enterprise."""
    return entry(
        regime, "grant_limit", 315_000.0, 0.0, 5_000_000.0, "pounds",
        "The most that the council gives; what is beyond it is lent.", fixed=True,
        source="Subsidy Control Act 2022 s. 36: minimal financial assistance, three years; high: "
        "$5m of tax credits at Evergreen, where no law bounds it",
        grade="official",
    )  # fmt: skip
