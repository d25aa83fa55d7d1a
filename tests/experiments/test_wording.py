"""Numbers are written so that an officer reads them without a key."""

from io import StringIO

import pytest
from rich.console import Console

from experiments.cli import screen
from experiments.cli.tables import _treated, print_comparison
from experiments.cli.wording import HOLE, estimate, futures, number, pounds
from scenarios.tables import HOME, country
from simulation.procurement.registry import BUILT_IN


@pytest.mark.parametrize(
    ("value", "unit", "written"),
    [
        (None, "share", HOLE),
        (1.4237, "GBP per GBP", "1.424"),
        (0.1234, "share", "12.3%"),
        (-0.05, "share of outlay", "-5.0%"),
        (750e6, "GBP a year", "£750.0m"),
        (-1234.5, "GBP", "-£1,234"),
        (0.0, "GBP a year", "£0"),
        (105_234, "jobs", "105,234"),
        (11.26, "months", "11.3"),
    ],
)
def test_a_level_is_written_in_its_unit(value: float | None, unit: str, written: str) -> None:
    """Pounds with their sign, shares in per cent, a dash where there is no number."""
    assert number(value, unit) == written


@pytest.mark.parametrize(
    ("value", "unit", "written"),
    [(0.021, "share", "+2.1 pts"), (-3.0, "jobs", "-3.000"), (-1e-9, "share", "0.0 pts"),
     (5e6, "GBP", "+£5.0m")],
)  # fmt: skip
def test_a_difference_carries_its_sign(value: float, unit: str, written: str) -> None:
    """Gains have a plus, shares differ by points, and nothing has no sign."""
    assert number(value, unit, signed=True) == written


@pytest.mark.parametrize(
    ("three", "unit", "signed", "written"),
    [
        ((1.5, 1.0, 2.0), "jobs", False, ("1.500", "1.000 to 2.000")),
        ((71.7, -0.54, 144.2), "GBP", True, ("+£72", "-£1 to +£144")),
        ((0.9e6, -0.2e6, 2.1e6), "GBP", True, ("+£0.9m", "-£0.2m to +£2.1m")),
        ((5.25, 0.5, 9.75), "GBP", False, ("£5.25", "£0.50 to £9.75")),
        ((8.0, 4.5, 12.0), "months", False, ("8.0", "4.5 to 12.0")),
        ((0.0, 0.0, 0.0), "GBP", True, ("£0", "£0 to £0")),
        ((None, None, None), "jobs", False, (HOLE, "")),
    ],
)
def test_a_mean_and_its_interval_are_written_alike(
    three: tuple[float | None, ...], unit: str, signed: bool, written: tuple[str, str]
) -> None:
    """One number of decimals for all three, that of the farther end."""
    assert estimate(*three, unit, signed=signed) == written


def test_pence_are_told_in_pounds() -> None:
    """Money below a hundred pounds is told to the penny, above in whole pounds."""
    assert pounds(123_456) == "£1,235"
    assert pounds(1_234) == "£12.34"


@pytest.mark.parametrize(("many", "written"), [(0, "0 futures"), (1, "1 future"), (2, "2 futures")])
def test_one_future_is_no_futures(many: int, written: str) -> None:
    """One is told in the singular."""
    assert futures(many) == written


def test_many_ways_of_buying_are_told_in_parts_that_cut_no_number(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """On a window of 80 columns all ways stand under their whole names with whole amounts."""
    console = Console(record=True, width=80, file=StringIO())
    monkeypatch.setattr(screen, "stdout", lambda: console)
    same = {"measure": "net_local_income", "tier": "district", "unit": "GBP a year"}
    rows = [
        {**same, "regime": name, "mean": -35_965.0, "low": -85_233.0, "high": -8_031.0}
        for name in BUILT_IN
    ]
    summary = {
        "regimes": list(BUILT_IN), "baseline": "price_quality", "outcomes": rows,
        "differences": rows, "best": [{**row, "share": 0.0} for row in rows],
        "treated_pence": {}, "local_preference": [],
        "capital": [
            {"regime": "grant", "firms": "founded", "paid_out": 700.0, "repaid": 0.0,
             "written_off": 0.0}
        ],
    }  # fmt: skip

    print_comparison(summary, [])
    said = console.export_text()

    assert "…" not in said
    assert "(part 2 of " in said
    assert "Lent to enterprises that councils founded" in said
    assert said.count("-£35,965") == 3 * len(BUILT_IN) - 2  # the gaps once more, by place
    assert all(word in said for name in BUILT_IN for word in name.split("_"))


def test_losses_elsewhere_tenths_and_owners_stand_beside_the_gain(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """The net is told for every place up to the country, and groups of households and owners."""
    console = Console(record=True, width=100, file=StringIO())
    monkeypatch.setattr(screen, "stdout", lambda: console)
    lines = [
        *(("net_local_income", tier) for tier in ("district", "county", "region", "uk", "all")),
        ("displacement", "district"), ("income_decile_1", "district"),
        ("profit_owner_coop", "district"), ("profit_owner_coop", "county"),
    ]  # fmt: skip
    rows = [
        {"measure": measure, "tier": tier, "unit": "GBP a year", "regime": "grant",
         "mean": 1_000.0 + at, "low": 900.0, "high": 1_100.0}
        for at, (measure, tier) in enumerate(lines)
    ]  # fmt: skip
    summary = {
        "regimes": ["price_quality", "grant"], "baseline": "price_quality", "outcomes": [],
        "differences": rows, "best": [], "treated_pence": {}, "local_preference": [],
    }  # fmt: skip

    print_comparison(summary, [])
    said = console.export_text()

    by_place = said.split("There, lost outside it, and left")[1].split("By tenth")[0]
    assert all(word in by_place for word in ("£1,000", "£1,001", "£1,002", "£1,003", "£1,005"))
    assert "£1,004" not in said, "the country is the whole system: not told twice"
    by_group = said.split("By tenth of incomes and owner")[1]
    assert "£1,006" in by_group
    assert "£1,007" in by_group
    assert "£1,008" not in by_group, "groups are told for the smallest place"


def test_terminal_and_report_tell_what_is_treated_in_the_same_words() -> None:
    """A year's treated spending is not what was let anew; each is named, in the nation's money."""
    summary = {
        "treated": {"pounds_a_year": 180_000.0, "share": 0.6},
        "treated_pence": {"price_quality": 30_000_000, "grant": 20_000_000},
    }

    told = _treated(summary, country("us"))

    assert told == [
        "Spending treated: $180,000 a year, 60.0% of buying.",
        "Let anew, of that: price_quality $300,000, grant $200,000.",
    ]
    assert _treated({"treated_pence": {"a": 100, "b": 100}}, country(HOME)) == [
        "Let anew, of that: £1.00 in each run."
    ]
