"""Staff buy the firm of an owner who retires, with a council's loan; co-ops get running help.

Money that is not there converts nobody: an offer is made only where the whole of it lies ready.
What firms pay back is lent again. After a conversion surplus goes by the charter. Advice, running
help and what a loan saves in interest are gifts: what subsidy control does not let be given whole
is not given.
"""

import numpy as np

from scenarios.assumptions import Assumptions
from scenarios.vocabulary import Kind, OwnerKind
from simulation import streams
from simulation.economy.closures import MONTHS
from simulation.economy.enterprises import NOBODY, AtRisk, Capital, Enterprise
from simulation.economy.handed import Owners
from simulation.economy.hands import put_in_hands
from simulation.economy.seats import Seat
from simulation.economy.succession import Retiring, price_of
from simulation.economy.town import Town
from simulation.model.purse import Purse
from simulation.model.subsidies import INSTALMENT, Subsidies, course_of_loan
from simulation.pillars.ownership import Offer, offer
from simulation.procurement.assembly import life_of
from simulation.procurement.founding import Charter, Split, Stack
from simulation.procurement.subsidy import Course, gift_of_loan
from simulation.streams import Purpose

LEVER = "plural_ownership"
PENCE = 100
NO_CATEGORY = -1
RULES = (
    "ownership.kind", "ownership.vote", "ownership.least_reserve", "ownership.concern",
    "ownership.nonmembers", "ownership.solidarity", "ownership.steady", "ownership.pay_flex",
    "ownership.demutualise",
)  # fmt: skip
"""Rules of a converted firm's co-operative life, named as those of a founded one."""


def charter_of(a: Assumptions) -> Charter:
    """Write the charter of a converted firm: no grant, no guarantee, what it earned is its own."""
    part, members = a["ownership.municipal_share"], a["ownership.members_share"]
    rules = {name.partition(".")[2]: a[name] for name in RULES}
    life = life_of(rules.__getitem__, sale="demutualise")
    return Charter(
        share=0.0,
        least_jobs=0.0,
        ramp_months=1.0,
        founding_hours=0.0,
        stack=Stack(
            months=0.0, equipment=0.0, fund=0.0, partner=0.0, equity=0.0, grant=0.0,
            grant_limit_pence=0, loan=1.0, loan_rate=a["ownership.loan_rate"],
            loan_months=a["ownership.loan_months"],
        ),
        split=Split(council=members * part, workers=members * (1.0 - part)),
        stake_months=a["ownership.stake_months"] * (1.0 - part),
        buy_in=a["ownership.buy_in"],
        asset_lock=part == 0.0 and not life.demutualise,
        owned=part,
        life=life,
    )  # fmt: skip


def convert(town: Town, purse: Purse, leaving: Retiring, book: Subsidies) -> Retiring:
    """Let staff buy the firms that a purse reaches to, in the order of identities.

    Parameters
    ----------
    town : Town, updated
    purse : Purse, updated
    leaving : Retiring
    book : Subsidies, updated

    Returns
    -------
    Retiring
        Those that were not bought. Staff become members as the month ends.
    """
    if not purse.monthly[LEVER]:
        return leaving
    sold = np.zeros(leaving.rows.size, dtype=np.bool_)
    wanted = _offered(town, leaving)
    for k, price in zip(wanted.tolist(), price_of(town, leaving.rows[wanted]), strict=True):
        advice = round(town.a["ownership.advice_pounds"] * PENCE)
        asked = offer(int(price), town.a["ownership.municipal_share"], advice)
        row = int(leaving.rows[k])
        ready = asked.total <= purse.free(town, LEVER)
        course = course_of_loan(asked.advice, town.a["ownership.loan_months"])
        if ready and _given_whole(town, purse, row, _gift(town, asked), book, course):
            _hand_over(town, purse, row, asked)
            sold[k] = True
    return Retiring(leaving.rows[~sold], leaving.heirless[~sold])


def _offered(town: Town, leaving: Retiring) -> np.ndarray:
    """Return the positions of viable firms whose owner is willing and whose staff are enough."""
    a, rows, firms = town.a, leaving.rows, town.economy.firms
    uid = town.economy.parties.uid[rows]
    lot = streams.uniform(town.seed, Purpose.WILLING, uid, town.month)
    fit = (lot < a["ownership.willing"]) & (town.now.profit[rows] > 0)
    fit &= (town.now.roll.heads[rows] >= a["ownership.least_staff"]) & firms.alive[rows]
    return np.flatnonzero(fit & (firms.arrears_months[rows] == 0))


def _gift(town: Town, asked: Offer) -> int:
    """Return what advice and the interest that a loan saves give a firm [pence]."""
    a = town.a
    rate, months = a["ownership.loan_rate"], round(a["ownership.loan_months"])
    return asked.advice + gift_of_loan(asked.loan, rate, a["finance.loan_rate"], months)


def _given_whole(
    town: Town, purse: Purse, row: int, pence: int, book: Subsidies, course: Course = INSTALMENT
) -> bool:
    """Note a gift if the law of the date lets all of it be given; say whether it does."""
    giver, uid = book.giver(purse.row), int(town.economy.parties.uid[row])
    ruling = book.rule(town, giver, uid, pence)
    if ruling.pence < pence:
        return False
    book.give(town, giver, row, uid, ruling, course)
    return True


def _hand_over(town: Town, purse: Purse, row: int, asked: Offer) -> None:
    """Pay the owner and the adviser, and write the firm down as its staff's."""
    economy, a = town.economy, town.a
    owner = np.array([economy.firms.owner[row]], dtype=np.int32)
    price = np.array([asked.loan + asked.shares], dtype=np.int64)
    purse.pay(town, LEVER, owner, price, Kind.ASSET_PURCHASE)
    _help(town, purse, row, asked.advice)
    area = int(economy.parties.area[row])
    kind = OwnerKind.COOP if a["ownership.municipal_share"] < 0.5 else OwnerKind.LOCAL
    put_in_hands(town, row, Owners(NOBODY, int(kind), area))
    buyer = int(np.flatnonzero(economy.buyers.row == purse.row)[0])
    months = max(round(a["ownership.loan_months"]), 1)
    town.enterprises.living.append(
        Enterprise(
            row=row, uid=int(economy.parties.uid[row]), seat=Seat(buyer, NO_CATEGORY, kind),
            council=purse.row, fund=NOBODY, charter=charter_of(a), founded=town.month,
            whole_pence=0, capital=Capital(equity=asked.shares, loan=asked.loan),
            council_loan=asked.loan, instalment=-(-asked.loan // months), converted=True,
            at_risk=AtRisk(lent=asked.loan, shares=asked.shares),
        )
    )  # fmt: skip


def _help(town: Town, purse: Purse, row: int, pence: int) -> None:
    """Give a firm money that it spends along its own supply links."""
    given = purse.pay(
        town, LEVER, np.array([row], np.int32), np.array([pence], np.int64), Kind.SUBSIDY
    )
    town.now.extra_inputs[row] += int(given[0])
    town.now.duties[row] -= int(given[0])


def take_back(town: Town, purse: Purse) -> None:
    """Put what converted firms have paid back with what can be lent again."""
    purse.left[LEVER] += town.enterprises.returned.pop(purse.row, 0)


def support(town: Town, purse: Purse, book: Subsidies) -> None:
    """Pay each co-op of a council its running help, as far as money and the law go.

    Who is helped for the first time is from then on the more skilled at bidding.
    """
    pence = round(town.a["ownership.support_pounds"] * PENCE / MONTHS)
    for one in town.enterprises.living:
        if one.council == purse.row and one.seat.kind == OwnerKind.COOP:
            able = 0 < pence <= purse.free(town, LEVER) and purse.monthly[LEVER] > 0
            one.supported = able and _given_whole(town, purse, one.row, pence, book)
            if one.supported:
                _help(town, purse, one.row, pence)
            if one.supported and not one.trained:
                one.trained = True
                town.economy.firms.bid_skill[one.row] += town.a["ownership.support_skill"]
