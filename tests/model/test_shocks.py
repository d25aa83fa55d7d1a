"""Shocks in the village: each strikes from its month on, whom it should, and no penny is lost."""

import re
from dataclasses import replace
from pathlib import Path
from typing import Any, get_args

import numpy as np
import pytest

from scenarios.read import draft_from_text
from scenarios.spec import Shock
from scenarios.vocabulary import Kind
from simulation.accounting.books import Form
from simulation.accounting.digest import digest
from simulation.accounting.identities import CHECKS
from simulation.model.collapse import collapse
from simulation.model.journal import Journal
from simulation.model.run import Prepared, live
from simulation.model.shocks import shocks_of
from tests.model.opening import model_of, open_place, whole_register
from tests.model.shocked_village import (
    MONTH,
    MONTHS,
    NULL,
    SHOCKS,
    WAYS,
    books_of,
    delivered,
    first_day,
    opened,
    paid,
    shock,
    told,
)
from tests.scenarios.village_text import TEXT


@pytest.fixture(scope="module")
def place() -> Prepared:
    """The village on its first day."""
    return first_day()


@pytest.mark.compiled
@pytest.mark.parametrize("kind", SHOCKS)
def test_a_shock_changes_no_byte_before_its_month_and_some_from_then_on(kind, place):
    """Every row of every month before is the same with and without it."""
    usual = books_of(place, "cooperative_membership")
    if kind == "portal_down":
        usual = books_of(place, "price_quality")

    struck = books_of(place, usual.meta.policy_names[1], shock(kind))

    for name, rows in usual.tables.items():
        if "month" not in rows:
            continue
        early, late = (t["month"] < MONTH for t in (rows, struck.tables[name]))
        for column, values in rows.items():
            assert np.array_equal(values[early], struck.tables[name][column][late]), (name, column)
    assert digest(struck) != digest(usual)
    assert (struck.meta.shock_months, struck.meta.shock_kinds) == ((MONTH,), (kind,))


@pytest.mark.parametrize("regime", WAYS)
def test_no_penny_is_lost_whatever_befalls_the_place(regime, place):
    """All shocks at once, each twice and overlapping, under each way of buying."""
    every = [shock(kind, month=month) for kind in SHOCKS for month in (2, MONTH)]

    books = books_of(place, regime, *every)

    assert [check(books).residual for check, _ in CHECKS] == [0] * len(CHECKS)


@pytest.mark.compiled
@pytest.mark.parametrize("kind", SHOCKS)
def test_a_shock_of_no_size_is_as_if_it_were_not_written(kind, place):
    """Same bytes, and the books know of none."""
    usual = books_of(place, "cooperative_membership")

    struck = books_of(place, "cooperative_membership", shock(kind, **NULL[kind]))

    assert digest(struck) == digest(usual)
    assert struck.meta == usual.meta


def test_the_largest_supplier_collapses_and_its_work_is_let_again(place):
    """It does nothing in the month of the collapse; in the next its arrangements lose it."""
    usual = books_of(place, "price_quality")
    before = usual.tables["purchases"]
    bills = np.bincount(before["supplier"][before["month"] == MONTH - 1],
                        before["pence"][before["month"] == MONTH - 1])  # fmt: skip
    largest = int(bills.argmax())

    struck = books_of(place, "price_quality", shock("supplier_fails"))

    signed = struck.tables["arrangements"]
    lost = signed["supplier"] == largest
    ended = [
        struck.meta.texts[code] for code in signed["result"][lost & (signed["end"] == MONTH + 1)]
    ]
    assert ended
    assert all(text.endswith("ended: the supplier closed") for text in ended)
    assert delivered(struck)[MONTH] < 0.9 * delivered(usual)[MONTH]
    assert paid(struck, Kind.WAGES)[MONTH] < paid(usual, Kind.WAGES)[MONTH]
    later = struck.tables["tenders"]["month"] == MONTH + 1
    assert later.sum() >= len(ended)


def test_a_group_collapses_as_one():
    """Branch and head office close in the same month, whichever of them serves."""
    place = opened(shock("supplier_fails"))
    model = model_of(place)
    firms = model.town.economy.firms
    model.shocks = shocks_of(place.scenario.shocks, model.town, model.stewardship, MONTHS)
    serving = np.unique(model.stewardship.portfolio.places.supplier)
    serving = serving[serving < firms.n_agents].tolist()
    office = next(row for row in range(firms.n_agents) if row not in serving)
    firms.head[serving] = office
    group = [*serving, office]
    deaths = []

    for _ in range(MONTH):
        model.step()
        deaths.append(model.town.now.deaths)
    model.let_go()

    assert deaths == [*[0] * (MONTH - 1), len(group)]
    assert len(group) > 2


def test_the_firm_that_was_largest_at_the_start_fails_under_every_way_of_buying(place):
    """With `as_of` the start the journals of all ways of buying name the same firm."""
    scenario = told(shock("supplier_fails", as_of="start"))
    fallen = []
    for regime in WAYS:
        journal = Journal()
        live(replace(place, scenario=scenario), regime, MONTH, journal=journal)
        fallen.append([line["firm"] for line in journal.lines if line["what"] == "collapse"])

    assert len(fallen[0]) == 1
    assert all(one == fallen[0] for one in fallen)


def test_customers_of_a_collapsed_firm_go_elsewhere_at_once():
    """Nobody pays a closed firm in the month of its collapse: its row sends payments on."""
    place = opened()
    town, row = place.town, place.town.economy.firms.n_agents - 1
    assert town.ledger.redirect[row] == row

    closed = collapse(town, town.economy.parties.uid[[row]])
    again = collapse(town, town.economy.parties.uid[[row]])

    assert (closed.tolist(), again.tolist()) == ([row], [])
    assert town.ledger.redirect[row] != row


def test_a_platform_down_stops_its_members_and_nobody_else(place):
    """For two months no co-op orders anything; then it does again, if it has not unravelled."""
    scenario, way = told(shock("platform_down")), "cooperative_membership"
    usual, struck = Journal(), Journal()
    books = live(place, way, MONTHS, journal=usual)
    live(replace(place, scenario=scenario), way, MONTHS, journal=struck)
    signed = books.tables["arrangements"]
    early = (signed["form"] == Form.MEMBERSHIP) & (signed["start"] < MONTH)
    clubs = set(signed["arrangement"][early].tolist())

    def orders(journal: Journal, month: int, *, of_clubs: bool) -> list[dict[str, Any]]:
        lines = [one for one in journal.lines if (one["month"], one["what"]) == (month, "order")]
        return [one for one in lines if (one["arrangement"] in clubs) is of_clubs]

    assert orders(usual, MONTH, of_clubs=True)
    assert orders(struck, MONTH, of_clubs=True) == []
    assert orders(struck, MONTH, of_clubs=False) == orders(usual, MONTH, of_clubs=False)


def test_a_platform_down_is_nothing_to_those_who_tender(place):
    """Contracts share no platform: same bytes under a way of buying that founds no co-op."""
    assert digest(books_of(place, "price_quality", shock("platform_down"))) == digest(
        books_of(place, "price_quality")
    )


def test_a_platform_may_be_one_category_s_and_half_down(place):
    """Half of the work in one category is done, all of it elsewhere."""
    usual = books_of(place, "cooperative_membership")
    half = shock("platform_down", size=0.5, category="homecare", forms=["membership", "contract"])

    struck = books_of(place, "cooperative_membership", half)

    assert delivered(struck, "homecare")[MONTH] == pytest.approx(
        delivered(usual, "homecare")[MONTH] / 2, abs=1
    )
    assert delivered(struck, "food_supplies")[MONTH] == delivered(usual, "food_supplies")[MONTH]


def test_a_shock_beyond_the_run_is_none(place):
    """A run that ends before it has the books of a run without."""
    late = shock("grant_cut", month=MONTHS + 1)

    assert digest(books_of(place, "price_quality", late)) == digest(
        books_of(place, "price_quality")
    )


def test_the_page_on_shocks_shows_a_scenario_that_runs(place):
    """Its example, put at the end of the village's file, is read and lived."""
    page = (Path(__file__).parents[2] / "docs" / "shocks.md").read_text("utf-8")
    (example,) = re.findall(r"```toml\n(.*?)```", page, re.DOTALL)
    scenario = draft_from_text(f"{TEXT}\n{example}", "village.toml").require()

    books = live(open_place(scenario, whole_register(scenario, {}), 1), "price_quality", 24)

    assert books.meta.shock_kinds == ("supplier_fails", "grant_cut")
    assert [check(books).residual for check, _ in CHECKS] == [0] * len(CHECKS)


def test_the_page_names_every_kind_with_its_keys() -> None:
    """The table of kinds lists each kind with all its keys."""
    page = (Path(__file__).parents[2] / "docs" / "shocks.md").read_text("utf-8")
    listed = dict(re.findall(r"^\| `(\w+)` \| (.*?) \| ", page, re.MULTILINE))

    for one in get_args(get_args(Shock)[0]):
        (kind,) = get_args(one.model_fields["kind"].annotation)
        keys = set(one.model_fields) - {"kind", "month"}
        assert keys <= set(re.findall(r"`(\w+)`", listed[kind])), kind
