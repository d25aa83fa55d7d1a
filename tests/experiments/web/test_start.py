"""The first page: cases are begun, listed and found again."""

from fastapi.testclient import TestClient

from experiments.web.case import Case


def test_a_case_is_begun_and_listed(client: TestClient) -> None:
    """Its title stands on the first page, and its address leads to the first step."""
    answer = client.post("/cases", data={"title": "School meals, from 2027"})

    assert answer.status_code == 303
    assert answer.headers["location"].endswith("/place")
    assert "School meals, from 2027" in client.get("/").text


def test_a_case_without_a_title_is_refused_with_what_to_do(client: TestClient) -> None:
    """The fault is told at the top and at the field; nothing is kept."""
    answer = client.post("/cases", data={"title": "  "})

    assert answer.status_code == 422
    assert answer.text.count("Give the case a title") == 2
    assert "Go on with a case" not in client.get("/").text


def test_script_in_a_title_is_shown_as_text(client: TestClient) -> None:
    """What a user types never becomes markup."""
    client.post("/cases", data={"title": "<script>alert(1)</script>"})

    assert "<script>alert" not in client.get("/").text


def test_a_case_that_is_not_here_is_said(client: TestClient, case: Case) -> None:
    """Another sixteen letters, a path, or anything else: one plain page."""
    for name in ("0" * 16, "..%2f..%2fetc", case.name.upper() + "x"):
        answer = client.get(f"/cases/{name}/place")

        assert answer.status_code == 404
        assert "not here" in answer.text


def test_every_page_leads_to_the_other_tools(client: TestClient, case: Case) -> None:
    """A run to watch, sweeps and words are one step from anywhere, also from a fault."""
    for address in ("/", f"/cases/{case.name}/run", "/help", "/nothing"):
        header = client.get(address).text.partition("</header>")[0]

        for other in ("/watch", "/sweeps", "/help"):
            assert f'href="{other}"' in header
            assert client.get(other).status_code == 200


def test_every_answer_forbids_what_is_not_ours(client: TestClient) -> None:
    """The content policy stands on pages, styles, scripts and faults alike."""
    for address in ("/", "/static/style.css", "/static/page.js", "/nothing"):
        policy = client.get(address).headers["content-security-policy"]

        assert "default-src 'none'" in policy
        assert "unsafe" not in policy
