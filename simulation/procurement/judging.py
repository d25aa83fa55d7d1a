"""How the bids of tenders are judged, one tender after another: who stands, who wins, what it cost.

Whoever has by then won all that it can carry withdraws: its bid has cost both sides what it cost,
and is neither marked nor counted.
"""

from collections.abc import Sequence
from typing import NamedTuple, Protocol

import numpy as np

from scenarios.assumptions import Assumptions
from scenarios.vocabulary import Kind
from simulation.procurement.docket import Docket, Others
from simulation.procurement.interface import (
    NOBODY,
    OWN_STAFF,
    Award,
    Bids,
    Float64,
    Instruction,
    Int64,
    Market,
    Need,
    Outcome,
    Paperwork,
)
from simulation.procurement.scoring import Weights, score
from simulation.streams import Purpose

NO_BID = "no bid was made"
NONE_STOOD = "no bid met the quality floor and the ceiling on price"
NONE_FREE = "all whose bids stood had taken on all that they can carry"


class Judge(Protocol):
    """What a way of buying says when bids are judged; see `tender.Tendered`."""

    @property
    def weights(self) -> Weights:
        """Weights of price, quality and claimed social value."""

    @property
    def criterion(self) -> str:
        """The criterion as a notice would print it."""

    @property
    def agreed_margin(self) -> float:
        """The margin that is paid on shown cost."""

    def marks(self, seen: Market, bids: Bids) -> Float64:
        """Return what bids are ranked by."""

    def padded(self, seen: Market) -> Float64:
        """Return by how much each firm will overstate its cost, where books are open."""

    def reason(self, admitted: int, stood: int) -> str:
        """Say why those admitted were."""

    def places_for(self, need: Need) -> int:
        """Return how many suppliers a need has room for."""

    def minimum_share(self, need: Need) -> float:
        """Return the share of the volume that a bidder must be able to carry."""


class Hearing(NamedTuple):
    """Bids with what they are judged by, those of one tender or of several, end to end.

    `seen` are the Market's columns of those who bid; `stands` says whose bids stand; `marks` rank
    them, equal ones by `uids`; `padding` is what each would add to its cost.
    """

    seen: Market
    bids: Bids
    stands: list[bool]
    marks: list[float]
    uids: list[int]
    prices: list[float]
    padding: Float64


def hear(judge: Judge, seen: Market, bids: Bids, begins: Int64, a: Assumptions) -> Hearing:
    """Mark bids, tender by tender; their scores are written."""
    stands, bids.score[:] = score(
        bids.price, bids.quality, bids.claim_month, begins, judge.weights, a
    )
    marks = judge.marks(seen, bids)
    return Hearing(
        seen, bids, stands.tolist(), marks.tolist(), bids.uid.tolist(), bids.price.tolist(),
        judge.padded(seen),
    )  # fmt: skip


def judged(
    docket: Docket,
    judge: Judge,
    papers: Sequence[Paperwork],
    bids: Bids,
    seen: Market,
    begins: Int64,
    able: Others,
    a: Assumptions,
) -> list[Outcome]:
    """Judge the tenders of a docket in turn.

    Parameters
    ----------
    docket : Docket
        What each supplier has won is noted on it.
    judge : Judge
    papers : two Paperworks
        Below the legal threshold and above.
    bids : Bids
        Of all tenders; scores and who won are written.
    seen : Market
        Columns of those who bid.
    begins : int64[m + 1]
        Tender i has the bids `begins[i] : begins[i + 1]`.
    able : Others
        How many could have served each need, and the lowest true cost among them.
    a : Assumptions
    """
    whole = hear(judge, seen, bids, begins, a)
    upset, chance = docket.shared(Purpose.CHALLENGE).tolist(), _chance_of_challenge(judge, a)
    hour, outcomes = a["tender.buyer_hour_pence"], []
    suppliers, spent = bids.supplier.tolist(), bids.cost_of_bidding.tolist()
    ends, many, cheapest = begins.tolist(), able.many.tolist(), able.cheapest.tolist()
    for index, need in enumerate(docket.needs):
        begin, end = ends[index], ends[index + 1]
        who, costs = suppliers[begin:end], spent[begin:end]
        hearing, at, full = whole, slice(begin, end), False
        if docket.any_won(who):
            hearing, at, full = _with_room(docket, judge, need, whole, at, a)
        made = hearing.bids.take(at)
        award = _award(judge, need, hearing, made, at, full)
        paper = papers[need.above_threshold]
        buyer_cost = round((paper.buyer_hours + paper.buyer_hours_per_bid * len(who)) * hour)
        outcome = Outcome(
            bids=made,
            market=hearing.seen,
            at=at,
            award=award,
            eligible=many[index],
            lowest=min(hearing.prices[at], default=float("nan")),
            cheapest_cost=cheapest[index] if many[index] else float("nan"),
            buyer_cost_pence=buyer_cost,
            bidder_cost_pence=sum(costs),
            challenged=False,
            delay_months=0,
            instructions=_process_payments(need, who, costs, buyer_cost),
        )
        if award.made:
            docket.note(made.supplier[award.rows], award.shares * need.units_month)
            losers = made.size - award.rows.size
            if losers > 0 and need.above_threshold and upset[index] < chance:
                outcome = challenge(need, outcome, a)
        outcomes.append(outcome)
    return outcomes


def _with_room(
    docket: Docket, judge: Judge, need: Need, whole: Hearing, at: slice, a: Assumptions
) -> tuple[Hearing, slice, bool]:
    """Take out the bids of those who have no room left, and mark the others anew.

    Says also whether a bid that stood was among those withdrawn.
    """
    seen = whole.seen.part(at)
    stays = docket.room(seen) >= judge.minimum_share(need) * need.units_month
    if stays.all():
        return whole, at, False
    bids = whole.bids.take(at).take(stays)
    left = hear(judge, seen.take(stays), bids, np.array([0, bids.size]), a)
    return left, slice(0, bids.size), bool((np.array(whole.stands[at]) & ~stays).any())


def _award(judge: Judge, need: Need, hearing: Hearing, bids: Bids, at: slice, full: bool) -> Award:
    """Set aside bids that do not stand, and take the best of the others, ties by identity.

    Parameters
    ----------
    judge : Judge
    need : Need
    hearing : Hearing
    bids : Bids
        Those of the tender, at the rows `at` of the hearing.
    at : slice
    full : bool
        Whether a bid that stood has been withdrawn.
    """
    first, marks, uids = at.start, hearing.marks, hearing.uids
    stood = [row for row in range(first, at.stop) if hearing.stands[row]]
    if not stood:
        none = NONE_STOOD if bids.size else NO_BID
        reason = NONE_FREE if full else none
        return Award(NOBODY, NOBODY, np.zeros(0), np.zeros(0), judge.weights.text, reason)
    if len(stood) > 1:
        stood.sort(key=lambda row: (-marks[row], uids[row]))
    best = stood[: judge.places_for(need)]
    rows = np.array(best) - first
    bids.won[rows] = True
    return Award(
        positions=bids.position.take(rows),
        rows=rows,
        shares=np.full(rows.size, 1.0 / rows.size),
        unit_prices=bids.price.take(rows),
        criterion=judge.criterion,
        reason=judge.reason(rows.size, len(stood)),
        margin=judge.agreed_margin,
        padding=hearing.padding[at].take(rows),
    )


def _chance_of_challenge(judge: Judge, a: Assumptions) -> float:
    """Return how likely a loser goes to court: the more was decided by judgement, the likelier."""
    judgement = 1.0 - judge.weights.price
    return a["tender.challenge_rate"] * (1.0 + a["tender.challenge_judgement"] * judgement)


def challenge(need: Need, outcome: Outcome, a: Assumptions) -> Outcome:
    """Return an outcome that was challenged in court: later, and dearer for the buyer."""
    pence = round(a["tender.challenge_cost_pence"])
    payment = Instruction(need.buyer, OWN_STAFF, pence, Kind.PROCESS_COST, "challenge")
    return outcome._replace(
        challenged=True,
        delay_months=round(a["tender.challenge_months"]),
        buyer_cost_pence=outcome.buyer_cost_pence + pence,
        instructions=(*outcome.instructions, *((payment,) if pence else ())),
    )


def _process_payments(
    need: Need, suppliers: list[int], spent: list[int], buyer_pence: int
) -> tuple[Instruction, ...]:
    """Write the process costs of both sides as payments for staff time."""
    payments = [Instruction(need.buyer, OWN_STAFF, buyer_pence, Kind.PROCESS_COST, "tender")]
    payments.extend(
        Instruction(supplier, OWN_STAFF, pence, Kind.PROCESS_COST, "bid")
        for supplier, pence in zip(suppliers, spent, strict=True)
        if pence > 0
    )
    return tuple(payments if buyer_pence > 0 else payments[1:])
