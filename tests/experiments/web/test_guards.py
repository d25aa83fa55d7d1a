"""What is refused: strangers' forms and names, paths that lead elsewhere, too much, too often."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from fastapi import HTTPException
from fastapi.testclient import TestClient

from experiments.web import guards
from experiments.web.app import create_app
from experiments.web.case import About, Case
from experiments.web.faults import LOG
from experiments.web.pages import ROUTERS
from experiments.web.settings import Rates, Settings
from experiments.web.workroom import Workroom
from tests.experiments.web.asking import Asking


def count(workroom: Workroom) -> int:
    """How many cases there are."""
    return len(workroom.listed())


def test_every_answer_carries_the_headers(client: Asking, case: Case) -> None:
    """Pages, styles, scripts, faults and refusals: each forbids what is not ours."""
    answers = [
        client.get(address)
        for address in ("/", "/help", "/static/style.css", "/static/page.js", "/nothing")
    ]
    answers += [
        client.get(f"/cases/{case.name}/keep"),
        client.get("/", headers={"host": "elsewhere.example"}),
        client.post("/cases", data={"token": "x"}),
    ]

    for answer in answers:
        assert answer.headers["content-security-policy"].startswith("default-src 'none'")
        assert "unsafe" not in answer.headers["content-security-policy"]
        assert answer.headers["x-content-type-options"] == "nosniff"
        assert answer.headers["referrer-policy"] == "same-origin"
        assert answer.headers["cross-origin-opener-policy"] == "same-origin"
        assert answer.headers["cross-origin-resource-policy"] == "same-origin"
        assert "camera=()" in answer.headers["permissions-policy"]
        assert "server" not in answer.headers
    assert all(answer.headers["cache-control"] in ("no-store", "no-cache") for answer in answers)


def test_no_template_holds_script_or_style_of_its_own() -> None:
    """The policy would leave them out, and the page would silently lack them."""
    folder = Path(guards.__file__).parent / "templates"

    for path in folder.glob("*.html.j2"):
        text = path.read_text("utf-8")
        assert not re.search(r"<script(?![^>]*\bsrc=)|<style|\bstyle=|\bon[a-z]+=", text), path.name


@pytest.mark.parametrize("token", ["", "x" * 32, "é"])
def test_a_form_without_the_readers_token_changes_nothing(
    client: Asking, workroom: Workroom, token: str
) -> None:
    """Neither an empty token nor a made-up one is taken."""
    client.get("/")
    client.token = token

    answer = client.post("/cases", data={"title": "School meals"})

    assert answer.status_code == 403
    assert "Nothing has been changed" in answer.text
    assert count(workroom) == 0


def test_another_readers_token_is_not_mine(workroom: Workroom) -> None:
    """A token is good with the cookie that it came with, and no other."""
    app = create_app(workroom.settings)
    address = "http://127.0.0.1:8060"
    with Asking(app, base_url=address) as mine, Asking(app, base_url=address) as theirs:
        theirs.post("/cases", data={"title": "Theirs"})
        mine.get("/")
        mine.token = theirs.token

        answer = mine.post("/cases", data={"title": "Mine"})

    assert answer.status_code == 403
    assert count(workroom) == 1


def test_every_route_that_changes_something_asks_for_the_token(client: Asking, case: Case) -> None:
    """No page can forget it: each POST of the application is refused without."""
    posts = [
        route.path
        for router in ROUTERS
        for route in router.routes
        if "POST" in getattr(route, "methods", ())
    ]
    client.token = "made up"

    answers = {
        path: client.post(re.sub(r"\{[^}]+\}", case.name, path)).status_code for path in posts
    }

    assert "/cases/{case}/delete" in answers
    assert set(answers.values()) == {403}


@pytest.mark.parametrize(
    "headers",
    [
        {"origin": "https://elsewhere.example"},
        {"origin": "null"},
        {"origin": "http://127.0.0.1:9999"},
        {"origin": "http://[half"},
        {"sec-fetch-site": "cross-site"},
        {"sec-fetch-site": "same-site"},
    ],
)
def test_a_form_from_another_site_changes_nothing(
    client: Asking, workroom: Workroom, headers: dict[str, str]
) -> None:
    """Even one that holds the right token, as if that had leaked."""
    assert client.post("/cases", data={"title": "Ours"}).status_code == 303

    answer = client.post("/cases", data={"title": "Theirs"}, headers=headers)

    assert answer.status_code == 403
    assert count(workroom) == 1


@pytest.mark.parametrize("host", ["elsewhere.example", "127.0.0.1.elsewhere.example", "", "[half"])
def test_a_strangers_name_for_this_machine_shows_nothing(
    client: Asking, case: Case, host: str
) -> None:
    """A page that gives its own name our address reads no case of ours (DNS rebinding)."""
    answer = client.get("/", headers={"host": host})

    assert answer.status_code == 400
    assert "School meals" not in answer.text


@pytest.mark.parametrize("host", ["127.0.0.1:8060", "localhost", "LOCALHOST:1", "[::1]:8060"])
def test_names_of_this_machine_are_known(client: Asking, host: str) -> None:
    """However one writes it."""
    assert client.get("/", headers={"host": host}).status_code == 200


def test_the_address_that_readers_use_is_known(tmp_path: Path) -> None:
    """Behind another server the name is the one that was given, and forms come from there."""
    told = Settings(tmp_path, password="", address="https://pounds.example.org")
    here = {"host": "pounds.example.org", "origin": "https://pounds.example.org"}
    with Asking(create_app(told), base_url="https://pounds.example.org") as asking:
        page = asking.get("/", headers=here)
        answer = asking.post("/cases", data={"title": "Ours"}, headers=here, follow_redirects=False)

    assert answer.status_code == 303
    assert "secure" in page.headers["set-cookie"].lower()
    assert "max-age" in page.headers["strict-transport-security"]


@pytest.mark.parametrize(
    "path",
    [
        "/cases/../../etc/passwd",
        "/cases/..%2f..%2fetc%2fpasswd/keep",
        "/cases/%2e%2e/keep",
        "/cases/0123456789abcdeg/keep",
        "/cases/0123456789ABCDEF/keep",
        "/cases/0123456789abcdef%00/keep",
        "/static/..%2fapp.py",
        "/static/../settings.py",
        "/static/page.py",
    ],
)
def test_a_path_that_leads_elsewhere_leads_nowhere(client: Asking, path: str) -> None:
    """An address is checked by its form before it comes near the disk."""
    answer = client.get(path)

    assert answer.status_code == 404
    assert "not here" in answer.text


def test_a_form_above_the_bound_is_refused_while_it_comes(
    client: Asking, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whether its length was told, told falsely small, or not at all (sent in chunks)."""
    monkeypatch.setattr(guards, "LARGEST_FORM", 2_000)
    form = {"content-type": "application/x-www-form-urlencoded"}

    def chunks() -> Iterator[bytes]:
        yield from (b"title=" + b"x" * 1_000 for _ in range(5))

    told = client.request("POST", "/cases", content=b"title=" + b"x" * 3_000, headers=form)
    far = client.request("POST", "/cases", content=b"title=" + b"x" * 9_000, headers=form)
    untold = client.request("POST", "/cases", content=chunks(), headers=form)

    for answer in (told, far, untold):
        assert answer.status_code == 413
        assert "too large" in answer.text


@pytest.mark.parametrize(
    "sent", [{"headers": {"x-long": "x" * 20_000}}, {"params": {"next": "x" * 20_000}}]
)
def test_a_head_above_the_bound_is_refused(client: Asking, sent: dict[str, dict[str, str]]) -> None:
    """An endless cookie or address is none that a page of ours made."""
    assert client.get("/", **sent).status_code == 431


@pytest.mark.parametrize(
    ("kind", "body"),
    [
        ("multipart/form-data", b"no boundary"),
        ("multipart/form-data; boundary=x", b"not what it says"),
        ("multipart/form-data; boundary=x", b"--x\r\nContent-Disposition: form-data\r\n\r\n1"),
        ("application/x-www-form-urlencoded; charset=unicode_escape", b"title=\\ud800"),
        ("application/json", b"{"),
        ("text/plain", b"token=1"),
    ],
)
def test_a_damaged_form_is_refused(client: Asking, kind: str, body: bytes) -> None:
    """It is the sender's fault, and is said so."""
    answer = client.request("POST", "/cases", content=body, headers={"content-type": kind})

    assert answer.status_code in (400, 403)


def test_more_fields_than_any_page_has_are_refused(client: Asking) -> None:
    """A form of many thousand fields is none of ours."""
    answer = client.post("/cases", data={f"f{one}": "" for one in range(5_000)})

    assert answer.status_code == 400


def test_script_in_a_title_is_shown_as_text_everywhere(client: Asking) -> None:
    """In the list, in the heading of a case, and in a field."""
    told = '"><script>alert(1)</script><form method="post">'
    case = client.post("/cases", data={"title": told}).headers["location"].split("/")[2]

    for path in ("/", f"/cases/{case}/keep"):
        text = client.get(path).text
        assert "<script>alert" not in text
        assert "&lt;script&gt;alert" in text
        assert text.count('name="token"') == text.count("<form ")


def test_posts_are_counted_by_reader(workroom: Workroom) -> None:
    """Whoever posts too often waits; pages are still shown."""
    told = Settings(workroom.settings.results, rates=Rates(posts="3/minute"))
    with Asking(create_app(told), base_url="http://127.0.0.1", follow_redirects=False) as asking:
        codes = [
            asking.post("/cases", data={"title": f"Case {one}"}).status_code for one in range(5)
        ]
        shown = asking.get("/").status_code

    assert codes == [303, 303, 303, 429, 429]
    assert shown == 200


def test_uploads_are_counted_apart(workroom: Workroom) -> None:
    """A form with files costs more than one without."""
    told = Settings(workroom.settings.results, rates=Rates(uploads="1/minute"))
    with Asking(create_app(told), base_url="http://127.0.0.1", follow_redirects=False) as asking:
        files = {"paid": ("a.csv", b"1,2", "text/csv")}
        codes = [
            asking.post("/cases", data={"title": "Case"}, files=files).status_code for _ in range(2)
        ]

    assert codes == [303, 429]


@pytest.mark.parametrize(("method", "status"), [("DELETE", 405), ("PUT", 405), ("PATCH", 405)])
def test_methods_that_no_page_has_are_refused(client: Asking, method: str, status: int) -> None:
    """The page says so in plain words."""
    answer = client.request(method, "/")

    assert answer.status_code == status
    assert "cannot be used in that way" in answer.text


def test_a_fault_of_ours_shows_a_number_and_nothing_else(workroom: Workroom) -> None:
    """Under that number the log of the results folder holds what happened."""
    app = create_app(workroom.settings)

    @app.get("/broken")
    def broken() -> None:
        raise RuntimeError("the inner works")

    with TestClient(app, base_url="http://127.0.0.1") as asking:
        answer = asking.get("/broken")

    assert answer.status_code == 500
    assert "inner works" not in answer.text
    assert "Traceback" not in answer.text
    [reference] = re.findall(r"<strong>([0-9a-f]{8})</strong>", answer.text)
    log = (workroom.settings.server / LOG).read_text("utf-8")
    assert re.search(rf"{reference}: GET '/broken'.*RuntimeError: the inner works", log, re.DOTALL)


@pytest.mark.parametrize("status", [400, 403, 404, 405, 413, 422, 429, 431, 503])
def test_every_refusal_says_what_to_do(workroom: Workroom, status: int) -> None:
    """In the layout of the other pages, with a way back."""
    app = create_app(workroom.settings)

    @app.get("/refused")
    def refused() -> None:
        raise HTTPException(status)

    with TestClient(app, base_url="http://127.0.0.1") as asking:
        answer = asking.get("/refused")

    assert answer.status_code == status
    assert answer.text.count("<h1>") == 1
    assert 'href="/"' in answer.text
    assert str(status) not in answer.text


def test_a_damaged_case_is_listed_and_can_be_deleted(
    client: Asking, workroom: Workroom, case: Case
) -> None:
    """One bad file does not take the first page away."""
    (case.folder / About.FILE).write_bytes(b"\xff{")

    assert "A case that cannot be read" in client.get("/").text
    assert "cannot be read" in client.get(f"/cases/{case.name}/keep").text
    client.post(f"/cases/{case.name}/delete", data={"sure": "yes"})
    assert count(workroom) == 0
