"""Jobs by sector in each council area of Scotland and each district of Northern Ireland, 2019.

Scotland's are published by division. Northern Ireland's are published by section, a few of them
held back, without farms, whose jobs stand in an annex; a section is parted into sectors as in
Northern Ireland as a whole, and the published total of each district is kept to the job.
"""

from collections.abc import Mapping
from pathlib import Path

from scenarios.tables.classifications import sectors
from scenarios.tables.derive.apportion import apportion
from scenarios.tables.derive.published import Row, number, sheet_rows, whole
from scenarios.tables.reading import rows

SCOTLAND = "bres-employment/Scotland_BRES_2019_Employment.xlsx"
NORTHERN_IRELAND = "bres-employment/NI_BRES_2019.xlsx"
TOTAL = "H"
TOTAL_OF_SECTION = "I"
HELD_BACK = "*"
FARMS = "agriculture"
SECTIONS = {
    "A": 3, "B": 9, "C": 33, "D": 35, "E": 39, "F": 43, "G": 47, "H": 53, "I": 56, "J": 63, "K": 66,
    "L": 68, "M": 75, "N": 82, "O": 84, "P": 85, "Q": 88, "R": 93, "S": 98,
}  # fmt: skip
"""Section of the classification -> its last division; households' own staff is counted with S."""

Jobs = dict[str, dict[str, int]]


def by_district(folder: Path, names: Mapping[str, str]) -> Jobs:
    """Jobs by ONS code and sector.

    Parameters
    ----------
    folder : Path
        Data folder.
    names : mapping of str to str
        ONS code -> name, of all districts beyond England.

    Returns
    -------
    dict of dict
        ONS code -> sector -> jobs, Northern Ireland first.
    """
    codes = {name: code for code, name in names.items()}
    return northern_ireland(folder, codes) | scotland(folder, codes)


def scotland(folder: Path, codes: Mapping[str, str]) -> Jobs:
    """Employment: divisions summed to sectors, each of them rounded by the publisher."""
    table = sheet_rows(folder, SCOTLAND, "Data")
    head = next(row for row in table if row.get("A") == "Industry")
    columns = {codes[name]: column for column, name in head.items() if name in codes}
    sector_of = {division: one.id for one in sectors() for division in one.sic_divisions}
    out = {code: {one.id: 0 for one in sectors()} for code in sorted(columns)}
    for row in table:
        division = row.get("A", "").partition(" : ")[0]
        if division.isdigit() and int(division) in sector_of:
            for code, jobs in out.items():
                jobs[sector_of[int(division)]] += whole(row[columns[code]])
    return out


def northern_ireland(folder: Path, codes: Mapping[str, str]) -> Jobs:
    """Employee jobs: sections parted into sectors, and farms from the annex."""

    def counted(sheet: str) -> dict[str, int]:
        table = sheet_rows(folder, NORTHERN_IRELAND, sheet)
        found = {_plain(row.get("A", "")): row for row in table}
        return {codes[name]: whole(row[TOTAL]) for name, row in found.items() if name in codes}

    totals, farms = counted("DCA"), counted("Annex 1")
    known = _by_section(sheet_rows(folder, NORTHERN_IRELAND, "DCA by Section"), codes)
    nation = {
        row["A"]: whole(row[TOTAL])
        for row in sheet_rows(folder, NORTHERN_IRELAND, "Section")
        if row.get("A") in SECTIONS
    }
    weights = {row["sector"]: int(row["northern-ireland"]) for row in rows("nations_jobs")}
    inside = {section: {s: weights[s] for s in _sectors_of(section)} for section in SECTIONS}
    out: Jobs = {}
    for code, sections in filled(known, totals, nation).items():
        jobs = dict.fromkeys(weights, 0)
        for section, many in sections.items():
            jobs |= apportion(many, inside[section])
        jobs[FARMS] += farms[code]
        out[code] = jobs
    return out


def filled(
    known: Mapping[str, Mapping[str, int]], totals: Mapping[str, int], nation: Mapping[str, int]
) -> Jobs:
    """Give sections that were held back what is missing to the total, and keep the total.

    Parameters
    ----------
    known : mapping of mapping
        ONS code -> section -> jobs, without those held back.
    totals : mapping of str to int
        ONS code -> all jobs.
    nation : mapping of str to int
        Section -> jobs in all districts.

    Returns
    -------
    dict of dict
        ONS code -> section -> jobs, sum `totals`. Sections held back share what is missing by what
        the nation has beyond the districts known; where nothing is missing, they have none.
    """
    beyond = {
        section: max(many - sum(row.get(section, 0) for row in known.values()), 1)
        for section, many in nation.items()
    }
    out: Jobs = {}
    for code, row in known.items():
        hidden = {section: beyond[section] for section in nation if section not in row}
        missing = max(totals[code] - sum(row.values()), 0) if hidden else 0
        whole_row = dict(row) | apportion(missing, hidden)
        out[code] = apportion(totals[code], whole_row)
    return out


def _by_section(table: list[Row], codes: Mapping[str, str]) -> Jobs:
    out: Jobs = {}
    for row in table:
        name, many = _plain(row.get("A", "")), number(row.get(TOTAL_OF_SECTION, HELD_BACK))
        if name in codes and many is not None:
            out.setdefault(codes[name], {})[row["B"]] = int(many)
    return dict(sorted(out.items()))


def _sectors_of(section: str) -> list[str]:
    """Sectors whose first division lies in a section."""
    last = SECTIONS[section]
    first = max((end for end in SECTIONS.values() if end < last), default=0)
    return [one.id for one in sectors() if first < one.sic_divisions[0] <= last]


def _plain(name: str) -> str:
    return name.replace("&", "and")
