"""What becomes of money that a budget does not need: spent, kept, given back, or not there."""

from collections import Counter
from typing import Any

import numpy as np
import pytest

from scenarios.read import read_scenario
from scenarios.vocabulary import Kind, OwnerKind, SizeBand
from simulation.accounting.ledger import Ledger
from simulation.model.agents import Coop, Corporate, Sme, Vcse, supplier_type
from simulation.model.economy_model import EconomyModel
from tests.model.opening import QUIET, model_of, open_place, whole_register

MONTHS = 3
MORE_PENCE = 50_000
"""Of money a month for each category, which nobody needs."""

DEAR = ("buyers.village-council.budget.homecare=18000",)
"""A tenth of what the care of the village costs."""


def village(*sets: str) -> EconomyModel:
    """The village with a closure of its own."""
    scenario = read_scenario("village", sets)
    return model_of(open_place(scenario, whole_register(scenario, QUIET)))


@pytest.fixture
def given(monkeypatch: pytest.MonkeyPatch) -> Counter[int]:
    """What each row is given back [pence]."""
    out: Counter[int] = Counter()
    listed = Ledger.listed

    def looked_at(ledger: Ledger, kind: Kind, payer: Any, payee: Any, pence: Any) -> None:
        if kind == Kind.REFUND:
            out.update(dict(zip(payee.tolist(), pence.tolist(), strict=True)))
        listed(ledger, kind, payer, payee, pence)

    monkeypatch.setattr(Ledger, "listed", looked_at)
    return out


def test_savings_go_back_to_those_who_pay_council_tax(given: Counter[int]) -> None:
    """To the last penny, by what each home pays, and to homes that the council serves alone."""
    model = village("closure.savings=tax")
    town, budget = model.town, model.stewardship.budget
    budget.extra[:] = MORE_PENCE
    saved = 0

    for _ in range(MONTHS):
        model.step()
        assert budget.saved is not None
        saved += int(budget.saved[0])

    rows = town.household_rows()
    due = town.economy.households.council_tax_pence
    assert sum(given.values()) == saved > 0
    paying = np.flatnonzero(due > 0) + rows.start
    assert set(given) <= set(paying.tolist())
    one, other = sorted(given, key=lambda row: due[row - rows.start])[:: len(given) - 1]
    ratio = due[other - rows.start] / due[one - rows.start]
    assert given[other] / given[one] == pytest.approx(ratio, rel=0.01)


@pytest.mark.parametrize("savings", ["spend", "reserve"])
def test_otherwise_nobody_is_given_anything_back(savings: str, given: Counter[int]) -> None:
    """What is spent or kept reaches no home by way of council tax."""
    model = village(f"closure.savings={savings}")

    for _ in range(MONTHS):
        model.step()

    assert given == {}


def test_a_fixed_need_is_met_whole_until_the_reserves_are_gone() -> None:
    """The budget gives way first; at the floor of its reserves a council may only spend income."""
    model = village("closure.need_fixed=true", *DEAR)
    town, budget = model.town, model.stewardship.budget
    planned = np.where(town.economy.buyers.budget_month > 0, 1_500_000.0, 0.0)
    money = np.full_like(planned, 150_000.0)

    rich = budget.part_of(town, planned, money)
    town.ledger.deposits[town.economy.buyers.row] = 0
    poor = budget.part_of(town, planned, money)

    assert set(rich[planned > 0].tolist()) == {1.0}
    assert set(poor[planned > 0].tolist()) == {0.1}


def test_without_a_fixed_need_a_small_budget_buys_a_part() -> None:
    """A tenth of the money buys a tenth of the care."""
    model = village(*DEAR)
    part = model.stewardship.budget.part_of(model.town, np.array([[1_000.0]]), np.array([[100.0]]))

    assert part.tolist() == [[0.1]]


def test_a_supplier_is_seen_as_what_it_is() -> None:
    """A view reads the columns of its row, and changes none."""
    model = village()
    model.step()
    economy = model.town.economy
    coop = next(
        row for row in range(economy.firms.n_agents)
        if economy.parties.owner_kind[row] == OwnerKind.COOP
    )  # fmt: skip

    seen = model.supplier(coop)

    assert isinstance(seen, Coop)
    assert seen.owner_kind is OwnerKind.COOP
    assert seen.area == "village"
    assert seen.uid == int(economy.parties.uid[coop])
    assert seen.deposits_pence == int(model.town.ledger.deposits[coop]) > 0
    assert seen.jobs > 0
    assert seen.expected_sales_pence > 0
    seen.remove()


@pytest.mark.parametrize(
    ("owner", "band", "kind"),
    [
        (OwnerKind.COOP, SizeBand.LARGE, Coop),
        (OwnerKind.VCSE, SizeBand.MICRO, Vcse),
        (OwnerKind.OUTSIDE, SizeBand.MICRO, Corporate),
        (OwnerKind.LOCAL, SizeBand.LARGE, Corporate),
        (OwnerKind.LOCAL, SizeBand.MEDIUM, Sme),
    ],
)
def test_what_a_supplier_is_follows_who_owns_it_and_its_size(
    owner: OwnerKind, band: SizeBand, kind: type
) -> None:
    """Ownership first, then size."""
    assert supplier_type(int(owner), int(band)) is kind
