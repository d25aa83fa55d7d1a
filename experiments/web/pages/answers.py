"""The answers of a case: three sentences first, then one short page for each part of the report.

These pages only read what a run has left. The report, the sheet, the PDF and the numbers of every
picture can be taken along.
"""

from pathlib import Path as FilePath
from typing import Annotated

from fastapi import APIRouter, HTTPException, Path, Request
from fastapi.responses import FileResponse, RedirectResponse, Response

from experiments.report.page import PAGE, SUMMARY
from experiments.runner.jobs import JobState
from experiments.store.manifest import MANIFEST
from experiments.web.answered import FIRST, Answered, answered, style_hash
from experiments.web.asked import CaseHere, JobsHere
from experiments.web.case import Case
from experiments.web.runs.view import Run, changed, place_changed, run_of, said_here
from experiments.web.setting import page

router = APIRouter()

HTML, PDF, JSON = "text/html", "application/pdf", "application/json"
REPORT_PDF, SHEET_PDF = "report.pdf", "summary.pdf"
FILES = {
    PAGE: HTML,
    SUMMARY: HTML,
    REPORT_PDF: PDF,
    SHEET_PDF: PDF,
    MANIFEST: JSON,
    "summary.json": JSON,
    "budget.csv": "text/csv",
    "results.parquet": "application/octet-stream",
}
"""What may be taken from the folder of a comparison, and nothing else."""

NO_REPORT = "This case has no answers of this name. Go to its answers, and choose there."
MAKING = "report"
"""The kind of a job that makes a PDF."""

Name = Annotated[str, Path(pattern=r"^[\w-]{1,80}$")]
FileName = Annotated[str, Path(pattern=r"^[\w-]{1,80}\.[a-z]{3,8}$")]


def _address(case: Case) -> str:
    return f"/cases/{case.name}/answers"


def _found(case: Case) -> Answered:
    found = answered(case.answers, _address(case))
    if found is None:
        raise HTTPException(404, NO_REPORT)
    return found


@router.get("/cases/{case}/answers")
def answers(request: Request, case: CaseHere, jobs: JobsHere) -> Response:
    """Give the answer in three sentences and the way to all else, or say why there is none yet."""
    run, found = run_of(case, jobs), answered(case.answers, _address(case))
    if found is None:
        return page(
            request, "no_answers.html.j2", title="Answers", case=case, step="answers", run=run,
            unread=(case.answers / PAGE).is_file(),
        )  # fmt: skip
    making = next(iter(jobs.of_case(case.name, MAKING)), None)
    return page(
        request, "answers.html.j2", title="Answers", case=case, step="answers",
        first=found.parts[FIRST], head=found.head, address=_address(case),
        parts=[part for part in found.parts.values() if part.name != FIRST],
        said=_said(case, run), making=making if _counts(case, making) else None,
        making_said=said_here(case, making.message) if making else "",
        pdf=_is_new(case, REPORT_PDF), sheet=_is_new(case, SHEET_PDF),
        there=[name for name in FILES if (case.answers / name).is_file()],
    )  # fmt: skip


@router.get("/cases/{case}/answers/{name}")
def part(request: Request, case: CaseHere, name: Name) -> Response:
    """Show one part of the report."""
    found = _found(case)
    if name not in found.parts or name == FIRST:
        raise HTTPException(404, NO_REPORT)
    before, after = found.around(name)
    return page(
        request, "answers_part.html.j2", title=_plain(found.parts[name].title), case=case,
        step="answers", part=found.parts[name], before=before, after=after, first=FIRST,
        address=_address(case),
    )  # fmt: skip


@router.get("/cases/{case}/answers/data/{name}")
def data(case: CaseHere, name: FileName) -> Response:
    """Hand over the numbers of a picture, or another file that the report holds."""
    saved = _found(case).saved.get(name)
    if saved is None:
        raise HTTPException(404, NO_REPORT)
    return _to_keep(saved.content, saved.kind, name)


@router.get("/cases/{case}/answers/file/{name}")
def file(case: CaseHere, name: FileName) -> Response:
    """Hand over a file of the comparison: the report, the sheet, the label, the results."""
    path = case.answers / name
    if name not in FILES or not path.is_file():
        raise HTTPException(404, NO_REPORT)
    if FILES[name] != HTML:
        return FileResponse(path, media_type=FILES[name], filename=name)
    content = path.read_bytes()
    allowed = style_hash(content.decode("utf-8", "replace"))
    policy = (
        f"default-src 'none'; style-src {allowed}; base-uri 'none'; form-action 'none'; "
        "frame-ancestors 'none'"
    )
    return Response(content, media_type=HTML, headers={"Content-Security-Policy": policy})


@router.post("/cases/{case}/answers/pdf")
def make_pdf(case: CaseHere, jobs: JobsHere) -> Response:
    """Put the making of the PDFs into the queue, where none is on its way."""
    _found(case)
    folder = case.answers.resolve()
    under_way = [one for one in jobs.of_case(case.name, MAKING) if _under_way(one)]
    if not under_way:
        words = [
            "report", str(folder), "--pdf", str(folder / REPORT_PDF),
            "--summary", str(folder / SHEET_PDF),
        ]  # fmt: skip
        jobs.submit(MAKING, words, case=case.name, label=f"PDF of {case.about.title}")
    return RedirectResponse(f"{_address(case)}#take", status_code=303)


def _to_keep(content: bytes, kind: str, name: str) -> Response:
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return Response(content, media_type=kind, headers=headers)


def _plain(title: str) -> str:
    from markupsafe import Markup

    return Markup(title).unescape()


def _under_way(job: JobState) -> bool:
    return job.status in ("queued", "running")


def _written(path: FilePath) -> int:
    try:
        return path.stat().st_mtime_ns
    except OSError:
        return 0


def _is_new(case: Case, name: str) -> bool:
    """Whether a PDF is of the report that stands there now."""
    made = _written(case.answers / name)
    return made > 0 and made >= _written(case.answers / PAGE)


def _counts(case: Case, job: JobState | None) -> bool:
    """Whether a job that made a PDF still says something: it runs, or failed on this report."""
    if job is None or job.status == "finished":
        return False
    return _under_way(job) or job.submitted * 1e9 >= _written(case.answers / PAGE)


def _said(case: Case, run: Run | None) -> list[str]:
    """Say what a reader has to know of these answers before reading them."""
    said = []
    if run is not None and run.under_way:
        said.append(
            "A run is under way. What you read here is from the run before; it changes once the "
            "new run is finished."
        )
    elif run is not None and not run.complete:
        said.append("The last run did not finish. What you read here is from the run before.")
    if run is not None and run.so_far and run.so_far.failed and not run.under_way:
        said.append(
            "Some runs failed. They are left out of every number; the page Run tells which."
        )
    if place_changed(case):
        said.append(
            "You chose another place after this run, or made it anew. These are the answers for "
            "the place as it was before."
        )
    elif run is not None and not run.under_way and changed(case):
        said.append(
            "You changed the place, the policies or the ranges after this run. These are the "
            "answers to the question as it was before."
        )
    return said
