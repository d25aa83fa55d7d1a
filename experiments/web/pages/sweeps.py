"""Sweeps: which there are, and one explored by question, measure and ranges of assumptions."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Annotated, Any

from fastapi import APIRouter, Depends, HTTPException, Request
from fastapi.responses import Response

from experiments.library.analyses import Answered, analyse
from experiments.library.questions import known
from experiments.report.glossary import term
from experiments.report.swept import Answer, plain
from experiments.report.tables import Grid
from experiments.report.units import reach_read
from experiments.store.errors import FolderError
from experiments.web.csv_files import csv_file
from experiments.web.heavy_questions import BusyError, HeavyAnswer, HeavyQuestions
from experiments.web.refusals import told_here
from experiments.web.setting import page
from experiments.web.sweeps import (
    FEWEST,
    QUESTIONS,
    Asked,
    Found,
    Overview,
    asked_of,
    overview,
    sweeps_in,
)
from scenarios.errors import InputError
from simulation.procurement.registry import get, names

router = APIRouter()

USUAL = ("", "(as usual)")
READABLE = (InputError, FolderError, BusyError)
"""Faults that say in words what is the matter."""


def _sweep(request: Request, sweep: str) -> Found:
    """The sweep of a name, found among those that there are."""
    results = request.app.state.settings.results
    found = next((one for one in sweeps_in(results) if one.name == sweep), None)
    if found is None:
        raise HTTPException(404)
    return found


SweepHere = Annotated[Found, Depends(_sweep)]


@router.get("/sweeps")
def listing(request: Request) -> Response:
    """List the sweeps of the results folder."""
    found = sweeps_in(request.app.state.settings.results)
    return page(request, "sweeps.html.j2", title="Sweeps: many futures at once", sweeps=found)


@router.get("/sweeps/{sweep}")
def one_sweep(request: Request, sweep: SweepHere) -> Response:
    """Show the form of a sweep, and the answer to what was asked."""
    why, held, asked, computed = _asked(request, sweep)
    if asked is None or held is None:
        return page(
            request, "sweep_waits.html.j2", title=f"Sweep: {sweep.name}", why=why, sweep=sweep,
            status=409 if why and computed is None else 200,
        )  # fmt: skip
    told, refused = None, why
    ready = computed is not None and computed.ready.is_set()
    if computed is not None and ready:
        if computed.fault is None:
            told = computed.value
        elif isinstance(computed.fault, READABLE):
            refused = told_here(str(computed.fault), {str(sweep.folder): sweep.name})
        else:
            raise computed.fault
    left = held.futures(asked.options["within"], asked.options["place"])
    return page(
        request, "sweep.html.j2", title=f"Sweep: {held.name}", sweep=sweep, held=held, asked=asked,
        status=422 if asked.faults else 200, faults=dict(asked.faults), questions=QUESTIONS,
        left=left, whole=held.futures({}, asked.options["place"]), fewest=FEWEST, told=told,
        answer=_said(told, held.policies) if told else None, refused=refused, term=term,
        known=known(),
        waiting=computed is not None and not ready, reach=_reach, title_of=_title,
        policies=[USUAL, *((name, _title(name)) for name in held.policies)],
        places=_listed(held.places),
        tiers=_listed(dict.fromkeys(tier for some in held.tiers.values() for tier in some)),
    )  # fmt: skip


@router.get("/sweeps/{sweep}/{part}-{number}.csv")
def table(request: Request, sweep: SweepHere, part: str, number: int) -> Response:
    """Give a table of an answer, or the numbers of a picture, as a file."""
    _, held, asked, computed = _asked(request, sweep)
    if asked is None or asked.faults or computed is None:
        raise HTTPException(404)
    computed.ready.wait(20)
    if not isinstance(computed.value, Answered):
        raise HTTPException(404)
    answer = _said(computed.value, held.policies if held else ())
    grids: dict[str, list[Grid | None]] = {
        "table": list(answer.grids), "picture": [one.data for one in answer.pictures],
    }  # fmt: skip
    some = grids.get(part, [])
    grid = some[number] if 0 <= number < len(some) else None
    if grid is None:
        raise HTTPException(404)
    return csv_file([grid.head, *grid.rows], f"{asked.kind}-{part}-{number}")


def _asked(
    request: Request, sweep: Found
) -> tuple[str, Overview | None, Asked | None, HeavyAnswer | None]:
    """Say why nothing can be asked, what the sweep holds, what was asked, and the answer so far."""
    heavy: HeavyQuestions = request.app.state.heavy
    if sweep.label is None:
        return told_here(sweep.why), None, None, None
    try:
        state = sweep.state
        look = heavy.ask(("sweep", *state), lambda: overview(sweep.folder))
        if not look.ready.is_set():
            return "", None, None, look
        if isinstance(look.fault, READABLE):
            return told_here(str(look.fault), {str(sweep.folder): sweep.name}), None, None, None
        if look.fault is not None:
            raise look.fault
        held: Overview = look.value
        asked = asked_of(held, request.query_params.multi_items())
        left = held.futures(asked.options["within"], asked.options["place"])
        if asked.faults or not left:
            return "", held, asked, None
    except (BusyError, OSError) as fault:
        return told_here(str(fault), {str(sweep.folder): sweep.name}), None, None, None
    try:
        computed = heavy.ask(
            ("answer", *state, asked.key),
            lambda: analyse(sweep.folder, asked.kind, **asked.options),
        )
    except BusyError as fault:
        return str(fault), held, asked, None
    return "", held, asked, computed


def _reach(name: str, ends: tuple[float, float]) -> str:
    """The range of an assumption with its unit in words."""
    return reach_read(*ends, known()[name].unit if name in known() else "", plain)


def _listed(names: Iterable[str]) -> list[tuple[str, str]]:
    """Names to choose from, and none of them."""
    return [USUAL, *((name, name.replace("_", " ")) for name in names)]


def _title(policy: str) -> str:
    """The name of a policy in words: the title of its way of buying, or its own without marks."""
    return get(policy).title if policy in names() else policy.replace("_", " ").capitalize()


def _titled(text: str, titles: Mapping[str, str]) -> str:
    """A text with policies by their titles, in quotes."""
    for name, title in titles.items():
        found = f"“{re.escape(name)}”"
        if "_" in name:  # a bare word may be a word of the sentence
            found += rf"|(?<![\w.]){re.escape(name)}(?![\w.]*\w)"
        text = f"“{title}”".join(re.split(found, text))
    return text


def _said(told: Answered, policies: Iterable[str]) -> Answer:
    """An answer in the money and the words of its places, with policies by their titles."""
    answer, titles = told.answer, {name: _title(name) for name in policies}

    def say(text: str) -> str:
        return titles.get(text) or told.say(_titled(text, titles))

    def grid(one: Grid) -> Grid:
        rows = [[say(cell) for cell in row] for row in one.rows]
        return replace(one, caption=say(one.caption), head=[say(x) for x in one.head], rows=rows)

    def drawn(one: Any) -> Any:
        texts = {name: say(getattr(one, name)) for name in ("heading", "title", "note")}
        texts["inline"] = told.say(one.inline)
        for name in titles:  # as long as before, so that no label grows into the next
            spaced = name.replace("_", " ")
            texts["inline"] = texts["inline"].replace(f">{name}</", f">{spaced}</")
        return replace(one, **texts, data=grid(one.data) if one.data else None)

    return Answer(
        title=say(answer.title), paragraph=[say(one) for one in answer.paragraph],
        left=[say(one) for one in answer.left],
        grids=[grid(one) for one in answer.grids], pictures=[drawn(one) for one in answer.pictures],
        method=[say(one) for one in answer.method],
    )  # fmt: skip
