"""The page of policies: two to eight ways of running the purse, one of them as now."""

from typing import Annotated

from fastapi import APIRouter, HTTPException, Path, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response

from experiments.web.asked import CaseHere, Typed, text_of
from experiments.web.case import Case
from experiments.web.chosen import (
    FEWEST,
    LONGEST_NAME,
    MOST,
    Made,
    Policies,
    Uncertain,
    key_for,
)  # fmt: skip
from experiments.web.moved import begin_anew, keep_what_fits
from experiments.web.place_here import PlaceHere, place_here
from experiments.web.question import faults_of, settled
from experiments.web.ready_made import ReadyMade, ready_made, start_with
from experiments.web.setting import page
from experiments.web.told import Told
from simulation.procurement.registry import get, names

router = APIRouter()

STEP = "policies"
Key = Annotated[str, Path(alias="policy", max_length=100)]


def chosen(case: Case, here: PlaceHere) -> Policies:
    """Give the policies of a case; at first the place as now, alone."""
    first = start_with(here)
    return case.read(Policies) or Policies(policies=(first,), baseline=first.key)


def known(case: Case) -> PlaceHere:
    """Give the place of a case, for a page that has no meaning without one."""
    here = place_here(case)
    if here is None:
        raise HTTPException(404)
    return here


def named(policies: Policies, key: str) -> Made:
    """Give a policy that an address names."""
    made = policies.named(key)
    if made is None:
        raise HTTPException(404)
    return made


def go(case: Case, path: str = STEP) -> RedirectResponse:
    """Go to another page of the case."""
    return RedirectResponse(f"/cases/{case.name}/{path}", status_code=303)


def free_key(policies: Policies, name: str) -> str:
    """Make a key that no policy of the case and no way of buying has."""
    return key_for(name, names(), [one.key for one in policies.policies])


def free_name(policies: Policies, name: str) -> str:
    """Make a name that no policy of the case has: `A mix (2)`."""
    taken, found, number = {one.name for one in policies.policies}, name, 2
    while found in taken:
        found, number = f"{name[: LONGEST_NAME - 6]} ({number})", number + 1
    return found


def name_fault(policies: Policies, name: str, own: str = "") -> str:
    """Say what is wrong with the name of a policy; empty where nothing is."""
    if not name:
        return "Give the policy a name, such as “Local care”."
    if len(name) > LONGEST_NAME:
        return f"Give a name of at most {LONGEST_NAME} letters: this one has {len(name)}."
    if any(one.name == name and one.key != own for one in policies.policies):
        return f"“{name}” is the name of another policy. Give this one its own."
    return ""


def lines_of(here: PlaceHere, made: Made) -> list[tuple[str, int, str]]:
    """Sum a policy up: title of each way, how many kinds of spending, and their money a year."""
    sums: dict[str, list[float]] = {}
    for line in here.lines:
        choice = made.choices.get(line.category.id)
        title = get(choice.way).title if choice and choice.way in names() else "No way chosen yet"
        sums.setdefault(title, []).append(line.pounds)
    return [(title, len(each), here.money(sum(each))) for title, each in sums.items()]


def _list(
    request: Request, case: Case, here: PlaceHere, policies: Policies, *, status: int = 200,
    faults: dict[str, str] | None = None, typed: str = "", ticked: bool = False,
) -> HTMLResponse:  # fmt: skip
    shelf: list[ReadyMade] = ready_made(here)
    return page(
        request, "policies.html.j2", title="Which policies do you want to compare?", case=case,
        step=STEP, status=status, faults=faults, typed=typed, ticked=ticked, here=here,
        policies=policies, shelf=shelf, fewest=FEWEST, most=MOST,
        sums={one.key: lines_of(here, one) for one in policies.policies},
        levers={one.key: here.money(sum(one.pillars.values()))
                for one in policies.policies if any(one.pillars.values())},
    )  # fmt: skip


@router.get("/cases/{case}/policies")
def policies_page(request: Request, case: CaseHere) -> HTMLResponse:
    """List the policies, and offer some to start from."""
    here = place_here(case)
    if here is None:
        return page(request, "no_place.html.j2", title="Which policies do you want to compare?",
                    case=case, step=STEP)  # fmt: skip
    return _list(request, case, here, chosen(case, here))


@router.post("/cases/{case}/policies")
def add(request: Request, case: CaseHere, typed: Typed) -> Response:
    """Add a ready-made policy."""
    here = known(case)
    policies = chosen(case, here)
    name, ticked = text_of(typed, "ready"), bool(text_of(typed, "what_if"))
    ready = next((one for one in ready_made(here) if one.name == name), None)
    faults = {}
    if len(policies.policies) >= MOST:
        faults["ready"] = f"You have {MOST} policies, which is the most. Remove one first."
    elif ready is None:
        faults["ready"] = "Choose a policy to start from."
    elif ready.what_if and not ticked and not here.scenario.counterfactual:
        faults["what_if"] = (
            f"“{ready.title}” is outside the law here in {here.month(0)}. Tick the box to try it "
            "all the same, or choose another."
        )
    if faults or ready is None:
        return _list(request, case, here, policies, status=422, faults=faults, typed=name,
                     ticked=ticked)  # fmt: skip
    title = free_name(policies, ready.title)
    made = Made(key=free_key(policies, title), name=title, choices=ready.choices)
    case.write(settled(here, policies.with_policy(made), allowed=policies.what_if or ticked))
    return go(case, f"{STEP}/{made.key}")


@router.post("/cases/{case}/policies/done")
def done(request: Request, case: CaseHere) -> Response:
    """Hold the policies against the law and each other, and go on."""
    here = known(case)
    policies = chosen(case, here)
    found = faults_of(here, policies, case.read(Uncertain))
    faults = {}
    if len(policies.policies) < FEWEST:
        faults["ready"] = "Add a second policy: there is nothing to compare yet."
    elif all(one.model_copy(update={"key": "", "name": ""})
             == policies.base.model_copy(update={"key": "", "name": ""})
             for one in policies.policies):  # fmt: skip
        faults["ready"] = "All your policies are the same. Change one of them, or add another."
    for one in found:
        where = f"policy-{one.policy}" if policies.named(one.policy) else "ready"
        faults[where] = f"{faults[where]} {one.text}" if where in faults else one.text
    if faults:
        return _list(request, case, here, policies, status=422, faults=faults)
    case.write(policies)
    return go(case, "uncertain")


@router.post("/cases/{case}/policies/place/keep")
def fit(case: CaseHere) -> Response:
    """Keep what of policies and ranges fits a place that was chosen after them."""
    known(case)
    keep_what_fits(case)
    return go(case)


@router.post("/cases/{case}/policies/place/anew")
def anew(case: CaseHere) -> Response:
    """Let go of policies and ranges that were chosen for another place."""
    known(case)
    begin_anew(case)
    return go(case)


def one_page(
    request: Request, case: Case, here: PlaceHere, policies: Policies, made: Made, *,
    status: int = 200, faults: dict[str, str] | None = None, typed: str | None = None,
) -> HTMLResponse:  # fmt: skip
    """Show one policy: each kind of spending with its way, and what one can do with the whole."""
    rows = [(line, made.choices.get(line.category.id)) for line in here.lines]
    return page(
        request, "policy.html.j2", title=made.name, case=case, step=STEP, status=status,
        faults=faults, here=here, policies=policies, made=made, rows=rows,
        titles={name: get(name).title for name in names()}, longest=LONGEST_NAME,
        typed=made.name if typed is None else typed, full=len(policies.policies) >= MOST,
        levers=here.money(sum(made.pillars.values())),
    )  # fmt: skip


@router.get("/cases/{case}/policies/{policy}")
def policy_page(request: Request, case: CaseHere, key: Key) -> HTMLResponse:
    """Show one policy."""
    here = known(case)
    policies = chosen(case, here)
    return one_page(request, case, here, policies, named(policies, key))


@router.post("/cases/{case}/policies/{policy}/name")
def rename(request: Request, case: CaseHere, key: Key, typed: Typed) -> Response:
    """Give a policy another name."""
    here = known(case)
    policies = chosen(case, here)
    made, name = named(policies, key), text_of(typed, "name")
    fault = name_fault(policies, name, made.key)
    if fault:
        return one_page(request, case, here, policies, made, status=422, faults={"name": fault},
                        typed=name)  # fmt: skip
    key = free_key(policies.without(made.key), name)
    renamed = made.model_copy(update={"name": name, "key": key})
    policies = Policies(
        policies=tuple(renamed if one.key == made.key else one for one in policies.policies),
        baseline=key if policies.base.key == made.key else policies.baseline,
        what_if=policies.what_if,
    )
    case.write(policies)
    return go(case, f"{STEP}/{key}")


@router.post("/cases/{case}/policies/{policy}/copy")
def copy(request: Request, case: CaseHere, key: Key) -> Response:
    """Add a copy of a policy."""
    here = known(case)
    policies = chosen(case, here)
    made = named(policies, key)
    if len(policies.policies) >= MOST:
        fault = f"You have {MOST} policies, which is the most. Remove one first."
        return one_page(request, case, here, policies, made, status=422, faults={"copy": fault})
    name = free_name(policies, f"{made.name[: LONGEST_NAME - 12]}, copy")
    twin = made.model_copy(update={"name": name, "key": free_key(policies, name)})
    case.write(policies.with_policy(twin))
    return go(case, f"{STEP}/{twin.key}")


@router.post("/cases/{case}/policies/{policy}/remove")
def remove(request: Request, case: CaseHere, key: Key) -> Response:
    """Take a policy out; never the baseline."""
    here = known(case)
    policies = chosen(case, here)
    made = named(policies, key)
    if made.key == policies.base.key:
        fault = "This is the policy that the others are compared with. Choose another one first."
        return one_page(request, case, here, policies, made, status=422, faults={"remove": fault})
    case.write(settled(here, policies.without(made.key), allowed=policies.what_if))
    return go(case)


@router.post("/cases/{case}/policies/{policy}/baseline")
def make_baseline(request: Request, case: CaseHere, key: Key) -> Response:
    """Compare the others with this policy."""
    here = known(case)
    policies = chosen(case, here)
    made = named(policies, key)
    changed = policies.model_copy(update={"baseline": made.key})
    found: list[Told] = [one for one in faults_of(here, changed) if one.policy == made.key]
    if found:
        return one_page(request, case, here, policies, made, status=422,
                        faults={"baseline": found[0].text})  # fmt: skip
    case.write(changed)
    return go(case)
