"""Enterprises that a buyer founded: capital paid in, members' accounts, surplus by charter."""

from collections.abc import Iterable
from typing import NamedTuple

from scenarios.vocabulary import Kind
from tests.reference.village.accounts import WHOLE
from tests.reference.village.enterprise import Enterprise, Member
from tests.reference.village.ledger import Village, cut


class Owners(NamedTuple):
    """Parts of what owners get."""

    council: float
    partner: float


def pay_in(village: Village) -> None:
    """Pay in the capital of those founded since, source by source; the bank lends the rest."""
    new = [Enterprise(one) for one in village.told.founded if one.uid not in village.enterprises]
    lent = []
    for one in new:
        village.enterprises[one.told.uid] = one
        lent.append((one.told.row, _capital(village, one)))
    if new:
        village.accounts.end_act()
        for row, pence in lent:
            village.accounts.lend(village.place.bank, row, pence)
        village.accounts.end_act()


def _capital(village: Village, one: Enterprise) -> int:
    """Pay what each source has after its own payroll; return what is left for the bank."""
    its, stack = one.told, one.told.stack
    whole = cut(its.full_sales, stack.months)
    has = 0 if its.fund is None else village.has(its.fund)
    fund = min(cut(whole, stack.fund), has)
    rest = whole - fund
    partner, equity = cut(rest, stack.partner), cut(rest, stack.equity)
    given = cut(rest, stack.grant)
    grant = min(given, stack.most_grant, rest - partner - equity)
    loan = min(cut(rest, stack.loan) + given - grant, rest - partner - equity - grant)
    _pay(village, one, its.fund, fund, Kind.CAPITAL)
    one.partner = _pay(village, one, its.partner, partner, Kind.CAPITAL)
    one.equity = _pay(village, one, its.council, equity, Kind.CAPITAL)
    _pay(village, one, its.council, grant, Kind.GRANT)
    one.loan = _pay(village, one, its.council, loan, Kind.CAPITAL)
    one.instalment = -(-one.loan // max(round(stack.loan_months), 1))
    equipment = cut(whole, stack.equipment)
    village.mission[its.row] += equipment
    one.earned += equipment
    return whole - village.accounts.inbox[its.row]


def _pay(village: Village, one: Enterprise, payer: int | None, pence: int, kind: Kind) -> int:
    paid = 0 if payer is None else min(pence, free_cash(village, payer))
    if payer is not None:
        village.accounts.pay(kind, payer, one.told.row, paid)
    return paid


def free_cash(village: Village, row: int) -> int:
    """Return what a party has beyond this month's payroll."""
    payroll = village.payrolls.get(row)
    return max(village.has(row) - (0 if payroll is None else payroll.whole), 0)


def settle(village: Village) -> None:
    """Close the month of each: stakes, leavers, the council's loan, a buy-out, the surplus."""
    living = _living(village)
    for one in living:
        _see_members(one)
        one.earned += village.profit[one.told.row] - _collect_stakes(village, one)
    drawn = [(one.told.row, _drawn(village, one)) for one in living]
    for row, pence in drawn:
        village.accounts.save(village.place.bank, row, -pence)
    for step in (_pay_leavers, _serve_loan, _buy_out, _divide):
        for one in living:
            step(village, one)
    village.accounts.end_act()


def _living(village: Village) -> list[Enterprise]:
    """Return those in business, with what is told of them now."""
    found: list[Enterprise] = []
    for told in village.told.founded:
        if told.uid in village.enterprises:
            one = village.enterprises[told.uid]
            one.told = told
            found.append(one)
    return found


def _see_members(one: Enterprise) -> None:
    """Let those who left have a claim on what was theirs; enter those who joined."""
    now = {member.worker: member for member in one.told.members}
    for worker, had in list(one.members.items()):
        if worker not in now or now[worker].due != had.due:
            home = had.home
            if had.stake + had.credit:
                one.leaving[home] = one.leaving.get(home, 0) + had.stake + had.credit
            del one.members[worker]
    for worker, member in now.items():
        if worker not in one.members:
            one.members[worker] = Member(member.home, member.due)


def _collect_stakes(village: Village, one: Enterprise) -> int:
    """Credit members with what was kept back of this month's pay; return the sum."""
    total, share = 0, village.payrolls[one.told.row].share
    for told in one.told.members:
        member = one.members[told.worker]
        paid = min(told.kept_back * share // WHOLE, member.due)
        member.stake += paid
        member.due -= paid
        total += paid
    return total


def _left(village: Village, one: Enterprise) -> int:
    return max(village.has(one.told.row), 0)


def _drawn(village: Village, one: Enterprise) -> int:
    """Say what is taken out of savings: for leavers, and of the reserve where money is short."""
    saved = village.accounts.savings[one.told.row]
    for_leavers = min(sum(one.leaving.values()), max(saved - one.locked, 0))
    short = village.working_balance(one.told.row) - _left(village, one)
    reserve = min(max(short, 0), one.locked, saved - for_leavers)
    one.locked -= reserve
    return for_leavers + reserve


def _pay_leavers(village: Village, one: Enterprise) -> None:
    uid = village.told.uid
    for home in sorted(one.leaving, key=lambda home: uid[village.home_row(home)]):
        pence = min(one.leaving[home], _left(village, one))
        row = village.home_row(home)
        village.accounts.pay(Kind.CAPITAL_REPAID, one.told.row, row, pence)
        one.leaving[home] -= pence
    one.leaving = {home: owed for home, owed in one.leaving.items() if owed}


def _serve_loan(village: Village, one: Enterprise) -> None:
    if one.loan <= 0:
        return
    left = _left(village, one)
    interest = min(cut(one.loan, one.told.stack.loan_rate / 12), left)
    repaid = min(one.instalment, one.loan, left - interest)
    village.accounts.pay(Kind.INTEREST, one.told.row, one.told.council, interest)
    village.accounts.pay(Kind.CAPITAL_REPAID, one.told.row, one.told.council, repaid)
    one.earned -= interest
    one.loan -= repaid


def _owners(one: Enterprise) -> Owners:
    """Return the parts of owners by what they paid in; a partner that closed has none."""
    paid = one.equity + one.partner
    if paid == 0 or one.told.partner is None or not one.told.partner_stands or one.bought_out:
        return Owners(1.0, 0.0)
    partner = one.partner / paid
    return Owners(1.0 - partner, partner)


def _buy_out(village: Village, one: Enterprise) -> None:
    """Let the council buy the partner's shares at their part of net worth, at the review."""
    at, partner = round(one.told.buy_out_months), one.told.partner
    stands = one.told.partner_stands and not one.bought_out
    if at <= 0 or village.told.month - one.told.month != at or partner is None or not stands:
        return
    price = _worth_of_partner(village, one)
    if price <= free_cash(village, one.told.council):
        village.accounts.pay(Kind.CAPITAL, one.told.council, partner, price)
        one.bought_out = True


def _worth_of_partner(village: Village, one: Enterprise) -> int:
    row, accounts = one.told.row, village.accounts
    owed = accounts.loans[row] + village.payable[row] + one.loan + one.owed
    worth = _left(village, one) + accounts.savings[row] + village.receivable[row] - owed
    return cut(max(worth, 0), _owners(one).partner)


def _divide(village: Village, one: Enterprise) -> None:
    """Divide profit in hand by the charter; what is not named is locked."""
    its, row, split = one.told, one.told.row, one.told.split
    free = max(_left(village, one) - village.working_balance(row), 0)
    surplus = max(min(free, one.earned), 0)
    if village.accounts.loans[row] > 0 or one.leaving or surplus == 0:
        return
    one.earned -= surplus
    mission = village.mission_row(village.firm(row).area)
    concern = 0 if mission is None else cut(surplus, split.concern)
    whole, surplus = surplus, surplus - concern
    owners = cut(surplus, split.council + split.partner)
    partner = cut(owners, _owners(one).partner)
    social = concern + (0 if mission is None else cut(surplus, split.social))
    fund = 0 if its.fund is None else cut(surplus, split.fund)
    credited = _credit(one, cut(surplus, split.individual * split.of_staff))
    workers = _pay_members(village, one, cut(surplus, split.workers * split.of_staff))
    for kind, payee, pence in (
        (Kind.DIVIDEND, its.council, owners - partner),
        (Kind.DIVIDEND, its.partner, partner),
        (Kind.SOCIAL_FUND, mission, social),
        (Kind.SOCIAL_FUND, its.fund, fund),
    ):
        if payee is not None:
            village.accounts.pay(kind, row, payee, pence)
    kept = whole - owners - social - fund - workers
    village.reserves[row] = kept
    one.locked += kept - credited


def _credit(one: Enterprise, pence: int) -> int:
    """Credit members' accounts in equal parts; return the sum."""
    each = pence // len(one.members) if one.members else 0
    for member in one.members.values():
        member.credit += each
    return each * len(one.members)


def _pay_members(village: Village, one: Enterprise, pence: int) -> int:
    """Pay members in equal parts; return the sum."""
    each = pence // len(one.members) if one.members else 0
    for member in one.members.values():
        home = village.home_row(member.home)
        village.accounts.pay(Kind.DIVIDEND, one.told.row, home, each)
    return each * len(one.members)


def sell_shares(village: Village, closing: Iterable[int]) -> None:
    """Let councils take over the shares of partners that close, for what they have at most."""
    closes = set(closing)
    for one in _living(village):
        partner, stands = one.told.partner, one.told.partner_stands and not one.bought_out
        if partner in closes and partner is not None and one.told.row not in closes and stands:
            price = min(_worth_of_partner(village, one), free_cash(village, one.told.council))
            village.accounts.pay(Kind.CAPITAL, one.told.council, partner, price)
            one.bought_out = True
    village.accounts.end_act()


def wind_up(village: Village, closing: Iterable[int]) -> None:
    """Pay the council's loan, then members in proportion; what is left goes by the charter."""
    closes = set(closing)
    for one in [one for one in _living(village) if one.told.row in closes]:
        its, repaid = one.told, min(one.loan, _left(village, one))
        homes = [village.home_row(member.home) for member in one.members.values()]
        _pay_out(village, one, _left(village, one) - repaid)
        left = _left(village, one) - repaid
        village.accounts.pay(Kind.CAPITAL_REPAID, its.row, its.council, repaid)
        for payee, pence in _residual(one, left, homes):
            kind = Kind.SOCIAL_FUND if payee == its.fund else Kind.CAPITAL_REPAID
            village.accounts.pay(kind, its.row, payee, pence)
        del village.enterprises[its.uid]


def _pay_out(village: Village, one: Enterprise, cash: int) -> None:
    claims = dict(one.leaving)
    for member in one.members.values():
        claims[member.home] = claims.get(member.home, 0) + member.stake + member.credit
    owed = sum(claims.values())
    can = min(cash, owed)
    for home, claim in claims.items():
        pence = claim * can // max(owed, 1)
        row = village.home_row(home)
        village.accounts.pay(Kind.CAPITAL_REPAID, one.told.row, row, pence)


def _residual(one: Enterprise, left: int, homes: list[int]) -> list[tuple[int, int]]:
    """Say who has what is left: under a lock the next one's fund, else owners and members."""
    its = one.told
    if its.asset_lock:
        return [(its.council if its.fund is None else its.fund, left)]
    owners = cut(left, its.owned)
    partner = cut(owners, _owners(one).partner)
    each = (left - owners) // max(len(homes), 1)
    shares = [(its.council, left - partner - each * len(homes)), *((home, each) for home in homes)]
    return shares if its.partner is None else [*shares, (its.partner, partner)]
