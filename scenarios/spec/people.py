"""Households named one by one: who lives there, who works where, what housing costs.

Used by small scenarios whose every penny is followed by hand; elsewhere households are made from
area figures.
"""

from typing import Annotated, Literal

from pydantic import Field, StrictInt

from scenarios.spec.base import Amount, Id, Pounds, Row, Share, Text
from scenarios.spec.organisations import Link

TenureName = Literal["owned", "mortgaged", "social", "private"]


class Worker(Row):
    """One adult of working age."""

    employer: Id = Field(
        description="A firm or buyer id, a leaf area (works in its accounts), `none` (looking "
        "for work) or `inactive` (not looking)."
    )
    wage: Pounds = Field(0, description="Gross pay [GBP a month].")


class Household(Row):
    """One household."""

    id: Id = Field(description="Short name, unique in the file.")
    name: Text | None = Field(None, description="Name, where it helps to follow the story.")
    area: Id = Field(description="Leaf area, with resolution `agents`.")
    adults: Annotated[StrictInt, Field(ge=1, le=20)] = Field(description="Adults [people].")
    children: Annotated[StrictInt, Field(ge=0, le=20)] = Field(
        0, description="Children under 16 [people]."
    )
    decile: Annotated[StrictInt, Field(ge=1, le=10)] = Field(
        description="Tenth of the national income distribution, 1 the lowest."
    )
    tenure: TenureName = Field(description="owned, mortgaged, social or private.")
    housing: Pounds = Field(0, description="Rent or mortgage payment [GBP a month].")
    landlord: Id | None = Field(
        None,
        description="Who receives it: a household, firm or buyer id, `bank` (mortgage), "
        "`housing-association` or `outside`; none where nothing is paid.",
    )
    council_tax: Pounds | None = Field(
        None, description="Council tax; default by the register [GBP a month]."
    )
    workers: tuple[Worker, ...] = Field((), description="Adults of working age, one a row.")
    pension: Pounds = Field(0, description="State pension received [GBP a month].")
    occupational: Pounds = Field(0, description="Occupational pension received [GBP a month].")
    benefit: Pounds = Field(0, description="Other benefits received [GBP a month].")
    deposits: Pounds = Field(description="Money in the current account at the start [GBP].")
    savings: Pounds = Field(0, description="Savings at the start [GBP].")
    loan: Pounds = Field(0, description="Loans owed at the start, mortgage included [GBP].")
    propensity: Share | None = Field(
        None, description="Share of regular income spent; default by the register [share]."
    )
    buffer_months: Amount | None = Field(
        None, description="Months of spending kept in hand; default by the register [months]."
    )
    shops: tuple[Link, ...] = Field(
        (), description="Shares of its consumption by shop, summing to 1."
    )
