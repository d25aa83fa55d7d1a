"""What suppliers answered on where their money goes: the form, and the reading of it.

After the questionnaire of LM3 (New Economics Foundation, Sacks 2002): turnover; what staff take
home, what other businesses are paid, what owners are paid; how much of each goes to people and
businesses of the place; and, where somebody asked them, how much of it those spend there again.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from pathlib import Path

from scenarios.errors import Fault, FaultsError
from scenarios.nearest import did_you_mean
from scenarios.sources.amounts import read_amount
from scenarios.sources.dialect import read_text_sheet
from scenarios.sources.encoding import decode
from scenarios.sources.refusals import RefusedError
from scenarios.sources.sheet import Sheet
from scenarios.sources.workbook import is_workbook, read_workbook
from scenarios.vocabulary import ABROAD

SUPPLIER, PAID, BASED = "supplier", "paid", "based"
TURNOVER, PASSED_ON = "turnover", "passed_on"
PARTS = ("pay", "supplies", "profit")
"""What a supplier's money is spent on: staff, other businesses, owners."""

WHOLE = 1.0 + 1e-9
POUND = 100
"""So few pence are a share whose sign got lost [pence]."""


class SurveyError(FaultsError):
    """Raised when a survey cannot be used; holds every fault of it."""

    remedy = "Nothing was written. Correct the form, and give it again."


@dataclass(frozen=True, slots=True)
class Answers:
    """What one supplier answered.

    Attributes
    ----------
    shares : mapping of (str, str) to float
        Part and tier -> share of turnover that goes to people and businesses of that place.
    passed_on : mapping of str to float
        Tier -> share of all this that its receivers spend there again.
    based : str
        Smallest place that it is based in: a tier, or `abroad`; empty where it does not say.
    """

    shares: Mapping[tuple[str, str], float]
    passed_on: Mapping[str, float]
    based: str = ""


def form_columns(tiers: Sequence[str]) -> list[str]:
    """Give the columns of the form in order.

    Parameters
    ----------
    tiers : sequence of str
        Places that are asked for, smallest first.
    """
    parts = [name for part in PARTS for name in (part, *(f"{part}_{tier}" for tier in tiers))]
    return [SUPPLIER, PAID, BASED, TURNOVER, *parts, *(f"{PASSED_ON}_{tier}" for tier in tiers)]


def read_survey(
    path: Path, suppliers: Mapping[str, int], tiers: Sequence[str], unplaced: Collection[int] = ()
) -> dict[int, Answers]:
    """Read a filled form, CSV or workbook.

    Parameters
    ----------
    path : Path
    suppliers : mapping of str to int
        Name, as the form gives it -> number of a supplier.
    tiers : sequence of str
        Places that may be answered for, smallest first.
    unplaced : collection of int
        Suppliers of which nobody knows where they are based: they must say it.

    Returns
    -------
    dict of int to Answers
        Of suppliers that answered anything; a line with a name alone says nothing.

    Raises
    ------
    SurveyError
        With everything that is wrong.
    """
    sheet = _sheet(path, tiers)
    columns, faults = _columns(path, sheet, tiers)
    known = {_plain(name): number for name, number in suppliers.items()}
    found: dict[int, Answers] = {}
    first: dict[int, int] = {}
    for row in range(1, sheet.rows):
        cells = {name: sheet.columns[at].cell(row) for name, at in columns.items()}
        line = _Line(path, sheet.line(row), cells, faults)
        if not any(cells.get(name) for name in cells if name not in (SUPPLIER, PAID)):
            continue
        name = cells.get(SUPPLIER, "")
        number = known.get(_plain(name))
        if number is None:
            hint = did_you_mean(name, suppliers) or "Names stand as in suppliers.parquet."
            line.wrong(SUPPLIER, f"`{name}`", "a supplier of these payments", hint)
        elif number in first:
            line.wrong(SUPPLIER, f"`{name}` a second time", "each supplier once",
                       f"Row {first[number]} has it already.")  # fmt: skip
        answers = line.answers(tiers, asked=number in unplaced)
        if number is not None:
            first.setdefault(number, sheet.line(row))
            found[number] = answers
    if faults:
        raise SurveyError(faults)
    return found


def _sheet(path: Path, tiers: Sequence[str]) -> Sheet:
    known = {_plain(name) for name in form_columns(tiers)}
    try:
        raw = path.read_bytes()
        if is_workbook(raw):
            sheets = read_workbook(str(path))
        else:
            text = decode(raw).text
            sheets = [
                read_text_sheet(str(path), text, lambda row: len(known & set(map(_plain, row))))
            ]
    except OSError as fault:
        found = (fault.strerror or "an error of the system").lower()
        raise SurveyError([_fault(path, None, "", found, "a file that can be read")]) from None
    except RefusedError as refused:
        told = refused.fault
        raise SurveyError(
            [Fault(told.file, told.line, None, "", told.found, "a filled survey form", "")]
        ) from None
    filled = [sheet for sheet in sheets if sheet.rows]
    if not filled:
        raise SurveyError([_fault(path, None, "", "an empty file", "a filled survey form")])
    return filled[0]


def _columns(path: Path, sheet: Sheet, tiers: Sequence[str]) -> tuple[dict[str, int], list[Fault]]:
    wanted, first = form_columns(tiers), sheet.line(0)
    faults: list[Fault] = []
    by_word = {_plain(name): name for name in wanted}
    if SUPPLIER not in [by_word.get(_plain(heading)) for heading in sheet.row(0)]:
        hint = "It may be another file. Write a blank form with --form FILE.csv."
        raise SurveyError([_fault(path, first, "", "no column `supplier`", "a filled form", hint)])
    columns: dict[str, int] = {}
    for at, heading in enumerate(sheet.row(0)):
        name = by_word.get(_plain(heading))
        if name is None and heading:
            hint = did_you_mean(heading, wanted)
            faults.append(_fault(path, first, heading, "no column of the form", "one of it", hint))
        elif name in columns:
            faults.append(_fault(path, first, heading, "a column that stands twice", "it once"))
        elif name is not None:
            columns[name] = at
    return columns, faults


class _Line:
    """One line of the form: its cells, and where what is wrong with them goes."""

    def __init__(self, path: Path, row: int, cells: dict[str, str], faults: list[Fault]) -> None:
        self._path, self._row, self._cells, self._faults = path, row, cells, faults

    def wrong(self, column: str, found: str, wanted: str, hint: str = "") -> None:
        """Note a fault."""
        self._faults.append(_fault(self._path, self._row, column, found, wanted, hint))

    def answers(self, tiers: Sequence[str], *, asked: bool) -> Answers:
        """Read all cells, and hold them against each other."""
        based = self._cells.get(BASED, "").casefold()
        if based not in (*tiers, ABROAD) and (based or asked):
            found = f"`{based}`" if based else "nothing, of a supplier whose place is not known"
            wanted = "the smallest place that it is based in"
            self.wrong(BASED, found, wanted, f"One of {', '.join((*tiers, ABROAD))}.")
        turnover = self._turnover()
        whole = {part: self._share(part, turnover, 1.0) for part in PARTS}
        shares: dict[tuple[str, str], float] = {}
        for part in PARTS:
            before, smaller = 0.0, ""
            for tier in tiers:
                column = f"{part}_{tier}"
                share = self._share(column, turnover, whole[part])
                if share is None:
                    continue
                shares[part, tier] = share
                if share < before * (2 - WHOLE):
                    hint = f"What goes to the {tier} holds what goes to the places in it."
                    self.wrong(column, "less than " + smaller, "as much or more", hint)
                before, smaller = share, column
            total = whole[part]
            if total is not None and before > total * WHOLE:
                self.wrong(smaller, f"more than {part}", "a part of it")
            if total is None:
                whole[part] = before
        spent = sum(share or 0.0 for share in whole.values())
        if spent > WHOLE:
            hint = "Take-home pay, purchases and profit together are a part of turnover."
            self.wrong("", f"{spent:.0%} of turnover spent", "100 % at most", hint)
        return Answers(shares, self._passed_on(tiers, shares), based)

    def _passed_on(
        self, tiers: Sequence[str], shares: Mapping[tuple[str, str], float]
    ) -> dict[str, float]:
        found = {}
        for tier in tiers:
            column = f"{PASSED_ON}_{tier}"
            share = self._share(column, None, 1.0)
            if share is None:
                continue
            missing = [f"{part}_{tier}" for part in PARTS if (part, tier) not in shares]
            if missing:
                self.wrong(column, "an answer without " + ", ".join(missing), "those too",
                           "Write 0 where nothing is paid there.")  # fmt: skip
            found[tier] = share
        return found

    def _turnover(self) -> int | None:
        text = self._cells.get(TURNOVER, "")
        amount = read_amount(text) if text else None
        if text and (amount is None or amount.pence <= 0):
            self.wrong(TURNOVER, f"`{text}`", "pounds above zero")
            return None
        return None if amount is None else amount.pence

    def _share(self, column: str, turnover: int | None, whole: float | None) -> float | None:
        """Read a cell: per cent of `whole`, or pounds of the turnover."""
        text = self._cells.get(column, "")
        if not text:
            return None
        if text.endswith("%"):
            try:
                share = Decimal(text[:-1].strip()) / 100
            except InvalidOperation:
                share = Decimal(-1)
            if not share.is_finite() or not 0 <= share <= 1:
                self.wrong(column, f"`{text}`", "0% to 100%")
                return None
            if whole is None:
                of = column.rpartition("_")[0]
                self.wrong(column, f"`{text}` of an unknown sum", "pounds, or a share of a sum",
                           f"Give `{of}` too.")  # fmt: skip
                return None
            return float(share) * whole
        amount = read_amount(text)
        if amount is None or amount.pence < 0:
            self.wrong(column, f"`{text}`", "pounds, or per cent with its sign")
            return None
        if column.startswith(PASSED_ON):
            self.wrong(column, f"`{text}`", "per cent with its sign")
            return None
        if 0 < amount.pence <= POUND:
            hint = "A workbook keeps 50% as 0.5: format these cells as text, or give pounds."
            self.wrong(column, f"`{text}`", "more than £1, or per cent with its sign", hint)
            return None
        if turnover is None:
            if not self._cells.get(TURNOVER):
                self.wrong(column, f"`{text}` and no turnover", "both", "Give `turnover` too.")
            return None
        return amount.pence / turnover


def _fault(
    path: Path, row: int | None, column: str, found: str, wanted: str, hint: str = ""
) -> Fault:
    return Fault(str(path), row, None, column, found, wanted, hint)


def _plain(text: str) -> str:
    """Take off what a spreadsheet adds: an apostrophe before what it would run as a formula."""
    return " ".join(text.casefold().lstrip("'").replace("_", " ").split())
