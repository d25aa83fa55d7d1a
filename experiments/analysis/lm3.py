"""LM3 of a council's real payments in both variants, and what makes its range wide.

The measure is that of the simulation (`simulation.measures.lm3`), over books made from payments.
Its rounds are sums over suppliers, so the width of the range is parted by measuring books of some
of the suppliers alone.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from experiments.analysis.lm3_books import Spend, Supplier, in_doubt
from experiments.analysis.lm3_ranges import Rings
from scenarios.from_tables.around import Level
from simulation.measures.lm3 import Rounds, contract_rounds, council_range, council_rounds
from simulation.measures.view import View

COUNCIL, CONTRACT = "lm3_council", "lm3_contract"
VARIANTS = (COUNCIL, CONTRACT)

ASKED_FIRST = 60
"""Largest suppliers among which those are sought that make the range widest."""

NAMED = 10
PAYROLL = "payroll"

ROUNDS: dict[str, Callable[[View, str], Rounds]] = {
    COUNCIL: council_rounds,
    CONTRACT: contract_rounds,
}


@dataclass(frozen=True, slots=True)
class Found:
    """LM3 of one variant in one place.

    Attributes
    ----------
    variant, tier, place : str
        Which, and the name of the place.
    rounds : Rounds
        Of what the payments cover [pence].
    low, high : float
        Least and most that LM3 can be; of `lm3_council` for any pay bill, where that is not known.
    """

    variant: str
    tier: str
    place: str
    rounds: Rounds
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Placed:
    """Pence by whether those who were paid are in a place: for sure, not, or nobody knows."""

    tier: str
    place: str
    here: int
    elsewhere: int
    unknown: int


@dataclass(frozen=True, slots=True)
class Gap:
    """Something not known, and how much it widens the range of LM3 in the council's own place.

    Attributes
    ----------
    what : str
        `place` (where suppliers are), `answer` (what suppliers whose place is known do with the
        money), `payroll` (own staff: what they cost, where they live), or a supplier's name.
    pence, suppliers : int
        What it is about.
    council, contract : float
        Width that would go if it were known, by variant; the reasons add up to the whole.
    """

    what: str
    pence: int
    suppliers: int
    council: float
    contract: float


@dataclass(frozen=True)
class Lm3:
    """All that is found of one council's spending.

    Attributes
    ----------
    spend : Spend
        What was measured.
    found : sequence of Found
        By variant and place.
    based, owned : sequence of Placed
        By place: where suppliers are, and where their owners are.
    answered_pence, uncategorised_pence : int
        Paid to suppliers that answered, and for what no category is known.
    gaps, largest : sequence of Gap
        What makes the range wide, by reason, and the suppliers that do most.
    """

    spend: Spend
    found: Sequence[Found]
    based: Sequence[Placed]
    owned: Sequence[Placed]
    answered_pence: int
    uncategorised_pence: int
    gaps: Sequence[Gap]
    largest: Sequence[Gap]


def lm3_of(spend: Spend) -> Lm3:
    """Measure a council's spending.

    Parameters
    ----------
    spend : Spend
        At least one supplier.

    Returns
    -------
    Lm3
    """
    view, levels = View(spend.books_of(spend.suppliers)), spend.around.levels
    suppliers = spend.suppliers
    found = [_found(view, variant, one) for variant in VARIANTS for one in levels]
    return Lm3(
        spend=spend,
        found=found,
        based=[_placed(suppliers, k, one, lambda s: s.based) for k, one in enumerate(levels)],
        owned=[_placed(suppliers, k, one, lambda s: s.owned) for k, one in enumerate(levels)],
        answered_pence=sum(
            s.pence for s in suppliers if s.answers is not None and s.answers.shares
        ),
        uncategorised_pence=round(sum(s.pence * s.sold.get(None, 0.0) for s in suppliers)),
        gaps=_gaps(spend, found[0]),
        largest=_largest(spend),
    )


def _found(view: View, variant: str, level: Level) -> Found:
    tier = level.tier.name.lower()
    rounds = ROUNDS[variant](view, tier)
    low, high = council_range(view, tier) if variant == COUNCIL else (rounds.low, rounds.high)
    return Found(variant, tier, level.name, rounds, low, high)


def _placed(
    suppliers: Sequence[Supplier], k: int, level: Level,
    where: Callable[[Supplier], Rings],
) -> Placed:  # fmt: skip
    here = sum(one.pence for one in suppliers if where(one)[1] <= k)
    elsewhere = sum(one.pence for one in suppliers if where(one)[0] > k)
    unknown = sum(one.pence for one in suppliers) - here - elsewhere
    return Placed(level.tier.name.lower(), level.name, here, elsewhere, unknown)


def _gaps(spend: Spend, found: Found) -> list[Gap]:
    """Part the width in the council's own place by what is not known."""
    parts = [
        _gap(spend, what, some)
        for what, wanted in (("place", True), ("answer", False))
        if (some := [one for one in spend.suppliers if in_doubt(one) == wanted])
    ]
    left = found.high - found.low - sum(one.council for one in parts)
    pence = 0 if spend.payroll is None else spend.payroll.pence
    return [*parts, Gap(PAYROLL, pence, 0, max(left, 0.0), 0.0)]


def _largest(spend: Spend) -> list[Gap]:
    firms = [one for one in spend.suppliers if one.named][:ASKED_FIRST]
    found = [_gap(spend, one.name, [one]) for one in firms]
    found = [one for one in found if one.council > 0 or one.contract > 0]
    found.sort(key=lambda one: (-(one.council + one.contract), one.what))
    return found[:NAMED]


def _gap(spend: Spend, what: str, suppliers: Sequence[Supplier]) -> Gap:
    """Measure some suppliers alone: their widths [pence] over all outlay."""
    view, tier = View(spend.books_of(suppliers, staff=False)), spend.tiers[0]
    staff = 0 if spend.payroll is None else spend.payroll.pence
    return Gap(
        what=what,
        pence=sum(one.pence for one in suppliers),
        suppliers=len(suppliers),
        council=_width(council_rounds(view, tier)) / (spend.pence + staff),
        contract=_width(contract_rounds(view, tier)) / spend.pence,
    )


def _width(rounds: Rounds) -> float:
    return rounds.r2_high - rounds.r2_low + rounds.r3_high - rounds.r3_low
