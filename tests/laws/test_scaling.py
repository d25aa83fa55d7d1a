"""Ten times every pound, thresholds and tax bands included, changes no ratio beyond rounding.

What the scenario and the register hold is scaled there; tax bands and tender thresholds stand in
tables of law, which the test replaces.
"""

from collections.abc import Callable
from dataclasses import replace
from types import MappingProxyType

import pytest

from scenarios import tables
from scenarios.assumptions import Assumptions, register
from scenarios.spec import Scenario
from scenarios.tables.reading import rows
from simulation.economy import place, tax_law
from simulation.measures.catalogue import evaluate
from simulation.model.run import live
from simulation.procurement import registry
from tests.laws.villages import Tree, village
from tests.model.opening import QUIET, open_place, whole_register

MONTHS = 14
DYED = 2
TIERS = ("district", "county", "all")
PENNY_A_WAGE = 2e-4
"""Tolerance: tax is cut to a penny a head, 1e-5 of a monthly wage, through fourteen months."""
TENTH_OF_A_PENNY = 2e-5
"""The same where the money is ten times finer already: what is left is rounding and no more."""
MONEY = ("GBP", "pence")
AMOUNTS = ("GBP", "tonnes CO2e")
"""Units of measures that grow with money; carbon is counted by the pound."""
NO_AMOUNT = "cost_per_delivered_unit"
"""A delivered unit is a pound's worth, so its cost does not grow with money."""
MANY = 100
FIRM = ("monthly_sales", "wage", "rent", "rates", "deposits", "capacity")
HOME = (
    "housing", "council_tax", "benefit", "pension", "occupational", "deposits", "savings", "loan",
)  # fmt: skip


def grow(times: int) -> Callable[[Tree], None]:
    """Multiply every amount of money in the village's file."""

    def change(tree: Tree) -> None:
        output = tree["technology"]["output"]
        tree["technology"]["output"] = {key: value * times for key, value in output.items()}
        people = [who for home in tree["households"] for who in home.get("workers", ())]
        budgets = [buyer["budget"] for buyer in tree["buyers"]]
        incomes = [area["income"] for area in tree["areas"] if "income" in area]
        for many, keys in (
            (incomes, ("median", "mean")),
            (tree["buyers"], ("payroll",)),
            (budgets, tuple(tree["buyers"][0]["budget"])),
            (tree["firms"], FIRM),
            (tree["households"], HOME),
            (people, ("wage",)),
        ):
            for row in many:
                row |= {key: row[key] * times for key in keys if key in row}
        tree["measure"]["dye_months"] = [DYED]

    return change


def scaled_register(scenario: Scenario, times: int) -> Assumptions:
    """Multiply every entry of the register that is money."""
    entries = [*register().values()]
    entries += [one for name in registry.names() for one in registry.get(name).parameters]
    money = {one.name: one.value * times for one in entries if one.unit.split()[0] in MONEY}
    return whole_register(scenario, {**QUIET, **money})


def scale_law(patch: pytest.MonkeyPatch, times: int) -> None:
    """Multiply every amount of money in the tables of law."""
    money = {row["parameter"] for row in rows("tax_years") if row["unit"].startswith("GBP a")}
    law_of, thresholds = tax_law.law_of, tables.thresholds

    def taxes(calendar: int, nation: str = tables.HOME) -> tables.TaxYear:
        law = law_of(calendar, nation)
        values = {key: value * (times if key in money else 1) for key, value in law.values.items()}
        return tables.TaxYear(law.name, MappingProxyType(values))

    def duties(year: int, month: int = 1, nation: str = tables.HOME) -> tables.Thresholds:
        law = thresholds(year, month, nation)
        names = ("goods_services", "works", "light_touch")
        return replace(law, **{name: getattr(law, name) * times for name in names})

    patch.setattr(tax_law, "law_of", taxes)
    patch.setattr(place, "law_of", taxes)
    patch.setattr(tables, "thresholds", duties)


def told(times: int) -> dict[tuple[str, str, int], tuple[float | None, bool]]:
    """Live the village with that much money; return each measure, and whether it is an amount."""
    scenario = village(grow(times))
    with pytest.MonkeyPatch.context() as patch:
        scale_law(patch, times)
        opened = open_place(scenario, scaled_register(scenario, times))
        books = live(opened, "social_value", MONTHS)
    return {
        (one.measure, one.tier, one.month): (
            one.value,
            one.unit.startswith(AMOUNTS) and " per " not in one.unit and one.measure != NO_AMOUNT,
        )
        for one in evaluate(books, TIERS, (1, MONTHS))
    }


@pytest.mark.parametrize(
    ("coarse", "fine", "tolerance"), [(1, 10, PENNY_A_WAGE), (10, 100, TENTH_OF_A_PENNY)]
)
def test_ten_times_the_money_is_the_same_place(coarse: int, fine: int, tolerance: float) -> None:
    """Every measure is the same, or tenfold where it is an amount, but for rounding."""
    before, after = told(coarse), told(fine)

    assert before.keys() == after.keys()
    for key, (value, is_amount) in before.items():
        found = after[key][0]
        if value is None or found is None:
            assert value is found, key
            continue
        wanted = value * (fine / coarse if is_amount else 1.0)
        assert found == pytest.approx(wanted, rel=tolerance, abs=tolerance), key
    assert sum(value is not None for value, _ in before.values()) > MANY
