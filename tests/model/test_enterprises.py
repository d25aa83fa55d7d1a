"""Enterprises that a council founds in the village: money, members, reserve, and their end."""

from typing import Any

import pytest

from experiments.runner.accounts import accounts_of
from scenarios.vocabulary import Instrument, Kind
from simulation.accounting.digest import digest
from simulation.economy.enterprises import AtRisk, Enterprise
from simulation.economy.town import Town
from simulation.measures.catalogue import evaluate
from simulation.model import economy_model, run
from simulation.model.run import Prepared, live
from tests.laws.shuffled import shuffled
from tests.model.founded import WAYS, opened

MONTHS = 40
TIERS = ("district", "county")
ROUNDING = 1e-9
"""Of sums of floating-point quotients, over more classes where there are seats."""


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


@pytest.mark.compiled
@pytest.mark.parametrize("name", WAYS)
def test_the_order_of_rows_decides_nothing_of_an_enterprise(
    monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    """Firms, homes and workers change places; the books stay as they were."""
    build = run.build_economy
    first = digest(live(opened("price_quality", name), name, MONTHS))
    monkeypatch.setattr(run, "build_economy", lambda *asked: shuffled(build(*asked), 3))
    second = digest(live(opened("price_quality", name), name, MONTHS))

    assert first == second


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


@pytest.mark.parametrize("name", WAYS)
def test_a_councils_money_at_risk_is_told_to_the_penny(
    village: Prepared, watched: Watch, name: str
) -> None:
    """What was lent and paid for shares came back, was lost, or is still in enterprises."""
    told = live(village, name, MONTHS).tables["capital"]

    born = everyone(watched)
    sums = {key: int(column.sum()) for key, column in told.items()}
    paid = sums["lent_pence"] + sums["shares_pence"]
    back = sums["repaid_pence"] + sums["returned_pence"]
    assert paid >= sum(one.capital.loan + one.capital.equity for one in born) > 0
    assert paid - back - sums["lost_pence"] == sum(one.at_risk.outstanding for one in born)
    assert sum(one.council_loan for one in born) == sum(
        one.at_risk.lent - one.at_risk.repaid for one in watched.town.enterprises.living
    )
    assert all(one.at_risk.outstanding == 0 for one in watched.town.enterprises.closed)


@pytest.mark.parametrize(("cash", "lost"), [(0, 100_000), (70_000, 30_000), (300_000, 0)])
def test_what_a_closing_enterprise_cannot_repay_is_written_off(cash: int, lost: int) -> None:
    """A loan of £600 and shares of £400: the loan comes first, then the shares at their price.

    What is left beyond that is a gain and repays nothing.
    """
    money = AtRisk(lent=60_000, shares=40_000)
    repaid = min(cash, 60_000)

    money.close(repaid, cash - repaid)

    assert (money.lost, money.outstanding) == (lost, 0)


def test_a_grant_falls_on_the_budget_that_buys(village: Prepared) -> None:
    """With a grant less of the need is bought than with a loan of the same size."""
    given = opened("price_quality", "incubated_coop", incubated_coop__grant_share=1.0)
    lent = opened(
        "price_quality", "incubated_coop",
        incubated_coop__grant_share=0.0, incubated_coop__loan_share=1.0,
    )  # fmt: skip

    beside_prices = []
    for one in (given, lent):
        tables = live(one, "incubated_coop", 24).tables
        outlay = tables["needs"]["outlay_pence"].sum()
        beside_prices.append(int(outlay - tables["purchases"]["pence"].sum()))

    assert beside_prices[0] > beside_prices[1]
