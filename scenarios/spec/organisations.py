"""Who buys and who sells: councils and other anchors, chains, and firms named one by one."""

from typing import Annotated, Literal

from pydantic import Field

from scenarios.spec.base import Amount, Count, Flag, Id, Pounds, Row, Share, Text

BuyerKind = Literal[
    "district_council",
    "county_council",
    "unitary_council",
    "parish_council",
    "combined_authority",
    "nhs_trust",
    "university",
    "college",
    "police",
    "fire",
    "housing_association",
    "private_hospital",
    "private_university",
]
OwnerKindName = Literal["local", "outside", "coop", "vcse", "public"]


class Buyer(Row):
    """A council or other anchor: what it spends, on what, and with what care."""

    id: Id = Field(description="Short name, unique in the file.")
    name: Text = Field(description="Full name.")
    kind: BuyerKind = Field(description="What sort of buyer it is.")
    area: Id = Field(description="Leaf area of its main office.")
    serves: tuple[Id, ...] = Field(
        (),
        description="Leaf areas where its needs are delivered, by population; default its own.",
    )
    monitoring: Share = Field(
        description="Chance that a year's delivery of one contract is checked [share]."
    )
    engagement: Share = Field(
        description="Effort put into making tenders known and talking with suppliers [share]."
    )
    appetite: Share = Field(
        1,
        description="Perceived chance of a legal challenge up to which it uses a contested route, "
        "where the scenario is not counterfactual [share].",
    )
    payment_days: Amount = Field(description="Days from delivery to payment [days].", le=365)
    payroll: Pounds = Field(description="Own staff cost, gross pay and on-costs [GBP a year].")
    payroll_by: dict[str, Share] | None = Field(
        None,
        description="Shares of own payroll by spending category, summing to 1; default as the "
        "budget is spread.",
    )
    budget: dict[str, Pounds] = Field(
        description="Spending on suppliers by category, VAT left out [GBP a year]."
    )


class Chain(Row):
    """A large group with outside owners, a head office elsewhere and branches in many areas."""

    id: Id = Field(description="Short name, unique in the file.")
    name: Text = Field(description="Name; invented names for kinds of firm are allowed.")
    sector: Id = Field(description="Sector id, as in scenarios/tables/sectors.csv.")
    head: Id = Field(description="Leaf area of the head office, where cash is pooled.")
    branches: tuple[Id, ...] = Field(description="Leaf areas with a branch.", min_length=1)
    jobs: Count | None = Field(None, description="Jobs in each branch [number].")


class Link(Row):
    """A share of someone's spending that goes to one payee."""

    id: Id = Field(
        description="A firm, a leaf area (its account rows; all of its sectors, or `sector`) or "
        "`world` for imports."
    )
    share: Share = Field(description="Share of the payer's spending of this sort [share].")
    sector: Id | None = Field(None, description="Sector within a leaf area's accounts.")


class Firm(Row):
    """One named firm (small scenarios only; elsewhere firms are made from area figures)."""

    id: Id = Field(description="Short name, unique in the file.")
    name: Text = Field(description="Name.")
    area: Id = Field(description="Leaf area, with resolution `agents`.")
    sector: Id = Field(description="Sector id, as in scenarios/tables/sectors.csv.")
    jobs: Count = Field(description="Jobs, working owners included [number].")
    owner: Id = Field(
        description="Who receives the profit: a household id, `outside` (owners abroad or "
        "elsewhere), `members` (the workers of a co-op) or `none` (vcse, public)."
    )
    owner_kind: OwnerKindName = Field(description="local, outside, coop, vcse or public.")
    head: Id | None = Field(
        None, description="Leaf area of the group's head office; none where the firm is its own."
    )
    monthly_sales: Pounds = Field(description="Expected sales, VAT left out [GBP a month].")
    inputs: Share | None = Field(
        None,
        description="Purchases from other firms per pound of sales; default the technology's "
        "column [share].",
    )
    suppliers: tuple[Link, ...] = Field(
        (), description="Shares of its inputs by supplier, summing to 1."
    )
    wage: Pounds = Field(description="Gross pay of a typical worker [GBP a month].")
    rent: Pounds = Field(0, description="Rent for premises [GBP a month].")
    landlord: Id | None = Field(
        None, description="Who receives that rent: a household, firm or buyer id, or `outside`."
    )
    rates: Pounds = Field(0, description="Business rates [GBP a month].")
    deposits: Pounds = Field(description="Money in the bank at the start [GBP].")
    quality: Annotated[Amount, Field(le=2)] = Field(
        description="Quality of its work, 1 the usual [ratio]."
    )
    capacity: Pounds | None = Field(
        None, description="Most it can sell in a month; default by the register [GBP a month]."
    )
    bidder: Flag = Field(False, description="Whether it may bid for public work.")
    bid_skill: Share | None = Field(None, description="Skill in writing bids [share].")
    claim_skill: Share | None = Field(None, description="Skill in presenting social value [share].")
    honesty: Share | None = Field(
        None, description="Share of claimed social value that it means to deliver [share]."
    )
    age_months: Count = Field(120, description="Age at the start [months].")
