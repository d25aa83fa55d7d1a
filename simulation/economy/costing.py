"""What a firm pays for each pound it sells: inputs, premises, people, rates, and what is left.

Shares follow the technology of the sector (ONS input-output analytical tables); pay follows the
place, the year and the size of the firm. Sales are then those at which the payroll has its share:
sales = inputs + rent + payroll with on-costs + rates + margin.
"""

from dataclasses import dataclass

import numpy as np

from scenarios.assumptions import Assumptions
from scenarios.vocabulary import SizeBand
from simulation import streams
from simulation.economy.apportion import row_totals
from simulation.economy.columns import Float64, Int64
from simulation.economy.firms import TradingRows
from simulation.economy.oncosts import gross_pay, labour_cost
from simulation.economy.place import Place
from simulation.economy.taxes import TaxYear

CAPITAL_GOODS = ("construction", "engineering", "computing", "manufacturing")


@dataclass(frozen=True, slots=True)
class Recipe:
    """What each sector spends per pound of sales, VAT left out; S sectors.

    Attributes
    ----------
    inputs : float64[S, S]
        Domestic inputs, selling x buying sector, capital goods included and premises left out.
    imports, duties, rent, margin : float64[S]
        Imported inputs; taxes inside purchase prices and on production beside rates; rent of
        premises; what is left for owners before tax, after rates.
    """

    inputs: Float64
    imports: Float64
    duties: Float64
    rent: Float64
    margin: Float64

    @property
    def intermediate(self) -> Float64:
        """Domestic and imported inputs, and the taxes in their prices, per pound of sales."""
        return row_totals(self.inputs.T) + self.imports + self.duties


@dataclass(slots=True)
class FirmMoney:
    """Money columns of trading rows [pence a month], before anyone has traded."""

    wage: Int64
    gross: Int64
    labour: Float64
    net_sales: Int64
    rates: Int64
    rent: Int64
    margin: Float64
    intermediate: Float64


def read_recipe(place: Place, a: Assumptions) -> Recipe:
    """Turn the technology into what a firm of each sector spends.

    Parameters
    ----------
    place : Place
    a : Assumptions
        `firms.rented_share`, `firms.capital_replaced`, `firms.capital_imported`,
        `firms.rates_per_job`.

    Returns
    -------
    Recipe
        Most of a sector's purchases from real estate are rents of premises and are paid to a
        landlord; part of its surplus replaces capital and is spent with those who make it;
        taxes that the months do not charge by name are paid with its inputs.
    """
    technology = place.technology
    inputs = np.array(technology.A_domestic, dtype=np.float64)
    estate = place.sector("real_estate")
    rent = inputs[estate] * a["firms.rented_share"]
    inputs[estate] -= rent
    surplus = np.maximum(np.array(technology.surplus, dtype=np.float64), 0.0)
    capital = surplus * a["firms.capital_replaced"]
    abroad = capital * a["firms.capital_imported"]
    goods = [place.sector(name) for name in CAPITAL_GOODS]
    output = np.array(technology.output_pence, dtype=np.float64)[goods]
    made = np.where(output > 0.0, 1.0, 0.0)
    made = made / np.maximum(np.cumsum(made)[-1], 1.0)
    home = (capital - abroad) if made.any() else np.zeros_like(capital)
    for row, share in zip(goods, made, strict=True):
        inputs[row] += home * share
    spent = home + abroad
    compensation = np.array(technology.compensation, dtype=np.float64)
    cost = np.maximum(place.job_cost.max(axis=0), 1.0)
    rates = _rates_per_job(place, a) * compensation / cost
    taxes = np.array(technology.taxes, dtype=np.float64) - rates
    left = surplus - spent + np.minimum(taxes, 0.0)
    return Recipe(
        inputs=inputs,
        imports=np.array(technology.imports, dtype=np.float64) + abroad,
        duties=np.maximum(taxes, 0.0),
        rent=rent,
        margin=np.maximum(left, a["firms.least_margin"]),
    )


def _rates_per_job(place: Place, a: Assumptions) -> float:
    return a["firms.rates_per_job"] * place.year_level / 12.0


def typical_wage(place: Place, rows: TradingRows, tax: TaxYear, a: Assumptions) -> Int64:
    """Return the gross pay of a typical worker of each row [pence a month], int64[n].

    Pay rises with the size of the firm (`firms.size_premium`, large over micro).
    """
    step = (rows.band.astype(np.float64) - 2.0) / 3.0
    premium = np.where(rows.band > 0, 1.0 + a["firms.size_premium"] * step, 1.0)
    cost = place.job_cost[rows.area, rows.sector] * premium
    return np.maximum(gross_pay(cost, tax, a["labour.pension_rate"]).astype(np.int64), 1)


def cost_out(
    place: Place,
    rows: TradingRows,
    recipe: Recipe,
    wage: Int64,
    gross: Int64,
    tax: TaxYear,
    a: Assumptions,
    seed: int,
) -> FirmMoney:
    """Work out each row's sales from its payroll.

    Parameters
    ----------
    place : Place
    rows : TradingRows
    recipe : Recipe
    wage, gross : int64[n]
        Typical gross pay and gross pay of all jobs [pence a month].
    tax : TaxYear
    a : Assumptions
        `firms.margin_spread`, `firms.least_margin`, `firms.rates_per_job`,
        `firms.rates_relief`.
    seed : int

    Returns
    -------
    FirmMoney
        net sales = (payroll with on-costs + rates) / (1 - inputs - rent - margin), VAT left out.
    """
    sector = rows.sector
    z = streams.normal(seed, streams.Purpose.FIRM_COST, rows.uid)
    spread = np.where(np.arange(rows.n) < rows.n_agents, a["firms.margin_spread"], 0.0)
    factor = np.maximum(1.0 + spread * np.clip(z, -2.0, 2.0), 0.0)
    margin = np.maximum(recipe.margin[sector] * factor, a["firms.least_margin"])
    relief = np.where(rows.band == SizeBand.MICRO, a["firms.rates_relief"], 0.0)
    rates = rows.jobs * _rates_per_job(place, a) * (1.0 - relief)
    labour = labour_cost(gross, rows.jobs, tax, a["labour.pension_rate"])
    intermediate = recipe.intermediate[sector]
    people = 1.0 - intermediate - recipe.rent[sector] - margin
    people = np.maximum(people, a["firms.least_labour_share"])
    sales = (labour + rates) / people
    return FirmMoney(
        wage=wage,
        gross=gross,
        labour=labour,
        net_sales=sales.astype(np.int64),
        rates=rates.astype(np.int64),
        rent=(sales * recipe.rent[sector]).astype(np.int64),
        margin=margin,
        intermediate=intermediate,
    )
