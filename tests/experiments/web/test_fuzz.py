"""Generated requests over every route: whatever comes, no answer is a fault of ours.

What is asked is made from the application's own description and from the forms on its pages, so
that a new page is asked without a word here. Jobs are queued and never started.
"""

import shutil
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from hypothesis.errors import Unsatisfiable
from schemathesis import GenerationMode

from experiments.runner.jobs import Jobs
from experiments.web.app import create_app
from experiments.web.faults import LOG
from experiments.web.settings import Rates, Settings
from experiments.web.workroom import Workroom
from tests.experiments.web.asking import Asking
from tests.experiments.web.forms import FILES, ODD, Form, forms_of, leads_to, links_of, with_forms

ENDLESS = Rates("1000000/second", "1000000/second", "1000000/second")
ENDLESS_KIND = "text/event-stream"
"""News of a job, told as long as it lives; that it begins is enough here."""
NAME = "0123456789abcdef"
THERE = {"case": NAME, "policy": "as-now"}
"""What a part of an address is called where it is there."""
DEPTH, MOST_READ = 2, 60
FEW, MANY = 250, 10_000


class Questioner:
    """Asks generated requests of an application that holds one case, and counts them."""

    def __init__(self, asking: Asking, room: Workroom, kept: Path) -> None:
        self.asking = asking
        self.room = room
        self.kept = kept
        self.asked: dict[str, int] = {}
        self.answered: set[int] = set()
        self.shown: dict[str, list[Form]] = {}
        self.real: dict[str, list[str]] = {}

    def put_back(self) -> None:
        """Put the case back where a request has deleted or spoilt it."""
        here = self.room.settings.cases / NAME
        if not (here / "case.json").exists():
            shutil.copytree(self.kept, here, dirs_exist_ok=True)

    def look(self) -> dict[str, Any]:
        """Follow the links from every page that a case has; describe what was found on the way."""
        app: Any = self.asking.app
        document: dict[str, Any] = app.openapi()
        gets = [path for path, operations in document["paths"].items() if "get" in operations]
        known = [path.replace("{case}", NAME) for path in gets]
        edge = [path for path in known if "{" not in path]
        texts: list[str] = []
        for _ in range(DEPTH):
            found = [text for text in map(self.read, edge) if text]
            texts += found
            links = dict.fromkeys(link for text in found for link in links_of(text))
            edge = [link for link in links if link not in known][:MOST_READ]
            known += edge
        forms = [form for text in texts for form in forms_of(text)]
        every = sorted({*known, *(form.action for form in forms)})
        for path in document["paths"]:
            self.shown[path] = [form for form in forms if leads_to(form.action, path)]
            self.real[path] = [one for one in every if leads_to(one, path)]
        return with_forms(document, forms)

    def read(self, address: str) -> str:
        """The page at an address; empty for anything else."""
        with self.asking.stream("GET", address) as answer:
            if answer.status_code != 200 or "text/html" not in answer.headers["content-type"]:
                return ""
            return str(answer.read().decode())

    def filled(self, path: str, made: Any, how: int) -> Any:
        """A form as it was made up; or as it is shown, with none or one of its fields changed."""
        shown = self.shown[path]
        if how % 3 == 0 or not shown or not isinstance(made, dict):
            return made
        form = shown[how % len(shown)]
        names = sorted(made.keys() & (form.fields.keys() | form.files))
        if how % 3 == 1 or not names:
            return form.shown
        changed = names[how // 3 % len(names)]
        odd = changed in form.fields and how % 2 == 0
        return form.shown | {changed: ODD[how // 6 % len(ODD)] if odd else made[changed]}

    def address(self, case: Any, real: bool, how: int) -> tuple[str, Any]:
        """Where to ask, and for what: by a link or a form that is there, or as it was made up."""
        there = self.real[case.path]
        if real and there:
            path, _, query = there[how % len(there)].partition("?")
            return path, query if query and how % 2 else case.query or None
        path = case.path
        for name, value in (case.path_parameters or {}).items():
            told = THERE.get(name, str(value)) if real else str(value)
            path = path.replace(f"{{{name}}}", quote(told.encode("utf-8", "replace"), safe=""))
        return path, case.query or None

    def ask(self, case: Any, real: bool, how: int) -> None:
        """Send one request; fail where its answer is 500 or above."""
        self.put_back()
        path, query = self.address(case, real, how)
        sent: dict[str, Any] = {"params": query}
        if case.method.upper() == "POST":
            sent |= _form(self.filled(case.path, case.body, how), case.media_type)
            answer = self.asking.post(path, **sent)
        else:
            with self.asking.stream(case.method, path, **sent) as answer:
                if not answer.headers.get("content-type", "").startswith(ENDLESS_KIND):
                    answer.read()
        where = f"{case.method.upper()} {case.path}"
        self.asked[where] = self.asked.get(where, 0) + 1
        self.answered.add(answer.status_code)
        log = self.room.settings.server / LOG
        told = log.read_text("utf-8") if log.exists() else ""
        assert answer.status_code < 500, f"{where}: {path} {sent}\n{told}"


def _form(body: Any, kind: str | None) -> dict[str, Any]:
    """What to send for a generated body, which need not be a form at all."""
    if not isinstance(body, dict):
        return {"data": {}}
    texts = {
        str(name): [_text(one) for one in value] if isinstance(value, list) else _text(value)
        for name, value in body.items()
    }
    if kind != FILES:
        return {"data": texts}
    files = {
        name: (f"{name}.csv", value) for name, value in body.items() if isinstance(value, bytes)
    }
    return {"data": {name: texts[name] for name in texts.keys() - files}, "files": files}


def _text(value: Any) -> str:
    return str(value).encode("utf-8", "replace").decode()


@pytest.fixture
def questioner(workroom: Workroom, tmp_path: Path) -> Iterator[Questioner]:
    """An application with one case, whose place is the village."""
    from importlib.resources import files

    told = Settings(workroom.settings.results, rates=ENDLESS)
    room = Workroom(told)
    begun = room.begin("School meals")
    begun.place_file.write_bytes(files("scenarios").joinpath("library/village.toml").read_bytes())
    kept = tmp_path / "kept"
    begun.folder.replace(kept)
    app = create_app(told)
    app.state.jobs = Jobs(told.jobs, at_once=0)
    with Asking(app, base_url="http://127.0.0.1:8060", follow_redirects=False) as asking:
        found = Questioner(asking, room, kept)
        found.put_back()
        yield found


def ask_all(questioner: Questioner, most: int) -> None:
    """Ask about as many requests as told, spread over all routes, right ones and wrong ones."""
    schema = schemathesis.openapi.from_dict(questioner.look())
    operations = [found.ok() for found in schema.get_all_operations()]
    each = -(-most // (2 * len(operations)))
    for operation in operations:
        for mode in GenerationMode:
            short = sum(questioner.asked.values())
            with suppress(Unsatisfiable):  # there is no wrong way to ask for a page without fields
                _ask(questioner, operation.as_strategy(generation_mode=mode), each)
            left = each - (sum(questioner.asked.values()) - short)
            if left > 0:
                right = operation.as_strategy(generation_mode=GenerationMode.POSITIVE)
                _ask(questioner, right, left)


def _ask(questioner: Questioner, cases: Any, count: int) -> None:
    @settings(
        max_examples=count, derandomize=True, database=None, deadline=None,
        phases=[Phase.generate], suppress_health_check=list(HealthCheck),
    )  # fmt: skip
    @given(case=cases, real=st.sampled_from([True, True, True, False]), how=st.integers(0, 9_999))
    def ask(case: Any, real: bool, how: int) -> None:
        questioner.ask(case, real, how)

    ask()


@pytest.mark.long
def test_some_hundred_requests_meet_no_fault(questioner: Questioner) -> None:
    """Every route is asked, a case that is there and others that are not."""
    ask_all(questioner, FEW)

    assert all(count > 1 for count in questioner.asked.values()), questioner.asked
    assert {200, 303, 404, 422} <= questioner.answered


@pytest.mark.soak
def test_ten_thousand_requests_meet_no_fault(questioner: Questioner) -> None:
    """As above, many more."""
    ask_all(questioner, MANY)

    assert sum(questioner.asked.values()) >= MANY
