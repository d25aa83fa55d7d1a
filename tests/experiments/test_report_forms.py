"""The report in other forms: the numbers of a picture, a PDF, one sheet, and the command for it."""

import base64
import contextlib
import csv
import io
import json
import re
import subprocess
import sys
import zlib
from pathlib import Path

import pytest

from experiments.design.extras import MissingExtraError
from experiments.report.page import Report, read_report
from tests.experiments.result_folder import Case, write_result_folder
from tests.experiments.said import Poundflow

LONG = "A way of buying whose title is as long as a committee would ever let a title become here"
PLACE = "Bournemouth, Christchurch and Poole with the whole of the Isle of Purbeck"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A finished comparison."""
    return write_result_folder(tmp_path_factory.mktemp("results") / "out")


@pytest.fixture(scope="module")
def report(folder: Path) -> Report:
    """What is handed on of it."""
    return read_report(folder)


@pytest.fixture(scope="module")
def source(report: Report) -> str:
    """Its page."""
    return report.page


def _saved(source: str, name: str) -> bytes:
    link = re.search(rf'download="{re.escape(name)}" href="data:[^,]*,([^"]*)"', source)
    assert link, name
    return base64.b64decode(link[1])


def test_every_picture_gives_its_numbers_as_a_file(source: str) -> None:
    """Each picture has a link; the file holds the very rows of the table under it."""
    pictures = re.findall(r'<figure id="([^"]+)">\n<h3>[^\n]*<svg', source)

    rows = list(csv.reader(io.StringIO(_saved(source, "pound-2.csv").decode())))

    assert len(pictures) >= 15
    assert all(_saved(source, f"{name}.csv") for name in pictures)
    assert rows[0][1:4] == ["who_receives_it", "fate", "mean"]
    assert rows[1][1] == "residents’ pay"


def test_the_label_can_be_saved_from_the_page(source: str, folder: Path) -> None:
    """It is the folder's manifest, from which runs can be lived again."""
    label = json.loads(_saved(source, "manifest.json"))

    assert label == json.loads((folder / "manifest.json").read_text())
    assert "poundflow reproduce manifest.json" in source


def test_the_report_says_how_the_model_is_described_and_its_numbers_graded(source: str) -> None:
    """A method note: the description after ODD, and how many assumptions each grade stands for."""
    method = source[source.index('<h2 id="method">') :]

    assert "ODD protocol" in method
    assert "5 official" in method


def test_the_sheet_holds_question_answer_table_picture_and_limits(report: Report) -> None:
    """In this order, and without anything to fetch."""
    sheet = report.summary

    order = [sheet.index(f'id="{name}"') for name in ("answer", "numbers", "picture", "limits")]
    assert order == sorted(order)
    assert sheet.count('<ol class="answer">') == 1
    assert sheet.count("<table>") == 1
    assert sheet.count("<svg ") == 1
    assert "It is not a forecast." in sheet
    assert not re.search(r'(src|href)="(?!#)', sheet)


def test_the_command_writes_what_is_asked_for(
    poundflow: Poundflow, folder: Path, tmp_path: Path
) -> None:
    """A page at a place of its own, and a sheet."""
    page, sheet = tmp_path / "all.html", tmp_path / "one.html"

    said = poundflow("report", folder, "--out", page, "--summary", sheet)

    assert said.code == 0
    assert str(page) in said.err.replace("\n", "")
    assert '<h2 id="limits">' in page.read_text(encoding="utf-8")
    assert "<title>Preston, 2012: one page</title>" in sheet.read_text(encoding="utf-8")


def test_the_command_refuses_a_summary_of_no_known_kind(
    poundflow: Poundflow, folder: Path, tmp_path: Path
) -> None:
    """The ending says what is wanted; nothing is written."""
    said = poundflow("report", folder, "--summary", tmp_path / "one.docx")

    assert said.code == 2
    assert "found the ending .docx; wanted .html or .pdf" in said.err
    assert list(tmp_path.iterdir()) == []


def test_a_missing_extra_is_said_before_anything_is_written(
    poundflow: Poundflow, folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """With the command that installs it."""

    def absent(package: str, extra: str) -> None:
        raise MissingExtraError(package, extra)

    monkeypatch.setattr("experiments.report.pdf.need", absent)

    said = poundflow("report", folder, "--pdf", tmp_path / "all.pdf", "--out", tmp_path / "a.html")

    assert said.code == 2
    assert 'pip install "poundflow[pdf]"' in said.err
    assert list(tmp_path.iterdir()) == []


def test_a_missing_library_of_the_system_is_named(
    poundflow: Poundflow, folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """With the packages of each system that hold it."""
    (tmp_path / "weasyprint.py").write_text("raise OSError('cannot load library libpango-1.0-0')")
    monkeypatch.delitem(sys.modules, "weasyprint", raising=False)
    monkeypatch.syspath_prepend(tmp_path)

    said = poundflow("report", folder, "--pdf", tmp_path / "all.pdf")

    assert said.code == 2
    assert "apt install libpango-1.0-0" in said.err
    assert "brew install pango" in said.err


MEASURED = """
import sys
import zlib
from pathlib import Path
from experiments.report.page import Report, read_report
from experiments.report.pdf import page_pdf, sheet_pdf
report = read_report(Path(sys.argv[1]))
made = {"sheet": sheet_pdf(report.summary)}
if sys.argv[3:]:
    made["page"] = page_pdf(report.page)
for name, pdf in made.items():
    Path(sys.argv[2], f"{name}.pdf").write_bytes(pdf)
"""


def _set(folder: Path, out: Path, *more: str) -> Path:
    out.mkdir()
    words = [sys.executable, "-W", "ignore", "-c", MEASURED, str(folder), str(out), *more]
    subprocess.run(words, check=True, cwd=Path.cwd())
    return out


def pages_of(pdf: Path) -> int:
    """How many pages a PDF has."""
    return len(re.findall(rb"/Type /Page\b", inside(pdf)))


def inside(pdf: Path) -> bytes:
    """What a PDF holds, its packed parts unpacked."""
    raw, whole = pdf.read_bytes(), []
    for packed in re.findall(rb"stream\r?\n(.*?)endstream", raw, re.DOTALL):
        with contextlib.suppress(zlib.error):
            whole.append(zlib.decompressobj().decompress(packed))
    return b"\n".join([raw, *whole])


@pytest.mark.long
@pytest.mark.parametrize(
    "case",
    [
        Case(),
        Case(replicates=3, place=PLACE, titles={name: f"{LONG} {name}" for name in (
            "lowest_price", "price_quality", "social_value", "ethical_framework",
            "cooperative_membership")}),
        Case(unknown=dict.fromkeys(("local_income_multiplier", "quality", "unmet_need"), LONG)),
    ],
    ids=["usual", "long names", "not known"],
)  # fmt: skip
def test_the_sheet_fits_one_page(case: Case, tmp_path: Path) -> None:
    """Whatever the place, its ways of buying and what is known of them."""
    pdf = _set(write_result_folder(tmp_path / "out", case), tmp_path / "pdf") / "sheet.pdf"

    assert pages_of(pdf) == 1


@pytest.mark.long
def test_the_same_report_gives_the_same_pdf_tagged_for_screen_readers(tmp_path: Path) -> None:
    """Twice, in two processes: no time and no chance enters the file."""
    folder = write_result_folder(tmp_path / "out", Case(replicates=3, months=24))

    first, second = (_set(folder, tmp_path / name, "page") for name in ("one", "two"))

    whole = inside(first / "page.pdf")
    assert (first / "page.pdf").read_bytes() == (second / "page.pdf").read_bytes()
    assert (first / "sheet.pdf").read_bytes() == (second / "sheet.pdf").read_bytes()
    assert b"/MarkInfo" in whole
    assert b"www.aiim.org/pdfua/ns/id" in whole
    assert b"/CreationDate" not in whole


UNCUT = "break-inside: avoid"
TOO_TALL = f"""<!DOCTYPE html>
<html lang="en-GB"><head><title>A page</title><style></style></head><body>
<h2 style="break-after: avoid">Pictures</h2>
<div style="display: grid; grid-template-columns: 1fr 1fr; {UNCUT}">
{"".join(f'<div style="height: 120mm; {UNCUT}">Picture {k}</div>' for k in range(12))}
</div></body></html>"""
SET = """
import sys
from pathlib import Path
from experiments.report import pdf
page = Path(sys.argv[1])
try:
    pdf._set(pdf.require_pdf(), pdf._styled(page.read_text(), pdf._ADDED))
except AssertionError:
    page.with_suffix(".pdf").write_bytes(pdf.page_pdf(page.read_text()))
"""


@pytest.mark.long
def test_what_must_not_be_cut_and_fits_no_page_is_cut(tmp_path: Path) -> None:
    """Where WeasyPrint gives up on such a thing, the page is set with breaks anywhere."""
    page = tmp_path / "page.html"
    page.write_text(TOO_TALL)

    subprocess.run([sys.executable, "-W", "ignore", "-c", SET, str(page)], check=True)

    assert pages_of(page.with_suffix(".pdf")) >= 3
