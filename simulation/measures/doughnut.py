"""What a Doughnut portrait asks beyond money: carbon, imports, homes, and who has a say.

Indicators of the four lenses that the books can tell; the list of lenses, with what is only near
and what is not modelled, stands in `experiments/report/doughnut.toml`. After the Doughnut Economics
Action Lab's data portraits of place. There is no composite.
"""

import numpy as np
from numpy.typing import NDArray

from scenarios.tables import HOME, carbon_factors, country, sector_code
from scenarios.vocabulary import Institution, Kind, OwnerKind, Tier
from simulation.accounting.books import Form
from simulation.accounting.grouping import among
from simulation.measures.cost import delivered_units
from simulation.measures.local_income import disposable_income_pence
from simulation.measures.measure import EVERYWHERE, Measure, Undefined, ratio
from simulation.measures.view import View

Int64 = NDArray[np.int64]
Float64 = NDArray[np.float64]

PENCE, KILOGRAMS = 100.0, 1_000.0
HOMES = (Kind.RENT, Kind.MORTGAGE_INTEREST)
HAVE_A_SAY = (OwnerKind.COOP, OwnerKind.PUBLIC)
NOTHING_BOUGHT = "nothing was bought in the window"


def carbon_of_purchases(view: View, tier: str) -> float:
    """Return what public purchases emit along their supply chains [tonnes of CO2e a year]."""
    return _carbon_bought(view) / KILOGRAMS / view.years


def carbon_per_unit(view: View, tier: str) -> float:
    """Return what a delivered unit of service emits, at its quality [kilograms of CO2e]."""
    return ratio(_carbon_bought(view), delivered_units(view), "no service was delivered")


def carbon_of_residents(view: View, tier: str) -> float:
    """Return what the spending of a place's households emits [tonnes of CO2e a year].

    What they buy abroad counts as manufactures; homes, and fuel they burn themselves, are left out.
    """
    pairs, classes = view.pairs, view.classes
    living = (classes.institution == Institution.HOUSEHOLD) & view.focus(tier)[classes.area]
    spent = (pairs.kind == Kind.CONSUMPTION) & living[pairs.payer]
    pounds = pairs.pence[spent] / PENCE
    factor = _factors(view, classes.sector[pairs.payee[spent]])
    return _total(pounds * factor) / KILOGRAMS / view.years


def imported_share(view: View, tier: str) -> float:
    """Return the share of what public suppliers buy from others that comes from abroad."""
    rows, areas = view.table("outflows"), view.whole("areas")
    abroad = np.zeros(len(view.meta.area_ids) + 1, dtype=np.bool_)
    abroad[areas["area"]] = areas["tier"] == Tier.WORLD
    inputs = rows["kind"] == Kind.INTERMEDIATE
    pence = rows["pence"][inputs]
    away = abroad[rows["area"][inputs]]
    return ratio(float(pence[away].sum()), float(pence.sum()), "no supplier bought anything")


def housing_cost_share(view: View, tier: str) -> float:
    """Return rent and mortgage interest per pound of a place's income before them."""
    pairs, classes, here = view.pairs, view.classes, view.focus(tier)
    living = (classes.institution == Institution.HOUSEHOLD) & here[classes.area]
    homes = among(pairs.kind, HOMES) & living[pairs.payer]
    interest = homes & (pairs.kind == Kind.MORTGAGE_INTEREST)
    income = disposable_income_pence(view, here) + float(pairs.pence[interest].sum())
    return ratio(float(pairs.pence[homes].sum()), income, "nobody in the place has an income")


def voice_share(view: View, tier: str) -> float:
    """Return the share of service outlay under one member, one vote, or public control.

    The buyer's own staff; co-operatives and publicly owned suppliers; memberships, in which the
    buyer and its suppliers have a vote each.
    """
    rows, staff = view.table("purchases"), view.table("payroll")["gross_pence"].sum()
    owner = view.parties["owner_kind"][rows["supplier"]]
    said = among(owner, HAVE_A_SAY) | (_forms(view)[rows["arrangement"]] == Form.MEMBERSHIP)
    bought = float(rows["pence"].sum())
    ours = float(rows["pence"][said].sum()) + float(staff)
    return ratio(ours, bought + float(staff), NOTHING_BOUGHT)


def _carbon_bought(view: View) -> float:
    """Carbon of the window's purchases by the sectors of those who sold [kilograms of CO2e]."""
    rows = view.table("purchases")
    factor = _factors(view, view.parties["sector"][rows["supplier"]])
    return _total(rows["pence"] / PENCE * factor)


def _factors(view: View, sector: Int64) -> Float64:
    """Kilograms a pound by sector; who has none, as the world, sells manufactures.

    Raises
    ------
    Undefined
        For books in another money than that of the factors.
    """
    money, known_in = view.meta.currency, country(HOME).currency
    if money != known_in:
        raise Undefined(f"no carbon factors per {money} are at hand, only per {known_in}")
    known = np.where(sector < 0, sector_code()["manufacturing"], sector)
    return carbon_factors()[known]


def _total(values: Float64) -> float:
    return float(np.cumsum(values)[-1]) if values.size else 0.0


def _forms(view: View) -> Int64:
    """Form of each arrangement by number; one that is not listed is a contract."""
    rows = view.whole("arrangements")
    bought = view.table("purchases")["arrangement"]
    size = int(max(rows["arrangement"].max(initial=-1), bought.max(initial=-1))) + 1
    forms = np.full(size, int(Form.CONTRACT), dtype=np.int64)
    forms[rows["arrangement"]] = rows["form"]
    return forms


_SOURCE = "Defra and University of Leeds, UK carbon footprint, multipliers by SIC, 2019"
MEASURES = (
    Measure(
        name="carbon_of_purchases",
        unit="tonnes CO2e a year",
        direction="down",
        nature="flow",
        what="Greenhouse gases of public purchases along their whole supply chains, by the sector "
        "of the supplier.",
        source=_SOURCE,
        tiers=EVERYWHERE,
        of_run=carbon_of_purchases,
    ),
    Measure(
        name="carbon_per_unit",
        unit="kg CO2e a unit",
        direction="down",
        nature="flow",
        what="Greenhouse gases of purchases per unit of service delivered, at its quality.",
        source=_SOURCE,
        tiers=EVERYWHERE,
        of_run=carbon_per_unit,
    ),
    Measure(
        name="carbon_of_residents",
        unit="tonnes CO2e a year",
        direction="down",
        nature="flow",
        what="Greenhouse gases of what the place's households buy, homes and own fuel left out.",
        source=_SOURCE,
        of_run=carbon_of_residents,
    ),
    Measure(
        name="imported_share",
        unit="share",
        direction="none",
        nature="flow",
        what="Share of public suppliers' purchases of inputs that comes from abroad.",
        source="this project, after the global lenses of Doughnut portraits",
        tiers=EVERYWHERE,
        of_run=imported_share,
    ),
    Measure(
        name="housing_cost_share",
        unit="share",
        direction="down",
        nature="flow",
        what="Rent and mortgage interest per pound of residents' disposable income before them.",
        source="this project, after housing cost to income ratios (ONS)",
        of_run=housing_cost_share,
    ),
    Measure(
        name="voice_share",
        unit="share",
        direction="none",
        nature="flow",
        what="Share of service outlay under one member, one vote, or public control.",
        source="this project",
        tiers=EVERYWHERE,
        of_run=voice_share,
    ),
)
