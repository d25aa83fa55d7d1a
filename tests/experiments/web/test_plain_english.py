"""Every page can be read at fourteen, by a published index, and explains its technical words."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from fastapi.routing import APIRoute

from experiments.report.page import write_report
from experiments.runner.replicate import all_entries
from experiments.web import setting
from experiments.web.app import create_app
from experiments.web.case import Case
from experiments.web.explained import unexplained, with_words, words_met
from experiments.web.pages import ROUTERS
from experiments.web.settings import Settings
from experiments.web.words import own_words
from experiments.web.workroom import Workroom
from tests.experiments.result_folder import Case as Wanted
from tests.experiments.result_folder import write_result_folder
from tests.experiments.swept import written
from tests.experiments.test_analyse import COST, INCOME, QUALITY, SPREAD, flat, income
from tests.experiments.web.asking import Asking
from tests.experiments.web.placed import placed
from tests.experiments.web.prose import prose
from tests.experiments.web.test_sign_in import HASHED
from tests.experiments.web.watched_run import NAME, OneJob, Stands, watched_run
from tests.reading_age import reading_age

OLDEST = 14.0
"""Years: the age at which each page can be read."""
OLDEST_ENTRY = 15.0
"""Years: the same of one sentence of the register, in which a single long word weighs more."""
HARD = (
    "Notwithstanding the aforementioned heterogeneity, intertemporal substitutability "
    "necessitates comprehensive probabilistic characterisation of procurement counterfactuals. "
)

PAGES = {
    "/": ("/",),
    "/help": ("/help",),
    "/watch": ("/watch", "/watch?place=village"),
    "/sweeps": ("/sweeps",),
    "/sweeps/{sweep}": (
        "/sweeps/spread", "/sweeps/spread?question=robustness", "/sweeps/spread?question=pareto",
        "/sweeps/spread?question=discovery&policy=social_value",
        "/sweeps/spread?question=sensitivity",
    ),
    "/cases/{case}/keep": ("/cases/{case}/keep",),
    "/cases/{case}/place": ("/cases/{case}/place", "/cases/{case}/place?q=pres"),
    "/cases/{case}/today": ("/cases/{case}/today",),
    "/cases/{case}/policies": ("/cases/{case}/policies",),
    "/cases/{case}/policies/{policy}": ("/cases/{case}/policies/as-now",),
    "/cases/{case}/policies/{policy}/way": (
        "/cases/{case}/policies/as-now/way?category=homecare&category=ict",
        "/cases/{case}/policies/as-now/way?category=homecare&way=reserved_mutual",
        "/cases/{case}/policies/as-now/way?category=homecare&way=insourcing",
    ),
    "/cases/{case}/policies/{policy}/beside": ("/cases/{case}/policies/as-now/beside",),
    "/cases/{case}/uncertain": (
        "/cases/{case}/uncertain", "/cases/{case}/uncertain?also=network.flq_delta",
    ),
    "/cases/{case}/uncertain/all": (
        "/cases/{case}/uncertain/all", "/cases/{case}/uncertain/all?word=wages",
    ),
    "/cases/{case}/run": ("/cases/{case}/run",),
    "/cases/{case}/watch": ("/cases/{case}/watch",),
    "/cases/{case}/answers": ("/cases/{case}/answers", "/cases/{other}/answers"),
    "/cases/{case}/answers/{name}": ("/cases/{other}/answers/{part}",),
    "/watched/{run}": (f"/watched/{NAME}",),
}  # fmt: skip
"""Addresses that show each page; `{part}` stands for every part of the answers."""

ELSEWHERE = {
    "/sign-in": "test_the_sign_in_can_be_read_at_fourteen",
    "/watched/{run}/{month}": "test_watch.py, which lives a run",
}
"""Pages that other tests score."""

NO_PAGE = re.compile(r"\.(csv|json)$|/live$|/file/|/data/")
"""Routes that answer with numbers or files, not with prose."""

FORMS = (
    ("/cases", {"title": "x" * 400}),
    ("/cases/{case}/place/district", {"code": "nowhere"}),
    ("/cases/{case}/place/shelf", {"name": "nowhere"}),
    ("/cases/{case}/place/payments", {}),
    ("/cases/{case}/policies/as-now/way", {
        "category": "homecare", "way": "reserved_mutual", "s-quality_weight": "x", "begins": "-",
    }),
    ("/cases/{case}/policies/as-now/way", {}),
    ("/cases/{case}/uncertain", {
        "shown": "firms.quality_spread", "firms.quality_spread-low": "some",
        "firms.quality_spread-central": "300", "firms.quality_spread-high": "",
    }),
    ("/cases/{case}/run", {"effort": "own", "futures": "many", "months": "-3"}),
    ("/cases/{case}/watch", {"policy": "none", "future": "x", "months": "0"}),
)  # fmt: skip
"""Forms with something wrong in them."""


@pytest.fixture(scope="module")
def reported(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A finished comparison with its report."""
    folder = tmp_path_factory.mktemp("reported") / "out"
    write_result_folder(folder, Wanted())
    write_report(folder)
    return folder


@pytest.fixture
def site(client: Asking, workroom: Workroom, case: Case, reported: Path) -> dict[str, str]:
    """Everything that a page may show: a case with a place, one with answers, a sweep, a run."""
    placed(case, "preston-2012", lawful=True)
    client.post(f"/cases/{case.name}/policies", data={"ready": "social_value"})
    other = workroom.begin("Cleaning")
    other.answers.symlink_to(reported)
    measures = {
        INCOME: income(SPREAD),
        QUALITY: flat(price_quality=0.9, lowest_price=0.8, social_value=1.0),
        COST: flat(price_quality=1.5, lowest_price=1.6, social_value=1.7),
    }
    results = workroom.settings.results
    written(results / "spread", "latin_hypercube", SPREAD, measures, left_out=[7])
    watched_run(results)
    return {"case": case.name, "other": other.name}


def asked(client: Asking, address: str) -> str:
    """A page, once what takes long is there."""
    for _ in range(300):
        answer = client.get(address)
        assert answer.status_code in (200, 404, 409, 422), (address, answer.status_code)
        if "/sweeps/" not in address or "Look again" not in answer.text:
            return str(answer.text)
    raise AssertionError("the answer never came")


def _addresses(client: Asking, site: dict[str, str], route: str) -> Iterator[str]:
    for address in PAGES[route]:
        at = address.replace("{case}", site["case"]).replace("{other}", site["other"])
        if "{part}" not in at:
            yield at
            continue
        home = at.removesuffix("/{part}")
        links = re.findall(rf'href="({home}/[\w-]+)"', client.get(home).text)
        yield from dict.fromkeys(one for one in links if not one.endswith("/pdf"))


def _too_hard(page: str) -> str:
    """Say how old a reader has to be, and which lines are the hardest; empty up to fourteen."""
    text = prose(page)
    age = reading_age(text)
    if age <= OLDEST:
        return ""
    lines = [line for line in text.splitlines() if len(line.split()) > 6]
    worst = sorted(lines, key=lambda line: -reading_age(line) * len(line))[:12]
    return "\n".join([f"{age:.1f}", *(f"{reading_age(line):5.1f} {line}" for line in worst)])


def test_no_page_is_left_out() -> None:
    """A page that is added has to be added here."""
    routes = {
        route.path
        for router in ROUTERS
        for route in router.routes
        if isinstance(route, APIRoute) and "GET" in route.methods
    }

    pages = {path for path in routes if not NO_PAGE.search(path)}

    assert pages == set(PAGES) | set(ELSEWHERE)


@pytest.mark.parametrize("route", PAGES)
def test_a_page_can_be_read_at_fourteen_and_explains_its_words(
    client: Asking, site: dict[str, str], route: str
) -> None:
    """By the Automated Readability Index; a hard sentence that is put in is found."""
    for address in _addresses(client, site, route):
        page = asked(client, address)

        assert len(prose(page).split()) > 8, address
        assert not _too_hard(page), f"{address}: {_too_hard(page)}"
        told = page.partition('<details class="explained">')[2]
        for word in unexplained(page.replace(told, "")):
            assert f"<dt>{word.title}</dt>" in told, (address, word.title)


def test_a_hard_sentence_is_found(client: Asking, site: dict[str, str]) -> None:
    """Six of it in a page are enough."""
    page = client.get("/").text

    assert _too_hard(page.replace("<h1>", f"<p>{HARD * 6}</p><h1>"))


@pytest.mark.parametrize("path", ["/nothing", "/cases/0123456789abcdef/place", "/sweeps/none"])
def test_an_error_page_can_be_read_at_fourteen(client: Asking, path: str) -> None:
    """What is not there says so plainly."""
    answer = client.get(path)

    assert answer.status_code == 404
    assert not _too_hard(answer.text)


@pytest.mark.parametrize(("address", "data"), FORMS)
def test_the_errors_of_a_form_can_be_read_at_fourteen(
    client: Asking, site: dict[str, str], address: str, data: dict[str, str]
) -> None:
    """Alone, and with the page around them."""
    answer = client.post(address.replace("{case}", site["case"]), data=data)

    assert answer.status_code in (404, 422), answer.text
    assert not _too_hard(answer.text), _too_hard(answer.text)
    faults = re.search(r'<section class="faults".*?</section>', answer.text, re.DOTALL)
    if faults:
        assert not _too_hard(f"<main>{faults[0]}</main>"), _too_hard(f"<main>{faults[0]}</main>")


@pytest.mark.parametrize("status", ["queued", "running", "stopped", "died", "failed"])
def test_how_a_watched_run_stands_can_be_read_at_fourteen(
    client: Asking, site: dict[str, str], status: str
) -> None:
    """Whatever became of it."""
    client.app.state.jobs = OneJob(Stands(status, "The computer stopped it."))  # type: ignore[attr-defined]

    assert not _too_hard(client.get(f"/watched/{NAME}").text)


def test_the_sign_in_can_be_read_at_fourteen(workroom: Workroom) -> None:
    """And what it says to a wrong password."""
    kept = Settings(workroom.settings.results, password=HASHED)
    with Asking(create_app(kept), base_url="http://127.0.0.1:8060") as asking:
        asking.token = "none"
        pages = [asking.get("/sign-in").text, asking.post("/sign-in", data={"password": "x"}).text]

    for page in pages:
        assert len(prose(page).split()) > 8
        assert not _too_hard(page), _too_hard(page)


@pytest.mark.parametrize("name", all_entries())
def test_every_assumption_is_said_so_that_it_can_be_read(name: str) -> None:
    """One entry alone, so that no easy one hides a hard one."""
    assert reading_age(all_entries()[name].what) <= OLDEST_ENTRY


def test_technical_words_are_explained_in_plain_ones() -> None:
    """What each means is read at fourteen; no form is in two of them but within a longer one."""
    for word in own_words().values():
        assert reading_age(word.means) <= OLDEST, word.title
        assert all(words_met(form) for form in word.forms)
    forms = [form for word in own_words().values() for form in word.forms]
    assert len(forms) == len(set(forms))


def test_a_word_is_explained_once_and_only_where_it_is_used() -> None:
    """What a page defines in place is not said again; what stands in markup is no word."""
    told = with_words("<main><p>A tender draws bids.</p></main>")

    assert "<dt>Tender</dt>" in told
    assert with_words(told.replace("<dt>Tender", "<dt id='x'>Tender")).count("<details") == 1
    assert "<details" not in with_words("<main><dfn>Tender</dfn> is a call for bids.</main>")
    assert "<details" not in with_words('<main><a href="/tender">Bids</a></main>')


def test_pages_are_set_with_their_words(
    client: Asking, site: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Left out, the word is missing: so the test above can fail."""
    monkeypatch.setattr(setting, "with_words", lambda page: page)

    assert unexplained(client.get(f"/cases/{site['case']}/policies").text)
