"""What is asked of the model, and which entries of the register may bear on the answer.

Nothing here says what is to come out. A question names a way of buying, the entries that are
varied over the whole of their ranges, and what is read off each run.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

import numpy as np

from scenarios.tables import Country
from scenarios.vocabulary import SizeBand

if TYPE_CHECKING:
    from simulation.accounting.books import Books
    from simulation.measures.measure import Outcome

ALIVE_MONTHS = 3
"""A firm that paid nobody in so many months at the end is taken to be gone."""


@dataclass(frozen=True, slots=True)
class Life:
    """One run as answers see it: its books and its measures by name."""

    books: "Books"
    outcomes: Mapping[str, "Outcome"]

    def of(self, measure: str) -> float | None:
        """Return a measure, None where it is undefined."""
        found = self.outcomes.get(measure)
        return None if found is None else found.value


Answer = Callable[[Life, Life | None], float | None]


@dataclass(frozen=True, slots=True)
class Finding:
    """One slope that is looked for.

    Attributes
    ----------
    name, title : str
        Short name, and what a reader is told.
    factor : str
        Entry of the register that it is a slope against.
    unit : str
        Of the answer.
    answer : callable
        Reads it off a run and, where there is one, off the baseline on the same luck.
    """

    name: str
    title: str
    factor: str
    unit: str
    answer: Answer


@dataclass(frozen=True, slots=True)
class Question:
    """A way of buying, what is varied, and the slopes that are looked for.

    `beside` is the way of buying lived on the same luck with everything at its centre, if any;
    `held` are values within the register's ranges at which there is something to see.
    """

    name: str
    policy: str
    factors: tuple[str, ...]
    findings: tuple[Finding, ...]
    beside: str = ""
    held: Mapping[str, float] = field(default_factory=dict)


def said_in(question: Question, nation: Country) -> Question:
    """Say what a question looks for in the money and words of a nation."""
    told = (replace(one, title=nation.say(one.title), unit=nation.say(one.unit))
            for one in question.findings)  # fmt: skip
    return replace(question, findings=tuple(told))


def claimed_beyond_delivered(life: Life, beside: Life | None) -> float | None:
    """Social value claimed less delivered, per pound of the contracts that claimed any."""
    rows = life.books.tables["arrangements"]
    told = rows["claimed_pence"] > 0
    if not told.any():
        return None
    gap = rows["claimed_pence"][told].sum() - rows["delivered_pence"][told].sum()
    return float(gap / rows["value_pence"][told].sum())


def measured(name: str) -> Answer:
    """Read a measure of the catalogue."""
    return lambda life, beside: life.of(name)


def small_bids(life: Life, beside: Life | None) -> float | None:
    """Bids of micro and small firms for each tender of the window."""
    tables = life.books.tables
    lived = tables["tenders"]["tender"][tables["tenders"]["month"] > 0]
    if not lived.size:
        return None
    size = dict(
        zip(
            tables["parties"]["party"].tolist(),
            tables["parties"]["size_band"].tolist(),
            strict=True,
        )
    )
    mine = np.isin(tables["bids"]["tender"], lived)
    bands = [size.get(one, -1) for one in tables["bids"]["supplier"][mine].tolist()]
    return sum(band in (SizeBand.MICRO, SizeBand.SMALL) for band in bands) / lived.size


def members_gained(life: Life, beside: Life | None) -> float | None:
    """Memberships at the end of the run less those of the first club, in members."""
    from simulation.procurement.interface import Form

    rows = life.books.tables["arrangements"]
    of_clubs = rows["form"] == Form.MEMBERSHIP
    if not of_clubs.any():
        return None
    first = int(rows["start"][of_clubs].min())
    here = life.books.meta.months
    late = np.count_nonzero(of_clubs & (rows["start"] <= here) & (rows["end"] >= here))
    return float(late - np.count_nonzero(of_clubs & (rows["start"] == first)))


def memberships_ended(life: Life, beside: Life | None) -> float | None:
    """Part of all memberships that ended before the run did."""
    from simulation.procurement.interface import Form

    rows = life.books.tables["arrangements"]
    of_clubs = rows["form"] == Form.MEMBERSHIP
    if not of_clubs.any():
        return None
    return float(np.mean(rows["end"][of_clubs] < life.books.meta.months))


def founded_alive(life: Life, beside: Life | None) -> float | None:
    """Part of the enterprises founded that still pay somebody at the end."""
    from simulation.procurement.interface import Form

    rows, paid = life.books.tables["arrangements"], life.books.tables["outflows"]
    founded = np.unique(rows["supplier"][rows["form"] == Form.ENTERPRISE])
    founded = founded[founded >= 0]
    if not founded.size:
        return None
    late = paid["supplier"][paid["month"] > life.books.meta.months - ALIVE_MONTHS]
    return float(np.mean(np.isin(founded, late)))


def dearer_than_beside(life: Life, beside: Life | None) -> float | None:
    """Cost of a delivered, quality-adjusted unit over that of the usual way, less one."""
    name = "cost_per_delivered_unit"
    here, there = life.of(name), None if beside is None else beside.of(name)
    return None if here is None or not there else here / there - 1.0


PER_POUND = "GBP per GBP"

QUESTIONS: tuple[Question, ...] = (
    Question(
        "social_value",
        "social_value",
        (
            "social_value.weight", "social_value.monitoring_extra", "social_value.remedy_rate",
            "claim.inflation", "claim.deterrence", "learn.claim_by_doing", "tender.days_social",
        ),
        (
            Finding("claims_weight", "Claims beyond delivery against the weight of social value",
                    "social_value.weight", PER_POUND, claimed_beyond_delivered),
            Finding("claims_monitoring", "Claims beyond delivery against monitoring",
                    "social_value.monitoring_extra", PER_POUND, claimed_beyond_delivered),
            Finding("process_weight", "Process cost of a pound delivered against the weight",
                    "social_value.weight", PER_POUND, measured("process_per_delivered")),
            Finding("small_weight", "Bids of small firms for a tender against the weight",
                    "social_value.weight", "bids", small_bids),
            Finding("small_days", "Bids of small firms for a tender against days of paperwork",
                    "tender.days_social", "bids", small_bids),
        ),
    ),
    Question(
        "membership",
        "cooperative_membership",
        (
            "cooperative_membership.fixed_share", "cooperative_membership.private_use",
            "cooperative_membership.tolerance", "cooperative_membership.fewest_members",
            "cooperative_membership.least_scale", "cooperative_membership.debt",
        ),
        (
            Finding("growth", "Members gained against the part of cost that is fixed",
                    "cooperative_membership.fixed_share", "members", members_gained),
            Finding("unravelling", "Memberships that end against tolerance of a dearer price",
                    "cooperative_membership.tolerance", "share", memberships_ended),
            Finding("unravelling_least", "Memberships that end against the fewest members allowed",
                    "cooperative_membership.fewest_members", "share", memberships_ended),
        ),
    ),
    Question(
        "incubation",
        "incubated_coop",
        (
            "incubated_coop.anchor_share", "incubated_coop.anchor_months",
            "incubated_coop.taper_months", "incubated_coop.capital_months",
            "incubated_coop.wage_premium", "incubated_coop.ramp_months",
        ),
        (
            Finding("survival_share", "Co-ops alive at the end against the anchor's share",
                    "incubated_coop.anchor_share", "share", founded_alive),
            Finding("survival_months", "Co-ops alive at the end against months of full guarantee",
                    "incubated_coop.anchor_months", "share", founded_alive),
            Finding("survival_wage", "Co-ops alive at the end against pay above a like firm's",
                    "incubated_coop.wage_premium", "share", founded_alive),
        ),
        held={"incubated_coop.least_jobs": 1.0},
    ),
    Question(
        "insourcing",
        "insourcing",
        (
            "insourcing.overhead", "insourcing.premium", "insourcing.pension",
            "insourcing.learning", "insourcing.soft_budget", "insourcing.setup_cost",
        ),
        (
            Finding("cost_overhead", "Cost of a unit over the tender's against overhead",
                    "insourcing.overhead", "share", dearer_than_beside),
            Finding("cost_premium", "Cost of a unit over the tender's against the council's pay",
                    "insourcing.premium", "share", dearer_than_beside),
            Finding("cost_drift", "Cost of a unit over the tender's against the soft budget",
                    "insourcing.soft_budget", "share", dearer_than_beside),
        ),
        beside="price_quality",
    ),
)  # fmt: skip
"""All that is asked, in the order of the page."""
