"""The page of what is uncertain: the handful of assumptions that matter most, as ranges."""

from dataclasses import dataclass

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse, Response
from starlette.datastructures import FormData

from experiments.design.ignorance import is_uncertain
from experiments.runner.replicate import all_entries
from experiments.web.asked import CaseHere, Typed, text_of
from experiments.web.case import Case
from experiments.web.chosen import Policies, Said, Uncertain
from experiments.web.influence import higher, matter_most, screened
from experiments.web.numbers import NotANumberError, reach, shown, typed_value, unit_of, what
from experiments.web.pages.policies import chosen, go, known
from experiments.web.place_here import PlaceHere, place_here
from experiments.web.question import faults_of
from experiments.web.setting import page
from scenarios.assumptions import Entry
from scenarios.checks.amounts import ENDS
from simulation.procurement.registry import get, names

router = APIRouter()

STEP = "uncertain"
TITLE = "What is uncertain?"
MOST = 8
"""How many assumptions are asked about at first."""

GRADES = {
    "official": "official figures",
    "peer_reviewed": "studies that other experts have checked",
    "survey": "a survey",
    "vendor": "the figures of a seller",
    "judgement": "our own judgement",
}
"""How good the source of a number is, as an officer reads it, the best first."""


@dataclass(frozen=True, slots=True)
class Asked:
    """An assumption as the page asks about it, with the three numbers as typed or kept."""

    name: str
    title: str
    entry: Entry
    what: str
    unit: str
    grade: str
    higher: str
    usual: str
    low: str
    central: str
    high: str
    held: bool
    changed: bool


def _entries(here: PlaceHere, policies: Policies) -> dict[str, Entry]:
    """Give what a future may draw, or could if the place did not hold it.

    What a policy sets, and what no policy uses, is left out.
    """
    ways = policies.ways
    found = {}
    for name, entry in all_entries(here.scenario).items():
        group, _, short = name.partition(".")
        used = group not in names() or (group in ways and short not in ways[group])
        if used and (is_uncertain(entry) or name in here.scenario.assumptions):
            found[name] = entry
    return found


def _title(name: str) -> str:
    group, _, rest = name.partition(".")
    label = get(group).title if group in names() else group.replace("_", " ").capitalize()
    return f"{label}: {rest.replace('_', ' ').replace('.', ', ')}"


def _usual(here: PlaceHere, entry: Entry) -> Said:
    """Give the range that counts where nobody says another: the register's, or what is held."""
    held = here.scenario.assumptions.get(entry.name)
    if held is not None:
        return Said(low=held, central=held, high=held)
    return Said(low=entry.low, central=entry.value, high=entry.high)


def _asked(
    here: PlaceHere, policies: Policies, entry: Entry, kept: Uncertain, typed: FormData | None
) -> Asked:
    usual = _usual(here, entry)
    said = kept.ranges.get(entry.name, usual)
    written = {
        end: text_of(typed, f"{entry.name}-{end}")
        if typed is not None and f"{entry.name}-{end}" in typed
        else shown(entry, getattr(said, end))
        for end in ENDS
    }
    return Asked(
        name=entry.name,
        title=_title(entry.name),
        entry=entry,
        what=what(entry),
        unit=unit_of(entry),
        grade=GRADES[entry.grade],
        higher=higher(entry.name, policies.ways),
        usual=reach(entry, usual.low, usual.high),
        held=entry.name in here.scenario.assumptions,
        changed=entry.name in kept.ranges,
        **written,
    )


def _shown(
    request: Request, case: Case, here: PlaceHere, *, also: list[str],
    typed: FormData | None = None, faults: dict[str, str] | None = None,
) -> HTMLResponse:  # fmt: skip
    policies, kept = chosen(case, here), case.read(Uncertain) or Uncertain()
    entries = _entries(here, policies)
    first = matter_most(policies.ways, entries, MOST)
    wanted = [*first, *kept.ranges, *also]
    asked = [
        _asked(here, policies, entries[name], kept, typed)
        for name in dict.fromkeys(wanted)
        if name in entries
    ]
    other = sorted(get(way).title for way in set(policies.ways) - screened() - {here.rest.way})
    return page(
        request, "uncertain.html.j2", title=TITLE, case=case, step=STEP,
        status=422 if faults else 200, faults=faults, asked=asked, other=other, ends=ENDS,
        many=len(entries),
    )  # fmt: skip


@router.get("/cases/{case}/uncertain")
def uncertain_page(request: Request, case: CaseHere) -> HTMLResponse:
    """Ask about what matters most, what was changed before, and what the reader looked up."""
    here = place_here(case)
    if here is None:
        return page(request, "no_place.html.j2", title=TITLE, case=case, step=STEP)
    return _shown(request, case, here, also=request.query_params.getlist("also")[:20])


@router.get("/cases/{case}/uncertain/all")
def all_page(request: Request, case: CaseHere) -> HTMLResponse:
    """List every assumption that a future may draw, or those in which a word stands."""
    here = known(case)
    policies, kept = chosen(case, here), Uncertain()
    word = request.query_params.get("word", "").strip()[:80]
    found = [
        _asked(here, policies, entry, kept, None)
        for name, entry in sorted(_entries(here, policies).items())
        if word.casefold() in f"{_title(name)} {entry.what}".casefold()
    ]
    return page(
        request, "uncertain_all.html.j2", title="All that is uncertain", case=case, step=STEP,
        asked=found, word=word,
    )  # fmt: skip


@router.post("/cases/{case}/uncertain")
def keep(request: Request, case: CaseHere, typed: Typed) -> Response:
    """Keep the ranges that differ from the usual ones, or take one back to it."""
    here = known(case)
    policies, kept = chosen(case, here), case.read(Uncertain) or Uncertain()
    entries, reset = _entries(here, policies), text_of(typed, "reset")
    about = [name for name in typed.getlist("shown") if isinstance(name, str) and name in entries]
    ranges = {name: said for name, said in kept.ranges.items() if name in entries}
    faults: dict[str, str] = {}
    for name in dict.fromkeys(about):
        ranges.pop(name, None)
        if name != reset:
            said, wrong = _said(entries[name], typed)
            faults |= wrong
            if said is not None and _differs(entries[name], said, _usual(here, entries[name])):
                ranges[name] = said
    wanted = Uncertain(ranges=ranges)
    if not faults:
        told = [one for one in faults_of(here, policies, wanted) if one.step == STEP]
        faults = {_field(one.field, entries): one.text for one in told}
    if faults:
        return _shown(request, case, here, also=about, typed=typed, faults=faults)
    case.write(wanted)
    return go(case, STEP if reset else "run")


def _field(path: str, entries: dict[str, Entry]) -> str:
    """Name the field of a fault at `NAME.low`, `NAME` or below."""
    name, _, end = path.rpartition(".")
    return f"{name}-{end}" if name in entries and end in ENDS else f"{path}-low"


def _differs(entry: Entry, one: Said, other: Said) -> bool:
    """Compare ranges as they are written, so that what nobody touched is no change."""
    return any(shown(entry, getattr(one, end)) != shown(entry, getattr(other, end)) for end in ENDS)


def _said(entry: Entry, typed: FormData) -> tuple[Said | None, dict[str, str]]:
    """Read a range as typed; every fault at its field."""
    values: dict[str, float] = {}
    faults: dict[str, str] = {}
    for end in ENDS:
        field = f"{entry.name}-{end}"
        try:
            values[end] = typed_value(entry, text_of(typed, field))
        except NotANumberError as fault:
            faults[field] = f"{_title(entry.name)}, {WORDS[end]}: {fault}"
    for below, end in (("low", "central"), ("central", "high")):
        if below in values and end in values and values[below] > values[end]:
            faults.setdefault(
                f"{entry.name}-{end}",
                f"{_title(entry.name)}, {WORDS[end]}: we found {shown(entry, values[end])}. "
                f"Type at least {shown(entry, values[below])}, as the number before it.",
            )
    return (None if faults else Said(**values)), faults


WORDS = {"low": "lowest", "central": "most likely", "high": "highest"}
"""What the ends of a range are called on the page."""
