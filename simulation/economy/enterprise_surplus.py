"""What an enterprise earns: leavers and lenders are paid, then the surplus goes by its charter.

Only profit is divided, never the capital paid in (Companies Act 2006, s. 830). What no rule names
stays as a reserve that is nobody's: it is not paid out, not even when the enterprise is wound up,
but goes to the fund that founds the next one (asset lock).
"""

import numpy as np

from scenarios.vocabulary import Kind
from simulation.economy.assemblies import meet
from simulation.economy.columns import Int32, Int64
from simulation.economy.council_premises import pass_on
from simulation.economy.endings import end
from simulation.economy.enterprises import NOBODY, Enterprise
from simulation.economy.founding import free_cash, pay, pay_some
from simulation.economy.members import collect_stakes, credit, homes_of, pay_out
from simulation.economy.patronage import refund
from simulation.economy.surplus import mission_rows
from simulation.economy.town import Town

YEAR = 12


def settle_enterprises(town: Town) -> None:
    """Close the month of every enterprise, once wages and taxes are paid."""
    meet(town)
    living = town.enterprises.living
    if not living:
        return
    mission = mission_rows(town)
    drawn = np.zeros(town.n_firms, dtype=np.int64)
    for one in living:
        stakes = collect_stakes(town, one)
        one.earned += int(town.now.profit[one.row]) - stakes
        drawn[one.row] = -_drawn(town, one)
    town.ledger.save(town.economy.bank, 0, drawn)
    for one in living:
        _pay_leavers(town, one)
    _serve_loans(town, living)
    for one in living:
        _buy_out(town, one)
    _divide(town, living, mission)
    town.ledger.settle(Kind.DIVIDEND)


def _working_balance(town: Town, one: Enterprise) -> int:
    expected = int(town.economy.firms.sales_expected[one.row])
    return int(expected * town.a["firms.working_balance_months"])


def _drawn(town: Town, one: Enterprise) -> int:
    """Return what is taken out of savings: for leavers, and reserve where the account is short."""
    saved = int(town.economy.parties.savings[one.row])
    for_leavers = min(sum(one.members.leaving.values()), max(saved - one.locked, 0))
    short = _working_balance(town, one) - _left(town, one)
    reserve = min(max(short, 0), one.locked, saved - for_leavers)
    one.locked -= reserve
    return for_leavers + reserve


def _left(town: Town, one: Enterprise) -> int:
    return max(int(town.ledger.deposits[one.row]), 0)


def _pay_leavers(town: Town, one: Enterprise) -> None:
    """Pay leavers what they had, as far as the account reaches; the rest waits."""
    of = one.members
    uid = town.economy.parties.uid
    for home, owed in sorted(of.leaving.items(), key=lambda claim: int(uid[claim[0]])):
        pence = min(owed, _left(town, one))
        if pence > 0:
            pay(town, Kind.CAPITAL_REPAID, one.row, home, pence)
            of.paid_out += pence
            of.leaving[home] -= pence
        if of.leaving[home] == 0:
            del of.leaving[home]


def _serve_loans(town: Town, living: list[Enterprise]) -> None:
    """Pay councils interest and an instalment of their loans."""
    asked: dict[Kind, list[tuple[int, int, int]]] = {Kind.INTEREST: [], Kind.CAPITAL_REPAID: []}
    for one in living:
        if one.council_loan <= 0:
            continue
        left, rate = _left(town, one), one.charter.stack.loan_rate / YEAR
        interest = min(int(one.council_loan * rate), left)
        repaid = min(one.instalment, one.council_loan, left - interest)
        asked[Kind.INTEREST].append((one.row, one.council, interest))
        asked[Kind.CAPITAL_REPAID].append((one.row, one.council, repaid))
        one.earned -= interest
        one.council_loan -= repaid
        one.at_risk.repaid += repaid
        town.enterprises.give_back(one, interest + repaid)
    for kind, some in asked.items():
        pay_some(town, kind, some)


def _partner_stands(town: Town, one: Enterprise) -> bool:
    """Say whether the partner still holds shares and is still the firm that it was."""
    if one.partner == NOBODY or one.bought_out:
        return False
    firms, parties = town.economy.firms, town.economy.parties
    return bool(firms.alive[one.partner]) and int(parties.uid[one.partner]) == one.partner_uid


def shares_of_owners(town: Town, one: Enterprise) -> tuple[float, float]:
    """Return the council's and the partner's shares of what owners get, by what they paid in."""
    paid = one.capital.equity + one.capital.partner
    if paid == 0 or not _partner_stands(town, one):
        return 1.0, 0.0
    partner = one.capital.partner / paid
    return 1.0 - partner, partner


def share_with_partners(town: Town, profit: Int64) -> None:
    """Count a private partner's part of an enterprise's profit as its own, int64[n_firms]."""
    for one in town.enterprises.living:
        if _partner_stands(town, one):
            part = int(profit[one.row] * shares_of_owners(town, one)[1])
            profit[one.row] -= part
            profit[one.partner] += part


def shares_in_enterprises(town: Town, worth: Int64) -> Int64:
    """Return owners' claims on enterprises without an asset lock, less what those owe them.

    Parameters
    ----------
    town : Town
    worth : int64[n_firms]
        Financial assets less liabilities, councils' loans left out [pence].

    Returns
    -------
    int64[n_parties]
        Sum 0.
    """
    claims = np.zeros(town.economy.parties.uid.size, dtype=np.int64)
    for one in town.enterprises.living:
        if not one.charter.asset_lock:
            left = int((worth[one.row] - one.council_loan) * one.charter.owned)
            partner = int(left * shares_of_owners(town, one)[1])
            claims[one.row] -= left
            claims[one.council] += left - partner
            claims[one.partner] += partner
    return claims


def _buy_out(town: Town, one: Enterprise) -> None:
    """Let the council buy the partner's shares at their part of net worth, at the review."""
    at = round(one.charter.buy_out_months)
    if at <= 0 or town.month - one.founded != at or not _partner_stands(town, one):
        return
    price = _worth_of_partner(town, one)
    if price <= free_cash(town, one.council):
        _take_shares(town, one, price)


def sell_shares_of(town: Town, rows: Int32) -> None:
    """Let councils take over the shares of partners that close, before their creditors are paid.

    The administrator offers them to the other owner, who has the right of pre-emption, at their
    part of net worth. Nobody else may hold them, so a council that has less pays what it has.

    Parameters
    ----------
    town : Town, updated
    rows : int32[k]
        Trading rows that close, with their books still open.
    """
    closing = set(rows.tolist())
    for one in town.enterprises.living:
        if one.partner in closing and one.row not in closing and _partner_stands(town, one):
            price = min(_worth_of_partner(town, one), free_cash(town, one.council))
            _take_shares(town, one, price)
    town.ledger.settle(Kind.CAPITAL)


def _worth_of_partner(town: Town, one: Enterprise) -> int:
    """Return the partner's part of an enterprise's net worth, nothing where that is below zero."""
    parties, row = town.economy.parties, one.row
    owed = int(parties.loans[row] + parties.payable[row]) + one.council_loan + one.members.owed
    worth = _left(town, one) + int(parties.savings[row] + parties.receivable[row]) - owed
    return int(max(worth, 0) * shares_of_owners(town, one)[1])


def _take_shares(town: Town, one: Enterprise, price: int) -> None:
    """Let the council pay the partner for its shares, and hold them all."""
    if price > 0:
        pay(town, Kind.CAPITAL, one.council, one.partner, price)
        town.enterprises.give_back(one, -price)
        one.at_risk.shares += price
    one.bought_out = True


def _divide(town: Town, living: list[Enterprise], mission: Int32) -> None:
    """Let enterprises divide the profit in hand; owners, missions and funds are paid together."""
    areas = town.economy.parties.area
    owners, funds = list[tuple[int, int, int]](), list[tuple[int, int, int]]()
    for one in living:
        _divide_own(town, one, int(mission[areas[one.row]]), owners, funds)
    pay_some(town, Kind.DIVIDEND, owners)
    pay_some(town, Kind.SOCIAL_FUND, funds)


def _divide_own(
    town: Town,
    one: Enterprise,
    mission: int,
    to_owners: list[tuple[int, int, int]],
    to_funds: list[tuple[int, int, int]],
) -> None:
    """Divide one's profit by the charter; what is not named becomes the locked reserve.

    Members and patrons are paid here, what others are to have is put on the lists.
    """
    now, row, split = town.now, one.row, one.charter.split
    free = max(_left(town, one) - _working_balance(town, one), 0)
    if int(town.economy.parties.loans[row]) > 0 or one.members.leaving:
        return
    surplus = max(min(free, one.earned), 0)
    if surplus == 0:
        return
    one.earned -= surplus
    life, part = one.charter.life, one.decided.part
    concern = int(surplus * life.concern) if mission != NOBODY else 0
    whole, surplus = surplus, surplus - concern
    staff = part * life.workers_part
    owners = int(surplus * (split.council + split.partner))
    _, partners = shares_of_owners(town, one)
    partner = int(owners * partners)
    social = concern + (int(surplus * split.social) if mission != NOBODY else 0)
    fund = int(surplus * split.fund) if one.fund != NOBODY else 0
    credited = credit(one, int(surplus * split.individual * staff))
    workers = _pay_workers(town, one, int(surplus * split.workers * staff))
    patrons = int(surplus * (split.individual + split.workers) * (part - staff))
    patrons = refund(town, one, patrons)
    one.year_pence += credited + workers
    one.year_refund += patrons
    to_owners += [(row, one.council, owners - partner), (row, one.partner, partner)]
    to_funds += [(row, mission, social), (row, one.fund, fund)]
    town.enterprises.give_back(one, owners - partner)
    now.paid_out[row], now.to_members[row], now.to_fund[row] = owners, workers, social + fund
    now.to_reserve[row] = whole - owners - social - fund - workers - patrons
    one.locked += int(now.to_reserve[row]) - credited


def _pay_workers(town: Town, one: Enterprise, pence: int) -> int:
    """Pay members in equal parts; return what was paid [pence]."""
    worker = one.members.worker
    each = pence // worker.size if worker.size else 0
    if each == 0:
        return 0
    home = town.economy.households.first + town.economy.workers.household[worker]
    payer = np.full(worker.size, one.row, dtype=np.int32)
    to: Int32 = home.astype(np.int32)
    town.ledger.listed(Kind.DIVIDEND, payer, to, np.full(worker.size, each, dtype=np.int64))
    return each * int(worker.size)


def wind_up_enterprises(town: Town, rows: Int32) -> None:
    """Pay the creditors of enterprises that close, in rank, once the bank is paid.

    The council's loan comes first, then members' accounts in equal proportion; what is left goes
    to the fund under an asset lock, else to owners and members. The caller settles. Premises that a
    council passed on go to a like body or back, where they are locked.
    """
    closing = set(rows.tolist())
    for one in [one for one in town.enterprises.living if one.row in closing]:
        repaid = min(one.council_loan, _left(town, one))
        homes = homes_of(town, one)
        pay_out(town, one, _left(town, one) - repaid)
        residual = _residual(town, one, repaid, homes)
        one.at_risk.close(repaid, sum(part for payee, part in residual if payee == one.council))
        for payee, pence in ((one.council, repaid), *residual):
            if pence > 0:
                kind = Kind.SOCIAL_FUND if payee == one.fund else Kind.CAPITAL_REPAID
                pay(town, kind, one.row, payee, pence)
                town.enterprises.give_back(one, pence if payee == one.council else 0)
        pass_on(town, one, closing)
        end(town, one)


def _residual(town: Town, one: Enterprise, repaid: int, homes: list[int]) -> list[tuple[int, int]]:
    """Say who gets what is left: under a lock the next one's fund, else owners and members."""
    left = _left(town, one) - repaid
    if one.charter.asset_lock:
        return [(one.council if one.fund == NOBODY else one.fund, left)]
    owners = int(left * one.charter.owned)
    partner = int(owners * shares_of_owners(town, one)[1])
    each = (left - owners) // max(len(homes), 1)
    council = left - partner - each * len(homes)
    return [(one.council, council), (one.partner, partner), *((home, each) for home in homes)]
