"""What a pound spent with a sector emits along its whole supply chain, abroad too.

Kilograms of carbon dioxide equivalent per pound, 2019 prices, by SIC group as Defra and the
University of Leeds publish them (UK and England's carbon footprint), grouped to the 32 sectors.
"""

from functools import cache

from scenarios.tables.classifications import sectors
from scenarios.tables.reading import Float64, numbers, rows


@cache
def carbon_factors() -> Float64:
    """Return kilograms of CO2 equivalent per pound of sales, float64[S] in order of code."""
    by_sector = {row["sector"]: float(row["kg_per_pound"]) for row in rows("carbon_2019")}
    return numbers(by_sector[sector.id] for sector in sectors())
