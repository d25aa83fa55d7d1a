"""How the bids of tenders are judged, one tender after another: who stands, who wins, what it cost.

Whoever has by then won all that it can carry withdraws: its bid has cost both sides what it cost,
and is neither marked nor counted.
"""

from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple, Protocol

import numpy as np

from scenarios.assumptions import Assumptions
from scenarios.vocabulary import Kind
from simulation.kernels import bidding
from simulation.procurement.docket import Docket, Others
from simulation.procurement.interface import (
    NOBODY,
    OWN_STAFF,
    Award,
    Bids,
    Bool,
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

    def shares(self, docket: Docket, index: int, winners: Bids) -> Float64:
        """Return the share of the volume that each winner of a need gets."""


class Hearing(NamedTuple):
    """Bids as they are judged, those of one tender or of several, end to end.

    `seen` are the Market's columns of those who bid; `stands` says whose bids stand. The other
    columns hold each tender's bids from the best down, those that do not stand last: `order` and
    `rows` are their positions in all bids and in the tender's own, `padding` what each would add
    to its cost. By tender: `stood`, how many stand; `taken`, how many are awarded work; `lowest`,
    the lowest price.
    """

    seen: Market
    bids: Bids
    stands: Bool
    ranked: Bids
    rows: Int64
    suppliers: list[int]
    padding: Float64
    stood: list[int]
    taken: list[int]
    lowest: list[float]


def hear(
    judge: Judge, seen: Market, bids: Bids, begins: Int64, places: Int64, a: Assumptions
) -> Hearing:
    """Mark bids, tender by tender, and rank them; their scores are written, and who won.

    Parameters
    ----------
    judge : Judge
    seen : Market
        Columns of those who bid.
    bids : Bids
    begins : int64[m + 1]
        Tender i has the bids `begins[i] : begins[i + 1]`.
    places : int64[m]
        Suppliers that each tender has room for.
    a : Assumptions
    """
    stands, marks = score(bids.price, bids.quality, bids.claim_month, begins, judge.weights, a)
    bids.score[:] = marks
    order, rows = np.empty((2, bids.size), dtype=np.int64)
    stood, taken = np.empty((2, places.size), dtype=np.int64)
    lowest = np.empty(places.size)
    ranking = bidding.Ranking(order, rows, stood, taken, lowest, bids.won)
    bidding.rank(bids.price, stands, judge.marks(seen, bids), bids.uid, begins, places, ranking)
    ranked = bids.take(order)
    return Hearing(
        seen, bids, stands, ranked, rows, ranked.supplier.tolist(), judge.padded(seen)[order],
        stood.tolist(), taken.tolist(), lowest.tolist(),
    )  # fmt: skip


def judged(
    docket: Docket,
    judge: Judge,
    papers: Sequence[Paperwork],
    bids: Bids,
    seen: Market,
    begins: Int64,
    places: Int64,
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
    places : int64[m]
        Suppliers that each tender has room for.
    able : Others
        How many could have served each need, and the lowest true cost among them.
    a : Assumptions
    """
    whole = hear(judge, seen, bids, begins, places, a)
    upset, chance = docket.shared(Purpose.CHALLENGE).tolist(), _chance_of_challenge(judge, a)
    hour, outcomes = a["tender.buyer_hour_pence"], []
    suppliers, spent = bids.supplier.tolist(), bids.cost_of_bidding.tolist()
    ends, many, cheapest = begins.tolist(), able.many.tolist(), able.cheapest.tolist()
    for index, need in enumerate(docket.needs):
        hearing, tender, at, full = whole, index, slice(ends[index], ends[index + 1]), False
        who, costs = suppliers[at], spent[at]
        if docket.any_won(who):
            left, full = _with_room(docket, judge, need, whole, at, places[index : index + 1], a)
            if left is not None:
                hearing, tender, at = left, 0, slice(0, left.bids.size)
        made, begin, taken = hearing.bids.take(at), at.start, hearing.taken[tender]
        winners = hearing.ranked.take(slice(begin, begin + taken))
        shares = judge.shares(docket, index, winners)
        award = _award(judge, hearing, tender, made, winners, shares, begin, full)
        paper = papers[need.above_threshold]
        buyer_cost = round((paper.buyer_hours + paper.buyer_hours_per_bid * len(who)) * hour)
        outcome = Outcome(
            bids=made,
            market=hearing.seen,
            at=at,
            award=award,
            eligible=many[index],
            lowest=hearing.lowest[tender],
            cheapest_cost=cheapest[index] if many[index] else float("nan"),
            buyer_cost_pence=buyer_cost,
            bidder_cost_pence=sum(costs),
            challenged=False,
            delay_months=0,
            instructions=process_payments(need, who, costs, buyer_cost, ("tender", "bid")),
        )
        if taken:
            won = hearing.suppliers[begin : begin + taken]
            for one, share in zip(won, shares.tolist(), strict=True):
                docket.note(one, share * need.units_month)
            losers = made.size - taken
            if losers > 0 and need.above_threshold and upset[index] < chance:
                outcome = challenge(need, outcome, a)
        outcomes.append(outcome)
    return outcomes


def _with_room(
    docket: Docket,
    judge: Judge,
    need: Need,
    whole: Hearing,
    at: slice,
    places: Int64,
    a: Assumptions,
) -> tuple[Hearing | None, bool]:
    """Take out the bids of those who have no room left, and hear the others anew.

    None where all have room. Says also whether a bid that stood was among those withdrawn.
    """
    seen = whole.seen.part(at)
    stays = docket.room(seen) >= judge.minimum_share(need) * need.units_month
    if stays.all():
        return None, False
    bids = whole.bids.take(at).take(stays)
    bids.won[:] = False
    left = hear(judge, seen.take(stays), bids, np.array([0, bids.size]), places, a)
    return left, bool((whole.stands[at] & ~stays).any())


def _award(
    judge: Judge,
    hearing: Hearing,
    tender: int,
    bids: Bids,
    winners: Bids,
    shares: Float64,
    begin: int,
    full: bool,
) -> Award:
    """Write the award of a tender whose ranked bids begin at a row of the hearing.

    Parameters
    ----------
    judge : Judge
    hearing : Hearing
    tender : int
        Which of the hearing's tenders it is.
    bids, winners : Bids
        Those of the tender, and the best of those that stand, as many as there are places.
    shares : float64[k]
        Of each winner.
    begin : int
    full : bool
        Whether a bid that stood has been withdrawn.
    """
    taken = hearing.taken[tender]
    if not taken:
        none = NONE_STOOD if bids.size else NO_BID
        reason = NONE_FREE if full else none
        return Award(NOBODY, NOBODY, np.zeros(0), np.zeros(0), judge.weights.text, reason)
    return Award(
        positions=winners.position,
        rows=hearing.rows[begin : begin + taken],
        shares=shares,
        unit_prices=winners.price,
        criterion=judge.criterion,
        reason=judge.reason(taken, hearing.stood[tender]),
        margin=judge.agreed_margin,
        padding=hearing.padding[begin : begin + taken],
    )


@lru_cache(maxsize=64)
def equal_shares(many: int) -> Float64:
    """Return equal shares, which nobody may write to: float64[many]."""
    shares = np.full(many, 1.0 / max(many, 1))
    shares.setflags(write=False)
    return shares


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


def process_payments(
    need: Need, suppliers: list[int], spent: list[int], buyer_pence: int, reasons: tuple[str, str]
) -> tuple[Instruction, ...]:
    """Write the process costs of both sides as payments for staff time.

    Parameters
    ----------
    need : Need
    suppliers, spent : list of int
        Who bore which cost [pence].
    buyer_pence : int
    reasons : two strings
        What the buyer's staff and the suppliers' did.
    """
    ours, theirs = reasons
    payments = [
        Instruction._make((supplier, OWN_STAFF, pence, Kind.PROCESS_COST, theirs))
        for supplier, pence in zip(suppliers, spent, strict=True)
        if pence > 0
    ]
    if buyer_pence > 0:
        first = (need.buyer, OWN_STAFF, buyer_pence, Kind.PROCESS_COST, ours)
        payments.insert(0, Instruction._make(first))
    return tuple(payments)
