"""Payments and a register become sides and contracts; unknown stays a range."""

from datetime import date
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from experiments.analysis.fit_contracts import contract_rows
from experiments.analysis.fit_paid import (
    Contracts,
    NoRegisterError,
    Paid,
    paid_side,
    read_contracts,
    trait_names,
)
from experiments.analysis.fit_place import Ring, rings
from experiments.analysis.fit_rows import (
    AGREES,
    DIFFERS,
    NOT_COMPARABLE,
    FitRow,
    Terms,
    gap,
    month_row,
    spending_rows,
)
from experiments.analysis.fit_spend import Key, Side, drawn, figures, keys, lorenz
from experiments.figures.palette import PAPER
from experiments.figures.sides import Beside, lorenz_figure, sides_figure
from scenarios.read import read_scenario
from tests.experiments.fit_made_up import resolved, supplier

HERE = Ring("district", "Northmoor", frozenset({"northmoor"}), frozenset({"E07000123"}))
COUNTRY = Ring("uk", "United Kingdom", frozenset({"northmoor", "rest"}), None)
YEAR = [f"2023-{k:02d}" for k in range(1, 13)]
IDS = ["homecare", "ict"]


def measured(side: Side) -> dict[Key, tuple[float, float]]:
    """Figures of a side by their key."""
    found = figures(side, np.ones(side.named.size))
    return {key: (float(a), float(b)) for key, (a, b) in zip(keys(side), found, strict=True)}


def side_of(*pence: int, months: int = 12) -> Side:
    """Suppliers of one category that received these sums in each of some months [pence]."""
    payments = [(k, "ict", sum_, month) for k, sum_ in enumerate(pence) for month in YEAR[:months]]
    return paid_side(resolved([supplier()] * len(pence), payments), IDS, [HERE]).side


def terms(months: int = 12, years: float = 0.0) -> Terms:
    """Terms of a comparison without any name."""
    return Terms(months, years, 1, {}, {})


def row_of(rows: list[FitRow], measure: str, of: str = "") -> FitRow:
    """The one row of a measure."""
    (found,) = [row for row in rows if (row.measure, row.of) == (measure, of)]
    return found


def test_what_is_not_known_of_a_supplier_makes_a_range() -> None:
    """£600 surely here, £300 here or next door, £100 unknown: 60 to 100 per cent are local."""
    found = resolved(
        [
            supplier({"sme": 1.0}, based=["E07000123"]),
            supplier({"sme": 0.5}, based=["E07000123", "E07000121"]),
            supplier({"person": 1.0}),
            supplier({"corporate": 1.0}, based=["abroad"]),
        ],
        [(0, "ict", 60_000, "2023-01"), (1, "ict", 30_000, "2023-01"), (2, None, 5_000, "2023-01"),
         (3, "ict", 5_000, "2023-01")],
    )  # fmt: skip

    told = measured(paid_side(found, IDS, [HERE, COUNTRY]).side)

    assert told[Key("trait_share", "based:district")] == pytest.approx((0.6, 0.95))
    assert told[Key("trait_share", "based:uk")] == pytest.approx((0.9, 0.95))
    assert told[Key("trait_share", "sme")] == pytest.approx((0.75, 0.95))
    assert told[Key("trait_share", "owned:district")] == pytest.approx((0.0, 1.0))
    assert told[Key("category_share", "homecare")] == pytest.approx((0.0, 0.05))


def test_concentration_counts_named_suppliers_above_nought() -> None:
    """Two suppliers with 75 and 25 per cent: an index of 6,250; redacted ones are no supplier."""
    found = resolved(
        [supplier(), supplier(), supplier(), supplier(payee_kind="redacted")],
        [(0, "ict", 7_500, "2023-01"), (1, "ict", 2_500, "2023-01"), (2, "ict", -100, "2023-01"),
         (3, "ict", 10_000, "2023-01")],
    )  # fmt: skip

    side = paid_side(found, IDS, [HERE]).side
    told = measured(side)

    assert told[Key("suppliers")] == (2.0, 2.0)
    assert told[Key("hhi")] == pytest.approx((6_250.0, 6_250.0))
    assert told[Key("top1")] == pytest.approx((0.75, 0.75))
    assert told[Key("supplier_pounds", "0.5")] == (25.0, 25.0)
    assert side.unnamed == pytest.approx(10_000 / 19_900)


def test_a_supplier_drawn_twice_counts_as_two() -> None:
    """Weights stand for copies: four of £75 and two of £25 have the same shares as six would."""
    side = side_of(7_500, 2_500)
    copies = side_of(*[7_500] * 4, 2_500, 2_500)

    weighed = figures(side, np.array([4.0, 2.0]))

    assert weighed == pytest.approx(figures(copies, np.ones(6)), nan_ok=True)
    assert measured(copies)[Key("top5")] == pytest.approx((325 / 350, 325 / 350))


def test_the_last_twelve_months_count_and_gaps_are_told() -> None:
    """Fourteen months: two are left out; where months are missing, that is said."""
    months = [*YEAR, "2024-01", "2024-03"]
    payments: list[tuple[int, str | None, int, str | None]] = [
        (0, "ict", 100_000, month) for month in months
    ]

    paid = paid_side(resolved([supplier()], [*payments, (0, "ict", 100_000, None)]), IDS, [HERE])

    assert (paid.months[0], paid.months[-1], len(paid.months)) == ("2023-03", "2024-03", 12)
    assert paid.side.pence.sum() == 1_200_000
    assert any("3 of 15 payments are left out" in note for note in paid.notes)
    assert any("1 missing in between" in note for note in paid.notes)


def test_a_list_without_small_payments_is_known_by_them() -> None:
    """All payments above £500: the built economy's small ones are to be left out as well."""
    large, small = [
        paid_side(resolved([supplier()], [(0, "ict", pence, "2023-01")]), IDS, [HERE])
        for pence in (60_000, 40_000)
    ]

    assert isinstance(large, Paid)
    assert (large.floored, small.floored) == (True, False)


def test_the_gap_is_from_the_nearer_end() -> None:
    """Nothing where ranges meet; signed where they do not."""
    assert gap((1.0, 2.0), (1.5, 1.5)) == 0.0
    assert gap((1.0, 2.0), (2.5, 3.0)) == 0.5
    assert gap((1.0, 2.0), (0.25, 0.5)) == -0.5


def test_alike_agrees_and_unlike_differs() -> None:
    """The same suppliers agree in all that is compared; ten times the spending does not."""
    ours = side_of(*range(100_000, 140_000, 1_000))

    same = spending_rows(ours, ours, terms())
    tenfold = spending_rows(ours, side_of(*range(1_000_000, 1_400_000, 10_000)), terms())

    assert {row.verdict for row in same} == {AGREES, NOT_COMPARABLE}
    assert row_of(tenfold, "pounds").verdict == DIFFERS
    assert row_of(tenfold, "hhi").verdict == AGREES
    assert row_of(tenfold, "pounds").within.endswith("fit_check.factor_apart")


def test_drawing_suppliers_anew_widens_the_tolerance() -> None:
    """Where one supplier decides the index, another draw moves it far: that is said."""
    ours, theirs = side_of(900_000, 50_000, 50_000), side_of(400_000, 300_000, 300_000)

    row = row_of(spending_rows(ours, theirs, terms()), "hhi")

    assert row.within == "suppliers of both sides drawn anew"
    assert row.tolerance is not None
    assert row.tolerance > 0.25 * 8_150


def test_few_months_give_no_pounds_a_year() -> None:
    """Three months of payments are not made a year of; shares are compared all the same."""
    ours = side_of(100_000, 200_000, months=3)

    rows = spending_rows(ours, ours, terms(months=3))

    assert row_of(rows, "pounds").verdict == NOT_COMPARABLE
    assert "3 months" in row_of(rows, "pounds").why
    assert row_of(rows, "category_share", "ict").verdict == AGREES


def test_nine_months_are_made_a_year_of() -> None:
    """Pounds of nine months count by twelve ninths on both sides."""
    ours = side_of(90_000, months=9)

    row = row_of(spending_rows(ours, ours, terms(months=9)), "pounds")

    assert (row.data_low, row.built) == pytest.approx((10_800.0, 10_800.0))


def test_pounds_of_another_year_are_a_range() -> None:
    """Five years at up to 4 per cent: the data's pounds reach up to 1.22 of themselves."""
    ours = side_of(100_000, 200_000)

    row = row_of(spending_rows(ours, ours, terms(years=5.0)), "pounds")

    assert (row.data_low, row.data_high) == pytest.approx((36_000.0, 36_000.0 * 1.04**5))
    assert "fit_check.prices_a_year" in row.why


def test_categories_mostly_unknown_are_not_compared() -> None:
    """With more than half of the pounds in no category, no share of one is compared."""
    found = resolved([supplier()], [(0, None, 60_000, "2023-01"), (0, "ict", 50_000, "2023-01")])
    ours = paid_side(found, IDS, [HERE]).side

    row = row_of(spending_rows(ours, ours, terms()), "category_share", "ict")

    assert row.verdict == NOT_COMPARABLE
    assert "fit_check.most_unknown" in row.why


def test_a_range_in_which_anything_lies_is_not_compared() -> None:
    """Nobody knows where a supplier of all is based: 0 to 100 per cent agrees with nothing."""
    ours = side_of(100_000, 200_000)

    row = row_of(spending_rows(ours, ours, terms()), "trait_share", "based:district")

    assert (row.data_low, row.data_high) == (0.0, 1.0)
    assert row.verdict == NOT_COMPARABLE
    assert "anything" in row.why


def test_seasons_are_told_and_not_judged() -> None:
    """The model spends twelfths."""
    ours = side_of(100_000)

    row = month_row(ours, ours)

    assert (row.verdict, row.data_low) == (NOT_COMPARABLE, pytest.approx(1 / 12))
    assert "twelfths" in row.why


def test_the_same_seed_draws_the_same() -> None:
    """Another seed, or the other side's stream, draws others."""
    side = side_of(100_000, 200_000, 300_000)

    assert np.array_equal(drawn(side, 1, 1), drawn(side, 1, 1), equal_nan=True)
    assert not np.array_equal(drawn(side, 1, 1), drawn(side, 2, 1), equal_nan=True)
    assert not np.array_equal(drawn(side, 1, 1), drawn(side, 1, 2), equal_nan=True)


def test_lorenz_of_equals_is_the_diagonal() -> None:
    """Gini is 0 among equals, and a half where one of two has all but a penny."""
    equal, gini = lorenz(side_of(100, 100, 100, 100), points=4)
    _, unequal = lorenz(side_of(100_000_000, 1))

    assert equal == pytest.approx([0.0, 0.25, 0.5, 0.75, 1.0])
    assert gini == pytest.approx(0.0)
    assert unequal == pytest.approx(0.5, abs=1e-6)


def test_tiers_hold_the_districts_of_the_tables() -> None:
    """Tameside lies in Greater Manchester's ten, and in a region that is told in sums."""
    around = {ring.tier: ring for ring in rings(read_scenario("tameside"))}

    assert list(around) == ["district", "county", "region", "uk"]
    assert around["district"].holds(["E08000008"]) == (1.0, 1.0)
    assert around["county"].holds(["E08000003", "E08000006"]) == (1.0, 1.0)
    assert around["region"].holds(["E08000012"]) == (1.0, 1.0)
    assert around["region"].holds(["E08000008", "E08000035"]) == (0.0, 1.0)
    assert around["uk"].holds(["S12000036"]) == (1.0, 1.0)
    assert around["uk"].holds(["abroad"]) == (0.0, 0.0)
    assert around["district"].holds(None) == (0.0, 1.0)


def write_register(folder: Path, rows: list[tuple[int | None, int | None, date, date]]) -> Path:
    """A register of annual and total values, start and end."""
    names = ("annual_value_pence", "total_value_pence", "start", "end")
    texts = {"category_name": "Home care", "title": "Care at home", "currency": "GBP"}
    columns = {name: [row[k] for row in rows] for k, name in enumerate(names)}
    pq.write_table(
        pa.table(columns | {name: [text] * len(rows) for name, text in texts.items()}),
        folder / "contracts.parquet",
    )
    return folder


def test_another_currency_has_no_value_in_pounds(tmp_path: Path) -> None:
    """A contract in euros is counted with those of unknown value."""
    day = date(2022, 1, 1)
    folder = write_register(tmp_path, [(500_00, None, day, day)])
    table = pq.read_table(folder / "contracts.parquet")
    euros = table.set_column(
        table.schema.get_field_index("currency"), "currency", pa.array(["EUR"])
    )
    pq.write_table(euros, folder / "contracts.parquet")

    assert np.isnan(read_contracts(folder).yearly_pounds).all()


def test_a_register_tells_values_a_year_and_lengths(tmp_path: Path) -> None:
    """A total is divided by its years; a short contract is worth its total; silence is unknown."""
    two_years = (date(2022, 1, 1), date(2023, 12, 31))
    month = (date(2022, 1, 1), date(2022, 1, 31))
    rows: list[tuple[int | None, int | None, date, date]] = [
        (500_00, None, *two_years), (None, 2_000_00, *two_years), (None, 300_00, *month),
        (None, None, *month),
    ]  # fmt: skip

    found = read_contracts(write_register(tmp_path, rows))

    assert found.yearly_pounds == pytest.approx(
        [500.0, 1_000.0, 300.0, np.nan], rel=1e-3, nan_ok=True
    )
    assert found.value_category == ["homecare"] * 4
    assert found.months == pytest.approx([24.0, 24.0, 1.0, 1.0], abs=0.03)
    with pytest.raises(NoRegisterError, match="import register"):
        read_contracts(tmp_path / "nowhere")


def test_contracts_are_compared_by_quantiles() -> None:
    """Alike agrees, ten times as large differs, and without a register nothing is compared."""
    values = np.exp(np.linspace(8.0, 14.0, 200))
    bought = ["ict"] * 100 + [None] * 100
    register = Contracts(values, np.full(200, 36.0), bought, bought, 2024.0)
    built = Contracts(10.0 * values, np.full(50, 36.0), ["ict"] * 200, ["ict"] * 50, 2024.0)

    rows = contract_rows(register, built, 1, {"ict": "Computers", "homecare": "Care"})
    without = contract_rows(None, built, 1, {})

    assert {row.verdict for row in rows if row.measure == "yearly_pounds"} == {DIFFERS}
    assert {row.verdict for row in rows if row.measure == "months"} == {AGREES}
    assert [row.of for row in rows if row.group == "contracts by category"] == ["ict", "ict"]
    assert {row.verdict for row in without} == {NOT_COMPARABLE}
    assert "--register" in without[0].why


def test_traits_are_kinds_and_tiers() -> None:
    """Both sides have them in one order."""
    assert trait_names([HERE])[-2:] == ["based:district", "owned:district"]


@pytest.mark.parametrize("logarithmic", [False, True])
def test_the_picture_tells_ranges_agreement_and_doubt_by_shape(logarithmic: bool) -> None:
    """A box for a range, a rule for one number; dot, square and ring can be told apart in grey."""
    figure = sides_figure(
        [
            Beside("range", 0.1, 0.4, 0.3, True),
            Beside("number", 0.2, 0.2, 0.5, False),
            Beside("nothing", None, None, 0.1, None),
        ],
        str,
        logarithmic=logarithmic,
    )

    (axes,) = [one for one in figure.axes if one.patches]
    marks = [line for line in axes.lines if line.get_marker() in ("o", "s")]
    assert len(axes.patches) == 1
    assert [line.get_marker() for line in marks] == ["o", "s", "o"]
    fills = [line.get_markerfacecolor() for line in marks]
    assert fills[0] != PAPER
    assert fills[1:] == [PAPER, PAPER]


def test_lorenz_lines_differ_by_their_dashes() -> None:
    """On grey paper, too."""
    figure = lorenz_figure([("data", [0.0, 0.4, 1.0], ()), ("built", [0.0, 0.2, 1.0], (6.0, 2.0))])

    (axes,) = [one for one in figure.axes if one.get_legend()]
    assert [line.get_linestyle() for line in axes.lines] == ["-", "-", "--"]
