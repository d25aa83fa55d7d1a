"""Where the story is set: areas from district to world, and who travels between them to work.

Areas form a tree, district < county < region < uk < world (ONS geography; elsewhere uk stands for
the nation). Only leaves carry data: people, firms and jobs sit in leaves, and every other area is
the sum of its leaves.
"""

from typing import Annotated, Literal

from pydantic import Discriminator, Field, Tag

from scenarios.spec.base import (
    Amount,
    Count,
    Id,
    Number,
    Positive,
    Pounds,
    Row,
    Share,
    Text,
    name_or_more,
)

TierName = Literal["district", "county", "region", "uk", "world"]
Resolution = Literal["agents", "suppliers", "accounts"]
SectorMix = Annotated[
    Annotated[Text, Tag("name")] | Annotated[dict[str, Share], Tag("more")],
    Discriminator(name_or_more),
]


class Enterprises(Row):
    """Number of enterprises by employment size (ONS UK Business Counts bands)."""

    micro: Amount = Field(0, description="Enterprises with 0 to 9 jobs [number].")
    small: Amount = Field(0, description="Enterprises with 10 to 49 jobs [number].")
    medium: Amount = Field(0, description="Enterprises with 50 to 249 jobs [number].")
    large: Amount = Field(0, description="Enterprises with 250 jobs or more [number].")


class Income(Row):
    """Income of resident taxpayers before tax, as HMRC's Survey of Personal Incomes has it."""

    median: Pounds = Field(description="Median income at the start [GBP a year].")
    mean: Pounds = Field(description="Mean income at the start [GBP a year].")


class Tenure(Row):
    """Shares of households by tenure; they sum to 1."""

    owned: Share = Field(description="Owned outright [share].")
    mortgaged: Share = Field(description="Owned with a mortgage [share].")
    social: Share = Field(description="Rented from a council or housing association [share].")
    private: Share = Field(description="Rented privately or rent free [share].")


class Area(Row):
    """A node of the area tree. A leaf (no area names it as parent) carries the data below."""

    id: Id = Field(description="Short name, unique in the file.")
    name: Text = Field(description="Name as residents write it.")
    tier: TierName = Field(description="Level of the tree: district, county, region, uk, world.")
    parent: Id | None = Field(None, description="Id of the area above; none for the world only.")
    code: Text | None = Field(None, description="ONS code of the area.")
    easting_km: Number | None = Field(None, description="Centre, National Grid [km].")
    northing_km: Number | None = Field(None, description="Centre, National Grid [km].")
    area_km2: Positive | None = Field(
        None, description="Land; how far people travel within it follows from it [km2]."
    )
    apart_km: dict[Id, Positive] = Field(
        {},
        description="Leaf -> distance on the way to work and to the shops, itself included, both "
        "ways alike; written where centres mislead, as for a region around its city [km].",
    )
    resolution: Resolution | None = Field(
        None,
        description="Leaves: agents (every firm and household a row), suppliers (firms that may "
        "bid are rows, the rest accounts) or accounts (area x sector and area x decile rows).",
    )
    population: Count | None = Field(None, description="Residents [people].")
    households: Count | None = Field(None, description="Households [number].")
    enterprises: Enterprises | None = Field(None, description="Enterprises by size [number].")
    jobs: Count | None = Field(None, description="Jobs by workplace [number].")
    workers: Count | None = Field(None, description="Residents in work [people].")
    sector_mix: SectorMix | None = Field(
        None,
        description="Shares of workplace jobs by sector, summing to 1, or the name of a row set "
        "in scenarios/tables/sector_mix.csv.",
    )
    income: Income | None = Field(None, description="Income of taxpayers [GBP a year].")
    tenure: Tenure | None = Field(None, description="Shares of households by tenure.")
    coops: Count = Field(0, description="Co-operatives among the enterprises [number].")
    vcse: Count = Field(
        0, description="Voluntary, community and social enterprises with staff [number]."
    )


class Commuting(Row):
    """How many residents of one leaf work in another (or the same), as the census counts them."""

    home: Id = Field(description="Leaf area of residence.")
    work: Id = Field(description="Leaf area of workplace.")
    people: Count = Field(description="Residents in work who do so [people].")


CommutingRule = Literal["gravity"]
"""`gravity`: residents in work and jobs, apart by distance; simulation/economy/commuting.py."""

CommutingMatrix = Annotated[
    Annotated[CommutingRule, Tag("name")] | Annotated[tuple[Commuting, ...], Tag("more")],
    Discriminator(name_or_more),
]
