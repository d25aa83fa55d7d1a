"""How a small place makes things: what each sector buys, imports, pays in tax and wages, and keeps.

One column a sector: inputs, imports, taxes, compensation and surplus per pound of output sum to 1
(Leontief; the layout of the ONS input-output analytical tables). Sectors left out do not exist in
the scenario. The same fields as the `Technology` that `scenarios.tables` loads, written sparsely.
"""

from pydantic import Field

from scenarios.spec.base import Amount, Pounds, Row, Share, SignedShare


class InlineTechnology(Row):
    """A technology small enough to write down in the scenario file."""

    A_domestic: dict[str, dict[str, Share]] = Field(
        description="Buying sector -> selling sector -> domestic input per pound of output."
    )
    imports: dict[str, Share] = Field(
        description="Sector -> imported input per pound of output; 0 where left out."
    )
    taxes: dict[str, SignedShare] = Field(
        description="Sector -> taxes less subsidies on products and production per pound of output."
    )
    compensation: dict[str, Share] = Field(
        description="Sector -> compensation of employees per pound of output."
    )
    surplus: dict[str, Share] = Field(
        description="Sector -> gross operating surplus and mixed income per pound of output."
    )
    household_final: dict[str, Share] = Field(
        description="Sector -> share of household consumption of domestic products; sums to 1."
    )
    household_imports: Share = Field(
        description="Imports bought by households per pound of domestic purchases and imports."
    )
    output: dict[str, Pounds] = Field(
        description="Sector -> national output in the year [GBP a year]."
    )
    jobs: dict[str, Amount] = Field(description="Sector -> national jobs [number].")
