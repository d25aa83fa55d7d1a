"""What a scenario may take from the tables of the package instead of writing it down."""

from typing import Annotated, Literal

from pydantic import Field, StrictInt

from scenarios.spec.base import Amount, Row, Share


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

    districts: Literal["england"] = Field(
        description="`england`: its 296 districts with every household and enterprise, the rest of "
        "the United Kingdom, and the 317 councils that serve the districts."
    )
    councils: Councils = Field(description="Habits of these councils.")
    neighbours: Annotated[StrictInt, Field(ge=0, le=50)] = Field(
        0,
        description="How many districts nearest to the focus are its neighbours, where the file "
        "names none [number].",
    )
