"""What several tests need: the command line in this process, and a folder that is kept."""

import os
from pathlib import Path

import pytest

from experiments.cli import main
from tests.experiments.said import Poundflow, Said


@pytest.fixture
def poundflow(capsys: pytest.CaptureFixture[str]) -> Poundflow:
    """The command line, in this process; it never ends in a traceback."""

    def call(*words: str | Path) -> Said:
        capsys.readouterr()
        with pytest.raises(SystemExit) as end:
            main([str(word) for word in words])
        said = capsys.readouterr()
        assert "Traceback" not in said.out + said.err
        return Said(int(end.value.code or 0), said.out, said.err)

    return call


@pytest.fixture
def kept(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    """A folder of the test under `POUNDFLOW_SOAK`, where it goes on another day; or a new one."""
    under = os.environ.get("POUNDFLOW_SOAK")
    if under is None:
        return tmp_path
    folder = Path(under) / request.node.name
    folder.mkdir(parents=True, exist_ok=True)
    return folder
