"""Buy, grant, join, make or form: options are assessed before anything is let.

A council does not know what a way of buying will bring. It writes a case from what it pays now and
from what is known of the way, corrects it by its own records and those of others, and errs: by
chance, less so where it has engaged, and towards hope where nobody has tried. Options below best
value (economy, efficiency, effectiveness: Local Government Act 1999 s. 3) fall out; the others are
marked by the objectives and their weights. After HM Treasury's *Green Book* (2022): appraisal of
options, optimism bias, evaluation.
"""

from collections.abc import Sequence
from math import sqrt
from typing import Final, NamedTuple

from scenarios.assumptions import Assumptions
from simulation.kernels.scales import PENCE_A_UNIT
from simulation.procurement.evidence import Record
from simulation.procurement.interface import Need, Regime
from simulation.procurement.law import LegalRisk, legality_of
from simulation.procurement.pricing import usual_markup

OPTIONS: Final = ("buy", "grant", "join", "make", "form")
"""What a way of buying may be; each regime says which it is."""

YEAR = 12
EVEN: Final = sqrt(3.0)
"""A draw between -1 and 1 times this has a spread of one."""


class Usual(NamedTuple):
    """What a category comes to now: price and quality of a unit, social value [pence], by whom.

    `ways` are those by which it is served as the assessment begins: what is done is known.
    """

    price: float
    quality: float
    social: float
    ways: frozenset[str]


class Estimate(NamedTuple):
    """What a council expects of one option before it chooses, and how that is marked.

    `unit_cost` is the price of a unit, `whole_cost` with setting up and the danger of a challenge
    spread over the term; `social` [pence a unit]; `risk` the believed chance of a challenge;
    `refused` says why it fell out, and is empty where it stood.
    """

    regime: str
    option: str
    unit_cost: float = 0.0
    quality: float = 0.0
    social: float = 0.0
    risk: float = 0.0
    setup_pence: int = 0
    setup_months: float = 0.0
    whole_cost: float = 0.0
    months_seen: float = 0.0
    refused: str = ""
    score: float = 0.0

    @property
    def stands(self) -> bool:
        """Whether it may be chosen."""
        return not self.refused


FAILED: Final = "it found nobody when it was last tried"


def refusal(need: Need, regime: Regime, risk: LegalRisk, a: Assumptions) -> tuple[str, float]:
    """Say why an option cannot be used for a need, and how likely its challenge is believed.

    Parameters
    ----------
    need : Need
    regime : Regime
    risk : LegalRisk
        What the council believes.
    a : Assumptions

    Returns
    -------
    str, float
        An empty reason where it can be used.
    """
    offered = regime.eligible(regime.values)
    if offered and need.category_id not in offered:
        return f"it is not offered for {need.category_id}", 0.0
    if not regime.suits(need):
        return "it does not suit the need", 0.0
    verdict = legality_of(regime, need)
    if not verdict.lawful and (verdict.beyond or not need.counterfactual):
        return verdict.reason, 0.0
    if verdict.lawful and not verdict.contested:
        return "", 0.0
    dares, believed = risk.dares(need, a), risk.perceived(a)
    if not dares:
        return f"its legal risk of {believed:.2f} is above the appetite of {need.appetite:.2f}", 0.0
    return "", believed


def estimated(
    need: Need,
    regime: Regime,
    usual: Usual,
    seen: tuple[Record, Record],
    believed_risk: float,
    draws: tuple[float, float],
    a: Assumptions,
) -> Estimate:
    """Form the estimate of one option.

    Parameters
    ----------
    need : Need
        With all units of the category that are meant.
    regime : Regime
    usual : Usual
    seen : two Records
        The council's own of this way and category, and the others'.
    believed_risk : float
        Chance of a challenge.
    draws : two floats
        In (0, 1): the error about cost, and about quality.
    a : Assumptions

    Returns
    -------
    Estimate
        Not marked yet.

    Notes
    -----
    The case c counts as w months of record, own months n in full and others' months m in part k:
    (w c + n own + k m others) / (w + n + k m). Its error has the spread s (1 - engagement)
    sqrt(w / (w + n + k m)). What serves now is known: its case is what it costs, without error.
    """
    own, others = seen
    known = regime.name in usual.ways
    weight, lent = a["option.case_months"], a["option.peers"] * others.months
    months = own.months + lent

    def learned(case: float, mine: float, theirs: float) -> float:
        return (weight * case + own.months * mine + lent * theirs) / max(weight + months, 1e-9)

    blind = 0.0 if known else a["option.error"] * (1.0 - need.engagement)
    spread = blind * sqrt(weight / max(weight + months, 1e-9)) * EVEN
    errors = [1.0 + spread * (2.0 * draw - 1.0) for draw in draws]
    case = usual.price if known else _case(need, regime, usual, a)
    cost = learned(case, own.unit_cost, others.unit_cost) * errors[0]
    setup = 0 if known else _setup_pence(need, regime, cost, a)
    danger = believed_risk * a["tender.challenge_cost_pence"]
    over = max(PENCE_A_UNIT * need.units_month * need.months, 1.0)
    return Estimate(
        regime=regime.name,
        option=regime.option,
        unit_cost=cost,
        quality=learned(usual.quality, own.quality, others.quality) * errors[1],
        social=learned(usual.social, own.social, others.social),
        risk=believed_risk,
        setup_pence=setup,
        setup_months=0.0 if known else regime.get("setup_months"),
        whole_cost=cost + (setup + danger) / over,
        months_seen=months,
    )


def _case(need: Need, regime: Regime, usual: Usual, a: Assumptions) -> float:
    """Return what an untried way is said to cost: today's cost, its own margin, and hope.

    Today's price holds the mark-up of so many bidders; a way without a market has its agreed
    margin, or none. Overhead and what volunteers bring are known from its rules.
    """
    markup = usual_markup(need.expected_bids, a)
    margin = regime.get("margin", markup if regime.competes else 0.0)
    bare = usual.price * (1.0 + margin) / (1.0 + markup)
    bare *= (1.0 + regime.get("overhead")) * (1.0 - regime.get("match"))
    return bare * (1.0 - a["option.optimism"])


def _setup_pence(need: Need, regime: Regime, cost: float, a: Assumptions) -> int:
    """Return what it takes to begin: the procedure, a founding, systems and advice."""
    paper = regime.paperwork(need.above_threshold, a)
    hours = paper.buyer_hours + paper.buyer_hours_per_bid * need.expected_bids
    charter = regime.charter(need, a)
    if charter is not None:
        hours += charter.founding_hours
    year = PENCE_A_UNIT * need.units_month * YEAR * cost
    return round(hours * a["tender.buyer_hour_pence"] + regime.get("setup_cost") * year)


def appraised(need: Need, estimates: Sequence[Estimate], a: Assumptions) -> list[Estimate]:
    """Take out what is below best value, and mark the others by the objectives.

    Economy: no option that costs more than the cheapest by more than a share. Efficiency: the same
    of its cost for the quality. Effectiveness: quality at the floor of every award.

    Parameters
    ----------
    need : Need
        Its objectives, their weights, and what each is judged by.
    estimates : sequence of Estimate
    a : Assumptions

    Returns
    -------
    list of Estimate
        In the order given, marked between 0 and 1.
    """
    floor, most = a["award.quality_floor"], 1.0 + a["option.most_premium"]
    able = [one for one in estimates if one.stands and one.quality >= floor]
    cheapest = min((one.whole_cost for one in able), default=0.0)
    leanest = min((one.whole_cost / one.quality for one in able), default=0.0)
    told = []
    for one in estimates:
        why = one.refused
        if not why and one.quality < floor:
            why = f"quality {one.quality:.2f} is below the floor of {floor:.2f}"
        elif not why and one.whole_cost > most * cheapest:
            why = "it costs too much more than the cheapest"
        elif not why and one.whole_cost / one.quality > most * leanest:
            why = "it costs too much for its quality"
        told.append(one._replace(refused=why))
    standing = [one for one in told if one.stands]
    return [
        one._replace(score=_score(need, one, standing, a)) if one.stands else one for one in told
    ]


def _score(need: Need, one: Estimate, standing: Sequence[Estimate], a: Assumptions) -> float:
    """Mark one option by each objective's criterion, weighted; by cost where there is none."""
    cheapest = min(other.whole_cost for other in standing)
    best = max(other.social for other in standing)
    floor = a["award.quality_floor"]
    span = max(a["award.quality_full"] - floor, 1e-9)
    marks = {
        "cost": cheapest / one.whole_cost,
        "quality": min(max((one.quality - floor) / span, 0.0), 1.0),
        "social_value": one.social / best if best > 0.0 else 0.0,
        "risk": 1.0 - one.risk,
        "time": 1.0 - min(one.setup_months / need.months, 1.0),
    }
    if not need.objectives:
        return marks["cost"]
    weights = need.objective_weights or (1.0,) * len(need.objectives)
    ways = need.objective_ways or ((),) * len(weights)
    judged = need.objective_criteria or ("",) * len(weights)
    earned = sum(
        weight * (marks[by] if by else float(not meant or one.regime in meant))
        for weight, meant, by in zip(weights, ways, judged, strict=True)
    )
    return float(earned / max(sum(weights), 1e-9))


def best_of(estimates: Sequence[Estimate]) -> int | None:
    """Return the position of the best mark, of equals the cheaper; None where none stands."""
    standing = [k for k, one in enumerate(estimates) if one.stands]
    return max(
        standing, key=lambda k: (estimates[k].score, -estimates[k].whole_cost, -k), default=None
    )


def shortfall(expected: Estimate, found: Record, tolerance: float) -> str:
    """Say what a review finds amiss: price, quality or social value off by more than a share.

    Parameters
    ----------
    expected : Estimate
        What was expected as the option was chosen.
    found : Record
        Since the last review.
    tolerance : float

    Returns
    -------
    str
        Empty where all is well.
    """
    signals = []
    if found.unit_cost > expected.unit_cost * (1.0 + tolerance):
        signals.append(f"a unit cost {found.unit_cost:.3f}, {expected.unit_cost:.3f} was expected")
    if found.quality < expected.quality * (1.0 - tolerance):
        signals.append(f"quality {found.quality:.3f}, {expected.quality:.3f} was expected")
    if found.social < expected.social * (1.0 - tolerance):
        signals.append("social value fell short of what was expected")
    return "; ".join(signals)
