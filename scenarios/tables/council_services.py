"""What a council buys and whom it pays for each pound of a service's net budget.

The returns give net budgets by service; these rules turn them into spending with suppliers by
category and into own staff. Every ratio is judgement, with its reason beside it; districts.md says
what the whole was held against.
"""

from dataclasses import dataclass
from functools import cache

from scenarios.tables.council_budgets import CouncilBudget
from scenarios.tables.reading import rows

EDUCATION = "education"
OVERHEAD = "all_but_education"
"""Stands for every service but education, most of which goes to schools."""

POUNDS = 1000


@dataclass(frozen=True, slots=True)
class ServiceRule:
    """One use of a service's budget.

    Attributes
    ----------
    service : str
        Service of `council_budgets`, or `all_but_education`.
    category : str
        Id of a spending category.
    bought, payroll : float
        Spending with suppliers, and on own staff, per pound of net budget [share]. A service whose
        fees, rents and grants are left out of its net budget may spend more than a pound.
    reason : str
        What it is.
    """

    service: str
    category: str
    bought: float
    payroll: float
    reason: str


@cache
def service_rules() -> tuple[ServiceRule, ...]:
    """List the rules.

    Returns
    -------
    tuple of ServiceRule
        In order of the table.
    """
    return tuple(
        ServiceRule(
            row["service"],
            row["category"],
            float(row["bought"]),
            float(row["payroll"]),
            row["reason"],
        )
        for row in rows("council_services")
    )


def council_spending(budget: CouncilBudget) -> tuple[dict[str, float], dict[str, float]]:
    """Turn a council's net budget into what it buys and what it pays its own staff.

    Parameters
    ----------
    budget : CouncilBudget
        A service that earns more than it costs counts as nothing.

    Returns
    -------
    bought, payroll : dict of str to float
        Category -> amount [GBP a year], in order of first use; payroll with on-costs.
    """
    outlay = {name: POUNDS * max(amount, 0) for name, amount in budget.services.items()}
    outlay[OVERHEAD] = sum(amount for name, amount in outlay.items() if name != EDUCATION)
    bought: dict[str, float] = {}
    payroll: dict[str, float] = {}
    for rule in service_rules():
        for found, share in ((bought, rule.bought), (payroll, rule.payroll)):
            if share > 0.0 and outlay.get(rule.service, 0) > 0:
                amount = share * outlay[rule.service]
                found[rule.category] = found.get(rule.category, 0.0) + amount
    return bought, payroll
