"""What a procedure and a month's close are to answer, for code that somebody else has written.

Rows that are pointed at must be there, and who pays or is paid must be a party to the matter.
"""

from collections.abc import Iterable
from typing import Any

import numpy as np
from numpy.typing import NDArray

from scenarios.vocabulary import Kind
from simulation.procurement.answers import (
    PLAIN,
    Check,
    Given,
    UnfitError,
    column,
    flag,
    kind,
    mask,
    number,
    parts,
    text,
    told,
    whole,
)
from simulation.procurement.interface import (
    BUILDER,
    LENDER,
    OWN_STAFF,
    Answers,
    Award,
    Bids,
    Instruction,
    Market,
    Need,
    Outcome,
    Settlement,
)

NOT_IN_MARKET = frozenset((OWN_STAFF, LENDER, BUILDER))
WHOLE = frozenset(("position", "supplier", "uid", "cost_of_bidding"))
BOUNDS = {"quality": (0.0, 2.0), "score": (0.0, 1.0)}


def _rows(value: Any, size: int, below: int, what: str) -> NDArray[np.int64]:
    """Take a column that points at rows."""
    wanted = f"int64[{size}], {what}, from 0 to {below - 1}"
    found = np.asarray(value) if isinstance(value, np.ndarray | list | tuple) else None
    if found is None or found.shape != (size,) or (size and found.dtype.kind not in "iu"):
        raise UnfitError(told(value), wanted)
    if size and not 0 <= int(found.min()) <= int(found.max()) < below:
        raise UnfitError(f"{told(found)} from {found.min()} to {found.max()}", wanted)
    return found.astype(np.int64)


def _bids(value: Any, market: Market) -> Bids:
    kind(value, Bids, "an Outcome with `bids`, `Bids`")
    size = np.size(value.supplier)
    made: dict[str, Any] = {}
    for name, one in zip(Bids._fields, value, strict=True):
        what = f"`{name}` of the bids"
        if name == "won":
            made[name] = mask(one, size, what)
        elif name == "position":
            made[name] = _rows(one, size, market.size, f"{what}, rows of the Market")
        elif name in WHOLE:
            kind(one, np.ndarray, f"int64[{size}], {what}")
            if one.shape != (size,) or one.dtype.kind not in "iu":
                raise UnfitError(told(one), f"int64[{size}], {what}")
            made[name] = one
        else:
            made[name] = column(one, size, what, *BOUNDS.get(name, (0.0, 1e15)))
    if not np.array_equal(made["supplier"], market.supplier[made["position"]]):
        wanted = "the suppliers of the Market at those positions"
        raise UnfitError("bids with other suppliers than `position` points at", wanted)
    return Bids(**made)


def _award(value: Any, bids: Bids, market: Market) -> Award:
    found: Award = kind(value, Award, "an Outcome with `award`, an `Award`")
    size = np.size(found.rows)
    padding = np.zeros(size) if np.size(found.padding) == 0 else found.padding
    return found._replace(
        positions=_rows(found.positions, size, market.size, "`positions` of the award"),
        rows=_rows(found.rows, size, bids.size, "`rows` of the award, those of the bids that won"),
        shares=parts(found.shares, size, "`shares` of the award"),
        unit_prices=column(found.unit_prices, size, "`unit_prices` of the award", 0.0, 1e12),
        criterion=text(found.criterion, "an Award with `criterion`, text"),
        reason=text(found.reason, "an Award with `reason`, text"),
        margin=number(found.margin, "an Award with `margin`, a number", -1e6, 1e6),
        padding=column(padding, size, "`padding` of the award", 0.0, 1e6),
        opened=flag(found.opened, "an Award with `opened` true or false"),
        own_staff=flag(found.own_staff, "an Award with `own_staff` true or false"),
    )


def _instructions(value: Any, parties: Iterable[int]) -> tuple[Instruction, ...]:
    known = NOT_IN_MARKET.union(parties)
    wanted = "a tuple of `Instruction`"
    made = []
    for one in kind(value, (tuple, list), wanted):
        payer, payee, pence, of, reason = kind(one, Instruction, wanted)
        for party in (payer, payee):
            if party not in known:
                who = "the buyer, suppliers of the matter, its club or OWN_STAFF"
                raise UnfitError(f"an Instruction with the party {told(party)}", who)
        least = whole(pence, "an Instruction of whole pence, 0 or more")
        kind(of, Kind, "an Instruction of a `Kind`")
        text(reason, "an Instruction with its reason in words")
        made.append(Instruction(int(payer), int(payee), least, of, reason))
    return tuple(made)


def _outcome(value: Any, need: Need, market: Market) -> Outcome:
    found: Outcome = kind(value, Outcome, "an `Outcome`")
    seen = kind(found.market, Market, "an Outcome with `market`, a Market")
    bids = _bids(found.bids, market)
    span = range(*kind(found.at, slice, "an Outcome with `at`, a slice").indices(seen.size))
    if len(span) != bids.size:
        wanted = f"`at`, the {bids.size} rows of `market` of those who bid"
        raise UnfitError(f"an Outcome with {len(span)} rows `at`", wanted)
    for name in ("lowest", "cheapest_cost"):
        one = getattr(found, name)
        if one != one:  # nan: there is none
            continue
        number(one, f"an Outcome with `{name}`, a price per unit or nan", 0.0)
    delay = whole(found.delay_months, "an Outcome with whole `delay_months`")
    return found._replace(
        bids=bids,
        award=_award(found.award, bids, market),
        eligible=whole(found.eligible, "an Outcome with `eligible`, a whole number"),
        buyer_cost_pence=whole(found.buyer_cost_pence, "an Outcome with whole `buyer_cost_pence`"),
        bidder_cost_pence=whole(
            found.bidder_cost_pence, "an Outcome with whole `bidder_cost_pence`"
        ),
        challenged=flag(found.challenged, "an Outcome with `challenged` true or false"),
        delay_months=delay,
        instructions=_instructions(found.instructions, (need.buyer, *market.supplier.tolist())),
    )


def _one_outcome(given: Given, value: Any) -> Outcome:
    return _outcome(value, given["need"], given["market"])


def _outcomes(given: Given, value: Any) -> list[Outcome]:
    docket = given["docket"]
    many = len(docket.needs)
    wanted = f"a list of {many}, an `Outcome` a need"
    if len(kind(value, (list, tuple), wanted)) != many:
        raise UnfitError(told(value), wanted)
    return [
        _outcome(one, need, docket.part(index))
        for index, (one, need) in enumerate(zip(value, docket.needs, strict=True))
    ]


def _settlement(given: Given, value: Any) -> Settlement:
    kind(value, Settlement, "a `Settlement`")
    standing, live = given["arrangement"], given["live"]
    size = standing.suppliers.size
    stays = None if value.stays is None else mask(value.stays, size, "`stays`, who goes on")
    left = size if stays is None else int(stays.sum())
    known = (standing.need.buyer, live.club, *standing.suppliers.tolist())
    work = value.work
    return Settlement(
        instructions=_instructions(value.instructions, known),
        unit_prices=_of_those(value.unit_prices, left, "`unit_prices` of those who stay"),
        stays=stays,
        ends=flag(value.ends, "a Settlement with `ends` true or false"),
        reason=text(value.reason, "a Settlement with `reason`, text"),
        found=None if value.found is None else mask(value.found, size, "`found`, who was caught"),
        reopen=flag(value.reopen, "a Settlement with `reopen` true or false"),
        state=value.state,
        again=flag(value.again, "a Settlement with `again` true or false"),
        unit_costs=_of_those(value.unit_costs, left, "`unit_costs` of those who stay"),
        work=None if work is None else number(work, "`work`, a number of 0 or more", 0.0, 1e6),
    )


def _of_those(value: Any, size: int, what: str) -> NDArray[Any] | None:
    return None if value is None else column(value, size, what, 0.0, 1e12)


def _answers(given: Given, value: Any) -> Answers:
    answers: Answers = kind(value, Answers, "`Answers`")
    roll = given["roll"]
    many, places = len(roll.standing), roll.owner.size
    for name in ("stays", "found"):
        mask(getattr(value, name), places, f"`{name}`, one a place")
    for name in ("ends", "reopen"):
        mask(getattr(value, name), many, f"`{name}`, one an arrangement")
    for name in ("unit_prices", "unit_costs"):
        _of_those(getattr(value, name), places, f"`{name}`, one a place")
    asked = value.asked_by
    _rows(asked, value.payments.pence.size, many, "`asked_by`, one a payment")
    if len(value.reasons) != many:
        raise UnfitError(told(value.reasons), f"`reasons`, {many} texts")
    known = [*NOT_IN_MARKET, *roll.buyer.tolist(), *roll.club.tolist()]
    known += [one for s in roll.standing for one in s.arrangement.suppliers.tolist()]
    for name in ("payer", "payee"):
        if not np.isin(getattr(value.payments, name), known).all():
            raise UnfitError(f"payments with a {name} from elsewhere", "parties of the roll")
    return answers


def _volume(given: Given, value: Any) -> NDArray[Any]:
    return parts(value, given["volume"].share.size, "each supplier's share of the month's work")


def _volumes(given: Given, value: Any) -> NDArray[Any]:
    size = given["volumes"].share.size
    return column(value, size, "each place's share of its arrangement's work", 0.0, 1.0)


ANSWERS: dict[str, Check] = PLAIN | {
    "admit": _one_outcome,
    "admit_all": _outcomes,
    "divide_all": _volumes,
    "divide_volume": _volume,
    "procure": _one_outcome,
    "procure_all": _outcomes,
    "settle": _settlement,
    "settle_all": _answers,
}
"""What each hook is to answer, by its name."""
