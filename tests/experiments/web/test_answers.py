"""The page answers: what the report says, in short pages, and what can be taken along."""

import json
import re
import sys
import time
from html import unescape
from pathlib import Path
from shutil import copytree

import pytest

from experiments.report.page import write_report
from experiments.web.case import Case
from tests.experiments.pressed import SLOWEST
from tests.experiments.result_folder import Case as Wanted
from tests.experiments.result_folder import write_result_folder
from tests.experiments.test_report_forms import pages_of
from tests.experiments.web.asking import Asking

MARKUP = "<script>alert('x')</script> & \"Sons\""


@pytest.fixture(scope="module")
def reported(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A finished comparison with its report; a way of buying is named in markup."""
    folder = tmp_path_factory.mktemp("reported") / "out"
    write_result_folder(folder, Wanted(titles={"ethical_framework": MARKUP}))
    write_report(folder)
    return folder


@pytest.fixture
def answers(case: Case, reported: Path) -> str:
    """The address of the answers of a case that has them."""
    case.answers.symlink_to(reported)
    return f"/cases/{case.name}/answers"


def _links(text: str) -> list[str]:
    return re.findall(r'href="([^"]+)"', text)


def test_the_three_sentences_come_first(client: Asking, answers: str) -> None:
    """Before anything else that the page says."""
    text = client.get(answers).text

    main = text[text.index("<main") :]
    assert main.count('<ol class="answer">') == 1
    assert main.index('<ol class="answer">') < main.index("<h2")
    assert main.index('<ol class="answer">') < main.index("What was asked")


def test_page_and_report_say_the_same(client: Asking, answers: str, reported: Path) -> None:
    """Every paragraph and every cell of the report stands on one of the pages."""
    report = (reported / "report.html").read_text("utf-8")
    first = client.get(answers).text
    parts = [link for link in _links(first) if re.fullmatch(rf"{answers}/[\w-]+", link)]

    shown = first + "".join(client.get(link).text for link in parts if link != f"{answers}/pdf")

    for told in re.findall(r"<(?:td|p)\b[^>]*>[^<]+</", report.partition("<main>")[2]):
        if "Computed by" not in told:
            assert told in shown, told
    assert len(parts) >= 13


def test_every_link_of_the_answers_leads_somewhere(client: Asking, answers: str) -> None:
    """Between the parts, within a part, and to files."""
    first = client.get(answers).text
    pages = {answers: first}
    for link in _links(first):
        if re.fullmatch(rf"{answers}/[\w-]+", link):
            pages[link] = client.get(link).text

    for address, text in pages.items():
        for link in _links(text):
            path, _, aim = link.partition("#")
            if path.startswith(answers):
                answer = client.get(path)
                assert answer.status_code == 200, link
            if aim and (path or address) in pages:
                assert f'id="{aim}"' in pages[path or address], link


def test_the_numbers_of_a_picture_can_be_taken_along(
    client: Asking, answers: str, reported: Path
) -> None:
    """As a file, with the bytes that the report holds; so can the folder's own files."""
    numbers = client.get(f"{answers}/data/pound-2.csv")
    label = client.get(f"{answers}/file/manifest.json")

    assert numbers.content == (reported / "data" / "pound-2.csv").read_bytes()
    assert numbers.headers["content-disposition"] == 'attachment; filename="pound-2.csv"'
    assert label.content == (reported / "manifest.json").read_bytes()
    assert "data:" not in client.get(f"{answers}/pound").text.replace('href="data:,"', "")


def test_nothing_else_can_be_taken_from_the_folder(client: Asking, answers: str) -> None:
    """Other names, other folders and other cases are not there."""
    for name in ("draws.parquet", "..%2fcase.json", "%2e%2e/case.json", "passwd", "report.html%00"):
        assert client.get(f"{answers}/file/{name}").status_code == 404, name
        assert client.get(f"{answers}/data/{name}").status_code == 404, name
    assert client.get(f"{answers}/nothing").status_code == 404


def test_pages_and_report_let_in_no_style_or_script_but_their_own(
    client: Asking, answers: str
) -> None:
    """Pages hold no style at all; the report's one sheet is named by its hash; names stay names."""
    policy = client.get(f"{answers}/file/report.html").headers["content-security-policy"]
    parts = client.get(answers).text + client.get(f"{answers}/spread").text

    assert re.search(r"style-src 'sha256-[\w+/]{43}='", policy)
    assert "script-src" not in policy
    assert "<style" not in parts
    assert " style=" not in parts
    assert "<script>alert" not in parts
    assert "&lt;script&gt;alert" in parts


def test_without_a_run_the_page_says_what_to_do(client: Asking, case: Case) -> None:
    """No answer is made up."""
    text = client.get(f"/cases/{case.name}/answers").text

    assert "There are no answers yet, for nothing was run." in text
    assert f'href="/cases/{case.name}/run"' in text


@pytest.mark.parametrize("content", [b"<html>an older one</html>", b"\xff\xfe torn", b""])
def test_a_report_of_another_form_is_not_guessed_at(
    client: Asking, case: Case, content: bytes
) -> None:
    """The page says so, and its parts are not there."""
    case.answers.mkdir()
    (case.answers / "report.html").write_bytes(content)

    assert "another version of poundflow wrote it" in client.get(f"/cases/{case.name}/answers").text
    assert client.get(f"/cases/{case.name}/answers/pound").status_code == 404


def test_a_report_that_was_written_anew_is_read_anew(
    client: Asking, answers: str, case: Case, reported: Path, tmp_path: Path
) -> None:
    """What was read before is not shown for what stands there now."""
    client.get(answers)
    text = (reported / "report.html").read_text("utf-8")
    case.answers.unlink()
    case.answers.mkdir()
    (case.answers / "report.html").write_text(text.replace("Preston", "Elsewhere"))

    assert "Elsewhere" in client.get(answers).text


def test_a_pdf_is_made_by_a_job_once(client: Asking, answers: str, case: Case) -> None:
    """The page asks for it; a second wish while it waits asks for nothing more."""
    jobs = client.app.state.jobs
    asked: list[tuple[str, ...]] = []

    class Waiting:
        status, submitted, message = "queued", 9e12, ""

    jobs.submit = lambda kind, words, **more: asked.append((kind, *words))
    jobs.of_case = lambda name, kind=None: [Waiting()] if asked and kind == "report" else []

    first, second = client.post(f"{answers}/pdf"), client.post(f"{answers}/pdf")

    assert (first.status_code, second.status_code) == (303, 303)
    assert [one[:2] for one in asked] == [("report", "report")]
    assert asked[0][2] == str(case.answers.resolve())
    assert "The PDF is being made." in client.get(answers).text


@pytest.mark.soak
@pytest.mark.skipif(sys.platform != "linux", reason="libraries are found in another way there")
def test_the_button_makes_a_pdf_in_a_process_of_its_own(
    client: Asking, case: Case, reported: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """By the real queue: first where Pango is torn, which is said; then whole, of many pages."""
    copytree(reported, case.answers)
    here = f"/cases/{case.name}/answers"
    (tmp_path / "torn").mkdir()
    (tmp_path / "torn" / "libpango-1.0.so.0").touch()
    with monkeypatch.context() as torn:
        torn.setenv("LD_LIBRARY_PATH", str(tmp_path / "torn"))
        client.post(f"{here}/pdf")
        refused = when_made(client, here)
    client.post(f"{here}/pdf")
    made = when_made(client, here)
    pdf = client.get(f"{here}/file/report.pdf")

    assert "The PDF was not made. You can make one yourself" in refused
    assert "found no Pango on this system" in refused
    assert "apt install libpango-1.0-0" in refused
    assert "Make the PDF" in refused
    assert str(case.folder) not in refused
    assert "The report as PDF" in made
    assert "The sheet as PDF" in made
    assert "Make the PDF" not in made
    assert pdf.headers["content-type"] == "application/pdf"
    assert pdf.headers["content-disposition"] == 'attachment; filename="report.pdf"'
    assert pdf.content.startswith(b"%PDF-1.7")
    (tmp_path / "saved.pdf").write_bytes(pdf.content)
    assert pages_of(tmp_path / "saved.pdf") > 5


def when_made(client: Asking, address: str) -> str:
    """The page, once no PDF is being made."""
    until = time.monotonic() + SLOWEST * 5
    while "The PDF is being made" in (text := unescape(client.get(address).text)):
        assert time.monotonic() < until
        time.sleep(0.1)
    return text


def test_the_label_in_the_report_is_the_folders(
    client: Asking, answers: str, reported: Path
) -> None:
    """From it, runs can be lived again."""
    saved = client.get(f"{answers}/data/manifest.json")

    assert saved.json() == json.loads((reported / "manifest.json").read_text())
