"""Nothing of an import asks the network: sockets are shut, and it is read all the same."""

import socket
from pathlib import Path
from typing import Any

import pytest

from scenarios.sources.ocds_import import import_notices
from tests.scenarios.sources.made_up_notices import purchase, table, write_lines


def test_notices_are_merged_without_a_schema_from_elsewhere(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The reference implementation would fetch one if it were not given rules."""

    def shut(*_: Any, **__: Any) -> None:
        raise AssertionError("something asked the network")

    monkeypatch.setattr(socket, "socket", shut)
    monkeypatch.setattr(socket, "create_connection", shut)
    monkeypatch.setattr(socket, "getaddrinfo", shut)

    import_notices([write_lines(tmp_path / "notices.jsonl", purchase())], tmp_path)

    assert [row["releases"] for row in table(tmp_path, "tenders")] == [6]
