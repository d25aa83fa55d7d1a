"""Shocks that change terms of trade: outside demand, inputs, grants, the reach of notices."""

import numpy as np
import pytest

from scenarios.spec import GrantCut
from scenarios.vocabulary import Institution, Kind
from simulation.accounting.books import Books
from simulation.accounting.network import build_network
from simulation.kernels.scales import CUM_ONE
from simulation.model.dear_inputs import dearer
from simulation.model.run import Prepared
from simulation.model.shocks import cut_grants, shocks_of
from tests.model.opening import model_of
from tests.model.shocked_village import (
    MONTH,
    MONTHS,
    books_of,
    delivered,
    first_day,
    opened,
    paid,
    shock,
)


@pytest.fixture(scope="module")
def place() -> Prepared:
    """The village on its first day."""
    return first_day()


def test_outside_demand_falls_by_its_share_and_comes_back(place):
    """Sales outside fall by three tenths for three months, a penny a row aside."""
    usual, struck = (
        books_of(place, "price_quality"),
        books_of(place, "price_quality", shock("demand_falls")),
    )

    before, after = paid(usual, Kind.EXPORT), paid(struck, Kind.EXPORT)
    rows = place.town.n_firms
    for month in range(MONTH, MONTH + 3):
        assert 0 <= 0.7 * before[month] - after[month] <= rows
    assert after[MONTH + 3] == before[MONTH + 3]


def test_demand_may_fall_for_one_sector_alone(place):
    """What other sectors sell outside is as before."""
    struck = books_of(place, "price_quality", shock("demand_falls", sector="manufacturing"))
    usual = books_of(place, "price_quality")

    def by_sector(books: Books) -> dict[int, int]:
        rows, sector = books.tables["flows"], books.tables["classes"]["sector"]
        mine = (rows["kind"] == Kind.EXPORT) & (rows["month"] == MONTH)
        sums = np.zeros(len(books.meta.sector_ids), dtype=np.int64)
        np.add.at(sums, sector[rows["payee"][mine]], rows["pence"][mine])
        return dict(zip(books.meta.sector_ids, sums.tolist(), strict=True))

    before, after = by_sector(usual), by_sector(struck)
    assert after["manufacturing"] == pytest.approx(0.7 * before["manufacturing"], rel=1e-6)
    assert {k: v for k, v in after.items() if k != "manufacturing"} == {
        k: v for k, v in before.items() if k != "manufacturing"
    }


def test_demand_may_fall_in_one_area_and_all_within_it_alone(place):
    """A slump in the county reaches the village and the town, not the region around it."""
    slump = shock("demand_falls", area="dale")
    usual, struck = (books_of(place, "price_quality", *some) for some in ([], [slump]))

    def by_area(books: Books) -> dict[str, int]:
        rows, area = books.tables["flows"], books.tables["classes"]["area"]
        mine = (rows["kind"] == Kind.EXPORT) & (rows["month"] == MONTH)
        sums = np.zeros(len(books.meta.area_ids), dtype=np.int64)
        np.add.at(sums, area[rows["payee"][mine]], rows["pence"][mine])
        return dict(zip(books.meta.area_ids, sums.tolist(), strict=True))

    before, after = by_area(usual), by_area(struck)
    for name in ("village", "town"):
        assert after[name] == pytest.approx(0.7 * before[name], rel=1e-4)
    assert after["rest-of-region"] == before["rest-of-region"] > 0


def test_dear_inputs_cost_more_and_the_rise_goes_abroad(place):
    """In its first month suppliers at home get what they got; the world gets the rise."""
    usual, struck = (
        books_of(place, "price_quality"),
        books_of(place, "price_quality", shock("input_prices")),
    )

    def inputs(books: Books, payee: int | None = None) -> int:
        return paid(books, Kind.INTERMEDIATE, payee=payee)[MONTH]

    bill, dear = inputs(usual), inputs(struck)
    rise = inputs(struck, Institution.WORLD) - inputs(usual, Institution.WORLD)
    assert dear == pytest.approx(1.2 * bill, rel=1e-6)
    assert rise == pytest.approx(0.2 * bill, rel=2e-3)
    assert inputs(struck, Institution.FIRM) == pytest.approx(
        inputs(usual, Institution.FIRM), rel=1e-3
    )


def test_dear_inputs_raise_the_costs_of_all_who_serve_only_while_they_last():
    """Of bidders and under standing contracts, by a fifth of the inputs per pound of sales."""
    place = opened(shock("input_prices"))
    model = model_of(place)
    model.shocks = shocks_of(place.scenario.shocks, model.town, model.stewardship, MONTHS)
    firms, supply = model.town.economy.firms, model.town.links.supply
    usual, inputs = firms.unit_cost.copy(), firms.intermediate_share.copy()
    portfolio = model.stewardship.portfolio
    number, food = next(
        (n, s) for n, s in portfolio.standing.items()
        if s.arrangement.need.category_id == "food_supplies"
    )  # fmt: skip
    (grocer,), (cost,) = food.arrangement.suppliers.tolist(), food.arrangement.costs.tolist()
    seen = []

    for _ in range(MONTH + 3):
        model.step()
        own = portfolio.standing.get(number)
        served = None if own is None else float(own.arrangement.costs[0])
        seen.append((firms.unit_cost.copy(), model.town.links.supply is supply, served))
    model.let_go()

    costs, at_home, served = zip(*seen, strict=True)
    for month in range(1, MONTH + 4):
        dear = MONTH <= month < MONTH + 3
        assert np.array_equal(costs[month - 1], usual + 0.2 * inputs if dear else usual)
        assert at_home[month - 1] is not dear
    rise = 1.0 + 0.2 * inputs[grocer] / usual[grocer]
    assert served[MONTH - 2] == cost
    assert served[MONTH - 1] == pytest.approx(rise * cost, rel=1e-12)


def test_links_under_a_rise_pay_each_supplier_as_before():
    """A bill of 1.25 pays 30, 50 and the world's 20 of before: 24, 40 and 36 parts of a hundred."""
    klass = np.array([0, 0, 0, 1], dtype=np.int32)
    start = np.array([0, 3, 3, 4, 4], dtype=np.int32)
    payee = np.array([1, 2, 3, 1], dtype=np.int32)
    shares = np.cumsum([0.3, 0.5, 0.2]) * CUM_ONE
    cum = np.array([*np.rint(shares), CUM_ONE], dtype=np.int32)
    usual = build_network(Kind.INTERMEDIATE, 0, start, payee, cum, klass)

    links = dearer(usual, 0.25, world=3, klass=klass)

    steps = np.diff(links.cum, prepend=0)
    assert links.start.tolist() == [0, 3, 3, 5, 5]
    assert links.payee.tolist() == [1, 2, 3, 1, 3]
    assert steps[:3] / CUM_ONE == pytest.approx([0.24, 0.4, 0.36], abs=2 / CUM_ONE)
    assert links.cum[[2, 4]].tolist() == [CUM_ONE, CUM_ONE]


def test_a_cut_grant_is_taken_off_budgets(place):
    """The council gets three tenths less, and buys that many pounds' worth less."""
    usual, struck = (
        books_of(place, "price_quality"),
        books_of(place, "price_quality", shock("grant_cut")),
    )

    lost = paid(usual, Kind.GRANT)[MONTH] - paid(struck, Kind.GRANT)[MONTH]
    assert lost == int(0.3 * int(place.town.economy.buyers.grant_month[0]))
    assert paid(usual, Kind.GRANT)[MONTH + 3] == paid(struck, Kind.GRANT)[MONTH + 3]
    whole = int(place.town.economy.buyers.budget_month.sum())
    part = delivered(struck)[MONTH] / delivered(usual)[MONTH]
    assert part == pytest.approx(1.0 - lost / whole, abs=0.02)


def test_reserves_may_bear_a_cut_in_place_of_services(place):
    """With nothing taken off budgets services go on, and the council's account falls."""
    usual, struck = (
        books_of(place, "price_quality"),
        books_of(place, "price_quality", shock("grant_cut", from_budgets=0.0)),
    )

    assert delivered(struck)[MONTH] == delivered(usual)[MONTH]
    assert paid(struck, Kind.GRANT)[MONTH] < paid(usual, Kind.GRANT)[MONTH]


def test_cuts_take_parts_of_what_is_left_and_never_more_than_there_is():
    """A fifth, then all of the rest: the grant is gone, budgets are nothing and not less."""
    place = opened()
    buyers, budget = place.town.economy.buyers, place.stewardship.budget
    fifth, rest = (
        GrantCut(kind="grant_cut", month=1, size=size, from_budgets=1.0) for size in (0.2, 1.0)
    )

    cut_grants(place.town, budget, [fifth])
    first = -int(place.town.now.extra_grant[0]), -int(budget.extra.sum())
    budget.extra[:], place.town.now.extra_grant[:] = 0, 0
    cut_grants(place.town, budget, [fifth, rest, rest])

    fifth_of_it = int(0.2 * int(buyers.grant_month[0]))
    assert first == (fifth_of_it, pytest.approx(fifth_of_it, abs=1))
    assert (buyers.grant_month + place.town.now.extra_grant).tolist() == [0]
    assert int(buyers.grant_month[0]) > int(buyers.budget_month.sum())
    assert np.array_equal(budget.extra, -buyers.budget_month)


def test_without_the_portal_notices_stay_near_and_go_far_again_after():
    """Distant firms and bid teams have no pull for four months; the register itself stays."""
    place = opened(shock("portal_down", size=0.75))
    model = model_of(place)
    usual = model.town.a
    model.shocks = shocks_of(place.scenario.shocks, model.town, model.stewardship, MONTHS)
    far = []

    for _ in range(MONTH + 4):
        model.step()
        far.append(model.town.a["tender.weight_far"] / usual["tender.weight_far"])
    model.let_go()

    assert far == [*[1.0] * (MONTH - 1), *[0.25] * 4, 1.0]
    assert model.town.a is usual
