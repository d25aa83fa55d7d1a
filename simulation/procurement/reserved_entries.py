"""The numbers and legal routes of reserved contracts, each with its range and source."""

from dataclasses import replace
from typing import Final

from scenarios.assumptions import Entry
from simulation.procurement.interface import Route
from simulation.procurement.price_quality import quality_weight
from simulation.procurement.social_value import SocialValue

SMALL_WORK: Final = "SI 2026/94, after Brabners and Browne Jacobson (figures page, section 3)"
ACT: Final = "Procurement Act 2023, ss. 32 and 33 (figures page, section 3)"
NONE_FOUND: Final = "No UK figure found"

LOCAL_ROUTES: Final = (
    Route(
        power="Procurement Act 2023, Part 6, with SI 2026/94: below-threshold contract reserved "
        "by place or size",
        since=(2026, 2),
        below_threshold_only=True,
        note="Local Government Act 1988, s. 17(5)(e), barred location as a criterion before",
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


def _lever(
    name: str, value: float, null: float | None, ends: tuple[float, float], unit: str, what: str,
    source: str,
) -> Entry:  # fmt: skip
    return Entry(
        name=name, value=value, unit=unit, low=ends[0], high=ends[1], distribution="fixed",
        null=null, what=what, source=f"A lever of the policy; {source}", grade="judgement",
    )  # fmt: skip


def _unknown(name: str, value: float, ends: tuple[float, float], what: str) -> Entry:
    return Entry(
        name=name, value=value, unit="share", low=ends[0], high=ends[1], distribution="uniform",
        null=0.0, what=what, source=NONE_FOUND, grade="judgement",
    )  # fmt: skip


def _claims(regime: str) -> tuple[Entry, ...]:
    """Return what claims of social value are judged by; at weight 0, as here, none are asked."""
    weight, *checks = (
        replace(entry, name=entry.name.replace("social_value", regime))
        for entry in SocialValue.parameters
        if entry.name != "social_value.quality_weight"
    )
    unasked = replace(
        weight, value=0.0, source=f"A lever of the policy; {NONE_FOUND}", grade="judgement"
    )
    return (unasked, *checks)


def _competition(regime: str) -> tuple[Entry, ...]:
    """Return what any reserved competition has: weights, checks, proof, lots, opening to all."""
    return (
        quality_weight(regime),
        *_claims(regime),
        _lever(
            f"{regime}.least_suppliers", 3.0, 0.0, (0.0, 6.0), "suppliers",
            "Suppliers that must qualify and be able to carry the contract; where fewer could "
            "come, and others could, the competition is open to all.",
            "competition enough must be expected (figures page, section 3)",
        ),
        _lever(
            f"{regime}.proof_days", 0.5, 0.0, (0.0, 5.0), "days",
            "Days for a bidder to prove that it qualifies.", NONE_FOUND,
        ),
        _lever(
            f"{regime}.market_hours", 8.0, 0.0, (0.0, 40.0), "hours",
            "Hours for the buyer to look at the market and to check the proofs.", NONE_FOUND,
        ),
        _lever(
            f"{regime}.lots", 1.0, 1.0, (1.0, 6.0), "lots",
            "Equal lots that a contract is parted into, with a supplier for each where there are "
            "enough; their values count together against the threshold.",
            "Procurement Act 2023, s. 18 and Schedule 3",
        ),
    )  # fmt: skip


LOCAL_ENTRIES: Final = (
    *_competition("reserved_local"),
    _lever(
        "reserved_local.area", 2.0, 0.0, (0.0, 3.0), "code",
        "Where a bidder must be based: anywhere (0), the United Kingdom (1), the buyer's county "
        "and those around it (2), the buyer's county (3).", SMALL_WORK,
    ),
    _lever(
        "reserved_local.sme_only", 0.0, 0.0, (0.0, 1.0), "switch",
        "Whether it is kept for firms of fewer than 250 staff.", SMALL_WORK,
    ),
    _lever(
        "reserved_local.vcse_only", 0.0, 0.0, (0.0, 1.0), "switch",
        "Whether it is kept for voluntary bodies; with `sme_only` for either.", SMALL_WORK,
    ),
)  # fmt: skip

MUTUAL_ENTRIES: Final = (
    *_competition("reserved_mutual"),
    _lever(
        "reserved_mutual.reserved", 1.0, 0.0, (0.0, 1.0), "switch",
        "Whether contracts are reserved; 0: the same competition, open to all.", ACT,
    ),
    _lever(
        "reserved_mutual.power", 33.0, None, (32.0, 33.0), "code",
        "Section of the Procurement Act 2023: supported employment (32), mutuals (33); before "
        "2025-03 regs 20 and 77 of the Public Contracts Regulations 2015.", ACT,
    ),
    _lever(
        "reserved_mutual.term_years", 5.0, 0.0, (0.0, 5.0), "years",
        "Longest term under s. 33, within that of the law of the date; 0: the law's alone.", ACT,
    ),
    _lever(
        "reserved_mutual.waiting_years", 3.0, 0.0, (0.0, 3.0), "years",
        "Years for which the winner of a comparable contract under s. 33 may not win again.", ACT,
    ),
    _unknown(
        "reserved_mutual.employee_led", 0.1, (0.0, 0.4),
        "Share of voluntary bodies that their employees control.",
    ),
    _unknown(
        "reserved_mutual.supported", 0.1, (0.0, 0.3),
        "Share of voluntary bodies and co-ops with 30 % of staff disabled or disadvantaged.",
    ),
)  # fmt: skip
