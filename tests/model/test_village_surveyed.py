"""A village's run as if its payments were published and every supplier had answered a survey.

The books made from payments and answers give the LM3 of the simulated books, through the same
measure, on what both cover.
"""

from dataclasses import replace

import pytest

from scenarios.vocabulary import Institution, Tier
from simulation.accounting.books import Books
from simulation.accounting.flows import within
from simulation.accounting.from_payments import (
    Node,
    Outlay,
    Payment,
    Respent,
    Told,
    books_from_payments,
)
from simulation.measures.lm3 import contract_rounds, council_rounds
from simulation.measures.view import View
from tests.model.opening import QUIET, open_place, whole_register

THIRD = 3
MILLION = 1_000_000
WITHOUT_PAYROLL = frozenset({"areas", "classes", "parties", "purchases", "outflows", "flows"})


@pytest.fixture(scope="module")
def lived() -> Books:
    """Three months of the village, without its own payroll, which is not published."""
    from scenarios.read import read_draft
    from simulation.model.run import live

    scenario = read_draft("village").require()
    place = open_place(scenario, whole_register(scenario, QUIET))
    return live(place, "price_quality", THIRD).seen_through(WITHOUT_PAYROLL)


def published(lived: Books, told: Told) -> Books:
    """Payments of the third month with each supplier's place, and what is told beside them."""
    rows = within(lived.tables["purchases"], THIRD, THIRD)
    parties, ids = lived.tables["parties"], lived.meta.area_ids
    area = dict(zip(parties["party"].tolist(), parties["area"].tolist(), strict=True))
    buyers = {str(b): ids[a] for b, a in zip(lived.meta.buyer_rows, lived.meta.buyer_areas,
                                             strict=True)}  # fmt: skip
    payments = [
        Payment(2012, 6, str(buyer), str(supplier), pence, ids[area[supplier]])
        for buyer, supplier, pence in zip(
            *(rows[name].tolist() for name in ("buyer", "supplier", "pence")), strict=True
        )
    ]
    areas = lived.tables["areas"]
    tree = [
        Node(ids[code], ids[code], Tier(tier), ids[parent] if parent >= 0 else None)
        for code, parent, tier in zip(
            *(areas[name].tolist() for name in ("area", "parent", "tier")), strict=True
        )
    ]
    return books_from_payments(payments, tree, buyers, ids[lived.meta.focus_area], told)


def surveyed(lived: Books) -> list[Outlay]:
    """What every supplier would answer: its payments of the month by kind and place."""
    rows = within(lived.tables["outflows"], THIRD, THIRD)
    sold = set(within(lived.tables["purchases"], THIRD, THIRD)["supplier"].tolist())
    return [
        Outlay(str(supplier), kind, lived.meta.area_ids[area], pence)
        for supplier, kind, area, pence in zip(
            *(rows[name].tolist() for name in ("supplier", "kind", "area", "pence")), strict=True
        )
        if supplier in sold and pence > 0
    ]


def alone(lived: Books, supplier: int) -> View:
    """The run as if one supplier alone had been bought from."""
    rows = lived.tables["purchases"]
    mine = rows["supplier"] == supplier
    kept = {name: column[mine] for name, column in rows.items()}
    return View(replace(lived, tables={**lived.tables, "purchases": kept}, kept={}), THIRD, THIRD)


def test_all_outlay_with_a_full_survey(lived: Books) -> None:
    """The three rounds of the council are those of the model, to the penny and below."""
    real = View(published(lived, Told(outlays=surveyed(lived))))

    for tier in ("district", "county", "uk"):
        found, wanted = council_rounds(real, tier), council_rounds(View(lived, THIRD, THIRD), tier)
        assert (found.r1, found.r2_low, found.r2_high) == (
            wanted.r1,
            wanted.r2_low,
            wanted.r2_high,
        )
        assert found.r3_low == pytest.approx(wanted.r3_low, rel=1e-12)
        assert found.low == pytest.approx(found.high, rel=1e-12)


def test_contracts_with_a_survey_of_those_who_receive(lived: Books) -> None:
    """Where receivers were asked too, the third round of contracts is the model's."""
    outlays, passed_on = surveyed(lived), []
    for name in {one.supplier for one in outlays}:
        one = contract_rounds(alone(lived, int(name)), "district")
        share = round(MILLION * one.r3_low / one.r2_low) if one.r2_low else 0
        passed_on += [
            Respent(name, who, Tier.DISTRICT, share, share)
            for who in (Institution.HOUSEHOLD, Institution.FIRM)
        ]
    real = View(published(lived, Told(outlays=outlays, respent=passed_on)))

    found = contract_rounds(real, "district")
    wanted = contract_rounds(View(lived, THIRD, THIRD), "district")

    assert found.r2_low == found.r2_high == pytest.approx(wanted.r2_low, rel=1e-12)
    assert found.low == found.high == pytest.approx(wanted.low, abs=2 / MILLION)


def test_without_the_survey_the_model_lies_in_the_range(lived: Books) -> None:
    """Payments alone leave a range, and what the model found lies in it."""
    real = View(published(lived, Told()))
    wanted = council_rounds(View(lived, THIRD, THIRD), "district")

    found = council_rounds(real, "district")

    assert found.low < wanted.low < found.high
