"""The pages, asked without a network."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from experiments.web.app import create_app
from experiments.web.case import Case
from experiments.web.settings import Settings
from experiments.web.workroom import Workroom


@pytest.fixture
def workroom(tmp_path: Path) -> Workroom:
    """Cases in a folder of their own."""
    return Workroom(Settings(results=tmp_path / "results"))


@pytest.fixture
def client(workroom: Workroom) -> Iterator[TestClient]:
    """Ask the pages of that folder."""
    with TestClient(create_app(workroom.settings), follow_redirects=False) as asking:
        yield asking


@pytest.fixture
def case(workroom: Workroom) -> Case:
    """A case that has been begun and holds nothing."""
    return workroom.begin("School meals")
