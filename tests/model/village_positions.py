"""The village before its first month, as a person with paper would copy it out of village.toml.

What the file states is read from the file. What it does not state (the account rows of town,
region and country, who among them employs a commuter, what each row sells outside, how long a
household's buffer lasts) is an opening position that is read off the built economy.
"""

from dataclasses import dataclass, field
from typing import Any

from scenarios import tables
from scenarios.vocabulary import Institution, OwnerKind
from simulation import streams
from simulation.economy.columns import Economy, Edges

Q16 = 65536
Links = list[tuple[str, int]]
"""Payees with rising shares in 65,536ths."""
FIXED = {"outside": "world", "housing-association": "government"}
"""Names of the file for accounts that the village has no row for."""


def pence(pounds: float) -> int:
    """Return pounds as pence."""
    return round(pounds * 100)


@dataclass
class Firm:
    """One trading row; money in pence a month."""

    owner_kind: str
    sales: int
    inputs: float
    rates: int
    rent: int
    landlord: str
    exports: int
    commuters: int
    commuter_pay: int
    owner: str
    head: str
    supply: Links
    payroll: Links
    vat: float = 0.0
    last_sales: int = 0
    loss: int = 0


@dataclass
class Home:
    """One household row; money in pence a month."""

    units: int
    benefit: int
    pension: int
    occupational: int
    council_tax: int
    housing: int
    mortgaged: bool
    landlord: str
    propensity: float
    buffer_months: float
    shops: Links
    seekers: int = 0
    earned: int = 0
    late: int = 0


@dataclass
class Positions:
    """Everything known before the first month: accounts by name, in pence."""

    firms: dict[str, Firm] = field(default_factory=dict)
    homes: dict[str, Home] = field(default_factory=dict)
    workers: list[tuple[str, str, int]] = field(default_factory=list)
    contracts: list[tuple[str, str, int]] = field(default_factory=list)
    label: dict[str, str] = field(default_factory=dict)
    area: dict[str, str] = field(default_factory=dict)
    deposits: dict[str, int] = field(default_factory=dict)
    savings: dict[str, int] = field(default_factory=dict)
    budget: dict[str, int] = field(default_factory=dict)
    own_payroll: int = 0
    file: dict[str, Any] = field(default_factory=dict)


def copy_out(file: dict[str, Any], economy: Economy) -> Positions:
    """Copy the village out of its file, and what the file does not state from the economy."""
    name = _names(economy, file)
    at = {label: row for row, label in name.items()}
    paper = Positions(file=file)
    for row, label in name.items():
        paper.label[label] = class_label(economy, int(economy.parties.klass[row]))
        paper.area[label] = economy.areas.ids[int(economy.parties.area[row])]
        paper.deposits[label] = int(economy.parties.deposits[row])
        paper.savings[label] = int(economy.parties.savings[row])
    _copy_rows(paper, economy, name)
    for firm in file["firms"]:
        _write_firm(paper, firm, economy, at[firm["id"]], name)
    for home in file["households"]:
        _write_home(paper, home, economy, at[home["id"]], name)
    _write_workers(paper, economy, name)
    _write_council(paper, economy, name)
    return paper


def class_label(economy: Economy, klass: int) -> str:
    """Name a class by its words: what it is, where, in what trade, for whom."""
    classes = economy.classes
    institution = Institution(int(classes.institution[klass])).name.lower()
    if institution not in ("buyer", "firm", "household", "club"):
        return institution
    words = [institution, economy.areas.ids[int(classes.area[klass])]]
    if institution == "firm":
        words.append(tables.sectors()[int(classes.sector[klass])].id)
        words.append(OwnerKind(int(classes.owner_kind[klass])).name.lower())
    return " ".join(words)


def _names(economy: Economy, file: dict[str, Any]) -> dict[int, str]:
    """Give each account the name of the file, else the number of its row."""
    name = {row: f"row {row}" for row in range(economy.parties.uid.size)}
    row_of = {uid: row for row, uid in enumerate(economy.parties.uid.tolist())}
    for kind, many in (("firm", file["firms"]), ("household", file["households"])):
        for one in many:
            uid = streams.uid("village", kind, streams.key(kind, one["id"]))
            name[row_of[uid]] = one["id"]
    for label in ("government", "world", "outside_demand", "bank", "pension_fund"):
        name[getattr(economy, label)] = label
    name[int(economy.buyers.row[0])] = "village-council"
    return name


def _links(edges: Edges, payer: int, name: dict[int, str]) -> Links:
    begin, end = int(edges.start[payer]), int(edges.start[payer + 1])
    payees = [name[row] for row in edges.payee[begin:end].tolist()]
    return list(zip(payees, edges.cum[begin:end].tolist(), strict=True))


def _copy_rows(paper: Positions, economy: Economy, name: dict[int, str]) -> None:
    """Copy the positions of trading and household rows as they were built."""
    firms, homes = economy.firms, economy.households
    for row in range(firms.jobs.size):
        kind = OwnerKind(int(economy.parties.owner_kind[row])).name.lower()
        owner = name[int(firms.owner[row])] if firms.owner[row] >= 0 else ""
        paper.firms[name[row]] = Firm(
            owner_kind=kind,
            sales=int(firms.sales_expected[row]),
            inputs=float(firms.intermediate_share[row]),
            rates=int(firms.rates_pence[row]),
            rent=int(firms.rent_pence[row]),
            landlord=name[int(firms.landlord[row])] if firms.landlord[row] >= 0 else "",
            exports=int(firms.export_pence[row]),
            commuters=int(firms.aggregate_jobs[row]),
            commuter_pay=int(firms.aggregate_payroll[row]),
            owner=owner or ("government" if kind == "public" else ""),
            head=name[int(firms.head[row])],
            supply=_links(economy.supply, row, name),
            payroll=_links(economy.payroll, row, name),
            vat=float(firms.vat_share[row]),
            last_sales=int(firms.sales_expected[row]),
        )
    for k in range(homes.n):
        landlord = int(homes.landlord[k])
        paper.homes[name[homes.first + k]] = Home(
            units=int(homes.households_in_row[k]),
            benefit=int(homes.other_benefit_pence[k]),
            pension=int(homes.pension_pence[k]),
            occupational=int(homes.occupational_pence[k]),
            council_tax=int(homes.council_tax_pence[k]),
            housing=int(homes.housing_pence[k]),
            mortgaged=int(homes.tenure[k]) == 1,
            landlord=name[landlord] if landlord >= 0 else "",
            propensity=float(homes.propensity[k]),
            buffer_months=float(homes.buffer_months[k]),
            shops=_links(economy.shopping, k, name),
        )


def _write_firm(
    paper: Positions, firm: dict[str, Any], economy: Economy, row: int, name: dict[int, str]
) -> None:
    """Write what the file says of a firm over the copied row."""
    line = paper.firms[firm["id"]]
    line.owner_kind = firm["owner_kind"]
    line.sales = line.last_sales = pence(firm["monthly_sales"])
    line.inputs = firm["inputs"]
    line.rates = pence(firm["rates"])
    line.rent = pence(firm.get("rent", 0))
    line.landlord = FIXED.get(firm.get("landlord", ""), firm.get("landlord", ""))
    residents = sum(
        person["employer"] == firm["id"]
        for home in paper.file["households"]
        for person in home.get("workers", ())
    )
    line.commuters = firm["jobs"] - residents
    line.commuter_pay = line.commuters * pence(firm["wage"])
    line.owner = "" if firm["owner"] == "members" else FIXED.get(firm["owner"], firm["owner"])
    line.supply = _listed(firm["suppliers"], _links(economy.supply, row, name), paper.area)
    paper.deposits[firm["id"]] = pence(firm["deposits"])


def _write_home(
    paper: Positions, home: dict[str, Any], economy: Economy, row: int, name: dict[int, str]
) -> None:
    """Write what the file says of a household over the copied row."""
    line = paper.homes[home["id"]]
    line.benefit = pence(home.get("benefit", 0))
    line.pension = pence(home.get("pension", 0))
    line.occupational = pence(home.get("occupational", 0))
    line.council_tax = pence(home["council_tax"])
    line.housing = pence(home.get("housing", 0))
    line.mortgaged = home["tenure"] == "mortgaged"
    line.landlord = FIXED.get(home.get("landlord", ""), home.get("landlord", ""))
    line.propensity = home["propensity"]
    line.seekers = sum(one["employer"] == "none" for one in home.get("workers", ()))
    shops = _links(economy.shopping, row - economy.households.first, name)
    line.shops = _listed(home["shops"], shops, paper.area)
    paper.deposits[home["id"]] = pence(home["deposits"])
    paper.savings[home["id"]] = pence(home.get("savings", 0))


def _listed(wanted: list[dict[str, Any]], built: Links, area: dict[str, str]) -> Links:
    """Write shares of a list as rising 65,536ths: 0.4, 0.05, .. -> 26214, 29491, ..

    A named area stands for its account rows; how its share divides among them is copied.
    """
    out: Links = []
    upto = 0.0
    left = list(built)
    for link in wanted:
        upto += link["share"]
        end = Q16 if link is wanted[-1] else round(upto * Q16)
        if link["id"] not in area.values() or link["id"] == "world":
            out.append((link["id"], end))
            left = [one for one in left if one[0] != link["id"]]
            continue
        inside = [one for one in left if one[0].startswith("row") and area[one[0]] == link["id"]]
        assert inside[-1][1] == end
        out += inside
        left = [one for one in left if one not in inside]
    assert not left
    return out


def _write_workers(paper: Positions, economy: Economy, name: dict[int, str]) -> None:
    """List who works where for what, in the order of the file; an area is one of its rows."""
    seats = economy.workers.employer.tolist()
    everyone = [
        (one["id"], who) for one in paper.file["households"] for who in one.get("workers", ())
    ]
    active = [one for one in everyone if one[1]["employer"] != "inactive"]
    for index, (home, person) in enumerate(active):
        employer = person["employer"]
        if employer == "none":
            continue
        if employer not in paper.firms and employer != "village-council":
            employer = name[seats[index]]
            assert paper.area[employer] == person["employer"]
        paper.workers.append((home, employer, pence(person["wage"])))


def _write_council(paper: Positions, economy: Economy, name: dict[int, str]) -> None:
    """Divide the council's year by twelve; the last of a category takes what rounding leaves."""
    council = paper.file["buyers"][0]
    paper.budget = {key: pence(value) // 12 for key, value in council["budget"].items()}
    paper.own_payroll = pence(council["payroll"]) // 12
    paper.deposits["village-council"] = sum(paper.budget.values()) + paper.own_payroll
    standing = paper.file["contracts"]["standing"]
    for one, built in zip(standing, economy.contracts, strict=True):
        supplier = one["supplier"]
        if supplier not in paper.firms:
            supplier = name[built.supplier]
            assert paper.area[supplier] == one["supplier"]
        value = round(paper.budget[one["category"]] * one["share"])
        paper.contracts.append((one["category"], supplier, value))
