"""Levers beside buying, each with a yearly sum that the services go without.

After the five pillars of community wealth building (Centre for Local Economic Strategies); the
first, procurement, is the policy's way of buying itself.
"""

from pydantic import Field

from scenarios.spec.base import Pounds, Row


class Pillars(Row):
    """Money a year for each lever, taken from the budgets of the adopters seated in the focus."""

    fair_employment: Pounds = Field(
        0, description="Raises pay to a Real Living Wage and recruits residents [GBP a year]."
    )
    land_assets: Pounds = Field(
        0, description="Buys let premises from owners elsewhere for a land trust [GBP a year]."
    )
    inclusive_finance: Pounds = Field(
        0, description="Capital of a lender to firms that the bank refuses [GBP a year]."
    )

    plural_ownership: Pounds = Field(
        0, description="Helps staff to buy the firms of retiring owners [GBP a year]."
    )

    @property
    def total(self) -> float:
        """Sum of all levers [GBP a year]."""
        return float(sum(getattr(self, lever) for lever in type(self).model_fields))
