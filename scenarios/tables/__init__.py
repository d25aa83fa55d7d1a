"""Reference tables: small, official where they can be, each with its source in SOURCES.md."""

from scenarios.tables.classifications import (
    Category,
    Sector,
    categories,
    category_code,
    category_sectors,
    sector_code,
    sectors,
)
from scenarios.tables.law import TaxYear, Thresholds, tax_year, thresholds
from scenarios.tables.places import AreaFigures, SizeBandFigures, areas, sector_mix, size_bands
from scenarios.tables.reading import UnknownRowError
from scenarios.tables.technologies import TECHNOLOGIES, Technology, final_demand, technology

__all__ = [
    "TECHNOLOGIES",
    "AreaFigures",
    "Category",
    "Sector",
    "SizeBandFigures",
    "TaxYear",
    "Technology",
    "Thresholds",
    "UnknownRowError",
    "areas",
    "categories",
    "category_code",
    "category_sectors",
    "final_demand",
    "sector_code",
    "sector_mix",
    "sectors",
    "size_bands",
    "tax_year",
    "technology",
    "thresholds",
]
