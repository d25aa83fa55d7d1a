"""A place from which nothing leaks holds every pound; one from which all leaks holds none.

Both are told from the village. Where nothing leaks, every supplier, shop, owner, landlord and
worker is local, nobody owes a council or a bank (firms open with cash enough), contracts need no
checking, and the law of the year is replaced by one without taxes: tax bands stand in tables of
law and not in the scenario.
"""

import numpy as np
import pytest

from scenarios.vocabulary import Kind
from simulation.accounting.books import Books, DyeRecord
from simulation.economy.taxes import TaxYear
from simulation.kernels.accounts import UNITS
from simulation.measures.lm3 import council_rounds, lm3_contract, lm3_council
from simulation.measures.local_income import local_income_multiplier
from simulation.measures.retention import retention_curve
from simulation.measures.traced import traced_multiplier, traced_round
from simulation.measures.view import View
from simulation.model.run import live
from tests.laws.villages import Tree, commute, contract, named, village
from tests.model.opening import QUIET, open_place, whole_register

MONTHS = 14
DYED = 2
"""Suppliers are paid after a month, so the first month buys nothing."""
RATES_KEPT = 0.02
"""Most that business rates can be of a pound of sales here."""

UNTAXED = TaxYear(
    floors=np.array([0], dtype=np.int64),
    rates=np.array([0], dtype=np.int64),
    employer_floor=0,
    employer_rate=0.0,
    corporation_rate=0.0,
    vat_rate=0.0,
    living_wage_hour=720.0,
)


def without_leaks(tree: Tree) -> None:
    """Let everyone whom the village pays be of the village."""
    del tree["chains"]
    tree["measure"]["dye_months"] = [DYED]
    tree["buyers"][0]["monitoring"] = 0.0
    for firm in tree["firms"]:
        others = [name for name in ("dale-foods", "garage", "printer") if name != firm["id"]]
        firm["suppliers"] = [{"id": name, "share": 1 / len(others)} for name in others]
        firm["rates"] = 0
        firm["deposits"] *= 4
        if "rent" in firm:
            firm["landlord"] = "h25"
        firm["jobs"] = _staff(tree, firm["id"])
    branch = named(tree["firms"], "omnia-branch")
    branch |= {"owner": "h18", "owner_kind": "local"}
    del branch["head"]
    for home in tree["households"]:
        home["shops"] = [{"id": "stores", "share": 0.8}, {"id": "kettle", "share": 0.2}]
        home["council_tax"] = 0
        if home["tenure"] == "mortgaged":
            home["tenure"] = "owned"
            del home["housing"], home["landlord"], home["loan"]
        elif home["tenure"] != "owned":
            home |= {"tenure": "private", "landlord": "h25"}
    contract(
        tree,
        homecare={"larkfield-care": 0.5, "hearth-coop": 0.5},
        building_maintenance={"mason": 1.0},
        facilities_management={"brightwater": 0.5, "omnia-branch": 0.5},
        food_supplies={"dale-foods": 1.0},
    )
    commute(
        tree, village__village=29, village__town=6, town__town=886, town__rest_of_region=14,
        rest_of_region__town=14, rest_of_region__rest_of_region=8986,
        rest_of_uk__rest_of_uk=90000,
    )  # fmt: skip


def _staff(tree: Tree, firm: str) -> int:
    return sum(
        person["employer"] == firm
        for home in tree["households"]
        for person in home.get("workers", ())
    )


def with_leaks_only(tree: Tree) -> None:
    """Let the village's firms sell to the council and pay nobody but the world, every month."""
    del tree["chains"]
    tree["measure"]["dye_months"] = [DYED]
    tree["buyers"][0]["payroll"] = 0
    for firm in tree["firms"]:
        firm["suppliers"] = [{"id": "world", "share": 1.0}]
        firm |= {"jobs": 0, "owner": "outside", "owner_kind": "outside"}
        firm.pop("head", None)
        if "rent" in firm:
            firm["landlord"] = "outside"
    for home in tree["households"]:
        for person in home.get("workers", ()):
            if person["employer"] != "town":
                person["employer"] = "inactive"
                person.pop("wage", None)
    contract(
        tree,
        homecare={"larkfield-care": 0.5, "hearth-coop": 0.5},
        building_maintenance={"mason": 1.0},
        facilities_management={"brightwater": 1.0},
        food_supplies={"dale-foods": 1.0},
    )
    commute(
        tree, village__town=6, town__town=886, town__rest_of_region=14,
        rest_of_region__town=14, rest_of_region__rest_of_region=8986,
        rest_of_uk__rest_of_uk=90000,
    )  # fmt: skip


@pytest.fixture(scope="module")
def tight() -> Books:
    """Fourteen months of the place from which nothing leaks."""
    scenario = village(without_leaks)
    a = whole_register(scenario, {**QUIET, "labour.pension_rate": 0.0})
    return live(open_place(scenario, a, tax=UNTAXED), "price_quality", MONTHS)


@pytest.fixture(scope="module")
def sieve() -> Books:
    """Fourteen months of the place from which everything leaks at once."""
    scenario = village(with_leaks_only)
    swift = {"firms.working_balance_months": 0.0, "firms.payout_outside": 1.0}
    a = whole_register(scenario, {**QUIET, **swift})
    return live(open_place(scenario, a), "price_quality", MONTHS)


def test_where_nothing_leaks_every_dyed_pound_stays(tight: Books) -> None:
    """The retained share is one, to the last unit, at the close of every month."""
    months, shares = retention_curve(View(tight), "district")

    assert len(months) == MONTHS - DYED + 1
    assert shares == [1.0] * len(months)


def test_all_that_the_council_paid_is_dyed(tight: Books) -> None:
    """Contracts and pay of the dyed month, penny by penny, and nothing else."""
    dye, bought, paid = (tight.tables[name] for name in ("dye", "purchases", "payroll"))

    injected = dye["units"][dye["record"] == DyeRecord.INJECTED].sum()

    outlay = bought["pence"][bought["month"] == DYED].sum()
    outlay += paid["gross_pence"][paid["month"] == DYED].sum()
    assert injected == outlay * UNITS


def test_where_nothing_leaks_the_second_round_is_the_first(tight: Books) -> None:
    """All that the council pays is received here; what firms and people put by is not spent."""
    view = View(tight, DYED, MONTHS)

    rounds = council_rounds(view, "district")

    assert rounds.r2_low == rounds.r1
    assert 2.0 < lm3_council(view, "district") <= 3.0


def test_where_nothing_leaks_no_payment_crosses_the_border(tight: Books) -> None:
    """No firm or household of the village pays anybody elsewhere, its own savings aside."""
    view = View(tight)

    inside = view.classes.private & (view.classes.area == tight.meta.focus_area)
    pairs = view.pairs
    across = inside[pairs.payer] & ~inside[pairs.payee] & (pairs.kind != Kind.SAVING)

    assert int(pairs.pence[across].sum()) == 0


def test_where_everything_leaks_no_dyed_pound_is_left(sieve: Books) -> None:
    """All is received once, from the council, and gone before the month is out."""
    view = View(sieve)

    _, shares = retention_curve(view, "district")

    assert shares == [0.0] * (MONTHS - DYED + 1)
    assert traced_round(1)(view, "district") == 1.0
    assert traced_round(2)(view, "district") == traced_round(3)(view, "district") == 0.0
    assert traced_multiplier(view, "district") == 2.0


def test_where_everything_leaks_nothing_is_spent_again(sieve: Books) -> None:
    """LM3 counts the first receipt and no more; residents gain nothing but rates kept."""
    view = View(sieve, DYED, MONTHS)

    assert lm3_council(view, "district") == 2.0
    assert lm3_contract(view, "district") == 1.0
    assert 0.0 < local_income_multiplier(view, "district") < RATES_KEPT
