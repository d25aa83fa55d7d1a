"""What may befall a place while its story runs: a collapse, a slump, dear inputs, a cut, an outage.

Every way of buying that is compared meets the same shocks; the time before the story has none. A
shock of size 0 is no shock.
"""

from typing import Annotated, Literal

from pydantic import Field, StrictFloat, StrictInt

from scenarios.spec.base import MOST_MONTHS, Id, Row, Share

ShockMonth = Annotated[StrictInt, Field(ge=1, le=MOST_MONTHS)]
Length = Annotated[StrictInt, Field(ge=1, le=MOST_MONTHS)]
FormName = Literal["contract", "membership", "direct_provision", "enterprise", "grant"]

FROM = "First month that feels it [month]."
LENGTH = "How long it lasts [months]."


class SupplierFails(Row):
    """The largest supplier collapses overnight, with its head office and all its branches."""

    kind: Literal["supplier_fails"] = Field(description="supplier_fails.")
    month: ShockMonth = Field(description=FROM)
    suppliers: Annotated[StrictInt, Field(ge=0, le=100)] = Field(
        1, description="How many fail, the largest first [number]."
    )
    buyer: Id | None = Field(None, description="Whose largest supplier; default all buyers'.")
    category: Id | None = Field(None, description="In which spending category; default all.")
    as_of: Literal["month", "start"] = Field(
        "month",
        description="When it is the largest: in the month of the shock, under each way of buying; "
        "or at the start, so that the same firm fails under all.",
    )

    @property
    def strikes(self) -> bool:
        """Whether it changes anything."""
        return self.suppliers > 0


class _Sized(Row):
    """A shock that takes, or adds, a share of something."""

    month: ShockMonth = Field(description=FROM)
    size: Share

    @property
    def strikes(self) -> bool:
        """Whether it changes anything."""
        return self.size > 0


class DemandFalls(_Sized):
    """The rest of the country and the world buy less."""

    kind: Literal["demand_falls"] = Field(description="demand_falls.")
    months: Length = Field(12, description=LENGTH)
    size: Share = Field(description="Part of sales outside that is lost [share].")
    sector: Id | None = Field(None, description="Sellers of which sector; default all.")
    area: Id | None = Field(
        None, description="Sellers of which area and all within it; default everywhere."
    )


class InputPrices(_Sized):
    """What firms buy grows dearer at the border; the rise goes abroad."""

    kind: Literal["input_prices"] = Field(description="input_prices.")
    months: Length = Field(12, description=LENGTH)
    size: Annotated[StrictFloat, Field(ge=0, le=5)] = Field(
        description="Rise of the cost of a firm's inputs [share]."
    )


class GrantCut(_Sized):
    """The government pays public buyers less."""

    kind: Literal["grant_cut"] = Field(description="grant_cut.")
    months: Length | None = Field(None, description="How long; default to the end [months].")
    size: Share = Field(description="Part of the grant that is lost [share].")
    buyer: Id | None = Field(None, description="Whose grant; default all buyers'.")
    from_budgets: Share = Field(
        1,
        description="Part of the loss that is taken off what is spent with suppliers, at once and "
        "category by category alike; the rest falls on reserves [share].",
    )


class PlatformDown(_Sized):
    """What the members of an arrangement share stands still, and nothing is delivered over it."""

    kind: Literal["platform_down"] = Field(description="platform_down.")
    months: Length = Field(3, description=LENGTH)
    size: Share = Field(1, description="Part of the work that is not done [share].")
    category: Id | None = Field(None, description="In which spending category; default all.")
    forms: tuple[FormName, ...] = Field(
        ("membership",), description="Arrangements of which forms share it.", min_length=1
    )


class PortalDown(_Sized):
    """The portal for notices is down: word of a tender reaches incumbents and neighbours only."""

    kind: Literal["portal_down"] = Field(description="portal_down.")
    months: Length = Field(3, description=LENGTH)
    size: Share = Field(
        1, description="Part of the notice's pull on distant firms and bid teams lost [share]."
    )


Shock = Annotated[
    SupplierFails | DemandFalls | InputPrices | GrantCut | PlatformDown | PortalDown,
    Field(discriminator="kind"),
]
