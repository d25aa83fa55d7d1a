"""How the economy makes things: what each sector buys, imports, pays in taxes and wages, and keeps.

The national table is the ONS industry by industry analytical table of 2019 (domestic use, basic
prices), grouped to the 32 sectors, without the imputed rent of owner-occupiers. A place may have
a file of its own (`poundflow import io`), and a small one may write its own in the scenario. After
Leontief: one column a sector, whose parts sum to 1.
"""

from dataclasses import dataclass
from functools import cache
from math import fsum

import numpy as np

from scenarios.spec.technology import InlineTechnology
from scenarios.tables.classifications import sector_code, sectors
from scenarios.tables.reading import Float64, Int64, UnknownRowError, frozen, numbers, rows
from scenarios.technology_file import BUYERS, PARTS, TechnologyFile, TechnologyTable

HEADINGS = {
    "household": "household_final",
    "npish": "npish_final",
    "government": "government_final",
}
"""What the shipped table calls some buyers."""

TECHNOLOGIES = ("uk_2019",)
"""Names that a scenario may give as its `technology`."""

PENCE_PER_MILLION = 100_000_000


@dataclass(frozen=True, slots=True)
class Technology:
    """Technical coefficients of a national economy; S sectors in order of code.

    Columns of sectors that the table leaves out are zero. In every other column `A_domestic`,
    `imports`, `taxes`, `compensation` and `surplus` sum to 1.

    Attributes
    ----------
    A_domestic : float64[S, S]
        Input from the row's sector per pound of output of the column's.
    imports : float64[S]
        Imported inputs per pound of output.
    taxes : float64[S]
        Taxes less subsidies on products and production per pound of output; negative where
        subsidies outweigh taxes (farming).
    compensation : float64[S]
        Pay, employers' National Insurance and pension contributions per pound of output.
    surplus : float64[S]
        Gross operating surplus and mixed income per pound of output.
    household_final : float64[S]
        Shares of what households buy from domestic sectors (basic prices, so margins stand with
        shops and hauliers, and taxes on products are left out); sum 1.
    household_imports : float
        Imports bought by households per pound of domestic purchases and imports together.
    household_taxes : float
        Taxes on products per pound of domestic purchases and imports together.
    output_pence : int64[S]
        National output of the year [pence].
    jobs : float64[S]
        National jobs [number].
    """

    A_domestic: Float64
    imports: Float64
    taxes: Float64
    compensation: Float64
    surplus: Float64
    household_final: Float64
    household_imports: float
    household_taxes: float
    output_pence: Int64
    jobs: Float64


def technology(source: str | InlineTechnology | TechnologyFile) -> Technology:
    """Load a technology by name or from a file, or fill out one written in a scenario.

    Parameters
    ----------
    source : str, InlineTechnology or TechnologyFile
        `uk_2019`, the `[technology]` table of a scenario, or a file that it names.

    Returns
    -------
    Technology
        Arrays are read-only.

    Raises
    ------
    UnknownRowError
        When there is no table of that name.
    """
    if isinstance(source, InlineTechnology):
        return _inline(source)
    return _of_flows(source)


@cache
def final_demand(source: str | TechnologyFile = "uk_2019") -> dict[str, Float64]:
    """Say who else buys each sector's output.

    Parameters
    ----------
    source : str or TechnologyFile, default "uk_2019"
        A national table, or one in a file.

    Returns
    -------
    dict of str to float64[S]
        `household`, `npish`, `government`, `capital_formation`, `inventories_valuables` and
        `exports`, each the domestic product bought in the year [pounds].
    """
    final = flows_of(source).final
    return {
        buyer: numbers(final[buyer].get(sector.id, 0.0) * 1_000_000 for sector in sectors())
        for buyer in BUYERS
    }


@cache
def flows_of(source: str | TechnologyFile) -> TechnologyTable:
    """Give the flows of a national table, or of one in a file [GBP million].

    Raises
    ------
    UnknownRowError
        When there is no table of that name.
    """
    if isinstance(source, TechnologyFile):
        return source.table
    if source not in TECHNOLOGIES:
        raise UnknownRowError(source, "technology_*", TECHNOLOGIES)
    table = {row["sector"]: row for row in rows(f"technology_{source}_sectors")}

    def column(heading: str) -> dict[str, float]:
        return {name: float(row[heading]) for name, row in table.items()}

    flows: dict[str, dict[str, float]] = {name: {} for name in table}
    for row in rows(f"technology_{source}_flows"):
        flows[row["seller"]][row["buyer"]] = float(row["million_pounds"])
    bought = rows(f"technology_{source}_households")
    return TechnologyTable(
        flows=flows,
        parts={part: column(part) for part in PARTS if part != "imports_nation"},
        final={buyer: column(HEADINGS.get(buyer, buyer)) for buyer in BUYERS},
        household={row["item"]: float(row["million_pounds"]) for row in bought},
        output=column("output"),
        jobs=column("jobs"),
    )


@cache
def _of_flows(source: str | TechnologyFile) -> Technology:
    """Divide the flows of a table by the sum of their own column, so that rounding never shows."""
    code = sector_code()
    table = flows_of(source)
    flows = np.zeros((len(code), len(code)))
    for seller, row in table.flows.items():
        for buyer, value in row.items():
            flows[code[seller], code[buyer]] = value
    part = {
        name: np.array([values.get(sector, 0.0) for sector in code])
        for name, values in table.parts.items()
    }
    came = part.pop("imports_nation", None)
    if came is not None:
        part["imports"] = part["imports"] + came
    whole = np.array(
        [fsum([*flows[:, k].tolist(), *(one[k] for one in part.values())]) for k in code.values()]
    )
    whole = np.where(whole > 0.0, whole, 1.0)
    final = np.array([table.final["household"].get(sector, 0.0) for sector in code])
    bought = table.household
    imports = bought["imports"] + bought.get("imports_nation", 0.0)
    before_tax = bought.get("domestic", fsum(final.tolist())) + imports
    return Technology(
        A_domestic=frozen(flows / whole),
        imports=frozen(part["imports"] / whole),
        taxes=frozen((part["taxes_products"] + part["taxes_production"]) / whole),
        compensation=frozen(part["compensation"] / whole),
        surplus=frozen(part["surplus"] / whole),
        household_final=frozen(final / fsum(final.tolist())),
        household_imports=imports / before_tax,
        household_taxes=bought["taxes_products"] / before_tax,
        output_pence=_pence([table.output.get(s, 0.0) * PENCE_PER_MILLION for s in code]),
        jobs=numbers(table.jobs.get(sector, 0.0) for sector in code),
    )


def _inline(source: InlineTechnology) -> Technology:
    """Spread a sparse table over all sectors."""
    code = sector_code()
    flows = np.zeros((len(code), len(code)))
    for buyer, inputs in source.A_domestic.items():
        for seller, share in inputs.items():
            flows[code[seller], code[buyer]] = share

    def spread(values: dict[str, float]) -> Float64:
        return numbers(values.get(sector.id, 0.0) for sector in sectors())

    return Technology(
        A_domestic=frozen(flows),
        imports=spread(source.imports),
        taxes=spread(source.taxes),
        compensation=spread(source.compensation),
        surplus=spread(source.surplus),
        household_final=spread(source.household_final),
        household_imports=source.household_imports,
        household_taxes=0.0,
        output_pence=_pence([100.0 * source.output.get(sector.id, 0.0) for sector in sectors()]),
        jobs=spread(source.jobs),
    )


def _pence(values: list[float]) -> Int64:
    out: Int64 = np.rint(np.array(values)).astype(np.int64)
    out.setflags(write=False)
    return out
