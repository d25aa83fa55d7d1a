"""What a scenario may take from the tables of the package instead of writing it down."""

from typing import Annotated, Literal

from pydantic import Field, StrictInt

from scenarios.spec.base import Amount, Id, Pounds, Row, Share


class Councils(Row):
    """What councils made from the tables have alike; no table tells them apart."""

    monitoring: Share = Field(
        description="Chance that a year's delivery of one contract is checked [share]."
    )
    engagement: Share = Field(
        description="Effort put into making tenders known and talking with suppliers [share]."
    )
    appetite: Share = Field(
        1, description="As `appetite` of a buyer: how much legal risk they accept [share]."
    )
    payment_days: Amount = Field(description="Days from delivery to payment [days].", le=365)


class Tables(Row):
    """Areas and councils that are made from scenarios/tables; scenarios/library/england.md."""

    districts: Literal["england", "uk"] = Field(
        description="`england`: its 296 districts, the rest of the United Kingdom, and the "
        "councils that serve them: all 317, or with `detail` focus those that serve the focus. "
        "`uk`: the 361 districts of the four nations and their councils."
    )
    detail: Literal["all", "focus"] = Field(
        "all",
        description="`all`: every district an area of its own, its firms and households agents; "
        "`focus`: these of the focus alone, the other districts of its county and its neighbours "
        "by the firms that may bid, the rest of its region and of the country as one account each.",
    )
    county: Literal["statistical", "council"] = Field(
        "statistical",
        description="With `detail` focus, what stands above the focus: its ITL2 area, or the "
        "districts of its county council where it has one.",
    )
    councils: Councils = Field(description="Habits of these councils.")
    budgets: dict[Id, dict[Id, Pounds]] = Field(
        {},
        description="Council -> category -> what it is known to spend there with suppliers, in "
        "place of the estimate [GBP a year].",
    )
    neighbours: Annotated[StrictInt, Field(ge=0, le=50)] = Field(
        0,
        description="How many districts nearest to the focus are its neighbours, where the file "
        "names none [number].",
    )
