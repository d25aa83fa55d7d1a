"""Rows of public buyers made from the tables: the council of each district, and county councils."""

from collections.abc import Mapping
from typing import Any

from scenarios.from_tables.areas import short_name, slug
from scenarios.from_tables.extent import Extent
from scenarios.tables import (
    AnyDistrict,
    CouncilBudget,
    NationDistrict,
    Parent,
    below,
    council_budgets,
    council_spending,
    county_halls,
    districts,
    nation_budgets,
    parents,
)

Row = dict[str, Any]
KINDS = {
    "district": "district_council",
    "unitary": "unitary_council",
    "metropolitan": "unitary_council",
    "london_borough": "unitary_council",
}
"""Metropolitan districts and London boroughs do what unitary councils do."""

NATIONS = {
    "wales": "unitary_council",
    "scotland": "unitary_council",
    "northern-ireland": "district_council",
}
"""Councils of Northern Ireland run what districts in England do, and no schools, care or roads."""


def council_rows(habits: Mapping[str, Any], reach: Extent) -> list[Row]:
    """Make the councils of all districts, then the county councils.

    Parameters
    ----------
    habits : mapping of str to object
        What all have alike: monitoring, engagement, payment_days, appetite.
    reach : Extent
        Whose districts.

    Returns
    -------
    list of dict
        Rows of [[buyers]], in order of ONS code.
    """
    counties = [one for one in parents().values() if one.kind == "county"]
    own = [district_council_row(one, habits) for one in reach.districts.values()]
    return own + [county_council_row(one, habits) for one in counties]


def serving_rows(one: AnyDistrict, habits: Mapping[str, Any]) -> list[Row]:
    """Make the councils that serve a district: its own, and the county council above it."""
    own = district_council_row(one, habits)
    if not one.county:
        return [own]
    return [own, county_council_row(parents()[one.county], habits)]


def council_ids(reach: Extent) -> tuple[str, ...]:
    """Ids of the councils of all districts, then of the county councils."""
    counties = [one for one in parents().values() if one.kind == "county"]
    own = (_own_id(one) for one in reach.districts.values())
    return (*own, *(_county_id(one) for one in counties))


def with_known(row: Row, known: Mapping[str, float]) -> Row:
    """Put what a council is known to spend by category in place of the estimate."""
    return {**row, "budget": {**row["budget"], **known}}


def district_council_row(one: AnyDistrict, habits: Mapping[str, Any]) -> Row:
    """Make the council of a district, which serves it alone."""
    return {
        "id": _own_id(one),
        "name": f"{short_name(one.name)} Council",
        "kind": NATIONS[one.nation] if isinstance(one, NationDistrict) else KINDS[one.kind],
        "area": one.id,
        "serves": [one.id],
        **habits,
        **_spending(budget_of(one)),
    }


def county_council_row(one: Parent, habits: Mapping[str, Any]) -> Row:
    """Make a county council, which sits in one district and serves all under it."""
    return {
        "id": _county_id(one),
        "name": f"{one.name} County Council",
        "kind": "county_council",
        "area": districts()[county_halls()[one.code]].id,
        "serves": [district.id for district in below(one.code)],
        **habits,
        **_spending(council_budgets()[one.code]),
    }


def budget_of(one: AnyDistrict) -> CouncilBudget:
    """Give the net budget of a district's own council, published or by the rule."""
    known = nation_budgets() if isinstance(one, NationDistrict) else council_budgets()
    return known[one.code]


def _own_id(one: AnyDistrict) -> str:
    return f"{one.id}-council"


def _county_id(one: Parent) -> str:
    return f"{slug(one.name)}-county-council"


def _spending(net: CouncilBudget) -> Row:
    """Payroll, its categories and the budget, in whole pounds a year."""
    bought, payroll = council_spending(net)
    staff = sum(payroll.values())
    return {
        "payroll": round(staff),
        "payroll_by": {name: round(amount / staff, 6) for name, amount in payroll.items()},
        "budget": {name: round(amount) for name, amount in bought.items()},
    }
