"""The village takes a service in house: who moves, what it costs to the penny, how it goes back."""

from typing import Any

import numpy as np
import pytest

from simulation.accounting.books import Books
from simulation.accounting.identities import CHECKS
from simulation.economy.transfers import staff_size
from simulation.measures.cost import cost_per_delivered_unit
from simulation.measures.view import View
from simulation.model.economy_model import EconomyModel
from simulation.model.run import Prepared, live
from tests.laws.villages import Tree, village
from tests.model.opening import QUIET, model_of, open_place, whole_register

OFF = {
    "premium": 0.0, "harmonise": 0.0, "pension": 0.0, "overhead": 0.0, "setup_cost": 0.0,
    "setup_months": 0.0, "appraisal_hours": 0.0, "learning": 0.0, "soft_budget": 0.0,
    "review_months": 0.0, "redundancy_months": 0.0,
}  # fmt: skip
"""Every mechanism absent but the transfer of staff."""
STILL = {**QUIET, "labour.wage_slope": 0.0, "labour.hoarding": 1.0}
"""Nobody comes or goes but with the work."""
COUNCIL, CLEANING = 0, 9


def small(tree: Tree) -> None:
    """Let cleaning be bought from the firm in the village alone, until the story opens."""
    standing = tree["contracts"]["standing"]
    tree["contracts"]["standing"] = [
        row for row in standing if row["supplier"] not in ("omnia-branch", "town", "hearth-coop")
    ]
    for row in tree["contracts"]["standing"]:
        row["months_left"] = 1 if row["category"] == "facilities_management" else 100
        row["share"] = 1.0 if row["supplier"] in ("brightwater", "larkfield-care") else row["share"]
    tree["compare"]["regimes"] = ["price_quality", "insourcing"]


def told(parameters: dict[str, float], values: dict[str, float] | None = None) -> Prepared:
    """Open the village, its council about to take cleaning in house."""
    names = {f"insourcing.{name}": value for name, value in parameters.items()}
    scenario = village(small)
    a = whole_register(scenario, {**STILL, **(values or {}), **names})
    place = open_place(scenario, a)
    place.stewardship.policy = place.policies["insourcing"]
    place.stewardship.telling = True
    return place


def everybody(place: Prepared) -> int:
    """Count all who work: residents anywhere, and commuters."""
    economy = place.town.economy
    jobs = int(economy.firms.aggregate_jobs.sum()) + int(economy.buyers.aggregate_jobs.sum())
    return int(place.town.now.roll.heads.sum()) + jobs


def cleaners(place: Prepared) -> int:
    """Return the row of the firm that cleans for the council as the story opens."""
    stewardship = place.stewardship
    (lot,) = [lot for lot in stewardship.lots if lot.category == CLEANING]
    return int(stewardship.suppliers_of(lot.arrangement)[0])


def months_of(model: EconomyModel, many: int) -> None:
    """Live some months."""
    for _ in range(many):
        model.step()


def rows_of(place: Prepared, category: int, month: int) -> dict[str, int]:
    """Return what `needs` say of a category in a month."""
    table = place.stewardship.accruals.needs.table()
    here = (table["category"] == category) & (table["month"] == month)
    return {name: int(column[here].sum()) for name, column in table.items()}


def test_staff_come_over_with_the_work_at_their_pay() -> None:
    """Cleaning for 3,000 of sales of 6,000 a month takes half of a firm's three: two people."""
    place = told(OFF)
    town, row = place.town, cleaners(place)
    council = int(town.economy.buyers.row[COUNCIL])
    before, workers = everybody(place), town.economy.workers
    theirs = np.flatnonzero(workers.employer == row)
    pay, seeking = workers.wage_pence.copy(), town.now.seeking.copy()
    staff = staff_size(town, council), staff_size(town, row)
    expected = int(town.economy.firms.sales_expected[row])

    months_of(model_of(place), 1)

    came = np.flatnonzero(workers.employer[theirs] == council)
    assert came.size == 2
    assert everybody(place) == before
    assert (workers.wage_pence == pay).all()
    assert (town.now.seeking == seeking).all()
    assert staff_size(town, council) == staff[0] + 2
    assert staff_size(town, row) == staff[1] - 2
    assert town.economy.firms.sales_expected[row] < expected


def test_outlay_is_pay_and_what_goes_with_it_and_what_is_bought_in_to_the_penny() -> None:
    """Two cleaners at 1,400 pounds with insurance and pension, and the firm's other cost a unit."""
    place = told(OFF)
    town = place.town

    months_of(model_of(place), 1)

    (service,) = place.stewardship.own.services.values()
    gross, floor, rate = 2 * 140_000, 2 * town.tax.employer_floor, town.tax.employer_rate
    insurance = int(max(gross - floor, 0) * rate)
    pension = int(gross * town.a["labour.pension_rate"])
    on_costs = (insurance + pension) / gross
    state, units = service.state, 3_000.0
    bought = round(100.0 * units * (state.other - state.pay * on_costs))
    other_work = int(town.economy.buyers.payroll_month[COUNCIL, CLEANING])
    row = rows_of(place, CLEANING, 1)
    assert row["delivered_milli"] == 3_000_000
    assert row["outlay_pence"] == bought
    assert row["payroll_pence"] == other_work + gross + insurance + pension


def test_the_books_pay_what_the_needs_say() -> None:
    """The payroll of cleaning holds its staff; what was bought in is paid when it falls due."""
    place = told(OFF)
    town, model = place.town, model_of(place)
    council = int(town.economy.buyers.row[COUNCIL])

    months_of(model, 1)
    bought = rows_of(place, CLEANING, 1)["outlay_pence"]
    own = int(place.stewardship.own.cost[COUNCIL, CLEANING])
    pay = place.recorder.rows["payroll"].table()
    here = (pay["month"] == 1) & (pay["category"] == CLEANING)
    budget = town.economy.buyers.payroll_month[COUNCIL]
    others = int(town.now.payroll[council]) - own
    owed = int(town.economy.parties.payable[council])
    months_of(model, 1)
    paid = place.stewardship.accruals.purchases.table()

    assert pay["gross_pence"][pay["month"] == 1].sum() == town.now.payroll[council]
    assert pay["gross_pence"][here].sum() == pytest.approx(
        own + others * int(budget[CLEANING]) / int(budget.sum()), abs=2.0
    )
    assert owed >= bought
    mine = (paid["month"] == 2) & (paid["category"] == CLEANING) & (paid["policy"] == 1)
    assert paid["pence"][mine].sum() == bought


def test_that_own_staff_take_the_work_is_no_tender() -> None:
    """Nobody was asked to bid, so no count of bids is lower for it; the case is paid for."""
    place = told({**OFF, "appraisal_hours": 120.0})

    months_of(model_of(place), 1)

    assert place.stewardship.register.tenders.table()["tender"].size == 0
    assert rows_of(place, CLEANING, 1)["buyer_process_pence"] >= 480_000


def test_own_staff_do_social_value_and_claim_none() -> None:
    """Who they are and where they buy counts as it does for a firm; nothing is promised."""
    place = told(OFF)

    months_of(model_of(place), 2)

    (service,) = place.stewardship.own.services.values()
    table = place.stewardship.register.arrangements().table()
    mine = table["form"] == 2
    assert table["delivered_pence"][mine].tolist() == [2 * round(3_000.0 * service.state.social)]
    assert service.state.social > 0.0
    assert table["claimed_pence"][mine].tolist() == [0]


@pytest.mark.parametrize(("rate", "more"), [(0.0, 0), (0.15, 42_000)])
def test_the_councils_pension_is_paid_to_the_fund(rate: float, more: int) -> None:
    """15 % of two cleaners' 2,800 pounds is 420 pounds a month; nothing at the null."""
    place, plain = told({**OFF, "pension": rate}), told(OFF)

    for one in (place, plain):
        months_of(model_of(one), 1)

    council = int(place.town.economy.buyers.row[COUNCIL])
    with_it, without = (one.town.now.pension_paid[council] for one in (place, plain))
    assert with_it - without == more
    assert (
        rows_of(place, CLEANING, 1)["payroll_pence"] - rows_of(plain, CLEANING, 1)["payroll_pence"]
        == more
    )


@pytest.mark.parametrize(
    ("premium", "harmonise", "pay"),
    [(0.0, 1.0, 140_000), (0.05, 0.0, 140_000), (0.05, 0.5, 143_500), (0.05, 1.0, 147_000)],
)
def test_who_came_over_keeps_the_old_pay_unless_it_is_harmonised(
    premium: float, harmonise: float, pay: int
) -> None:
    """Two tiers at harmonise 0; none without a premium; one tier at harmonise 1."""
    place = told({**OFF, "premium": premium, "harmonise": harmonise})
    row = cleaners(place)
    workers = place.town.economy.workers
    theirs = np.flatnonzero(workers.employer == row)

    months_of(model_of(place), 1)

    came = theirs[workers.employer[theirs] != row]
    assert workers.wage_pence[came].tolist() == [pay, pay]


def test_newcomers_have_the_councils_pay() -> None:
    """Nobody comes over, so the council looks for cleaners, and pays them 5 % more."""
    place = told({**OFF, "transfer": 0.0, "premium": 0.05}, {"labour.adjustment_speed": 1.0})
    town, workers = place.town, place.town.economy.workers
    council = int(town.economy.buyers.row[COUNCIL])
    before = np.flatnonzero(workers.employer == council)

    months_of(model_of(place), 2)

    new = np.setdiff1d(np.flatnonzero(workers.employer == council), before)
    (department,) = place.stewardship.own.departments.values()
    grade = department.staff.grades[department.group]
    assert new.size
    assert grade == pytest.approx(140_000 * 1.05, rel=1e-6)
    assert workers.wage_pence[new].tolist() == [int(grade * workers.skill[w]) for w in new]


def test_a_firm_is_kept_on_at_the_old_price_until_own_staff_begin() -> None:
    """Three months of set-up: the cleaners are paid as before, and leave as the month ends."""
    place = told({**OFF, "setup_months": 3.0})
    model, row = model_of(place), cleaners(place)

    prices, suppliers = [], []
    for month in range(1, 5):
        months_of(model, 1)
        line = rows_of(place, CLEANING, month)
        prices.append(line["outlay_pence"] / (0.1 * line["delivered_milli"]))
        suppliers.append(row in place.stewardship.portfolio.places.supplier.tolist())

    assert prices[:3] == pytest.approx([1.0] * 3)
    assert prices[3] < 0.5
    assert suppliers == [True, True, False, False]


def test_a_service_that_is_too_dear_goes_back_with_its_staff() -> None:
    """After a test at three months the market serves again; whom nobody takes over is paid off."""
    place = told({**OFF, "overhead": 0.12, "review_months": 3.0, "tolerance": 0.0,
                  "redundancy_months": 2.0})  # fmt: skip
    town, model = place.town, model_of(place)
    council = int(town.economy.buyers.row[COUNCIL])
    staff, before = staff_size(town, council), everybody(place)

    months_of(model, 9)

    service = place.stewardship.register.arrangements().table()
    texts = place.stewardship.register.texts
    ended = [texts[int(code)] for code in service["result"]]
    assert any("ended: a unit cost" in text for text in ended)
    assert not place.stewardship.own.services
    assert staff_size(town, council) == staff
    assert everybody(place) == before
    assert rows_of(place, CLEANING, 9)["delivered_milli"] > 0


def test_a_decision_taken_anew_keeps_staff_and_what_they_have_learned() -> None:
    """Decided in month 1 for months 3 to 5, again in 6 and in 9: the same two clean on."""
    place = told({**OFF, "open_months": 3.0, "learning": 0.1, "setup_months": 2.0})
    town, model = place.town, model_of(place)
    council = int(town.economy.buyers.row[COUNCIL])
    months_of(model, 3)
    staff, working = staff_size(town, council), everybody(place)

    months_of(model, 8)

    (service,) = place.stewardship.own.services.values()
    assert place.stewardship.register.arrangements().table()["form"].tolist().count(2) == 3
    assert service.age(11) == 8
    assert staff_size(town, council) == staff
    assert everybody(place) == working
    assert all(rows_of(place, CLEANING, month)["delivered_milli"] > 0 for month in range(1, 12))


@pytest.mark.parametrize(("months", "each"), [(0.0, 0), (2.0, 280_000)])
def test_whom_nobody_takes_over_is_paid_off(months: float, each: int) -> None:
    """No staff go back at transfer 0 on the way out: two cleaners have two months' pay each."""
    place = told({**OFF, "redundancy_months": months})
    model, town = model_of(place), place.town
    months_of(model, 1)
    (service,) = place.stewardship.own.services.values()
    place.stewardship.portfolio.close([service.number])
    place.stewardship.release(service.number, 1, "closed by the test")
    working, council = everybody(place), int(town.economy.buyers.row[COUNCIL])
    held = int(town.ledger.deposits[council])

    charged = place.stewardship.own.open_month(town, place.stewardship.portfolio)

    assert sum(pence for *_, pence, _ in charged) == 2 * each
    assert everybody(place) == working - 2
    assert held - int(town.ledger.deposits[council]) == 2 * each


@pytest.fixture(scope="module")
def books() -> Books:
    """Five years of the village under insourcing, luck and all."""
    scenario = village(lambda tree: tree["compare"].update(regimes=["price_quality", "insourcing"]))
    place = open_place(scenario, whole_register(scenario, {}), 3)
    return live(place, "insourcing", 60)


@pytest.mark.compiled
def test_money_adds_up_for_five_years(books: Books) -> None:
    """Both residuals, and every other identity, are zero to the penny."""
    assert [law(books).residual for law, _ in CHECKS] == [0] * len(CHECKS)


@pytest.mark.compiled
def test_own_staff_serve_a_good_part_of_what_is_needed(books: Books) -> None:
    """Services run in house, units are delivered, and a unit costs pounds, not pence."""
    forms = books.tables["arrangements"]["form"]

    assert (forms == 2).sum() >= 5
    assert 0.8 < cost_per_delivered_unit(View(books), "district") < 2.5


@pytest.mark.compiled
def test_insourcing_tells_of_itself_in_the_flows(books: Books) -> None:
    """What the council pays for staff rises as services come in house."""
    pay: Any = books.tables["payroll"]
    month, gross = pay["month"], pay["gross_pence"]

    assert gross[month == 60].sum() > 1.5 * gross[month == 1].sum()


@pytest.mark.compiled
def test_what_is_treated_holds_the_pay_of_own_staff(books: Books) -> None:
    """More than was bought under the policy, and no more than all outlay."""
    needs = books.tables["needs"]
    told = needs["month"] > 0
    bought = needs["outlay_pence"][told & (needs["policy"] == 1)].sum()
    whole = (needs["outlay_pence"] + needs["payroll_pence"])[told].sum()

    assert bought < books.meta.treated_pence < whole
