"""How the bids of tenders are judged, one tender after another: who stands, who wins, what it cost.

Whoever has by then won all that it can carry withdraws: its bid has cost both sides what it cost,
and is neither marked nor counted.
"""

from collections.abc import Sequence
from dataclasses import replace
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
    """The bids of one tender, or of all, with what they are judged by.

    `seen` are the Market's columns of those who bid; `stands` says whose bids stand; `marks` rank
    them; `padding` is what each would add to its cost.
    """

    seen: Market
    bids: Bids
    stands: list[bool]
    marks: list[float]
    padding: Float64

    def part(self, at: slice) -> "Hearing":
        """Return the bids of some rows."""
        return Hearing(
            self.seen.part(at), self.bids.take(at), self.stands[at], self.marks[at],
            self.padding[at],
        )  # fmt: skip


def hear(judge: Judge, seen: Market, bids: Bids, begins: Int64, a: Assumptions) -> Hearing:
    """Mark bids, tender by tender; their scores are written."""
    stands, bids.score[:] = score(
        bids.price, bids.quality, bids.claim_month, begins, judge.weights, a
    )
    marks = judge.marks(seen, bids)
    return Hearing(seen, bids, stands.tolist(), marks.tolist(), judge.padded(seen))


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
    upset = docket.shared(Purpose.CHALLENGE).tolist()
    hour, outcomes = a["tender.buyer_hour_pence"], []
    ends = begins.tolist()
    for index, need in enumerate(docket.needs):
        made = whole.part(slice(ends[index], ends[index + 1]))
        left, full = _with_room(docket, judge, need, made, a)
        award = _award(judge, need, left, full)
        paper, spent = papers[need.above_threshold], made.bids.cost_of_bidding.tolist()
        buyer_cost = round((paper.buyer_hours + paper.buyer_hours_per_bid * len(spent)) * hour)
        many = int(able.many[index])
        outcome = Outcome(
            bids=left.bids,
            seen=left.seen,
            award=award,
            eligible=many,
            lowest=min(left.bids.price.tolist(), default=float("nan")),
            cheapest_cost=float(able.cheapest[index]) if many else float("nan"),
            buyer_cost_pence=buyer_cost,
            bidder_cost_pence=sum(spent),
            challenged=False,
            delay_months=0,
            instructions=_process_payments(need, made.bids.supplier.tolist(), spent, buyer_cost),
        )
        losers = left.bids.size - award.rows.size if award.made and need.above_threshold else 0
        if losers > 0 and upset[index] < _chance_of_challenge(judge.weights, a):
            outcome = challenge(need, outcome, a)
        docket.note(left.bids.supplier[award.rows], award.shares * need.units_month)
        outcomes.append(outcome)
    return outcomes


def _with_room(
    docket: Docket, judge: Judge, need: Need, made: Hearing, a: Assumptions
) -> tuple[Hearing, bool]:
    """Take out the bids of those who have no room left, and mark the others anew.

    Says also whether a bid that stood was among those withdrawn.
    """
    if not docket.any_won(made.bids.supplier):
        return made, False
    stays = docket.room(made.seen) >= judge.minimum_share(need) * need.units_month
    if stays.all():
        return made, False
    bids = made.bids.take(stays)
    left = hear(judge, made.seen.take(stays), bids, np.array([0, bids.size]), a)
    return left, bool((np.array(made.stands) & ~stays).any())


def _award(judge: Judge, need: Need, hearing: Hearing, full: bool) -> Award:
    """Set aside bids that do not stand, and take the best of the others, ties by identity."""
    bids, marks = hearing.bids, hearing.marks
    stood = [row for row, stands in enumerate(hearing.stands) if stands]
    if not stood:
        none = NONE_STOOD if bids.size else NO_BID
        reason = NONE_FREE if full else none
        return Award(NOBODY, NOBODY, np.zeros(0), np.zeros(0), judge.weights.text, reason)
    uids = bids.uid.tolist()
    ranked = sorted(stood, key=lambda row: (-marks[row], uids[row]))
    rows = np.array(ranked[: judge.places_for(need)])
    bids.won[rows] = True
    return Award(
        positions=bids.position[rows],
        rows=rows,
        shares=np.full(rows.size, 1.0 / rows.size),
        unit_prices=bids.price[rows],
        criterion=judge.criterion,
        reason=judge.reason(rows.size, len(stood)),
        margin=judge.agreed_margin,
        padding=hearing.padding[rows],
    )


def _chance_of_challenge(weights: Weights, a: Assumptions) -> float:
    """Return how likely a loser goes to court: the more was decided by judgement, the likelier."""
    judgement = 1.0 - weights.price
    return a["tender.challenge_rate"] * (1.0 + a["tender.challenge_judgement"] * judgement)


def challenge(need: Need, outcome: Outcome, a: Assumptions) -> Outcome:
    """Return an outcome that was challenged in court: later, and dearer for the buyer."""
    pence = round(a["tender.challenge_cost_pence"])
    payment = Instruction(need.buyer, OWN_STAFF, pence, Kind.PROCESS_COST, "challenge")
    return replace(
        outcome,
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
