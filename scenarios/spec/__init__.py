"""What may stand in a scenario file: every key with its unit and bounds."""

from scenarios.spec.base import Month
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
    Policy,
    Rule,
    StandingContract,
)
from scenarios.spec.scenario import SCHEMA_VERSION, Scenario
from scenarios.spec.tables import Councils, Tables
from scenarios.spec.technology import InlineTechnology

__all__ = [
    "SCHEMA_VERSION",
    "Area",
    "Buyer",
    "Chain",
    "Closure",
    "Commuting",
    "Compare",
    "Contracts",
    "Councils",
    "Enterprises",
    "Firm",
    "Household",
    "Income",
    "InlineTechnology",
    "Link",
    "Measure",
    "Month",
    "Objective",
    "Pillars",
    "Policy",
    "Rule",
    "Scenario",
    "StandingContract",
    "Tables",
    "Tenure",
    "Worker",
]
