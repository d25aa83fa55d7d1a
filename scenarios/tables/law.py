"""What the law of a date says in numbers: tax rates and thresholds, and when tendering is a duty.

Rates by tax year (HMRC; for the US the IRS, Ohio and Cleveland) and thresholds by date (Public
Contracts Regulations 2006 and 2015, Procurement Act 2023; Ohio Revised Code). A scenario's nation,
start and calendar decide which row is in force.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from types import MappingProxyType

from scenarios.tables.countries import HOME
from scenarios.tables.reading import UnknownRowError, in_force, month_of, rows

PERCENT = 100


@dataclass(frozen=True, slots=True)
class TaxYear:
    """Rates of one tax year.

    Attributes
    ----------
    name : str
        For example 2012-13.
    values : mapping of str to float
        By parameter; units are in tax_years.csv.
    bands : mapping of str to tuple of (float, float)
        Taxes on earnings that are written band by band (tax_bands.csv): from what pay [a year],
        and the rate on what lies above it [share], rising.
    """

    name: str
    values: Mapping[str, float]
    bands: Mapping[str, tuple[tuple[float, float], ...]] = field(default_factory=dict)

    def __getitem__(self, parameter: str) -> float:
        if parameter not in self.values:
            raise UnknownRowError(parameter, "tax_years.csv", self.values)
        return self.values[parameter]


@dataclass(frozen=True, slots=True)
class Thresholds:
    """Values from which public bodies outside central government must tender openly.

    Attributes
    ----------
    year, month : int
        From when they apply.
    law : str
        Short name of the law in force.
    goods_services, works, light_touch : int
        As published [pence].
    vat_included : bool
        Whether the published value counts VAT.
    light_touch_tender : bool
        Whether services to people above their threshold must be advertised; under the 2006
        regulations (Part B) they need not be.
    source : str
        Where the figures stand.
    """

    year: int
    month: int
    law: str
    goods_services: int
    works: int
    light_touch: int
    vat_included: bool
    light_touch_tender: bool
    source: str

    def of(self, threshold_class: str, vat_rate_percent: int = 20) -> int:
        """Threshold of a class of contract, VAT left out.

        Parameters
        ----------
        threshold_class : str
            goods_services, works or light_touch.
        vat_rate_percent : int, default 20
            Rate that is taken off where the published value counts VAT [per cent].

        Returns
        -------
        int
            [pence]
        """
        published = {
            "goods_services": self.goods_services,
            "works": self.works,
            "light_touch": self.light_touch,
        }
        if threshold_class not in published:
            raise UnknownRowError(threshold_class, "thresholds.csv", published)
        if not self.vat_included:
            return published[threshold_class]
        return published[threshold_class] * PERCENT // (PERCENT + vat_rate_percent)


@cache
def tax_years(nation: str = HOME) -> Mapping[str, TaxYear]:
    """Read the rates of every tax year of a nation, by name; read-only."""
    values: dict[str, dict[str, float]] = {}
    for row in _of(nation, "tax_years"):
        values.setdefault(row["tax_year"], {})[row["parameter"]] = float(row["value"])
    bands: dict[str, dict[str, tuple[tuple[float, float], ...]]] = {year: {} for year in values}
    for row in _of(nation, "tax_bands"):
        taxes = bands[row["tax_year"]]
        band = (float(row["from"]), float(row["rate"]))
        taxes[row["tax"]] = (*taxes.get(row["tax"], ()), band)
    years = {
        name: TaxYear(name, MappingProxyType(one), MappingProxyType(bands[name]))
        for name, one in values.items()
    }
    return MappingProxyType(years)


def tax_year(name: str, nation: str = HOME) -> TaxYear:
    """Rates of a tax year.

    Parameters
    ----------
    name : str
        2012-13 or 2024-25; in the US 2019.
    nation : str
        As in countries.csv.

    Returns
    -------
    TaxYear

    Raises
    ------
    UnknownRowError
        When the table has no such year.
    """
    years = tax_years(nation)
    if name not in years:
        raise UnknownRowError(name, "tax_years.csv", years)
    return years[name]


def _of(nation: str, table: str) -> list[dict[str, str]]:
    return [row for row in rows(table) if row["nation"] == nation]


@cache
def _thresholds(nation: str) -> tuple[Thresholds, ...]:
    out = []
    for row in _of(nation, "thresholds"):
        year, month = month_of(row["from"])
        out.append(
            Thresholds(
                year=year,
                month=month,
                law=row["law"],
                goods_services=int(row["goods_services"]),
                works=int(row["works"]),
                light_touch=int(row["light_touch"]),
                vat_included=row["vat_included"] == "yes",
                light_touch_tender=row["light_touch_tender"] == "yes",
                source=row["source"],
            )
        )
    return tuple(out)


@cache
def thresholds(year: int, month: int = 1, nation: str = HOME) -> Thresholds:
    """Find the thresholds in force in a month.

    Parameters
    ----------
    year, month : int
        Calendar month. Where the law changed within it, the new one counts. Before the first
        row, the first row.
    nation : str
        As in countries.csv.

    Returns
    -------
    Thresholds
    """
    return in_force(_thresholds(nation), year, month)


@dataclass(frozen=True, slots=True)
class TabledRoute:
    """A route in law that a nation's table gives to a way of buying, or to any (`regime` is *).

    Attributes
    ----------
    regime, power, note : str
        Name of the way of buying, the article, and what is to be known of it.
    since, until : (int, int) or None
        First month in force, and the first month no longer.
    classes, buyers : tuple of str
        Classes of contract and kinds of buyer that it is for; empty for all.
    below_threshold_only, contested : bool
    """

    regime: str
    power: str
    since: tuple[int, int]
    until: tuple[int, int] | None
    classes: tuple[str, ...]
    buyers: tuple[str, ...]
    below_threshold_only: bool
    contested: bool
    note: str


@cache
def tabled_routes(nation: str) -> tuple[TabledRoute, ...]:
    """Read the routes of a nation whose law the ways of buying do not name themselves."""
    return tuple(
        TabledRoute(
            regime=row["regime"],
            power=row["power"],
            since=month_of(row["since"]),
            until=month_of(row["until"]) if row["until"] else None,
            classes=tuple(row["classes"].split()),
            buyers=tuple(row["buyers"].split()),
            below_threshold_only=row["below_threshold_only"] == "yes",
            contested=row["contested"] == "yes",
            note=row["note"],
        )
        for row in _of(nation, "routes")
    )
