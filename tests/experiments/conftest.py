"""The command line, called in this process, as several tests need it."""

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
