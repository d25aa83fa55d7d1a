"""Whatever the village and whatever future: money adds up, and measures stay in their bounds."""

from dataclasses import dataclass
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from experiments.design.ignorance import draw_ignorance
from scenarios.assumptions import register
from simulation.accounting.books import Books
from simulation.accounting.digest import digest
from simulation.accounting.identities import CHECKS
from simulation.accounting.ledger import Ledger
from simulation.measures.lm3 import lm3_contract, lm3_council
from simulation.measures.measure import Undefined
from simulation.measures.retention import retention_curve
from simulation.measures.view import View
from simulation.model.policies import lends
from simulation.model.run import Prepared, live
from simulation.procurement import registry
from tests.laws.villages import Tree, named, village
from tests.model.opening import open_place, whole_register

WAYS = tuple(registry.BUILT_IN)
CATEGORIES = ("homecare", "building_maintenance", "facilities_management", "food_supplies")
"""What the village's council buys."""
TOLD = "told"
"""Name of the policy that a story is lived under."""
DYED = 3
FEW, MANY, SOAK = 4, 24, 1000
SUM_OF_SHARES = 1e-12
"""Shares are sums of floating-point quotients."""


@dataclass(frozen=True)
class Story:
    """A village told with other figures, a future, a way of buying, a length."""

    seed: int
    way: dict[str, Any]
    options: list[dict[str, Any]]
    rules: list[dict[str, Any]]
    pillars: dict[str, int]
    succession: dict[str, float]
    land: dict[str, float]
    money: dict[str, float]
    life: dict[str, float]
    months: int
    budget: dict[str, int]
    council: dict[str, float]
    months_left: int
    wages: dict[str, int]
    cash: float
    thrift: float
    shocks: list[dict[str, Any]]

    def change(self, tree: Tree) -> None:
        """Write the figures into the village's tree."""
        council = tree["buyers"][0]
        council["budget"] |= self.budget
        council |= self.council
        tree["measure"]["dye_months"] = [DYED]
        tree.setdefault("policies", {})[TOLD] = {
            **self.way, "options": self.options, "rules": self.rules, "pillars": self.pillars
        }  # fmt: skip
        tree["compare"]["regimes"] = [TOLD, tree["compare"]["baseline"]]
        for one in tree["contracts"]["standing"]:
            one["months_left"] = self.months_left
        for name, wage in self.wages.items():
            named(tree["firms"], name)["wage"] = wage
        for firm in tree["firms"]:
            firm["deposits"] *= self.cash
        for home in tree["households"]:
            home["propensity"] *= self.thrift
        if "land_assets" in self.pillars:
            named(tree["firms"], "brightwater").update(owner="none", owner_kind="vcse")
        tree["shocks"] = self.shocks


def stories() -> Any:
    """Draw stories: a handful of figures far from the file's, and any future of the register."""
    return st.builds(
        Story,
        seed=st.integers(0, 2**31),
        way=ways(),
        options=options(),
        rules=st.lists(rules(), max_size=3),
        pillars=st.fixed_dictionaries(
            {"plural_ownership": st.sampled_from((0, 5_000, 30_000))},
            optional=dict.fromkeys(
                ("fair_employment", "inclusive_finance", "land_assets"), SUM_A_YEAR
            ),
        ),
        succession=succession(),
        land=land(),
        money=money(),
        life=life(),
        months=st.integers(6, 18),
        budget=st.fixed_dictionaries(
            {"homecare": st.integers(20_000, 400_000), "food_supplies": st.integers(0, 60_000)}
        ),
        council=st.fixed_dictionaries(
            {
                "monitoring": st.floats(0.0, 1.0),
                "engagement": st.floats(0.0, 1.0),
                "payment_days": st.integers(0, 60),
                "appetite": st.floats(0.0, 1.0),
            }
        ),
        months_left=st.integers(1, 18),
        wages=st.fixed_dictionaries(
            {"mason": st.integers(500, 6_000), "stores": st.integers(500, 3_000)}
        ),
        cash=st.sampled_from((0.0, 0.2, 1.0, 3.0)),
        thrift=st.floats(0.3, 1.0),
        shocks=st.lists(shocks(), max_size=3),
    )


SUM_A_YEAR = st.integers(0, 5_000)
"""What a lever may take of the village's budgets [GBP]."""


def ways() -> Any:
    """Draw a way of buying; the village has no voluntary body, so anybody may be given a grant."""
    for_all = {"voluntary": 0.0, "above_small": 1.0}
    return st.sampled_from(WAYS).map(
        lambda name: {"regime": name} | ({"parameters": for_all} if name == "grant" else {})
    )


def options() -> Any:
    """Draw what is assessed beside a way of buying: mostly nothing."""
    return st.one_of(st.just([]), st.lists(ways(), min_size=1, max_size=4))


def succession() -> Any:
    """Draw how often owners retire, and what they do: far more often than anywhere."""
    share = st.sampled_from((0.0, 0.3, 1.0))
    return st.fixed_dictionaries(
        {
            "retirement": st.sampled_from((0.0, 3.0)),
            "least_staff": st.just(0.0),
            "willing": st.just(1.0),
        },
        optional={
            "closes": share,
            "sold_away": share,
            "municipal_share": share,
            "advice_pounds": st.just(0.0),
            "price_years": st.floats(0.0, 1.0),
            "support_skill": st.floats(0.0, 0.2),
        },
    )


def land() -> Any:
    """Draw how premises are held, so cheap that some are bought, and what a co-op is given."""
    return st.fixed_dictionaries(
        {"pillars.years_purchase": st.sampled_from((0.2, 0.5))},
        optional={
            "land.leased": st.sampled_from((0.5, 1.0)),
            "land.lease_years": st.sampled_from((1.0, 7.0, 125.0)),
            "land.ground_rent": st.floats(0.0, 1.0),
            "land.consent": st.sampled_from((0.0, 1.0)),
            "cooperative_membership.council_assets": st.sampled_from((10_000.0, 5_000_000.0)),
            "cooperative_membership.council_upkeep": st.floats(0.0, 1.0),
            "incubated_coop.council_assets": st.sampled_from((10_000.0, 5_000_000.0)),
            "incubated_coop.asset_lease": st.sampled_from((0.0, 1.0, 25.0)),
            "incubated_coop.asset_rent": st.floats(0.0, 1.0),
            "public_commons.council_assets": st.sampled_from((10_000.0, 5_000_000.0)),
            "public_commons.asset_lease": st.sampled_from((0.0, 1.0, 25.0)),
            "grant.entrusted": st.sampled_from((0.0, 1.0)),
        },
    )


def money() -> Any:
    """Draw who has money to lend, whom the bank refuses, and how many hours are guaranteed."""
    share = st.sampled_from((0.0, 0.5, 1.0))
    return st.fixed_dictionaries(
        {"pillars.union_part": share},
        optional={
            "finance.coop_rationing": share,
            "pillars.hours_guaranteed": share,
            "pillars.union_companies": st.sampled_from((0.0, 0.5)),
        },
    )


def life() -> Any:
    """Draw the rules of co-operatives, founded and converted."""
    share = st.sampled_from((0.0, 0.3, 1.0))
    names = ("vote", "least_reserve", "concern", "nonmembers", "solidarity", "steady", "pay_flex")
    kinds = {"kind": st.sampled_from((1.0, 2.0, 3.0)), "demutualise": st.sampled_from((0.0, 1.0))}
    surplus = ("individual_share", "social_share", "intercooperation")
    return st.fixed_dictionaries({}, optional=dict.fromkeys((*names, *surplus), share) | kinds)


def rules() -> Any:
    """Draw an exception: some categories, or contracts of some size, are bought another way."""
    exceptions = st.fixed_dictionaries(
        {"categories": st.lists(st.sampled_from(CATEGORIES), min_size=1, unique=True)},
        optional={
            "from_value": st.sampled_from((20_000, 60_000)),
            "joint": st.just(True),
            "options": options(),
        },
    )
    return st.builds(lambda one, way: one | way, exceptions, ways())


def shocks() -> Any:
    """Draw a shock of any kind, of any month that a story may have, and of any size."""
    month, months, size = st.integers(1, 14), st.integers(1, 8), st.floats(0.0, 1.0)
    lasting = {
        kind: {"size": size, "months": months}
        for kind in ("demand_falls", "input_prices", "grant_cut", "platform_down", "portal_down")
    }
    lasting["grant_cut"] |= {"from_budgets": st.floats(0.0, 1.0)}
    lasting["platform_down"] |= {"forms": st.sampled_from((["membership"], ["contract"]))}
    lasting["supplier_fails"] = {"suppliers": st.integers(0, 4)}
    return st.one_of(
        st.fixed_dictionaries({"kind": st.just(kind), "month": month, **keys})
        for kind, keys in lasting.items()
    )


def opened(story: Story) -> Prepared:
    """Open the village of a story in one of the futures that nobody can rule out."""
    scenario = village(story.change)
    entries = [*register().values()]
    entries += [entry for name in registry.names() for entry in registry.get(name).parameters]
    values = draw_ignorance(entries, story.seed)
    values |= {f"ownership.{name}": value for name, value in story.succession.items()}
    values |= story.land
    values |= story.money
    for family in ("ownership", "incubated_coop", "public_commons"):
        told = {f"{family}.{name}": value for name, value in story.life.items()}
        values |= {entry.name: told[entry.name] for entry in entries if entry.name in told}
    return open_place(
        scenario,
        whole_register(scenario, values),
        story.seed,
        lends=lends(scenario, scenario.compare.regimes, scenario.compare.baseline),
    )


def watched(place: Prepared, story: Story) -> tuple[Books, list[int]]:
    """Live a story; return its books and the lowest limited account at each month's close."""
    lowest: list[int] = []
    close = Ledger.close_month

    def look(ledger: Ledger) -> None:
        held = np.minimum(ledger.deposits, ledger.savings)
        held[list(ledger.unlimited)] = 0
        lowest.append(int(held.min()))
        close(ledger)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Ledger, "close_month", look)
        return live(place, TOLD, story.months), lowest


def buys_in(view: View, month: int) -> bool:
    """Say whether the council has paid anybody for its needs in a month; it may find nobody."""
    paid, staff = view.whole("purchases"), view.whole("payroll")
    pence = paid["pence"][paid["month"] == month].sum()
    return bool(pence + staff["gross_pence"][staff["month"] == month].sum())


def retained(view: View) -> list[float]:
    """Return the retention curve, which is not defined where no pound was dyed: then none."""
    try:
        return retention_curve(view, "district")[1]
    except Undefined:
        return []


def lm3(view: View, levers: bool) -> list[float]:
    """Return both readings of LM3; told neither where nothing was bought, nor the council's beside
    levers' money.
    """
    told, bought = [], any(buys_in(view, month) for month in range(1, view.meta.months + 1))
    for reading in (lm3_contract, lm3_council):
        try:
            told.append(reading(view, "district"))
        except Undefined:
            assert not bought or (levers and reading is lm3_council)
    return told


def check(story: Story) -> None:
    """Hold a story to every law."""
    place = opened(story)
    books, lowest = watched(place, story)
    view = View(books)

    for law, _ in CHECKS:
        assert law(books).residual == 0
    assert len(lowest) == story.months
    assert min(lowest) >= 0
    assert all(1.0 <= value <= 3.0 for value in lm3(view, any(story.pillars.values())))
    shares = retained(view)
    assert len(shares) == (story.months - DYED + 1 if buys_in(view, DYED) else 0)
    assert all(0.0 <= share <= 1.0 + SUM_OF_SHARES for share in shares)
    assert digest(live(opened(story), TOLD, story.months)) == digest(books)


@settings(max_examples=FEW)
@given(story=stories())
def test_laws_hold_in_a_few_random_villages(story: Story) -> None:
    """Residuals zero, dye accounted for, nobody overdrawn, measures in bounds, same bytes again."""
    check(story)


@pytest.mark.long
@settings(max_examples=MANY)
@given(story=stories())
def test_laws_hold_in_many_random_villages(story: Story) -> None:
    """The same in many villages."""
    check(story)


@pytest.mark.soak
@settings(max_examples=SOAK)
@given(story=stories())
def test_laws_hold_in_a_thousand_random_villages(story: Story) -> None:
    """The same until one is tired of it; see docs/soak.md."""
    check(story)
