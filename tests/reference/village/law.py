"""The taxes of a year, from its published allowances, bands and rates."""

from functools import cache
from typing import NamedTuple

from scenarios import tables
from tests.reference.village.accounts import WHOLE


class Law(NamedTuple):
    """Bands of what is withheld from pay, as (from which pay, rate in 65,536ths), and other rates.

    Sums are pence a month.
    """

    bands: tuple[tuple[int, int], ...]
    employer_from: int
    employer_rate: float
    corporation: float

    @classmethod
    @cache
    def of(cls, year: str) -> "Law":
        """Read the law of a tax year."""
        law = tables.tax_year(year)

        def monthly(pounds: float) -> int:
            return round(pounds * 100 / 12)

        free = law["personal_allowance"]
        income = [
            (monthly(free), law["basic_rate"]),
            (monthly(free + law["basic_rate_band"]), law["higher_rate"]),
            (monthly(law["additional_rate_from"]), law["additional_rate"]),
        ]
        insurance = [
            (monthly(law["ni_employee_from"]), law["ni_employee_rate"]),
            (monthly(law["ni_employee_upper"]), law["ni_employee_upper_rate"]),
        ]
        floors = sorted({floor for floor, _ in (*income, *insurance)})
        bands = tuple(
            (floor, round((_rate(income, floor) + _rate(insurance, floor)) * WHOLE))
            for floor in floors
        )
        return cls(
            bands,
            monthly(law["ni_employer_from"]),
            law["ni_employer_rate"],
            law["corporation_tax_small"],
        )

    def withheld(self, pay: int) -> int:
        """Return tax and insurance on one person's pay, band by band, each cut to whole pence."""
        tops = [floor for floor, _ in self.bands[1:]] + [pay]
        return sum(
            (min(pay, top) - floor) * rate // WHOLE
            for (floor, rate), top in zip(self.bands, tops, strict=True)
            if pay > floor
        )


def _rate(schedule: list[tuple[int, float]], floor: int) -> float:
    """Return the rate of a schedule that applies just above a floor."""
    return max(((begins, rate) for begins, rate in schedule if begins <= floor), default=(0, 0.0))[
        1
    ]
