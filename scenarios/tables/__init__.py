"""Reference tables: small, official where they can be, each with its source in SOURCES.md."""

from scenarios.tables.carbon import carbon_factors
from scenarios.tables.classifications import (
    Category,
    Sector,
    categories,
    category_code,
    category_sectors,
    sector_code,
    sectors,
    tendering_sectors,
)
from scenarios.tables.council_budgets import CouncilBudget, council_budgets
from scenarios.tables.council_services import ServiceRule, council_spending, service_rules
from scenarios.tables.countries import HOME, Country, countries, country, symbol_of
from scenarios.tables.disposal_law import FREEHOLD, DisposalLaw, disposal_law, worth_of_term
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
from scenarios.tables.law import (
    TabledRoute,
    TaxYear,
    Thresholds,
    tabled_routes,
    tax_year,
    tax_years,
    thresholds,
)
from scenarios.tables.nations import (
    Itl2,
    Nation,
    county_halls,
    itl2_areas,
    nations,
    scaling,
)
from scenarios.tables.places import AreaFigures, SizeBandFigures, areas, sector_mix, size_bands
from scenarios.tables.powers import Power, powers
from scenarios.tables.reading import UnknownRowError
from scenarios.tables.sector_groups import SectorGroup, sector_groups, value_added, values_added
from scenarios.tables.subsidy_law import SubsidyLaw, subsidy_law, subsidy_laws
from scenarios.tables.technologies import TECHNOLOGIES, Technology, final_demand, technology

__all__ = [
    "FREEHOLD",
    "HOME",
    "TECHNOLOGIES",
    "AreaFigures",
    "Category",
    "CouncilBudget",
    "Country",
    "DisposalLaw",
    "District",
    "FormerDistrict",
    "FormerDistrictError",
    "Itl2",
    "Nation",
    "Parent",
    "Power",
    "Sector",
    "SectorGroup",
    "ServiceRule",
    "SizeBandFigures",
    "SubsidyLaw",
    "TabledRoute",
    "TaxYear",
    "Technology",
    "Thresholds",
    "UnknownRowError",
    "areas",
    "below",
    "carbon_factors",
    "categories",
    "category_code",
    "category_sectors",
    "council_budgets",
    "council_spending",
    "countries",
    "country",
    "county_halls",
    "disposal_law",
    "district",
    "districts",
    "final_demand",
    "former_districts",
    "itl2_areas",
    "nations",
    "parents",
    "powers",
    "scaling",
    "sector_code",
    "sector_groups",
    "sector_mix",
    "sectors",
    "service_rules",
    "size_bands",
    "subsidy_law",
    "subsidy_laws",
    "symbol_of",
    "tabled_routes",
    "tax_year",
    "tax_years",
    "technology",
    "tendering_sectors",
    "thresholds",
    "value_added",
    "values_added",
    "worth_of_term",
]
