"""The numbers and legal routes of reserved contracts, each with its range and source."""

from dataclasses import replace
from functools import partial
from typing import Final

from scenarios.assumptions import Entry
from simulation.procurement.entries import NO_FIGURE, entry, quality_weight
from simulation.procurement.routes import BEST_VALUE, UNBOUND, Route
from simulation.procurement.social_value import SocialValue

LEVER: Final = "A lever of the policy"
SMALL_WORK: Final = f"{LEVER}; SI 2026/94, after Brabners and Browne Jacobson"
ACT: Final = f"{LEVER}; Procurement Act 2023, ss. 32 and 33"

LOCAL_ROUTES: Final = (
    Route(
        power="SI 2026/94 (made under Local Government Act 1999, s. 19), which sets aside Local "
        "Government Act 1988, s. 17(5)(e): below-threshold contract reserved by place or size",
        since=(2026, 2),
        below_threshold_only=True,
        note="Local Government Act 1988, s. 17(5)(e), barred location as a criterion before",
        buyers=BEST_VALUE,
    ),
    Route(
        power="Procurement Act 2023, Part 6: below-threshold contract of a body that s. 17 of the "
        "Local Government Act 1988 does not bind",
        since=(2025, 3),
        below_threshold_only=True,
        contested=True,
        note="Policy on reserving by place is written for central government; whether such a body "
        "may follow it is contested.",
        buyers=UNBOUND,
    ),
)

MUTUAL_ROUTES: Final = (
    Route(
        power="Public Contracts Regulations 2015, reg. 77: certain services reserved for mutuals",
        since=(2015, 3),
        until=(2025, 3),
        classes=("light_touch",),
        longest_months=36,
    ),
    Route(
        power="Procurement Act 2023, s. 33: reserved for public service mutuals",
        since=(2025, 3),
        classes=("light_touch",),
        longest_months=60,
    ),
)

SUPPORTED_ROUTES: Final = (
    Route(
        power="Public Contracts Regulations 2015, reg. 20: reserved for sheltered employment",
        since=(2015, 3),
        until=(2025, 3),
    ),
    Route(
        power="Procurement Act 2023, s. 32: reserved for supported employment providers",
        since=(2025, 3),
    ),
)


def _claims(regime: str) -> tuple[Entry, ...]:
    """Return what claims of social value are judged by; at weight 0, as here, none are asked."""
    weight, *checks = (
        replace(one, name=one.name.replace("social_value", regime))
        for one in SocialValue.parameters
        if one.name != "social_value.quality_weight"
    )
    unasked = replace(weight, value=0.0, source=f"{LEVER}; {NO_FIGURE}", grade="judgement")
    return (unasked, *checks)


def _competition(regime: str) -> tuple[Entry, ...]:
    """Return what any reserved competition has: weights, checks, proof, lots, opening to all."""
    lever = partial(entry, regime, null=0.0, fixed=True, source=f"{LEVER}; {NO_FIGURE}")
    return (
        quality_weight(regime),
        *_claims(regime),
        lever(
            "least_suppliers", 3.0, 0.0, 6.0, "suppliers",
            "How many suppliers must be able to do the work. Where fewer could come here, and "
            "others could elsewhere, all may bid.",
            source=f"{LEVER}; competition enough must be expected",
        ),
        lever(
            "proof_days", 0.5, 0.0, 5.0, "days",
            "Days that a bidder needs to prove that it may take part.",
        ),
        lever(
            "market_hours", 8.0, 0.0, 40.0, "hours",
            "Hours of the buyer's staff to look at the market and to check the proofs.",
        ),
        lever(
            "lots", 1.0, 1.0, 6.0, "lots",
            "Equal parts (lots) that a contract is divided into, with a supplier for each if there"
            " are enough. For the law's limit their values are added up.",
            null=1.0, source=f"{LEVER}; Procurement Act 2023, s. 18 and Schedule 3",
        ),
    )  # fmt: skip


_local = partial(entry, "reserved_local", null=0.0, fixed=True, source=SMALL_WORK)
_mutual = partial(entry, "reserved_mutual", null=0.0, fixed=True, source=ACT)
_found = partial(entry, "reserved_mutual", null=0.0)

LOCAL_ENTRIES: Final = (
    *_competition("reserved_local"),
    _local(
        "area", 2.0, 0.0, 4.0, "code",
        "Where a bidder must be based. 0: anywhere. 1: in the United Kingdom. 2: in the buyer's "
        "county or those around it. 3: in the buyer's county. 4: in the buyer's own area.",
    ),
    _local(
        "sme_only", 0.0, 0.0, 1.0, "switch",
        "Whether it is kept for firms of fewer than 250 staff.",
    ),
    _local(
        "vcse_only", 0.0, 0.0, 1.0, "switch",
        "Whether it is kept for charities and social firms (VCSEs); with `sme_only` for either.",
    ),
)  # fmt: skip

MUTUAL_ENTRIES: Final = (
    *_competition("reserved_mutual"),
    _mutual(
        "reserved", 1.0, 0.0, 1.0, "switch",
        "Whether contracts are kept for them; at 0 it is the same contest, open to all.",
    ),
    _mutual(
        "power", 33.0, 32.0, 33.0, "code",
        "Section of the Procurement Act 2023: 32 for supported jobs, 33 for firms that staff own "
        "(mutuals). Before March 2025: regulations 20 and 77 of 2015.", null=None,
    ),
    _mutual(
        "term_years", 5.0, 0.0, 5.0, "years",
        "The longest term under section 33, within that of the law of the date; at 0 the law's "
        "alone.",
    ),
    _mutual(
        "waiting_years", 3.0, 0.0, 3.0, "years",
        "Years for which the winner of a like contract under section 33 may not win again.",
    ),
    _found(
        "employee_led", 0.1, 0.0, 0.4, "share",
        "Part of charities and social firms that their staff control.",
    ),
    _found(
        "supported", 0.1, 0.0, 0.3, "share",
        "Part of charities, social firms and co-ops in which 30 % of the staff are disabled or "
        "have a hard time finding work.",
    ),
)  # fmt: skip
