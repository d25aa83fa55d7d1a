"""One policy in the small: how a kind of spending is bought, and the levers beside buying."""

from typing import Any

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse, Response
from starlette.datastructures import FormData

from experiments.web.asked import CaseHere, Typed, text_of
from experiments.web.case import Case
from experiments.web.chosen import Choice, Made, Policies
from experiments.web.numbers import (
    NotANumberError,
    in_bounds,
    reach,
    shown,
    unit_of,
    what,
    with_unit,
)
from experiments.web.pages.policies import STEP, Key, chosen, go, known, named, one_page
from experiments.web.place_here import PlaceHere
from experiments.web.question import faults_of, settled
from experiments.web.setting import page
from experiments.web.ways import NEVER, OUTSIDE, does, footing, settings_of, ways_for
from scenarios.assumptions import Entry
from scenarios.spec import Pillars
from scenarios.tables import categories, powers
from simulation.procurement.registry import get, names

router = APIRouter()

SHOWN = 5
"""How many settings stand open; the rest are one click away."""

LEVERS = {
    "fair_employment": (
        "Fair work",
        "Pays those who work for the council's suppliers a Real Living Wage: pay that one can live "
        "on. It also helps people here into jobs.",
    ),
    "land_assets": (
        "Land in trust",
        "Buys shops and workshops from owners elsewhere. A land trust holds them for the people "
        "here, so rent stays here.",
    ),
    "inclusive_finance": (
        "Local lending",
        "Gives money to a fair lender. It lends to small firms here that the bank turned down.",
    ),
    "plural_ownership": (
        "Staff buy-outs",
        "Helps staff to buy their firm when its owner retires.",
    ),
}
"""Title of each lever, and what it does."""

ADOPTERS = (
    ("one", "Buyers in this place only"),
    ("neighbours", "Buyers here and in the places next door"),
    ("all", "All buyers in the model"),
)


def _about(here: PlaceHere, asked: list[str]) -> list[str]:
    """Keep those categories that the place spends on, in the order of its lines."""
    return [line.category.id for line in here.lines if line.category.id in asked]


def _titles(some: list[str]) -> str:
    found = [one.name for one in categories() if one.id in some]
    return ", ".join(found[:3]) + (f" and {len(found) - 3} more" if len(found) > 3 else "")


@router.get("/cases/{case}/policies/{policy}/way")
def way_page(request: Request, case: CaseHere, key: Key) -> HTMLResponse:
    """Ask for the way of buying; once one is named, for its settings."""
    here = known(case)
    policies = chosen(case, here)
    made = named(policies, key)
    about = _about(here, request.query_params.getlist("category"))
    way = request.query_params.get("way", "")
    if not about:
        fault = {"spending": "Tick at least one kind of spending."}
        return one_page(request, case, here, policies, made, status=422, faults=fault)
    if way in names() and footing(here, way, about).standing != NEVER:
        return _settings(request, case, here, policies, made, about, way)
    return _ways(request, case, here, made, about, way)


def _ways(
    request: Request, case: Case, here: PlaceHere, made: Made, about: list[str], way: str
) -> HTMLResponse:
    faults = {}
    if way:
        title = (
            f"“{get(way).title}” cannot be had" if way in names() else "Your choice is not known"
        )
        faults["way"] = f"{title} for this spending. Choose another way."
    now = {made.choices[one].way for one in about if one in made.choices}
    return page(
        request, "way.html.j2", title="How is it bought?", case=case, step=STEP,
        status=422 if faults else 200, faults=faults, here=here, made=made, bought=about,
        titles=_titles(about), ways=ways_for(here, about), now=now, never=NEVER, outside=OUTSIDE,
    )  # fmt: skip


def _usual(here: PlaceHere, entry: Entry) -> float:
    """Give the value that a setting has where nobody changes it."""
    return here.scenario.assumptions.get(entry.name, entry.value)


def _settings(
    request: Request, case: Case, here: PlaceHere, policies: Policies, made: Made,
    about: list[str], way: str, *, typed: FormData | None = None,
    faults: dict[str, str] | None = None,
) -> HTMLResponse:  # fmt: skip
    known_to = [made.choices[one] for one in about if one in made.choices]
    choice = next((one for one in known_to if one.way == way), Choice(way=way))
    fields: list[dict[str, Any]] = []
    for short, entry in settings_of(way).items():
        usual = _usual(here, entry)
        value = shown(entry, choice.settings.get(short, usual))
        fields.append(
            {
                "name": f"s-{short}",
                "label": short.replace("_", " ").capitalize(),
                "unit": unit_of(entry),
                "value": text_of(typed, f"s-{short}") if typed is not None else value,
                "hint": f"{what(entry)} Usual: {with_unit(entry, usual)}. "
                f"From {reach(entry, entry.low, entry.high)}.",
            }
        )
    wrong = faults or {}
    return page(
        request, "settings.html.j2", title=f"{get(way).title}: the details", case=case, step=STEP,
        status=422 if faults else 200, faults=faults, here=here, made=made, bought=about,
        titles=_titles(about), way=way, does=does(way), footing=footing(here, way, about),
        outside=OUTSIDE, fields=fields, few=SHOWN,
        opened=any(field["name"] in wrong for field in fields[SHOWN:]),
        begins=text_of(typed, "begins") if typed is not None else str(choice.begins),
        ticked=bool(text_of(typed, "what_if")) if typed is not None else policies.what_if,
    )  # fmt: skip


@router.post("/cases/{case}/policies/{policy}/way")
def buy_so(request: Request, case: CaseHere, key: Key, typed: Typed) -> Response:
    """Keep how some kinds of spending are bought."""
    here = known(case)
    policies = chosen(case, here)
    made = named(policies, key)
    about = _about(here, [one for one in typed.getlist("category") if isinstance(one, str)])
    way = text_of(typed, "way")
    if not about:
        fault = {"spending": "Tick at least one kind of spending."}
        return one_page(request, case, here, policies, made, status=422, faults=fault)
    if way not in names() or footing(here, way, about).standing == NEVER:
        return _ways(request, case, here, made, about, way or "none")
    choice, faults = _choice(here, way, typed)
    bars = [one.id for one in footing(here, way, about).bars]
    changed = {one: choice for one in about if one not in bars}
    made = made.model_copy(update={"choices": {**made.choices, **changed}})
    ticked = bool(text_of(typed, "what_if")) or policies.what_if
    wanted = settled(here, policies.with_policy(made), allowed=ticked)
    if not faults:
        for one in faults_of(here, wanted):
            if one.policy == made.key and not set(one.categories).isdisjoint(about):
                field = "what_if" if one.outside else f"s-{one.field}"
                known_field = one.outside or one.field in settings_of(way)
                faults.setdefault(field if known_field else "begins", one.text)
    if faults:
        return _settings(request, case, here, policies, made, about, way, typed=typed,
                         faults=faults)  # fmt: skip
    case.write(wanted)
    return go(case, f"{STEP}/{made.key}")


def _choice(here: PlaceHere, way: str, typed: FormData) -> tuple[Choice, dict[str, str]]:
    """Read the settings as typed; what is left as usual is not kept."""
    settings, faults, begins = {}, {}, 0
    months = here.scenario.compare.months
    said = text_of(typed, "begins") or "0"
    if said.isascii() and said.isdigit() and len(said) < 6 and int(said) < months:
        begins = int(said)
    else:
        faults["begins"] = (
            f"We found “{said[:30]}”. Type a whole number of months from 0 to {months - 1}."
        )
    for short, entry in settings_of(way).items():
        usual, text = _usual(here, entry), text_of(typed, f"s-{short}")
        if f"s-{short}" not in typed:
            continue
        try:
            value = in_bounds(entry, text)
        except NotANumberError as fault:
            faults[f"s-{short}"] = f"{short.replace('_', ' ').capitalize()}: {fault}"
            continue
        if shown(entry, value) != shown(entry, usual):
            settings[short] = value
    return Choice(way=way, settings=settings, begins=begins), faults


def _beside(
    request: Request, case: Case, here: PlaceHere, made: Made, *, typed: FormData | None = None,
    faults: dict[str, str] | None = None,
) -> HTMLResponse:  # fmt: skip
    nation = powers(here.scenario.nation)
    levers = [
        {
            "name": name,
            "title": title,
            "does": told,
            "value": text_of(typed, name) if typed is not None
            else f"{made.pillars.get(name, 0.0):.10g}",
            "powers": [one.text for one in nation.get((name, ""), []) if one.open_in(here.start)],
            "refused": here.levers.get(name),
        }
        for name, (title, told) in LEVERS.items()
    ]  # fmt: skip
    return page(
        request, "beside.html.j2", title="What is done beside buying?", case=case, step=STEP,
        status=422 if faults else 200, faults=faults, here=here, made=made, levers=levers,
        adopters=ADOPTERS,
        adopts=text_of(typed, "adopters") if typed is not None else made.adopters,
    )  # fmt: skip


@router.get("/cases/{case}/policies/{policy}/beside")
def beside_page(request: Request, case: CaseHere, key: Key) -> HTMLResponse:
    """Ask for yearly sums of the levers beside buying, and who takes the policy up."""
    here = known(case)
    return _beside(request, case, here, named(chosen(case, here), key))


@router.post("/cases/{case}/policies/{policy}/beside")
def keep_beside(request: Request, case: CaseHere, key: Key, typed: Typed) -> Response:
    """Keep the levers of a policy."""
    here = known(case)
    policies = chosen(case, here)
    made = named(policies, key)
    sums, faults = {}, {}
    for lever in Pillars.model_fields:
        text = text_of(typed, lever) or "0"
        try:
            sums[lever] = in_bounds(_SUM, text)
        except NotANumberError as fault:
            faults[lever] = f"{LEVERS[lever][0]}: {fault}"
    adopters = text_of(typed, "adopters") or made.adopters
    if adopters not in dict(ADOPTERS):
        faults["adopters"] = "Choose who takes this policy up."
    changed = made.model_copy(update={"pillars": sums, "adopters": adopters})
    wanted = policies.with_policy(changed)
    if not faults:
        for one in faults_of(here, settled(here, wanted, allowed=policies.what_if)):
            if one.policy == made.key and not one.categories:
                field = one.field if one.field in LEVERS else "fair_employment"
                faults.setdefault(field, one.text)
    if faults:
        return _beside(request, case, here, made, typed=typed, faults=faults)
    case.write(settled(here, wanted, allowed=policies.what_if))
    return go(case, f"{STEP}/{made.key}")


_SUM = Entry(
    name="policy.lever", value=0.0, unit="GBP a year", low=0.0, high=1e12, distribution="fixed",
    what="What a lever may have.", source="the language of scenarios", grade="official",
)  # fmt: skip
