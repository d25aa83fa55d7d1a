"""What may stand in a scenario file: every key with its unit and bounds."""

from scenarios.spec.base import MOST_MONTHS, Month
from scenarios.spec.organisations import Buyer, Chain, Firm, Link
from scenarios.spec.people import Household, Worker
from scenarios.spec.pillars import Pillars
from scenarios.spec.place import Area, Commuting, Enterprises, Income, Tenure
from scenarios.spec.policies import (
    Closure,
    Compare,
    Contracts,
    Measure,
    Objective,
    Option,
    Policy,
    Rule,
    StandingContract,
)
from scenarios.spec.ranges import Range
from scenarios.spec.scenario import SCHEMA_VERSION, Scenario
from scenarios.spec.shocks import (
    DemandFalls,
    GrantCut,
    InputPrices,
    PlatformDown,
    PortalDown,
    Shock,
    SupplierFails,
)
from scenarios.spec.tables import Councils, Tables
from scenarios.spec.technology import InlineTechnology

__all__ = [
    "MOST_MONTHS",
    "SCHEMA_VERSION",
    "Area",
    "Buyer",
    "Chain",
    "Closure",
    "Commuting",
    "Compare",
    "Contracts",
    "Councils",
    "DemandFalls",
    "Enterprises",
    "Firm",
    "GrantCut",
    "Household",
    "Income",
    "InlineTechnology",
    "InputPrices",
    "Link",
    "Measure",
    "Month",
    "Objective",
    "Option",
    "Pillars",
    "PlatformDown",
    "Policy",
    "PortalDown",
    "Range",
    "Rule",
    "Scenario",
    "Shock",
    "StandingContract",
    "SupplierFails",
    "Tables",
    "Tenure",
    "Worker",
]
