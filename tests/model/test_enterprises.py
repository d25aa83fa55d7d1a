"""Enterprises that a council founds in the village: money, members, reserve, and their end."""

from typing import Any

import numpy as np
import pytest

from experiments.runner.accounts import accounts_of
from experiments.runner.replicate import assumptions_of
from scenarios.read import read_scenario
from scenarios.vocabulary import Instrument, Kind, OwnerKind
from simulation.accounting.books import Books
from simulation.accounting.digest import digest
from simulation.economy.enterprise_surplus import settle_enterprises, wind_up_enterprises
from simulation.economy.enterprises import Enterprise
from simulation.economy.firm_life import wind_up
from simulation.economy.founding import found, pay_in
from simulation.economy.members import enrol, redeploy, remember_pay
from simulation.economy.seats import Seat
from simulation.economy.town import Town
from simulation.measures.catalogue import evaluate
from simulation.model import economy_model
from simulation.model.run import Prepared, live, prepare
from simulation.procurement import registry
from tests.laws.shuffled import shuffled

WAYS = ("incubated_coop", "public_commons", "joint_venture")
MONTHS = 40
SHORT = {"burn_in.least_months": 24, "burn_in.most_months": 24}
TIERS = ("district", "county")
ROUNDING = 1e-9
"""Of sums of floating-point quotients, over more classes where there are seats."""


def opened(*ways: str, **values: float) -> Prepared:
    """Burn the village in for policies that include ways of buying which found enterprises."""
    scenario = read_scenario("village", (f"compare.regimes={list(ways)}",))
    changed = {name.replace("__", "."): value for name, value in values.items()}
    return prepare(scenario, assumptions_of(scenario, {**SHORT, **changed}), 1)


@pytest.fixture(scope="module")
def village() -> Prepared:
    """The village with seats for every way of buying that founds."""
    return opened("price_quality", *WAYS)


class Watch:
    """Keeps the town of a run, to be looked at month by month."""

    def __init__(self) -> None:
        self.town: Any = None
        self.seen: list[dict[str, int]] = []

    def look(self, town: Town) -> None:
        """Check what must hold of every enterprise in every month, and note sums."""
        self.town = town
        parties, held = town.economy.parties, town.enterprises
        for one in held.living:
            of = one.members
            assert of.owed == of.credited - of.paid_out - of.lost
            assert (of.stake >= 0).all()
            assert (of.due >= 0).all()
            assert 0 <= one.locked <= int(parties.savings[one.row])
            assert int(parties.deposits[one.row]) >= 0
            assert one.council_loan >= 0


@pytest.fixture
def watched(monkeypatch: pytest.MonkeyPatch) -> Watch:
    """Look at every month of every run of a test."""
    watch, step = Watch(), economy_model.EconomyModel.step

    def looked(model: economy_model.EconomyModel) -> None:
        step(model)
        watch.look(model.town)

    monkeypatch.setattr(economy_model.EconomyModel, "step", looked)
    return watch


@pytest.mark.parametrize("name", WAYS)
def test_both_residuals_are_zero_and_accounts_hold_each_month(
    village: Prepared, watched: Watch, name: str
) -> None:
    """Forty months of the village: no penny is lost, and members' accounts add up each month."""
    books = live(village, name, MONTHS)

    assert accounts_of(books).balanced
    born = [*watched.town.enterprises.living, *watched.town.enterprises.closed]
    assert born, "nobody was founded"
    forms = books.tables["arrangements"]["form"]
    assert (forms == 3).any()


def test_the_capital_stack_adds_up_to_the_penny(village: Prepared, watched: Watch) -> None:
    """Fund, grant, loan and bank are three months of full sales, and stand in the flows."""
    books = live(village, "incubated_coop", 12)

    (one,) = watched.town.enterprises.living
    assert one.capital.total == int(one.whole_pence * 3.0)
    assert one.capital.grant == int(one.capital.total * 0.3)
    flows = books.tables["flows"]
    kinds = flows["kind"]
    assert int(flows["pence"][kinds == Kind.CAPITAL].sum()) == one.capital.loan


def test_a_council_without_money_leaves_more_to_the_bank(village: Prepared) -> None:
    """What the council cannot pay it does not pay; the bank lends it, and the sum is the same."""
    town, one = founded(village)
    council = one.council
    town.ledger.deposits[council] = int(town.now.payroll[council]) + 5

    pay_in(town)

    assert one.capital.grant + one.capital.loan == 5
    assert one.capital.bank == one.capital.total - 5
    assert town.economy.parties.loans[one.row] == one.capital.bank


def test_seats_that_nobody_takes_change_nothing(village: Prepared) -> None:
    """A policy that founds nothing measures the same with seats beside it and without."""
    alone = opened("price_quality")

    with_seats = evaluate(live(village, "price_quality", 15), TIERS, (1, 15))
    without = evaluate(live(alone, "price_quality", 15), TIERS, (1, 15))

    assert village.town.enterprises.seats
    assert not alone.town.enterprises.seats
    assert values_of(with_seats) == pytest.approx(values_of(without), rel=ROUNDING, nan_ok=True)


def values_of(rows: Any) -> dict[tuple[Any, ...], float]:
    """Return what was measured, by measure, tier and month."""
    undefined = float("nan")
    return {
        (row.measure, row.tier, row.month): undefined if row.value is None else row.value
        for row in rows
    }


def test_a_founding_of_nothing_is_a_tender(watched: Watch) -> None:
    """With no part guaranteed nobody is founded: all is measured as under price and quality."""
    off = {"incubated_coop__anchor_share": 0.0, "law__contested_risk": 0.0}
    prepared = opened("price_quality", "incubated_coop", **off)

    null = evaluate(live(prepared, "incubated_coop", 20), TIERS, (1, 20))
    plain = evaluate(live(prepared, "price_quality", 20), TIERS, (1, 20))

    assert not watched.town.enterprises.living
    assert values_of(null) == pytest.approx(values_of(plain), rel=ROUNDING, nan_ok=True)


def test_the_order_of_rows_decides_nothing_of_an_enterprise(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Firms, homes and workers change places; the books stay as they were."""
    from simulation.model import run

    build = run.build_economy
    first = digest(live(opened("price_quality", "incubated_coop"), "incubated_coop", 20))
    monkeypatch.setattr(run, "build_economy", lambda *asked: shuffled(build(*asked), 3))
    second = digest(live(opened("price_quality", "incubated_coop"), "incubated_coop", 20))

    assert first == second


def founded(prepared: Prepared, category: int = 0, **charter: Any) -> tuple[Town, Enterprise]:
    """Found a homecare co-op in a copy of the village; nothing has been paid yet."""
    import copy

    town = copy.deepcopy(prepared.town)
    document = registry.get("incubated_coop")().charter(None, town.a)  # type: ignore[arg-type]
    assert document is not None
    seat = Seat(0, category, OwnerKind.COOP)
    one = found(town, seat, document._replace(**charter), 15_000.0, 7_500.0)
    assert one is not None
    return town, one


def staffed(prepared: Prepared, many: int, **charter: Any) -> tuple[Town, Enterprise, list[int]]:
    """Let an enterprise that is paid in take on the first few workers of the village."""
    from simulation.economy.roll import let_go, take_on

    town, one = founded(prepared, **charter)
    pay_in(town)
    workers = np.arange(many, dtype=np.int32)
    let_go(town, workers[town.economy.workers.status[workers] == 2])
    rows = np.full(many, one.row, dtype=np.int32)
    wages = np.full(many, town.economy.firms.wage_pence[one.row], dtype=np.int64)
    take_on(town, 0, workers, rows, wages)
    enrol(town, remember_pay(town))
    return town, one, workers.tolist()


def test_members_buy_in_out_of_pay_and_leave_with_their_stake(village: Prepared) -> None:
    """4.5 % of pay is kept back and credited; who leaves has it paid out."""
    town, one, workers = staffed(village, 3)
    wage = int(town.economy.firms.wage_pence[one.row])
    full = (wage * town.economy.workers.skill[workers]).astype(np.int64)
    kept = (full * 0.045).astype(np.int64)
    assert town.economy.workers.wage_pence[workers].tolist() == (full - kept).tolist()
    assert town.now.roll.pay[one.row] == (full - kept).sum()

    town.now.paid_share[one.row] = 65536
    town.now.profit[one.row] = 0
    settle_enterprises(town)
    assert one.members.stake.tolist() == kept.tolist()

    from simulation.economy.roll import let_go

    before = remember_pay(town)
    let_go(town, np.array(workers[:1], dtype=np.int32))
    enrol(town, before)
    assert sum(one.members.leaving.values()) == kept[0]
    settle_enterprises(town)
    assert one.members.paid_out == kept[0]
    assert not one.members.leaving


def test_who_has_paid_the_stake_has_full_pay_again(village: Prepared) -> None:
    """After the stake of a hundredth of a month's pay nothing more is kept back."""
    town, one, workers = staffed(village, 2, stake_months=0.01)
    lowered = town.economy.workers.wage_pence[workers].copy()

    town.now.paid_share[one.row] = 65536
    settle_enterprises(town)

    assert (one.members.due == 0).all()
    assert (town.economy.workers.wage_pence[workers] > lowered).all()
    assert town.now.roll.pay[one.row] == town.economy.workers.wage_pence[workers].sum()


def test_without_a_buy_in_pay_is_what_the_enterprise_pays(village: Prepared) -> None:
    """The switch at its null: nothing kept back, no stake."""
    town, one, _ = staffed(village, 2, buy_in=0.0)

    town.now.paid_share[one.row] = 65536
    settle_enterprises(town)

    assert one.members.stake.sum() == 0
    assert (one.members.kept_back == 0).all()


def test_only_profit_is_divided_and_by_the_charter(village: Prepared) -> None:
    """Of 1,000 pounds earned 40 % is credited, 10 % founds the next, and the rest is locked."""
    town, one, _ = staffed(village, 2, buy_in=0.0)
    pay_off_bank(town, one)
    one.earned = 0
    town.now.profit[one.row] = 100_000
    held = int(town.ledger.deposits[one.fund])

    settle_enterprises(town)

    assert one.members.credit.tolist() == [20_000, 20_000]
    assert town.ledger.deposits[one.fund] - held == 10_000
    social = int(town.now.to_fund[one.row]) - 10_000
    assert social in (0, 10_000)
    assert one.locked == 100_000 - 40_000 - 10_000 - social
    assert town.now.to_reserve[one.row] == one.locked + 40_000


def test_a_loss_is_made_good_before_anything_is_divided(village: Prepared) -> None:
    """With the account full of capital but a loss behind it, nobody is paid anything."""
    town, one, _ = staffed(village, 2, buy_in=0.0)
    pay_off_bank(town, one)
    one.earned = -50_000
    town.now.profit[one.row] = 50_000

    settle_enterprises(town)

    assert one.members.credit.sum() == 0
    assert one.locked == 0


def pay_off_bank(town: Town, one: Enterprise) -> None:
    """Take the bank's loan, the council's and the working balance out of the way."""
    town.economy.parties.loans[one.row] = 0
    town.economy.firms.sales_expected[one.row] = 0
    one.council_loan = 0


def test_the_council_is_repaid_with_interest(village: Prepared) -> None:
    """A month's instalment is a hundred-and-twentieth, and interest a twelfth of 4 %."""
    town, one, _ = staffed(village, 2, buy_in=0.0)
    loan, council = one.council_loan, int(town.ledger.deposits[one.council])

    settle_enterprises(town)

    instalment, interest = -(-loan // 120), int(loan * 0.04 / 12)
    assert one.council_loan == loan - instalment
    assert town.ledger.deposits[one.council] == council + instalment + interest
    assert town.enterprises.charges[-1] == (0, 0, -(instalment + interest))


def test_a_locked_reserve_belongs_to_nobody_when_the_enterprise_ends(village: Prepared) -> None:
    """Lenders and members have what is theirs; what is left goes to the fund for the next."""
    town, one, _ = staffed(village, 2, buy_in=0.0)
    one.members.credit[:] = 1_000
    one.members.credited += 2_000
    homes = town.household_rows()
    before, fund = int(town.ledger.deposits[homes].sum()), int(town.ledger.deposits[one.fund])
    held, loan = int(town.ledger.deposits[one.row]), one.council_loan
    bank = int(town.economy.parties.loans[one.row])

    wind_up(town, np.array([one.row], dtype=np.int32))

    assert int(town.ledger.deposits[homes].sum()) - before == 2_000
    assert int(town.ledger.deposits[one.fund]) - fund == held - bank - loan - 2_000
    assert town.ledger.deposits[one.row] == 0
    assert one in town.enterprises.closed
    assert one.members.lost == 0


def test_members_of_a_failed_enterprise_lose_their_accounts(village: Prepared) -> None:
    """With half of what members are owed in the till, each has half."""
    town, one, _ = staffed(village, 2, buy_in=0.0)
    pay_off_bank(town, one)
    one.members.credit[:] = 1_000
    one.members.credited += 2_000
    town.ledger.deposits[one.row] = 1_000

    wind_up_enterprises(town, np.array([one.row], dtype=np.int32))

    assert one.members.paid_out == 1_000
    assert one.members.lost == 1_000
    assert one.members.owed == 0


def test_a_sister_takes_on_whom_a_co_op_would_lay_off(village: Prepared) -> None:
    """Of four to go half are offered a place; at the null nobody is."""
    town, giver, workers = staffed(village, 4, redeployment=0.5)
    document = giver.charter._replace(least_jobs=0.0)
    taker = found(town, Seat(0, 7, OwnerKind.COOP), document, 5_000.0, 5_000.0)
    assert taker is not None
    hires, cuts = np.zeros((2, town.now.posts.size), dtype=np.int64)
    hires[taker.row], cuts[giver.row] = 3, 4

    redeploy(town, hires, cuts)

    assert (hires[taker.row], cuts[giver.row]) == (1, 2)
    moved = town.economy.workers.employer[workers] == taker.row
    assert moved.sum() == 2
    giver.charter = giver.charter._replace(redeployment=0.0)
    redeploy(town, hires, cuts)
    assert (hires[taker.row], cuts[giver.row]) == (1, 2)


def test_a_seat_is_too_small_taken_or_missing(village: Prepared) -> None:
    """Nobody is founded twice, below the least size, or where no seat was laid."""
    town, one = founded(village)
    charter = one.charter

    assert found(town, one.seat, charter, 15_000.0, 7_500.0) is None
    assert found(town, Seat(0, 7, OwnerKind.COOP), charter, 100.0, 50.0) is None
    assert found(town, Seat(0, 1, OwnerKind.COOP), charter, 15_000.0, 7_500.0) is None


def test_partners_share_dividends_and_are_bought_out(village: Prepared, watched: Watch) -> None:
    """Half the shares each: dividends flow to both, and after the review to the council alone."""
    prepared = opened("price_quality", "joint_venture", joint_venture__buy_out_months=6.0)

    books = live(prepared, "joint_venture", 48)

    (one,) = (one for one in everyone(watched) if one.bought_out)
    assert 0 < one.capital.partner <= one.capital.equity
    flows = books.tables["flows"]
    paid = flows["pence"][flows["kind"] == Kind.CAPITAL]
    assert int(paid.sum()) > one.capital.partner + one.capital.equity + one.capital.loan
    stocks = books.tables["stocks"]
    for instrument in (Instrument.COUNCIL_LOANS, Instrument.EQUITY, Instrument.MEMBER_ACCOUNTS):
        now = (stocks["instrument"] == instrument) & (stocks["month"] == 48)
        assert int(stocks["pence"][now].sum()) == 0


def everyone(watched: Watch) -> list[Enterprise]:
    """All enterprises of the last run."""
    held = watched.town.enterprises
    return [*held.living, *held.closed]


def test_what_the_association_decides_founds_the_next(village: Prepared, watched: Watch) -> None:
    """The fund of the commons fills; without votes for the association it stays empty."""
    live(village, "public_commons", 24)
    (one,) = everyone(watched)
    filled = int(watched.town.ledger.deposits[one.fund])

    prepared = opened("price_quality", "public_commons", public_commons__votes_association=0.0)
    live(prepared, "public_commons", 24)
    (two,) = everyone(watched)

    assert filled > 0
    assert int(watched.town.ledger.deposits[two.fund]) == 0


def shares_paid(books: Books, kind: Kind) -> int:
    """Sum of the flows of one kind in the lived months."""
    flows = books.tables["flows"]
    return int(flows["pence"][(flows["kind"] == kind) & (flows["month"] > 0)].sum())


def test_a_grant_falls_on_the_budget_that_buys(village: Prepared) -> None:
    """With a grant less of the need is bought than with a loan of the same size."""
    given = opened("price_quality", "incubated_coop", incubated_coop__grant_share=1.0)
    lent = opened(
        "price_quality", "incubated_coop",
        incubated_coop__grant_share=0.0, incubated_coop__loan_share=1.0,
    )  # fmt: skip

    costs = [
        int(live(one, "incubated_coop", 24).tables["needs"]["buyer_process_pence"].sum())
        for one in (given, lent)
    ]

    assert costs[0] > costs[1]
