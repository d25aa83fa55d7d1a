"""Reads a run's journal from its folder: how the place stood, and what has been decided since.

Nothing of the model is known here but the journal's words. What the journal calls by uid is given
the row at which it stands; what it says by row needs no looking up.
"""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from scenarios import tables
from tests.reference.village.accounts import Accounts, Share
from tests.reference.village.ledger import Village
from tests.reference.village.told import (
    Asked,
    Buyer,
    Commuters,
    Decisions,
    Dismissed,
    Firm,
    Founded,
    Home,
    Invoice,
    MemberTold,
    OwnStaff,
    Place,
    Split,
    Stack,
    Worker,
)

Line = Mapping[str, Any]
APRIL = 3
NOBODY = -1
LATER = {"open": "struck", "delivery": "staff moved", "adjustment": "adjusted"}
"""How the place stands within an act: once shocks have struck, people moved, firms closed."""
_TABLES = ("firm", "worker", "employer", "heir", "buyer")
WORDS = frozenset({"own staff", "lender", "builder"})


@dataclass
class Reader:
    """What a journal has said so far.

    Attributes
    ----------
    opening : mapping
        How the place stood.
    firm, worker, employer, heir, buyer : list of dict
        By row, as last told.
    founded : dict
        Enterprises in business by uid.
    """

    opening: Line
    firm: list[dict[str, Any]]
    worker: list[dict[str, Any]]
    employer: list[dict[str, Any]]
    heir: list[dict[str, Any]]
    buyer: list[dict[str, Any]]
    commuting: dict[int, list[Share]]
    founded: dict[int, Line] = field(default_factory=dict)

    @classmethod
    def of(cls, opening: Line) -> "Reader":
        """Begin with how the place stood."""
        columns = (_rows(opening[what]) for what in _TABLES)
        return cls(opening, *columns, commuting=_links(opening["commuting"]))

    def hear(self, line: Line) -> None:
        """Take note of one line of what has changed."""
        what = line["what"]
        if what == "enterprise":
            self.founded[line["uid"]] = line
        elif what == "enterprise ends":
            del self.founded[line["uid"]]
        elif what == "commuting":
            self.commuting[line["row"]] = _shares(line["shares"])
        else:
            table, column = getattr(self, what), line["column"]
            for row, value in zip(line["rows"], line["values"], strict=True):
                table[row][column] = value

    def decisions(self, month: int) -> Decisions:
        """Say what stands decided now."""
        kinds = self.opening["owner_kinds"]
        return Decisions(
            month=month,
            uid=self.uids(),
            firms=[_firm(one, kinds) for one in self.firm],
            grants={one["account"]: one["grant"] for one in self.buyer},
            workers=[
                Worker(one["home"], _row(one["employer"]), one["pay"], one["seeks"])
                for one in self.worker
            ],
            commuters={
                one["account"]: Commuters(one["commuters"], one["commuters_pay"])
                for one in self.employer
            },
            commuting=dict(self.commuting),
            founded=[_founded(one) for one in self.founded.values()],
            heirs={
                row: _row(one["to"]) for row, one in enumerate(self.heir) if one["to"] != row
            },
            dyes=month in self.opening["dyed"]["months"],
        )  # fmt: skip

    def uids(self) -> list[int]:
        """Say who stands at each row now."""
        return [one["uid"] for one in self.firm] + self.opening["uid"][len(self.firm) :]

    def of_act(self, month: int, standing: Iterable[Line], lines: Iterable[Line]) -> Decisions:
        """Say what was decided by the time that an act opened, and in it.

        Parameters
        ----------
        month : int
        standing : iterable of mapping
            What has changed in how the place stands, up to the end of the act. What changed within
            it is told apart.
        lines : iterable of mapping
            Decisions taken in the act.
        """
        later = []
        for line in standing:
            if line["act"] in LATER.values():
                later.append(line)
            else:
                self.hear(line)
        told = self.decisions(month)
        for line in later:
            self.hear(line)
        told.moved = self.decisions(month)
        before = {uid: row for row, uid in enumerate(told.uid)}
        for line in lines:
            if line["what"] == "order":
                self._note_order(told, line, before)
            elif line["what"] in ("redundancy", "own staff"):
                self._note_staff(told, line, before)
            else:
                _note(told, line, before)
        return told

    def _note_order(self, told: Decisions, line: Line, before: Mapping[int, int]) -> None:
        buyers = {one["party"]: one["row"] for one in self.opening["buyers"]}
        buyer, supplier = buyers[line["buyer"]], before[line["supplier"]]
        told.invoices.append(Invoice(buyer, supplier, line["pence"], line["days"]))
        told.remedies.append((supplier, buyer, line["remedy_pence"]))

    def _note_staff(self, told: Decisions, line: Line, before: Mapping[int, int]) -> None:
        people = {uid: row for row, uid in enumerate(self.opening["worker_uid"])}
        row, away, then = before[line["buyer"]], line["commuters_pay"], told.moved
        assert then is not None
        if line["what"] == "redundancy":
            homes = [(told.workers[people[uid]].home, pay) for uid, pay in line["staff"]]
            shares = then.commuting.get(row, ())
            told.dismissed.append(Dismissed(row, line["months"], homes, away, shares))
        else:
            pay = sum(then.workers[people[uid]].pay for uid in line["workers"])
            told.own_staff.append(OwnStaff(row, pay + away, line["pension"]))


def _note(told: Decisions, line: Line, before: Mapping[int, int]) -> None:
    """Take note of one decision; what has no bearing on money is passed over."""
    what = line["what"]
    if what == "use":
        buyer, supplier = before[line["buyer"]], before[line["supplier"]]
        told.invoices.append(Invoice(buyer, supplier, line["pence"], line["days"]))
    elif what == "ask":
        payee = line["payee"] if line["payee"] in WORDS else before[line["payee"]]
        told.asked.append(Asked(line["kind"], before[line["payer"]], payee, line["pence"]))
    elif what == "give back":
        told.given_back.append((before[line["buyer"]], line["pence"]))
    elif what == "close":
        told.closes.append(before[line["firm"]])
    elif what == "open" and told.moved is not None:
        told.opens.append(told.moved.uid.index(line["firm"]))


def village_of(opening: Line) -> Village:
    """Open the twin's books on what the journal says that accounts held."""
    money, past, place = opening["accounts"], opening["past"], _place(opening)
    ends = (place.government, place.world, place.outside, place.fund)
    homes = range(place.first_home, place.first_home + len(place.homes))
    due: dict[int, list[Invoice]] = {}
    for one in past["due"]:
        owed = Invoice(one["buyer"], one["supplier"], one["pence"], 0.0)
        due.setdefault(one["month"], []).append(owed)
    columns = {
        name: list(past[name])
        for name in ("sold", "sold_before", "mission", "loss", "earned", "counted", "year")
    }
    return Village(
        place=place,
        accounts=Accounts(
            deposits=money["deposits"], savings=money["savings"], loans=money["loans"],
            homes=homes, limitless=ends, sinks=ends,
        ),
        told=Reader.of(opening).decisions(opening["month"]),
        due=due,
        payable=list(money["payable"]),
        receivable=list(money["receivable"]),
        **columns,
    )  # fmt: skip


def lines_of(path: Path) -> list[Line]:
    """Read a file of lines; the first says which file it is."""
    with path.open(encoding="utf-8") as file:
        return [json.loads(line) for line in file][1:]


def opening_of(folder: Path) -> Line:
    """Read how the place stood as a journal was opened."""
    opening: Line = json.loads((folder / "opening.json").read_text(encoding="utf-8"))
    return opening


def months_of(folder: Path, acts: Sequence[str]) -> Iterator[tuple[str, Decisions]]:
    """Read a journal act by act.

    Parameters
    ----------
    folder : Path
        The journal's.
    acts : sequence of str
        Names of a month's acts in order.

    Yields
    ------
    str, Decisions
        An act, and what was decided by the time that it opened and in it.
    """
    reader = Reader.of(opening_of(folder))
    standing, lines = lines_of(folder / "standing.jsonl"), lines_of(folder / "decisions.jsonl")
    fallen = frozenset(one["firm"] for one in lines if one["what"] == "collapse")
    for month in sorted({one["month"] for one in lines}):
        mine = [one for one in standing if one["month"] == month]
        taken = [one for one in lines if one["month"] == month]
        for act in acts:
            here = [one for one in mine if one["act"] in (act, LATER.get(act))]
            yield (
                act,
                reader.of_act(month, here, [one for one in taken if _act_of(one, fallen) == act]),
            )


def _act_of(line: Line, fallen: frozenset[int]) -> str:
    """Say in which act a decision is carried out: those whom a shock fells close at once."""
    if line["what"] == "close" and line["firm"] in fallen:
        return "open"
    return "adjustment" if line["what"] in ("close", "open") else "delivery"


def _rows(columns: Mapping[str, Sequence[Any]]) -> list[dict[str, Any]]:
    names = tuple(columns)
    return [dict(zip(names, row, strict=True)) for row in zip(*columns.values(), strict=True)]


def _row(row: int) -> int | None:
    return row if row != NOBODY else None


def _shares(pairs: Iterable[Sequence[int]]) -> list[Share]:
    return [(to, upto) for to, upto in pairs]


def _links(rows: Iterable[Iterable[Sequence[int]]]) -> dict[int, list[Share]]:
    return {row: _shares(pairs) for row, pairs in enumerate(rows)}


def _firm(one: Mapping[str, Any], kinds: Mapping[str, str]) -> Firm:
    told = dict(one)
    told["owner_kind"] = kinds[str(one["owner_kind"])]
    for name in ("landlord", "owner", "head"):
        told[name] = _row(one[name])
    return Firm(**told)


def _founded(line: Line) -> Founded:
    split = dict(line["split"])
    stack = dict(line["stack"])
    stack["most_grant"] = stack.pop("grant_limit_pence")
    return Founded(
        uid=line["uid"], row=line["row"], council=line["council"], fund=_row(line["fund"]),
        partner=_row(line["partner"]), partner_stands=line["partner_stands"],
        month=line["founded"], full_sales=line["full_sales"], stack=Stack(**stack),
        split=Split(**split), buy_out_months=line["buy_out_months"],
        asset_lock=line["asset_lock"], owned=line["owned"],
        members=[MemberTold(*one) for one in line["members"]],
    )  # fmt: skip


def _place(opening: Line) -> Place:
    rows = opening["rows"]
    homes = [Home(**{**one, "landlord": _row(one["landlord"])}) for one in _rows(opening["homes"])]
    return Place(
        firms=len(opening["firm"]["uid"]),
        employers=opening["employers"],
        first_home=opening["first_home"],
        homes=homes,
        buyers=[Buyer(one["row"], one["kind"], tuple(one["serves"])) for one in opening["buyers"]],
        area=opening["area"],
        register=opening["register"],
        year=year_of(opening["calendar"]),
        government=rows["government"],
        world=rows["world"],
        outside=rows["outside"],
        bank=rows["bank"],
        fund=rows["fund"],
        builders=opening["builders"],
        advisers=opening["advisers"],
        private=opening["private"],
        within={name: frozenset(some) for name, some in opening["within"].items()},
        supply=_links(opening["supply"]),
        shopping=_links(opening["shopping"]),
        dyed=frozenset(opening["dyed"]["buyers"]),
    )


def year_of(calendar: int) -> str:
    """Name the latest tax year in the tables that has begun."""
    years = sorted(tables.tax_years())
    begun = [year for year in years if int(year[:4]) * 12 + APRIL <= calendar]
    return begun[-1] if begun else years[0]
