"""What is compared and how it is measured: ways of buying, horizon, window, budget closure.

A policy names a way of buying and its parameters. They stay data here; `simulation.model.check`
holds them against the registry.
"""

from typing import Annotated, Literal

from pydantic import Discriminator, Field, StrictInt, Tag

from scenarios.spec.base import (
    MOST_MONTHS,
    Flag,
    Id,
    Month,
    Parameter,
    Positive,
    Pounds,
    Row,
    Share,
    Text,
    name_or_more,
)
from scenarios.spec.pillars import Pillars
from scenarios.spec.place import TierName

MeasureTier = Literal["district", "county", "region", "uk", "neighbours", "all"]
Criterion = Literal["cost", "quality", "social_value", "risk", "time"]
DyeBuyers = Annotated[
    Annotated[Literal["focus", "all"], Tag("name")] | Annotated[tuple[Id, ...], Tag("more")],
    Discriminator(name_or_more),
]


class Objective(Row):
    """One thing the council wants, in words, with its weight.

    Others may have a say in the weights (`say` at the top of the file); what they give stands in
    `weights`. `categories` and `ways` state what the council and its partners hold it to be about.
    """

    id: Id = Field(description="Short name, unique among the objectives.")
    text: Text = Field(description="The objective as the council would publish it.")
    weight: Share = Field(description="The council's own weight; its weights sum to 1.")
    weights: dict[Id, Share] = Field(
        {}, description="Weight that each other voice gives; a voice's weights sum to 1."
    )
    categories: tuple[Id, ...] = Field(
        (), description="Spending categories that it is about; default every one."
    )
    ways: tuple[Id, ...] = Field(
        (), description="Ways of buying meant to serve it; default every one."
    )
    judged_by: Criterion | None = Field(
        None,
        description="What options are judged by for its sake: cost, quality, social_value, risk or "
        "time; default whether a way of buying is meant to serve it.",
    )


class Option(Row):
    """A way of buying that is assessed beside others."""

    regime: Id = Field(description="Name of a registered way of buying.")
    parameters: dict[str, Parameter] = Field({}, description="Parameters of that regime.")


class Rule(Row):
    """An exception within a policy: these categories, values and dates are bought another way."""

    categories: tuple[Id, ...] = Field(
        (), description="Spending categories; default every category the regime declares."
    )
    buyers: tuple[Id, ...] = Field((), description="Ids of the buyers meant; default all.")
    regime: Id = Field(description="Name of a registered way of buying.")
    parameters: dict[str, Parameter] = Field({}, description="Parameters of that regime.")
    options: tuple[Option, ...] = Field(
        (), description="Other ways, assessed beside it whenever such a need is commissioned."
    )
    joint: Flag = Field(
        False, description="Whether these buyers let what falls due in a month together."
    )
    from_value: Pounds = Field(0, description="Least contract value, inclusive [GBP].")
    to_value: Pounds | None = Field(
        None, description="Greatest contract value, exclusive; none without limit [GBP]."
    )
    from_month: Month | None = Field(
        None, alias="from", description="First calendar month; default the start."
    )
    until: Month | None = Field(
        None, description="Last calendar month, inclusive; default the end."
    )


class Policy(Row):
    """A way of buying under a name of the scenario's own."""

    title: Text | None = Field(None, description="Title for reports; else its name.")
    regime: Id = Field(description="Name of a registered way of buying.")
    parameters: dict[str, Parameter] = Field({}, description="Parameters of that regime.")
    options: tuple[Option, ...] = Field(
        (), description="Other ways, assessed beside it whenever a need is commissioned."
    )
    rules: tuple[Rule, ...] = Field(
        (), description="Exceptions; the first that fits a lot applies."
    )
    pillars: Pillars = Field(Pillars(), description="Yearly sums for the levers beside buying.")
    adopters: Literal["one", "neighbours", "all"] = Field(
        "all",
        description="Who takes the policy up: the buyers seated in the focus alone (one), those of "
        "its neighbours too, or all; the others buy as under the baseline.",
    )

    @property
    def ways(self) -> frozenset[str]:
        """Names of all ways of buying that it uses: its own, its rules' and their options."""
        said: list[Policy | Rule] = [self, *self.rules]
        return frozenset(way.regime for one in said for way in (one, *one.options))


class Compare(Row):
    """What `poundflow compare` does when told nothing else."""

    regimes: tuple[Id, ...] = Field(description="Policy or regime names.", min_length=1)
    baseline: Id = Field(description="The one that differences are taken from.")
    months: Annotated[StrictInt, Field(ge=1, le=MOST_MONTHS)] = Field(
        120, description="Horizon [months]."
    )
    replicates: Annotated[StrictInt, Field(ge=1, le=1_000_000)] = Field(
        20, description="Paired futures [number]."
    )
    luck_replicates: Annotated[StrictInt, Field(ge=0, le=1_000_000)] = Field(
        5, description="Replicates at central assumptions, which show luck alone [number]."
    )
    twin_replicates: Annotated[StrictInt, Field(ge=0, le=1_000_000)] = Field(
        5,
        description="Futures in which each policy is lived once more with extra money, for the "
        "marginal multiplier; a twin costs as much as a run [number].",
    )


class Measure(Row):
    """Window of the flow measures, and the dye."""

    from_month: Annotated[StrictInt, Field(ge=1)] = Field(
        1, alias="from", description="First month of the window [month]."
    )
    to_month: Annotated[StrictInt, Field(ge=1)] | None = Field(
        None, alias="to", description="Last month of the window; default the horizon [month]."
    )
    dye_months: tuple[Annotated[StrictInt, Field(ge=1)], ...] = Field(
        (13,), description="Months whose outlays are dyed and followed [month]."
    )
    dye_buyers: DyeBuyers = Field(
        "focus", description="Whose outlays: `focus` (buyers in the focus), `all`, or buyer ids."
    )
    first_exit: TierName | None = Field(
        None, description="Tier with a tag set of its own that stops at the first exit."
    )
    sectors: TierName = Field(
        "world",
        description="Tier around the focus within which firms' flows are filed by sector, area and "
        "owner; beyond it by area and owner. A country by sectors would fill a disk.",
    )
    recovered_within: Share = Field(
        0.02,
        description="Distance from the level before a shock within which a series counts as back "
        "[share].",
    )
    tiers: tuple[MeasureTier, ...] = Field(
        ("district", "county", "region", "uk", "neighbours", "all"),
        description="Tiers to report.",
        min_length=1,
    )


class Closure(Row):
    """What becomes of a saving: the assumption that decides every comparison."""

    savings: Literal["reserve", "spend", "tax"] = Field(
        "spend", description="reserve (kept), spend (more of the same) or tax (council tax cut)."
    )
    need_fixed: Flag = Field(
        False, description="Whether the quantity of need is fixed and the budget gives way."
    )


class StandingContract(Row):
    """One contract in force when the story opens (small scenarios)."""

    buyer: Id = Field(description="Buyer id.")
    category: Id = Field(description="Spending category.")
    supplier: Id = Field(description="Firm id, or a leaf area whose accounts supply it.")
    share: Share = Field(description="Share of the buyer's budget in that category.")
    months_left: Annotated[StrictInt, Field(ge=1, le=600)] = Field(
        description="Months until it ends [months]."
    )


class Contracts(Row):
    """Start state of the register of contracts."""

    share_in: dict[str, Share] = Field(
        {}, description="Area id -> published share of all buyers' spending with suppliers there."
    )
    lot_pounds: dict[Id, Positive] = Field(
        {},
        description="Category -> usual yearly value of a contract at the prices of the start, in "
        "place of `build.lot_pounds` [GBP a year].",
    )
    months: dict[Id, Annotated[StrictInt, Field(ge=1, le=600)]] = Field(
        {},
        description="Category -> length of a contract where nothing else is agreed, in place of "
        "`market.contract_months`; those of the first day end evenly over as long [months].",
    )
    standing: tuple[StandingContract, ...] = Field(
        (), description="Contracts one by one; where given, they cover each budget whole."
    )

    def months_of(self, category: str, usual: float) -> int:
        """Length of a contract in a category; where none is stated the usual one [months]."""
        return self.months.get(category, round(usual))
