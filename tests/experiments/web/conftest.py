"""The pages, asked without a network, and looked at in a browser."""

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from experiments.web.app import create_app
from experiments.web.case import Case
from experiments.web.faults import LOG
from experiments.web.settings import Settings
from experiments.web.workroom import Workroom
from tests.experiments.web.asking import Asking
from tests.experiments.web.browser import (
    LOOKS,
    MORE_LOOKS,
    Look,
    Server,
    Walker,
    launched,
    served,
)
from tests.experiments.web.little_jobs import LittleJobs

if TYPE_CHECKING:
    from playwright.sync_api import Browser


@pytest.fixture
def workroom(tmp_path: Path) -> Workroom:
    """Cases in a folder of their own."""
    return Workroom(Settings(results=tmp_path / "results"))


@pytest.fixture
def client(workroom: Workroom) -> Iterator[Asking]:
    """Ask the pages of that folder; a fault of our own fails the test, with its traceback."""
    with Asking(
        create_app(workroom.settings), base_url="http://127.0.0.1:8060", follow_redirects=False
    ) as asking:
        yield asking
    log = workroom.settings.server / LOG
    assert not log.exists(), log.read_text("utf-8")


@pytest.fixture
def case(workroom: Workroom) -> Case:
    """A case that has been begun and holds nothing."""
    return workroom.begin("School meals")


@pytest.fixture(scope="module")
def browser() -> Iterator["Browser"]:
    """Chromium, for the tests of one file."""
    with launched() as found:
        yield found


@pytest.fixture
def server(workroom: Workroom) -> Iterator[Server]:
    """A real server of that folder, on a free port of this machine."""
    with served(workroom) as found:
        yield found


IN_EVERY_LOOK = [*LOOKS, *(pytest.param(look, marks=pytest.mark.soak) for look in MORE_LOOKS)]


@pytest.fixture(params=IN_EVERY_LOOK, ids=str)
def look(request: pytest.FixtureRequest) -> Look:
    """A desk and a hand, light and dark, with scripts and without."""
    found: Look = request.param
    return found


@pytest.fixture
def walk(browser: "Browser", server: Server) -> Iterator[Walker]:
    """Open pages of that server; whatever goes wrong in the browser fails the test."""
    walker = Walker(browser, server)
    yield walker
    walker.close()


@pytest.fixture
def jobs(client: Asking) -> LittleJobs:
    """Commands that are lived at once, in place of processes."""
    found = LittleJobs()
    client.app.state.jobs = found  # type: ignore[attr-defined]
    return found


@pytest.fixture
def at(case: Case) -> str:
    """Address of the page of the place."""
    return f"/cases/{case.name}/place"
