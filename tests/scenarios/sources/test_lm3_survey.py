"""The survey form of LM3: what a supplier answers, and every fault of a form at once."""

from pathlib import Path

import pytest

from scenarios.sources.lm3_survey import SurveyError, form_columns, read_survey

TIERS = ("district", "county", "region", "uk")
KNOWN = {"Ashgrove Care Ltd": 3, "Northern Works plc": 5}


def form(folder: Path, text: str) -> Path:
    """A filled form."""
    path = folder / "form.csv"
    path.write_text(text, encoding="utf-8")
    return path


def test_pounds_and_per_cent_are_shares_of_turnover(tmp_path: Path) -> None:
    """Of £1m half is take-home pay, 60 % of that here: £300,000. Supplies here are £100,000."""
    path = form(
        tmp_path,
        "Supplier,Turnover,Pay,Pay district,Pay county,supplies_district,Passed on district\n"
        'Ashgrove Care Ltd,"£1,000,000",50%,60%,"£400,000","100,000",\n'
        "Northern Works plc,,,,,,\n",
    )

    (answers,) = read_survey(path, KNOWN, TIERS).items()

    assert answers[0] == 3
    assert answers[1].shares == {
        ("pay", "district"): pytest.approx(0.3),
        ("pay", "county"): pytest.approx(0.4),
        ("supplies", "district"): pytest.approx(0.1),
    }


def test_a_blank_form_says_nothing(tmp_path: Path) -> None:
    """Names and what was paid are no answer."""
    path = form(tmp_path, ",".join(form_columns(TIERS)) + "\nAshgrove Care Ltd,600.00\n")

    assert read_survey(path, KNOWN, TIERS) == {}


def test_every_fault_is_told_with_its_row(tmp_path: Path) -> None:
    """Unknown and repeated names, parts above their sum, falling places, words for numbers."""
    path = form(
        tmp_path,
        "supplier,turnover,pay,pay_district,pay_county,supplies,passed_on_district,pay_village\n"
        "Ashgrove Care,100,10,,,,,\n"
        "Northern Works plc,100,60,50,40,50,30%,\n"
        "Northern Works plc,none,,10%,,,,\n"
        "Ashgrove Care Ltd,,10,,,,7,\n"
        "Ashgrove Care Ltd,100,20,30,,0.5,,\n",
    )

    with pytest.raises(SurveyError) as error:
        read_survey(path, KNOWN, TIERS)

    said = str(error.value)
    for words in (
        "form.csv:1: pay_village: found no column of the form",
        "form.csv:2: supplier: found `Ashgrove Care`; wanted a supplier of these payments. "
        "Did you mean `Ashgrove Care Ltd`?",
        "form.csv:3: pay_county: found less than pay_district",
        "form.csv:3: found 110% of turnover spent; wanted 100 % at most",
        "form.csv:3: passed_on_district: found an answer without supplies_district, "
        "profit_district",
        "form.csv:4: supplier: found `Northern Works plc` a second time; wanted each supplier "
        "once. Row 3 has it already.",
        "form.csv:4: turnover: found `none`",
        "form.csv:4: pay_district: found `10%` of an unknown sum",
        "form.csv:5: pay: found `10` and no turnover",
        "form.csv:5: passed_on_district: found `7`; wanted per cent with its sign",
        "form.csv:6: pay_district: found more than pay",
        "form.csv:6: supplies: found `0.5`; wanted more than £1, or per cent with its sign",
    ):
        assert words in said
    assert error.value.exit_code == 2


def test_the_line_that_names_the_separator_is_counted(tmp_path: Path) -> None:
    """Excel writes `sep=;` above the headings: messages count lines of the file all the same."""
    path = form(tmp_path, "sep=;\nsupplier;turnover;note\nAshgrove Care;100;\n")

    with pytest.raises(SurveyError) as error:
        read_survey(path, KNOWN, TIERS)

    assert "form.csv:3: supplier: found `Ashgrove Care`" in str(error.value)
    assert "form.csv:2: note: found no column of the form" in str(error.value)


def test_a_supplier_of_unknown_place_must_say_where_it_is(tmp_path: Path) -> None:
    """Else its answer could not be placed."""
    text = "supplier,based,pay\nAshgrove Care Ltd,,10%\nNorthern Works plc,moon,10%\n"

    with pytest.raises(SurveyError, match=r":2: based: found nothing.*\n.*:3: based: found `moon`"):
        read_survey(form(tmp_path, text), KNOWN, TIERS, unplaced={3})


@pytest.mark.parametrize("text", ["", "name,pay\nAshgrove,1\n"])
def test_what_is_no_form_is_refused(tmp_path: Path, text: str) -> None:
    """An empty file, and one without suppliers."""
    with pytest.raises(SurveyError):
        read_survey(form(tmp_path, text), KNOWN, TIERS)
    with pytest.raises(SurveyError, match="no such file"):
        read_survey(tmp_path / "none.csv", KNOWN, TIERS)


@pytest.mark.parametrize("cell", ["nan%", "inf%", "snan%"])
def test_what_is_no_number_is_told(tmp_path: Path, cell: str) -> None:
    """Words that a parser of decimals would take."""
    with pytest.raises(SurveyError, match="0% to 100%"):
        read_survey(
            form(tmp_path, f"supplier,turnover,pay\nAshgrove Care Ltd,100,{cell}\n"), KNOWN, TIERS
        )
