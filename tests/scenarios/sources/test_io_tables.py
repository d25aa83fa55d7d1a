"""An input-output table is found wherever it stands, proved by its sums, and multiplied right."""

import re
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from experiments.validation.input_output import powers, two_industries
from scenarios.sources.io_tables import EndlessRoundsError, type_one, type_two
from scenarios.sources.io_tables_grid import IoTableError, number_of
from scenarios.sources.io_tables_labels import column_item, divisions, key_of, row_item, unit_of
from scenarios.sources.io_tables_read import read_io_table
from tests.scenarios.sources import small_tables as small


@pytest.fixture
def read(tmp_path: Path):
    """Write a text to a file and read it."""

    def reading(text: str | bytes, name: str = "table.csv"):
        path = tmp_path / name
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
        return read_io_table(path)[0]

    return reading


def faults_of(read, text: str | bytes) -> str:
    """What is said of a text that is refused."""
    with pytest.raises(IoTableError) as refused:
        read(text)
    return str(refused.value)


def test_codes_above_names_and_sums_among_the_columns(read):
    """Flows, items and output are where their labels say; sums are left out, called so or not."""
    table = read(small.ons())

    assert table.codes == small.CODES
    assert table.names == small.NAMES
    assert (table.flows == small.FLOWS).all()
    assert (table.output == small.OUTPUT).all()
    assert set(table.primary) == {"imports", "taxes_products", "compensation", "surplus"}
    assert (table.primary["compensation"] == small.PAY).all()
    assert set(table.final) == {"exports", "household", "government"}
    assert (table.final["household"] == small.HOUSEHOLD).all()
    assert table.household == {"imports": 12.0, "imports_nation": 0.0, "taxes_products": 6.0}
    assert (table.kind, table.use) == ("industry by industry", "domestic")
    assert (table.currency, table.year, table.notes) == ("GBP", "2019", ())
    assert np.abs(table.column_gaps()).max() == np.abs(table.row_gaps()).max() == 0.0


def test_imported_rows_below_the_domestic_ones(read):
    """What an OECD table has apart is summed: imports of each buyer and of households."""
    table = read(small.oecd())

    assert table.codes == ("01T02", "10T12", "45T47")
    assert (table.flows == small.FLOWS).all()
    assert np.allclose(table.primary["imports"], small.IMPORTS)
    assert (table.primary["value_added"] == small.PAY + small.SURPLUS).all()
    assert table.household["imports"] == pytest.approx(12.0)
    assert (table.currency, table.year) == ("USD", "2018")
    assert type_two(table) is None


def test_bare_codes_of_the_oecd_are_enough(read):
    """The files of single countries carry codes alone: TTL_A01_02, TXS_INT_FNL, VALU, OUTPUT."""
    text = small.oecd().split("\n", 3)[3].replace("DOM_", "TTL_A").replace("IMP_", "IMP_A")
    text = re.sub(r": [^,\n]*", "", text).replace(",D", ",A").replace("01T02", "01_02")

    table = read(text)

    assert "TTL_A01_02" in text
    assert (table.flows == small.FLOWS).all()
    assert np.allclose(table.primary["imports"], small.IMPORTS)
    assert (table.primary["taxes_products"] == small.TAXES).all()
    assert table.codes[0] == "A01_02"


def test_a_sum_of_an_item_is_not_counted_again(read):
    """Gross surplus beside its two parts, and pay with a part of it: Eurostat prints all."""
    text = small.ons().replace(
        'GOS & MI,"Gross operating surplus and mixed income",10,20,50\n',
        "B2A3N,Operating surplus net,4,8,20\nP51C,Consumption of fixed capital,6,12,30\n"
        "B2A3G,Operating surplus gross,10,20,50\n",
    )
    text = text.replace("D1,", "D11,Of which wages and salaries,20,30,90\nD1,")

    table = read(text)

    assert (table.primary["surplus"] == small.SURPLUS).all()
    assert (table.primary["compensation"] == small.PAY).all()


def test_total_use_is_parted_by_the_share_of_imports(read):
    """Each buyer imports alike; rows and columns balance as they did, and the note says derived."""
    table = read(small.total_use())

    assert (table.use, table.kind, table.currency) == ("total", "product by product", "EUR")
    assert np.allclose(table.flows, small.FLOWS)
    assert np.allclose(table.final["exports"], small.EXPORTS)
    assert np.abs(table.row_gaps()).max() < 1e-9
    assert np.abs(table.column_gaps()).max() < 1e-9
    assert "derived" in table.notes[0]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_the_same_table_in_any_encoding(read, encoding):
    """A mark of byte order or a pound sign of Windows changes nothing."""
    table = read(small.ons().encode(encoding))

    assert (table.flows == small.FLOWS).all()
    assert table.currency == "GBP"


@pytest.mark.parametrize(
    ("text", "figure"),
    [("1,234.5", 1234.5), ("(1,234)", -1234.0), ("-7", -7.0), ("£1,000", 1000.0), ("4,5", None),
     ("36,37", None), ("1,2345", None), ("", None), ("nan", None), ("inf", None), ("1e3", 1000.0)],
)  # fmt: skip
def test_figures_and_what_only_looks_like_one(text, figure):
    """Thousands, brackets and pounds are read; a decimal comma is not guessed."""
    assert number_of(text) == figure


def test_rows_and_columns_may_be_moved(read):
    """No address is assumed: three rows and two columns in front change nothing."""
    moved = "note\n\n\n" + "".join(f",,{line}\n" for line in small.ons().splitlines())

    assert (read(moved).flows == small.FLOWS).all()


def test_multipliers_by_hand():
    """A = [[.2, .1], [.4, .5]]: det(I - A) = .36, so column sums are .9/.36 and .9/.36."""
    table = two_industries()

    assert type_one(table) == pytest.approx([0.9 / 0.36, 0.9 / 0.36])
    # Closed over households: pay .4 and .4 a unit, spent half on each. Were it all their income,
    # every column would sum to 1 and money never leave; no sum of rounds exists.
    # With income of 240: I - A* = [[.8, -.1, -.25], [-.4, .5, -.25], [-.4, -.4, 1]];
    # det = .8(.5 - .1) + .1(-.4 - .1) - .25(.16 + .2) = .32 - .05 - .09 = .18.
    # Column sums of the inverse over the two industries, by cofactors:
    # first (.4 + .5) / .18 = 5, second (.2 + .7) / .18 = 5.
    assert type_two(table, 240.0) == pytest.approx([5.0, 5.0])
    for income in (120.0, 90.0):
        with pytest.raises(EndlessRoundsError, match="wanted some of it to leave"):
            type_two(table, income)


def test_multipliers_are_the_sum_of_all_rounds(read):
    """The inverse equals the rounds of suppliers, and of households, added one by one."""
    table = read(small.ons())
    inputs = small.FLOWS / small.OUTPUT
    closed = np.zeros((4, 4))
    closed[:3, :3] = inputs
    closed[3, :3] = small.PAY / small.OUTPUT
    closed[:3, 3] = small.HOUSEHOLD / 400.0

    assert type_one(table) == pytest.approx(powers(inputs).sum(axis=0), rel=1e-12)
    assert type_two(table, 400.0) == pytest.approx(powers(closed)[:3, :3].sum(axis=0), rel=1e-12)
    default = type_two(table)
    assert default == pytest.approx(type_two(table, small.PAY.sum() + small.SURPLUS.sum()))


def test_an_industry_that_makes_nothing_has_a_multiplier_of_one(read):
    """Tobacco in Scotland: a row and a column of zeros."""
    text = small.ons().replace(",C10,G47,", ",C10,C12,G47,")
    lines = text.splitlines()
    head = next(k for k, line in enumerate(lines) if line.startswith(",SIC"))
    for k in range(head + 1, len(lines)):
        cells = lines[k].split('"')
        if len(cells) == 3:
            parts = cells[2].split(",")
            cells[2] = ",".join([*parts[:3], "0", *parts[3:]])
            lines[k] = '"'.join(cells)
        elif lines[k].startswith(",Industry"):
            lines[k] = lines[k].replace("Making of food,", "Making of food,Tobacco,")
    at = next(k for k, line in enumerate(lines) if line.startswith("G47"))
    lines.insert(at, 'C12,"Tobacco",0,0,0,0,0,0,0,0,0,0')

    table = read("\n".join(lines))

    assert table.codes == ("A01", "C10", "C12", "G47")
    assert type_one(table)[2] == 1.0


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("20,30,0,50,", "20,thirty,0,50,", '"thirty"; wanted a figure'),
        ("10,20,60,90,", "10,20,-60,90,", "rows that do not sum to output: G47"),
        ('basic prices",100', 'basic prices",-100', "negative output of A01"),
    ],
)
def test_what_does_not_add_up_is_refused_with_the_place(read, old, new, said):
    """A word for a figure, a changed sign, a row without its word: what, where, what is wanted."""
    text = small.ons()
    assert old in text

    assert said in faults_of(read, text.replace(old, new))


def test_output_may_stand_in_the_last_column_alone(read):
    """A row that no word is known of is told, and total use gives output."""
    table = read(small.ons().replace("Total output at basic prices", "All"))

    assert (table.output == small.OUTPUT).all()
    assert table.notes == ('Left out, as no word of it is known: row "P1 All".',)


def test_a_changed_figure_shows_in_its_row_and_its_column(read):
    """Both faults are told at once, with how far each sum is off."""
    told = faults_of(read, small.ons().replace('food",10,40,30', 'food",17,40,30'))

    assert "columns that do not sum to output: A01 (+7.0 of 100.0)" in told
    assert "rows that do not sum to output: C10 (+7.0 of 200.0)" in told


@pytest.mark.parametrize(
    "text", ["", "a,b\n1,2\n", "\n\n\n", "x" * 3000, '"', "1,2,3\n4,5,6\n7,8,9"]
)
def test_what_is_no_table_is_refused(read, text):
    """Nothing, another table, noise: an error, never a traceback."""
    assert "no block of flows" in faults_of(read, text)


@given(
    at=st.integers(0, 10_000),
    new=st.sampled_from([b"", b"9", b",", b'"', b"\n", b"\xff", b"-", b"e400", b"=1+1", b"nan"]),
    cut=st.integers(0, 60),
)
def test_a_damaged_table_adds_up_or_is_refused(at, new, cut):
    """Whatever is cut out or put in: a table in balance, or an error that says what is wrong."""
    raw = small.ons().encode()
    place = at % len(raw)
    with TemporaryDirectory() as folder:
        path = Path(folder) / "table.csv"
        path.write_bytes(raw[:place] + new + raw[place + cut :])
        try:
            table = read_io_table(path)[0]
        except IoTableError:
            return

    assert not table.unbalanced(table.column_gaps()).any()
    assert not table.unbalanced(table.row_gaps()).any()
    assert np.isfinite(type_one(table)).all()


def test_a_broken_workbook_is_refused(read):
    """A file that begins as a workbook and is none."""
    assert "workbook" in faults_of(read, b"PK\x03\x04" + b"\0" * 100)


def test_a_missing_file_and_a_missing_sheet_are_told(tmp_path):
    """What is looked for, and what there is."""
    path = tmp_path / "table.csv"
    with pytest.raises(IoTableError, match="nothing of that name"):
        read_io_table(path)
    path.write_text(small.ons(), encoding="utf-8")
    with pytest.raises(IoTableError, match='no sheet "IxI"; wanted one of "table'):
        read_io_table(path, "IxI")


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        ("A01", (1,)), ("CPA_A01", (1,)), ("06-08", (6, 7, 8)), ("B06 & B07", (6, 7)),
        ("02.1, 02.4", (2,)), ("11.01-04", (11,)), ("C1101T1106 & C12", (11, 12)),
        ("C102_3", (10,)), ("C241T243", (24,)), ("C23OTHER", (23,)), ("19, 20B", (19, 20)),
        ("L68BXL683", (68,)), ("K65.1-2 & K65.3", (65,)), ("F41, F42  & F43", (41, 42, 43)),
        ("45T47", (45, 46, 47)), ("B05_06", (5, 6)), ("68.2IMP", (68,)), ("no digit", ()),
    ],
)  # fmt: skip
def test_divisions_of_a_code(code, expected):
    """The codes of the ONS, of Scotland and of the OECD name the same divisions."""
    assert divisions(code) == expected


@pytest.mark.parametrize(
    ("label", "key"),
    [("DOM_01T02: Agriculture", "01t02"), ("D01T02: Agriculture", "01t02"), ("CPA_A01", "01"),
     ("A01", "01"), ("B06 &  B07", "06 & b07"), ("", "")],
)  # fmt: skip
def test_keys_of_labels(label, key):
    """A row and a column of one industry share their key."""
    assert key_of(label) == key


def test_words_of_items():
    """Non-residents are no households, subsidies on production no taxes on products."""
    assert column_item("Non-resident households") == "exports"
    assert column_item("Rest of UK exports", "Exports") == "exports"
    assert column_item("P3 S15 NPISH") == "npish"
    assert column_item("Total", "Exports") == "total"
    assert column_item("Something else") is None
    assert row_item(["TlSPrdn", "Taxes less subsidies on production"]) == "taxes_production"
    assert row_item(["Taxes less subsidies on products"]) == "taxes_products"
    assert row_item(["Imports from rest of UK"]) == "imports_nation"
    assert row_item(["Total intermediate use"]) == "total"
    assert unit_of(["Unit", "US Dollar, Millions"]) == ("USD", 1.0)
    assert unit_of(["GBP billion"]) == ("GBP", 1000.0)
    assert np.isnan(unit_of(["figures"])[1])
