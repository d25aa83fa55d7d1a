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
from scenarios.tables.council_budgets import CouncilBudget, council_budgets
from scenarios.tables.districts import (
    District,
    FormerDistrict,
    FormerDistrictError,
    Parent,
    below,
    district,
    districts,
    former_districts,
    parents,
)
from scenarios.tables.law import TaxYear, Thresholds, tax_year, thresholds
from scenarios.tables.places import AreaFigures, SizeBandFigures, areas, sector_mix, size_bands
from scenarios.tables.reading import UnknownRowError
from scenarios.tables.sector_groups import SectorGroup, sector_groups, value_added, values_added
from scenarios.tables.technologies import TECHNOLOGIES, Technology, final_demand, technology

__all__ = [
    "TECHNOLOGIES",
    "AreaFigures",
    "Category",
    "CouncilBudget",
    "District",
    "FormerDistrict",
    "FormerDistrictError",
    "Parent",
    "Sector",
    "SectorGroup",
    "SizeBandFigures",
    "TaxYear",
    "Technology",
    "Thresholds",
    "UnknownRowError",
    "areas",
    "below",
    "categories",
    "category_code",
    "category_sectors",
    "council_budgets",
    "district",
    "districts",
    "final_demand",
    "former_districts",
    "parents",
    "sector_code",
    "sector_groups",
    "sector_mix",
    "sectors",
    "size_bands",
    "tax_year",
    "technology",
    "thresholds",
    "value_added",
    "values_added",
]
