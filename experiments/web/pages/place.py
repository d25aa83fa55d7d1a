"""The page of the place: from the shelf, any district, or a council's own payments."""

import shutil
from collections.abc import Mapping
from typing import Annotated, Any

from fastapi import APIRouter, Query, Request
from fastapi.responses import JSONResponse, RedirectResponse, Response
from starlette.datastructures import FormData

from experiments.runner.jobs import Jobs
from experiments.store.aside import write_aside
from experiments.web.asked import CaseHere, JobsHere, Typed, text_of
from experiments.web.case import Case
from experiments.web.places import columns, commands, shelf, told, uploads
from experiments.web.places.here import BUSY, built_of, clear, label_of, register_of, where
from experiments.web.places.search import Payer, hit_of, payer_of_code, payers, search
from experiments.web.places.section import PlaceChoice
from experiments.web.places.standing import (
    UNDER_WAY,
    Standing,
    Stands,
    for_the_page,
    in_words,
    job_stands,
)
from experiments.web.setting import page

router = APIRouter()

LONGEST_COUNCIL = 100
ROWS = 4
"""Columns that may be named by hand where a file was refused."""

STILL = "This place is still being made. Wait until it is done, or stop it first."

Words = Annotated[str, Query(alias="q", max_length=200)]


@router.get("/cases/{case}/place")
def show(request: Request, case: CaseHere, jobs: JobsHere, q: Words = "") -> Response:
    """Show how the place was chosen, or offer to choose it."""
    return _shown(request, case, jobs, asked=q)


@router.get("/cases/{case}/place/districts.json")
def districts(case: CaseHere, q: Words = "") -> Response:
    """Suggest districts for what is typed."""
    found = [{"code": one.code, "name": one.name, "where": one.where} for one in search(q)[:12]]
    return JSONResponse({"case": case.name, "districts": found})


@router.get("/cases/{case}/place/state.json")
def state(case: CaseHere, jobs: JobsHere) -> Response:
    """Say where the making of the place stands."""
    return JSONResponse({"mark": mark_of(where(case, jobs)[1])})


def mark_of(found: Stands) -> str:
    """Write a state so that a change of it shows."""
    return f"{found.standing}/{found.job}/{found.status}/{found.waiting}"


@router.post("/cases/{case}/place/shelf")
def take(request: Request, case: CaseHere, jobs: JobsHere, typed: Typed) -> Response:
    """Take a place from the shelf."""
    name = text_of(typed, "name")
    try:
        text = shelf.text_of(name)
    except LookupError as fault:
        message = f"There is no such place on the shelf. {fault}"
        return _shown(request, case, jobs, faults={"shelf": message})
    if where(case, jobs)[1].standing in BUSY:
        return _shown(request, case, jobs, faults={"place": STILL})
    clear(case)
    write_aside(case.place_file, text.encode())
    case.write(PlaceChoice(way="shelf", shelf=name))
    return _back(case)


@router.post("/cases/{case}/place/district")
def build(request: Request, case: CaseHere, jobs: JobsHere, typed: Typed) -> Response:
    """Build the place of a district."""
    code, asked = text_of(typed, "code"), text_of(typed, "q")
    found = [one for one in search(code) if one.code == code]
    if not found:
        message = "Search for a district, then choose one of those that were found."
        return _shown(request, case, jobs, asked=asked, faults={"code": message})
    if where(case, jobs)[1].standing in BUSY:
        return _shown(request, case, jobs, faults={"place": STILL})
    _built(case, jobs, PlaceChoice(way="district", code=code))
    return _back(case)


@router.post("/cases/{case}/place/payments")
def upload(request: Request, case: CaseHere, jobs: JobsHere, typed: Typed) -> Response:
    """Take files of payments, and read them."""
    paid, listed = (uploads.files_of(typed, name) for name in ("payments", "contracts"))
    council = text_of(typed, "council")
    tables = {name: uploads.files_of(typed, name) for name in commands.TABLES}
    faults = {
        **{name: uploads.table_fault(files, name) for name, files in tables.items()},
        "payments": uploads.faults_of(paid, needed=True),
        "contracts": uploads.faults_of(listed, needed=False),
        "council": "" if len(council) <= LONGEST_COUNCIL and council.isprintable() else
        f"Give the council’s name in at most {LONGEST_COUNCIL} letters.",
    }  # fmt: skip
    faults = {field: fault for field, fault in faults.items() if fault}
    if where(case, jobs)[1].standing in BUSY:
        faults = {"place": STILL}
    if faults:
        return _shown(request, case, jobs, council=council, faults=faults)
    clear(case)
    for folder in (case.imported, case.folder / commands.LISTED):
        shutil.rmtree(folder, ignore_errors=True)
    choice = PlaceChoice(
        way="payments", council=council,
        payments=uploads.keep(paid, case.uploads), contracts=uploads.keep(listed, case.uploads),
        **{name: uploads.keep(files, case.uploads) for name, files in tables.items()},
    )  # fmt: skip
    uploads.forget(case.uploads, choice.uploads)
    case.write(choice)
    found = payers(council)
    if len(found) == 1 and len(found[0].districts) == 1:
        _read(case, jobs, _of(choice, found[0], found[0].districts[0].code))
    return _back(case)


@router.post("/cases/{case}/place/whose")
def whose(request: Request, case: CaseHere, jobs: JobsHere, typed: Typed) -> Response:
    """Say whose payments they are, and read them."""
    choice, found = where(case, jobs)
    area, _, code = text_of(typed, "whose").partition(":")
    payer = payer_of_code(area)
    if choice is None or choice.way != "payments" or found.standing in BUSY:
        return _back(case)
    if payer is None or code not in {one.code for one in payer.districts}:
        message = "Search for your council, then choose one of those that were found."
        return _shown(request, case, jobs, asked=text_of(typed, "q"), faults={"whose": message})
    clear(case)
    _read(case, jobs, _of(choice, payer, code))
    return _back(case)


@router.post("/cases/{case}/place/another")
def another(case: CaseHere, jobs: JobsHere, typed: Typed) -> Response:
    """Ask once more whose payments they are."""
    choice, found = where(case, jobs)
    if choice is not None and choice.way == "payments" and found.standing not in BUSY:
        clear(case)
        case.write(choice.model_copy(update={"area": "", "code": "", "confirmed": False}))
    return _back(case)


@router.post("/cases/{case}/place/columns")
def confirm(request: Request, case: CaseHere, jobs: JobsHere, typed: Typed) -> Response:
    """Confirm what was read, or read it again with what was changed."""
    choice, found = where(case, jobs)
    label = None if choice is None else label_of(case, choice)
    if choice is None or label is None or found.standing != Standing.CONFIRM:
        return _back(case)
    chosen = {key: str(value) for key, value in typed.items() if isinstance(value, str)}
    maps, faults = columns.maps_of(columns.layouts(label), chosen)
    listed, wrong = columns.maps_of(_register_layouts(case, choice), chosen, columns.REGISTER)
    if faults | wrong:
        return _shown(request, case, jobs, chosen=chosen, faults=faults | wrong)
    if set(maps) != set(choice.maps) or set(listed) != set(choice.register_maps):
        _read(case, jobs, choice.model_copy(update={"maps": maps, "register_maps": listed}))
    else:
        _built(case, jobs, choice.model_copy(update={"confirmed": True}))
    return _back(case)


@router.post("/cases/{case}/place/named")
def named(request: Request, case: CaseHere, jobs: JobsHere, typed: Typed) -> Response:
    """Read files again that were refused, with columns named by hand."""
    choice, found = where(case, jobs)
    if choice is None or found.standing != Standing.REFUSED:
        return _back(case)
    rows = [(text_of(typed, f"heading-{k}"), text_of(typed, f"field-{k}")) for k in range(ROWS)]
    listed = bool(found.job) and found.job == choice.listing
    kind, field = (columns.REGISTER, "register_maps") if listed else (columns.PAYMENTS, "maps")
    maps, fault = columns.typed_maps(rows, kind)
    if fault:
        return _shown(request, case, jobs, chosen=_texts(typed), faults={"heading-0": fault})
    _read(case, jobs, choice.model_copy(update={field: maps}))
    return _back(case)


@router.post("/cases/{case}/place/again")
def again(case: CaseHere, jobs: JobsHere, typed: Typed) -> Response:
    """Read or build once more what failed or was stopped."""
    choice, found = where(case, jobs)
    if choice is not None and found.standing == Standing.REFUSED:
        _read(case, jobs, choice)
    elif choice is not None and choice.code and found.standing == Standing.FAILED:
        _built(case, jobs, choice)
    return _back(case)


@router.post("/cases/{case}/place/stop")
def stop(case: CaseHere, jobs: JobsHere, typed: Typed) -> Response:
    """Stop the work that is under way, and what waits behind it."""
    choice, found = where(case, jobs)
    if choice is not None and found.standing in BUSY:
        asked = [choice.reading, choice.listing, choice.resolving, choice.building]
        for job in (one for one in asked if one and job_stands(jobs, one).status in UNDER_WAY):
            jobs.stop(job)
    return _back(case)


def _texts(typed: FormData) -> dict[str, str]:
    return {key: value for key, value in typed.items() if isinstance(value, str)}


def _back(case: Case) -> Response:
    return RedirectResponse(f"/cases/{case.name}/place", status_code=303)


def _of(choice: PlaceChoice, payer: Payer, code: str) -> PlaceChoice:
    council = choice.council or payer.name
    return choice.model_copy(update={"area": payer.code, "code": code, "council": council})


def _read(case: Case, jobs: Jobs, choice: PlaceChoice) -> None:
    """Start the reading; the choice is kept with the names of its jobs."""
    clear(case)
    arguments = commands.import_payments(case, choice)
    made = {"reading": jobs.submit("import", arguments, case=case.name, label="Payments are read")}
    if choice.contracts:
        arguments = commands.import_register(case, choice)
        made["listing"] = jobs.submit(
            "import", arguments, case=case.name, label="The register is read"
        )
    if choice.contracts or choice.tables:
        arguments = commands.resolve_suppliers(case, choice)
        made["resolving"] = jobs.submit(
            "suppliers", arguments, case=case.name, label="Suppliers are told apart"
        )
    fresh = {"confirmed": False, "resolving": "", "building": "", "looking": ""}
    case.write(choice.model_copy(update={**fresh, **made}))


def _built(case: Case, jobs: Jobs, choice: PlaceChoice) -> None:
    """Start the building of the file."""
    clear(case)
    arguments = commands.build_place(case, choice)
    job = jobs.submit("build-place", arguments, case=case.name, label="The place is built")
    case.write(choice.model_copy(update={"building": job, "looking": ""}))


def _shown(
    request: Request, case: Case, jobs: Jobs, *, asked: str = "", council: str = "",
    chosen: Mapping[str, str] | None = None, faults: dict[str, str] | None = None,
) -> Response:  # fmt: skip
    choice, found = where(case, jobs)
    label = label_of(case, choice) if choice and choice.payments else None
    if found.standing == Standing.CONFIRM and label is None:
        found = Stands(Standing.REFUSED, message="What was read is damaged. Read it again.")
    message = in_words(found.message, case.uploads, choice) if choice else ""
    return page(
        request, "place.html.j2", title="Your place", status=422 if faults else 200, case=case,
        step="place", faults=faults, standing=found.standing.value, found=found,
        mark=mark_of(found), message=[line for line in message.splitlines() if line.strip()],
        choice=choice, asked=asked, council=council or (choice.council if choice else ""),
        chosen=chosen or {}, rows=range(ROWS), kinds=",".join(uploads.ENDINGS),
        **_choices(choice, found, asked), **_read_so_far(label), **_made(choice, found, jobs),
        **_register(case, choice, found),
    )  # fmt: skip


def _choices(choice: PlaceChoice | None, found: Stands, asked: str) -> dict[str, Any]:
    """What the reader may choose from."""
    wanted = asked or (choice.council if choice else "")
    return {
        "cards": shelf.cards(),
        "hits": search(asked),
        "payers": payers(wanted) if found.standing == Standing.WHOSE else [],
        "district": hit_of(choice.code) if choice and choice.code else None,
        "payer": payer_of_code(choice.area) if choice and choice.area else None,
        "card": next((c for c in shelf.cards() if choice and c.name == choice.shelf), None),
    }


def _read_so_far(label: Mapping[str, Any] | None) -> dict[str, Any]:
    """What the import says, to be confirmed."""
    if label is None:
        return {"label": None, "layouts": [], "notes": [], "rows_grid": None, "aside_grid": None}
    return {
        "label": label,
        "layouts": columns.layouts(label),
        "notes": [(one["path"], for_the_page(one["note"])) for one in label["notes"]],
        "rows_grid": told.rows_grid(label),
        "aside_grid": told.aside_grid(label),
    }


def _register_layouts(case: Case, choice: PlaceChoice) -> list[columns.Layout]:
    label = register_of(case, choice)
    return [] if label is None else columns.layouts(label, columns.REGISTER)


def _register(case: Case, choice: PlaceChoice | None, found: Stands) -> dict[str, Any]:
    """What the import of the register says, and which of the two files was refused."""
    label = register_of(case, choice) if choice else None
    refused = choice is not None and bool(found.job) and found.job == choice.listing
    return {
        "fields": columns.field_choices(columns.REGISTER if refused else columns.PAYMENTS),
        "register_refused": refused,
        "register_fields": columns.field_choices(columns.REGISTER),
        "register_layouts": _register_layouts(case, choice) if choice else [],
        "register_grid": told.register_grid(label) if label else None,
        "register_unread": told.unreadable(label) if label else "",
    }


def _made(choice: PlaceChoice | None, found: Stands, jobs: Jobs) -> dict[str, Any]:
    """What the built file says of itself."""
    built = built_of(choice, jobs) if choice and found.standing == Standing.READY else None
    if built is None:
        return {"marks": None, "figures": None, "warnings": []}
    return {
        "marks": told.marks_grid(built),
        "figures": told.figures_grid(built),
        "warnings": told.warnings_of(built),
    }
