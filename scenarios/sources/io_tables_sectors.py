"""An input-output table brought to the sectors of the tool, every balance kept.

Industries are added up by the SIC divisions that scenarios/tables/sectors.csv gives to each sector.
An industry that spans several sectors (OECD tables have one for all shops and garages) is split
among them by their output in the shipped table of the United Kingdom, buying and selling alike, so
that sums stay as they are. A file of codes can say otherwise.

The rent that owner-occupiers pay themselves is left out, as in the shipped table: what is bought
for their homes is what households buy.
"""

from collections.abc import Mapping
from dataclasses import replace
from math import fsum
from pathlib import Path

import numpy as np

from scenarios.errors import Fault
from scenarios.nearest import did_you_mean
from scenarios.sources.io_tables import Float64, IoTable
from scenarios.sources.io_tables_grid import IoTableError, read_columns
from scenarios.sources.io_tables_labels import OWN_HOMES, divisions, key_of
from scenarios.tables import sector_code, sectors
from scenarios.tables.technologies import flows_of

Shares = Mapping[str, Mapping[str, float]]
"""Code of an industry -> sector -> share of it."""

HEADING = ("code", "sector", "share")
SHARE_TOLERANCE = 1e-6
SOLD = 1e-6
"""Share of imputed rent that may be sold to industries, for it to be what nobody pays."""

SPLIT = ("compensation", "surplus", "taxes_production")
"""What value added is parted into where a table does not part it."""

NATIONAL = "uk_2019"


def default_shares(table: IoTable, path: str) -> tuple[dict[str, dict[str, float]], list[str]]:
    """Say from the codes of industries which sectors they are of.

    Parameters
    ----------
    table : IoTable
    path : str
        Name of the file, for faults.

    Returns
    -------
    shares : dict
        Code -> sector -> share, summing to 1.
    split : list of str
        Codes that span several sectors.

    Raises
    ------
    IoTableError
        With every industry whose code names no division of SIC 2007.
    """
    of_division = {number: one.id for one in sectors() for number in one.sic_divisions}
    output = flows_of(NATIONAL).output
    shares: dict[str, dict[str, float]] = {}
    faults = []
    for code, name in zip(table.codes, table.names, strict=True):
        found = dict.fromkeys(of_division[n] for n in divisions(code) if n in of_division)
        if not found:
            hint = "Say what each code is with --aggregate MAP.csv (code,sector,share)."
            found_text = f'the industry "{code}" ({name})'
            faults.append(Fault(path, None, None, "", found_text, "a code of SIC 2007", hint))
            continue
        whole = fsum(output[sector] for sector in found)
        shares[code] = {sector: output[sector] / whole for sector in found}
    if faults:
        raise IoTableError(faults)
    return shares, [code for code, parts in shares.items() if len(parts) > 1]


def read_shares(path: Path, table: IoTable) -> dict[str, dict[str, float]]:
    """Read a file that says which sectors the industries of a table are of.

    Parameters
    ----------
    path : Path
        CSV with the columns code, sector and, where an industry is of several, share.
    table : IoTable
        Whose codes must all stand in it.

    Raises
    ------
    IoTableError
        With everything wrong.
    """
    lines = read_columns(path, ("code", "sector"), HEADING)
    faults: list[Fault] = []
    codes = {key_of(code): code for code in table.codes}
    shares: dict[str, dict[str, float]] = {}
    for line, row in lines:
        code, sector = codes.get(key_of(row["code"] or "")), (row["sector"] or "").strip()
        share = _share(row.get("share"))
        if code is None:
            found, wanted = f'the code "{row["code"]}"', "a code of the table"
            faults.append(Fault(str(path), line, None, "code", found, wanted))
        if sector not in sector_code():
            hint = did_you_mean(sector, sector_code())
            faults.append(
                Fault(str(path), line, None, "sector", f'"{sector}"', "a sector id", hint)
            )
        if share is None:
            wanted = "a share above 0 and up to 1"
            faults.append(Fault(str(path), line, None, "share", f'"{row["share"]}"', wanted))
        if code is not None and share is not None:
            parts = shares.setdefault(code, {})
            parts[sector] = parts.get(sector, 0.0) + share
    for code in table.codes:
        whole = fsum(shares.get(code, {}).values())
        if abs(whole - 1.0) > SHARE_TOLERANCE:
            found = f"shares of {code} that sum to {whole:g}"
            faults.append(Fault(str(path), None, None, "", found, "1 for each code of the table"))
    if faults:
        raise IoTableError(faults)
    return shares


def _share(text: str | None) -> float | None:
    if text is None or not text.strip():
        return 1.0
    try:
        value = float(text)
    except ValueError:
        return None
    return value if 0.0 < value <= 1.0 else None


def without_own_homes(table: IoTable) -> IoTable:
    """Take the rent that owner-occupiers pay themselves out of a table that has it apart.

    What the industry buys becomes what households buy; its output, which is no payment, goes.
    """
    own = [bool(OWN_HOMES.search(name)) and not _excluded(name) for name in table.names]
    found, stay = np.flatnonzero(own), np.flatnonzero(np.logical_not(own))
    if not found.size:
        note = "No industry of imputed rent stands apart: real estate holds what there is of it."
        return replace(table, notes=(*table.notes, note))
    sold = table.flows[np.ix_(found, stay)].sum()
    if sold > SOLD * table.output[found].sum():
        note = "Imputed rent is sold to industries here, so it was left where it stands."
        return replace(table, notes=(*table.notes, note))
    final = {item: values[stay] for item, values in table.final.items()}
    bought = table.flows[np.ix_(stay, found)].sum(axis=1)
    final["household"] = final.get("household", 0.0) + bought
    household = {
        item: value + float(table.primary[item][found].sum()) if item in table.primary else value
        for item, value in table.household.items()
    }
    rent = table.output[found].sum()
    note = f"Imputed rent of owner-occupiers ({rent:,.0f} million) is left out."
    return replace(
        table,
        codes=tuple(table.codes[k] for k in stay),
        names=tuple(table.names[k] for k in stay),
        flows=table.flows[np.ix_(stay, stay)],
        primary={item: values[stay] for item, values in table.primary.items()},
        final=final,
        household=household,
        output=table.output[stay],
        notes=(*table.notes, note),
    )


def _excluded(name: str) -> bool:
    """Whether a name says that the rent is what it leaves out."""
    return "exclud" in name.casefold() or "without" in name.casefold()


def to_sectors(table: IoTable, shares: Shares) -> IoTable:
    """Add the industries of a table up to sectors.

    Parameters
    ----------
    table : IoTable
        n industries.
    shares : mapping
        Code -> sector -> share of the industry, summing to 1.

    Returns
    -------
    IoTable
        S sectors in order of code. With M[S, n] the shares, flows are M Z M', everything else is
        M times itself, so each sum of a row or a column stays what it was.
    """
    matrix = shares_matrix(table, shares)
    return replace(
        table,
        codes=tuple(one.id for one in sectors()),
        names=tuple(one.name for one in sectors()),
        flows=matrix @ table.flows @ matrix.T,
        primary={item: matrix @ values for item, values in table.primary.items()},
        final={item: matrix @ values for item, values in table.final.items()},
        output=matrix @ table.output,
    )


def shares_matrix(table: IoTable, shares: Shares) -> Float64:
    """Share of each industry in each sector, float64[S, n]; columns sum to 1."""
    matrix = np.zeros((len(sectors()), len(table.codes)))
    for k, code in enumerate(table.codes):
        for sector, share in shares[code].items():
            matrix[sector_code()[sector], k] = share
    return matrix


def with_value_added_parted(table: IoTable) -> IoTable:
    """Part value added of sectors into pay, surplus and taxes as in the shipped national table.

    A table that parts it is returned as it is.
    """
    if "value_added" not in table.primary:
        return table
    parts = flows_of(NATIONAL).parts
    known = np.array([[parts[item][sector] for sector in table.codes] for item in SPLIT])
    shares = known / known.sum(axis=0)
    whole = table.primary["value_added"]
    primary = {k: v for k, v in table.primary.items() if k != "value_added"}
    primary |= {item: share * whole for item, share in zip(SPLIT, shares, strict=True)}
    note = f"Value added is parted into pay, surplus and taxes as in {NATIONAL}."
    return replace(table, primary=primary, notes=(*table.notes, note))


def national_jobs(table: IoTable) -> Float64:
    """Jobs of each sector at the output per job of the shipped national table, float64[S]."""
    known = flows_of(NATIONAL)
    per_million = np.array([known.jobs[s] / known.output[s] for s in table.codes])
    out: Float64 = table.output * per_million
    return out
