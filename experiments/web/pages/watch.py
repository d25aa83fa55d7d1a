"""A run watched month by month: choose it, let it be lived, step through its months."""

from collections.abc import Mapping
from contextlib import suppress
from functools import lru_cache
from pathlib import Path
from typing import Annotated, Any

from fastapi import APIRouter, Depends, HTTPException, Request
from fastapi import Path as Part
from fastapi.responses import RedirectResponse, Response

from experiments.analysis.money_by_month import BooksDisagreeError
from experiments.report import watched as told
from experiments.store.errors import BrokenFileError, FolderError
from experiments.web.asked import CaseHere, Typed, text_of
from experiments.web.case import Case
from experiments.web.csv_files import csv_file
from experiments.web.heavy_questions import BusyError, HeavyQuestions
from experiments.web.refusals import told_here
from experiments.web.runs.view import place_changed
from experiments.web.setting import page
from experiments.web.watched import MOST_FUTURE, MOST_MONTHS, NoRunError, WatchedRun, WatchedRuns
from scenarios import shelf
from scenarios.errors import InputError

router = APIRouter()

FIRST_MONTHS = 12
TITLE = "Watch one run, month by month"
UNREADABLE = (InputError, FolderError, BooksDisagreeError)
"""What says in words why a run or a place cannot be read."""


def _watched_runs(request: Request) -> WatchedRuns:
    results: Path = request.app.state.settings.results
    return WatchedRuns(results, request.app.state.jobs)


def _heavy(request: Request) -> HeavyQuestions:
    heavy: HeavyQuestions = request.app.state.heavy
    return heavy


Watched = Annotated[WatchedRuns, Depends(_watched_runs)]
Heavy = Annotated[HeavyQuestions, Depends(_heavy)]


def _run(watched: Watched, run: Annotated[str, Part(pattern="^[0-9a-f]{16}$")]) -> WatchedRun:
    try:
        return watched.find(run)
    except NoRunError:
        raise HTTPException(404) from None


RunHere = Annotated[WatchedRun, Depends(_run)]


@lru_cache(maxsize=32)
def _offered(scenario: str, changed: int) -> tuple[str, tuple[tuple[str, str], ...], bool]:
    """Title of a place, its policies with their titles, and whether it is a whole country."""
    from experiments.runner.label import policies
    from experiments.runner.reading import read_question

    read = read_question(scenario, ())
    names = dict.fromkeys([*read.compare.regimes, *read.policies])
    listed = tuple((one["name"], one["title"]) for one in policies(read, names))
    return read.title, listed, read.tables is not None


def _choices(scenario: Path, typed: str) -> tuple[str, tuple[tuple[str, str], ...]]:
    """Title and policies of a place that can be watched.

    Raises
    ------
    InputError
        When it cannot be read, or is too large.
    """
    title, offered, whole = _offered(typed, scenario.stat().st_mtime_ns)
    if whole:
        raise InputError(
            f"{title} is a whole country. Every payment of a watched run is kept, which is too "
            "much for so large a place: choose a single place."
        )
    return title, offered


@router.get("/watch")
def shelf_page(request: Request, watched: Watched, place: str = "") -> Response:
    """List the places of the shelf, and offer to watch one of them."""
    known = {one.name: one for one in shelf.names()}
    if place and place not in known:
        raise HTTPException(404)
    if not place:
        return page(
            request, "watch_places.html.j2", title=TITLE, places=list(known.values()),
            runs=_listed(watched, ""),
        )  # fmt: skip
    return _form(request, watched, known[place].path, place, None)


@router.post("/watch")
def shelf_begin(request: Request, watched: Watched, typed: Typed) -> Response:
    """Ask for a run of a place of the shelf."""
    place = text_of(typed, "place")
    known = {one.name: one for one in shelf.names()}
    if place not in known:
        raise HTTPException(404)
    return _begin(request, watched, known[place].path, place, None, typed)


@router.get("/cases/{case}/watch")
def case_page(request: Request, watched: Watched, case: CaseHere) -> Response:
    """Offer to watch a run of a case's own place and policies."""
    file = _file_of(case)
    if file is None:
        return page(
            request, "watch_form.html.j2", title=TITLE, case=case, step="watch", place="",
            about_place="", why="This case has no place yet. Choose one first.", policies=(),
            typed={}, runs=[], action="",
        )  # fmt: skip
    return _form(request, watched, file, str(file), case)


@router.post("/cases/{case}/watch")
def case_begin(request: Request, watched: Watched, case: CaseHere, typed: Typed) -> Response:
    """Ask for a run of a case's own place and policies."""
    file = _file_of(case)
    if file is None:
        return RedirectResponse(f"/cases/{case.name}/watch", status_code=303)
    return _begin(request, watched, file, str(file), case, typed)


def _file_of(case: Case) -> Path | None:
    """What was asked of a case, else its place alone; None where it has none.

    What was asked of another place, before this one was chosen, is not asked of this one.
    """
    for file in (
        (case.place_file,) if place_changed(case) else (case.question_file, case.place_file)
    ):
        if file.is_file():
            return file.resolve()
    return None


def _listed(watched: WatchedRuns, case: str) -> list[tuple[WatchedRun, str]]:
    return [(run, watched.status(run)) for run in watched.of_case(case)]


def _form(
    request: Request, watched: WatchedRuns, file: Path, scenario: str, case: Case | None, *,
    status: int = 200, typed: Mapping[str, str] | None = None,
    faults: dict[str, str] | None = None,
) -> Response:  # fmt: skip
    why, title = "", ""
    offered: tuple[tuple[str, str], ...] = ()
    try:
        title, offered = _choices(file, scenario)
    except UNREADABLE as fault:
        why = _said(fault, file)
    return page(
        request, "watch_form.html.j2", title=TITLE, case=case, step="watch", status=status,
        faults=faults, place="" if case else scenario, about_place=title, why=why,
        policies=offered, runs=_listed(watched, case.name if case else ""),
        typed=typed or {"policy": "", "future": "0", "months": str(FIRST_MONTHS)},
        action=f"/cases/{case.name}/watch" if case else "/watch",
    )  # fmt: skip


def _begin(
    request: Request,
    watched: WatchedRuns,
    file: Path,
    scenario: str,
    case: Case | None,
    typed: Typed,
) -> Response:
    given = {name: text_of(typed, name) for name in ("policy", "future", "months")}
    try:
        title, offered = _choices(file, scenario)
    except UNREADABLE:
        return _form(request, watched, file, scenario, case, status=422)
    faults = {}
    titles = dict(offered)
    if given["policy"] not in titles:
        faults["policy"] = "Choose one of the ways of buying in the list."
    future = _whole(given["future"], 0, MOST_FUTURE)
    if future is None:
        faults["future"] = f"Give the number of a future: a whole number from 0 to {MOST_FUTURE}."
    months = _whole(given["months"], 1, MOST_MONTHS)
    if months is None:
        faults["months"] = f"Give the number of months: a whole number from 1 to {MOST_MONTHS}."
    if faults:
        return _form(
            request, watched, file, scenario, case, status=422, typed=given, faults=faults
        )  # fmt: skip
    run = watched.begin(
        scenario,
        {
            "place": "" if case else scenario, "title": title, "case": case.name if case else "",
            "policy": given["policy"], "policy_title": titles[given["policy"]], "future": future,
            "months": months,
        },
    )  # fmt: skip
    return RedirectResponse(f"/watched/{run.name}", status_code=303)


def _whole(text: str, least: int, most: int) -> int | None:
    if not text.isascii() or not text.isdigit() or len(text) > len(str(most)):
        return None
    return int(text) if least <= int(text) <= most else None


def _said(fault: Exception, path: Path) -> str:
    """What a fault says, without the paths of this server."""
    return told_here(str(fault), {str(path.parent): "the folder of this run"})


def _folders(run: WatchedRun) -> dict[str, str]:
    """Folders of a run, and what a reader calls them."""
    return {str(one): "the folder of this run" for one in (run.run, run.months, run.folder)}


def _case_of(request: Request, run: WatchedRun) -> Case | None:
    """The case of a run, where it is still kept."""
    name = run.asked.case
    return next((one for one in request.app.state.workroom.all() if one.name == name), None)


@router.get("/watched/{run}")
def standing(request: Request, watched: Watched, heavy: Heavy, run: RunHere) -> Response:
    """Say how far a run is; go to its first month once it is there."""
    head, shown = _ready(request, watched, heavy, run)
    return shown if head is None else RedirectResponse(f"/watched/{run.name}/1", status_code=303)


@router.post("/watched/{run}/stop")
def stop(watched: Watched, run: RunHere, typed: Typed) -> Response:
    """Ask a run to stop."""
    with suppress(InputError):  # its job is no longer kept, which its page says
        watched.jobs.stop(run.asked.job)
    return RedirectResponse(f"/watched/{run.name}", status_code=303)


@router.post("/watched/{run}/again")
def again(watched: Watched, run: RunHere, typed: Typed) -> Response:
    """Live a run again that was not finished."""
    with suppress(InputError):
        watched.jobs.resume(run.asked.job)
    return RedirectResponse(f"/watched/{run.name}", status_code=303)


def _ready(
    request: Request, watched: WatchedRuns, heavy: HeavyQuestions, run: WatchedRun
) -> tuple[dict[str, Any] | None, Response]:
    """What the run is, once its months are there; else the page that says how it stands."""
    asked, why, status = run.asked, "", "finished"
    try:
        head = run.head
        if head is not None:
            return head, Response()
        state = watched.jobs.state(asked.job)
        status, message = state.status, told_here(state.message, _folders(run))
        if status == "finished":
            message = "The run is finished. Its months are being read."
            answer = heavy.ask(("watched", run.name, run.lived_at), run.tell)
            if answer.ready.is_set():
                if answer.fault is not None:
                    raise answer.fault
                head = run.head
                if head is None:
                    raise BrokenFileError(run.months / "head.json", "it was taken away")
                return head, Response()
    except BusyError as fault:
        message = str(fault)
    except UNREADABLE as fault:
        why, message = told_here(str(fault), _folders(run)), ""
    return None, page(
        request, "watch_standing.html.j2", title=TITLE, case=_case_of(request, run), step="watch",
        status=409 if why else 200, run=run, asked=asked, state=status, message=message, why=why,
        waiting=not why and status in ("queued", "running", "finished"),
    )  # fmt: skip


@router.get("/watched/{run}/{month}")
def month_page(
    request: Request, watched: Watched, heavy: Heavy, run: RunHere,
    month: Annotated[int, Part(ge=1, le=MOST_MONTHS)],
) -> Response:  # fmt: skip
    """Show one month."""
    head, shown = _ready(request, watched, heavy, run)
    if head is None:
        return shown
    here = _month(run, month)
    currency = head["currency"]
    return page(
        request, "watch_month.html.j2", title=f"{head['place']}, {told.when(here['date'])}",
        case=_case_of(request, run), step="watch", run=run, asked=run.asked, head=head, here=here,
        month=month, picture=run.picture(head, here), told=told,
        balances=told.balances_grid(head, here), money=lambda pence: told.money(pence, currency),
        missing=sum(one["opened"] + one["received"] - one["paid"] - one["closed"]
                    for one in here["balances"]),
    )  # fmt: skip


@router.get("/watched/{run}/{month}/{table}.csv")
def month_table(
    run: RunHere, month: Annotated[int, Part(ge=1, le=MOST_MONTHS)], table: str
) -> Response:
    """Give a table of a month as a file."""
    if run.head is None or table not in told.DATA:
        raise HTTPException(404)
    return csv_file(told.DATA[table](_month(run, month)), f"{table}-{month:03d}")


def _month(run: WatchedRun, month: int) -> dict[str, Any]:
    here = run.month(month)
    if here is None:
        raise HTTPException(404)
    return here
