"""Inputs grow dearer at the border: firms buy as much, pay more, and the rise goes abroad.

Suppliers at home sell as much and for as much as before. If they were paid the rise, a money
economy without prices of private trade would take dear inputs for a boom. Whoever serves at a
price agreed for a term bears the rise; new bids carry it, a co-op's prices follow, and a council's
own services pay their dealers more.
"""

from dataclasses import dataclass, replace

import numpy as np

from scenarios.vocabulary import Kind
from simulation.accounting.network import Network, build_network
from simulation.economy.columns import Float64, Int32
from simulation.economy.town import Town
from simulation.kernels.scales import CUM_ONE
from simulation.model.in_house_inputs import InputPrices
from simulation.model.stewardship import Stewardship
from simulation.procurement.in_house import InHouse


@dataclass(frozen=True, slots=True)
class UsualInputs:
    """What inputs cost before any shock: links of supply and the cost index."""

    supply: Network
    unit_cost: Float64


def usual_inputs(town: Town) -> UsualInputs:
    """Remember what inputs cost now."""
    return UsualInputs(town.links.supply, town.economy.firms.unit_cost)


def price_inputs(town: Town, stewardship: Stewardship, usual: UsualInputs, rise: float) -> None:
    """Let inputs cost more than usual by a share, in trade and in public contracts.

    A firm's bill for inputs, and the cost of a unit of service by it, rise by that share of its
    inputs, less what sharing spares it. Costs of standing arrangements follow; their prices only
    by their own rules.

    Parameters
    ----------
    town : Town, updated
    stewardship : Stewardship, updated
    usual : UsualInputs
    rise : float
        Share; 0 brings the usual cost back.
    """
    firms, portfolio = town.economy.firms, stewardship.portfolio
    supply = usual.supply
    if rise > 0.0:
        supply = dearer(supply, rise, town.economy.world, town.ledger.klass)
    town.links.supply = supply
    unit_cost = usual.unit_cost + rise * town.terms.grow_dear(firms, rise)
    factor = unit_cost / firms.unit_cost
    firms.unit_cost = unit_cost
    for number, standing in list(portfolio.standing.items()):
        old, state = standing.arrangement, standing.arrangement.state
        if isinstance(state, InHouse):
            state = replace(state, dear=rise)
        costs = old.costs * factor[old.suppliers]
        portfolio.rewrite(number, old._replace(costs=costs, state=state))
    dear = InputPrices(rise, usual.unit_cost / unit_cost)
    stewardship.own.prices = dear if rise else InputPrices()


def dearer(supply: Network, rise: float, world: int, klass: Int32) -> Network:
    """Return links of supply along which a bill that has risen pays each supplier as before.

    Parameters
    ----------
    supply : Network
        The usual links.
    rise : float
        By which all bills rise, above 0.
    world : int
        The row that receives the rise, and what rounding leaves over: less than 1/65536 of the
        bill for each link.
    klass : int32[n_rows]
        Class of each row.
    """
    start, payee = supply.start, supply.payee
    many = np.diff(start)
    payer = np.repeat(np.arange(many.size), many)
    cum = supply.cum.astype(np.int64)
    steps = np.diff(cum, prepend=0)
    first = start[:-1][many > 0]
    steps[first] = cum[first]
    kept = np.where(payee == world, 0, np.floor(steps / (1.0 + rise))).astype(np.int64)
    rest = CUM_ONE - np.bincount(payer, weights=kept, minlength=many.size).astype(np.int64)
    abroad = np.flatnonzero((many > 0) & (rest > 0))
    payer = np.concatenate([payer[kept > 0], abroad])
    order = np.argsort(payer, kind="stable")
    to = np.concatenate([payee[kept > 0], np.full(abroad.size, world)])[order]
    step, payer = np.concatenate([kept[kept > 0], rest[abroad]])[order], payer[order]
    begin = np.zeros(many.size + 1, dtype=np.int64)
    np.cumsum(np.bincount(payer, minlength=many.size), out=begin[1:])
    before = np.cumsum(many > 0) - 1
    upto = np.cumsum(step) - CUM_ONE * before[payer]
    return build_network(
        Kind.INTERMEDIATE, supply.first, begin.astype(np.int32), to.astype(np.int32),
        upto.astype(np.int32), klass,
    )  # fmt: skip
