"""Tenders as the public register writes them: for the whole term, bid by bid."""

from types import SimpleNamespace

import numpy as np

from simulation.model.register import PPM, ArrangementRegister
from simulation.procurement.interface import NO_BIDS, Thread

PARTY = np.array([100, 101, 102, 103, 104])
NAN = float("nan")


def bids(*rows):
    """Bids by supplier, price, cost, quality, social value a month, marks, and who won."""
    names = ("supplier", "price", "cost", "quality", "claim_month", "score", "won")
    columns = dict(
        zip(names, (np.array(column) for column in zip(*rows, strict=True)), strict=True)
    )
    return NO_BIDS._replace(**columns)


def signing(offers, winner, lowest, cheapest, *, lot, need, costs, challenged=False):
    """What was let and how its tender ended, with what the register reads of each."""
    award = SimpleNamespace(made=False)
    if winner is not None:
        award = SimpleNamespace(
            made=True, rows=np.array([winner]), unit_prices=[offers.price[winner]]
        )
    outcome = SimpleNamespace(
        bids=offers, award=award, eligible=9, lowest=lowest, cheapest_cost=cheapest,
        challenged=challenged,
    )  # fmt: skip
    result = SimpleNamespace(
        outcome=outcome, buyer_cost_pence=costs[0], bidder_cost_pence=costs[1],
        regime=SimpleNamespace(name="by_price"),
        thread=SimpleNamespace(criterion="price", result="won", power="s. 1"),
    )  # fmt: skip
    names = ("category", "area", "buyer", "units_month", "months", "value_pence", "tender", "month")
    asked = SimpleNamespace(**dict(zip(names, (*lot, *need), strict=True)))
    return SimpleNamespace(need=asked, parts=(SimpleNamespace(need=asked),)), result


TWO_BIDS = bids((2, 1.1, 0.9, 0.8, 30.0, 0.5, False), (3, 1.0, 0.95, 0.7, 20.0, 0.75, True))
SIGNED = [
    signing(TWO_BIDS, 1, 1.0, 0.85, lot=(4, 1), need=(0, 50.0, 12, 60_000, 77, 14), costs=(7, 8),
            challenged=True),
    signing(NO_BIDS, None, NAN, NAN, lot=(5, 2), need=(1, 10.0, 6, 6_000, 78, 14), costs=(9, 0)),
]  # fmt: skip


def noted(journal=None):
    """A register in which three tenders stand already, after it has written two more."""
    register = ArrangementRegister(count=3)
    town = SimpleNamespace(month=14, now=SimpleNamespace(party=PARTY))
    register.note_tenders(town, SIGNED, [1, 0], journal)
    return register


def test_tenders_are_written_for_their_whole_term():
    """Prices a unit become pence of all months; where nobody bid there is no price."""
    register = noted()

    columns = register.tenders.table()

    term = 100.0 * 50.0 * 12
    expected = {
        "tender": [3, 4], "month": [14, 14], "buyer": [100, 101], "category": [4, 5],
        "policy": [1, 0], "area": [1, 2], "months": [12, 6], "value_pence": [60_000, 6_000],
        "eligible": [9, 9], "bids": [2, 0], "winner": [103, -1], "price_pence": [term, 0],
        "lowest_pence": [term, 0], "true_cost_pence": [0.85 * term, 0],
        "buyer_cost_pence": [7, 9], "bidder_cost_pence": [8, 0], "challenged": [1, 0],
    }  # fmt: skip
    assert {name: columns[name].tolist() for name in expected} == expected
    assert register.count == 5


def test_bids_are_written_under_their_tender():
    """Price and cost for the term, social value for its months, quality and marks in millionths."""
    columns = noted().bids.table()

    expected = {
        "tender": [3, 3], "supplier": [102, 103], "price_pence": [66_000, 60_000],
        "cost_pence": [54_000, 57_000], "quality_ppm": [0.8 * PPM, 0.7 * PPM],
        "claimed_pence": [360, 240], "score_ppm": [0.5 * PPM, 0.75 * PPM], "won": [0, 1],
    }  # fmt: skip
    assert {name: columns[name].tolist() for name in expected} == expected


def agreed(tender, month):
    """What the register reads of an arrangement that answers a need of some number and month."""
    words = Thread("care", "s. 1", "price", "won")
    need = SimpleNamespace(buyer=0, category=4, value_pence=60_000, tender=tender, month=month)
    return SimpleNamespace(
        thread=words, need=need, suppliers=np.array([3]), form=0, start=15, end=27,
        regime="by_price",
    )  # fmt: skip


def test_an_arrangement_points_to_the_tender_that_led_to_it():
    """To that of its own need and month; what was never tendered here points to none."""
    register = noted()
    town = SimpleNamespace(month=14, now=SimpleNamespace(party=PARTY))
    for need in ((78, 14), (77, 14), (77, 2), (99, 14)):
        register.open(town, agreed(*need), 0)

    columns = register.arrangements().table()

    assert columns["tender"].tolist() == [4, 3, -1, -1]
    assert columns["regime"].tolist() == [0, 0, 0, 0]
    assert register.regimes == ["by_price"]


def test_what_partners_sign_points_to_the_tender_they_let_together():
    """Each signs for its own need; the procedure was one."""
    (led, result), _ = SIGNED
    partner = SimpleNamespace(need=SimpleNamespace(tender=80, month=14))
    together = SimpleNamespace(need=led.need, parts=(*led.parts, partner))
    register = ArrangementRegister(count=3)
    town = SimpleNamespace(month=14, now=SimpleNamespace(party=PARTY))
    register.note_tenders(town, [(together, result)], [1], None)

    for need in ((77, 14), (80, 14)):
        register.open(town, agreed(*need), 1)

    assert register.arrangements().table()["tender"].tolist() == [3, 3]


def test_what_is_carried_over_leaves_its_tender_behind():
    """An earlier register's tenders are not on the new books; the way of buying is, by name."""
    old, town = noted(), SimpleNamespace(month=14, now=SimpleNamespace(party=PARTY))
    number = old.open(town, agreed(77, 14), 0)
    new = ArrangementRegister()
    new.way("another")

    new.carry_over(old, number)

    columns = new.arrangements().table()
    assert columns["tender"].tolist() == [-1]
    assert [new.regimes[code] for code in columns["regime"]] == ["by_price"]


def test_a_journal_hears_of_every_award():
    """Who won which tender, by what rule and power; -1 where nobody did."""
    heard = []

    noted(SimpleNamespace(note=lambda month, what, **said: heard.append((month, what, said))))

    assert [(month, what) for month, what, _ in heard] == [(14, "award")] * 2
    assert [said["winner"] for *_, said in heard] == [103, -1]
    assert heard[0][2] == {
        "tender": 3, "regime": "by_price", "winner": 103, "bids": 2, "criterion": "price",
        "result": "won", "power": "s. 1",
    }  # fmt: skip
