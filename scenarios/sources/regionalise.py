"""What of a nation's inputs a region gets from itself: location quotients, and the regional table.

With E the jobs of region r and nation n, and i selling to j:

- SLQ_i = (E_ir / E_r) / (E_in / E_n), the simple location quotient;
- CILQ_ij = SLQ_i / SLQ_j, and SLQ_i on the diagonal (Smith and Morrison, Simulating the Urban
  Economy, 1974; Miller and Blair, Input-Output Analysis, 2009, ch. 8);
- FLQ_ij = CILQ_ij lambda*, lambda* = [log2(1 + E_r / E_n)]^delta (Flegg and Webber, Regional
  Studies 31, 1997), delta from 0 (no change) to below 1;
- AFLQ_ij = FLQ_ij log2(1 + SLQ_j) where SLQ_j > 1, else FLQ_ij (Flegg and Webber, Regional Studies
  34, 2000): a trade that the region is strong in draws its suppliers near.

A regional coefficient is the national one times the quotient. Quotients are capped at 1; in AFLQ
the cap is on FLQ, before the term of the buyer, which is there to let a coefficient exceed the
nation's. What it adds takes the place of imports, and never more than there are.
"""

from dataclasses import replace
from enum import StrEnum

import numpy as np

from scenarios.sources.io_tables import Float64, IoTable, summed


class Method(StrEnum):
    """Which location quotient."""

    SLQ = "slq"
    CILQ = "cilq"
    FLQ = "flq"
    AFLQ = "aflq"


def simple_quotients(region: Float64, nation: Float64) -> Float64:
    """SLQ of each sector.

    Parameters
    ----------
    region, nation : float64[n]
        Jobs by sector; the nation's hold the region's.

    Returns
    -------
    float64[n]
        0 where the nation has no jobs.
    """
    share = region.sum() / nation.sum()
    out: Float64 = region / np.where(nation > 0.0, nation, 1.0) / share
    return out


def size_weight(region: Float64, nation: Float64, delta: float) -> float:
    """lambda* = [log2(1 + E_r / E_n)]^delta: 1 for the whole nation, less for a small region."""
    return float(np.log2(1.0 + region.sum() / nation.sum()) ** delta)


def cross_quotients(slq: Float64) -> Float64:
    """CILQ of each seller (row) and buyer (column), SLQ of the seller on the diagonal.

    A seller that the region lacks has 0; one that sells to a buyer that it lacks, 1.
    """
    sells = slq[:, None] > 0.0
    out = np.where(sells, 1.0, 0.0) * np.ones_like(slq)
    with np.errstate(over="ignore"):
        np.divide(slq[:, None], slq[None, :], out=out, where=(slq[None, :] > 0.0) & sells)
    np.fill_diagonal(out, slq)
    return out


def quotients(region: Float64, nation: Float64, method: Method, delta: float) -> Float64:
    """Work out by what each national coefficient is multiplied.

    Parameters
    ----------
    region, nation : float64[n]
        Jobs by sector.
    method : Method
    delta : float
        Of FLQ and AFLQ, in [0, 1).

    Returns
    -------
    float64[n, n]
        Row sells, column buys; between 0 and 1, but for AFLQ.
    """
    slq = simple_quotients(region, nation)
    if method is Method.SLQ:
        return np.minimum(np.repeat(slq[:, None], slq.size, axis=1), 1.0)
    cross = cross_quotients(slq)
    if method is Method.CILQ:
        return np.minimum(cross, 1.0)
    capped = np.minimum(cross * size_weight(region, nation, delta), 1.0)
    if method is Method.FLQ:
        return capped
    return capped * np.where(slq > 1.0, np.log2(1.0 + slq), 1.0)[None, :]


def regional_table(
    table: IoTable, region: Float64, nation: Float64, method: Method, delta: float
) -> IoTable:
    """Make the table of a region from that of its nation.

    Output of a sector is the nation's times the region's share of its jobs. What the region does
    not supply of an input is an import from the rest of the nation. Households, charities, councils
    and investors buy as the nation's do, from the region as far as SLQ allows; what is left of
    output is exported, to the rest of the nation or abroad, and so every row and column balances.

    Parameters
    ----------
    table : IoTable
        Of the nation, domestic use.
    region, nation : float64[n]
        Jobs by the table's industries.
    method : Method
    delta : float

    Returns
    -------
    IoTable
        Exports are what is left, and may be negative where the quotients give the region more
        customers than output; a note then says where.
    """
    share = region / np.where(nation > 0.0, nation, 1.0)
    size = float(region.sum() / nation.sum())
    output = table.output * share
    nothing = np.zeros_like(output)
    wanted = table.coefficients * output
    primary = {item: values * share for item, values in table.primary.items()}
    abroad = primary.get("imports", nothing)
    inputs = wanted.sum(axis=0) + abroad + primary.get("imports_nation", nothing)
    flows = wanted * quotients(region, nation, method, delta)
    flows = flows * _within(flows.sum(axis=0), inputs)
    came = inputs - flows.sum(axis=0)
    primary["imports"] = np.minimum(abroad, came)
    primary["imports_nation"] = came - primary["imports"]
    near = np.minimum(simple_quotients(region, nation), 1.0)
    bought = {item: v * size for item, v in table.final.items() if item != "exports"}
    final = {item: values * near for item, values in bought.items()}
    household = {item: value * size for item, value in table.household.items()}
    elsewhere = float((bought.get("household", nothing) * (1.0 - near)).sum())
    household["imports_nation"] = household.get("imports_nation", 0.0) + elsewhere
    exports = output - summed([flows.sum(axis=1), *final.values()])
    return replace(
        table,
        flows=flows,
        primary=primary,
        final={**final, "exports": exports},
        household=household,
        output=output,
        notes=(*table.notes, *_oversold(table, exports, output)),
    )


def _within(used: Float64, most: Float64) -> Float64:
    return np.minimum(most / np.where(used > 0.0, used, 1.0), 1.0)


def _oversold(table: IoTable, exports: Float64, output: Float64) -> list[str]:
    short = exports < -1e-9 * np.maximum(output, 1.0)
    if not short.any():
        return []
    told = ", ".join(table.codes[k] for k in np.flatnonzero(short))
    return [f"Exports are negative, so the region has more customers than output, in: {told}."]
