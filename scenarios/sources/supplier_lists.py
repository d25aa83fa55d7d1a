"""What registers and lists of companies say of suppliers: numbers, postcodes, flags, industries.

A folder of `import register` or `import ocds`, the list of live companies that Companies House
publishes, a list of co-operatives: each is given by the user, and none is shipped.
"""

import csv
import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from scenarios.errors import Fault
from scenarios.sources.supplier_clean import Clean, clean_name
from scenarios.sources.supplier_merge import squeezed
from scenarios.sources.supplier_numbers import charity_number, company_number

REGISTER, COMPANIES, COOPS = "register", "companies", "coops"
_TABLES = ("contracts.parquet", "suppliers.parquet")
_HEADINGS = {
    "name": re.compile(r"^(company ?name|registered name|name|organi[sz]ation( name)?)$"),
    "number": re.compile(r"^(company ?number|registered number|registration number|crn|number)$"),
    "postcode": re.compile(r"^(reg ?address post ?code|registered postcode|post ?code)$"),
    "sic": re.compile(r"^(sic ?code sic ?text 1|sic ?code|sic)$"),
    "status": re.compile(r"^(company ?status|registered status|status)$"),
}
_ENDED = re.compile(r"dissol|closed|deregister|removed|ceased", re.IGNORECASE)
FIRST = 4
"""Letters by which a long list is looked through before its names are cleaned."""


@dataclass(frozen=True, slots=True)
class Listed:
    """One line of such a list.

    Attributes
    ----------
    source : str
        register, companies or coops.
    clean : Clean
        Its name.
    company, charity, postcode, sic : str or None
    sme, vcse : bool or None
        Flags.
    """

    source: str
    clean: Clean
    company: str | None = None
    charity: str | None = None
    postcode: str | None = None
    sic: str | None = None
    sme: bool | None = None
    vcse: bool | None = None


class ListError(Exception):
    """Raised inside the readers with what is wrong with a list."""

    def __init__(self, fault: Fault) -> None:
        super().__init__(str(fault))
        self.fault = fault


def read_register_folder(folder: Path) -> list[Listed]:
    """Read the suppliers of an imported register or of notices.

    Raises
    ------
    ListError
        Where the folder holds neither.
    """
    found: dict[Listed, None] = {}
    tables = 0
    for name in _TABLES:
        try:
            table = pq.read_table(folder / name)
        except FileNotFoundError:
            continue
        except (OSError, pa.ArrowException):
            raise ListError(_fault(folder, f"a {name} that cannot be read")) from None
        if {"supplier", "supplier_is_person", "sme", "vcse"} <= set(table.schema.names):
            tables += 1
            found |= dict.fromkeys(_listed(row) for row in table.to_pylist() if _shown(row))
    if not tables:
        raise ListError(_fault(folder, f"no {' or '.join(_TABLES)} of a register or of notices"))
    return list(found)


def _shown(row: dict[str, Any]) -> bool:
    return bool(row["supplier"]) and not row["supplier_is_person"]


def _listed(row: dict[str, Any]) -> Listed:
    return Listed(
        REGISTER,
        clean_name(row["supplier"]),
        company_number(row.get("company_number")),
        charity_number(row.get("charity_number")),
        row.get("supplier_postcode") or row.get("postcode"),
        None,
        row["sme"],
        row["vcse"],
    )


def _fault(path: Path, found: str) -> Fault:
    hint = "Give the folder that `poundflow import register` or `import ocds` wrote."
    return Fault(
        str(path), None, None, "", found, "an imported register, or imported notices", hint
    )


def read_companies(
    path: Path, source: str, wanted: Collection[Clean], numbers: Collection[str]
) -> list[Listed]:
    """Read a list of companies, or of co-operatives, keeping those that could be meant.

    Parameters
    ----------
    path : Path
        CSV with headings, such as the free company data of Companies House.
    source : str
        companies or coops.
    wanted : collection of Clean
        Names of suppliers.
    numbers : collection of str
        Numbers of companies that stand beside payments.

    Returns
    -------
    list of Listed
        In the order of the file; companies that have ended are left out.

    Raises
    ------
    ListError
        Where it cannot be read, or has no column of names and of numbers.
    """
    heads = {one.core.replace(" ", "")[:FIRST] for one in wanted}
    try:
        with path.open(newline="", encoding="utf-8-sig", errors="replace") as file:
            rows = csv.reader(file)
            names = next(rows, [])
            at = _positions(names)
            if "name" not in at or "number" not in at:
                seen = ", ".join(names)[:300] or "nothing"
                hint = "The free company data of Companies House has CompanyName and CompanyNumber."
                fault = Fault(
                    str(path), 1, None, "", f"the headings {seen}", "a name and a number", hint
                )
                raise ListError(fault)
            return list(_companies(rows, at, source, heads, numbers))
    except (OSError, csv.Error) as error:
        told = (getattr(error, "strerror", None) or str(error)).lower()
        raise ListError(Fault(str(path), None, None, "", told, "a list as CSV")) from None


def _positions(names: Sequence[str]) -> dict[str, int]:
    plain = [re.sub(r"[^a-z0-9]+", " ", name.lower()).strip() for name in names]
    found = {}
    for field, pattern in _HEADINGS.items():
        hits = [k for k, name in enumerate(plain) if pattern.match(name)]
        if hits:
            found[field] = hits[0]
    return found


def _companies(
    rows: Iterable[list[str]],
    at: dict[str, int],
    source: str,
    heads: Collection[str],
    numbers: Collection[str],
) -> Iterator[Listed]:
    def cell(row: list[str], field: str) -> str:
        k = at.get(field, len(row))
        return row[k].strip() if k < len(row) else ""

    for row in rows:
        name = cell(row, "name")
        if not name or _ENDED.search(cell(row, "status")):
            continue
        bare = name.casefold().replace("&", " and ").removeprefix("the ")
        head = "".join(letter for letter in bare if letter.isalnum())[:FIRST]
        number = company_number(cell(row, "number"))
        if head in heads or number in numbers or not name.isascii():
            code = re.sub(r"^\D*", "", cell(row, "sic"))
            yield Listed(
                source, clean_name(name), number, None, cell(row, "postcode") or None, code or None
            )


class Known:
    """All lists together, asked by number or by name."""

    def __init__(self, listed: Iterable[Listed]) -> None:
        self._by: dict[str, list[Listed]] = defaultdict(list)
        for one in listed:
            for key in self._keys(one.clean, one.company, one.charity):
                self._by[key].append(one)

    def _keys(self, clean: Clean, company: str | None, charity: str | None) -> list[str]:
        numbers = (("company", company), ("charity", charity))
        return [f"{what} {number}" for what, number in numbers if number] + [
            f"name {squeezed(clean.core)}"
        ]

    def of(self, clean: Clean, company: str | None, charity: str | None) -> list[Listed]:
        """Give what the lists say of a supplier.

        Parameters
        ----------
        clean : Clean
            Its name.
        company, charity : str or None
            Its numbers.

        Returns
        -------
        list of Listed
            By number, else by name; empty where several companies have the name.
        """
        if not self._by:
            return []
        *numbers, name = self._keys(clean, company, charity)
        found = {one: None for key in numbers for one in self._by.get(key, ())}
        same = [
            one
            for one in self._by.get(name, ())
            if (not one.clean.form or not clean.form or one.clean.form == clean.form)
            and (not company or not one.company or one.company == company)
        ]
        if len({one.company for one in same if one.company}) <= 1:
            found |= dict.fromkeys(same)
        return list(found)
