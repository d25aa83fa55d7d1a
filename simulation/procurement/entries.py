"""How the numbers of a way of buying are written into the register, and where most come from."""

from typing import Final

from scenarios.assumptions import Entry

NO_FIGURE: Final = "No UK figure found"


def entry(
    regime: str, name: str, value: float, low: float, high: float, unit: str, what: str, *,
    null: float | None = None, fixed: bool = False, source: str = NO_FIGURE,
    grade: str = "judgement",
) -> Entry:  # fmt: skip
    """Return a register entry of a way of buying.

    Parameters
    ----------
    regime : str
        The way of buying that it belongs to.
    name : str
        Its name within the way of buying.
    value, low, high : float
        Central value and range, in `unit`.
    unit, what, source, grade : str
        See `Entry`.
    null : float, optional
        Where the mechanism is absent.
    fixed : bool
        Whether it is a choice of the policy, which no future draws anew.

    Returns
    -------
    Entry
    """
    return Entry(
        name=f"{regime}.{name}", value=value, unit=unit, low=low, high=high,
        distribution="fixed" if fixed else "uniform", null=null, what=what, source=source,
        grade=grade,
    )  # fmt: skip


def quality_weight(regime: str, value: float = 0.4) -> Entry:
    """Return the register entry of a regime's weight on quality against price."""
    return entry(
        regime, "quality_weight", value, 0.0, 0.7, "share",
        "How much quality counts when bids are judged; price counts for the rest.",
        null=0.0, fixed=True,
        source="Usual splits 60:40 and 40:60 (from memory, unverified)",
    )  # fmt: skip
