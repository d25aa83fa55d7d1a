"""An alliance in a place: lots fold into it, money adds up, and the need stays what it is."""

from typing import Any

import numpy as np
import pytest

from scenarios.read import read_scenario
from scenarios.vocabulary import Kind
from simulation.accounting.books import Books
from simulation.accounting.identities import CHECKS
from simulation.model.economy_model import EconomyModel
from simulation.model.run import Prepared, live
from simulation.procurement import alliance as alliance_file
from tests.model.opening import QUIET, open_place, whole_register

SMALL = {
    "smallest_place": 5_000, "negotiation_days": 0, "gate": 0, "board_hours": 0.2,
    "review_hours": 0.5, "change_hours": 1, "meeting_hours": 0.2, "exit_hours": 2, "hold_out": 0,
    "learning": 0.8, "recurrence": 0.6, "avoidable": 0.7, "months_in_service": 3,
    "months_to_return": 3, "quality_weight": 0, "providers": 3,
}  # fmt: skip
"""Meetings short enough for a village, where most of what fails could be avoided."""
WELL_KNOWN = {"tender.reach": 5.0, "tender.weight_skill": 0.2}
"""A call that reaches the few firms of a village."""
MONTHS = 30
CLEANING = 9


def village(**parameters: float) -> Prepared:
    """Open the village, where one policy buys in alliances."""
    chosen = ", ".join(f"{name} = {value}" for name, value in {**SMALL, **parameters}.items())
    scenario = read_scenario(
        "village",
        (
            f'policies.together={{regime="alliance", parameters={{{chosen}}}}}',
            'compare.regimes=["price_quality", "together"]',
            "measure.dye_months=[3]",
        ),
    )
    return open_place(scenario, whole_register(scenario, {**QUIET, **WELL_KNOWN}))


def lived(months: int = MONTHS, policy: str = "together", **parameters: float) -> Books:
    """Live the village under a policy."""
    return live(village(**parameters), policy, months)


def shared(books: Books) -> int:
    """Return the pain and gain that was paid [pence]."""
    flows = books.tables["flows"]
    return int(flows["pence"][flows["kind"] == Kind.GAIN_SHARE].sum())


def needs_of(books: Books, category: int) -> dict[str, Any]:
    """Add up a category's needs by month of the story."""
    rows = books.tables["needs"]
    some = (rows["category"] == category) & (rows["month"] > 0)
    month = rows["month"][some] - 1
    return {name: np.bincount(month, weights=column[some]) for name, column in rows.items()}


def test_money_adds_up_in_a_village_that_buys_in_alliances() -> None:
    """Every identity holds, pain and gain are paid, and alliances stand in the register."""
    books = lived()

    assert [law(books).residual for law, _ in CHECKS] == [0] * len(CHECKS)
    assert shared(books) > 0


def test_lots_fold_into_one_alliance_as_their_contracts_run_out() -> None:
    """Both lots of cleaning are served by one arrangement of several providers."""
    place = village()
    place.stewardship.policy = place.policies["together"]
    place.stewardship.telling = True
    model = EconomyModel(place.town, place.stewardship, place.recorder)

    for _ in range(MONTHS):
        model.step()

    folded = [
        (number, lots)
        for number, lots in place.stewardship.lots_of.items()
        if place.stewardship.portfolio.standing[number].arrangement.regime == "alliance"
    ]
    assert folded
    assert max(len(lots) for _, lots in folded) > 1
    for number, lots in folded:
        arrangement = place.stewardship.portfolio.standing[number].arrangement
        assert arrangement.need.units_month == pytest.approx(sum(one.units_month for one in lots))
        line = place.stewardship.register.lines[int(place.stewardship.numbers[number])]
        assert line["value_pence"] == arrangement.need.value_pence
        assert arrangement.suppliers.size > 1


@pytest.mark.compiled
def test_the_need_stands_while_what_it_takes_falls() -> None:
    """What is needed is the same every month; a unit of it costs less where rules are learned."""
    taught = needs_of(lived(48), CLEANING)
    untaught = needs_of(lived(48, learning=0.0), CLEANING)

    cost = [one["outlay_pence"][-6:].sum() / one["delivered_milli"][-6:].sum()
            for one in (taught, untaught)]  # fmt: skip
    assert (taught["need_milli"] == untaught["need_milli"]).all()
    assert np.ptp(taught["need_milli"]) == 0.0
    assert cost[0] < 0.8 * cost[1]


def test_without_share_and_learning_nothing_is_shared() -> None:
    """The kind of payment is not used where nothing is shared."""
    assert shared(lived(12, share=0.0)) == 0
    assert shared(lived(12, policy="price_quality")) == 0


def test_at_the_end_of_its_term_an_alliance_is_let_again(monkeypatch: pytest.MonkeyPatch) -> None:
    """A term of a year without extension: founded, over, and founded anew, not by tender."""
    founded: list[int] = []
    procure = alliance_file.Alliance._founded

    def note(self: Any, need: Any, outcome: Any, a: Any) -> Any:
        """Write down when an alliance for cleaning was founded."""
        done = procure(self, need, outcome, a)
        if done.award.made and need.category == CLEANING:
            founded.append(need.month)
        return done

    monkeypatch.setattr(alliance_file.Alliance, "_founded", note)
    lived(48, term_months=12, extension_months=0)

    assert len(founded) > 1
    assert set(np.diff(founded)) == {12}


def test_the_exit_of_providers_costs_the_council_and_the_baseline_takes_over() -> None:
    """Meetings eat up what members earn: they leave at the first review, and hand over."""
    dear = {"board_hours": 4.0, "exit_hours": 50.0}
    left, stayed = (needs_of(lived(24, exit=switch, **dear), CLEANING) for switch in (1.0, 0.0))

    more = left["buyer_process_pence"] - stayed["buyer_process_pence"]
    assert more.max() == pytest.approx(2 * 50 * 4_000)
    assert (left["delivered_milli"] > 0).sum() >= (stayed["delivered_milli"] > 0).sum() - 1
