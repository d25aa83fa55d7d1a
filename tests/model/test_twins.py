"""An independent twin pays every penny of the village's months again, and follows its dye."""

import ast
import copy
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from experiments.runner.replicate import assumptions_of
from scenarios.read import read_scenario
from scenarios.vocabulary import Kind, OwnerKind
from simulation.economy import surplus
from simulation.economy.town import Town
from simulation.measures import procurement, retention, traced
from simulation.measures.view import View
from simulation.model.journal import Journal
from simulation.model.payables import Invoices, Payables
from simulation.model.run import Prepared, live, prepare
from tests.model.followed import DiffersError, Followed, followed, paid_again
from tests.model.opening import open_place
from tests.model.shocked_village import first_day, shock, told
from tests.reference.village import measures
from tests.reference.village.accounts import Accounts, parts_of
from tests.reference.village.law import Law
from tests.reference.village.ledger import Village

VILLAGE = Path(__file__).parents[1] / "reference" / "village"
ALLOWED = (
    "collections",
    "dataclasses",
    "fractions",
    "functools",
    "itertools",
    "json",
    "math",
    "pathlib",
    "scenarios",
    "typing",
)
WAYS = (
    "lowest_price", "price_quality", "social_value", "ethical_framework", "cooperative_membership",
    "alliance", "grant", "insourcing", "reserved_local", "reserved_mutual", "incubated_coop",
    "joint_venture", "public_commons",
)  # fmt: skip
"""Ways of buying that the twin follows whole."""
COMPARED = (*procurement.MEASURES, *traced.MEASURES, *retention.MEASURES)
SHORT = {"burn_in.least_months": 24, "burn_in.most_months": 24}


def anew(prepared: Prepared) -> Prepared:
    """Let every need be let in month 1, so that a way of buying treats all that is bought."""
    place = copy.deepcopy(prepared)
    for lot in place.stewardship.lots:
        lot.ends = 0
    return place


def lived(prepared: Prepared, way: str, months: int) -> Followed:
    """Live some months under a way of buying, with the twin beside the model."""
    with followed() as run:
        books = live(prepared, way, months, journal=run.journal)
    assert run.acts == 9 * months
    assert run.twin is not None
    compare_measures(run.twin, View(books))
    return run


def compare_measures(twin: Village, view: View) -> None:
    """Hold what the twin's payments and dye come to against the measures of the books."""
    named = {measure.name: measure.of_run for measure in COMPARED}
    for tier in ("district", "county", "region", "uk"):
        areas = twin.place.within[tier]
        mine = {
            "local_share_based": measures.local_share(twin, areas),
            "supplier_hhi": measures.concentration(twin),
            "traced_multiplier": measures.traced_multiplier(twin, areas),
            **{f"traced_round_{hop}": measures.traced_round(twin, areas, hop) for hop in (1, 2, 3)},
            "retention_mean_months": sum(measures.retention(twin, areas)),
            "retained_share": measures.retention(twin, areas)[-1],
            "idle_share": measures.idle_share(twin, areas),
            "dyed_elsewhere": measures.elsewhere(twin, areas),
        }
        for name, value in mine.items():
            answer = named[name]
            assert answer is not None
            assert float(value) == pytest.approx(answer(view, tier), rel=1e-12), (name, tier)


@pytest.fixture(scope="module")
def village() -> Prepared:
    """The village burnt in for a short while, dyed in its first month."""
    ways = f"compare.regimes={list(WAYS)}"
    scenario = read_scenario("village", (ways, "measure.dye_months=[1]"))
    return prepare(scenario, assumptions_of(scenario, SHORT), 1)


def test_the_twin_knows_nothing_of_the_model() -> None:
    """All of it is plain Python and words of the field; it reads the journal, never the model."""
    for path in VILLAGE.glob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            modules = []
            if isinstance(node, ast.Import):
                modules = [name.name for name in node.names]
            elif isinstance(node, ast.ImportFrom):
                modules = [node.module or ""]
            for module in modules:
                known = module.split(".")[0] in ALLOWED or module.startswith("tests.reference")
                assert known, f"{path.name} imports {module}"


def test_a_sum_is_split_without_losing_a_penny() -> None:
    """A pound in thirds: 33, 33 and 34 pence, by rising shares."""
    assert parts_of(100, [(1, 21845), (2, 43690), (3, 65536)]) == [(1, 33), (2, 33), (3, 34)]


def test_pay_of_two_thousand_pounds_bears_the_tax_of_2012() -> None:
    """20 % above an allowance of 8,105 pounds a year, insurance of 12 % above 7,592."""
    law = Law.of("2012-13")

    withheld = law.withheld(200_000)

    assert withheld == pytest.approx(132_458 * 0.20 + 136_733 * 0.12, abs=2)


def test_dye_goes_with_money_in_proportion() -> None:
    """A quarter of what a firm has is dyed; of 100 pence it pays, a quarter is, a hop on."""
    accounts = Accounts([400, 0, 0], [0, 0, 0], [0, 0, 0], range(2, 3), (), (1,))
    accounts.dye.held[0] = [100 * 1024, 0, 0, 0]

    accounts.pay(Kind.WAGES, 0, 2, 100)
    accounts.end_act()

    assert accounts.dye.held[2] == [0, 25 * 1024 - 1, 0, 0]
    assert sum(accounts.dye.held[0]) + accounts.dye.let_go == 75 * 1024 + 1


@pytest.mark.compiled
def test_a_journal_on_disk_is_all_that_the_twin_needs(tmp_path: Path) -> None:
    """Two months are written down; the twin reads the files and pays every penny again."""
    scenario = read_scenario("village", ("measure.dye_months=[1]",))
    place, journal = open_place(scenario, assumptions_of(scenario, {})), Journal()
    books = live(place, "price_quality", 2, journal=journal)

    twin = paid_again(journal.write(tmp_path))

    compare_measures(twin, View(books))


@pytest.mark.compiled
def test_the_first_months_of_the_village_are_paid_again() -> None:
    """As the file opens it: every payment, account and unit of dye of two months, act by act."""
    scenario = read_scenario("village", ("measure.dye_months=[2]",))
    place = open_place(scenario, assumptions_of(scenario, {}))

    run = lived(place, "price_quality", 2)

    assert run.twin is not None
    assert run.twin.accounts.dye.put_in > 0
    assert {Kind.GRANT, Kind.INTERMEDIATE, Kind.WAGES, Kind.CONSUMPTION} <= set(run.kinds)


@pytest.mark.compiled
def test_a_penny_too_much_on_one_invoice_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    """The twin is told the order as it was; the model owes a penny more."""
    scenario = read_scenario("village")
    place, add = open_place(scenario, assumptions_of(scenario, {})), Payables.add

    def one_more(self: Payables, town: Town, invoices: Invoices, days: NDArray[np.float64]) -> None:
        invoices.pence[0] += 1
        add(self, town, invoices, days)

    monkeypatch.setattr(Payables, "add", one_more)

    with pytest.raises(DiffersError, match="month 1, delivery, payable of row"):
        lived(place, "price_quality", 1)


def bands_are_cut(patch: pytest.MonkeyPatch, place: Prepared) -> None:
    """Let bands of tax on pay begin a penny early, as if a twelfth were cut and not rounded."""
    tax = place.town.tax
    patch.setattr(place.town, "tax", replace(tax, floors=tax.floors - 1))


def insurance_from_a_pound_more(patch: pytest.MonkeyPatch, place: Prepared) -> None:
    """Let employers' insurance begin a pound a month later."""
    tax = place.town.tax
    patch.setattr(place.town, "tax", replace(tax, employer_floor=tax.employer_floor + 100))


def owners_here_get_more(patch: pytest.MonkeyPatch, place: Prepared) -> None:
    """Give owners here a hundredth more of what is over."""
    rule = surplus.surplus_shares

    def more(town: Town) -> NDArray[np.float64]:
        shares = rule(town)
        shares[OwnerKind.LOCAL, 0] += 0.01
        return shares

    patch.setattr(surplus, "surplus_shares", more)


@pytest.mark.compiled
@pytest.mark.parametrize(
    "broken", [bands_are_cut, insurance_from_a_pound_more, owners_here_get_more]
)
def test_a_rule_that_is_broken_is_found_in_the_journal(
    monkeypatch: pytest.MonkeyPatch,
    broken: Callable[[pytest.MonkeyPatch, Prepared], None],
    tmp_path: Path,
) -> None:
    """A rounding, a tax and a split: the files tell of payments that the twin would not make."""
    scenario = read_scenario("village")
    place, journal = open_place(scenario, assumptions_of(scenario, {})), Journal()
    broken(monkeypatch, place)
    live(place, "price_quality", 2, journal=journal)

    with pytest.raises(DiffersError, match=r"month [12], payments"):
        paid_again(journal.write(tmp_path))


@pytest.mark.compiled
@pytest.mark.parametrize("kind", ["supplier_fails", "demand_falls", "grant_cut", "portal_down"])
def test_shocks_are_paid_again(kind: str, tmp_path: Path) -> None:
    """A supplier falls, orders from outside or grants fall off, notices go unread: five months."""
    place = replace(first_day(), scenario=told(shock(kind, month=2)))

    with followed() as run:
        live(place, "price_quality", 5, journal=run.journal)

    assert run.acts == 9 * 5
    paid_again(run.journal.write(tmp_path))


@pytest.mark.compiled
def test_savings_given_back_are_paid_again() -> None:
    """Four months of a council that gives back by council tax what it did not spend."""
    settings = ("closure.savings='tax'", "measure.dye_months=[1]")
    scenario = read_scenario("village", settings)
    place = open_place(scenario, assumptions_of(scenario, {}))

    run = lived(anew(place), "lowest_price", 4)

    assert Kind.REFUND in run.kinds


def nothing(*_: object) -> None:
    """Take the place of an act that is forgotten."""


@pytest.mark.compiled
@pytest.mark.parametrize(
    ("act", "forgotten"),
    [
        ("public income", "simulation.economy.public_income.pay_grants"),
        ("trade", "simulation.model.month.draw_overdrafts"),
        ("wages and taxes", "simulation.model.dyeing.Dyer.payroll"),
        ("adjustment", "simulation.model.month.learn_sales"),
    ],
)
def test_what_the_model_forgets_is_found_in_its_act(
    monkeypatch: pytest.MonkeyPatch, act: str, forgotten: str
) -> None:
    """Grants, overdrafts, the dye of pay, and the close of a month's sales."""
    scenario = read_scenario("village", ("measure.dye_months=[1]",))
    place = open_place(scenario, assumptions_of(scenario, {}))
    monkeypatch.setattr(forgotten, nothing)

    with pytest.raises(DiffersError, match=f"month 1, {act}"):
        lived(place, "price_quality", 1)


@pytest.mark.long
@pytest.mark.compiled
@pytest.mark.parametrize("way", WAYS)
def test_months_of_each_way_of_buying_are_paid_again(
    village: Prepared, way: str, tmp_path: Path
) -> None:
    """Every need let anew: three months, each payment and each unit of dye, at once and later."""
    run = lived(anew(village), way, 3)

    paid_again(run.journal.write(tmp_path))
    assert Kind.PURCHASE in run.kinds


@pytest.mark.soak
@pytest.mark.compiled
@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("let_anew", [False, True])
def test_two_years_of_each_way_of_buying_are_paid_again(
    village: Prepared, way: str, let_anew: bool, tmp_path: Path
) -> None:
    """Twenty-four months, with firms that close and open, as contracts stand and all let anew.

    First beside the model, act by act; then from the journal's folder alone.
    """
    run = lived(anew(village) if let_anew else village, way, 24)

    paid_again(run.journal.write(tmp_path))

    assert {Kind.LOAN_DRAWN, Kind.LOAN_REPAID, Kind.WRITE_OFF} <= set(run.kinds)
