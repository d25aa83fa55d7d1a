"""Published files made up from the shipped tables, so that they say what the tables say.

Where a district was joined from several, each part is given an equal share of what it has.
"""

import csv
import json
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from scenarios.tables.classifications import sectors
from scenarios.tables.derive import figures, former, homes, nation_districts, nation_jobs, nations
from scenarios.tables.derive.assemble import BOUNDARIES, COMBINED
from scenarios.tables.derive.budgets import RETURNS
from scenarios.tables.derive.parts import COUNCILS, REGIONS, area_id
from scenarios.tables.derive.value_added import TABLE
from scenarios.tables.reading import rows
from scenarios.tables.sector_groups import sector_groups
from tests.scenarios.sources.books import book

Cells = Mapping[str, object]
TYPES = {"unitary": "UA", "district": "NMD", "metropolitan": "MD", "london_borough": "LBO"}
GREATER_LONDON = "GLA"
HIDDEN = ("N09000001", "B")
"""A section that is held back in one district."""

DISTRICTS = {row["code"]: row for row in rows("districts")}
BEYOND = {row["code"]: row for row in rows("nations_districts")}
ENDED = {row["code"]: row["district"] for row in rows("districts_former")}
MEMBERS = {row["code"]: row["itl3"] for row in rows("itl3_members")}
HOME = {code: code if code in DISTRICTS else ENDED[code] for code in MEMBERS}
"""Part of December 2022 -> its district of April 2023."""
HOMES_NOW = "households_2024"
PARTS = {home: [code for code in HOME if HOME[code] == home] for home in DISTRICTS}


def write_sources(folder: Path) -> None:
    """Write every file that the tables are derived from."""
    _places(folder)
    _people(folder)
    _money(folder)
    _jobs(folder)


def share_of(code: str, column: str) -> int:
    """What a part of December 2022 has of a count of its district."""
    inside = PARTS[HOME[code]]
    whole, rest = divmod(int(DISTRICTS[HOME[code]][column]), len(inside))
    return whole + (rest if code == inside[0] else 0)


def _places(folder: Path) -> None:
    land: list[Cells] = []
    for code in MEMBERS:
        home = DISTRICTS[HOME[code]]
        size = float(home["area_km2"]) * 1e6 / len(PARTS[HOME[code]])
        land.append(_shape(code, home, size))
    land += [_shape(code, row, float(row["area_km2"]) * 1e6) for code, row in BEYOND.items()]
    parents = rows("districts_parents")
    named = {row["code"]: row["name"] for row in parents}
    _table(folder / BOUNDARIES, land)
    _table(folder / REGIONS, [
        {"LAD22CD": code, "LAD22NM": code, "RGN22CD": DISTRICTS[home]["region"],
         "RGN22NM": named[DISTRICTS[home]["region"]]}
        for code, home in HOME.items()
    ])  # fmt: skip
    _table(folder / COMBINED, [
        {"LAD22CD": code, "CAUTH22CD": row["combined"], "CAUTH22NM": named[row["combined"]]}
        for code, row in DISTRICTS.items() if row["combined"] and row["kind"] != "london_borough"
    ])  # fmt: skip
    _table(folder / COUNCILS, [*_councils(parents), *_councils_beyond()])


def _shape(code: str, row: Mapping[str, str], size: float) -> Cells:
    return {"LAD22CD": code, "LAD22NM": row["name"], "Shape__Area": size,
            "BNG_E": row["easting_m"], "BNG_N": row["northing_m"]}  # fmt: skip


def _council(code: str, name: str, kind: str, **more: str) -> dict[str, str]:
    """A line of the list of councils; the letters of a council are its code."""
    return dict.fromkeys(
        ("replaced-by", "former-gss-codes", "end-date", "county-la", "combined-authority", "snac"),
        "",
    ) | {
        "nation": "England", "local-authority-code": code, "gss-code": code, "nice-name": name,
        "official-name": name, "local-authority-type": kind, "current-authority": "True",
    } | more  # fmt: skip


def _councils(parents: Sequence[Mapping[str, str]]) -> list[dict[str, str]]:
    out = [
        _council(code, row["name"], TYPES[row["kind"]], **{
            "county-la": row["county"],
            "combined-authority": GREATER_LONDON if row["kind"] == "london_borough" else "",
        })
        for code, row in DISTRICTS.items()
    ]  # fmt: skip
    for row in parents:
        if row["kind"] == "county":
            out.append(_council(row["code"], row["name"], "CTY"))
        if row["kind"] == "greater_london":
            letters = {"local-authority-code": GREATER_LONDON}
            out.append(_council(row["code"], row["name"], "SRA", **letters))
    for row in rows("counties_former"):
        heirs = ",".join(row["districts"].split())
        out.append(_ended(_council(row["code"], row["name"], "CTY"), row["ended"], heirs))
    gone = [row for row in rows("districts_former") if row["ended"]]
    for row in gone:
        out.append(_ended(_council(row["code"], row["name"], "NMD"), row["ended"], row["district"]))
    for row in rows("districts_former"):
        if not row["ended"]:
            now = next(one for one in out if one["nice-name"] == row["name"])
            now["former-gss-codes"] = ",".join(filter(None, (now["former-gss-codes"], row["code"])))
    return out


def _ended(council: dict[str, str], year: str, heirs: str) -> dict[str, str]:
    return council | {
        "current-authority": "False", "end-date": f"{year}-03-31", "replaced-by": heirs
    }  # fmt: skip


def _councils_beyond() -> list[dict[str, str]]:
    """Councils of the other nations; a former one of Northern Ireland has letters of its own."""
    out = []
    letters = {code: [*joined] for code, joined in former.JOINED.items()}
    for row in rows("nations_former"):
        name, now = row["name"], row["district"]
        if row["code"] in former.RENUMBERED:
            continue
        if row["ended"]:
            more = {"local-authority-code": f"NIR-{letters[now].pop(0)}", "snac": row["code"]}
            out.append(_ended(_council("", name, "NID", **more), row["ended"], ""))
        else:
            out.append(_council(now, name, "SCO", **{"former-gss-codes": row["code"]}))
    return [row | {"nation": "beyond"} for row in out]


def _people(folder: Path) -> None:
    _table(folder / figures.AGES, [
        {"code": code, "name": row["name"],
         "all": row["population_2023" if code in DISTRICTS else "population"],
         **dict.fromkeys(map(str, figures.WORKING_AGES), 0),
         "16": row.get("working_age_2023") or row.get("working_age") or 0}
        for code, row in (DISTRICTS | BEYOND).items()
    ])  # fmt: skip
    _document(folder / figures.LATEST, {
        "populations": {_key(row["name"]): row["population_2024"] for row in DISTRICTS.values()}
    })  # fmt: skip
    for column, name in figures.ENTERPRISES.items():
        counts = {code: share_of(code, column) for code in MEMBERS}
        counts |= {code: int(row.get(column, 0)) for code, row in BEYOND.items()}
        _table(folder / name, [{"code": code, "2022": many} for code, many in counts.items()])
    counted = {code: share_of(code, "households_2021") for code in MEMBERS}
    counted |= {code: int(row["households_2021"]) for code, row in BEYOND.items()
                if code.startswith("W")}  # fmt: skip
    _book(folder / homes.CENSUS, {"Dataset": [[code, "", n] for code, n in counted.items()]})
    _table(folder / homes.RESIDENTS, list(_residents()))


def _residents() -> Iterable[Cells]:
    """Residents by ITL area: so many in 2021 that homes grew as the table says."""
    crossed = _lies_in()
    inside: dict[str, set[str]] = {}
    for home, areas in crossed.items():
        for area in areas:
            inside.setdefault(area, set()).add(home)
    for area, districts in inside.items():
        halves = max(len(crossed[home]) for home in districts)
        then = _before([DISTRICTS[code] for code in districts], "population_2024", HOMES_NOW)
        yield {"ITL": "ITL3", "ITL code": area, "2021": then // halves}
    for row in rows("nations_itl2"):
        yield {"ITL": "ITL2", "ITL code": row["code"], "Region name": row["name"]}
    members = nation_districts.members()
    for area in sorted({*members.values()}):
        districts = [row for code, row in BEYOND.items() if members[code] == area]
        then = _before(districts, "population", "households") if area.startswith("TLL") else ""
        now = sum(int(row["population"]) for row in districts)
        yield {"ITL": "ITL3", "ITL code": area, "2021": then, "2022": now}
    people = {row["id"]: row["population_2022"] for row in rows("nations")}
    for name, (_, title, itl) in nations.NATIONS.items():
        yield {"ITL": "ITL0", "ITL code": itl, "Region name": title, "2022": people[name]}


def _lies_in() -> dict[str, set[str]]:
    """ITL3 areas of each district of England; those of Cumbria cross two."""
    out: dict[str, set[str]] = {}
    for code, area in MEMBERS.items():
        out.setdefault(HOME[code], set()).add(area)
    return out


def _before(districts: list[dict[str, str]], people: str, now: str) -> int:
    total = {key: sum(int(row[key]) for row in districts) for key in (people, now)}
    then = sum(int(row["households_2021"]) for row in districts)
    return round(total[people] * then / total[now])


def _money(folder: Path) -> None:
    lines: list[dict[str, object]] = []
    for code, row in (DISTRICTS | BEYOND).items():
        said = [row[f"{name}_2022"] for name in ("taxpayers", "income_mean", "income_median")]
        if not said[0]:  # a filler: now the row above, now a mean of all
            above = [*lines[-1].values()][2:]
            said = above if len(lines) % 2 else [123_456, 1, 1]
        names = ("total_income_count", "total_income_mean", "total_income_median")
        lines.append({"code": code, "name": code} | dict(zip(names, said, strict=True)))
    _table(folder / figures.INCOMES, lines)
    pay = [
        ["", code, "", "", float(row["pay_median_2024"] or 0) or "#",
         float(row["pay_error_2024"] or 0) or "#"]
        for code, row in DISTRICTS.items()
    ]  # fmt: skip
    _book(folder / figures.PAY, {"Data": [["Pay"], *pay]})
    _table(folder / figures.NORTHERN_PAY, [
        {"geography_code": code, "variable_name": f"{mean}_weekly_wage",
         "value": row[f"weekly_pay_{mean}_2023"] or "x"}
        for code, row in DISTRICTS.items() for mean in ("mean", "median")
    ])  # fmt: skip
    budgets = rows("districts_budgets")
    names = {code: row["name"] for code, row in DISTRICTS.items()}
    names |= {row["code"]: row["name"] for row in rows("districts_parents")}
    _document(folder / RETURNS, {"categories": [
        {"cat": cat, "councils": [
            {"slug": _key(names[row["code"]]), "amount": float(row[cat])}
            for row in budgets if row[cat]
        ]}
        for cat in budgets[0] if cat != "code"
    ]})  # fmt: skip
    _table(folder / TABLE, list(_value_added()))


def _value_added() -> Iterable[Cells]:
    """Value added of ITL3 areas; where a district crosses two, each has half of it."""
    crossed = _lies_in()
    made = [(crossed[row["code"]], row) for row in rows("districts_value_added")]
    members = nation_districts.members()
    made += [({members[row["code"]]}, row) for row in rows("nations_value_added")]
    for group in sector_groups():
        tenths: dict[tuple[str, ...], int] = {}
        for areas, row in made:
            share = round(10 * float(row[group.group]))
            tenths[tuple(sorted(areas))] = tenths.get(tuple(sorted(areas)), 0) + share
        for areas, many in tenths.items():
            each, rest = divmod(round(many / 10), len(areas))
            for area in areas:
                yield {
                    "ITL code": area,
                    "SIC07 code": group.itl_codes[0],
                    "2022": each + (rest if area == areas[0] else 0),
                }
    yield {"ITL code": "TLC11", "SIC07 code": "Total", "2022": 1}


def _jobs(folder: Path) -> None:
    full_time = {row["code"]: row["full_time_2021"] for row in rows("itl2_jobs")}
    counted: list[Cells] = [
        {"DATE": "2021", "GEOGRAPHY_NAME": row["name"].upper(), "COUNT": full_time[row["code"]]}
        for row in rows("itl2")
    ]
    counted += [
        {"DATE": "2021", "GEOGRAPHY_NAME": nation_districts.CALLED.get(row["name"], row["name"]),
         "COUNT": row["full_time_2021"]}
        for row in rows("nations_itl2") if row["full_time_2021"]
    ]  # fmt: skip
    counted.append({"DATE": "2020", "GEOGRAPHY_NAME": "Elsewhere", "COUNT": "1"})
    _table(folder / nations.FULL_TIME, counted)
    first = {one.id: f"{one.sic_divisions[0]:02d} : {one.id}" for one in sectors()}
    _book(folder / nations.JOBS, {"Data": [["Industry"], *(
        [first[row["sector"]], "", "", row["england"], "", row["wales"], "", row["scotland"],
         "", "", "", row["northern-ireland"]]
        for row in rows("nations_jobs")
    )]})  # fmt: skip
    jobs = {row["code"]: row for row in rows("nations_districts_jobs")}
    scots = [code for code in jobs if code.startswith("S")]
    _book(folder / nation_jobs.SCOTLAND, {"Data": [
        ["Industry", *(BEYOND[code]["name"] for code in scots)],
        *([first[one.id], *(jobs[code][one.id] for code in scots)] for one in sectors()),
    ]})  # fmt: skip
    _book(folder / nation_jobs.NORTHERN_IRELAND, _northern(jobs))


def _northern(jobs: Mapping[str, Mapping[str, str]]) -> dict[str, list[list[object]]]:
    """Sheets of Northern Ireland; all who work on farms stand in the annex."""
    there = {code: row for code, row in jobs.items() if code.startswith("N")}
    inside = {one: nation_jobs._sectors_of(one) for one in nation_jobs.SECTIONS}
    sheets: dict[str, list[list[object]]] = {
        "DCA": [], "Annex 1": [], "DCA by Section": [], "Section": []
    }  # fmt: skip
    nation = dict.fromkeys(inside, 0)
    for code, row in there.items():
        name = BEYOND[code]["name"].replace(" and ", " & ")
        farms = int(row[nation_jobs.FARMS])
        whole = {one: sum(int(row[name]) for name in names) for one, names in inside.items()}
        whole["A"] = 0
        total = sum(whole.values())
        sheets["DCA"].append([name, *[""] * 6, total])
        sheets["Annex 1"].append([name, *[""] * 6, farms])
        for section, many in whole.items():
            nation[section] += many
            told = "*" if (code, section) == HIDDEN else many
            sheets["DCA by Section"].append([name, section, *[""] * 6, told])
    sheets["Section"] = [[section, *[""] * 6, many] for section, many in nation.items()]
    return sheets


def _key(name: str) -> str:
    return figures.KEYS.get(area_id(name), area_id(name))


def _table(path: Path, lines: Sequence[Cells]) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        heads = dict.fromkeys(head for line in lines for head in line)
        writer = csv.DictWriter(file, list(heads), restval="")
        writer.writeheader()
        writer.writerows(lines)


def _document(path: Path, tree: object) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(tree), encoding="utf-8")


def _book(path: Path, sheets: dict[str, list[list[object]]]) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(book(sheets))
