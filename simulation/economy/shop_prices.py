"""A shop is paid for the goods it sells, not for its margin: the technology as money moves.

Input-output tables book a household's purchase of goods with their makers and only the margin
with the shop (basic prices, Eurostat Manual of Supply, Use and Input-Output Tables 2008). People
pay the shop, and the shop pays the makers, so who follows money needs gross takings. The change
moves payments, not value added: pay, profit and imports of the nation stay as they were.
"""

from dataclasses import replace

import numpy as np

from scenarios import tables
from scenarios.assumptions import Assumptions
from scenarios.spec import InlineTechnology, Scenario
from simulation.economy.apportion import total

GOODS = ("agriculture", "food_manufacturing", "manufacturing")
"""Trades whose products households buy in shops."""


def technology_of(scenario: Scenario, a: Assumptions) -> tables.Technology:
    """Return the scenario's technology with households' goods bought through shops.

    Parameters
    ----------
    scenario : Scenario
        A technology written in the file is taken as it stands.
    a : Assumptions
        `build.goods_through_shops` (0 keeps the table), `build.imports_through_shops`,
        `build.goods_through_garages`.

    Returns
    -------
    tables.Technology
        Columns of retail and motor trade hold the goods they sell; every column still sums to 1.
    """
    source = scenario.technology_source
    technology = tables.technology(source)
    if isinstance(source, InlineTechnology):
        return technology
    code = tables.sector_code()
    household = np.array(tables.final_demand(source)["household"], dtype=np.float64)
    abroad = technology.household_imports / (1.0 - technology.household_imports) * total(household)
    goods = np.zeros_like(household)
    for name in GOODS:
        goods[code[name]] = household[code[name]] * a["build.goods_through_shops"]
    imported = abroad * a["build.goods_through_shops"] * a["build.imports_through_shops"]
    garages = a["build.goods_through_garages"]
    output = np.array(technology.output_pence, dtype=np.float64) / 100.0
    parts = {
        name: np.array(getattr(technology, name), dtype=np.float64)
        for name in ("A_domestic", "imports", "taxes", "compensation", "surplus")
    }
    bought = household - goods
    for name, share in (("retail", 1.0 - garages), ("motor_trade", garages)):
        shop = code[name]
        takings = output[shop] + share * (total(goods) + imported)
        for column in parts.values():
            column[..., shop] *= output[shop] / takings
        parts["A_domestic"][:, shop] += share * goods / takings
        parts["imports"][shop] += share * imported / takings
        bought[shop] += share * (total(goods) + imported)
        output[shop] = takings
    whole = total(bought)
    return replace(
        technology,
        A_domestic=parts["A_domestic"],
        imports=parts["imports"],
        taxes=parts["taxes"],
        compensation=parts["compensation"],
        surplus=parts["surplus"],
        household_final=bought / whole,
        household_imports=(abroad - imported) / (total(household) + abroad),
        output_pence=np.rint(output * 100.0).astype(np.int64),
    )
