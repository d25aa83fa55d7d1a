"""Loans are repaid, profits taxed, branches' cash pooled, and the rest divided by owners' rule."""

from scenarios.vocabulary import Kind
from tests.reference.village.accounts import WHOLE
from tests.reference.village.founded import settle
from tests.reference.village.ledger import Village, cut

UNTAXED = ("VCSE", "PUBLIC")
"""Owners who may not take a surplus out."""


def share_surplus(village: Village) -> None:
    """Settle with the bank and the state, then with heads of groups, then with owners."""
    _repay(village)
    _tax(village)
    _pool(village)
    _divide(village)
    if village.told.founded:
        settle(village)
    _set_aside(village)


def _repay(village: Village) -> None:
    for row in village.rows():
        spare = max(village.has(row) - village.working_balance(row), 0)
        part = cut(spare, village.number("finance.repayment_share"))
        paid = min(village.accounts.loans[row], part)
        village.accounts.repay(village.place.bank, row, paid)
    village.accounts.end_act()


def _tax(village: Village) -> None:
    """Tax the month's profit on last month's sales, after losses."""
    village.profit = [0] * village.place.firms
    for row in village.rows():
        payroll, firm = village.payrolls[row], village.firm(row)
        wages = payroll.whole * payroll.share // WHOLE
        costs = village.bills[row].inputs + wages + village.duties[row]
        profit, loss, tax = village.sold_before[row] - costs, village.loss[row], 0
        if firm.open and firm.owner_kind not in UNTAXED and profit > loss:
            tax = min(cut(profit - loss, village.law.corporation), village.has(row))
            village.accounts.pay(Kind.CORPORATION_TAX, row, village.place.government, tax)
        village.profit[row] = profit - tax
        village.loss[row] = max(loss - profit, 0)
    village.accounts.end_act()


def _is_branch(village: Village, row: int) -> bool:
    return village.firm(row).head not in (None, row)


def _pool(village: Village) -> None:
    for row in village.rows():
        head = village.firm(row).head
        if head is not None and head != row:
            pooled = cut(village.spare(row), village.number("firms.cash_pooling"))
            village.accounts.split(Kind.GROUP_TRANSFER, row, [(head, WHOLE)], pooled)
    village.accounts.end_act()


def _parts(village: Village, kind: str) -> tuple[float, float, float, float]:
    """Say what owners, members, the social fund and the reserve have of a surplus."""
    number = village.number
    return {
        "LOCAL": (number("firms.payout_local"), 0.0, 0.0, 0.0),
        "OUTSIDE": (number("firms.payout_outside"), 0.0, 0.0, 0.0),
        "COOP": (
            0.0,
            number("firms.coop_members"),
            number("firms.coop_social_fund"),
            number("firms.coop_reserve"),
        ),
        "VCSE": (0.0, 0.0, 0.0, 1.0),
        "PUBLIC": (1.0, 0.0, 0.0, 0.0),
    }.get(kind, (0.0, 0.0, 0.0, 0.0))


def _owner(village: Village, row: int) -> int | None:
    """Say who owns a row; what is publicly owned and nobody's is the state's."""
    firm = village.firm(row)
    unowned = firm.owner_kind == "PUBLIC" and firm.owner is None
    return village.place.government if unowned else firm.owner


def _divide(village: Village) -> None:
    village.reserves = {}
    by_charter = {one.row for one in village.told.founded}
    spare = {
        row: 0 if row in by_charter or _is_branch(village, row) else village.spare(row)
        for row in village.rows()
    }
    for row, pence in spare.items():
        firm = village.firm(row)
        owners, members, fund, reserve = _parts(village, firm.owner_kind)
        owner = _owner(village, row)
        if owner is not None and not _is_branch(village, row):
            paid = cut(pence, owners)
            village.accounts.split(Kind.DIVIDEND, row, [(owner, WHOLE)], paid)
        _pay_members(village, row, cut(pence, members))
        _pay_fund(village, row, cut(pence, fund))
        kept = cut(pence, reserve)
        ceiling = cut(firm.expects, village.number("firms.reserve_months"))
        saved = min(kept, max(ceiling - village.accounts.savings[row], 0))
        village.reserves[row] = saved
        village.mission[row] = kept - saved if firm.owner_kind in UNTAXED else 0
    village.accounts.end_act()


def _set_aside(village: Village) -> None:
    for row, saved in village.reserves.items():
        village.accounts.save(village.place.bank, row, min(saved, max(village.has(row), 0)))


def _pay_members(village: Village, row: int, pence: int) -> None:
    """Pay all who work there in equal parts; the owner's account has the commuters'."""
    some = village.told.commuters.get(row)
    away = 0 if some is None else some.jobs
    homes = village.people_of(row)
    each = pence // (len(homes) + away) if homes or away else 0
    for home in homes:
        village.accounts.pay(Kind.DIVIDEND, row, village.home_row(home), each)
    owner = village.firm(row).owner
    if owner is not None:
        village.accounts.pay(Kind.DIVIDEND, row, owner, each * away)


def _pay_fund(village: Village, row: int, pence: int) -> None:
    """Pay the first body of the same area that may not distribute, where there is one."""
    mission = village.mission_row(village.firm(row).area) if pence > 0 else None
    if mission is not None:
        village.accounts.pay(Kind.SOCIAL_FUND, row, mission, pence)
